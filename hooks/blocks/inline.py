"""Citation marks and caveat marks in running text, and the inline Markdown of a record's texts.

Marks are made by Python-Markdown's inline parser, so code spans and fences are never touched. What a mark stands for is worked out
later, when every page is known.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree

from markdown import Markdown, markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.util import ETX, STX, AtomicString

from hooks.core.citations import parse_group
from hooks.core.tree import HtmlElement, fragment
from hooks.linking.caveats import MARK
from hooks.series.caveats import BRACKETS, slip, slug_of

CITE = "cite-mark"
# Brackets that hold an at sign and are not the text of a link: [@GSA account](https://…), [@GSA][1].
_BRACKETS = r"\[([^\[\]]*@[^\[\]]*)\](?![(\[{])"
_ESCAPED = re.compile(f"{STX}(\\d+){ETX}")
_AFTER_ESCAPES_BEFORE_LINKS = 172
_BEFORE_LINKS = 171


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


class CaveatProcessor(InlineProcessor):
    """Turns `[reported]`, and what may be meant for it, into `<span class="caveat-mark" data-inside="reported">`."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[etree.Element | None, int | None, int | None]:
        inside = m[1]
        # `[reported]` with a definition of that name below is a link.
        if (slug_of(inside) is None and slip(inside) is None) or inside.lower() in self.md.references:
            return None, None, None
        mark = etree.Element("span", {"class": MARK, "data-inside": inside})
        mark.text = AtomicString(m[0])
        return mark, m.start(0), m.end(0)


class InlineMarks(Extension):
    """Both kinds of marks."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.inlinePatterns.register(CitationProcessor(_BRACKETS, md), "series-citation", _AFTER_ESCAPES_BEFORE_LINKS)
        md.inlinePatterns.register(CaveatProcessor(BRACKETS, md), "series-caveat", _BEFORE_LINKS)


def inline(text: str) -> list[HtmlElement]:
    """The Markdown `text` of a record as paragraphs, its marks and references to be resolved."""
    return list(fragment(markdown(text, extensions=[InlineMarks()])))
