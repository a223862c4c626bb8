"""What an interview's record may say, by the consent that was given. Every breach stops the build.

The rules are those of the program's protocol (docs/case-studies/interviews/): consent is informed, recorded, limited
in scope and time, and can be withdrawn (Belmont Report, part C; 45 CFR 46.116).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
from pydantic import Field

from hooks.core.locate import line_of
from hooks.core.problems import Problem
from hooks.series import sources
from hooks.series.model import Case
from hooks.series.records import Line, Record

RULE = "interview-consent"
REGISTER = f"{sources.CASES}/.interviews"
"""Private notes, one file an interview, that are neither published nor kept under version control."""

# Shorter pieces in quotation marks are terms, not what somebody said.
_WORDS_OF_A_QUOTATION = 5
_QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]")
_CITATION = re.compile(r"\[[^\]]*@[^\]]*\]")


class PrivateNote(Record):
    """`.interviews/<id>.yml`: who was interviewed, and other words that would tell. It never leaves this computer."""

    name: Line
    words: tuple[Line, ...] = Field(default=(), description="Other identifying words: initials, a job title held by one person, a small place.")


def check_interviews(root: Path, cases: Iterable[Case], today: date) -> list[Problem]:
    """Every breach of consent in the records of `cases`, and every name in any page that consent does not cover."""
    problems: list[Problem] = []
    hidden: dict[str, str] = {}
    for case in cases:
        if case.front.source_kind != "interview":
            continue
        text = sources.read_text(root, case.path) or ""
        problems += _consent(case, text, today)
        problems += _quotations(case, text)
        note, found = read_note(root, case.id)
        problems += found
        if note and (case.front.consent is None or case.front.consent.scope != "named"):
            problems += _names(case.path, text, (note.name, *_parts(note.name), *note.words))
            hidden[note.name] = case.path
    return problems + _elsewhere(root, hidden)


def read_note(root: Path, id_: str) -> tuple[PrivateNote | None, list[Problem]]:
    """The private note on an interview; None where there is none, as on any computer but the interviewer's."""
    path = f"{REGISTER}/{id_}.yml"
    if not (root / path).is_file():
        return None, []
    note, _, problems = sources.read_record(root, path, PrivateNote, RULE)
    return note, problems


def _problem(case: Case, text: str, needle: str, message: str, remedy: str) -> Problem:
    return Problem(RULE, case.path, line_of(text, re.compile(needle)), message, remedy)


def _consent(case: Case, text: str, today: date) -> list[Problem]:
    front, consent = case.front, case.front.consent
    if consent is None:
        return [_problem(case, text, r"^source_kind:", "This interview has no recorded consent.", "Record it under `consent:`, or take the interview out.")]
    problems = []
    if consent.date > today:
        problems.append(
            _problem(case, text, r"^\s+date:|\bdate:", f"The consent is dated {consent.date}, which is still to come.", "Publish once it is signed.")
        )
    if consent.expires and consent.expires < today:
        message = f"Consent to this interview expired on {consent.expires}."
        problems.append(_problem(case, text, r"\bexpires:", message, "Ask for it anew and set `expires`, or set `withdrawn` to take the record out."))
    if not consent.form:
        problems.append(_problem(case, text, r"^consent:", "The consent does not say where the signed form is.", "Add `form: <code of the form>`."))
    if consent.scope == "anonymous" and (front.speaker or consent.shown_as):
        message = "The interviewee is to stay anonymous, but `speaker` or `shown_as` is given."
        problems.append(_problem(case, text, r"^speaker:|shown_as:", message, "Take both out: the page then says “an interviewee”."))
    elif consent.scope != "anonymous" and front.speaker != consent.shown_as:
        what = "a role" if consent.scope == "role-only" else "a name"
        message = f"Consent covers {what}, “{consent.shown_as}”, but `speaker` is “{front.speaker}”."
        problems.append(_problem(case, text, r"^speaker:|^consent:", message, "Write `speaker` exactly as agreed in `consent.shown_as`."))
    return problems


def _quotations(case: Case, text: str) -> list[Problem]:
    """Each quotation of the page is one that the interviewee has approved, word for word."""
    approved: set[str] = set()
    problems = []
    for quotation in case.front.quotations:
        if quotation.approved is None:
            message = f"The quotation “{quotation.text[:60]}” is not marked as approved."
            problems.append(
                Problem(
                    RULE,
                    case.path,
                    line_of(text, re.compile(re.escape(quotation.text[:20]))),
                    message,
                    "Set `approved: <date>` when the interviewee has approved it, or take it out.",
                )
            )
        else:
            approved.add(_plain(quotation.text))
    known = approved | {_plain(q.text) for q in case.front.quotations}
    for line, quoted in _quoted(text):
        if not any(_plain(quoted) in whole for whole in known):
            message = f"The quotation “{quoted[:60]}” is not among the approved ones."
            problems.append(Problem(RULE, case.path, line, message, "List its exact words under `quotations:` with the date of approval."))
    return problems


