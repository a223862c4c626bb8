"""The page /releases/: every release of the whole with how to cite it, and every edition that a newer one has replaced."""

from __future__ import annotations

from urllib.parse import urljoin

from hooks.citing.cite_us import series_styles
from hooks.citing.this_copy import no_address
from hooks.core.tree import E, HtmlElement, append, element, long_date
from hooks.series.addresses import SERIES_ID, SERIES_PDF, dated_series_pdf, permanent
from hooks.series.model import Series
from hooks.series.releases import Release


def address_notice(site_url: str) -> HtmlElement:
    """What stands above addresses to copy, of a copy of the site that has none yet."""
    said = no_address(site_url)
    return element("div", "register", *([element("p", "notice", said)] if said else []), data_search_exclude="")


def licence(statement: str, address: str) -> HtmlElement:
    """How the text is licensed; the `address` of the licence is empty where nobody has confirmed it."""
    if address:
        said = [element("strong", "", statement), " ", element("a", "", address, href=address)]
        return element("div", "register", element("p", "", *said))
    why = " Whoever owns the text has not agreed to a license. Until then ask the publisher of this copy before you copy or change it."
    return element("div", "register", element("p", "", element("strong", "", statement), why))


def fixed(series: Series) -> HtmlElement:
    """Whether anything is fixed for good yet, for the rules on editions."""
    last = max((item.date for item in series.releases), default=None)
    if last is None:
        return element("div", "register", E.P("No release has been made yet, so nothing here is fixed: keep the PDF that you read."))
    return element("div", "register", E.P(f"What never changes is a release; the newest is of {long_date(last)}."))


def whole_series(series: Series, name: str, site_url: str) -> HtmlElement:
    """How to cite the whole series, for a page one folder below the root; `name` is that of the series."""
    day = series.edition_day
    if day is None:
        return element("div", "register", E.P("There is no volume of the whole yet."))
    pdf = element("a", "", "The whole series, as PDF", href=f"../{SERIES_PDF}")
    root = element("div", "register register--whole", *address_notice(site_url), E.P(pdf, f": edition of {long_date(day)}."))
    for style, text in series_styles(name, [name], day, site_url):
        root.append(_copyable(style, text, f"the citation in {style}"))
    root.append(_copyable("Permanent address: it leads to this place.", urljoin(site_url, permanent(SERIES_ID)), "the permanent address"))
    only_now = "Address of this edition, while it is the newest. Its text may still change: only a release is fixed."
    root.append(_copyable(only_now, urljoin(site_url, dated_series_pdf(day)), "the address of this edition"))
    return root


def _copyable(label: str, text: str, what: str) -> HtmlElement:
    return element("div", "copyable", element("p", "cite-box__label", label), element("p", "cite-box__text", text, data_copy=what))


def releases(series: Series, name: str) -> HtmlElement:
    """The releases, newest first; `name` is that of the series."""
    if not series.releases:
        return element("div", "register register--releases", E.P("No release has been made yet."))
    return element("div", "register register--releases", *(_release(item, name) for item in series.releases))


def _release(item: Release, name: str) -> HtmlElement:
    day = long_date(item.date)
    entry = element("div", "", element("h3", "", f"Release of {day}", id_=f"release-{item.date}"), E.P(item.note))
    cite = element("p", "", element("strong", "", "Cite: "), f"{name}. ({item.date.year}). ", E.EM(f"{name}, release of {day}"), ". ")
    address = f"https://doi.org/{item.doi}" if item.doi else item.url
    append(cite, element("a", "", address, href=address) if address else "")
    entry.append(cite)
    file = element("p", "", element("strong", "", "File: "))
    append(file, element("a", "", "the ZIP file", href=item.url) if item.url else "ask us for it")
    append(file, ". SHA-256 ")
    append(file, E.CODE(item.sha256))
    entry.append(file)
    return entry


def earlier_editions(series: Series) -> HtmlElement:
    """The editions that were kept, for a page one folder below the root."""
    if not series.kept:
        return element("div", "register", E.P("No edition has been replaced yet."))
    titles = {item.id: f"{item.label}. {item.full_title}" for item in series.publications}
    body = E.TBODY()
    for kept in series.kept:
        link = element("a", "edition-named", f"Edition {kept.edition} (PDF)", href=f"../{kept.address}")
        body.append(E.TR(element("th", "", titles[kept.publication], scope="row"), E.TD(long_date(kept.day) if kept.day else "not told"), E.TD(link)))
    heads = (element("th", "", label, scope="col") for label in ("Publication", "Last changed", "File"))
    return element("div", "register", E.TABLE(E.THEAD(E.TR(*heads)), body))
