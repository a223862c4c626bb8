"""The widths of a table's columns: from what its cells hold, measured in the faces that print them.

No column is narrower than its longest unbreakable piece, with what is added at layout, such as the page of a
reference. A table that needs more room than the text has may take the margin too, then a smaller face, then a
turned page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from lxml.html import HtmlElement

from hooks.core.look import look
from hooks.editions.breaks import code_pieces, pieces
from hooks.editions.fonts import printed_faces
from hooks.editions.vocabulary import BLOCKS, classes, dropped

_MONO = 0.602 * 0.86
"""Advance of the mono face of print, which Typst carries, at the size of code in a table."""
_UNKNOWN = 1.0
"""Width taken for a character that the face lacks: another stands in for it."""
_UNMEASURED = 0.62
"""The same where the face of tables comes from no package of ours, and has no measures here."""
_SAFETY = 0.6
"""Points by which a column is wider than its longest piece: rounding, and kerning that spreads."""
_PAGE = " (page\u00a0888)"
"""What the look adds to a reference inside the document, at its widest."""
_LIST = 1.6
"""What a list takes at the left, in em."""
_SHORT = 16
"""A cell of up to so many characters stands in one line where there is room."""
_COMFORT = 6.5
"""A column of prose, which holds its share of the table's text, is at least so many em wide where there is room."""
_HIGH = 190
"""Rows up to so many points high are not divided."""
_LINE, _RAGGED = 1.3, 1.15
"""A line is so many times as high as its face, and ragged text takes so many times its room."""
_WRITTEN = 40
"""An empty cell that is to be filled in by hand counts as so many characters."""
_COUNTED = re.compile(r"\s*\d+\.?\s*\Z")
"""A row that is only counted ("1.") is named by whoever fills it in."""
_INITIALS = 6
"""An empty cell below a head that only counts counts as so many: initials for the week, a mark for the day."""
_INNER_BREAK = re.compile(r"(?<=[^\W\d][-–—/])(?=[^\W\d])")

# What containers take from the width of the text, in points, as report.typ sets them; generous where sizes differ.
_TAKEN: Mapping[str, float] = {"li": 34, "dd": 130, "aside": 25, "blockquote": 34}
_TAKEN_BY_CLASS: Mapping[str, float] = {
    "glance": 26, "objectives": 26, "clause": 28, "letter": 28,
    "exercise": 0, "check": 0, "post": 0, "ask": 0, "recommendation": 0, "open": 0, "references": 0, "authorities": 0, "history": 0}
"""A box that takes nothing is one all the same: no page turns inside of it."""


@dataclass(frozen=True)
class Form:
    """What a look gives a table, in points: width of the text, faces from the largest, inset of a cell at either side.

    `margin` is what a wide table may take at the left besides; `turned` the width of the text on a turned page; 0 for none.
    """

    room: float
    sizes: tuple[float, ...]
    inset: float
    margin: float = 0
    turned: float = 0
    pages: bool = True


_REPORT = Form(424.8, (8.6, 7.8, 7.2), 5.5, margin=67.6, turned=659.5)
FORMS: Mapping[str, Form] = {
    "report": _REPORT,
    "part": _REPORT,
    "handout": Form(475.2, (9.6, 8.8, 8.0), 6, pages=False),
    "sheets": Form(504, (9.6, 9.0, 8.4), 5.5, pages=False),
    "paper": Form(475.2, (10.5, 9.6, 8.8), 6, pages=False),
    "slides": Form(824, (27, 25.5, 24), 12, pages=False),
    "card": Form(257.5, (8, 8, 8), 3, margin=274.5, pages=False),
}
"""As report.typ, handout.typ, sheets.typ, paper.typ, slides.typ and card.typ set them. A wide table of a card stands over both its columns."""


def form_of(name: str, size: float = 0) -> Form:
    """The form `name`, its tables in `size` points where that is given."""
    return replace(FORMS[name], sizes=(size,) * 3) if size else FORMS[name]


