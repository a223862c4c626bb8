"""One edition, from its request to the checked file: what a process that makes editions is asked to do."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from hooks.core.problems import Problem
from hooks.core.workers import WorkerEnded, give_back
from hooks.editions.formats import BY_NAME
from hooks.editions.kept_words import but_notes, check_kept, of_epub, of_powerpoint, of_text, of_word
from hooks.editions.model import Article, Edition, EditionError, EditionRequest, SetPart
from hooks.editions.validate import verdicts

_READ: Mapping[str, Callable[[bytes], list[str]]] = {"word": of_word, "epub": of_epub, "text": of_text, "powerpoint": of_powerpoint}

ENGINES = ("hooks.editions.making", "hooks.editions.compile", "hooks.editions.structure", "typst", "page")
"""What a process that makes editions loads while it waits for its first call."""


@dataclass(frozen=True)
class Job:
    """One file to make: `kind` is the name of its format."""

    kind: str
    request: EditionRequest

    @property
    def label(self) -> str:
        return BY_NAME[self.kind].label

    def problem(self, message: str, remedy: str = "", line: int | None = None) -> Problem:
        """What is wrong with this edition, at its source."""
        return Problem("edition", self.request.source.as_posix(), line, f"The {self.label} edition {message}", remedy)

    def ended(self, how: WorkerEnded) -> Problem:
        """That the process which made it ended."""
        return self.problem(f"cannot be made: the process that made it ended with {how}.", "Is there enough memory?")


def make(job: Job, fonts: Path) -> Edition | bytes | Problem:
    """The bytes of the file, or for a PDF the edition, checked against its profiles; or why it cannot be made."""
    try:
        made = BY_NAME[job.kind].make(job.request, fonts)
        if isinstance(made, bytes):
            check_kept(job.request, _READ[job.kind](made), *([but_notes] if job.kind == "powerpoint" else []))
    except (EditionError, OSError) as error:
        return _not_made(job, error)
    return made if isinstance(made, bytes) else _checked(job, made, made.pdf)


def make_part(job: Job, fonts: Path, only_laid_out: bool, written: Article | None) -> SetPart | Problem:
    """One document of a volume, checked where it is not `only_laid_out`; or why it cannot be made. See `compile.make_part`."""
    from hooks.editions.compile import make_part

    try:
        made = make_part(job.request, fonts, only_laid_out, written)
    except (EditionError, OSError) as error:
        return _not_made(job, error)
    return made if only_laid_out else _checked(job, made, made.pdf)


def join(job: Job, parts: Sequence[SetPart], fonts: Path) -> Edition | Problem:
    """The volume of these documents, of which each was checked by itself; or why it cannot be made."""
    from hooks.editions.compile import make_feet
    from hooks.editions.join import join as joined

    give_back()
    try:
        made = joined([part.pdf for part in parts], lambda turned: make_feet(job.request, turned, fonts), job.request.page_url)
    except (EditionError, OSError) as error:
        return _not_made(job, error)
    except ValueError as error:
        return job.problem(f"cannot be put together: {error}.")
    # What joined it and what checks it would else take memory side by side.
    give_back()
    return _checked(job, Edition(made.pdf, made.pages, hashlib.sha256(made.pdf).hexdigest()), made.frame)


def _not_made(job: Job, error: EditionError | OSError) -> Problem:
    """What stopped the making of a file, or of one document of it."""
    if isinstance(error, EditionError):
        return job.problem(f"cannot be made: {error.message.removesuffix('.')}.", error.remedy, error.line)
    return job.problem(f"cannot be made: {error.strerror or error}.", "Is the disk full?")


Made = TypeVar("Made", Edition, SetPart)


def _checked(job: Job, made: Made, pdf: bytes) -> Made | Problem:
    """What was made with the verdicts on `pdf`, or what these find wrong."""
    checked = verdicts(pdf)
    failures = [failure for verdict in checked for failure in verdict.failures]
    if failures:
        return job.problem(f"fails its conformance checks: {'; '.join(failures[:3])}", _what_to_do(failures))
    return replace(made, checked=tuple((verdict.profile, verdict.rules) for verdict in checked))


_REMEDIES = (
    ("reference chain exceeds", "Its contents have too many headings of one level side by side, some 250: gather them under others, or divide the volume."),
    ("table grid dimensions", "A table has too many rows or columns: divide it."),
)
"""What a failed check says of a PDF that is beyond a limit, and what to do. `hooks.blocks.limits` tells that of a page beforehand."""


def _what_to_do(failures: Sequence[str]) -> str:
    return next((remedy for said, remedy in _REMEDIES if any(said in failure for failure in failures)), "")
