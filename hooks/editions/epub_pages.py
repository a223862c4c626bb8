"""The XHTML files of an EPUB, as pandoc made them, brought to their final form."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, unquote

from lxml import etree

from .epub_marks import XHTML, unmark
from .epub_matter import ABOUT, TITLE_PAGE

_OPS = "http://www.idpf.org/2007/ops"
_TYPE = f"{{{_OPS}}}type"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# What may stand in a fragment as it is (RFC 3986, 3.5).
_SAFE = "!$&'()*+,;=:@/?-._~"
# Divisions of the whole book by the id of their heading (https://www.w3.org/TR/epub-ssv-11/, 2).
_DIVISIONS = {TITLE_PAGE: "frontmatter", ABOUT: "backmatter", "references-title": "backmatter", "law-cited-title": "backmatter"}


def chapters(files: Mapping[str, bytes], sheet: str) -> dict[str, bytes]:
    """The chapters by file name, all in one folder. `sheet` is the address of the style sheet from there.

    Raises:
        LookupError: a link leads to a place that is in no chapter.
    """
    roots = {name: etree.fromstring(data) for name, data in files.items()}
    titles = {name: _chapter(root) for name, root in roots.items()}
    _lead(roots)
    return {name: _finished(root, titles[name], sheet) for name, root in roots.items()}


def _chapter(root: etree._Element) -> str:
    """Bring one chapter to its form; its title."""
    unmark(root)
    body = root.find(f"{{{XHTML}}}body")
    for section in list(body.iter(f"{{{XHTML}}}section")):
        _section(section)
    heading = body.find(f".//{{{XHTML}}}h1")
    division = _DIVISIONS.get(heading.get("id"), "bodymatter")
    body.set(_TYPE, division)
    if "part" in (heading.get("class") or "").split() and division == "bodymatter":
        heading.getparent().set("role", "doc-chapter")
        heading.getparent().set("aria-labelledby", heading.get("id"))
    for node in body.iter(f"{{{XHTML}}}*"):
        _node(node)
    _notes(body)
    return " ".join("".join(heading.itertext()).split())


def _lead(roots: Mapping[str, etree._Element]) -> None:
    """Point every link inside the book to the chapter that has its place: pandoc looks for places in headings and text only."""
    places = {node.get("id"): name for name, root in roots.items() for node in root.iter(f"{{{XHTML}}}*") if node.get("id") and not _own(node)}
    for name, root in roots.items():
        for link in root.iter(f"{{{XHTML}}}a"):
            file, hash_, place = (link.get("href") or "").partition("#")
            if not hash_ or _own(link) or (file and file not in roots):
                continue
            place = unquote(place)
            if place not in places:
                raise LookupError(f"the place {place!r} that a link leads to was lost")
            link.set("href", f"{'' if places[place] == name else places[place]}#{quote(place, safe=_SAFE)}")


def _own(node: etree._Element) -> bool:
    """Whether it is a note or a link between a note and its text: pandoc numbers these anew in each chapter."""
    return node.get("role") in ("doc-noteref", "doc-footnote", "doc-backlink")


def navigation(data: bytes, sheet: str) -> bytes:
    """The navigation document (EPUB 3.3, 7) under a heading of its own."""
    root = etree.fromstring(data)
    root.find(f".//{{{XHTML}}}h1").text = "Contents"
    return _finished(root, "Contents", sheet)


def _section(section: etree._Element) -> None:
    """pandoc gives the id of a heading to a section around it: give it back, so that labels and links find the heading."""
    classes = (section.get("class") or "").split()
    heading = next(iter(section), None)
    if not any(name.startswith("level") for name in classes) or heading is None:
        return
    if section.get("id"):
        heading.set("id", section.attrib.pop("id"))
    section.attrib.pop("class")
    parent = section.getparent()
    if parent.tag == section.tag and len(parent) == 1:
        # The article has a section here already.
        parent.remove(section)
        parent.extend(list(section))


def _node(node: etree._Element) -> None:
    classes = (node.get("class") or "").split()
    if node.get("lang"):
        node.set(_LANG, node.get("lang"))
    if node.tag == f"{{{XHTML}}}section" and "references" in classes:
        node.set("role", "doc-bibliography")
    elif node.tag == f"{{{XHTML}}}a" and "citation__ref" in classes:
        node.set("role", "doc-biblioref")
    elif node.tag in (f"{{{XHTML}}}tr", f"{{{XHTML}}}pre") or set(classes) == {"footnotes", "footnotes-end-of-document"}:
        # pandoc's own, which nothing asks for.
        node.attrib.pop("class", None)
        if classes and node.get("id") == "footnotes":
            del node.attrib["id"]


def _notes(body: etree._Element) -> None:
    """A way back from each note, for readers that show it in its place."""
    for note in body.iter(f"{{{XHTML}}}aside"):
        if note.get("role") != "doc-footnote":
            continue
        number = note.get("id").removeprefix("fn")
        reference = next(link for link in body.iter(f"{{{XHTML}}}a") if link.get("id") == f"fnref{number}")
        back = etree.Element(f"{{{XHTML}}}a", {"href": f"#{reference.get('id')}", "role": "doc-backlink", "aria-label": "Back to the text"})
        back.text = "".join(reference.itertext())
        first = next(iter(note.iter(f"{{{XHTML}}}p")), None)
        if first is None:
            first = etree.Element(f"{{{XHTML}}}p")
            note.insert(0, first)
        back.tail, first.text = f". {first.text or ''}", None
        first.insert(0, back)


def _finished(root: etree._Element, title: str, sheet: str) -> bytes:
    """With a head of our own, as XHTML."""
    old = root.find(f"{{{XHTML}}}head")
    head = etree.Element(f"{{{XHTML}}}head")
    etree.SubElement(head, f"{{{XHTML}}}meta", charset="utf-8")
    etree.SubElement(head, f"{{{XHTML}}}title").text = title
    etree.SubElement(head, f"{{{XHTML}}}link", rel="stylesheet", type="text/css", href=sheet)
    head.tail = old.tail
    root.replace(old, head)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", doctype="<!DOCTYPE html>")
