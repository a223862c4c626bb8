"""The last weaving of a series, kept for the next: where since then only words have changed, the pages that say them are finished, and no other.

It is kept as Python pickles it: nothing else is read as fast. Who writes a pickle can make whoever reads it run anything, so it stands beside
the site, as the work of the same user, and never in the cache, which builders may share.
"""

from __future__ import annotations

import contextlib
import copyreg
import io
import pickle
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Any

from hooks.build.kept import Checks, code_digest
from hooks.build.read import Read
from hooks.build.weave import Around, Formatter, Woven, only_words_changed, weave_again
from hooks.core.cache import digest, opened, sealed, write_atomically
from hooks.linking.model import ResolvedSite, SourcePage
from hooks.series.model import Series
from hooks.series.moves import Moves

MOST = 20
"""Of more pages than that, to see what has changed takes as long as to finish all."""


@dataclass(frozen=True)
class _Kept:
    """A whole weaving: what of all that was read it was made from (`_made_from`), `pages` in their order, and what came of it."""

    series: Series
    moves: Moves
    others: tuple[Any, ...]
    pages: tuple[SourcePage, ...]
    site: ResolvedSite
    around: Around


def keep_woven(woven: Woven, pages: Iterable[SourcePage], file: Path) -> None:
    """Keep a whole weaving of `pages` in `file`. One that cannot be written is missed by nobody."""
    kept = _Kept(*_made_from(woven.read), tuple(pages), woven.site, woven.around)
    with contextlib.suppress(OSError):
        write_atomically(file, _code() + sealed(_pickled(kept)))


def woven_before(
    read: Read, pages: Sequence[SourcePage], format_groups: Formatter, file: Path, checks: Checks | None = None
) -> Woven | None:
    """What `weave` would make of these pages, by what `file` keeps; None where more may have changed since than words of a few pages."""
    kept = _stored(file)
    if kept is None or (kept.series, kept.moves, kept.others) != _made_from(read) or len(kept.pages) != len(pages):
        return None
    changed = [(before, now) for before, now in zip(kept.pages, pages, strict=True) if before != now]
    paths = {now.path for _, now in changed}
    # What is wrong there may be gone.
    if len(changed) > MOST or any(problem.path in paths for problem in kept.site.problems):
        return None
    # What is kept refers to its own series, which is the same.
    woven = Woven(replace(read, series=kept.series), kept.site, kept.around, whole=False)
    if not only_words_changed(changed, woven, _Names(kept).is_there, checks):
        return None
    again = weave_again(woven, woven.read, [now for _, now in changed], format_groups, checks)
    return None if any(problem.path in paths for problem in again.site.problems) else again


@dataclass(frozen=True)
class _Names:
    """Where places are named."""

    kept: _Kept

    def is_there(self, path: str, id_: str) -> bool:
        """Whether a place of the page at `path` is named on another page, or in a record."""
        mark = f"#{id_}"
        return any(mark in page.text for page in self.kept.pages if page.path != path) or mark in self._records

    @cached_property
    def _records(self) -> str:
        return repr((self.kept.series, self.kept.moves))


def _made_from(read: Read) -> tuple[Series, Moves, tuple[Any, ...]]:
    """What a weaving is made from beside its pages: the series, what has moved, and all else."""
    return read.series, read.moves, (read.today, read.site_url, read.settings.get("series"), read.promised, read.bibliography)


def _code() -> bytes:
    """By which code a weaving was kept: no other reads it."""
    return digest(code_digest(), version("pydantic")).encode() + b"\n"


def _stored(file: Path) -> _Kept | None:
    try:
        content = file.read_bytes()
    except OSError:
        return None
    code, _, rest = content.partition(b"\n")
    whole = opened(rest) if code + b"\n" == _code() else None
    kept = None if whole is None else pickle.loads(whole)
    return kept if isinstance(kept, _Kept) else None


def _pickled(value: object) -> bytes:
    buffer = io.BytesIO()
    pickler = pickle.Pickler(buffer, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = copyreg.dispatch_table | {MappingProxyType: _reduced}
    pickler.dump(value)
    return buffer.getvalue()


def _reduced(view: MappingProxyType[Any, Any]) -> tuple[Any, ...]:
    """How the view of a mapping is pickled, which by itself it cannot be."""
    return _viewed, (dict(view),)


def _viewed(mapping: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(mapping)
