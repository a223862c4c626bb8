"""An edition, from request to checked bytes: write, compile, complete the structure."""

from __future__ import annotations

import hashlib
import json
import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path, PurePosixPath

from hooks.core.locate import line_of
from hooks.editions.columns import ruler
from hooks.editions.engine import explain, look_source, typst
from hooks.editions.fonts import printed_faces
from hooks.editions.kept_words import check_kept, of_code
from hooks.editions.last_page import is_short, steps
from hooks.editions.model import Destination, Edition, EditionError, EditionRequest, RoomError
from hooks.editions.template import (
    ENDING,
    POSITIONS,
    card_document,
    check_card,
    check_pages,
    document,
    handout_document,
    paper_document,
    qr_code,
    sheets_document,
    slides_document,
    typst_source,
)
from hooks.editions.writer import Article, write_article

# PDF/UA-1 is ISO 14289-1, PDF/A-3a is ISO 19005-3, level A.
_STANDARDS = ["ua-1", "a-3a"]


_DOCUMENTS = {"report": document, "slides": slides_document, "handout": handout_document, "card": card_document,
              "sheets": sheets_document, "paper": paper_document}
_LOOKS = ("report.typ", "slides.typ", "handout.typ", "card.typ", "sheets.typ", "paper.typ")
_MEASURED = ("report", "card")
"""Forms whose documents say where their text ends."""
_CARD_SIZES = (10, 9.5, 9, 8.5, 8)
"""Sizes of a card's text in points: the first in which it has room, and none below the last."""


@dataclass(frozen=True)
class _Compiled:
    """A PDF with its places; of a card or a report also where its text ends: page, points from the left and from the top."""

    pdf: bytes
    destinations: tuple[Destination, ...]
    ending: tuple[int, float, float] = (1, 0, 0)


def make_edition(request: EditionRequest, fonts: Path) -> Edition:
    """Make the PDF of one publication, PDF/UA-1 and PDF/A-3a at once.

    Equal requests with equal fonts give equal bytes. `fonts` is a folder made by
    `build_fonts`. Does not validate: see `validate_pdf`.

    Raises:
        EditionError: the article holds something that cannot be printed, a file is missing,
            Typst refuses the document, or a card has no room on its page. Names `request.source`.
    """
    if request.form != "card":
        return _made(request, fonts)
    *larger, smallest = _CARD_SIZES
    for size in larger:
        try:
            return _made(replace(request, size=size), fonts)
        except RoomError:
            continue
    return _made(replace(request, size=smallest), fonts)


def _made(request: EditionRequest, fonts: Path) -> Edition:
    if not all((fonts / face.file_name).is_file() for face in printed_faces()):
        raise EditionError(request.source, f"the fonts of editions are not in {fonts}")
    article = write_article(request, cache(lambda: ruler(fonts)))
    check_kept(request, of_code(article.code))
    main, anchors = _DOCUMENTS[request.form](request, article)
    sources = {"main.typ": main.encode(), "look.typ": look_source().encode(), **{name: typst_source(name).encode() for name in _LOOKS},
               "qr.svg": qr_code(request.permalink), **article.images,
               **{f"attachment-{n}": a.data for n, a in enumerate(request.attachments, 1)}}
    compiled = _compile(request, sources, fonts, bool(anchors))
    if is_short(compiled.ending[0], compiled.ending[2]):
        compiled = _with_full_end(request, article, sources, fonts, bool(anchors)) or compiled
    if request.form == "card":
        check_card(request, *compiled.ending)
    # Loaded here: a build that finds its editions in the cache opens no PDF.
    from hooks.editions.structure import complete

    try:
        pdf, pages = complete(compiled.pdf, compiled.destinations, article.tables, {
            "dc:identifier": request.permalink, "xmpMM:VersionID": request.edition})
    except ValueError as error:
        raise EditionError(request.source, f"the structure of the PDF is not as written: {error}"
                           ) from error
    check_pages(request, compiled.destinations, pages)
    return Edition(pdf, pages, hashlib.sha256(pdf).hexdigest())


def _with_full_end(request: EditionRequest, article: Article, sources: dict[str, bytes], fonts: Path, placed: bool) -> _Compiled | None:
    """A report with its lines a little closer or wider, so that its last page is not short; None where no step helps."""
    for closer in steps(request):
        main, _ = document(replace(request, closer=closer), article)
        tried = _compile(request, {**sources, "main.typ": main.encode()}, fonts, placed)
        if not is_short(tried.ending[0], tried.ending[2]):
            return tried
    return None


def _compile(request: EditionRequest, sources: dict[str, bytes], fonts: Path,
             placed: bool) -> _Compiled:
    try:
        return _typeset(request, sources, fonts, placed)
    except OSError as error:
        raise EditionError(request.source, f"a file that Typst reads cannot be written: "
                           f"{error.strerror or error}") from error


def _undecoded(request: EditionRequest, root: Path) -> str:
    """The address of the first picture that the engine cannot read; empty where it reads each alone."""
    for address, data in request.images.items():
        file = root / f"tried{PurePosixPath(address).suffix.lower()}"
        file.write_bytes(data)
        (root / "tried.typ").write_text(f'#image("{file.name}")', encoding="utf-8")
        try:
            typst(request.source).compile(str(root / "tried.typ"), root=str(root), format="svg", ignore_system_fonts=True)
        except RuntimeError:
            return address
    return ""


def _typeset(request: EditionRequest, sources: dict[str, bytes], fonts: Path,
             placed: bool) -> _Compiled:
    # Typst reads files under its root only, so a folder of this one edition is all it can see.
    with tempfile.TemporaryDirectory(prefix="edition-") as folder:
        root = Path(folder)
        for name, data in sources.items():
            (root / name).write_bytes(data)
        moment = datetime.combine(request.revised, time(), UTC)
        try:
            compiler = typst(request.source).Compiler(
                str(root / "main.typ"), root=str(root), ignore_system_fonts=True,
                font_paths=[str(fonts)])
            pdf = compiler.compile(format="pdf", pdf_standards=_STANDARDS, timestamp=moment)
            found = json.loads(compiler.query(f'label("{POSITIONS}")', field="value",
                                              one=True)) if placed else []
            ending = json.loads(compiler.query(f'label("{ENDING}")', field="value", one=True)) if request.form in _MEASURED else (1, 0, 0)
        except RuntimeError as error:  # typst.TypstError is a RuntimeError
            broken = _undecoded(request, root) if "decode image" in str(getattr(error, "message", "") or error) else ""
            if broken:
                name = broken.removeprefix("../")
                line = line_of(request.source_text, broken.rpartition("/")[2])
                raise EditionError(request.source, f"the picture “{name}” cannot be read.", "Save it again, in the form that its name says.", line) from error
            raise EditionError(request.source, explain(error, request.html)) from error
    return _Compiled(bytes(pdf), tuple(Destination(*entry) for entry in found), tuple(ending))
