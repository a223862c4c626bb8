"""What stands before and after the article in a Word edition."""

from __future__ import annotations

from collections.abc import Iterable

from lxml.html import HtmlElement

from hooks.pages.tree import append, element, long_date

from .model import EditionRequest
from .template import edition_line


def styled(name: str, *texts: str | HtmlElement) -> HtmlElement:
    """A paragraph in the Word style `name`, in the wrapper that pandoc reads styles from."""
    paragraph = element("p", "")
    for text in texts:
        append(paragraph, text)
    holder = element("div", "", paragraph)
    holder.set("data-custom-style", name)
    return holder


def opening(request: EditionRequest) -> Iterable[HtmlElement]:
    """Title, summary, dates, permanent address and elements."""
    facts = [edition_line(request)]
    if request.law_as_of:
        facts.append(f"Law as of {long_date(request.law_as_of)}")
    yield styled("Publication", f"{request.series} · {request.series_name}")
    yield styled("Title", request.title)
    if request.subtitle:
        yield styled("Subtitle", request.subtitle)
    if request.summary:
        yield styled("Summary", request.summary)
    yield styled("Facts", " · ".join(facts))
    yield styled("Facts", "Permanent address: ", element("a", "", request.permalink, href=request.permalink))
    if request.elements:
        yield styled("Facts", f"Policy elements: {', '.join(request.elements)}")


def closing(request: EditionRequest) -> Iterable[HtmlElement]:
    """How to cite, the edition history, and the imprint."""
    yield element("h1", "", "How to cite")
    yield styled("Bibliography", request.cite_as)
    if request.history:
        yield element("h1", "", "Edition history")
        for edition, when, note in request.history:
            yield styled("Bibliography", f"Edition {edition}, {when}. {note}")
    yield styled("Facts", f"{request.publisher_note} {request.licence}".strip())
