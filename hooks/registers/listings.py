"""The registers that are made from the whole series: literature, law, recommendations, glossary, briefs, cases.

Each is a tree that may hold references and citation marks; `resolve` finishes them like any page's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby

from hooks.citing.bibliography import THEMES
from hooks.core.tree import E, HtmlElement, append, element, fragment, long_date
from hooks.linking.labels import evidence_mark
from hooks.linking.model import Recommendation
from hooks.linking.practice import links_to
from hooks.linking.strength import strength_mark
from hooks.registers import changes, law, packs, questions, roles
from hooks.registers.briefs import briefs_by_role, briefs_by_subject, corrections, link_texts, policy_template, retired_briefs
from hooks.registers.cards import cards, fitting
from hooks.registers.case_library import library, matrix
from hooks.registers.course import course, objectives, workbook
from hooks.registers.data import data_listing
from hooks.registers.filters import Field, Listed, filter_form, options
from hooks.registers.literature import by_theme, keys_of, readings, short
from hooks.registers.register import Register
from hooks.registers.releases import address_notice, earlier_editions, fixed, licence, releases, whole_series
from hooks.registers.sheets import action_sheets, sector_sheets
from hooks.series import vocabulary as words
from hooks.series.addresses import card_pdf, permalink, permanent
from hooks.series.model import practised_in


def listing(name: str, register: Register) -> HtmlElement | None:
    """The listing called `name`, or None if there is none."""
    make = LISTINGS.get(name)
    authority = register.series.authority.get(name.removeprefix(law.ENTRY)) if name.startswith(law.ENTRY) else None
    if authority is not None:
        return law.entry(authority, register)
    role = register.series.roles.by_id.get(name.removeprefix(roles.ENTRY)) if name.startswith(roles.ENTRY) else None
    if role is not None:
        return roles.entry(role, register)
    kind, _, slug = name.partition("/")
    if kind in packs.ENTRIES and slug in register.series.packs:
        return packs.entry(kind, register.series.packs[slug], register)
    return make(register) if make else None


def _used_in(uses: Iterable[tuple[str, HtmlElement]]) -> list[HtmlElement]:
    """A paragraph of links for each way in which the thing is referred to."""
    return [element("p", "used-in", element("strong", "", f"{label}: "), links) for label, links in uses]


def _downloads(*names: str) -> HtmlElement:
    """“Download: BibTeX, CSL-JSON”, from pairs of a file at the site's root and its format."""
    paragraph = element("p", "register__downloads", "Download: ")
    for index, (path, label) in enumerate(zip(names[::2], names[1::2], strict=True)):
        append(paragraph, ", " if index else "")
        # Every page with a register stands one folder below the root.
        append(paragraph, element("a", "", label, href=f"../{path}"))
    return paragraph


def _literature_files() -> HtmlElement:
    return _downloads("literature.bib", "BibTeX", "literature.json", "CSL-JSON")


def _literature(register: Register) -> HtmlElement:
    root = element("div", "register register--literature", _literature_files())
    for theme, label in THEMES.items():
        keys = keys_of(theme, register)
        if not keys:
            continue
        root.append(element("h2", "", label, id_=f"theme-{theme}"))
        root.append(element("ul", "references__list", *(_source(key, register) for key in keys)))
    return root


def _source(key: str, register: Register) -> HtmlElement:
    source = register.sources[key]
    entry = fragment(register.formatted.references[key])
    entry.tag = "p"
    item = element("li", "reference", entry, id_=f"ref-{key}")
    note = source.annotation
    if note:
        item.append(element("p", "reference__what", note.what))
        if note.says:
            item.append(element("ul", "reference__says", *(E.LI(point) for point in note.says)))
        seen = words.READINGS[note.seen] + (f": {note.seen_note}" if note.seen_note else "")
        item.append(element("p", "reference__seen", seen if seen.endswith(".") else f"{seen}."))
    item.extend(_used_in(register.used_in(f"source:{key}", "Cited in")))
    return item


