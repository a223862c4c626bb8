"""The sample project with a course of one module."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def course(sample: Path) -> Path:
    """A copy of the sample project that has a course too."""
    shutil.copytree(Path(__file__).parent / "sample", sample, dirs_exist_ok=True)
    return sample
