"""Callouts: each kind's name, how it is completed from the records of the series, and how it looks in print, in one place.

The block that authors write, the closed vocabulary of editions, and the forms in PDF, Word and EPUB are derived from `CALLOUTS`: a
new kind is one entry there with the function that completes it. On the page, site.css gives every callout its form; a kind
may have rules of its own under its `css_class`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from hooks.blocks.platforms import fact_parts
from hooks.core.problems import suggestion
from hooks.core.tree import E, HtmlElement, element, long_date
from hooks.linking.caveats import marked
from hooks.linking.labels import overdue_note, source_label, standing
from hooks.linking.model import Draft
from hooks.series import vocabulary as words
from hooks.series import withheld
from hooks.series.model import Series

Complete = Callable[[Draft, HtmlElement, str, Series, date], None]
"""Fills the element of a callout in place: the page, the element with what the author wrote, the argument, the series, today."""


@dataclass(frozen=True)
class Callout:
    """A kind of callout. `name` is what authors write: `/// law | id`.

    `tone` is the color of its rule and label in print, by its name in look.toml; `rule` is the left border in an EPUB, in CSS, which tells
    kinds apart without color; `typst` the function of report.typ that sets it.
    """

    name: str
    complete: Complete
    tone: str
    rule: str = "2px solid"
    typst: str = ""

    @property
    def css_class(self) -> str:
        return f"callout--{self.name}"

    @property
    def style(self) -> str:
        """How its styles in Word begin: "Law" for “Law Label”."""
        return self.name.capitalize()

    @property
    def typst_call(self) -> str:
        return self.typst or f"callout.with(colors.{self.tone})"


def _unknown(draft: Draft, what: str, block: str, name: str, series: Series, known: Mapping[str, object]) -> None:
    if series.is_unread(block, name):
        return
    needle = f"/// {block} | {name}".strip(" |")
    if name:
        draft.report("reference", needle, f"There is no {what} “{name}”.", suggestion(name, known, f"Known are: {', '.join(list(known)[:12])}."))
    else:
        draft.report("reference", needle, f"A {block} block does not say which {what} it shows.", f"Write “/// {block} | id”.")


def body_of(node: HtmlElement, default: str) -> list[HtmlElement]:
    """What the author wrote in the block, or else the record's own words."""
    return list(node) or [marked("p", default)]


def refill(node: HtmlElement, *parts: HtmlElement) -> None:
    for child in list(node):
        node.remove(child)
    node.text = None
    node.extend(parts)


def _case(draft: Draft, node: HtmlElement, name: str, series: Series, today: date) -> None:
    case = series.case.get(name)
    if name in series.withheld:
        node.set("class", "callout")
        refill(node, E.P(f"{withheld.NOTE.capitalize()} stood here."))
        return
    if case is None:
        _unknown(draft, "case study", "case", name, series, series.case)
        return
    front = case.front
    label = f"Case study · {words.LEVELS[front.level].lower()} · {source_label(case).lower()}"
    node.set("aria-label", f"Case study: {front.title}")
    meta = element("p", "callout__meta", f"{front.agency}, {front.jurisdiction}, {front.year} · ", element("a", "", "Read the case", href=f"case:{name}"))
    refill(node, element("p", "callout__label", label), element("p", "callout__title", front.title), *body_of(node, front.summary), meta)


def _law(draft: Draft, node: HtmlElement, name: str, series: Series, today: date) -> None:
    authority = series.authority.get(name)
    if authority is None:
        _unknown(draft, "authority", "law", name, series, series.authority)
        return
    node.set("aria-label", f"Law: {authority.name}")
    label = f"Law · {standing(authority)}"
    overdue = overdue_note(authority, today)
    meta = element("p", "callout__meta", element("a", "", authority.short, href=f"law:{name}"))
    reference = "" if authority.citation in authority.short else f", {authority.citation}"
    meta[0].tail = f"{reference} · next review {long_date(authority.review_by)}"
    parts = [element("p", "callout__label", label), element("p", "callout__title", authority.name), *body_of(node, authority.rule)]
    refill(node, *parts, *([overdue] if overdue is not None else []), meta)


def _platform(draft: Draft, node: HtmlElement, name: str, series: Series, today: date) -> None:
    fact = series.platform.get(name)
    if fact is None:
        _unknown(draft, "platform fact", "platform", name, series, series.platform)
        return
    draft.facts.append(name)
    # A page may quote several facts on one platform: what each is about tells them apart.
    node.set("aria-label", f"Platform: {fact.platform}{f', {fact.about}' if fact.about else ''}")
    refill(node, *fact_parts(fact, list(node), today))


CALLOUTS = (
    Callout("case", _case, "case", "4px double", "case-callout"),
    Callout("law", _law, "law", "3px dashed", "law-callout"),
    Callout("platform", _platform, "brand", "3px dotted", "platform-callout"),
)
"""Every kind, in the order in which they are completed."""


def kind_of(css_classes: frozenset[str]) -> Callout | None:
    """The kind of the callout that has these classes; None for one that has none."""
    return next((kind for kind in CALLOUTS if kind.css_class in css_classes), None)
