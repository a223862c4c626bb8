"""EPUB editions (EPUB 3.3, https://www.w3.org/TR/epub-33/): the same final HTML as the page and the PDF, for e-readers and phones.

The article's tree is checked against the closed vocabulary, divided into chapters and written as XHTML.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from lxml import etree
from lxml.html import HtmlElement

from hooks.blocks.callouts import CALLOUTS
from hooks.core.look import look
from hooks.core.tree import element
from hooks.editions.context import Walk
from hooks.editions.engine import look_source, typst
from hooks.editions.model import EditionError, EditionRequest
from hooks.editions.pandoc import checked_article, footnotes
from hooks.editions.template import edition_facts, edition_line, typst_source
from hooks.editions.vocabulary import classes

TITLE_PAGE = "epub.title-page"
ABOUT = "epub.about"
"""Ids of their headings. A dot is in no id but those of a part of the volume, and no part is called “epub”."""


def opening(request: EditionRequest) -> Iterable[HtmlElement]:
    """The title page: title, authors, summary, dates, permanent address, publisher's note and licence."""
    yield element("h1", "", request.title, id_=TITLE_PAGE)
    if request.subtitle:
        yield element("p", "subtitle", request.subtitle)
    yield element("p", "kind", " · ".join(dict.fromkeys((request.series, request.series_name))))
    authors = ", ".join(request.authors)
    if authors and authors != request.series:
        yield element("p", "authors", authors)
    if request.summary:
        yield element("p", "part__summary", request.summary)
    yield element("p", "part__facts", " · ".join(edition_facts(request)))
    yield element("p", "part__facts", "Permanent address: ", element("a", "", request.permalink, href=request.permalink))
    yield element("p", "part__facts", f"{request.publisher_note} {request.licence}".strip())


def closing(request: EditionRequest, ids: Collection[str]) -> Iterable[HtmlElement]:
    """How to cite, the policy elements, and the edition history unless the article has one."""
    yield element("h1", "", "About this edition", id_=ABOUT)
    yield element("h2", "", "How to cite", id_=f"{ABOUT}-cite")
    yield element("p", "reference", request.cite_as)
    if request.elements:
        yield element("p", "part__facts", f"Policy elements: {', '.join(request.elements)}")
    if request.history and "edition-history" not in ids:
        yield element("h2", "", "Edition history", id_="edition-history")
        yield element("ul", "", *(element("li", "", f"Edition {edition}, {when}. {note}") for edition, when, note in request.history))


_SHIFT = {"h2": "h1", "h3": "h2", "h4": "h3", "h5": "h4"}
# What else an article's markup says is for scripts and styles of the web page.
_KEPT = frozenset({"id", "class", "lang", "href", "title", "aria-label", "aria-labelledby", "scope", "colspan", "rowspan", "start",
                   "reversed", "type", "value", "datetime", "alt", "src", "epub:type"})
# Divisions of the whole book by the id of their heading (https://www.w3.org/TR/epub-ssv-11/, 2).
_DIVISIONS = {TITLE_PAGE: "frontmatter", ABOUT: "backmatter", "references-title": "backmatter", "law-cited-title": "backmatter"}
# What may stand in a fragment as it is (RFC 3986, 3.5).
_SAFE = "!$&'()*+,;=:@/?-._~"


def make_epub(request: EditionRequest, fonts: Path) -> bytes:
    """The .epub of one publication; equal requests give equal bytes. `fonts`, made by `build_fonts`, are those of the cover.

    Raises:
        EditionError: the article holds something that an EPUB could not keep, an image is missing or
            broken, or the engine that draws the cover fails. Names `request.source`.
    """
    root = checked_article(request, "an EPUB edition")
    for node in root.iter():
        for name in set(node.attrib) - _KEPT:
            del node.attrib[name]
    ids = frozenset(node.get("id") for node in root.iter() if node.get("id"))
    walk = Walk(request, ids, {})
    footnotes(walk, root)
    for link in root.iter("a"):
        if not link.get("epub:type") and link.get("href") is not None:
            inside, target = walk.target(link)
            link.set("href", f"#{target}" if inside else target)
    pictures = _pictures(walk, root)
    _headings(root)
    notes = {note.get("id"): note for note in root.xpath("aside[@id]") if note.get("epub:type") == "footnote"}
    article = [node for node in root if node.get("id") not in notes]
    book = _chapters([*opening(request), *article, *closing(request, ids)])
    for chapter in book:
        chapter.finish(notes)
    _lead(book)
    return _packed(_files(book, pictures, request, cover(request, fonts)))


