"""The bibliography as a whole; its mistakes are in tests/cases/data.yml."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hooks.citing import bibliography as bibliographies
from hooks.citing.bibliography import THEMES, load_bibliography
from hooks.citing.citeproc import CiteprocError
from hooks.citing.entries import read_entries
from hooks.series.sources import LITERATURE, files_under, read_text
from tests.support import ROOT, SAMPLE


def test_sources_have_theme_item_and_annotation() -> None:
    bibliography, problems = load_bibliography(SAMPLE)
    assert not problems
    assert bibliography.readable
    assert {key: (source.theme, source.csl["type"], bool(source.annotation)) for key, source in bibliography.sources.items()} == {
        "sampleson2013first": ("first-amendment", "article-journal", True),
        "sampleson2013second": ("records", "article-journal", False),
        "sample:survey": ("adoption", "report", True),
        "samplecounty2020": ("cases", "report", False),
    }
    assert bibliography.bibtex.startswith("% Sample data")


def test_every_theme_of_the_site_has_sources_and_every_source_a_theme() -> None:
    entries = [entry for path in files_under(ROOT, LITERATURE, ".bib") for entry in read_entries(path, read_text(ROOT, path) or "")]
    keywords = {entry.key: entry.get("keywords") for entry in entries}
    assert {field.value.split(",")[0].strip() if field else key for key, field in keywords.items()} == set(THEMES)


@pytest.mark.parametrize(("theme", "label"), list(THEMES.items()))
def test_a_theme_is_called_as_its_page_is(theme: str, label: str) -> None:
    title = re.search("^title: (.+)$", read_text(ROOT, f"{LITERATURE}/{theme}.md") or "", re.MULTILINE)
    assert title and title[1].removeprefix("Literature on ").replace("the First", "First").casefold() == label.casefold()


@pytest.mark.parametrize("text", [None, "", "% Nothing yet.\n"])
def test_there_may_be_no_source_yet(text: str | None, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / "docs/literature").mkdir(parents=True)
        (tmp_path / "docs/literature/empty.bib").write_text(text)
    bibliography, problems = load_bibliography(tmp_path)
    assert not problems
    assert bibliography.readable
    assert not bibliography.sources


def test_entries_may_be_spread_over_files_and_folders(sample: Path) -> None:
    folder = sample / "docs/literature/more"
    folder.mkdir()
    (folder / "more.bib").write_text("@book{later2025, title = {Later {B}races \\{ and \\}}, keywords = {policies, other}}\n")
    bibliography, problems = load_bibliography(sample)
    assert not problems
    assert bibliography.sources["later2025"].theme == "policies"
    assert len(bibliography.sources) == 5


def test_a_bibliography_that_cannot_be_read_says_so(sample: Path) -> None:
    (sample / "docs/literature/broken.bib").write_text("@book{x, title = {}\n")
    bibliography, problems = load_bibliography(sample)
    assert len(problems) == 1
    assert not bibliography.readable
    assert not bibliography.sources


def test_what_pandoc_says_without_a_place_is_told_as_it_says_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*given: object) -> None:
        raise CiteprocError("pandoc ran out of memory")

    monkeypatch.setattr(bibliographies, "csl_json", refuse)
    _, problems = load_bibliography(SAMPLE)
    remedy = "Check the braces, quotes and commas there and on the line before."
    (path,) = files_under(SAMPLE, LITERATURE, ".bib")
    assert [str(problem) for problem in problems] == [f"{path}: This is not valid BibTeX: pandoc ran out of memory. {remedy} [bibliography]"]
