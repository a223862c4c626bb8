"""Requests for the edition tests: a small one, and one with the whole vocabulary."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hooks.editions import Attachment, EditionRequest
from hooks.editions.columns import Ruler

EVEN = Ruler({(weight, italic): {chr(code): 0.5 for code in range(0x20, 0x3000)} for weight in (400, 600) for italic in (False, True)})
"""Measures every character as half an em wide."""
SAMPLE = Path(__file__).parent / "sample"


def request(html: str = "<p>Text.</p>", **changes: object) -> EditionRequest:
    values: dict[str, object] = {
        "pub_id": "ib-08", "kind_label": "Issue brief", "number": "8",
        "title": "Citizen conduct: comments, moderation and the public forum", "subtitle": "",
        "summary": "What your agency may hide, must keep and may never do when the public "
                   "answers back on your page.",
        "edition": "1", "published": date(2026, 12, 1), "revised": date(2026, 12, 1),
        "law_as_of": date(2026, 11, 22), "permalink": "https://onrecord.example/id/ib-08/",
        "page_url": "https://onrecord.example/briefs/citizen-conduct/",
        "cite_as": "On the Record. 2026. Citizen Conduct. Issue Brief 8, edition 1. "
                   "https://onrecord.example/id/ib-08/.",
        "elements": ("Citizen conduct",), "authors": ("Ann Author", "Bo Author"),
        "series": "On the Record", "publisher_note": "A note about the publisher.",
        "licence": "This text may be used under the licence CC BY 4.0.",
        "history": (("1", "December 1, 2026", "First edition."),),
        "html": html, "source": Path("briefs/citizen-conduct.md"), "images": {},
        "attachments": ()}
    return EditionRequest(**(values | changes))  # type: ignore[arg-type]


def full_request(repeat: int = 2, **changes: object) -> EditionRequest:
    """The whole vocabulary, its middle part set `repeat` times with fresh ids."""
    html = (SAMPLE / "article.html").read_text("utf-8")
    start, end = html.index('<h2 id="issue">'), html.index('<section class="references"')
    middle = html[start:end]
    more = "".join(_renamed(middle, copy) for copy in range(2, repeat + 1))
    values: dict[str, object] = {
        "images": {"figures/three-uses.svg": (SAMPLE / "three-uses.svg").read_bytes()},
        "attachments": (
            Attachment("citations.json", "application/json", "Citations as CSL-JSON", b"[]"),
            Attachment("citizen-conduct.md", "text/markdown", "Source text", b"# Source\n",
                       "source"))}
    return request(html[:end] + more + html[end:], **(values | changes))


def _renamed(html: str, copy: int) -> str:
    return (html.replace(' id="', f' id="c{copy}-')
            .replace('href="#options"', f'href="#c{copy}-options"'))
