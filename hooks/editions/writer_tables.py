"""Tables and figures → Typst, with the plan of row headers that `structure` carries out."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml.html import HtmlElement

from .context import TablePlan, Walk
from .literals import array, block, call
from .vocabulary import children, classes, unknown
from .writer_images import image
from .writer_inline import content, inline

Flow = Callable[[Walk, HtmlElement], str]

# Columns whose longest cell is shorter than this keep their own width.
_NARROW = 16
# Where tables are there to be filled in, and how many characters an empty cell stands for.
_TO_FILL_IN = frozenset({"exercise", "workbook"})
_WRITTEN = 40
# A row that is only counted ("1.") is named by whoever fills it in.
_COUNTED = re.compile(r"\s*\d+\.?\s*\Z")


def figure(walk: Walk, element: HtmlElement, flow: Flow) -> str:
    """A `figure` with a table or an image, and its caption as the HTML gives it."""
    caption, first, body = "none", False, None
    for index, child in enumerate(children(element)):
        if child.tag == "figcaption":
            caption, first = _caption(walk, child), index == 0
        elif body is not None:
            walk.fail("a figure holds more than one thing", element)
        elif child.tag == "table":
            body = table(walk, child, flow)
        else:
            pictures = [child] if child.tag == "img" else children(child)
            if len(pictures) != 1 or pictures[0].tag != "img" or child.tag not in ("p", "img"):
                walk.fail("a figure must hold one image or one table", element)
            body = image(walk, pictures[0], inline=False)
    if body is None:
        walk.fail("a figure is empty", element)
    kind = "table-figure" if "table" in classes(element) else "image-figure"
    return call(kind, body, caption, "true" if first else "false")


def _caption(walk: Walk, element: HtmlElement) -> str:
    paragraphs = [child for child in children(element) if child.tag == "p"]
    if not paragraphs:
        return block([*walk.anchor(element), inline(walk, content(element))])
    parts = walk.anchor(element)
    for index, paragraph in enumerate(paragraphs):
        parts += ["parbreak()"] if index else []
        parts += [*walk.anchor(paragraph), inline(walk, content(paragraph))]
    return block(parts)


def table(walk: Walk, element: HtmlElement, flow: Flow) -> str:
    """A Typst table: rows of `thead` repeat on every page, other rows follow."""
    head: list[list[HtmlElement]] = []
    body: list[list[HtmlElement]] = []
    for part in children(element):
        lacking = unknown(part)
        if lacking:
            walk.fail(f"an edition cannot print {lacking}")
        rows = [part] if part.tag == "tr" else children(part)
        for row in rows:
            cells = children(row)
            if row.tag != "tr" or any(cell.tag not in ("th", "td") for cell in cells):
                walk.fail("a table holds something other than rows of cells", element)
            (head if part.tag == "thead" else body).append(cells)
    if not head and not body:
        walk.fail("a table is empty", element)
    columns = max(sum(_span(walk, cell, "colspan") for cell in row) for row in head + body)
    plan = len(walk.tables)
    walk.tables.append(TablePlan(tuple(
        frozenset(i for i, cell in enumerate(row) if cell.tag == "th") for row in body)))
    roomy = any(classes(node) & _TO_FILL_IN for node in element.iterancestors())
    arguments = [_columns(head + body, columns, roomy)]
    if head:
        cells = [_cell(walk, cell, "head-cell", flow) for row in head for cell in row]
        arguments.append(call("table.header", *cells))
    for row in body:
        arguments += [call("room") if roomy and _is_empty(cell) else
                      _cell(walk, cell, "row-cell" if cell.tag == "th" else "cell", flow)
                      for cell in row]
    if plan + 1 != len(walk.tables):
        walk.fail("a table stands inside a table", element)
    return block([*walk.anchor(element), call("form-table" if roomy else "data-table", *arguments)])


def _cell(walk: Walk, cell: HtmlElement, kind: str, flow: Flow) -> str:
    lacking = unknown(cell)
    if lacking:
        walk.fail(f"an edition cannot print {lacking}")
    options = []
    for name in ("colspan", "rowspan"):
        span = _span(walk, cell, name)
        if span != 1:
            options.append(f"{name}: {span}")
    if cell.get("style"):
        walk.fail(f"an edition cannot print the style {cell.get('style')!r}", cell)
    align = next((name.removeprefix("align-") for name in (cell.get("class") or "").split()), cell.get("align"))
    if align in ("center", "right"):
        options.append(f"align: {align}")
    body = block([*walk.anchor(cell), flow(walk, cell)])
    return call(kind, body, *options)


def _span(walk: Walk, cell: HtmlElement, name: str) -> int:
    text = cell.get(name) or "1"
    if not text.isdigit() or not 1 <= int(text) <= 50:
        walk.fail(f"{name}={text!r} is not a number of cells", cell)
    return int(text)


def _is_empty(cell: HtmlElement) -> bool:
    return cell.tag == "td" and not len(cell) and not (cell.text or "").strip() and not cell.get("id")


def _columns(rows: list[list[HtmlElement]], count: int, roomy: bool = False) -> str:
    """Column widths from what the cells hold: short columns keep their width, the others share
    the rest by the square root of their text, so that no column is a ribbon."""
    longest, total = [1] * count, [1] * count
    for row in rows:
        if len(row) != count:
            continue  # spanning cells say nothing about one column
        for index, cell in enumerate(row):
            length = len(" ".join("".join(cell.itertext()).split()))
            if roomy and (_is_empty(cell) or (index == 0 and _COUNTED.match(cell.text_content()))):
                length = _WRITTEN
            longest[index] = max(longest[index], length)
            total[index] += length * (2 if roomy and index == 0 else 1)
    if all(length <= _NARROW for length in longest):
        return array([f"{length + 4}fr" for length in longest])
    return array(["auto" if longest[i] <= _NARROW else f"{round(total[i] ** 0.5 * 10)}fr"
                  for i in range(count)])
