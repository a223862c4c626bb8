"""The pins hold what the README promises: the lowest Python, and one release of each package on every machine."""

from __future__ import annotations

import json
import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from hooks.setup.environment import pins, promised, text_of

ROOT = Path(__file__).parents[2]
FILES = ("requirements.txt", "tests/requirements.txt")
EXACT = re.compile(r"\d+\.\d+\.\d+(-[\w.]+)?")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def pinned(file: str) -> dict[str, Requirement]:
    """The requirements of a file by their name."""
    entries = pins((ROOT / file).read_text(encoding="utf-8"))
    return {name: Requirement(entry.split("\\", 1)[0].strip()) for name, entry in entries.items()}


def too_new(asked: str | None, lowest: str) -> bool:
    """Whether a package that asks for these Pythons leaves out the lowest that is promised."""
    return lowest not in SpecifierSet(asked or "")


def floating(lock: dict[str, Any], overrides: dict[str, str]) -> list[str]:
    """What npm may resolve anew although there is a lock: no exact release, no digest, or asked for by a tag like `latest`."""
    packages = {path: entry for path, entry in lock["packages"].items() if path}
    found = [f"{path} has no exact version" for path, entry in packages.items() if not EXACT.fullmatch(entry.get("version", ""))]
    found += [f"{path} has no digest" for path, entry in packages.items() if not entry.get("integrity", "").startswith("sha512-")]
    for path, entry in lock["packages"].items():
        asked = {**entry.get("dependencies", {}), **entry.get("optionalDependencies", {}), **(entry.get("devDependencies", {}) if not path else {})}
        for name, wanted in asked.items():
            held = EXACT.fullmatch(overrides.get(name, ""))
            if re.match(r"[A-Za-z]", wanted) and not re.match(r"npm:|v\d|x\b", wanted) and not held:
                found.append(f"{path or 'package.json'} asks for {name}@{wanted}")
            if held and not any(at.endswith(f"node_modules/{name}") and one["version"] == overrides[name] for at, one in packages.items()):
                found.append(f"{name} is not the release of `overrides`")
            if wanted == "*" and not any(at.endswith(f"node_modules/{name}") for at in packages):
                found.append(f"{path} asks for any {name}, and none is there")
    return found


@pytest.mark.parametrize("file", FILES)
def test_every_pin_admits_the_lowest_python_that_is_promised(file: str) -> None:
    lowest = text_of(promised(ROOT))
    problems = []
    for name, requirement in pinned(file).items():
        if requirement.marker and not Marker(str(requirement.marker)).evaluate():
            continue
        version = str(requirement.specifier).removeprefix("==")
        try:
            about = metadata(name)
        except PackageNotFoundError:
            problems.append(f"{name} {version} is not installed: run `make test`")
            continue
        if about["Version"] != version:
            problems.append(f"{name} is {about['Version']}, not {version}: run `make test`")
        elif too_new(about.get("Requires-Python"), lowest):
            problems.append(f"{name} {version} needs Python {about['Requires-Python']}; {lowest} is promised")
    assert problems == []


def test_a_pin_that_asks_for_more_is_found() -> None:
    assert too_new(">=3.11.5", "3.11.2")
    assert not too_new(">=3.11", "3.11.2")
    assert not too_new(None, "3.11.2")


def test_the_readme_promises_the_same_python() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"Python ([\d.]*\d) or newer", readme) == [text_of(promised(ROOT))]


def test_the_checkers_of_the_code_know_the_same_python() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["tool"]["ruff"]["target-version"] == "py" + "".join(map(str, promised(ROOT)[:2]))


@pytest.mark.parametrize("file", FILES)
def test_every_pin_is_exact_and_has_its_hashes(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    entries = pins(text)
    assert len(entries) > 40
    for name, entry in entries.items():
        assert re.match(r"[\w.-]+==[\w.]+", entry), name
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), name
    assert "://" not in text, "a pin names no registry"


def test_the_tests_use_the_very_packages_of_the_build() -> None:
    build, tests = (pinned(file) for file in FILES)
    assert {name: str(one) for name, one in build.items()} == {name: str(tests.get(name)) for name in build}


def test_the_pins_satisfy_what_the_project_asks_for() -> None:
    every = {name.replace("_", "-"): one for name, one in pinned(FILES[1]).items()}
    for text in [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]:
        asked = Requirement(text)
        pin = every[asked.name.lower().replace("_", "-")]
        assert asked.specifier.contains(str(pin.specifier).removeprefix("=="), prereleases=True), f"{text}: run `make lock`"
    build = {name.replace("_", "-") for name in pinned(FILES[0])}
    assert {Requirement(text).name.lower().replace("_", "-") for text in PROJECT["dependencies"]} <= build


def test_no_front_end_package_floats() -> None:
    package, lock = (json.loads((ROOT / name).read_text(encoding="utf-8")) for name in ("package.json", "package-lock.json"))
    assert len(lock["packages"]) > 100
    assert floating(lock, package["overrides"]) == []
    assert all(EXACT.fullmatch(version) for version in {**package["dependencies"], **package["devDependencies"], **package["overrides"]}.values())
    assert lock["packages"][""]["dependencies"] == package["dependencies"], "run `make lock`"
    assert lock["packages"][""]["devDependencies"] == package["devDependencies"], "run `make lock`"
    assert not any("resolved" in entry for entry in lock["packages"].values()), "a pin names no registry"


def test_a_package_that_floats_is_found() -> None:
    one = {"version": "1.2.3", "integrity": "sha512-x"}
    lock = {"packages": {"": {"dependencies": {"a": "1.2.3"}}, "node_modules/a": {**one, "dependencies": {"b": "latest"}}, "node_modules/b": one}}
    assert floating(lock, {}) == ["node_modules/a asks for b@latest"]
    assert floating(lock, {"b": "1.2.3"}) == []
    assert floating(lock, {"b": "latest"}) == ["node_modules/a asks for b@latest"]
    assert floating(lock, {"b": "1.2.4"}) == ["b is not the release of `overrides`"]
    lock["packages"]["node_modules/b"] = {"version": "latest"}
    assert floating(lock, {"b": "1.2.3"})[:2] == ["node_modules/b has no exact version", "node_modules/b has no digest"]
