"""The sample with its addresses promised."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hooks.site.promises import main
from tests import support
from tests.support import Built


@pytest.fixture
def recorded(built_sample: Built, tmp_path: Path) -> Path:
    """The sample, built and its addresses promised."""
    root = Path(shutil.copytree(built_sample.site.parent, tmp_path / "project", symlinks=True))
    support.prepare(root)
    assert main(["--record"], root) == 0
    return root
