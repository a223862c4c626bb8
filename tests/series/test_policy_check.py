"""The rules of “Check my policy”: what an editor can get wrong, and what the build says to it."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest
import yaml

from hooks.series import vocabulary as words
from hooks.series.policy_check import CHECK, FACTS, MEASURED, wrong_pattern
from hooks.series.schemas import schemas
from hooks.series.tools import load_tools
from tests.support import ROOT

RULE = "find: [{words: [rude]}], finds: [Rude comments], passes: [Kind comments], clauses: [sample-clause], evidence: [law:sample-comments]"
RULES = (
    "people: {public: [the public], staff: [staff]}\nelements:\n"
    + "".join(
        f"  - {{element: {slug}, asks: A., missing: B., clauses: [sample-clause], evidence: [law:sample-comments],\n"
        "     signals: [{says: C, weight: 2, find: [{words: [rude]}], finds: [Rude], passes: [Kind]}]}\n"
        for slug in words.ELEMENTS
    )
    + f"grounds:\n  - {{id: rude, title: Rude, why: Because., instead: Leave it., strength: law-points, {RULE}}}\nfacts:\n"
    + "".join(f"  - {{id: {name}, asks: A., missing: B., {RULE}}}\n" for name in FACTS)
    + "limits: [It compares words.]\n"
)
PATTERN = "Write words in their order: profan* vulgar/foul [the] ~3 ^first last$."
GAP = "it begins or ends with a gap."
EVIDENCE = 'Add “evidence:” with at least one of "@key, p. 4", law:id, rec:id, brief:slug or case:id.'
STRENGTH = "The value of “grounds.strength” is not valid. “law-pints” is not allowed. Did you mean “law-points”?"
SOME = "Tuple should have at least 1 item after validation, not 0."


def problems(root: Path, text: str, path: str = CHECK) -> list[str]:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")
    tools, found = load_tools(root)
    assert bool(found) == (tools[path].record is None)
    return [str(problem) for problem in found]


def test_good_rules_are_read(tmp_path: Path) -> None:
    assert problems(tmp_path, RULES) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("words: [rude]", "words: ['~3 rude']", f"4: The pattern “~3 rude” cannot be read: it begins or ends with a gap. {PATTERN}"),
        ("words: [rude]", "words: ['(a|b)+']", f"4: The pattern “(a|b)+” cannot be read: “(a|b)+” is neither a word nor a gap. {PATTERN}"),
        (f"law-points, {RULE}", f"law-points, {RULE.replace('[rude]', '[rude ~]')}", f"20: The pattern “rude ~” cannot be read: {GAP} {PATTERN}"),
        (f"missing: B., {RULE}", f"missing: B., {RULE.replace('[rude]', '[rude ~]')}", f"22: The pattern “rude ~” cannot be read: {GAP} {PATTERN}"),
        ("element: security", "element: secrecy", "13: The value of “elements.element” is not valid. “secrecy” is not allowed. Did you mean “security”?"),
        ("element: security", "element: content", "13: The rule “content” stands twice. Take one out, or give it another name."),
        ("element: security", "element: content", "2: No rule is about “Security”. Add one for “security”."),
        ("id: appeals", "id: review", "28: The rule “review” stands twice. Take one out, or give it another name."),
        ("id: appeals", "id: review", "21: No rule is about “Appeals”. Add one for “appeals”."),
        ("evidence: [law:sample-comments]", "evidence: []", f"3: The rule “employee-access” shows no evidence. {EVIDENCE}"),
        ("finds: [Rude]", "finds: []", f"4: The value of “elements.signals.finds” is not valid. {SOME}"),
        ("passes: [Kind]", "passes: []", f"4: The value of “elements.signals.passes” is not valid. {SOME}"),
        ("weight: 2", "weight: 3", "4: The value of “elements.signals.weight” is not valid. Input should be less than or equal to 2."),
        ("strength: law-points", "strength: law-pints", f"20: {STRENGTH}"),
        ("instead:", "insted:", "20: “grounds.insted” is not a known key. Did you mean “instead”?"),
        ("words: [rude]", "words: [rude], within: list", "4: “elements.signals.find.within” is not a known key. Did you mean “without”?"),
        ("words: [rude]", "words: []", f"4: The value of “elements.signals.find.words” is not valid. {SOME}"),
        ("limits: [It compares words.]", "limits: []", f"29: The value of “limits” is not valid. {SOME}"),
    ],
)
def test_a_mistake_is_named_where_it_stands(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in RULES
    found = problems(tmp_path, RULES.replace(old, new, 1))
    assert f"{CHECK}:{said} [data]" in found
    assert all(problem.startswith(f"{CHECK}:") for problem in found)


@pytest.mark.parametrize(
    "pattern", ["rude", "profan*", "vulgar/foul", "[the] sole discretion", "remove ~3 comment*", "not_be/never", "user's", "^june ~1 20*$", "off-topic"]
)
def test_a_pattern_that_can_be_read(pattern: str) -> None:
    assert wrong_pattern(pattern) == ""


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("", "it has no word that must stand"),
        ("~3", "it has no word that must stand"),
        ("[the]", "it has no word that must stand"),
        ("rude ~", "it begins or ends with a gap"),
        ("rude//foul", "“rude//foul” leaves a choice empty"),
        ("* rude", "“*” leaves a choice empty"),
        ("[the rude", "“[the” has one bracket only"),
        ("a.*b{2}", "“a.*b{2}” is neither a word nor a gap"),
        ("a ~20 b ~21 c", "it has more than 5 gaps, or gaps of more than 40 words together"),
        ("a ~1 b ~1 c ~1 d ~1 e ~1 f ~1 g", "it has more than 5 gaps, or gaps of more than 40 words together"),
        ("rude ~999 b", "“~999” is neither a word nor a gap"),
    ],
)
def test_a_pattern_that_cannot_be_read_is_told_why(pattern: str, said: str) -> None:
    assert wrong_pattern(pattern) == said


@pytest.mark.parametrize(("name", "path"), [("policy-check", CHECK), ("policy-check-measured", MEASURED)])
def test_the_real_data_keeps_to_its_schema(name: str, path: str) -> None:
    data = yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(yaml.safe_load(schemas()[f"{name}.schema.json"])).validate(yaml.safe_load(yaml.safe_dump(data)) | _days(data))


def _days(data: dict) -> dict:
    """Days as an editor sees them: text."""
    if "first" not in data:
        return {}
    return {"measured": str(data["measured"]), "first": data["first"] | {"measured": str(data["first"]["measured"])}}


@pytest.mark.parametrize("path", [CHECK, MEASURED])
@pytest.mark.parametrize("text", ["", "- a list\n", "a: [", "\x07"])
def test_what_is_no_such_file_is_reported(tmp_path: Path, path: str, text: str) -> None:
    assert problems(tmp_path, text, path)
