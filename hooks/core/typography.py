"""Text as it is printed: typographic quotation marks in the plain text of records, as Markdown gives them to running text; titles."""

from __future__ import annotations

import re

_RULES = (
    (re.compile(r"(^|(?<=[\s(\[{“‘—–-]))\"(?=\S)"), "“"),
    (re.compile(r"\""), "”"),
    (re.compile(r"(^|(?<=[\s(\[{“—–-]))'(?=\d\ds?\b)"), "’"),  # the ’90s
    (re.compile(r"(^|(?<=[\s(\[{“—–-]))'(?=\S)"), "‘"),
    (re.compile(r"'"), "’"),
)


def typographic(text: str) -> str:
    """`text` with curly quotation marks and apostrophes."""
    for pattern, mark in _RULES:
        text = pattern.sub(mark, text)
    return text


def one_line(title: str, subtitle: str) -> str:
    """A title and its subtitle as one line; a title that ends in its own mark takes no colon."""
    if not subtitle:
        return title
    return f"{title}{'' if title.endswith(('?', '!', '.')) else ':'} {subtitle}"
