"""A table gives each result again as it was made, and nothing that is stale or damaged."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from hooks.core.cache import Cache
from hooks.core.tables import KIND, Table
from tests.support import ROOT


class Maker:
    """Makes the double of a number, and notes each that it was asked for."""

    def __init__(self) -> None:
        self.made: list[int] = []

    def ask(self, table: Table, number: int) -> int:
        return table.result(str(number), lambda: self.made.append(number) or number * 2)


def doubles(cache: Cache | None, numbers: list[int], name: str = "doubles", code: str = "1") -> list[int]:
    """The numbers that had to be doubled anew."""
    maker = Maker()
    with Table(cache, name, code) as table:
        assert [maker.ask(table, number) for number in numbers] == [number * 2 for number in numbers]
    return maker.made


def test_a_result_is_made_once_and_for_each_name_and_each_code(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    assert doubles(cache, [1, 2, 1]) == [1, 2]
    assert doubles(cache, [2, 1, 3]) == [3]
    assert doubles(cache, [1], name="others") == [1]
    assert doubles(cache, [1], code="2") == [1]
    assert doubles(None, [1, 1]) == [1]


def test_what_is_asked_for_no_more_goes_when_there_is_too_much_of_it(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    doubles(cache, [1, 2])
    doubles(cache, [3, 4])
    assert doubles(cache, [1, 2, 3, 4]) == []
    doubles(cache, [5, 6])
    # Twice as many as were asked for: the last ones.
    assert doubles(cache, [5, 6, 4]) == []
    assert doubles(cache, [1]) == [1]


@pytest.mark.parametrize("content", [b"", b"no JSON", b"[1, 2]", b"{", b"\xff"])
def test_a_table_that_is_none_counts_as_empty(tmp_path: Path, content: bytes) -> None:
    cache = Cache(tmp_path)
    doubles(cache, [1])
    (entry,) = (tmp_path / KIND).iterdir()
    cache.put(KIND, entry.name, content)
    assert doubles(cache, [1]) == [1]
    assert doubles(cache, [1]) == []
    entry.write_bytes(content)
    assert doubles(cache, [1]) == [1]


def test_what_fails_keeps_nothing(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), Table(Cache(tmp_path), "doubles", "1") as table:
        table.result("1", lambda: 1 / 0)
    assert not (tmp_path / KIND).exists()


def test_nothing_is_written_where_nothing_is_new(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    doubles(cache, [1, 2])
    (entry,) = (tmp_path / KIND).iterdir()
    entry.chmod(0o444)
    before = entry.stat().st_ino
    doubles(cache, [2])
    assert entry.stat().st_ino == before


def test_processes_that_write_one_table_at_once_leave_a_whole_one(tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
from hooks.core.cache import Cache
from hooks.core.tables import Table
for turn in range(60):
    with Table(Cache(Path(sys.argv[1])), "doubles", "1") as table:
        for number in range(int(sys.argv[2]), int(sys.argv[2]) + 100 + turn):
            assert table.result(str(number), lambda: number * 2) == number * 2
"""
    running = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path), start], cwd=ROOT) for start in ("0", "50")]
    assert [process.wait(timeout=120) for process in running] == [0, 0]
    (entry,) = (tmp_path / KIND).iterdir()
    stored = Cache(tmp_path).get(KIND, entry.name)
    assert stored is not None
    rows = json.loads(stored)
    assert rows and all(value == 2 * int(key) for key, value in rows.items())
