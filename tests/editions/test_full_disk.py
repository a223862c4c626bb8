"""A disk that fills up while the site is written: the old site stays, and the message says what could not be written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

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
