"""Problems as authors read them, and the severity of their rules."""

from __future__ import annotations

import pytest

from hooks.core.problems import RULES, SEVERITIES, Problem, in_order, nearest, severities, suggestion


def test_a_problem_says_where_what_and_how_to_mend_it() -> None:
    assert str(Problem("heading", "briefs/a.md", 7, "A level is skipped.", "Write ##.")) == "briefs/a.md:7: A level is skipped. Write ##. [heading]"
    assert str(Problem("encoding", "a.bib", None, "This file is not UTF-8.")) == "a.bib: This file is not UTF-8. [encoding]"


def test_problems_come_in_the_order_of_files_and_lines_and_once_each() -> None:
    later, earlier = Problem("id", "a.md", 10, "x"), Problem("id", "a.md", 9, "x")
    whole, other = Problem("encoding", "a.md", None, "x"), Problem("id", "b.md", 1, "x")
    assert in_order([other, later, earlier, later, whole]) == [whole, earlier, later, other]


@pytest.mark.parametrize(
    ("name", "names", "expected"),
    [
        ("comunications", ["counsel", "communications"], "communications"),
        ("Records", ["records", "content"], "records"),
        ("xyz", ["records", "content"], None),
        ("", ["records"], None),
        ("records", [], None),
    ],
)
def test_the_nearest_name(name: str, names: list[str], expected: str | None) -> None:
    assert nearest(name, names) == expected


def test_a_suggestion_or_else_another_remedy() -> None:
    assert suggestion("recods", ["records"], "There are none.") == "Did you mean “records”?"
    assert suggestion("xyz", ["records"], "There are none.") == "There are none."


USUAL = {**dict.fromkeys(RULES, "error"), **dict.fromkeys(("answer-date", "answered", "change-date", "draft", "retired"), "note")}


def test_every_rule_has_its_severity_unless_mkdocs_yml_says_otherwise() -> None:
    """What a draft lacks, and what rests on a retired text, is a note; all else is an error."""
    assert severities(None) == severities({}) == (USUAL, [])
    assert severities({"draft": "error"})[0]["draft"] == "error"
    chosen, problems = severities({"image-alt": "note", "heading": "off", "id": "error"})
    assert not problems
    assert (chosen["image-alt"], chosen["heading"], chosen["id"], chosen["citation"]) == ("note", "off", "error", "error")


def test_off_may_be_written_bare_though_yaml_takes_it_for_false() -> None:
    assert severities({"heading": False}) == ({**USUAL, "heading": "off"}, [])


@pytest.mark.parametrize("wrong", [True, 5, None, ["note"], "warn"])
def test_another_severity_leaves_the_rule_an_error(wrong: object) -> None:
    chosen, problems = severities({"heading": wrong})
    assert chosen["heading"] == "error"
    assert [problem.path for problem in problems] == ["mkdocs.yml"]
    assert "extra.rules.heading" in problems[0].message
    assert problems[0].remedy


@pytest.mark.parametrize("wrong", [["heading"], "heading: off"])
def test_rules_that_are_no_mapping(wrong: object) -> None:
    chosen, problems = severities(wrong)
    assert chosen == USUAL
    assert [str(problem) for problem in problems] == ["mkdocs.yml: extra.rules is no mapping of rules to severities. Write one “rule: note” a line. [data]"]


def test_rules_and_severities_are_described() -> None:
    assert all(text and not text.endswith(".") for text in RULES.values())
    assert SEVERITIES == ("error", "note", "off")
