"""Slides and handouts as PDF: one slide a page, one page a handout, and a kind word where that cannot be."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from hooks.editions import EditionError, make_edition, validate_pdf
from hooks.editions.course_print import handout_html, printed_module, slide_titles
from tests.editions.conftest import fonts, packages  # noqa: F401
from tests.editions.samples import request

SLIDE = '<section class="slide" aria-labelledby="{id}"><p class="slide__number web-only">1 of 2</p><h2 id="{id}">{title}</h2>{body}</section>'
CHECK = (
    '<section class="check" id="check-{id}" aria-label="Question {n}" data-answer="1"><p class="check__label">Question {n}</p>'
    '<div class="check__question"><p>Which?</p></div><ol class="check__options" type="A"><li>This.</li><li>That.</li></ol>'
    '<details class="check__answer"><summary>Answer and why</summary><p class="check__right">Answer: A.</p>'
    '<ol class="check__reasons" type="A"><li>Yes {n}.</li><li>No {n}.</li></ol></details></section>'
)


def slides(*bodies: str) -> str:
    return "".join(SLIDE.format(id=f"s{n}", title=f"Slide {n}", body=body) for n, body in enumerate(bodies, 1))


def texts(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(io.BytesIO(pdf))]


def test_each_slide_is_a_page_of_16_to_9_without_its_notes(fonts: Path) -> None:  # noqa: F811
    table = "<table><thead><tr><th scope='col'>A</th><th scope='col'>B</th></tr></thead><tbody><tr><th scope='row'>1</th><td>2</td></tr></tbody></table>"
    html = slides("<ul><li>One point</li></ul><div class='notes web-only'><p>Say this.</p></div>", table)
    made = make_edition(request(html, form="slides"), fonts)
    pages = texts(made.pdf)
    assert made.pages == len(pages) == 3
    assert "Citizen conduct" in pages[0] and "Slide 1" in pages[1] and "Slide 2" in pages[2]
    assert "One point" in pages[1] and "Say this" not in "".join(pages) and "1 of 2" not in "".join(pages)
    assert validate_pdf(made.pdf) == []
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        assert {round(float(p.mediabox[2]) / float(p.mediabox[3]), 3) for p in pdf.pages} == {1.778}
        assert [str(item.title) for item in pdf.open_outline().root] == ["Slide 1", "Slide 2"]
        assert {str(name) for name in pikepdf.NameTree(pdf.Root.Names.Dests)} == {"s1", "s2"}


@pytest.mark.parametrize("long", [0, 1, 2])
def test_a_slide_that_runs_over_its_page_is_named(fonts: Path, long: int) -> None:  # noqa: F811
    bodies = ["<p>Short.</p>"] * 3
    bodies[long] = "<ul>" + "<li>Another point of many</li>" * 20 + "</ul>"
    with pytest.raises(EditionError, match=f"this slide runs over the page: “Slide {long + 1}”"):
        make_edition(request(slides(*bodies), form="slides"), fonts)


def test_the_sources_of_slides_have_a_page_of_their_own(fonts: Path) -> None:  # noqa: F811
    list_ = '<dl class="authorities__list"><dt data-order="0">Controlling</dt><dd>An Act</dd></dl>'
    closing = f'<section class="authorities" id="law-cited"><h2 id="law-cited-title">Law cited</h2>{list_}</section>'
    made = make_edition(request(slides("<p>One.</p>") + closing, form="slides"), fonts)
    assert made.pages == 3 and "An Act" in texts(made.pdf)[2]


def test_a_handout_is_one_page_and_conforms(fonts: Path) -> None:  # noqa: F811
    made = make_edition(request("<h3 id='a'>First</h3><ul><li>Write the rule.</li></ul>", form="handout"), fonts)
    assert made.pages == 1 and validate_pdf(made.pdf) == []
    text = texts(made.pdf)[0]
    assert "Write the rule" in text and "onrecord.example/id/ib-08" in text


def test_a_longer_handout_is_refused(fonts: Path) -> None:  # noqa: F811
    with pytest.raises(EditionError, match="the handout takes 2 pages, and one is all it may have"):
        make_edition(request("<p>Much to say.</p>" * 45, form="handout"), fonts)


def test_a_module_prints_its_answers_at_the_end(fonts: Path) -> None:  # noqa: F811
    list_ = '<ul class="references__list"><li>A book.</li></ul>'
    closing = f'<section class="references" id="references"><h2 id="references-title">References</h2>{list_}</section>'
    checks = "".join(CHECK.format(id=f"c{n}", n=n) for n in (1, 2))
    html = f'<h2 id="check">Check yourself</h2><p class="check__note">Written for this course.</p>{checks}<h2 id="end">The end</h2><p>Last words.</p>{closing}'
    made = make_edition(request(printed_module(html)), fonts)
    text = " ".join("".join(texts(made.pdf)).split())
    assert text.index("Last words") < text.index("Question 1. Answer: A.") < text.index("Yes 1.") < text.index("No 2.") < text.index("A book")
    assert "A. This." in text and "Answers" in text and "Answer and why" not in text
    assert validate_pdf(made.pdf) == []


def test_room_to_write_is_on_the_page(fonts: Path) -> None:  # noqa: F811
    def height(lines: int) -> int:
        space = '<div class="space" id="s"><p class="space__label">Our rule</p>' + '<div class="space__line"></div>' * lines + "</div>"
        return make_edition(request(f'<h2 id="h">Part</h2><div class="workbook">{space}</div>'), fonts).pages

    assert height(3) < height(40)


def test_pages_without_course_parts_are_left_as_they_are() -> None:
    html = '<p id="x">Text &amp; more.</p>'
    assert printed_module(html) is html
    assert handout_html(html) == "" and slide_titles(html) == []
