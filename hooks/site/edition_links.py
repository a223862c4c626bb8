"""What a page says of the files that can be taken away: addresses, pages and size of PDFs, Word files, EPUBs."""

from __future__ import annotations

from typing import Any

from hooks.build import Build
from hooks.editions.model import Edition
from hooks.editions.produce import TEMPLATE_ID, pdf_path
from hooks.editions.requests import SERIES_ID, SERIES_PATH
from hooks.editions.word_template import TEMPLATE_PATH
from hooks.pages.urls import relative_url
from hooks.series.model import Publication
from hooks.site.editions import docx_path, epub_path, kilobytes


def edition_link(build: Build, item: Publication, url: str) -> dict[str, Any] | None:
    """The PDF's address, pages and size, and under `docx` and `epub` the other forms; None without a PDF."""
    made = build.editions.made.get(item.id) if build.editions else None
    if made is None:
        return None
    docx = relative_url(docx_path(item), url) if item.id in build.editions.word else None
    book = build.editions.epub.get(item.id)
    epub = {"url": relative_url(epub_path(item), url), "size": kilobytes(len(book))} if book else None
    return _pdf(pdf_path(item), made, url) | {"docx": docx, "epub": epub}


def _pdf(path: str, made: Edition, url: str) -> dict[str, Any]:
    return {"url": relative_url(path, url), "pages": made.pages, "size": kilobytes(len(made.pdf))}


def downloads(build: Build, url: str) -> list[tuple[str, str, str, dict[str, Any] | None]]:
    """What the whole series offers to take away: name, address, format, and for a PDF its facts."""
    editions = build.editions
    found = []
    if editions and SERIES_ID in editions.made:
        pdf = _pdf(SERIES_PATH, editions.made[SERIES_ID], url)
        found.append(("The whole series", pdf["url"], "PDF", pdf))
    if editions and TEMPLATE_ID in editions.word:
        found.append(("Policy template", relative_url(TEMPLATE_PATH, url), "Word", None))
    return found
