"""The pages of the site in the Nu Html Checker, the W3C's validator: no error on any (https://validator.github.io/validator/)."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.java import QUICK_START
from tests.machine import without

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
        without(reason)
    # The stack is for deep trees. --no-langdetect: one quoted Spanish passage does not make a page Spanish.
    options = ["--format", "json", "--no-langdetect", "--skip-non-html", "--exit-zero-always", "--stdout"]
    command = ["java", *QUICK_START, "-Xss4m", "-jar", str(JAR), *options, *map(str, targets)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600)
    messages = json.loads(done.stdout)["messages"]
    assert not [m for m in messages if m["type"] == "non-document-error"], messages[:3]
    return [m for m in messages if m["type"] == "error"]


def told(errors: list[dict]) -> list[str]:
    return [f"{error['url']}:{error.get('lastLine', '?')}: {error['message']}" for error in errors][:20]


WRONG = {
    "markup": "<ul><p>Not a list item</p></ul>",
    "id": '<p id="a">One</p><p id="a">Two</p>',
    "label": '<label for="nowhere">Label</label>',
}


@pytest.fixture(scope="module")
def errors(site: Path, one_of_each: list[str], proof: bool, tmp_path_factory: pytest.TempPathFactory) -> list[dict]:
    """The errors of the site, or in `make test` of one page of each kind, and of pages with one mistake each, from one start of Java."""
    folder = tmp_path_factory.mktemp("wrong")
    for name, body in WRONG.items():
        page = f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>T</title></head><body>{body}</body></html>\n'
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    looked_at = [site] if proof else [site / address / "index.html" if (site / address).is_dir() else site / address for address in one_of_each]
    return check(*looked_at, folder)


@pytest.mark.widened
def test_no_page_has_an_error(site: Path, errors: list[dict]) -> None:
    assert len(list(site.rglob("*.html"))) > 100
    assert told([error for error in errors if error["url"].startswith(f"file:{site}/")]) == []


@pytest.mark.parametrize("name", WRONG)
def test_a_mistake_is_found(errors: list[dict], name: str) -> None:
    assert [error for error in errors if error["url"].endswith(f"/{name}.html")]
