"""What is printed for the room: which sheets, in which order, and how they come out on paper."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from hooks.blocks.printables import find_material, items
from hooks.core.tree import fragment
from hooks.editions import make_edition, validate_pdf
from hooks.editions.sheets import sheets_html
from tests.editions.conftest import fonts, packages  # noqa: F401
from tests.editions.samples import request

AT = "https://onrecord.example/course/rules/"
SCENARIO = (
    '<aside class="scenario" id="scenario-{id}" aria-label="Example 1.{n}: {title}"{more}><p class="scenario__label">Example 1.{n}</p>'
    '<p class="scenario__title">{title}</p><p id="p-1">Somebody writes <a href="#lesson">no</a>.</p>'
    '<p class="scenario__note">Written for this course.</p></aside>'
)
EXERCISE = (
    '<section class="exercise" id="exercise-{id}"{more}><h3 id="exercise-{id}-title">Exercise 1.{n}. Decide</h3><p class="exercise__facts">5 minutes</p>'
    "<p>Decide it.</p><table><thead><tr><th scope='col'>What</th><th scope='col'>Why</th></tr></thead>"
    "<tbody><tr><th scope='row'>No</th><td></td></tr></tbody></table></section>"
)
KEY = (
    '<section class="answer-key" id="key-two"><h2>Key</h2><p>Secret.</p></section>'
    '<section class="strips" id="strips-two"><h2>Strips for Exercise 1.2</h2><figure class="table"><table>'
    "<thead><tr><th>Minute</th><th>Clock</th><th>What</th></tr></thead><tbody><tr><th>0</th><td>9 a.m.</td><td>It <a href='../x/'>rings</a>.</td></tr>"
    "<tr><th>5</th><td>9:05</td><td>It stops.</td></tr></tbody></table></figure></section>"
    '<section class="role-cards" id="roles-two" data-copies="two sets"><h2>Role cards for Exercise 1.2</h2>'
    "<dl><dt>The clerk</dt><dd>You know.</dd><dt>The caller</dt><dd>You ask.</dd></dl></section>"
)


def page() -> str:
    return (
        SCENARIO.format(id="alone", n=1, title="One for the lesson", more=' data-copies="one for two"')
        + SCENARIO.format(id="unprinted", n=2, title="On the page alone", more="")
        + SCENARIO.format(id="shared", n=3, title="Shared", more="")
        + EXERCISE.format(id="one", n=1, more=' data-material="shared other/rule" data-copies="one each"')
        + EXERCISE.format(id="two", n=2, more=' data-material="shared"')
        + EXERCISE.format(id="three", n=3, more="")
    )


DATA = ' data-material="shared" data-copies="one each"'
OTHERS = {"other": '<section class="sheet" id="sheet-rule" aria-label="Sheet: The rule"><p class="scenario__label">Sheet</p><p>A rule.</p></section>'}


def test_what_is_printed_stands_in_order_and_once() -> None:
    found = items(fragment(page()), fragment(KEY), {slug: fragment(html) for slug, html in OTHERS.items()})
    assert [(item.kind, item.title, item.copies, item.page, item.of) for item in found] == [
        ("text", "Example 1.1. One for the lesson", "one for two", "", ""),
        ("text", "Example 1.3. Shared", "one each", "", "one"),
        ("text", "The rule", "one each", "other", "one"),
        ("exercise", "Exercise 1.1. Decide", "one each", "", "one"),
        ("strips", "Strips for Exercise 1.2", "one set for each group, cut", "", "two"),
        ("roles", "Role cards for Exercise 1.2", "two sets", "", "two"),
    ]


def test_what_is_printed_knows_the_part_of_the_page_that_it_is_of() -> None:
    html = f'<p>Before.</p>{SCENARIO.format(id="shared", n=3, title="Shared", more="")}<h2 id="a">Library</h2>{EXERCISE.format(id="one", n=1, more=DATA)}'
    html += f'<h2 id="b">Police</h2><h3>Below</h3>{EXERCISE.format(id="two", n=2, more="")}'
    found = items(fragment(html), fragment(KEY))
    assert [(item.title, item.under) for item in found] == [
        ("Example 1.3. Shared", "Library"),
        ("Exercise 1.1. Decide", "Library"),
        ("Strips for Exercise 1.2", "Police"),
        ("Role cards for Exercise 1.2", "Police"),
    ]


def test_the_first_page_names_the_part_of_each_sheet_only_where_the_page_is_parted() -> None:
    html = f'<h2 id="a">Library</h2>{EXERCISE.format(id="one", n=1, more=DATA)}{SCENARIO.format(id="shared", n=3, title="Shared", more="")}'
    parted, whole = (fragment(sheets_html((AT, html), None, {}, parted=value))[0] for value in (True, False))
    assert [cell.text_content() for cell in parted.iter("th", "td")][:6] == [
        "Sheet",
        "Part of the page",
        "Copies",
        "Example 1.3. Shared",
        "Library",
        "one each",
    ]
    assert [cell.text_content() for cell in whole.iter("th", "td")][:4] == ["Sheet", "Copies", "Example 1.3. Shared", "one each"]


def test_a_page_with_nothing_to_print_has_no_sheets() -> None:
    html = EXERCISE.format(id="three", n=3, more="")
    assert items(fragment(html)) == [] and sheets_html((AT, html), None, {}) == ""


def test_material_that_is_not_there_is_not_found() -> None:
    tree = fragment(page())
    assert find_material("shared", tree, {}) is not None
    assert find_material("none", tree, {}) is None and find_material("gone/shared", tree, {}) is None


def made_sheets(fonts: Path):  # noqa: F811
    html = sheets_html((AT, page()), (f"{AT}../keys/rules/", KEY), {slug: ("https://onrecord.example/course/other/", text) for slug, text in OTHERS.items()})
    return html, make_edition(request(html, form="sheets", kind_label="Module", number="1"), fonts)


def test_the_sheets_come_out_each_on_a_page_without_the_key(fonts: Path) -> None:  # noqa: F811
    html, made = made_sheets(fonts)
    assert "Secret" not in html and 'id="p-1"' not in html and f'href="{AT}#lesson"' in html and 'href="https://onrecord.example/course/keys/x/"' in html
    texts = [" ".join(sheet.get_textpage().get_text_range().split()) for sheet in pypdfium2.PdfDocument(io.BytesIO(made.pdf))]
    begins = ["What to print", "Example 1.1. One for the lesson", "Example 1.3. Shared", "Strips for Exercise 1.2", "Role cards"]
    assert made.pages == len(texts) == len(begins)
    assert all(text.startswith(begin) for text, begin in zip(texts, begins, strict=True)), texts
    assert "The rule" in texts[2] and "Copies: one each" in texts[2] and "Exercise 1.1. Decide" in texts[2]
    assert "Minute 0 · 9 a.m." in texts[3] and "Minute 5 · 9:05" in texts[3]
    assert texts[4].count("Written for this course") == 2
    assert "page 4" in texts[0].replace("\u00a0", " ")


def test_the_sheets_conform_and_their_cutting_lines_are_artifacts(fonts: Path) -> None:  # noqa: F811
    _, made = made_sheets(fonts)
    assert validate_pdf(made.pdf) == []
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Module 1, sheets for the room: Citizen conduct: comments, moderation and the public forum"
        strips, other = (bytes(pikepdf.unparse_content_stream(pikepdf.parse_content_stream(pdf.pages[index]))) for index in (3, 1))
    dashed = [line for line in strips.splitlines() if line.endswith(b" d") and not line.startswith(b"[]") and not line.startswith(b"[ ]")]
    assert len(dashed) >= 1 and strips.count(b"/Artifact") > other.count(b"/Artifact")


def test_a_long_role_stands_on_a_card_of_its_own(fonts: Path) -> None:  # noqa: F811
    long = KEY.replace("You know.", "You know much. " * 60)
    html = sheets_html((AT, page()), (AT, long), {})
    made = make_edition(request(html, form="sheets"), fonts)
    assert made.pages == 5 and validate_pdf(made.pdf) == []


def test_an_exercise_that_has_no_room_below_its_text_begins_a_sheet(fonts: Path) -> None:  # noqa: F811
    html = SCENARIO.format(id="long", n=1, title="Long", more="").replace("Somebody writes", "Somebody writes on and on. " * 120)
    rows = "<tr><th>No</th><td></td></tr>" * 12
    html += EXERCISE.format(id="one", n=1, more=' data-material="long" data-copies="one each"').replace("<tbody>", f"<tbody>{rows}")
    made = make_edition(request(sheets_html((AT, html), None, {}), form="sheets"), fonts)
    texts = [" ".join(sheet.get_textpage().get_text_range().split()) for sheet in pypdfium2.PdfDocument(io.BytesIO(made.pdf))]
    assert [text.partition(" ")[0] for text in texts] == ["What", "Example", "Exercise"]


def test_an_exercise_goes_on_below_a_text_of_a_few_lines_and_over_the_page(fonts: Path) -> None:  # noqa: F811
    rows = "<tr><th>No</th><td></td></tr>" * 30
    html = SCENARIO.format(id="short", n=1, title="Short", more="")
    html += EXERCISE.format(id="one", n=1, more=' data-material="short" data-copies="one each"').replace("<tbody>", f"<tbody>{rows}")
    made = make_edition(request(sheets_html((AT, html), None, {}), form="sheets"), fonts)
    texts = [" ".join(sheet.get_textpage().get_text_range().split()) for sheet in pypdfium2.PdfDocument(io.BytesIO(made.pdf))]
    assert len(texts) == 3 and "Exercise 1.1. Decide" in texts[1] and "Exercise" not in texts[2]


@pytest.mark.parametrize("lines", [44, 45, 46])
def test_the_licence_begins_no_page_for_itself(fonts: Path, lines: int) -> None:  # noqa: F811
    html = f'<section class="printable"><h2 id="a">A paper</h2>{"<p>A line.</p>" * lines}</section>'
    made = make_edition(request(html, form="sheets"), fonts)
    assert validate_pdf(made.pdf) == []
    texts = [sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(io.BytesIO(made.pdf))]
    assert "A line." in texts[-1] and "".join(texts).count("CC BY") == 1
