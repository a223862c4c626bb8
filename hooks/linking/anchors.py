"""Numbering a page's figures and tables, and collecting every place that can be referred to."""

from __future__ import annotations

import re
from collections import Counter

from hooks.core.locate import definition, heading
from hooks.core.tree import E, HtmlElement, element, text_of
from hooks.linking.model import Anchor, Draft
from hooks.linking.spoken import spoken
from hooks.series.model import Publication

_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_GENERATED_IDS = ("cite-", "fn:", "fnref:")
_RESERVED = ("references", "references-title", "law-cited", "law-cited-title", "marks", "marks-title")


def number_captions(draft: Draft, numbered: bool = True) -> None:
    """Number the page's figures and tables; put captions and header cells in their final form. Where they are not `numbered`, as on slides,
    a caption stays what its author wrote."""
    owner = draft.owner
    chapter = f"{owner.number}." if isinstance(owner, Publication) and owner.kind in ("chapter", "course-module") and owner.number else ""
    counts = {"figure": 0, "table": 0}
    for figure in draft.tree.iter("figure"):
        kind = (figure.get("class") or "").partition(" ")[0]
        caption = figure.find("figcaption")
        if kind not in counts or caption is None:
            continue
        counts[kind] += 1
        name = figure.attrib.pop("data-name", "")
        if name:
            figure.set("id", name)
        if not len(caption):
            caption.append(E.P(caption.text or ""))
            caption.text = None
        if not numbered:
            continue
        label = element("span", "caption-label", f"{kind.capitalize()} {chapter}{counts[kind]}.")
        first = caption[0]
        label.tail = f" {first.text or ''}".rstrip() if not len(first) else f" {first.text or ''}"
        first.text = None
        first.insert(0, label)
    for table in draft.tree.iter("table"):
        header_cells(table)


def header_cells(table: HtmlElement) -> None:
    """Give column headers their scope; where first cells begin in bold, make the first cell of every row its header.

    One row without a header among others that have one would be read as if it belonged to the row before (WCAG 2.2, 1.3.1).
    """
    for cell in table.iterfind("./thead/tr/th"):
        cell.set("scope", "col")
    firsts = [row[0] for row in table.iterfind("./tbody/tr") if len(row) and row[0].tag == "td"]
    if not any(_begins_bold(cell) for cell in firsts):
        return
    for cell in firsts:
        cell.tag = "th"
        cell.set("scope", "row")
        if len(cell) == 1 and _begins_bold(cell) and not (cell[0].tail or "").strip():
            strong = cell[0]
            cell.text, strong.tail = strong.text, None
            for child in list(strong):
                cell.append(child)
            cell.remove(strong)


def _begins_bold(cell: HtmlElement) -> bool:
    return len(cell) > 0 and cell[0].tag == "strong" and not (cell.text or "").strip()


def collect_anchors(draft: Draft) -> None:
    """Record every id of the page; one that stands twice, or can be none, is a problem."""
    repeated: Counter[str] = Counter()
    numbers = {item.id: item for item in draft.recommendations}
    clauses = {f"clause-{item.id}": item for item in draft.clauses}
    letters = {f"letter-{item.id}": item for item in draft.letters}
    practices = {item.id: item for item in draft.practices}
    for node in draft.tree.iter():
        id_ = node.get("id") if isinstance(node.tag, str) else None
        if not id_ or id_.startswith(_GENERATED_IDS):
            continue
        if id_ in draft.anchors:
            repeated[id_] += 1
            if id_ != "at-a-glance-title":
                message, remedy = f"The id “{id_}” stands twice on this page.", "Give one of them another id."
                draft.problems.append(draft.page.problem("id", _needle(node, id_), message, remedy, nth=repeated[id_]))
            continue
        if id_ in _RESERVED:
            remedy = "“References”, “Law cited” and “What the marks mean” are added by the build: take this one out, or give it another id."
            draft.problems.append(draft.page.problem("id", _needle(node, id_), f"The id “{id_}” is that of a generated section.", remedy))
        if id_.split() != [id_]:
            draft.problems.append(draft.page.problem("id", _needle(node, id_), f"The id “{id_}” holds a space.", "Use lower-case letters, digits and hyphens."))
        url = f"{draft.page.url}#{id_}"
        if node.tag in _HEADINGS:
            anchor = Anchor(id_, "heading", "Section", text_of(node), url)
        elif node.tag == "figure" and node.find("figcaption") is not None:
            label, title = _caption(node)
            anchor = Anchor(id_, node.get("class") or "figure", label, title, url)
        elif id_ in numbers:
            anchor = Anchor(id_, "recommendation", f"Recommendation {numbers[id_].number}", numbers[id_].text, url)
        elif id_ in practices:
            anchor = Anchor(id_, practices[id_].kind, practices[id_].label, practices[id_].title, url)
        elif "scenario" in (node.get("class") or "").split():
            label, _, title = (node.get("aria-label") or "").partition(": ")
            anchor = Anchor(id_, "scenario", label, title, url)
        elif id_ in letters:
            anchor = Anchor(id_, "letter", letters[id_].kind.capitalize(), letters[id_].title, url)
        elif id_ in clauses:
            anchor = Anchor(id_, "clause", clauses[id_].label, clauses[id_].title, url)
        else:
            anchor = Anchor(id_, "place", "", text_of(node)[:80], url)
        draft.anchors[id_] = anchor


def _needle(node: HtmlElement, id_: str) -> re.Pattern[str] | str | None:
    """How the author wrote the id; a heading without one has it from its words."""
    if id_ == "at-a-glance":
        return "/// glance"
    if id_ == "unsettled" and "open" in (node.getparent().get("class") or "").split():
        return "/// open"
    if node.tag in _HEADINGS and id_ in _RESERVED:
        return heading(text_of(node))
    named = (node.get("class") or "").partition(" ")[0]
    return definition(id_.removeprefix(f"{named}-") if named in ("clause", "letter") else id_)


def _caption(figure: HtmlElement) -> tuple[str, str]:
    """("Table 2", "Three ways to run a page")"""
    caption = figure.find("figcaption")
    label = caption.find(".//span[@class='caption-label']")
    if label is None:
        return "", spoken(caption)
    name = text_of(label).rstrip(".")
    return name, spoken(caption).removeprefix(text_of(label)).strip()


def headings(tree: HtmlElement) -> tuple[tuple[int, str, str], ...]:
    """The page's contents: (level, id, text) of each heading that has an id. The mark of a part is of level 1; its text is the name."""
    found = []
    for node in tree.iter("h2", "h3", "p"):
        if node.tag != "p" and node.get("id"):
            found.append((int(node.tag[1]), node.get("id"), spoken(node)))
        elif node.get("class") == "part-mark":
            found.append((1, node.get("id"), text_of(node.find("strong"))))
    return tuple(found)
