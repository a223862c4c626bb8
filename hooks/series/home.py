"""What the home page lists: the front matter of docs/index.md names the most urgent action sheets, and the briefs in groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from hooks.core.problems import Problem, suggestion
from hooks.core.validate import to_record
from hooks.core.yaml_lines import Document
from hooks.series.model import Home, Publication
from hooks.series.records import Prose, Record, Slug, Text
from hooks.series.sources import read_front_matter, read_text
from hooks.series.vocabulary import URGENCIES

HOME = "docs/index.md"
MOST_NOW, MOST = 6, 7
"""How many action sheets the home page names, and how many links any of its lists may have: more are not looked over."""


class BriefGroup(Record):
    """Issue briefs under one heading, by their slugs."""

    label: Prose
    briefs: tuple[Slug, ...] = Field(min_length=1)


class HomeFront(Record):
    """Front matter of docs/index.md."""

    title: Prose
    template: str = "home.html"
    headline: Text = ""
    lede: Text = ""
    summary: Text = ""
    now: tuple[Slug, ...] = Field(default=(), description="Slugs of the action sheets that are named first; without it, the most urgent.")
    briefs: tuple[BriefGroup, ...] = Field(default=(), description="Every issue brief, in groups of at most seven.")


def load_home(root: Path, schemes: Mapping[str, Mapping[str, Publication]], unread: Iterable[str]) -> tuple[Home, list[Problem]]:
    """What the home page lists of the publications in `schemes` (see `Series.by_scheme`). A series without a home page has no mistake in it."""
    sheets, briefs = schemes["now"], schemes["brief"]
    named, document, problems = _read(root)
    checks = _Checks(document, problems, frozenset(unread))
    urgent = sorted((p for p in sheets.values() if p.in_force), key=lambda p: list(URGENCIES).index(getattr(p.front, "urgency", "days")))
    now = [sheets[slug] for at, slug in enumerate(named.now) if checks.known(slug, sheets, "now", ("now", at))] if named.now else urgent[:MOST_NOW]
    if len(named.now) > MOST_NOW:
        checks.add(("now",), f"The home page names {len(named.now)} action sheets.", f"Name the {MOST_NOW} that cannot wait; the rest stand on their own page.")
    for at, slug in enumerate(named.now):
        if slug in named.now[:at]:
            checks.add(("now", at), f"The home page names “{slug}” twice.", "Name it once.")
            break
    grouped: dict[str, str] = {}
    groups = []
    for number, group in enumerate(named.briefs):
        own = []
        for at, slug in enumerate(group.briefs):
            place = ("briefs", number, "briefs", at)
            if slug in grouped:
                checks.add(place, f"The brief “{slug}” already stands under “{grouped[slug]}”.", "Keep one of the two.")
            elif checks.known(slug, briefs, "brief", place):
                own.append(briefs[slug])
            grouped.setdefault(slug, group.label)
        if len(group.briefs) > MOST:
            checks.add(("briefs", number), f"“{group.label}” has {len(group.briefs)} briefs; at most {MOST} can be looked over.", "Make two groups of it.")
        groups.append((group.label, tuple(brief for brief in own if brief.in_force)))
    left = [slug for slug, brief in briefs.items() if brief.in_force and slug not in grouped]
    if named.briefs and left:
        checks.add(("briefs",), f"No group of the home page has the brief{'s' if len(left) > 1 else ''} {', '.join(left)}.", "Add each to the group it fits.")
    if not named.briefs:
        groups = [("", tuple(brief for brief in briefs.values() if brief.in_force))]
    return Home(tuple(sheet for sheet in now if sheet.in_force), tuple(group for group in groups if group[1])), problems


@dataclass(frozen=True)
class _Checks:
    """Adds to `problems`, each at its line of the home page."""

    document: Document
    problems: list[Problem]
    unread: frozenset[str]

    def add(self, at: tuple[str | int, ...], message: str, remedy: str, rule: str = "front-matter") -> None:
        self.problems.append(Problem(rule, HOME, self.document.line(at), message, remedy))

    def known(self, slug: str, there: Mapping[str, Publication], scheme: str, at: tuple[str | int, ...]) -> bool:
        """Whether there is such a publication; if not, that is told, unless its file is there and cannot be read. One that is not in force is noted."""
        if slug in there:
            if there[slug].mark:
                found = there[slug]
                message = f"“{slug}” is {found.label}, which is {'a draft' if found.draft else found.mark}."
                self.add(at, f"{message} The home page leaves it out.", "Name one that is in force.", "retired")
            return True
        if f"{scheme}:{slug}" not in self.unread:
            what = "action sheet" if scheme == "now" else "issue brief"
            self.add(at, f"There is no {what} “{slug}”.", suggestion(slug, there, f"There are: {', '.join(there) or 'none yet'}."), "reference")
        return False


def _read(root: Path) -> tuple[HomeFront, Document, list[Problem]]:
    text = (read_text(root, HOME) or "") if (root / HOME).exists() else ""
    document, _ = read_front_matter(text, HOME)
    empty = HomeFront(title="Home")
    # What is no YAML is told with all other pages.
    if document is None or not isinstance(document.data, dict):
        return empty, Document(None, {}), []
    record, problems = to_record(HomeFront, document.data, document, HOME, rule="front-matter")
    return record or empty, document, problems
