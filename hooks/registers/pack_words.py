"""What the words of a run sheet say beside its data: the hours at which counsel is wanted, and names of exercises that would mislead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hooks.blocks.exercise_names import remedy, short_names
from hooks.core.problems import Problem
from hooks.series.packs import Item, Pack


def needs_counsel(item: Item) -> bool:
    """Whether counsel speaks or is at hand: whoever leads the item says so."""
    return "counsel" in item.who.lower()


def check_words(pack: Pack) -> Iterator[Problem]:
    """Exercises that the record calls by their place in a module, each at its line."""
    for at, text in _strings(pack.record.model_dump(), ()):
        for name, place in short_names(text):
            message = f"“{name}” is the place of an exercise in its module, and another one in a pack."
            yield pack.problem(at, message, remedy(name, place))


def _strings(value: Any, at: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Every text of a record with its path."""
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _strings(inner, (*at, key))
    elif isinstance(value, (list, tuple)):
        for index, inner in enumerate(value):
            yield from _strings(inner, (*at, index))
