"""The series: all that is known before a page is rendered. Built once, then only read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any

from hooks.core.typography import one_line
from hooks.series.coded_policies import CodedPolicy
from hooks.series.kinds import KINDS, SCHEMES, Kind
from hooks.series.load_policy_builder import Builder
from hooks.series.model_policies import ModelPolicy
from hooks.series.packs import Pack, Paper
from hooks.series.questions import OTHERS, Question
from hooks.series.records import Authority, CaseFront, DeckFront, ModuleFront, PlatformFact, PublicationFront, Term
from hooks.series.releases import Release
from hooks.series.roles import Role, Roles
from hooks.series.sources import QUESTIONS, ROLES, authority_path, questions_path, role_path
from hooks.series.tools import Tool

FACTS = ("title", "subtitle", "summary", "question", "edition", "published", "revised", "law_as_of", "review_by", "status")
"""The keys of front matter that are presented as they are."""


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
    def of_kind(self) -> Kind:
        """What holds of all of its kind."""
        return KINDS[self.kind]

    @property
    def in_force(self) -> bool:
        """Whether readers may rely on it: only then it stands in lists, and what it says counts elsewhere."""
        return self.front.status == "current"

    @property
    def draft(self) -> bool:
        """Whether it was never published: it has its page and its editions, but stands in no list and nothing of it is promised."""
        return self.front.status == "draft"

    @property
    def retired(self) -> bool:
        """Whether it was superseded or withdrawn: it keeps every address, and is marked wherever something leads to it."""
        return not self.in_force and not self.draft

    @property
    def mark(self) -> str:
        """What stands behind its name where it is not in force: "draft", "superseded" or "withdrawn"; empty otherwise."""
        return "" if self.in_force else self.front.status

    @property
    def lesson(self) -> ModuleFront:
        """The front matter of a course module."""
        if not isinstance(self.front, ModuleFront):
            raise TypeError(f"{self.id} is no course module")
        return self.front

    @property
    def label(self) -> str:
        """How the series names it: "Issue Brief 8", "White paper, chapter 3"."""
        return f"{self.of_kind.named or self.of_kind.label} {self.number}".strip()

    @property
    def kind_label(self) -> str:
        """The same without its number: "Issue Brief"; "White paper, chapter"."""
        return self.label.removesuffix(self.number).strip()

    @property
    def facts(self) -> dict[str, Any]:
        """What is said of it wherever it is presented: in its header, its editions and the catalogue."""
        own = {"id": self.id, "kind": self.kind, "kind_label": self.kind_label, "number": self.number}
        return own | {name: getattr(self.front, name) for name in (*FACTS, "more")}

    @property
    def full_title(self) -> str:
        """Title and subtitle as one line."""
        return one_line(self.front.title, self.front.subtitle)

    @property
    def reference(self) -> str:
        """How a page refers to it, e.g. `brief:records`; empty for a kind that has no scheme of its own."""
        return f"{self.of_kind.scheme}:{self.slug}" if self.of_kind.scheme else ""


@dataclass(frozen=True)
class SlidePlace:
    """One slide of a set: its `number` as page, PDF and PowerPoint count it (the title is 1), its `id` on the page, and its title in plain words."""

    number: int
    id: str
    title: str


@dataclass(frozen=True)
class Slides:
    """A set of slides: those of a module, or a deck of its own.

    `owner` is the module, or the course that the deck belongs to; `front` is the deck's own, None for a module's. `path` is the source
    relative to the project's root, `url` the page's address relative to the site's; `places` are the slides behind the title, in order.
    """

    owner: Publication
    path: str
    url: str
    front: DeckFront | None = None
    places: tuple[SlidePlace, ...] = ()

    @property
    def module(self) -> Publication | None:
        """The module that they are for; None of a deck."""
        return self.owner if self.front is None else None

    @property
    def id(self) -> str:
        """The id of the edition: `tc-05-slides`, `deck-day`."""
        return f"{self.owner.id}-slides" if self.front is None else self.front.id

    @property
    def slug(self) -> str:
        """How its files are named: that of the module, or of the deck's file."""
        return self.owner.slug if self.front is None else self.url.rstrip("/").rpartition("/")[2]

    @property
    def title(self) -> str:
        return f"Slides: {self.owner.front.title}" if self.front is None else f"Slides: {self.front.title}"

    @property
    def numbers(self) -> Mapping[str, SlidePlace]:
        """The slides by id: what prints “slides 4 to 9” takes the numbers from here."""
        return MappingProxyType({place.id: place for place in self.places})


