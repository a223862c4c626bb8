"""Every page of the site in the Nu Html Checker, the W3C's validator: no error on any (https://validator.github.io/validator/)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from .conftest import ROOT

JAR = ROOT / "node_modules/vnu-jar/build/dist/vnu.jar"


def check(*targets: Path) -> list[dict]:
    """The checker's errors, from one run over all pages at or below `targets`."""
    reason = ""
    if shutil.which("java") is None:
        reason = "no Java on this machine: apt-get install default-jre-headless"
    elif not JAR.is_file():
        reason = "the package vnu-jar is missing: npm ci"
    if reason:
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    # The stack is for deep trees. --no-langdetect: one quoted Spanish passage does not make a page Spanish.
    options = ["--format", "json", "--no-langdetect", "--skip-non-html", "--exit-zero-always", "--stdout"]
    done = subprocess.run(["java", "-Xss4m", "-jar", str(JAR), *options, *map(str, targets)], capture_output=True, text=True, check=True, timeout=600)
    messages = json.loads(done.stdout)["messages"]
    assert not [m for m in messages if m["type"] == "non-document-error"], messages[:3]
    return [m for m in messages if m["type"] == "error"]


def told(errors: list[dict]) -> list[str]:
    return [f"{error['url']}:{error.get('lastLine', '?')}: {error['message']}" for error in errors][:20]


def test_no_page_has_an_error(site: Path) -> None:
    assert len(list(site.rglob("*.html"))) > 100
    assert told(check(site)) == []


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("markup", "<ul><p>Not a list item</p></ul>"),
        ("id", '<p id="a">One</p><p id="a">Two</p>'),
        ("label", '<label for="nowhere">Label</label>'),
    ],
)
def test_a_mistake_is_found(tmp_path: Path, name: str, wrong: str) -> None:
    page = tmp_path / f"{name}.html"
    page.write_text(f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>T</title></head><body>{wrong}</body></html>\n', encoding="utf-8")
    assert check(page) != []
