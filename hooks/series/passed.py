"""Statements whose day has passed: “by April 24, 2026”, “until August 2026”, read on a later day.

A scan of the sources as text. It knows no grammar: what it finds is for an editor to judge, and what was judged to be history,
or still right, is listed in `docs/currency.yml` with the reason, and not found again.
"""

from __future__ import annotations

import calendar
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hooks.core.problems import Problem
from hooks.core.validate import to_record
from hooks.core.yaml_lines import parse
from hooks.series import sources
from hooks.series.kinds import KINDS
from hooks.series.model import Publication, Series
from hooks.series.records import Line, Prose, Record

SETTLED = f"{sources.DOCS}/currency.yml"
_MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name: number for number, name in enumerate(calendar.month_abbr) if name} | {"Sept": 9}
_STATEMENT = re.compile(
    rf"""\b(?P<word>since|until|by|before)\s+(?:(?:the\s+)?end\s+of\s+)?
    (?:(?P<iso>(?:19|20)\d\d-\d\d-\d\d)
    | (?P<month>{"|".join(sorted(_MONTHS, key=len, reverse=True))})\.?\s+(?:(?P<day>\d{{1,2}}),?\s+)?(?P<year>(?:19|20)\d\d)
    | (?P<bare>(?:19|20)\d\d))(?![\d-]|,\d)""",
    re.VERBOSE | re.IGNORECASE,
)
_MONTHS = {name.lower(): number for name, number in _MONTHS.items()}


class Settled(Record):
    """A statement that is right although its day has passed: `words` is what it says around the date, in the file `path`."""

    path: Line
    words: Line
    why: Prose


@dataclass(frozen=True, order=True)
class Passed:
    """A statement, with its word (“by”) and the day that has passed: the last one that it can mean."""

    path: str
    line: int
    word: str
    day: date
    text: str


def statements(root: Path, series: Series, today: date) -> list[Passed]:
    """Every statement in briefs, chapters, law records, tools and the course whose day is before `today`.

    What has been so “since” a day is listed only if the day came after its text was last confirmed (an authority's `as_of`, a
    publication's `law_as_of` or revision): an older one was in the past when it was written, and is as true as then.
    """
    found = []
    for path in _paths(root):
        text = sources.read_text(root, path) or ""
        starts = [0, *(match.end() for match in re.finditer("\n", text))]
        confirmed = _confirmed(path, series)
        for match in _STATEMENT.finditer(text):
            day, line, word = _day(match), bisect_right(starts, match.start()), match["word"].lower()
            if day is None or day >= today:
                continue
            known = _known(confirmed, line)
            if word == "since" and (known is None or day <= known):
                continue
            found.append(Passed(path, line, word, day, _around(text, match)))
    return sorted(found)


def settle(found: Sequence[Passed], settled: Sequence[Settled]) -> tuple[list[Passed], list[Settled]]:
    """What is left of `found`, and the entries of the list that settle nothing any more."""
    left = [item for item in found if not any(_same(item, entry) for entry in settled)]
    return left, [entry for entry in settled if not any(_same(item, entry) for item in found)]


def load_settled(root: Path) -> tuple[list[Settled], list[Problem]]:
    """The list of settled statements; empty where there is none."""
    if not (root / SETTLED).is_file():
        return [], []
    document, problems = parse(sources.read_text(root, SETTLED) or "", SETTLED)
    if document is None:
        return [], problems
    if not isinstance(document.data, list):
        return [], [*problems, Problem("data", SETTLED, 1, "A list of settled statements is expected.", "Write “- path: …”, “words: …”, “why: …”.")]
    settled = []
    for number, item in enumerate(document.data):
        record, wrong = to_record(Settled, item, document, SETTLED, (number,))
        problems += wrong
        settled += [record] if record is not None else []
    return settled, problems


def _same(item: Passed, entry: Settled) -> bool:
    return item.path == entry.path and " ".join(entry.words.split()).lower() in item.text.lower()


def _paths(root: Path) -> Iterator[str]:
    for folder, suffixes in ((sources.BRIEFS, (".md",)), (sources.PAPER, (".md",)), (sources.LAW, (".yml", ".md")), (sources.COURSE, (".md",))):
        yield from sources.files_under(root, folder, *suffixes)
    for kind in KINDS.values():
        yield from sources.files_under(root, kind.source, ".md") if kind.source else ()
    yield from sources.files_under(root, sources.TOOLS, ".yml", ".md")


def _day(match: re.Match[str]) -> date | None:
    """The last day that the statement can mean; None for one that does not exist."""
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        if match["bare"]:
            return date(int(match["bare"]), 12, 31)
        year, month = int(match["year"]), _MONTHS[match["month"].lower()]
        return date(year, month, int(match["day"]) if match["day"] else calendar.monthrange(year, month)[1])
    except ValueError:
        return None


def _around(text: str, match: re.Match[str]) -> str:
    """The statement with some words before and after it, as one line."""
    before = " ".join(text[max(0, match.start() - 90) : match.start()].split()[-7:])
    after = " ".join(text[match.end() : match.end() + 90].split(" ")[:8])
    return " ".join(f"{before} {match[0]}{'' if after[:1] in ('.', ',', ';', ')') else ' '}{after}".split())


def _confirmed(path: str, series: Series) -> list[tuple[int, date]]:
    """The lines of a file from which a text was confirmed on a day: of each record, or of the whole."""
    item = series.by_path.get(path)
    if isinstance(item, Publication):
        return [(0, item.front.law_as_of or item.front.revised)]
    places = ((series.places[f"law:{authority.id}"], authority.as_of) for authority in series.authorities)
    return sorted((line or 0, day) for (file, line), day in places if file == path)


def _known(confirmed: list[tuple[int, date]], line: int) -> date | None:
    at = bisect_right(confirmed, (line, date.max)) - 1
    return confirmed[at][1] if at >= 0 else None
