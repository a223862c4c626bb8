"""Which files may lie in the folders of sources: what may be read at all, what names may be addresses, and that no two make one address."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from hooks.core.problems import Problem
from hooks.core.stems import without_accents
from hooks.series.pictures import PICTURES
from hooks.series.plot_data import DATA, data_files
from hooks.series.sources import BRIEFS, DOCS, KEPT_EDITION, PAPER, course_destination, destination, files_under, is_left_over, url_of

_FOLDERS = (DOCS, BRIEFS, PAPER)
_FILES = ("links.lock", "links.moved", "search.yml")
"""Sources that lie at the root; each may be missing."""
LARGEST = 5_000_000
"""Bytes of a source of text: half of what the parser of pages takes, which what is added to one must fit into."""
_TEXTS = (".md", ".yml", ".bib", ".csv", ".lock", ".moved")
_PAGE = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*\.md\Z")
_FILE = re.compile(r"[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*\Z")
# MkDocs makes a page of each of these, which the rest of the build would not know.
_OTHER_PAGES = (".markdown", ".mdown", ".mkdn", ".mkd")
_BUILT = {
    "assets": "the styles and scripts of the site",
    "search": "the index of the search",
    "data": "the tables that readers take away",
    "briefs": "what lies in briefs/",
    "whitepaper": "what lies in whitepaper/",
    "white-paper": "what lies in whitepaper/",
}
"""Folders of the site that the build fills: nothing in docs/ may lie there."""


def check_readable(root: Path) -> list[Problem]:
    """What must not be opened, or cannot be: links, which would publish a file that is no source; pipes and devices; what nobody may read.

    This comes before anything is read, since a pipe is never read to its end, and MkDocs follows a link out of the project.
    """
    problems: list[Problem] = []

    def failed(error: OSError) -> None:
        problems.append(_unreadable(root, Path(error.filename), error))

    for folder in _FOLDERS:
        if (root / folder).is_symlink():
            problems.append(_link(folder))
            continue
        for here, folders, names in os.walk(root / folder, onerror=failed if (root / folder).exists() else None):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            links = [name for name in folders if (Path(here) / name).is_symlink()]
            shown = (name for name in names if not is_left_over(name))
            problems += filter(None, (_not_to_be_read(root, Path(here) / name) for name in sorted([*links, *shown])))
    problems += filter(None, (_not_to_be_read(root, root / name) for name in _FILES if os.path.lexists(root / name)))
    return problems


def _not_to_be_read(root: Path, file: Path) -> Problem | None:
    path = file.relative_to(root).as_posix()
    if file.is_symlink():
        return _link(path)
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            return Problem("file", path, None, "This is no ordinary file.", "Take it out, or put a file of text or a picture in its place.")
        size = file.stat().st_size
        if size > LARGEST and file.suffix.lower() in _TEXTS:
            message = f"This file has {size / 1e6:.1f} million bytes; a text can have {LARGEST // 1_000_000} million."
            return Problem("file", path, None, message, "Divide it: what reads pages lets go of longer ones without a word.")
        with file.open("rb"):
            return None
    except OSError as error:
        return _unreadable(root, file, error)


def _link(path: str) -> Problem:
    message = "This is a link to another place, which would be published as if it were a source."
    return Problem("file", path, None, message, "Put the file itself here, or take the link out.")


def _unreadable(root: Path, file: Path, error: OSError) -> Problem:
    message = f"This cannot be read: {error.strerror or error}."
    return Problem("file", file.relative_to(root).as_posix(), None, message, "Give whoever runs the build leave to read it, or take it out.")


def check_names(root: Path) -> list[Problem]:
    """Names that make no lasting address, files that would be published without being part of anything, and folders that are the build's."""
    problems = []
    for folder in _FOLDERS:
        for path in files_under(root, folder):
            problems += _check_place(path) or _check_name(path) or _check_kind(path)
    return problems


def _check_place(path: str) -> list[Problem]:
    first, *rest = PurePosixPath(path).parts[1:]
    if not path.startswith(f"{DOCS}/") or not rest or first not in _BUILT:
        return []
    remedy = "Move it there." if first in (BRIEFS, PAPER) else "Give the folder another name."
    return [Problem("file", path, None, f"In the site, {first}/ holds {_BUILT[first]}.", remedy)]


