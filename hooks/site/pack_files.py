"""A course pack as one file: all that a trainer prints or shows, in folders by whom it is for, with a list of copies to print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from hooks.core.problems import Problem
from hooks.core.tree import fragment, text_of, with_class
from hooks.editions.formats import EDITIONS, FORMATS
from hooks.registers.packs import PackPlace, place_of
from hooks.series import packs
from hooks.series.addresses import pack_zip
from hooks.series.model import Publication
from hooks.series.packs import Pack, PackFile
from hooks.site.editions import printed
from hooks.site.offline import archive
from hooks.site.published import Published

README = "README.txt"
_NEW_LINE = "\r\n"
"""Ends of lines that every editor of plain text shows."""


def pack_files(published: Published, files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """The archive of each pack whose page is there, by address. `files` are those of the site by address, every edition among them.

    Equal files give equal bytes (see `offline.archive`). What was not made is left out; `missing_files` tells of it.
    """
    pages = {item.path: item.edition.pages for item in printed(published.series, published.editions)}
    made: dict[str, bytes] = {}
    for pack, page in _packs(published):
        held: dict[str, bytes] = {}
        lines: list[str] = []
        given = _given_out(page, published)
        for index, (item, place) in enumerate(_places(pack, page, published)):
            if place.address in files:
                name = f"{_FOLDERS[item.who]}/{PurePosixPath(place.address).name}"
                held[name] = files[place.address]
                lines += _line(item, place, name, pages.get(place.address, 0), given[index] if index < len(given) else packs.FOR[item.who])
        if held:
            held[README] = _NEW_LINE.join([*_head(page, published), *lines, ""]).encode()
            made[pack_zip(page)] = archive(held, f"{pack.slug}-pack")
    return made


def missing_files(published: Published, files: Mapping[str, bytes]) -> list[Problem]:
    """The files that packs name and that were not made, though their form was asked for."""
    asked = published.settings["series"].get("editions")
    forms = EDITIONS if asked is None else tuple(asked)
    suffixes = {f".{form.suffix}" for form in FORMATS if form.name in forms}
    found = []
    for pack, page in _packs(published) if published.editions is not None else ():
        for item, place in _places(pack, page, published):
            if place.address not in files and PurePosixPath(place.address).suffix in suffixes:
                at = ("files", pack.record.files.index(item), "file")
                found.append(pack.problem(at, f"No file is made for “{item.file}”: {place.address}.", "Name one that is made, or take it out."))
    return found


_FOLDERS: Mapping[str, str] = {
    "participants": "print-for-participants", "groups": "print-for-groups", "facilitator": "facilitator-only", "room": "room", "beforehand": "beforehand",
}  # fmt: skip
"""Where a file lies in the archive, by whom it is for."""


def _packs(published: Published) -> Iterator[tuple[Pack, Publication]]:
    for slug, pack in published.series.packs.items():
        page = published.series.by_scheme["pack"].get(slug)
        if page is not None and page.path in published.site.pages:
            yield pack, page


def _places(pack: Pack, page: Publication, published: Published) -> Iterator[tuple[PackFile, PackPlace]]:
    """The files of a pack with their places, in the order of its record. A name that is none was reported."""
    for item in pack.record.files:
        place = place_of(item.file, page, published.series)
        if isinstance(place, PackPlace):
            yield item, place


def _head(page: Publication, published: Published) -> list[str]:
    front = page.front
    address = f"{published.site_url}{page.url}"
    return [
        front.title, f"Edition {front.edition}, {front.revised:%Y-%m-%d}. {address}", "",
        "Guidance, not legal advice, and no official publication of any body.", "", "What is in this file, for whom, and how many copies to print:", "",
    ]  # fmt: skip


def _given_out(page: Publication, published: Published) -> list[str]:
    """Whom each file is for and when it is given out, as the list of files on the page says it, in the same order."""
    lists = with_class(fragment(published.site.pages[page.path].html), "register--print")
    return [text_of(row[-1]) for table in lists for row in table.iterfind(".//tbody/tr")]


def _line(item: PackFile, place: PackPlace, name: str, pages: int, given: str) -> list[str]:
    many = f", {pages} page{'' if pages == 1 else 's'}" if pages else ""
    return [name, f"    {place.title}{many}. For: {given[0].lower()}{given[1:]}. {packs.SIDES[item.sides]}. Copies: {item.copies}."]
