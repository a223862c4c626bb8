"""One build: what its events hand on to each other. A new one is made by every `on_config`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from hooks.cache import Cache
from hooks.citing.bibliography import Bibliography, load_bibliography
from hooks.citing.citeproc import author_date_style
from hooks.citing.registry import SeriesRegistry
from hooks.editions.produce import Editions, Imprint, make_editions
from hooks.editions.workers import Crew, processes
from hooks.interviews.consent import check_interviews, names_of_withdrawn
from hooks.pages.model import ResolvedSite, SourcePage
from hooks.pages.moves import Moves, load_moves
from hooks.pages.resolve import resolve_site
from hooks.problems import Problem, in_order, severities
from hooks.series.load import load_series
from hooks.series.model import Series
from hooks.site.figures import drawn_figures
from hooks.site.kept import KeptPages
from hooks.site.lock import Promise, known_passages, read_lock
from hooks.site.search_words import SearchWords, load_search_words
from hooks.site.staging import Staging


@dataclass
class Build:
    """The state of one build, kept on MkDocs' config so that a rebuild under `serve` starts afresh.

    `today` decides which statements of law are overdue; `severity` grades each rule of `problems.RULES`;
    `files` is what stands beside the pages, by address; `settings` is the `extra` of mkdocs.yml.
    """

    root: Path
    cache: Cache
    staging: Staging
    today: date
    series: Series
    bibliography: Bibliography
    severity: Mapping[str, str]
    style: str
    figures: Mapping[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    registry: SeriesRegistry | None = None
    site: ResolvedSite | None = None
    editions: Editions | None = None
    moves: Moves = field(default_factory=Moves)
    promised: Mapping[str, Promise] = field(default_factory=dict)
    files: Mapping[str, bytes] | None = None
    search_words: SearchWords = field(default_factory=SearchWords)
    settings: Mapping[str, Any] = field(default_factory=dict)
    site_url: str = ""
    crew: Crew = field(default_factory=lambda: Crew(processes()))
    kept: KeptPages | None = None

    def resolve(self, pages: Iterable[SourcePage]) -> None:
        """Finish all pages; their problems join those of the sources."""
        known = known_passages(self.promised, self.moves)
        name = str(self.settings.get("series", {}).get("name", ""))
        self.site = resolve_site(
            pages, self.series, self.bibliography, self.registry.format_groups, self.today, self.moves, known, self.site_url, name
        )
        self.problems += self.site.problems

    @property
    def titles(self) -> Mapping[str, str]:
        """The title of each publication and case by source path."""
        return {path: item.front.title for path, item in self.series.by_path.items()}

    def set_editions(self, imprint: Imprint, fonts: Path) -> None:
        """Make the PDF editions, unless something is wrong with what they would print."""
        if self.failed:
            return
        self.editions = make_editions(self.root, self.cache, self.series, self.site, self.bibliography, imprint, fonts, self.figures, self.crew.run)
        self.problems += self.editions.problems

    def reported(self) -> list[tuple[str, Problem]]:
        """Each problem with its severity, in the order in which an author meets them; those set to `off` left out."""
        graded = [(self.severity.get(problem.rule, "error"), problem) for problem in in_order(self.problems)]
        return [(severity, problem) for severity, problem in graded if severity != "off"]

    @property
    def failed(self) -> bool:
        """Whether a problem of the severity `error` was found."""
        return any(severity == "error" for severity, _ in self.reported())

    @property
    def bibliography_failed(self) -> bool:
        """Whether a bibliography file cannot be read: then mkdocs-bibtex could not either."""
        return not self.bibliography.readable


def begin(root: Path, site_dir: Path, rules: Mapping[str, str] | None, today: date) -> Build:
    """Read every source. What is wrong with one is reported with all the rest."""
    cache = Cache(root / ".cache")
    severity, problems = severities(rules)
    series, found = load_series(root)
    found += [*check_interviews(root, series.cases, today), *names_of_withdrawn(root, series.withheld)]
    bibliography, more = load_bibliography(root, cache)
    figures, wrong = drawn_figures(root, cache, bibliography.sources if bibliography.readable else None)
    moves, moved = load_moves(root, series)
    promised, unread = read_lock(root)
    sought = load_search_words(root, series)
    problems = [*problems, *found, *more, *wrong, *moved, *unread, *sought.problems]
    staging, style = Staging(site_dir), author_date_style()
    return Build(
        root, cache, staging, today, series, bibliography, severity, style, figures, problems,
        moves=moves, promised=promised, search_words=sought.words,
    )
