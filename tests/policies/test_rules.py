"""The rules of “Check my policy”: each finds its examples and passes by its counter-examples, and how the script reads a text."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from hooks.core.yaml_lines import Document
from hooks.series import sources
from hooks.series.policy_check import CHECK, PolicyCheck, Rule
from tests.policies.engine import NODE, SCRIPT, rules, run
from tests.support import ROOT

pytestmark = pytest.mark.skipif(not NODE.exists(), reason="Node is missing: `make test` installs it")

RECORD, DOCUMENT, PROBLEMS = sources.read_record(ROOT, CHECK, PolicyCheck)


def each() -> Iterator[tuple[tuple[Any, ...], Rule, Callable[[Any], bool]]]:
    """Every rule with its place in the file, and what says whether a result has it."""
    check = rules()
    for n, item in enumerate(check.elements):
        for k, signal in enumerate(item.signals):
            yield ("elements", n, "signals", k), signal, lambda found, n=n, k=k: any(one["signal"] == k for one in found["elements"][n]["found"])
    for n, ground in enumerate(check.grounds):
        yield ("grounds", n), ground, lambda found, id_=ground.id: any(one["ground"] == id_ for one in found["grounds"])
    for n, _ in enumerate(check.facts):
        yield ("facts", n), check.facts[n], lambda found, n=n: found["facts"][n]["stated"]


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    texts = {text: text for _, rule, _ in each() for text in (*rule.finds, *rule.passes)}
    return run(rules(), texts)


def line(document: Document, at: tuple[Any, ...]) -> str:
    return f"{CHECK}:{document.line(at)}"


def test_every_rule_keeps_its_promises(found: dict[str, Any]) -> None:
    broken = []
    for at, rule, has in each():
        for name, wanted in (("finds", True), ("passes", False)):
            for n, text in enumerate(getattr(rule, name)):
                if has(found[text]) is not wanted:
                    broken.append(f"{line(DOCUMENT, (*at, name, n))}: the rule {'does not find' if wanted else 'finds'} “{text}”")
    assert broken == []


def call(function: str, *arguments: Any) -> Any:
    code = f"const s = require({json.dumps(str(SCRIPT))}); console.log(JSON.stringify(s.{function}(...{json.dumps(arguments)})))"
    return json.loads(subprocess.run([NODE, "-e", code], capture_output=True, text=True, check=True).stdout)


@pytest.mark.parametrize(
    ("pattern", "text", "hit"),
    [
        ("off topic", "clearly off-topic posts", "off-topic"),
        ("profan*", "Profanity", "Profanity"),
        ("profan*", "unprofaned", None),
        ("[the] sole discretion", "at sole discretion", "sole discretion"),
        ("remove ~2 comment*", "remove any of the comments", None),
        ("remove ~3 comment*", "remove any of the comments", "remove any of the comments"),
        ("not_be/never deleted", "will never deleted", "never deleted"),
        ("not_be/never deleted", "will not be deleted", "not be deleted"),
        ("user's own", "the user’s own words", "user’s own"),
        ("^june ~1 20*$", "June 3, 2026.", "June 3, 2026."),
        ("^june ~1 20*$", "On June 3, 2026.", None),
        ("a b", "a; b", None),
    ],
)
def test_a_pattern_is_words_in_their_order(pattern: str, text: str, hit: str | None) -> None:
    found = f"s.compile({json.dumps(pattern)}).exec({json.dumps(text)})"
    code = f"const s = require({json.dumps(str(SCRIPT))}); const m = {found}; console.log(JSON.stringify(m && m[0]))"
    assert json.loads(subprocess.run([NODE, "-e", code], capture_output=True, text=True, check=True).stdout) == hit


def test_a_text_is_taken_apart_as_its_reader_would() -> None:
    text = "Rules\n\nThese are removed:\n- threats;\n  lies\n(b) Spam\nA line that\ngoes on here. And ends.\n"
    parts = [(text[one["start"] : one["end"]].strip(), one["item"], one["lead"]) for one in call("passages", text)]
    assert parts == [
        ("Rules", False, -1),
        ("These are removed:", False, -1),
        ("- threats;", True, 1),
        ("lies", True, 1),
        ("(b) Spam", True, 1),
        ("A line that\ngoes on here. And ends.", True, 1),
    ]


@pytest.mark.parametrize("text", ["", "   \n\n", "…", "\x00\x01", "a" * 100_000, ";" * 5_000, "- " * 3_000, "comment " * 20_000])
def test_any_text_is_read_and_quickly(text: str) -> None:
    result = run(rules(), {"text": text})["text"]
    assert len(result["elements"]) == 8
    assert result["grounds"] == []


def test_what_staff_may_not_say_is_no_ground_of_removal() -> None:
    staff = "Employees shall not:\n- post profane language\n- post false statements\n"
    public = "Comments that will be removed:\n- profane language\n- false statements\n"
    result = run(rules(), {"staff": staff, "public": public})
    assert result["staff"]["grounds"] == []
    assert [one["ground"] for one in result["public"]["grounds"]] == ["profanity", "false"]


def test_a_finding_says_where_it_stands() -> None:
    text = "Be kind. Comments must not be offensive; spam is removed."
    (one,) = run(rules(), {"text": text})["text"]["grounds"]
    assert text[one["start"] : one["end"]] == one["words"]
    assert "offensive" in one["words"]
    assert text[one["from"] : one["to"]].strip() == "Comments must not be offensive;"


def test_our_own_comment_clauses_hold_nothing_that_is_questioned() -> None:
    brief = (ROOT / "briefs/citizen-conduct.md").read_text(encoding="utf-8")
    clauses = brief.split("{#clauses}")[1].split("## Checklist")[0]
    text = "\n".join(row for row in clauses.splitlines() if not row.startswith(("///", "    ")))
    result = run(rules(), {"text": text})["text"]
    assert result["grounds"] == []
    assert {one["element"]: one["level"] for one in result["elements"]}["citizen-conduct"] == "there"
    assert {one["fact"] for one in result["facts"] if one["stated"]} >= {"records", "foil", "appeals", "blocking"}
