"""Questions that people in the job ask, each answered in two sentences: docs/questions/<subject>.yml.

A subject is an issue brief or a sector sheet by its slug, or one of `OTHERS`. What an answer names is checked when every page is known
(see `hooks.registers.questions`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from hooks.series import vocabulary as words
from hooks.series.caveats import BRACKETS, slug_of
from hooks.series.records import Line, Marked, OneOf, Prose, Record, Slug

OTHERS: Mapping[str, str] = MappingProxyType({"adopting": "Adopting a policy"})
"""Subjects that are no publication: slug → title."""
SENTENCES, MOST_WORDS, LONGEST = 2, 60, 110
"""How many sentences an answer has, how many words at most, and how many characters a question at most."""
FEWEST_WORDINGS, MOST_WORDINGS = 3, 48
FOR_BRIEF, FOR_SECTOR = 5, 3
"""How many questions are answered about each issue brief and each sector sheet, at least."""

_ID = r"^q-[0-9]{3,4}$"
_REFERENCE = re.compile(r"\[([^\]]*)\]\([^)\s]*\)(?:\{[^}]*\})?")
_CITED = re.compile(r"\[[^\[\]]*@[^\[\]]*\]")
_NO_END = re.compile(r"\b(?:[A-Za-z]|vs|[Aa]rt|[Ss]ec|ch|St|Mr|Ms|Mrs|Dr|Inc|Co|Corp|Gov|Op|Comm|Supp|Ct|Cir|Dist|Dep|App|Div|cf|al|approx)\.$")
"""A full stop after a shortened word, or after a letter such as those of “U.S.”, ends no sentence."""
_NUMBER = re.compile(r"\bNos?\.(?=\s\d)")
_END = re.compile(r"[.!?][\"”’)\]*_]*(?=\s+[\"“‘(\[*_]*[A-Z0-9]|\s*$)")


def _is_id(value: str) -> str:
    if not re.match(_ID, value):
        raise ValueError(f"“{value}” is no id of a question. Write q- and a number: q-045.")
    return value


def _asks(value: str) -> str:
    if not value.endswith("?"):
        raise ValueError("It does not end in a question mark. Ask it as a person in the job would.")
    if len(value) > LONGEST:
        raise ValueError(f"It has {len(value)} characters; at most {LONGEST} are read at a glance.")
    return value


def _answers(value: str) -> str:
    many, length = sentences(value), word_count(value)
    if many != SENTENCES:
        raise ValueError(f"It has {many} sentence{'' if many == 1 else 's'}; write two: the answer, then the reason or what to do.")
    if length > MOST_WORDS:
        raise ValueError(f"It has {length} words without its references; at most {MOST_WORDS} are allowed. Leave the rest to the passage that it leads to.")
    return value


def _wordings(items: tuple[str, ...]) -> tuple[str, ...]:
    if not FEWEST_WORDINGS <= len(items) <= MOST_WORDINGS:
        raise ValueError(f"It has {len(items)}; give {FEWEST_WORDINGS} to {MOST_WORDINGS} other ways in which people ask it.")
    return items


def _named(items: tuple[str, ...]) -> tuple[str, ...]:
    if not items:
        raise ValueError("It is empty. Name at least one role of docs/for/roles.yml.")
    return items


def _hyphened(value: object) -> object:
    """The strength as recommendations have it, also where an underscore joins its words."""
    return value.replace("_", "-") if isinstance(value, str) else value


class Question(Record):
    """One question. Its `id` is an address, /id/q-045/, and so permanent and never used again for another."""

    id: Annotated[str, AfterValidator(_is_id), WithJsonSchema({"type": "string", "pattern": _ID, "description": "Permanent and never reused, e.g. q-045."})]
    question: Annotated[Prose, AfterValidator(_asks)] = Field(description=f"As a person in the job would ask it, in at most {LONGEST} characters.")
    also: Annotated[tuple[Prose, ...], AfterValidator(_wordings)] = Field(description="3 to 48 other ways in which people ask it, as they type them.")
    who: Annotated[tuple[Slug, ...], AfterValidator(_named)] = Field(description="Who asks it, the first above all: ids of docs/for/roles.yml.")
    sector: tuple[Slug, ...] = Field(default=(), description="Slugs of docs/sectors/, if it is asked there above all.")
    answer: Annotated[Marked, AfterValidator(_answers)] = Field(
        description="Two sentences, at most 60 words: the answer in the first words, then the reason or what to do. Markdown within a line, with references."
    )
    strength: Annotated[str, OneOf(words.STRENGTHS), BeforeValidator(_hyphened)] = Field(description="As that of a recommendation.")
    as_of: date = Field(description="The day on which the answer was checked against what it names.")
    read: Line = Field(description="The passage that carries the answer wholly, such as brief:citizen-conduct#ten-lines.")

    @property
    def printed(self) -> Mapping[str, str]:
        """What its page prints in its author's words, by key."""
        return {"question": self.question, "answer": self.answer}


def plain(text: str) -> str:
    """The Markdown `text` of an answer without references and marks, for counting: a link keeps its own words."""
    text = _CITED.sub("", text)
    text = _REFERENCE.sub(lambda found: found[1], text)
    return re.sub(BRACKETS, lambda found: "" if slug_of(found[1]) else found[0], text)


def word_count(text: str) -> int:
    """The words of an answer that its author wrote: what a reference or citation prints is not counted."""
    return sum(any(char.isalnum() for char in word) for word in plain(text).split())


def sentences(text: str) -> int:
    """How many sentences the Markdown `text` of an answer has; what stands behind its last full stop counts as one."""
    # A reference may begin a sentence, and prints a name there.
    named = _REFERENCE.sub(lambda found: found[1] or "Name", _CITED.sub("", text))
    named = " ".join(re.sub(BRACKETS, lambda found: "" if slug_of(found[1]) else found[0], named).split())
    named = _NUMBER.sub("No", named)
    ends = [found.end() for found in _END.finditer(named) if not _NO_END.search(named[: found.start() + 1])]
    rest = named[ends[-1] :] if ends else named
    return len(ends) + any(char.isalnum() for char in rest)
