"""The cache lets go of what no build asks for, of nothing else, and may be copied and shared."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hooks.core.cache import VARIABLE, Cache, cache_folder, digest
from hooks.core.prune import main, prune

from . import support
from .support import ROOT, contents, edit

DAY = 86_400
NOW = 1_800_000_000.0


def keep(folder: Path, name: str, age: float, size: int = 100, kind: str = "kind") -> Path:
    """An entry that was used so many days ago."""
    key = digest(name)
    Cache(folder).put(kind, key, b"x" * (size - 65))
    path = folder / kind / key
    os.utime(path, (NOW - age * DAY, NOW - age * DAY))
    return path


def test_what_was_not_used_for_long_goes(tmp_path: Path) -> None:
    old, new = keep(tmp_path, "old", 31), keep(tmp_path, "new", 29)
    pruned = prune(tmp_path, now=NOW)
    assert (old.exists(), new.exists()) == (False, True)
    assert (pruned.dropped, pruned.dropped_bytes, pruned.left, pruned.left_bytes) == (1, 100, 1, 100)
    assert str(pruned) == "1 entries (0.0 MB) taken out of the cache, 1 (0.0 MB) left."


def test_what_was_used_longest_ago_goes_when_there_is_too_much(tmp_path: Path) -> None:
    paths = [keep(tmp_path, str(age), age, kind=f"kind-{age % 2}") for age in range(5)]
    prune(tmp_path, largest=250, now=NOW)
    assert [path.exists() for path in paths] == [True, True, False, False, False]
    prune(tmp_path, largest=0, now=NOW)
    assert not any(path.exists() for path in paths)


def test_an_entry_that_is_used_stays(tmp_path: Path) -> None:
    path = keep(tmp_path, "used", 40)
    assert Cache(tmp_path).get("kind", digest("used")) is not None
    prune(tmp_path)
    assert path.exists()
    # One whose time is to come is used now.
    os.utime(path, (NOW * 2, NOW * 2))
    assert Cache(tmp_path).get("kind", digest("used")) is not None
    assert path.stat().st_mtime < NOW * 2


def test_only_entries_are_taken_out(tmp_path: Path) -> None:
    others = ["author-date.csl", "bench/results.json", "typst-fonts/Sans.ttf", "kind/note", "kind/.hidden", digest("at the top")]
    for name in others:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
        os.utime(tmp_path / name, (1, 1))
    (tmp_path / "elsewhere").symlink_to(tmp_path / "kind")
    entry = keep(tmp_path, "one", 0)
    (tmp_path / "kind" / digest("link")).symlink_to(entry)
    prune(tmp_path, days=0, now=NOW + DAY)
    assert all((tmp_path / name).is_file() for name in others)
    assert not entry.exists()


def test_a_folder_that_is_one_entry_goes_as_a_whole(tmp_path: Path) -> None:
    for name, age in (("old", 40), ("new", 1)):
        folder = tmp_path / "typst-fonts" / digest(name)
        folder.mkdir(parents=True)
        (folder / "Sans.ttf").write_bytes(b"x" * 100)
        os.utime(folder, (NOW - age * DAY, NOW - age * DAY))
    pruned = prune(tmp_path, now=NOW)
    assert [path.name for path in (tmp_path / "typst-fonts").iterdir()] == [digest("new")]
    assert (pruned.dropped_bytes, pruned.left_bytes) == (100, 100)


def test_what_a_killed_build_left_goes_after_a_day(tmp_path: Path) -> None:
    left = [tmp_path / "kind" / f".{digest('x')[:40]}.{name}" for name in ("old", "new")]
    left[0].parent.mkdir()
    for path, age in zip(left, (2, 0), strict=True):
        path.write_bytes(b"x")
        os.utime(path, (NOW - age * DAY, NOW - age * DAY))
    prune(tmp_path, now=NOW)
    assert [path.exists() for path in left] == [False, True]


@pytest.mark.parametrize("make", [lambda path: None, lambda path: path.write_text("x"), lambda path: path.mkdir()])
def test_where_there_is_no_cache_nothing_happens(tmp_path: Path, make: Callable[[Path], object]) -> None:
    make(tmp_path / "cache")
    assert prune(tmp_path / "cache").left == 0


def test_the_command_says_what_it_did(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    keep(tmp_path / ".cache", "one", 0)
    assert main(["--days", "1000000", "--megabytes", "0"], tmp_path) == 0
    assert capsys.readouterr().out == "1 entries (0.0 MB) taken out of the cache, 0 (0.0 MB) left.\n"
    for wrong in (["--days", "-1"], ["--days", "x"], ["--megabytes", "nan"]):
        with pytest.raises(SystemExit):
            main(wrong, tmp_path)


@pytest.mark.parametrize(
    ("named", "folder"), [("", "/p/.cache"), (" ", "/p/.cache"), ("kept", "/p/kept"), ("../shared", "/p/../shared"), ("/srv/cache", "/srv/cache")]
)
def test_a_variable_may_name_the_folder(named: str, folder: str) -> None:
    assert cache_folder(Path("/p"), {VARIABLE: named}) == Path(folder)
    assert cache_folder(Path("/p"), {}) == Path("/p/.cache")


def test_processes_that_use_and_prune_one_cache_at_once_find_whole_entries(tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
from hooks.core.cache import Cache, digest
from hooks.core.prune import prune
folder = Path(sys.argv[1])
for turn in range(40):
    for number in range(50):
        content = str(number).encode() * 1000
        assert Cache(folder).remember("kind", digest(str(number)), lambda: content) == content
    prune(folder, largest=10_000 * (turn % 4))
"""
    running = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT) for _ in range(3)]
    assert [process.wait(timeout=120) for process in running] == [0, 0, 0]
    assert all(len(path.name) == 64 for path in (tmp_path / "kind").iterdir())


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """Two copies of the sample with its editions, in folders of different names."""
    made = []
    for name in ("one", "two/deeper"):
        root = support.copy_sample(tmp_path / name)
        support.prepare(root)
        (root / ".cache").unlink()
        made.append(root)
    return made[0], made[1]


