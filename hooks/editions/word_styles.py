"""The reference document of Word editions: our own styles, by name, so that an office can restyle them.

pandoc's reference document is the base, since its writer counts on the styles in it. Fonts are such as
every office has.
"""

from __future__ import annotations

import io
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pypandoc
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Inches, Pt, RGBColor

from hooks.blocks.callouts import CALLOUTS
from hooks.core.look import look, look_key

_AFTER = ("w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl")


@dataclass(frozen=True)
class Paragraph:
    """One paragraph style: `size` in points, or the name of one of the look's sizes; spaces in points; colors by their names in
    the look, and `font` by the name or use of its face there.

    `border` is (sides, color); `shade` fills the paragraph; `keep` holds it to the next one.
    """

    size: float | str
    colour: str = "ink"
    font: str = "print"
    bold: bool = False
    italic: bool = False
    before: float = 0
    after: float = 6
    indent: float = 0
    hanging: float = 0
    border: tuple[tuple[str, ...], str] | None = None
    shade: str = ""
    keep: bool = False


_HEADINGS = {
    "Title": Paragraph("title", font="heading", bold=True, after=4, keep=True),
    "Subtitle": Paragraph(15, font="heading", after=6, keep=True),
    "Heading 1": Paragraph("heading_1", font="heading", bold=True, before=20, after=6, keep=True),
    "Heading 2": Paragraph("heading_2", font="heading", bold=True, before=14, after=4, keep=True),
    "Heading 3": Paragraph("heading_3", font="heading", bold=True, before=10, after=3, keep=True),
    "Heading 4": Paragraph("heading_3", font="heading", italic=True, before=8, after=3, keep=True),
}
_TEXT = {
    "Normal": Paragraph("text"),
    "Body Text": Paragraph("text", after=7),
    "First Paragraph": Paragraph("text", before=6, after=7),
    "Compact": Paragraph(10, after=2),
    "Block Text": Paragraph("text", indent=28, after=7),
    "Footnote Text": Paragraph("small", font="sans", after=2),
    "Table Caption": Paragraph("small", font="sans", colour="soft", before=8, after=4, keep=True),
    "Image Caption": Paragraph("small", font="sans", colour="soft", before=4, after=10),
    "Bibliography": Paragraph(10, indent=18, hanging=18, after=4),
    "Definition Term": Paragraph(10, font="sans", bold=True, before=4, after=1, keep=True),
    "Definition": Paragraph(10, font="sans", indent=18, after=3),
    "Publication": Paragraph("small", font="sans", bold=True, colour="soft", after=8, keep=True),
    "Summary": Paragraph(13, colour="soft", after=8),
    "Facts": Paragraph("small", font="sans", colour="soft", after=3),
    "Part Mark": Paragraph("small", font="sans", colour="accent", before=22, after=2, keep=True, border=(("top",), "accent")),
    "Recommendation": Paragraph("text", bold=True, before=10, after=3, border=(("top",), "recommendation"), keep=True),
    "Recommendation Text": Paragraph("text", after=3),
    "Recommendation Note": Paragraph("small", font="sans", colour="soft", after=8),
    "Clause Label": Paragraph("small", font="sans", bold=True, colour="brand", before=10, after=3, keep=True, border=(("top",), "brand")),
    "Clause Text": Paragraph("text", after=5, shade="panel"),
    "Space Label": Paragraph(10, font="sans", bold=True, before=10, after=4, keep=True),
    "Writing Space": Paragraph("text", after=0, border=(("top", "left", "bottom", "right", "between"), "soft")),
    "Clause Note": Paragraph("small", font="sans", colour="soft", after=8),
}


def _callout(name: str, colour: str) -> dict[str, Paragraph]:
    edge = (("left",), colour)
    return {
        f"{name} Label": Paragraph("small", font="sans", bold=True, colour=colour, indent=12, before=8, after=2, border=edge, keep=True),
        f"{name} Title": Paragraph(12, font="heading", bold=True, indent=12, after=3, border=edge, keep=True),
        f"{name} Text": Paragraph(10.5, indent=12, after=3, border=edge),
        f"{name} Note": Paragraph("small", font="sans", colour="soft", indent=12, after=8, border=edge),
    }


PARAGRAPHS = _HEADINGS | _TEXT | {name: form for kind in CALLOUTS for name, form in _callout(kind.style, kind.tone).items()}
"""Every paragraph style of a Word edition."""


def reference_document(foot: str) -> bytes:
    """The reference document, with `foot` (plain text) and the page number at the foot of every page; with nothing there where it is empty."""
    return _reference(foot, look_key())


