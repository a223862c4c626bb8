"""Author text can never become Typst: not in the source, and not in the PDF."""

from __future__ import annotations

import html
from pathlib import Path

import pytest

from hooks.editions import EditionError, make_edition
from hooks.editions.literals import string

from .reading import read
from .samples import request

HOSTILE = [
    '#read("/etc/passwd")', '"); #read("/etc/passwd"); ("', '*a* _b_ `c` $d$ @label <x>',
    "\\", '\\"', '\\\\" + read("/etc/passwd") + "', "// not a comment", "/* not a comment",
    "a ~ b -- c --- d ... e", "\"straight\" 'quotes'", "= x", "- x", "+ x", "/ a: b", "1. x",
    "#set page(width: 1pt)", "#import \"x\": *", "\\u{23}read", "]] #x [[", "}} #x {{",
    "https://example.org/", "#" * 50, "&lt;p&gt;", "${x}", "{{ x }}"]


@pytest.mark.parametrize("text", HOSTILE)
def test_literal_holds_the_text_and_nothing_else(text: str) -> None:
    literal = string(text)
    inner = literal[1:-1]
    assert literal[0] == literal[-1] == '"'
    # No quotation mark ends the literal early: each stands behind an odd run of backslashes.
    for index, char in enumerate(inner):
        if char == '"':
            run = len(inner[:index]) - len(inner[:index].rstrip("\\"))
            assert run % 2 == 1
    assert (len(inner) - len(inner.rstrip("\\"))) % 2 == 0
    assert "\n" not in literal and "\r" not in literal


@pytest.mark.parametrize("char", ["\0", "\x07", "\r", "\x7f", "\x85", "\ud800", "\ufffe",
                                  "\U0001ffff", "\ufdd0", "\ufeff"])
def test_characters_that_no_text_may_hold_are_refused(char: str) -> None:
    with pytest.raises(ValueError, match="cannot be printed"):
        string(f"a{char}b")


def test_a_character_is_written_alone_as_among_others() -> None:
    """Texts of printable characters alone are written another way than those with any other."""
    for code in (code for code in range(0x110000) if chr(code).isprintable()):
        assert string(f"{chr(code)}\n") == f'{string(chr(code))[:-1]}\\n"'


def test_hostile_text_is_printed_as_it_stands(fonts: Path) -> None:
    body = "".join(f"<p>{html.escape(text)}</p>" for text in HOSTILE)
    body += "".join(f"<ul><li>{html.escape(text)}</li></ul>" for text in HOSTILE)
    body += "<p>" + "<br>".join(html.escape(text) for text in HOSTILE) + "</p>"
    tags = read(make_edition(request(body), fonts).pdf).tags
    printed = [p.text().replace("\u00ad", "") for p in tags.every("P")]
    for text in HOSTILE:
        assert text in printed
    assert "root:" not in tags.text()


def test_hostile_front_matter_is_printed_as_it_stands(fonts: Path) -> None:
    text = HOSTILE[1]
    made = make_edition(request(
        title=text, subtitle=text, summary=text, cite_as=text, licence=text, series=text,
        kind_label=text, number="8", publisher_note=text, authors=(text,), elements=(text,),
        edition=text, history=((text, text, text),)), fonts)
    reading = read(made.pdf)
    assert reading.tags.every("Title")[0].text() == text
    assert str(reading.pdf.docinfo["/Title"]) == f"{text}: {text}"


def test_hostile_ids_alternatives_and_addresses(fonts: Path) -> None:
    name = 'a"); #read("/etc/passwd"); ("\\'.replace(" ", "")
    made = make_edition(request(
        f'<p id="{html.escape(name)}">x <a href="#{html.escape(name)}">y</a> '
        f'<a href="https://example.org/?{html.escape(name)}">z</a></p>'
        f'<p><img alt="{html.escape(name)}" src="a.svg"></p>',
        images={"a.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'}),
        fonts)
    reading = read(made.pdf)
    assert name in reading.destinations()
    assert name in [str(figure.entry.Alt) for figure in reading.tags.every("Figure")]


def test_an_image_cannot_read_other_files(fonts: Path) -> None:
    svg = (b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" '
           b'width="9" height="9"><image x:href="/etc/passwd" width="9" height="9"/></svg>')
    try:
        made = make_edition(request('<p><img alt="A" src="a.svg"></p>', images={"a.svg": svg}),
                            fonts)
    except EditionError:
        return
    assert b"root:" not in made.pdf
