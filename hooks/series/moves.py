"""What has moved: old addresses and where they lead now.

Written as `aliases` in the front matter of a publication, or, for all other pages, a line each in `links.moved`:

    old-slug                            the page, its PDF and downloads were once at the address of that slug
    briefs/old-slug/                    the same, as an address
    #old-place -> #place                a place of this page that was renamed
    #old-place -> brief:records#keep    a place that is now on another page
    briefs/old/#x -> #y                 a place of a former page whose name has changed too
    law/#old-id -> law/#new-id          in links.moved: addresses from the site's root
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hooks.core.problems import Problem
from hooks.series.model import Publication, Series
from hooks.series.sources import read_front_matter, read_text

MOVED_FILE = "links.moved"
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_ADDRESS = re.compile(r"(?:[\w.~-]+(?:/[\w.~-]+)*/?)?(?:#[^\s#]+)?\Z")


@dataclass(frozen=True)
class Move:
    """`old` leads to `new`: both relative to the site's root, with or without a fragment. `path` and `line` say where that is written."""

    old: str
    new: str
    path: str
    line: int | None = None


@dataclass(frozen=True)
class Moves:
    """All moves. `pages` are whole pages, `places` single anchors, each by its old address."""

    all: tuple[Move, ...] = ()
    pages: Mapping[str, Move] = field(default_factory=dict)
    places: Mapping[str, Move] = field(default_factory=dict)

    def target(self, address: str) -> str:
        """Where `address` leads now: by its own entry, else by that of its page, whose fragments are kept."""
        seen: set[str] = set()
        while address not in seen:
            seen.add(address)
            page, hash_, fragment = address.partition("#")
            if address in self.places:
                address = self.places[address].new
            elif page in self.pages:
                new = self.pages[page].new
                address = new if not hash_ or "#" in new else f"{new}#{fragment}"
        return address

    def former(self, url: str) -> list[str]:
        """The addresses at which the page at `url` once was."""
        return [move.old for move in self.pages.values() if self.target(move.old).partition("#")[0] == url]


def load_moves(root: Path, series: Series) -> tuple[Moves, list[Problem]]:
    """Read every alias and `links.moved`; what is not understood, or given twice, is a problem."""
    found: list[Move] = []
    problems: list[Problem] = []
    for item in series.publications:
        if item.front.aliases:
            lines = _lines(root, item.path)
            for index, text in enumerate(item.front.aliases):
                _add(text, item, series, item.path, lines(index), found, problems)
    if (root / MOVED_FILE).exists():
        for number, row in enumerate((read_text(root, MOVED_FILE) or "").split("\n"), 1):
            text = row.strip()
            if text and not text.startswith(("# ", "#!")) and text != "#":
                _add(text, None, series, MOVED_FILE, number, found, problems)
    first: dict[str, Move] = {}
    for move in found:
        if move.old in first:
            where = f"{first[move.old].path}:{first[move.old].line}"
            problems.append(Problem("alias", move.path, move.line, f"“{move.old}” already leads on by {where}.", "Keep one of the two."))
        first.setdefault(move.old, move)
    moves = tuple(first.values())
    return Moves(moves, {m.old: m for m in moves if "#" not in m.old}, {m.old: m for m in moves if "#" in m.old}), problems


def _lines(root: Path, path: str) -> Callable[[int], int | None]:
    """index of an alias → its line in the file"""
    document, _ = read_front_matter(read_text(root, path) or "", path)
    return lambda index: document.line(("aliases", index)) if document else None


def _add(text: str, owner: Publication | None, series: Series, path: str, line: int | None, found: list[Move], problems: list[Problem]) -> None:
    old, arrow, new = (part.strip() for part in text.partition("->"))
    if owner and not arrow:
        new = owner.url
    before, after = _address(old, owner, series), _address(new, owner, series)
    if before is None or after is None or (not owner and not arrow):
        remedy = "Write “old-slug”, “#old -> #new” or “briefs/old/#x -> #y”." if owner else "Write “old/address/ -> new/address/”."
        problems.append(Problem("alias", path, line, f"“{text}” is not understood.", remedy))
    elif before == after:
        problems.append(Problem("alias", path, line, f"“{text}” leads to itself.", "Take it out."))
    else:
        found.append(Move(before, after, path, line))


def _address(text: str, owner: Publication | None, series: Series) -> str | None:
    """`text` as an address relative to the site's root."""
    scheme, colon, rest = text.partition(":")
    if colon and scheme in series.by_scheme:
        slug, hash_, fragment = rest.partition("#")
        known = series.by_scheme[scheme]
        return f"{known[slug].url}{hash_}{fragment}" if slug in known else None
    if owner and text.startswith("#"):
        return f"{owner.url}{text}" if len(text) > 1 else None
    if owner and _SLUG.match(text):
        return f"{owner.url.rstrip('/').rpartition('/')[0]}/{text}/"
    text = text.removeprefix("/")
    if not text or not _ADDRESS.match(text) or ".." in text.split("/"):
        return None
    page, hash_, fragment = text.partition("#")
    if page and not page.endswith("/") and "." not in page.rpartition("/")[2]:
        page += "/"
    return f"{page}{hash_}{fragment}"


def check_moves(moves: Moves, pages: Collection[str], there: Collection[str]) -> list[Problem]:
    """A move must start where no page is any more, and lead to something that is there. `pages` are the addresses of pages, `there` all addresses."""
    problems = []
    for move in moves.all:
        if move.old in pages:
            problems.append(Problem("alias", move.path, move.line, f"“{move.old}” is still there.", "An alias is for an address that has gone; take it out."))
        end = moves.target(move.old)
        if end not in there:
            problems.append(
                Problem("alias", move.path, move.line, f"“{move.old}” leads to “{end}”, which is not there.", "Give an address or anchor of the site.")
            )
    return problems