def _quoted(text: str) -> Iterable[tuple[int, str]]:
    """(line, words) of every block quotation, and of every longer piece of the body in quotation marks."""
    front, body, first = sources.split_front_matter(text)
    fields = [(number, line) for number, line in enumerate((front or "").split("\n"), 2) if re.match(r"(summary|outcome|lesson|title):", line)]
    lines = [*fields, *enumerate(body.split("\n"), first)]
    block: list[str] = []
    start = 0
    for number, line in [*lines, (0, "")]:
        if line.lstrip().startswith(">"):
            start = start or number
            block.append(_CITATION.sub("", line.lstrip(" >")))
            continue
        if block:
            yield start, " ".join(block)
            block, start = [], 0
        value = line.partition(":")[2].strip().strip("'\"") if (number, line) in fields else line
        for match in _QUOTED.finditer(_CITATION.sub("", value)):
            if len(match[1].split()) >= _WORDS_OF_A_QUOTATION:
                yield number, match[1]


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _parts(name: str) -> tuple[str, ...]:
    """The parts of a name that tell by themselves: not initials."""
    return tuple(part for part in name.replace(".", " ").split() if len(part) > 2)


def _word(words: str) -> re.Pattern[str]:
    parts = r"[\s_-]+".join(map(re.escape, words.split()))
    return re.compile(rf"(?<!\w){parts}(?!\w)", re.IGNORECASE)


def _names(path: str, text: str, words: Iterable[str]) -> list[Problem]:
    # The word itself is not printed: logs are kept and shared.
    lines = sorted({text.count("\n", 0, match.start()) + 1 for word in words for match in _word(word).finditer(f"{text}\n{path}")})
    last = text.count("\n") + 1
    message = "A name or identifying word stands here that the interviewee's consent does not cover."
    return [Problem(RULE, path, min(line, last), message, "Take it out, or ask for consent to use it.") for line in lines]


def _elsewhere(root: Path, hidden: dict[str, str]) -> list[Problem]:
    """Full names that consent does not cover, in the pages and data of the rest of the project."""
    if not hidden:
        return []
    problems = []
    for folder in (sources.BRIEFS, sources.PAPER, sources.DOCS):
        for path in sources.files_under(root, folder, ".md", ".yml", ".bib", ".csv"):
            names = [name for name, own in hidden.items() if own != path]
            problems += _names(path, sources.read_text(root, path) or "", names)
    return problems


def names_of_withdrawn(root: Path, ids: Iterable[str]) -> list[Problem]:
    """What the build cannot take out by itself after a withdrawal: the full name elsewhere, and old editions kept as PDF."""
    ids = sorted(ids)
    own = {f"{sources.CASES}/{id_}.md": id_ for id_ in ids}
    notes: dict[str, Any] = {path: read_note(root, id_)[0] for path, id_ in own.items()}
    hidden = {note.name: path for path, note in notes.items() if note}
    return [*(problem for problem in _elsewhere(root, hidden) if problem.path not in own), *_kept_editions(root, ids)]


def _kept_editions(root: Path, ids: list[str]) -> list[Problem]:
    """Finished PDFs among the sources that lead to one of the withheld records."""
    problems = []
    for path in (path for folder in (sources.BRIEFS, sources.PAPER, sources.DOCS) for path in sources.files_under(root, folder, ".pdf")):
        if ids and _mentions(root / path, ids):
            message = "This kept edition refers to an interview whose consent was withdrawn."
            problems.append(Problem(RULE, path, None, message, "Delete it, and lead its address on to the present edition in links.moved."))
    return problems


def _mentions(file: Path, ids: list[str]) -> bool:
    try:
        with pikepdf.open(file) as document:
            content = b"".join(repr(node).encode() + (_content(node) if isinstance(node, pikepdf.Stream) else b"") for node in document.objects)
    except pikepdf.PdfError:
        content = file.read_bytes()
    return any(id_.encode() in content for id_ in ids)


def _content(stream: pikepdf.Stream) -> bytes:
    """The decompressed content; of a picture, whose coding is its own, nothing."""
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:
        return b""
