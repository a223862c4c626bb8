"""Where the sources are, and which address each becomes."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TypeVar

from pydantic import BaseModel

from hooks.core.problems import Problem
from hooks.core.validate import to_record
from hooks.core.yaml_lines import Document, Parse, parse
from hooks.series.kinds import KINDS

T = TypeVar("T", bound=BaseModel)

BRIEFS, PAPER, DOCS = "briefs", "whitepaper", "docs"
CASES = "docs/case-studies"
INTERVIEWS = f"{CASES}/interviews"
CORRECTIONS, CHANGES = "docs/about/corrections.md", "docs/changes.md"
COURSE = "docs/course"
COURSE_PAGE = f"{COURSE}/index.md"
SLIDES, DECKS = f"{COURSE}/slides", f"{COURSE}/decks"
KEYS = f"{COURSE}/keys"
"""What facilitators read: the answers to exercises, and what is handed out bit by bit."""
PACKS = f"{COURSE}/packs"
LAW = "docs/law"
TERMS, PLATFORMS = "docs/glossary/terms.yml", "docs/platforms.yml"
ROLES, TOOLS = "docs/for/roles.yml", "docs/tools"
QUESTIONS = "docs/questions"
LITERATURE = "docs/literature"
ANNOTATIONS = f"{LITERATURE}/annotations.yml"
KEPT_EDITION = re.compile(r"(?:^|/)(?P<slug>[a-z0-9-]+)-ed(?P<edition>[1-9][0-9]*)\.[a-z0-9]+\Z")
"""What `make edition` calls the files of an edition, beside the page that has moved on."""
_SYSTEM_FILES = ("thumbs.db", "desktop.ini", "icon\r")


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


def check_encoding(root: Path) -> list[Problem]:
    """What to tell the author of each page that is not UTF-8."""
    pages = [path for folder in (DOCS, BRIEFS, PAPER) for path in files_under(root, folder, ".md")]
    return [not_utf8(root, path) for path in pages if read_text(root, path) is None]


def read_yaml(root: Path, path: str, rule: str = "data", parse: Parse = parse) -> tuple[Document | None, list[Problem]]:
    """The YAML document at `path`, None where it is none, and what is wrong with it."""
    text = read_text(root, path)
    return (None, [not_utf8(root, path)]) if text is None else parse(text, path, rule=rule)


def read_record(root: Path, path: str, model: type[T], rule: str = "data", may_be_empty: bool = False) -> tuple[T | None, Document, list[Problem]]:
    """The YAML file at `path` as a `model`, None where it has a mistake; the lines of its values; and what is wrong."""
    document, problems = read_yaml(root, path, rule)
    if document is None or (may_be_empty and document.data is None):
        return None, document or Document(None, {(): 1}), problems
    record, found = to_record(model, document.data, document, path, rule=rule)
    return record, document, problems + found


def files_under(root: Path, folder: str, *suffixes: str) -> list[str]:
    """The paths, relative to `root`, of the files below `folder` with one of the suffixes (all if none), sorted.

    Without links (see `files.check_readable`) and what editors and systems leave behind.
    """
    return sorted(path for path in _walk(root, folder) if not suffixes or path.endswith(suffixes))


def _walk(root: Path, folder: str) -> Iterator[str]:
    # A build asks dozens of times; pathlib's own walk takes five times as long.
    try:
        entries = list(os.scandir(root / folder))
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return
    for entry in entries:
        if is_left_over(entry.name):
            continue
        path = f"{folder}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(root, path)
        elif entry.is_file(follow_symlinks=False):
            yield path


def is_left_over(name: str) -> bool:
    """Whether a file or folder is hidden, or is what an editor or a system leaves beside a file: never a source, and never published."""
    return name.startswith((".", "~$", "#")) or name.endswith(("~", ".swp", ".swo", ".tmp", ".bak", ".orig", ".rej")) or name.lower() in _SYSTEM_FILES


def mounts(root: Path) -> Iterator[Mount]:
    """Every file of the two publication folders, with the place it takes in the site."""
    for folder in (BRIEFS, PAPER):
        for path in files_under(root, folder):
            yield Mount(path, destination(path))


def kept_editions(root: Path) -> dict[str, str]:
    """The editions that `make edition` kept: the address of each, relative to the site's root → its file, relative to the project's."""
    found = {mount.dest: mount.path for mount in mounts(root)}
    found |= {path.removeprefix(f"{DOCS}/"): path for path in files_under(root, DOCS)}
    return {address: path for address, path in found.items() if KEPT_EDITION.search(address)}


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
    """Every page that is a publication: (file and place, kind, slug). The two folders, those of kinds with one of their own, the pages
    that are one alone, the interview forms, and the course."""
    for mount in mounts(root):
        if not mount.path.endswith(".md") or mount.path == "briefs/index.md":
            continue
        slug = slug_of(mount.path)
        kind = "issue-brief" if mount.path.startswith(BRIEFS) else "chapter"
        if kind == "chapter" and slug == "index":
            kind = slug = "white-paper"
        yield mount, kind, slug
    for path, kind in kind_pages(root):
        slug = PurePosixPath(path).stem
        yield Mount(path, f"{path.removeprefix(f'{DOCS}/').removesuffix('.md')}/index.html"), kind, slug
    for path, kind in single_pages(root):
        place = path.removeprefix(f"{DOCS}/").removesuffix(".md").removesuffix("/index")
        yield Mount(path, f"{place}/index.html"), kind, PurePosixPath(place).name
    for path in files_under(root, INTERVIEWS, ".md"):
        slug = PurePosixPath(path).stem
        if slug != "index":
            yield Mount(path, f"case-studies/interviews/{slug}/index.html"), "interview-form", slug
    for path in files_under(root, COURSE, ".md"):
        kind, dest = course_kind(path), course_destination(path)
        if kind and dest:
            yield Mount(path, dest), kind, "course" if kind == "course" else slug_of(path)


def kind_pages(root: Path) -> Iterator[tuple[str, str]]:
    """The pages of each folder of docs/ that belongs to one kind of publication: (path, kind). Its index is a page like any other."""
    for kind in KINDS.values():
        for path in files_under(root, kind.source, ".md") if kind.source else ():
            pure = PurePosixPath(path)
            if pure.parent.as_posix() == kind.source and pure.name != "index.md":
                yield path, kind.name


def single_pages(root: Path) -> Iterator[tuple[str, str]]:
    """The pages of docs/ that are alone of their kind of publication: (path, kind)."""
    for kind in KINDS.values():
        if kind.page and (root / kind.page).is_file():
            yield kind.page, kind.name


def course_kind(path: str) -> str:
    """Which kind of publication a page of the course is; empty for slides and other pages. A module's file begins with its number."""
    pure = PurePosixPath(path)
    if pure.parent.as_posix() == PACKS:
        return "course-pack"
    if pure.parent.as_posix() != COURSE:
        return ""
    if re.match(r"\d+-", pure.name):
        return "course-module"
    return {"index.md": "course", "workbook.md": "course-workbook", "final-check.md": "course-check"}.get(pure.name, "")


