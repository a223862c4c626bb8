"""Widths of columns, and places to break: from what cells hold to points."""

from __future__ import annotations

from pathlib import Path

import lxml.html
import pytest

from hooks.editions import EditionError, make_edition, validate_pdf
from hooks.editions.breaks import code_pieces, pieces
from hooks.editions.columns import FORMS, Layout, Needs, Ruler, fit, layout, ruler
from hooks.editions.model import Attachment
from tests.paper import sheets

from .samples import EVEN, request

RIGHT = 612 - 0.9 * 72
EDGE = 54


@pytest.mark.parametrize(("text", "parts"), [
    ("an ordinary sentence", ["an ordinary sentence"]),
    ("@CDCgov and/or x.com", ["@CDCgov and/or x.com"]),
    ("records-management-officer@dec.example.gov", ["records-", "management-", "officer", "@dec", ".example", ".gov"]),
    ("#NYSDepartmentOfConservation", ["#NYSDepartment", "Of", "Conservation"]),
    ("see https://example.gov/a_long/path?x=1.", ["see https://", "example", ".gov/", "a_", "long/", "path?", "x=", "1."]),
    ("incomprehensibilities, they said", ["incomprehensibilities, they said"]),
    ("x.com/nysdeptofenvironmentalconservation", ["x", ".com/", "nysdepto", "fenviron", "mentalco", "nservation"]),
    ("n" * 67, ["n" * 8] * 7 + ["n" * 11]),
])
def test_long_runs_have_places_to_break_and_lose_nothing(text: str, parts: list[str]) -> None:
    assert pieces(text) == parts
    assert "".join(parts) == text


def test_code_breaks_where_its_parts_end() -> None:
    assert code_pieces("short_name") == ["short_name"]
    assert code_pieces("SOURCE_DATE_EPOCH=1795305600") == ["SOURCE_", "DATE_", "EPOCH=", "17953056", "00"]


def test_columns_have_their_longest_piece_and_share_the_rest_by_what_they_hold() -> None:
    needs = [Needs(10, 10, 1), Needs(5, 100, 10), Needs(5, 400, 20)]
    widths = fit(needs, 10, 5, 500)
    assert widths is not None and sum(widths) == pytest.approx(500, abs=0.1)
    assert widths[0] == pytest.approx(110.6)
    assert widths[2] / widths[1] == pytest.approx(2, rel=0.01)


def test_what_has_room_fills_it_in_proportion() -> None:
    assert fit([Needs(4, 4, 1), Needs(4, 9, 1)], 10, 0, 262.4) == pytest.approx((81.2, 181.2), abs=0.1)


def test_no_widths_where_the_pieces_have_no_room() -> None:
    assert fit([Needs(30, 30, 1), Needs(30, 30, 1)], 10, 5, 600) is None


def _layout(html: str, form: str = "report", measure: Ruler = EVEN) -> Layout | str:
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    table = next(root.iter("table"))
    rows = [list(row) for row in table.iter("tr")]
    return layout(rows, max(map(len, rows)), table, FORMS[form], measure, False)


def _table(*cells: str) -> str:
    return f"<table><tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr></table>"


def _set(html: str, form: str = "report") -> Layout:
    found = _layout(html, form)
    assert isinstance(found, Layout)
    return found


def test_a_table_takes_the_margin_then_a_smaller_face_then_a_turned_page() -> None:
    word = "administration"
    assert [(_set(_table(*[word] * count)).place, _set(_table(*[word] * count)).size) for count in (5, 6, 7, 9, 10)] == [
        ("", 8.6), ("wide", 8.6), ("wide", 7.8), ("turned", 8.6), ("turned", 7.2)]
    assert _layout(_table(*[word] * 12)) == word


@pytest.mark.parametrize("around", ["<ul><li>{}</li></ul>", '<section class="exercise">{}</section>', '<aside class="callout">{}</aside>'])
def test_a_table_in_a_box_stays_in_it(around: str) -> None:
    found = _set(around.format(_table(*["administrative"] * 5)))
    assert found.place == "" and sum(found.widths) <= FORMS["report"].room
    assert _layout(around.format(_table(*["administration"] * 9))) == "administration"


@pytest.mark.parametrize("form", FORMS)
def test_every_form_has_its_room(form: str) -> None:
    found = _set(_table("words of some length " * 9, "more of them " * 20), form)
    assert sum(found.widths) == pytest.approx(FORMS[form].room, abs=0.1)


