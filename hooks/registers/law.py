"""The law register: an index to filter, a page for each authority, and views by element, by date and by how far it was read."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from hooks.core.tree import E, HtmlElement, append, element, long_date
from hooks.linking.caveats import marked
from hooks.linking.labels import overdue_note, standing
from hooks.registers.filters import Field, Listed, filter_form, grouped, options
from hooks.registers.register import Register
from hooks.series import vocabulary as words
from hooks.series.duties import Duty, duties
from hooks.series.model import Series
from hooks.series.records import Authority, LegalDate

ENTRY = "law/"
"""What the listing of one authority is called, before its id: `/// listing | law/lindke2024`."""


def _by_name(authority: Authority) -> str:
    return authority.short.lower()


def page_source(authority: Authority) -> str:
    """The page of an authority as an author would write it: its title, what search engines show, and the listing that fills it."""
    about = authority.rule if len(authority.rule) <= 160 else f"{authority.rule[:157].rsplit(' ', 1)[0].rstrip(',;:')} …"
    front = {"title": authority.name, "description": about}
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in front.items()]
    return "\n".join(["---", *lines, "---", "", f"/// listing | {ENTRY}{authority.id}", "///", ""])


def index(register: Register) -> HtmlElement:
    """Every authority in a line or two under its jurisdiction and how far it binds; each leads to its page."""
    authorities = register.series.authorities
    root = element("div", "register register--law", *_filters(authorities))
    for jurisdiction, label in words.JURISDICTIONS.items():
        there = [a for a in authorities if a.jurisdiction == jurisdiction]
        if not there:
            continue
        # Each has a page of its own, which is what the search finds.
        group = element("div", "register__group", element("h2", "", f"{label} ({len(there)})", id_=f"law-{jurisdiction}"), data_search_exclude="")
        group.set("data-group", "")
        for status, status_label in words.AUTHORITY_STATUSES.items():
            own = [a for a in there if a.status == status]
            if own:
                group.append(element("h3", "", status_label, id_=f"law-{jurisdiction}-{status}"))
                group.append(element("ul", "register__rows", *(_row(a, register) for a in sorted(own, key=_by_name))))
        root.append(group)
    return root


def _filters(authorities: tuple[Authority, ...]) -> list[HtmlElement]:
    topics = Counter(topic for authority in authorities for topic in authority.topics)
    fields = (
        Field("words", "Name or citation"),
        Field("binds", "How far it binds", options(words.AUTHORITY_STATUSES, Counter(a.status for a in authorities))),
        Field("jurisdiction", "Jurisdiction", options(words.JURISDICTIONS, Counter(a.jurisdiction for a in authorities))),
        Field("element", "Element or theme", grouped({"Elements": words.ELEMENTS, "Themes": words.THEMES}, topics)),
        Field("read", "How far we read it", options(words.AUTHORITY_READINGS, Counter(a.read for a in authorities))),
    )
    listed = Listed(len(authorities), ".register--law .register__rows > li", "authority", "authorities")
    return filter_form("law", "Filter the law register", fields, listed)


def _row(authority: Authority, register: Register) -> HtmlElement:
    row = element("li", "", id_=authority.id, data_binds=authority.status, data_jurisdiction=authority.jurisdiction, data_read=authority.read)
    row.set("data-element", " ".join(authority.topics))
    row.append(element("p", "register__name", _link(authority, authority.name, f"{authority.id}-name")))
    short = f"{authority.short} · " if authority.short not in authority.name else ""
    row.append(element("p", "register__meta", f"{short}{words.AUTHORITY_KINDS[authority.kind]} · {standing(authority)}"))
    overdue = overdue_note(authority, register.today)
    row.extend([overdue] if overdue is not None else [])
    return row


def _link(authority: Authority, text: str, id_: str = "") -> HtmlElement:
    # Its facts stand beside it: a preview would say them again.
    return element("a", "", text, href=f"law:{authority.id}", data_no_preview="", **({"id_": id_} if id_ else {}))


def entry(authority: Authority, register: Register) -> HtmlElement:
    """What the page of an authority says below its facts: the rule, what it means, dates, what is open, and how it was read."""
    root = element("div", "authority")
    overdue = overdue_note(authority, register.today)
    root.append(_part("rule", "The rule, in plain words", marked("p", authority.rule), *([overdue] if overdue is not None else [])))
    if authority.meaning:
        root.append(_part("for-your-policy", "For your policy", marked("p", authority.meaning)))
    if authority.dates:
        dates = element("ul", "", *(E.LI(*_date_line(item)) for item in sorted(authority.dates, key=lambda item: item.date)))
        root.append(_part("dates", "Dates", dates))
    if authority.open_questions:
        root.append(_part("open", "Still open", element("ul", "", *(marked("li", question) for question in authority.open_questions))))
    if authority.changes:
        lines = (E.LI(element("time", "", long_date(item.date), datetime=item.date.isoformat()), f": {item.note}") for item in authority.changes)
        root.append(_part("changes", "What changed", element("ul", "", *lines)))
    read = E.P(element("strong", "", f"{words.AUTHORITY_READINGS[authority.read]}."), f" {words.AUTHORITY_READING_MEANINGS[authority.read]}.")
    source = [read, *([E.P(_ended(authority.read_note))] if authority.read_note else [])]
    if authority.url:
        source.insert(0, E.P(element("a", "", authority.url, href=authority.url)))
    root.append(_part("source", "The source, and how we read it", *source))
    return root


def _part(id_: str, title: str, *content: HtmlElement) -> HtmlElement:
    """A section whose heading has no id of its own, so that the search finds the authority once."""
    return element("section", "", element("h2", "", title), *content, id_=id_)


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _date_line(item: LegalDate) -> Iterator[HtmlElement | str]:
    yield element("time", "", long_date(item.date), datetime=item.date.isoformat())
    who = f" ({item.who})" if item.who else ""
    note = f" {item.note}" if item.note else ""
    yield f"{'' if item.certain else ', not certain'}: {item.what}{who}.{note}".replace("..", ".")


def coming_dates(register: Register) -> HtmlElement:
    """A table of the duties that fall due from the day of the build on, earliest first; it says as of which day it was made.

    A page that is read later holds days that have passed by then: `assets/dates.js` takes their rows away.
    """
    today = register.today
    coming = [duty for duty in duties(register.series.authorities) if duty.day >= today]
    made = element("p", "register__made", "Dates still to come on ", element("time", "", long_date(today), datetime=today.isoformat()), ".")
    # What a search finds does not depend on the day of the build.
    if not coming:
        return element("div", "register register--dates", made, E.P("No coming date is recorded."), data_search_exclude="")
    head = E.THEAD(E.TR(*(element("th", "", name, scope="col") for name in ("Date", "What", "Who", "Authority"))))
    return element("div", "register register--dates", made, E.TABLE(head, E.TBODY(*map(_duty, coming))), data_search_exclude="")


def _duty(duty: Duty) -> HtmlElement:
    item = duty.item
    what = item.what.rstrip(".") + ("" if duty.certain else " (date not certain)") + "."
    if item.note:
        what += f" {item.note.rstrip('.')}."
    day = element("th", "", element("time", "", long_date(item.date), datetime=item.date.isoformat()), scope="row")
    sources = E.TD()
    for index_, authority in enumerate(duty.authorities):
        append(sources, "; " if index_ else "")
        append(sources, element("a", "", href=f"law:{authority.id}"))
    return E.TR(day, E.TD(what), E.TD(item.who), sources)


def elements(series: Series) -> HtmlElement:
    """Every element and theme with how many authorities bear on it, and how many of them control; each leads to their list."""
    root = element("ul", "register__counts")
    for slug, label in words.TOPICS.items():
        there = [a for a in series.authorities if slug in a.topics]
        controlling = sum(a.status == "controlling" for a in there)
        if there:
            item = element("li", "", element("a", "", label, href=f"elements/#by-{slug}"), id_=f"by-{slug}")
            many = "1 authority" if len(there) == 1 else f"{len(there)} authorities"
            append(item, f": {many}, of which {controlling or 'none'} control{'s' if controlling == 1 else ''}")
            root.append(item)
    return root


def by_element(series: Series) -> HtmlElement:
    """Each element and theme with its authorities by how far they bind: those that control first."""
    # Each has a page of its own, which is what the search finds.
    root = element("div", "register register--by-element", data_search_exclude="")
    for slug, label in words.TOPICS.items():
        there = [a for a in series.authorities if slug in a.topics]
        if not there:
            continue
        root.append(element("h2", "", f"{label} ({len(there)})", id_=f"by-{slug}"))
        groups = element("dl", "register__binding")
        for status, status_label in words.AUTHORITY_STATUSES.items():
            own = sorted((a for a in there if a.status == status), key=_by_name)
            if own:
                groups.append(element("dt", "", status_label))
                groups.extend(element("dd", "", _link(a, a.short), f" · {words.AUTHORITY_READINGS[a.read].lower()}") for a in own)
        root.append(groups)
    return root


def readings(series: Series) -> HtmlElement:
    """A table: how many authorities were read how far, and how many of them control."""
    head = E.THEAD(E.TR(*(element("th", "", name, scope="col") for name in ("How far we read it", "What that means", "Authorities", "Of these, controlling"))))
    body = E.TBODY()
    for slug, label in words.AUTHORITY_READINGS.items():
        there = [a for a in series.authorities if a.read == slug]
        counts = (len(there), sum(a.status == "controlling" for a in there))
        body.append(E.TR(element("th", "", label, scope="row"), E.TD(words.AUTHORITY_READING_MEANINGS[slug]), *(E.TD(str(count)) for count in counts)))
    return E.TABLE(head, body)
