"""How records are named where they are referred to: how far an authority binds, what a case rests on, the mark of a piece of evidence."""

from __future__ import annotations

from datetime import date

from hooks.core.citations import parse_group
from hooks.core.tree import HtmlElement, element, long_date
from hooks.series import vocabulary as words
from hooks.series import withheld
from hooks.series.model import Case
from hooks.series.records import Authority

EVIDENCE_SCHEMES = ("law:", "case:")


def evidence_mark(item: str) -> HtmlElement:
    """The mark that stands for one piece of evidence or one source, before it is resolved."""
    if item == withheld.EVIDENCE:
        return element("span", "", withheld.NOTE)
    if item.startswith(EVIDENCE_SCHEMES):
        return element("a", href=item)
    inside = item.strip("[]")
    return element("span", "cite-mark", f"[{inside}]", data_cite=inside, data_bare="1")


def is_evidence(item: object) -> bool:
    """Whether `item` is written as a citation, `law:` or `case:`."""
    return isinstance(item, str) and (item == withheld.EVIDENCE or item.startswith(EVIDENCE_SCHEMES) or parse_group(item.strip("[]")) is not None)


def source_line(case: Case) -> str:
    """The kind of source and, for an interview, with whom: "Published interview with Bill Greeves, …"."""
    label = source_label(case)
    interview = case.front.source_kind in ("published-interview", "interview")
    return f"{label} with {case.front.speaker}" if interview and case.front.speaker else label


def source_label(case: Case) -> str:
    """The kind of source, with what the account rests on: "Published interview"."""
    return words.SOURCE_KINDS[case.front.source_kind]


def status_label(authority: Authority) -> str:
    """How far an authority binds: "controlling in New York"."""
    return words.AUTHORITY_STATUSES[authority.status][0].lower() + words.AUTHORITY_STATUSES[authority.status][1:]


def standing(authority: Authority, between: str = " · ") -> str:
    """How far an authority binds, how far it was read and as of when: "controlling in New York · read whole · as of June 1, 2026"."""
    return between.join((status_label(authority), words.AUTHORITY_READINGS[authority.read].lower(), f"as of {long_date(authority.as_of)}"))


def overdue_note(authority: Authority, today: date) -> HtmlElement | None:
    """The warning that a statement of law is past its review date, if it is."""
    if today <= authority.review_by:
        return None
    note = f"This statement was due for review on {long_date(authority.review_by)} and has not been confirmed since {long_date(authority.as_of)}."
    return element("p", "callout__overdue", note)
