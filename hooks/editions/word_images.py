"""Pictures for Word, which reads no SVG without a bitmap beside it: drawn by the engine of the PDF."""

from __future__ import annotations

import tempfile
from pathlib import Path, PurePosixPath

from lxml.html import HtmlElement

from .context import Walk
from .engine import typst

# Pixels per inch: sharp on paper, and small enough to mail.
_RESOLUTION = 200.0
_WIDTH = "6in"


def picture(walk: Walk, element: HtmlElement, fonts: Path) -> bytes:
    """The image of an `img` as PNG, as wide as Word's column.

    Raises:
        EditionError: no `alt`, no file for the `src`, or a picture that cannot be drawn.
    """
    source, _ = walk.image(element)
    data, suffix = walk.request.images[source], PurePosixPath(source).suffix.lower()
    if suffix == ".png":
        return data
    engine = typst(walk.request.source)
    with tempfile.TemporaryDirectory(prefix="picture-") as folder:
        root = Path(folder)
        (root / f"image{suffix}").write_bytes(data)
        (root / "main.typ").write_text(f'#set page(width: {_WIDTH}, height: auto, margin: 0pt)\n#image("image{suffix}", width: 100%)\n', encoding="utf-8")
        try:
            made = engine.compile(str(root / "main.typ"), root=str(root), format="png", ppi=_RESOLUTION, ignore_system_fonts=True, font_paths=[str(fonts)])
        except RuntimeError as error:
            walk.fail(f"the image {source!r} cannot be drawn: {error}", element)
    # A picture taller than a page is no matter: the page grows with it. So there is one.
    return bytes(made[0] if isinstance(made, list) else made)
