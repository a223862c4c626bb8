"""Changing single values of a file's front matter: every other byte, comments and the order of keys among them, stays as it was."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import yaml

_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)


class NotEditable(ValueError):
    """The front matter is written in a way that cannot be changed value by value."""


def edited(text: str, values: Mapping[str, str], change: tuple[int, date, str]) -> str:
    """The file `text` with `values` (key → what stands for it in YAML) in place of the old ones, and a new first line of `changes`.

    `change` is its edition, date and note. Raises NotEditable where a key is missing or its value stands elsewhere (a YAML alias).
    """
    match = _FRONT.match(text)
    node = yaml.compose(match[1], Loader=yaml.SafeLoader) if match else None
    if match is None or not isinstance(node, yaml.MappingNode):
        raise NotEditable("The front matter is no mapping of keys to values.")
    front, start = match[1], match.start(1)
    entries = {key.value: (key, value) for key, value in node.value}
    edits = [_edit(entries, name, new) for name, new in values.items()]
    edits.append(_insertion(entries, front, change))
    for begin, end, new in sorted(edits, reverse=True):
        text = text[: start + begin] + new + text[start + end :]
    return text


def _value(entries: Mapping[str, tuple[yaml.Node, yaml.Node]], name: str) -> yaml.Node:
    if name not in entries:
        raise NotEditable(f"The front matter has no “{name}:”.")
    key, value = entries[name]
    if value.start_mark.index < key.start_mark.index:
        raise NotEditable(f"“{name}:” is a YAML alias. Write its value out.")
    return value


def _edit(entries: Mapping[str, tuple[yaml.Node, yaml.Node]], name: str, new: str) -> tuple[int, int, str]:
    value = _value(entries, name)
    if not isinstance(value, yaml.ScalarNode):
        raise NotEditable(f"“{name}:” is no single value.")
    return value.start_mark.index, value.end_mark.index, new


def _insertion(entries: Mapping[str, tuple[yaml.Node, yaml.Node]], front: str, change: tuple[int, date, str]) -> tuple[int, int, str]:
    """Where the new line of `changes` goes, and how it is written: like the list that is there, in one line or one entry a line."""
    items = _value(entries, "changes")
    if not isinstance(items, yaml.SequenceNode):
        raise NotEditable("“changes:” is no list.")
    edition, day, note = change
    record = {"edition": edition, "date": day, "note": note}
    line = yaml.safe_dump(record, default_flow_style=True, sort_keys=False, allow_unicode=True, width=10**9).strip()
    at = items.start_mark.index
    if items.flow_style:
        return at + 1, at + 1, f"{line}, "
    indent = front[front.rfind("\n", 0, at) + 1 : at]
    return at, at, f"- {line}{_line_end(front)}{indent}"


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
