"""Corrections at the passage they are about: a dated mark, on the web and in the PDF."""

from __future__ import annotations

from collections.abc import Callable

from hooks.core.tree import HtmlElement, append, element, long_date
from hooks.linking.model import Draft
from hooks.series.model import Publication

_LINES = ("p", "li", "dd", "td", "th", "figcaption")
_COPIED = {"clause", "letter"}
_LABELS = {"recommendation__number", "recommendation__strength"}
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")


def mark_errata(draft: Draft) -> None:
    """Add each erratum of the front matter to the passage that it names; one that names none is a problem."""
    if not isinstance(draft.owner, Publication):
        return
    places = {node.get("id"): node for node in draft.tree.iter() if isinstance(node.tag, str) and node.get("id")}
    # The oldest first: later ones at the same passage follow it.
    for erratum in sorted(draft.owner.front.errata, key=lambda item: (item.date, item.id)):
        place = places.get(erratum.anchor)
        if place is None:
            message = f"The erratum “{erratum.id}” is at “#{erratum.anchor}”, which is not on this page."
            draft.problems.append(
                draft.page.problem("erratum", erratum.anchor, message, "Give the id of a passage or heading, without “#”; see its link on the page.")
            )
            continue
        mark = element("span", "erratum", element("strong", "", f"Corrected {long_date(erratum.date)}."), f" {erratum.note}", id_=erratum.id)
        outside = _outside(place)
        if outside is not None:
            outside(element("p", "", mark))
            continue
        line = _last_line(place)
        append(line, " ")
        line.append(mark)


def _outside(place: HtmlElement) -> Callable[[HtmlElement], None] | None:
    """Where the mark stands that would come into words which readers copy, a clause's or a letter's: behind their box, or before it where
    the place is the heading above; None where it comes into no such words."""
    if place.tag in _HEADINGS:
        below = _after_marks(place)
        return below.addprevious if below is not None and _box(below) is not None else None
    box = _box(place)
    if box is None:
        return None
    below = _after_marks(box)
    put: Callable[[HtmlElement], None] = below.addprevious if below is not None else box.getparent().append
    return put


def _box(place: HtmlElement) -> HtmlElement | None:
    """The outermost clause, letter or notice around `place`, itself included."""
    found = [node for node in (place, *place.iterancestors()) if _COPIED & _classes(node)]
    return found[-1] if found else None


def _after_marks(node: HtmlElement) -> HtmlElement | None:
    """What follows `node` and the marks that stand behind it already."""
    following = node.getnext()
    while following is not None and following.tag == "p" and len(following) and "erratum" in _classes(following[0]) and not following.text:
        following = following.getnext()
    return following


def _classes(node: HtmlElement) -> set[str]:
    return set((node.get("class") or "").split())


def _last_line(place: HtmlElement) -> HtmlElement:
    """Where the mark stands: at the end of the passage's own line; under a heading, in the first line below it."""
    if place.tag in _HEADINGS:
        below = place.getnext()
        place = below if below is not None else place
    if place.tag == "figure":
        place = next(place.iter("figcaption"), place)
    inner = [node for node in place.iter(*_LINES) if not _LABELS & _classes(node) and "__label" not in (node.get("class") or "")]
    line = next((node for node in inner if node.tag == "p"), inner[0] if inner else place)
    if line.tag == "li" and any(child.tag in ("ul", "ol") for child in line):
        # The line of an item that holds a list ends before it.
        wrapper = element("span")
        line.insert(next(i for i, child in enumerate(line) if child.tag in ("ul", "ol")), wrapper)
        return wrapper
    return line
