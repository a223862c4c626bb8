"""Fonts for the tests that compile: made once a session from the npm packages of the project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from hooks.editions import Edition, build_fonts, make_edition

from .samples import full_request

_ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def packages() -> Path:
    """The node_modules folder: FONT_PACKAGES if set, else the project's own."""
    folder = Path(os.environ.get("FONT_PACKAGES") or _ROOT / "node_modules")
    if not (folder / "@fontsource").is_dir():
        pytest.skip(f"{folder} has no @fontsource packages: run `npm ci`")
    return folder


@pytest.fixture(scope="session")
def fonts(packages: Path, made_once) -> Path:
    return made_once("fonts", lambda folder: build_fonts(packages, folder))


@pytest.fixture(scope="session")
def full(fonts: Path) -> Edition:
    """The edition of the sample that holds the whole vocabulary."""
    return make_edition(full_request(), fonts)
