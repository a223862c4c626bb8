"""What one run of MkDocs works with, besides what it reads."""

from __future__ import annotations

from dataclasses import dataclass, field

from hooks.build.kept import KeptPages
from hooks.build.serving import Heard
from hooks.build.staging import Staging
from hooks.core.problems import Problem
from hooks.core.workers import Crew


@dataclass(frozen=True)
class Run:
    """Where the site is built, what is kept of its pages, who makes its editions; under `serve` what MkDocs says meanwhile.

    `lost` fills up as pages are written: what these do not print of their records.
    """

    staging: Staging
    pages: KeptPages
    crew: Crew
    heard: Heard | None
    lost: list[Problem] = field(default_factory=list)
