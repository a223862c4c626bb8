"""The reference document of Word editions: our own styles, by name, so that an office can restyle them.

pandoc's reference document is the base, since its writer counts on the styles in it. Fonts are such as
every office has.
"""

from __future__ import annotations

import io
import subprocess
from dataclasses import dataclass
from functools import cache

import pypandoc
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Pt, RGBColor

_SERIF, _SANS = "Georgia", "Arial"
_INK, _SOFT, _BRAND = "1C2127", "545B64", "12405A"
_CASE, _LAW, _RECOMMENDATION = "2F5D3A", "4B3B78", "8A5A00"
_PANEL = "F4F1EA"


@dataclass(frozen=True)
class Look:
    """One paragraph style: sizes and spaces in points, colours as six hexadecimal digits.

    `border` is (sides, colour); `shade` fills the paragraph; `keep` holds it to the next one.
    """

    size: float
    colour: str = _INK
    font: str = _SERIF
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
    "Title": Look(26, bold=True, after=4, keep=True),
    "Subtitle": Look(15, after=6, keep=True),
    "Heading 1": Look(16, bold=True, before=20, after=6, keep=True),
    "Heading 2": Look(13, bold=True, before=14, after=4, keep=True),
    "Heading 3": Look(11, bold=True, before=10, after=3, keep=True),
    "Heading 4": Look(11, italic=True, before=8, after=3, keep=True),
}
_TEXT = {
    "Normal": Look(11),
    "Body Text": Look(11, after=7),
    "First Paragraph": Look(11, before=6, after=7),
    "Compact": Look(10, after=2),
    "Block Text": Look(11, indent=28, after=7),
    "Footnote Text": Look(9, font=_SANS, after=2),
    "Table Caption": Look(9, font=_SANS, colour=_SOFT, before=8, after=4, keep=True),
    "Image Caption": Look(9, font=_SANS, colour=_SOFT, before=4, after=10),
    "Bibliography": Look(10, indent=18, hanging=18, after=4),
    "Definition Term": Look(10, font=_SANS, bold=True, before=4, after=1, keep=True),
    "Definition": Look(10, font=_SANS, indent=18, after=3),
    "Publication": Look(9, font=_SANS, bold=True, colour=_SOFT, after=8, keep=True),
    "Summary": Look(13, colour=_SOFT, after=8),
    "Facts": Look(9, font=_SANS, colour=_SOFT, after=3),
    "Recommendation": Look(11, bold=True, before=10, after=3, border=(("top",), _RECOMMENDATION), keep=True),
    "Recommendation Text": Look(11, after=3),
    "Recommendation Note": Look(9, font=_SANS, colour=_SOFT, after=8),
    "Clause Label": Look(9, font=_SANS, bold=True, colour=_BRAND, before=10, after=3, keep=True, border=(("top",), _BRAND)),
    "Clause Text": Look(11, after=5, shade=_PANEL),
    "Space Label": Look(10, font=_SANS, bold=True, before=10, after=4, keep=True),
    "Writing Space": Look(11, after=0, border=(("top", "left", "bottom", "right", "between"), _SOFT)),
    "Clause Note": Look(9, font=_SANS, colour=_SOFT, after=8),
}


def _callout(name: str, colour: str) -> dict[str, Look]:
    edge = (("left",), colour)
    return {
        f"{name} Label": Look(9, font=_SANS, bold=True, colour=colour, indent=12, before=8, after=2, border=edge, keep=True),
        f"{name} Title": Look(12, bold=True, indent=12, after=3, border=edge, keep=True),
        f"{name} Text": Look(10.5, indent=12, after=3, border=edge),
        f"{name} Note": Look(9, font=_SANS, colour=_SOFT, indent=12, after=8, border=edge),
    }


PARAGRAPHS = {**_HEADINGS, **_TEXT, **_callout("Case", _CASE), **_callout("Law", _LAW)}
"""Every paragraph style of a Word edition."""

CHARACTERS = ("Blank", "Caption Label")
"""Character styles: a blank to fill in, and the number of a caption."""


