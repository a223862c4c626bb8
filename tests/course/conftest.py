"""The sample project with a course of one module, and with a pack for a day of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def course(sample: Path) -> Path:
    """A copy of the sample project that has a course too."""
    shutil.copytree(Path(__file__).parent / "sample", sample, dirs_exist_ok=True)
    return sample


@pytest.fixture
def pack(course: Path) -> Path:
    """The same with a pack for a day, and the deck that it shows."""
    shutil.copytree(Path(__file__).parent / "packs", course, dirs_exist_ok=True)
    return course
