"""The guide for those who change the code names what there is."""

from __future__ import annotations

import importlib
import re

import pytest

from tests.support import ROOT

GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
NAMES = sorted(set(re.findall(r"`(hooks(?:\.\w+)+)`", GUIDE)))


def find(name: str) -> object:
    """The module, function, class or method of that dotted name. Raises ImportError or AttributeError where there is none."""
    parts = name.split(".")
    for cut in range(len(parts), 1, -1):
        try:
            found = importlib.import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        for part in parts[cut:]:
            found = getattr(found, part)
        return found
    raise ImportError(name)


def test_the_guide_walks_through_the_rooms() -> None:
    assert len(NAMES) > 20
    assert {name.split(".")[1] for name in NAMES} >= {"core", "series", "citing", "linking", "blocks", "registers", "editions", "site", "build"}


@pytest.mark.parametrize("name", NAMES)
def test_what_the_guide_names_is_there(name: str) -> None:
    assert find(name) is not None


@pytest.mark.parametrize("name", ["hooks.linking.links.no_such_function", "hooks.no_such_room.links", "hooks.citing.registry.SeriesRegistry.no_such_method"])
def test_a_name_that_is_not_there_is_found_out(name: str) -> None:
    with pytest.raises((ImportError, AttributeError)):
        find(name)
