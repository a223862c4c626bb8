"""Every PDF of the site, read back and held against its page."""

from __future__ import annotations

import copy
import re
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from lxml import html

from hooks.editions import validate_pdf
from tests.support import pdfs as pdf_files

from .pages import composed_papers

DROPPED = ("web-only", "edition-facts", "reference__backlinks", "footnote-backref", "headerlink", "footnote")


@pytest.fixture(scope="module")
def pdfs(site: Path) -> list[Path]:
    """Those that stand beside their page; the bound series has tests of its own."""
    found = [path for path in pdf_files(site) if path != site / "series.pdf"]
    assert len(found) >= 5
    return found


PARTLY = ("-sign-in", "-evaluation", "-certificate", "-motions", "-questions")
"""How the names of those end that print one section of their page, or its questions without the answers: tests/course looks at what they say."""


def is_part(pdf: Path) -> bool:
    """Whether a PDF prints a part of its page, or passages of other pages: tests/course looks at what these say."""
    return pdf.stem.endswith(PARTLY) or "/".join(pdf.parts[-3:]) in composed_papers()


def squeezed(text: str) -> str:
    """Letters and digits only: hyphens at line ends, spaces and page breaks do not count."""
    return re.sub(r"[\W_]+", "", text).lower()


def article(page: Path) -> html.HtmlElement:
    tree = html.fromstring(page.read_text(encoding="utf-8"))
    body = tree.find_class("prose")[0]
    for name in DROPPED:
        for node in body.find_class(name):
            node.drop_tree()
    return body


def page_of(pdf: Path) -> Path:
    """The page that a PDF prints; a deck of no module stands at its own address."""
    slides = pdf.parent / "slides/index.html"
    return slides if pdf.stem.endswith("-slides") and pdf.parent.parent.name != "decks" else pdf.parent / "index.html"


def act_part(whole: html.HtmlElement) -> html.HtmlElement:
    act = html.Element("div")
    for node in list(whole.get_element_by_id("part-act").itersiblings()):
        if "part-mark" in (node.get("class") or ""):
            break
        act.append(node)
    for node in list(act.iter("p")):
        inside = any("recommendation__body" in (parent.get("class") or "") for parent in node.iterancestors())
        if inside and "recommendation__text" not in (node.get("class") or ""):
            node.drop_tree()
    return without_notes(act)


def without_notes(part: html.HtmlElement) -> html.HtmlElement:
    for mark in list(part.iter("sup")):
        mark.drop_tree()
    return part


def sheet_part(whole: html.HtmlElement) -> html.HtmlElement:
    """The sections of a sheet but its words to copy, which are a Word file, and what closes its page."""
    kept = html.Element("div")
    here = False
    for node in list(whole):
        if node.tag == "h2":
            here = node.get("id") != "words"
        here = here and node.tag != "section"
        if here:
            kept.append(node)
    return without_notes(kept)


def sheets_part(whole: html.HtmlElement) -> html.HtmlElement:
    """What of a page is printed for the room: its title is a heading there, and its places are those of the page alone."""
    kept = html.Element("div")
    for node in whole.xpath(".//*[@data-copies]"):
        for part in node:
            if part.tag != "h3" and part.get("class") not in ("scenario__label", "scenario__title", "exercise__facts"):
                kept.append(copy.deepcopy(part))
    for node in kept.iter():
        node.attrib.pop("id", None)
    return without_notes(kept)


def printed_part(pdf: Path) -> html.HtmlElement:
    """What a PDF prints of its page: a handout is one section of it, a card the Act part without what explains its recommendations, a sheet its sections."""
    whole = article(page_of(pdf))
    if pdf.parent.parent.name in ("now", "sectors"):
        return sheet_part(whole)
    if pdf.stem.endswith("-card"):
        return act_part(whole)
    if pdf.stem.endswith("-sheets"):
        return sheets_part(whole)
    return whole.find_class("handout")[0] if pdf.stem.endswith("-handout") else whole


def text_of_pdf(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    # The edition adds the page to a reference inside the document.
    return re.sub(r"\(page\s+\d+\)", " ", text)


def stands(wanted: str, printed: str, pieces: int = 3) -> bool:
    """Whether a paragraph is printed: it may run over a page, and over one that a figure fills, with running heads and feet between its parts."""
    if wanted in printed:
        return True
    if pieces == 1:
        return False
    # The longest beginning that is there, halved in on: what is longer than it is not there either.
    least, most = 0, len(wanted)
    while least < most:
        middle = (least + most + 1) // 2
        least, most = (middle, most) if wanted[:middle] in printed else (least, middle - 1)
    return least > 0 and any(stands(wanted[cut:], printed, pieces - 1) for cut in range(least, max(least - 12, 0), -1))


def test_a_paragraph_may_run_over_two_pages_and_lacks_no_word() -> None:
    assert stands("onetwothree", "xonefoottwofootthreex")
    assert not stands("onetwothreefour", "onefoottwofootthreefootfour")
    assert not stands("onetwothree", "onefootthree")


@pytest.mark.proof
def test_each_says_what_its_page_says(pdfs: list[Path]) -> None:
    for pdf in (path for path in pdfs if not is_part(path)):
        printed = squeezed(text_of_pdf(pdf))
        for node in printed_part(pdf).iter("p", "li", "dd", "dt", "h2", "h3", "h4", "th", "td"):
            if node.tag != "p" and len(node) and any(child.tag in ("p", "ul", "ol", "dl") for child in node):
                continue
            wanted = squeezed(node.text_content())
            assert stands(wanted, printed), (pdf.name, node.text_content()[:120])


@pytest.mark.proof
def test_each_conforms(pdfs: list[Path]) -> None:
    assert {pdf.name: failures for pdf in pdfs if (failures := validate_pdf(pdf.read_bytes()))} == {}


def test_each_has_what_a_screen_reader_and_an_archive_need(pdfs: list[Path]) -> None:
    for path in pdfs:
        with pikepdf.open(path) as pdf:
            assert bool(pdf.Root.MarkInfo.Marked), path.name
            assert str(pdf.Root.Lang).lower().startswith("en"), path.name
            assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle), path.name
            with pdf.open_metadata() as metadata:
                assert metadata["pdfuaid:part"] == "1" and metadata["pdfaid:part"] == "3" and metadata["pdfaid:conformance"] == "A"
                assert metadata["dc:title"]
            with pdf.open_outline() as outline:
                assert outline.root, path.name
            # The source of questions without answers has the answers.
            names = {str(name) for name in pikepdf.NameTree(pdf.Root.Names.EmbeddedFiles)} if "/EmbeddedFiles" in pdf.Root.Names else set()
            assert any(name.endswith(".md") for name in names) != path.stem.endswith("-questions"), path.name


def test_anchors_of_the_page_are_destinations_of_its_pdf(pdfs: list[Path]) -> None:
    for path in (path for path in pdfs if not is_part(path)):
        with pikepdf.open(path) as pdf:
            destinations = {str(name) for name in pikepdf.NameTree(pdf.Root.Names.Dests)}
        page = printed_part(path)
        anchors = {node.get("id") for tag in ("h2", "h3", "section", "figure") for node in page.iter(tag) if node.get("id")}
        assert anchors <= destinations, (path.name, anchors - destinations)