def _pictures(walk: Walk, root: HtmlElement) -> dict[str, tuple[str, bytes]]:
    """The files of all images, by name below `media/`, with their types; every `img` leads to its own."""
    made: dict[str, tuple[str, bytes]] = {}
    names: dict[str, str] = {}
    for image in root.iter("img"):
        media_type, data = image_file(walk, image)
        source = image.get("src")
        name = names.setdefault(source, f"file{len(names)}{PurePosixPath(source).suffix.lower()}")
        made[name] = (media_type, data)
        image.set("src", f"../media/{name}")
    return made


def _headings(root: HtmlElement) -> None:
    """A heading of the second level begins a chapter; each has an id, for the table of contents."""
    for number, heading in enumerate([node for node in root.iter() if node.tag in _SHIFT], 1):
        heading.tag = _SHIFT[heading.tag]
        if not heading.get("id"):
            heading.set("id", f"epub.heading-{number}")


@dataclass(frozen=True)
class Chapter:
    """One file of the book: its name, the heading of the first level that it begins with, and all that it holds."""

    name: str
    heading: HtmlElement
    body: HtmlElement

    @property
    def places(self) -> list[tuple[str, str]]:
        """Its headings of the first two levels, as (id, text); the first is its own."""
        return [(node.get("id"), _text(node)) for node in self.body.iter("h1", "h2")]

    def finish(self, notes: dict[str, HtmlElement]) -> None:
        """Give its elements their roles, its notes numbers and a way back, for readers that show them in their place."""
        numbers: dict[str, int] = {}
        uses: Counter[str] = Counter()
        for mark in [link for link in self.body.iter("a") if link.get("epub:type") == "noteref"]:
            name = mark.get("href").removeprefix("#")
            number = numbers.setdefault(name, len(numbers) + 1)
            uses[name] += 1
            mark.text = str(number)
            _set(mark, id=f"fnref{number}" if uses[name] == 1 else f"fnref{number}-{uses[name]}", href=f"#fn{number}", role="doc-noteref")
        for name, number in numbers.items():
            self.body.append(_note(deepcopy(notes[name]), number))
        for node in self.body.iter():
            names = classes(node)
            if node.get("lang"):
                node.set("xml:lang", node.get("lang"))
            if "references" in names:
                node.set("role", "doc-bibliography")
            elif "citation__ref" in names:
                node.set("role", "doc-biblioref")

    @property
    def xhtml(self) -> str:
        """What its `body` element is written as."""
        division = _DIVISIONS.get(self.heading.get("id"), "bodymatter")
        inside = "".join(etree.tostring(node, encoding="unicode") for node in self.body)
        if division == "bodymatter" and "part" in classes(self.heading):
            inside = f'<section role="doc-chapter" aria-labelledby="{escape(self.heading.get("id"))}">\n{inside}\n</section>'
        return f'<body epub:type="{division}">\n{inside}\n</body>'


def _note(note: HtmlElement, number: int) -> HtmlElement:
    """The note under its number, with the way back to where it is first referred to."""
    _set(note, id=f"fn{number}", role="doc-footnote")
    first = next(iter(note.iter("p")), None)
    if first is None:
        first = element("p", "")
        note.insert(0, first)
    back = element("a", "", str(number), href=f"#fnref{number}", role="doc-backlink", aria_label="Back to the text")
    back.tail, first.text = f". {first.text or ''}", None
    first.insert(0, back)
    return note


