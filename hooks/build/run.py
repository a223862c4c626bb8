"""What one run of MkDocs works with, besides what it reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from hooks.build.kept import Checks, KeptPages
from hooks.build.serving import Heard
from hooks.build.staging import Staging
from hooks.core.problems import Problem
from hooks.core.workers import Call, Crew
from hooks.core.yaml_lines import Parse, parse
from hooks.editions.part import Part


class PartMade(BaseException):
    """The part of the editions that was asked for is in the cache, and the build is over. Nothing that MkDocs catches: it is no error."""


@dataclass(frozen=True)
class Run:
    """Where the site is built, what is kept of its pages and of their checks, who makes its editions; under `serve` what MkDocs says meanwhile.

    `lost` fills up as pages are written: what these do not print of their records. `tick` is called in the middle of long work, and
    raises where the build is to be given up; None where nobody gives it up. `first` is the first build of `serve`, which makes no editions:
    these follow when it is served. `part` is that of the editions which this build makes, and nothing else, for others that share its cache.
    `parse` reads the YAML of the sources; under `serve` it knows what has not changed.
    """

    staging: Staging
    pages: KeptPages
    checks: Checks
    crew: Crew
    heard: Heard | None
    lost: list[Problem] = field(default_factory=list)
    tick: Callable[[], object] | None = None
    first: bool = False
    part: Part | None = None
    parse: Parse = parse

    def make(self, calls: Sequence[Call]) -> Iterator[Any]:
        """The result of each call, as `Crew.run` gives it."""
        return self.crew.run(calls, self.tick)

    def go_on(self) -> None:
        """Raises where the build is to be given up."""
        if self.tick:
            self.tick()
