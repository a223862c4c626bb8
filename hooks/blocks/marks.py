"""The Markdown extension: citation marks and caveat marks in the text, and the series' callout blocks.
"""

from __future__ import annotations

import xml.etree.ElementTree as etree
from typing import Any
from urllib.parse import urlsplit

from markdown import Markdown
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from pymdownx.blocks import BlocksExtension

from hooks.blocks.blocks import BLOCKS, COURSE_BLOCKS
from hooks.blocks.dialects import plain_spaces
from hooks.blocks.inline import InlineMarks
from hooks.blocks.markup import UNREAD
from hooks.citing.registry import show_handles
from hooks.core.locate import fences

_BEFORE_ALL_OTHERS = 1000
_AFTER_INLINE_BEFORE_MKDOCS = 1
_BEFORE_NOTES_ARE_ORDERED = 19.5
_MOST_VALUES = 1000


class ShowHandles(Preprocessor):
    """Puts back the at signs that were hidden from mkdocs-bibtex, and common spaces where a text program put others around a mark."""

    def run(self, lines: list[str]) -> list[str]:
        return [line if fenced else plain_spaces(line) for _, line, fenced in fences(show_handles("\n".join(lines)))]


class Addresses(Treeprocessor):
    """Sets aside what is written as an address and is none: MkDocs would stop at it. `hooks.blocks.markup` reports it."""

    def run(self, root: etree.Element) -> None:
        for node in root.iter():
            for name in ("href", "src"):
                try:
                    urlsplit(node.get(name) or "")
                except ValueError:
                    # MkDocs counts on an address of some kind.
                    node.set(UNREAD, node.get(name) or "")
                    node.set(name, "")


class EmptyNotes(Treeprocessor):
    """Gives a note of which nothing is left the way back that the next step looks for: it would end the build. That it is lost is told."""

    def run(self, root: etree.Element) -> None:
        for notes in root.iterfind(".//div[@class='footnote']"):
            for note in notes.iterfind("ol/li"):
                if note.find(".//a[@class='footnote-backref']") is None:
                    mark = f"#{(note.get('id') or '').replace('fn:', 'fnref:', 1)}"
                    etree.SubElement(etree.SubElement(note, "p"), "a", {"class": "footnote-backref", "href": mark}).text = "↩"


class SeriesMarks(BlocksExtension, InlineMarks):
    """Citations and callouts. Needs no configuration: pages are filled in from the series later."""

    def extendMarkdown(self, md: Markdown) -> None:
        super().extendMarkdown(md)
        md.preprocessors.register(ShowHandles(md), "series-handles", _BEFORE_ALL_OTHERS)
        md.treeprocessors.register(Addresses(md), "series-addresses", _AFTER_INLINE_BEFORE_MKDOCS)
        md.treeprocessors.register(EmptyNotes(md), "series-empty-notes", _BEFORE_NOTES_ARE_ORDERED)
        InlineMarks.extendMarkdown(self, md)

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: Any) -> None:
        for block in (*BLOCKS, *COURSE_BLOCKS):
            block_mgr.register(block, {})
        split = block_mgr.split_header

        def split_header(block: str, length: int) -> tuple[Any, str]:
            options, rest = split(block, length)
            if isinstance(options, dict):
                # YAML 1.1 takes “on” for a truth; the option of a post is a name.
                options = {"on" if name is True else name: value for name, value in options.items()}
            return (options if _are_options(options) else None), rest

        block_mgr.split_header = split_header


def _are_options(options: Any) -> bool:
    """Whether what stands below the first line of a block are options: names and few values. What has others is told as badly formed.

    YAML takes numbers, dates and nothing at all for names, which would end the build, and a few aliases for millions of values.
    """
    if not isinstance(options, dict) or not all(isinstance(name, str) for name in options):
        return False
    values, seen = [*options.values()], 0
    while values and seen < _MOST_VALUES:
        seen += 1
        value = values.pop()
        values += [*value.values()] if isinstance(value, dict) else value if isinstance(value, list) else []
    return not values


def makeExtension(**settings: Any) -> SeriesMarks:
    """Python-Markdown's entry point for `hooks.blocks.marks`."""
    return SeriesMarks(**settings)