def start(root: Path, cache: str = "") -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": support.TODAY_EPOCH, VARIABLE: cache}
    command = [sys.executable, "-m", "hooks.build", "build", "--strict"]
    return subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


@pytest.mark.proof
def test_a_cache_that_was_copied_makes_a_build_warm_and_two_builders_may_share_one(two: tuple[Path, Path], tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    # Two at once, with nothing there yet.
    both = [start(root, str(shared)) for root in two]
    said = [builder.communicate(timeout=550)[0] for builder in both]
    assert [builder.returncode for builder in both] == [0, 0], said
    site = contents(two[0] / "site")
    assert contents(two[1] / "site") == site
    assert not (two[0] / ".cache").exists()
    # What they share, copied to where a third looks by itself, has all that its build asks for.
    kept = {path.relative_to(shared).as_posix() for path in shared.rglob("*") if path.is_file()}
    third = support.copy_sample(tmp_path / "a third")
    support.prepare(third)
    (third / ".cache").unlink()
    shutil.copytree(shared, third / ".cache")
    builder = start(third)
    output = builder.communicate(timeout=550)[0]
    assert builder.returncode == 0, output
    assert contents(third / "site") == site
    assert {path.relative_to(third / ".cache").as_posix() for path in (third / ".cache").rglob("*") if path.is_file()} == kept
    here = [str(root).encode() for root in (*two, third)]
    assert not [name for name in kept if any(place in (shared / name).read_bytes() for place in here)]
    # And it grows where something is new.
    edit(third / "briefs/comments.md", "The survey of 2024 added.", "The survey of 2024 added more.")
    builder = start(third)
    output = builder.communicate(timeout=550)[0]
    assert builder.returncode == 0, output
    assert {path.relative_to(third / ".cache").as_posix() for path in (third / ".cache").rglob("*") if path.is_file()} > kept
