"""Slides as PowerPoint (ISO/IEC 29500): titles, lists, tables and notes that are such, pictures and posts with their text alternatives.

What stands on a slide stands in its file in the order in which it is written, which is the order in which it is read aloud.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import Any

from lxml import etree
from lxml.html import HtmlElement
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_LINE_DASH_STYLE, MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn
from pptx.slide import Slide, SlideLayout
from pptx.util import Emu, Pt

from hooks.core.look import look
from hooks.core.tree import fragment, text_of, with_class
from hooks.editions.columns import Layout, Ruler, form_of, layout, ruler
from hooks.editions.engine import typst
from hooks.editions.model import EditionError, EditionRequest
from hooks.editions.powerpoint_text import INDENT, Paragraph, Run, Style, paragraphs, plain
from hooks.editions.template import edition_line
from hooks.editions.vocabulary import children, classes
from hooks.editions.word import word_zip
from hooks.editions.writer import seen, slide_columns, slide_parts

SMALLEST = 24.0
"""Points: no text of a slide is set smaller, in 13.33 by 7.5 inches. The small print of the foot is."""
# In points, as slides.typ sets them: the page, what is left of it at either side, where titles stand, and where the foot begins.
_WIDTH, _HEIGHT, _SIDE, _TOP, _FOOT = 960.0, 540.0, 68.0, 34.0, 490.0
_TITLE, _BODY, _ASK, _SMALL = 38.0, (28.0, 26.0, 24.0), 36.0, 12.0
_GAP, _GUTTER, _INSET, _CELL = 16.0, 44.0, 16.0, (12.0, 7.0)
_LOOKED_AT = 0.52
"""The part of the width that what one looks at takes beside text."""
_RESOLUTION = 220.0
_SERIF = 1.14
"""An office's serif face, which sets titles and questions, is so many times as wide as the sans that is measured."""
_LEAST = 200.0
"""Points: a picture with its caption is no lower."""
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_KEPT_LAYOUTS = ("Title Slide", "Title and Content", "Title Only")
_TABLE_STYLE = "{3B4B98B0-60AC-42C2-AFA5-B58CD77FA1E5}"
"""Light Style 1 - Accent 1, which every PowerPoint has: rules, and no grounds."""
_THEME = {
    "dk1": "ink", "lt1": "paper", "dk2": "brand", "lt2": "panel", "accent1": "brand", "accent2": "accent", "accent3": "case", "accent4": "law",
    "accent5": "recommendation", "accent6": "edge", "hlink": "link", "folHlink": "law",
}  # fmt: skip
"""The colors of the theme → those of look.toml."""


def make_powerpoint(request: EditionRequest, fonts: Path) -> bytes:
    """The slides as a .pptx file. Equal requests give equal bytes.

    Raises:
        EditionError: a slide holds too much for `SMALLEST` points, a picture cannot be drawn, or something has no form here.
    """
    return _Deck(request, fonts).made()


@dataclass(frozen=True)
class _Box:
    """A place on a slide, in points."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class _Text:
    """Text that stands for itself, in the slide's body."""

    parts: tuple[Paragraph, ...]

    def height(self, deck: _Deck, width: float, size: float) -> float:
        return sum(part.height(width, SMALLEST if part.kind == "slide__facts" else size, deck.ruler) for part in self.parts)


@dataclass(frozen=True)
class _Card:
    """Text in a frame: a post, a scenario; or a question, which has none. `alt` says what it is."""

    kind: str
    parts: tuple[Paragraph, ...]
    alt: str

    def height(self, deck: _Deck, width: float, size: float) -> float:
        around = 0.0 if self.kind == "ask" else 2 * _INSET
        own, wide = (_ASK, _SERIF) if self.kind == "ask" else (size, 1.0)
        return sum(part.height((width - around - 2) / wide, own, deck.ruler) for part in self.parts) + around


@dataclass(frozen=True)
class _Table:
    node: HtmlElement
    caption: tuple[Paragraph, ...]

    def height(self, deck: _Deck, width: float, size: float) -> float:
        how = deck.columns(self.node)
        cells = sum(_row_height(row, how, deck) for row in self.node.iter("tr"))
        return cells + sum(part.height(width, SMALLEST, deck.ruler) for part in self.caption)


