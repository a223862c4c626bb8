"""Article HTML → Typst code, over a closed vocabulary."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import PurePosixPath
from urllib.parse import unquote

import lxml.etree
import lxml.html
from lxml.html import HtmlElement

from hooks.blocks.callouts import kind_of
from hooks.core.tree import OWN_PAGE
from hooks.editions.breaks import has_long_run, pieces
from hooks.editions.columns import Layout, Ruler, boxed, form_of, is_empty, layout
from hooks.editions.context import Walk
from hooks.editions.law_cited import set_in_runs
from hooks.editions.literals import array, block, call, string
from hooks.editions.model import Article, EditionError, EditionRequest, RoomError, TablePlan
from hooks.editions.vocabulary import BLOCKS, HEADINGS, INLINES, children, classes, content, numbers, printed, unknown

_ENTRIES = frozenset({"references__list", "authorities__list"})


def write_article(request: EditionRequest, ruler: Callable[[], Ruler]) -> Article:
    """Turn `request.html` into Typst code. `ruler` gives what measures text, and is asked for where there is a table.

    Raises:
        EditionError: an unknown element or class, a missing image, a doubled id, a footnote
            without text or reference, a character that cannot be printed, a table too wide for any page.
    """
    root = _parse(request)
    ids = [e.get("id") for e in printed(root) if e.get("id")]
    walk = Walk(request, frozenset(ids), _notes(root), ruler=ruler)
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
        root = lxml.html.fragment_fromstring(request.html, create_parent="div")
    except (ValueError, lxml.etree.ParserError) as error:
        raise EditionError(request.source, f"the article cannot be read: {error}") from error
    set_in_runs(root)
    return root


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
        # What is repeated in contents and running heads may not mark a place again.
        inside = [mark for node in printed(element) if node is not element for mark in _taken(walk, node)]
        level = f"level: {HEADINGS[element.tag]}"
        body = call("heading", level, inline(walk, content(element)))
        placed = call("at", walk.string(name, element), body) if name else body
        if "part" in classes(element):
            placed = call("part-heading", walk.string(element.get("data-head") or text_content(element)), placed)
        fresh = [call("pagebreak", "weak: true")] if OWN_PAGE in classes(element) else []
        parts = [*fresh, *inside, placed]
    else:
        body = _body(walk, element)
        parts = [body] if body else []
    language = walk.language(element)
    if language and parts:
        return call("foreign", *language, block(parts))
    return block(parts) if parts else ""


def _taken(walk: Walk, node: HtmlElement) -> list[str]:
    """The mark of the place of a node, which then has none."""
    marks = walk.anchor(node)
    node.attrib.pop("id", None)
    return marks


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
                      code(walk, text, element, "block: true")])
    if tag == "table":
        body, place = table(walk, element, _flow)
        return _placed(place, body)
    if tag == "figure":
        anchor = walk.claim(element)
        body, place = figure(walk, element, _flow)
        made = _placed(place, call("at", walk.string(anchor, element), body) if anchor else body)
        return call("together", made) if not place and _is_short_form(element) else made
    if tag == "section" and "recommendation" in names:
        return _recommendation(walk, element)
    if tag == "summary":
        return call("par", call("strong", block([*walk.anchor(element), inline(walk, content(element))])))
    if tag in ("blockquote", "aside", "section", "div", "details"):
        return _container(walk, element)
    walk.fail("a part stands outside the element it belongs to", element)


def _placed(place: str, body: str) -> str:
    """`body` where a table stands that the text has no room for: "wide" or "turned"; as it is where there is room."""
    return call(f"{place}-table", body) if place else body


def code(walk: Walk, text: str, element: HtmlElement | None, *options: str) -> str:
    """Code, with places to break if it holds long runs."""
    raw = call("raw", *options, walk.string(text, element))
    return call("long-code", raw) if has_long_run(text) else raw


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
    if "part-mark" in names:
        return call("part-mark", walk.string(text_content(element.find("strong"))), body)
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
    try:
        own = numbers(element)
    except ValueError:
        walk.fail("the numbers of a list are no whole numbers", element)
    style = [f'numbering: "{element.get("type")}."'] if element.get("type") in ("A", "a", "I", "i") else []
    plain = own == list(range(own[0], own[0] + len(own))) if own else True
    if plain:
        return block([*mark, call("enum", tight, f"start: {own[0] if own else 1}", *style, *(call("enum.item", i) for i in items))])
    return block([*mark, call("enum", tight, *style, *(call("enum.item", str(number), i) for number, i in zip(own, items, strict=True)))])


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
        return call("glance", block([*mark, *inner]), *_kept(element, _SHORT_GLANCE))
    if "space" in names:
        lines = sum("space__line" in classes(child) for child in children(element))
        label = [_block(walk, child) for child in children(element) if child.tag == "p"]
        return call("space", block([*mark, *label]), str(lines))
    if "key" in names:
        return call("marks-key", block([*mark, *(_terms(walk, c, "facts") if c.tag == "dl" else _block(walk, c) for c in children(element))]))
    if "slide" in names:
        return _slide(walk, element, mark)
    if "printable-set" in names:
        return call("printable-set", *(_block(walk, child) for child in children(element)))
    inner = [*mark, *_blocks(walk, element)]
    kind = kind_of(names)
    if kind is not None:
        return call(kind.typst_call, block(inner), *_kept(element))
    for name, style in (("clause", "clause"), ("letter", "clause"), ("open", "still-open"), ("scenario", "scenario"), ("exercise", "exercise"),
                        ("check", "check"), ("objectives", "glance"), ("post", "post"), ("ask", "ask"),
                        ("printable", "printable"), ("printable-text", "printable-text"), ("strip", "strip"), ("role-card", "role-card")):
        if name in names:
            return call(style, block(inner), *(_kept(element) if style in _MAY_BE_KEPT else []))
    if element.tag == "aside":
        walk.fail("a callout is of no known kind", element)
    if element.tag == "blockquote":
        return call("quote", "block: true", block(inner))
    if names & {"references", "authorities", "history"}:
        return call("apparatus", block(inner))
    return "\n".join(inner) if element.tag == "div" and not mark else block(inner)


def _slide(walk: Walk, element: HtmlElement, mark: list[str]) -> str:
    """A slide: its heading, and what it says; what one looks at stands beside the text where it stands before or behind all of it."""
    head, parts = slide_parts(element)
    columns = slide_columns(parts)
    title = block([*mark, *(_block(walk, node) for node in head)])
    if columns is None:
        return call("slide", title, block([_block(walk, node) for node in parts]))
    first = "picture" if seen(columns[0][0]) else "text"
    sides = [block([_block(walk, node) for node in side]) for side in columns]
    return call("slide", title, call("beside", *sides, f'first: "{first}"'))


def slide_parts(element: HtmlElement) -> tuple[list[HtmlElement], list[HtmlElement]]:
    """The heading of a slide with what it says of an exercise, and the rest of it."""
    parts = children(element)
    ends = next((index for index, node in enumerate(parts) if node.tag not in HEADINGS and "slide__facts" not in classes(node)), len(parts))
    return parts[:ends], parts[ends:]


def slide_columns(parts: Sequence[HtmlElement]) -> tuple[list[HtmlElement], list[HtmlElement]] | None:
    """The two columns of a slide: text, and what one looks at, in the order in which they are written; None where they do not stand apart."""
    runs = [(looked_at, list(run)) for looked_at, run in groupby(parts, key=seen)]
    # A table needs the whole width.
    wide = any(node.tag == "table" or next(node.iter("table"), None) is not None for node in parts)
    return (runs[0][1], runs[1][1]) if len(runs) == 2 and not wide else None


def seen(node: HtmlElement) -> bool:
    """Whether a part of a slide is looked at and not read on: a post, a picture."""
    pictured = next(node.iter("img"), None) is not None
    return "post" in classes(node) or (pictured and (node.tag == "figure" or (node.tag == "p" and not text_content(node))))


_MAY_BE_KEPT = frozenset({"clause", "scenario"})
_SHORT_BOX = 700
"""A box of up to so many characters, a fifth of a page, is not divided."""
_SHORT_GLANCE = 1500
"""The same of what stands at a glance, in smaller type."""


def _kept(element: HtmlElement, limit: int = _SHORT_BOX) -> list[str]:
    """The argument that keeps a short box on one page."""
    return ["keep: true"] if len(text_content(element)) <= limit and not element.findall(".//table") else []


def _recommendation(walk: Walk, element: HtmlElement) -> str:
    mark = walk.anchor(element)
    parts = children(element)
    if not parts or "recommendation__number" not in classes(parts[0]):
        walk.fail("a recommendation does not start with its number", element)
    number = inline(walk, content(parts[0]))
    inside = [node for part in parts[1:] for node in (children(part) if "recommendation__body" in classes(part) and not part.get("id") else [part])]
    # What comes up to the sentence stands on one page with it.
    ends = next((index for index, node in enumerate(inside, 1) if "recommendation__text" in classes(node)), 1)
    first, body = ([b for node in nodes for b in [_block(walk, node)] if b] for nodes in (inside[:ends], inside[ends:]))
    return call("recommendation", number, block([*mark, *first]), block(body), *_kept(element))


_SPACE = re.compile(r"[ \t\n\r\f]+")  # HTML's white space; a no-break space is text

_CALLS = {"em": "emph", "i": "emph", "var": "emph", "dfn": "emph", "strong": "strong", "b": "strong", "u": "underline", "s": "strike",
          "sup": "raised", "sub": "lowered", "cite": "emph",
          "del": "strike", "ins": "inserted", "mark": "highlight"}
_SPAN_CALLS = {"caption-label": "caption-label", "blank": "blank", "to-fill": "to-fill"}

Run = Sequence["str | HtmlElement"]


@dataclass
class _Leaf:
    """Text whose white space is still to be collapsed; `code` marks a raw text."""

    text: str
    element: HtmlElement | None = None
    code: bool = False


@dataclass
class _Node:
    """Typst source around children: `head`, the children as one argument, `tail`."""

    head: str
    tail: str
    children: list[_Leaf | _Node | str] = field(default_factory=list)


def is_blank(run: Run) -> bool:
    return all(isinstance(part, str) and not _SPACE.sub("", part) for part in run)


def inline(walk: Walk, run: Run) -> str:
    """One Typst expression for `run`, white space collapsed and trimmed as a browser does."""
    parts = _parts(walk, run)
    _collapse(parts)
    return block(_source(walk, parts))


def _parts(walk: Walk, run: Run) -> list[_Leaf | _Node | str]:
    parts: list[_Leaf | _Node | str] = []
    for item in run:
        if isinstance(item, str):
            parts.append(_Leaf(item))
        else:
            parts.extend(_element(walk, item))
    return parts


def _element(walk: Walk, element: HtmlElement) -> list[_Leaf | _Node | str]:
    lacking = unknown(element)
    if lacking:
        walk.fail(f"an edition cannot print {lacking}")
    if element.tag not in INLINES:
        walk.fail("a block element stands inside a line of text", element)
    # A footnote's marks carry the note's own anchors.
    if element.tag == "sup" and any("footnote-ref" in classes(c) for c in children(element)):
        return [_note(walk, element)]
    parts: list[_Leaf | _Node | str] = list(walk.anchor(element))
    parts.extend(_printed(walk, element))
    language = walk.language(element)
    if language:
        return [_Node(f"foreign({language[0]}, {language[1]}, ", ")", parts)]
    return parts


def _printed(walk: Walk, element: HtmlElement) -> list[_Leaf | _Node | str]:
    tag = element.tag
    if tag == "br":
        return ["linebreak()"]
    if tag == "wbr":
        return ["cut"]
    if tag == "img":
        return [image(walk, element, inline=True)]
    if tag == "code":
        if any(child.tag != "span" for child in children(element)):
            walk.fail("code holds another element", element)
        return [_Leaf("".join(element.itertext()), element, code=True)]
    inner = _parts(walk, content(element))
    if tag == "a":
        return _link(walk, element, inner)
    if tag == "q":
        return ["\"“\"", *inner, "\"”\""]
    if tag in _CALLS:
        return [_Node(f"{_CALLS[tag]}(", ")", inner)]
    for name in classes(element) & _SPAN_CALLS.keys():
        return [_Node(f"{_SPAN_CALLS[name]}(", ")", inner)]
    return inner  # abbr, span, span.citation


def _link(walk: Walk, element: HtmlElement,
          inner: list[_Leaf | _Node | str]) -> list[_Leaf | _Node | str]:
    if element.get("href") is None:
        return inner
    if not "".join(element.itertext()).strip() and not element.findall(".//img"):
        walk.fail("a link has no text", element)
    inside, target = walk.target(element)
    place = walk.string(target, element)
    names = classes(element)
    at = f"label({place})" if inside else place
    if "caveat" in names:
        return [_Node(f"caveat({at}, ", ")", inner)]
    if "strength" in names:
        grade = next(name for name in names if name.startswith("strength--")).removeprefix("strength--")
        return [_Node(f"strength({walk.string(grade)}, {at}, ", ")", inner)]
    numbers, name = walk.request.numbers, unquote((element.get("href") or "").removeprefix("#"))
    if not inside and name in numbers:
        # Joining the documents of the volume turns the address into a place of it.
        node = _Node(f"web({place}, ", ")", inner)
        return [node, call("page-named", "numbers", walk.string(name))] if "xref" in names else [node]
    if not inside:
        kind = "term-link" if "xref--term" in names else "web"
        return [_Node(f"{kind}({place}, ", ")", inner)]
    node = _Node(f"go({place}, ", ")", inner)
    return [node, call("page-of", place, *(["named: numbers"] if name in numbers else []))] if "xref" in names else [node]


def _note(walk: Walk, element: HtmlElement) -> str:
    mark = next(c for c in children(element) if "footnote-ref" in classes(c))
    name = (mark.get("href") or "").removeprefix("#")
    item = walk.notes.get(name)
    if item is None:
        walk.fail(f"the footnote {name!r} has no text", element)
    anchor = walk.anchor(element)
    key = walk.string(name, element)
    if name in walk.used_notes:
        return block([*anchor, call("note-again", key)])
    walk.used_notes.add(name)
    number = walk.string("".join(mark.itertext()).strip(), element)
    made = block([*anchor, call("note", key, number, _note_body(walk, item))])
    # The engine takes the words of a heading for its bookmark, but not what depends on where it stands.
    return f"context {made}" if any(above.tag in HEADINGS for above in element.iterancestors()) else made


def _note_body(walk: Walk, item: HtmlElement) -> str:
    parts = walk.anchor(item)
    # The note's number shares the first line, so its paragraphs are runs with breaks between.
    paragraphs = children(item)
    if not paragraphs:
        walk.fail("a footnote has no text", item)
    for index, paragraph in enumerate(paragraphs):
        if paragraph.tag != "p":
            parts.append(_block(walk, paragraph))
            continue
        run = _without_backlink(content(paragraph))
        if is_blank(run):
            continue
        parts += ["parbreak()"] if index else []
        parts += [*walk.anchor(paragraph), inline(walk, run)]
    return block(parts)


def _without_backlink(run: list[str | HtmlElement]) -> list[str | HtmlElement]:
    """`run` without the no-break space that Python-Markdown sets before the link back."""
    tail = ""
    while run and isinstance(run[-1], str):
        tail = str(run.pop()) + tail
    return [*run, tail.rstrip("\u00a0 \n")]


def _leaves(parts: list[_Leaf | _Node | str]) -> list[_Leaf | str]:
    flat: list[_Leaf | str] = []
    for part in parts:
        flat.extend(_leaves(part.children) if isinstance(part, _Node) else [part])
    return flat


def _collapse(parts: list[_Leaf | _Node | str]) -> None:
    after_space, last = True, None
    for leaf in _leaves(parts):
        if isinstance(leaf, str):
            if leaf == "linebreak()":
                if last is not None:
                    last.text = last.text.rstrip(" ")
                after_space, last = True, None
            elif not leaf.startswith("dest("):
                after_space, last = False, None
            continue
        text = _SPACE.sub(" ", leaf.text)
        if after_space:
            text = text.removeprefix(" ")
        leaf.text = text
        if text:
            after_space, last = text.endswith(" "), leaf
    if last is not None:
        last.text = last.text.rstrip(" ")


def _source(walk: Walk, parts: list[_Leaf | _Node | str]) -> list[str]:
    out: list[str] = []
    text: list[str] = []

    def flush() -> None:
        if text:
            out.extend(_between([walk.string(piece) for piece in pieces("".join(text))], "cut"))
            text.clear()

    for part in parts:
        if isinstance(part, _Leaf) and not part.code:
            if part.text:
                text.append(part.text)
            continue
        flush()
        if isinstance(part, _Leaf):
            out.append(code(walk, part.text, part.element))
        elif isinstance(part, _Node):
            out.append(part.head + block(_source(walk, part.children)) + part.tail)
        else:
            out.append(part)
    flush()
    return out


Flow = Callable[[Walk, HtmlElement], str]

# Where tables are there to be filled in.
_TO_FILL_IN = frozenset({"exercise", "workbook", "form"})
_SHORT_FORM = 6
"""Rows of a table to fill in that stand on one page."""
_TO_READ = frozenset({"scenario", "sheet"})
"""And where not, though they stand among those."""


def figure(walk: Walk, element: HtmlElement, flow: Flow) -> tuple[str, str]:
    """A `figure` with a table or an image, and its caption as the HTML gives it; and the place of its table as in `Layout`."""
    caption, first, body, place = "none", False, None, ""
    for index, child in enumerate(children(element)):
        if child.tag == "figcaption":
            caption, first = _caption(walk, child), index == 0
        elif body is not None:
            walk.fail("a figure holds more than one thing", element)
        elif child.tag == "table":
            body, place = table(walk, child, flow)
        else:
            pictures = [child] if child.tag == "img" else children(child)
            if len(pictures) != 1 or pictures[0].tag != "img" or child.tag not in ("p", "img"):
                walk.fail("a figure must hold one image or one table", element)
            body = image(walk, pictures[0], inline=False)
    if body is None:
        walk.fail("a figure is empty", element)
    kind = "table-figure" if "table" in classes(element) else "image-figure"
    # Text goes on below a high picture that waits for the next page; in a box there is no place for it to wait.
    floats = kind == "image-figure" and not boxed(element) and any(_is_high(walk, picture) for picture in element.iter("img"))
    return call(kind, body, caption, "true" if first else "false", *(["floats: true"] if floats else [])), place


def _caption(walk: Walk, element: HtmlElement) -> str:
    paragraphs = [child for child in children(element) if child.tag == "p"]
    if not paragraphs:
        return block([*walk.anchor(element), inline(walk, content(element))])
    parts = walk.anchor(element)
    for index, paragraph in enumerate(paragraphs):
        parts += ["parbreak()"] if index else []
        parts += [*walk.anchor(paragraph), inline(walk, content(paragraph))]
    return block(parts)


def table(walk: Walk, element: HtmlElement, flow: Flow) -> tuple[str, str]:
    """A Typst table: rows of `thead` repeat on every page, other rows follow; and its place as in `Layout`."""
    head: list[list[HtmlElement]] = []
    body: list[list[HtmlElement]] = []
    for part in children(element):
        lacking = unknown(part)
        if lacking:
            walk.fail(f"an edition cannot print {lacking}")
        rows = [part] if part.tag == "tr" else children(part)
        for row in rows:
            cells = children(row)
            if row.tag != "tr" or any(cell.tag not in ("th", "td") for cell in cells):
                walk.fail("a table holds something other than rows of cells", element)
            (head if part.tag == "thead" else body).append(cells)
    if not head and not body:
        walk.fail("a table is empty", element)
    columns = max(sum(_span(walk, cell, "colspan") for cell in row) for row in head + body)
    plan = len(walk.tables)
    walk.tables.append(TablePlan(tuple(
        frozenset(i for i, cell in enumerate(row) if cell.tag == "th") for row in body)))
    roomy = _is_form(element)
    how = _layout(walk, element, head + body, columns, roomy)
    arguments = [array([f"{width:g}pt" for width in how.widths]), f"{how.size:g}pt", "true" if how.keep else "false"]
    if head:
        cells = [_cell(walk, cell, "head-cell", flow) for row in head for cell in row]
        arguments.append(call("table.header", *cells))
    for row in body:
        arguments += [call("room") if roomy and is_empty(cell) else
                      _cell(walk, cell, "row-cell" if cell.tag == "th" else "cell", flow)
                      for cell in row]
    if plan + 1 != len(walk.tables):
        walk.fail("a table stands inside a table", element)
    return block([*walk.anchor(element), call("form-table" if roomy else "data-table", *arguments)]), how.place


def _is_form(element: HtmlElement) -> bool:
    """Whether a table, or a figure with one, is there to be filled in."""
    around = [classes(node) for node in element.iterancestors()]
    return any(names & _TO_FILL_IN for names in around) and not any(names & _TO_READ for names in around)


def _is_short_form(figure: HtmlElement) -> bool:
    """Whether a figure holds a table to fill in that takes some third of a page at most, and so is not divided."""
    return _is_form(figure) and 0 < len(figure.findall("./table/tbody/tr")) <= _SHORT_FORM


def _layout(walk: Walk, element: HtmlElement, rows: list[list[HtmlElement]], columns: int, roomy: bool) -> Layout:
    found = layout(rows, columns, element, form_of(walk.request.form, walk.request.size), walk.ruler(), roomy)
    if isinstance(found, Layout):
        return found
    heads = " ".join(text_content(cell) for cell in rows[0])
    walk.fail(f"the table “{heads[:60]}{'…' if len(heads) > 60 else ''}” is too wide for any page; nothing divides “{found}”",
              remedy="Give it fewer columns or shorter words, or divide it in two tables. One that stands in a list or a box has more room outside.",
              written=(heads, found), kind=RoomError)


def _cell(walk: Walk, cell: HtmlElement, kind: str, flow: Flow) -> str:
    lacking = unknown(cell)
    if lacking:
        walk.fail(f"an edition cannot print {lacking}")
    options = []
    for name in ("colspan", "rowspan"):
        span = _span(walk, cell, name)
        if span != 1:
            options.append(f"{name}: {span}")
    if cell.get("style"):
        walk.fail(f"an edition cannot print the style {cell.get('style')!r}", cell)
    align = next((name.removeprefix("align-") for name in (cell.get("class") or "").split()), cell.get("align"))
    if align in ("center", "right"):
        options.append(f"align: {align}")
    body = block([*walk.anchor(cell), flow(walk, cell)])
    return call(kind, body, *options)


def _span(walk: Walk, cell: HtmlElement, name: str) -> int:
    text = cell.get(name) or "1"
    if not re.fullmatch("[0-9]{1,6}", text) or not 1 <= int(text) <= 50:
        walk.fail(f"{name}={text!r} is not a number of cells", cell)
    return int(text)


_SUFFIXES = frozenset({".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp"})


_HIGH = 0.9
"""A picture so many times as high as wide takes more than half a page."""
_VIEW_BOX = re.compile(rb"<svg\b[^>]*\bviewBox=[\"']\s*\S+[\s,]+\S+[\s,]+([\d.]+)[\s,]+([\d.]+)")


def _is_high(walk: Walk, element: HtmlElement) -> bool:
    """Whether a picture takes much of a page, as far as its file says at once: SVG by its viewBox, PNG by its header."""
    data = walk.request.images.get(element.get("src") or "", b"")
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        width, height = (float(int.from_bytes(data[at:at + 4])) for at in (16, 20))
    else:
        found = _VIEW_BOX.search(data[:4000])
        width, height = (float(found[1]), float(found[2])) if found else (1.0, 0.0)
    return width > 0 and height / width > _HIGH


def image(walk: Walk, element: HtmlElement, *, inline: bool) -> str:
    """A Typst expression for an `img`; the file is entered in `walk.images`.

    Raises:
        EditionError: no file for the `src`, a format Typst cannot read, or no `alt`.
    """
    source, alt = walk.image(element)
    suffix = PurePosixPath(source).suffix.lower()
    if suffix not in _SUFFIXES:
        walk.fail(f"the image {source!r} is none of {', '.join(sorted(_SUFFIXES))}", element)
    name = walk.images.setdefault(source, f"image-{len(walk.images) + 1}{suffix}")
    file = walk.string(f"/{name}")
    alt = " ".join(alt.split())
    picture = call("pdf.artifact", call("image", file)) if not alt else call("image", file, f"alt: {walk.string(alt, element)}")
    return call("box", picture) if inline else picture
