"""One edition, from its request to the checked file: what a process that makes editions is asked to do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from hooks.editions.compile import make_edition
from hooks.editions.model import Edition, EditionError, EditionRequest
from hooks.editions.validate import verdicts
from hooks.problems import Problem

_LABELS = {"pdf": "PDF", "word": "Word", "epub": "EPUB"}


@dataclass(frozen=True)
class Job:
    """One file to make: `kind` is "pdf", "word" or "epub"."""

    kind: str
    request: EditionRequest

    @property
    def label(self) -> str:
        return _LABELS[self.kind]

    def problem(self, message: str, remedy: str = "") -> Problem:
        """What is wrong with this edition, at its source."""
        return Problem("edition", self.request.source.as_posix(), None, f"The {self.label} edition {message}", remedy)


def make(job: Job, fonts: Path) -> Edition | bytes | Problem:
    """The PDF, checked against its profiles, or the bytes of the Word or EPUB file; or why it cannot be made."""
    try:
        if job.kind == "word":
            from hooks.editions.word import make_word

            return make_word(job.request, fonts)
        if job.kind == "epub":
            from hooks.editions.epub import make_epub

            return make_epub(job.request, fonts)
        edition = make_edition(job.request, fonts)
    except EditionError as error:
        return job.problem(f"cannot be made: {error.message}")
    except OSError as error:
        return job.problem(f"cannot be made: {error.strerror or error}.", "Is the disk full?")
    checked = verdicts(edition.pdf)
    failures = [failure for verdict in checked for failure in verdict.failures]
    if failures:
        return job.problem(f"fails its conformance checks: {'; '.join(failures[:3])}")
    return replace(edition, checked=tuple((verdict.profile, verdict.rules) for verdict in checked))
