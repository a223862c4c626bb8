"""Filling a page's callouts from the records of the series, and numbering what is numbered.

What it writes may hold citation marks and references, which are resolved with the author's own.
"""

from __future__ import annotations

import json
import re
import string
from collections import Counter
from datetime import date
from typing import Any

from hooks.blocks.anatomy import complete_anatomy
from hooks.blocks.blanks import mark_blanks
from hooks.blocks.callouts import CALLOUTS
from hooks.blocks.letters import LETTER, complete_letter
from hooks.blocks.sections import complete_sections
from hooks.blocks.short_forms import take_short_form
from hooks.core.problems import suggestion
from hooks.core.tree import HtmlElement, append, element, inner_html, long_date, text_of, with_class
from hooks.core.typography import typographic
from hooks.linking.caveats import complete_caveats
from hooks.linking.labels import evidence_mark, is_evidence, standing
from hooks.linking.model import Clause, Draft, Recommendation
from hooks.linking.strength import law_as_of, strength_mark
from hooks.series import vocabulary as words
from hooks.series import withheld
from hooks.series.model import Case, Publication, Series

_PRINTED = ("who", "when", "title", "note")
_MARKUP = re.compile(r"!?\[[^\]\n]*\]\([^)\s]+\)|\[@[\w:-]+[^\]]*\]")


def expand(draft: Draft, series: Series, today: date) -> None:
    """Complete every callout of `draft` in place."""
    if draft.page.path in series.unread:
        return  # Whose recommendations and clauses these are is not known.
    _refuse_links(draft)
    complete_anatomy(draft)
    complete_sections(draft, series)
    for kind in CALLOUTS:
        for node in list(with_class(draft.tree, kind.css_class)):
            kind.complete(draft, node, node.attrib.pop("data-name", ""), series, today)
    # What callouts are filled with may hold marks; in a clause they would be blanks.
    complete_caveats(draft)
    for node in list(with_class(draft.tree, "recommendation")):
        _recommendation(draft, node, series)
    for index, node in enumerate(list(with_class(draft.tree, "clause"))):
        _clause(draft, node, index, series)
    seen: Counter[str] = Counter()
    for node in list(with_class(draft.tree, LETTER)):
        complete_letter(draft, node, node.attrib.pop("data-name", ""), json.loads(node.attrib.pop("data-options", "{}")), seen)


def _refuse_links(draft: Draft) -> None:
    """An option that is printed is plain text: a link, an image or a citation in it would stand there as it was written."""
    for node in draft.tree.xpath(".//*[@data-options]"):
        options = json.loads(node.get("data-options"))
        for key in _PRINTED:
            written = options.get(key)
            for found in _MARKUP.findall(written) if isinstance(written, str) else []:
                message = f"In “{key}:” stands “{found}”, and there it would be printed as it is written."
                draft.problems.append(draft.page.problem("markdown", found, message, "Say it in words, or refer to it in the text of the block."))


def _options(node: HtmlElement) -> dict[str, Any]:
    options = json.loads(node.attrib.pop("data-options", "{}"))
    return {key: typographic(value) if isinstance(value, str) and key in _PRINTED else value for key, value in options.items()}


def recommendation_number(publication: Publication, id_: str) -> str:
    """`ib-08-r1` → `8.1`; the white paper's carry a P, so that no two parts share a number: `wp-03-r1` → `P3.1`."""
    own = f"{'' if publication.kind == 'issue-brief' else 'P'}{publication.number}{'.' if publication.number else ''}"
    return own + id_.rsplit("-r", 1)[-1]


def letters(index: int) -> str:
    """The letters of a place counted from 0, as spreadsheets name columns: A, …, Z, AA, AB, …"""
    before, own = divmod(index, 26)
    return f"{letters(before - 1) if before else ''}{string.ascii_uppercase[own]}"