@dataclass(frozen=True)
class Ruler:
    """Widths of characters in em, by (weight, italic)."""

    advances: Mapping[tuple[int, bool], Mapping[str, float]]

    def width(self, text: str, weight: int = 400, italic: bool = False, code: bool = False) -> float:
        """The width of `text` on one line, in em of the table's size."""
        if code:
            return len(text) * _MONO
        face = self.advances.get((weight, italic)) or self.advances.get((weight, False))
        return sum(face.get(char, _UNKNOWN) for char in text) if face else len(text) * _UNMEASURED


@cache
def ruler(fonts: Path) -> Ruler:
    """The ruler of the face that sets tables, from a folder made by `build_fonts`, whose name is a digest of what it holds."""
    from fontTools.ttLib import TTFont  # a large library, which an edition without tables does not need

    advances = {}
    family = look().faces["sans"].family
    for face in printed_faces():
        if face.family == family:
            with TTFont(fonts / face.file_name, lazy=True) as font:
                units, metrics = font["head"].unitsPerEm, font["hmtx"].metrics
                advances[face.weight, face.italic] = {chr(code): metrics[name][0] / units for code, name in font.getBestCmap().items()}
    return Ruler(advances)


@dataclass(frozen=True)
class Needs:
    """What a column needs, in em: `least` for its longest piece, `whole` for its longest line unbroken; `weight` its share of
    the rest. `piece` is that longest piece; a `short` column would rather stand unbroken, one of `prose` be wide enough to read."""

    least: float = 0
    whole: float = 0
    weight: float = 1
    piece: str = ""
    short: bool = False
    prose: bool = False


@dataclass(frozen=True)
class Layout:
    """How a table is set: widths of its columns and size of its face, in points; `place` is "", "wide" or "turned".

    `keep`: no row is so high that it would leave much of a page white if it were not divided.
    """

    widths: tuple[float, ...]
    size: float
    place: str = ""
    keep: bool = True


@dataclass(frozen=True)
class Run:
    """A part of a cell's text in one face. `ends` marks the end of a line: a new paragraph, a line break."""

    text: str
    weight: int = 400
    italic: bool = False
    code: bool = False
    indent: float = 0
    ends: bool = False


def layout(rows: Sequence[Sequence[HtmlElement]], count: int, element: HtmlElement, space: Form, ruler: Ruler, to_fill_in: bool) -> Layout | str:
    """How to set the table `element` of `count` columns; or, where nothing serves, the piece for which there is no room.

    `rows` are its cells by row. A form that is to be filled in by hand keeps room for what is written.
    """
    needs = _needs(rows, count, ruler, space.pages, to_fill_in)
    room, in_box = _room(element, space)
    for comfort, place, size in _attempts(space, in_box):
        width = {"wide": room + space.margin, "turned": space.turned}.get(place, room)
        widths = fit(needs, size, space.inset, width, comfort)
        if widths is not None:
            return Layout(widths, size, place, max(_heights(rows, widths, size, ruler, space), default=0) < _HIGH)
    return max(needs, key=lambda column: column.least).piece


def _heights(rows: Sequence[Sequence[HtmlElement]], widths: Sequence[float], size: float, ruler: Ruler, space: Form) -> Iterator[float]:
    """About how high each cell is, in points."""
    for start, span, cell in _placed(rows):
        width = max(sum(widths[start:start + span]) - 2 * space.inset, size)
        text = sum(ruler.width(run.text, run.weight, run.italic, run.code) for run in _runs(cell, Run(""), space.pages))
        ends = sum(run.ends for run in _runs(cell, Run(""), space.pages)) / 2
        yield (text * size / width * _RAGGED + ends) * size * _LINE


