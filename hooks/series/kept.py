"""The editions that `make edition` kept, and whose they are."""

from __future__ import annotations

from pathlib import Path

from hooks.series.model import Kept, Series
from hooks.series.moves import Moves
from hooks.series.sources import KEPT_EDITION, kept_editions


def find_kept(root: Path, series: Series, moves: Moves) -> tuple[Kept, ...]:
    """Every kept PDF in the order of the series, newest first of each publication. One that stands at a former address of it is its own."""
    files = kept_editions(root)
    found = []
    for item in series.publications:
        own = []
        for url in (item.url, *moves.former(item.url)):
            for address in files:
                folder, _, name = address.rpartition("/")
                match = KEPT_EDITION.match(name)
                if match and address.endswith(".pdf") and f"{folder}/" == url and match["slug"] == folder.rpartition("/")[2]:
                    number = int(match["edition"])
                    day = next((change.date for change in item.front.changes if change.edition == number), None)
                    own.append(Kept(item.id, number, day, address))
        found += sorted(own, key=lambda kept: -kept.edition)
    return tuple(found)
