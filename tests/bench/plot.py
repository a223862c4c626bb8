"""The results as a plot in SVG, with text as text. Its data are the table of full builds beside it."""

from __future__ import annotations

import math
from xml.sax.saxutils import escape

from .results import Results, done, noted, sizes
from .tools import TOOLS

_COLOURS = ("#12405a", "#4b3b78", "#a63d1f", "#8a5a00", "#545b64")
# Lines differ in dash and marker too, so that grey print keeps them apart.
_DASHES = ("", "7 4", "2 4", "11 4 2 4", "1 3")
_PANELS = (("wall", "Time on the clock", 62), ("cpu", "Processor time", 402))
_TOP, _WIDTH, _HEIGHT = 40, 290, 250


def plot(results: Results) -> str:
    """Two panels, time on the clock and processor time of a full build in seconds (up), by number of briefs (across); logarithmic.

    A row with a note has no point in the first: its time on the clock counts for nothing.
    """
    finished = [row for rows in results.values() for row in rows.values() if done(row)]
    values = [row["full"][key] for row in finished for key in ("wall", "cpu") if not (key == "wall" and noted(row))]
    low = math.floor(math.log10(min(values, default=1)))
    high = max(math.ceil(math.log10(max(values, default=10))), low + 1)
    counts = sizes(results) or [1]
    out = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 424" font-family="Public Sans, sans-serif" font-size="13">',
        '<rect width="720" height="424" fill="#fdfcf9"/>',
    ]
    for key, title, left in _PANELS:
        out += _panel(results, key, title, left, counts, low, high)
    used = [index for index, tool in enumerate(TOOLS) if results.get(tool.name)]
    for place, index in enumerate(used):
        x, y = 62 + 340 * (place % 2), 352 + 24 * (place // 2)
        out.append(f'<line x1="{x}" y1="{y}" x2="{x + 36}" y2="{y}" {_stroke(index)}/>{_marker(index, x + 18, y)}')
        out.append(f'<text x="{x + 44}" y="{y + 4}" fill="#1c2127">{escape(TOOLS[index].name)}</text>')
    return "\n".join([*out, "</svg>", ""])


def _panel(results: Results, key: str, title: str, left: int, counts: list[int], low: int, high: int) -> list[str]:
    first, last = math.log10(counts[0]), math.log10(max(counts[-1], counts[0] * 10))

    def place(size: float, seconds: float) -> tuple[float, float]:
        across, up = (math.log10(size) - first) / (last - first), (math.log10(max(seconds, 10**low)) - low) / (high - low)
        return left + 12 + (_WIDTH - 24) * across, _TOP + _HEIGHT * (1 - up)

    out = [f'<text x="{left}" y="22" font-weight="600" fill="#1c2127">{title}</text>']
    for power in range(low, high + 1):
        y = place(counts[0], 10**power)[1]
        out.append(f'<line x1="{left}" y1="{y:.1f}" x2="{left + _WIDTH}" y2="{y:.1f}" stroke="#d9d4c8"/>')
        out.append(f'<text x="{left - 8}" y="{y + 4:.1f}" text-anchor="end" fill="#1c2127">{10**power:,g} s</text>')
    for size in counts:
        out.append(f'<text x="{place(size, 1)[0]:.1f}" y="{_TOP + _HEIGHT + 20}" text-anchor="middle" fill="#1c2127">{size:,}</text>')
    out.append(f'<text x="{left + _WIDTH / 2}" y="{_TOP + _HEIGHT + 38}" text-anchor="middle" fill="#545b64">briefs</text>')
    for index, tool in enumerate(TOOLS):
        rows = results.get(tool.name, {})
        there = [(size, row) for size in counts if (row := rows.get(str(size))) and done(row) and not (key == "wall" and noted(row))]
        points = [place(size, row["full"][key]) for size, row in there]
        if len(points) > 1:
            out.append(f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}" fill="none" {_stroke(index)}/>')
        out += [_marker(index, x, y) for x, y in points]
    return out


def _stroke(index: int) -> str:
    dash = f' stroke-dasharray="{_DASHES[index]}"' if _DASHES[index] else ""
    return f'stroke="{_COLOURS[index]}" stroke-width="2.5"{dash}'


def _marker(index: int, x: float, y: float) -> str:
    """A circle, a square, a triangle, a diamond or a bar."""
    if index == 0:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{_COLOURS[index]}"/>'
    square, triangle = ((-4, -4), (4, -4), (4, 4), (-4, 4)), ((0, -5.5), (5, 4), (-5, 4))
    diamond, bar = ((0, -6), (6, 0), (0, 6), (-6, 0)), ((-6, -2), (6, -2), (6, 2), (-6, 2))
    shape = (square, triangle, diamond, bar)[index - 1]
    return f'<polygon points="{" ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in shape)}" fill="{_COLOURS[index]}"/>'
