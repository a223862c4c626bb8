"""What an edition is made from, what comes out, and the one error of this package."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path

from hooks.core.cache import digest
from hooks.core.typography import one_line


class EditionError(Exception):
    """An edition cannot be made. Names the file to mend.

    Attributes:
        source: the author's file (or the font or image file at fault).
        message: what is wrong, in a sentence, with the element or the Typst message.
        remedy: what to do; empty where the message says it.
        line: the line of the file, from 1, where it is known.
    """

    def __init__(self, source: Path, message: str, remedy: str = "", line: int | None = None) -> None:
        super().__init__(f"{source}: {message}")
        self.source = source
        self.message = message
        self.remedy = remedy
        self.line = line


class RoomError(EditionError):
    """It has no room in the size that it is set in; in a smaller one it may have."""


@dataclass(frozen=True)
class Attachment:
    """A file carried inside the PDF as an associated file (PDF/A-3, ISO 19005-3, 6.8).

    `relationship` is one of Typst's: "source", "data", "alternative", "supplement".
    """

    name: str
    media_type: str
    description: str
    data: bytes
    relationship: str = "supplement"


@dataclass(frozen=True)
class EditionRequest:
    """All that one PDF is made from: equal requests give equal bytes.

    `html` is the article's final HTML without an h1; `images` maps each `src` as it stands in
    the HTML to the file's content (SVG, PNG, JPEG, GIF or WebP). `permalink` and `page_url` are
    absolute; relative links are resolved against `page_url`. `history` holds (edition, date as
    text, note), newest first. `language` is BCP 47 without region, `region` is ISO 3166-1.
    An empty `edition` is known by its date alone. `contents` asks for a table of contents however short the document is, `contents_depth` levels
    deep. `bound` marks a volume of several publications: a title page, and running heads that name
    the part. `form` is "report"; "slides", one a page of 16:9; "handout", one page in all; "sheets", each begins
    a page, with a name at its top where they are `named`; "card", a page or more (`room`) in
    type as large as it has room for, under a `line` that says what it holds, `named` “card” where it goes beside
    another PDF of its publication; "paper", a form or certificate by its own name, on a page that may be `turned`; or "letters", each on a
    page of its own.
    A "volume" is put together from documents: it is what opens it, and `parts` are the requests of the rest, each of the form "part" and the last of
    which `closes` it; its contents have the names and titles `listed`. `numbers` are ids in the volume that links of
    one document lead to → the number of the page, which is printed where such links name theirs, or None where it is not.
    `apart` says that what closes a report begins a page, for what stands before is taken out alone.
    `size` is that of a card's text, in points, once it is chosen, and `closer` by what part of their distance the lines of a report stand
    closer than they usually do. `more` is printed after the dates: label → text.
    """

    pub_id: str
    kind_label: str
    number: str
    title: str
    subtitle: str
    summary: str
    edition: str
    published: date
    revised: date
    law_as_of: date | None
    permalink: str
    page_url: str
    cite_as: str
    elements: tuple[str, ...]
    authors: tuple[str, ...]
    series: str
    publisher_note: str
    licence: str
    history: tuple[tuple[str, str, str], ...]
    html: str
    source: Path
    images: Mapping[str, bytes] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
    language: str = "en"
    region: str = "us"
    contents: bool = False
    contents_depth: int = 1
    bound: bool = False
    form: str = "report"
    room: int = 1
    line: str = ""
    named: str = ""
    turned: bool = False
    apart: bool = False
    size: float = 0
    closer: float = 0
    more: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[EditionRequest, ...] = ()
    closes: bool = False
    listed: tuple[tuple[str, str], ...] = ()
    numbers: Mapping[str, int | None] = field(default_factory=dict)

    @property
    def source_text(self) -> str:
        """The Markdown that the edition was made from, as it is attached; empty where none is."""
        return next((file.data.decode() for file in self.attachments if file.relationship == "source"), "")

    @property
    def full_title(self) -> str:
        """Title and subtitle as one line."""
        return one_line(self.title, self.subtitle)

    @property
    def series_name(self) -> str:
        """What it is in the series: "Issue brief 8"."""
        return f"{self.kind_label} {self.number}".strip()

    def digest(self) -> str:
        """A digest of the request in hex, the same for equal requests."""
        parts: list[bytes | str] = []
        for item in fields(self):
            value = getattr(self, item.name)
            if item.name == "images":
                for name, content in sorted(value.items()):
                    parts += [name, content]
            elif item.name == "attachments":
                for file in value:
                    parts += [file.name, file.media_type, file.description, file.relationship, file.data]
            elif item.name == "parts":
                parts += [part.digest() for part in value]
            else:
                parts.append(value if isinstance(value, str) else repr(value))
            parts.append(item.name)
        return digest(*parts)


@dataclass(frozen=True)
class Edition:
    """A finished PDF: its bytes, its page count and the SHA-256 of the bytes in hexadecimal.

    `checked` holds, for each profile that the file was checked against and conforms to, its name
    and the number of rules; empty where it was not checked.
    """

    pdf: bytes
    pages: int
    sha256: str
    checked: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class TablePlan:
    """Row headers of one table: for each body row, the indexes of its cells that are headers."""

    row_headers: tuple[frozenset[int], ...]


@dataclass(frozen=True)
class Article:
    """The article in Typst: `code` (statements), `anchors` (ids in order), `tables` (plans in
    order) and `images` (file name → content)."""

    code: str
    anchors: tuple[str, ...]
    tables: tuple[TablePlan, ...]
    images: dict[str, bytes]


@dataclass(frozen=True)
class SetPart:
    """A document of a volume as it is set: its PDF, empty where it was only laid out, its page count, and the page of each id, from 1.

    `checked` is that of an `Edition`. One that was only laid out has its `article`, so that it need not be written again; the cache keeps none.
    """

    pdf: bytes
    pages: int
    places: Mapping[str, int]
    checked: tuple[tuple[str, int], ...] = ()
    article: Article | None = None


@dataclass(frozen=True)
class Destination:
    """A place in the PDF: name, page from 1, distance in points from the top of the page."""

    name: str
    page: int
    y: float
