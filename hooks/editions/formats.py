"""The forms in which publications are given out: one record each. A new form is one entry in `FORMATS` and the function that makes it.

Derived from it: which files are made and where they stand, what mkdocs.yml may ask for, the buttons on the page and the home page,
the links in a page's head, the keys of the catalogue and its schema, and how long hosts may keep the files.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hooks.editions.model import Edition, EditionRequest
from hooks.series.addresses import beside
from hooks.series.model import Publication


@dataclass(frozen=True)
class Format:
    """One form. `name` is what mkdocs.yml calls it; `suffix` ends its files' names, and is its key in the catalogue; `label` is what
    readers see; `media_type` is registered with IANA; `kinds` are those of the publications that have it, all where there are none.

    `make` gives the file's bytes for a request and a folder of fonts (see `fonts.build_fonts`), or for a PDF the `Edition`, which is
    then checked; it raises EditionError. `carries` says whether the file carries others, and a table of contents, as a PDF does.
    `labels` are what readers see instead at publications of some kinds.
    """

    name: str
    suffix: str
    label: str
    media_type: str
    make: Callable[[EditionRequest, Path], Edition | bytes]
    kinds: tuple[str, ...] = ()
    carries: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)

    def has(self, publication: Publication) -> bool:
        """Whether the publication is given out in this form."""
        return not self.kinds or publication.kind in self.kinds

    def label_of(self, publication: Publication) -> str:
        """What readers see at the publication."""
        return self.labels.get(publication.kind, self.label)

    def address(self, publication: Publication) -> str:
        """Where the file stands, relative to the site's root."""
        return beside(publication, self.suffix)


# What makes a file is loaded when one is to be made: most builds find them all in the cache.
def _pdf(request: EditionRequest, fonts: Path) -> Edition:
    from hooks.editions.compile import make_edition

    return make_edition(request, fonts)


def _word(request: EditionRequest, fonts: Path) -> bytes:
    from hooks.editions.word import make_word

    return make_word(request, fonts)


def _epub(request: EditionRequest, fonts: Path) -> bytes:
    from hooks.editions.epub import make_epub

    return make_epub(request, fonts)


def _text(request: EditionRequest, fonts: Path) -> bytes:
    from hooks.editions.text import make_text

    return make_text(request)


def _powerpoint(request: EditionRequest, fonts: Path) -> bytes:
    from hooks.editions.powerpoint import make_powerpoint

    return make_powerpoint(request, fonts)


PDF = Format("pdf", "pdf", "PDF", "application/pdf", _pdf, carries=True)
WORD = Format(
    "word", "docx", "Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", _word,
    ("issue-brief", "now-sheet", "sector-sheet", "model-policy", "templates", "interview-form", "course-workbook", "course-pack"),
    labels={"now-sheet": "Letters in Word", "templates": "Notices in Word", "course-pack": "Letters and papers in Word"},
)
EPUB = Format("epub", "epub", "EPUB", "application/epub+zip", _epub, ("white-paper",))
TEXT = Format("text", "txt", "Plain text", "text/plain", _text, ("issue-brief", "now-sheet", "sector-sheet", "white-paper", "questions"))

FORMATS = (PDF, WORD, EPUB, TEXT)
"""Every form, in the order in which they are offered; the PDF is the first."""

POWERPOINT = Format(
    "powerpoint", "pptx", "PowerPoint", "application/vnd.openxmlformats-officedocument.presentationml.presentation", _powerpoint,
)
"""Of sets of slides, beside their PDF; publications are not given out in it."""

BY_NAME = {form.name: form for form in (*FORMATS, POWERPOINT)}
EDITIONS = (*BY_NAME, "series")
"""What mkdocs.yml may ask for under `extra.series.editions`: the forms, and the PDF of the whole series."""