def _chapters(nodes: Iterable[HtmlElement]) -> list[Chapter]:
    """The book, divided before every heading of the first level, and before a section that begins with one.

    The mark of a part stands above the heading that follows it.
    """
    book: list[Chapter] = []
    marks: list[HtmlElement] = []
    for node in nodes:
        if "part-mark" in classes(node):
            marks.append(node)
            continue
        heading = node if node.tag == "h1" else node[0] if node.tag == "section" and len(node) and node[0].tag == "h1" else None
        if heading is not None:
            book.append(Chapter(f"ch{len(book) + 1:03}.xhtml", heading, element("div", "")))
        book[-1].body.extend([*marks, node])
        marks.clear()
    return book


def _lead(book: Sequence[Chapter]) -> None:
    """Point every link inside the book to the chapter that has its place."""
    own = [{node.get("id"): node for node in chapter.body.iter() if node.get("id")} for chapter in book]
    for chapter, here in zip(book, own, strict=True):
        for link in chapter.body.iter("a"):
            place = (link.get("href") or "").removeprefix("#")
            if link.get("href", "").startswith("#") and place not in here:
                link.set("href", next(other.name for other, there in zip(book, own, strict=True) if place in there) + f"#{quote(place, safe=_SAFE)}")


def _set(node: HtmlElement, **attributes: str) -> None:
    for name, value in attributes.items():
        node.set(name, value)


def _text(node: HtmlElement) -> str:
    """The words of a heading, without marks of notes."""
    said = (text for text in node.xpath(".//text()") if not (text.is_text and text.getparent().get("epub:type") == "noteref"))
    return " ".join("".join(said).split())


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
    kept: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return kept


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


# Pixels per inch of a page of 6 by 9 inches.
_RESOLUTION = 150.0


def cover(request: EditionRequest, fonts: Path) -> bytes:
    """The cover as PNG, 900 by 1,350 pixels; equal requests give equal bytes.

    Raises:
        EditionError: it cannot be drawn, or the engine is missing. Names `request.source`.
    """
    card = {"series": request.series, "kind": request.series_name, "title": request.title, "subtitle": request.subtitle, "edition": edition_line(request)}
    engine = typst(request.source)
    try:
        made = engine.compile(
            (look_source() + typst_source("cover.typ")).encode(), format="png", ppi=_RESOLUTION,
            # Texts are data: none of them is read as Typst.
            sys_inputs={"card": json.dumps(card, ensure_ascii=False, sort_keys=True)}, font_paths=[str(fonts)], ignore_system_fonts=True,
        )  # fmt: skip
    except RuntimeError as error:
        raise EditionError(request.source, f"its cover cannot be drawn: {error}") from error
    return bytes(made[0] if isinstance(made, list) else made)


OPF = "http://www.idpf.org/2007/opf"
_DC = "http://purl.org/dc/elements/1.1/"
IDENTIFIER = "pub-id"

_FEATURES = ("alternativeText", "displayTransformability", "readingOrder", "structuralNavigation", "tableOfContents")
_SUMMARY = (
    "Text can be resized and recolored. Chapters and sections have headings and are listed in the table of contents; every figure has a "
    "text alternative, and tables have header cells. The publisher's tests check these points and the file's structure with EPUBCheck. "
    "No conformance to EPUB Accessibility or WCAG has been assessed for this file, and no person has yet tried it with a screen reader."
)
"""Says what was checked. `dcterms:conformsTo` would claim an assessment that nobody has made."""


def language(request: EditionRequest) -> str:
    """Its language as a BCP 47 tag with the region, where it has one."""
    return f"{request.language}-{request.region.upper()}" if request.region else request.language


