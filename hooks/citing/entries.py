"""The entries of a BibTeX file as their author wrote them, each field at its line: what a formatted reference is compared with."""

from __future__ import annotations

import codecs
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import latexcodec  # noqa: F401 - registers the codec “ulatex”

START = re.compile(r"^\s*@(?P<type>\w+)\s*[{(]\s*(?P<key>[^,\s}]+)\s*,", re.MULTILINE)
NO_SOURCES = ("comment", "string", "preamble")
_FIELD = re.compile(r"\s*,?\s*(?P<name>[A-Za-z][\w-]*)\s*=\s*")
_MACRO = re.compile(r"^\s*@string\s*[{(]\s*(?P<name>[\w-]+)\s*=\s*", re.MULTILINE | re.IGNORECASE)
_BARE = re.compile(r"[^\s,{}()#\"]+")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_COMMAND = re.compile(r"\\(?:[A-Za-z]+\*?[ \t]*|.)|[{}]", re.DOTALL)
_SIGNS = tuple("$%&#_{}")
_KEPT_COMMANDS = re.compile(r"\\(LaTeX|TeX)\b")

_DECODE: Any = codecs.getdecoder("ulatex")


@dataclass(frozen=True)
class Field:
    """One field of an entry: its name in small letters, and its value as written, without its own braces or quotation marks.

    `line` counts from 1; `start` and `end` are the place of the value in the text of its file, the same for one put together of parts.
    """

    name: str
    value: str
    line: int
    start: int = 0
    end: int = 0

    @property
    def whole(self) -> bool:
        """Whether the value stands in the file as it is here, so that it can be written anew."""
        return self.end > self.start


@dataclass(frozen=True)
class Entry:
    """One entry of a file: its kind in small letters, its key, and its fields in their order."""

    kind: str
    key: str
    path: str
    line: int
    fields: tuple[Field, ...]

    def get(self, *names: str) -> Field | None:
        """The first field that has one of the names, tried in their order."""
        return next((field for name in names for field in self.fields if field.name == name), None)


def read_entries(path: str, text: str) -> list[Entry]:
    """The entries of a file that BibTeX can read; of one that it cannot, what can be told from it."""
    macros: dict[str, str] = {name: str(index) for index, name in enumerate(_MONTHS, 1)}
    for match in _MACRO.finditer(text):
        macros[match["name"].lower()] = _value(text, match.end(), macros)[0]
    ends = [match.start() for match in re.finditer("\n", text)]
    found = []
    for match in START.finditer(text):
        kind = match["type"].lower()
        if kind not in NO_SOURCES:
            line = bisect_left(ends, match.start("type")) + 1
            key = unicodedata.normalize("NFC", match["key"])
            found.append(Entry(kind, key, path, line, tuple(_fields(text, match.end(), macros, ends))))
    return found


def _fields(text: str, at: int, macros: dict[str, str], ends: list[int]) -> Iterator[Field]:
    while match := _FIELD.match(text, at):
        line = bisect_left(ends, match.start("name")) + 1
        value, at, start, end = _value(text, match.end(), macros)
        yield Field(match["name"].lower(), value, line, start, end)


def _value(text: str, at: int, macros: dict[str, str]) -> tuple[str, int, int, int]:
    """A value that begins at `at`, where the text goes on after it, and its own place if it is of one part in braces or quotation marks."""
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    while at < len(text):
        if text[at] in "{\"":
            end = _end(text, at)
            parts.append(text[at + 1 : end])
            places.append((at + 1, end))
            at = end + 1
        elif bare := _BARE.match(text, at):
            parts.append(macros.get(bare[0].lower(), bare[0]))
            places.append((at, at))
            at = bare.end()
        else:
            break
        joint = re.compile(r"\s*#\s*").match(text, at)
        if not joint:
            break
        at = joint.end()
    start, end = places[0] if len(places) == 1 else (at, at)
    return "".join(parts), at, start, end


def _end(text: str, at: int) -> int:
    """Where the value that opens at `at` closes."""
    quoted, depth = text[at] == '"', 0
    for index in range(at + 1 if quoted else at, len(text)):
        sign = text[index]
        if sign in "{}" and text[index - 1] != "\\":
            depth += 1 if sign == "{" else -1
            if depth == 0 and not quoted:
                return index
        elif sign == '"' and quoted and depth == 0:
            return index
    return len(text)


def plain(value: str) -> str:
    """The text of a value without TeX: accents as letters, commands and braces gone, what they hold kept."""
    value = value.replace("~", " ")
    if "\\" in value:
        value = _KEPT_COMMANDS.sub(r"\1", value)
        with suppress(ValueError):
            value = _DECODE(value)[0]
    return " ".join(_COMMAND.sub(lambda found: found[0][1] if found[0][1:] in _SIGNS else "", value).split())


def divided(value: str) -> list[str]:
    """A value of names or bodies divided at each “and” that stands outside of braces."""
    parts, depth, start = [], 0, 0
    for match in re.finditer(r"\\.|[{}]|\s+and(?=\s|$)|^and(?=\s)", value, re.IGNORECASE | re.DOTALL):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth -= 1
        elif not match[0].startswith("\\") and depth == 0:
            parts.append(value[start : match.start()].strip())
            start = match.end()
    return [*parts, value[start:].strip()]


def outside_braces(value: str) -> str:
    """What of a value stands outside of braces."""
    kept, depth = [], 0
    for sign in re.findall(r"\\.|.", value, re.DOTALL):
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
        elif depth == 0:
            kept.append(sign)
    return "".join(kept)