@cache
def reference_document(foot: str) -> bytes:
    """The reference document, with `foot` (plain text) and the page number at the foot of every page."""
    base = subprocess.run([pypandoc.get_pandoc_path(), "--print-default-data-file", "reference.docx"], capture_output=True, check=True)
    document = Document(io.BytesIO(base.stdout))
    section = document.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = Inches(1.1)
    section.top_margin = section.bottom_margin = Inches(1)
    for name, look in PARAGRAPHS.items():
        _set(_style(document, name, WD_STYLE_TYPE.PARAGRAPH), look)
    blank = _style(document, "Blank", WD_STYLE_TYPE.CHARACTER)
    blank.font.underline = True
    _shade(blank.element.get_or_add_rPr(), "FFF2CC")
    _style(document, "Caption Label", WD_STYLE_TYPE.CHARACTER).font.bold = True
    _foot(section, foot, document.styles["Facts"])
    _table(document.styles["Table"])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _style(document, name: str, kind: WD_STYLE_TYPE):
    try:
        return document.styles[name]
    except KeyError:
        style = document.styles.add_style(name, kind)
        if kind == WD_STYLE_TYPE.PARAGRAPH:
            style.base_style = document.styles["Normal"]
        style.quick_style = True
        return style


def _set(style, look: Look) -> None:
    font = style.font
    # What a style leaves open, the table around it may decide.
    font.size, font.bold, font.italic = Pt(look.size), look.bold or None, look.italic or None
    font.color.rgb = RGBColor.from_string(look.colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), look.font)
    shape = style.paragraph_format
    shape.space_before, shape.space_after = Pt(look.before), Pt(look.after)
    shape.left_indent, shape.first_line_indent = Pt(look.indent), Pt(-look.hanging)
    shape.keep_with_next, shape.line_spacing = look.keep, 1.15
    shape.alignment = None
    properties = style.element.get_or_add_pPr()
    for old in [*properties.findall(qn("w:pBdr")), *properties.findall(qn("w:shd"))]:
        properties.remove(old)
    if look.border:
        _border(properties, *look.border)
    if look.shade:
        _shade(properties, look.shade)


def _border(properties, sides: tuple[str, ...], colour: str) -> None:
    box = OxmlElement("w:pBdr")
    for side in sides:
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "12"), ("space", "6"), ("color", colour)):
            line.set(qn(f"w:{name}"), value)
        box.append(line)
    # The schema fixes the order of properties (ISO 29500-1, 17.3.1.26): borders come before shading, tabs and spacing.
    properties.insert_element_before(box, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl")


def _shade(properties, colour: str) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    if properties.tag == qn("w:pPr"):
        properties.insert_element_before(shade, "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl")
    else:
        properties.append(shade)


def _table(style) -> None:
    """Hairlines between rows; the first row and the first column, which name the others, in bold."""
    root = style.element
    for old in [*root.findall(qn("w:tblPr")), *root.findall(qn("w:tblStylePr"))]:
        root.remove(old)
    properties = OxmlElement("w:tblPr")
    properties.append(_lines("w:tblBorders", {"top": ("single", "12", _INK), "bottom": ("single", "6", _SOFT), "insideH": ("single", "4", "D9D4C8")}))
    margins = OxmlElement("w:tblCellMar")
    for side, width in (("top", "40"), ("left", "80"), ("bottom", "40"), ("right", "80")):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), width)
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties.append(margins)
    root.append(properties)
    for part in ("firstRow", "firstCol"):
        condition = OxmlElement("w:tblStylePr")
        condition.set(qn("w:type"), part)
        run = OxmlElement("w:rPr")
        run.append(OxmlElement("w:b"))
        condition.append(run)
        if part == "firstRow":
            cell = OxmlElement("w:tcPr")
            cell.append(_lines("w:tcBorders", {"bottom": ("single", "8", _INK)}))
            condition.append(cell)
        root.append(condition)


def _lines(name: str, sides: dict[str, tuple[str, str, str]]):
    box = OxmlElement(name)
    for side, (kind, size, colour) in sides.items():
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", kind), ("sz", size), ("space", "0"), ("color", colour)):
            line.set(qn(f"w:{key}"), value)
        box.append(line)
    return box


def _foot(section, text: str, style) -> None:
    paragraph = section.footer.paragraphs[0]
    paragraph.style = style
    paragraph.add_run(f"{text} · page ")
    for kind, code in (("begin", None), (None, "PAGE"), ("end", None)):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = code
        run._r.append(mark)
