"""The real site, as `make site` would make it on a day."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from .support import ROOT, TODAY


def build_site(folder: Path, today: date = TODAY) -> Path:
    """Build the project into `folder`, as `make site` would on the day `today`, and return it."""
    if not (ROOT / "node_modules").exists():
        pytest.skip("the front-end packages are not installed: run `make test`")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    noon = datetime.combine(today, time(12), UTC)
    settings = {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": str(int(noon.timestamp()))}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env={**os.environ, **settings}, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder
