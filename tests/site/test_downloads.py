"""Files that readers take away."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from hooks.citing.bibliography import load_bibliography
from hooks.linking.model import Recommendation
from hooks.registers.downloads import bibliography_files, recommendations_csv
from tests import support


@pytest.fixture
def recommendations(sample: Path, render: Callable[..., support.Rendered]) -> tuple[Recommendation, ...]:
    return render(sample).site.recommendations


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_the_register_as_csv(recommendations: tuple[Recommendation, ...]) -> None:
    text = recommendations_csv(recommendations)
    assert text.count("\r\n") == text.count("\n") == 5
    header, *table = rows(text)
    assert header == ["id", "number", "publication", "recommendation", "who", "when", "evidence", "url", "strength"]
    assert [row[:3] for row in table] == [
        ["wp-01-r1", "P1.1", "wp-01"],
        ["ib-01-r1", "1.1", "ib-01"],
        ["ib-01-r2", "1.2", "ib-01"],
        ["ib-02-r1", "2.1", "ib-02"],
    ]
    assert table[2][3:6] == ["Keep a copy of every comment that is hidden.", "Records officer", "at once"]
    assert table[2][6:] == ["law:sample-records", "briefs/comments/#ib-01-r2", "Law points this way"]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(sign: str, recommendations: tuple[Recommendation, ...]) -> None:
    hostile = f'{sign}HYPERLINK("https://x.example","a")'
    (item,) = [dataclasses.replace(recommendations[0], text=hostile, who=hostile, when=hostile, evidence=(hostile,))]
    _, row = rows(recommendations_csv([item]))
    assert row[3:7] == [f"'{hostile}"] * 4


def test_what_is_not_said_is_an_empty_cell(recommendations: tuple[Recommendation, ...]) -> None:
    _, row = rows(recommendations_csv([dataclasses.replace(recommendations[0], strength="")]))
    assert row[-1] == ""


def test_evidence_that_begins_with_an_at_sign_is_text(recommendations: tuple[Recommendation, ...]) -> None:
    _, _, row, *_ = rows(recommendations_csv(recommendations))
    assert row[6] == "'@sampleson2013first, p. 4; law:sample-comments; case:sample-county-2020"


def test_the_bibliography_in_both_forms() -> None:
    bibliography, _ = load_bibliography(support.SAMPLE)
    files = bibliography_files(bibliography)
    assert files["literature.bib"] == bibliography.bibtex
    assert [item["id"] for item in json.loads(files["literature.json"])] == ["sample:survey", "samplecounty2020", "sampleson2013first", "sampleson2013second"]
