"""The records that authors write, one model each: what a file may say, and of what type.

Validation and the JSON Schemas that editors complete from come from these same models.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, WithJsonSchema, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core.core_schema import CoreSchema, no_info_after_validator_function

from hooks.core.problems import nearest
from hooks.core.tree import long_date
from hooks.core.typography import typographic
from hooks.series import vocabulary as words
from hooks.series.caveats import check_marks

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class Record(BaseModel):
    """A validated, immutable record. Unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


@dataclass(frozen=True, eq=False)
class OneOf:
    """That a string must be a key of `words`; the error offers the nearest. Used as `Annotated[str, OneOf(words)]`."""

    words: Mapping[str, str]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "enum": list(self.words)}

    def _check(self, value: str) -> str:
        if value not in self.words:
            close = nearest(value, self.words)
            raise ValueError(f"“{value}” is not allowed. " + (f"Did you mean “{close}”?" if close else f"Use one of: {', '.join(self.words)}."))
        return value


Element = Annotated[str, OneOf(words.ELEMENTS)]
Theme = Annotated[str, OneOf(words.THEMES)]
Reading = Annotated[str, OneOf(words.READINGS)]
Slug = Annotated[str, Field(pattern=SLUG)]
Line = Annotated[str, Field(min_length=1)]
Text = Annotated[str, AfterValidator(typographic)]
Prose = Annotated[Text, Field(min_length=1)]
"""Plain text that is printed: its quotation marks become typographic."""
Marked = Annotated[Prose, AfterValidator(check_marks)]
"""Prose in which caveat marks may stand."""
Summary = Annotated[Text, Field(min_length=20, max_length=160)]


def _day(value: object) -> object:
    return str(value) if isinstance(value, int | date) and not isinstance(value, bool) else value


def _is_day(value: str) -> str:
    try:
        date.fromisoformat((value + "-01-01")[:10] if len(value) < 10 else value)
    except ValueError:
        raise ValueError(f"“{value}” is no date. Write 2018, 2018-05 or 2018-05-04.") from None
    return value


_DAY = {"anyOf": [{"type": "string", "pattern": r"^\d{4}(-\d\d(-\d\d)?)?$"}, {"type": "integer"}]}
PartialDate = Annotated[str, BeforeValidator(_day), AfterValidator(_is_day), WithJsonSchema(_DAY)]
"""A year, a month or a day."""


@dataclass(frozen=True)
class Printed:
    """That a key of front matter is presented with the publication under this label: in the header of its page, on the title of every
    edition, and in the catalogue. Used as `Annotated[Text, Printed("Adopted by")]`; an empty value is left out."""

    label: str


class Topical:
    """A record that says, in `elements` and `themes`, what it is about."""

    @property
    def topics(self: Any) -> Mapping[str, str]:
        """The policy elements and themes: slug → how it is printed."""
        return {slug: words.TOPICS[slug] for slug in (*self.elements, *self.themes)}


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


class PublicationFront(Topical, Record):
    """Front matter of a brief, a chapter or another publication."""

    id: Slug = Field(description="Permanent and never reused, e.g. ib-08.")
    title: Prose
    subtitle: Text = ""
    question: Text = Field(default="", description="The question that a reader would type.")
    summary: Summary
    elements: tuple[Element, ...] = ()
    themes: tuple[Theme, ...] = ()
    roles: tuple[Annotated[str, OneOf(words.ROLES)], ...] = ()
    edition: int = Field(ge=1)
    published: date
    revised: date
    law_as_of: date | None = None
    review_by: date
    status: Annotated[str, OneOf(words.STATUSES)] = "current"
    superseded_by: Slug | None = None
    aliases: tuple[Line, ...] = ()
    changes: tuple[Change, ...] = Field(min_length=1, description="Newest first.")
    errata: tuple[Erratum, ...] = ()

    @property
    def line(self) -> str:
        """What stands below the title, of a kind that has such a line: when it is for, or for whom."""
        return ""

    @property
    def more(self) -> dict[str, str]:
        """The keys that are `Printed`: label → how the value is printed."""
        marked = {name: item for name, field in type(self).model_fields.items() for item in field.metadata if isinstance(item, Printed)}
        values = {item.label: getattr(self, name) for name, item in marked.items()}
        return {label: long_date(value) if isinstance(value, date) else str(value) for label, value in values.items() if value}

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
        if self.changes[0].date != self.revised:
            newest = f"`revised` is {self.revised}, but the newest entry of `changes` is of {self.changes[0].date}."
            raise ValueError(f"{newest} Add a line that says what was changed, and give both the same date.")
        if len({item.id for item in self.errata}) < len(self.errata):
            raise ValueError("Two `errata` have the same id.")
        if self.status == "superseded" and not self.superseded_by:
            raise ValueError("A superseded publication must say what replaces it in `superseded_by`.")
        return self


