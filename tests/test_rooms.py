"""The rooms of hooks/ keep their order: the contracts stand in pyproject.toml."""

import subprocess
import sys
import tomllib

import pytest

from tests.support import ROOT

CONTRACTS = (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def lint(folder):
    """Hold the package `hooks` in `folder` to the contracts; what import-linter says, and whether they are kept."""
    command = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(config_filename='pyproject.toml', no_cache=True))"
    done = subprocess.run([sys.executable, "-c", command], cwd=folder, capture_output=True, text=True)
    return done.stdout + done.stderr, done.returncode == 0


def test_the_rooms_keep_their_order():
    said, kept = lint(ROOT)
    assert kept, said
    assert "2 kept, 0 broken" in said


@pytest.fixture
def house(tmp_path):
    """A small house with every room, which keeps the contracts."""
    for room in tomllib.loads(CONTRACTS)["tool"]["importlinter"]["contracts"][0]["layers"]:
        folder = tmp_path / "hooks" / room
        folder.mkdir(parents=True)
        (folder / "__init__.py").touch()
        (folder / "one.py").write_text("" if room == "core" else "import hooks.core.one\n", encoding="utf-8")
        (folder / "two.py").write_text("from . import one\n", encoding="utf-8")
    (tmp_path / "hooks/__init__.py").touch()
    (tmp_path / "pyproject.toml").write_text(CONTRACTS, encoding="utf-8")
    assert lint(tmp_path)[1]
    return tmp_path


@pytest.mark.proof
@pytest.mark.parametrize(
    ("path", "text", "words"),
    [
        ("hooks/series/one.py", "from hooks.site import two\n", "hooks.series is not allowed to import hooks.site"),
        ("hooks/core/one.py", "def later():\n    from hooks.citing import two\n", "hooks.core is not allowed to import hooks.citing"),
        ("hooks/blocks/one.py", "from hooks.blocks import two\n", "No modules of a room import one another in a circle BROKEN"),
        ("hooks/attic/__init__.py", "", "hooks.attic"),
    ],
)
def test_what_breaks_the_order(house, path, text, words):
    (house / path).parent.mkdir(exist_ok=True)
    (house / path).write_text(text, encoding="utf-8")
    said, kept = lint(house)
    assert not kept and words in " ".join(said.split()), said
