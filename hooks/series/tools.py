"""The data of the interactive tools: what an editor writes in docs/tools/*.yml, checked as far as it can be by itself.

What its references lead to is checked when every page is known (see `hooks.registers.tools`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from hooks.core.problems import Problem, suggestion
from hooks.core.yaml_lines import Document
from hooks.series import sources
from hooks.series import vocabulary as words
from hooks.series.policy_check import CHECK, MEASURED, Measured, PolicyCheck, check_policy_check
from hooks.series.records import Line, OneOf, Prose, Record, Slug, Text

READINESS, COMMENTS = "docs/tools/readiness.yml", "docs/tools/comments.yml"
STAGES = {"basic": "Begin with these", "next": "Then", "later": "When those are in place"}
"""How basic a question is: next steps are listed in this order."""

Finding = tuple[tuple[Any, ...], str, str]
"""(path of keys and indexes in the file, message, remedy)"""


class ReadinessQuestion(Record):
    """One question of the readiness check. Its `code` stands in shared addresses, so it is permanent and never reused."""

    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9]$", description="Two characters, permanent and never reused.")]
    about: Annotated[str, OneOf(words.TOPICS)]
    stage: Annotated[str, OneOf(STAGES)]
    question: Prose
    why: Prose
    tests: tuple[Line, ...] = Field(description="Ids of the recommendations that the question tests, e.g. ib-08-r1.")
    not_applicable: Text = Field(default="", description="When the question does not apply. Without it, that answer is not offered.")


class Readiness(Record):
    """docs/tools/readiness.yml"""

    questions: tuple[ReadinessQuestion, ...]


class Answer(Record):
    """One answer: `id` is unique in its question and stands in shared addresses; `next` is the id of a question or outcome."""

    id: Slug
    answer: Prose
    next: Line


class Question(Record):
    """One question of a decision path."""

    id: Slug
    question: Prose
    help: Text = ""
    answers: tuple[Answer, ...] = ()


class Outcome(Record):
    """Where a decision path ends: what to do, not to do and keep, who decides, whom the law binds, what is unsettled, and the evidence."""

    id: Slug
    title: Prose
    do: tuple[Prose, ...] = ()
    do_not: tuple[Prose, ...] = ()
    keep: tuple[Prose, ...]
    decides: Prose
    binds: Text = Field(default="", description="Whom the law named here binds, and whom not.")
    unsettled: Text = ""
    evidence: tuple[Line, ...] = Field(default=(), description='"@key, p. 4", law:id, rec:id, brief:slug, case:id or paper:slug.')


class DecisionPath(Record):
    """docs/tools/comments.yml"""

    start: Line
    questions: tuple[Question, ...]
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True)
class Tool:
    """The data of one tool, its file, and the lines of its values. `record` is None if it has a mistake, which was reported."""

    path: str
    record: Readiness | DecisionPath | PolicyCheck | Measured | None
    document: Document

    def problem(self, at: tuple[Any, ...], message: str, remedy: str, rule: str = "data") -> Problem:
        """A problem with the value at the path `at` of keys and indexes."""
        return Problem(rule, self.path, self.document.line(at), message, remedy)


def load_tools(root: Path) -> tuple[dict[str, Tool], list[Problem]]:
    """The tools by their file. One whose file is not there is left out."""
    tools: dict[str, Tool] = {}
    problems: list[Problem] = []
    for path, model, check in _FILES:
        if not (root / path).is_file():
            continue
        record, document, found = sources.read_record(root, path, model)
        problems += found
        tool = Tool(path, record, document)
        wrong = [tool.problem(*finding) for finding in check(record)] if record is not None else []
        problems += wrong
        tools[path] = Tool(path, None, tool.document) if wrong else tool
    return tools, problems


def check_readiness(check: Readiness) -> Iterator[Finding]:
    """Codes that stand twice, questions that test nothing, and elements or themes without a question."""
    yield from _doubles(((("questions", n, "code"), item.code) for n, item in enumerate(check.questions)), "code")
    for n, item in enumerate(check.questions):
        if not item.tests:
            yield ("questions", n, "tests"), f"The question “{item.code}” tests no recommendation.", "Name at least one: tests: [ib-08-r1]."
    asked = {item.about for item in check.questions}
    for slug, label in words.TOPICS.items():
        if slug not in asked:
            kind = "element" if slug in words.ELEMENTS else "theme"
            yield ("questions",), f"No question is about the {kind} “{label}”.", f"Add one with “about: {slug}”."


def check_decisions(path: DecisionPath) -> Iterator[Finding]:
    """Doubled and unknown names, dead ends, loops, what cannot be reached, and outcomes without advice or evidence."""
    questions = {item.id: item for item in path.questions}
    names = [(("questions", n, "id"), item.id) for n, item in enumerate(path.questions)]
    names += [(("outcomes", n, "id"), item.id) for n, item in enumerate(path.outcomes)]
    known = [name for _, name in names]
    yield from _doubles(names, "id")
    if path.start not in questions:
        remedy = suggestion(path.start, questions, f"Begin with one of: {', '.join(questions)}.")
        yield ("start",), f"The path starts at “{path.start}”, which is no question.", remedy
    for n, item in enumerate(path.questions):
        at = ("questions", n)
        if len(item.answers) < 2:
            what = "has one answer only" if item.answers else "is a dead end: it has no answers"
            yield (*at, "answers"), f"The question “{item.id}” {what}.", "Give it two or more answers, each with id, answer and next."
        yield from _doubles((((*at, "answers", k, "id"), answer.id) for k, answer in enumerate(item.answers)), "id")
        for k, answer in enumerate(item.answers):
            if answer.next not in known:
                message = f"The answer “{answer.id}” of “{item.id}” leads to “{answer.next}”, which is neither a question nor an outcome."
                yield (*at, "answers", k, "next"), message, suggestion(answer.next, known, "Add it, or name another.")
    for n, outcome in enumerate(path.outcomes):
        if not outcome.do:
            yield ("outcomes", n), f"The outcome “{outcome.id}” is a dead end: it says nothing to do.", "Add “do:” with at least one line."
        if not outcome.evidence:
            remedy = 'Add “evidence:” with at least one of "@key, p. 4", law:id, rec:id, brief:slug or case:id.'
            yield ("outcomes", n), f"The outcome “{outcome.id}” shows no evidence.", remedy
    yield from _walk(path, questions, names)


def _walk(path: DecisionPath, questions: dict[str, Question], names: list[Any]) -> Iterator[Finding]:
    """Loops, each at the answer that closes it, and what no answer leads to."""
    index = {item.id: n for n, item in enumerate(path.questions)}
    seen: set[str] = set()
    loops: list[Finding] = []

    def follow(name: str, above: tuple[str, ...]) -> None:
        seen.add(name)
        for k, answer in enumerate(questions[name].answers if name in questions else ()):
            if answer.next in (*above, name):
                message = f"The answer “{answer.id}” of “{name}” leads back to “{answer.next}”: the path would never end."
                loops.append((("questions", index[name], "answers", k, "next"), message, "Lead on to a later question or to an outcome."))
            elif answer.next not in seen:
                follow(answer.next, (*above, name))

    follow(path.start, ())
    yield from loops
    if path.start in questions:
        for at, name in names:
            if name not in seen:
                what = "question" if at[0] == "questions" else "outcome"
                yield at, f"No answer leads to the {what} “{name}”.", "Let an answer lead to it (next:), or take it out."


def _doubles(items: Iterable[tuple[tuple[Any, ...], str]], what: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for at, name in items:
        if name in seen:
            yield at, f"The {what} “{name}” stands twice.", "Rename one; what was published keeps its own."
        seen.add(name)


_FILES: tuple[tuple[str, Any, Any], ...] = (
    (READINESS, Readiness, check_readiness),
    (COMMENTS, DecisionPath, check_decisions),
    (CHECK, PolicyCheck, check_policy_check),
    (MEASURED, Measured, lambda record: ()),
)
"""File → its record, and what is checked in it beyond its form."""
