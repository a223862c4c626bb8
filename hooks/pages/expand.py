"""Filling a page's callouts from the records of the series, and numbering what is numbered.

What it writes may hold citation marks and references, which are resolved with the author's own.
"""

from __future__ import annotations

import json
import string
from collections.abc import Mapping
from datetime import date

from hooks.citing.groups import parse_group
from hooks.interviews import withheld
from hooks.pages.blanks import mark_blanks
from hooks.pages.model import Clause, Draft, Recommendation
from hooks.pages.tree import E, HtmlElement, element, inner_html, long_date, text_of, with_class
from hooks.problems import suggestion
from hooks.series import vocabulary as words
from hooks.series.model import Case, Publication, Series
from hooks.series.records import Authority
from hooks.series.typography import typographic

EVIDENCE_SCHEMES = ("law:", "case:")
_PRINTED = ("who", "when", "title", "note")


def expand(draft: Draft, series: Series, today: date) -> None:
    """Complete every callout of `draft` in place."""
    if draft.page.path in series.unread:
        return  # Whose recommendations and clauses these are is not known.
    for node in list(with_class(draft.tree, "callout--case")):
        _case(draft, node, series)
    for node in list(with_class(draft.tree, "callout--law")):
        _law(draft, node, series, today)
    for node in list(with_class(draft.tree, "recommendation")):
        _recommendation(draft, node)
    for index, node in enumerate(list(with_class(draft.tree, "clause"))):
        _clause(draft, node, index)


def evidence_mark(item: str) -> HtmlElement:
    """The mark that stands for one piece of evidence or one source, before it is resolved."""
    if item == withheld.EVIDENCE:
        return element("span", "", withheld.NOTE)
    if item.startswith(EVIDENCE_SCHEMES):
        return element("a", href=item)
    inside = item.strip("[]")
    return element("span", "cite-mark", f"[{inside}]", data_cite=inside, data_bare="1")


def is_evidence(item: object) -> bool:
    """Whether `item` is written as a citation, `law:` or `case:`."""
    return isinstance(item, str) and (item == withheld.EVIDENCE or item.startswith(EVIDENCE_SCHEMES) or parse_group(item.strip("[]")) is not None)


def source_line(case: Case) -> str:
    """The kind of source and, for an interview, with whom: "Published interview with Bill Greeves, …"."""
    label = source_label(case)
    interview = case.front.source_kind in ("published-interview", "interview")
    return f"{label} with {case.front.speaker}" if interview and case.front.speaker else label


def source_label(case: Case) -> str:
    """The kind of source, with what the account rests on: "Published interview"."""
    return words.SOURCE_KINDS[case.front.source_kind]


def _unknown(draft: Draft, what: str, block: str, name: str, series: Series, known: Mapping[str, object]) -> None:
    if series.is_unread(block, name):
        return
    needle = f"/// {block} | {name}".strip(" |")
    if name:
        draft.report("reference", needle, f"There is no {what} “{name}”.", suggestion(name, known, f"Known are: {', '.join(list(known)[:12])}."))
    else:
        draft.report("reference", needle, f"A {block} block does not say which {what} it shows.", f"Write “/// {block} | id”.")


def _body(node: HtmlElement, default: str) -> list[HtmlElement]:
    """What the author wrote in the block, or else the record's own words."""
    return list(node) or [E.P(default)]


def _refill(node: HtmlElement, *parts: HtmlElement) -> None:
    for child in list(node):
        node.remove(child)
    node.text = None
    node.extend(parts)


def _case(draft: Draft, node: HtmlElement, series: Series) -> None:
    name = node.attrib.pop("data-name", "")
    case = series.case.get(name)
    if name in series.withheld:
        node.set("class", "callout")
        _refill(node, E.P(f"{withheld.NOTE.capitalize()} stood here."))
        return
    if case is None:
        _unknown(draft, "case study", "case", name, series, series.case)
        return
    front = case.front
    label = f"Case study · {words.LEVELS[front.level].lower()} · {source_label(case).lower()}"
    node.set("aria-label", f"Case study: {front.title}")
    meta = element("p", "callout__meta", f"{front.agency}, {front.jurisdiction}, {front.year} · ", element("a", "", "Read the case", href=f"case:{name}"))
    _refill(node, element("p", "callout__label", label), element("p", "callout__title", front.title), *_body(node, front.summary), meta)


def status_label(authority: Authority) -> str:
    """How far an authority binds: "controlling in New York"."""
    return words.AUTHORITY_STATUSES[authority.status][0].lower() + words.AUTHORITY_STATUSES[authority.status][1:]


def overdue_note(authority: Authority, today: date) -> HtmlElement | None:
    """The warning that a statement of law is past its review date, if it is."""
    if today <= authority.review_by:
        return None
    note = f"This statement was due for review on {long_date(authority.review_by)} and has not been confirmed since {long_date(authority.as_of)}."
    return element("p", "callout__overdue", note)


def _law(draft: Draft, node: HtmlElement, series: Series, today: date) -> None:
    name = node.attrib.pop("data-name", "")
    authority = series.authority.get(name)
    if authority is None:
        _unknown(draft, "authority", "law", name, series, series.authority)
        return
    node.set("aria-label", f"Law: {authority.name}")
    label = f"Law · {status_label(authority)} · as of {long_date(authority.as_of)}"
    overdue = overdue_note(authority, today)
    meta = element("p", "callout__meta", element("a", "", authority.short, href=f"law:{name}"))
    reference = "" if authority.citation in authority.short else f", {authority.citation}"
    meta[0].tail = f"{reference} · next review {long_date(authority.review_by)}"
    parts = [element("p", "callout__label", label), element("p", "callout__title", authority.name), *_body(node, authority.rule)]
    _refill(node, *parts, *([overdue] if overdue is not None else []), meta)


