"""What is kept of pages between builds: found again unchanged, never stale, and no message is lost."""

from __future__ import annotations

import time
import uuid
from pathlib import Path

import lxml.html
import pytest
from mkdocs.structure.pages import Page

from .. import support


def _files(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}


@pytest.fixture
def rendered(sample: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that Python-Markdown was asked for, as they are asked for. Nothing is known of the project in any cache."""
    (sample / f"docs/{uuid.uuid4().hex}.md").write_text("---\ntitle: Never seen before\n---\nText.\n", encoding="utf-8")
    asked: list[str] = []
    real = Page.render

    def render(page, config, files) -> None:
        asked.append(page.file.src_uri)
        real(page, config, files)

    monkeypatch.setattr(Page, "render", render)
    return asked


@pytest.mark.proof
def test_a_second_build_parses_nothing_again_and_gives_the_same_bytes(build, sample: Path, rendered: list[str]) -> None:
    first = build(sample)
    assert first.status == 0 and len(rendered) > 5
    before = _files(first.site)
    rendered.clear()
    second = build(sample)
    assert rendered == [] and _files(second.site) == before


def test_an_edited_page_is_parsed_again_and_no_other(build, sample: Path, rendered: list[str]) -> None:
    build(sample)
    rendered.clear()
    support.edit(sample / "briefs/records.md", "## The issue", "A sentence that was not there.\n\n## The issue")
    again = build(sample)
    assert rendered == ["briefs/records.md"]
    assert "A sentence that was not there." in again.page("briefs/records/index.html")
    assert "A sentence that was not there." in (again.site / "search/text-0.js").read_text(encoding="utf-8")


@pytest.mark.proof
def test_a_new_file_may_be_what_a_link_leads_to_so_every_page_is_parsed_again(build, sample: Path, rendered: list[str]) -> None:
    build(sample)
    count = len(rendered)
    rendered.clear()
    (sample / "docs/new.md").write_text("---\ntitle: New\n---\nText.\n", encoding="utf-8")
    assert build(sample).status == 0
    assert len(rendered) == count + 1


@pytest.mark.proof
def test_a_damaged_entry_is_made_again(build, sample: Path, rendered: list[str]) -> None:
    start = time.time()
    before = _files(build(sample).site)
    for entry in (sample / ".cache/pages").iterdir():
        if entry.stat().st_mtime >= start:
            entry.write_bytes(entry.read_bytes()[:-20])
    rendered.clear()
    assert _files(build(sample).site) == before and rendered


@pytest.mark.proof
def test_a_warning_is_heard_in_every_build(build, sample: Path) -> None:
    support.edit(sample / "docs/index.md", "\n---\n", "\n---\n[Lost](nowhere.md) and [lost](law/index.md#nowhere)\n\n")
    said = [build(sample, strict=False).output for _ in range(3)]
    assert all("nowhere.md" in text and "#nowhere" in text for text in said)


ARTICLES = {
    "briefs/comments.md": "Comments are open on most pages of the sample",
    "briefs/records.md": "A post is a record",
}


@pytest.mark.proof
def test_an_article_is_parsed_once_where_all_is_woven_and_again_only_for_what_is_made_anew(sample: Path, build, monkeypatch: pytest.MonkeyPatch) -> None:
    assert build(sample).status == 0
    parsed: list[str] = []
    parse = lxml.html.fragment_fromstring

    def counted(text, *arguments, **named):
        parsed.append(text)
        return parse(text, *arguments, **named)

    def times() -> dict[str, int]:
        found = {path: sum(words in text for text in parsed) for path, words in ARTICLES.items()}
        parsed.clear()
        return found

    monkeypatch.setattr(lxml.html, "fragment_fromstring", counted)
    # What the last build wove stands.
    assert build(sample).status == 0
    assert times() == dict.fromkeys(ARTICLES, 0)
    (sample / ".site.woven").unlink()
    assert build(sample).status == 0
    assert times() == dict.fromkeys(ARTICLES, 1)
    support.edit(sample / "briefs/comments.md", ARTICLES["briefs/comments.md"], f"{ARTICLES['briefs/comments.md']} {uuid.uuid4().hex}")
    assert build(sample).status == 0
    brief, other = times().values()
    # The whole series binds both anew, and looks in them for ids and for where they lead.
    assert 1 < other <= 4
    # Of the brief all editions are made too, in this process, for they are few.
    assert other < brief <= 12
