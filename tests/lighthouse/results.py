"""What several runs of Lighthouse say together, and the report of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
# Audit → heading and unit. https://developer.chrome.com/docs/lighthouse/performance/performance-scoring
METRICS = {
    "first-contentful-paint": ("FCP", "s"),
    "largest-contentful-paint": ("LCP", "s"),
    "total-blocking-time": ("TBT", "ms"),
    "cumulative-layout-shift": ("CLS", ""),
    "total-byte-weight": ("Weight", "kB"),
}


def summary(runs: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The median of each score (0 to 100) and metric over Lighthouse's results of one page, and the audits that ever cost points.

    `machine` is Lighthouse's own measure of how fast the machine was just then; below about 1,000 it was slow or busy, and the
    times say more of it than of the page (https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md).

    Raises ValueError if a run has no score: the page could not be loaded or the run broke off.
    """
    for run in runs:
        if run.get("runtimeError"):
            raise ValueError(run["runtimeError"].get("message", "Lighthouse broke off"))
        if empty := [name for name in CATEGORIES if run["categories"][name]["score"] is None]:
            raise ValueError(f"no score for {', '.join(empty)}")
    return {
        "runs": len(runs),
        "scores": {name: round(100 * median(run["categories"][name]["score"] for run in runs)) for name in CATEGORIES},
        "metrics": {name: median(run["audits"][name]["numericValue"] for run in runs) for name in METRICS},
        "machine": round(median(run["environment"]["benchmarkIndex"] for run in runs)),
        "costs": sorted({audit for run in runs for audit in _costs(run)}),
    }


def _costs(run: Mapping[str, Any]) -> list[str]:
    """Audits that count toward a score and are not perfect. Of performance the metrics only, which are listed by themselves."""
    counted = [ref["id"] for name in CATEGORIES[1:] for ref in run["categories"][name]["auditRefs"] if ref["weight"]]
    return [id_ for id_ in counted if (score := run["audits"][id_]["score"]) is not None and score < 1]


def _shown(value: float, unit: str) -> str:
    if unit == "s":
        return f"{value / 1000:.2f} s"
    if unit == "kB":
        return f"{value / 1000:.0f} kB"
    return f"{value:.0f} ms" if unit else f"{value:.3f}"


def table(pages: Mapping[str, Mapping[str, Any]]) -> str:
    """One line a page: the four scores, the metrics, and what cost points."""
    width = max([len(path or "/") for path in pages] + [4]) + 2
    lines = ["".join([f"{'page':{width}}", *(f"{name:>16}" for name in CATEGORIES), *(f"{heading:>10}" for heading, _ in METRICS.values()), f"{'machine':>9}"])]
    for path, found in pages.items():
        lines.append(
            "".join(
                [
                    f"{path or '/':{width}}",
                    *(f"{found['scores'][name]:>16}" for name in CATEGORIES),
                    *(f"{_shown(found['metrics'][name], unit):>10}" for name, (_, unit) in METRICS.items()),
                    f"{found['machine']:>9}",
                ]
            )
        )
        lines += [f"  costs points: {audit}" for audit in found["costs"]]
    return "\n".join(lines)
