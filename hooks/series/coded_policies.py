"""Social media and comment policies of public bodies, coded by hand: docs/tools/coded-policies*.yml.

They are what the rules of “Check my policy” are measured on (`tests.policies.measure`), and are given out as data. How a policy is
coded is said at the top of the first file; the same words stand here for those who read the data.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from hooks.series import vocabulary as words
from hooks.series.policy_check import FACTS
from hooks.series.records import Line, OneOf, Record, Slug
from hooks.series.sources import TOOLS, files_under

LEVELS = {
    "there": "a rule that a reader can act on, or a list of rules",
    "thin": "touched: one clause, a pointer to another policy, or a purpose or disclaimer standing alone",
    "missing": "not in the text read, which is often not the whole policy",
}
"""How far a policy has an element."""
KINDS = {
    "village": "village", "town": "town or township", "city": "city", "county": "county or its prosecutor", "school": "school or school district",
    "library": "library", "police": "police or sheriff", "fire": "fire department", "state": "State agency", "federal": "federal agency",
}  # fmt: skip
PARTS = {"whole": "the whole page", "opening": "its opening, about the first 2,000 characters", "excerpt": "an excerpt from the middle"}
"""How much of the text was read."""
SETS = {
    "build": "first set, half on which the rules were written from the start",
    "kept": "first set, half that was kept back at first and used later",
    "second": "second set, coded after the rules had been written and never used to change them",
}
REASONS = {
    "vague-offensive": "offensive, abusive, hateful, rude or insulting expression, or “inappropriate” without a list",
    "false": "false, misleading, inaccurate or unsupported statements",
    "off-topic-untested": "off topic, where the text does not say what the topic is",
    "discretion": "removal without a standard",
    "profanity": "profane, vulgar or foul language",
    "reputation": "defamation or harm to a name, as judged by staff",
    "political": "campaign or political content",
    "employee-gag": "staff may not criticize, embarrass or discredit",
    "repeat-block": "a block for repetition, or without notice, where the text gives neither notice nor appeal",
    "anonymous": "anonymous posts",
}
"""Why a phrase was noted: what it forbids or allows, which courts or practice have questioned."""


def _all_of(known: Mapping[str, object]) -> AfterValidator:
    def check(value: dict[str, object]) -> dict[str, object]:
        missing = [name for name in known if name not in value]
        if missing:
            raise ValueError(f"It does not say: {', '.join(missing)}.")
        return value

    return AfterValidator(check)


class CodedPhrase(Record):
    """A phrase of a policy, word for word, and why it was noted."""

    phrase: Line
    why: Annotated[str, OneOf(REASONS)]


class CodedPolicy(Record):
    """One policy as it was read on a day: what it has, which of its phrases have been questioned, and where the coding was in doubt."""

    id: Slug
    title: Line
    body: Line
    kind: Annotated[str, OneOf(KINDS)]
    url: Line
    read: date
    part: Annotated[str, OneOf(PARTS)]
    words: Annotated[int, Field(ge=1)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    half: Annotated[str, OneOf(SETS)]
    elements: Annotated[dict[Annotated[str, OneOf(words.ELEMENTS)], Annotated[str, OneOf(LEVELS)]], _all_of(words.ELEMENTS)]
    grounds: tuple[CodedPhrase, ...]
    has: Annotated[dict[Annotated[str, OneOf(FACTS)], bool], _all_of(FACTS)]
    doubt: str | None = None


def coded_policy_files(root: Path) -> list[str]:
    """The files of coded policies, the first set first."""
    found = [path for path in files_under(root, TOOLS, ".yml") if path.startswith(f"{TOOLS}/coded-policies")]
    return sorted(found, key=lambda path: (len(path), path))
