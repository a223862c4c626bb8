"""All that the files of the site and the templates are made from, once every page is resolved and every edition made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from hooks.citing.bibliography import Bibliography
from hooks.core.cache import Cache
from hooks.core.workers import Call
from hooks.editions.produce import Editions
from hooks.linking.model import ResolvedPage, ResolvedSite
from hooks.series.lock import Promise
from hooks.series.model import Series
from hooks.series.moves import Moves
from hooks.series.search_words import SearchWords


@dataclass(frozen=True)
class Published:
    """A site as it is given out.

    `settings` is the `extra` of mkdocs.yml; `editions` is None where they were not made, since something was wrong with what
    they would print; `today` decides which statements are overdue; `run` makes calls over processes, as `Crew.run` does.
    """

    root: Path
    cache: Cache
    today: date
    series: Series
    bibliography: Bibliography
    site: ResolvedSite
    editions: Editions | None
    moves: Moves
    promised: Mapping[str, Promise]
    search_words: SearchWords
    settings: Mapping[str, Any]
    site_url: str
    run: Callable[[Sequence[Call]], Iterator[Any]]

    @cached_property
    def page_at(self) -> Mapping[str, ResolvedPage]:
        """The pages by address, relative to the site's root."""
        return {page.url: page for page in self.site.pages.values()}

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The title of each publication and case by source path."""
        return {path: item.front.title for path, item in self.series.by_path.items()}