def _check_name(path: str) -> list[Problem]:
    name, folders = PurePosixPath(path).name, PurePosixPath(path).parts[:-1]
    allowed = "Use letters, digits and hyphens"
    wrong = next((part for part in folders if not _FILE.match(part)), "")
    if wrong:
        return [Problem("file", path, None, f"“{wrong}” is no name for a folder of the site.", f"{allowed}: {_simple(wrong)}.")]
    if name.endswith(".md") and not _PAGE.match(name):
        # MkDocs takes a README for an index.
        remedy = "index.md" if name == "README.md" else f"{_simple(name.removesuffix('.md')).lower() or 'name'}.md"
        return [Problem("file", path, None, "A page's name is its address, and this one makes none.", f"Use lower-case letters, digits and hyphens: {remedy}.")]
    if not _FILE.match(name):
        stem, dot, suffix = name.rpartition(".")
        return [Problem("file", path, None, "A file's name is its address, and this one makes none.", f"{allowed}: {_simple(stem or suffix)}{dot}{suffix}.")]
    return []


def _simple(text: str) -> str:
    """The nearest name that can be an address."""
    return re.sub(r"[^A-Za-z0-9]+", "-", without_accents(text)).strip("-") or "name"


def _check_kind(path: str) -> list[Problem]:
    pure = PurePosixPath(path)
    suffix = pure.suffix.lower()
    if suffix in _OTHER_PAGES or (suffix == ".md" and pure.suffix != ".md"):
        return [Problem("file", path, None, "This would be no page of the series.", f"Name it {pure.stem}.md.")]
    data = suffix in (".csv", ".yml") and pure.parent.as_posix().endswith(f"/{DATA}")
    kept = KEPT_EDITION.search(pure.name)
    if path.startswith(f"{DOCS}/") or suffix == ".md" or suffix in PICTURES or data or kept:
        return []
    message = f"This would be published as it is, and {pure.parts[0]}/ holds pages, pictures, and the data of figures."
    return [Problem("file", path, None, message, f"Take it out, or put it into {DOCS}/ if readers are to have it.")]


def source_addresses(root: Path, made: Iterable[str] = ()) -> Iterator[tuple[str, str]]:
    """Each source and the file of the site that it becomes; `made` are the paths at which the build makes pages of records."""
    own = files_under(root, DOCS)
    # What the build makes is there first: the author's file is the one to rename.
    for path in [*sorted(set(made) - set(own)), *own]:
        yield path, _in_docs(path)
    for folder in (BRIEFS, PAPER):
        for path in files_under(root, folder):
            yield path, destination(path)
    for stem in data_files(root):
        pure = PurePosixPath(stem)
        place = f"{pure.parents[1]}/{pure.name}.svg"
        if not (root / place).exists():
            yield f"{stem}.yml", place.removeprefix(f"{DOCS}/") if place.startswith(f"{DOCS}/") else destination(place)


def _in_docs(path: str) -> str:
    """The file that a file of docs/ becomes, as MkDocs and the course have it."""
    own = PurePosixPath(path.removeprefix(f"{DOCS}/"))
    if own.suffix != ".md":
        return own.as_posix()
    return course_destination(path) or ((own.parent if own.stem == "index" else own.with_suffix("")) / "index.html").as_posix()


def check_addresses(root: Path, made: Iterable[str] = ()) -> list[Problem]:
    """Two sources of one address, such as `01-elements.md` and `02-elements.md`: one would be lost. `made` as in `source_addresses`.

    Addresses that differ only by capitals count as one: on many disks they are.
    """
    first: dict[str, tuple[str, str]] = {}
    problems = []
    for path, dest in source_addresses(root, made):
        key = unicodedata.normalize("NFC", dest).casefold()
        other, where = first.setdefault(key, (path, dest))
        if other == path:
            continue
        if where != dest:
            message = f"This name differs from that of {other} only by capitals."
            problems.append(Problem("id", path, None, message, "Rename one: many disks take the two for one."))
            continue
        what = "page" if path.endswith(".md") else "file"
        message = f"This {what} would have the address of {other}, {url_of(dest)}."
        number = re.match(r"\d+-", PurePosixPath(path).name)
        problems.append(Problem("id", path, None, message, f"Rename one of the files{'; a number before the name does not count' if number else ''}."))
    return problems


def check_written(root: Path, made: Iterable[str], written: Mapping[str, object] | Iterable[str]) -> list[Problem]:
    """Sources at an address at which the build writes a file of its own; `written` are those addresses."""
    own = set(written)
    return [
        Problem("id", path, None, f"The build itself writes a file of this address, {dest}.", "Give this file another name.")
        for path, dest in source_addresses(root, made) if dest in own
    ]  # fmt: skip
