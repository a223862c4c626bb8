"""A test that the machine has not the means for says so: in CI by failing, elsewhere as the reason of its skip."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.machine import BROWSER, find_browser, opened, without

CANNOT_START = "#!/bin/sh\necho 'chromium: error while loading shared libraries: libnss3.so: cannot open shared object file' >&2\nexit 127\n"


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A browser that is there and cannot start, as where a library is missing."""
    program = tmp_path / "chromium"
    program.write_text(CANNOT_START, encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv(BROWSER, str(program))
    return program


@pytest.mark.parametrize(("ci", "outcome"), [("", pytest.skip.Exception), ("true", pytest.fail.Exception)])
def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, ci: str, outcome: type[BaseException]) -> None:
    monkeypatch.setenv("CI", ci)
    with pytest.raises(outcome, match="no Java"):
        without("no Java")


@pytest.mark.parametrize(("ci", "outcome"), [("", pytest.skip.Exception), ("true", pytest.fail.Exception)])
def test_a_browser_that_cannot_start_says_why(monkeypatch: pytest.MonkeyPatch, broken: Path, ci: str, outcome: type[BaseException]) -> None:
    monkeypatch.setenv("CI", ci)
    # In a thread of its own: Playwright refuses a second driver in one that has a browser open for other tests.
    with pytest.raises(outcome) as told, ThreadPoolExecutor(1) as thread:
        thread.submit(opened().__enter__).result()
    if "driver" in str(told.value):
        pytest.skip(str(told.value))
    assert str(told.value).startswith(f"{broken} does not start: ")
    assert "libnss3.so: cannot open shared object file" in str(told.value)


def test_the_caller_may_name_the_browser(monkeypatch: pytest.MonkeyPatch, broken: Path, tmp_path: Path) -> None:
    assert find_browser() == str(broken)
    monkeypatch.setenv(BROWSER, str(tmp_path / "none"))
    assert find_browser() is None
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="none: no such program"), opened():
        pass


def test_no_browser_is_a_reason_with_its_remedy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in (BROWSER, "CI"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(pytest.skip.Exception, match="apt-get install chromium"), opened():
        pass
