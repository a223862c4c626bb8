"""A new brief from four answers: `make brief`, or `python -m hooks.series.new_brief --title … --on … --for … --summary …`

It is a draft that builds at once: its sections are there, each with what is to be written in it, and so is one recommendation
and one clause in the form that they take. What it lacks, the build lists as notes until it is `status: current`.
"""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from hooks.core.cache import write_atomically
from hooks.core.problems import suggestion
from hooks.series import vocabulary as words
from hooks.series.load import load_series
from hooks.series.lock import read_lock
from hooks.series.model import Series
from hooks.series.moves import load_moves
from hooks.series.records import Summary
from hooks.series.sources import BRIEFS

TO_WRITE = "To write:"
"""How a passage begins that is still to be written."""
REVIEW = timedelta(days=182)
"""After how long a new brief is to be reviewed, unless its author says otherwise."""
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_LONGEST = 40

Ask = Callable[[str], str]


@dataclass(frozen=True)
class Answers:
    """What is asked of the author: `on` are policy elements and themes, `roles` whom it is for; both keys of the vocabulary."""

    title: str
    on: tuple[str, ...]
    roles: tuple[str, ...]
    summary: str
    slug: str


def _title(text: str) -> str:
    if not text:
        raise ValueError("A brief has a title.")
    if not slug_from(text):
        raise ValueError("The title has no letter or digit that an address could be made from.")
    return text


def _keys(text: str, known: Mapping[str, str], what: str) -> tuple[str, ...]:
    """The keys of `known` that a list with commas names, by key or by label."""
    labels, every = {label.lower(): key for key, label in known.items()}, ", ".join(known)
    found = []
    for name in filter(None, (part.strip().lower() for part in text.split(","))):
        key = labels.get(name, name)
        if key not in known:
            raise ValueError(f"“{name}” is no {what}. {suggestion(name, known, f'Use: {every}.')}")
        found.append(key)
    if not found:
        raise ValueError(f"Name at least one {what}: {every}.")
    return tuple(dict.fromkeys(found))


def _summary(text: str) -> str:
    try:
        return TypeAdapter(Summary).validate_python(text)
    except ValidationError as error:
        raise ValueError(f"The summary has {len(text)} characters; 20 to 160 are needed.") from error


def _topics(text: str) -> tuple[str, ...]:
    return _keys(text, words.TOPICS, "policy element or theme")


def _roles(text: str) -> tuple[str, ...]:
    return _keys(text, words.ROLES, "role")


QUESTIONS: Mapping[str, tuple[str, Callable[[str], object]]] = {
    "title": ("What is it called? A title of a few words", _title),
    "on": (f"What is it on? One or more of {', '.join(words.TOPICS)}", _topics),
    "roles": (f"Whom is it for? One or more of {', '.join(words.ROLES)}", _roles),
    "summary": ("What will the reader be able to decide? One sentence, 20 to 160 characters", _summary),
}
"""The four questions in their order: what is asked, and what raises ValueError where the answer will not do."""


def slug_from(title: str) -> str:
    """The slug that a title suggests: “Who owns the password?” → `who-owns-the-password`."""
    plain = unicodedata.normalize("NFKD", title.lower()).encode("ascii", "ignore").decode()
    words_ = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    while len(words_) > 1 and len("-".join(words_)) > _LONGEST:
        words_.pop()
    return "-".join(words_)


def free_id(series: Series, promised: Mapping[str, object]) -> str:
    """The next id: one more than the highest that was ever given, for an id is never used again."""
    given = [p.id for p in series.publications] + [address.split("/")[1] for address in promised if address.startswith("id/")]
    numbers = [int(match[1]) for id_ in given if (match := re.match(r"ib-(\d+)(?:-r\d+)?\Z", id_))]
    return f"ib-{max(numbers, default=0) + 1:02}"


