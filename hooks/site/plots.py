"""Plots as SVG, drawn when the site is built: real text, legible in grey, the same bytes from the same data.

Every value stands beside its mark, and series differ in lightness, hatching or shape as well as in colour
(WCAG 2.2, 1.4.1), so nothing is lost in print or to a reader who does not tell the colours apart.
"""

from __future__ import annotations

import io
import re
import textwrap
from typing import TYPE_CHECKING

from lxml import etree

from hooks.site.plot_data import PlotSpec, Point

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FONT = "'Public Sans', sans-serif"
PAPER, INK, SOFT, RULE = "#fdfcf9", "#1c2127", "#545b64", "#d9d4c8"
# Fill, hatch: dark, light, middle with lines, paper with dots. Grey values 25, 78, 52 and 98 per cent.
_FILLS = (("#12405a", ""), ("#e9c98f", ""), ("#8fb1a0", "///"), (PAPER, "..."))
_MARKS = (("o", "#12405a", "-"), ("s", PAPER, "--"), ("^", "#a63d1f", ":"), ("D", "#8fb1a0", "-."))
_WIDTH, _SIZE = 720, 15
_NAME_WIDTH = 26
_SVG = "{http://www.w3.org/2000/svg}"


def plot_svg(spec: PlotSpec) -> str:
    """The plot as an SVG document, 720 units wide, with `title` and `desc`.

    Raises ValueError where there are more series than can be told apart without colour (four).
    """
    if len(spec.series) > len(_FILLS):
        raise ValueError(f"It has {len(spec.series)} series; at most {len(_FILLS)} can be told apart in print.")
    # Drawing is slow to load, and most builds find every plot in the cache.
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    settings = {
        "svg.fonttype": "none",
        "svg.hashsalt": "plot",
        "font.family": "DejaVu Sans",  # Comes with the library, so text is measured alike everywhere; printed in FONT.
        "font.size": _SIZE,
        "hatch.linewidth": 1.2,
        "axes.edgecolor": SOFT,
        "axes.linewidth": 1,
        "text.color": INK,
        "xtick.color": INK,
        "ytick.color": INK,
        "text.parse_math": False,
    }
    with rc_context(settings):
        figure = Figure(figsize=(_WIDTH / 72, _height(spec) / 72), dpi=72, facecolor=PAPER, layout="constrained")
        axes = figure.add_subplot(facecolor=PAPER)
        axes.spines[["top", "right"]].set_visible(False)
        _DRAW[spec.kind](spec, axes)
        if spec.series != ("",) and spec.kind != "line":
            _legend(figure, axes)
        out = io.StringIO()
        figure.savefig(out, format="svg", facecolor=PAPER, metadata=dict.fromkeys(("Creator", "Date", "Format", "Type")))
    return _finish(out.getvalue(), spec)


def _height(spec: PlotSpec) -> int:
    if spec.kind == "line":
        return 400
    rows = len(spec.points) + 0.45 * len(spec.names) if spec.kind == "grouped-bar" else 1.45 * len(spec.names)
    lines = sum(_wrapped(name).count("\n") for name in spec.names) if spec.kind != "grouped-bar" else 0
    return round(24 * rows + 14 * lines + 46 + (34 if spec.series != ("",) else 0))


def _wrapped(name: str) -> str:
    return textwrap.fill(name, _NAME_WIDTH, break_long_words=False)


def _rows(spec: PlotSpec, axes: Axes, unit: str) -> None:
    """Names down the left, the first at the top; no scale, since every value is printed."""
    axes.spines["bottom"].set_visible(False)
    axes.set_xticks([])
    axes.tick_params(axis="y", length=0, pad=8)
    axes.set_xlabel(unit, loc="left", color=SOFT, fontsize=_SIZE - 1)
    highest, lowest = max(p.value for p in spec.points), min(p.value for p in spec.points)
    if spec.kind == "stacked-bar":
        highest = max(sum(p.value for p in spec.points if p.x == name) for name in spec.names)
    span = (highest - min(lowest, 0)) or 1
    axes.set_xlim(min(lowest * 1.12, 0), highest + 0.09 * span)


def _name_rows(axes: Axes, names: tuple[str, ...], places: list[float]) -> None:
    axes.set_yticks(places, [_wrapped(name) for name in names])
    axes.invert_yaxis()


def _value(axes: Axes, point: Point, y: float, x: float) -> None:
    left = x < 0
    axes.annotate(point.label, (x, y), (-5 if left else 5, 0), textcoords="offset points", va="center_baseline", ha="right" if left else "left")


def _bars(spec: PlotSpec, axes: Axes) -> None:
    """One bar a row, or as many as the row has series, without a gap for a series that it lacks."""
    _rows(spec, axes, spec.unit)
    places, top = [], 0.0
    for name in spec.names:
        mine = [point for point in spec.points if point.x == name]
        places.append(top + (len(mine) - 1) / 2)
        for index, point in enumerate(mine):
            fill, hatch = _FILLS[spec.series.index(point.series)]
            axes.barh(top + index, point.value, 0.86, color=fill, hatch=hatch, edgecolor=INK, linewidth=0.9, label=point.series)
            _value(axes, point, top + index, point.value)
        top += len(mine) + 0.45
    axes.axvline(0, color=INK, linewidth=1.2)
    axes.set_ylim(-0.6, top - 0.85)
    _name_rows(axes, spec.names, places)


