"""Whether two built sites are the same: `python -m tests.compare before after` (or `make compare`).

Prints which files were added, which are gone and which differ, each with its first difference: the line of a text, the
member of a ZIP file (.docx, .epub), the page or the object of a PDF. The exit status is 0 if all bytes are the same, 1 if
not, 2 if one of the folders is no site.
"""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf

_WIDTH = 100
_ZIPS = (".docx", ".epub", ".zip")


def compare(before: Path, after: Path) -> list[str]:
    """A line for every file that is not the same in both folders, sorted by its path; empty where there is none."""
    old, new = (_files(folder) for folder in (before, after))
    lines = []
    for path in sorted(old.keys() | new.keys()):
        if path not in new:
            lines.append(f"gone     {path}")
        elif path not in old:
            lines.append(f"added    {path}")
        elif (a := old[path].read_bytes()) != (b := new[path].read_bytes()):
            lines.append(f"differs  {path}: {difference(path, a, b)}")
    return lines


def difference(path: str, old: bytes, new: bytes) -> str:
    """In words, where two versions of the file `path` first differ."""
    if path.endswith(_ZIPS):
        found = _zip(old, new)
    elif path.endswith(".pdf"):
        found = _pdf(old, new)
    else:
        found = _text(old, new)
    return found or _bytes(old, new)


def _files(folder: Path) -> dict[str, Path]:
    return {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}


def _text(old: bytes, new: bytes) -> str:
    """The first line that differs, from a little before the first character that does."""
    try:
        a, b = old.decode("utf-8").split("\n"), new.decode("utf-8").split("\n")
    except UnicodeDecodeError:
        return ""
    length = min(len(a), len(b))
    at = next((index for index in range(length) if a[index] != b[index]), length)
    if at == length:
        which, rest = ("only before", a[at:]) if len(a) > len(b) else ("only after", b[at:])
        return f"line {at + 1} on stands {which}: {rest[0][:_WIDTH]!r}" if rest else ""
    column = next((index for index, (x, y) in enumerate(zip(a[at], b[at], strict=False)) if x != y), min(len(a[at]), len(b[at])))
    start = max(0, column - 30)
    return f"line {at + 1}, column {column + 1}\n         - {a[at][start : start + _WIDTH]!r}\n         + {b[at][start : start + _WIDTH]!r}"


def _zip(old: bytes, new: bytes) -> str:
    try:
        a, b = (zipfile.ZipFile(io.BytesIO(content)) for content in (old, new))
    except zipfile.BadZipFile:
        return ""
    names = a.namelist(), b.namelist()
    if names[0] != names[1]:
        return f"members before only: {sorted(set(names[0]) - set(names[1]))}, after only: {sorted(set(names[1]) - set(names[0]))}, or in another order"
    for name in names[0]:
        if a.read(name) != b.read(name):
            return f"member {name}: {difference(name, a.read(name), b.read(name))}"
    return "the same members, otherwise packed"


def _pdf(old: bytes, new: bytes) -> str:
    try:
        with pikepdf.open(io.BytesIO(old)) as a, pikepdf.open(io.BytesIO(new)) as b:
            return next(_pdf_differences(a, b), "the same objects, otherwise written")
    except pikepdf.PdfError:
        return ""


def _pdf_differences(a: pikepdf.Pdf, b: pikepdf.Pdf) -> Iterator[str]:
    if len(a.pages) != len(b.pages):
        yield f"{len(a.pages)} pages before, {len(b.pages)} after"
    for number, (x, y) in enumerate(zip(a.pages, b.pages, strict=False), 1):
        if (first := pikepdf.unparse_content_stream(pikepdf.parse_content_stream(x))) != (
            second := pikepdf.unparse_content_stream(pikepdf.parse_content_stream(y))
        ):
            yield f"page {number}: {_text(first, second) or _bytes(first, second)}"
    for name in sorted(a.attachments.keys() | b.attachments.keys()):
        if name not in a.attachments or name not in b.attachments:
            yield f"the attachment {name} is only in one"
        else:
            first, second = (pdf.attachments[name].get_file().read_bytes() for pdf in (a, b))
            if first != second:
                yield f"attachment {name}: {difference(name, first, second)}"
    for key in sorted(a.docinfo.keys() | b.docinfo.keys()):
        if a.docinfo.get(key) != b.docinfo.get(key):
            yield f"document information {key}: {a.docinfo.get(key)!s} before, {b.docinfo.get(key)!s} after"
    for number, (x, y) in enumerate(zip(a.objects, b.objects, strict=False), 1):
        first, second = x.unparse(), y.unparse()
        if first != second:
            yield f"object {number}: {_text(first, second) or _bytes(first, second)}"
        if isinstance(x, pikepdf.Stream) and isinstance(y, pikepdf.Stream) and x.read_raw_bytes() != y.read_raw_bytes():
            yield f"the stream of object {number} ({x.get('/Type', x.get('/Subtype', 'no type'))!s})"


def _bytes(old: bytes, new: bytes) -> str:
    at = next((index for index, (x, y) in enumerate(zip(old, new, strict=False)) if x != y), min(len(old), len(new)))
    return f"{len(old)} bytes before, {len(new)} after; the first that differs is number {at + 1}"


def main(arguments: list[str]) -> int:
    """Compare the two folders that are named and print what differs."""
    folders = [Path(name) for name in arguments]
    if len(folders) != 2 or not all((folder / "index.html").is_file() for folder in folders):
        print("Name two built sites: python -m tests.compare before after", file=sys.stderr)
        return 2
    lines = compare(*folders)
    print("\n".join(lines) or f"The same: {len(_files(folders[0]))} files.")
    if lines:
        kinds = [line.split(" ", 1)[0] for line in lines]
        print(f"{kinds.count('differs')} differ, {kinds.count('added')} added, {kinds.count('gone')} gone.")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
