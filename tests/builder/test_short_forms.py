# ruff: noqa: E501 - messages are given whole
"""The short form of a clause leaves out and adds nothing; a clause says that it has one, or that it has no place in a short policy."""

from __future__ import annotations

from pathlib import Path

import pytest

from hooks.blocks.short_forms import STYLE, groundless, stem
from hooks.core.tree import fragment
from hooks.registers.briefs import policy_template
from tests.support import ROOT, edit

from .test_check import project  # noqa: F401 - a fixture

BRIEF = "briefs/comments.md"
LONG = "<p>A moderator may hide a comment only if it threatens a person; <a href='law:x'>counsel</a> confirms within [two] working days.</p>"


@pytest.mark.parametrize(("short", "added"), [
    ("A moderator hides a comment only if it threatens persons.", []),
    ("Counsel has confirmed within two days what moderators wrote.", ["wrote"]),
    ("A moderator never hides a comment.", ["never"]),
    ("A moderator must hide it.", ["must"]),
    ("Counsel confirms within [three] days.", ["three"]),
    ("Counsel confirms within [two] days of [date].", ["date"]),
    ("<a href='law:x'>Counsel</a> and <a href='law:y'>counsel</a>.", ["law:y"]),
    ("A moderator does not hide a comment.", ["not"]),
])
def test_what_the_long_form_does_not_say_is_found(short: str, added: list[str]) -> None:
    assert groundless(fragment(f"<p>{short}</p>"), fragment(LONG)) == added


@pytest.mark.parametrize("words", ["capture captures captured capturing", "correct correction corrected corrections", "reply replies", "keeps kept", "stop stopped"])
def test_inflected_words_are_one(words: str) -> None:
    assert len({stem(word) for word in words.split()}) == 1


def test_no_word_of_style_makes_a_rule_stricter_or_looser() -> None:
    assert not STYLE & {"not", "no", "never", "only", "all", "any", "every", "each", "may", "must", "should", "unless", "except", "without", "if", "until"}


def _said(render, project: Path) -> list[str]:  # noqa: F811
    return [str(problem) for problem in render(project).problems]


@pytest.mark.parametrize(("short", "message"), [
    ("", "The clause “comment-rules” has no short form. Write it under short: |, in words of the clause; or short: none, where it has no place in a short policy."),
    ("    short: [a]\n", "The short form of the clause “comment-rules” is no text. Write short: | and the text below it, further indented."),
    ("    short: |\n      The agency bans a comment.\n", "The short form of the clause “comment-rules” says what its long form does not: “bans”. Use words of the clause, or say it there first."),
], ids=("none", "list", "more"))
def test_a_mistake_is_said_at_the_clause(render, project: Path, short: str, message: str) -> None:  # noqa: F811
    edit(project / BRIEF, "    short: none\n", short)
    line = (project / BRIEF).read_text(encoding="utf-8").split("/// clause | comment-rules")[0].count("\n") + 1
    found = [text for text in _said(render, project) if "comment-rules" in text]
    assert found and found[0].startswith(f"{BRIEF}:{line}: ")
    assert message in found[0]


def test_it_stands_on_the_policy_template_and_not_in_the_brief(render, project: Path) -> None:  # noqa: F811
    edit(project / BRIEF, "    short: none\n", "    short: |\n      The [name of agency] hides a comment only if:\n      1. it breaks these rules.\n")
    rendered = render(project)
    assert [str(p) for p in rendered.problems] == []
    (clause,) = [item for item in rendered.site.clauses if item.id == "comment-rules"]
    template = policy_template((clause,))
    (details,) = template.iter("details")
    assert [node.text_content() for node in details.iter("li")] == ["it breaks these rules."]
    assert [node.text_content() for node in details.iter("span")] == ["[name of agency]"]
    assert "clause__short" not in rendered.html(BRIEF)


def test_every_clause_of_the_series_says_it(data) -> None:
    told = sum(path.read_text(encoding="utf-8").count("    short: ") for folder in ("briefs", "whitepaper") for path in (ROOT / folder).glob("*.md"))
    assert told == len(data["clauses"])