@dataclass(frozen=True)
class ExercisePage:
    """A page of exercises beside the modules of the course, by its file: `sector-exercises`."""

    slug: str
    title: str
    summary: str
    path: str
    url: str

    @property
    def id(self) -> str:
        """How the ids of its editions begin."""
        return self.slug

    @property
    def label(self) -> str:
        """How the series names it."""
        return self.title


@dataclass(frozen=True)
class AnswerKey:
    """The facilitator's answers to the exercises `of` a module or of a page beside the modules, with what is handed out bit by bit.

    `path` is the source relative to the project's root, `url` the page's address relative to the site's.
    """

    of: Publication | ExercisePage
    slug: str
    path: str
    url: str

    @property
    def id(self) -> str:
        """The id of the edition: `tc-05-key`."""
        return f"{self.of.id}-key"

    @property
    def title(self) -> str:
        name = self.of.front.title if isinstance(self.of, Publication) else self.of.title
        return f"Answer key: {name}"


@dataclass(frozen=True)
class ToolPage:
    """A page of docs/tools/: its title and what its head says of it."""

    title: str
    summary: str
    path: str
    url: str


@dataclass(frozen=True)
class Case:
    """A case study: its record and where it stands."""

    front: CaseFront
    path: str
    url: str

    @property
    def id(self) -> str:
        return self.front.id


@dataclass(frozen=True)
class Subject:
    """What questions are asked about: an issue brief, a sector sheet, or what no publication is about; and the questions, in order."""

    slug: str
    title: str
    publication: Publication | None
    questions: tuple[Question, ...]

    @property
    def in_force(self) -> bool:
        """Whether its questions stand in lists: not those about a draft, or about what no longer holds."""
        return self.publication is None or self.publication.in_force


@dataclass(frozen=True)
class Home:
    """The action sheets that the home page names first, and the briefs under the heading of their group; one without a heading has none."""

    now: tuple[Publication, ...] = ()
    briefs: tuple[tuple[str, tuple[Publication, ...]], ...] = ()


def _by_id(items: tuple[Any, ...]) -> Mapping[str, Any]:
    return MappingProxyType({item.id: item for item in items})


