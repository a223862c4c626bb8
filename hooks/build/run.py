"""What one run of MkDocs works with, besides what it reads."""

from __future__ import annotations

from dataclasses import dataclass

from hooks.build.kept import KeptPages
from hooks.build.serving import Heard
from hooks.build.staging import Staging
from hooks.core.workers import Crew


@dataclass(frozen=True)
class Run:
    """Where the site is built, what is kept of its pages, who makes its editions; and under `serve` what MkDocs says meanwhile."""

    staging: Staging
    pages: KeptPages
    crew: Crew
    heard: Heard | None