@lru_cache(maxsize=2)
def _reference(foot: str, key: str) -> bytes:
    base = subprocess.run([pypandoc.get_pandoc_path(), "--print-default-data-file", "reference.docx"], capture_output=True, check=True)
    document = Document(io.BytesIO(base.stdout))
    section = document.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = Inches(1.1)
    section.top_margin = section.bottom_margin = Inches(1)
    for name, form in PARAGRAPHS.items():
        _set(_style(document, name, WD_STYLE_TYPE.PARAGRAPH), form)
    blank = _style(document, "Blank", WD_STYLE_TYPE.CHARACTER)
    blank.font.underline = True
    blank.element.get_or_add_rPr().append(_shade("blank"))
    _style(document, "Caption Label", WD_STYLE_TYPE.CHARACTER).font.bold = True
    caveat = _style(document, "Caveat", WD_STYLE_TYPE.CHARACTER).font
    caveat.size, caveat.name, caveat.bold, caveat.color.rgb = Pt(8.5), look().face("sans").office, True, RGBColor.from_string(_color("soft"))
    strength = _style(document, "Strength", WD_STYLE_TYPE.CHARACTER).font
    strength.size, strength.name, strength.bold, strength.color.rgb = Pt(9), look().face("sans").office, True, RGBColor.from_string(_color("recommendation"))
    if foot:
        _foot(section, foot, document.styles["Facts"])
    _table(document.styles["Table"])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _style(document: Any, name: str, kind: WD_STYLE_TYPE) -> Any:
    try:
        return document.styles[name]
    except KeyError:
        style = document.styles.add_style(name, kind)
        if kind == WD_STYLE_TYPE.PARAGRAPH:
            style.base_style = document.styles["Normal"]
        style.quick_style = True
        return style


def _set(style: Any, form: Paragraph) -> None:
    font, size = style.font, getattr(look().sizes.word, form.size) if isinstance(form.size, str) else form.size
    # What a style leaves open, the table around it may decide.
    font.size, font.bold, font.italic = Pt(size), form.bold or None, form.italic or None
    font.color.rgb = RGBColor.from_string(_color(form.colour))
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), look().face(form.font).office)
    shape = style.paragraph_format
    shape.space_before, shape.space_after = Pt(form.before), Pt(form.after)
    shape.left_indent, shape.first_line_indent = Pt(form.indent), Pt(-form.hanging)
    shape.keep_with_next, shape.line_spacing = form.keep, 1.15
    shape.alignment = None
    properties = style.element.get_or_add_pPr()
    for old in [*properties.findall(qn("w:pBdr")), *properties.findall(qn("w:shd"))]:
        properties.remove(old)
    if form.border:
        sides, colour = form.border
        box = _xml("pBdr", *(f'<w:{side} w:val="single" w:sz="12" w:space="6" w:color="{_color(colour)}"/>' for side in sides))
        # The schema fixes the order of properties (ISO 29500-1, 17.3.1.26): borders come before shading, tabs and spacing.
        properties.insert_element_before(box, "w:shd", *_AFTER)
    if form.shade:
        properties.insert_element_before(_shade(form.shade), *_AFTER)


def _color(name: str) -> str:
    return look().colors[name].word


def _shade(colour: str) -> Any:
    return parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{_color(colour)}"/>')


def _xml(name: str, *inside: str) -> Any:
    return parse_xml(f"<w:{name} {nsdecls('w')}>{''.join(inside)}</w:{name}>")


def _table(style: Any) -> None:
    """Hairlines between rows; the first row and the first column, which name the others, in bold."""
    root = style.element
    for old in [*root.findall(qn("w:tblPr")), *root.findall(qn("w:tblStylePr"))]:
        root.remove(old)
    margins = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in (("top", 40), ("left", 80), ("bottom", 40), ("right", 80)))
    lines = _line("top", 12, "ink") + _line("bottom", 6, "soft") + _line("insideH", 4, "rule")
    root.append(_xml("tblPr", f"<w:tblBorders>{lines}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar>"))
    for part, cell in (("firstRow", f"<w:tcPr><w:tcBorders>{_line('bottom', 8, 'ink')}</w:tcBorders></w:tcPr>"), ("firstCol", "")):
        condition = _xml("tblStylePr", f"<w:rPr><w:b/></w:rPr>{cell}")
        condition.set(qn("w:type"), part)
        root.append(condition)


def _line(side: str, size: int, colour: str) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{_color(colour)}"/>'


def _foot(section: Any, text: str, style: Any) -> None:
    paragraph = section.footer.paragraphs[0]
    paragraph.style = style
    paragraph.add_run(f"{text} · page ")
    for mark in ('<w:fldChar w:fldCharType="begin"/>', "<w:instrText>PAGE</w:instrText>", '<w:fldChar w:fldCharType="end"/>'):
        paragraph._p.append(_xml("r", mark))
