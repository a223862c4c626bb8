"""Releases of the whole, each under its date: docs/about/releases.yml, newest first. `make release` says what to add to it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field

from hooks.core.problems import Problem
from hooks.core.validate import to_record
from hooks.series.records import Prose, Record
from hooks.series.sources import read_yaml

SOURCE = "docs/about/releases.yml"
DOI = r"10\.\d{4,9}(\.\d+)?/[A-Za-z0-9:/_;\-.()\[\]\\]+"
"""A DOI without its resolver, as the Citation File Format 1.2.0 writes it."""


class Release(Record):
    """A release: its day, what changed since the one before, and the ZIP file, by its SHA-256, at the address where it can be had."""

    date: date
    note: Prose
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="Of the ZIP file.")]
    url: Annotated[str, Field(pattern=r"^(https://\S+)?$", description="Where the ZIP file can be had.")] = ""
    doi: Annotated[str, Field(pattern=rf"^({DOI})?$", description="Without https://doi.org/.")] = ""


def load_releases(root: Path) -> tuple[tuple[Release, ...], list[Problem]]:
    """The releases, newest first, and what is wrong with them."""
    if not (root / SOURCE).exists():
        return (), []
    document, problems = read_yaml(root, SOURCE)
    if document is None or document.data is None:
        return (), problems
    if not isinstance(document.data, list):
        return (), [*problems, Problem("data", SOURCE, 1, "A list of releases is expected.", "Begin each with “- date: 2026-12-01”.")]
    found: list[Release] = []
    for index, item in enumerate(document.data):
        record, wrong = to_record(Release, item, document, SOURCE, (index,))
        problems += wrong
        if record is None:
            continue
        if found and record.date >= found[-1].date:
            message = f"The release of {record.date} stands below that of {found[-1].date}."
            problems.append(Problem("data", SOURCE, document.line((index, "date")), message, "The newest stands first, and each has a day of its own."))
        found.append(record)
    return tuple(found), problems
