"""The registers that are made from the whole series: literature, law, recommendations, glossary, briefs, cases.

Each is a tree that may hold references and citation marks; `resolve` finishes them like any page's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from hooks.citing.bibliography import THEMES, Source
from hooks.citing.citeproc import Formatted
from hooks.pages.brief_listings import briefs_by_role, briefs_by_subject, policy_template
from hooks.pages.case_library import library, matrix
from hooks.pages.expand import evidence_mark, overdue_note, status_label
from hooks.pages.law_listings import by_element, coming_dates
from hooks.pages.link_listings import corrections, feeds, link_texts
from hooks.pages.model import Clause, Recommendation
from hooks.pages.tree import E, HtmlElement, append, element, fragment, long_date
from hooks.series import vocabulary as words
from hooks.series.model import Series
from hooks.series.records import Authority


@dataclass(frozen=True)
class Register:
    """All that a listing may draw on. `used_in`: the key of a thing → links to what refers to it."""

    series: Series
    sources: Mapping[str, Source]
    formatted: Formatted
    recommendations: tuple[Recommendation, ...]
    used_in: Callable[[str], tuple[HtmlElement, ...]] = lambda key: ()
    today: date = date.max
    site_url: str = "/"
    name: str = ""
    clauses: tuple[Clause, ...] = ()


def listing(name: str, register: Register) -> HtmlElement | None:
    """The listing called `name`, or None if there is none."""
    make = LISTINGS.get(name)
    return make(register) if make else None


def _used_in(label: str, links: Iterable[HtmlElement]) -> list[HtmlElement]:
    """One paragraph of links; none where nothing refers to the thing."""
    links = list(links)
    if not links:
        return []
    paragraph = element("p", "used-in", element("strong", "", f"{label}: "))
    for index, link in enumerate(links):
        append(paragraph, "; " if index else "")
        append(paragraph, link)
    return [paragraph]


def _downloads(*names: str) -> HtmlElement:
    """“Download: BibTeX, CSL-JSON”, from pairs of a file at the site's root and its format."""
    paragraph = element("p", "register__downloads", "Download: ")
    for index, (path, label) in enumerate(zip(names[::2], names[1::2], strict=True)):
        append(paragraph, ", " if index else "")
        # Every page with a register stands one folder below the root.
        append(paragraph, element("a", "", label, href=f"../{path}"))
    return paragraph


def _literature(register: Register) -> HtmlElement:
    root = element("div", "register register--literature", _downloads("literature.bib", "BibTeX", "literature.json", "CSL-JSON"))
    for theme, label in THEMES.items():
        keys = [key for key in register.formatted.references if register.sources[key].theme == theme]
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
    item.extend(_used_in("Cited in", register.used_in(f"source:{key}")))
    return item


def _law(register: Register) -> HtmlElement:
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
        ("Used in", [_joined(register.used_in(f"law:{authority.id}"))]),
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


def _joined(links: Iterable[HtmlElement]) -> HtmlElement | None:
    links = list(links)
    if not links:
        return None
    span = element("span")
    for index, link in enumerate(links):
        append(span, "; " if index else "")
        append(span, link)
    return span


def _recommendations(register: Register) -> HtmlElement:
    root = element("div", "register register--recommendations", _downloads("recommendations.csv", "CSV"))
    for publication, items in groupby(register.recommendations, key=lambda item: item.publication):
        root.append(element("h2", "", element("a", "", href=f"{_scheme(publication)}:{publication.slug}"), id_=f"recommendations-{publication.id}"))
        table = E.TABLE(E.THEAD(E.TR(*(element("th", "", name, scope="col") for name in ("No.", "Recommendation", "Who and when", "Evidence")))))
        body = E.TBODY()
        for item in items:
            evidence = element("td")
            for index, proof in enumerate(item.evidence):
                append(evidence, "; " if index else "")
                append(evidence, evidence_mark(proof))
            number = element("th", "", element("a", "", item.number, href=f"rec:{item.id}"), scope="row")
            body.append(E.TR(number, E.TD(item.text), E.TD(f"{item.who}, {item.when}"), evidence))
        table.append(body)
        root.append(table)
    return root


def _scheme(publication) -> str:
    return "brief" if publication.kind == "issue-brief" else "paper"


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
        used = _joined(register.used_in(f"term:{term.id}"))
        if used is not None:
            root.append(element("dd", "glossary__used", "Used in ", used))
    return root


def _briefs(register: Register) -> HtmlElement:
    root = element("ul", "register register--briefs")
    for brief in register.series.briefs.values():
        front = brief.front
        link = element("a", "register__title", brief.full_title, href=f"brief:{brief.slug}")
        meta = ", ".join({**words.ELEMENTS, **words.THEMES}[slug] for slug in (*front.elements, *front.themes))
        item = element("li", "", element("p", "register__number", brief.number), element("p", "", link))
        if front.question:
            item.append(element("p", "register__question", front.question))
        item.append(element("p", "", front.summary))
        item.append(element("p", "register__meta", f"{meta}. Edition {front.edition}, {long_date(front.revised)}."))
        item.append(_files((f"../{brief.url}{brief.slug}.pdf", "PDF", brief.front.title), (f"../{brief.url}{brief.slug}.docx", "Word", brief.front.title)))
        root.append(item)
    whole = _files(("../series.pdf", "The whole series", ""), ("../tools/policy-template.docx", "Policy template (Word)", ""))
    return element("div", "", whole, root)


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
        if chapter.kind == "chapter":
            link = element("a", "register__title", chapter.full_title, href=f"paper:{chapter.slug}")
            root.append(element("li", "", element("p", "register__number", chapter.number), element("p", "", link), element("p", "", chapter.front.summary)))
    return root


def _cases(register: Register) -> HtmlElement:
    return library(register.series.cases)


def _case_matrix(register: Register) -> HtmlElement:
    return matrix(register.series.cases)


LISTINGS: Mapping[str, Callable[[Register], HtmlElement]] = {
    "literature": _literature,
    "law": _law,
    "law-dates": lambda register: coming_dates(register.series, register.today),
    "law-by-element": lambda register: by_element(register.series),
    "links": lambda register: link_texts(register.series, register.site_url, register.name),
    "feeds": lambda register: feeds(),
    "corrections": lambda register: corrections(register.series),
    "recommendations": _recommendations,
    "glossary": _glossary,
    "briefs": _briefs,
    "briefs-by-role": lambda register: briefs_by_role(register.series),
    "briefs-by-subject": lambda register: briefs_by_subject(register.series),
    "policy-template": lambda register: E.DIV(_files(("../policy-template.docx", "Word", "the policy template")), policy_template(register.clauses)),
    "chapters": _chapters,
    "cases": _cases,
    "case-matrix": _case_matrix,
    # What goes in here is known only when the editions are made.
    "conformance": lambda register: element("div", "register register--conformance"),
}
