"""YAML with the line of every value, so that an error can point at it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

import yaml

from hooks.problems import Problem

Path_ = tuple[Hashable, ...]


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
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        node = yaml.compose(text, Loader=loader)
        data = yaml.load(text, Loader=loader)
    except (yaml.MarkedYAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 + offset if mark else first_line
        what = getattr(error, "problem", None) or str(error)
        remedy = "Check the indentation and colons there; quote a value that holds “: ” or starts with a sign such as @ or [."
        return None, [Problem(rule, source, line, f"This is not valid YAML: {what}.", remedy)]
    lines: dict[Path_, int] = {}
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
