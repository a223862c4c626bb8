"""Finding a brief by role or by subject, and the model clauses as one policy."""

from __future__ import annotations

from collections.abc import Mapping

from hooks.pages.model import Clause
from hooks.pages.tree import HtmlElement, append, element, fragment
from hooks.series import vocabulary as words
from hooks.series.model import Publication, Series


def briefs_by_role(series: Series) -> HtmlElement:
    """Each role with the briefs that are for it."""
    return _finder(series, words.ROLES, lambda brief: brief.front.roles, "role")


def briefs_by_subject(series: Series) -> HtmlElement:
    """Each policy element and theme with the briefs on it."""
    return _finder(series, {**words.ELEMENTS, **words.THEMES}, lambda brief: (*brief.front.elements, *brief.front.themes), "on")


def _finder(series: Series, labels: Mapping[str, str], of, prefix: str) -> HtmlElement:
    root = element("dl", "register register--finder")
    for slug, label in labels.items():
        there = [brief for brief in series.briefs.values() if slug in of(brief)]
        if not there:
            continue
        root.append(element("dt", "", label, id_=f"{prefix}-{slug}"))
        links = element("dd")
        for index, brief in enumerate(there):
            append(links, "; " if index else "")
            append(links, element("a", "", _short(brief), href=f"brief:{brief.slug}"))
        root.append(links)
    return root


def _short(brief: Publication) -> str:
    return f"{brief.number}. {brief.front.title}"


def policy_template(clauses: tuple[Clause, ...]) -> HtmlElement:
    """Every model clause, in the order of the eight elements and then the themes, with why it is there and where it is explained."""
    root = element("div", "register register--template")
    for slug, label in {**words.ELEMENTS, **words.THEMES}.items():
        there = [clause for clause in clauses if clause.element == slug]
        if not there:
            continue
        root.append(element("h2", "", label, id_=slug))
        for number, clause in enumerate(there, 1):
            heading = element("h3", "", f"{number}. {clause.title}", id_=clause.id)
            text = fragment(clause.html)
            for node in text.iter():
                if isinstance(node.tag, str):
                    node.attrib.pop("id", None)
            text.set("class", "clause__text")
            note = element("p", "clause__note", f"Why: {clause.note.rstrip('.')}. {clause.label}, explained in ")
            note.append(element("a", "", href=f"brief:{clause.publication.slug}#clauses"))
            append(note, ".")
            root.append(element("section", "clause", heading, text, note, aria_labelledby=clause.id))
    return root
