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
from hooks.pages.course_listings import course, objectives, one_day, weeks
from hooks.pages.expand import evidence_mark
from hooks.pages.law_listings import by_element, coming_dates
from hooks.pages.law_register import law_register
from hooks.pages.link_listings import corrections, feeds, link_texts
from hooks.pages.literature_listings import by_theme, keys_of, short
from hooks.pages.model import Clause, Practice, Recommendation
from hooks.pages.practice import links_to
from hooks.pages.tree import E, HtmlElement, append, element, fragment, long_date
from hooks.pages.workbook import workbook
from hooks.series import vocabulary as words
from hooks.series.course import practised_in
from hooks.series.model import Series


@dataclass(frozen=True)
class Register:
    """All that a listing may draw on.

    `used_in`: the key of a thing, and what passing references are called → what refers to it, as pairs of the words
    before a list and the list of links.
    """

    series: Series
    sources: Mapping[str, Source]
    formatted: Formatted
    recommendations: tuple[Recommendation, ...]
    used_in: Callable[[str, str], list[tuple[str, HtmlElement]]] = lambda key, mentions: []
    today: date = date.max
    site_url: str = "/"
    name: str = ""
    clauses: tuple[Clause, ...] = ()
    practices: tuple[Practice, ...] = ()


def listing(name: str, register: Register) -> HtmlElement | None:
    """The listing called `name`, or None if there is none."""
    make = LISTINGS.get(name)
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
    root = element("div", "register register--recommendations", _downloads("recommendations.csv", "CSV"))
    practised = practised_in(register.series.modules.values())
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
            text = E.TD(item.text)
            if item.id in practised:
                text = E.TD(E.P(item.text), element("p", "register__meta", "Practiced in ", *links_to(practised[item.id])))
            body.append(E.TR(number, text, E.TD(f"{item.who}, {item.when}"), evidence))
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
        for label, links in register.used_in(f"term:{term.id}", "Used in"):
            root.append(element("dd", "glossary__used", f"{label} ", links))
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
    "literature-short": lambda register: short(register, _literature_files()),
    **by_theme(_source),
    "law": law_register,
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
    "course": lambda register: course(register.series, register.practices),
    "course-day": lambda register: one_day(register.series, register.practices),
    "course-weeks": lambda register: weeks(register.series),
    "objectives": lambda register: objectives(register.series, register.recommendations, register.practices),
    "workbook": lambda register: workbook(register.practices),
    "cases": _cases,
    "case-matrix": _case_matrix,
    # What goes in here is known only when the editions are made.
    "conformance": lambda register: element("div", "register register--conformance"),
}
