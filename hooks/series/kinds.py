"""The kinds of publications, one record each: what each is called, where it stands, how it is referred to, and whether it is of the course.

Derived from it: the order of the series, labels, the schemes of references and their former names, what the bound series and the
catalogue hold, and the sections that a page must have. A new kind is one entry in `KINDS`; the forms it is given out in are named
in `editions.formats`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from hooks.series.records import ModuleFront, PublicationFront, SectorFront, SheetFront


@dataclass(frozen=True)
class Section:
    """A section that every publication of a kind has: the id of its heading, what belongs in it, to complete “It says …”,
    whether it is in a PDF that has room for a page or two, whether it is a paper to be taken out alone, on a page of its own, and whether it may be missing."""

    id: str
    says: str
    printed: bool = True
    alone: bool = False
    optional: bool = False


@dataclass(frozen=True)
class Kind:
    """One kind. `label` is printed where the kind alone is meant, `named` before a number: “Issue brief”, “Issue Brief 8”.

    `scheme` is that of references to it, `what` what a message calls it. `folder` is the first part of its addresses. `source` is a
    folder of docs/ in which each page but the index is one, `prefix` how their ids begin; `page` is the file of a kind of which
    there is one only. `numbered` ones have a number, the end of their id. `of_course` ones are turned over among the pages of the
    course. `in_series` ones are bound in the PDF of the whole series, `cited` ones have an entry in the catalogue, `advises` ones
    may hold recommendations and model clauses. `sections` stand on the page in their order. The PDF
    of those with `at_most` has no more pages than that, and is set like the card of a brief. The Word file of those with
    `letters_apart` holds their words to copy alone, each on a page of its own.
    """

    name: str
    label: str
    what: str
    named: str = ""
    scheme: str = ""
    folder: str = ""
    source: str = ""
    prefix: str = ""
    page: str = ""
    numbered: bool = False
    front: type[PublicationFront] = PublicationFront
    of_course: bool = False
    in_series: bool = True
    cited: bool = True
    advises: bool = True
    sections: tuple[Section, ...] = ()
    at_most: int = 0
    letters_apart: bool = False

    @property
    def one(self) -> str:
        """“an action sheet”, “a sector sheet”."""
        return f"{'an' if self.what[0] in 'aeiou' else 'a'} {self.what}"


_SHEET = (
    Section("first", "what to do first"),
    Section("not", "what not to do"),
    Section("words", "words to copy", printed=False),
    Section("keep", "what to keep"),
    Section("call", "whom to call"),
    Section("law", "what the law says, with how far it binds"),
    Section("more", "where the reasons stand"),
)
_SECTOR = (
    Section("differs", "what differs for this sector"),
    Section("do", "what to do"),
    Section("rules", "which rules bind it"),
    Section("cases", "what others did"),
    Section("clauses", "which clauses to take"),
    Section("words", "words to copy", printed=False, optional=True),
    Section("more", "where the reasons stand"),
)
_PACK = (
    Section("before", "what to do in the week before, day by day"),
    Section("run", "what happens, minute by minute"),
    Section("talks", "what to say in each talk"),
    Section("room", "the room and the materials, with counts"),
    Section("print", "what to print"),
    Section("later", "what is not done here, and where it is done"),
    Section("motions", "the motions, for whoever votes", alone=True, optional=True),
    Section("invitation", "the invitation, with what to read", printed=False, alone=True),
    Section("sign-in", "the sign-in sheet", alone=True),
    Section("evaluation", "the evaluation form", alone=True),
    Section("certificate", "the certificate", alone=True),
)
_ALL = (
    Kind("white-paper", "White paper", "white paper chapter", scheme="paper", folder="white-paper"),
    Kind("chapter", "White paper chapter", "white paper chapter", "White paper, chapter", "paper", "white-paper", numbered=True, cited=False),
    Kind("issue-brief", "Issue brief", "issue brief", "Issue Brief", "brief", "briefs", numbered=True),
    Kind(
        "now-sheet", "Action sheet", "action sheet", "Action Sheet", "now", "now", "docs/now", "now", numbered=True, front=SheetFront, advises=False,
        sections=_SHEET, at_most=1, letters_apart=True,
    ),
    Kind(
        "sector-sheet", "Sector sheet", "sector sheet", "Sector Sheet", "sector", "sectors", "docs/sectors", "ss", numbered=True, front=SectorFront,
        advises=False, sections=_SECTOR, at_most=2,
    ),
    Kind("questions", "Questions", "list of questions", page="docs/questions/index.md", in_series=False, advises=False),
    Kind(
        "model-policy", "Model policy", "model policy", "Model Policy", "model", "tools/models", "docs/tools/models", "mp", numbered=True, in_series=False,
        advises=False,
    ),
    Kind("templates", "Templates", "page of templates", page="docs/tools/notices.md", in_series=False, advises=False, letters_apart=True),
    Kind("workshop-summary", "Workshop summary", "workshop summary", page="docs/workshop/index.md"),
    Kind("interview-form", "Interview form", "interview form", in_series=False, cited=False),
    Kind("course", "Course", "course", of_course=True, in_series=False),
    Kind(
        "course-module", "Course module", "course module", "Module", "module", "course", numbered=True, front=ModuleFront, of_course=True,
        in_series=False, cited=False,
    ),
    Kind("course-check", "Final check", "final check", of_course=True, in_series=False, cited=False, advises=False),
    Kind("course-workbook", "Course workbook", "course workbook", of_course=True, in_series=False, cited=False),
    Kind(
        "course-pack", "Course pack", "course pack", scheme="pack", of_course=True, in_series=False, cited=False, advises=False, sections=_PACK,
        letters_apart=True,
    ),
)

KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in _ALL})
"""Every kind by its name, in the order in which publications are printed."""

SCHEMES: Mapping[str, str] = MappingProxyType({kind.scheme: kind.what for kind in _ALL if kind.scheme})
"""The schemes of references to publications, each with what a message calls them."""

SCHEME_OF: Mapping[str, str] = MappingProxyType({kind.folder: kind.scheme for kind in _ALL if kind.folder})
"""First part of a publication's address → the scheme of references to it."""

COURSE_KINDS = tuple(kind.name for kind in _ALL if kind.of_course)
"""The publications of the course, in the order in which they are printed."""
