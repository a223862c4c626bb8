"""The site is replaced whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from hooks.build.staging import Staging
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


def test_a_site_that_is_a_link_is_published_where_it_leads(tmp_path: Path) -> None:
    write(tmp_path / "www/site", OLD)
    (tmp_path / "site").symlink_to("www/site")
    staging = Staging.of(tmp_path / "site")
    assert staging.refusal() == ""
    staging.begin()
    write(staging.folder, NEW)
    staging.finish()
    assert (tmp_path / "site").is_symlink()
    assert contents(tmp_path / "site") == NEW
    assert names(staging) == ["site"]


def test_a_site_that_cannot_be_replaced_is_refused_before_the_build(staging: Staging, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert Staging(tmp_path / "file").refusal() == f"{tmp_path}/file is a file, and the site would be put there. Move it away."
    assert Staging(tmp_path / "file/site").refusal().startswith(f"{tmp_path}/file cannot be written to")
    assert Staging(tmp_path / "new/deep/site").refusal() == ""
    with monkeypatch.context() as patch:
        patch.setattr(os.path, "ismount", lambda path: True)
        assert staging.refusal() == f"{staging.site} is a mount point, which no new site can replace. Set `site_dir` to a folder below it."
    with monkeypatch.context() as patch:
        patch.setattr(os, "access", lambda path, mode: False)
        assert staging.refusal().startswith(f"{tmp_path} cannot be written to")
    assert contents(staging.site) == OLD


def test_what_an_earlier_build_left_and_nobody_can_delete_is_named_before_the_build(staging: Staging, monkeypatch: pytest.MonkeyPatch) -> None:
    write(staging.site.with_name(".site.previous"), {"older.html": b""})
    monkeypatch.setattr("shutil.rmtree", lambda folder, ignore_errors: None)
    assert staging.refusal() == f"{staging.site.parent}/.site.previous, which an earlier build left, cannot be deleted. Delete it."


def test_a_site_of_folders_that_are_not_to_be_written_to_is_replaced_twice(staging: Staging) -> None:
    for _ in range(2):
        (staging.site / "a").mkdir(exist_ok=True)
        (staging.site / "a").chmod(0o555)
        staging.site.chmod(0o555)
        staging.begin()
        write(staging.folder, NEW)
        staging.finish()
        assert contents(staging.site) == NEW
        assert names(staging) == ["site"]


def test_a_site_that_cannot_be_put_in_place_leaves_the_old(staging: Staging, monkeypatch: pytest.MonkeyPatch) -> None:
    staging.begin()
    write(staging.folder, NEW)
    real = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if self == staging.folder:
            raise OSError(28, "No space left on device", str(self))
        return real(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(OSError, match="No space"):
        staging.finish()
    assert contents(staging.site) == OLD
    staging.discard()
    assert names(staging) == ["site"]


@pytest.mark.parametrize("umask", [0o077, 0o000])
def test_a_web_server_can_read_what_is_published_whatever_the_umask(staging: Staging, umask: int) -> None:
    before = os.umask(umask)
    try:
        staging.begin()
        write(staging.folder, {"index.html": b"", "a/b/c.html": b""})
        (staging.folder / "index.html").chmod(0o755)
        staging.finish()
    finally:
        os.umask(before)
    modes = {path.relative_to(staging.site).as_posix(): stat.S_IMODE(path.stat().st_mode) for path in [staging.site, *staging.site.rglob("*")]}
    assert modes == {".": 0o755, "a": 0o755, "a/b": 0o755, "a/b/c.html": 0o644, "index.html": 0o644}