@dataclass(frozen=True)
class _Picture:
    data: bytes
    ratio: float
    alt: str
    caption: tuple[Paragraph, ...]

    def height(self, deck: _Deck, width: float, size: float) -> float:
        below = sum(part.height(width, SMALLEST, deck.ruler) for part in self.caption)
        return min(width * self.ratio, 345.0) + below


_Block = _Text | _Card | _Table | _Picture


def _row_height(row: HtmlElement, how: Layout, deck: _Deck) -> float:
    highest = 0.0
    for cell, width in zip(children(row), how.widths, strict=False):
        own = paragraphs([cell], deck.request.page_url)
        highest = max(highest, sum(part.height(width - 2 * _CELL[0], how.size, deck.ruler) for part in own) - 0.45 * how.size)
    return highest + 2 * _CELL[1] + 4


class _Deck:
    """One file on its way."""

    def __init__(self, request: EditionRequest, fonts: Path) -> None:
        self.request, self._fonts = request, fonts
        self._language = f"{request.language}-{request.region.upper()}" if request.region else request.language
        self._named = " ".join(part for part in (request.kind_label, request.number) if part)
        self._prs = Presentation()
        self._root = fragment(request.html)

    @cached_property
    def ruler(self) -> Ruler:
        return ruler(self._fonts)

    def made(self) -> bytes:
        """The file."""
        self._prepare()
        self._opening()
        for section in with_class(self._root, "slide"):
            self._slide(section)
        for section in children(self._root):
            if section.tag == "section" and "slide" not in classes(section):
                self._sources(section)
        self._properties()
        out = io.BytesIO()
        self._prs.save(out)
        return word_zip(self._parts(out.getvalue()))

    def _parts(self, package: bytes) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    # --- What every slide stands on -----------------------------------------------------------------------------------------------

    def _prepare(self) -> None:
        """Page, theme, master and layouts."""
        prs = self._prs
        prs.slide_width, prs.slide_height = Emu(12192000), Emu(6858000)
        package = prs.part.package
        for key, rel in list(package._rels.items()):
            if rel.reltype.endswith("/thumbnail"):
                package._rels.pop(key)
        master = prs.slide_master
        theme = master.part.part_related_by(RT.THEME)
        theme._blob = self._theme(theme.blob)
        for slide_layout in list(prs.slide_layouts):
            if slide_layout.name not in _KEPT_LAYOUTS:
                prs.slide_layouts.remove(slide_layout)
        master.element.cSld.set("name", self.request.series)
        styles = master.element.find(qn("p:txStyles"))
        for level in styles.find(qn("p:titleStyle")):
            level.set("algn", "l")
            for run in level.iter(qn("a:defRPr")):
                run.set("sz", str(int(_TITLE * 100)))
                run.set("b", "1")
        for number, level in enumerate(styles.find(qn("p:bodyStyle"))):
            indent = int(INDENT * _BODY[0] * 12700)
            level.set("marL", str(indent * (number + 1)))
            level.set("indent", str(-indent))
            for run in level.iter(qn("a:defRPr")):
                run.set("sz", str(int((_BODY[0] if number == 0 else SMALLEST) * 100)))
        for holder in [*master.placeholders, *(shape for one in prs.slide_layouts for shape in one.placeholders)]:
            self._place_holder(holder)

    def _place_holder(self, holder: Any) -> None:
        kind = str(holder.placeholder_format.type).partition(" ")[0]
        if kind == "DATE":
            holder._element.getparent().remove(holder._element)
            return
        opening = holder.part.partname.endswith("slideLayout1.xml")
        boxes = {
            "TITLE": _Box(_SIDE, _TOP, _WIDTH - 2 * _SIDE, 60),
            "CENTER_TITLE": _Box(_SIDE, 150, 720, 170),
            "SUBTITLE": _Box(_SIDE, 330, 720, 110),
            "BODY": _Box(_SIDE, 116, _WIDTH - 2 * _SIDE, 360),
            "OBJECT": _Box(_SIDE, 116, _WIDTH - 2 * _SIDE, 360),
            "FOOTER": _Box(_SIDE, 502, 700, 24),
            "SLIDE_NUMBER": _Box(_WIDTH - _SIDE - 80, 502, 80, 24),
        }
        _put(holder, boxes[kind])
        frame = holder.text_frame
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        if kind in ("TITLE", "CENTER_TITLE"):
            frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        if kind in ("FOOTER", "SLIDE_NUMBER"):
            for run in holder._element.iter(qn("a:defRPr"), qn("a:rPr")):
                run.set("sz", str(int(_SMALL * 100)))
            for level in holder._element.iter(qn("a:lvl1pPr")):
                level.set("algn", "l" if kind == "FOOTER" else "r")
        if opening:
            for level in holder._element.iter(qn("a:lvl1pPr")):
                level.set("algn", "l")
        # Text that comes second is as dark as look.toml has it, and no paler.
        for fill in list(holder._element.iter(qn("a:solidFill"))):
            for child in list(fill):
                fill.remove(child)
            etree.SubElement(fill, qn("a:srgbClr"), val=look().light("soft").removeprefix("#").upper())

    def _theme(self, blob: bytes) -> bytes:
        root = etree.fromstring(blob)
        root.set("name", self.request.series)
        for name, color in _THEME.items():
            node = root.find(f".//{{{_A}}}clrScheme/{{{_A}}}{name}")
            for child in list(node):
                node.remove(child)
            etree.SubElement(node, f"{{{_A}}}srgbClr", val=look().light(color).removeprefix("#").upper())
        for place, face in (("majorFont", "serif"), ("minorFont", "sans")):
            for node in root.iter(f"{{{_A}}}{place}"):
                node.find(f"{{{_A}}}latin").set("typeface", look().faces[face].office)
                for other in node.findall(f"{{{_A}}}font"):
                    node.remove(other)
        for scheme in root.iter(f"{{{_A}}}clrScheme", f"{{{_A}}}fontScheme"):
            scheme.set("name", self.request.series)
        return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))

    def _properties(self) -> None:
        request, core = self.request, self._prs.core_properties
        core.title = f"{self._named} slides: {request.full_title}"
        core.subject, core.author, core.last_modified_by = request.summary, ", ".join(request.authors or (request.series,)), request.series
        core.keywords, core.language, core.category = ", ".join(request.elements), self._language, request.series
        core.created = core.modified = datetime(request.revised.year, request.revised.month, request.revised.day)
        core.revision, core.version, core.identifier = 1, request.edition, request.permalink

    def _add(self, name: str, title: str) -> Slide:
        """A slide in the layout of that name, with its title, its foot and its number."""
        own: SlideLayout = next(one for one in self._prs.slide_layouts if one.name == name)
        slide = self._prs.slides.add_slide(own)
        self._write(slide.shapes.title.text_frame, [Paragraph((Run(title),))])
        if name != _KEPT_LAYOUTS[0]:
            for holder in own.placeholders:
                kind = str(holder.placeholder_format.type).partition(" ")[0]
                if kind in ("FOOTER", "SLIDE_NUMBER"):
                    copy = etree.fromstring(etree.tostring(holder._element))
                    slide.shapes._spTree.append(copy)
                    if kind == "FOOTER":
                        _foot(copy, f"{self.request.series} · {self._named}, {self.request.title}", self._language)
        return slide

    def _opening(self) -> None:
        request = self.request
        slide = self._add("Title Slide", request.full_title)
        self._write(slide.placeholders[1].text_frame, [Paragraph((Run(request.summary),))], SMALLEST)
        series = [Paragraph((Run(f"{request.series} · {self._named}", Style(bold=True)),))]
        self._write(self._text_box(slide, _Box(_SIDE, 44, 820, 40), "Series").text_frame, series, SMALLEST)
        small = [
            Paragraph((Run(f"{edition_line(request)} · "), Run(request.permalink, Style(link=request.permalink)))),
            Paragraph((Run(f"{request.publisher_note} {request.licence}".strip()),)),
        ]
        self._write(self._text_box(slide, _Box(_SIDE, 470, 820, 44), "Edition").text_frame, small, _SMALL)
        bar = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, Pt(24), Emu(6858000))
        bar.name = "Bar"
        _decorative(bar._element)
        bar.fill.solid()
        bar.fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_1
        bar.line.fill.background()

    # --- One slide ----------------------------------------------------------------------------------------------------------------

    def _slide(self, section: HtmlElement) -> None:
        head, rest = slide_parts(section)
        notes = [node for node in section if "notes" in classes(node)]
        facts = [node for node in head if "slide__facts" in classes(node)]
        title = text_of(head[0])
        columns = slide_columns(rest)
        above = self._blocks(facts)
        size, sides = self._fitting(title, above, [self._blocks(side) for side in columns] if columns else [self._blocks(rest)], columns)
        body = any(isinstance(block, _Text) for block in (*above, *(block for side in sides for block, _ in side)))
        slide = self._add("Title and Content" if body else "Title Only", title)
        holder = slide.placeholders[1] if body else None
        self._under(slide)
        top = self._top(title)
        for block in above:
            high = block.height(self, _WIDTH - 2 * _SIDE, size)
            holder = self._draw(slide, block, _Box(_SIDE, top, _WIDTH - 2 * _SIDE, high), size, holder)
        for side in sides:
            for block, box in side:
                holder = self._draw(slide, block, box, size, holder)
        self._foot_last(slide)
        if notes:
            spoken = [child for node in notes for child in node if "notes__label" not in classes(child)]
            said = plain(paragraphs(spoken, self.request.page_url))
            frame = slide.notes_slide.notes_text_frame
            frame.text = said
            _speak(frame._txBody, self._language)

    def _top(self, title: str) -> float:
        """Where the content begins: below a title of one line or two."""
        return _TOP + self._title_height(title) + 22

    def _title_height(self, title: str) -> float:
        return max(60.0, Paragraph((Run(title, Style(bold=True)),)).height((_WIDTH - 2 * _SIDE) / _SERIF, _TITLE, self.ruler) - 0.45 * _TITLE)

    def _fitting(
        self, title: str, above: Sequence[_Block], sides: Sequence[Sequence[_Block]], columns: object
    ) -> tuple[float, list[list[tuple[_Block, _Box]]]]:
        """The largest size at which the slide has room, and where each block then stands.

        Raises:
            EditionError: there is none.
        """
        whole = _WIDTH - 2 * _SIDE
        lefts, widths = [_SIDE], [whole]
        if columns:
            wide = (whole - _GUTTER) * _LOOKED_AT
            narrow = whole - _GUTTER - wide
            first = sides[0][0]
            read = isinstance(first, _Text) or (isinstance(first, _Card) and first.kind != "post")
            widths = [narrow, wide] if read else [wide, narrow]
            lefts = [_SIDE, _SIDE + widths[0] + _GUTTER]
        for size in _BODY:
            top = self._top(title) + sum(block.height(self, whole, size) + _GAP for block in above)
            room = _FOOT - top
            heights = [[block.height(self, width, size) for block in side] for side, width in zip(sides, widths, strict=True)]
            for side, own in zip(sides, heights, strict=True):
                _shrink(side, own, room)
            totals = [sum(own) + _GAP * max(len(own) - 1, 0) for own in heights]
            if max(totals, default=0.0) > room:
                continue
            placed = []
            tallest = max(totals, default=0.0)
            start = top + (room - tallest) * 0.36
            for side, own, total, left, width in zip(sides, heights, totals, lefts, widths, strict=True):
                at = start + (tallest - total) / 2
                boxes = []
                for block, high in zip(side, own, strict=True):
                    boxes.append((block, _Box(left, at, width, high)))
                    at += high + _GAP
                placed.append(boxes)
            return size, placed
        message = f"the slide “{title}” holds too much for {SMALLEST:g}-point text in PowerPoint."
        raise EditionError(self.request.source, message, "Shorten it, or divide it in two.")

    def _blocks(self, nodes: Sequence[HtmlElement]) -> list[_Block]:
        """What a slide holds, in order; texts that follow one another are one."""
        found: list[_Block] = []
        for kind, run in groupby(nodes, key=self._kind):
            own = list(run)
            if kind == "text":
                parts = paragraphs(own, self.request.page_url)
                if parts:
                    found.append(_Text(tuple(parts)))
                continue
            for node in own:
                found += self._block(kind, node)
        return found

    def _kind(self, node: HtmlElement) -> str:
        names = classes(node)
        if names & {"post", "scenario", "ask"}:
            return "card"
        if node.tag == "table" or (node.tag == "figure" and node.find(".//table") is not None):
            return "table"
        if seen(node):
            return "picture"
        return "parts" if node.tag in ("section", "aside", "div", "details") else "text"

    def _block(self, kind: str, node: HtmlElement) -> Iterator[_Block]:
        address = self.request.page_url
        if kind == "card":
            inside = children(node)
            tables = [child for child in inside if self._kind(child) in ("table", "picture")]
            parts = paragraphs([child for child in inside if child not in tables], address)
            own = next(name for name in ("post", "scenario", "ask") if name in classes(node))
            yield _Card(own, tuple(parts), node.get("aria-label") or "")
            for child in tables:
                yield from self._block(self._kind(child), child)
        elif kind == "table":
            table = node if node.tag == "table" else node.find(".//table")
            yield _Table(table, tuple(paragraphs(node.findall("figcaption"), address)))
        elif kind == "picture":
            image = next(node.iter("img"))
            data = self._drawn(image.get("src") or "")
            width, height = (int.from_bytes(data[at : at + 4]) for at in (16, 20))
            yield _Picture(data, height / width, " ".join((image.get("alt") or "").split()), tuple(paragraphs(node.findall("figcaption"), address)))
        else:
            yield from self._blocks(children(node))

    def columns(self, table: HtmlElement) -> Layout:
        """How a table is set.

        Raises:
            EditionError: it is too wide.
        """
        rows = [children(row) for row in table.iter("tr")]
        found = layout(rows, max(map(len, rows)), table, form_of("slides"), self.ruler, False)
        if isinstance(found, Layout):
            return found
        raise EditionError(self.request.source, f"a table of a slide is too wide; nothing divides “{found}”.", "Give it fewer columns or shorter words.")

    def _drawn(self, source: str) -> bytes:
        """The picture as PNG.

        Raises:
            EditionError: there is no such file, or it cannot be drawn.
        """
        data, suffix = self.request.images.get(source), PurePosixPath(source).suffix.lower()
        if data is None:
            raise EditionError(self.request.source, f"there is no file for the image {source!r}")
        return data if data[:8] == b"\x89PNG\r\n\x1a\n" else draw_png(self.request.source, data, suffix, self._fonts)

    # --- Shapes -------------------------------------------------------------------------------------------------------------------

    def _draw(self, slide: Slide, block: _Block, box: _Box, size: float, holder: Any) -> Any:
        """Put a block on its place; what is left of the body's placeholder, which takes the first text."""
        if isinstance(block, _Text):
            shape = holder if holder is not None else self._text_box(slide, box, "Text")
            if holder is not None:
                slide.shapes._spTree.append(holder._element)
                _put(holder, box)
            self._write(shape.text_frame, block.parts, size)
            return None
        if isinstance(block, _Card):
            self._card(slide, block, box, size)
        elif isinstance(block, _Table):
            self._table(slide, block, box)
        else:
            below = sum(part.height(box.width, SMALLEST, self.ruler) for part in block.caption)
            high = box.height - below
            wide = min(box.width, high / block.ratio)
            picture = slide.shapes.add_picture(io.BytesIO(block.data), Pt(box.left), Pt(box.top), Pt(wide), Pt(wide * block.ratio))
            picture._element.nvPicPr.cNvPr.set("descr", block.alt)
            picture.name = "Picture"
            if block.caption:
                self._write(self._text_box(slide, _Box(box.left, box.top + high + 4, box.width, below), "Caption").text_frame, block.caption, SMALLEST)
        return holder

    def _card(self, slide: Slide, block: _Card, box: _Box, size: float) -> None:
        if block.kind == "ask":
            shape = self._text_box(slide, box, "Question")
            self._write(shape.text_frame, block.parts, _ASK, MSO_THEME_COLOR.ACCENT_1, major=True)
            return
        group = slide.shapes.add_group_shape()
        group.name = "Post" if block.kind == "post" else "Example"
        group._element.nvGrpSpPr.cNvPr.set("descr", f"{block.alt}: {' '.join(part.text for part in block.parts)}" if block.alt else group.name)
        frame = group.shapes.add_shape(MSO_SHAPE.RECTANGLE, Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height))
        frame.name = "Frame"
        frame.shadow.inherit = False
        if block.kind == "post":
            frame.fill.solid()
            frame.fill.fore_color.theme_color = MSO_THEME_COLOR.BACKGROUND_2
            frame.line.color.rgb = RGBColor.from_string(look().light("edge").removeprefix("#").upper())
            bar = group.shapes.add_shape(MSO_SHAPE.RECTANGLE, Pt(box.left), Pt(box.top), Pt(6), Pt(box.height))
            bar.name = "Bar"
            bar.fill.solid()
            bar.fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_1
            bar.line.fill.background()
        else:
            frame.fill.background()
            frame.line.color.theme_color = MSO_THEME_COLOR.ACCENT_6
            frame.line.dash_style = MSO_LINE_DASH_STYLE.DASH
        inner = _Box(box.left + _INSET + 2, box.top + _INSET, box.width - 2 * _INSET, box.height - 2 * _INSET)
        words = group.shapes.add_textbox(Pt(inner.left), Pt(inner.top), Pt(inner.width), Pt(inner.height))
        words.name = "Words"
        _bare(words.text_frame)
        self._write(words.text_frame, block.parts, size)

    def _table(self, slide: Slide, block: _Table, box: _Box) -> None:
        how = self.columns(block.node)
        rows = [children(row) for row in block.node.iter("tr")]
        head = block.node.find("thead") is not None
        shape = slide.shapes.add_table(len(rows), max(map(len, rows)), Pt(box.left), Pt(box.top), Pt(sum(how.widths)), Pt(10))
        shape.name = "Table"
        shape._element.nvGraphicFramePr.cNvPr.set("descr", " ".join(part.text for part in block.caption) or "Table")
        table = shape.table
        table.first_row, table.horz_banding = head, False
        table._tbl.tblPr.find(qn("a:tableStyleId")).text = _TABLE_STYLE
        table.first_col = all(row and row[0].tag == "th" for row in rows)
        for column, width in zip(table.columns, how.widths, strict=True):
            column.width = Pt(width)
        for number, (row, own) in enumerate(zip(block.node.iter("tr"), rows, strict=True)):
            table.rows[number].height = Pt(_row_height(row, how, self))
            for place, cell in enumerate(own):
                shown = table.cell(number, place)
                shown.margin_left = shown.margin_right = Pt(_CELL[0])
                shown.margin_top = shown.margin_bottom = Pt(_CELL[1])
                said = paragraphs([cell], self.request.page_url) or [Paragraph(())]
                if cell.tag == "th":
                    said = [replace(part, runs=tuple(replace(run, style=replace(run.style, bold=True)) for run in part.runs)) for part in said]
                self._write(shown.text_frame, said, how.size, spaced=False)
        if block.caption:
            below = sum(part.height(box.width, SMALLEST, self.ruler) for part in block.caption)
            under = _Box(box.left, box.top + box.height - below + 6, box.width, below)
            self._write(self._text_box(slide, under, "Caption").text_frame, block.caption, SMALLEST)

    def _text_box(self, slide: Slide, box: _Box, name: str) -> Any:
        shape = slide.shapes.add_textbox(Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height))
        shape.name = name
        _bare(shape.text_frame)
        return shape

    def _under(self, slide: Slide) -> None:
        """Make room for a title of two lines."""
        high = self._title_height(text_in(slide.shapes.title))
        if high > 60:
            _put(slide.shapes.title, _Box(_SIDE, _TOP, _WIDTH - 2 * _SIDE, high))

    def _foot_last(self, slide: Slide) -> None:
        """The foot and the number are read after all else."""
        for shape in list(slide.placeholders):
            if str(shape.placeholder_format.type).partition(" ")[0] in ("FOOTER", "SLIDE_NUMBER"):
                slide.shapes._spTree.append(shape._element)

    def _write(self, frame: Any, parts: Sequence[Paragraph], size: float = 0, color: Any = None, major: bool = False, spaced: bool = True) -> None:
        """Fill a frame with paragraphs, `size` points high, or as its layout has them."""
        for number, part in enumerate(parts):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            own = SMALLEST if size and part.kind in ("slide__facts", "post__label", "scenario__label", "scenario__note", "post__by") else size
            if size:
                _listed(paragraph, part, own)
                if spaced:
                    paragraph.space_after = Pt(round(own * 0.45))
            paragraph.line_spacing = 1.0 if size else None
            for run in part.runs:
                if run.text == "\n":
                    paragraph.add_line_break()
                    continue
                shown = paragraph.add_run()
                shown.text = run.text
                if run.style.link.startswith(("http://", "https://", "mailto:", "tel:")):
                    shown.hyperlink.address = run.style.link
                font = shown.font
                if own:
                    font.size = Pt(own)
                if run.style.bold or part.kind in ("slide__facts", "scenario__title"):
                    font.bold = True
                if run.style.italic:
                    font.italic = True
                if run.style.underlined:
                    font.underline = True
                if run.style.mono:
                    font.name = "Courier New"
                if major:
                    font.name = "+mj-lt"
                if color is not None:
                    font.color.theme_color = color
                elif part.kind == "slide__facts":
                    font.color.theme_color = MSO_THEME_COLOR.ACCENT_2
                properties = shown._r.get_or_add_rPr()
                if run.style.struck:
                    properties.set("strike", "sngStrike")
                if run.style.raised:
                    properties.set("baseline", "30000" if run.style.raised > 0 else "-25000")
                if run.style.language:
                    properties.set("lang", run.style.language)
        _speak(frame._txBody, self._language)

    # --- What the slides rest on --------------------------------------------------------------------------------------------------

    def _sources(self, section: HtmlElement) -> None:
        """A list at the end, on as many slides as it takes."""
        title = next((text_of(node) for node in children(section) if node.tag in ("h2", "h3")), "Sources")
        parts = paragraphs([node for node in children(section) if node.tag not in ("h2", "h3")], self.request.page_url)
        room, width = _FOOT - self._top(title), _WIDTH - 2 * _SIDE
        pages: list[list[Paragraph]] = [[]]
        at = 0.0
        for part in parts:
            high = part.height(width, SMALLEST, self.ruler)
            if pages[-1] and at + high > room:
                # What heads a group goes over with its first entry.
                heads = [pages[-1].pop()] if len(pages[-1]) > 1 and _heads(pages[-1][-1]) else []
                pages.append(heads)
                at = sum(head.height(width, SMALLEST, self.ruler) for head in heads)
            pages[-1].append(part)
            at += high
        for number, page in enumerate(pages, 1):
            slide = self._add("Title and Content", title if len(pages) == 1 else f"{title}, {number} of {len(pages)}")
            self._draw(slide, _Text(tuple(page)), _Box(_SIDE, self._top(title), width, room), SMALLEST, slide.placeholders[1])
            self._foot_last(slide)


