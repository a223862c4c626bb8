"""Reading an EPUB back: its files, its chapters and the way they are listed."""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from lxml import etree

NAMES = {
    "h": "http://www.w3.org/1999/xhtml",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "epub": "http://www.idpf.org/2007/ops",
    "svg": "http://www.w3.org/2000/svg",
    "ncx": "http://www.daisy.org/z3986/2005/ncx/",
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
}


@dataclass(frozen=True)
class Book:
    """`files` by name; `chapters` the trees of the spine by file name, in reading order."""

    files: dict[str, bytes]
    package: etree._Element
    chapters: dict[str, etree._Element]

    def find(self, path: str) -> list:
        """What `path` finds in all chapters."""
        return [node for root in self.chapters.values() for node in root.xpath(path, namespaces=NAMES)]

    def meta(self, name: str) -> list[str]:
        """The values of a `dc:` element or of a `meta` property."""
        path = f"opf:metadata/{name}" if name.startswith("dc:") else f"opf:metadata/opf:meta[@property='{name}']"
        return [node.text for node in self.package.xpath(path, namespaces=NAMES)]

    def nav(self) -> etree._Element:
        return etree.fromstring(self.files["EPUB/nav.xhtml"])

    def broken(self) -> list[str]:
        """Links and pictures that lead to nothing in the book; addresses on the web are left alone."""
        trees = {**self.chapters, "EPUB/nav.xhtml": self.nav()}
        lost = []
        for name, root in trees.items():
            for address in root.xpath("//@href | //@src"):
                parts = urlsplit(address)
                if parts.scheme:
                    continue
                target = posixpath.normpath(posixpath.join(posixpath.dirname(name), parts.path)) if parts.path else name
                ids = trees[target].xpath("//@id") if target in trees else []
                if target not in self.files or (parts.fragment and unquote(parts.fragment) not in ids):
                    lost.append(f"{name}: {address}")
        return lost


def opened(data: bytes) -> Book:
    """The book in the bytes of an .epub, found as a reader finds it: by its container file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        files = {name: archive.read(name) for name in archive.namelist()}
    container = etree.fromstring(files["META-INF/container.xml"])
    path = container.xpath("string(//c:rootfile/@full-path)", namespaces=NAMES)
    package = etree.fromstring(files[path])
    items = {item.get("id"): item.get("href") for item in package.iterfind("opf:manifest/opf:item", NAMES)}
    spine = [posixpath.join(posixpath.dirname(path), items[ref.get("idref")]) for ref in package.iterfind("opf:spine/opf:itemref", NAMES)]
    return Book(files, package, {name: etree.fromstring(files[name]) for name in spine})


def words(node: etree._Element) -> str:
    """The text of an element, white space folded."""
    return " ".join("".join(node.itertext()).split())
