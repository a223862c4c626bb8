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


class ShowHandles(Preprocessor):
    """Puts back the at signs that were hidden from mkdocs-bibtex, and common spaces where a text program put others around a mark."""

    def run(self, lines: list[str]) -> list[str]:
        return [line if fenced else plain_spaces(line) for _, line, fenced in fences(show_handles("\n".join(lines)))]


class Addresses(Treeprocessor):  # type: ignore[misc]  # Python-Markdown has no types
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


class SeriesMarks(BlocksExtension, InlineMarks):
    """Citations and callouts. Needs no configuration: pages are filled in from the series later."""

    def extendMarkdown(self, md: Markdown) -> None:
        super().extendMarkdown(md)
        md.preprocessors.register(ShowHandles(md), "series-handles", _BEFORE_ALL_OTHERS)
        md.treeprocessors.register(Addresses(md), "series-addresses", _AFTER_INLINE_BEFORE_MKDOCS)
        InlineMarks.extendMarkdown(self, md)

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: Any) -> None:
        for block in (*BLOCKS, *COURSE_BLOCKS):
            block_mgr.register(block, {})


def makeExtension(**settings: Any) -> SeriesMarks:
    """Python-Markdown's entry point for `hooks.blocks.marks`."""
    return SeriesMarks(**settings)