def _stacked(spec: PlotSpec, axes: Axes) -> None:
    """One bar a row, its parts end to end; a part that is too narrow for its number is left without."""
    _rows(spec, axes, spec.unit)
    whole = axes.get_xlim()[1]
    for row, name in enumerate(spec.names):
        start = 0.0
        for point in (p for p in spec.points if p.x == name):
            fill, hatch = _FILLS[spec.series.index(point.series)]
            axes.barh(row, point.value, 0.66, left=start, color=fill, hatch=hatch, edgecolor=INK, linewidth=0.9, label=point.series)
            if point.value > 0.035 * whole:
                back = "none" if not hatch else PAPER
                axes.text(
                    start + point.value / 2, row, point.label, ha="center", va="center_baseline",
                    color=PAPER if fill == _FILLS[0][0] else INK, bbox={"facecolor": back, "edgecolor": "none", "pad": 1.5},
                )  # fmt: skip
            start += point.value
        axes.annotate(f"{start:g}", (start, row), (6, 0), textcoords="offset points", va="center_baseline", fontweight="bold")
    axes.axvline(0, color=INK, linewidth=1.2)
    _name_rows(axes, spec.names, list(range(len(spec.names))))


def _dots(spec: PlotSpec, axes: Axes) -> None:
    """A rule a row with a mark for each value; the outer numbers stand beside their marks, others above."""
    _rows(spec, axes, spec.unit)
    for row, name in enumerate(spec.names):
        axes.axhline(row, color=RULE, linewidth=1, zorder=0)
        mine = sorted((p for p in spec.points if p.x == name), key=lambda p: p.value)
        for index, point in enumerate(mine):
            shape, fill, _ = _MARKS[spec.series.index(point.series)]
            axes.plot(point.value, row, shape, markersize=10, markerfacecolor=fill, markeredgecolor=INK, label=point.series)
            at, align = ((10, 0), "left") if index == len(mine) - 1 else ((-10, 0), "right") if index == 0 else ((0, 11), "center")
            axes.annotate(
                point.label,
                (point.value, row),
                at,
                textcoords="offset points",
                ha=align,
                va="center_baseline",
                fontsize=_SIZE - 1,
                bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1},
            )
    axes.set_ylim(-0.7, len(spec.names) - 0.5)
    _name_rows(axes, spec.names, list(range(len(spec.names))))


def _lines(spec: PlotSpec, axes: Axes) -> None:
    """A line a series, named at its end; years and other numbers stand at their distance from each other."""
    numeric = all(re.fullmatch(r"-?\d+(\.\d+)?", name) for name in spec.names)
    places = {name: float(name) if numeric else index for index, name in enumerate(spec.names)}
    for index, series in enumerate(spec.series):
        mine = sorted((places[p.x], p.value, p.label) for p in spec.points if p.series == series)
        shape, fill, dash = _MARKS[index]
        axes.plot(
            [x for x, _, _ in mine],
            [y for _, y, _ in mine],
            dash,
            color=INK if fill == PAPER else fill,
            linewidth=2.2,
            marker=shape,
            markersize=8,
            markerfacecolor=fill,
            markeredgecolor=INK,
        )
        for x, y, label in mine:
            axes.annotate(label, (x, y), (0, 9), textcoords="offset points", ha="center", fontsize=_SIZE - 2)
        axes.annotate(series, mine[-1][:2], (12, 0), textcoords="offset points", va="center_baseline", fontweight="bold", annotation_clip=False)
    axes.set_xticks(list(places.values()), list(places))
    axes.set_ylim(min(0, *(p.value for p in spec.points)), max(p.value for p in spec.points) * 1.15 or 1)
    axes.yaxis.grid(True, color=RULE)
    axes.set_axisbelow(True)
    axes.set_title(spec.unit, loc="left", color=SOFT, fontsize=_SIZE - 1)


_DRAW = {"bar": _bars, "grouped-bar": _bars, "stacked-bar": _stacked, "dot": _dots, "line": _lines}


def _legend(figure: Figure, axes: Axes) -> None:
    handles, labels = axes.get_legend_handles_labels()
    first = {label: handle for handle, label in reversed(list(zip(handles, labels, strict=True)))}
    order = list(dict.fromkeys(labels))
    figure.legend([first[label] for label in order], order, loc="outside upper left", ncols=len(order), frameon=False, handlelength=1.4, columnspacing=1.6)


def _finish(svg: str, spec: PlotSpec) -> str:
    """Give the drawing its title and description, its width in plain units, and our font as attributes."""
    tree = etree.fromstring(svg.encode(), etree.XMLParser(remove_comments=True, remove_blank_text=True))
    for node in tree.findall(f"{_SVG}metadata"):
        tree.remove(node)
    _, _, width, height = tree.get("viewBox").split()
    for name, value in (("width", width), ("height", height), ("role", "img"), ("aria-labelledby", "title desc")):
        tree.set(name, value)
    for index, (name, text) in enumerate((("title", spec.title), ("desc", spec.alt))):
        node = etree.Element(f"{_SVG}{name}", id=name)
        node.text = text
        tree.insert(index, node)
    for node in list(tree.iter(f"{_SVG}style")):
        node.getparent().remove(node)
    tree.set("stroke-linejoin", "round")
    for node in tree.iter():
        # As attributes, which a policy against inline styles leaves alone.
        style = dict(part.strip().split(": ", 1) for part in node.attrib.pop("style", "").split(";") if ": " in part)
        for name, value in style.items():
            node.set(name, value.removesuffix("px"))
        if node.tag == f"{_SVG}text":
            node.set("font-family", FONT)
    etree.cleanup_namespaces(tree)
    return etree.tostring(tree, encoding="unicode", pretty_print=True)

