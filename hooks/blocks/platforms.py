"""What was seen of how platforms work: how a fact is printed, and the check of what it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from hooks.blocks.inline import CITE, inline
from hooks.core.citations import parse_group
from hooks.core.problems import Problem, suggestion
from hooks.core.tree import E, HtmlElement, append, element, long_date, with_class
from hooks.linking.labels import evidence_mark, is_evidence
from hooks.linking.links import is_reference
from hooks.linking.targets import Directory, Unknown
from hooks.series import vocabulary as words
from hooks.series.model import Series
from hooks.series.records import PlatformFact


def fact_parts(fact: PlatformFact, more: list[HtmlElement], today: date) -> list[HtmlElement]:
    """The fact as a callout prints it: platform and dates, what was seen, what the author adds (`more`), a warning where it is
    overdue on the day `today`, and its source."""
    about = f" · {fact.about[0].lower()}{fact.about[1:]}" if fact.about else ""
    label = element("p", "callout__label", f"{fact.platform}{about} · {seen_when(fact)}")
    said = said_in(fact)
    for paragraph in said:
        # It changes with the platform: no passage of the page that others link to.
        paragraph.set("class", "callout__fact")
    return [label, *said, *more, *overdue_in(fact, today), source_of(fact, "callout__meta")]


def seen_when(fact: PlatformFact) -> str:
    """“as of May 2018 · check again by February 28, 2027”."""
    return f"as of {fact.as_of_text}" + (f" · check again by {long_date(fact.check_by)}" if fact.check_by else "")


def said_in(fact: PlatformFact) -> list[HtmlElement]:
    """What was seen, as paragraphs with references and marks to be resolved."""
    said = inline(fact.fact)
    _told_elsewhere(E.DIV(*said))
    return said


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
    _told_elsewhere(line)
    return line


def _told_elsewhere(root: HtmlElement) -> None:
    """What is wrong with a name below `root` is told where the fact is written, once."""
    for node in _named(root):
        node.set("data-record", "")


def check_platforms(series: Series, directory: Directory, known: Mapping[str, object] | None) -> Iterator[Problem]:
    """Sources and references of the facts that lead nowhere. `known` are the keys of the bibliography; None where it cannot be read."""
    for fact in series.platforms:
        for item in fact.source:
            place = series.places[f"platform:{fact.id}.source"]
            if not is_evidence(item):
                yield Problem("data", *place, f"“{item}” is no source.", 'Write "@key, p. 4", law:id or case:id.')
            else:
                yield from _leads_nowhere(E.DIV(evidence_mark(item)), place, directory, known)
        yield from _leads_nowhere(E.DIV(*inline(fact.fact)), series.places[f"platform:{fact.id}.fact"], directory, known)


def _named(root: HtmlElement) -> Iterator[HtmlElement]:
    """The citations and references below `root`."""
    yield from with_class(root, CITE)
    yield from (link for link in root.iter("a") if is_reference(link.get("href", "")))


def _leads_nowhere(root: HtmlElement, place: tuple[str, int | None], directory: Directory, known: Mapping[str, object] | None) -> Iterator[Problem]:
    for node in _named(root):
        if node.tag == "a":
            found = directory.find(node.get("href", ""), "")
            if isinstance(found, Unknown):
                yield Problem(found.rule, *place, found.message, found.remedy, found.follows)
            continue
        group = parse_group(node.get("data-cite", ""))
        for key in group.keys if group else ():
            if known is not None and key not in known:
                remedy = suggestion(key, known, "Add it to a .bib file in docs/literature/.")
                yield Problem("citation", *place, f"There is no source “{key}” in the bibliography.", remedy)
