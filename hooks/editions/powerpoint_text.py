"""What an article says, as PowerPoint holds it: paragraphs of runs, at a level of a list, with their height once they are set."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from lxml.html import HtmlElement

from hooks.editions.columns import Ruler
from hooks.editions.vocabulary import BLOCKS, children, classes, content, dropped, numbered, numbers

_SPACE = re.compile(r"[ \t\n\r\f]+")  # HTML's white space; a no-break space is text
LINE, AFTER = 1.2, 0.45
"""A line is so many times as high as its face, and so much stands below a paragraph."""
INDENT = 1.3
"""What a level of a list takes at the left, in em."""
_RAGGED = 1.04
"""Ragged text takes so many times its room, and the faces of an office differ from ours."""


@dataclass(frozen=True)
class Style:
    """How a run is set. `link` is an absolute address, or empty; `raised` is 1 above the line, -1 below it."""

    bold: bool = False
    italic: bool = False
    mono: bool = False
    struck: bool = False
    underlined: bool = False
    raised: int = 0
    link: str = ""
    language: str = ""


@dataclass(frozen=True)
class Run:
    """Words in one style; a text of one line feed is a line break."""

    text: str
    style: Style = Style()


@dataclass(frozen=True)
class Paragraph:
    """One paragraph. `level` is that of a list, from 0; `mark` is "" for none, "•" for an item, or the item's number as it is printed.

    `kind` is the class of the paragraph on the page, such as `post__by`.
    """

    runs: tuple[Run, ...]
    level: int = 0
    mark: str = ""
    kind: str = ""

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    def height(self, width: float, size: float, ruler: Ruler) -> float:
        """Its height in points, set `size` points high in a column of `width` points."""
        room = max(width - (self.level + bool(self.mark)) * INDENT * size, size)
        lines = sum(_lines(part, room / size, ruler) for part in _broken(self.runs))
        return lines * size * LINE + AFTER * size


def _broken(runs: Sequence[Run]) -> list[list[Run]]:
    """The runs of each line that the author ended."""
    parts: list[list[Run]] = [[]]
    for run in runs:
        if run.text == "\n":
            parts.append([])
        else:
            parts[-1].append(run)
    return parts


def _lines(runs: Sequence[Run], room: float, ruler: Ruler) -> int:
    """The lines that runs take in `room` em: word after word, as an office sets them."""
    lines, at = 1, 0.0
    for run in runs:
        for word in re.findall(r"\S+\s*|\s+", run.text):
            wide = ruler.width(word.rstrip(), 600 if run.style.bold else 400, run.style.italic, run.style.mono) * _RAGGED
            if at and at + wide > room:
                lines, at = lines + 1, 0.0
            lines += max(0, math.ceil(wide / room) - 1)
            at += ruler.width(word, 600 if run.style.bold else 400, run.style.italic, run.style.mono) * _RAGGED
    return lines


def paragraphs(nodes: Sequence[HtmlElement], address: str, level: int = 0) -> list[Paragraph]:
    """The paragraphs of blocks of text in order, without tables and pictures. `address` is that of their page, in full."""
    return [part for node in nodes for part in _of(node, address, level)]


def _of(node: HtmlElement, address: str, level: int) -> Iterator[Paragraph]:
    tag, names = node.tag, classes(node)
    if dropped(node) and "notes" not in names:
        return
    if tag in ("ul", "ol"):
        marks = _marks(node)
        for item, mark in zip([child for child in children(node) if child.tag == "li"], marks, strict=True):
            yield from _item(item, address, level, mark)
    elif tag == "dl":
        for child in children(node):
            own = list(_flow(child, address, level + (child.tag == "dd")))
            yield from (replace(part, runs=_bold(part.runs)) for part in own) if child.tag == "dt" else own
    elif tag == "hr":
        return
    elif tag in ("h2", "h3", "h4", "h5", "dt", "summary"):
        yield Paragraph(_bold(runs(node, address)), level)
    elif tag == "pre":
        for line in "".join(node.itertext()).removesuffix("\n").split("\n"):
            yield Paragraph((Run(line or " ", Style(mono=True)),), level)
    elif tag in ("p", "figcaption") and not any(child.tag in BLOCKS for child in children(node)):
        own_runs = runs(node, address)
        if own_runs:
            yield Paragraph(own_runs, level, kind=next(iter(names), ""))
    elif tag == "table":
        for row in node.iter("tr"):
            cells = [part for cell in children(row) for part in (Run(" · "), *runs(cell, address))][1:]
            yield Paragraph(tuple(cells), level)
    else:
        yield from _flow(node, address, level + (tag == "blockquote"))


def _marks(node: HtmlElement) -> list[str]:
    if node.tag == "ul":
        return ["" if {"references__list", "authorities__list"} & classes(node) else "•" for child in children(node) if child.tag == "li"]
    return [f"{numbered(node.get('type') or '1', number)}." for number in numbers(node)]


def _item(item: HtmlElement, address: str, level: int, mark: str) -> Iterator[Paragraph]:
    # What follows the first line of an item stands below its words.
    parts = list(_flow(item, address, level + 1))
    if parts and not parts[0].mark:
        parts[0] = replace(parts[0], level=level, mark=mark)
    yield from parts


def _flow(node: HtmlElement, address: str, level: int) -> Iterator[Paragraph]:
    """What a node holds: its blocks, and the lines of text between them."""
    line: list[str | HtmlElement] = [node.text or ""]

    def told() -> Iterator[Paragraph]:
        own = _trimmed(list(_inline(line, address, Style())))
        line.clear()
        if own:
            yield Paragraph(own, level)

    for child in node:
        if isinstance(child.tag, str) and child.tag in BLOCKS and not (dropped(child) and "notes" not in classes(child)):
            yield from told()
            yield from _of(child, address, level)
        elif not dropped(child):
            line.append(child)
        line.append(child.tail or "")
    yield from told()


def runs(node: HtmlElement, address: str) -> tuple[Run, ...]:
    """What a paragraph says, white space folded as a browser does."""
    return _trimmed(list(_inline(content(node), address, Style())))


def _inline(parts: Sequence[str | HtmlElement], address: str, style: Style) -> Iterator[Run]:
    for part in parts:
        if isinstance(part, str):
            if part:
                yield Run(part, style)
            continue
        tag = part.tag
        if tag == "br":
            yield Run("\n", style)
            continue
        if tag == "img":
            yield Run(part.get("alt") or "", style)
            continue
        own = replace(
            style,
            bold=style.bold or tag in ("strong", "b", "th") or "caption-label" in classes(part),
            italic=style.italic or tag in ("em", "i", "cite", "var", "dfn"),
            mono=style.mono or tag in ("code", "kbd", "samp"),
            struck=style.struck or tag in ("s", "del"),
            underlined=style.underlined or tag in ("u", "ins"),
            raised=1 if tag == "sup" else -1 if tag == "sub" else style.raised,
            link=urljoin(address, part.get("href", "")) if tag == "a" and part.get("href") else style.link,
            language=part.get("lang") or style.language,
        )
        inner = list(_inline(content(part), address, own))
        yield from [Run("“", own), *inner, Run("”", own)] if tag == "q" else inner


def _trimmed(parts: Sequence[Run]) -> tuple[Run, ...]:
    found: list[Run] = []
    for part in parts:
        if part.text == "\n":
            if found and found[-1].text != "\n":
                found[-1] = replace(found[-1], text=found[-1].text.rstrip(" "))
            found.append(part)
            continue
        text = _SPACE.sub(" ", part.text)
        if not found or found[-1].text.endswith((" ", "\n")):
            text = text.lstrip(" ")
        if text:
            found.append(replace(part, text=text))
    while found and not found[-1].text.strip(" \n"):
        found.pop()
    if found:
        found[-1] = replace(found[-1], text=found[-1].text.rstrip(" "))
    return tuple(run for run in found if run.text)


def _bold(parts: Sequence[Run]) -> tuple[Run, ...]:
    return tuple(replace(part, style=replace(part.style, bold=True)) for part in parts)


def plain(parts: Sequence[Paragraph]) -> str:
    """The same as plain text, for notes: a link is its words and its address."""
    return "\n".join(f"{'    ' * part.level}{f'{part.mark} ' if part.mark else ''}{_said(part.runs)}" for part in parts)


def _said(parts: Sequence[Run]) -> str:
    said, index = "", 0
    while index < len(parts):
        link, words = parts[index].style.link, ""
        while index < len(parts) and parts[index].style.link == link:
            words += parts[index].text
            index += 1
        said += f"{words} ({link})" if link and link not in words else words
    return said
