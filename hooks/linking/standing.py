"""What a page and its editions say at their top where the publication is not in force."""

from __future__ import annotations

from collections.abc import Callable

from hooks.core.tree import E, HtmlElement, append, element
from hooks.series.model import Publication, Series

_SAYS = {
    "draft": ("Draft.", "Not published: it stands in no list, and its address is not promised."),
    "superseded": ("Superseded.", "Do not rely on it."),
    "withdrawn": ("Withdrawn.", "Kept so that links and citations still lead somewhere; do not rely on it."),
}


def notice(item: Publication, series: Series, address: Callable[[Publication], str]) -> HtmlElement | None:
    """The notice of a publication that is a draft, was superseded or was withdrawn, with what to read instead; None for one in force.

    `address` gives the link to the successor.
    """
    if item.in_force:
        return None
    word, text = _SAYS[item.front.status]
    paragraph = element("p", "notice", element("strong", "", word), f" {text}")
    successor = series.successor(item)
    if successor is not None:
        append(paragraph, " Read ")
        append(paragraph, element("a", "", f"{successor.label}, ", E.EM(successor.front.title), href=address(successor)))
        append(paragraph, " instead.")
    return paragraph
