"""Figures drawn from data: `<folder>/figures/data/<slug>.csv` and `.yml` become `<folder>/figures/<slug>.svg` of the site."""

from __future__ import annotations

import pickle
from collections.abc import Collection, Mapping
from importlib.metadata import version
from pathlib import Path, PurePosixPath

from hooks.cache import Cache, digest
from hooks.problems import Problem
from hooks.site.plot_data import data_files, read_plot
from hooks.site.plots import plot_svg


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
        key = digest(version("matplotlib"), _code(), pickle.dumps(spec, protocol=4))
        content = cache.get("figures", key)
        if content is None:
            try:
                content = cache.put("figures", key, plot_svg(spec).encode())
            except ValueError as error:
                problems.append(Problem("figure", f"{stem}.yml", None, f"This cannot be drawn. {error}", "Change the data or its kind."))
                continue
        drawn[place.as_posix()] = content
    return drawn, problems


def _code() -> bytes:
    return (Path(__file__).with_name("plots.py")).read_bytes()
