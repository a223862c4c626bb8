"""The series: all that is known before a page is rendered. Built once, then only read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from hooks.builder.load import Builder
from hooks.series.course import Slides
from hooks.series.records import Authority, CaseFront, PublicationFront, Term
from hooks.series.tools import Tool
from hooks.series.vocabulary import KINDS


@dataclass(frozen=True)
class Publication:
    """One publication, or one chapter of the white paper.

    `path` is the source file relative to the project's root; `url` the page's address relative
    to the site's root, e.g. `briefs/records/`; `number` is printed ("8"), empty where there is none.
    """

    front: PublicationFront
    kind: str
    slug: str
    number: str
    path: str
    url: str

    @property
    def id(self) -> str:
        return self.front.id

    @property
    def label(self) -> str:
        """How the series names it: "Issue Brief 8", "White paper, chapter 3"."""
        names = {"issue-brief": "Issue Brief", "chapter": "White paper, chapter", "course-module": "Module"}
        return f"{names.get(self.kind) or KINDS[self.kind]} {self.number}".strip()

    @property
    def full_title(self) -> str:
        """Title and subtitle as one line; a title that ends in its own mark takes no colon."""
        title, subtitle = self.front.title, self.front.subtitle
        if not subtitle:
            return title
        return f"{title}{'' if title.endswith(('?', '!', '.')) else ':'} {subtitle}"


@dataclass(frozen=True)
class Case:
    """A case study: its record and where it stands."""

    front: CaseFront
    path: str
    url: str

    @property
    def id(self) -> str:
        return self.front.id


def _by_id(items: tuple) -> Mapping:
    return MappingProxyType({item.id: item for item in items})


@dataclass(frozen=True)
class Series:
    """Everything the sources say, in the order in which it is printed."""

    publications: tuple[Publication, ...] = ()
    cases: tuple[Case, ...] = ()
    authorities: tuple[Authority, ...] = ()
    terms: tuple[Term, ...] = ()
    places: Mapping[str, tuple[str, int | None]] = field(default_factory=dict)
    """Where each record stands: `law:<id>`, `term:<id>`, … → (path, line); its keys as `term:<id>.see`."""
    withheld: frozenset[str] = frozenset()
    """Ids of case studies that are not published because the interviewee has withdrawn consent."""
    unread: frozenset[str] = frozenset()
    """What is there but cannot be read, which was reported: source paths, and references such as `law:<id>` or `law:*`."""
    slides: tuple[Slides, ...] = ()

    tools: Mapping[str, Tool] = field(default_factory=dict)
    """The data of the interactive tools, by file."""
    builder: Builder | None = None
    """The policy builder, if the series has one."""

    def is_unread(self, scheme: str, name: str) -> bool:
        """Whether a reference leads to something that is there, but too broken to be read."""
        return f"{scheme}:{name}" in self.unread or f"{scheme}:*" in self.unread

    @cached_property
    def briefs(self) -> Mapping[str, Publication]:
        """Issue briefs by slug."""
        return MappingProxyType({p.slug: p for p in self.publications if p.kind == "issue-brief"})

    @cached_property
    def chapters(self) -> Mapping[str, Publication]:
        """The white paper (slug `white-paper`) and its chapters, by slug."""
        return MappingProxyType({p.slug: p for p in self.publications if p.kind in ("chapter", "white-paper")})

    @cached_property
    def modules(self) -> Mapping[str, Publication]:
        """The modules of the course by slug, in their order."""
        return MappingProxyType({p.slug: p for p in self.publications if p.kind == "course-module"})

    @cached_property
    def slides_by_path(self) -> Mapping[str, Slides]:
        """Slides by source path."""
        return MappingProxyType({item.path: item for item in self.slides})

    @cached_property
    def by_path(self) -> Mapping[str, Publication | Case]:
        """Publications and cases by source path."""
        return MappingProxyType({item.path: item for item in (*self.publications, *self.cases)})

    @cached_property
    def case(self) -> Mapping[str, Case]:
        return _by_id(self.cases)

    @cached_property
    def authority(self) -> Mapping[str, Authority]:
        return _by_id(self.authorities)

    @cached_property
    def term(self) -> Mapping[str, Term]:
        return _by_id(self.terms)
