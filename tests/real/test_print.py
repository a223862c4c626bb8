"""Pages as the browser prints them. The PDF editions are the better print, and the page says so."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from lxml import html

from .conftest import until
from .pages import address_of

pytestmark = pytest.mark.browser
BRIEF = address_of("ib-08")
# Of the frame and of what scripts put in: none of it does anything on paper.
WEB_ONLY = (
    *("Skip to the text", "White paper\nCases", "Search", "Dark colors", "Contents", "Link to a paragraph", "¶", "Linking\n"),
    *("Copy", "Copied", "↩", "Cited here", "reference managers"),
)


@pytest.fixture
def printed(visit):
    """The text of each page of paper, from the address and what is done on the page before."""

    def go(path: str, before=None, **settings) -> list[str]:
        page = visit(path, **settings)
        if before:
            before(page)
        document = pypdfium2.PdfDocument(page.pdf(format="Letter"))
        return [sheet.get_textpage().get_text_range().replace("\r\n", "\n").replace("￾", "") for sheet in document]

    return go


def flat(sheets: list[str]) -> str:
    return " ".join(" ".join(sheets).split())


def joined(text: str) -> str:
    """Without what a line break in an address takes or adds when it is read back."""
    return re.sub(r"[\s-]+", "", text)


def show_everything(page) -> None:
    page.get_by_role("button", name="Link to a paragraph").click()
    page.locator("a.xref--law").first.focus()


@pytest.mark.walk
def test_a_brief(printed, site: Path) -> None:
    sheets = printed(BRIEF, show_everything, color_scheme="dark")
    text = "\n".join(sheets)
    assert [words for words in WEB_ONLY if words in text] == []
    first = flat(sheets[:1])
    assert f"Printed from https://onrecord.example/{BRIEF}" in first
    assert "For paper there is the PDF edition" in first and f"{BRIEF.split('/')[1]}.pdf" in first.replace(" ", "")
    assert "At a glance" in first, "the first sheet begins with the text"
    for part in ("Recommendations", "Model policy language", "Checklist", "References", "Law cited", "How to cite and link", "https://onrecord.example/id/ib-08/"):
        assert part in flat(sheets), part
    # A source's address stands once: as its text, not after it again.
    links = html.parse(str(site / BRIEF / "index.html")).xpath("//section[@id='references']//li//a")
    counts = {link.text: joined(text).count(joined(link.text)) for link in links if link.text == link.get("href")}
    assert counts and set(counts.values()) == {1}, counts
    assert len(sheets) < 20


def test_the_case_list_says_which_filters_made_it(printed) -> None:
    whole = flat(printed("case-studies/"))
    assert "Case studies by element or theme" in whole
    assert not [words for words in ("Level of government", "Kind of source All", "Show all", "Search") if words in whole]
    some = printed("case-studies/", lambda page: (page.locator("#case-level").select_option("county"), until(page, "location.search !== ''")))
    text = flat(some)
    assert "Level of government County" in text and "Year" not in text.split("Level of government")[1][:60]
    assert " of " in text and "Show all" not in text
    assert len(some) < len(printed("case-studies/"))


def test_an_authority_prints_the_address_of_its_text_once(printed) -> None:
    sheets = printed("law/nys-8nycrr185/")
    text = joined("".join(sheets))
    assert joined("www.archives.nysed.gov/records/laws-part185-8nycrr") in text
    assert "(http" not in text


def test_the_address_of_a_link_that_does_not_show_it_is_printed(printed) -> None:
    def link(page) -> None:
        words = ' <a href="https://agency.example/rule">The rule</a>'
        page.evaluate("(words) => document.querySelector('.prose p').insertAdjacentHTML('beforeend', words)", words)

    assert "The rule (https://agency.example/rule)" in flat(printed("about/", link))


@pytest.mark.parametrize("path", [BRIEF, "case-studies/", "law/"])
def test_nothing_stands_alone_at_the_foot_of_a_sheet(visit, path: str) -> None:
    page = visit(path)
    document = pypdfium2.PdfDocument(page.pdf(format="Letter"))
    headings = {" ".join(text.split()) for text in page.locator("main :is(h2, h3, h4):visible").all_inner_texts()}
    last = [sheet.get_textpage().get_text_range().replace("￾", "").strip().splitlines()[-1].strip() for sheet in document]
    assert [line for line in last if line in headings] == []


def test_the_paper_is_white_and_nothing_runs_off_it(visit) -> None:
    page = visit("law/", color_scheme="dark")
    document = pypdfium2.PdfDocument(page.pdf(format="Letter", print_background=True))
    image = document[0].render(scale=0.5).to_pil().convert("L")
    assert image.getpixel((5, 5)) > 250, "dark colors stay on the screen"
    for sheet in list(document)[:12]:
        gray = sheet.render(scale=0.5).to_pil().convert("L")
        edge = [gray.getpixel((x, y)) for x in (*range(20), *range(gray.width - 20, gray.width)) for y in range(gray.height)]
        assert min(edge) > 250, "the margins are empty"
