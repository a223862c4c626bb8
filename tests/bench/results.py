"""What a run of the benchmark leaves, and what was measured apart from it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]
"""`full` and `again` (a `Measure` as a mapping, or None); perhaps `apart`, which says when it was measured by itself; perhaps
a `note` that other work ran: then its time on the clock counts for nothing."""

Results = Mapping[str, Mapping[str, Row]]
"""Tool → number of briefs → row."""


def merged(results: Results, path: Path, tools: list[str]) -> Results:
    """`results` with the rows of the file at `path` where it has none of its own.

    Raises ValueError where the file names another tool, or a row of it lacks what it needs.
    """
    more = json.loads(path.read_text(encoding="utf-8"))
    whole = {tool: dict(rows) for tool, rows in results.items()}
    for tool, rows in more.items():
        if tool not in tools:
            raise ValueError(f"{path} names the tool “{tool}”. There are: {', '.join(tools)}.")
        for size, row in rows.items():
            if not size.isdigit() or not {"wall", "cpu", "peak", "outcome"} <= set(row.get("full") or ()):
                raise ValueError(f"{path}: the row “{size}” of {tool} needs a number of briefs, and `full` with wall, cpu, peak and outcome.")
            whole.setdefault(tool, {}).setdefault(size, row)
    return {tool: whole[tool] for tool in tools if tool in whole}


def sizes(results: Results) -> list[int]:
    return sorted({int(size) for tool in results.values() for size in tool})


def measured(results: Results, tool: str, size: int) -> Row | None:
    return results.get(tool, {}).get(str(size))


def done(row: Row) -> bool:
    return row["full"]["outcome"] == "done"


def noted(row: Row) -> bool:
    """Whether it was measured beside other work, so that its time on the clock says nothing."""
    return bool(row.get("note"))


def alike(full: Mapping[str, Any], again: Mapping[str, Any]) -> bool:
    return full["outcome"] == again["outcome"] == "done"
