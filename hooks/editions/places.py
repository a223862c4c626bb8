"""Where a named place of a PDF is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Destination:
    """A place in the PDF: name, page from 1, distance in points from the top of the page."""

    name: str
    page: int
    y: float
