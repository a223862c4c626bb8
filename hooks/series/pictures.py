"""Pictures that can be published: without scripts, and of a size that the editions can hold."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from hooks.core.problems import Problem
from hooks.series.sources import BRIEFS, DOCS, PAPER, files_under

PICTURES = (".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp")
_BYTES = 5_000_000
"""More than this pandoc cannot read from within a page, and no reader wants to load."""
_POINTS = 40_000_000
"""Unpacked, a point takes four bytes, and a picture is unpacked several times at once."""
_HIGH = 6
"""Word's picture is as wide as a column: one that is a hundred times as high as wide is drawn on a sheet of 50 meters."""
_START = re.compile(rb"<(?:\w+:)?svg\b([^>]*)>")
_VIEW_BOX = re.compile(rb"\bviewBox\s*=\s*[\"']\s*[-+.\deE]+[\s,]+[-+.\deE]+[\s,]+([.\deE+]+)[\s,]+([.\deE+]+)")
_ACTIVE = re.compile(rb"<(?:[\w-]+:)?(script|foreignObject|iframe|handler|listener)\b|\s(on[a-z]+)\s*=|(javascript:)|<!(ENTITY)", re.IGNORECASE)
_SIDE = rb"(?<![-\w])%s\s*=\s*[\"']\s*([.\deE+]+)(?:px|pt|mm|cm|in)?\s*[\"']"


def check_sizes(root: Path) -> list[Problem]:
    """Pictures that an edition could not hold, or only with more memory than a machine has. Nothing of them is unpacked to tell."""
    return [
        problem
        for folder in (DOCS, BRIEFS, PAPER) for path in files_under(root, folder)
        if PurePosixPath(path).suffix.lower() in PICTURES and (problem := _check(path, root / path))
    ]  # fmt: skip


def check_pictures(root: Path) -> list[Problem]:
    """What to tell the author of each drawing that holds a script: it would be given out with the pages, and open on its own."""
    problems = []
    for path in (path for folder in (DOCS, BRIEFS, PAPER) for path in files_under(root, folder, ".svg", ".SVG")):
        content = (root / path).read_bytes()
        found = _ACTIVE.search(content)
        if found:
            what = next(group for group in found.groups() if group).decode()
            line = content.count(b"\n", 0, found.start()) + 1
            remedy = "Save it as plain SVG, without scripts and what belongs to them."
            problems.append(Problem("figure", path, line, f"The drawing holds “{what}”, which may run.", remedy))
    return problems


def _check(path: str, file: Path) -> Problem | None:
    size = file.stat().st_size
    if size > _BYTES:
        message = f"This picture has {size / 1e6:.1f} million bytes; an edition can hold {_BYTES // 1_000_000} million."
        return Problem("figure", path, None, message, "Save it smaller: 2,000 points are wide enough for paper.")
    width, height = _sides(file)
    if width * height > _POINTS and file.suffix.lower() == ".png":
        message = f"This picture has {width:,.0f} × {height:,.0f} points; an edition can hold {_POINTS // 1_000_000} million in all."
        return Problem("figure", path, None, message, "Save it smaller: 2,000 points are wide enough for paper.")
    if height > _HIGH * width > 0:
        message = f"This picture is {width:,.0f} wide and {height:,.0f} high; an edition can hold one {_HIGH} times as high as wide."
        return Problem("figure", path, None, message, "Cut it into several, or draw it broader.")
    return None


def _sides(file: Path) -> tuple[float, float]:
    """Width and height of an SVG, by what it says first, or of a PNG, by its header; zeros where they cannot be told."""
    with file.open("rb") as opened:
        data = opened.read(100_000)
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return float(int.from_bytes(data[16:20])), float(int.from_bytes(data[20:24]))
    start = _START.search(data)
    if start is None:
        return 0, 0
    sides = [re.search(_SIDE % name, start[1]) for name in (b"width", b"height")]
    box = _VIEW_BOX.search(start[1])
    found = [side[1] for side in sides if side] if all(sides) else [box[1], box[2]] if box else []
    try:
        width, height = (float(side) for side in found)
    except ValueError:
        return 0, 0
    return width, height
