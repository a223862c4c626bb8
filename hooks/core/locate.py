"""Finding the line of a source file on which something was written."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
"""A span of code in a line; its second group is what it holds."""


def fences(text: str) -> Iterator[tuple[int, str, bool | None]]:
    """Each line with its number (from 1) and whether it is fenced code; None for the fences themselves."""
    fence = ""
    for number, line in enumerate(text.split("\n"), 1):
        opening = _FENCE.match(line)
        if opening and (not fence or (opening[1][0] == fence[0] and len(opening[1]) >= len(fence))):
            fence = "" if fence else opening[1]
            yield number, line, None
        else:
            yield number, line, bool(fence)


def prose_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines outside fenced code, each with its number (from 1)."""
    return ((number, line) for number, line, fenced in fences(text) if fenced is False)


def line_of(text: str, needle: str | re.Pattern[str], nth: int = 0) -> int | None:
    """The line (from 1) of the `nth` (from 0) place outside code where `needle` is written, or None.

    A text must stand for itself: `law:foil` is not found in `law:foil-87`, nor `/// case` in `/// case | x`.
    Where there are fewer places, the last one: a reader is then at least near it.
    """
    pattern = needle if isinstance(needle, re.Pattern) else _itself(needle)
    found = None
    for number, line in prose_lines(text):
        if isinstance(needle, str) and not needle.startswith("///"):
            line = CODE_SPAN.sub(" ", line)
        for _ in pattern.finditer(line):
            found = number
            if nth == 0:
                return found
            nth -= 1
    return found


def _itself(needle: str) -> re.Pattern[str]:
    if needle.startswith("///"):
        words = r"\s*\|\s*".join(re.escape(part.strip()) for part in needle.lstrip("/").split("|"))
        return re.compile(rf"^\s*/{{3,}}\s*{words}\s*$")
    before = r"(?<![\w-])" if re.match(r"\w", needle) else ""
    after = r"(?![\w-]|[:.#/]\w)" if re.search(r"\w$", needle) else ""
    return re.compile(before + re.escape(needle) + after)


def heading(title: str) -> re.Pattern[str] | None:
    """A line with the words of `title`, whatever their markup and quotation marks; None if it has no words."""
    words = re.findall(r"\w+", title)
    gap = r"(?:\]\([^)]*\)|&#?\w+;|<[^>]*>|\[@[^\]]*\]|[\W_])*"
    return re.compile(rf"^{gap}{gap.join(map(re.escape, words))}{gap}(?:\{{.*\}})?\s*$") if words else None


def line_with(text: str, words: str) -> int | None:
    """The first line (from 1) with `words` in their order, whatever their markup; None if there is none, or no word."""
    found = re.findall(r"\w+", words)
    return line_of(text, re.compile(r"[\W_]+".join(map(re.escape, found)))) if found else None


def definition(id_: str) -> re.Pattern[str]:
    """Where an author gives something the id `id_`: `{#id}`, or the argument of a block."""
    name = re.escape(id_)
    return re.compile(rf"\{{[^}}]*#{name}(?=[\s}}])|^\s*/{{3,}}[^|]*\|\s*{name}\s*$")


def image_without_text(name: str) -> re.Pattern[str]:
    """`![](…/name)`"""
    return re.compile(rf"!\[\s*\]\([^)]*{re.escape(name)}")