def test_what_is_added_at_layout_has_room_too() -> None:
    plain = _set(_table('<a class="xref" href="../b/">Ab</a>', "words " * 60))
    added = _set(_table('<a class="xref" href="#b">Ab</a>', "words " * 60))
    assert added.widths[0] > plain.widths[0]
    # The page is one piece with the comma behind it.
    narrow = fit([Needs(len("(page\u00a0888),") / 2, 9, 1)], 8.6, 5.5, 400, comfort=False)
    assert narrow is not None


def test_a_cell_over_several_columns_has_room() -> None:
    found = _set(f'<table><tr><td colspan="2">{"n" * 40}</td><td>{"words " * 90}</td></tr><tr><td>a</td><td>b</td><td>c</td></tr></table>')
    assert found.widths[0] + found.widths[1] >= 40 * 0.5 * 8.6


def test_initials_take_less_room_than_names_and_addresses() -> None:
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Name, agency", "E-mail", *range(1, 7)))
    found = _set(f"<table><tr>{heads}</tr>{'<tr>' + '<td></td>' * 8 + '</tr>'}</table>", "paper")
    name, mail, *weeks = found.widths
    assert max(weeks) < mail / 2 and name > 2.5 * max(weeks)
    assert min(weeks) >= 30


def test_a_cell_that_reaches_down_moves_the_cells_beside_it() -> None:
    found = _set(f'<table><tr><td rowspan="2">a</td><td>{"words " * 90}</td></tr><tr><td>{"n" * 40}</td></tr></table>')
    assert found.widths[1] > found.widths[0]


def test_bold_and_code_are_measured_as_they_are_set(fonts: Path) -> None:
    rule = ruler(fonts)
    assert rule.width("management", 600) > rule.width("management") > 4
    assert rule.width("illicit", code=True) > rule.width("illicit", 600)
    assert rule.width("→") == 1


WORDS = ["Responsibility", "Communications", "Representative", "Administration", "Confidentiality", "Accessibility", "Misinformation"]
HANDLES = ("X", "@NYSDepartmentOfEnvironmentalConservation", "x.com/nysdeptofenvironmentalconservation",
           "records-management-officer@dec.example.gov", '<a class="xref" href="#p">Account management and recovery</a>, with all there is')


@pytest.mark.parametrize("html", [
    _table(*HANDLES),
    _table(*(f"<strong>{word}</strong>" for word in WORDS)),
    _table(*["words of some length"] * 16),
    f"<ul><li>{_table('<code>averylongidentifieraverylongidentifier</code>', 'x' * 90)}</li></ul>",
    _table("<ul><li>management (see <em>administration</em>)</li></ul>", *["words of a length"] * 5),
    f"<pre><code>{'x' * 200}\n  {'indented ' * 30}</code></pre><p><code>{'averylongidentifier' * 12}</code> https://example.gov/{'verylongsegment' * 12}</p>",
], ids=["handles", "words", "sixteen columns", "in a list", "list in a cell", "code"])
def test_no_word_stands_on_another_or_in_the_margin(fonts: Path, html: str) -> None:
    made = make_edition(request(f'<p>Before.</p>{html}{"<p>Between.</p>" * 40}<p id="p">After.</p>'), fonts)
    assert validate_pdf(made.pdf) == []
    for sheet in sheets(made.pdf):
        assert list(sheet.overprints()) == []
        assert sheet.beyond(EDGE, RIGHT if sheet.width < sheet.height else 792 - 66) == []


def test_a_table_for_which_there_is_no_room_is_named_with_its_line(fonts: Path) -> None:
    words = " | ".join(f"{word}{n}" for n, word in enumerate(WORDS * 2))
    source = Attachment("a.md", "text/markdown", "Source", f"# A\n\n| {words} |\n".encode(), "source")
    with pytest.raises(EditionError) as caught:
        make_edition(request(_table(*words.split(" | ")), attachments=(source,)), fonts)
    assert caught.value.line == 3
    assert "is too wide for any page" in caught.value.message and "Responsibility0" in caught.value.message
    assert caught.value.remedy.startswith("Give it fewer columns")


@pytest.mark.parametrize("number", ["8", "16", "105", "1,024"])
def test_a_long_number_stands_beside_the_title(fonts: Path, number: str) -> None:
    first = sheets(make_edition(request(number=number), fonts).pdf)[0]
    printed = next(word for word in first.words if word.text == number)
    assert printed.right < 1.7 * 72
    assert list(first.overprints()) == []
