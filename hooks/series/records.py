"""The records that authors write, one model each: what a file may say, and of what type.

Validation and the JSON Schemas that editors complete from come from these same models.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema, model_validator

from hooks.problems import nearest
from hooks.series import vocabulary as words
from hooks.series.typography import typographic

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class Record(BaseModel):
    """A validated, immutable record. Unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


def one_of(words_: Mapping[str, str]) -> Any:
    """The type of a string that must be a key of `words_`; its error offers the nearest key."""

    def check(value: str) -> str:
        if value not in words_:
            close = nearest(value, words_)
            raise ValueError(
                f"“{value}” is not allowed. " + (f"Did you mean “{close}”?" if close else f"Use one of: {', '.join(words_)}.")
            )
        return value

    return Annotated[str, AfterValidator(check), WithJsonSchema({"type": "string", "enum": list(words_)})]


Element = one_of(words.ELEMENTS)
Theme = one_of(words.THEMES)
Reading = one_of(words.READINGS)
Slug = Annotated[str, Field(pattern=SLUG)]
Line = Annotated[str, Field(min_length=1)]
Text = Annotated[str, AfterValidator(typographic)]
Prose = Annotated[Text, Field(min_length=1)]
"""Plain text that is printed: its quotation marks become typographic."""


class Change(Record):
    """One line of an edition history."""

    edition: int = Field(ge=1)
    date: date
    note: Prose


class Erratum(Record):
    """A correction: an id that is unique in the series, when, at which passage (the id it has on the page), and what was wrong."""

    id: Slug
    date: date
    anchor: Annotated[str, Field(pattern=r"^[^\s#]+$")]
    note: Prose


class PublicationFront(Record):
    """Front matter of a brief, a chapter or another publication."""

    id: Slug = Field(description="Permanent and never reused, e.g. ib-08.")
    title: Prose
    subtitle: Text = ""
    question: Text = Field(default="", description="The question that a reader would type.")
    summary: Annotated[Text, Field(min_length=20, max_length=160)]
    elements: tuple[Element, ...] = ()
    themes: tuple[Theme, ...] = ()
    roles: tuple[one_of(words.ROLES), ...] = ()
    edition: int = Field(ge=1)
    published: date
    revised: date
    law_as_of: date | None = None
    review_by: date
    status: one_of(words.STATUSES) = "current"
    superseded_by: Slug | None = None
    aliases: tuple[Line, ...] = ()
    changes: tuple[Change, ...] = Field(min_length=1, description="Newest first.")
    errata: tuple[Erratum, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> PublicationFront:
        if self.revised < self.published:
            raise ValueError("`revised` is before `published`.")
        if self.review_by <= self.revised:
            raise ValueError("`review_by` must be after `revised`.")
        if self.changes[0].edition != self.edition:
            raise ValueError("The first entry of `changes` must be of the current `edition`; the newest stands first.")
        if [c.date for c in self.changes] != sorted((c.date for c in self.changes), reverse=True):
            raise ValueError("`changes` must be newest first.")
        if len({item.id for item in self.errata}) < len(self.errata):
            raise ValueError("Two `errata` have the same id.")
        if self.status == "superseded" and not self.superseded_by:
            raise ValueError("A superseded publication must say what replaces it in `superseded_by`.")
        return self


class Consent(Record):
    """Recorded consent to publish an interview. Setting `withdrawn` takes the record out of everything that is built."""

    scope: one_of(words.CONSENT_SCOPES)
    date: date
    expires: date | None = None
    withdrawn: date | None = None
    shown_as: Text = Field(default="", description="How the interviewee agreed to be named: a name or a role. Empty if anonymous.")
    form: str = Field(default="", description="The code of the signed form, which is kept elsewhere.")


class Quotation(Record):
    """Words of an interviewee. They are published only once `approved` says when they were."""

    text: Prose
    approved: date | None = None


class CaseFront(Record):
    """Front matter of a case study: the record that its callouts are filled from."""

    id: Slug
    title: Annotated[Text, Field(min_length=3, max_length=80)]
    agency: Prose
    jurisdiction: Prose
    level: one_of(words.LEVELS)
    year: int = Field(ge=2004, le=2100)
    elements: tuple[Element, ...] = ()
    themes: tuple[Theme, ...] = ()
    source_kind: one_of(words.SOURCE_KINDS)
    speaker: Text = ""
    summary: Prose
    outcome: Prose
    lesson: Prose
    sources: tuple[Line, ...] = ()
    consent: Consent | None = None
    quotations: tuple[Quotation, ...] = Field(default=(), description="An interview's quotations, word for word.")
    status: one_of(words.STATUSES) = "current"
    published: date
    revised: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> CaseFront:
        if self.revised and self.revised < self.published:
            raise ValueError("`revised` is before `published`.")
        return self


class LegalDate(Record):
    """A date that an authority sets."""

    date: date
    what: Prose
    who: Text = ""
    certain: bool = True
    note: Text = ""


class Authority(Record):
    """One authority of the law register: a statute, rule, decision, opinion or official guidance."""

    id: Slug
    name: Prose
    short: Prose = Field(description="As printed in running text, e.g. Public Officers Law § 87.")
    citation: Prose
    kind: one_of(words.AUTHORITY_KINDS)
    body: Prose
    jurisdiction: one_of(words.JURISDICTIONS)
    status: one_of(words.AUTHORITY_STATUSES)
    status_note: Text = ""
    rule: Prose
    meaning: Text = ""
    open_questions: tuple[Prose, ...] = ()
    dates: tuple[LegalDate, ...] = ()
    effective: date | None = None
    as_of: date
    review_by: date
    url: str = Field(default="", pattern=r"^(https?://\S+)?$")
    read: Reading
    read_note: Text = ""
    elements: tuple[Element, ...] = ()
    themes: tuple[Theme, ...] = ()


class Term(Record):
    """One term of the glossary."""

    id: Slug
    term: Prose
    definition: Prose
    aliases: tuple[Line, ...] = ()
    see: tuple[Line, ...] = ()


class Annotation(Record):
    """What a source is, what it says that matters here, and how it was seen."""

    what: Prose
    says: tuple[Prose, ...] = ()
    seen: Reading
    seen_note: Text = ""