def _attempts(space: Form, boxed: bool) -> Iterator[tuple[bool, str, float]]:
    """Ways to set a table, the best first: (whether prose gets columns to read in, place, size)."""
    largest, smaller, smallest = space.sizes
    wide = ["wide"] if space.margin and not boxed else []
    turned = ["turned"] if space.turned and not boxed else []
    yield from ((True, place, largest) for place in ["", *wide])
    yield from ((True, place, smaller) for place in ["", *wide])
    yield from ((False, place, largest) for place in ["", *wide])
    yield from ((False, place, smaller) for place in ["", *wide])
    yield from ((comfort, place, largest) for place in turned for comfort in (True, False))
    yield from ((False, place, smaller) for place in turned)
    yield from ((False, place, smallest) for place in [*(turned or ["", *wide])])


def boxed(element: HtmlElement) -> bool:
    """Whether `element` stands in a list or a box."""
    return _room(element, FORMS["report"])[1]


def _room(element: HtmlElement, space: Form) -> tuple[float, bool]:
    """The width that the containers of `element` leave, and whether there are any."""
    room, boxed = space.room, False
    for node in element.iterancestors():
        taken = [_TAKEN_BY_CLASS[name] for name in classes(node) & _TAKEN_BY_CLASS.keys()] or [_TAKEN[tag] for tag in {node.tag} & _TAKEN.keys()]
        if taken:
            room, boxed = room - max(taken), True
    return room, boxed


def fit(needs: Sequence[Needs], size: float, inset: float, room: float, comfort: bool = True) -> tuple[float, ...] | None:
    """Widths of columns that fill `room`, or None where they cannot; all in points."""
    around = 2 * inset + _SAFETY
    least = [around + size * _least(column, comfort) for column in needs]
    whole = [max(low, around + size * column.whole) for low, column in zip(least, needs, strict=True)]
    if sum(least) > room:
        return None
    if sum(whole) <= room:
        return _rounded([width * room / sum(whole) for width in whole])
    # Each has its share of the room by its weight, but no less than it must and no more than it can use.
    fixed: dict[int, float] = {}
    while len(fixed) < len(needs):
        free = [i for i in range(len(needs)) if i not in fixed]
        unit = (room - sum(fixed.values())) / sum(needs[i].weight for i in free)
        under = {i: least[i] for i in free if unit * needs[i].weight < least[i]}
        over = {i: whole[i] for i in free if unit * needs[i].weight > whole[i]}
        if not under and not over:
            fixed |= {i: unit * needs[i].weight for i in free}
        # As in a flexible box of CSS: what binds more in all is settled first.
        elif sum(least[i] - unit * needs[i].weight for i in under) >= sum(unit * needs[i].weight - whole[i] for i in over):
            fixed |= under
        else:
            fixed |= over
    return _rounded([fixed[i] for i in range(len(needs))])


def _least(column: Needs, comfort: bool) -> float:
    if comfort and column.short:
        return column.whole
    return max(column.least, min(column.whole, _COMFORT)) if comfort and column.prose else column.least


def _rounded(widths: Sequence[float]) -> tuple[float, ...]:
    """Down to a hundredth, so that the sum stays in its room."""
    return tuple(int(width * 100) / 100 for width in widths)


def _needs(rows: Sequence[Sequence[HtmlElement]], count: int, ruler: Ruler, pages: bool, to_fill_in: bool) -> list[Needs]:
    needs, total, short = [Needs()] * count, [1.0] * count, [True] * count
    spanning: list[tuple[int, int, Needs]] = []
    counted = {start for start, _, cell in _placed(rows[:1]) if start and cell.tag == "th" and _COUNTED.match(cell.text_content())}
    for start, span, cell in _placed(rows):
        own, length = _cell(cell, ruler, pages)
        if to_fill_in and start in counted and is_empty(cell):
            own, length = Needs(max(own.least, 2), 3, piece=own.piece), _INITIALS
        elif to_fill_in and (is_empty(cell) or (start == 0 and _COUNTED.match(cell.text_content()))):
            own, length = Needs(max(own.least, 4), 14, piece=own.piece), _WRITTEN
        if span > 1:
            spanning.append((start, span, own))
            continue
        total[start] += length * (2 if to_fill_in and start == 0 else 1)
        short[start] = short[start] and length <= _SHORT
        longer = own if own.least > needs[start].least else needs[start]
        needs[start] = Needs(longer.least, max(own.whole, needs[start].whole), piece=longer.piece)
    for start, span, own in spanning:
        # What a cell over several columns needs more than they do falls to the last of them.
        lacking = own.least - sum(column.least for column in needs[start:start + span])
        if lacking > 0:
            last = start + span - 1
            least = needs[last].least + lacking
            needs[last] = replace(needs[last], least=least, whole=max(least, needs[last].whole), piece=own.piece)
    return [replace(column, weight=total[i] ** 0.5, short=short[i], prose=total[i] * count * 2 > sum(total)) for i, column in enumerate(needs)]


