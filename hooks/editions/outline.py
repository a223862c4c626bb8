"""The outline of a volume: what its parts list, one after another, in groups where there would be too many side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pikepdf
from pikepdf import Dictionary, Name, Object, String

MOST = 200
"""So many entries stand side by side at most: validators follow no longer chain than 256, and no reader does."""
_SHORT = 60


def items(root: Object | None) -> Iterator[Object]:
    """The entries of the highest level of an outline, in order."""
    item = None if root is None else root.get("/First")
    while item is not None:
        yield item
        item = item.get("/Next")


def outline(document: pikepdf.Pdf, listed: Sequence[Object]) -> Object:
    """An outline of these entries, each with what stands below it; a group is named for its first and its last."""
    level = list(listed)
    while len(level) > MOST:
        count = -(-len(level) // MOST)
        size = -(-len(level) // max(count, 2))
        level = [_group(document, level[at : at + size]) for at in range(0, len(level), size)]
    return _chained(document.make_indirect(Dictionary(Type=Name.Outlines)), level, len(level))


def _group(document: pikepdf.Pdf, level: Sequence[Object]) -> Object:
    title = " – ".join(dict.fromkeys((_short(str(level[0].Title)), _short(str(level[-1].Title)))))
    group = Dictionary(Title=String(title))
    for name in ("/Dest", "/A"):
        if name in level[0]:
            group[name] = level[0][name]
    # It is closed until a reader opens it.
    return _chained(document.make_indirect(group), level, -len(level))


def _chained(parent: Object, level: Sequence[Object], count: int) -> Object:
    if level:
        parent.First, parent.Last, parent.Count = level[0], level[-1], count
    for index, item in enumerate(level):
        item.Parent = parent
        for name, other in (("/Prev", index - 1), ("/Next", index + 1)):
            if 0 <= other < len(level):
                item[name] = level[other]
            elif name in item:
                del item[name]
    return parent


def _short(title: str) -> str:
    """What comes before the title proper: "Issue Brief 12" of "Issue Brief 12. Crisis"."""
    label = title.partition(". ")[0]
    return label if len(label) <= _SHORT else f"{label[:_SHORT].rstrip()}…"
