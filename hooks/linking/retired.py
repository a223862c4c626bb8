"""Old names of places, kept on the page where they were promised: they work without script, on the web and in the PDF."""

from __future__ import annotations

from hooks.core.tree import HtmlElement, append, by_id, element
from hooks.core.urls import relative_url
from hooks.linking.model import Draft
from hooks.series.moves import Moves

_FIRST_LINE = ("p", "li", "dd", "dt", "td", "th", "figcaption")


def keep_old_places(draft: Draft, moves: Moves) -> None:
    """Give each old anchor of the page a place: beside what it named, or in a closing note that says where that is now."""
    gone: list[tuple[str, str]] = []
    for move in moves.places.values():
        page, _, name = move.old.partition("#")
        if page != draft.page.url:
            continue
        end = moves.target(move.old)
        target_page, _, target = end.partition("#")
        place = by_id(draft.tree, target) if target_page == page and target else None
        if by_id(draft.tree, name) is not None:
            message = f"The anchor “#{name}” is still on this page."
            draft.problems.append(draft.page.problem("alias", f"#{name} ->", message, "An alias is for an anchor that has gone; take it out."))
        elif place is not None:
            _mark(place, name)
        else:
            gone.append((name, end))
    if gone:
        draft.tree.append(_note(gone, draft.page.url))


def _mark(place: HtmlElement, name: str) -> None:
    """An empty element with the old id, in the first line of `place`; for a heading, of what follows it."""
    start = place
    if place.tag in ("h2", "h3", "h4", "h5", "h6"):
        start = place.getnext() if place.getnext() is not None else place
    # The head of a table stands on every page that the table reaches, and an id stands once.
    line = next((node for node in start.iter(*_FIRST_LINE) if next(node.iterancestors("thead"), None) is None), start)
    line = next((node for node in line.iter("p")), line)
    mark = element("span", "", id_=name)
    mark.tail, line.text = line.text, None
    line.insert(0, mark)


def _note(gone: list[tuple[str, str]], url: str) -> HtmlElement:
    section = element("section", "history", element("h2", "", "Moved from this page", id_="moved"), aria_labelledby="moved")
    items = element("ul")
    for name, end in gone:
        item = element("li", "", f"What was here under “{name}” is now at ", id_=name)
        append(item, element("a", "", end, href=relative_url(end, url)))
        append(item, ".")
        items.append(item)
    section.append(items)
    return section
