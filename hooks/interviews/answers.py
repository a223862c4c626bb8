"""A team's notes of one interview, as `answers.yml`, and the case record and private note made from them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import yaml
from pydantic import Field, model_validator

from hooks.interviews.consent import PrivateNote
from hooks.series import vocabulary as words
from hooks.series.records import Consent, Element, Line, Prose, Quotation, Record, Slug, Theme, one_of

HEADINGS = (("situation", "What happened"), ("practice", "What the agency did"), ("outcome", "Outcome"), ("lesson", "Lesson"))


class Told(Record):
    """The account, in the interviewer's words; `lesson` is the series' own reading."""

    situation: Prose
    practice: Prose
    outcome: Prose
    lesson: Prose


class Answers(Record):
    """`answers.yml`: all that a record needs. `interviewee` goes into the private note only."""

    id: Slug
    title: Annotated[Prose, Field(min_length=3, max_length=80)]
    agency: Prose
    jurisdiction: Prose
    level: one_of(words.LEVELS)
    year: int = Field(ge=2004, le=2100)
    elements: tuple[Element, ...] = ()
    themes: tuple[Theme, ...] = ()
    summary: Prose
    outcome: Prose
    lesson: Prose
    interviewee: PrivateNote
    consent: Consent
    told: Told
    quotations: tuple[Quotation, ...] = ()
    sources: tuple[Line, ...] = ()

    @model_validator(mode="after")
    def _agreed(self) -> Answers:
        if self.consent.scope != "anonymous" and not self.consent.shown_as:
            raise ValueError("`consent` lacks `shown_as`: the name or role that was agreed, in the words of the form.")
        if not self.elements and not self.themes:
            raise ValueError("`elements` and `themes` are both empty: name at least one.")
        return self


def record_text(answers: Answers, made: date) -> str:
    """The case record as a Markdown file: front matter and narrative, without quotations that are not yet approved.

    It is published on the day `made`, unless the editor changes that.
    """
    front: dict[str, Any] = {
        **answers.model_dump(mode="json", include={"id", "title", "agency", "jurisdiction", "level", "year", "elements", "themes"}),
        "source_kind": "interview",
        "speaker": answers.consent.shown_as if answers.consent.scope != "anonymous" else "",
        **answers.model_dump(mode="json", include={"summary", "outcome", "lesson"}),
        "sources": list(answers.sources),
        "consent": {key: value for key, value in answers.consent.model_dump().items() if value not in (None, "")},
        "quotations": [{"text": q.text, "approved": q.approved} for q in answers.quotations],
        "status": "current",
        "published": made,
    }
    if not front["speaker"]:
        del front["speaker"]
    parts = [f"---\n{yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=1000)}---"]
    for key, heading in HEADINGS:
        text = getattr(answers.told, key)
        parts.append(f"## {heading} {{#{key}}}")
        parts.append(f"Our reading: {text}" if key == "lesson" and not text.startswith("Our reading") else text)
        if key == "practice":
            parts += [f"> {q.text}" for q in answers.quotations if q.approved]
    return "\n\n".join(parts) + "\n"


def note_text(answers: Answers, made: date) -> str:
    """The private note as a YAML file."""
    head = f"# Private: not published, not under version control. Made {made}; delete it when the protocol says.\n"
    return head + yaml.safe_dump(answers.interviewee.model_dump(mode="json"), allow_unicode=True, sort_keys=False)
