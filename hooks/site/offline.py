"""The site as one ZIP file, to be unpacked on a shared drive or a stick and read without a server, with or without scripts.

`python -m hooks.site.offline site on-the-record.zip` packs the finished site. On a disk nothing answers for a folder,
so links name the page in it: `../records/` becomes `../records/index.html`. Addresses on the web stay as they are.
(In the site itself a script does the same while it is read from a disk; see `fromDisk` in assets/site.js.)
"""

from __future__ import annotations

import html
import io
import sys
import zipfile
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from hooks.core.cache import write_atomically
from hooks.site.hosting import FOLDER, HEADERS_FILE, NO_JEKYLL, REDIRECTS_FILE

_INDEX = "index.html"
# Of use only on the web: what hosts and search engines read.
_WEB = (f"{FOLDER}/", HEADERS_FILE, NO_JEKYLL, REDIRECTS_FILE, "404.html", "sitemap.xml")
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest date a ZIP file can give: equal sites give equal files."""
README = "READ ME FIRST.txt"
_README = "Open index.html in a browser. Everything is in this folder: nothing is fetched from the web, and search works too.\r\n"


class _Offline(HTMLParser):
    """Copies a page as it is written, but for the start tags that need a change."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self._text, self._at, self._out = text, 0, io.StringIO()
        self._lines = [0]
        for line in text.split("\n"):  # What the parser counts as lines, and nothing else.
            self._lines.append(self._lines[-1] + len(line) + 1)

    def result(self) -> str:
        self.feed(self._text)
        self.close()
        self._out.write(self._text[self._at :])
        return self._out.getvalue()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        old = self.get_starttag_text() or ""
        new = old
        href, action = given.get("href"), given.get("action")
        if tag == "a" and href:
            new = _with(old, "href", on_disk(href))
        elif tag == "form" and action:
            new = _with(old, "action", on_disk(action))
        elif tag == "meta" and (given.get("http-equiv") or "").lower() == "refresh":
            delay, _, url = (given.get("content") or "").partition("url=")
            new = _with(old, "content", f"{delay}url={on_disk(url)}")
        elif tag == "link" and given.get("rel") == "preload":
            new = ""  # A browser refuses to fetch a font ahead from a disk; the style sheet may use it all the same.
        if new != old:
            line, column = self.getpos()
            start = self._lines[line - 1] + column
            self._out.write(self._text[self._at : start] + new)
            self._at = start + len(old)


def _with(tag: str, name: str, value: str) -> str:
    """The start tag with another value of one attribute, which it has, in double quotes as all that the build writes."""
    before, found, rest = tag.partition(f' {name}="')
    if not found:
        raise ValueError(f"{tag} does not give {name} in double quotes.")
    return before + found + html.escape(value) + rest[rest.index('"') :]


def on_disk(href: str) -> str:
    """The link with the name of the page where it leads to a folder: "../law/#x" gives "../law/index.html#x"."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc or parts.path.startswith("/") or not parts.path:
        return href
    last = parts.path.rpartition("/")[2]
    return urlunsplit(parts._replace(path=f"{parts.path}{'' if last == '' else '/'}{_INDEX}")) if last in ("", ".", "..") else href


def offline_page(text: str) -> str:
    """The page as it reads from a disk."""
    return _Offline(text).result()


def offline_files(site: Path) -> Mapping[str, bytes]:
    """Every file of the offline edition by its path, of the finished site in the folder `site`."""
    files: dict[str, bytes] = {README: _README.encode()}
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.is_file() and not name.startswith(_WEB):
            content = path.read_bytes()
            files[name] = offline_page(content.decode("utf-8")).encode() if name.endswith(".html") else content
    return files


def archive(files: Mapping[str, bytes], folder: str) -> bytes:
    """A ZIP file with all `files` below one `folder`. Names are in UTF-8 (APPNOTE 4.4.4, bit 11)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"{folder}/{name}", _EPOCH)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o100644 << 16
            packed.writestr(entry, files[name])
    return out.getvalue()


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        print("usage: python -m hooks.site.offline SITE FILE.zip", file=sys.stderr)
        return 2
    site, target = map(Path, arguments)
    if not (site / _INDEX).is_file():
        print(f"{site} holds no finished site: run `make site` first.", file=sys.stderr)
        return 1
    content = archive(offline_files(site), target.stem)
    write_atomically(target, content)
    print(f"{target}: {len(content) / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
