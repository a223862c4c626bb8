"""The law register: every authority by jurisdiction, with its rule, status, dates, and where it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hooks.pages.expand import overdue_note, status_label
from hooks.pages.tree import E, HtmlElement, element, long_date
from hooks.series import vocabulary as words
from hooks.series.records import Authority

if TYPE_CHECKING:
    from hooks.pages.listings import Register


def law_register(register: Register) -> HtmlElement:
    """Every authority in full, under its jurisdiction, in the order of their short names."""
    root = element("div", "register register--law")
    for jurisdiction, label in words.JURISDICTIONS.items():
        there = [a for a in register.series.authorities if a.jurisdiction == jurisdiction]
        if there:
            root.append(element("h2", "", label, id_=f"law-{jurisdiction}"))
            root.extend(_authority(a, register) for a in sorted(there, key=lambda a: a.short.lower()))
    return root


def _authority(authority: Authority, register: Register) -> HtmlElement:
    label = f"{words.AUTHORITY_KINDS[authority.kind]} · {status_label(authority)} · as of {long_date(authority.as_of)}"
    section = element("section", "authority", id_=authority.id, aria_label=authority.short)
    section.append(element("p", "authority__label", label))
    section.append(element("h3", "authority__name", authority.name, id_=f"{authority.id}-name"))
    section.append(element("p", "authority__citation", f"{authority.citation.rstrip('.')}. {authority.body}."))
    section.append(element("p", "authority__rule", authority.rule))
    overdue = overdue_note(authority, register.today)
    if overdue is not None:
        section.append(overdue)
    facts = element("dl", "authority__facts")
    rows: list[tuple[str, list[HtmlElement | str]]] = [
        ("Status", [authority.status_note] if authority.status_note else []),
        ("For your policy", [authority.meaning] if authority.meaning else []),
        ("Dates", [_date_line(item) for item in authority.dates]),
        ("Open", list(authority.open_questions)),
        ("Elements", [", ".join({**words.ELEMENTS, **words.THEMES}[slug] for slug in (*authority.elements, *authority.themes))]),
        ("Next review", [long_date(authority.review_by)]),
        ("How it was read", [words.READINGS[authority.read] + (f": {authority.read_note}" if authority.read_note else "")]),
        ("Text", [element("a", "", authority.url, href=authority.url)] if authority.url else []),
        *((label, [links]) for label, links in register.used_in(f"law:{authority.id}", "Used in")),
    ]
    for name, values in rows:
        values = [value for value in values if value is not None and value != ""]
        if values:
            facts.append(E.DT(name))
            facts.extend(element("dd", "", value) for value in values)
    section.append(facts)
    return section


def _date_line(item) -> str:
    who = f" ({item.who})" if item.who else ""
    note = f" {item.note}" if item.note else ""
    return f"{long_date(item.date)}{'' if item.certain else ', not certain'}: {item.what}{who}.{note}".replace("..", ".")
