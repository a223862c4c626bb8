"""Reading docs/tools/policy-builder.yml, and what can be said against it without the clauses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hooks.core.problems import Problem, suggestion
from hooks.core.yaml_lines import Document
from hooks.series import sources
from hooks.series.policy_builder import PolicyBuilder, When

SOURCE = "docs/tools/policy-builder.yml"


@dataclass(frozen=True)
class Builder:
    """The policy builder's file: its record, the lines of its values, and what is wrong with it. No record: there is none that can be used."""

    record: PolicyBuilder | None = None
    document: Document = field(default_factory=lambda: Document(None))
    problems: tuple[Problem, ...] = ()

    @property
    def known(self) -> PolicyBuilder:
        """The record, of a builder that has one."""
        if self.record is None:
            raise LookupError("This policy builder cannot be used.")
        return self.record

    def problem(self, at: tuple[Any, ...], message: str, remedy: str = "") -> Problem:
        """A problem at the value that stands at the path `at`."""
        return Problem("data", SOURCE, self.document.line(at), message, remedy)


def load_builder(root: Path) -> Builder:
    """Read the file; it may be missing. One with a mistake in it is not used further: its mistakes are reported together."""
    if not (root / SOURCE).exists():
        return Builder()
    record, document, problems = sources.read_record(root, SOURCE, PolicyBuilder)
    builder = Builder(record, document, tuple(problems))
    if record is None:
        return builder
    problems += [*_unknown_names(builder), *_without_effect(builder)]
    return Builder(None if problems else record, document, tuple(problems))


def conditions(record: PolicyBuilder) -> Iterator[tuple[tuple[Any, ...], When]]:
    """Every condition of the file, with the path at which it stands."""
    for i, question in enumerate(record.questions):
        yield ("questions", i, "when"), question.when
        for j, option in enumerate(question.options):
            yield ("questions", i, "options", j, "when"), option.when
    for i, placed in enumerate(record.clauses):
        yield ("clauses", i, "when"), placed.when
        for j, part in enumerate(placed.parts):
            yield ("clauses", i, "parts", j, "when"), part.when
        for j, added in enumerate(placed.adds):
            yield ("clauses", i, "adds", j, "when"), added.when
    for i, paper in enumerate(record.papers):
        yield ("papers", i, "when"), paper.when
        for j, part in enumerate(paper.parts):
            yield ("papers", i, "parts", j, "when"), part.when
        for j, said in enumerate(paper.notes):
            yield ("papers", i, "notes", j, "when"), said.when
    for i, role in enumerate(record.roles):
        for j, duty in enumerate(role.does):
            yield ("roles", i, "does", j, "when"), duty.when
    for i, fill in enumerate(record.fills):
        for _, when in fill.each():
            yield ("fills", i), when
    for i, note in enumerate(record.notes):
        yield ("notes", i, "when"), note.when
    for i, check in enumerate(record.checks):
        yield ("checks", i, "when"), check.when


def _unknown_names(builder: Builder) -> Iterator[Problem]:
    """Conditions that name no question or option, or a question that is asked later; fillings of no blank."""
    record = builder.known
    options = {question.id: [option.id for option in question.options] for question in record.questions}
    order = list(options)
    for i, question in enumerate(record.questions):
        ids = options[question.id]
        twice = next((id_ for id_ in ids if ids.count(id_) > 1), None)
        if twice:
            yield builder.problem(("questions", i, "options"), f"Two options of “{question.id}” have the id “{twice}”.", "Rename one.")
    for path, when in conditions(record):
        for name, chosen in named_in(when):
            if name not in options:
                yield builder.problem(path, f"There is no question “{name}”.", suggestion(name, options, f"Questions: {', '.join(options)}."))
                continue
            for option in chosen:
                if option not in options[name]:
                    known = options[name]
                    yield builder.problem(path, f"The question “{name}” has no option “{option}”.", suggestion(option, known, f"Options: {', '.join(known)}."))
            if path[0] == "questions" and order.index(name) >= path[1]:
                yield builder.problem(path, f"“{name}” is asked only here or later.", "A condition of a question looks back: move one of the two.")
    blanks = [*(item.id for item in record.blanks), *(item.id for item in record.roles)]
    for i, fill in enumerate(record.fills):
        if fill.blank not in blanks:
            yield builder.problem(("fills", i), f"There is no blank “{fill.blank}”.", suggestion(fill.blank, blanks, "Describe it under `blanks:` first."))
    for i, check in enumerate(record.checks):
        for name in check.who:
            if name not in blanks:
                remedy = suggestion(name, blanks, "Describe it under `roles:` first.")
                yield builder.problem(("checks", i, "who"), f"There is no role or blank “{name}”.", remedy)
    for i, question in enumerate(record.questions):
        if question.default is not None and question.default not in options[question.id]:
            known = options[question.id]
            yield builder.problem(("questions", i, "default"), f"“{question.id}” has no option “{question.default}”.", suggestion(question.default, known))


def _without_effect(builder: Builder) -> Iterator[Problem]:
    used = {name for _, when in conditions(builder.known) for name, _ in named_in(when)}
    for i, question in enumerate(builder.known.questions):
        if question.id not in used:
            remedy = "Name it in the `when:` of a clause, passage, filling or note, or take it out."
            yield builder.problem(("questions", i), f"The question “{question.id}” has no effect.", remedy)


def named_in(when: When) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each question of a condition with the options that it wants."""
    for alternative in when:
        yield from alternative.items()

