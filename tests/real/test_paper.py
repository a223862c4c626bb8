"""The pages of the site's PDFs as the eye sees them: no word on another, none in the margin, each page broken as a printer would."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from lxml import html

from tests import support
from tests.paper import Sheet, badly_filled, broken_badly, broken_badly_in_columns, sheets
from tests.real.test_verapdf import smallest_of_each_kind

from .pages import composed_papers

# The edge of the left margin and the width of the right one, in points: where the number of a brief begins, where its text ends.
_MARGINS = {"-slides": (68.0, 68.0), "-handout": (68.0, 68.0), "-card": (40.0, 40.0), "-sheets": (54.0, 54.0)}
_REPORT, _TURNED = (54.0, 64.8), (66.0, 66.0)
# Sheets are set like cards, but in two columns.
_SHEETS = ("now/", "sectors/")
# Tables with long cells and references inside: the white paper's elements, a course module.
_WITH_TABLES = ("elements", "taking-stock")


@pytest.fixture(scope="module")
def read(site: Path, proof: bool) -> list[tuple[str, list[Sheet]]]:
    """The pages of every PDF in the full sweep; else of the smallest of each kind and of those with wide tables."""
    # Of an edition that stands under two addresses, the one without its number.
    every = {file.read_bytes(): file for file in support.pdfs(site)}
    wide = {file for file in every.values() if file.stem in _WITH_TABLES}
    files = every.values() if proof else {*smallest_of_each_kind(site, every.values()), *wide}
    assert len(files) >= 5 and len(wide) == len(_WITH_TABLES)
    return [(file.relative_to(site).as_posix(), sheets(file)) for file in sorted(files)]


def _margins(name: str, sheet: Sheet) -> tuple[float, float]:
    kind = next((margins for ending, margins in _MARGINS.items() if Path(name).stem.endswith(ending)), None)
    if name in composed_papers():
        kind = _MARGINS["-sheets"]
    if name.startswith(_SHEETS):
        kind = _MARGINS["-card"]
    left, right = kind or (_TURNED if sheet.width > sheet.height else _REPORT)
    return left, sheet.width - right


def _pages(read: list[tuple[str, list[Sheet]]]) -> Iterator[tuple[str, Sheet]]:
    return ((name, sheet) for name, pages in read for sheet in pages)


@pytest.mark.widened
def test_no_word_stands_on_another(read: list[tuple[str, list[Sheet]]]) -> None:
    assert {(name, sheet.number): [(a.text, b.text) for a, b in pairs] for name, sheet in _pages(read) if (pairs := list(sheet.overprints()))} == {}


@pytest.mark.widened
def test_no_word_stands_in_the_margin(read: list[tuple[str, list[Sheet]]]) -> None:
    assert {(name, sheet.number): [word.text for word in words]
            for name, sheet in _pages(read) if (words := sheet.beyond(*_margins(name, sheet)))} == {}


def _papers(site: Path, name: str) -> list[str]:
    """The headings of the papers in a PDF that begin a page each, so that they can be adopted or handed out alone: those of a model policy
    and of a course pack. What closes a pack does so too, behind its last paper. Of the bound series the first lines of its parts."""
    if name == "series.pdf":
        return _starts(site / name)
    page = (site / name).with_name("index.html")
    if not page.is_file():
        return []
    papers = [heading.text_content() for heading in html.document_fromstring(page.read_bytes()).xpath("//h2[@class='own-page']")]
    return [*papers, "Edition history"] if papers and name.startswith("course/") else papers


def _starts(series: Path) -> list[str]:
    with pikepdf.open(series) as pdf:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages)}
        with pdf.open_outline() as outline:
            starts = [numbers[entry.destination[0].objgen] for entry in outline.root]
    pages = sheets(series)
    return [pages[number].first_line for number in starts]


@pytest.mark.widened
def test_pages_are_broken_as_a_printer_would(site: Path, read: list[tuple[str, list[Sheet]]]) -> None:
    reports = [(name, pages) for name, pages in read if not Path(name).stem.endswith(tuple(_MARGINS)) and name not in composed_papers()]
    assert len(reports) >= 3
    found = {
        name: [*badly_filled(pages), *broken_badly_in_columns(pages)] if name.startswith(_SHEETS) else broken_badly(pages, _papers(site, name))
        for name, pages in reports
    }
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
