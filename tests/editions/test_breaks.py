"""Where pages end: as a printer would break them, whatever stands above."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from hooks.editions import make_edition, validate_pdf
from tests.paper import TEXT_BOTTOM, Sheet, Word, broken_badly, broken_badly_in_columns, sheets

from .samples import request

_LONG = "A sentence of several words that fills a line and then a half of the line below it, as they do. "
_RECOMMENDATION = ('<section class="recommendation" id="ib-08-r1"><p class="recommendation__number">8.1</p>'
                   '<p class="recommendation__text">Write down which comments may be hidden before they are opened.</p>'
                   '<p class="recommendation__meta">Counsel, within 30 days · Evidence: a case</p></section>')
_CLAUSE = ('<section class="clause" id="clause-a"><p class="clause__label">Clause 8-A</p><div class="clause__text">'
           f'<p>Never publish <span class="blank">[Social Security, driver’s license and account numbers, medical and personnel record]</span>; {_LONG}</p>'
           "</div></section>")


@pytest.mark.parametrize("lines", (25, 28, 30, 32, 34, 36))
@pytest.mark.parametrize("what", [
    f'<h2 id="a">A heading of the text</h2><ul><li>one line</li><li>two</li></ul><p>{_LONG * 4}</p>',
    f'<h2 id="a">A heading of the text</h2><h3 id="b">A second below it</h3><p>{_LONG * 4}</p>',
    _RECOMMENDATION * 1 + f"<p>{_LONG * 9}</p>",
    '<h2 id="a">A table</h2><table><thead><tr><th>Head</th></tr></thead><tbody><tr><td>One</td></tr><tr><td>Two</td></tr></tbody></table>',
], ids=["list", "two headings", "recommendation", "table"])
def test_no_heading_or_number_ends_a_page(fonts: Path, what: str, lines: int) -> None:
    pages = sheets(make_edition(request("<p>A line.</p>" * lines + what), fonts).pdf)
    assert [wrong for wrong in broken_badly(pages) if "ends with" in wrong] == []


@pytest.mark.parametrize("lines", range(27, 37, 3))
def test_the_number_of_a_recommendation_stands_beside_its_sentence(fonts: Path, lines: int) -> None:
    for sheet in sheets(make_edition(request("<p>A line.</p>" * lines + _RECOMMENDATION), fonts).pdf):
        assert ("8.1" in [word.text for word in sheet.words]) == ("Write" in [word.text for word in sheet.words])


def test_a_blank_runs_over_the_line_in_reading_order(fonts: Path) -> None:
    made = make_edition(request(_CLAUSE), fonts)
    assert validate_pdf(made.pdf) == []
    document = pypdfium2.PdfDocument(made.pdf)
    text = " ".join(document[0].get_textpage().get_text_range().split())
    document.close()
    assert "[Social Security, driver’s license and account numbers, medical and personnel record]; A sentence" in text


def test_a_short_box_is_not_divided(fonts: Path) -> None:
    for lines in range(20, 40, 3):
        pages = sheets(make_edition(request("<p>A line.</p>" * lines + _CLAUSE), fonts).pdf)
        assert sum(any(word.text == "Never" or word.text.startswith("record]") for word in sheet.words) for sheet in pages) == 1


def test_rows_are_not_divided_but_where_they_fill_a_page(fonts: Path) -> None:
    row = f"<tr><td>start</td><td>{_LONG * 4} end</td></tr>"
    for sheet in sheets(make_edition(request(f"<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody>{row * 20}</tbody></table>"), fonts).pdf):
        words = [word.text for word in sheet.words]
        assert words.count("start") == words.count("end")
    tall = f"<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>{_LONG * 90}</td></tr></tbody></table>"
    pages = sheets(make_edition(request(f"<p>A line.</p>{tall}"), fonts).pdf)
    assert all(word.bottom < TEXT_BOTTOM + 40 for sheet in pages for word in sheet.words) and len(pages) > 1


def test_the_caption_of_a_table_stands_with_it(fonts: Path) -> None:
    table = ('<figure class="table" id="t"><table><thead><tr><th>Head</th></tr></thead><tbody><tr><td>Cell</td></tr></tbody></table>'
             '<figcaption><p><span class="caption-label">Table 1.</span> Words</p></figcaption></figure>')
    for lines in range(30, 42):
        for sheet in sheets(make_edition(request("<p>A line.</p>" * lines + table), fonts).pdf):
            words = [word.text for word in sheet.words]
            assert ("Table" in words) == ("Head" in words) == ("Cell" in words)


def test_a_part_that_leaves_little_on_a_page_does_not_begin_the_next(fonts: Path) -> None:
    parts = "".join(f'<h2 class="part" id="p{n}" data-head="Part {n}">Part {n}</h2><p>{_LONG * size}</p>' for n, size in enumerate((60, 3, 90, 31)))
    pages = sheets(make_edition(request(parts, bound=True, contents=True), fonts).pdf)
    assert broken_badly(pages) == []


def test_what_is_said_of_citing_takes_few_lines(fonts: Path) -> None:
    first = sheets(make_edition(request(), fonts).pdf)[0]
    cited = [line for line in first.lines(0, 792) if any(word.size < 7.5 for word in line.words)]
    assert 2 <= len(cited) <= 4


def test_text_goes_on_below_a_high_picture_that_waits_for_its_page(fonts: Path) -> None:
    picture = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 150"><rect width="100" height="150"/></svg>'
    figure = '<figure class="figure" id="f"><p><img alt="A bar" src="a.svg"></p><figcaption><p>Caption</p></figcaption></figure>'
    made = make_edition(request(f"<p>Before.</p>{figure}<p>{_LONG * 60}</p>", images={"a.svg": picture}), fonts)
    assert validate_pdf(made.pdf) == []
    assert broken_badly(sheets(made.pdf)) == []


def test_a_picture_leaves_its_caption_a_place_on_the_page(fonts: Path) -> None:
    picture = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 1132" width="720" height="1132"><rect width="720" height="1132"/></svg>'
    caption = "Years of law and platforms, one a line. " * 4
    figure = f'<figure class="figure" id="f"><p><img alt="A bar" src="a.svg"></p><figcaption><p>{caption}</p></figcaption></figure>'
    made = make_edition(request(f"<p>Before.</p>{figure}<p>After.</p>", images={"a.svg": picture}), fonts)
    assert validate_pdf(made.pdf) == []
    assert [list(sheet.overprints()) for sheet in sheets(made.pdf) if list(sheet.overprints())] == []


def test_only_a_paper_that_begins_a_page_may_leave_one_almost_empty(fonts: Path) -> None:
    papers = '<h2 class="own-page" id="a">A sign-in sheet</h2><p>Name.</p><h2 class="own-page" id="b">A form</h2>' + f"<p>{_LONG * 12}</p>"
    pages = sheets(make_edition(request(f"<p>{_LONG * 20}</p>{papers}"), fonts).pdf)
    (wrong,) = broken_badly(pages)
    assert wrong.startswith("page 2 of 3 is ") and "A sign-in sheet" in wrong
    assert broken_badly(pages, ["A sign-in sheet"]) == [wrong]
    assert broken_badly(pages, ["A form"]) == []


def column(left: float, *lines: str) -> tuple[Word, ...]:
    """Words at `left`, one a line from the top of the page downward; one that begins with a capital is a heading."""
    body, heading = (8, "PublicSans"), (16, "SourceSerif4-600-Regular")
    return tuple(Word(text, left, 60 + 12 * place, left + 80, 70 + 12 * place, *(heading if text.istitle() else body)) for place, text in enumerate(lines))


@pytest.mark.parametrize(("left", "right", "told"), [
    (("Keep", "all"), ("Call", "us", "now"), ["Keep"]),
    (("Keep",), ("Call", "us", "now"), ["Keep"]),
    (("Keep", "all", "of it"), ("Call", "us"), []),
    (("Keep", "all", "of it"), ("us", "Call"), ["Call"]),
    # What stands beside a heading in the other column is not under it.
    (("all", "of it", "Keep", "it"), ("call", "us", "now", "all", "four", "of us"), ["Keep"]),
])
def test_a_heading_needs_two_lines_under_it_in_its_column(left: tuple[str, ...], right: tuple[str, ...], told: list[str]) -> None:
    sheet = Sheet(1, 612, 792, (*column(40, *left), *column(320, *right)))
    assert [wrong.partition("“")[2] for wrong in broken_badly_in_columns([sheet])] == [f"{heading}”" for heading in told]


def test_only_the_last_column_of_the_last_page_may_end_soon_after_a_heading() -> None:
    first, second = (Sheet(number, 612, 792, (*column(40, "all", "of it", "here"), *column(320, "Call", "us"))) for number in (1, 2))
    assert broken_badly_in_columns([first, second]) == ["a column of page 1 of 2 ends with “Call”"]
