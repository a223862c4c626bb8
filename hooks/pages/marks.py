"""The Markdown extension: citation marks in the text, and the series' callout blocks.

Marks are made by Python-Markdown's inline parser, so code spans and fences are never touched. What a mark
stands for is worked out later, when every page is known (see `resolve`).
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.util import ETX, STX, AtomicString
from pymdownx.blocks import BlocksExtension

from hooks.citing.groups import parse_group
from hooks.citing.handles import show_handles
from hooks.pages.blocks import BLOCKS
from hooks.pages.course_blocks import COURSE_BLOCKS

CITE = "cite-mark"
# Brackets that hold an at sign and are not the text of a link: [@GSA account](https://…), [@GSA][1].
_BRACKETS = r"\[([^\[\]]*@[^\[\]]*)\](?![(\[{])"
_ESCAPED = re.compile(f"{STX}(\\d+){ETX}")
_AFTER_ESCAPES_BEFORE_LINKS = 172
_BEFORE_ALL_OTHERS = 1000


class ShowHandles(Preprocessor):
    """Puts back the at signs that were hidden from mkdocs-bibtex."""

    def run(self, lines: list[str]) -> list[str]:
        return [show_handles(line) for line in lines]


class CitationProcessor(InlineProcessor):
    """Turns `[@key, p. 4]` into `<span class="cite-mark" data-cite="@key, p. 4">`."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[etree.Element | None, int | None, int | None]:
        # Code spans and escapes of the text are put away by now: a placeholder stands for each. pandoc reads escapes too.
        inside = _ESCAPED.sub(lambda code: f"\\{chr(int(code[1]))}", self.unescape(m[1]))
        group = parse_group(inside)
        if group is None:
            return None, None, None
        mark = etree.Element("span", {"class": CITE, "data-cite": str(group)[1:-1]})
        mark.text = AtomicString(f"[{inside}]")
        return mark, m.start(0), m.end(0)


class SeriesMarks(BlocksExtension, Extension):
    """Citations and callouts. Needs no configuration: pages are filled in from the series later."""

    def extendMarkdown(self, md: Markdown) -> None:
        super().extendMarkdown(md)
        md.preprocessors.register(ShowHandles(md), "series-handles", _BEFORE_ALL_OTHERS)
        md.inlinePatterns.register(CitationProcessor(_BRACKETS, md), "series-citation", _AFTER_ESCAPES_BEFORE_LINKS)

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: Any) -> None:
        for block in (*BLOCKS, *COURSE_BLOCKS):
            block_mgr.register(block, {})


def makeExtension(**settings: Any) -> SeriesMarks:
    """Python-Markdown's entry point for `hooks.pages.marks`."""
    return SeriesMarks(**settings)
