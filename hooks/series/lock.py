"""`links.lock`: every address that the site has promised to keep, one a line, sorted, in plain text.

    briefs/records/ page
    briefs/records/#p-3fa91c02 passage retention 01f2a9…
    briefs/records/#retention heading
    briefs/records/records.pdf file
    briefs/records/records.pdf#nameddest=retention place

A line is an address relative to the site's root, a kind, and for a passage the id of its section (`-` for none)
and a sketch of its words, by which it is known again when they change. `make links` writes the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from hooks.core.cache import write_atomically
from hooks.core.problems import Problem
from hooks.series.moves import Moves
from hooks.series.sources import read_text

LOCK_FILE = "links.lock"
_HOME = "./"
HEADER = """\
# Every address that this site has promised to keep: pages, anchors, files, and places in PDFs.
# `make links` adds what is new. It takes nothing away: where something has moved, say so with
# `aliases` in the front matter, or in links.moved. Do not edit by hand.
"""
KINDS = ("page", "file", "place", "passage", "heading", "figure", "table", "recommendation", "clause", "letter", "anchor")


@dataclass(frozen=True)
class Passage:
    """A paragraph, list item, table or figure without a name: its id, the id of its section, and a sketch of its words (see `paragraphs`)."""

    id: str
    section: str
    sketch: str


@dataclass(frozen=True, order=True)
class Promise:
    """One promised address. `section` and `sketch` are those of a passage."""

    address: str
    kind: str
    section: str = ""
    sketch: str = ""

    def __str__(self) -> str:
        words = [self.address or _HOME, self.kind]
        return " ".join([*words, self.section or "-", self.sketch] if self.kind == "passage" else words)


def read_lock(root: Path) -> tuple[Mapping[str, Promise], list[Problem]]:
    """The promises by address. A file that is not there promises nothing."""
    promises: dict[str, Promise] = {}
    problems = []
    text = (read_text(root, LOCK_FILE) or "") if (root / LOCK_FILE).exists() else ""
    for number, row in enumerate(text.split("\n"), 1):
        words = row.split()
        if not words or row.startswith("#"):
            continue
        expected = 4 if words[1:2] == ["passage"] else 2
        if len(words) != expected or words[1] not in KINDS:
            # Most often the mark of a merge that is not finished.
            message = f"“{row[:60]}” is no promise."
            problems.append(Problem("link-promise", LOCK_FILE, number, message, "Keep all lines of both sides of a merge; then run `make links`."))
            continue
        section = "" if words[2:3] == ["-"] else "".join(words[2:3])
        address = "" if words[0] == _HOME else words[0]
        promises[address] = Promise(address, words[1], section, "".join(words[3:4]))
    return promises, problems


def write_lock(root: Path, promises: Iterable[Promise]) -> None:
    rows = [str(item) for item in sorted(promises)]
    write_atomically(root / LOCK_FILE, (HEADER + "".join(f"{row}\n" for row in rows)).encode())


def known_passages(promises: Mapping[str, Promise], moves: Moves) -> dict[str, list[Passage]]:
    """The promised passages of each page by its present address; those of former addresses count as its own."""
    found: dict[str, list[Passage]] = {}
    for promise in promises.values():
        if promise.kind == "passage":
            page, _, id_ = promise.address.partition("#")
            if promise.address not in moves.places:
                found.setdefault(moves.target(page).partition("#")[0], []).append(Passage(id_, promise.section, promise.sketch))
    return found