def _recommendations(register: Register) -> HtmlElement:
    current = [item for item in register.recommendations if item.publication.in_force]
    files = _downloads("data/recommendations.csv", "CSV", "data/recommendations.json", "JSON")
    root = element("div", "register register--recommendations", files, *_recommendation_filters(current))
    practised = practised_in(register.series.taught)
    gone = []
    for publication, items in groupby(register.recommendations, key=lambda item: item.publication):
        if publication.draft:
            continue
        heading = element("h2", "", element("a", "", href=publication.reference), id_=f"recommendations-{publication.id}")
        if publication.retired:
            gone += [heading, E.P("Its recommendations no longer stand. They can still be read on its page.")]
            continue
        group = element("div", "register__group", heading)
        group.set("data-group", "")
        names = ("No.", "Recommendation", "Strength", "Who and when", "Evidence")
        table = E.TABLE(E.THEAD(E.TR(*(element("th", "", name, scope="col") for name in names))))
        body = E.TBODY()
        for item in items:
            evidence = element("td")
            for index, proof in enumerate(item.evidence):
                append(evidence, "; " if index else "")
                append(evidence, evidence_mark(proof))
            if item.law_as_of:
                evidence.append(element("p", "register__meta", f"Law as of {long_date(item.law_as_of)}"))
            own = f"Permanent address of recommendation {item.number}"
            address = permalink(register.site_url, item)
            sign = element("a", "permalink web-only", "¶", href=f"../{permanent(item.id)}", aria_label=own, title=own, data_address=address)
            number = element("th", "", element("a", "", item.number, href=f"rec:{item.id}"), " ", sign, scope="row")
            text = E.TD(item.text)
            if item.id in practised:
                text = E.TD(E.P(item.text), element("p", "register__meta", "Practiced in ", *links_to(practised[item.id])))
            strength = element("td", "", strength_mark(item.strength) if item.strength else "")
            row = E.TR(number, text, strength, E.TD(f"{item.who}, {item.when}"), evidence)
            row.set("data-strength", item.strength)
            row.set("data-publication", publication.id)
            body.append(row)
        table.append(body)
        group.append(table)
        root.append(group)
    root.extend(gone)
    return root


def _recommendation_filters(items: list[Recommendation]) -> list[HtmlElement]:
    """How many there are of each strength, and a form that shows one of them, or those of one publication."""
    strengths = Counter(item.strength for item in items)
    if not any(strengths[slug] for slug in words.STRENGTHS):
        return []
    counts = element("ul", "register__counts")
    for slug, label in words.STRENGTHS.items():
        if strengths[slug]:
            counts.append(element("li", "", element("strong", "", f"{label}: {strengths[slug]}."), f" {words.STRENGTH_MEANINGS[slug]}"))
    of = {item.publication.id: f"{item.publication.label}, {item.publication.front.title}" for item in items}
    fields = (
        Field("words", "Words"),
        Field("strength", "Strength", options(words.STRENGTHS, strengths)),
        Field("publication", "Publication", options(of, Counter(item.publication.id for item in items))),
    )
    listed = Listed(len(items), ".register--recommendations tbody > tr", "recommendation", "recommendations")
    return [counts, *filter_form("recommendations", "Filter the recommendations", fields, listed)]


def _glossary(register: Register) -> HtmlElement:
    root = element("dl", "register register--glossary")
    for term in register.series.terms:
        root.append(element("dt", "", term.term, id_=term.id))
        root.append(element("dd", "", term.definition))
        if term.see:
            see = element("dd", "glossary__see", "See ")
            for index, name in enumerate(term.see):
                append(see, ", " if index else "")
                append(see, element("a", "", href=name))
            root.append(see)
        for label, links in register.used_in(f"term:{term.id}", "Used in"):
            root.append(element("dd", "glossary__used", f"{label} ", links))
    return root