def metadata(request: EditionRequest, pictures: bool) -> etree._Element:
    """The `metadata` element of the package. `pictures`: whether the article shows any.

    The time of change is that of the edition, so that equal requests give equal files.
    """
    root = etree.Element(f"{{{OPF}}}metadata", nsmap={None: OPF, "dc": _DC})
    _dc(root, "identifier", request.permalink, id=IDENTIFIER)
    # One title and one description: readers differ in which of several they show.
    _dc(root, "title", request.full_title, id="title")
    for number, author in enumerate(request.authors or (request.series,), 1):
        _dc(root, "creator", author, id=f"creator-{number}")
        _meta(root, "role", "aut", refines=f"#creator-{number}", scheme="marc:relators")
    _dc(root, "language", language(request))
    _dc(root, "date", request.revised.isoformat())
    _dc(root, "publisher", request.series)
    _dc(root, "rights", request.licence)
    _dc(root, "description", f"{request.summary} {request.publisher_note}".strip())
    for subject in request.elements:
        _dc(root, "subject", subject)
    _dc(root, "source", request.page_url)
    _meta(root, "dcterms:modified", f"{request.revised.isoformat()}T00:00:00Z")
    _meta(root, "dcterms:issued", request.published.isoformat())
    if request.edition:
        _meta(root, "schema:bookEdition", request.edition)
    _meta(root, "belongs-to-collection", request.series, id="series")
    _meta(root, "collection-type", "series", refines="#series")
    for mode in ("textual", "visual") if pictures else ("textual",):
        _meta(root, "schema:accessMode", mode)
    _meta(root, "schema:accessModeSufficient", "textual")
    for feature in _FEATURES:
        if pictures or feature != "alternativeText":
            _meta(root, "schema:accessibilityFeature", feature)
    # Nothing flashes, moves or sounds.
    _meta(root, "schema:accessibilityHazard", "none")
    _meta(root, "schema:accessibilitySummary", _SUMMARY)
    # For readers of EPUB 2 (EPUB 3.3, 5.5.5 allows it).
    etree.SubElement(root, f"{{{OPF}}}meta", name="cover", content="cover")
    return root


def _dc(root: etree._Element, name: str, text: str, **attributes: str) -> None:
    if text:
        etree.SubElement(root, f"{{{_DC}}}{name}", attributes).text = text


def _meta(root: etree._Element, name: str, text: str, **attributes: str) -> None:
    etree.SubElement(root, f"{{{OPF}}}meta", {"property": name, **attributes}).text = text


_SHEET, _CONTAINER = "styles/stylesheet1.css", "META-INF/container.xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can hold."""
_ROOT_FILE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">\n'
    '<rootfiles><rootfile full-path="EPUB/content.opf" media-type="application/oebps-package+xml"/></rootfiles>\n</container>\n'
)


def _files(book: Sequence[Chapter], pictures: dict[str, tuple[str, bytes]], request: EditionRequest, front: bytes) -> dict[str, bytes]:
    """Every file of the book by its name, less the media type. `front` is the cover."""
    items = [("ncx", "toc.ncx", "application/x-dtbncx+xml", ""), ("nav", "nav.xhtml", "application/xhtml+xml", "nav"), ("stylesheet1", _SHEET, "text/css", "")]
    items += [(f"{PurePosixPath(chapter.name).stem}_xhtml", f"text/{chapter.name}", "application/xhtml+xml", "") for chapter in book]
    items += [(name.replace(".", "_"), f"media/{name}", media_type, "") for name, (media_type, _) in pictures.items()]
    items.append(("cover", "media/cover.png", "image/png", "cover-image"))
    rules = "".join(f".{kind.css_class} {{ border-left: {kind.rule}; }}\n" for kind in CALLOUTS)
    made: dict[str, str | bytes] = {
        _CONTAINER: _ROOT_FILE,
        "EPUB/content.opf": _package(items, request, bool(pictures)),
        f"EPUB/{_SHEET}": look().fill(files(__package__).joinpath("epub.css").read_text("utf-8")) + rules,
        "EPUB/media/cover.png": front,
        "EPUB/nav.xhtml": _page("Contents", _navigation(book), _SHEET, request),
        "EPUB/toc.ncx": _ncx(book, request),
        **{f"EPUB/media/{name}": data for name, (_, data) in pictures.items()},
        **{f"EPUB/text/{chapter.name}": _page(_text(chapter.heading), chapter.xhtml, f"../{_SHEET}", request) for chapter in book},
    }
    return {name: content if isinstance(content, bytes) else content.encode() for name, content in made.items()}


