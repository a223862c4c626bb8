"""The data of “Check my policy”: the rules in docs/tools/policy-check.yml, and how well they did on real policies.

What the rules refer to is checked when every page is known (see `hooks.registers.tools`). That each rule finds its own
examples and passes by its counter-examples is a matter of the script that reads by them, and of its tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from hooks.core.problems import suggestion
from hooks.series import vocabulary as words
from hooks.series.records import Line, OneOf, Prose, Record, Slug

CHECK, MEASURED = "docs/tools/policy-check.yml", "docs/tools/policy-check-measured.yml"
WITHIN = ("sentence", "passage", "list", "section", "neighbors", "text")
FACTS = {
    "records": "Records",
    "foil": "Freedom of information",
    "accessibility": "Accessibility",
    "appeals": "Appeals",
    "blocking": "Blocking",
    "adopted": "Date of adoption",
    "review": "Date of review",
}
"""What a policy states or does not, beside the elements."""
RARE = 5
"""Of what stands in fewer policies than this, no recall is worth a figure."""

_PART = re.compile(r"~\d{0,2}|\[?[A-Za-z0-9*'/_.]+\]?")
_MOST_GAPS, _WIDEST = 5, 40
_FORM = "Write words in their order: profan* vulgar/foul [the] ~3 ^first last$."

Pattern = Annotated[str, Field(min_length=2, description=_FORM)]
Patterns = Annotated[tuple[Pattern, ...], Field(min_length=1)]
Finding = tuple[tuple[Any, ...], str, str]
"""(path of keys and indexes in the file, message, remedy)"""


class Condition(Record):
    """Words that must stand, or must not, near what is found."""

    within: Literal["sentence", "passage", "list", "section", "neighbors", "text"]
    words: Patterns


class Find(Record):
    """What to look for: any of `words`, if all of `near` and none of `without` hold. `about` says of whom it must speak."""

    words: Patterns
    near: tuple[Condition, ...] = ()
    without: tuple[Condition, ...] = ()
    about: Literal["", "public", "staff"] = Field(default="", description="public: passes by what is said of staff alone. staff: the other way round.")


class Rule(Record):
    """What is looked for, with examples of what it finds and what it passes by: a test holds it to them."""

    find: Annotated[tuple[Find, ...], Field(min_length=1)]
    finds: Annotated[tuple[Line, ...], Field(min_length=1, description="Sentences that the rule finds.")]
    passes: Annotated[tuple[Line, ...], Field(min_length=1, description="Sentences near to it that the rule passes by.")]


class Signal(Rule):
    """One sign that a policy speaks of an element. From two points on the element is there, with fewer it is thin."""

    says: Prose
    weight: Annotated[int, Field(ge=0, le=2)]


class Backed(Record):
    """What supports a rule, and the clauses that mend what it finds."""

    clauses: Annotated[tuple[Slug, ...], Field(min_length=1, description="Ids of model clauses.")]
    evidence: tuple[Line, ...] = Field(default=(), description='"@key, p. 4", law:id, rec:id, brief:slug#heading, now:slug, paper:slug or case:id.')


class ElementRule(Backed):
    """How it is seen whether a policy has one of the eight elements."""

    element: Annotated[str, OneOf(words.ELEMENTS)]
    asks: Prose
    missing: Prose = Field(description="What to write where it is missing.")
    signals: Annotated[tuple[Signal, ...], Field(min_length=1)]


class Ground(Rule, Backed):
    """A ground or ban that courts or practice have questioned: why, and what to write instead."""

    id: Slug
    title: Prose
    why: Prose
    instead: Prose
    strength: Annotated[str, OneOf(words.STRENGTHS)]


class Fact(Rule, Backed):
    """Something that a policy states or does not."""

    id: Annotated[str, OneOf(FACTS)]
    asks: Prose
    missing: Prose


class People(Record):
    """The words by which a passage is taken to speak of the public or of the staff."""

    public: Patterns
    staff: Patterns


class PolicyCheck(Record):
    """docs/tools/policy-check.yml"""

    people: People
    elements: tuple[ElementRule, ...]
    grounds: Annotated[tuple[Ground, ...], Field(min_length=1)]
    facts: Annotated[tuple[Fact, ...], Field(min_length=1)]
    limits: Annotated[tuple[Prose, ...], Field(min_length=1, description="What the check cannot judge.")]


class Count(Record):
    """How often a rule was right: `right` found and coded, `wrong` found and not coded, `missed` coded and not found."""

    id: Slug
    right: Annotated[int, Field(ge=0)]
    wrong: Annotated[int, Field(ge=0)]
    missed: Annotated[int, Field(ge=0)]

    @property
    def precision(self) -> float | None:
        """Of what was found, the share that was coded; None where nothing was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        """Of what was coded, the share that was found; None where nothing was coded."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None


class Half(Record):
    """The results on a set of policies. `same_level`: there, thin or missing as coded, of eight times `policies`."""

    policies: int
    same_level: int
    elements: tuple[Count, ...]
    grounds: tuple[Count, ...]
    facts: tuple[Count, ...]


class First(Record):
    """What the rules gave when they first met policies that had been kept back, `set_aside` apart; they were changed after."""

    measured: date
    kept: Half
    set_aside: tuple[Slug, ...] = ()


class Policy(Record):
    """One of the policies measured on: of the first set, the half that rules were written on or the half kept back; or of the second."""

    id: Slug
    title: Line
    body: Line
    url: Line
    half: Literal["build", "kept", "second"]


class Measured(Record):
    """docs/tools/policy-check-measured.yml, which tests/policies/measure.py writes.

    `unseen`: the rules as they are, on policies that they had not been written on; `written_on`: on those that they had.
    """

    measured: date
    unseen: Half
    written_on: Half
    first: First
    policies: tuple[Policy, ...]


def total(counts: Sequence[Count]) -> Count:
    """All counts as one."""
    return Count(id="all", right=sum(c.right for c in counts), wrong=sum(c.wrong for c in counts), missed=sum(c.missed for c in counts))


def check_policy_check(check: PolicyCheck) -> Iterator[Finding]:
    """Patterns that cannot be read, names that stand twice, elements and facts without a rule, rules without evidence."""
    for at, pattern in _patterns(check):
        wrong = wrong_pattern(pattern)
        if wrong:
            yield at, f"The pattern “{pattern}” cannot be read: {wrong}.", _FORM
    for name, key in (("elements", "element"), ("grounds", "id"), ("facts", "id")):
        seen: set[str] = set()
        for n, item in enumerate(getattr(check, name)):
            id_ = getattr(item, key)
            if id_ in seen:
                yield (name, n, key), f"The rule “{id_}” stands twice.", "Take one out, or give it another name."
            seen.add(id_)
            if not item.evidence:
                remedy = 'Add “evidence:” with at least one of "@key, p. 4", law:id, rec:id, brief:slug or case:id.'
                yield (name, n), f"The rule “{id_}” shows no evidence.", remedy
    for name, wanted, have in (
        ("elements", words.ELEMENTS, {item.element for item in check.elements}),
        ("facts", FACTS, {item.id for item in check.facts}),
    ):
        for slug, label in wanted.items():
            if slug not in have:
                yield (name,), f"No rule is about “{label}”.", f"Add one for “{slug}”."


def wrong_pattern(pattern: str) -> str:
    """What is wrong with a pattern, in words; nothing where it can be read."""
    text = pattern.strip()
    parts = text.removeprefix("^").removesuffix("$").replace("-", " ").split()
    if not any(not part.startswith(("~", "[")) for part in parts):
        return "it has no word that must stand"
    for part in parts:
        if not _PART.fullmatch(part):
            return f"“{part}” is neither a word nor a gap"
        if part.startswith("[") != part.endswith("]"):
            return f"“{part}” has one bracket only"
        if any(not one.strip("*_'.") for one in part.strip("[]").split("/")) and not part.startswith("~"):
            return f"“{part}” leaves a choice empty"
    gaps = [int(part[1:] or 3) for part in parts if part.startswith("~")]
    if parts[0].startswith("~") or parts[-1].startswith("~"):
        return "it begins or ends with a gap"
    if len(gaps) > _MOST_GAPS or sum(gaps) > _WIDEST:
        return f"it has more than {_MOST_GAPS} gaps, or gaps of more than {_WIDEST} words together"
    return ""


def suggest_clause(name: str, known: tuple[str, ...]) -> str:
    """What to do about a clause that is not there."""
    return suggestion(name, known, "Name a clause of a brief, or take it out.")


def _patterns(check: PolicyCheck) -> Iterator[tuple[tuple[Any, ...], str]]:
    for who in ("public", "staff"):
        for n, pattern in enumerate(getattr(check.people, who)):
            yield ("people", who, n), pattern
    rules: list[tuple[tuple[Any, ...], Rule]] = [
        (("elements", n, "signals", k), signal) for n, item in enumerate(check.elements) for k, signal in enumerate(item.signals)
    ]
    rules += [(("grounds", n), item) for n, item in enumerate(check.grounds)]
    rules += [(("facts", n), item) for n, item in enumerate(check.facts)]
    for at, rule in rules:
        for n, find in enumerate(rule.find):
            for k, pattern in enumerate(find.words):
                yield (*at, "find", n, "words", k), pattern
            for name in ("near", "without"):
                for m, condition in enumerate(getattr(find, name)):
                    for k, pattern in enumerate(condition.words):
                        yield (*at, "find", n, name, m, "words", k), pattern