def _heads(part: Paragraph) -> bool:
    """Whether a paragraph is the heading of a group: bold from end to end."""
    return bool(part.text.strip()) and all(run.style.bold for run in part.runs if run.text.strip())


def draw_png(source: Path, data: bytes, suffix: str, fonts: Path) -> bytes:
    """A picture of another form as PNG, as large as it is.

    Raises:
        EditionError: it cannot be drawn. Names `source`.
    """
    import tempfile

    with tempfile.TemporaryDirectory(prefix="picture-") as folder:
        root = Path(folder)
        (root / f"image{suffix}").write_bytes(data)
        (root / "main.typ").write_text(f'#set page(width: 6in, height: auto, margin: 0pt)\n#image("image{suffix}", width: 100%)\n', encoding="utf-8")
        try:
            made = typst(source).compile(
                str(root / "main.typ"), root=str(root), format="png", ppi=_RESOLUTION, ignore_system_fonts=True, font_paths=[str(fonts)]
            )
        except RuntimeError as error:
            raise EditionError(source, f"a picture cannot be drawn: {error}") from error
    return bytes(made[0] if isinstance(made, list) else made)


def _shrink(side: Sequence[_Block], heights: list[float], room: float) -> None:
    """Take from the height of pictures, down to `_LEAST`, what their column has not."""
    for number, block in enumerate(side):
        over = sum(heights) + _GAP * (len(heights) - 1) - room
        if isinstance(block, _Picture) and over > 0:
            heights[number] = max(heights[number] - over, _LEAST)


