"""The final check as it is written: its questions over all modules, answers that their place and length do not give away; and the scripts."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
import yaml

from tests.site.test_tool_scripts import run
from tests.support import ROOT

COURSE = ROOT / "docs/course"
_CHECK = re.compile(r"^/// check \| (?P<id>\S+)\n(?P<options>(?: {4}[^\n]+\n)+)(?P<body>.*?)^///$", re.MULTILINE | re.DOTALL)
_OPTION = re.compile(r"^(?P<text>[^\n]+)\n:   (?P<why>.+?)(?=\n\n|\Z)", re.MULTILINE | re.DOTALL)


def questions() -> list[dict[str, Any]]:
    found = []
    for match in _CHECK.finditer((COURSE / "final-check.md").read_text(encoding="utf-8")):
        options = [(item["text"], item["why"]) for item in _OPTION.finditer(match["body"].strip())]
        found.append({"id": match["id"], "choices": options, **yaml.safe_load(match["options"])})
    return found


def test_there_are_twenty_five_over_all_modules() -> None:
    asked = questions()
    modules = {path.stem.partition("-")[2] for path in COURSE.glob("0*.md")}
    counts = Counter(item["module"] for item in asked)
    assert len(asked) == 25 and set(counts) == modules and min(counts.values()) >= 2
    assert all(3 <= len(item["choices"]) <= 4 for item in asked)


def test_the_questions_are_new() -> None:
    old = {name for path in COURSE.glob("0*.md") for name in re.findall(r"^/{3,4} check \| (\S+)$", path.read_text(encoding="utf-8"), re.MULTILINE)}
    assert not old & {item["id"] for item in questions()}


def test_every_option_is_explained_and_every_right_answer_leads_on() -> None:
    for item in questions():
        for place, (_, why) in enumerate(item["choices"], 1):
            assert why.startswith("Yes." if place == item["answer"] else "No."), item["id"]
        assert re.search(r"\]\((?:law|rec|brief|case|paper):", item["choices"][item["answer"] - 1][1]), item["id"]


def test_neither_place_nor_length_gives_the_answer_away() -> None:
    asked = questions()
    places = Counter(item["answer"] for item in asked)
    assert set(places) == {1, 2, 3, 4} and max(places.values()) <= 8
    lengths = [[len(text) for text, _ in item["choices"]] for item in asked]
    longest = sum(own[item["answer"] - 1] == max(own) for item, own in zip(asked, lengths, strict=True))
    shortest = sum(own[item["answer"] - 1] == min(own) for item, own in zip(asked, lengths, strict=True))
    # By chance each would be about a quarter.
    assert 3 <= longest <= 9 and 3 <= shortest <= 9


ANSWERS = [
    {"module": "rules", "result": "right"}, {"module": "rules", "result": "wrong"}, {"module": "copies", "result": "right"}, {"module": "copies", "result": ""},
]  # fmt: skip
TITLES = {"rules": "1. Rules", "copies": "2. Copies"}


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (ANSWERS, "2 of 4 right. 1 question not answered. Read again: 1. Rules."),
        (ANSWERS[:1], "1 of 1 right. There is no module to read again."),
        (ANSWERS[3:], "No question is answered yet."),
        ([*ANSWERS, {"module": "copies", "result": "<b>"}], "2 of 5 right. 2 questions not answered. Read again: 1. Rules."),
    ],
)
def test_the_result_names_the_modules_to_read_again(answers: list[dict[str, str]], said: str) -> None:
    assert run("final-check.js", "told", answers, TITLES) == said


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ({"right": 2, "wrong": 0, "open": 0, "all": 2}, "2 of 2"),
        ({"right": 1, "wrong": 1, "open": 1, "all": 3}, "1 of 3, 1 open; read again"),
        ({"right": 0, "wrong": 0, "open": 3, "all": 3}, "of 3"),
    ],
)
def test_each_module_has_its_count(own: dict[str, int], said: str) -> None:
    assert run("final-check.js", "cell", own) == said


MODULE = {"read": True, "exercises": ["exercise-a"], "checks": {"check-a": "right"}}


@pytest.mark.parametrize(
    ("kept", "cleaned"),
    [
        (None, None),
        ([], None),
        ({"modules": 3}, None),
        ({"modules": {"rules": MODULE}}, {"at": None, "modules": {"rules": MODULE}}),
        ({"modules": {"<b>": MODULE, "rules": 1}}, {"at": None, "modules": {}}),
        (
            {"modules": {"rules": {"read": "yes", "exercises": ["a", 3, "<i>"], "checks": {"a": "right", "b": "perhaps"}}}},
            {"at": None, "modules": {"rules": {"read": False, "exercises": ["a"], "checks": {"a": "right"}}}},
        ),
        ({"at": {"module": "rules", "place": "check-a", "label": "Question 1"}, "modules": {}},
         {"at": {"module": "rules", "place": "check-a", "label": "Question 1"}, "modules": {}}),
        ({"at": {"module": "rules", "place": "javascript:x", "label": "?"}, "modules": {}}, {"at": None, "modules": {}}),
    ],
)  # fmt: skip
def test_only_progress_of_the_known_shape_is_taken_up(kept: Any, cleaned: Any) -> None:
    assert run("course-progress.js", "cleaned", kept) == cleaned


def test_progress_is_said_in_words() -> None:
    assert run("course-progress.js", "said", MODULE, 4, 9) == "Lesson read; 1 of 4 exercises done; 1 of 9 questions answered, 1 right"
