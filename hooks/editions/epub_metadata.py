"""What an EPUB says of itself: the metadata of its package document (EPUB 3.3, 5.5; EPUB Accessibility 1.1, 2)."""

from __future__ import annotations

from lxml import etree

from .model import EditionRequest

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
