"""The report of Lighthouse's runs; the runs themselves are no test."""

from __future__ import annotations

import pytest

from .results import CATEGORIES, METRICS, summary, table


def result(performance: float = 1, tbt: float = 10, alt: float = 1) -> dict:
    """As much of a result as is read, in Lighthouse's own form."""
    refs = {name: [{"id": f"{name}-audit", "weight": 1}] for name in CATEGORIES}
    refs["accessibility"].append({"id": "image-alt", "weight": 10})
    refs["seo"].append({"id": "advice", "weight": 0})
    return {
        "environment": {"benchmarkIndex": 2000.4},
        "categories": {name: {"score": performance if name == "performance" else 1, "auditRefs": refs[name]} for name in CATEGORIES},
        "audits": {name: {"score": 1, "numericValue": tbt} for name in METRICS}
        | {f"{name}-audit": {"score": 1} for name in CATEGORIES}
        | {"image-alt": {"score": alt}, "advice": {"score": 0}, "performance-audit": {"score": 0.5}},
    }


def test_the_median_is_taken_and_what_costs_points_is_named() -> None:
    found = summary([result(0.9, 100), result(1, 10), result(0.98, 30, alt=0), result(0.5, 900), result(1, 20)])
    assert found["scores"]["performance"] == 98
    assert found["metrics"]["total-blocking-time"] == 30
    assert found["machine"] == 2000
    assert found["costs"] == ["image-alt"], "of performance the metrics are shown; advice without weight costs nothing"
    text = table({"": found, "briefs/x/": found})
    assert text.splitlines()[1].split()[:2] == ["/", "98"]
    assert "costs points: image-alt" in text


def test_a_run_without_a_score_is_no_result() -> None:
    broken = result()
    broken["categories"]["seo"]["score"] = None
    with pytest.raises(ValueError, match="seo"):
        summary([result(), broken])
    with pytest.raises(ValueError, match="not loaded"):
        summary([result() | {"runtimeError": {"message": "not loaded"}}])
