"""The Typst documents of a volume that is put together from documents: what opens it, each part, and the feet of its pages."""

from __future__ import annotations

import string as string_
from collections.abc import Sequence
from urllib.parse import quote

from hooks.editions.literals import call, string
from hooks.editions.model import Article, EditionError, EditionRequest
from hooks.editions.template import attached, colophon_arguments, masthead_arguments, positions, report_arguments

_IMPORT = '#import "/report.typ": *'
_SPECIMEN = " ".join((string_.printable[:94], "“”‘’–—…·•§¶×½é\u2010", "fi fl ff ffi ffl fj ft tt"))
"""The usual letters and what they are joined to. A document that has others holds more of a font, and so does not share it."""


def volume_document(request: EditionRequest, article: Article) -> tuple[str, tuple[str, ...]]:
    """The main Typst source of what opens a volume: its title page, its contents, and the files that it carries. It has no destinations."""
    try:
        entries = [call("listed", string(place(request.page_url, name)), str(request.numbers[name]), string(title)) for name, title in request.listed]
        lines = [_IMPORT, _shown(request, "headed-from: 2"), "#{", *attached(request), call("title-page", masthead_arguments(request)),
                 call("volume-contents", string("Contents")), *entries]
    except ValueError as error:
        raise EditionError(request.source, f"{error} (in the front matter)") from error
    return "\n".join([*lines, call("ending"), "}", ""]), ()


def part_document(request: EditionRequest, article: Article, printed: bool) -> tuple[str, tuple[str, ...]]:
    """The same of a part; the ids of its destinations in order. One that is `printed`, and not laid out only, has one page before its first."""
    try:
        numbers = "".join(f"{string(name)}: {page}, " for name, page in request.numbers.items() if page is not None)
        lines = [_IMPORT, _shown(request, "headed-from: 1"), f"#let numbers = ({numbers or ':'})", "#{",
                 *([call("specimen", string(_SPECIMEN))] if printed else []), article.code]
        if request.closes:
            lines.append(call("colophon", colophon_arguments(request, False)))
    except ValueError as error:
        raise EditionError(request.source, f"{error} (in the front matter)") from error
    return "\n".join([*lines, *positions(article.anchors), call("ending"), "}", ""]), article.anchors


def feet_document(request: EditionRequest, turned: Sequence[bool]) -> str:
    """The same of the feet of a volume's pages, which are turned or not."""
    pages = ", ".join("true" if it else "false" for it in turned)
    return "\n".join([_IMPORT, f"#show: report.with({report_arguments(request)}, headed-from: {len(turned) + 1})", f"#feet({pages})", ""])


def place(address: str, name: str) -> str:
    """The address that stands for the destination `name` of the volume at `address`, until its documents are joined."""
    return f"{address}#{quote(name)}"


def _shown(request: EditionRequest, headed: str) -> str:
    return f"#show: report.with({report_arguments(request)}, numbered: false, {headed})"
