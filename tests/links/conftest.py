"""The sample with its addresses promised."""

from __future__ import annotations

from pathlib import Path

import pytest

from hooks.site.promises import main


@pytest.fixture
def recorded(sample: Path, build) -> Path:
    """The sample, built once and its addresses promised."""
    assert build(sample).status == 0
    assert main(["--record"], sample) == 0
    return sample
