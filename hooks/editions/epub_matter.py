"""What stands before and after the article in an EPUB: the title page, and what the edition is."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from lxml.html import HtmlElement

from hooks.pages.tree import element, long_date

from .model import EditionRequest
from .template import edition_line

TITLE_PAGE = "epub.title-page"
ABOUT = "epub.about"
"""Ids of their headings. A dot is in no id but those of a part of the volume, and no part is called “epub”."""


def opening(request: EditionRequest) -> Iterable[HtmlElement]:
    """The title page: title, authors, summary, dates, permanent address, publisher's note and licence."""
    facts = [edition_line(request)]
    if request.law_as_of:
        facts.append(f"Law as of {long_date(request.law_as_of)}")
    yield element("h1", "", request.title, id_=TITLE_PAGE)
    if request.subtitle:
        yield element("p", "subtitle", request.subtitle)
    yield element("p", "kind", " · ".join(dict.fromkeys((request.series, request.series_name))))
    authors = ", ".join(request.authors)
    if authors and authors != request.series:
        yield element("p", "authors", authors)
    if request.summary:
        yield element("p", "part__summary", request.summary)
    yield element("p", "part__facts", " · ".join(facts))
    yield element("p", "part__facts", "Permanent address: ", element("a", "", request.permalink, href=request.permalink))
    yield element("p", "part__facts", f"{request.publisher_note} {request.licence}".strip())


def closing(request: EditionRequest, ids: Collection[str]) -> Iterable[HtmlElement]:
    """How to cite, the policy elements, and the edition history unless the article has one."""
    yield element("h1", "", "About this edition", id_=ABOUT)
    yield element("h2", "", "How to cite", id_=f"{ABOUT}-cite")
    yield element("p", "reference", request.cite_as)
    if request.elements:
        yield element("p", "part__facts", f"Policy elements: {', '.join(request.elements)}")
    if request.history and "edition-history" not in ids:
        yield element("h2", "", "Edition history", id_="edition-history")
        yield element("ul", "", *(element("li", "", f"Edition {edition}, {when}. {note}") for edition, when, note in request.history))
