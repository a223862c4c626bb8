"""Listings about the series itself: what to paste to link to each publication, and every correction."""

from __future__ import annotations

from hooks.pages.tree import E, HtmlElement, append, element, long_date
from hooks.series.model import Series
from hooks.site.citing_us import permalink
from hooks.site.embed_code import frame, link


def link_texts(series: Series, site_url: str, name: str) -> HtmlElement:
    """For each publication: its link as text, as HTML, and the card."""
    root = element("div", "register register--links", data_search_exclude="")
    for item in series.publications:
        section = element("section", "link-texts", element("h3", "", f"{item.label}, {item.full_title}", id_=f"link-{item.id}", data_search_exclude=""))
        address = permalink(site_url, item)
        rows = (
            ("Text and address", f"{item.label}, {item.full_title}. {address}", "the link text"),
            ("A link in HTML", link(item, site_url), "the HTML link"),
            ("A card in HTML", frame(item, name, site_url), "the HTML of the card"),
        )
        for label, text, what in rows:
            code = element("code", "link-texts__code", text, data_copy=f"{what} of {item.label}")
            section.append(element("div", "copyable", element("p", "cite-box__label", label), element("p", "", code)))
        card = element("p", "", element("a", "", "See the card", href=f"../embed/{item.id}/"), " · ")
        append(card, element("a", "", "oEmbed", href=f"../oembed/{item.id}.json"))
        section.append(card)
        root.append(section)
    return root


def corrections(series: Series) -> HtmlElement:
    """Every erratum of the series, newest first."""
    found = [(erratum, item) for item in series.publications for erratum in item.front.errata]
    feeds = element("p", "", "Follow corrections: ", element("a", "", "Atom feed", href="feed.xml"), ", ", element("a", "", "JSON feed", href="feed.json"), ".")
    if not found:
        return element("div", "", element("p", "", "No correction has been published so far."), feeds)
    items = element("ul", "register register--corrections")
    for erratum, item in sorted(found, key=lambda row: (-row[0].date.toordinal(), row[0].id)):
        entry = element("li", "", element("strong", "", long_date(erratum.date)), ". ", id_=erratum.id)
        append(entry, element("a", "", href=f"{'brief' if item.kind == 'issue-brief' else 'paper'}:{item.slug}#{erratum.id}"))
        entry[-1].extend([E.EM(f"{item.label}, {item.front.title}")])
        append(entry, f": {erratum.note}")
        items.append(entry)
    return element("div", "", items, feeds)


_FEEDS = (
    ("New and changed publications", (("Atom", "../feed.xml"), ("JSON Feed", "../feed.json"))),
    ("Corrections", (("Atom", "../about/corrections/feed.xml"), ("JSON Feed", "../about/corrections/feed.json"))),
    ("Coming dates in the law", (("calendar (iCalendar)", "../law/dates.ics"),)),
    ("Everything, for programs", (("catalogue (JSON)", "../catalogue.json"), ("its JSON Schema", "../catalogue.schema.json"))),
)


def feeds() -> HtmlElement:
    """What can be subscribed to or read by a program, as a table for the page /linking/."""
    body = E.TBODY()
    for label, links in _FEEDS:
        cell = element("td")
        for index, (name, href) in enumerate(links):
            append(cell, ", " if index else "")
            append(cell, element("a", "", name, href=href))
        body.append(E.TR(element("th", "", label, scope="row"), cell))
    return E.TABLE(E.THEAD(E.TR(element("th", "", "What", scope="col"), element("th", "", "Address", scope="col"))), body)
