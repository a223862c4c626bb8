"""Caveat marks: one small word after a sentence that says how sure it is. `[reported]`, `[inferred]` and `[not found]`, as authors write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from hooks.series.vocabulary import CAVEATS

BRACKETS = r"\[([A-Za-z][A-Za-z ,;:.–-]{1,40})\](?![(\[{:])"
"""Brackets around a few words that are neither a link's text nor a definition."""
_ALIKE = 0.88
"""How like a mark a word must be to be taken for a slip: “infered” is, “reporter” and “referred” are not."""


def written(slug: str) -> str:
    """The mark as an author writes it and a reader sees it: `not-found` → “[not found]”."""
    return f"[{slug.replace('-', ' ')}]"


_SLUGS = {written(slug)[1:-1]: slug for slug in CAVEATS}


def slug_of(inside: str) -> str | None:
    """The mark that stands for these words between brackets; None where they are none."""
    return _SLUGS.get(inside)


def slip(inside: str) -> str | None:
    """The mark that these words were meant to be, but are not; None where they are a mark, or mean something else."""
    if inside in _SLUGS:
        return None
    plain = " ".join(re.findall(r"[a-z]+", inside.lower()))
    for words, slug in _SLUGS.items():
        if plain.startswith(f"{words} ") or plain.endswith(f" {words}") or SequenceMatcher(None, plain, words).ratio() > _ALIKE:
            return slug
    return None


def remedy(slug: str, inside: str) -> str:
    """What to do about a slip."""
    return f"Did you mean “{written(slug)}”? Brackets that are no mark are written “\\[{inside}\\]”."


def check_marks(text: str) -> str:
    """`text`, if none of its brackets is a mark misspelled.

    Raises:
        ValueError: one is.
    """
    for match in re.finditer(BRACKETS, text):
        slug = slip(match[1])
        if slug is not None:
            raise ValueError(f"“[{match[1]}]” is no mark. Did you mean “{written(slug)}”?")
    return text


def split_marks(text: str) -> Iterator[tuple[str, str]]:
    """Plain `text` in pieces, each with the mark that follows it; the last has none."""
    start = 0
    for match in re.finditer(BRACKETS, text):
        slug = slug_of(match[1])
        if slug is not None:
            yield text[start : match.start()], slug
            start = match.end()
    yield text[start:], ""
