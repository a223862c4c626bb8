# ruff: noqa: E501 (prose, and markup as it is written)
"""The results as a page, `docs/about/performance.md`, and a plot beside it."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from .tools import BENCH, ROOT, TOOLS

_PAGE = ROOT / "docs/about/performance.md"
_PLOT = ROOT / "docs/about/figures/performance.svg"
_COLOURS = ("#12405a", "#4b3b78", "#a63d1f", "#8a5a00")
_OURS = TOOLS[0].name

Results = Mapping[str, Mapping[str, Mapping[str, Any]]]


def write_report(results: Results) -> None:
    """Write the page and the plot. `results`: tool → number of briefs → measures."""
    _PLOT.parent.mkdir(parents=True, exist_ok=True)
    _PLOT.write_text(plot(results), encoding="utf-8")
    _PAGE.write_text(page(results), encoding="utf-8")


def sizes(results: Results) -> list[int]:
    return sorted({int(size) for tool in results.values() for size in tool})


def page(results: Results) -> str:
    """The page in Markdown: what was compared, on what machine, the numbers, and what they say."""
    lines = [
        "---",
        "title: Performance",
        "summary: How long a build takes beside two other ways to make PDFs from MkDocs, on the same synthetic briefs.",
        "---",
        f"Measured on {_day()} with `make bench`, which writes this page. Every tool builds the same synthetic briefs, of nine to eleven pages with tables, footnotes, callouts and a figure, in an environment of its own and with nothing cached but fonts and the installed browser. It then builds them once more after one brief was edited.",
        "",
        "![" + _alternative(results) + "](figures/performance.svg)",
        "",
        "/// figure-caption | performance",
        "Processor time of a full build by number of briefs; both axes are logarithmic.",
        "///",
        "",
        "| Tool | Briefs | Wall, s | Processor, s | Peak memory, MiB | After one edit: wall, s | After one edit: processor, s | Outcome |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |",
    ]
    for tool, rows in results.items():
        for size, row in sorted(rows.items(), key=lambda item: int(item[0])):
            full, again = row["full"], row["again"]
            rebuilt = f"{again['wall']:.1f} | {again['cpu']:.1f}" if again else "– | –"
            outcome = "finished" if full["outcome"] == "done" else full["outcome"]
            lines.append(f"| **{tool}** | {size} | {full['wall']:.1f} | {full['cpu']:.1f} | {full['peak']:.0f} | {rebuilt} | {outcome} |")
    lines += ["", "/// table-caption | measures", "Full builds, and builds after one edit", "///", "", "## What the numbers say {#reading}", ""]
    lines += [f"- {finding}" for finding in findings(results)]
    lines += [
        "",
        "## What is compared {#method}",
        "",
        "- **This project, PDF editions** makes a PDF of each brief: tagged, with bookmarks, checked against PDF/UA-1 and PDF/A-3a. **All editions** adds Word files, the policy template and the bound series.",
        "- **mkdocs-exporter** makes an untagged PDF of each page with Chromium; **mkdocs-to-pdf** makes one untagged PDF of the whole site with WeasyPrint. Neither checks its files.",
        "- Processor time is the sum over all processes that the build started and waited for. Memory is the peak of all its processes together, shared pages counted once, sampled four times a second. Other work on the machine makes wall times longer; processor times bear it better.",
        f"- The machine: {os.cpu_count()} cores, {_memory()} of memory, {platform.system()} {platform.machine()}, Python {platform.python_version()}, Typst {version('typst')}. Load at the time of this report: {_load()}.",
        *(["- **The machine had other work to do during this run**, more than its cores: read these figures as orders of magnitude, and measure again on an idle one."] if os.getloadavg()[0] > (os.cpu_count() or 1) else []),
        "",
    ]
    return "\n".join(lines)


def findings(results: Results) -> list[str]:
    """What holds of the targets: eight times faster than the faster peer, and growth no faster than linear."""
    found = []
    for size in sizes(results):
        ours = _full(results, _OURS, size)
        peers = {tool.name: row for tool in TOOLS if tool.package and (row := _full(results, tool.name, size))}
        done = {name: row for name, row in peers.items() if row["outcome"] == "done"}
        if ours and ours["outcome"] == "done" and done:
            name, best = min(done.items(), key=lambda item: item[1]["cpu"])
            ratio = best["cpu"] / ours["cpu"]
            verdict = "meets" if ratio >= 8 else "misses"
            found.append(
                f"At {size} briefs, PDF editions take {ours['cpu']:.1f} s of processor time against {best['cpu']:.1f} s for {name}: a ratio of {ratio:.1f}. That {verdict} the target of eight times."
            )
        found += [f"At {size} briefs, {name} {row['outcome']}." for name, row in peers.items() if row["outcome"] != "done"]
    for tool in results:
        done = [size for size in sizes(results) if (row := _full(results, tool, size)) and row["outcome"] == "done"]
        if len(done) > 1:
            first, last = _full(results, tool, done[0]), _full(results, tool, done[-1])
            found.append(
                f"{tool}: from {done[0]} to {done[-1]} briefs, {done[-1] / done[0]:.1f} times as many, processor time grew {last['cpu'] / first['cpu']:.1f} times and memory {last['peak'] / first['peak']:.1f} times."
            )
    for tool in TOOLS:
        for size in sizes(results):
            row = results.get(tool.name, {}).get(str(size))
            if not tool.package and row and row["again"]:
                share = row["again"]["cpu"] / row["full"]["cpu"]
                found.append(f"{tool.name}: the build after one edit of {size} briefs took {share:.0%} of the full build’s processor time.")
    for tool in TOOLS:
        lacking = [size for size in sizes(results) if not _full(results, tool.name, size)]
        if lacking:
            found.append(f"{tool.name} was not run at {', '.join(map(str, lacking))} briefs.")
    missing = [size for size in (12, 100, 1000) if size not in sizes(results)]
    if missing:
        found.append(f"Not measured in this run: {', '.join(f'{size:,}' for size in missing)} briefs.")
    return found


def plot(results: Results) -> str:
    """A line for each tool: processor seconds (up) by number of briefs (across), both on logarithmic scales."""
    import math

    left, top, width, height = 70, 20, 380, 260
    values = [row["full"]["cpu"] for rows in results.values() for row in rows.values() if row["full"]["outcome"] == "done"] or [1]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    high = max(high, low + 1)
    counts = sizes(results) or [1]
    first, last = math.log10(counts[0]), math.log10(max(counts[-1], counts[0] * 10))

    def place(size: float, seconds: float) -> tuple[float, float]:
        across = (math.log10(size) - first) / (last - first)
        up = (math.log10(seconds) - low) / (high - low)
        return left + width * across, top + height * (1 - up)

    out = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 340" font-family="Public Sans, sans-serif" font-size="13">',
        '<rect width="720" height="340" fill="#fdfcf9"/><g stroke="#d9d4c8">',
    ]
    for power in range(low, high + 1):
        y = place(counts[0], 10**power)[1]
        out.append(f'<line x1="{left}" y1="{y:.1f}" x2="{left + width}" y2="{y:.1f}"/>')
    out.append('</g><g fill="#1c2127">')
    for power in range(low, high + 1):
        out.append(f'<text x="{left - 8}" y="{place(counts[0], 10**power)[1] + 4:.1f}" text-anchor="end">{10**power:g} s</text>')
    for size in counts:
        out.append(f'<text x="{place(size, 10**low)[0]:.1f}" y="{top + height + 20}" text-anchor="middle">{size:,}</text>')
    out.append(f'<text x="{left + width / 2}" y="{top + height + 42}" text-anchor="middle">briefs</text></g>')
    for index, tool in enumerate(TOOLS):
        rows = results.get(tool.name, {})
        points = [place(size, row["full"]["cpu"]) for size in counts if (row := rows.get(str(size))) and row["full"]["outcome"] == "done"]
        if not points:
            continue
        colour, dash = _COLOURS[index], ("", "6 4", "2 4", "10 4 2 4")[index]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        out.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2.5" stroke-dasharray="{dash}"/>')
        out += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>' for x, y in points]
        y = top + 14 + 26 * index
        out.append(
            f'<line x1="470" y1="{y}" x2="505" y2="{y}" stroke="{colour}" stroke-width="2.5" stroke-dasharray="{dash}"/><text x="512" y="{y + 4}" fill="#1c2127">{tool.name}</text>'
        )
    return "\n".join([*out, "</svg>", ""])


def _full(results: Results, tool: str, size: int) -> Mapping[str, Any] | None:
    row = results.get(tool, {}).get(str(size))
    return row["full"] if row else None


def _alternative(results: Results) -> str:
    parts = []
    for tool, rows in results.items():
        values = ", ".join(
            f"{row['full']['cpu']:.0f} s at {size}" for size, row in sorted(rows.items(), key=lambda item: int(item[0])) if row["full"]["outcome"] == "done"
        )
        if values:
            parts.append(f"{tool}: {values}")
    return "A line chart of processor time by number of briefs. " + "; ".join(parts) + "."


def _day() -> str:
    today = date.fromtimestamp((BENCH / "results.json").stat().st_mtime) if (BENCH / "results.json").exists() else date.today()
    return f"{today:%B} {today.day}, {today.year}"


def _memory() -> str:
    line = next((line for line in Path("/proc/meminfo").read_text().splitlines() if line.startswith("MemTotal")), "MemTotal: 0")
    return f"{int(line.split()[1]) / 1024**2:.0f} GiB"


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}"
