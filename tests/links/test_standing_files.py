"""A brief that is retired or not yet published: what its files, the feeds, the catalogue and the promises make of it."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pypdfium2
import pytest

from hooks.series.lock import read_lock
from hooks.site.promises import main
from tests.support import Built, edit

BRIEF = "briefs/comments.md"
ADDRESS = "briefs/comments/"


def text_of(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())


def listed(done: Built) -> dict[str, bool]:
    """Whether the brief's address is in each file that lists pages."""
    site = done.site
    found = {name: f"/{ADDRESS}" in done.page(name) for name in ("sitemap.xml", "feed.xml", "feed.json")}
    found["search"] = ADDRESS in done.page("search/words.js")
    found["index of subjects"] = ADDRESS in done.page("search/index.html")
    found["catalogue"] = ADDRESS in done.page("catalogue.json")
    found["recommendations.csv"] = ADDRESS in done.page("recommendations.csv")
    found["home"] = ADDRESS in done.page("index.html")
    found["series.pdf"] = "Publish the rules before the first comment" in text_of(site / "series.pdf")
    template = site / "tools/policy-template.docx"
    found["template"] = template.exists() and b"threatens a person" in zipfile.ZipFile(template).read("word/document.xml")
    return found


def test_a_brief_in_force_is_in_every_list(recorded: Path, build) -> None:
    done = build(recorded)
    assert all(listed(done).values()), listed(done)
    assert "noindex" not in done.page(f"{ADDRESS}index.html")


@pytest.mark.parametrize("status", ["withdrawn", pytest.param("superseded", marks=pytest.mark.proof)])
def test_a_retired_brief_keeps_every_promise_and_is_marked_everywhere(recorded: Path, build, status: str) -> None:
    to = "\nsuperseded_by: ib-02" if status == "superseded" else ""
    edit(recorded / BRIEF, "status: current", f"status: {status}{to}")
    done = build(recorded)
    assert done.status == 0, done.output
    assert "is gone" not in done.output and "[retired]" in done.output
    kept = ("feed.xml", "feed.json", "catalogue")
    assert {name: there for name, there in listed(done).items() if there} == dict.fromkeys(kept, True)
    page = done.page(f"{ADDRESS}index.html")
    assert '<meta name="robots" content="noindex">' in page
    assert f'<p class="notice"><strong>{status.capitalize()}.</strong>' in page
    assert ('Read <a href="../records/">Issue Brief 2, <em>Keeping posts</em></a> instead.' in page) == (status == "superseded")
    assert f"Issue Brief 1, Edition 2, June 1, 2026 ({status})." in page
    assert f'"creativeWorkStatus": "{status.capitalize()}"' in page
    assert f"(new; {status})" in done.page("feed.xml") and f"(edition 2; {status})" in done.page("feed.json")
    own = {item["id"]: item for item in json.loads(done.page("catalogue.json"))["publications"]}
    assert (own["ib-01"]["status"], own["ib-01"]["superseded_by"]) == (status, "ib-02" if to else None)
    assert {item["status"] for item in json.loads(done.page("catalogue.json"))["recommendations"] if item["publication"] == "ib-01"} == {status}
    assert f"{status.capitalize()}." in text_of(done.site / "briefs/comments/comments.pdf")
    assert f"Issue Brief 1, Public comments: What a page may hide ({status}):" in text_of(done.site / "series.pdf")
    for suffix, says in (("bib", f"note = {{{status.capitalize()}. Edition 2, "), ("ris", f"N1  - {status.capitalize()}"), ("json", f'"status": "{status}"')):
        assert says in done.page(f"briefs/comments/comments.{suffix}")


def test_a_draft_can_be_read_but_is_in_no_list_and_promises_nothing(sample: Path, build) -> None:
    edit(sample / BRIEF, "status: current", "status: draft")
    done = build(sample)
    assert done.status == 0, done.output
    assert not any(listed(done).values()), listed(done)
    page = done.page(f"{ADDRESS}index.html")
    assert '<p class="notice"><strong>Draft.</strong>' in page and '<meta name="robots" content="noindex">' in page
    assert "Draft. Not published" in text_of(done.site / "briefs/comments/comments.pdf")
    assert (done.site / "id/ib-01/index.html").exists()
    assert main(["--record"], sample) == 0
    promised = read_lock(sample)[0]
    assert "briefs/records/" in promised
    assert [address for address in promised if address.startswith("briefs/comments/") or "ib-01" in address] == []
    # The day it is published.
    edit(sample / BRIEF, "status: draft", "status: current")
    done = build(sample)
    assert done.status == 0 and "not promised yet" in done.output


def test_what_was_published_is_no_draft_again(recorded: Path, build) -> None:
    edit(recorded / BRIEF, "status: current", "status: draft")
    done = build(recorded)
    assert done.status != 0
    assert f"{BRIEF}: “ib-01” is a draft again, but its address “{ADDRESS}” was promised." in done.output
