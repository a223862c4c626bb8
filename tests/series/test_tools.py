"""The data of the readiness check and of the decision path: what an editor can get wrong, and what the build says to it."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest
import yaml

from hooks.series import vocabulary as words
from hooks.series.schemas import schemas
from hooks.series.tools import COMMENTS, READINESS, load_tools
from tests.support import ROOT

READY = "questions:\n" + "".join(
    f"  - code: q{chr(ord('a') + n)}\n    about: {slug}\n    stage: basic\n    question: Is it so?\n    why: Because.\n    tests: [ib-01-r1]\n"
    for n, slug in enumerate(words.TOPICS)
)
PATH = """start: first
questions:
  - id: first
    question: Is it?
    answers:
      - {id: "yes", answer: "Yes", next: second}
      - {id: "no", answer: "No", next: leave}
  - id: second
    question: Sure?
    answers:
      - {id: "yes", answer: "Yes", next: hide}
      - {id: "no", answer: "No", next: leave}
outcomes:
  - id: leave
    title: Leave it
    do: [Leave it.]
    keep: [Nothing more.]
    decides: The moderator.
    evidence: [law:sample-comments]
  - id: hide
    title: Hide it
    do: [Save it., Hide it.]
    keep: [The comment.]
    decides: Two people.
    evidence: ["@sample:survey, p. 2"]
"""


def problems(root: Path, path: str, text: str) -> list[str]:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")
    tools, found = load_tools(root)
    assert bool(found) == (tools[path].record is None)
    return [str(problem) for problem in found]


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def test_without_files_there_are_no_tools(tmp_path: Path) -> None:
    assert load_tools(tmp_path) == ({}, [])


@pytest.mark.parametrize(("path", "text"), [(READINESS, READY), (COMMENTS, PATH)])
def test_good_data_is_read(tmp_path: Path, path: str, text: str) -> None:
    assert problems(tmp_path, path, text) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("about: security", "about: secrecy", ":33: The value of “questions.about” is not valid. “secrecy” is not allowed. Did you mean “security”? [data]"),
        ("about: security", "about: content", ":1: No question is about the element “Security”. Add one with “about: security”. [data]"),
        ("about: metrics", "about: records", ":1: No question is about the theme “Metrics”. Add one with “about: metrics”. [data]"),
        ("code: qb", "code: qa", ":8: The code “qa” stands twice. Rename one; what was published keeps its own. [data]"),
        ("tests: [ib-01-r1]", "tests: []", ":7: The question “qa” tests no recommendation. Name at least one: tests: [ib-08-r1]. [data]"),
        ("why: Because.", "wy: Because.", ":6: “questions.wy” is not a known key. Did you mean “why”? [data]"),
        ("stage: basic", "stage: bassic", ":4: The value of “questions.stage” is not valid. “bassic” is not allowed. Did you mean “basic”? [data]"),
    ],
)
def test_a_mistake_in_the_check_is_named_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert f"{READINESS}{said}" in problems(tmp_path, READINESS, changed(READY, old, new))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("start: first", "start: frist", ":1: The path starts at “frist”, which is no question. Did you mean “first”? [data]"),
        (
            "next: second", "next: secnod",
            ":6: The answer “yes” of “first” leads to “secnod”, which is neither a question nor an outcome. Did you mean “second”? [data]",
        ),
        ("next: second", "next: leave", ":8: No answer leads to the question “second”. Let an answer lead to it (next:), or take it out. [data]"),
        ("next: hide", "next: leave", ":20: No answer leads to the outcome “hide”. Let an answer lead to it (next:), or take it out. [data]"),
        (
            "next: hide", "next: first",
            ":11: The answer “yes” of “second” leads back to “first”: the path would never end. Lead on to a later question or to an outcome. [data]",
        ),
        (
            "next: hide", "next: second",
            ":11: The answer “yes” of “second” leads back to “second”: the path would never end. Lead on to a later question or to an outcome. [data]",
        ),
        (
            '      - {id: "no", answer: "No", next: leave}\n  - id', "  - id",
            ":5: The question “first” has one answer only. Give it two or more answers, each with id, answer and next. [data]",
        ),
        ('id: "no"', 'id: "yes"', ":7: The id “yes” stands twice. Rename one; what was published keeps its own. [data]"),
        ("id: hide", "id: second", ":20: The id “second” stands twice. Rename one; what was published keeps its own. [data]"),
        ("    do: [Leave it.]\n", "", ":14: The outcome “leave” is a dead end: it says nothing to do. Add “do:” with at least one line. [data]"),
        ("    evidence: [law:sample-comments]\n", "", ":14: The outcome “leave” shows no evidence."),
        ("    keep: [Nothing more.]\n", "", ":14: The key “outcomes.keep” is missing. Add “keep: …”. [data]"),
        ("    decides: The moderator.\n", "", ":14: The key “outcomes.decides” is missing."),
    ],
)
def test_a_mistake_in_the_path_is_named_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    found = problems(tmp_path, COMMENTS, changed(PATH, old, new))
    assert any(problem.startswith(f"{COMMENTS}{said}") for problem in found), found


def test_a_question_without_answers_is_a_dead_end(tmp_path: Path) -> None:
    start = PATH.index("    answers:", PATH.index("id: second"))
    text = PATH[:start] + PATH[PATH.index("outcomes:") :]
    assert any(":8: The question “second” is a dead end: it has no answers." in problem for problem in problems(tmp_path, COMMENTS, text))


@pytest.mark.parametrize("path", [READINESS, COMMENTS])
@pytest.mark.parametrize("text", ["", "- a list\n", "a: [", "\x07"])
def test_what_is_no_such_file_is_reported(tmp_path: Path, path: str, text: str) -> None:
    assert problems(tmp_path, path, text)


def test_a_file_that_is_not_utf8_is_reported(tmp_path: Path) -> None:
    (tmp_path / COMMENTS).parent.mkdir(parents=True)
    (tmp_path / COMMENTS).write_bytes(b"start: \xe9\n")
    tools, found = load_tools(tmp_path)
    assert [problem.rule for problem in found] == ["encoding"]
    assert tools[COMMENTS].record is None


@pytest.mark.parametrize(("name", "path"), [("readiness", READINESS), ("decision-path", COMMENTS)])
def test_the_real_data_keeps_to_its_schema(name: str, path: str) -> None:
    data = yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(yaml.safe_load(schemas()[f"{name}.schema.json"])).validate(data)


def test_the_real_data_is_sound_and_of_the_promised_size() -> None:
    tools, found = load_tools(ROOT)
    assert found == []
    assert 24 <= len(tools[READINESS].record.questions) <= 34, "the page promises about thirty"
    assert all(outcome.keep and outcome.decides and outcome.evidence for outcome in tools[COMMENTS].record.outcomes)
