"""An edition, from request to checked bytes: write, compile, complete the structure."""

from __future__ import annotations

import hashlib
import json
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path

from .engine import typst
from .fonts import FACES
from .messages import explain
from .model import Edition, EditionError, EditionRequest
from .places import Destination
from .sheets import check_pages, handout_document, slides_document
from .template import POSITIONS, document, qr_code, typst_source
from .writer import write_article

# PDF/UA-1 is ISO 14289-1, PDF/A-3a is ISO 19005-3, level A.
_STANDARDS = ["ua-1", "a-3a"]


_DOCUMENTS = {"report": document, "slides": slides_document, "handout": handout_document}
_LOOKS = ("report.typ", "slides.typ", "handout.typ")


@dataclass(frozen=True)
class _Compiled:
    pdf: bytes
    destinations: tuple[Destination, ...]


def make_edition(request: EditionRequest, fonts: Path) -> Edition:
    """Make the PDF of one publication, PDF/UA-1 and PDF/A-3a at once.

    Equal requests with equal fonts give equal bytes. `fonts` is a folder made by
    `build_fonts`. Does not validate: see `validate_pdf`.

    Raises:
        EditionError: the article holds something that cannot be printed, a file is missing, or
            Typst refuses the document. Names `request.source`.
    """
    if not all((fonts / face.file_name).is_file() for face in FACES):
        raise EditionError(request.source, f"the fonts of editions are not in {fonts}")
    article = write_article(request)
    main, anchors = _DOCUMENTS[request.form](request, article)
    sources = {"main.typ": main.encode(), **{name: typst_source(name).encode() for name in _LOOKS},
               "qr.svg": qr_code(request.permalink), **article.images,
               **{f"attachment-{n}": a.data for n, a in enumerate(request.attachments, 1)}}
    compiled = _compile(request, sources, fonts, bool(anchors))
    # Loaded here: a build that finds its editions in the cache opens no PDF.
    from .structure import complete

    try:
        pdf, pages = complete(compiled.pdf, compiled.destinations, article.tables, {
            "dc:identifier": request.permalink, "xmpMM:VersionID": request.edition})
    except ValueError as error:
        raise EditionError(request.source, f"the structure of the PDF is not as written: {error}"
                           ) from error
    check_pages(request, compiled.destinations, pages)
    return Edition(pdf, pages, hashlib.sha256(pdf).hexdigest())


def _compile(request: EditionRequest, sources: dict[str, bytes], fonts: Path,
             placed: bool) -> _Compiled:
    try:
        return _typeset(request, sources, fonts, placed)
    except OSError as error:
        raise EditionError(request.source, f"a file that Typst reads cannot be written: "
                           f"{error.strerror or error}") from error


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
        except RuntimeError as error:  # typst.TypstError is a RuntimeError
            raise EditionError(request.source, explain(error, request.html)) from error
    return _Compiled(bytes(pdf), tuple(Destination(*entry) for entry in found))
