"""What the tests use of the machine, and what becomes of them where it is missing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import pytest

BROWSER = "CHROMIUM"
"""The environment variable that names the browser: Chromium, or another of its kind."""
_BROWSERS = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")


def without(reason: str) -> NoReturn:
    """Go on without: in CI a failure, elsewhere a reason to skip."""
    pytest.fail(reason, pytrace=False) if os.environ.get("CI") else pytest.skip(reason)


def find_browser() -> str | None:
    """Path of this machine's Chromium, or of the browser that `CHROMIUM` names; None where there is none."""
    names = (os.environ[BROWSER],) if os.environ.get(BROWSER) else _BROWSERS
    return next((found for name in names if (found := shutil.which(name))), None)


@contextmanager
def opened(path: str | None = None) -> Iterator[Any]:
    """A browser under Playwright. One that is missing, or is there and cannot start, says why (`without`)."""
    path = path or find_browser()
    if path is None:
        named = os.environ.get(BROWSER)
        without(f"{BROWSER}={named}: no such program" if named else "no Chromium on this machine: apt-get install chromium libatomic1 fonts-liberation")
    from playwright.sync_api import Error, sync_playwright

    manager = sync_playwright()
    try:
        playwright = manager.start()
    except Exception as error:  # Whatever its driver, a Node of its own, dies of: a library that is missing, most often.
        without(f"the driver of the browser does not start ({_first(error)}): apt-get install libatomic1")
    try:
        try:
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        except Error as error:
            without(f"{path} does not start: {_first(error)}")
        yield browser
        browser.close()
    finally:
        playwright.stop()


def _first(error: BaseException) -> str:
    """What an error says, as one line without the pictures that Playwright draws around it."""
    lines = [line.strip(" ║╔╗╚╝═") for line in str(error).splitlines()]
    telling = [line for line in lines if "error while loading" in line or "not found" in line.lower()]
    return (telling or [line for line in lines if line] or [type(error).__name__])[0][:200]
