"""What docs/tools/policy-builder.yml may say: the questions, and which answers bring which clause, passage and filling.

The file holds no policy language: clauses and letters are named by id, and their words come from the briefs and sheets. A policy is
made in one of three forms, which the question `FORM` asks for.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from hooks.core.typography import typographic
from hooks.series import vocabulary as words
from hooks.series.records import Line, OneOf, Prose, Record, Slug, Text

FORM = "form"
"""The question for the form of the policy; without it there is the full one alone."""
FULL, SHORT, RULE = "full", "short", "rule"
"""Its options: every clause that the answers call for; the short forms of clauses; the rule on comments alone."""


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

Reference = Annotated[str, Field(pattern=r"^(brief|rec|law|term|paper|case|now|sector|module):\S+$")]


class Option(Record):
    """An answer. `when` says for which earlier answers it is offered."""

    id: Slug
    label: Prose
    means: Text = Field(default="", description="What the answer brings, in a sentence.")
    noun: Line | None = Field(default=None, description="What the policy calls the body that has this answer: Village.")
    unnamed: Line | None = Field(default=None, description="What stands in brackets for the body's name until it is known: Village of name.")
    alone: bool = Field(default=False, description="Whether one officer, and no board, adopts for the body that has this answer.")
    when: When = ()


class Question(Record):
    """A question of the form. `several` lets the reader choose more than one answer, or none."""

    id: Slug
    title: Prose
    why: Prose = Field(description="Why it matters for the policy, in plain words.")
    several: bool = False
    default: Slug | None = Field(default=None, description="The answer that counts until one is given.")
    links: tuple[Reference, ...] = ()
    when: When = ()
    options: tuple[Option, ...] = Field(min_length=1)


class Part(Record):
    """A passage of a clause, in its long or short form, word for word, that stands only under a condition."""

    text: Annotated[str, Field(min_length=8)]
    when: When = Field(min_length=1)


class Added(Record):
    """Words that the sheet of a sector adds to a clause, as the sheet quotes them: at the end of its text, or after a passage of it."""

    sheet: Slug = Field(description="The slug of the sector's sheet.")
    text: Annotated[str, Field(min_length=8)]
    after: Text = ""
    when: When = Field(min_length=1)


class Placed(Record):
    """A clause and when it is in the policy. `why` is said to the reader beside the clause's own note.

    In a short policy it stands in its short form, if it has one and `short` is not false; in a comment rule only with `rule`.
    """

    clause: Slug
    when: When = ()
    why: Text = ""
    short: bool = Field(default=True, description="Whether a short policy has the clause, if it has a short form.")
    rule: bool = Field(default=False, description="Whether the comment rule alone has it, in its long form.")
    parts: tuple[Part, ...] = ()
    adds: tuple[Added, ...] = ()

    @property
    def passages(self) -> tuple[Part | Added, ...]:
        """Everything in the clause that has a condition of its own, in the order by which runs refer to it."""
        return (*self.parts, *self.adds)


class PaperNote(Record):
    """What is said of a paper instead of the note of its letter, under a condition."""

    text: Prose
    when: When = Field(min_length=1)


class Paper(Record):
    """A letter that goes with the policy. `letter` is the slug of its action sheet, “#” and its id."""

    letter: Annotated[str, Field(pattern=r"^[a-z0-9-]+#[a-z0-9-]+$")]
    title: Prose
    why: Prose
    when: When = ()
    notes: tuple[PaperNote, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def passages(self) -> tuple[Part, ...]:
        """Everything in the paper that has a condition of its own."""
        return self.parts


class Group(Record):
    """A section of a short policy, for which those of the elements are too many."""

    id: Slug
    title: Prose
    topics: tuple[Annotated[str, OneOf(words.TOPICS)], ...] = Field(min_length=1)


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
    also: tuple[Line, ...] = Field(default=(), description="What the brackets of the papers hold for it.")


class Fill(Record):
    """How answers fill a blank, or say who holds a role, which the reader can still change. An empty value strikes it.

    Either one `value`, or `values` by the options of the question `by`.
    """

    blank: Slug
    value: Text | None = None
    by: Slug | None = None
    values: dict[str, Text] = Field(default_factory=dict)
    when: When = ()

    @model_validator(mode="after")
    def _one_of_two(self) -> Fill:
        if (self.value is None) == (self.by is None) or (self.by is None) == bool(self.values):
            raise ValueError("A filling has either `value`, or `by` and `values`.")
        if self.value is not None and not self.when:
            raise ValueError("A filling that holds for every answer is no blank: say `when`.")
        return self

    def each(self) -> tuple[tuple[str, When], ...]:
        """Each value, and the condition under which it fills the blank."""
        if self.by is None:
            return ((self.value or "", self.when),)
        by, whens = self.by, self.when or ({},)
        return tuple((value, tuple({**item, by: (option,)} for item in whens)) for option, value in self.values.items())


class CrossReference(Record):
    """A blank that names other clauses of the policy: their section numbers take its place."""

    words: Line
    to: tuple[Slug, ...] = Field(min_length=1)


class Duty(Record):
    """What the holder of a role does, in words that follow the holder's title in a short policy."""

    text: Prose
    when: When = ()


class Role(Record):
    """A role that the policy names, said in its first section with who holds it: by `means` in a full policy, by `does` in a short one.

    In a short policy and a comment rule the holder's title takes the place of the words `called`.
    """

    id: Slug
    label: Prose
    means: Text = ""
    help: Text = ""
    does: tuple[Duty, ...] = ()
    called: tuple[Line, ...] = ()
    also: tuple[Line, ...] = Field(default=(), description="What the brackets of the papers hold for it.")
    offers: tuple[Prose, ...] = ()


class Check(Record):
    """Roles or blanks of which one checks the other. `why` one person should not hold both, and `instead`, who else could."""

    who: tuple[Slug, Slug]
    why: Prose
    instead: Prose
    when: When = ()


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
    sections: tuple[Group, ...] = ()
    papers: tuple[Paper, ...] = ()
    checks: tuple[Check, ...] = ()

    @model_validator(mode="after")
    def _distinct(self) -> PolicyBuilder:
        for name, items in (("questions", self.questions), ("roles", self.roles), ("blanks", self.blanks)):
            ids = [item.id for item in items]
            twice = next((id_ for id_ in ids if ids.count(id_) > 1), None)
            if twice:
                raise ValueError(f"Two of `{name}` have the id “{twice}”.")
        return self


def as_printed(text: str) -> str:
    """Words copied from a page as it prints them: quotation marks typographic, spaces folded."""
    return " ".join(typographic(text).split())


def same_words(text: str) -> str:
    """The words in a blank's brackets as entries are compared: as they are printed, in small letters."""
    return as_printed(text).lower()
