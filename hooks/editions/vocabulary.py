"""The closed vocabulary of article HTML: what an edition can print, and nothing else.

An element or class that is not listed here stops the edition, so that a new kind of content is
given a printed form on purpose and never lost in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml.etree import _Comment
from lxml.html import HtmlElement

from hooks.blocks.callouts import CALLOUTS
from hooks.core.tree import OWN_PAGE
from hooks.linking.targets import SCHEMES
from hooks.series.vocabulary import CAVEATS, STRENGTHS

HEADINGS: Mapping[str, int] = {"h2": 1, "h3": 2, "h4": 3, "h5": 4}

_ALIGNMENTS = frozenset({"align-left", "align-center", "align-right"})
_CALLOUT = {"callout__label", "callout__title", "callout__meta", "callout__overdue", "callout__fact"}
_RECOMMENDATION = {"recommendation__number", "recommendation__strength", "recommendation__text", "recommendation__meta"}
_COURSE = {"scenario__label", "scenario__title", "scenario__note", "exercise__facts", "space__label", "check__label",
           "check__right", "check__note", "check__tests", "objectives__practises", "objectives__time", "practise", "post__label", "post__by", "slide__facts",
           "answer-key__for", "strip__time", "printable__copies"}
_XREF = {"xref"} | {f"xref--{kind}" for kind in SCHEMES}

_CAVEAT = {"caveat"} | {f"caveat--{slug}" for slug in CAVEATS}
_STRENGTH = {"strength"} | {f"strength--{slug}" for slug in STRENGTHS}

BLOCKS: Mapping[str, frozenset[str]] = {
    "h2": frozenset({"part", OWN_PAGE}), "h3": frozenset(), "h4": frozenset(), "h5": frozenset(),
    "p": frozenset(_CALLOUT | _RECOMMENDATION | _COURSE | {"clause__label", "clause__note", "letter__label", "letter__note",
                                                     "part__facts", "part__summary", "part-mark", "notice",
                                                     "question__facts"}),
    "ul": frozenset({"references__list", "authorities__list"}),
    "ol": frozenset({"objectives__list", "check__options", "check__reasons"}),
    "li": frozenset({"reference"}), "dl": frozenset(), "dt": frozenset(), "dd": frozenset(),
    "details": frozenset(), "summary": frozenset(), "blockquote": frozenset(), "pre": frozenset(), "hr": frozenset(),
    "table": frozenset(), "thead": frozenset(), "tbody": frozenset(), "tfoot": frozenset(),
    "tr": frozenset(), "th": _ALIGNMENTS, "td": _ALIGNMENTS,
    "figure": frozenset({"table", "figure", "table--even", "form"}), "figcaption": frozenset(),
    "aside": frozenset({"callout", "scenario", "post", "post--post", "post--comment", "post--message", *(kind.css_class for kind in CALLOUTS)}),
    "section": frozenset({"glance", "recommendation", "clause", "letter", "letter--notice", "references", "authorities", "key",
                          "history", "objectives", "exercise", "check", "open", "answers", "handout", "slide", "sheet", "answer-key",
                          "strips", "strip", "role-cards", "role-card", "printable", "printable-text", "printable-set", "printable-part"}),
    "div": frozenset({"footnote", "checklist", "recommendation__body", "clause__text", "letter__text", "space", "space__line",
                      "check__question", "workbook", "ask", "print-list", "answer-key__about"}),
}
"""Block elements and the classes each may carry."""

INLINES: Mapping[str, frozenset[str]] = {
    "em": frozenset(), "strong": frozenset({"part-mark__name"}), "code": frozenset(), "sup": frozenset(),
    "sub": frozenset(), "abbr": frozenset(), "q": frozenset(), "cite": frozenset(),
    "b": frozenset(), "i": frozenset(), "u": frozenset(), "s": frozenset(), "small": frozenset(), "kbd": frozenset(), "samp": frozenset(),
    "var": frozenset(), "dfn": frozenset(), "time": frozenset(), "bdi": frozenset(), "bdo": frozenset(), "wbr": frozenset(),
    "del": frozenset(), "ins": frozenset(), "mark": frozenset(), "br": frozenset(),
    "span": frozenset({"citation", "caption-label", "blank", "to-fill", "erratum", "standing", "force"}),
    "a": frozenset(_XREF | _CAVEAT | _STRENGTH | {"citation__ref", "footnote-ref"}), "img": frozenset(),
}
"""Inline elements and the classes each may carry."""

_DROPPED = frozenset({"web-only", "reference__backlinks", "footnote-backref", "headerlink"})
_CODE_CLASSES = ("language-", "highlight")
# A list made from the whole series prints as what it is made of.
_LISTS = frozenset({"div", "ul", "ol", "dl", "table"})


def classes(element: HtmlElement) -> frozenset[str]:
    return frozenset((element.get("class") or "").split())


def dropped(element: HtmlElement) -> bool:
    """True for comments and for what belongs to the web page alone."""
    return isinstance(element, _Comment) or not _DROPPED.isdisjoint(classes(element))


def children(element: HtmlElement) -> list[HtmlElement]:
    return [child for child in element if not dropped(child)]


def content(element: HtmlElement) -> list[str | HtmlElement]:
    """The run inside `element`: its texts and child elements in order."""
    run: list[str | HtmlElement] = [element.text or ""]
    for child in element:
        if not dropped(child):
            run.append(child)
        run.append(child.tail or "")
    return run


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
        if not (tag in ("code", "pre") and name.startswith(_CODE_CLASSES)) and not (tag in _LISTS and name.partition("--")[0] == "register"):
            return f"the class {name!r} of {describe(element)}"
    return None


def numbers(listing: HtmlElement) -> list[int]:
    """The numbers of the items of an `ol`, as a browser counts them: from `start`, backwards if `reversed`, from an item's own `value` on.

    Raises ValueError where one is no whole number.
    """
    items = [item for item in children(listing) if item.tag == "li"]
    back = listing.get("reversed") is not None
    number = int(listing.get("start") or (len(items) if back else 1))
    found = []
    for item in items:
        number = int(item.get("value") or number)
        found.append(number)
        number += -1 if back else 1
    return found


def numbered(kind: str, number: int) -> str:
    """A number as a list of that `type` prints it, without a period: 3, C, c, III, iii."""
    if kind in ("A", "a") and number > 0:
        text = ""
        while number:
            number, own = divmod(number - 1, 26)
            text = chr(ord(kind) + own) + text
        return text
    if kind in ("I", "i") and 0 < number < 4000:
        steps = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
                 (5, "v"), (4, "iv"), (1, "i"))
        text = ""
        for value, sign in steps:
            text += sign * (number // value)
            number %= value
        return text.upper() if kind == "I" else text
    return str(number)


def describe(element: HtmlElement) -> str:
    """The start tag with the attributes that help to find it, and the first words inside."""
    shown = "".join(f' {name}="{element.get(name)}"' for name in ("id", "class", "href", "src")
                    if element.get(name))
    words = " ".join("".join(element.itertext()).split())
    excerpt = f" ({words[:40]}…)" if len(words) > 40 else f" ({words})" if words else ""
    return f"<{element.tag}{shown}>{excerpt}"
