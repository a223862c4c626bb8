"""YAML with the line of every value, so that an error can point at it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

import yaml

from hooks.problems import Problem

Path_ = tuple[Hashable, ...]


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """Keeps a date that is none, such as 2026-02-30, as text: the record's own check then reports it where it stands."""


def _date(loader: _Loader, node: yaml.ScalarNode) -> Any:
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        return node.value


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _date)


@dataclass(frozen=True)
class Document:
    """A YAML document: its data, and the line (from 1) of each value by its path of keys and indexes."""

    data: Any
    lines: dict[Path_, int] = field(default_factory=dict)

    def line(self, path: Path_) -> int | None:
        """The line of the value at `path`, or of the nearest enclosing one that is known."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path)


def parse(text: str, source: str, first_line: int = 1, rule: str = "data") -> tuple[Document | None, list[Problem]]:
    """Read YAML `text` that begins at `first_line` of the file `source`.

    A syntax error or a key given twice is a problem; the document is None if it cannot be read at all.
    """
    offset = first_line - 1
    unprintable = yaml.reader.Reader.NON_PRINTABLE.search(text)
    if unprintable:
        line = text.count("\n", 0, unprintable.start()) + 1 + offset
        message = f"There is a control character here (U+{ord(unprintable[0]):04X})."
        return None, [Problem(rule, source, line, message, "Delete it; it may be invisible, so write the line anew.")]
    try:
        node = yaml.compose(text, Loader=_Loader)
        data = yaml.load(text, Loader=_Loader)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 + offset if mark else first_line
        what = getattr(error, "problem", None) or str(error)
        remedy = "Check the indentation and colons there; quote a value that holds “: ” or starts with a sign such as @ or [."
        return None, [Problem(rule, source, line, f"This is not valid YAML: {what}.", remedy)]
    lines: dict[Path_, int] = {} if node else {(): first_line}
    problems: list[Problem] = []

    def walk(node: yaml.Node | None, path: Path_) -> None:
        if node is None:
            return
        lines.setdefault(path, node.start_mark.line + 1 + offset)
        if isinstance(node, yaml.MappingNode):
            seen = set()
            for key, value in node.value:
                here = key.start_mark.line + 1 + offset
                if key.value in seen:
                    message = f"The key “{key.value}” is given twice."
                    problems.append(Problem(rule, source, here, message, "Keep one of them."))
                seen.add(key.value)
                lines[(*path, key.value)] = here
                walk(value, (*path, key.value))
        elif isinstance(node, yaml.SequenceNode):
            for index, value in enumerate(node.value):
                walk(value, (*path, index))

    walk(node, ())
    return Document(data, lines), problems
