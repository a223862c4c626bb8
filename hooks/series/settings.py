"""What mkdocs.yml says of the series, under `extra`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import ConfigDict, Field

from hooks.core.problems import Problem, suggestion
from hooks.core.validate import to_record
from hooks.core.yaml_lines import Document, compose, has_too_many, lines_of, not_yaml
from hooks.series.records import Line, Record
from hooks.series.sources import read_text


class SeriesSettings(Record):
    """`extra.series`: what every page and edition says of the series, and the kinds of edition to make: an empty list makes none, no list all.
    `licence_confirmed`: whether whoever owns the text has agreed to the licence; `make publish-check` asks for it. Until then `licence_pending`
    is said in its place."""

    name: Line
    line: str = ""
    authors: tuple[Line, ...] = Field(min_length=1)
    note: Line
    licence: Line
    licence_url: Line
    licence_confirmed: bool = False
    licence_pending: Line = "Text not licensed yet."
    editions: tuple[str, ...] | None = None


class NavLink(Record):
    """A link of the header or footer; `url` is relative to the site's root."""

    label: Line
    url: str


class Settings(Record):
    """`extra`. Other keys are those of the theme; `rules` are read by `problems.severities`."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    series: SeriesSettings
    report: str = ""
    header: tuple[NavLink, ...]
    footer: tuple[NavLink, ...]


def as_stated(series: Mapping[str, Any]) -> dict[str, Any]:
    """`extra.series` as everything states it: a licence that nobody has confirmed is none, so `licence_pending` stands in the place of its
    statement, and its address is left out."""
    if series.get("licence_confirmed"):
        return dict(series)
    pending = series.get("licence_pending") or SeriesSettings.model_fields["licence_pending"].default
    return {**series, "licence": pending, "licence_url": ""}


def check_settings(extra: Mapping[str, Any], plugins: Mapping[str, Any], config_file: Path, editions: Iterable[str]) -> list[Problem]:
    """What is wrong with the settings as MkDocs read them, each at its line of `config_file`, or without one where that inherits it.

    `editions` are the kinds of edition that there are.
    """
    name = config_file.name
    try:
        node = compose(read_text(config_file.parent, name) or "")
    except (yaml.YAMLError, OSError):
        node = None
    lines, _ = lines_of(None if has_too_many(node) else node, name, 0, "data")
    document = Document(None, lines)
    _, problems = to_record(Settings, dict(extra), document, name, ("extra",))
    known, series = tuple(editions), extra.get("series")
    asked = series.get("editions") if isinstance(series, Mapping) else None
    for index, kind in enumerate(asked if isinstance(asked, list) else ()):
        if isinstance(kind, str) and kind not in known:
            remedy = suggestion(kind, known, f"Use one of: {', '.join(known)}.")
            line = document.line(("extra", "series", "editions", index))
            problems.append(Problem("data", name, line, f"The value of “series.editions” is not valid. “{kind}” is not allowed.", remedy))
    if "bibtex" not in plugins:
        problems.append(Problem("data", name, lines.get(("plugins",)), "The plugin “bibtex” is missing.", "Add “- bibtex: {bib_dir: docs/literature}” to it."))
    return problems


def check_yaml(config_file: Path) -> list[Problem]:
    """Where the file is no YAML, or cannot be read, so that MkDocs cannot begin; empty where it is well formed."""
    try:
        text = read_text(config_file.parent, config_file.name)
        if text is None:
            return [Problem("encoding", config_file.name, None, "This file is not UTF-8.", "Save the file as UTF-8.")]
        compose(text)
    except yaml.YAMLError as error:
        return [not_yaml(error, config_file.name, 1, "data")]
    except OSError as error:
        return [Problem("data", config_file.name, None, f"This file cannot be read: {error.strerror or error}.")]
    return []
