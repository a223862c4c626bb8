"""Taking out of the cache what no build asks for any more: `make cache-clean`, and the end of every build.

An entry's time is that of its last use (see `Cache.get`). What is taken out while another build wants it is made again there.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import stat
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hooks.core.cache import cache_folder

DAYS = 30
LARGEST = 500_000_000
"""Bytes of all entries together; the project's own cache, of everything, takes some forty million."""
_DAY = 86_400
_KEY = re.compile(r"[0-9a-f]{64}")
_UNFINISHED = re.compile(r"\.[0-9a-f]{40}\..+")
"""What a killed build left of an entry that it was writing."""


@dataclass(frozen=True)
class Pruned:
    """How many entries were taken out, how many are left, and the bytes of both."""

    dropped: int = 0
    dropped_bytes: int = 0
    left: int = 0
    left_bytes: int = 0

    def __str__(self) -> str:
        return f"{self.dropped} entries ({self.dropped_bytes / 1e6:.1f} MB) taken out of the cache, {self.left} ({self.left_bytes / 1e6:.1f} MB) left."


@dataclass(frozen=True)
class _Entry:
    path: Path
    used: float
    size: int


def prune(folder: Path, days: float = DAYS, largest: int = LARGEST, now: float | None = None) -> Pruned:
    """Take out of the cache in `folder` what was not used for so many days, then what was used longest ago until all is at most `largest` bytes.

    Nothing is touched but entries of the cache. `now` is the time, in seconds. What cannot be deleted stays.
    """
    now = time.time() if now is None else now
    entries = sorted(_entries(folder, now), key=lambda entry: (entry.used, entry.path))
    total, count, freed = sum(entry.size for entry in entries), 0, 0
    for entry in entries:
        if now - entry.used <= days * _DAY and total - freed <= largest:
            break
        if _delete(entry.path):
            count, freed = count + 1, freed + entry.size
    return Pruned(count, freed, len(entries) - count, total - freed)


def _entries(folder: Path, now: float) -> Iterator[_Entry]:
    """Every entry; what was left unfinished a day ago or more is deleted on the way."""
    for kind in _listed(folder):
        for item in _listed(Path(kind.path)) if kind.is_dir(follow_symlinks=False) else ():
            path = Path(item.path)
            try:
                facts = item.stat(follow_symlinks=False)
                if _KEY.fullmatch(item.name) and stat.S_ISDIR(facts.st_mode):
                    # A folder that is one entry, as that of the fonts: its own time is that of its last use.
                    yield _Entry(path, facts.st_mtime, sum(file.stat(follow_symlinks=False).st_size for file in _listed(path)))
                elif _KEY.fullmatch(item.name):
                    yield _Entry(path, facts.st_mtime, facts.st_size)
                elif _UNFINISHED.fullmatch(item.name) and now - facts.st_mtime > _DAY:
                    _delete(path)
            except OSError:
                # Another build has taken it out.
                continue


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return list(found)
    except OSError:
        return []


def _delete(path: Path) -> bool:
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True


def main(arguments: list[str] | None = None, root: Path | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m hooks.core.prune", description="Take out of the cache what no build asks for any more.")
    parser.add_argument("--days", type=float, default=DAYS, help="keep what was used in so many days (%(default)s)")
    parser.add_argument("--megabytes", type=float, default=LARGEST / 1e6, help="keep at most so much, what was used last (%(default)g)")
    given = parser.parse_args(arguments)
    if not (given.days >= 0 and given.megabytes >= 0):
        parser.error("Days and megabytes are numbers from 0 on.")
    print(prune(cache_folder(root or Path.cwd()), given.days, int(given.megabytes * 1e6)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