def _options(node: HtmlElement) -> dict:
    options = json.loads(node.attrib.pop("data-options", "{}"))
    return {key: typographic(value) if isinstance(value, str) and key in _PRINTED else value for key, value in options.items()}


def recommendation_number(publication: Publication, id_: str) -> str:
    """`ib-08-r1` → `8.1`; the white paper's carry a P, so that no two parts share a number: `wp-03-r1` → `P3.1`."""
    own = f"{'' if publication.kind == 'issue-brief' else 'P'}{publication.number}{'.' if publication.number else ''}"
    return own + id_.rsplit("-r", 1)[-1]


def _recommendation(draft: Draft, node: HtmlElement) -> None:
    id_, options, owner = node.attrib.pop("data-name", ""), _options(node), draft.owner
    needle = f"/// recommendation | {id_}".strip(" |")

    def refuse(message: str, remedy: str = "", at: str = needle) -> None:
        draft.problems.append(draft.page.problem("recommendation", at, message, remedy))

    if not isinstance(owner, Publication):
        refuse("A recommendation stands only in a brief or chapter.", "Move it there.")
        return
    if not id_.startswith(f"{owner.id}-r") or not id_.rsplit("-r", 1)[-1].isdigit():
        message = f"“{id_}” is not the id of a recommendation of this publication." if id_ else "A recommendation has no id."
        refuse(message, f"Use the publication's id, -r and a number: {owner.id}-r1.")
        return
    evidence = options.get("evidence") or []
    evidence = evidence if isinstance(evidence, list) else [evidence]
    if not evidence:
        refuse(f"The recommendation {id_} shows no evidence.", 'Add “evidence:” with at least one of "@key, p. 4", law:id or case:id.')
    for item in evidence:
        if not is_evidence(item):
            message = f"The recommendation {id_} has evidence that is no citation, law or case: “{item}”."
            refuse(message, 'Write "@key, p. 4", law:id or case:id.', item if isinstance(item, str) else needle)
    for key in ("who", "when"):
        if not options.get(key) or isinstance(options[key], (list, dict)):
            message = f"The recommendation {id_} does not say {'who acts' if key == 'who' else 'by when'}."
            refuse(message, f"Add “{key}: …” under its first line, as text, indented by four spaces.")
    body = node[0]
    if not len(body):
        draft.unread.add(f"rec:{id_}")
        refuse(f"The recommendation {id_} has no text.", "Write what is recommended, in one imperative sentence.")
        return
    evidence = tuple(str(item) for item in evidence if is_evidence(item))
    number = recommendation_number(owner, id_)
    body[0].set("class", "recommendation__text")
    who, when = str(options.get("who", "")), str(options.get("when", ""))
    meta = element("p", "recommendation__meta", f"{who}, {when} · Evidence: ", data_relation="supports")
    for index, item in enumerate(evidence):
        meta.append(evidence_mark(item))
        meta[-1].tail = "; " if index < len(evidence) - 1 else None
    body.append(meta)
    node.set("id", id_)
    node.set("aria-label", f"Recommendation {number}")
    node.insert(0, element("p", "recommendation__number", number))
    draft.recommendations.append(
        Recommendation(id_, number, text_of(body[0]), who, when, tuple(e for e in evidence if e != withheld.EVIDENCE), owner, f"{draft.page.url}#{id_}")
    )


def _clause(draft: Draft, node: HtmlElement, index: int) -> None:
    id_, options, owner = node.attrib.pop("data-name", ""), _options(node), draft.owner
    needle = f"/// clause | {id_}".strip(" |")
    missing = [key for key in ("title", "element", "note") if not options.get(key)]
    if not id_ or missing or not isinstance(owner, Publication):
        name = f"The clause “{id_}”" if id_ else "A clause block"
        what = "an id" if not id_ else f"“{missing[0]}:”" if missing else "a brief or chapter to stand in"
        remedy = "A clause has an id, title:, element: and note:, the last three indented by four spaces."
        draft.problems.append(draft.page.problem("clause", needle, f"{name} lacks {what}.", remedy))
        return
    known = {**words.ELEMENTS, **words.THEMES}
    if options["element"] not in known:
        message = f"“{options['element']}” is not an element or theme."
        draft.problems.append(draft.page.problem("clause", f"element: {options['element']}", message, suggestion(str(options["element"]), known)))
    number = f"{owner.number}-{string.ascii_uppercase[index % 26]}".lstrip("-")
    label = f"Clause {number}"
    mark_blanks(node[0])
    node.set("id", f"clause-{id_}")
    node.set("aria-label", f"Model clause {number}: {options['title']}")
    node.insert(0, element("p", "clause__label", f"{label} · {options['title']}"))
    node.append(element("p", "clause__note", f"Why: {options['note']}"))
    draft.clauses.append(
        Clause(id_, label, str(options["title"]), str(options["element"]), str(options["note"]), inner_html(node[1]), owner, f"{draft.page.url}#clause-{id_}")
    )


def case_sources(draft: Draft) -> list[HtmlElement]:
    """The marks of the sources that a case study's record names."""
    if not isinstance(draft.owner, Case):
        return []
    sources = draft.owner.front.sources
    for item in sources:
        if not is_evidence(item):
            message = f"“{item}” is not a source."
            draft.report("case-source", item, message, 'Write "@key, p. 4" or law:id.')
    return [evidence_mark(item) for item in sources if is_evidence(item)]


