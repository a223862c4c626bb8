"""Inline HTML → Typst code: a run of text and inline elements becomes one Typst expression."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from .context import Walk
from .literals import block, call
from .vocabulary import INLINES, children, classes, dropped, unknown
from .writer_images import image

_SPACE = re.compile(r"[ \t\n\r\f]+")  # HTML's white space; a no-break space is text

_CALLS = {"em": "emph", "strong": "strong", "sup": "raised", "sub": "lowered", "cite": "emph",
          "del": "strike", "ins": "inserted", "mark": "highlight"}
_SPAN_CALLS = {"caption-label": "caption-label", "blank": "blank"}

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


def content(element: HtmlElement) -> list[str | HtmlElement]:
    """The run inside `element`: its texts and child elements in order."""
    run: list[str | HtmlElement] = [element.text or ""]
    for child in element:
        if not dropped(child):
            run.append(child)
        run.append(child.tail or "")
    return run


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
    if not inside:
        kind = "term-link" if "xref--term" in names else "web"
        return [_Node(f"{kind}({place}, ", ")", inner)]
    node = _Node(f"go({place}, ", ")", inner)
    return [node, call("page-of", place)] if "xref" in names else [node]


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
    return block([*anchor, call("note", key, number, _note_body(walk, item))])


def _note_body(walk: Walk, item: HtmlElement) -> str:
    parts = walk.anchor(item)
    # The note's number shares the first line, so its paragraphs are runs with breaks between.
    paragraphs = children(item)
    if not paragraphs or any(p.tag != "p" for p in paragraphs):
        walk.fail("a footnote may hold paragraphs only", item)
    for index, paragraph in enumerate(paragraphs):
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
            out.append(walk.string("".join(text)))
            text.clear()

    for part in parts:
        if isinstance(part, _Leaf) and not part.code:
            if part.text:
                text.append(part.text)
            continue
        flush()
        if isinstance(part, _Leaf):
            out.append(call("raw", walk.string(part.text, part.element)))
        elif isinstance(part, _Node):
            out.append(part.head + block(_source(walk, part.children)) + part.tail)
        else:
            out.append(part)
    flush()
    return out
