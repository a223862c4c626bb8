"""Where the sources are, and which address each becomes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from hooks.problems import Problem

BRIEFS, PAPER, DOCS = "briefs", "whitepaper", "docs"
CASES = "docs/case-studies"
INTERVIEWS = f"{CASES}/interviews"
WORKSHOP = "docs/workshop/index.md"
COURSE = "docs/course"
SLIDES = f"{COURSE}/slides"
LAW = "docs/law"
TERMS = "docs/glossary/terms.yml"
LITERATURE = "docs/literature"
ANNOTATIONS = f"{LITERATURE}/annotations.yml"


@dataclass(frozen=True)
class Mount:
    """A file of `briefs/` or `whitepaper/` and its place in the site.

    `path` is relative to the project's root; `dest` to the site's root.
    """

    path: str
    dest: str


def read_text(root: Path, path: str) -> str | None:
    """The text of a source file, or None if it is not UTF-8. Line ends become `\\n`."""
    try:
        return (root / path).read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None


def not_utf8(root: Path, path: str) -> Problem:
    """What to tell the author of a file for which `read_text` gives None."""
    try:
        (root / path).read_bytes().decode("utf-8-sig")
        line = None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
    return Problem("encoding", path, line, "This file is not UTF-8.", "Save the file as UTF-8 (in most editors: Save with encoding).")


def files_under(root: Path, folder: str, *suffixes: str) -> list[str]:
    """The paths, relative to `root`, of the files below `folder` with one of the suffixes (all if none), sorted."""
    base = root / folder
    found = (f for f in base.rglob("*") if f.is_file() and not any(part.startswith(".") for part in f.relative_to(base).parts))
    return sorted(f.relative_to(root).as_posix() for f in found if not suffixes or f.suffix in suffixes)


def mounts(root: Path) -> Iterator[Mount]:
    """Every file of the two publication folders, with the place it takes in the site."""
    for folder in (BRIEFS, PAPER):
        for path in files_under(root, folder):
            yield Mount(path, destination(path))


def destination(path: str) -> str:
    """The file that a source becomes: `whitepaper/03-elements.md` → `white-paper/elements/index.html`.

    Other files of a folder keep their place, so relative links to figures work as written.
    """
    pure = PurePosixPath(path)
    folder = {BRIEFS: "briefs", PAPER: "white-paper"}[pure.parts[0]]
    rest = PurePosixPath(*pure.parts[1:])
    if pure.suffix != ".md":
        return f"{folder}/{rest}"
    slug = slug_of(path)
    return f"{folder}/index.html" if slug == "index" else f"{folder}/{slug}/index.html"


def publications(root: Path) -> Iterator[tuple[Mount, str, str]]:
    """Every page that is a publication: (file and place, kind, slug). The two folders, the workshop, and the interview forms."""
    for mount in mounts(root):
        if not mount.path.endswith(".md") or mount.path == "briefs/index.md":
            continue
        slug = slug_of(mount.path)
        kind = "issue-brief" if mount.path.startswith(BRIEFS) else "chapter"
        if kind == "chapter" and slug == "index":
            kind = slug = "white-paper"
        yield mount, kind, slug
    if (root / WORKSHOP).is_file():
        yield Mount(WORKSHOP, "workshop/index.html"), "workshop-summary", "workshop"
    for path in files_under(root, INTERVIEWS, ".md"):
        slug = PurePosixPath(path).stem
        if slug != "index":
            yield Mount(path, f"case-studies/interviews/{slug}/index.html"), "interview-form", slug
    for path in files_under(root, COURSE, ".md"):
        kind, dest = course_kind(path), course_destination(path)
        if kind and dest:
            yield Mount(path, dest), kind, "course" if kind == "course" else slug_of(path)


def course_kind(path: str) -> str:
    """Which kind of publication a page of the course is; empty for slides and other pages. A module's file begins with its number."""
    pure = PurePosixPath(path)
    if pure.parent.as_posix() != COURSE:
        return ""
    if re.match(r"\d+-", pure.name):
        return "course-module"
    return {"index.md": "course", "workbook.md": "course-workbook"}.get(pure.name, "")


def course_destination(path: str) -> str | None:
    """The file that a page of the course becomes where it is not that of its path: `docs/course/05-comments.md` →
    `course/comments/index.html`, `docs/course/slides/comments.md` → `course/comments/slides/index.html`. None for all other files."""
    pure = PurePosixPath(path)
    if pure.suffix != ".md" or not pure.is_relative_to(COURSE):
        return None
    if pure.parent.as_posix() == SLIDES:
        return f"course/{slug_of(path)}/slides/index.html"
    kind = course_kind(path)
    return {"course": "course/index.html", "": None}.get(kind, f"course/{slug_of(path)}/index.html")


def slug_of(path: str) -> str:
    """The slug in a file name: `03-elements.md` → `elements`."""
    return re.sub(r"^\d+-", "", PurePosixPath(path).stem)


def url_of(dest: str) -> str:
    """The address, relative to the site's root, at which `dest` is served."""
    return dest.removesuffix("index.html")


def split_front_matter(text: str) -> tuple[str | None, str, int]:
    """(front matter or None, body, line of the file on which the body begins)."""
    match = re.match(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", text, re.DOTALL | re.MULTILINE)
    if not match:
        return None, text, 1
    return match[1], text[match.end() :], text.count("\n", 0, match.end()) + 1