class Objective(Record):
    """What a participant will be able to do, and the recommendations that this practises."""

    id: Slug
    text: Prose = Field(description="Begins with a verb: Decide, for each account, whether to take comments.")
    practises: tuple[Line, ...] = Field(min_length=1, description="Ids of recommendations, e.g. ib-08-r1.")


class ModuleFront(PublicationFront):
    """Front matter of a course module: that of a publication, with its time and objectives."""

    minutes: int = Field(ge=10, le=480, description="How long the module takes in a class.")
    objectives: tuple[Objective, ...] = Field(min_length=1, max_length=8)

    @model_validator(mode="after")
    def _own_ids(self) -> ModuleFront:
        ids = [item.id for item in self.objectives]
        for id_ in ids:
            if ids.count(id_) > 1:
                raise ValueError(f"Two `objectives` have the id “{id_}”; rename one.")
        return self


class SheetFront(PublicationFront):
    """Front matter of an action sheet: that of a publication, with when it is for and how soon."""

    when: Annotated[Text, Field(min_length=10, max_length=160, description="What has happened, in a sentence: You can no longer sign in.")]
    urgency: Annotated[str, OneOf(words.URGENCIES)]

    @property
    def line(self) -> str:
        return self.when


class SectorFront(PublicationFront):
    """Front matter of a sector sheet: that of a publication, with whom it is for."""

    who: Annotated[Text, Printed("For")] = Field(min_length=3, max_length=160, description="Follows “For”: boards, superintendents and communications staff.")

    @property
    def line(self) -> str:
        return f"For {self.who}"


class SlidesFront(Record):
    """Front matter of a set of slides: the id of the module that they are for."""

    module: Slug


class DeckFront(Record):
    """Front matter of a deck that is no module's: docs/course/decks/."""

    id: Annotated[str, Field(pattern=r"^deck-[a-z0-9]+(-[a-z0-9]+)*$")] = Field(description="Permanent and never reused, e.g. deck-day.")
    title: Prose
    summary: Summary


class KeyFront(Record):
    """Front matter of an answer key: the id of the module whose exercises it answers, or the name of a page of exercises beside the modules."""

    module: Slug | None = Field(default=None, description="Of a module: tc-05.")
    exercises: Slug | None = Field(default=None, description="Of a page beside the modules, by its file: sector-exercises.")

    @model_validator(mode="after")
    def _one(self) -> KeyFront:
        if (self.module is None) == (self.exercises is None):
            raise ValueError("A key is to a module or to a page of exercises: write `module: tc-05`, or `exercises: sector-exercises`.")
        return self


# Where a field is called `date`.
_Day = date


class Consent(Record):
    """Recorded consent to publish an interview. Setting `withdrawn` takes the record out of everything that is built."""

    scope: Annotated[str, OneOf(words.CONSENT_SCOPES)]
    date: date
    expires: _Day | None = None
    withdrawn: _Day | None = None
    shown_as: Text = Field(default="", description="How the interviewee agreed to be named: a name or a role. Empty if anonymous.")
    form: str = Field(default="", description="The code of the signed form, which is kept elsewhere.")


class Quotation(Record):
    """Words of an interviewee. They are published only once `approved` says when they were."""

    text: Prose
    approved: date | None = None


