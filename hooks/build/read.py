"""The first of the three values of a build: all sources, read and checked. `weave.Woven` and `site.published.Published` follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from hooks.citing.bibliography import Bibliography, load_bibliography
from hooks.citing.citeproc import author_date_style
from hooks.core.cache import Cache, cache_folder
from hooks.core.problems import Graded, Problem, severities, told
from hooks.core.yaml_lines import Parse, parse
from hooks.editions.plots import drawn_figures
from hooks.series.changes import check_changes
from hooks.series.consent import check_interviews, names_of_withdrawn
from hooks.series.files import check_addresses, check_names
from hooks.series.kept import find_kept
from hooks.series.load import load_series
from hooks.series.lock import Promise, read_lock
from hooks.series.model import Series
from hooks.series.moves import Moves, load_moves
from hooks.series.pictures import check_pictures, check_sizes
from hooks.series.releases import load_releases
from hooks.series.renamed import find_renamed
from hooks.series.search_words import SearchWords, load_search_words
from hooks.series.sources import check_encoding


@dataclass(frozen=True)
class Read:
    """What an author wrote, and what is wrong with it by itself.

    `of_bibliography` are the problems of the bibliography, among all the `problems`.
    `settings` is the `extra` of mkdocs.yml; `today` decides which statements of law are overdue; `style` is the CSL
    style; `severity` grades each rule of `core.problems.RULES`.
    """

    root: Path
    cache: Cache
    today: date
    settings: Mapping[str, Any]
    site_url: str
    series: Series
    bibliography: Bibliography
    of_bibliography: tuple[Problem, ...]
    style: str
    figures: Mapping[str, bytes]
    moves: Moves
    promised: Mapping[str, Promise]
    search_words: SearchWords
    severity: Mapping[str, str]
    problems: tuple[Problem, ...]

    def told(self, *more: Iterable[Problem]) -> list[Graded]:
        """What an author is told of the problems of the sources and of `more` (see `problems.told`)."""
        return told([*self.problems, *(problem for each in more for problem in each)], self.severity)


def read_sources(root: Path, settings: Mapping[str, Any], site_url: str, today: date, parse: Parse = parse, known: Read | None = None) -> Read:
    """Read every source below `root`. What is wrong with one is reported with all the rest.

    `known` is what was read before, where nothing of the bibliography has changed since: then that is not read again.
    """
    cache = Cache(cache_folder(root))
    severity, problems = severities(settings.get("rules"))
    promised, found = read_lock(root)
    problems += found
    series, found = load_series(root, promised, parse)
    problems += [*found, *check_names(root), *check_sizes(root), *check_addresses(root, series.made_paths)]
    moves, found = load_moves(root, series)
    problems += found
    series, found = find_renamed(root, series, promised, moves)
    releases, wrong = load_releases(root)
    series = replace(series, kept=find_kept(root, series, moves), releases=releases)
    problems += [*found, *wrong, *check_interviews(root, series.cases, today), *names_of_withdrawn(root, series.withheld)]
    bibliography, of_bibliography = (known.bibliography, known.of_bibliography) if known else load_bibliography(root, cache)
    problems += of_bibliography
    figures, found = drawn_figures(root, cache, bibliography.sources if bibliography.readable else None)
    problems += found
    sought = load_search_words(root, series)
    problems += sought.problems
    problems += check_changes(series, today)
    named = {problem.path for problem in problems}
    problems += [problem for problem in check_encoding(root) if problem.path not in named]
    problems += check_pictures(root)
    return Read(
        root, cache, today, settings, site_url, series, bibliography, tuple(of_bibliography), author_date_style(), figures, moves, promised,
        sought.words, severity, tuple(problems),
    )  # fmt: skip
