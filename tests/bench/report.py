# ruff: noqa: E501 (prose, and markup as it is written)
"""The results as a page, `docs/about/performance.md`, and a plot beside it (see `plot`)."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

from .plot import plot
from .results import Results, Row, alike, done, measured, noted, sizes
from .stages import SETTING
from .tools import BENCH, ROOT, TOOLS

_PAGE = ROOT / "docs/about/performance.md"
_PLOT = ROOT / "docs/about/figures/performance.svg"
_SETTINGS = ROOT / "mkdocs.yml"
_OURS, _ALL, _ALONE = TOOLS[0].name, TOOLS[1].name, TOOLS[-1].name
_SHARE = 0.05
_MOST_MIB = 4096
"""What a build of a thousand briefs may hold, all editions and the bound series included."""
_MEASURED = {"wall": "time on the clock", "cpu": "processor time", "peak": "memory"}
_SIZES = (12, 100, 1000)
_TIMES_AT = {12: 5, 100: 8}
_WORDS = {5: "five", 8: "eight"}
SERIES = "this series"
_PAGE_WITHIN, _OTHER_WITHIN = {True: 1.0, False: 2.0}, {True: 1.5, False: 3.0}
"""Seconds from a save to the page: of this series, and of one of a thousand briefs; of a brief, and of anything else."""

Stages = Mapping[str, float]
Previews = Mapping[str, Mapping[str, Mapping[str, float]]]
"""Project → what is saved → `preview.Preview` as a mapping."""


def write_report(results: Results, stages: Stages, previews: Previews) -> None:
    """Write the page and the plot. `results`: tool → number of briefs → measures; `stages`: step → CPU seconds of a build of 12 briefs."""
    _PLOT.parent.mkdir(parents=True, exist_ok=True)
    _PLOT.write_text(plot(results), encoding="utf-8")
    _PAGE.write_text(page(results, stages, previews), encoding="utf-8")
    settings = _SETTINGS.read_text(encoding="utf-8")
    if (named := in_navigation(settings)) != settings:
        _SETTINGS.write_text(named, encoding="utf-8")


def in_navigation(settings: str) -> str:
    """The text of mkdocs.yml with the page in its navigation, before the corrections."""
    if "about/performance.md" in settings:
        return settings
    return re.sub(r"^( *)- Corrections: about/corrections\.md$", r"\1- Performance: about/performance.md\n\g<0>", settings, count=1, flags=re.M)


def page(results: Results, stages: Stages, previews: Previews) -> str:
    """The page in Markdown: what was compared, on what machine, the numbers, and what they say."""
    lines = [
        "---",
        "title: Performance",
        "summary: How long this site takes to build with its PDFs, beside two other ways to make PDFs from the same pages.",
        "---",
        "",
        f"Measured on {_day()} on {_machine()}. `make bench` measures again and writes this page.",
        "",
        "## Targets {#targets}",
        "",
        *(f"- {finding}" for finding in (*findings(results), *_shown_in_time(previews))),
        "",
        "## Full builds {#full}",
        "",
        "![" + _alternative(results) + "](figures/performance.svg)",
        "",
        "/// figure-caption | performance",
        "Time of a full build by number of briefs: what passes on the clock, and processor time. All axes are logarithmic",
        "///",
        "",
        "| Tool | Briefs | Clock, s | Processor, s | Peak memory, MiB | Outcome |",
        "| --- | ---: | ---: | ---: | ---: | --- |",
    ]
    for tool, size, row in _rows(results):
        full = row["full"]
        outcome = "finished" if full["outcome"] == "done" else full["outcome"]
        clock = "–" if noted(row) else _seconds(full["wall"])
        note = "".join(f"; {row[name]}" for name in ("apart", "note") if row.get(name))
        lines.append(f"| **{tool}** | {size:,} | {clock} | {_seconds(full['cpu'])} | {full['peak']:,.0f} | {outcome}{note} |")
    lines += ["", "/// table-caption | full-builds", "Full builds, with nothing kept from an earlier one", "///", ""]
    lines += [
        "## After one edit {#edit}",
        "",
        "| Tool | Briefs | Clock, s | Of the full build’s clock time | Processor, s | Of the full build’s processor time |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for tool, size, row in _rows(results):
        full, again = row["full"], row.get("again")
        if again and again["outcome"] == "done":
            clock = "– | –" if noted(row) else f"{_seconds(again['wall'])} | {again['wall'] / full['wall']:.1%}"
            lines.append(f"| **{tool}** | {size:,} | {clock} | {_seconds(again['cpu'])} | {again['cpu'] / full['cpu']:.1%} |")
    lines += ["", "/// table-caption | rebuilds", "Builds after a sentence was added to one brief", "///", ""]
    lines += [*_previews(previews), *_stages(stages, measured(results, _ALONE, _SIZES[0]), measured(results, _OURS, _SIZES[0]))]
    lines += [
        "## What would be needed {#needed}",
        "",
        "- **For five and eight times as fast:** a checker that goes through a file once for both standards, since it now reads each file twice; "
        "typesetting without the second layout that the table of contents asks for; and PDFs begun before all pages are resolved. "
        "Leaving the checks out would be the shortest way, and the wrong one.",
        "- **For a rebuild under 5% on the clock:** the index of the search put together page by page, and templates filled only for pages "
        "whose surroundings have changed: these two take longer now than the page, its references and its PDF.",
        "",
        "## What is compared {#method}",
        "",
        "- **The same words.** Every tool builds the same synthetic briefs, of nine to eleven pages, with three tables, eight footnotes, two callouts, a list and a figure, each in its own syntax. They cite nothing and refer to no other brief.",
        f"- **{_sentence(_OURS)}** makes a PDF of each brief: tagged, with bookmarks, named places, a QR code and its sources attached, and checks each against PDF/UA-1 and PDF/A-3a. This is what the targets are measured on.",
        f"- **{_sentence(_ALL)}** adds what the peers have nothing like: a Word file of each brief, the policy template, and the whole series bound in one PDF with one table of contents. An edit sets one part of the bound volume again, and joins all parts.",
        "- **mkdocs-exporter** makes an untagged PDF of each page with Chromium, several at a time. **mkdocs-to-pdf** makes one untagged PDF of the whole site with WeasyPrint. Neither checks its files, and neither keeps anything between builds.",
        "- **MkDocs alone** makes the same pages with Material’s templates and no PDF: the least that any of these can take.",
        "- Each tool writes its site as well, in an environment of its own. Ours also writes what it always writes: preview pictures, citation files, feeds, a catalogue.",
        "- Nothing is cached but fonts and the installed browser. Each build was run once, one after the other.",
        "- Processor time is the sum over all processes that came of the build, a browser’s included. Memory is the peak of all of them together, shared pages counted once, sampled four times a second.",
        "- A row that says so was measured apart from the others, by itself. Where it gives no time on the clock, other work ran on the machine; processor time and memory bear that, the clock does not.",
        "",
    ]
    return "\n".join(lines)


def findings(results: Results) -> list[str]:
    """Each target with the figures that meet or miss it, then what was not measured."""
    found = []
    for size in _SIZES:
        ours = measured(results, _OURS, size)
        peers = {tool.name: row["full"] for tool in TOOLS if tool.package and (row := measured(results, tool.name, size)) and not noted(row) and done(row)}
        if ours and done(ours) and peers:
            name, best = min(peers.items(), key=lambda item: item[1]["wall"])
            full = ours["full"]
            ratio = best["wall"] / full["wall"]
            against = f"{_seconds(full['wall'])} s against {_seconds(best['wall'])} s of {name}: {ratio:.1f} times as fast on the clock, with {best['cpu'] / full['cpu']:.1f} times less processor time."
            times = _TIMES_AT.get(size, 0)
            aim = (
                f"**{_verdict(ratio >= times)}**: {_WORDS[times]} times as fast as the faster peer at {size} briefs."
                if times
                else f"At {size:,} briefs, for which no such target was set:"
            )
            found.append(f"{aim} {against}")
    for name, required in ((_OURS, True), (_ALL, False)):
        there = [size for size in sizes(results) if (row := measured(results, name, size)) and done(row)]
        if len(there) > 1:
            steps = [_grown(results[name], small, large) for small, large in pairwise(there)]
            judged_by = [step for step in steps if step.large <= _SIZES[-1]]
            linear = all(times <= step.size for step in judged_by for times in step.times.values())
            judged = f"**{_verdict(linear)}**: growth no faster than linear up to {_SIZES[-1]:,} briefs. " if required and judged_by else ""
            found.append(f"{judged}{_sentence(name)}: {'; '.join(map(str, steps))}.")
        if there:
            # The target is set at the largest of these sizes; a larger one may have been measured beside it.
            found += _rebuild(results, name, max((size for size in there if size <= _SIZES[-1]), default=there[-1]), required)
    most = measured(results, _ALL, _SIZES[-1])
    if most and done(most):
        held = max(row["peak"] for row in (most["full"], most.get("again")) if row)
        found.append(f"**{_verdict(held <= _MOST_MIB)}**: at most 4 GiB for {_SIZES[-1]:,} briefs in all editions with the bound series: {held:,.0f} MiB.")
    found += [
        f"{tool.name} {row['full']['outcome']} at {size:,} briefs."
        for tool in TOOLS
        for size in sizes(results)
        if (row := measured(results, tool.name, size)) and not done(row)
    ]
    for tool in TOOLS:
        lacking = [f"{size:,}" for size in _SIZES if not measured(results, tool.name, size)]
        if lacking:
            found.append(f"Not measured: {tool.name} at {' and '.join(lacking)} briefs.")
    return found


@dataclass(frozen=True)
class _Grown:
    """From one number of briefs to a larger: how many times as many, and how many times each measure grew."""

    small: int
    large: int
    times: Mapping[str, float]

    @property
    def size(self) -> float:
        return self.large / self.small

    def __str__(self) -> str:
        each = ", ".join(f"{_MEASURED[key]} × {times:.1f}" for key, times in self.times.items())
        return f"from {self.small:,} to {self.large:,} briefs (× {self.size:.1f}): {each}"


def _grown(rows: Mapping[str, Row], small: int, large: int) -> _Grown:
    """By how much a tool's measures grew; without the clock where other work ran beside one of the two."""
    before, after = (rows[str(size)] for size in (small, large))
    keys = [key for key in _MEASURED if not (key == "wall" and (noted(before) or noted(after)))]
    return _Grown(small, large, {key: after["full"][key] / before["full"][key] for key in keys})


