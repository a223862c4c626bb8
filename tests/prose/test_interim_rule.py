"""What to do with comments before a rule is adopted is said in one way: by the brief and its card, and by all that a board is given on an evening."""

from __future__ import annotations

import re

import pytest

from .text import ROOT, body

_SAYS = re.compile(r"^\*\*No rule yet\?\*\* (Delete nothing.+?whatever it says)\.", re.MULTILINE)
_WORD = re.compile(r"\w+")


def words(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


def interim() -> str:
    found = _SAYS.search(body(ROOT / "briefs/citizen-conduct.md"))
    assert found, "the brief on citizen conduct says what holds until a rule is adopted, from “No rule yet?” to “whatever it says”"
    return words(found[1])


@pytest.mark.parametrize(
    ("path", "times"),
    [("docs/course/packs/briefing.md", 2), ("docs/course/packs/briefing.yml", 1), ("docs/course/decks/briefing.md", 1)],
    ids=["motion and letter", "talk", "slide"],
)
def test_the_rule_until_a_rule_is_adopted_is_the_words_of_the_brief(path: str, times: int) -> None:
    assert words((ROOT / path).read_text(encoding="utf-8")).count(interim()) == times


def test_the_sheet_for_tonight_says_no_more_and_no_less() -> None:
    """It says it at length, in steps."""
    first = words(body(ROOT / "docs/now/comment-rule-tonight.md").partition("### First ten minutes")[2].partition("###")[0])
    kinds = ("threat", "obscenity", "fraud or malware", "private number or record", "address alone")
    assert [said for said in ("delete nothing", "block no one", "saved first", *kinds, "ask counsel") if said not in first] == []
    closed = words(body(ROOT / "docs/now/comment-rule-tonight.md"))
    assert "a comment that the platform lets through is saved and hidden whatever it says" in closed
