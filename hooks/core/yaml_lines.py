"""YAML with the line of every value, so that an error can point at it."""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import yaml

from hooks.core.problems import Problem

Path_ = tuple[Hashable, ...]


if TYPE_CHECKING:
    _Safe = yaml.SafeLoader
else:
    # The same in C, where PyYAML was built with it.
    _Safe = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Safe):
    """Keeps a date that is none, such as 2026-02-30, as text: the record's own check then reports it where it stands."""


def _date(loader: _Loader, node: yaml.ScalarNode) -> Any:
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        return node.value


def _whole(loader: _Loader, node: yaml.ScalarNode) -> int:
    number: int = loader.construct_yaml_int(node)
    if abs(number) > _LARGEST:
        # Python itself refuses to write out one of thousands of digits.
        raise ValueError("there is a number of more digits than anything is counted in")
    return number


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _date)
_Loader.add_constructor("tag:yaml.org,2002:int", _whole)
_LARGEST, _MOST = 10**15, 200_000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# What PyYAML lets through where a value does not fit a tag that an author wrote, such as `!!bool x`.
_UNFIT = (ValueError, AttributeError, LookupError, TypeError, OverflowError)


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


class Parse(Protocol):
    """`parse`, or what stands in for it."""

    def __call__(self, text: str, source: str, first_line: int = 1, rule: str = "data") -> tuple[Document | None, list[Problem]]: ...


class Latest:
    """Parses as `parse` does, but gives again what it gave for the text that a file had the last time: of each file that alone is kept.

    Nobody changes a document, so all may have the same one.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[str, int, str], tuple[str, Document | None, tuple[Problem, ...]]] = {}

    def __call__(self, text: str, source: str, first_line: int = 1, rule: str = "data") -> tuple[Document | None, list[Problem]]:
        key = (source, first_line, rule)
        known = self._known.get(key)
        if known is None or known[0] != text:
            document, problems = parse(text, source, first_line, rule)
            known = self._known[key] = (text, document, tuple(problems))
        return known[1], list(known[2])


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
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
        finally:
            loader.dispose()
        if has_too_many(node):
            message = "Its aliases, such as “*name”, stand for themselves or for very many values."
            return None, [Problem(rule, source, first_line, message, "Write out what they stand for.")]
        lines, problems = lines_of(node, source, offset, rule)
        # Made of the nodes that are there, which it may change: to read the text a second time takes as long as the first.
        data = None if node is None else loader.construct_document(node)
    except yaml.YAMLError as error:
        return None, [not_yaml(error, source, first_line, rule)]
    except _UNFIT as error:
        what = str(error) if isinstance(error, ValueError) else "a value does not fit the tag, such as !!bool, before it"
        return None, [not_yaml(ValueError(what), source, first_line, rule)]
    except RecursionError:
        return None, [Problem(rule, source, first_line, "This is nested too deeply to be read.", "Check the brackets and the indentation.")]
    control = _control(node, offset)
    if control:
        message = f"There is a control character here (U+{ord(control[1]):04X}), written as an escape."
        return None, [Problem(rule, source, control[0], message, "Delete it.")]
    return Document(data, lines or {(): first_line}), problems


def has_too_many(node: yaml.Node | None) -> bool:
    """Whether more values stand at and below `node` than anybody wrote, because aliases repeat them."""
    return node is not None and _values(node, {}) > _MOST


def _values(node: yaml.Node, known: dict[int, int]) -> int:
    """How many values there are at and below `node`, those that an alias repeats included; `known` are those of other nodes by their identity.

    A few lines of aliases can stand for millions of values, or for themselves: of those there are more than `_MOST`.
    """
    if isinstance(node, yaml.ScalarNode):
        return 1
    if id(node) not in known:
        known[id(node)] = _MOST + 1
        pairs = isinstance(node, yaml.MappingNode)
        known[id(node)] = 1 + sum(_values(part, known) for item in node.value for part in (item if pairs else (item,)))
    return known[id(node)]


def _control(node: yaml.Node | None, offset: int) -> tuple[int, str] | None:
    """The line and the first control character of the values below `node`: no page, and no edition, can hold one."""
    nodes, seen = [node] if node is not None else [], set()
    while nodes:
        here = nodes.pop()
        if id(here) in seen:
            continue
        seen.add(id(here))
        if isinstance(here, yaml.ScalarNode):
            found = _CONTROL.search(here.value)
            if found:
                return here.start_mark.line + 1 + offset, found[0]
        elif isinstance(here, yaml.MappingNode):
            nodes += [part for pair in reversed(here.value) for part in reversed(pair)]
        else:
            nodes += reversed(here.value)
    return None


def compose(text: str) -> yaml.Node | None:
    """The nodes of a YAML document, of whatever tags. Raises yaml.YAMLError."""
    return yaml.compose(text, Loader=_Loader)


def not_yaml(error: Exception, source: str, first_line: int, rule: str) -> Problem:
    """What a YAML parser's `error` means, in a text that begins at `first_line` of `source`."""
    mark = getattr(error, "problem_mark", None)
    line = mark.line + first_line if mark else first_line
    what = getattr(error, "problem", None) or str(error)
    remedy = "Check the indentation and colons there; quote a value that holds “: ” or starts with a sign such as @ or [."
    return Problem(rule, source, line, f"This is not valid YAML: {what}.", remedy)


def lines_of(node: yaml.Node | None, source: str, offset: int, rule: str) -> tuple[dict[Path_, int], list[Problem]]:
    """The line of each value below `node`, as in `Document`, and the keys given twice; `offset` is the number of lines before the YAML."""
    lines: dict[Path_, int] = {}
    problems: list[Problem] = []

    def walk(node: yaml.Node | None, path: Path_) -> None:
        if node is None:
            return
        lines.setdefault(path, node.start_mark.line + 1 + offset)
        if isinstance(node, yaml.MappingNode):
            seen = set()
            for key, value in node.value:
                if not isinstance(key, yaml.ScalarNode):
                    continue
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
    return lines, problems