def _rebuild(results: Results, name: str, size: int, required: bool) -> list[str]:
    row = results[name][str(size)]
    full, again = row["full"], row.get("again")
    if not again or not alike(full, again):
        return []
    wall, cpu = again["wall"] / full["wall"], again["cpu"] / full["cpu"]
    clock = "" if noted(row) else f"{wall:.1%} of its time on the clock ({_seconds(again['wall'])} s) and "
    shares = f"{clock}{cpu:.1%} of its processor time"
    took = f"of a full build of {size:,} briefs, the build after one edit took {shares}"
    if not required:
        return [f"{_sentence(name)}: {took}, for the bound volume is joined again."]
    if size < _SIZES[-1]:
        return [f"{_sentence(took)}."]
    if noted(row):
        return [f"After one edit, under 5% of a full build, on the clock: not measured. {_sentence(took)}."]
    return [f"**{_verdict(max(wall, cpu) < _SHARE)}**: after one edit, under 5% of a full build. {_sentence(took)}."]


def _shown_in_time(previews: Previews) -> Iterator[str]:
    for project, rows in previews.items():
        for what, row in rows.items():
            within = (_PAGE_WITHIN if what == "a brief" else _OTHER_WITHIN)[project == SERIES]
            yield (
                f"**{_verdict(row['median'] <= within)}**: {what} of {project} is shown {within:.1f} s after it is saved, in half of all cases: "
                f"{row['median']:.2f} s, at most {row['longest']:.2f} s."
            )


