"""The duties that fall due on a day: what several authorities say of one duty is listed once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from hooks.core.problems import Problem
from hooks.series.records import Authority, LegalDate
from hooks.series.vocabulary import AUTHORITY_STATUSES


@dataclass(frozen=True)
class Duty:
    """One duty, in the words of the authority that binds most; `authorities` are all that state it, that one first."""

    item: LegalDate
    authorities: tuple[Authority, ...]
    certain: bool

    @property
    def day(self) -> date:
        return self.item.date

    @property
    def authority(self) -> Authority:
        return self.authorities[0]


def mark_of(item: LegalDate) -> str:
    """Eight digits that tell the dates of an authority apart, made of what falls due and for whom, and not of the day."""
    return hashlib.sha256(f"{item.what}\n{item.who}".encode()).hexdigest()[:8]


def duties(authorities: Iterable[Authority]) -> list[Duty]:
    """Every duty with a date, earliest first. Dates that have the same `duty` are one; it is certain only if all say so."""
    order = list(AUTHORITY_STATUSES)
    groups: dict[str, list[tuple[Authority, LegalDate]]] = {}
    for authority in authorities:
        for number, item in enumerate(authority.dates):
            groups.setdefault(item.duty or f"{authority.id} {number}", []).append((authority, item))
    found = []
    for group in groups.values():
        # Sorting keeps the order of the register among those that bind as much.
        group = sorted(group, key=lambda pair: order.index(pair[0].status))
        found.append(Duty(group[0][1], tuple(dict((a.id, a) for a, _ in group).values()), all(item.certain for _, item in group)))
    return sorted(found, key=lambda duty: (duty.day, duty.authority.short.lower(), duty.item.what))


def check_duties(authorities: Iterable[Authority], places: Mapping[str, tuple[str, int | None]]) -> list[Problem]:
    """Dates of one duty that differ, and two dates that look like one duty and do not say whether they are: of one day, and for the same
    people or with the same words."""
    problems = []
    by_duty: dict[str, tuple[Authority, LegalDate]] = {}
    by_day: dict[tuple[date, str, str], tuple[Authority, LegalDate]] = {}
    for authority in authorities:
        for item in authority.dates:
            place = places[f"law:{authority.id}"]
            first, known = by_duty.setdefault(item.duty, (authority, item)) if item.duty else (authority, item)
            if known.date != item.date:
                message = f"{authority.short} has the duty “{item.duty}” on {item.date}, {first.short} on {known.date}."
                problems.append(Problem("data", *place, message, "One duty has one day: correct the date, or give one of them another `duty`."))
            # The same people, or in the same words what falls due: a calendar would show the day twice.
            alike = [("who", item.who), ("what", " ".join(item.what.lower().rstrip(".").split()) if item.who else "")]
            for name, said in alike:
                same, other = by_day.setdefault((item.date, name, said), (authority, item)) if said else (authority, item)
                if same is not authority and not (item.duty and other.duty):
                    whose = item.who if name == "who" else item.what
                    message = f"{authority.short} and {same.short} both set {item.date} for “{whose}”, and the calendar would list it twice."
                    problems.append(Problem("data", *place, message, "If it is one duty, give both dates the same `duty: some-slug`; if not, two of them."))
                    break
    return problems
