"""The Typst documents of slides and handouts, and what each may not exceed: a slide its page, a handout one page."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from .course_print import slide_titles
from .literals import array, call, string
from .model import EditionError, EditionRequest
from .places import Destination
from .template import edition_line
from .writer import Article


def slides_document(request: EditionRequest, article: Article) -> tuple[str, tuple[str, ...]]:
    """The main Typst source of a set of slides, and the ids of its destinations in order."""
    return _document(request, article, "slides.typ", "deck")


def handout_document(request: EditionRequest, article: Article) -> tuple[str, tuple[str, ...]]:
    """The same of a handout."""
    return _document(request, article, "handout.typ", "sheet")


def _document(request: EditionRequest, article: Article, look: str, name: str) -> tuple[str, tuple[str, ...]]:
    try:
        arguments = _arguments(request)
        lines = ['#import "/report.typ": *', f'#import "/{look}": *', f"#show: {name}.with({arguments})", "#{"]
        lines += [call("pdf.attach", string(a.name), f'read("/attachment-{n}", encoding: none)', f"relationship: {string(a.relationship)}",
                       f"mime-type: {string(a.media_type)}", f"description: {string(a.description)}")
                  for n, a in enumerate(request.attachments, 1)]
    except ValueError as error:
        raise EditionError(request.source, f"{error} (in the front matter)") from error
    lines.append(article.code)
    if article.anchors:
        lines.append(call("positions", array([string(a) for a in article.anchors])))
    return "\n".join([*lines, "}", ""]), article.anchors


def _arguments(request: EditionRequest) -> str:
    parts = urlsplit(request.permalink)
    fields = {
        "series": request.series, "kind": request.kind_label, "number": request.number, "title-text": request.title, "summary": request.summary,
        "edition": edition_line(request), "address": request.permalink, "address-text": f"{parts.netloc}{parts.path}".rstrip("/"),
        "licence": f"{request.publisher_note} {request.licence}".strip(), "language": request.language,
        "qr-alt": f"QR code of the permanent address, {request.permalink}",
    }
    written = [f"{name}: {string(value)}" for name, value in fields.items()]
    day = request.revised
    return ", ".join([
        *written, f"authors: {array([string(a) for a in request.authors or (request.series,)])}",
        f"date: datetime(year: {day.year}, month: {day.month}, day: {day.day})", f"region: {string(request.region) if request.region else 'none'}"])


def check_pages(request: EditionRequest, destinations: Sequence[Destination], pages: int) -> None:
    """Refuse a slide that runs over its page, and a handout of more than one page.

    Raises:
        EditionError: names the slide, or says how many pages the handout takes.
    """
    if request.form == "handout" and pages > 1:
        raise EditionError(request.source, f"the handout takes {pages} pages, and one is all it may have: shorten it")
    if request.form != "slides":
        return
    at = {place.name: place.page for place in destinations}
    titles = slide_titles(request.html)
    # Behind the last slide stand the sources, if there are any, from a page of their own.
    closing = min((at[name] for name in ("references", "law-cited") if name in at), default=pages + 1)
    ends = [at[id_] for id_, _ in titles[1:]] + [closing]
    over = [title for (id_, title), end in zip(titles, ends, strict=True) if end > at[id_] + 1]
    if over:
        names = ", ".join(f"“{title}”" for title in over)
        raise EditionError(request.source, f"{'this slide runs' if len(over) == 1 else 'these slides run'} over the page: {names}. Shorten, or divide in two.")
