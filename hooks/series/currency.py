"""What is due for review, and what has been overtaken by its date: `python -m hooks.series.currency [YYYY-MM-DD]` (or `make currency`)."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from hooks.series.load import load_series
from hooks.series.model import Series
from hooks.series.passed import SETTLED, Passed, Settled, load_settled, settle, statements

SOON = timedelta(days=60)


@dataclass(frozen=True, order=True)
class Due:
    """A record and the day by which it is to be reviewed, or a legal date that comes up (`kind` "date")."""

    day: date
    kind: str
    id: str
    what: str
    place: str


def due(series: Series, today: date) -> list[Due]:
    """Reviews that are overdue or fall within `SOON` of `today`, and legal dates that come up, earliest first."""
    horizon = today + SOON
    found = []
    for authority in series.authorities:
        path, line = series.places[f"law:{authority.id}"]
        if authority.review_by <= horizon:
            found.append(Due(authority.review_by, "law", authority.id, authority.short, f"{path}:{line}"))
        found += [Due(item.date, "date", authority.id, item.what, f"{path}:{line}") for item in authority.dates if today <= item.date <= horizon]
    for fact in series.platforms:
        path, line = series.places[f"platform:{fact.id}"]
        if fact.check_by is not None and fact.check_by <= horizon:
            found.append(Due(fact.check_by, "platform", fact.id, f"{fact.platform}, as of {fact.as_of_text}", f"{path}:{line}"))
    for publication in series.publications:
        if publication.front.status == "current" and publication.front.review_by <= horizon:
            found.append(Due(publication.front.review_by, "publication", publication.id, publication.front.title, publication.path))
    return sorted(found)


def report(items: list[Due], today: date) -> str:
    """The list as text, one line each; a review before `today` is marked as overdue."""
    if not items:
        return f"Nothing is due by {today + SOON}.\n"
    lines = [f"Due by {today + SOON}:"]
    for item in items:
        state = "OVERDUE" if item.day < today and item.kind != "date" else "due" if item.kind != "date" else "date"
        lines.append(f"  {item.day}  {state:7}  {item.kind:11}  {item.id:28}  {item.what}  ({item.place})")
    return "\n".join(lines) + "\n"


def report_passed(found: list[Passed], idle: list[Settled], today: date) -> str:
    """The statements whose day has passed as text, each with its place, and the settled ones that are no longer there."""
    lines = [f"No statement names a day before {today} that is not settled in {SETTLED}."]
    if found:
        lines = [f"Passed by {today}; correct each, or settle it in {SETTLED}:"]
        lines += [f"  {item.day}  {item.word:6}  {item.path}:{item.line}: {item.text}" for item in found]
    if idle:
        lines += [f"Settled in {SETTLED}, and not found any more; take them out:", *(f"  {entry.path}: {entry.words}" for entry in idle)]
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Print the report; exit status 1 where a review is overdue or a statement's day has passed, so that a scheduled job can tell."""
    root, today = Path.cwd(), date.fromisoformat(arguments[0]) if arguments else date.today()
    series = load_series(root)[0]
    items = due(series, today)
    settled, problems = load_settled(root)
    found, idle = settle(statements(root, series, today), settled)
    print(report(items, today), report_passed(found, idle, today), *(f"{problem}\n" for problem in problems), sep="", end="")
    return 1 if problems or found or any(item.kind != "date" and item.day < today for item in items) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
