"""Many small results of one function, kept in one entry of the cache: what a text gave once is not worked out again.

A result is filed under a digest of all that it depends on. `Cache.remember` does the same for results that are large enough for a file each.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from types import TracebackType
from typing import Any

from hooks.core.cache import Cache, digest

KIND = "tables"
_ROOM = 2
"""How many times what a build asked for a table holds at most: two branches, or two builders, find theirs in turn."""


class Table:
    """The results that are kept under a name, for as long as the code that makes them is `code`, a digest.

    Read when it is entered and, if anything is new, written when it is left, whole and under its name at once. Builds that share a cache may
    write it at the same time: then one of them makes a little again.

    A result is whatever JSON gives back as it was given; without a cache nothing is kept.
    """

    def __init__(self, cache: Cache | None, name: str, code: str) -> None:
        self._cache, self._key = cache, digest("table", name, code)
        self._kept: dict[str, Any] = {}
        self._used: dict[str, Any] = {}
        self._new = False

    def __enter__(self) -> Table:
        return self.read()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is None:
            self.write()

    def read(self) -> Table:
        """Take up what is kept; for results that are asked for over several events of a build. Those end with `write`."""
        stored = self._cache.get(KIND, self._key) if self._cache else None
        self._kept = _read(stored) if stored else {}
        return self

    def write(self) -> None:
        """Keep the results, if anything is new."""
        if self._cache and self._new:
            # What was asked for last stands last.
            rows = [*((key, value) for key, value in self._kept.items() if key not in self._used), *self._used.items()]
            kept = dict(rows[-_ROOM * len(self._used) :])
            self._cache.put(KIND, self._key, json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode())

    def result(self, key: str, make: Callable[[], Any]) -> Any:
        """The result for that key, a digest of what it is made from; made now if it is not known."""
        if key not in self._used:
            if key not in self._kept:
                self._kept[key] = make()
                self._new = True
            self._used[key] = self._kept[key]
        return self._used[key]


def _read(stored: bytes) -> dict[str, Any]:
    """The rows of a table; none where it is no table."""
    try:
        rows = json.loads(stored)
    except ValueError:
        return {}
    return rows if isinstance(rows, dict) else {}
