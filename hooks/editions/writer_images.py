"""Images: every one has a text alternative or is marked as decoration (ISO 14289-1, 7.3)."""

from __future__ import annotations

from pathlib import PurePosixPath

from lxml.html import HtmlElement

from .context import Walk
from .literals import call

_SUFFIXES = frozenset({".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp"})


def image(walk: Walk, element: HtmlElement, *, inline: bool) -> str:
    """A Typst expression for an `img`; the file is entered in `walk.images`.

    Raises:
        EditionError: no file for the `src`, a format Typst cannot read, or no `alt`.
    """
    source, alt = walk.image(element)
    suffix = PurePosixPath(source).suffix.lower()
    if suffix not in _SUFFIXES:
        walk.fail(f"the image {source!r} is none of {', '.join(sorted(_SUFFIXES))}", element)
    name = walk.images.setdefault(source, f"image-{len(walk.images) + 1}{suffix}")
    file = walk.string(f"/{name}")
    alt = " ".join(alt.split())
    picture = call("pdf.artifact", call("image", file)) if not alt else call("image", file, f"alt: {walk.string(alt, element)}")
    return call("box", picture) if inline else picture
