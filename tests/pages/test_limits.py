"""What the engines of the editions can hold, told before they are asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hooks.blocks.limits import DEPTH, HEADINGS, ROWS
from tests import support

Render = Callable[..., support.Rendered]


def _told(sample: Path, render: Render, body: str) -> list[str]:
    with (sample / "briefs/records.md").open("a") as file:
        file.write(f"\n{body}\n")
    return [str(problem) for problem in render(sample).problems if problem.rule == "edition"]


def _table(rows: int) -> str:
    return "| Seldom seen | B |\n|---|---|\n" + "| a | b |\n" * rows


def _lists(depth: int) -> str:
    return "".join(f"{'    ' * level}- level {level}\n" for level in range(depth))


def _headings(count: int) -> str:
    return "## Again {#again}\n\nText.\n\n" + "".join(f"### Part {index} {{#part-{index}}}\n\nText.\n\n" for index in range(count))


@pytest.mark.parametrize("body", [_table(ROWS), _lists(DEPTH), "> " * (DEPTH // 2) + "deep", _headings(HEADINGS)])
def test_what_an_edition_can_hold_is_not_told(sample: Path, render: Render, body: str) -> None:
    assert _told(sample, render, body) == []


@pytest.mark.parametrize(
    ("body", "said", "within"),
    [
        (_table(ROWS + 1), "This table has 1,024 rows; the table of a PDF can hold 1,023. Divide it", 1),
        (_lists(DEPTH + 1), "stand deeper within one another here than an edition can hold. Take them apart", DEPTH + 1),
        ("> " * (DEPTH // 2 + 1) + "deep words", "stand deeper within one another here than an edition can hold.", 1),
        (_headings(HEADINGS + 1), "This is heading 241 of one level side by side; the contents of a PDF can hold 240. Gather them", 4 * HEADINGS + 5),
    ],
)
def test_what_it_cannot_is_told_at_its_line(sample: Path, render: Render, body: str, said: str, within: int) -> None:
    before = (sample / "briefs/records.md").read_text().count("\n") + 1
    (told,) = _told(sample, render, body)
    assert told.startswith(f"briefs/records.md:{before + within}: ")
    assert said in told


def test_a_page_without_editions_may_hold_more(sample: Path, render: Render) -> None:
    (sample / "docs/note.md").write_text(f"---\ntitle: Note\n---\n{_table(ROWS + 5)}")
    assert render(sample).problems == ()
