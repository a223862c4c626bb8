"""The benchmark's parts: its corpus, its clock, its report."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from .corpus import brief
from .measure import run
from .report import findings, plot
from .tools import TOOLS


def _row(cpu: float, outcome: str = "done") -> dict:
    measure = {"wall": cpu, "cpu": cpu, "peak": 100.0, "outcome": outcome}
    return {"full": measure, "again": measure | {"cpu": cpu / 4}, "files": 1}


def test_every_tool_is_given_the_same_words() -> None:
    ours, theirs = brief(3, ours=True), brief(3, ours=False)
    assert 2500 < len(theirs.split()) < 4000
    assert brief(3, ours=True) == ours != brief(4, ours=True)
    sentences = [line for line in theirs.splitlines() if len(line) > 200 and not line.startswith((" ", "|"))]
    assert sentences and all(line in ours for line in sentences)


def test_a_command_is_measured_and_stopped(tmp_path: Path) -> None:
    done = run([sys.executable, "-c", "x = bytearray(60_000_000); import time; time.sleep(0.8)"], tmp_path, dict(os.environ), 20, tmp_path / "log")
    assert done.outcome == "done" and done.wall >= 0.8 and done.peak > 55
    failed = run([sys.executable, "-c", "raise SystemExit(3)"], tmp_path, dict(os.environ), 20, tmp_path / "log")
    assert failed.outcome == "failed with status 3"
    stopped = run([sys.executable, "-c", "import time; time.sleep(60)"], tmp_path, dict(os.environ), 0.5, tmp_path / "log")
    assert stopped.outcome.startswith("stopped") and stopped.wall < 10


def test_the_report_says_whether_the_targets_are_met() -> None:
    results = {
        TOOLS[0].name: {"12": _row(2), "100": _row(20)},
        TOOLS[2].name: {"12": _row(20), "100": _row(60)},
        TOOLS[3].name: {"12": _row(30), "100": _row(0, "stopped after 9 s")},
    }
    said = " ".join(findings(results))
    assert "a ratio of 10.0. That meets" in said and "a ratio of 3.0. That misses" in said
    assert f"{TOOLS[3].name} stopped after 9 s" in said and "25%" in said and "1,000 briefs" in said
    assert plot(results).count("<polyline") == 3
