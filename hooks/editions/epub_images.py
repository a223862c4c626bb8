"""Pictures for EPUB: SVG without anything that acts, and the other kinds as they are."""

from __future__ import annotations

from pathlib import PurePosixPath

from lxml import etree
from lxml.html import HtmlElement

from .context import Walk

_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp"}
_SVG = "http://www.w3.org/2000/svg"
_ACTS = ("script", "foreignObject", "animate", "animateMotion", "animateTransform", "set", "handler", "listener", "iframe", "audio", "video")
_LINKS = ("href", "{http://www.w3.org/1999/xlink}href")


def image_file(walk: Walk, element: HtmlElement) -> tuple[str, bytes]:
    """The media type and the content of an `img`.

    Raises:
        EditionError: no `alt`, no file for the `src`, a kind of file that is no core media type of EPUB 3.3, or a broken SVG.
    """
    source, _ = walk.image(element)
    media_type = _TYPES.get(PurePosixPath(source).suffix.lower())
    if media_type is None:
        walk.fail(f"an EPUB cannot hold the image {source!r}", element)
    data = walk.request.images[source]
    if media_type != _TYPES[".svg"]:
        return media_type, data
    try:
        return media_type, inert_svg(data)
    except (etree.XMLSyntaxError, ValueError) as error:
        walk.fail(f"the image {source!r} cannot be drawn: {error}", element)


def inert_svg(data: bytes) -> bytes:
    """The drawing without scripts, motion, handlers of events, and anything that leads out of it. No entity is read.

    Raises:
        lxml.etree.XMLSyntaxError: it is not well-formed.
        ValueError: it is no SVG.
    """
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True))
    if root.tag != f"{{{_SVG}}}svg":
        raise ValueError("it is no SVG")
    for node in list(root.iter()):
        name = etree.QName(node).localname if isinstance(node.tag, str) else "script"
        if name in _ACTS or name == "metadata" or (name == "style" and _fetches("".join(node.itertext()))):
            parent = node.getparent()
            if parent is not None:
                _cut(parent, node)
            continue
        for attribute in list(node.attrib):
            outside = attribute in _LINKS and not node.get(attribute).strip().startswith(("#", "data:image/"))
            if outside or etree.QName(attribute).localname.lower().startswith("on") or _leads_out(node.get(attribute)):
                del node.attrib[attribute]
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _fetches(sheet: str) -> bool:
    """Whether a style sheet could ask for a file: by a rule, or by an address, if need be written with escapes."""
    return any(sign in sheet for sign in ("@", "\\")) or _leads_out(sheet)


def _leads_out(value: str) -> bool:
    """Whether a style names an address that is not a place of the drawing, as `url(#clip)` is."""
    packed = "".join(value.lower().split()).replace("'", "").replace('"', "")
    return packed.count("url(") != packed.count("url(#")


def _cut(parent: etree._Element, node: etree._Element) -> None:
    """Take `node` out of the drawing; the text that follows it is layout."""
    node.tail = None
    parent.remove(node)