def _previews(previews: Previews) -> list[str]:
    if not previews:
        return []
    rows = [
        f"| **{_sentence(project)}** | {what} | {row['saves']:.0f} | {row['median']:.2f} | {row['longest']:.2f} | {row['before']:,.0f} | {row['after']:,.0f} |"
        for project, saved in previews.items()
        for what, row in saved.items()
    ]
    return [
        "## While one writes {#preview}",
        "",
        "Under `make serve`, from the moment when a file is saved until the server gives out what shows the change. Editions are made later, while nothing is saved.",
        "",
        "| Project | What is saved | Saves | Median, s | Longest, s | Held after the first, MiB | Held after the last, MiB |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: |",
        *rows,
        "",
        "/// table-caption | saves",
        "From a save to the page, and the memory of the server",
        "///",
        "",
    ]


def _stages(stages: Stages, alone: Row | None, ours: Row | None) -> list[str]:
    total = sum(stages.values())
    if not total:
        return []
    rows = [f"| **{step}** | {seconds:.2f} | {seconds / total:.0%} |" for step, seconds in stages.items()]
    floor = []
    if alone and ours and done(alone) and done(ours):
        pages, setting = alone["full"]["cpu"], stages[SETTING]
        floor = [
            f"The floor is what MkDocs takes for these pages alone and Typst for the setting alone: {_seconds(pages)} s and {_seconds(setting)} s of processor time, "
            f"{_seconds(pages + setting)} s together. This project takes {_seconds(ours['full']['cpu'])} s, with the start of its processes.",
            "",
        ]
    return [
        "## Where the time goes {#time}",
        "",
        "A full build of 12 briefs with their PDFs, in one process, step by step. Typst, the structure and the checks grow with the PDFs that are new: in a build after one edit they take the time of one brief. Markdown, references and the weights of words in the search are kept for pages that have not changed.",
        "",
        "| Step | Processor, s | Share |",
        "| --- | ---: | ---: |",
        *rows,
        "",
        "/// table-caption | steps",
        "Processor time of each step of a full build",
        "///",
        "",
        *floor,
    ]


