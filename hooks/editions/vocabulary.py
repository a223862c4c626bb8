"""The closed vocabulary of article HTML: what an edition can print, and nothing else.

An element or class that is not listed here stops the edition, so that a new kind of content is
given a printed form on purpose and never lost in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml.etree import _Comment
from lxml.html import HtmlElement

HEADINGS: Mapping[str, int] = {"h2": 1, "h3": 2, "h4": 3, "h5": 4}

_ALIGNMENTS = frozenset({"align-left", "align-center", "align-right"})
_CALLOUT = {"callout__label", "callout__title", "callout__meta", "callout__overdue"}
_RECOMMENDATION = {"recommendation__number", "recommendation__text", "recommendation__meta"}
_COURSE = {"scenario__label", "scenario__title", "scenario__note", "exercise__facts", "space__label", "check__label",
           "check__right", "check__note", "objectives__practises", "objectives__time", "practise"}
_XREF = {"xref"} | {f"xref--{kind}" for kind in (
    "brief", "case", "figure", "law", "module", "paper", "rec", "table", "term")}

BLOCKS: Mapping[str, frozenset[str]] = {
    "h2": frozenset({"part"}), "h3": frozenset(), "h4": frozenset(), "h5": frozenset(),
    "p": frozenset(_CALLOUT | _RECOMMENDATION | _COURSE | {"clause__label", "clause__note",
                                                     "part__facts", "part__summary"}),
    "ul": frozenset({"references__list", "authorities__list"}),
    "ol": frozenset({"objectives__list", "check__options", "check__reasons"}),
    "li": frozenset({"reference"}), "dl": frozenset(), "dt": frozenset(), "dd": frozenset(),
    "blockquote": frozenset(), "pre": frozenset(), "hr": frozenset(),
    "table": frozenset(), "thead": frozenset(), "tbody": frozenset(), "tfoot": frozenset(),
    "tr": frozenset(), "th": _ALIGNMENTS, "td": _ALIGNMENTS,
    "figure": frozenset({"table", "figure"}), "figcaption": frozenset(),
    "aside": frozenset({"callout", "callout--case", "callout--law", "scenario"}),
    "section": frozenset({"glance", "recommendation", "clause", "references", "authorities",
                          "history", "objectives", "exercise", "check", "answers", "handout", "slide"}),
    "div": frozenset({"footnote", "checklist", "recommendation__body", "clause__text", "space", "space__line",
                      "check__question", "workbook"}),
}
"""Block elements and the classes each may carry."""

INLINES: Mapping[str, frozenset[str]] = {
    "em": frozenset(), "strong": frozenset(), "code": frozenset(), "sup": frozenset(),
    "sub": frozenset(), "abbr": frozenset(), "q": frozenset(), "cite": frozenset(),
    "del": frozenset(), "ins": frozenset(), "mark": frozenset(), "br": frozenset(),
    "span": frozenset({"citation", "caption-label", "blank", "erratum"}),
    "a": frozenset(_XREF | {"citation__ref", "footnote-ref"}), "img": frozenset(),
}
"""Inline elements and the classes each may carry."""

_DROPPED = frozenset({"web-only", "reference__backlinks", "footnote-backref", "headerlink"})
_CODE_CLASSES = ("language-", "highlight")


def classes(element: HtmlElement) -> frozenset[str]:
    return frozenset((element.get("class") or "").split())


def dropped(element: HtmlElement) -> bool:
    """True for comments and for what belongs to the web page alone."""
    return isinstance(element, _Comment) or not _DROPPED.isdisjoint(classes(element))


def children(element: HtmlElement) -> list[HtmlElement]:
    return [child for child in element if not dropped(child)]


def printed(element: HtmlElement) -> Iterator[HtmlElement]:
    """`element` and its descendants in document order, without what is dropped."""
    yield element
    for child in children(element):
        yield from printed(child)


def unknown(element: HtmlElement) -> str | None:
    """What the vocabulary lacks for `element`, in words; None if it is known."""
    tag = element.tag
    if not isinstance(tag, str):
        return "a processing instruction"
    known = BLOCKS.get(tag, INLINES.get(tag))
    if known is None:
        return f"the element {describe(element)}"
    for name in sorted(classes(element) - known):
        if not (tag in ("code", "pre") and name.startswith(_CODE_CLASSES)):
            return f"the class {name!r} of {describe(element)}"
    return None


def describe(element: HtmlElement) -> str:
    """The start tag with the attributes that help to find it, and the first words inside."""
    shown = "".join(f' {name}="{element.get(name)}"' for name in ("id", "class", "href", "src")
                    if element.get(name))
    words = " ".join("".join(element.itertext()).split())
    excerpt = f" ({words[:40]}…)" if len(words) > 40 else f" ({words})" if words else ""
    return f"<{element.tag}{shown}>{excerpt}"
