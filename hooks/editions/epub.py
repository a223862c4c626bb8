"""EPUB editions (EPUB 3.3, https://www.w3.org/TR/epub-33/): the same final HTML as the page and the PDF, for e-readers and phones.

pandoc splits the article into chapters, numbers its notes, leads its links to the chapters' files and packs them.
What pandoc would lose is carried past it in marks (`epub_marks`).
"""

from __future__ import annotations

import base64
from pathlib import Path

from lxml.html import HtmlElement

from hooks.pages.tree import element, inner_html

from .context import Walk
from .epub_cover import cover
from .epub_images import image_file
from .epub_marks import mark
from .epub_matter import closing, opening
from .epub_package import epub_package
from .model import EditionRequest
from .pandoc_article import checked_article, footnotes

_SHIFT = {"h2": "h1", "h3": "h2", "h4": "h3", "h5": "h4"}
# What else an article's markup says is for scripts and styles of the web page.
_KEPT = frozenset({"id", "class", "lang", "href", "title", "aria-label", "aria-labelledby", "scope", "colspan", "rowspan", "start", "alt", "src", "epub:type"})


def make_epub(request: EditionRequest, fonts: Path) -> bytes:
    """The .epub of one publication; equal requests give equal bytes. `fonts`, made by `build_fonts`, are those of the cover.

    Raises:
        EditionError: the article holds something that an EPUB could not keep, an image is missing or
            broken, or pandoc or the engine that draws the cover fails. Names `request.source`.
    """
    root = checked_article(request, "an EPUB edition")
    for node in root.iter():
        for name in set(node.attrib) - _KEPT:
            del node.attrib[name]
    ids = frozenset(node.get("id") for node in root.iter() if node.get("id"))
    walk = Walk(request, ids, {})
    footnotes(walk, root)
    _links(walk, root)
    _images(walk, root)
    _headings(root)
    whole = element("div", "", *opening(request), root, *closing(request, ids))
    # A heading below a plain division would begin no chapter.
    root.drop_tag()
    mark(whole)
    return epub_package(inner_html(whole), request, cover(request, fonts))


def _links(walk: Walk, root: HtmlElement) -> None:
    """Links lead to a place in the book or to an address on the web."""
    for link in root.iter("a"):
        if link.get("epub:type") or link.get("href") is None:
            continue
        inside, target = walk.target(link)
        link.set("href", f"#{target}" if inside else target)


def _images(walk: Walk, root: HtmlElement) -> None:
    for image in root.iter("img"):
        media_type, data = image_file(walk, image)
        image.set("src", f"data:{media_type};base64,{base64.b64encode(data).decode()}")


def _headings(root: HtmlElement) -> None:
    """A heading of the second level begins a chapter; each has an id, for the table of contents."""
    headings = [node for node in root.iter() if node.tag in _SHIFT]
    for number, heading in enumerate(headings, 1):
        heading.tag = _SHIFT[heading.tag]
        if not heading.get("id"):
            heading.set("id", f"epub.heading-{number}")
