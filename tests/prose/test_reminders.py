"""The reminders of the weekly sessions ask for what the run sheet and the tables of the pack say, and forbid nothing that they ask for."""

from __future__ import annotations

import re

import pytest
import yaml

from .text import ROOT, body

PAGE = body(ROOT / "docs/course/packs/weeks.md")
SESSIONS = yaml.safe_load((ROOT / "docs/course/packs/weeks.yml").read_text(encoding="utf-8"))["sessions"]
MODULES = sorted((ROOT / "docs/course").glob("0[1-8]-*.md"))
NUMBERS = range(1, len(SESSIONS) + 1)


def words(text: str) -> str:
    """The words alone, without those that join what is listed."""
    return " ".join(word for word in re.findall(r"[\w.]*\w", text.lower()) if word != "and")


def reminder(week: int) -> str:
    found = re.search(rf"^/// letter \| reminder-{week}\n(.*?)^///$", PAGE, re.MULTILINE | re.DOTALL)
    assert found, f"week {week} has no reminder"
    return found[1].split("\n\n", 1)[1]


def row(caption: str, week: int) -> list[str]:
    """The cells of the table with that caption, in the row of the week."""
    table = PAGE.partition(f"/// table-caption | {caption}")[0].rpartition("\n\n| ")[2]
    return next([cell.strip() for cell in line.strip("| ").split(" | ")] for line in table.split("\n") if line.startswith(f"| **{week}** |"))


def label(exercise: str) -> str:
    """`comments#people-and-lists` → 5.3"""
    slug, _, id_ = exercise.partition("#")
    path = next(path for path in MODULES if path.stem.partition("-")[2] == slug)
    ids = re.findall(r"^//// exercise \| (\S+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return f"{int(path.stem[:2])}.{ids.index(id_) + 1}"


@pytest.mark.parametrize("week", NUMBERS)
def test_a_reminder_has_the_title_of_its_session_and_what_to_bring(week: int) -> None:
    said = words(reminder(week))
    assert words(SESSIONS[week - 1]["title"]) in said
    for thing in row("to-bring", week)[1].split("; "):
        if not thing.startswith("The workbook"):
            assert words(thing).removeprefix("the ") in said


@pytest.mark.parametrize("week", NUMBERS[1:])
def test_a_reminder_has_the_homework_of_the_week_before_and_what_is_sent_of_it(week: int) -> None:
    said = words(reminder(week))
    assert [name for name in SESSIONS[week - 2]["home"] if label(name) not in said] == []
    for thing in row("home-week", week - 1)[3].split("; "):
        assert words(thing).removeprefix("the ") in said


@pytest.mark.parametrize("week", NUMBERS)
def test_nothing_is_to_be_brought_that_may_not_be(week: int) -> None:
    """Passwords, lists of people who are blocked, and the list of doors, but for the workbook in which that stands."""
    asked = row("to-bring", week)[1]
    assert not re.search(r"password|blocked|block list", asked, re.IGNORECASE)
    assert "doors" not in asked or asked.startswith("The workbook")