def _recommendation(draft: Draft, node: HtmlElement, series: Series) -> None:
    id_, options, owner = node.attrib.pop("data-name", ""), _options(node), draft.owner
    needle = f"/// recommendation | {id_}".strip(" |")

    def refuse(message: str, remedy: str = "", at: str = needle, rule: str = "recommendation") -> None:
        draft.problems.append(draft.page.problem(rule, at, message, remedy))

    if not isinstance(owner, Publication) or not owner.of_kind.advises:
        refuse("A recommendation stands only in a brief or chapter.", "Move it there.")
        return
    if not id_.startswith(f"{owner.id}-r") or not re.fullmatch("[0-9]{1,4}", id_.rsplit("-r", 1)[-1]):
        message = f"“{id_}” is not the id of a recommendation of this publication." if id_ else "A recommendation has no id."
        refuse(message, f"Use the publication's id, -r and a number: {owner.id}-r1.")
        draft.unread.add(f"rec:{owner.id}-r*")
        return
    evidence = options.get("evidence") or []
    evidence = evidence if isinstance(evidence, list) else [evidence]
    if not evidence:
        rule = "draft" if owner.draft else "recommendation"
        refuse(f"The recommendation {id_} shows no evidence.", 'Add “evidence:” with at least one of "@key, p. 4", law:id or case:id.', rule=rule)
    for item in evidence:
        if not is_evidence(item):
            message = f"The recommendation {id_} has evidence that is no citation, law or case: “{item}”."
            refuse(message, 'Write "@key, p. 4", law:id or case:id.', item if isinstance(item, str) else needle)
    for key in ("who", "when"):
        if not options.get(key) or isinstance(options[key], (list, dict)):
            message = f"The recommendation {id_} does not say {'who acts' if key == 'who' else 'by when'}."
            refuse(message, f"Add “{key}: …” under its first line, as text, indented by four spaces.")
    strength = options.get("strength") or ""
    if strength and strength not in words.STRENGTHS:
        known = f"Use one of: {', '.join(words.STRENGTHS)}."
        refuse(f"The recommendation {id_} has no such strength: “{strength}”.", suggestion(str(strength), words.STRENGTHS, known))
        strength = ""
        draft.unread.add(f"strength:{id_}")
    body = node[0]
    if not len(body):
        draft.unread.add(f"rec:{id_}")
        refuse(f"The recommendation {id_} has no text.", "Write what is recommended, in one imperative sentence.")
        return
    text = text_of(body[0])
    evidence = tuple(str(item) for item in evidence if is_evidence(item))
    number = recommendation_number(owner, id_)
    body[0].set("class", "recommendation__text")
    if strength:
        body.insert(0, element("p", "recommendation__strength", element("span", "vh web-only", "Strength: "), strength_mark(str(strength))))
    who, when = str(options.get("who", "")), str(options.get("when", ""))
    meta = element("p", "recommendation__meta", f"{who}, {when} · Evidence: {'' if evidence else 'none yet'}", data_relation="supports")
    for index, item in enumerate(evidence):
        meta.append(evidence_mark(item))
        meta[-1].tail = "; " if index < len(evidence) - 1 else None
    proofs = tuple(e for e in evidence if e != withheld.EVIDENCE)
    as_of = law_as_of(proofs, series)
    append(meta, f" · Law as of {long_date(as_of)}" if as_of is not None else "")
    body.append(meta)
    node.set("id", id_)
    node.set("aria-label", f"Recommendation {number}")
    node.insert(0, element("p", "recommendation__number", number))
    draft.recommendations.append(Recommendation(id_, number, text, who, when, proofs, owner, f"{draft.page.url}#{id_}", str(strength), as_of))


def _clause(draft: Draft, node: HtmlElement, index: int, series: Series) -> None:
    id_, options, owner = node.attrib.pop("data-name", ""), _options(node), draft.owner
    needle = f"/// clause | {id_}".strip(" |")
    missing = [key for key in ("title", "element", "note") if not options.get(key)]
    if isinstance(owner, Publication) and not owner.of_kind.advises:
        message = f"A clause stands only in a brief or chapter, and this is {owner.of_kind.one}."
        draft.problems.append(draft.page.problem("clause", needle, message, "Refer to the clause, brief:slug#clause-id, or write it as a letter."))
        return
    if not id_ or missing or not isinstance(owner, Publication):
        name = f"The clause “{id_}”" if id_ else "A clause block"
        what = "an id" if not id_ else f"“{missing[0]}:”" if missing else "a brief or chapter to stand in"
        remedy = "A clause has an id, title:, element: and note:, the last three indented by four spaces."
        draft.problems.append(draft.page.problem("clause", needle, f"{name} lacks {what}.", remedy))
        return
    if options["element"] not in words.TOPICS:
        message = f"“{options['element']}” is not an element or theme."
        draft.problems.append(draft.page.problem("clause", f"element: {options['element']}", message, suggestion(str(options["element"]), words.TOPICS)))
    if next(with_class(node, "footnote-ref"), None) is not None:
        message = f"The clause “{id_}” holds a note, which nobody can look up in a copy."
        draft.problems.append(draft.page.problem("clause", needle, message, "Say it in the clause's note:, or in the text below it."))
    number = f"{owner.number}-{letters(index)}".lstrip("-")
    # The white paper's carry a P, as its recommendations do, so that no two parts share a number.
    label = f"Clause {'P' if owner.kind == 'chapter' else ''}{number}"
    mark_blanks(node[0])
    short = take_short_form(draft, node, series, id_, str(options["title"]), options.get("short"))
    node.set("id", f"clause-{id_}")
    node.set("aria-label", f"Model {label[0].lower()}{label[1:]}: {options['title']}")
    node.insert(0, element("p", "clause__label", f"{label} · {options['title']}"))
    node.append(element("p", "clause__note", f"Why: {options['note']}"))
    ground = _ground(draft, options.get("ground") or [], needle)
    if ground:
        node.append(_ground_line(ground, series))
    html, url = inner_html(node[1]), f"{draft.page.url}#clause-{id_}"
    draft.clauses.append(Clause(id_, label, str(options["title"]), str(options["element"]), str(options["note"]), html, owner, url, ground, short))


def _ground(draft: Draft, written: object, needle: str) -> tuple[str, ...]:
    """The authorities of a clause's `ground:`; what is none is reported."""
    items = written if isinstance(written, list) else [written]
    for item in items:
        if not isinstance(item, str) or not item.startswith("law:"):
            draft.problems.append(draft.page.problem("clause", needle, f"“{item}” is no legal ground of a clause.", "Write law:id, or a list of them."))
    return tuple(item for item in items if isinstance(item, str) and item.startswith("law:"))


def _ground_line(ground: tuple[str, ...], series: Series) -> HtmlElement:
    """“Legal ground: Labor Law § 201-d (controlling in New York; read whole; as of …)”, to be resolved."""
    line = element("p", "clause__note", "Legal ground: ")
    for index, item in enumerate(ground):
        authority = series.authority.get(item.removeprefix("law:"))
        append(line, "; " if index else "")
        append(line, element("a", "", href=item))
        append(line, f" ({standing(authority, ', ')})" if authority is not None else "")
    append(line, ".")
    return line


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
