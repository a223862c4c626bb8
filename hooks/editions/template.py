"""The Typst documents of editions: of a report title block, article and colophon, around `report.typ`; of slides; of a handout; of sheets for the room."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from datetime import date
from importlib.resources import files
from urllib.parse import urlsplit

from hooks.core.locate import line_of
from hooks.core.look import look
from hooks.editions.course_print import slide_titles
from hooks.editions.literals import array, call, string
from hooks.editions.model import Article, Destination, EditionError, EditionRequest, RoomError

POSITIONS = "edition positions"
"""Label of the element that holds (id, page, y in points) of every destination. Ids of HTML hold
no space, so no author can take it."""

ENDING = "edition ending"
"""Label of the element that says where the text of a card or of a report ends."""

# Of a card, as card.typ sets it, in points: the height of a column on the pages it may not have, where it begins, and the middle of the page.
_COLUMN, _COLUMN_TOP, _MIDDLE = 726.0, 34.0, 306.0
_LINE = 1.3
_NUMBERS = ("no", "one", "two", "three")
_WORDS_A_LINE = 9

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
        out, kind="svg", border=0, xmldecl=False, svgclass=None, lineclass=None, dark=look().light("ink"))
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
    lines = ['#import "/report.typ": *', f"#show: report.with({report_arguments(request)})", "#{"]
    lines += [*attached(request), call("title-page" if request.bound else "masthead", masthead_arguments(request)),
              call("contents", string("Contents"), f"depth: {request.contents_depth:d}",
                   f"over: {0 if request.contents else PAGES_WITHOUT_CONTENTS}")]
    lines += [article.code, *([call("pagebreak", "weak: true")] if request.apart else []), call("colophon", colophon_arguments(request, own_history))]
    return "\n".join([*lines, *positions(anchors), call("ending"), "}", ""]), tuple(anchors)


def attached(request: EditionRequest) -> list[str]:
    """Typst source that attaches the files of a request."""
    return [call("pdf.attach", string(a.name), f'read("/attachment-{n}", encoding: none)', f"relationship: {string(a.relationship)}",
                 f"mime-type: {string(a.media_type)}", f"description: {string(a.description)}")
            for n, a in enumerate(request.attachments, 1)]


def positions(anchors: Sequence[str]) -> list[str]:
    """Typst source that says where destinations are; none where there are none."""
    return [call("positions", array([string(a) for a in anchors]))] if anchors else []


def report_arguments(request: EditionRequest) -> str:
    """The arguments of `report`."""
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
        "address": string(_shown(request.permalink)), "bound": "true" if request.bound else "false",
        **({"closer": f"{request.closer:g}"} if request.closer else {})})


def masthead_arguments(request: EditionRequest) -> str:
    """The arguments of `masthead` and `title-page`."""
    return _named({
        "series": string(request.series), "kind": string(request.kind_label),
        "number": string(request.number),
        "title-text": string(request.title), "subtitle": string(request.subtitle),
        "summary": string(request.summary), "dates": _strings(edition_facts(request)),
        "elements-label": string("Policy element" if len(request.elements) == 1 else "Policy elements"),
        "elements": string(", ".join(request.elements)),
        "address": string(request.permalink),
        "address-text": string(_shown(request.permalink)),
        "cite-label": string("How to cite"), "cite": string(request.cite_as),
        "qr": string("/qr.svg"),
        "qr-alt": string(f"QR code of the permanent address, {request.permalink}")})


def colophon_arguments(request: EditionRequest, own_history: bool) -> str:
    """The arguments of `colophon`."""
    history = [_strings((f"Edition {edition}, {when}", note))
               for edition, when, note in request.history] if own_history else []
    rows: list[tuple[str, str]] = [
        ("Series", request.series), ("Authors", ", ".join(request.authors)),
        ("Policy elements", ", ".join(request.elements)), ("First published",
         long_date(request.published)), ("Note", request.publisher_note)]
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


def edition_facts(request: EditionRequest) -> list[str]:
    """What the title of an edition says under it: which it is, as of when its law holds, and what else is `Printed`."""
    law = [f"Law as of {long_date(request.law_as_of)}"] if request.law_as_of else []
    return [edition_line(request), *law, *(f"{label} {text}" for label, text in request.more.items())]


def facts_below(request: EditionRequest) -> list[str]:
    """The same where the request's line is printed above them, which may say one of them."""
    return [fact for fact in edition_facts(request) if request.line not in (fact, f"{fact}.")]


