"""What the engines of the editions can hold: known before one is set, and told with the line and what to do.

Beyond these Typst ends with a message about its own rules, or the finished PDF cannot be read by what checks it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from hooks.core.locate import heading, line_with
from hooks.core.tree import HtmlElement, text_of
from hooks.linking.model import Draft
from hooks.series.model import Publication

ROWS = 1023
"""Rows of a table, below its head."""
HEADINGS = 240
"""Headings of one level side by side in one contents: a PDF's may have 257, with those that the build adds and the volumes bring."""
DEPTH = 28
"""How deep lists may stand in one another; what takes more room counts more."""
_COUNTS: Mapping[str, int] = MappingProxyType({"ul": 1, "ol": 1, "dl": 2, "blockquote": 2, "div": 1, "section": 1, "aside": 1, "details": 1})
_LEVELS = ("h2", "h3", "h4", "h5", "h6")


def check_limits(draft: Draft) -> None:
    """Report what an edition of this page could not hold; a page without editions may hold it."""
    if isinstance(draft.owner, Publication):
        _tables(draft)
        _headings(draft)
        _depth(draft, draft.tree, 0)


def _tables(draft: Draft) -> None:
    for table in draft.tree.iter("table"):
        rows = sum(1 for row in table.iter("tr") if row.getparent() is None or row.getparent().tag != "thead")
        if rows > ROWS:
            first = next(table.iter("th", "td"), table)
            message = f"This table has {rows:,} rows; the table of a PDF can hold {ROWS:,}."
            draft.report("edition", _line(draft, text_of(first)), message, "Divide it, or offer the whole as a file of data beside it.")


def _headings(draft: Draft) -> None:
    side_by_side: dict[int, int] = {}
    for node in draft.tree.iter(*_LEVELS):
        level = int(node.tag[1])
        side_by_side = {other: count for other, count in side_by_side.items() if other <= level}
        side_by_side[level] = side_by_side.get(level, 0) + 1
        if side_by_side[level] == HEADINGS + 1:
            message = f"This is heading {HEADINGS + 1} of one level side by side; the contents of a PDF can hold {HEADINGS}."
            draft.report("edition", heading(text_of(node)), message, "Gather them under headings of a higher level, or divide the publication.")


def _depth(draft: Draft, node: HtmlElement, deep: int) -> None:
    """Report each place below `node`, which itself stands `deep`, where it becomes too deep."""
    for child in node:
        if isinstance(child.tag, str):
            below = deep + _COUNTS.get(child.tag, 0)
            if below > DEPTH:
                message = "Lists, quotations and blocks stand deeper within one another here than an edition can hold."
                remedy = f"Take them apart: {DEPTH} lists, or half as many quotations, are the most, and three are as many as anybody follows."
                draft.report("edition", _line(draft, text_of(child)), message, remedy)
            else:
                _depth(draft, child, below)


def _line(draft: Draft, words: str) -> re.Pattern[str] | None:
    """The place of some words, whatever their markup."""
    found = re.findall(r"\w+", words)[:6]
    return re.compile(r"[\W_]+".join(map(re.escape, found))) if found and line_with(draft.page.text, " ".join(found)) else None
