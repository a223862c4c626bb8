"""Facts about platforms: their dates, and what of them is due."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from hooks.series.currency import due, main, report
from hooks.series.load import load_series
from hooks.series.records import PlatformFact
from tests.support import ROOT

_FACT = {"id": "x", "platform": "X", "fact": "It was so.", "source": ["@a"], "told_by": "news", "read": "whole"}


@pytest.mark.parametrize(
    ("written", "text"),
    [(2018, "2018"), ("2018", "2018"), ("2018-05", "May 2018"), (date(2018, 5, 4), "May 4, 2018"), ("2018-05-04", "May 4, 2018")],
)
def test_a_fact_is_dated_as_closely_as_its_source_is(written: object, text: str) -> None:
    assert PlatformFact.model_validate(_FACT | {"as_of": written}).as_of_text == text


@pytest.mark.parametrize("written", ["2018-13", "2018-5", "May 2018", "18", True, None, ""])
def test_what_is_no_date_is_refused(written: object) -> None:
    with pytest.raises(ValidationError):
        PlatformFact.model_validate(_FACT | {"as_of": written})


def test_what_is_to_be_looked_at_again_is_listed_in_time_and_what_is_settled_never(sample: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    series, _ = load_series(sample)

    def listed(today: date) -> list[str]:
        return [item.id for item in due(series, today) if item.kind == "platform"]

    assert listed(date(2026, 10, 1)) == []
    assert listed(date(2026, 10, 2)) == listed(date(2030, 1, 1)) == ["samplebook-hidden"]
    line = "2026-12-01  due      platform     samplebook-hidden             Samplebook, as of May 2025  (docs/platforms.yml:2)"
    assert line in report(due(series, date(2026, 12, 1)), date(2026, 12, 1))
    monkeypatch.chdir(sample)
    assert main(["2026-12-02"]) == 1
    assert "2026-12-01  OVERDUE  platform     samplebook-hidden" in capsys.readouterr().out


def test_the_facts_of_the_series_begin_with_their_platform() -> None:
    series, problems = load_series(ROOT)
    assert series.platforms and not [problem for problem in problems if problem.path == "docs/platforms.yml"]
    for fact in series.platforms:
        assert fact.id.startswith(fact.platform.split()[0].lower()), fact.id
