"""An edition, from request to checked bytes: write, compile, complete the structure."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Sequence
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
from hooks.editions.model import Article, Destination, Edition, EditionError, EditionRequest, RoomError, SetPart
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
from hooks.editions.volume_source import feet_document, part_document, volume_document
from hooks.editions.writer import write_article

# PDF/UA-1 is ISO 14289-1, PDF/A-3a is ISO 19005-3, level A.
_STANDARDS = ["ua-1", "a-3a"]


_DOCUMENTS = {"report": document, "slides": slides_document, "handout": handout_document, "card": card_document,
              "sheets": sheets_document, "paper": paper_document, "volume": volume_document}
_LOOKS = ("report.typ", "slides.typ", "handout.typ", "card.typ", "sheets.typ", "paper.typ")
_MEASURED = ("report", "card", "volume", "part")
"""Forms whose documents say where their text ends."""
_CARD_SIZES = (10, 9.5, 9, 8.5, 8)
"""Sizes of a card's text in points: the first in which it has room, and none below the last."""


@dataclass(frozen=True)
class _Compiled:
    """A PDF with its places; of a card or a report also where its text ends: page, points from the left and from the top.

    The PDF is empty where the places alone were asked for.
    """

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


def make_part(request: EditionRequest, fonts: Path, only_laid_out: bool = False, written: Article | None = None) -> SetPart:
    """Set one document of a volume, to be joined with the others; without its PDF where it is to be `only_laid_out`.

    `written` is its article, where it was laid out before with other numbers. Raises EditionError as `make_edition` does.
    """
    article, compiled = _set(request, fonts, not only_laid_out, written)
    places = {place.name: place.page for place in compiled.destinations}
    if only_laid_out:
        return SetPart(b"", compiled.ending[0], places, article=article)
    pdf, pages = _completed(request, article, compiled)
    return SetPart(pdf, pages, places)


def make_feet(request: EditionRequest, turned: Sequence[bool], fonts: Path) -> bytes:
    """A PDF with the feet of a volume's pages and nothing else."""
    sources = {"main.typ": feet_document(request, turned).encode(), **_looks()}
    return _compile(replace(request, form="feet"), sources, fonts, False, True).pdf


def _made(request: EditionRequest, fonts: Path) -> Edition:
    article, compiled = _set(request, fonts)
    if request.form == "card":
        check_card(request, *compiled.ending)
    pdf, pages = _completed(request, article, compiled)
    check_pages(request, compiled.destinations, pages)
    return Edition(pdf, pages, hashlib.sha256(pdf).hexdigest())


def _set(request: EditionRequest, fonts: Path, printed: bool = True, written: Article | None = None) -> tuple[Article, _Compiled]:
    if not all((fonts / face.file_name).is_file() for face in printed_faces()):
        raise EditionError(request.source, f"the fonts of editions are not in {fonts}")
    article = written or write_article(request, cache(lambda: ruler(fonts)))
    if written is None:
        check_kept(request, of_code(article.code))
    main, anchors = _document(request, article, printed)
    sources = {"main.typ": main.encode(), **_looks(), "qr.svg": qr_code(request.permalink), **article.images,
               **{f"attachment-{n}": a.data for n, a in enumerate(request.attachments, 1)}}
    compiled = _compile(request, sources, fonts, bool(anchors), printed)
    if is_short(compiled.ending[0], compiled.ending[2]):
        compiled = _with_full_end(request, article, sources, fonts, bool(anchors), printed) or compiled
    return article, compiled


def _document(request: EditionRequest, article: Article, printed: bool) -> tuple[str, tuple[str, ...]]:
    return part_document(request, article, printed) if request.form == "part" else _DOCUMENTS[request.form](request, article)


def _looks() -> dict[str, bytes]:
    return {"look.typ": look_source().encode(), **{name: typst_source(name).encode() for name in _LOOKS}}


def _completed(request: EditionRequest, article: Article, compiled: _Compiled) -> tuple[bytes, int]:
    # Loaded here: a build that finds its editions in the cache opens no PDF.
    from hooks.editions.structure import complete

    own = request.pub_id if request.form in ("volume", "part") else ""
    says = {} if request.form == "part" else {"dc:identifier": request.permalink, "xmpMM:VersionID": request.edition}
    try:
        return complete(compiled.pdf, compiled.destinations, article.tables, says, own, int(request.form == "part"))
    except ValueError as error:
        raise EditionError(request.source, f"the structure of the PDF is not as written: {error}"
                           ) from error


def _with_full_end(
    request: EditionRequest, article: Article, sources: dict[str, bytes], fonts: Path, placed: bool, printed: bool,
) -> _Compiled | None:
    """A report with its lines a little closer or wider, so that its last page is not short; None where no step helps."""
    for closer in steps(request):
        main, _ = _document(replace(request, closer=closer), article, printed)
        tried = _compile(request, {**sources, "main.typ": main.encode()}, fonts, placed, printed)
        if not is_short(tried.ending[0], tried.ending[2]):
            return tried
    return None


def _compile(request: EditionRequest, sources: dict[str, bytes], fonts: Path,
             placed: bool, printed: bool) -> _Compiled:
    try:
        return _typeset(request, sources, fonts, placed, printed)
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
             placed: bool, printed: bool) -> _Compiled:
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
            pdf = compiler.compile(format="pdf", pdf_standards=_STANDARDS, timestamp=moment) if printed else b""
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
    before = int(printed and request.form == "part")
    places = tuple(Destination(name, page - before, y) for name, page, y in found)
    page, left, top = ending
    return _Compiled(bytes(pdf), places, (page - before, left, top))
