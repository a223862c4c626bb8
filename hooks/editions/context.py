"""What the writer knows while it walks one article, and how it reports a fault."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NoReturn
from urllib.parse import unquote, urljoin, urlsplit

from lxml.html import HtmlElement

from hooks.core.locate import line_with
from hooks.editions import literals
from hooks.editions.columns import Ruler
from hooks.editions.model import EditionError, EditionRequest, TablePlan
from hooks.editions.vocabulary import describe

_SCHEMES = ("http", "https", "mailto", "tel")
# BCP 47, as far as Typst can say it: language, then perhaps a script (unsaid) and a region.
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:-[A-Za-z]{4})?(?:-([A-Za-z]{2}))?\Z")


def _measures_nothing() -> Ruler:
    raise NotImplementedError("a form that is not set on pages measures no text")


@dataclass
class Walk:
    """State of one walk: read-only facts of the article, and what the walk finds.

    `ids` are all ids that will be printed; `notes` the footnotes' list items by id; `ruler` gives what measures text. The rest is
    filled while writing: `anchors` (ids in order), `tables`, `images` (src → file name) and
    `used_notes`.
    """

    request: EditionRequest
    ids: frozenset[str]
    notes: dict[str, HtmlElement]
    anchors: list[str] = field(default_factory=list)
    tables: list[TablePlan] = field(default_factory=list)
    images: dict[str, str] = field(default_factory=dict)
    used_notes: set[str] = field(default_factory=set)
    ruler: Callable[[], Ruler] = _measures_nothing

    def fail(self, message: str, element: HtmlElement | None = None, remedy: str = "", written: Sequence[str] = (),
             kind: type[EditionError] = EditionError) -> NoReturn:
        """Stop, and name the first line of the source on which one of the words `written` stands."""
        where = "" if element is None else f", at {describe(element)}"
        lines = (line_with(self.request.source_text, words) for words in written)
        raise kind(self.request.source, f"{message}{where}", remedy, next((line for line in lines if line), None))

    def string(self, text: str, element: HtmlElement | None = None) -> str:
        try:
            return literals.string(text)
        except ValueError as error:
            self.fail(str(error), element)

    def anchor(self, element: HtmlElement) -> list[str]:
        """Typst source that marks the place of `element`'s id; empty if it has none."""
        name = self.claim(element)
        return [literals.call("dest", self.string(name, element))] if name else []

    def claim(self, element: HtmlElement) -> str | None:
        """The id of `element`, noted as a destination of the document."""
        name: str | None = element.get("id")
        if not name:
            return None
        if name in self.anchors:
            self.fail(f"the id {name!r} is given twice", element)
        if any(char.isspace() for char in name):
            self.fail(f"the id {name!r} contains white space", element)
        self.anchors.append(name)
        return name

    def image(self, element: HtmlElement) -> tuple[str, str]:
        """The `src` of an `img`, for which there is a file, and its text alternative, empty for a decoration."""
        source, alt = element.get("src") or "", element.get("alt")
        if alt is None:
            self.fail("an image has no text alternative", element)
        if source not in self.request.images:
            self.fail(f"the image file {source!r} is missing", element)
        return source, alt

    def language(self, element: HtmlElement) -> tuple[str, str] | None:
        """`element`'s own language as two Typst values (language, region), or None."""
        tag = element.get("lang")
        if not tag:
            return None
        match = _LANGUAGE.match(tag)
        if not match:
            self.fail(f"{tag!r} is not a language tag such as 'es' or 'es-MX'", element)
        language, region = match.groups()
        return self.string(language), self.string(region.lower()) if region else "none"

    def target(self, element: HtmlElement) -> tuple[bool, str]:
        """Where a link leads: (True, id) inside the document, or (False, absolute address)."""
        href = (element.get("href") or "").strip()
        page = self.request.page_url
        address = urljoin(page, href)
        bare, _, fragment = address.partition("#")
        fragment = unquote(fragment)
        if fragment and bare == page.partition("#")[0] and fragment in self.ids:
            return True, fragment
        parts = urlsplit(address)
        if parts.scheme not in _SCHEMES or (parts.scheme.startswith("http") and not parts.netloc):
            self.fail(f"the link address {href!r} cannot be followed from paper", element)
        return False, address
