"""The sample project, and the two ways to make a site of it: without MkDocs, and with the whole command."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from hooks.build.mkdocs_glue import SETTINGS
from hooks.core.cache import VARIABLE as CACHE

from . import support
from .machine import opened
from .real_site import build_site


def pytest_configure(config: pytest.Config) -> None:
    """What the caller's shell sets for publishing is no concern of the tests."""
    for name in (*SETTINGS, "SOURCE_DATE_EPOCH", CACHE):
        os.environ.pop(name, None)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One process more than there are cores: some tests wait, for a page or a server."""
    return (os.cpu_count() or 1) + 1


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--proof", action="store_true", help="the full sweep: also what is marked `proof`, and every page where else a sample is taken")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the sweep what is marked `proof`, and what opens the browser without being a `walk` or `widened`; begin with the real site."""
    for item in items:
        if "browser" in item.fixturenames and not any(item.get_closest_marker(name) for name in ("walk", "widened", "proof")):
            item.add_marker("proof")
    # Its build takes longest: meanwhile the other processes of the run are at the tests that need no site.
    items.sort(key=lambda item: not item.nodeid.startswith("tests/real/"))
    if config.getoption("--proof"):
        return
    left = [item for item in items if item.get_closest_marker("proof")]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if not item.get_closest_marker("proof")]


@pytest.fixture(scope="session")
def proof(pytestconfig: pytest.Config) -> bool:
    """Whether this run is the full sweep."""
    return pytestconfig.getoption("--proof")


@pytest.fixture(scope="session")
def browser() -> Iterator:
    """Debian's Chromium, one for all tests of a process: its driver starts no second time in it. In CI its absence is a failure, elsewhere a reason to skip."""
    with opened() as chromium:
        yield chromium


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], object]], Path]:
    """`made_once(name, make)`: the folder that `make(folder)` fills, made by the first of the run's processes that asks for it.

    Where the tests are spread over processes each has a base folder of its own, below one that belongs to the run.
    """
    base = tmp_path_factory.getbasetemp()
    common = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def get(name: str, make: Callable[[Path], object]) -> Path:
        folder, unfinished = common / name, common / f"{name}.unfinished"
        with (common / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not folder.exists():
                # What a failed attempt left is not taken for the whole.
                shutil.rmtree(unfinished, ignore_errors=True)
                make(unfinished)
                unfinished.rename(folder)
        return folder

    return get


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


def need_packages() -> None:
    """Skip where a build has no front-end packages."""
    if not (support.ROOT / "node_modules").is_dir():
        pytest.skip("node_modules is missing: `make site` or `npm ci` installs the fonts and the search library")


@pytest.fixture(scope="session")
def built_sample(made_once) -> support.Built:
    """The sample as it is, built once for the tests that only read it or begin with it."""
    need_packages()

    def make(folder: Path) -> None:
        root = support.copy_sample(folder / "project")
        support.prepare(root)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SOURCE_DATE_EPOCH", support.TODAY_EPOCH)
            patch.setenv("NO_MKDOCS_2_WARNING", "1")
            built = support.mkdocs(root, "build", "--strict")
        assert built.status == 0, built.output
        (folder / "output").write_text(built.output, encoding="utf-8")

    folder = made_once("built sample", make)
    return support.Built(0, (folder / "output").read_text(encoding="utf-8"), folder / "project/site")


@pytest.fixture(scope="session")
def real_site(made_once) -> Path:
    """The real site, built once for the tests that only read it."""
    return made_once("site", build_site)


@pytest.fixture
def build(monkeypatch: pytest.MonkeyPatch) -> Callable[..., support.Built]:
    """`build(root)`: run `mkdocs build --strict` there; `settings` go into its mkdocs.yml."""
    need_packages()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", support.TODAY_EPOCH)
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")

    def run(root: Path, strict: bool = True, **settings: object) -> support.Built:
        support.prepare(root, **settings)
        return support.mkdocs(root, "build", "--strict" if strict else "--no-strict")

    return run
