"""Citations as authors write them: `[see @mergel2013three, p. 4; -@ctg2009exploratory]`.

The syntax is pandoc's (https://pandoc.org/MANUAL.html#citation-syntax), less two forms that a
text about social media cannot afford: a bare `@key` in running text, which is a handle here, and
words after a key without a comma, as in `[the @CDCgov account]`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# A key as pandoc takes it: it begins with a letter, digit or underscore and may hold single inner punctuation marks.
_KEY = r"\w(?:[\w]|[:.#$%&\-+?<>~/](?=\w))*"
_CITABLE = re.compile(r"\w(?:\w|[:.+/-](?=\w))*")
_ITEM = re.compile(rf"(?P<prefix>[^@]*?(?:(?<=\s)|(?<=^)))(?P<suppress>-?)@(?P<key>{_KEY})\s*(?:,\s*(?P<locator>[^@]+))?$")


@dataclass(frozen=True)
class Citation:
    """One source of a citation group. `locator` is what follows the comma, e.g. `p. 4`."""

    key: str
    prefix: str = ""
    locator: str = ""
    suppress_author: bool = False

    def __str__(self) -> str:
        prefix = f"{self.prefix} " if self.prefix else ""
        locator = f", {self.locator}" if self.locator else ""
        return f"{prefix}{'-' if self.suppress_author else ''}@{self.key}{locator}"


@dataclass(frozen=True)
class CitationGroup:
    """What stands in one pair of brackets."""

    citations: tuple[Citation, ...]

    def __str__(self) -> str:
        return "[" + "; ".join(map(str, self.citations)) + "]"

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(citation.key for citation in self.citations)


def is_key(text: str) -> bool:
    """Whether `text` can be cited as a key: it can be written after an at sign, and leads to its place when it stands in an address."""
    return _CITABLE.fullmatch(text) is not None


def parse_group(text: str) -> CitationGroup | None:
    """The group that `text`, the inside of a pair of brackets, stands for; None if it is no citation.

    Handles and e-mail addresses are none: every part between semicolons must be a key of its own,
    with at most a prefix before it and a locator after a comma.
    """
    citations = []
    for part in unicodedata.normalize("NFC", text).split(";"):
        match = _ITEM.match(part.strip())
        if not match:
            return None
        citations.append(
            Citation(match["key"], match["prefix"].strip(), " ".join((match["locator"] or "").split()), bool(match["suppress"]))
        )
    return CitationGroup(tuple(citations))