def _placed(rows: Sequence[Sequence[HtmlElement]]) -> Iterator[tuple[int, int, HtmlElement]]:
    """Each cell with the column it begins in and the number of columns it takes; cells that reach down are passed over."""
    below: dict[int, int] = {}
    for row in rows:
        taken = {column for column, count in below.items() if count}
        below = {column: count - 1 for column, count in below.items() if count > 1}
        column = 0
        for cell in row:
            while column in taken:
                column += 1
            span = int(cell.get("colspan") or 1)
            if int(cell.get("rowspan") or 1) > 1:
                below |= {column + i: int(cell.get("rowspan")) - 1 for i in range(span)}
            yield column, span, cell
            column += span


def is_empty(cell: HtmlElement) -> bool:
    """Whether there is nothing in a cell."""
    return cell.tag == "td" and not len(cell) and not (cell.text or "").strip() and not cell.get("id")


def _cell(cell: HtmlElement, ruler: Ruler, pages: bool) -> tuple[Needs, int]:
    """What one cell needs, and the number of its characters."""
    least, whole, piece, length = 0.0, 0.0, "", 0
    line = open_ = 0.0
    text = ""
    for run in _runs(cell, Run("", 600 if cell.tag == "th" else 400), pages):
        if run.ends:
            line, open_, text = 0.0, 0.0, ""
            continue
        length += len(run.text)
        for word, breaks in _atoms(run):
            width = ruler.width(word, run.weight, run.italic, run.code)
            line += width
            if word == " ":
                open_, text = 0.0, ""
            else:
                open_, text = (width, word) if breaks else (open_ + width, text + word)
                if open_ + run.indent > least:
                    least, piece = open_ + run.indent, text
            whole = max(whole, line + run.indent)
    return Needs(least, whole, piece=piece), length


def _atoms(run: Run) -> Iterator[tuple[str, bool]]:
    """The text of a run in parts that no line end divides, each with whether a line may end before it; white space is one."""
    for word in re.findall(r"[ \t\r\n\f]+|[^ \t\r\n\f]+", run.text):
        if word.isspace() and "\u00a0" not in word:
            yield " ", True
            continue
        parts = code_pieces(word) if run.code else [atom for part in pieces(word) for atom in _INNER_BREAK.split(part)]
        yield from ((part, number > 0) for number, part in enumerate(parts))


def _runs(element: HtmlElement, style: Run, pages: bool) -> Iterator[Run]:
    """The text of `element` as it is printed, in runs of one face."""
    if element.text:
        yield replace(style, text=element.text)
    for child in element:
        if not dropped(child):
            block = child.tag in BLOCKS or child.tag == "br"
            if block:
                yield Run("", ends=True)
            yield from _runs(child, _styled(child, style), pages)
            if child.tag == "a" and pages and "xref" in classes(child) and (child.get("href") or "").startswith("#"):
                yield replace(style, text=_PAGE)
            if block:
                yield Run("", ends=True)
        if child.tail:
            yield replace(style, text=child.tail)


def _styled(element: HtmlElement, style: Run) -> Run:
    tag = element.tag
    if tag in ("strong", "th"):
        return replace(style, weight=600)
    if tag in ("em", "cite"):
        return replace(style, italic=True)
    if tag in ("code", "pre"):
        return replace(style, code=True)
    if tag == "li":
        return replace(style, indent=style.indent + _LIST)
    return style
