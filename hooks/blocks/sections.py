"""The sections that every publication of a kind has, in their order; and how far the law binds that one of them states."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from hooks.blocks.blanks import mark_blanks
from hooks.core.locate import definition, heading, line_of
from hooks.core.tree import OWN_PAGE, HtmlElement, element, text_of, with_class
from hooks.linking.labels import status_label
from hooks.linking.model import Draft
from hooks.series import vocabulary as words
from hooks.series.kinds import Kind
from hooks.series.model import Publication, Series

_LISTS, _LAW, _LETTERS = ("first", "not", "keep"), ("law", "rules"), ("words",)
"""Sections that hold a list, that rest on the register, and that hold words to copy."""
_IN_FORCE = "force"
FORM = "form"
"""The class of a table whose empty cells are there to be written in."""


def complete_sections(draft: Draft, series: Series) -> None:
    """Check the sections of a publication whose kind has a fixed order of them; print how far each authority of its law binds.

    Of a draft, what is missing is a note. Runs before references are resolved.
    """
    owner = draft.owner
    if not isinstance(owner, Publication) or not owner.of_kind.sections or owner.retired:
        return
    parts = _sections(draft.tree)
    for id_, message, remedy in _wrong(owner.of_kind, parts):
        draft.problems.append(draft.page.problem("draft" if owner.draft else "sections", _needle(draft, id_), message, remedy))
    for id_ in _LAW:
        for node in parts.get(id_, ()):
            _say_force(node, series)
    _papers(draft.tree, owner.of_kind, parts)


def _papers(tree: HtmlElement, kind: Kind, parts: dict[str, list[HtmlElement]]) -> None:
    """What is taken out alone begins a page in print, and its blanks are marked. Tables with nothing in them but heads are there to be written in,
    wherever they stand: a paper may be made of one."""
    alone = {section.id for section in kind.sections if section.alone}
    if alone:
        for figure in tree.iter("figure"):
            cells = list(figure.iter("td"))
            if cells and not any(text_of(cell) for cell in cells):
                figure.set("class", " ".join([*(figure.get("class") or "").split(), FORM]))
    for head in tree.iter("h2"):
        if head.get("id") in alone:
            head.set("class", OWN_PAGE)
    for id_ in alone:
        for node in parts.get(id_, ()):
            kinds = (node.get("class") or "").split()
            if "letter" not in kinds:
                mark_blanks(node)
            if node.tag == "figure" and FORM not in kinds:
                node.set("class", " ".join([*kinds, FORM]))


def _needle(draft: Draft, id_: str) -> re.Pattern[str] | None:
    """How the author wrote the heading with that id; one that has it from its words is found by them."""
    node = next((node for node in draft.tree.iter("h2") if node.get("id") == id_), None) if id_ else None
    if node is None:
        return None
    return definition(id_) if line_of(draft.page.text, definition(id_)) else heading(text_of(node))


def _sections(tree: HtmlElement) -> dict[str, list[HtmlElement]]:
    """What stands under each heading of the second level, by its id; of one that stands twice the first."""
    found: dict[str, list[HtmlElement]] = {}
    here: list[HtmlElement] = []
    for node in tree:
        if node.tag == "h2":
            here = []
            found.setdefault(node.get("id") or text_of(node), here)
        else:
            here.append(node)
    return found


def _wrong(kind: Kind, parts: dict[str, list[HtmlElement]]) -> Iterator[tuple[str, str, str]]:
    """What is wrong with the sections: (id of the section where it is there, message, remedy)."""
    ids = [section.id for section in kind.sections]
    there = [id_ for id_ in parts if id_ in ids]
    for section in kind.sections:
        after = ids[ids.index(section.id) + 1 :]
        before = next((f" before “{{#{id_}}}”" for id_ in after if id_ in parts), " at the end")
        if section.id not in parts and section.optional:
            continue
        if section.id not in parts:
            yield "", f"This {kind.what} has no section “#{section.id}”.", f"Add “## … {{#{section.id}}}”{before}: it says {section.says}."
            continue
        content = parts[section.id]
        # A reference without words gets them from what it leads to, which is not known yet.
        if not any(text_of(node) or node.find(".//a") is not None for node in content):
            yield section.id, f"The section “#{section.id}” is empty.", f"It says {section.says}."
        elif (lack := _lack(section.id, kind, content)) is not None:
            yield section.id, *lack
    for earlier, later in pairwise(there):
        if ids.index(later) < ids.index(earlier):
            yield later, f"The section “#{later}” stands after “#{earlier}”.", f"The sections stand in this order: {', '.join(ids)}."
            break
    for id_ in parts:
        if id_ not in ids:
            yield id_, f"“{id_}” is no section of {kind.one}.", f"Make it a heading of the third level, “###”, below one of: {', '.join(ids)}."


def _lack(id_: str, kind: Kind, content: Sequence[HtmlElement]) -> tuple[str, str] | None:
    """What a section that is there lacks."""
    if kind.name == "now-sheet" and id_ in _LISTS and not any(True for node in content for _ in node.iter("ul", "ol")):
        return f"The section “#{id_}” has no list.", "Who reads it is in a hurry: one thing to do or leave a line."
    if id_ in _LETTERS and not any(True for node in content for _ in with_class(node, "letter")):
        return f"The section “#{id_}” has nothing to copy.", "Add a “/// letter | id” or “/// notice | id”."
    if id_ in _LAW and not any(link.get("href", "").startswith("law:") for node in content for link in node.iter("a")):
        if any(True for node in content for _ in with_class(node, "callout--law")):
            return None
        return f"The section “#{id_}” names no authority.", "Refer to the register, [](law:id), which shows how far it binds."
    return None


def _say_force(node: HtmlElement, series: Series) -> None:
    """After each reference to an authority: “(controlling in New York; read whole)”. A callout of the law says so itself."""
    for link in list(node.iter("a")):
        scheme, _, name = link.get("href", "").partition(":")
        authority = series.authority.get(name.partition("#")[0]) if scheme == "law" else None
        if authority is None or any("callout" in (up.get("class") or "").split() for up in link.iterancestors()):
            continue
        force = element("span", _IN_FORCE, f"({status_label(authority)}; {words.AUTHORITY_READINGS[authority.read].lower()})")
        force.tail, link.tail = link.tail, " "
        link.addnext(force)