@dataclass(frozen=True)
class Kept:
    """An edition that a newer one has replaced: the id of its publication, its number, the day of its last change, if that is told,
    and the address of its PDF, relative to the site's root."""

    publication: str
    edition: int
    day: date | None
    address: str


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
    keys: tuple[AnswerKey, ...] = ()
    """The answers to exercises, those of modules first."""

    platforms: tuple[PlatformFact, ...] = ()
    """What was seen of how platforms work."""
    tools: Mapping[str, Tool] = field(default_factory=dict)
    """The data of the interactive tools, by file."""
    models: tuple[ModelPolicy, ...] = ()
    """The answers that model policies are made of."""
    coded: tuple[CodedPolicy, ...] = ()
    """Policies of public bodies, coded by hand."""
    builder: Builder | None = None
    """The policy builder, if the series has one."""
    home: Home = Home()
    """What the home page lists."""
    roles: Roles = field(default_factory=Roles)
    """Where readers of each role begin."""
    questions: Mapping[str, tuple[Question, ...]] = field(default_factory=dict)
    """The questions of each file of docs/questions/, by the name of the file, whether or not that is a subject."""
    packs: Mapping[str, Pack] = field(default_factory=dict)
    """The run sheets of course packs by the slug of their page."""
    tool_pages: Mapping[str, ToolPage] = field(default_factory=dict)
    """The pages of docs/tools/, by name."""
    kept: tuple[Kept, ...] = ()
    """The editions that newer ones have replaced."""
    releases: tuple[Release, ...] = ()
    """The releases of the whole, newest first."""
    former: Mapping[str, str] = field(default_factory=dict)
    """Former names of publications: `brief:<old slug>` → the slug now."""

    def is_unread(self, scheme: str, name: str) -> bool:
        """Whether a reference leads to something that is there, but too broken to be read."""
        return f"{scheme}:{name}" in self.unread or f"{scheme}:*" in self.unread

    def publication(self, scheme: str, slug: str) -> Publication | None:
        """What `brief:slug`, `paper:slug` or `now:slug` leads to, by its name now or a former one."""
        known = self.by_scheme[scheme]
        return known.get(slug) or known.get(self.former.get(f"{scheme}:{slug}", ""))

    @cached_property
    def by_scheme(self) -> Mapping[str, Mapping[str, Publication]]:
        """The publications of each scheme of references by slug, in their order."""
        own = {scheme: [p for p in self.publications if p.of_kind.scheme == scheme] for scheme in SCHEMES}
        return MappingProxyType({scheme: MappingProxyType({p.slug: p for p in found}) for scheme, found in own.items()})

    @cached_property
    def briefs(self) -> Mapping[str, Publication]:
        """Issue briefs by slug."""
        return self.by_scheme["brief"]

    @cached_property
    def chapters(self) -> Mapping[str, Publication]:
        """The white paper (slug `white-paper`) and its chapters, by slug."""
        return self.by_scheme["paper"]

    @cached_property
    def modules(self) -> Mapping[str, Publication]:
        """The modules of the course by slug, in their order."""
        return self.by_scheme["module"]

    @cached_property
    def taught(self) -> tuple[Publication, ...]:
        """The modules of the course that are in force, in their order."""
        return tuple(module for module in self.modules.values() if module.in_force)

    def successor(self, item: Publication) -> Publication | None:
        """The publication that `item` says replaces it, if there is one."""
        to = item.front.superseded_by
        return next((p for p in self.publications if p.id == to), None) if to else None

    @cached_property
    def decks(self) -> Mapping[str, Slides]:
        """The decks that are no module's, by slug."""
        return MappingProxyType({item.slug: item for item in self.slides if item.front is not None})

    @cached_property
    def slides_by_path(self) -> Mapping[str, Slides]:
        """Slides by source path."""
        return MappingProxyType({item.path: item for item in self.slides})

    @cached_property
    def key_by_path(self) -> Mapping[str, AnswerKey]:
        """Answer keys by source path."""
        return MappingProxyType({item.path: item for item in self.keys})

    @cached_property
    def key_to(self) -> Mapping[str, AnswerKey]:
        """Answer keys by the source path of the page whose exercises they answer."""
        return MappingProxyType({item.of.path: item for item in self.keys})

    @property
    def exercise_pages(self) -> tuple[ExercisePage, ...]:
        """The pages of exercises beside the modules that have a key."""
        return tuple(item.of for item in self.keys if isinstance(item.of, ExercisePage))

    @property
    def with_exercises(self) -> tuple[Publication | ExercisePage, ...]:
        """The modules, then the pages beside them: what sheets for the room are made of."""
        return (*self.modules.values(), *self.exercise_pages)

    @cached_property
    def bound(self) -> tuple[Publication, ...]:
        """What the PDF of the whole series binds, in reading order; nothing where that would be a single publication with its chapters."""
        found = tuple(p for p in self.publications if p.of_kind.in_series and p.in_force)
        return found if sum(p.kind != "chapter" for p in found) > 1 else ()

    @property
    def edition_day(self) -> date | None:
        """The day that the PDF of the whole series calls its edition; None where there is no such PDF."""
        return max((p.front.revised for p in self.bound), default=None)

    @property
    def items(self) -> tuple[Publication | Case, ...]:
        """Everything that has a permanent address and a page of its own."""
        return (*self.publications, *self.cases)

    @cached_property
    def by_path(self) -> Mapping[str, Publication | Case]:
        """Publications and cases by source path."""
        return MappingProxyType({item.path: item for item in self.items})

    @cached_property
    def case(self) -> Mapping[str, Case]:
        return _by_id(self.cases)

    @cached_property
    def authority(self) -> Mapping[str, Authority]:
        return _by_id(self.authorities)

    @cached_property
    def authority_by_path(self) -> Mapping[str, Authority]:
        """Authorities by the source path of their pages, which the build makes."""
        return MappingProxyType({authority_path(item.id): item for item in self.authorities})

    @cached_property
    def role_by_path(self) -> Mapping[str, Role]:
        """Roles by the source path of their pages, which the build makes."""
        return MappingProxyType({role_path(id_): role for id_, role in self.roles.by_id.items()})

    @cached_property
    def subjects(self) -> Mapping[str, Subject]:
        """What questions are asked about by slug, in the order in which they are printed: briefs, sector sheets, then the others."""
        about = {**self.by_scheme["brief"], **self.by_scheme["sector"]}
        titles = {**{slug: item.front.title for slug, item in about.items()}, **OTHERS}
        found = {slug: Subject(slug, title, about.get(slug), self.questions[slug]) for slug, title in titles.items() if self.questions.get(slug)}
        return MappingProxyType(found)

    @cached_property
    def subject_by_path(self) -> Mapping[str, Subject]:
        """Subjects by the source path of their pages, which the build makes."""
        return MappingProxyType({questions_path(slug): subject for slug, subject in self.subjects.items()})

    @cached_property
    def question(self) -> Mapping[str, Question]:
        """Every question that has a subject, by id."""
        return MappingProxyType({question.id: question for subject in self.subjects.values() for question in subject.questions})

    @cached_property
    def subject_of(self) -> Mapping[str, Subject]:
        """The subject of each question by the question's id."""
        return MappingProxyType({question.id: subject for subject in self.subjects.values() for question in subject.questions})

    @cached_property
    def all_questions(self) -> Publication | None:
        """The page of every question, if the series has one."""
        return next((item for item in self.publications if item.kind == "questions"), None)

    @property
    def made_paths(self) -> tuple[str, ...]:
        """The source paths of the pages that the build makes of records, where no author has written one."""
        return (*self.authority_by_path, *self.role_by_path, *self.subject_by_path)

    def origin(self, path: str) -> str:
        """The file that an author edits to change the page of the source `path`."""
        authority, subject = self.authority_by_path.get(path), self.subject_by_path.get(path)
        if authority:
            return self.places[f"law:{authority.id}"][0]
        return f"{QUESTIONS}/{subject.slug}.yml" if subject else ROLES if path in self.role_by_path else path

    @cached_property
    def platform(self) -> Mapping[str, PlatformFact]:
        return _by_id(self.platforms)

    @cached_property
    def term(self) -> Mapping[str, Term]:
        return _by_id(self.terms)


