"""Finding the line of a source file on which something was written."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)")


def prose_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines outside fenced code, each with its number (from 1)."""
    fence = ""
    for number, line in enumerate(text.split("\n"), 1):
        opening = _FENCE.match(line)
        if opening:
            mark = opening[1]
            if not fence:
                fence = mark
            elif mark[0] == fence[0] and len(mark) >= len(fence):
                fence = ""
        elif not fence:
            yield number, line


def line_of(text: str, needle: str | re.Pattern[str], nth: int = 0) -> int | None:
    """The line (from 1) of the `nth` (from 0) place outside code where `needle` is written, or None.

    A text must stand for itself: `law:foil` is not found in `law:foil-87`, nor `/// case` in `/// case | x`.
    Where there are fewer places, the last one: a reader is then at least near it.
    """
    pattern = needle if isinstance(needle, re.Pattern) else _itself(needle)
    found = None
    for number, line in prose_lines(text):
        if isinstance(needle, str) and not needle.startswith("///"):
            line = _CODE_SPAN.sub(" ", line)
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
    gap = r"(?:\]\([^)]*\)|[\W_])*"
    return re.compile(rf"^{gap}{gap.join(map(re.escape, words))}{gap}(?:\{{.*\}})?\s*$") if words else None


def definition(id_: str) -> re.Pattern[str]:
    """Where an author gives something the id `id_`: `{#id}`, or the argument of a block."""
    name = re.escape(id_)
    return re.compile(rf"\{{[^}}]*#{name}(?=[\s}}])|^\s*/{{3,}}[^|]*\|\s*{name}\s*$")


def image_without_text(name: str) -> re.Pattern[str]:
    """`![](…/name)`"""
    return re.compile(rf"!\[\s*\]\([^)]*{re.escape(name)}")
