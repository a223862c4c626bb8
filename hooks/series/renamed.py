"""Publications whose file was renamed, or is gone: known by the addresses that links.lock has promised.

Without this, one rename would be as many mistakes as there are references to the old name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from hooks.core.problems import Problem
from hooks.series.kinds import SCHEME_OF
from hooks.series.lock import LOCK_FILE, Promise
from hooks.series.model import Publication, Series
from hooks.series.moves import Moves
from hooks.series.sources import COURSE, course_destination, files_under, kind_pages, mounts, publications, url_of

_ADDRESS = re.compile(rf"({'|'.join(SCHEME_OF)})/([a-z0-9-]+)/\Z")
_RECOMMENDATION = re.compile(r"#([a-z0-9-]+)-r\d+\Z")


def find_renamed(root: Path, series: Series, promised: Mapping[str, Promise], moves: Moves) -> tuple[Series, list[Problem]]:
    """The series with every former name that aliases give, or that a renamed file had; and a problem for each file that is
    renamed without an alias, or gone. References to a former name hold; what refers to a file that is gone follows from that.
    """
    former = {}
    for move in moves.all:
        old, new = _ADDRESS.match(move.old), _ADDRESS.match(moves.target(move.old))
        if old and new and old[1] == new[1]:
            former[f"{SCHEME_OF[old[1]]}:{old[2]}"] = new[2]
    gone: set[str] = set()
    problems = []
    there = set(_addresses(root))
    lost = [found for address, promise in promised.items()
            if promise.kind == "page" and (found := _ADDRESS.match(address)) and address not in there and moves.target(address) == address]
    fresh = [item for item in series.publications if item.url not in promised and f"id/{item.id}/" in promised]
    # A file that cannot be read may be the one that is missed.
    unknown = {mount.path for mount, _, _ in publications(root)} & series.unread
    for found in lost if not unknown else ():
        address, folder, slug = found.string, found[1], found[2]
        ids = {match[1] for place in promised if place.startswith(f"{address}#") and (match := _RECOMMENDATION.search(place))}
        near = [item for item in fresh if item.url.startswith(f"{folder}/")]
        item = next((item for item in near if item.id in ids), near[0] if len(near) == 1 and not ids else None)
        if item is not None:
            former[f"{SCHEME_OF[folder]}:{slug}"] = item.slug
            problems.append(_renamed(series, item, slug, address))
        else:
            gone |= {f"{SCHEME_OF[folder]}:{slug}"}
            remedy = "To retire a publication, leave its file and set its `status`; if it was renamed, write its old name under `aliases` of the new one."
            problems.append(Problem("link-promise", LOCK_FILE, None, f"The promised address “{address}” is gone, and its file with it.", remedy))
    return replace(series, former=former, unread=series.unread | gone), problems


def _renamed(series: Series, item: Publication, slug: str, address: str) -> Problem:
    path, line = series.places[item.path]
    if item.front.aliases:
        remedy = f"Add “{slug}” to its `aliases`: the old address then leads on, and references by the old name hold."
    else:
        remedy = f"Add “aliases: [{slug}]” to the front matter: the old address then leads on, and references by the old name hold."
    return Problem("alias", path, line, f"“{slug}” is now called “{item.slug}”: its promised address {address} leads nowhere.", remedy)


def _addresses(root: Path) -> Iterator[str]:
    """The addresses of all pages of the folders that hold publications, whether or not they can be read."""
    for mount in mounts(root):
        yield url_of(mount.dest)
    for path in (*files_under(root, COURSE, ".md"), *(path for path, _ in kind_pages(root))):
        yield url_of(course_destination(path) or f"{path.removeprefix('docs/').removesuffix('.md')}/")