def _page(title: str, body: str, sheet: str, request: EditionRequest) -> str:
    tag = escape(language(request))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
        f'<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="{tag}" xml:lang="{tag}">\n'
        f'<head><meta charset="utf-8"/><title>{escape(title)}</title><link rel="stylesheet" type="text/css" href="{sheet}"/></head>\n{body}\n</html>\n'
    )


def _navigation(book: Sequence[Chapter]) -> str:
    """The navigation document's body (EPUB 3.3, 7): chapters, and their headings of the next level."""

    def link(chapter: Chapter, place: tuple[str, str]) -> str:
        return f'<a href="text/{chapter.name}#{quote(place[0], safe=_SAFE)}">{escape(place[1])}</a>'

    rows = []
    for chapter in book:
        own, *rest = chapter.places
        below = "".join(f"<li>{link(chapter, place)}</li>" for place in rest)
        rows.append(f"<li>{link(chapter, own)}{f'<ol>{below}</ol>' if below else ''}</li>")
    contents = "\n".join(rows)
    nav = f'<nav epub:type="toc" role="doc-toc" id="toc"><h1 id="toc-title">Contents</h1><ol class="toc">\n{contents}\n</ol></nav>'
    return f'<body epub:type="frontmatter">\n{nav}\n</body>'


def _ncx(book: Sequence[Chapter], request: EditionRequest) -> str:
    """The contents for readers of EPUB 2, under the same identifier as the package (OPF 2.0.1, 2.4.1)."""
    count = 0

    def point(chapter: Chapter, place: tuple[str, str], inside: Iterable[tuple[str, str]] = ()) -> str:
        nonlocal count
        count += 1
        label = f'<navPoint id="navPoint-{count}"><navLabel><text>{escape(place[1])}</text></navLabel>'
        source = f'<content src="text/{chapter.name}#{quote(place[0], safe=_SAFE)}"/>'
        return f"{label}{source}{''.join(point(chapter, below) for below in inside)}</navPoint>\n"

    points = "".join(point(chapter, chapter.places[0], chapter.places[1:]) for chapter in book)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1">\n'
        f'<head><meta name="dtb:uid" content="{escape(request.permalink)}"/><meta name="dtb:depth" content="2"/></head>\n'
        f"<docTitle><text>{escape(request.full_title)}</text></docTitle>\n<navMap>\n{points}</navMap>\n</ncx>\n"
    )


def _package(items: Sequence[tuple[str, str, str, str]], request: EditionRequest, pictures: bool) -> bytes:
    """The package document (EPUB 3.3, 5). `items`: id, address, media type and properties of every file; texts are the spine, in order."""
    root = etree.Element(f"{{{OPF}}}package", {"version": "3.0", "unique-identifier": IDENTIFIER}, nsmap={None: OPF})
    root.set("{http://www.w3.org/XML/1998/namespace}lang", language(request))
    root.append(metadata(request, pictures))
    manifest, spine = etree.SubElement(root, f"{{{OPF}}}manifest"), etree.SubElement(root, f"{{{OPF}}}spine", toc="ncx")
    for id_, address, media_type, properties in items:
        item = etree.SubElement(manifest, f"{{{OPF}}}item", {"id": id_, "href": address, "media-type": media_type})
        if properties:
            item.set("properties", properties)
        if address.startswith("text/"):
            etree.SubElement(spine, f"{{{OPF}}}itemref", idref=id_)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _packed(parts: dict[str, bytes]) -> bytes:
    """A container whose first file is its media type, stored (EPUB 3.3, 4.2.3); files in a fixed order and without times."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in [("mimetype", b"application/epub+zip"), *sorted(parts.items())]:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return out.getvalue()
