"""From parsed YAML to a record, with each failure as a problem that an author can act on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, TypeVar, get_origin

from pydantic import BaseModel, ValidationError

from hooks.core.problems import Problem, following, nearest, suggestion
from hooks.core.yaml_lines import Document

T = TypeVar("T", bound=BaseModel)


def to_record(
    model: type[T], data: Any, document: Document, source: str, at: tuple[Any, ...] = (), rule: str = "data"
) -> tuple[T | None, list[Problem]]:
    """Validate `data`, which stands at the path `at` of `document`, as a `model`."""
    if not isinstance(data, dict):
        return None, [no_mapping(rule, source, document.line(at))]
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        return None, _problems(model, error.errors(), document, source, at, rule)


def _problems(model: type[BaseModel], errors: Iterable[Any], document: Document, source: str, at: tuple[Any, ...], rule: str) -> list[Problem]:
    errors = list(errors)
    unknown = [tuple(item["loc"]) for item in errors if item["type"] == "extra_forbidden"]
    meant = {(*loc[:-1], nearest(str(loc[-1]), _keys(model, loc[:-1]))) for loc in unknown}
    found = []
    for item in errors:
        # A key that is missing because it is misspelled is one mistake.
        follow = item["type"] == "missing" and tuple(item["loc"]) in meant
        found += following([_problem(model, item, document, source, at, rule)], follow)
    return found


def no_mapping(rule: str, source: str, line: int | None) -> Problem:
    """What to tell the author of something that should consist of keys and values."""
    return Problem(rule, source, line, "A mapping of keys to values is expected here.", "Write one “key: value” a line.")


def _problem(model: type[BaseModel], item: Any, document: Document, source: str, at: tuple[Any, ...], rule: str) -> Problem:
    location = tuple(item["loc"])
    key = ".".join(part for part in location if isinstance(part, str))
    line = document.line((*at, *location))
    kind = item["type"]
    if kind == "extra_forbidden":
        known = _keys(model, location[:-1])
        return Problem(
            rule, source, line, f"“{key}” is not a known key.", suggestion(str(location[-1]), known, f"Known keys: {', '.join(known)}.")
        )
    if kind == "missing":
        if isinstance(location[-1], int):
            return Problem(rule, source, line, f"Item {location[-1] + 1} of “{key}” is missing.", "Write it: this list has as many items as that.")
        return Problem(rule, source, line, f"The key “{key}” is missing.", f"Add “{location[-1]}: …”.")
    message = item["msg"].removeprefix("Value error, ")
    if not location:
        # Such a message is about several keys; the first that it names says where to look.
        named = re.search(r"`(\w+)`", message)
        return Problem(rule, source, document.line((*at, named[1])) if named else line, message)
    if kind == "string_pattern_mismatch" and "a-z0-9" in str(item.get("ctx", {})):
        message = "Use lower-case letters, digits and hyphens."
    elif kind.endswith(("too_long", "too_short")) and isinstance(item["input"], str):
        length, limits = len(item["input"].strip()), item["ctx"]
        least = f"It has {length} characters; at least {limits.get('min_length')} are needed." if length else "It is empty."
        message = f"It has {length} characters; at most {limits['max_length']} are allowed." if "max_length" in limits else least
    elif kind == "string_pattern_mismatch":
        message = "Write the whole address: https://…"
    elif kind.startswith("date"):
        message = "Write a date as 2026-11-22."
    elif kind.startswith("int"):
        message = "Write a whole number."
    elif kind == "string_type":
        message = "Write text, in quotation marks where it looks like a number, a date, yes or no."
    elif kind == "tuple_type":
        message = "Write a list: [one, two]."
    elif kind == "model_type":
        message = "Write one “key: value” a line, indented below it."
    return Problem(rule, source, line, f"The value of “{key}” is not valid.", message if message.endswith((".", "?", "…")) else message + ".")


def _keys(model: type[BaseModel], path: tuple[Any, ...]) -> list[str]:
    """The field names of the model found by following `path` from `model`."""
    named = False
    for part in path:
        # The names in a mapping of records are the author's own.
        if isinstance(part, int) or named:
            named = False
            continue
        annotation = model.model_fields[part].annotation if part in model.model_fields else None
        inner = _inner_model(annotation)
        if inner is None:
            return []
        model, named = inner, get_origin(annotation) is dict
    return list(model.model_fields)


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    """The record class inside an annotation such as `tuple[Change, ...]` or `Consent | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for arg in getattr(annotation, "__args__", ()) if (found := _inner_model(arg))), None)
