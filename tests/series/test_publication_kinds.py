"""What the kinds of publications are allowed, one by one: a flag that flips lets something in, or leaves it out, without a word."""

from __future__ import annotations

import pytest

from hooks.series.kinds import KINDS


@pytest.mark.parametrize(
    ("flag", "names"),
    [
        ("advises", "white-paper chapter issue-brief workshop-summary interview-form course course-module course-workbook"),
        ("in_series", "white-paper chapter issue-brief now-sheet sector-sheet workshop-summary"),
        ("cited", "white-paper issue-brief now-sheet sector-sheet questions model-policy templates workshop-summary course"),
        ("of_course", "course course-module course-check course-workbook course-pack"),
        ("numbered", "chapter issue-brief now-sheet sector-sheet model-policy course-module"),
    ],
)
def test_these_kinds_and_no_others(flag: str, names: str) -> None:
    assert [kind.name for kind in KINDS.values() if getattr(kind, flag)] == names.split()
