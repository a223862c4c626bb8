"""One edition, from its request to the checked file: what a process that makes editions is asked to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hooks.core.problems import Problem
from hooks.editions.formats import BY_NAME
from hooks.editions.kept_words import but_notes, check_kept, of_epub, of_powerpoint, of_text, of_word
from hooks.editions.model import Edition, EditionError, EditionRequest
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


def make(job: Job, fonts: Path) -> Edition | bytes | Problem:
    """The bytes of the file, or for a PDF the edition, checked against its profiles; or why it cannot be made."""
    try:
        made = BY_NAME[job.kind].make(job.request, fonts)
        if isinstance(made, bytes):
            check_kept(job.request, _READ[job.kind](made), *([but_notes] if job.kind == "powerpoint" else []))
    except EditionError as error:
        return job.problem(f"cannot be made: {error.message}", error.remedy, error.line)
    except OSError as error:
        return job.problem(f"cannot be made: {error.strerror or error}.", "Is the disk full?")
    if isinstance(made, bytes):
        return made
    checked = verdicts(made.pdf)
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
