"""Article HTML, made ready for pandoc, → the bytes of an .epub: the same for the same input, on any day (EPUB 3.3, 4 and 5)."""

from __future__ import annotations

import io
import zipfile
from importlib.resources import files

from lxml import etree

from .epub_metadata import IDENTIFIER, OPF, language, metadata
from .epub_pages import chapters, navigation
from .model import EditionError, EditionRequest
from .pandoc import run_pandoc

_OPTIONS = ("-t", "epub3", "--split-level=1", "--toc-depth=2", "--wrap=none", "--syntax-highlighting=none", "--epub-title-page=false")
_NCX = "http://www.daisy.org/z3986/2005/ncx/"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can hold."""
_MIMETYPE = b"application/epub+zip"
_PACKAGE = "EPUB/content.opf"
_SHEET = "EPUB/styles/stylesheet1.css"
_TEXTS = "EPUB/text/"
_COVER = "media/cover.png"


def epub_package(html: str, request: EditionRequest, cover: bytes) -> bytes:
    """The book of `html`, a chapter for each h1; `cover` is a PNG.

    Raises:
        EditionError: pandoc is missing, fails, or makes something that is not the book we know. Names `request.source`.
    """
    made = run_pandoc(html, [*_OPTIONS, "-M", f"title={request.full_title}", "-M", f"lang={language(request)}"], request.source)
    try:
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
        return _packed(_finished(parts, request, cover))
    except (zipfile.BadZipFile, etree.XMLSyntaxError, LookupError, AttributeError) as error:
        raise EditionError(request.source, f"pandoc made an EPUB that cannot be finished: {error}") from error


def _finished(parts: dict[str, bytes], request: EditionRequest, cover: bytes) -> dict[str, bytes]:
    """Every file in its final form."""
    done = {"META-INF/container.xml": parts["META-INF/container.xml"], _SHEET: files(__package__).joinpath("epub.css").read_bytes()}
    done |= {name: data for name, data in parts.items() if name.startswith("EPUB/media/")}
    texts = {name.removeprefix(_TEXTS): data for name, data in parts.items() if name.startswith(_TEXTS)}
    done |= {_TEXTS + name: data for name, data in chapters(texts, "../styles/stylesheet1.css").items()}
    done["EPUB/nav.xhtml"] = navigation(parts["EPUB/nav.xhtml"], "styles/stylesheet1.css")
    pictures = any(name.startswith("EPUB/media/") for name in done)
    done[f"EPUB/{_COVER}"] = cover
    done["EPUB/toc.ncx"] = _ncx(parts["EPUB/toc.ncx"], request)
    done[_PACKAGE] = _package(parts[_PACKAGE], request, pictures)
    return done


def _package(data: bytes, request: EditionRequest, pictures: bool) -> bytes:
    root = etree.fromstring(data, etree.XMLParser(remove_blank_text=True))
    root.set("unique-identifier", IDENTIFIER)
    # The one prefix that pandoc declares is for a file that is left out.
    root.attrib.pop("prefix", None)
    root.replace(root.find(f"{{{OPF}}}metadata"), metadata(request, pictures))
    root.remove(root.find(f"{{{OPF}}}guide"))
    manifest = root.find(f"{{{OPF}}}manifest")
    etree.SubElement(manifest, f"{{{OPF}}}item", {"id": "cover", "href": _COVER, "media-type": "image/png", "properties": "cover-image"})
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _ncx(data: bytes, request: EditionRequest) -> bytes:
    """The contents for readers of EPUB 2, under the same identifier as the package (OPF 2.0.1, 2.4.1)."""
    root = etree.fromstring(data)
    for meta in root.iter(f"{{{_NCX}}}meta"):
        if meta.get("name") == "dtb:uid":
            meta.set("content", request.permalink)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _packed(parts: dict[str, bytes]) -> bytes:
    """A container whose first file is its media type, stored (EPUB 3.3, 4.2.3); files in a fixed order and without times."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in [("mimetype", _MIMETYPE), *sorted(parts.items())]:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return out.getvalue()