def taken(root: Path, series: Series, promised: Mapping[str, object], slug: str) -> str:
    """Why a new brief cannot have this slug; empty if it can."""
    address = f"{BRIEFS}/{slug}/"
    if not _SLUG.match(slug):
        return f"“{slug}” cannot be an address: use lower-case letters, digits and hyphens."
    there = next((p.path for p in series.publications if p.url == address), "")
    if there or slug == "index" or (root / BRIEFS / f"{slug}.md").exists():
        return f"There is already {there or f'{BRIEFS}/{slug}.md'}."
    if address in promised or any(move.old == address for move in load_moves(root, series)[0].all):
        return f"The address {address} belongs to an earlier brief, whose links lead there."
    return ""


def text_of(answers: Answers, id_: str, today: date, series: Series) -> str:
    """The file of the new brief."""
    elements = [key for key in answers.on if key in words.ELEMENTS]
    themes = [key for key in answers.on if key in words.THEMES]
    front = {
        "id": id_, "title": answers.title, "question": "", "summary": answers.summary, "elements": elements, "themes": themes,
        "roles": list(answers.roles), "edition": 1, "published": today, "revised": today, "review_by": today + REVIEW, "status": "draft",
    }
    rows = [f"{key}: {_yaml(value)}" for key, value in front.items()]
    rows.insert(-2, "# law_as_of: the day on which you read the law that the brief states")
    rows += ["changes:", f"  - {{edition: 1, date: {today}, note: First edition.}}"]
    alike = [f"- [](brief:{p.slug}): {TO_WRITE} what it adds." for p in series.briefs.values() if p.in_force and set(p.front.topics) & set(answers.on)]
    roles = "; ".join(words.ROLES[key] for key in answers.roles)
    values = {
        "FRONT": "\n".join(rows), "ID": id_, "SLUG": answers.slug, "SUMMARY": answers.summary, "ROLES": f"{roles}.", "TOPIC": answers.on[0],
        "RELATED": "\n".join(alike[:4]) or f"{TO_WRITE} which briefs, cases and chapters to read next.", "TO_WRITE": TO_WRITE,
    }
    return re.sub(r"<<([A-Z_]+)>>", lambda match: values[match[1]], _BODY)


def _yaml(value: object) -> str:
    """A value on one line."""
    text = yaml.safe_dump(value, allow_unicode=True, width=10**9, default_flow_style=True)
    return text.removesuffix("...\n").strip()


_BODY = """\
---
<<FRONT>>
---

/// part | act
///

/// glance
The issue
:   <<TO_WRITE>> the answer, in two sentences; no name of a case comes first.

Decide
:   <<SUMMARY>>

Takeaways
:   - <<TO_WRITE>> three takeaways, each of which begins with a verb.

For
:   <<ROLES>>
///

## Choices to make {#choices}

| Choice | What it costs | Suits |
|---|---|---|
| **<<TO_WRITE>> the first choice** | its cost | whom it suits |
| **<<TO_WRITE>> the second choice** | its cost | whom it suits |

/// table-caption | options
<<TO_WRITE>> what the choices are between
///

<<TO_WRITE>> what a village of one clerk does, and what a large agency does.

## Recommendations {#recommendations}

/// recommendation | <<ID>>-r1
    who: "<<TO_WRITE>> who acts"
    when: "<<TO_WRITE>> by when"
    # strength: law-requires, law-points, practice or judgment, as far as the evidence carries
    evidence: []

<<TO_WRITE>> what to do, in one imperative sentence. Its evidence is at least one source, authority or case.
///

/// part | use
///

## Model policy language {#clauses}

/// clause | <<SLUG>>-rule
    title: "<<TO_WRITE>> a title"
    element: <<TOPIC>>
    note: "<<TO_WRITE>> why a policy needs this clause."
    # short: | and below it the form for a short policy, in words of the clause; none where it has no place there
    short: none

<<TO_WRITE>> the clause, with what the agency fills in between [brackets].
///

## Checklist {#checklist}

/// checklist
- <<TO_WRITE>> what must be in place, one line each.
///

## Tools {#tools}

<<TO_WRITE>> the kinds of tools that help and what to ask of each. No product is endorsed.

/// part | reasons
///

## The issue {#issue}

<<TO_WRITE>> what goes wrong without an answer, and what shows it, with sources.

## What the rules say {#rules}

<<TO_WRITE>> what binds, then what persuades, as of when, in the fewest words. Law that the register does not have yet goes into docs/law/ first.

## What agencies do {#practice}

<<TO_WRITE>> at least two cases from different levels of government, one where something went wrong.

/// open
- <<TO_WRITE>> what is unsettled, and what would settle it.
///

## Related {#related}

<<RELATED>>
"""


