"""A case record from the answers of an interview: `python -m hooks.interviews.scaffold answers.yml`.

Writes `docs/case-studies/<id>.md`, which is published once its consent allows, and
`docs/case-studies/.interviews/<id>.yml`, which is not: it lets the build refuse a name that was not agreed.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from hooks.cache import write_atomically
from hooks.interviews.answers import Answers, note_text, record_text
from hooks.interviews.consent import REGISTER, RULE
from hooks.problems import Problem
from hooks.series import sources
from hooks.series.positions import parse
from hooks.series.validate import to_record


def read_answers(path: Path) -> tuple[Answers | None, list[Problem]]:
    """The answers in a YAML file, or what is wrong with it."""
    name = path.name
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return None, [Problem("encoding", name, None, "This file is not UTF-8.", "Save the file as UTF-8.")]
    except OSError as error:
        return None, [Problem("data", name, None, f"It cannot be read: {error.strerror}.", "Give the path of the file with the answers.")]
    document, problems = parse(text, name)
    if document is None:
        return None, problems
    answers, found = to_record(Answers, document.data, document, name)
    return answers, problems + found


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
    parser = argparse.ArgumentParser(prog="python -m hooks.interviews.scaffold", description="Make a case record from the answers of an interview.")
    parser.add_argument("answers", type=Path, help="a YAML file; its form is shown on /case-studies/interviews/record-template/")
    path = parser.parse_args(arguments).answers
    root = root or Path.cwd()
    answers, problems = read_answers(path)
    written: list[Path] = []
    if answers is not None and not problems:
        written, problems = scaffold(root, answers, date.today())
    for problem in problems:
        print(problem, file=sys.stderr)
    for file in written:
        print(f"Written: {file.relative_to(root).as_posix()}")
    if written:
        waiting = sum(quotation.approved is None for quotation in answers.quotations)
        print(f"Quotations still to be approved: {waiting}. Read the record through, then run `make site`.")
    return 0 if written else 1


if __name__ == "__main__":
    sys.exit(main())
