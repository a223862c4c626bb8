"""A disk that fills up while the site is written: the old site stays, and the message says what could not be written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.utils import write_file

from .. import support


def test_the_old_site_stays_and_the_file_is_named(build: Callable[..., support.Built], sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert build(sample).status == 0
    before = support.contents(sample / "site")
    real = Path.write_bytes

    def full(self: Path, data: bytes) -> int:
        if self.name == "series.pdf":
            raise OSError(28, "No space left on device", str(self))
        return real(self, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    failed = build(sample)
    assert failed.status != 0
    assert "series.pdf cannot be written: No space left on device" in failed.output
    assert support.contents(sample / "site") == before
    assert not list(sample.glob(".site.staging"))
    monkeypatch.setattr(Path, "write_bytes", real)
    assert build(sample).status == 0 and support.contents(sample / "site") == before


BARE = {"extra": {"series": {"editions": []}}}


def test_a_page_that_cannot_be_written_is_named(build: Callable[..., support.Built], sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(output: bytes, path: str) -> None:
        if Path(path).name == "sitemap.xml":
            raise OSError(28, "No space left on device", path)
        write_file(output, path)

    monkeypatch.setattr("mkdocs.utils.write_file", full)
    failed = build(sample, **BARE)
    assert failed.status == 1
    assert "sitemap.xml: No space left on device. The site was left as it was." in failed.output
    assert not (sample / "site").exists() and not list(sample.glob(".site.staging"))


@pytest.mark.parametrize("stamp", ["yesterday", "99999999999999999999", "-99999999999999", "1.5"])
def test_a_time_that_is_none_is_one_line(build: Callable[..., support.Built], sample: Path, monkeypatch: pytest.MonkeyPatch, stamp: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", stamp)
    failed = build(sample, **BARE)
    assert failed.status == 1
    assert f"SOURCE_DATE_EPOCH is “{stamp}”, which is no number of seconds since 1970." in failed.output


def test_a_cache_that_cannot_be_written_to_is_one_line(build: Callable[..., support.Built], sample: Path) -> None:
    (sample / ".cache").write_text("", encoding="utf-8")
    failed = build(sample, **BARE)
    assert failed.status == 1
    assert f"{sample}/.cache cannot be written to: File exists. Give leave to write there, or delete it" in failed.output


def test_a_site_that_is_a_file_is_one_line_before_anything_is_read(build: Callable[..., support.Built], sample: Path) -> None:
    (sample / "site").write_text("mine", encoding="utf-8")
    (sample / "briefs/comments.md").write_text("broken", encoding="utf-8")
    failed = build(sample, **BARE)
    assert failed.status == 1
    assert f"{sample}/site is a file, and the site would be put there. Move it away." in failed.output and "briefs/comments.md" not in failed.output
    assert (sample / "site").read_text(encoding="utf-8") == "mine"


def test_a_site_that_a_killed_build_had_set_aside_is_back_before_anything_is_told(build: Callable[..., support.Built], sample: Path) -> None:
    (sample / ".site.previous").mkdir()
    (sample / ".site.previous/index.html").write_text("old", encoding="utf-8")
    (sample / "briefs/comments.md").write_text("broken", encoding="utf-8")
    assert build(sample, **BARE).status == 1
    assert support.contents(sample / "site") == {"index.html": b"old"}
    assert sorted(path.name for path in sample.glob(".site*")) == []
