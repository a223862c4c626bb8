"""The dates that the law sets, as a calendar to subscribe to (RFC 5545, with the properties of RFC 7986)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from hooks.core.tree import long_date
from hooks.series.addresses import LEGAL_DATES, law_page
from hooks.series.duties import Duty, duties, mark_of
from hooks.series.records import Authority

if TYPE_CHECKING:
    from icalendar import Event


def law_calendar(authorities: Iterable[Authority], series: str, site_url: str) -> bytes:
    """Every duty that was still to come when its authority was last read, once, however many authorities state it; each an all-day event.

    An event's UID is made of what falls due, not of the day: where a date is moved, the event moves in its subscribers' calendars.
    A date that is not certain is tentative and says so. There is no METHOD, with which DTSTAMP would be the moment at which the file
    was made; without it, it says when the event was last revised (RFC 5545, 3.8.7.2), which is known.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", f"-//{series}//Law register//EN")
    calendar.add("version", "2.0")
    for name in ("name", "x-wr-calname"):
        calendar.add(name, f"{series}: dates in the law")
    calendar.add("refresh-interval", timedelta(days=1), parameters={"value": "DURATION"})
    calendar.add("source", urljoin(site_url, LEGAL_DATES), parameters={"value": "URI"})
    seen: Counter[str] = Counter()
    for duty in duties(authorities):
        name = duty.item.duty or f"{duty.authority.id}-{mark_of(duty.item)}"
        seen[name] += 1
        # What falls due anew each year is an event each time; those that have passed count, so that the others keep their number.
        uid = name if seen[name] == 1 else f"{name}-{seen[name]}"
        if duty.day >= duty.authority.as_of:
            calendar.add_component(_event(duty, uid, site_url))
    written: bytes = calendar.to_ical()
    return written


def _event(duty: Duty, uid: str, site_url: str) -> Event:
    from icalendar import Event

    item, authority = duty.item, duty.authority
    revised = _moment(max(other.as_of for other in duty.authorities))
    event = Event()
    event.add("uid", f"{uid}@{urlsplit(site_url).hostname or 'localhost'}")
    event.add("dtstamp", revised)
    event.add("last-modified", revised)
    event.add("dtstart", item.date)
    event.add("dtend", item.date + timedelta(days=1))
    event.add("summary", f"{'' if duty.certain else 'Not certain: '}{authority.short}: {item.what}")
    lines = [
        f"{authority.name}, {authority.citation}.".replace("..", "."),
        f"Who: {item.who}" if item.who else "",
        "This date is not certain." if not duty.certain else "",
        item.note,
        f"Also stated in {'; '.join(other.short for other in duty.authorities[1:])}." if len(duty.authorities) > 1 else "",
        f"As of {long_date(authority.as_of)}. Check the law before you rely on it.",
    ]
    event.add("description", "\n".join(filter(None, lines)))
    event.add("url", urljoin(site_url, law_page(authority.id)))
    event.add("status", "CONFIRMED" if duty.certain else "TENTATIVE")
    event.add("transp", "TRANSPARENT")
    event.add("categories", ["Law"])
    return event


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
