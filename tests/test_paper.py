"""The eye of the tests: it sees what stands on what, and where the page ends."""

from __future__ import annotations

import typst

from tests.paper import sheets

_PAGE = '#set page(width: 200pt, height: 100pt, margin: 20pt)\n#set text(font: "DejaVu Sans Mono", size: 10pt)\n#set par(justify: false)\n'


def _seen(source: str):
    return sheets(bytes(typst.compile((_PAGE + source).encode(), ignore_system_fonts=True)))[0]


def test_words_have_their_boxes() -> None:
    sheet = _seen("one, two")
    assert [word.text for word in sheet.words] == ["one,", "two"]
    first, second = sheet.words
    assert 20 <= first.left < first.right < second.left and 20 <= first.top < first.bottom < 40
    assert list(sheet.overprints()) == [] and sheet.beyond(20, 180) == []


def test_a_word_on_another_is_seen() -> None:
    sheet = _seen('#table(columns: (30pt, 60pt), inset: 2pt, "management", "agency")')
    assert "management" in {word.text for pair in sheet.overprints() for word in pair}


def test_a_word_in_the_margin_is_seen() -> None:
    sheet = _seen("nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn")
    assert [word.text[:3] for word in sheet.beyond(20, 180)] == ["nnn"]


def test_lines_raised_letters_and_accents_are_no_overprint() -> None:
    sheet = _seen('#set par(leading: 0.4em)\nÅgypt#super("2") Éjgq Ågy Éj gqj Ågypq Éjgq gÅÉ\n\n#text(size: 20pt)[Ågq]')
    assert len(sheet.words) > 6 and list(sheet.overprints()) == []
