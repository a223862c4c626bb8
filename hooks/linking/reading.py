"""How long a page, or a place on it, takes to read."""

from __future__ import annotations

import math
from collections.abc import Iterator

from hooks.core.tree import HtmlElement, by_id, text_of
from hooks.series.kinds import Kind

WORDS_A_MINUTE = 230
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")


def minutes(words: int) -> int:
    """How long so many words take: one minute at least."""
    return max(1, math.ceil(words / WORDS_A_MINUTE))


def count(tree: HtmlElement) -> int:
    """The words of an article."""
    return len(text_of(tree).split())


def count_at(tree: HtmlElement, id_: str) -> int:
    """The words of what stands at `id_`: below a heading or the mark of a part up to the next of its level, else of the element; 0 if nothing does."""
    node = by_id(tree, id_)
    return 0 if node is None else sum(count(part) for part in below(node))


def count_read(tree: HtmlElement, kind: Kind | None) -> int:
    """The words of an article that a reader goes through: of a sheet not those that are there to be copied."""
    copied = [section.id for section in kind.sections if not section.printed] if kind is not None else []
    return count(tree) - sum(count_at(tree, id_) for id_ in copied)


def below(node: HtmlElement) -> Iterator[HtmlElement]:
    """`node`, and where it is a heading or the mark of a part all elements up to the next of its level."""
    yield node
    mark = "part-mark" in (node.get("class") or "")
    if node.tag not in _HEADINGS and not mark:
        return
    for after in node.itersiblings():
        if not isinstance(after.tag, str):
            continue
        ends = "part-mark" in (after.get("class") or "") or (not mark and after.tag in _HEADINGS and after.tag <= node.tag)
        if ends:
            return
        yield after
