"""The site is replaced whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from hooks.site.staging import Staging
from tests.support import contents

OLD, NEW = {"index.html": b"old", "a/b.html": b"old"}, {"index.html": b"new"}


def write(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


@pytest.fixture
def staging(tmp_path: Path) -> Staging:
    write(tmp_path / "site", OLD)
    return Staging(tmp_path / "site")


def names(staging: Staging) -> list[str]:
    return sorted(path.name for path in staging.site.parent.iterdir())


def test_the_new_site_takes_the_place_of_the_old(staging: Staging) -> None:
    staging.begin()
    write(staging.folder, NEW)
    assert contents(staging.site) == OLD
    staging.finish()
    assert contents(staging.site) == NEW
    assert names(staging) == ["site"]


def test_what_is_discarded_leaves_the_old(staging: Staging) -> None:
    staging.begin()
    write(staging.folder, NEW)
    staging.discard()
    staging.discard()
    assert contents(staging.site) == OLD
    assert names(staging) == ["site"]


def test_the_first_site(tmp_path: Path) -> None:
    staging = Staging(tmp_path / "deep/site")
    staging.begin()
    write(staging.folder, NEW)
    staging.finish()
    assert contents(staging.site) == NEW
    assert names(staging) == ["site"]


def test_a_build_that_was_killed_while_it_built(staging: Staging) -> None:
    staging.begin()
    write(staging.folder, {"half.html": b""})
    staging.begin()
    assert contents(staging.folder) == {}
    assert contents(staging.site) == OLD


def test_a_build_that_was_killed_between_the_two_renames(staging: Staging) -> None:
    staging.begin()
    write(staging.folder, NEW)
    staging.site.rename(staging.site.with_name(".site.previous"))
    staging.begin()
    assert contents(staging.site) == OLD
    staging.discard()
    assert contents(staging.site) == OLD
    assert names(staging) == ["site"]


def test_a_build_that_was_killed_before_it_cleared_up(staging: Staging) -> None:
    write(staging.site.with_name(".site.previous"), {"older.html": b""})
    staging.begin()
    write(staging.folder, NEW)
    staging.finish()
    assert contents(staging.site) == NEW
    assert names(staging) == ["site"]


def test_the_site_may_be_left_out_when_discarding(tmp_path: Path) -> None:
    staging = Staging(tmp_path / "site")
    staging.begin()
    staging.discard()
    assert names(staging) == []
