"""The data of plots: `figures/data/<slug>.csv` beside `<slug>.yml`, read and checked.

The CSV (RFC 4180, UTF-8, one header row) holds the numbers; the YAML says which columns to draw and how.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Annotated

from pydantic import Field

from hooks.core.citations import parse_group
from hooks.core.problems import Problem, suggestion
from hooks.series import sources
from hooks.series.records import Line, OneOf, Record

DATA = "figures/data"
KINDS = {
    "bar": "Bars, one a row; where `series` is given, those of several series side by side",
    "stacked-bar": "Bars of several series end to end: parts of a whole",
}


class PlotFront(Record):
    """`<slug>.yml`: what to draw. `x`, `y` and `series` name columns of the CSV."""

    kind: Annotated[str, OneOf(KINDS)]
    title: Line
    x: Line
    y: Line
    unit: Line = Field(description="What the numbers count, printed under the plot.")
    series: str = ""
    alt: Annotated[str, Field(min_length=40, description="What the figure says, for those who do not see it.")]
    source: Line = Field(description='Where the numbers are from: "@key, p. 4", or words.')
    note: str = ""


@dataclass(frozen=True)
class Point:
    """One row of the data. `label` is the number as the author wrote it, and so as it is printed."""

    x: str
    value: float
    label: str
    series: str = ""


@dataclass(frozen=True)
class PlotSpec:
    """All that one plot is drawn from: equal specs give equal bytes. `points` stand in the order of the file."""

    kind: str
    title: str
    unit: str
    alt: str
    points: tuple[Point, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The distinct `x` values, in the order of the file."""
        return tuple(dict.fromkeys(point.x for point in self.points))

    @property
    def series(self) -> tuple[str, ...]:
        """The distinct series, in the order of the file; one empty name where there are none."""
        return tuple(dict.fromkeys(point.series for point in self.points))


def data_files(root: Path) -> list[str]:
    """Every plot of the project, as the path of its YAML or CSV without the ending, sorted."""
    folders = (sources.BRIEFS, sources.PAPER, sources.DOCS)
    found = (path for folder in folders for path in sources.files_under(root, folder, ".yml", ".csv"))
    return sorted({path[:-4] for path in found if PurePosixPath(path).parent.as_posix().endswith(f"/{DATA}")})


def read_plot(root: Path, stem: str, known: Collection[str] | None) -> tuple[PlotSpec | None, list[Problem]]:
    """The plot whose files are `stem`.yml and `stem`.csv; `known` are the keys of the
    bibliography, None where they cannot be told.

    A missing file, column or number, and a source that does not exist, are problems of the rule `figure`.
    """
    settings, table = f"{stem}.yml", f"{stem}.csv"
    for path, other in ((settings, table), (table, settings)):
        if not (root / path).is_file():
            return None, [
                Problem("figure", other, None, f"Its other half, {PurePosixPath(path).name}, is missing.", "A plot is a .csv and a .yml of one name.")
            ]
    front, document, problems = sources.read_record(root, settings, PlotFront, "figure")
    numbers = sources.read_text(root, table)
    if numbers is None:
        problems.append(sources.not_utf8(root, table))
    if front is None or numbers is None:
        return None, problems
    if front.kind == "stacked-bar" and not front.series:
        message = "A stacked-bar plot needs the column that tells its series apart."
        problems.append(Problem("figure", settings, document.line(("kind",)), message, "Add “series: …”, or write “kind: bar”."))
    group = parse_group(front.source) if front.source.startswith("@") else None
    if group and known is not None:
        for key in group.keys:
            if key not in known:
                message = f"There is no source “{key}” in the bibliography."
                problems.append(Problem("figure", settings, document.line(("source",)), message, suggestion(key, known)))
    points, found = _points(table, numbers, front)
    problems += found
    if problems:
        return None, problems
    return PlotSpec(front.kind, front.title, front.unit, " ".join(front.alt.split()), tuple(points)), []


def _points(path: str, text: str, front: PlotFront) -> tuple[list[Point], list[Problem]]:
    reader = csv.DictReader(io.StringIO(text), strict=True)
    try:
        columns = reader.fieldnames or []
        missing = [name for name in (front.x, front.y, front.series) if name and name not in columns]
        if missing:
            return [], [
                Problem("figure", path, 1, f"There is no column “{name}”.", suggestion(name, columns, f"There are: {', '.join(columns) or 'none'}."))
                for name in missing
            ]
        return _rows(reader, path, front)
    except csv.Error as error:
        return [], [Problem("figure", path, reader.reader.line_num, f"This is not valid CSV: {error}.", "Quote a cell that holds a comma or a quotation mark.")]


def _rows(reader: csv.DictReader[str], path: str, front: PlotFront) -> tuple[list[Point], list[Problem]]:
    points: list[Point] = []
    problems: list[Problem] = []
    seen: set[tuple[str, str]] = set()

    def refuse(message: str, remedy: str) -> None:
        problems.append(Problem("figure", path, reader.line_num, message, remedy))

    for row in reader:
        if None in row or None in row.values():
            refuse("This row has more or fewer cells than the header.", "Quote a cell that holds a comma.")
            continue
        name, written, series = row[front.x].strip(), row[front.y].strip(), row[front.series].strip() if front.series else ""
        if not name:
            refuse(f"The column “{front.x}” is empty here.", "Name the row, or take it out.")
        elif not _is_number(written):
            refuse(f"“{written}” in the column “{front.y}” is not a number.", "Write digits, with a point for decimals; leave out a row that has no value.")
        elif (name, series) in seen:
            refuse(f"“{name}{f', {series}' if series else ''}” stands twice.", "Keep one of the rows.")
        else:
            points.append(Point(name, float(written), written, series))
        seen.add((name, series))
    if not points and not problems:
        problems.append(Problem("figure", path, 1, "There is no row of data.", "Add one row a value under the header."))
    return points, problems


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text)) and "_" not in text
    except ValueError:
        return False
