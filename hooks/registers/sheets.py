"""The lists of action sheets, by how soon they are needed, and of sector sheets."""

from __future__ import annotations

from collections.abc import Iterable

from hooks.core.tree import E, HtmlElement, element, long_date
from hooks.core.urls import relative_url
from hooks.series import vocabulary as words
from hooks.series.addresses import beside
from hooks.series.model import Publication, Series
from hooks.series.records import SheetFront


def action_sheets(series: Series) -> HtmlElement:
    """Every action sheet in force, under how soon it is needed: what has happened, and its files."""
    root = element("div", "register register--sheets")
    there = [item for item in series.by_scheme["now"].values() if item.in_force]
    for slug, label in words.URGENCIES.items():
        own = [item for item in there if isinstance(item.front, SheetFront) and item.front.urgency == slug]
        if own:
            root.append(element("h2", "", label))
            root.append(_rows(own, "now/", "Letters in Word"))
    return root


def sector_sheets(series: Series) -> HtmlElement:
    """Every sector sheet in force: for whom, what it lets them decide, and its files."""
    return _rows([item for item in series.by_scheme["sector"].values() if item.in_force], "sectors/", "Word")


def _rows(items: Iterable[Publication], url: str, word: str) -> HtmlElement:
    rows = element("ul", "register register--briefs")
    for item in items:
        front = item.front
        row = element("li", "", element("p", "register__number", item.number))
        row.append(element("p", "", element("a", "register__title", item.full_title, href=item.reference)))
        row.append(element("p", "register__question", front.line))
        row.append(E.P(front.summary))
        row.append(element("p", "register__meta", f"Edition {front.edition}, {long_date(front.revised)}."))
        row.append(_files(item, url, word))
        rows.append(row)
    return rows


def _files(item: Publication, url: str, word: str) -> HtmlElement:
    """Links to its files; those that are not made are taken out later."""
    links = element("ul", "edition-links web-only")
    for suffix, label in (("pdf", "PDF"), ("docx", word)):
        link = element("a", "", label, element("span", "vh", f" of {item.front.title}"), href=relative_url(beside(item, suffix), url))
        links.append(element("li", "", link))
    return links
