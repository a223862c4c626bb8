"""The sample project, and the two ways to make a site of it: without MkDocs, and with the whole command."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from . import support


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A copy of the sample project."""
    return support.copy_sample(tmp_path / "project")


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache for this run: what pandoc was asked once is not asked again."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def render(store: Path) -> Callable[..., support.Rendered]:
    """`render(root)`: every page of the project at `root` and every problem, without MkDocs."""

    def run(root: Path, today: date = support.TODAY, rules: Mapping[str, str] | None = None) -> support.Rendered:
        return support.render(root, store, today, rules)

    return run


@pytest.fixture
def build(monkeypatch: pytest.MonkeyPatch) -> Callable[..., support.Built]:
    """`build(root)`: run `mkdocs build --strict` there; `settings` go into its mkdocs.yml."""
    if not (support.ROOT / "node_modules").is_dir():
        pytest.skip("node_modules is missing: `make site` or `npm ci` installs the fonts and the search library")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", support.TODAY_EPOCH)
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    for name in ("SITE_URL", "REPO_URL"):
        monkeypatch.delenv(name, raising=False)

    def run(root: Path, strict: bool = True, **settings: object) -> support.Built:
        support.prepare(root, **settings)
        return support.mkdocs(root, "build", "--strict" if strict else "--no-strict")

    return run
