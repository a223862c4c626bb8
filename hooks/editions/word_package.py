"""Article HTML, made ready for pandoc, → the bytes of a .docx: the same for the same input, on any day."""

from __future__ import annotations

import io
import tempfile
import zipfile
from datetime import date
from pathlib import Path

from lxml import etree

from .pandoc import run_pandoc

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_CORE = {
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
PROMPT = "[Write here]"
"""What stands in a space to write in. In Word it is a content control: the first key typed takes its place."""
_ROOM = 620
"""Height at least of a table row with cells to fill in, in twentieths of a point."""
# The earliest time that a zip can hold.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def word_package(html: str, reference: bytes, properties: dict[str, str], modified: date, language: str, source: Path) -> bytes:
    """The document of `html`, in the styles of `reference`.

    `properties` are core properties by name (`dc:title`, `dc:creator`, …; ISO 29500-2, 11).

    Raises:
        EditionError: pandoc is missing or refuses its input. Names `source`.
    """
    with tempfile.TemporaryDirectory(prefix="word-") as folder:
        model = Path(folder) / "reference.docx"
        model.write_bytes(reference)
        made = run_pandoc(html, ["-t", "docx", "--reference-doc", str(model), "-M", f"lang={language}"], source)
    return _normal(made, properties | {"dc:language": language}, modified)


def _normal(package: bytes, properties: dict[str, str], modified: date) -> bytes:
    """The package with its parts in a fixed order and without times, our properties, and tables with their first column marked."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    parts["word/document.xml"] = _finish(parts["word/document.xml"])
    parts["docProps/core.xml"] = _core(properties, modified)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        # The content types come first, as readers of streams expect (ISO 29500-2, 10.2).
        for name in sorted(parts, key=lambda n: (n != "[Content_Types].xml", n)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, parts[name])
    return out.getvalue()


def _finish(document: bytes) -> bytes:
    tree = etree.fromstring(document)
    for look in tree.iter(f"{{{_W}}}tblLook"):
        # Our tables name their rows in the first column (ISO 29500-1, 17.4.56).
        look.set(f"{{{_W}}}firstColumn", "1")
        look.set(f"{{{_W}}}val", "00A0")
    for row in tree.iter(f"{{{_W}}}tr"):
        options = row.find(f"{{{_W}}}trPr")
        if options is None:
            options = etree.Element(f"{{{_W}}}trPr")
            row.insert(0, options)
        options.insert(0, etree.Element(f"{{{_W}}}cantSplit"))
    _room(tree)
    _controls(tree)
    for table in tree.iter(f"{{{_W}}}tbl"):
        below = next((node for node in table.itersiblings() if node.tag == f"{{{_W}}}p"), None)
        name = None if below is None else below.find(f"{{{_W}}}pPr/{{{_W}}}pStyle")
        if name is not None and name.get(f"{{{_W}}}val") == "BodyText":
            # The style that keeps its distance from what is above.
            name.set(f"{{{_W}}}val", "FirstParagraph")
    for picture in tree.iter(f"{{{_PIC}}}cNvPr"):
        # The alternative text stands on the drawing; here pandoc repeats the whole image as text.
        picture.attrib.pop("descr", None)
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _room(tree: etree._Element) -> None:
    """Rows with an empty cell are high enough to write in (ISO 29500-1, 17.4.80)."""
    for row in tree.iter(f"{{{_W}}}tr"):
        cells = ["".join(cell.itertext()).strip() for cell in row.iterfind(f"{{{_W}}}tc")]
        if all(cells):
            continue
        height = etree.SubElement(row.find(f"{{{_W}}}trPr"), f"{{{_W}}}trHeight")
        height.set(f"{{{_W}}}val", str(_ROOM))
        height.set(f"{{{_W}}}hRule", "atLeast")


def _controls(tree: etree._Element) -> None:
    """Each space to write in becomes a content control (ISO 29500-1, 17.5.2.31), called as the label above it."""
    styled = [p for p in tree.iter(f"{{{_W}}}p") if (s := p.find(f"{{{_W}}}pPr/{{{_W}}}pStyle")) is not None and s.get(f"{{{_W}}}val") == "WritingSpace"]
    for number, first in enumerate((p for p in styled if "".join(p.itertext()) == PROMPT), 1):
        lines = [first]
        while lines[-1].getnext() is not None and lines[-1].getnext() in styled and "".join(lines[-1].getnext().itertext()) != PROMPT:
            lines.append(lines[-1].getnext())
        label = "".join(first.getprevious().itertext()) if first.getprevious() is not None else ""
        control, content = etree.Element(f"{{{_W}}}sdt"), etree.Element(f"{{{_W}}}sdtContent")
        properties = etree.SubElement(control, f"{{{_W}}}sdtPr")
        for name, value in (("alias", label[:64]), ("tag", f"space-{number}"), ("id", str(number))):
            etree.SubElement(properties, f"{{{_W}}}{name}").set(f"{{{_W}}}val", value)
        control.append(content)
        first.addprevious(control)
        for line in lines:
            for text in line.iter(f"{{{_W}}}t"):
                text.text = (text.text or "").replace("\u00a0", "")
            content.append(line)


def _core(properties: dict[str, str], modified: date) -> bytes:
    root = etree.Element(f"{{{_CORE['cp']}}}coreProperties", nsmap=_CORE)
    for name, value in sorted(properties.items()):
        prefix, _, local = name.partition(":")
        etree.SubElement(root, f"{{{_CORE[prefix]}}}{local}").text = value
    for local in ("created", "modified"):
        stamp = etree.SubElement(root, f"{{{_CORE['dcterms']}}}{local}")
        stamp.set(f"{{{_CORE['xsi']}}}type", "dcterms:W3CDTF")
        stamp.text = f"{modified.isoformat()}T00:00:00Z"
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
