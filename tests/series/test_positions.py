"""YAML with lines: what an error can point at."""

from __future__ import annotations

from datetime import date

import pytest

from hooks.core.yaml_lines import Latest, parse

TEXT = """\
# A comment.
title: A
roles: [clerk,
        counsel]
changes:
  - {edition: 1, note: First}
  - edition: 2
    note: >-
      Second,
      over lines
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 2),
        (("title",), 2),
        (("roles",), 3),
        (("roles", 0), 3),
        (("roles", 1), 4),
        (("changes",), 5),
        (("changes", 0, "note"), 6),
        (("changes", 1), 7),
        (("changes", 1, "edition"), 7),
        (("changes", 1, "note"), 8),
        (("changes", 1, "missing"), 7),
        (("changes", 9, "note"), 5),
        (("missing",), 2),
    ],
)
def test_the_line_of_a_value_or_of_what_holds_it(path: tuple, line: int) -> None:
    document, problems = parse(TEXT, "a.yml")
    assert not problems
    assert document.line(path) == line


def test_lines_count_from_where_the_yaml_begins_in_its_file() -> None:
    document, _ = parse("title: A\nid: b\n", "a.md", first_line=2)
    assert (document.line(("title",)), document.line(("id",))) == (2, 3)


def test_values_are_read_as_yaml_says() -> None:
    document, _ = parse("day: 2026-02-28\nflag: no\nnumber: 08\ntext: '08'\n", "a.yml")
    assert document.data == {"day": date(2026, 2, 28), "flag": False, "number": "08", "text": "08"}


def test_a_date_that_is_none_stays_text() -> None:
    document, problems = parse("day: 2026-02-30\n", "a.yml")
    assert not problems
    assert document.data == {"day": "2026-02-30"}


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n"])
def test_nothing_is_there(text: str) -> None:
    document, problems = parse(text, "a.yml", first_line=2)
    assert not problems
    assert document.data is None
    assert document.line(("id",)) == 2


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: c: d\n", 6),
        ("a: 1\nb: [1, 2\n", 7),
        ("a: 1\nb: @key\n", 6),
        ("a: 1\n  b: 2\n", 6),
        ("a: 1\n\tb: 2\n", 6),
        ("a: *nowhere\n", 5),
        ("a: 1\n---\nb: 2\n", 6),
        ("a: 1\nb: \x00\n", 6),
        ("a: 1\n? [b]\n: 2\n", 6),
    ],
)
def test_what_cannot_be_read_is_one_problem_at_its_line(text: str, line: int) -> None:
    document, problems = parse(text, "a.md", first_line=5, rule="front-matter")
    assert document is None
    assert [(problem.rule, problem.path, problem.line) for problem in problems] == [("front-matter", "a.md", line)]
    assert problems[0].remedy


def test_a_key_given_twice_is_a_problem_at_the_second_also_below() -> None:
    document, problems = parse("a: 1\nb:\n  - {c: 1, c: 2}\na: 2\n", "a.yml")
    assert document.data == {"a": 2, "b": [{"c": 2}]}
    assert [str(problem) for problem in problems] == [
        "a.yml:3: The key “c” is given twice. Keep one of them. [data]",
        "a.yml:4: The key “a” is given twice. Keep one of them. [data]",
    ]


def test_a_text_that_has_not_changed_is_not_parsed_again() -> None:
    latest = Latest()
    first, twice = latest("a: 1\na: 2\n", "x.yml")
    again, told = latest("a: 1\na: 2\n", "x.yml")
    assert again is first and told == twice == parse("a: 1\na: 2\n", "x.yml")[1]
    # What a caller adds to the list is its own.
    told.clear()
    assert latest("a: 1\na: 2\n", "x.yml")[1] == twice


@pytest.mark.parametrize("other", [("a: 3\n", "x.yml"), ("a: 1\n", "y.yml"), ("a: 1\n", "x.yml", 2), ("a: 1\n", "x.yml", 1, "front-matter")])
def test_another_text_or_place_is_parsed_by_itself(other: tuple[str, str]) -> None:
    latest = Latest()
    latest("a: 1\n", "x.yml")
    assert latest(*other) == parse(*other)
    assert latest("a: 1\n", "x.yml") == parse("a: 1\n", "x.yml")
