"""The list of everything that changed, by month, with its filter; and the table of the feeds that tell it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from urllib.parse import urljoin

from hooks.citing.this_copy import unrecorded
from hooks.core.tree import E, HtmlElement, append, element, long_date
from hooks.core.urls import relative_url
from hooks.registers.filters import Field, Listed, filter_form, grouped, options
from hooks.registers.register import Register
from hooks.series import vocabulary as words
from hooks.series.addresses import CHANGES, LEGAL_DATES
from hooks.series.changes import CHANGED, ERRATA, OF_CASES, OF_LAW, WHOLE, Change, Channel, changed_of_topic, changes, of_publication, of_topic
from hooks.series.model import Series


def index(register: Register) -> HtmlElement:
    """Every change, newest first, under a heading for each month.

    Each month from the first on has its address, also where nothing is left in it: `changes/#since-2026-11` was promised. It leads to
    the oldest of what came since. The page stands at `changes/`.
    """
    told = changes(register.series, register.today)
    begins = min((item.front.published for item in register.series.items), default=None)
    # What a search finds does not depend on the day of the build.
    root = element("div", "register register--changes", data_search_exclude="")
    if not told:
        root.append(E.P("Nothing has changed so far."))
        return root
    if begins is not None:
        root.append(element("p", "register__meta", f"The series begins {long_date(begins)}. What is older is not told."))
    if caveat := unrecorded(register.site_url):
        root.append(element("p", "notice", caveat))
    root.extend(_filters(told, register.series))
    by_month = {month: list(own) for month, own in groupby(told, key=lambda change: change.day.replace(day=1))}
    heading = None
    for month in _months(told[-1].day, told[0].day):
        id_ = f"since-{month:%Y-%m}"
        if month in by_month:
            heading = element("h2", "", f"{month:%B %Y}", id_=id_)
            root.extend([heading, element("ul", "register__rows", *map(_row, by_month[month]))])
        elif heading is not None:
            heading.append(element("span", "", id_=id_))
    return root


def _months(first: date, last: date) -> Iterator[date]:
    """The first day of each month from that of `last` back to that of `first`."""
    for number in range(last.year * 12 + last.month - 1, first.year * 12 + first.month - 2, -1):
        yield date(number // 12, number % 12 + 1, 1)


def _row(change: Change) -> HtmlElement:
    row = element("li", "", data_since=change.day.isoformat(), data_kind=" ".join(_kinds(change)), data_subject=" ".join(change.topics))
    row.set("data-publication", change.about[0])
    row.append(element("p", "register__name", element("a", "", change.title, href=relative_url(change.url, CHANGES))))
    about = element("p", "register__meta", element("time", "", long_date(change.day), datetime=change.day.isoformat()), f" · {words.CHANGES[change.kind]}")
    # What was only held against its source again is said in a line.
    if change.kind == "law-checked":
        append(about, f" · {change.what}")
        row.append(about)
    else:
        row.extend([about, element("p", "register__what", change.what)])
    return row


def _kinds(change: Change) -> list[str]:
    """What a change can be found as: its kind, and whether anything need have changed."""
    return [change.kind] if change.kind in words.ROUTINE else [change.kind, words.ANY_CHANGE]


def _filters(told: Sequence[Change], series: Series) -> list[HtmlElement]:
    of = {item.id: f"{item.label}, {item.front.title}" for item in series.publications}
    topics = Counter(topic for change in told for topic in change.topics)
    kinds = Counter(kind for change in told for kind in _kinds(change))
    fields = (
        Field("since", "Since", type="date"),
        Field("subject", "Element or theme", grouped({"Elements": words.ELEMENTS, "Themes": words.THEMES}, topics)),
        Field("kind", "What", options({words.ANY_CHANGE: "All changes, without checks", **words.CHANGES}, kinds)),
        Field("publication", "Publication", options(of, Counter(change.about[0] for change in told))),
        Field("words", "Words"),
    )
    listed = Listed(len(told), ".register--changes .register__rows > li", "change", "changes")
    return filter_form("changes", "Filter the changes", fields, listed)


def feeds(register: Register) -> HtmlElement:
    """What can be subscribed to or read by a program, as tables for the page /linking/."""
    here = register.site_url
    usual = [
        ("Everything that is new, changed or checked", _feed(WHOLE, here)),
        ("What is new or changed, without checks", _feed(CHANGED, here)),
        ("The law: changes, dates, when it was checked", _feed(OF_LAW, here)),
        ("Case studies", _feed(OF_CASES, here)),
        ("Corrections", _feed(ERRATA, here)),
        ("Coming dates in the law", [_address("calendar (iCalendar)", LEGAL_DATES, here)]),
        ("Everything, for programs", [_link("catalogue (JSON)", "catalogue.json"), _link("its JSON Schema", "catalogue.schema.json")]),
    ]
    series = register.series
    there = {kind: [item for item in series.publications if item.kind == kind and item.in_force] for kind in ("issue-brief", "sector-sheet")}
    groups = {
        "Element or theme": [(label, [*_feed(of_topic(slug), here), *_feed(changed_of_topic(slug), here)]) for slug, label in words.TOPICS.items()],
        "Issue brief": [(f"{item.number}. {item.front.title}", _feed(of_publication(item), here)) for item in there["issue-brief"]],
        "Sector": [(item.front.title, _feed(of_publication(item), here)) for item in there["sector-sheet"]],
    }
    root = element("div", "register register--feeds", _table("What", usual))
    for what, rows in groups.items():
        if rows:
            root.append(element("details", "", element("summary", "", f"Feeds by {what[0].lower()}{what[1:]} ({len(rows)})"), _table(what, rows)))
    return root


def _feed(channel: Channel, site_url: str) -> list[HtmlElement]:
    """A feed as Atom, in full and to copy, and a link to it as JSON Feed."""
    some = ", without checks" if channel.kinds and channel.topic else ""
    return [_address(f"Atom{some}", channel.address.atom, site_url), _link(f"JSON Feed{some}", channel.address.json)]


def _address(label: str, path: str, site_url: str) -> HtmlElement:
    """An address in full, which a reader pastes elsewhere."""
    full = urljoin(site_url, path)
    link = element("a", "link-texts__code", full, href=f"../{path}", data_copy=f"the address {full}")
    return element("div", "copyable", element("p", "cite-box__label", label), element("p", "", link))


def _link(label: str, path: str) -> HtmlElement:
    # The page stands one folder below the root.
    return element("p", "", element("a", "", label, href=f"../{path}"))


def _table(what: str, rows: Iterable[tuple[str, Sequence[HtmlElement]]]) -> HtmlElement:
    body = E.TBODY()
    for label, parts in rows:
        body.append(E.TR(element("th", "", label, scope="row"), element("td", "", *parts)))
    return E.TABLE(E.THEAD(E.TR(element("th", "", what, scope="col"), element("th", "", "Address", scope="col"))), body)
