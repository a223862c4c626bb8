"""Entries as they are written: their fields with lines, their text without TeX, their DOIs and addresses in one form."""

from __future__ import annotations

import pytest

from hooks.citing.entries import divided, outside_braces, plain, read_entries
from hooks.citing.one_form import address, doi, in_one_form, of_no_language

TEXT = """% A comment.
@string{acm = "The {ACM}"}

@article{key2020,
  author = {A, B and {C and D}},
  title = "The {"}quoted{"} title, with a comma",
  month = mar, journal = acm # { Press},
  year = 2020,
  note = {}
}
@misc(other, title={T})
"""


def test_fields_have_their_lines_and_values() -> None:
    first, second = read_entries("a.bib", TEXT)
    assert [(field.name, field.value, field.line, field.whole) for field in first.fields] == [
        ("author", "A, B and {C and D}", 5, True),
        ("title", 'The {"}quoted{"} title, with a comma', 6, True),
        ("month", "3", 7, False),
        ("journal", "The {ACM} Press", 7, False),
        ("year", "2020", 8, False),
        ("note", "", 9, False),
    ]
    assert (first.kind, first.key, first.line, second.key, second.line) == ("article", "key2020", 4, "other", 11)


def test_each_month_has_its_short_name() -> None:
    names = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    entries = read_entries("a.bib", "\n".join(f"@misc{{{name}, month = {name}}}" for name in names))
    assert [entry.fields[0].value for entry in entries] == [str(number) for number in range(1, 13)]


BROKEN = ["@a{", "@misc{a,", "@misc{a, title", "@misc{a, title =", "@misc{a, title = {", '@misc{a, title = "', "@misc{a, = {x}}", "@misc{a,,}"]


@pytest.mark.parametrize("text", BROKEN)
def test_what_is_broken_is_read_as_far_as_it_goes(text: str) -> None:
    assert all(entry.key == "a" for entry in read_entries("a.bib", text))


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("{\\\"O}zg{\\\"u}r \\c{s} \\ss{} \\'e", "Özgür ş ß é"),
        ("A \\$5 at 50\\% \\& \\#1 a\\_b", "A $5 at 50% & #1 a_b"),
        ("On \\emph{Brown} {v.} Board~1", "On Brown v. Board 1"),
        ("the 4\\textsuperscript{th} of \\LaTeX", "the 4th of LaTeX"),
        ("a\n   b", "a b"),
        ("{", ""),
        ("\\", "\\"),
    ],
)
def test_text_without_tex(written: str, text: str) -> None:
    assert plain(written) == text


def test_names_are_divided_where_bibtex_divides_them() -> None:
    assert divided("A, B and {C and D} AND  E\nand F") == ["A, B", "{C and D}", "E", "F"]
    assert divided("A and") == ["A", ""]
    assert divided("Andrew Sand") == ["Andrew Sand"]
    assert outside_braces("a{b{c}}d\\}e") == "ad\\}e"


@pytest.mark.parametrize(
    "written",
    ["10.1000/XYZ", "https://doi.org/10.1000/xyz", "http://dx.doi.org/10.1000/XyZ", "doi:10.1000/xyz", "DOI: 10.1000/xyz.", "doi.org/10.1000/xyz", 
     "\\url{10.1000/xyz}", " <https://doi.org/10.1000/xyz> "],
)  # fmt: skip
def test_a_doi_has_one_form(written: str) -> None:
    assert doi(written) == "10.1000/xyz"


def test_a_doi_keeps_what_belongs_to_it() -> None:
    assert doi("10.1002/(SICI)1097(199601)47:1\\_2") == "10.1002/(sici)1097(199601)47:1_2"
    assert doi("https://doi.org/10.1002/%28sici%29x") == "10.1002/(sici)x"
    assert doi("10.1002/a%28b") == "10.1002/a%28b"


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("\\url{https://a.example/x_y}", "https://a.example/x_y"),
        ("https://a.example/x\\_y\\%20z\\&b\\#c", "https://a.example/x_y%20z&b#c"),
        ("https://a.example/\\~{}me/{\\_}x", "https://a.example/~me/_x"),
        ("<https://a.example/>", "https://a.example/"),
        ("http://dx.doi.org/10.1000/XYZ", "https://doi.org/10.1000/xyz"),
        ("https://a.example/%E2%80%99", "https://a.example/%E2%80%99"),
    ],
)
def test_an_address_has_one_form(written: str, form: str) -> None:
    assert address(written) == form


def test_a_file_is_brought_to_one_form_line_by_line() -> None:
    text = "@misc{a,\n  url = {\\url{https://a.example/x\n}},\n  doi = {doi:10.1000/X},\n  title = {T}\n}\n"
    made = in_one_form(text, read_entries("a.bib", text))
    assert made == "@misc{a,\n  url = {https://a.example/x\n},\n  doi = {10.1000/x},\n  title = {T}\n}\n"
    assert made.count("\n") == text.count("\n")


def test_an_entry_of_no_language_has_no_other() -> None:
    assert of_no_language("@misc{a, langid={english}, title={T}}") == "@misc{a, langid = {latin}, langid={latin}, title={T}}"
