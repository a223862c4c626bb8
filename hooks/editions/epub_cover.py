"""The cover, which libraries of e-readers show: a picture of what the title page says, set by the engine of the PDF."""

from __future__ import annotations

import json
from pathlib import Path

from .engine import typst
from .model import EditionError, EditionRequest
from .template import edition_line, typst_source

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
            typst_source("cover.typ").encode(), format="png", ppi=_RESOLUTION,
            # Texts are data: none of them is read as Typst.
            sys_inputs={"card": json.dumps(card, ensure_ascii=False, sort_keys=True)}, font_paths=[str(fonts)], ignore_system_fonts=True,
        )  # fmt: skip
    except RuntimeError as error:
        raise EditionError(request.source, f"its cover cannot be drawn: {error}") from error
    return bytes(made[0] if isinstance(made, list) else made)