def _rows(results: Results) -> Iterator[tuple[str, int, Row]]:
    for tool, rows in results.items():
        for size, row in sorted(rows.items(), key=lambda item: int(item[0])):
            yield tool, int(size), row


def _verdict(met: bool) -> str:
    return "Met" if met else "Missed"


def _sentence(name: str) -> str:
    return name[0].upper() + name[1:]


def _seconds(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def _alternative(results: Results) -> str:
    parts = []
    for tool, rows in results.items():
        values = ", ".join(
            f"{_seconds(row['full']['cpu'])} s at {int(size):,}" for size, row in sorted(rows.items(), key=lambda item: int(item[0])) if done(row)
        )
        if values:
            parts.append(f"{tool}: {values}")
    return "Two line charts by number of briefs, of time on the clock and of processor time. Processor time: " + "; ".join(parts) + "."


def _day() -> str:
    kept = BENCH / "results.json"
    today = date.fromtimestamp(kept.stat().st_mtime) if kept.exists() else date.today()
    return f"{today:%B} {today.day}, {today.year}"


def _machine() -> str:
    lines = Path("/proc/meminfo").read_text().splitlines() if Path("/proc/meminfo").exists() else []
    kibibytes = next((int(line.split()[1]) for line in lines if line.startswith("MemTotal")), 0)
    return f"a machine with {os.cpu_count()} processor cores ({_model()}) and {kibibytes / 1024**2:.0f} GiB of memory, with {platform.system()}, Python {platform.python_version()} and Typst {version('typst')}"


def _model() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine()).replace("(R)", "").replace("(TM)", "")
