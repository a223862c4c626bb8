"""A clause's text, taken apart: blocks of runs, in which each run is words or a blank and knows the passage it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin

from hooks.pages.tree import HtmlElement
from hooks.series.typography import typographic

_MARKS = {"em": "em", "strong": "strong", "i": "em", "b": "strong"}
_LISTS = ("ul", "ol")


@dataclass(frozen=True)
class Run:
    """Words (`blank` false), or what stands in the brackets of a blank. `part` is the index of its conditional passage, -1 for none."""

    text: str
    blank: bool = False
    mark: str = ""
    href: str = ""
    part: int = -1


@dataclass
class Block:
    """A paragraph or list item. `list` is "", "ul" or "ol"; `level` counts lists around it from 0; `number` is that of an ordered item."""

    runs: list[Run] = field(default_factory=list)
    list: str = ""
    level: int = 0
    number: int = 0


class UnknownElement(ValueError):
    """A clause holds an element that a policy cannot have, such as a table."""


def blocks_of(text: HtmlElement, base: str) -> list[Block]:
    """The blocks of a resolved `.clause__text`; links are made absolute against `base`. Raises UnknownElement."""
    return [block for block in _blocks(text, base, 0) if block.runs]


def _blocks(parent: HtmlElement, base: str, level: int) -> Iterator[Block]:
    for node in parent:
        if node.tag == "p":
            yield Block(_folded(_runs(node, base)))
        elif node.tag in _LISTS:
            yield from _items(node, base, level)
        else:
            raise UnknownElement(node.tag)


def _items(node: HtmlElement, base: str, level: int) -> Iterator[Block]:
    number = int(node.get("start", "1"))
    for item in node:
        own = Block(list=node.tag, level=level, number=number if node.tag == "ol" else 0)
        inner = [child for child in item if child.tag in (*_LISTS, "p")]
        if not inner or inner[0].tag != "p":
            own.runs = _folded(_runs(item, base, stop=_LISTS))
        yield own
        for child in inner:
            if child.tag == "p":
                if not own.runs:
                    own.runs = _folded(_runs(child, base))
                else:
                    yield Block(_folded(_runs(child, base)))
            else:
                yield from _items(child, base, level + 1)
        number += 1


def _runs(node: HtmlElement, base: str, mark: str = "", href: str = "", stop: tuple[str, ...] = ()) -> Iterator[Run]:
    if node.text:
        yield Run(node.text, mark=mark, href=href)
    for child in node:
        classes = (child.get("class") or "").split()
        if "blank" in classes:
            yield Run(child.text_content()[1:-1], blank=True, mark=mark)
        elif child.tag in _MARKS:
            yield from _runs(child, base, _MARKS[child.tag], href)
        elif child.tag == "a":
            yield from _runs(child, base, mark, urljoin(base, child.get("href", "")))
        elif child.tag == "br":
            yield Run(" ", mark=mark)
        elif child.tag not in stop:
            yield from _runs(child, base, mark, href)
        if child.tail:
            yield Run(child.tail, mark=mark, href=href)


def _folded(runs: Iterable[Run]) -> list[Run]:
    """White space folded, as a browser shows it, also across runs."""
    out: list[Run] = []
    space = True
    for run in runs:
        text = "".join(" " if sign in " \t\r\n" else sign for sign in run.text)
        while "  " in text:
            text = text.replace("  ", " ")
        if space and not run.blank:
            text = text.removeprefix(" ")
        if text:
            out.append(Run(text, run.blank, run.mark, run.href))
            space = not run.blank and text.endswith(" ")
    if out and not out[-1].blank:
        last = out[-1]
        out[-1] = Run(last.text.rstrip(" "), last.blank, last.mark, last.href)
    return [run for run in out if run.text]


def plain(block: Block) -> str:
    """The text of a block with its brackets."""
    return "".join(f"[{run.text}]" if run.blank else run.text for run in block.runs)


def mark_part(blocks: list[Block], text: str, part: int) -> bool:
    """Give the runs of the passage `text` the index `part`. False if no block holds it once, whole, and between blanks."""
    wanted = " ".join(typographic(text).split())
    for block in blocks:
        start = plain(block).find(wanted)
        if start < 0 or plain(block).count(wanted) > 1:
            continue
        cut = _cut(block.runs, start, start + len(wanted), part)
        if cut is None:
            return False
        block.runs = cut
        return True
    return False


def _cut(runs: list[Run], start: int, end: int, part: int) -> list[Run] | None:
    out, at = [], 0
    for run in runs:
        length = len(run.text) + (2 if run.blank else 0)
        a, b = max(start - at, 0), min(end - at, length)
        at += length
        if a >= b:
            out.append(run)
        elif run.blank and (a, b) != (0, length):
            return None
        elif run.blank:
            out.append(Run(run.text, True, run.mark, run.href, part))
        else:
            pieces = ((run.text[:a], run.part), (run.text[a:b], part), (run.text[b:], run.part))
            out += [Run(piece, False, run.mark, run.href, index) for piece, index in pieces if piece]
    return out
