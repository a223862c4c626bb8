"""Where a long run without white space may be broken at the end of a line: an address, a handle, an identifier.

Words are left to hyphenation. A break adds no character, so that what is copied from the edition is what was written.
"""

from __future__ import annotations

import re

LONG = 18
"""A run of up to so many characters is never broken."""
_ADDRESS_PART, _WORD = 24, 60
"""An address goes so many characters, a word of letters alone so many, before it is cut where nothing invites a break."""
_CUT = 8
_POINTS = re.compile(
    r"(?<=[/_\-=&?:;,~+%])(?=\w)"  # behind what divides the parts of an address
    r"|(?<=\w)(?=[.@#]\w)"  # before the mark that begins a part
    r"|(?<=[a-z0-9])(?=[A-Z][a-z])"  # where a handle begins a word with a capital
)
# As the look `long-code` breaks code; the two must agree.
_CODE = re.compile(r"[^\s/_.=&?:;,-]{1,8}[/_.=&?:;,-]*|[/_.=&?:;,-]+")
_RUNS = re.compile(r"\S+|\s+")


def pieces(text: str) -> list[str]:
    """`text` in the parts between which a line may end besides at white space; joined, they are `text`."""
    found: list[str] = [""]
    for run in _RUNS.findall(text):
        first, *more = _pieces(run)
        found[-1] += first
        found += more
    return found


def _pieces(run: str) -> list[str]:
    if len(run) <= LONG:
        return [run]
    limit = _WORD if run.strip("()[]“”‘’\"'.,;:!?").isalpha() else _ADDRESS_PART
    return [piece for part in _POINTS.split(run) for piece in _cut(part, limit)]


def _cut(part: str, limit: int) -> list[str]:
    if len(part) <= limit:
        return [part]
    # What is left over joins the last piece, so that no single letter ends up in a line of its own.
    ends = [*range(_CUT, len(part) - _CUT // 2, _CUT), len(part)]
    return [part[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def has_long_run(code: str) -> bool:
    """Whether code holds a run without white space that may have to be broken."""
    return any(len(run) > LONG for run in code.split())


def code_pieces(code: str) -> list[str]:
    """Code without white space, in the parts between which a line may end."""
    return _CODE.findall(code) if len(code) > LONG else [code]