def text_in(shape: Any) -> str:
    """The words of a shape."""
    return str(shape.text_frame.text)


def _put(shape: Any, box: _Box) -> None:
    shape.left, shape.top, shape.width, shape.height = Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height)


def _bare(frame: Any) -> None:
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0


def _decorative(shape: Any) -> None:
    """Nothing is said of it: an extension that PowerPoint reads since 2019, and an empty description for all others."""
    named = next(shape.iter(qn("p:cNvPr")))
    named.set("descr", "")
    uri = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
    space = "http://schemas.microsoft.com/office/drawing/2017/decorative"
    extension = etree.SubElement(etree.SubElement(named, qn("a:extLst")), qn("a:ext"), uri=uri)
    etree.SubElement(extension, f"{{{space}}}decorative", nsmap={"adec": space}).set("val", "1")


def _listed(paragraph: Any, part: Paragraph, size: float) -> None:
    """The mark of an item and where its words begin (ECMA-376, 21.1.2.4)."""
    properties = paragraph._p.get_or_add_pPr()
    step = int(INDENT * size * 12700)
    properties.set("marL", str(step * (part.level + bool(part.mark))))
    properties.set("indent", str(-step if part.mark else 0))
    for old in properties.findall(qn("a:buNone")):
        properties.remove(old)
    numbered = re.fullmatch(r"(\d+)\.", part.mark)
    lettered = re.fullmatch(r"([A-Za-z])\.", part.mark)
    if not part.mark:
        etree.SubElement(properties, qn("a:buNone"))
    elif numbered:
        start = {"startAt": numbered[1]} if numbered[1] != "1" else {}
        etree.SubElement(properties, qn("a:buFont"), typeface="+mj-lt")
        etree.SubElement(properties, qn("a:buAutoNum"), type="arabicPeriod", **start)
    elif lettered:
        kind, first = ("alphaUcPeriod", "A") if lettered[1].isupper() else ("alphaLcPeriod", "a")
        start = {"startAt": str(ord(lettered[1]) - ord(first) + 1)} if lettered[1] != first else {}
        etree.SubElement(properties, qn("a:buAutoNum"), type=kind, **start)
    else:
        etree.SubElement(properties, qn("a:buFont"), typeface=look().faces["sans"].office)
        etree.SubElement(properties, qn("a:buChar"), char="•")


