"""The Typst document of an edition: title block, article, colophon, around `report.typ`."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from importlib.resources import files
from urllib.parse import urlsplit

from .literals import array, call, string
from .model import EditionError, EditionRequest
from .writer import Article

POSITIONS = "edition positions"
"""Label of the element that holds (id, page, y in points) of every destination. Ids of HTML hold
no space, so no author can take it."""

PAGES_WITHOUT_CONTENTS = 8
"""A longer document opens with a table of contents."""

_HISTORY_ID = "edition-history"
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December")


def typst_source(name: str) -> str:
    """A look, as Typst source: `report.typ` and what builds on it."""
    return files(__package__).joinpath(name).read_text("utf-8")


def qr_code(address: str) -> bytes:
    """`address` as a QR code in SVG (ISO/IEC 18004, error correction level M)."""
    import segno

    out = io.BytesIO()
    segno.make(address, error="m", micro=False, boost_error=False).save(
        out, kind="svg", border=0, xmldecl=False, svgclass=None, lineclass=None, dark="#1c2127")
    return out.getvalue()


def document(request: EditionRequest, article: Article) -> tuple[str, tuple[str, ...]]:
    """The main Typst source, and the ids of all its destinations in order.

    Raises:
        EditionError: a field holds a character that cannot be printed.
    """
    try:
        return _document(request, article)
    except ValueError as error:
        raise EditionError(request.source, f"{error} (in the front matter)") from error


def _document(request: EditionRequest, article: Article) -> tuple[str, tuple[str, ...]]:
    anchors = list(article.anchors)
    own_history = bool(request.history) and _HISTORY_ID not in anchors
    if own_history:
        anchors.append(_HISTORY_ID)
    lines = ['#import "/report.typ": *', f"#show: report.with({_report(request)})", "#{"]
    lines += [call("pdf.attach", string(a.name), f'read("/attachment-{n}", encoding: none)',
                   f"relationship: {string(a.relationship)}",
                   f"mime-type: {string(a.media_type)}",
                   f"description: {string(a.description)}")
              for n, a in enumerate(request.attachments, 1)]
    lines += [call("title-page" if request.bound else "masthead", _masthead(request)),
              call("contents", string("Contents"), f"depth: {request.contents_depth:d}",
                   f"over: {0 if request.contents else PAGES_WITHOUT_CONTENTS}")]
    lines += [article.code, call("colophon", _colophon(request, own_history))]
    if anchors:
        lines.append(call("positions", array([string(a) for a in anchors])))
    return "\n".join([*lines, "}", ""]), tuple(anchors)


def _report(request: EditionRequest) -> str:
    name = request.series_name
    edition = f"Edition {request.edition}" if request.edition else edition_line(request)
    foot = " · ".join(part for part in (request.series, name, edition) if part)
    keywords = tuple(dict.fromkeys(request.elements))
    return _named({
        "full-title": string(request.full_title),
        "authors": _strings(request.authors or (request.series,)),
        "keywords": _strings(keywords),
        "description": string(request.summary) if request.summary else "none",
        "date": f"datetime(year: {request.revised.year}, month: {request.revised.month}, "
                f"day: {request.revised.day})",
        "language": string(request.language),
        "region": string(request.region) if request.region else "none",
        "head": string(request.title), "head-right": string(name), "foot": string(foot),
        "address": string(_shown(request.permalink)), "bound": "true" if request.bound else "false"})


def _masthead(request: EditionRequest) -> str:
    dates = [edition_line(request)]
    if request.law_as_of:
        dates.append(f"Law as of {long_date(request.law_as_of)}")
    return _named({
        "series": string(request.series), "kind": string(request.kind_label),
        "number": string(request.number),
        "title-text": string(request.title), "subtitle": string(request.subtitle),
        "summary": string(request.summary), "dates": _strings(dates),
        "elements-label": string("Policy element" if len(request.elements) == 1 else "Policy elements"),
        "elements": string(", ".join(request.elements)),
        "address": string(request.permalink),
        "address-text": string(_shown(request.permalink)),
        "cite-label": string("How to cite"), "cite": string(request.cite_as),
        "qr": string("/qr.svg"),
        "qr-alt": string(f"QR code of the permanent address, {request.permalink}")})


def _colophon(request: EditionRequest, own_history: bool) -> str:
    history = [_strings((f"Edition {edition}, {when}", note))
               for edition, when, note in request.history] if own_history else []
    rows: list[tuple[str, str]] = [
        ("Series", request.series), ("Authors", ", ".join(request.authors)),
        ("Policy elements", ", ".join(request.elements)), ("First published",
         long_date(request.published)), ("Published by", request.publisher_note)]
    return _named({
        "history-label": string("Edition history"), "history": array(history),
        "history-id": string(_HISTORY_ID) if own_history else "none",
        "rows": array([_strings(row) for row in rows if row[1]]),
        "licence-label": string("Licence"), "licence": string(request.licence)})


def long_date(day: date) -> str:
    """A date as the series prints it: "November 22, 2026"."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def edition_line(request: EditionRequest) -> str:
    """Which edition it is, in words: "Edition 1, November 22, 2026" or "Edition of November 22, 2026"."""
    day = long_date(request.revised)
    return f"Edition {request.edition}, {day}" if request.edition else f"Edition of {day}"


def _shown(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.netloc}{parts.path}".rstrip("/")


def _strings(texts: Sequence[str]) -> str:
    return array([string(text) for text in texts])


def _named(arguments: dict[str, str]) -> str:
    return ", ".join(f"{name}: {value}" for name, value in arguments.items())