def _briefs(register: Register) -> HtmlElement:
    root = element("ul", "register register--briefs")
    for brief in register.series.briefs.values():
        if not brief.in_force:
            continue
        front = brief.front
        link = element("a", "register__title", brief.full_title, href=f"brief:{brief.slug}")
        meta = ", ".join(front.topics.values())
        item = element("li", "", element("p", "register__number", brief.number), element("p", "", link))
        if front.question:
            item.append(element("p", "register__question", front.question))
        item.append(element("p", "", front.summary))
        item.append(element("p", "register__meta", f"{meta}. Edition {front.edition}, {long_date(front.revised)}."))
        item.append(_files((f"../{brief.url}{brief.slug}.pdf", "PDF", brief.front.title), (f"../{brief.url}{brief.slug}.docx", "Word", brief.front.title),
                           (f"../{card_pdf(brief)}", "One-page card", brief.front.title)))
        root.append(item)
    whole = _files(("../series.pdf", "The whole series", ""), ("../tools/policy-template.docx", "Policy template (Word)", ""))
    retired = retired_briefs(register.series)
    return element("div", "", whole, root, *([] if retired is None else [retired]))


def _files(*links: tuple[str, str, str]) -> HtmlElement:
    """A list of editions: address, label, and what a label alone would leave unsaid. Those that are not made are taken out later."""
    items = []
    for href, label, of in links:
        link = element("a", "", label, href=href)
        if of:
            link.append(element("span", "vh", f" of {of}"))
        items.append(element("li", "", link))
    return element("ul", "edition-links web-only", *items)


def _chapters(register: Register) -> HtmlElement:
    root = element("ol", "register register--chapters web-only")
    for chapter in register.series.chapters.values():
        if chapter.kind == "chapter" and chapter.in_force:
            link = element("a", "register__title", chapter.full_title, href=f"paper:{chapter.slug}")
            root.append(element("li", "", element("p", "register__number", chapter.number), element("p", "", link), element("p", "", chapter.front.summary)))
    return root


def _cases(register: Register) -> HtmlElement:
    root = library(register.series.cases)
    if register.series.cases:
        root.insert(0, _downloads("data/cases.csv", "CSV", "data/cases.json", "JSON"))
    return root


def _case_matrix(register: Register) -> HtmlElement:
    return matrix(register.series.cases)


LISTINGS: Mapping[str, Callable[[Register], HtmlElement]] = {
    "literature": _literature,
    "literature-short": lambda register: short(register, _literature_files()),
    "literature-readings": readings,
    **by_theme(_source),
    "law": law.index,
    "law-dates": law.coming_dates,
    "law-elements": lambda register: law.elements(register.series),
    "law-by-element": lambda register: law.by_element(register.series),
    "law-readings": lambda register: law.readings(register.series),
    "links": lambda register: link_texts(register.series, register.site_url, register.name),
    "cards": cards,
    "card-script": fitting,
    "changes": changes.index,
    "feeds": changes.feeds,
    "data": data_listing,
    "whole-series": lambda register: whole_series(register.series, register.name, register.site_url),
    "no-address": lambda register: address_notice(register.site_url),
    "licence": lambda register: licence(*register.licence),
    "fixed": lambda register: fixed(register.series),
    "releases": lambda register: releases(register.series, register.name),
    "earlier-editions": lambda register: earlier_editions(register.series),
    "corrections": lambda register: corrections(register.series),
    "recommendations": _recommendations,
    "glossary": _glossary,
    "now": lambda register: action_sheets(register.series),
    "sectors": lambda register: sector_sheets(register.series),
    "roles": roles.roles,
    "questions": questions.index,
    "briefs": _briefs,
    "briefs-by-role": lambda register: briefs_by_role(register.series),
    "briefs-by-subject": lambda register: briefs_by_subject(register.series),
    "policy-template": lambda register: E.DIV(_files(("../policy-template.docx", "Word", "the policy template")), policy_template(register.clauses)),
    "chapters": _chapters,
    "course": lambda register: course(register.series, register.practices, register.alone),
    "objectives": lambda register: objectives(register.series, register.recommendations, register.practices),
    "workbook": lambda register: workbook(register.practices),
    "cases": _cases,
    "case-matrix": _case_matrix,
    # What goes in here is known only when the editions are made.
    "conformance": lambda register: element("div", "register register--conformance"),
}
