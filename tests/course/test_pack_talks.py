"""What a pack gives those who speak: the passage of each talk is in it, and notes under slides fit into the minutes of the run sheet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hooks.registers.pack_talks import planned
from tests.support import Rendered, edit

YML = "docs/course/packs/day.yml"
SLIDES = "docs/course/slides/rules.md"
MODULE = "  - {file: module:rules, who: facilitator, copies: none, sides: screen}\n"


def told(rendered: Rendered) -> list[str]:
    return [str(problem) for problem in rendered.problems]


@pytest.mark.parametrize(
    ("note", "minutes"),
    [
        ("5 minutes.", 5),
        ("Ask each for one word. Five minutes. Then go on.", 5),
        ("Two minutes in pairs. 3 minutes for the row.", 5),
        ("One minute: everyone writes it.", 1),
        ("The warning is out within 15 minutes. It takes two minutes.", 0),
        ("15-minute talk. Ninety minutes.", 0),
        ("", 0),
    ],
)
def test_a_note_plans_the_minutes_with_which_its_sentences_begin(note: str, minutes: int) -> None:
    assert planned(note) == minutes


def test_notes_that_plan_more_minutes_than_the_run_sheet_gives(pack: Path, render: Callable[..., Rendered]) -> None:
    edit(pack / SLIDES, "One ground\n///\n", "One ground\n///\n\n/// notes\n16 minutes.\n///\n")
    assert told(render(pack)) == [
        f"{YML}:39: This item has 20 minutes, and the notes under its slides plan 21: “rules-start” 5, “rules-ground” 16. "
        "Take the minutes out of the note, for the run sheet says them, or give the item more. [pack]"
    ]


def test_notes_may_plan_all_the_minutes(pack: Path, render: Callable[..., Rendered]) -> None:
    edit(pack / SLIDES, "Five minutes: see", "20 minutes: see")
    assert told(render(pack)) == []


def test_a_talk_whose_passage_is_not_in_the_pack(pack: Path, render: Callable[..., Rendered]) -> None:
    edit(pack / YML, MODULE, "")
    assert told(render(pack)) == [
        f"{YML}:39: This talk is drawn from “module:rules#rules-first”, which is in no file of the pack. "
        "Put it among the parts of a paper, or list its publication under `files`. [pack]"
    ]


def test_a_passage_may_stand_on_a_paper(pack: Path, render: Callable[..., Rendered]) -> None:
    edit(pack / YML, MODULE, "")
    edit(pack / YML, "files:\n", "papers:\n  - id: lesson\n    title: The lesson\n    parts: [module:rules#rules-first]\n\nfiles:\n")
    assert told(render(pack)) == []