class CaseFront(Topical, Record):
    """Front matter of a case study: the record that its callouts are filled from."""

    id: Slug
    title: Annotated[Text, Field(min_length=3, max_length=80)]
    agency: Prose
    jurisdiction: Prose
    level: Annotated[str, OneOf(words.LEVELS)]
    year: int = Field(ge=2004, le=2100)
    elements: tuple[Element, ...] = ()
    themes: tuple[Theme, ...] = ()
    source_kind: Annotated[str, OneOf(words.SOURCE_KINDS)]
    speaker: Text = ""
    summary: Marked
    outcome: Marked
    lesson: Marked
    sources: tuple[Line, ...] = ()
    consent: Consent | None = None
    quotations: tuple[Quotation, ...] = Field(default=(), description="An interview's quotations, word for word.")
    status: Annotated[str, OneOf(words.CASE_STATUSES)] = "current"
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
    duty: Slug | None = Field(default=None, description="The same for each date that states one duty: it is then listed once.")


class LawChange(Record):
    """What changed in an authority, or in our entry on it, and when."""

    date: date
    note: Prose


class Authority(Topical, Record):
    """One authority of the law register: a statute, rule, decision, opinion or official guidance."""

    id: Slug
    name: Prose
    short: Prose = Field(description="As printed in running text, e.g. Public Officers Law § 87.")
    citation: Prose
    kind: Annotated[str, OneOf(words.AUTHORITY_KINDS)]
    body: Prose
    jurisdiction: Annotated[str, OneOf(words.JURISDICTIONS)]
    status: Annotated[str, OneOf(words.AUTHORITY_STATUSES)] = Field(description="How far it binds.")
    status_note: Text = ""
    rule: Marked
    meaning: Annotated[Text, AfterValidator(check_marks)] = ""
    open_questions: tuple[Marked, ...] = ()
    dates: tuple[LegalDate, ...] = ()
    effective: date | None = None
    as_of: date
    review_by: date
    url: str = Field(default="", pattern=r"^(https?://\S+)?$")
    read: Annotated[str, OneOf(words.AUTHORITY_READINGS)] = Field(
        description="How far we read it: the whole text, the passages that matter, an extract (an opening or some sentences), or second-hand."
    )
    read_note: Text = Field(default="", description="Which parts were read, in which copy and of what date.")
    elements: tuple[Element, ...] = ()
    themes: tuple[Theme, ...] = ()
    changes: tuple[LawChange, ...] = Field(default=(), description="Newest first: what changed in the law or in this entry. Readers of the feeds are told.")

    @model_validator(mode="after")
    def _in_order(self) -> Authority:
        days = [change.date for change in self.changes]
        if days != sorted(days, reverse=True):
            raise ValueError("`changes` must be newest first.")
        return self


class PlatformFact(Record):
    """What was seen of how a platform works: a fact with its date, its source, and the day by which it is to be looked at again."""

    id: Slug
    platform: Prose
    about: Text = Field(default="", description="What the fact is about, in two or three words: Hidden comments. Readers look for it in the list of facts.")
    fact: Marked = Field(description="One or two sentences, as they are printed: what was seen. Markdown within a line, references and caveat marks.")
    as_of: PartialDate = Field(description="When it was so: 2018, 2018-05 or 2018-05-04. The day of the source, or for an undated page the day it was read.")
    check_by: date | None = Field(default=None, description="The day by which it is to be looked at again; left out for what has happened and stays so.")
    source: tuple[Line, ...] = Field(min_length=1, description='What says it, each as in evidence: "@key, p. 4", law:id or case:id.')
    told_by: Annotated[str, OneOf(words.TELLERS)] = Field(description="Whose text the source is.")
    read: Annotated[str, OneOf(words.AUTHORITY_READINGS)] = Field(description="How far it was read.")

    @property
    def as_of_text(self) -> str:
        """“2018”, “May 2018” or “May 4, 2018”."""
        year, month, day = ([*self.as_of.split("-"), "", ""])[:3]
        return long_date(date.fromisoformat(self.as_of)) if day else f"{calendar.month_name[int(month)]} {year}" if month else year


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