def ask_all(given: Mapping[str, str], ask: Ask) -> dict[str, str]:
    """The four answers: those that were given, the rest asked for, each again until it will do."""
    found: dict[str, str] = {}
    for name, (question, check) in QUESTIONS.items():
        text = given.get(name, "")
        while name not in found:
            try:
                text = (text or ask(f"{question}: ")).strip()
                check(text)
                found[name] = text
            except ValueError as error:
                print(error, file=sys.stderr)
                text = ""
    return found


def check_all(given: Mapping[str, str]) -> list[str]:
    """What is wrong with those of the four answers that will not do."""
    wrong = []
    for name, (_, check) in QUESTIONS.items():
        try:
            check(given.get(name, ""))
        except ValueError as error:
            wrong.append(f"{'FOR' if name == 'roles' else name.upper()}: {error}")
    return wrong


def scaffold(root: Path, given: Mapping[str, str], slug: str, today: date) -> tuple[Path | None, str, list[str]]:
    """Write the brief below `root` from answers that will do: the file and its id, or what stands in the way. Nothing that is there is overwritten."""
    series, problems = load_series(root)
    # A file that cannot be read may have the very id or address that is free otherwise.
    broken = [str(problem) for problem in problems if problem.path in series.unread]
    if broken:
        return None, "", ["These must be mended first, for their ids are not known:", *broken]
    promised, _ = read_lock(root)
    reason = taken(root, series, promised, slug)
    if reason:
        return None, "", [f"{reason} Choose another: SLUG=…"]
    id_ = free_id(series, promised)
    answers = Answers(_title(given["title"]), _topics(given["on"]), _roles(given["roles"]), _summary(given["summary"]), slug)
    path = root / BRIEFS / f"{slug}.md"
    text = text_of(answers, id_, today, series)
    path.parent.mkdir(exist_ok=True)
    write_atomically(path, text.encode())
    return path, id_, []


def main(arguments: list[str] | None = None, root: Path | None = None, ask: Ask | None = None, today: date | None = None) -> int:
    """Exit status 0 if the brief was written, 1 if an answer has to be mended first."""
    parser = argparse.ArgumentParser(prog="python -m hooks.series.new_brief", description="Begin a brief: asks what it is not told.")
    parser.add_argument("--title", default="", help="what it is called")
    parser.add_argument("--on", default="", help="policy elements and themes, with commas")
    parser.add_argument("--for", dest="roles", default="", help="whom it is for, with commas")
    parser.add_argument("--summary", default="", help="what the reader will be able to decide, in 20 to 160 characters")
    parser.add_argument("--slug", default="", help="its address below briefs/ (made from the title)")
    options = parser.parse_args(arguments)
    root, today = root or Path.cwd(), today or date.today()
    given: dict[str, str] = {name: getattr(options, name) for name in QUESTIONS}
    if ask is None and sys.stdin.isatty():
        ask = input
    try:
        given = ask_all(given, ask) if ask else {name: text.strip() for name, text in given.items()}
        wrong = check_all(given)
    except (EOFError, KeyboardInterrupt):
        wrong = ["\nNo brief was begun."]
    path = None
    if not wrong:
        path, id_, wrong = scaffold(root, given, options.slug.strip() or slug_from(given["title"]), today)
    if path is None:
        print("\n".join(wrong), file=sys.stderr)
        return 1
    name = path.relative_to(root).as_posix()
    print(f"{name}: {id_}, a draft. `make serve` shows it at /{BRIEFS}/{path.stem}/ and lists what it still lacks.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