def beside_modules(root: Path) -> list[str]:
    """The pages of the course that are no publications, and so may hold exercises beside the modules."""
    return [path for path in files_under(root, COURSE, ".md") if PurePosixPath(path).parent.as_posix() == COURSE and not course_kind(path)]


def course_destination(path: str) -> str | None:
    """The file that a page of the course becomes where it is not that of its path: `docs/course/05-comments.md` →
    `course/comments/index.html`, `docs/course/slides/comments.md` → `course/comments/slides/index.html`, `docs/course/packs/day.md` →
    `course/day/index.html`. None for all other files."""
    pure = PurePosixPath(path)
    if pure.suffix != ".md" or not pure.is_relative_to(COURSE):
        return None
    if pure.parent.as_posix() == SLIDES:
        return f"course/{slug_of(path)}/slides/index.html"
    kind = course_kind(path)
    return {"course": "course/index.html", "": None}.get(kind, f"course/{slug_of(path)}/index.html")


def authority_path(id_: str) -> str:
    """The source that the page of an authority would have, if an author wrote it. There is no such file: the build makes the page."""
    return f"{LAW}/{id_}.md"


def role_path(id_: str) -> str:
    """The same of the page of a role."""
    return f"{PurePosixPath(ROLES).parent}/{id_}.md"


def question_files(root: Path) -> list[str]:
    """The files of questions, each named after its subject."""
    return [path for path in files_under(root, QUESTIONS, ".yml") if PurePosixPath(path).parent.as_posix() == QUESTIONS]


def questions_path(subject: str) -> str:
    """The same of the page of a subject's questions as `authority_path`."""
    return f"{QUESTIONS}/{subject}.md"


def slug_of(path: str) -> str:
    """The slug in a file name: `03-elements.md` → `elements`."""
    return re.sub(r"^\d+-", "", PurePosixPath(path).stem)


def url_of(dest: str) -> str:
    """The address, relative to the site's root, at which `dest` is served."""
    return dest.removesuffix("index.html")


def body_of(text: str) -> str:
    """What follows the front matter, if there is one; of one that is not closed, what follows the first empty line."""
    front, body, _ = split_front_matter(text)
    return text.partition("\n\n")[2] if front is None and is_unclosed(text) else body


def is_unclosed(text: str) -> bool:
    """Whether the text begins as with front matter, “---” and a key, that no other “---” ends."""
    return split_front_matter(text)[0] is None and re.match(r"---[ \t]*\n[ \t]*[\w-]+[ \t]*:", text) is not None


def read_front_matter(text: str, path: str, parse: Parse = parse) -> tuple[Document | None, list[Problem]]:
    """The front matter of a page of that text, None where there is none or it is no YAML; and what is wrong with it."""
    front = split_front_matter(text)[0]
    return (None, []) if front is None else parse(front, path, first_line=2, rule="front-matter")


def split_front_matter(text: str) -> tuple[str | None, str, int]:
    """(front matter or None, body, line of the file on which the body begins)."""
    match = re.match(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", text, re.DOTALL | re.MULTILINE)
    if not match:
        return None, text, 1
    return match[1], text[match.end() :], text.count("\n", 0, match.end()) + 1
