"""What docs/tools/policy-builder.yml may say: the questions, and which answers bring which clause, passage and filling.

The file holds no policy language: clauses are named by id, and their words come from the briefs.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from hooks.core.typography import typographic
from hooks.series.records import Line, Prose, Record, Slug, Text


def _alternatives(value: Any) -> Any:
    """One mapping, or a list of them, as a list; a single option as a list of one."""
    items = [value] if isinstance(value, dict) else value
    if not isinstance(items, (list, tuple)):
        return items
    return [{q: [o] if isinstance(o, str) else o for q, o in item.items()} if isinstance(item, dict) else item for item in items]


_NAMES = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}
_HOW = "question: option, or [options]. Several questions: all must hold. A list: one of its items must."
_ALL_OF = {"type": "object", "additionalProperties": _NAMES, "minProperties": 1}

When = Annotated[
    tuple[dict[str, Annotated[tuple[str, ...], Field(min_length=1)]], ...],
    BeforeValidator(_alternatives),
    WithJsonSchema({"anyOf": [_ALL_OF, {"type": "array", "items": _ALL_OF}], "description": _HOW}),
]
"""A condition: alternatives, of which one must hold; each maps questions to options, of which one must be chosen. None: always."""

Reference = Annotated[str, Field(pattern=r"^(brief|rec|law|term|paper|case):\S+$")]


class Option(Record):
    """An answer. `when` says for which earlier answers it is offered."""

    id: Slug
    label: Prose
    means: Text = Field(default="", description="What the answer brings, in a sentence.")
    when: When = ()


class Question(Record):
    """A question of the form. `several` lets the reader choose more than one answer, or none."""

    id: Slug
    title: Prose
    why: Prose = Field(description="Why it matters for the policy, in plain words.")
    several: bool = False
    links: tuple[Reference, ...] = ()
    when: When = ()
    options: tuple[Option, ...] = Field(min_length=1)


class Part(Record):
    """A passage of a clause, word for word, that stands only under a condition: a sentence, or a list item or paragraph."""

    text: Annotated[str, Field(min_length=8)]
    when: When = Field(min_length=1)


class Placed(Record):
    """A clause and when it is in the policy. `why` is said to the reader beside the clause's own note."""

    clause: Slug
    when: When = ()
    why: Text = ""
    parts: tuple[Part, ...] = ()


class NotOffered(Record):
    """A clause that the builder never brings, and why."""

    clause: Slug
    why: Prose


class Blank(Record):
    """A blank that is asked once. `words` is what its brackets hold, in any case; without `clauses`, wherever no other entry is."""

    id: Slug
    words: Line
    clauses: tuple[Slug, ...] = ()
    label: Prose
    help: Text = ""
    offers: tuple[Prose, ...] = Field(default=(), description="Fillings that the reader can take with one press.")
    optional: bool = Field(default=False, description="Whether the words may simply be kept or struck.")


class Fill(Record):
    """How an answer fills a blank, which the reader can still change. An empty `value` strikes it."""

    blank: Slug
    value: Text
    when: When = Field(min_length=1)


class CrossReference(Record):
    """A blank that names other clauses of the policy: their section numbers take its place."""

    words: Line
    to: tuple[Slug, ...] = Field(min_length=1)


class Role(Record):
    """A role that the policy names, said in its first section with who holds it."""

    id: Slug
    label: Prose
    means: Prose
    help: Text = ""


class Note(Record):
    """Something for counsel to check before adoption, printed at the end of the draft."""

    text: Prose
    links: tuple[Reference, ...] = ()
    when: When = ()


class PolicyBuilder(Record):
    """docs/tools/policy-builder.yml."""

    questions: tuple[Question, ...] = Field(min_length=1)
    roles: tuple[Role, ...] = ()
    clauses: tuple[Placed, ...] = Field(min_length=1)
    never: tuple[NotOffered, ...] = ()
    blanks: tuple[Blank, ...] = ()
    fills: tuple[Fill, ...] = ()
    references: tuple[CrossReference, ...] = ()
    notes: tuple[Note, ...] = ()

    @model_validator(mode="after")
    def _distinct(self) -> PolicyBuilder:
        for name, items in (("questions", self.questions), ("roles", self.roles), ("blanks", self.blanks)):
            ids = [item.id for item in items]
            twice = next((id_ for id_ in ids if ids.count(id_) > 1), None)
            if twice:
                raise ValueError(f"Two of `{name}` have the id “{twice}”.")
        return self


def same_words(text: str) -> str:
    """The words in a blank's brackets as entries are compared: in small letters, quotation marks typographic, spaces folded."""
    return " ".join(typographic(text).split()).lower()
