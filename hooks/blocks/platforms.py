"""What was seen of how platforms work: how a fact is printed, and the check of what it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from hooks.blocks.inline import inline
from hooks.blocks.record_text import leads_nowhere, said, told_elsewhere
from hooks.core.problems import Problem
from hooks.core.tree import E, HtmlElement, append, element, long_date
from hooks.linking.labels import evidence_mark, is_evidence
from hooks.linking.targets import Directory
from hooks.series import vocabulary as words
from hooks.series.model import Series
from hooks.series.records import PlatformFact


def fact_parts(fact: PlatformFact, more: list[HtmlElement], today: date) -> list[HtmlElement]:
    """The fact as a callout prints it: platform and dates, what was seen, what the author adds (`more`), a warning where it is
    overdue on the day `today`, and its source."""
    about = f" · {fact.about[0].lower()}{fact.about[1:]}" if fact.about else ""
    label = element("p", "callout__label", f"{fact.platform}{about} · {seen_when(fact)}")
    paragraphs = said_in(fact)
    for paragraph in paragraphs:
        # It changes with the platform: no passage of the page that others link to.
        paragraph.set("class", "callout__fact")
    return [label, *paragraphs, *more, *overdue_in(fact, today), source_of(fact, "callout__meta")]


def seen_when(fact: PlatformFact) -> str:
    """“as of May 2018 · check again by February 28, 2027”."""
    return f"as of {fact.as_of_text}" + (f" · check again by {long_date(fact.check_by)}" if fact.check_by else "")


def said_in(fact: PlatformFact) -> list[HtmlElement]:
    """What was seen, as paragraphs with references and marks to be resolved."""
    return said(fact.fact)


def overdue_in(fact: PlatformFact, today: date) -> list[HtmlElement]:
    """The warning that nobody looked again in time, on the day `today`: one paragraph, or none."""
    if not fact.check_by or today <= fact.check_by:
        return []
    note = f"This was to be checked again by {long_date(fact.check_by)}, and has not been. Try it before you rely on it."
    return [element("p", "callout__overdue", note)]


def source_of(fact: PlatformFact, css_class: str) -> HtmlElement:
    """“Source: GovGirl 2018 (a guide or column; extract read)”, a paragraph of the class `css_class`, to be resolved."""
    line = element("p", css_class, "Source: ")
    for index, item in enumerate(filter(is_evidence, fact.source)):
        append(line, "; " if index else "")
        line.append(evidence_mark(item))
    teller = words.TELLERS[fact.told_by]
    append(line, f" ({teller[0].lower()}{teller[1:]}; {words.AUTHORITY_READINGS[fact.read].lower()})")
    told_elsewhere(line)
    return line


def check_platforms(series: Series, directory: Directory, known: Mapping[str, object] | None) -> Iterator[Problem]:
    """Sources and references of the facts that lead nowhere. `known` are the keys of the bibliography; None where it cannot be read."""
    for fact in series.platforms:
        for item in fact.source:
            place = series.places[f"platform:{fact.id}.source"]
            if not is_evidence(item):
                yield Problem("data", *place, f"“{item}” is no source.", 'Write "@key, p. 4", law:id or case:id.')
            else:
                yield from leads_nowhere(E.DIV(evidence_mark(item)), place, directory, known)
        yield from leads_nowhere(E.DIV(*inline(fact.fact)), series.places[f"platform:{fact.id}.fact"], directory, known)