def card_id(brief: Publication) -> str:
    """The id of the card of a brief: `ib-08-card`."""
    return f"{brief.id}-card"


def handout_id(module: Publication) -> str:
    return f"{module.id}-handout"


def questions_id(check: Publication) -> str:
    """The id of the questions of the final check without their answers: `tc-check-questions`."""
    return f"{check.id}-questions"


def sheets_id(item: Publication | ExercisePage) -> str:
    """The id of the sheets of a module, or of a page beside the modules: `tc-05-sheets`."""
    return f"{item.id}-sheets"


def paper_id(pack: Publication, section: str) -> str:
    """The id of a paper of a course pack: `cp-day-sign-in`."""
    return f"{pack.id}-{section}"


def papers_of(series: Series) -> Iterator[tuple[Publication, str]]:
    """Each paper of each course pack: the pack and the id of its section, or of the paper that its record puts together, in order. The invitation
    is sent, and so has no file of its own."""
    for pack in series.by_scheme["pack"].values():
        for section in pack.of_kind.sections:
            if section.alone and section.printed:
                yield pack, section.id
        for paper in composed_of(pack, series).values():
            yield pack, paper.id


def composed_of(pack: Publication, series: Series) -> Mapping[str, Paper]:
    """The papers that the record of a pack puts together, by id, and its reading. One that has the name of a section is left out; the check tells
    of it."""
    known = series.packs.get(pack.slug)
    taken = {section.id for section in pack.of_kind.sections if section.alone}
    return {paper.id: paper for paper in (*known.record.read_beforehand, *known.record.papers) if paper.id not in taken} if known is not None else {}


def passage(reference: str, series: Series) -> tuple[str, str] | None:
    """The source path and the id of the passage `scheme:slug#id`, of an answer key too (`key:security#strips-takeover-tabletop`); None where the
    page is not there or no id is named."""
    scheme, _, rest = reference.partition(":")
    slug, _, id_ = rest.partition("#")
    if scheme == "key":
        page: Publication | AnswerKey | None = next((key for key in series.keys if key.slug == slug), None)
    else:
        page = series.publication(scheme, slug) if scheme in series.by_scheme else None
    return (page.path, id_) if page is not None and id_ else None


def practised_in(modules: Iterable[Publication]) -> Mapping[str, tuple[Publication, ...]]:
    """The id of each recommendation that an objective names → the modules that practise it, in their order."""
    found: dict[str, dict[str, Publication]] = {}
    for module in modules:
        for objective in module.lesson.objectives:
            for id_ in objective.practises:
                found.setdefault(id_, {})[module.id] = module
    return {id_: tuple(there.values()) for id_, there in found.items()}
