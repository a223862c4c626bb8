"""Finding the line of a source file on which something was written."""

from __future__ import annotations

import re

_FENCE = re.compile(r"^\s*(`{3,}|~{3,})")


def line_of(text: str, needle: str, nth: int = 0) -> int | None:
    """The line (from 1) of the `nth` (from 0) occurrence of `needle` outside fenced code, or None.

    Where there are fewer occurrences, the last one: a reader is then at least near the place.
    """
    found = None
    fence = ""
    for number, line in enumerate(text.split("\n"), 1):
        opening = _FENCE.match(line)
        if opening:
            mark = opening[1]
            if not fence:
                fence = mark
            elif mark[0] == fence[0] and len(mark) >= len(fence):
                fence = ""
            continue
        if fence:
            continue
        for _ in range(line.count(needle)):
            found = number
            if nth == 0:
                return found
            nth -= 1
    return found
