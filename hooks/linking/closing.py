"""What is added to a page after its own text: References, Law cited, and the store of previews."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby

from hooks.citing.bibliography import Source
from hooks.citing.citeproc import Formatted
from hooks.core.tree import E, HtmlElement, append, element, fragment, inner_html, text_of
from hooks.core.urls import relative_url
from hooks.linking.caveats import CAVEAT, caveats_in, explanation, mark_id, marked, meaning
from hooks.linking.labels import standing
from hooks.linking.links import Used
from hooks.linking.model import Draft
from hooks.linking.strength import STRENGTH, strength_preview, strengths_in
from hooks.series import vocabulary as words
from hooks.series.addresses import law_page
from hooks.series.caveats import written
from hooks.series.records import Authority

LAW_DAYS = (
    "“Law as of” at the head is the day on which the law was last gone over as a whole. Each authority has its own day, below; a recommendation gives the "
    "earliest of those in its evidence."
)
"""What the days mean, above the law that a publication with recommendations cites."""


def references(used: Used, formatted: Formatted) -> HtmlElement | None:
    """The sources that the page cites, in the style's order, with links back to each place."""
    keys = [key for key in formatted.references if key in used.citations]
    if not keys:
        return None
    section = element("section", "references", E.H2("References", id="references-title"), id_="references", aria_labelledby="references-title")
    items = element("ul", "references__list")
    for key in keys:
        item = fragment(formatted.references[key])
        item.tag = "li"
        item.set("id", f"ref-{key}")
        item.set("class", "reference")
        count = used.citations[key]
        if count:
            back = element("span", "reference__backlinks", "Cited here: ")
            for number in range(1, count + 1):
                append(back, " " if number > 1 else "")
                label = f"Back to citation {number} of {_short(item)}"
                append(back, element("a", "", str(number), href=f"#cite-{key}-{number}", aria_label=label))
            append(item, " ")
            item.append(back)
        items.append(item)
    section.append(items)
    return section


def _short(item: HtmlElement) -> str:
    """“Author. Year”, which tells two works of one author apart."""
    return ". ".join(text_of(item).split(". ")[:2])[:80]


def law_cited(draft: Draft, authorities: list[Authority]) -> HtmlElement | None:
    """The authorities that the page refers to, those that bind most and were read most first.

    How far they bind, how far they were read and as of when stands once, over all of which it is true: a `dt` before their `dd`.
    Its `data-order` lets a bound volume put the groups of many pages in one order.
    """
    if not authorities:
        return None
    section = element("section", "authorities", E.H2("Law cited", id="law-cited-title"), id_="law-cited", aria_labelledby="law-cited-title")
    items = element("dl", "authorities__list")
    for order, group in groupby(sorted(authorities, key=lambda a: (_order(a), a.name.lower())), key=_order):
        for number, authority in enumerate(group):
            if number == 0:
                facts = standing(authority, "; ")
                items.append(element("dt", "", f"{facts[0].upper()}{facts[1:]}", data_order=order))
            name = element("a", "", authority.name, href=relative_url(law_page(authority.id), draft.page.url))
            items.append(element("dd", "", name, f", {authority.citation.rstrip('.')}"))
    section.extend([*([E.P(LAW_DAYS)] if draft.recommendations else []), items])
    return section


def _order(authority: Authority) -> str:
    """Text that sorts as the groups stand: by how far they bind, then how far they were read, then the newest first."""
    binding, reading = list(words.AUTHORITY_STATUSES).index(authority.status), list(words.AUTHORITY_READINGS).index(authority.read)
    return f"{binding}{reading}{date.max.toordinal() - authority.as_of.toordinal():07}"


def key_to_marks(tree: HtmlElement, more: str = "", records: Iterable[str] = ()) -> HtmlElement | None:
    """What the marks of the page mean: the strengths of its recommendations, and its caveats; None where there are none.

    They stand in its `tree`, or in `records`, printed above it. `more` is the address of the page on strength, if there is one.
    """
    strengths, caveats = strengths_in(tree), caveats_in(tree, *(marked("p", text) for text in records))
    if not strengths and not caveats:
        return None
    section = element("section", "key", E.H2("What the marks mean", id="marks-title"), id_="marks", aria_labelledby="marks-title")
    items = element("dl")
    for slug in strengths:
        items.append(element("dt", "", words.STRENGTHS[slug], id_=mark_id(slug)))
        items.append(element("dd", "", words.STRENGTH_MEANINGS[slug]))
    for slug in caveats:
        items.append(element("dt", "", written(slug), id_=mark_id(slug)))
        items.append(element("dd", "", meaning(slug)))
    section.append(items)
    if strengths and more:
        section.append(E.P(element("a", "", "How we grade a recommendation", href=more)))
    return section


def preview_store(tree: HtmlElement, used: Used, sources: Mapping[str, Source], formatted: Formatted) -> str:
    """The previews that the page's links show, as one hidden element; links are pointed at their entry by id."""
    store = element("div", "previews web-only", hidden="hidden")
    ids: dict[str, str] = {}
    for name, target in used.previews.items():
        ids[name] = f"pv-{len(ids) + 1}"
        entry = target.preview_element() if target is not None else _source_preview(name.removeprefix("source:"), sources, formatted)
        entry.set("id", ids[name])
        store.append(entry)
    explained = [(f"{CAVEAT}:{slug}", explanation(slug)) for slug in caveats_in(tree)]
    explained += [(f"{STRENGTH}:{slug}", strength_preview(slug)) for slug in strengths_in(tree)]
    for name, entry in explained:
        ids[name] = f"pv-{len(ids) + 1}"
        entry.set("id", ids[name])
        store.append(entry)
    for link in tree.iter("a"):
        name = link.get("data-preview")
        if name in ids:
            link.set("data-preview", ids[name])
    return inner_html(E.DIV(store)) if ids else ""


def _source_preview(key: str, sources: Mapping[str, Source], formatted: Formatted) -> HtmlElement:
    entry = fragment(formatted.references.get(key, ""))
    for link in list(entry.iter("a")):
        link.drop_tag()
    entry.tag = "p"
    entry.set("class", "preview__text")
    preview = E.DIV(element("p", "preview__label", "Source"), entry)
    note = sources[key].annotation if key in sources else None
    if note:
        preview.append(element("p", "preview__text", note.what))
    return preview
