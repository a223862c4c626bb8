"""Finding a brief by role or by subject, the model clauses as one policy, what to paste to link to each publication, every correction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from hooks.citing.cite_us import snippets
from hooks.core.tree import E, HtmlElement, append, element, fragment, long_date
from hooks.linking.model import Clause
from hooks.series import vocabulary as words
from hooks.series.addresses import embed, oembed, publication_feed
from hooks.series.model import Publication, Series


def briefs_by_role(series: Series) -> HtmlElement:
    """Each role with the briefs that are for it."""
    return _finder(series, words.ROLES, lambda brief: brief.front.roles, "role")


def briefs_by_subject(series: Series) -> HtmlElement:
    """Each policy element and theme with the briefs on it."""
    return _finder(series, words.TOPICS, lambda brief: brief.front.topics, "on")


def _finder(series: Series, labels: Mapping[str, str], of: Callable[[Publication], Collection[str]], prefix: str) -> HtmlElement:
    root = element("dl", "register register--finder")
    for slug, label in labels.items():
        known = [brief for brief in series.briefs.values() if slug in of(brief) and not brief.draft]
        there = [brief for brief in known if brief.in_force]
        if not known:
            continue
        root.append(element("dt", "", label, id_=f"{prefix}-{slug}"))
        # A line that has lost its last brief stays, for its address was promised.
        links = element("dd", "", "" if there else "No brief in force.")
        for index, brief in enumerate(there):
            append(links, "; " if index else "")
            append(links, element("a", "", _short(brief), href=f"brief:{brief.slug}"))
        root.append(links)
    return root


def _short(brief: Publication) -> str:
    return f"{brief.number}. {brief.front.title}"


def retired_briefs(series: Series) -> HtmlElement | None:
    """The briefs that were superseded or withdrawn, with what takes their place; None where there are none."""
    items = element("ul")
    for brief in series.briefs.values():
        if brief.retired:
            # The link is printed with its mark.
            item = element("li", "", element("a", "", f"{brief.label}, {brief.full_title}", href=f"brief:{brief.slug}"))
            successor = series.successor(brief)
            if successor is not None:
                append(item, ": read ")
                append(item, element("a", "", href=successor.reference))
            append(item, ".")
            items.append(item)
    return element("div", "", element("p", "", element("strong", "", "No longer in force")), items) if len(items) else None


def policy_template(clauses: tuple[Clause, ...]) -> HtmlElement:
    """Every model clause, in the order of the eight elements and then the themes, with why it is there and where it is explained.

    Of a clause whose publication was superseded or withdrawn only the title is left, for its address was promised.
    """
    root = element("div", "register register--template")
    for slug, label in words.TOPICS.items():
        known = [clause for clause in clauses if clause.element == slug and not clause.publication.draft]
        there = [clause for clause in known if clause.publication.in_force]
        if not known:
            continue
        root.append(element("h2", "", label, id_=slug))
        for clause in known:
            if clause.publication.retired:
                gone = element("p", "", f"{clause.title}: no longer offered. It stood in ", id_=clause.id)
                gone.append(element("a", "", href=clause.publication.reference))
                append(gone, ".")
                root.append(gone)
        for number, clause in enumerate(there, 1):
            heading = element("h3", "", f"{number}. {clause.title}", id_=clause.id)
            text = fragment(clause.html)
            for node in text.iter():
                if isinstance(node.tag, str):
                    node.attrib.pop("id", None)
            text.set("class", "clause__text")
            note = element("p", "clause__note", f"Why: {clause.note.rstrip('.')}. {clause.label}, explained in ")
            note.append(element("a", "", href=f"{clause.publication.reference}#clauses"))
            append(note, ".")
            root.append(element("section", "clause", heading, text, *_short_form(clause), note, aria_labelledby=clause.id))
    return root


def _short_form(clause: Clause) -> list[HtmlElement]:
    """The clause as a short policy has it, to be unfolded; nothing where it has no place there."""
    if not clause.short:
        return []
    text = fragment(clause.short)
    text.set("class", "clause__text")
    return [element("details", "clause__shorter", element("summary", "", "Short form"), text)]


def link_texts(series: Series, site_url: str, name: str) -> HtmlElement:
    """For each publication: its link as text, as HTML, and the card, with a frame and without."""
    root = element("div", "register register--links", data_search_exclude="")
    for item in series.publications:
        if item.draft:
            continue
        title = f"{item.label}, {item.full_title}" + (f" ({item.mark})" if item.mark else "")
        section = element("section", "link-texts", element("h3", "", title, id_=f"link-{item.id}", data_search_exclude=""))
        for label, text, what in snippets(item, name, site_url):
            code = element("code", "link-texts__code", text, data_copy=f"{what} of {item.label}")
            section.append(element("div", "copyable", element("p", "cite-box__label", label), element("p", "", code)))
        card = element("p", "", element("a", "", "See the card", href=f"../{embed(item.id)}"), " · ")
        append(card, element("a", "", "oEmbed", href=f"../{oembed(item.id)}"))
        append(card, " · ")
        append(card, element("a", "", "Feed of changes", href=f"../{publication_feed(item.id).atom}"))
        section.append(card)
        root.append(section)
    return root


def corrections(series: Series) -> HtmlElement:
    """Every erratum of the series, newest first."""
    found = [(erratum, item) for item in series.publications if not item.draft for erratum in item.front.errata]
    feeds = element("p", "", "Follow corrections: ", element("a", "", "Atom feed", href="feed.xml"), ", ", element("a", "", "JSON feed", href="feed.json"), ".")
    if not found:
        return element("div", "", element("p", "", "No correction has been published so far."), feeds)
    items = element("ul", "register register--corrections")
    for erratum, item in sorted(found, key=lambda row: (-row[0].date.toordinal(), row[0].id)):
        entry = element("li", "", element("strong", "", long_date(erratum.date)), ". ", id_=erratum.id)
        # The corrections stand at about/corrections/; a kind without references is linked by its address.
        place = f"{item.reference or f'../../{item.url}'}#{erratum.id}"
        append(entry, element("a", "", E.EM(f"{item.label}, {item.front.title}"), href=place))
        append(entry, f": {erratum.note}")
        items.append(entry)
    return element("div", "", items, feeds)