def _shown(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.netloc}{parts.path}".rstrip("/")


def _strings(texts: Sequence[str]) -> str:
    return array([string(text) for text in texts])


def _named(arguments: dict[str, str]) -> str:
    return ", ".join(f"{name}: {value}" for name, value in arguments.items())


def slides_document(request: EditionRequest, article: Article) -> tuple[str, tuple[str, ...]]:
    """The main Typst source of a set of slides, and the ids of its destinations in order."""
    return _sheet(request, article, "slides.typ", "deck")


def handout_document(request: EditionRequest, article: Article) -> tuple[str, tuple[str, ...]]:
    """The same of a handout."""
    return _sheet(request, article, "handout.typ", "sheet")


def sheets_document(request: EditionRequest, article: Article) -> tuple[str, tuple[str, ...]]:
    """The same of the sheets for the room."""
    return _sheet(request, article, "sheets.typ", "sheets", f"named: {string(request.named)}")


def paper_document(request: EditionRequest, article: Article) -> tuple[str, tuple[str, ...]]:
    """The same of a paper of a course pack, under its own name."""
    return _sheet(request, article, "paper.typ", "paper", f"named: {string(request.named)}", f"turned: {'true' if request.turned else 'false'}")


def card_document(request: EditionRequest, article: Article) -> tuple[str, tuple[str, ...]]:
    """The same of a card, in its size."""
    return _sheet(request, article, "card.typ", "card", f"size: {request.size:g}pt", f"line: {string(request.line)}", f"named: {string(request.named)}")


def _sheet(request: EditionRequest, article: Article, look: str, name: str, *more: str) -> tuple[str, tuple[str, ...]]:
    try:
        arguments = ", ".join([_arguments(request), *more])
        lines = ['#import "/report.typ": *', f'#import "/{look}": *', f"#show: {name}.with({arguments})", "#{"]
        lines += attached(request)
    except ValueError as error:
        raise EditionError(request.source, f"{error} (in the front matter)") from error
    lines.append(article.code)
    return "\n".join([*lines, *positions(article.anchors), "}", ""]), article.anchors


def _arguments(request: EditionRequest) -> str:
    parts = urlsplit(request.permalink)
    fields = {
        "series": request.series, "kind": request.kind_label, "number": request.number, "title-text": request.title, "summary": request.summary,
        "edition": " · ".join(facts_below(request)) if request.form == "card" else edition_line(request),
        "address": request.permalink, "address-text": f"{parts.netloc}{parts.path}".rstrip("/"),
        "licence": f"{request.publisher_note} {request.licence}".strip(), "language": request.language,
        "qr-alt": f"QR code of the permanent address, {request.permalink}",
    }
    written = [f"{name}: {string(value)}" for name, value in fields.items()]
    day = request.revised
    return ", ".join([
        *written, f"authors: {array([string(a) for a in request.authors or (request.series,)])}",
        f"date: datetime(year: {day.year}, month: {day.month}, day: {day.day})", f"region: {string(request.region) if request.region else 'none'}"])


def check_card(request: EditionRequest, page: int, left: float, top: float) -> None:
    """Refuse a card whose text ends behind the pages it may have: `page`, and points from the `left` and the `top` of that.

    Raises:
        RoomError: says by how much it runs over.
    """
    if page <= request.room:
        return
    columns = (page - request.room - 1) * 2 + (left > _MIDDLE)
    lines = max(1, math.ceil((columns * _COLUMN + top - _COLUMN_TOP) / (request.size * _LINE)))
    over = f"runs over by about {lines} lines ({lines * _WORDS_A_LINE} words) at {request.size:g} points, the smallest"
    if not request.named:
        many = "one page" if request.room == 1 else f"{_NUMBERS[request.room]} pages"
        raise RoomError(request.source, f"its PDF, {many} in all, {over}", "Shorten its lists, or leave to a brief what gives reasons.")
    raise RoomError(
        request.source,
        f"its card, the Act part on one page, {over}",
        "Shorten what stands between “/// part | act” and “/// part | use”: rows of tables, recommendations, lists.",
        line_of(request.source_text, "/// part | act"),
    )


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
