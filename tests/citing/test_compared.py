"""What is checked of each entry, as written and as it was formatted. The messages are in tests/cases/bibliography.yml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hooks.citing.as_written import check_entry
from hooks.citing.bibliography import load_bibliography
from hooks.citing.citeproc import csl_json, format_citations
from hooks.citing.compared import check_items, check_printed, surnames_as_written, titles, with_capitals
from hooks.citing.entries import read_entries
from hooks.citing.one_form import of_no_language
from hooks.core.words import words
from tests import support

BOUNDED = settings(derandomize=True, max_examples=100, deadline=None, database=None)
NAMES = [
    "Jane Doe", "Doe, Jane", "{Sample County}", "van der Berg, Jan", "others", "et al.", "City of X", "A; B", "and", "", ",", "{", "}", "\\", " and ", "ü",
    "Jr.",
]  # fmt: skip
SIGNS = [
    *"{}$%&#_^~\\\"'`*<>[]()|@:;,.!?-/= \n", "\\emph{x}", "\\url{y}", "{\\'e}", "\\unknown{z}", "word", "NASA", "U.S.", "v.", "--", "<i>", "&amp;", "é",
    "\u0301", "日本",
]  # fmt: skip
DATED = [
    "2020", "2020-02", "2020-02-30", "2020/2021", "/", "..", "~", "?", "2020a", "c. 1995", "March 4, 2008", "n.d.", "in press", "-0044", "99999", "\u0661",
    "0", "",
]  # fmt: skip
DRAWN_NAMES = st.lists(st.sampled_from(NAMES), max_size=5).map(" ".join)
DRAWN_TEXT = st.lists(st.sampled_from(SIGNS), max_size=8).map("".join)


def _entry(**fields: str) -> str:
    return "@misc{k,\n" + "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items()) + "}\n"


@BOUNDED
@given(DRAWN_NAMES, st.sampled_from(DATED), st.sampled_from(DATED), DRAWN_TEXT)
def test_any_entry_is_right_or_told_at_a_line(names: str, date: str, other: str, text: str) -> None:
    whole = {"title": text, "year": date, "month": other, "day": other, "url": text, "doi": text, "publisher": names}
    for fields in ({"author": names, "title": text, "date": date}, whole):
        for entry in read_entries("x.bib", _entry(**fields)):
            found = check_entry(entry, {"k"})
            assert all(problem.line and problem.remedy and problem.rule == "bibliography" for problem in found)


def test_any_title_is_printed_or_told(store: Path) -> None:
    """Titles drawn at random, read and printed all at once: what no check has a word for is printed whole."""
    drawn: list[str] = []

    @settings(derandomize=True, max_examples=60, deadline=None, database=None)
    @given(st.lists(st.sampled_from(SIGNS), min_size=1, max_size=6).map("".join))
    def draw(text: str) -> None:
        drawn.append(text)

    draw()
    fields = [f"@misc{{k{index}, title = {{Word {text} end}}, year = {{2020}}, keywords = {{cases}}}}\n" for index, text in enumerate(dict.fromkeys(drawn))]
    kept = [text for text in fields if _readable(text)]
    assert len(kept) > 10
    entries = read_entries("x.bib", "".join(kept))
    references = format_citations([], csl_json("".join(kept)), support.style()).references
    told = {problem.message.split("”")[1].rpartition("“")[2] for problem in check_printed(entries, references)}
    for entry in entries:
        if entry.key not in told:
            assert {"word", "end"} <= set(words(references[entry.key]))


def _readable(text: str) -> bool:
    entries = read_entries("x.bib", text)
    if len(entries) != 1 or any(check_entry(entry, {entry.key}) for entry in entries) or text.count("{") != text.count("}"):
        return False
    try:
        return bool(csl_json(text))
    except Exception:
        return False


@pytest.mark.parametrize("text", ["A and", "{", "", "A,,B", ", ", "A, B, C, D, E", "and and and", "\\", "{\\", "A and {B and} C"])
def test_odd_names_make_no_traceback(text: str, sample: Path) -> None:
    (sample / "docs/literature/zz.bib").write_text(_entry(author=text, title="T", year="2020", keywords="cases"))
    _, problems = load_bibliography(sample)
    assert all(problem.path for problem in problems)


def _items(text: str) -> list[dict[str, Any]]:
    return with_capitals(csl_json(text), csl_json(of_no_language(text)))


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Working With Social Media", "Working with social media"),
        ("A Report on U.S. Law at X.com and AT\\&T", "A report on U.S. Law at X.com and AT&T"),
        ("What X Means: A View of the iPhone", "What X means: A view of the iPhone"),
        ("Knight Institute v. Trump", "Knight Institute v. Trump"),
        ("{{[A Memo]}}", "[A Memo]"),
        ("On \\emph{Smith v. Doe} and {NYC}", "On <i>Smith v. Doe</i> and NYC"),
    ],
)
def test_capitals_that_are_a_word_s_own_stay(written: str, title: str) -> None:
    assert _items(_entry(title=written, year="2020"))[0]["title"] == title


def test_programs_are_told_the_title_as_written() -> None:
    assert titles(csl_json(of_no_language(_entry(title="Working With \\emph{Social} Media \\& {NYC}")))) == {"k": "Working With Social Media & NYC"}


def test_what_differs_from_the_entry_is_told() -> None:
    text = _entry(author="Doe, Jane and Roe, Rob", title="One two", date="2020", url="https://a.example/")
    (entry,) = read_entries("x.bib", text)
    (item,) = csl_json(text)
    assert check_items([entry], [item]) == []
    assert [str(p) for p in check_items([entry], [{**item, "author": item["author"][:1]}])] == [
        "x.bib:2: In “k” the names “Doe, Jane and Roe, Rob” are read as “Doe Jane”. "
        "Divide persons by “and”, and put the name of a body in braces of its own: {{Sample County}}. [bibliography]"
    ]
    assert [str(p) for p in check_items([entry], [{**item, "title": "One"}])] == [
        f"x.bib:3: Of “title” of “k” this is lost when it is read: “two”. {TEX} [bibliography]"
    ]
    assert [str(p) for p in check_items([entry], [{name: value for name, value in item.items() if name != "issued"}])] == [
        "x.bib:4: The date “2020” is not read. Write date = {2026-11-22}: year, month, day. [bibliography]"
    ]
    assert [str(p) for p in check_items([entry], [])] == [
        "x.bib:1: The entry “k” is not read. Check its braces and commas, and those of the entry before. [bibliography]"
    ]
    whole = 'Doe, Jane, and Rob Roe. 2020. One Two. <a href="https://a.example/">https://a.example/</a>'
    assert check_printed([entry], {"k": whole}) == []
    assert [p.line for p in check_printed([entry], {"k": whole.replace("2020", "n.d.").replace("Two", "").replace(".example", ".test")})] == [3, 4, 5]


@pytest.mark.parametrize(
    ("fields", "status"),
    [({"year": "forthcoming"}, "forthcoming"), ({"pubstate": "inpress"}, "in press"), ({"pubstate": "inpreparation", "date": "2020/"}, "in preparation")],
)
def test_a_work_that_has_not_appeared_says_how_far_it_is(fields: dict[str, str], status: str) -> None:
    text = _entry(title="T", **fields)
    entries, items = read_entries("x.bib", text), csl_json(text)
    assert items[0]["status"] == status
    assert [*check_entry(entries[0], {"k"}), *check_items(entries, items)] == []


@pytest.mark.parametrize("written", ["in press", "submitted", "sometime"])
def test_a_year_that_would_be_printed_as_none_is_told(written: str) -> None:
    text = _entry(title="T", year=written)
    entries = read_entries("x.bib", text)
    assert [str(problem) for problem in check_items(entries, csl_json(text))] == [
        f"x.bib:3: The date “{written}” is not read. Write date = {{2026-11-22}}: year, month, day. [bibliography]"
    ]


def test_a_particle_before_the_last_name_is_part_of_it() -> None:
    text = _entry(author="van der Berg, Jan and Ludwig van Beethoven", title="T")
    entries = {entry.key: entry for entry in read_entries("x.bib", text)}
    first, second = surnames_as_written(entries, csl_json(text))[0]["author"]
    assert first == {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"}
    assert second == {"dropping-particle": "van", "family": "Beethoven", "given": "Ludwig"}


TEX = "Write a backslash before a sign of TeX (# $ % & _), and take out commands other than accents and \\emph."
ENTRY = "@misc{k,\n author = {{Agency}},\n title = {A Guide to FOIL},\n date = {2020-05-04},\n url = {https://a.example/x}}\n"


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ('Agency. 2020. A Guide to FOIL. <a href="https://a.example/x">https://a.example/x</a>', []),
        (
            'Agency. n.d. A Guide to FOIL. <a href="https://a.example/x">https://a.example/x</a>',
            ["x.bib:4: The year 2020 of “k” is not printed. Write date = {2026-11-22}: year, month, day. [bibliography]"],
        ),
        (
            'Agency. 2020. A Guide to FOIL. <a href="https://b.example">B</a> <a href="https://a.example">A</a>',
            ["x.bib:5: The address of “k” is printed as “https://a.example, https://b.example”. Write the whole address: https://… [bibliography]"],
        ),
        (
            'Agency. 2020. A Guide to Foil. <a href="https://a.example/x">https://a.example/x</a>',
            ["x.bib:3: “FOIL” of “k” is printed with other capitals. Put it in braces: {FOIL}. [bibliography]"],
        ),
        (
            'Agency. 2020. A to FOIL. <a href="https://a.example/x">https://a.example/x</a>',
            [f"x.bib:3: Of “title” of “k” this is lost when it is printed: “guide”. {TEX} [bibliography]"],
        ),
    ],
)
def test_what_a_printed_reference_lacks_is_told_at_its_field(printed: str, told: list[str]) -> None:
    assert [str(problem) for problem in check_printed(read_entries("x.bib", ENTRY), {"k": printed})] == told


BODIES = ("publisher", "institution", "organization", "school", "howpublished")


@pytest.mark.parametrize("kind", ["book", "report", "thesis", "misc"])
@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_is_not_printed_is_told(kind: str, name: str) -> None:
    entries = read_entries("x.bib", f"@{kind}{{k, title = {{A Guide}},\n {name} = {{Sample Press}}}}\n")
    assert check_printed(entries, {"k": "A Guide. Sample Press."}) == []
    assert [str(problem) for problem in check_printed(entries, {"k": "A Guide."})] == [
        f"x.bib:2: Of “{name}” of “k” this is lost when it is printed: “sample”, “press”. {TEX} [bibliography]"
    ]


@pytest.mark.parametrize("kind", ["article", "inproceedings", "conference", "incollection", "inbook", "jurisdiction", "legislation", "legal"])
def test_the_style_prints_no_publisher_of_what_is_part_of_another_work_or_law(kind: str) -> None:
    for name in BODIES:
        entries = read_entries("x.bib", f"@{kind}{{k, title = {{A Guide}},\n {name} = {{Sample Press}}}}\n")
        assert [problem.line for problem in check_printed(entries, {"k": "A Guide."})] == ([] if name == "publisher" else [2])
