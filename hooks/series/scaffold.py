"""A case record from the answers of an interview: `python -m hooks.series.scaffold answers.yml`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import Field, model_validator

from hooks.core.cache import write_atomically
from hooks.core.problems import Problem
from hooks.series import sources
from hooks.series import vocabulary as words
from hooks.series.consent import REGISTER, RULE, PrivateNote
from hooks.series.records import Consent, Element, Line, OneOf, Prose, Quotation, Record, Slug, Theme

HEADINGS = (("situation", "What happened"), ("practice", "What the agency did"), ("outcome", "Outcome"), ("lesson", "Lesson"))


class Told(Record):
    """The account, in the interviewer's words; `lesson` is the series' own reading."""

    situation: Prose
    practice: Prose
    outcome: Prose
    lesson: Prose


class Answers(Record):
    """`answers.yml`: all that a record needs. `interviewee` goes into the private note only."""

    id: Slug
    title: Annotated[Prose, Field(min_length=3, max_length=80)]
    agency: Prose
    jurisdiction: Prose
    level: Annotated[str, OneOf(words.LEVELS)]
    year: int = Field(ge=2004, le=2100)
    elements: tuple[Element, ...] = ()
    themes: tuple[Theme, ...] = ()
    summary: Prose
    outcome: Prose
    lesson: Prose
    interviewee: PrivateNote
    consent: Consent
    told: Told
    quotations: tuple[Quotation, ...] = ()
    sources: tuple[Line, ...] = ()

    @model_validator(mode="after")
    def _agreed(self) -> Answers:
        if self.consent.scope != "anonymous" and not self.consent.shown_as:
            raise ValueError("`consent` lacks `shown_as`: the name or role that was agreed, in the words of the form.")
        if not self.elements and not self.themes:
            raise ValueError("`elements` and `themes` are both empty: name at least one.")
        return self


def record_text(answers: Answers, made: date) -> str:
    """The case record as a Markdown file: front matter and narrative, without quotations that are not yet approved.

    It is published on the day `made`, unless the editor changes that.
    """
    front: dict[str, Any] = {
        **answers.model_dump(mode="json", include={"id", "title", "agency", "jurisdiction", "level", "year", "elements", "themes"}),
        "source_kind": "interview",
        "speaker": answers.consent.shown_as if answers.consent.scope != "anonymous" else "",
        **answers.model_dump(mode="json", include={"summary", "outcome", "lesson"}),
        "sources": list(answers.sources),
        "consent": {key: value for key, value in answers.consent.model_dump().items() if value not in (None, "")},
        "quotations": [{"text": q.text, "approved": q.approved} for q in answers.quotations],
        "status": "current",
        "published": made,
    }
    if not front["speaker"]:
        del front["speaker"]
    parts = [f"---\n{yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=1000)}---"]
    for key, heading in HEADINGS:
        text = getattr(answers.told, key)
        parts.append(f"## {heading} {{#{key}}}")
        parts.append(f"Our reading: {text}" if key == "lesson" and not text.startswith("Our reading") else text)
        if key == "practice":
            parts += [f"> {q.text}" for q in answers.quotations if q.approved]
    return "\n\n".join(parts) + "\n"


def note_text(answers: Answers, made: date) -> str:
    """The private note as a YAML file."""
    head = f"# Private: not published, not under version control. Made {made}; delete it when the protocol says.\n"
    return head + yaml.safe_dump(answers.interviewee.model_dump(), allow_unicode=True, sort_keys=False)


def read_answers(path: Path) -> tuple[Answers | None, list[Problem]]:
    """The answers in a YAML file, or what is wrong with it."""
    try:
        answers, _, problems = sources.read_record(path.parent, path.name, Answers)
    except OSError as error:
        return None, [Problem("data", path.name, None, f"It cannot be read: {error.strerror}.", "Give the path of the file with the answers.")]
    return answers, problems


def scaffold(root: Path, answers: Answers, today: date) -> tuple[list[Path], list[Problem]]:
    """Write the record and the private note below `root`. Nothing that is there is overwritten."""
    record, note = root / sources.CASES / f"{answers.id}.md", root / REGISTER / f"{answers.id}.yml"
    taken = [path for path in (record, note) if path.exists()]
    if taken:
        names = ", ".join(path.relative_to(root).as_posix() for path in taken)
        return [], [Problem("id", "answers.yml", None, f"There is already {names}.", "Choose another id, or edit the record by hand.")]
    if answers.consent.withdrawn:
        return [], [Problem(RULE, "answers.yml", None, "Consent to this interview was withdrawn.", "Destroy the notes, as the protocol says.")]
    record.parent.mkdir(parents=True, exist_ok=True)
    note.parent.mkdir(mode=0o700, exist_ok=True)
    write_atomically(note, note_text(answers, today).encode())
    os.chmod(note, 0o600)
    write_atomically(record, record_text(answers, today).encode())
    return [record, note], []


def main(arguments: Sequence[str] | None = None, root: Path | None = None) -> int:
    """Exit status 0 if the record was written, 1 if the answers have to be mended first."""
    parser = argparse.ArgumentParser(prog="python -m hooks.series.scaffold", description="Make a case record from the answers of an interview.")
    parser.add_argument("answers", type=Path, help="a YAML file; its form is shown on /case-studies/interviews/record-template/")
    path = parser.parse_args(arguments).answers
    root = root or Path.cwd()
    answers, problems = read_answers(path)
    written: list[Path] = []
    waiting = 0
    if answers is not None and not problems:
        written, problems = scaffold(root, answers, date.today())
        waiting = sum(quotation.approved is None for quotation in answers.quotations)
    for problem in problems:
        print(problem, file=sys.stderr)
    for file in written:
        print(f"Written: {file.relative_to(root).as_posix()}")
    if written:
        print(f"Quotations still to be approved: {waiting}. Read the record through, then run `make site`.")
    return 0 if written else 1


if __name__ == "__main__":
    sys.exit(main())
