"""The two runs of the tests: what each leaves out the other has."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys

import pytest

from .support import ROOT


def collected(*options: str) -> set[str]:
    """The ids of the tests that pytest would run in this project with these options."""
    command = [sys.executable, "-m", "pytest", "-o", "addopts=", "--strict-markers", "--collect-only", "-q", *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return {line for line in done.stdout.splitlines() if "::" in line}


def options(target: str) -> list[str]:
    """What `make` gives pytest for this target, besides how it spreads the tests over processes."""
    (given,) = re.findall(rf"^{target}:.*\n\t\$\(PYTEST\)(.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    return shlex.split(given)


@pytest.mark.proof
def test_every_test_is_in_one_run_or_both() -> None:
    quick, wide, every = collected(*options("test")), collected(*options("proof")), collected("--proof")
    assert len(every) > 3000 and every - quick - wide == set()
    assert wide - quick and quick - wide, "each has what the other leaves out"


def test_both_runs_are_made_where_the_project_is_checked() -> None:
    assert {"make test", "make proof"} <= set((ROOT / ".ci/run").read_text(encoding="utf-8").splitlines())


def test_a_test_that_opens_the_browser_is_left_to_the_sweep_unless_it_is_the_main_path(pytester_run) -> None:
    tests = """
import pytest

def test_in_a_page(browser): pass

@pytest.mark.walk
def test_the_main_path(browser): pass

@pytest.mark.widened
def test_samples(browser): pass

@pytest.mark.proof
def test_slow(): pass

def test_unit(): pass
"""
    assert pytester_run(tests) == {"test_the_main_path", "test_samples", "test_unit"}
    assert pytester_run(tests, "--proof", "-m", "proof or widened") == {"test_in_a_page", "test_samples", "test_slow"}


@pytest.fixture
def pytester_run(tmp_path):
    """`pytester_run(text, *options)`: the names of the tests of a file that would be run in a project whose conftest is ours."""

    def run(text: str, *options: str) -> set[str]:
        (tmp_path / "test_made.py").write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-p", "no:cacheprovider", "--rootdir", str(tmp_path), "--collect-only", "-q"]
        done = subprocess.run([*command, *options, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False)
        return {line.partition("::")[2] for line in done.stdout.splitlines() if "::" in line}

    return run
