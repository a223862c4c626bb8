"""What passes between the steps that turn parsed pages into finished ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from hooks.core.locate import line_of
from hooks.core.problems import Problem, following
from hooks.core.tree import HtmlElement
from hooks.linking.relations import Backlink
from hooks.linking.search_passages import Passage as Found
from hooks.series.lock import Passage
from hooks.series.model import Case, Publication, Subject
from hooks.series.questions import Question


@dataclass(frozen=True)
class SourcePage:
    """A page as Markdown left it.

    `path` is its file relative to the project's root, `url` its address relative to the site's root,
    `text` the whole source file, `html` the article without title.
    """

    path: str
    url: str
    title: str
    text: str
    html: str

    def problem(self, rule: str, needle: str | re.Pattern[str] | None, message: str, remedy: str = "", nth: int = 0) -> Problem:
        """A problem at the `nth` place where `needle` is written in this page (see `locate.line_of`)."""
        return Problem(rule, self.path, line_of(self.text, needle, nth) if needle else None, message, remedy)


@dataclass(frozen=True)
class Anchor:
    """A place of a page that can be referred to. `label` is printed ("Table 2"), `title` says what is there."""

    id: str
    kind: str
    label: str
    title: str
    url: str


@dataclass(frozen=True)
class Recommendation:
    """A recommendation, with all that the register prints. `evidence` is as the author wrote it; `strength` a key of STRENGTHS, or empty;
    `law_as_of` the earliest day of the law in its evidence, None where that names none."""

    id: str
    number: str
    text: str
    who: str
    when: str
    evidence: tuple[str, ...]
    publication: Publication
    url: str
    strength: str = ""
    law_as_of: date | None = None


@dataclass(frozen=True)
class Clause:
    """Model policy language. `html` is its text, `label` how it is cited ("Clause 8-A"), `ground` the law it rests on (`law:id`).

    `short` is the form of it for a short policy, as HTML; "" where it has none.
    """

    id: str
    label: str
    title: str
    element: str
    note: str
    html: str
    publication: Publication
    url: str
    ground: tuple[str, ...] = ()
    short: str = ""


@dataclass(frozen=True)
class Letter:
    """Words to copy. `kind` is "letter" or "notice"; `html` their text, `said` its paragraphs as runs of (bold, text); `picture` the
    address of the picture of a notice, relative to the site's root as `url` is; `translate` whether Word has a sheet for its translator."""

    id: str
    kind: str
    title: str
    note: str
    html: str
    said: tuple[tuple[tuple[bool, str], ...], ...]
    publication: Publication
    url: str
    picture: str = ""
    translate: bool = False


@dataclass(frozen=True)
class Practice:
    """An exercise or self-check of a course module.

    `kind` is "exercise" or "check"; `label` how it is printed ("Exercise 5.2", "Question 3"); `objectives` are ids of the
    module's; `part` is the heading of the draft under which an exercise goes; `html` what an exercise holds, before its
    references are resolved; `url` is relative to the site's root; `after` says that it is done after the session. `material` is what one needs
    for it: slug of the module and id there, title, and HTML as that of the exercise.
    """

    kind: str
    id: str
    label: str
    title: str
    minutes: int
    objectives: tuple[str, ...]
    part: str
    html: str
    module: Publication
    url: str
    after: bool = False
    material: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Answered:
    """A question with its answer as its page prints it: `said` in plain words, at the address `url`; `read` is the address of the passage
    that carries it. Both are relative to the site's root."""

    question: Question
    subject: Subject
    url: str
    said: str
    read: str

    @property
    def id(self) -> str:
        return self.question.id


@dataclass
class Draft:
    """A page on its way: its tree is changed in place by one step after the other, in `resolve` only.

    `unread` are the references to what stands on it but is too broken to be read, as in `Series`; `reading` those to what a module
    asks to read before it.
    """

    page: SourcePage
    tree: HtmlElement
    owner: Publication | Case | None
    anchors: dict[str, Anchor] = field(default_factory=dict)
    passages: list[Passage] = field(default_factory=list)
    recommendations: list[Recommendation] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    practices: list[Practice] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    reading: tuple[str, ...] = ()
    unread: set[str] = field(default_factory=set)
    reported: Counter[str | re.Pattern[str] | None] = field(default_factory=Counter)

    def report(self, rule: str, needle: str | re.Pattern[str] | None, message: str, remedy: str = "", follows: bool = False) -> None:
        """Add a problem that every place has where `needle` is written: the first report is of the first place, and so on."""
        self.problems += following([self.page.problem(rule, needle, message, remedy, self.reported[needle])], follows)
        self.reported[needle] += 1


@dataclass(frozen=True)
class ResolvedPage:
    """A finished page.

    `html` is the article; `previews` the store that its links show from; `headings` the contents, as
    (level, id, text); `backlinks` what refers to it or to its recommendations, in reading order;
    `authorities` the ids of the law it states; `sources` the keys it cites; `found` what the search finds on it;
    `facts` the ids of the platform facts it quotes;
    `url` its address, relative to the site's root;
    `images` the `src` of each; `clauses` the text of each model clause on it by id, as HTML;
    `read_words` how many of its `words` a reader goes through. What the editions and the policy builder
    need of a page is taken from its tree once: an article is parsed again only for what has to be made.
    """

    html: str
    previews: str
    headings: tuple[tuple[int, str, str], ...]
    backlinks: tuple[Backlink, ...]
    authorities: tuple[str, ...]
    sources: tuple[str, ...]
    cases: tuple[str, ...]
    anchors: tuple[Anchor, ...]
    words: int
    url: str = ""
    passages: tuple[Passage, ...] = ()
    images: tuple[str, ...] = ()
    clauses: Mapping[str, str] = field(default_factory=dict)
    read_words: int = 0
    found: tuple[Found, ...] = ()
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class ResolvedSite:
    """Every finished page by source path, and the registers that the whole series makes."""

    pages: Mapping[str, ResolvedPage]
    recommendations: tuple[Recommendation, ...]
    clauses: tuple[Clause, ...]
    problems: tuple[Problem, ...]
    letters: tuple[Letter, ...] = ()
    questions: tuple[Answered, ...] = ()
