"""Plots as SVG, drawn when the site is built: real text, legible in grey, the same bytes from the same data.

`<folder>/figures/data/<slug>.csv` and `.yml` become `<folder>/figures/<slug>.svg` of the site.
"""

from __future__ import annotations

import io
import pickle
import textwrap
from collections.abc import Collection, Mapping
from functools import partial
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from lxml import etree

from hooks.core.cache import Cache, digest
from hooks.core.code import code_digest
from hooks.core.look import look, look_key
from hooks.core.problems import Problem
from hooks.series.plot_data import PlotSpec, Point, data_files, read_plot

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.typing import RcKeyType

# Color of the look, hatch: dark, light, middle with lines, paper with dots. Grey values 25, 78, 52 and 98 per cent.
_FILLS = (("brand", ""), ("fill_2", ""), ("fill_3", "///"), ("paper", "..."))
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

    settings: dict[RcKeyType, Any] = {
        "svg.fonttype": "none",
        "svg.hashsalt": "plot",
        "font.family": "DejaVu Sans",  # Comes with the library, so text is measured alike everywhere; printed in our own.
        "font.size": _SIZE,
        "hatch.linewidth": 1.2,
        "axes.edgecolor": _color("soft"),
        "axes.linewidth": 1,
        "text.color": _color("ink"),
        "xtick.color": _color("ink"),
        "ytick.color": _color("ink"),
        "text.parse_math": False,
    }
    with rc_context(settings):
        figure = Figure(figsize=(_WIDTH / 72, _height(spec) / 72), dpi=72, facecolor=_color("paper"), layout="constrained")
        axes = figure.add_subplot(facecolor=_color("paper"))
        axes.spines[["top", "right"]].set_visible(False)
        _DRAW[spec.kind](spec, axes)
        if spec.series != ("",):
            _legend(figure, axes)
        out = io.StringIO()
        figure.savefig(out, format="svg", facecolor=_color("paper"), metadata=dict.fromkeys(("Creator", "Date", "Format", "Type")))
    return _finish(out.getvalue(), spec)


def _color(name: str) -> str:
    return look().light(name)


def _fill(spec: PlotSpec, point: Point) -> tuple[str, str]:
    """Color and hatch of the point's series."""
    name, hatch = _FILLS[spec.series.index(point.series)]
    return _color(name), hatch


def _height(spec: PlotSpec) -> int:
    grouped = spec.kind == "bar" and spec.series != ("",)
    rows = len(spec.points) + 0.45 * len(spec.names) if grouped else 1.45 * len(spec.names)
    lines = 0 if grouped else sum(_wrapped(name).count("\n") for name in spec.names)
    return round(24 * rows + 14 * lines + 46 + (34 if spec.series != ("",) else 0))


def _wrapped(name: str) -> str:
    return textwrap.fill(name, _NAME_WIDTH, break_long_words=False)


def _rows(spec: PlotSpec, axes: Axes, unit: str) -> None:
    """Names down the left, the first at the top; no scale, since every value is printed."""
    axes.spines["bottom"].set_visible(False)
    axes.set_xticks([])
    axes.tick_params(axis="y", length=0, pad=8)
    axes.set_xlabel(unit, loc="left", color=_color("soft"), fontsize=_SIZE - 1)
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
            fill, hatch = _fill(spec, point)
            axes.barh(top + index, point.value, 0.86, color=fill, hatch=hatch, edgecolor=_color("ink"), linewidth=0.9, label=point.series)
            _value(axes, point, top + index, point.value)
        top += len(mine) + 0.45
    axes.axvline(0, color=_color("ink"), linewidth=1.2)
    axes.set_ylim(-0.6, top - 0.85)
    _name_rows(axes, spec.names, places)


def _stacked(spec: PlotSpec, axes: Axes) -> None:
    """One bar a row, its parts end to end; a part that is too narrow for its number is left without."""
    _rows(spec, axes, spec.unit)
    whole = axes.get_xlim()[1]
    for row, name in enumerate(spec.names):
        start = 0.0
        for point in (p for p in spec.points if p.x == name):
            fill, hatch = _fill(spec, point)
            axes.barh(row, point.value, 0.66, left=start, color=fill, hatch=hatch, edgecolor=_color("ink"), linewidth=0.9, label=point.series)
            if point.value > 0.035 * whole:
                back = "none" if not hatch else _color("paper")
                axes.text(
                    start + point.value / 2, row, point.label, ha="center", va="center_baseline",
                    color=_color("paper" if spec.series.index(point.series) == 0 else "ink"), bbox={"facecolor": back, "edgecolor": "none", "pad": 1.5},
                )  # fmt: skip
            start += point.value
        axes.annotate(f"{start:g}", (start, row), (6, 0), textcoords="offset points", va="center_baseline", fontweight="bold")
    axes.axvline(0, color=_color("ink"), linewidth=1.2)
    _name_rows(axes, spec.names, list(range(len(spec.names))))


_DRAW = {"bar": _bars, "stacked-bar": _stacked}


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
    family = f"'{look().face('sans').family}', sans-serif"
    for node in tree.iter():
        # As attributes, which a policy against inline styles leaves alone.
        style = dict(part.strip().split(": ", 1) for part in node.attrib.pop("style", "").split(";") if ": " in part)
        for name, value in style.items():
            node.set(name, value.removesuffix("px"))
        if node.tag == f"{_SVG}text":
            node.set("font-family", family)
    etree.cleanup_namespaces(tree)
    made: str = etree.tostring(tree, encoding="unicode", pretty_print=True)
    return made


def _drawn(spec: PlotSpec) -> bytes:
    return plot_svg(spec).encode()


def drawn_figures(root: Path, cache: Cache, known: Collection[str] | None) -> tuple[Mapping[str, bytes], list[Problem]]:
    """Every plot of the project by the path at which a page names it, e.g. `whitepaper/figures/platform-use.svg`.

    `known` are the keys of the bibliography, None where it cannot be read. A plot with a mistake is left out and reported.
    """
    drawn: dict[str, bytes] = {}
    problems: list[Problem] = []
    for stem in data_files(root):
        spec, found = read_plot(root, stem, known)
        problems += found
        if spec is None:
            continue
        path = PurePosixPath(stem)
        place = path.parents[1] / f"{path.name}.svg"
        if (root / place).exists():
            remedy = "Delete the drawing, or rename the data: one of them would not be seen."
            problems.append(Problem("figure", f"{stem}.yml", None, f"It would be drawn as {place}, which is there already.", remedy))
            continue
        key = digest(version("matplotlib"), code_digest(__name__), look_key(), pickle.dumps(spec, protocol=4))
        try:
            drawn[place.as_posix()] = cache.remember("figures", key, partial(_drawn, spec))
        except ValueError as error:
            problems.append(Problem("figure", f"{stem}.yml", None, f"This cannot be drawn. {error}", "Change the data or its kind."))
    return drawn, problems