def _foot(shape: Any, words: str, language: str) -> None:
    """The words of a copied foot."""
    body = next(shape.iter(qn("p:txBody")))
    for paragraph in body.findall(qn("a:p")):
        body.remove(paragraph)
    paragraph = etree.SubElement(body, qn("a:p"))
    run = etree.SubElement(paragraph, qn("a:r"))
    etree.SubElement(run, qn("a:rPr"), lang=language, sz=str(int(_SMALL * 100)))
    etree.SubElement(run, qn("a:t")).text = words


def _speak(body: Any, language: str) -> None:
    """State the language of every run that states none."""
    for run in body.iter(qn("a:r"), qn("a:fld")):
        properties = run.find(qn("a:rPr"))
        if properties is None:
            properties = etree.Element(qn("a:rPr"))
            run.insert(0, properties)
        if not properties.get("lang"):
            properties.set("lang", language)


def words_in(package: bytes) -> Iterator[str]:
    """All that a file says, a shape after the other: titles, text, tables, notes, and what stands for pictures."""
    for slide in Presentation(io.BytesIO(package)).slides:
        yield from _said(slide.shapes)
        if slide.has_notes_slide:
            yield slide.notes_slide.notes_text_frame.text


def _said(shapes: Iterable[Any]) -> Iterator[str]:
    for shape in shapes:
        if shape.shape_type is not None and hasattr(shape, "shapes"):
            yield from _said(shape.shapes)
        elif getattr(shape, "has_table", False) and shape.has_table:
            yield from (cell.text_frame.text for row in shape.table.rows for cell in row.cells)
        elif shape.has_text_frame:
            yield shape.text_frame.text
        else:
            yield shape._element.xpath(".//p:cNvPr")[0].get("descr") or ""
