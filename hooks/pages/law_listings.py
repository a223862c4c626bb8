"""Two views of the law register: the coming dates, and the authorities by policy element."""

from __future__ import annotations

from datetime import date

from hooks.pages.tree import E, HtmlElement, append, element, long_date
from hooks.series import vocabulary as words
from hooks.series.model import Series
from hooks.series.records import Authority, LegalDate


def coming_dates(series: Series, today: date) -> HtmlElement:
    """A table of the dates that authorities set from `today` on, earliest first."""
    rows = sorted(
        ((item, authority) for authority in series.authorities for item in authority.dates if item.date >= today),
        key=lambda row: (row[0].date, row[1].short),
    )
    if not rows:
        return E.P("No coming date is recorded.")
    body = E.TBODY(*(_row(item, authority) for item, authority in rows))
    head = E.THEAD(E.TR(*(element("th", "", name, scope="col") for name in ("Date", "What", "Who", "Authority"))))
    return element("div", "register register--dates", E.TABLE(head, body))


def _row(item: LegalDate, authority: Authority) -> HtmlElement:
    what = item.what.rstrip(".") + ("" if item.certain else " (date not certain)") + "."
    if item.note:
        what += f" {item.note.rstrip('.')}."
    day = element("th", "", element("time", "", long_date(item.date), datetime=item.date.isoformat()), scope="row")
    return E.TR(day, E.TD(what), E.TD(item.who), E.TD(element("a", "", href=f"law:{authority.id}")))


def by_element(series: Series) -> HtmlElement:
    """A list of elements and themes, each with its authorities: those that control first."""
    order = list(words.AUTHORITY_STATUSES)
    root = element("dl", "register register--by-element")
    for slug, label in {**words.ELEMENTS, **words.THEMES}.items():
        there = [a for a in series.authorities if slug in (*a.elements, *a.themes)]
        if not there:
            continue
        root.append(element("dt", "", f"{label} ({len(there)})", id_=f"by-{slug}"))
        links = element("dd")
        for index, authority in enumerate(sorted(there, key=lambda a: (order.index(a.status), a.short.lower()))):
            append(links, "; " if index else "")
            append(links, element("a", "", href=f"law:{authority.id}"))
        root.append(links)
    return root
