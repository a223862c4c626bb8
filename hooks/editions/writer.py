"""Article HTML → Typst code, over a closed vocabulary.

The walk raises `EditionError` on whatever it does not know. Texts become string literals
(`literals`), all look is in `report.typ`: this module only says what things are.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import lxml.etree
import lxml.html
from lxml.html import HtmlElement

from .context import TablePlan, Walk
from .literals import array, block, call, string
from .model import EditionError, EditionRequest
from .vocabulary import BLOCKS, HEADINGS, children, classes, printed, unknown
from .writer_images import image
from .writer_inline import content, inline, is_blank
from .writer_tables import figure, table

_ENTRIES = frozenset({"references__list", "authorities__list"})


@dataclass(frozen=True)
class Article:
    """The article in Typst: `code` (statements), `anchors` (ids in order), `tables` (plans in
    order) and `images` (file name → content)."""

    code: str
    anchors: tuple[str, ...]
    tables: tuple[TablePlan, ...]
    images: dict[str, bytes]


def write_article(request: EditionRequest) -> Article:
    """Turn `request.html` into Typst code.

    Raises:
        EditionError: an unknown element or class, a missing image, a doubled id, a footnote
            without text or reference, a character that cannot be printed.
    """
    root = _parse(request)
    ids = [e.get("id") for e in printed(root) if e.get("id")]
    walk = Walk(request, frozenset(ids), _notes(root))
    code = "\n".join(_blocks(walk, root))
    for name, item in walk.notes.items():
        if name not in walk.used_notes:
            walk.fail("a footnote is never referred to", item)
    images = {name: request.images[source] for source, name in walk.images.items()}
    return Article(code, tuple(walk.anchors), tuple(walk.tables), images)


def _parse(request: EditionRequest) -> HtmlElement:
    # libxml2 stops at some control characters in silence: refuse them before it sees them.
    try:
        string(request.html.replace("\r\n", "\n"))
        return lxml.html.fragment_fromstring(request.html, create_parent="div")
    except (ValueError, lxml.etree.ParserError) as error:
        raise EditionError(request.source, f"the article cannot be read: {error}") from error


def _notes(root: HtmlElement) -> dict[str, HtmlElement]:
    items = (item for div in printed(root) if div.tag == "div" and "footnote" in classes(div)
             for item in div.iterfind("ol/li"))
    return {item.get("id", ""): item for item in items}


def _flow(walk: Walk, element: HtmlElement) -> str:
    """What `element` holds: one line of inline content, or blocks if it holds any."""
    if any(child.tag in BLOCKS for child in children(element)):
        return block(_blocks(walk, element))
    return inline(walk, content(element))


def _blocks(walk: Walk, element: HtmlElement) -> list[str]:
    """The blocks inside `element`; stray inline runs between them become paragraphs."""
    parts: list[str] = []
    tight = element.tag in ("li", "dd", "td", "th")
    groups = groupby(content(element), key=lambda c: not isinstance(c, str) and c.tag in BLOCKS)
    for is_block, group in groups:
        run = list(group)
        if is_block:
            parts += [_block(walk, child) for child in run]
        elif not is_blank(run):
            line = inline(walk, run)
            parts.append(line if tight else call("par", line))
    return [part for part in parts if part]


def _block(walk: Walk, element: HtmlElement) -> str:
    lacking = unknown(element)
    if lacking:
        walk.fail(f"an edition cannot print {lacking}")
    if element.tag in HEADINGS:
        # A heading's label is its destination, so its id needs no separate mark.
        name = walk.claim(element)
        level = f"level: {HEADINGS[element.tag]}"
        body = call("heading", level, inline(walk, content(element)))
        placed = call("at", walk.string(name, element), body) if name else body
        parts = [call("part-heading", walk.string(element.get("data-head") or text_content(element)), placed) if "part" in classes(element) else placed]
    else:
        body = _body(walk, element)
        parts = [body] if body else []
    language = walk.language(element)
    if language and parts:
        return call("foreign", *language, block(parts))
    return block(parts) if parts else ""


def text_content(element: HtmlElement) -> str:
    """The words of `element`, white space folded."""
    return " ".join("".join(element.itertext()).split())


def _body(walk: Walk, element: HtmlElement) -> str:
    tag, names = element.tag, classes(element)
    if tag == "div" and "footnote" in names:
        return ""  # printed where they are referred to
    if tag == "p":
        return _paragraph(walk, element)
    if tag in ("ul", "ol"):
        return _list(walk, element)
    if tag == "dl":
        return _terms(walk, element, "definitions")
    if tag == "hr":
        return "rule()"
    if tag == "pre":
        text = "".join(element.itertext()).removesuffix("\n")
        return block([*walk.anchor(element),
                      call("raw", "block: true", walk.string(text, element))])
    if tag == "table":
        return table(walk, element, _flow)
    if tag == "figure":
        anchor = walk.claim(element)
        body = figure(walk, element, _flow)
        return call("at", walk.string(anchor, element), body) if anchor else body
    if tag == "section" and "recommendation" in names:
        return _recommendation(walk, element)
    if tag in ("blockquote", "aside", "section", "div"):
        return _container(walk, element)
    walk.fail("a part stands outside the element it belongs to", element)


def _paragraph(walk: Walk, element: HtmlElement) -> str:
    run = content(element)
    pictures = [part for part in run if not isinstance(part, str)]
    if len(pictures) == 1 and pictures[0].tag == "img" and is_blank(
            [part for part in run if isinstance(part, str)]):
        picture = call("image-figure", image(walk, pictures[0], inline=False), "none", "false")
        return block([*walk.anchor(element), picture])
    if is_blank(run) and not element.get("id"):
        return ""
    body = block([*walk.anchor(element), inline(walk, run)])
    names = classes(element)
    style = next(iter(names)).replace("__", "-") if names else "par"
    return call(style, body)


def _list(walk: Walk, element: HtmlElement) -> str:
    items, names = [], classes(element)
    loose = False
    parent = element.getparent()
    checks = parent is not None and "checklist" in classes(parent)
    ordered = element.tag == "ol"
    for item in children(element):
        lacking = unknown(item)
        if item.tag != "li" or lacking:
            walk.fail(f"an edition cannot print {lacking or 'this'} in a list", item)
        loose = loose or any(child.tag == "p" for child in children(item))
        body = block([*walk.anchor(item), _flow(walk, item)])
        language = walk.language(item)
        items.append(call("foreign", *language, body) if language else body)
    kind = "check-list" if checks else "entry-list" if names & _ENTRIES else ""
    tight = f"tight: {'false' if loose else 'true'}"
    mark = walk.anchor(element)
    if kind:
        return block([*mark, call(kind, *items)])
    if not ordered:
        return block([*mark, call("list", tight, *(call("list.item", i) for i in items))])
    start = element.get("start") or "1"
    if not start.isdigit():
        walk.fail(f"a list cannot start at {start!r}", element)
    numbered = [call("enum.item", i) for i in items]
    style = ['numbering: "A."'] if element.get("type") == "A" else []
    return block([*mark, call("enum", tight, f"start: {start}", *style, *numbered)])


def _terms(walk: Walk, element: HtmlElement, kind: str) -> str:
    """A `dl`: several `dt` share a line each, several `dd` follow one another."""
    entries: list[tuple[list[str], list[str], bool]] = []
    for child in children(element):
        if child.tag == "dt":
            if not entries or entries[-1][1]:
                entries.append(([], [], False))
            entries[-1][0].append(block([*walk.anchor(child), inline(walk, content(child))]))
        elif child.tag == "dd" and entries:
            terms, texts, listed = entries[-1]
            run = [part for part in content(child) if not isinstance(part, str) or part.strip()]
            listed = listed or (not texts and bool(run) and getattr(run[0], "tag", "") == "ul")
            texts.append(block([*walk.anchor(child), _flow(walk, child)]))
            entries[-1] = (terms, texts, listed)
        else:
            walk.fail("a definition list holds something else than dt and dd", child)
    rows = [array([block(_between(t, "linebreak()")), block(_between(d, "parbreak()")),
                   "true" if listed else "false"]) for t, d, listed in entries]
    return block([*walk.anchor(element), call(kind, *rows)])


def _between(parts: list[str], separator: str) -> list[str]:
    return [x for part in parts for x in (separator, part)][1:]


def _container(walk: Walk, element: HtmlElement) -> str:
    names = classes(element)
    mark = walk.anchor(element)
    if "glance" in names:
        inner = [_terms(walk, c, "facts") if c.tag == "dl" else _block(walk, c)
                 for c in children(element)]
        return call("glance", block([*mark, *inner]))
    if "space" in names:
        lines = sum("space__line" in classes(child) for child in children(element))
        label = [_block(walk, child) for child in children(element) if child.tag == "p"]
        return call("space", block([*mark, *label]), str(lines))
    inner = [*mark, *_blocks(walk, element)]
    for name, style in (("callout--case", "case-callout"), ("callout--law", "law-callout"),
                        ("clause", "clause"), ("scenario", "scenario"), ("exercise", "exercise"),
                        ("check", "check"), ("objectives", "glance"), ("slide", "slide")):
        if name in names:
            return call(style, block(inner))
    if element.tag == "aside":
        walk.fail("a callout is neither a case nor a law", element)
    if element.tag == "blockquote":
        return call("quote", "block: true", block(inner))
    if names & {"references", "authorities", "history"}:
        return call("apparatus", block(inner))
    return "\n".join(inner) if element.tag == "div" and not mark else block(inner)


def _recommendation(walk: Walk, element: HtmlElement) -> str:
    mark = walk.anchor(element)
    parts = children(element)
    if not parts or "recommendation__number" not in classes(parts[0]):
        walk.fail("a recommendation does not start with its number", element)
    number = inline(walk, content(parts[0]))
    body = [b for part in parts[1:] for b in [_block(walk, part)] if b]
    return call("recommendation", number, block([*mark, *body]))
