"""How well “Check my policy” finds: the page says what was measured, and short quotations of real policies still give what was coded."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from hooks.core.tree import E, HtmlElement, text_of
from hooks.registers.policy_check import percent, policy_check
from hooks.series.load import load_series
from hooks.series.policy_check import MEASURED, Measured, total
from tests.policies.engine import NODE, corpus, rules, run
from tests.policies.measure import compare, places, shown
from tests.support import ROOT

DATA: dict[str, Any] = yaml.safe_load((ROOT / MEASURED).read_text(encoding="utf-8"))
RECORD = Measured.model_validate(DATA)
ALONE = 0.9
"""At least this share of the quoted phrases is found without what stood around them."""


@pytest.fixture(scope="module")
def section() -> HtmlElement:
    series = load_series(ROOT)[0]
    page = E.DIV(policy_check(rules(), RECORD, series, {}, date(2026, 11, 29), lambda *at: False))
    return page.find_class("checker__figures")[0]


def test_the_table_is_what_was_measured(section: HtmlElement) -> None:
    rows = [[text_of(cell) for cell in row] for row in section.iter("tr")][1:]
    wanted = []
    for name in ("elements", "grounds", "facts"):
        counts = getattr(RECORD.unseen, name)
        for c in (*counts, total(counts)):
            wanted.append([str(c.right + c.missed), str(c.right), str(c.wrong), str(c.missed), percent(c.precision), percent(c.recall)])
    assert [row[1:7] for row in rows] == wanted
    stated = ["Records", "Freedom of information", "Accessibility", "Appeals", "Blocking", "Date of adoption", "Date of review"]
    assert [row[0] for row in rows][-len(stated) - 1 : -1] == stated


def test_the_text_gives_the_figures_of_both_tries_and_says_where_they_fall_short(section: HtmlElement) -> None:
    text = text_of(section)
    for half in (RECORD.unseen, RECORD.first.kept):
        for counts in (half.elements, half.grounds):
            assert f"precision {percent(total(counts).precision)}, recall {percent(total(counts).recall)}." in text
    short = [
        name
        for name, share, aim in (
            ("the precision of elements", total(RECORD.unseen.elements).precision, 0.9),
            ("the recall of elements", total(RECORD.unseen.elements).recall, 0.85),
            ("the precision of questioned phrases", total(RECORD.unseen.grounds).precision, 0.9),
            ("the recall of questioned phrases", total(RECORD.unseen.grounds).recall, 0.85),
        )
        if round(share or 0, 2) < aim
    ]
    assert all(name in text for name in short)
    assert ("short of it" in text) == bool(short)
    assert "so that recall means nothing" in text


def test_the_list_of_policies_is_that_of_the_sets(section: HtmlElement) -> None:
    ids = [(item["id"], item["half"]) for item in corpus()]
    assert [(item.id, item.half) for item in RECORD.policies] == ids
    assert len(section.find_class("checker__policies")[0]) == RECORD.unseen.policies == sum(half == "second" for _, half in ids)
    assert RECORD.written_on.policies == sum(half != "second" for _, half in ids)
    assert RECORD.first.kept.policies + len(RECORD.first.set_aside) == sum(half == "kept" for _, half in ids)


def test_what_was_coded_is_what_is_counted() -> None:
    policies = corpus()
    for name, halves in (("unseen", ("second",)), ("written_on", ("build", "kept"))):
        coded = [ground["why"] for item in policies if item["half"] in halves for ground in item["grounds"]]
        for count in DATA[name]["grounds"]:
            assert count["right"] + count["missed"] == coded.count(count["id"]), count["id"]


@pytest.mark.skipif(not NODE.exists(), reason="Node is missing: `make test` installs it")
def test_short_quotations_still_give_what_was_coded() -> None:
    quoted = {f"{item['id']} {n}": ground for item in corpus() for n, ground in enumerate(item["grounds"]) if ground["why"] != "employee-gag"}
    texts = {name: f"Comments of the public that contain any of the following will be removed:\n- {ground['phrase']}\n" for name, ground in quoted.items()}
    found = run(rules(), texts)
    missed = [f"{name}: “{ground['phrase']}” is no longer {ground['why']}" for name, ground in quoted.items()
              if ground["why"] not in {one["ground"] for one in found[name]["grounds"]}]
    assert len(missed) <= (1 - ALONE) * len(quoted), "\n".join(missed)


def test_a_phrase_is_found_whatever_its_line_breaks_and_quotation_marks() -> None:
    assert places("the user’s\n own “words”", "user's own \"words\"") == [(4, 23)]
    assert places("nothing", "something") == []


def test_counting() -> None:
    policy = {
        "id": "a", "elements": dict.fromkeys(
            ("employee-access", "account-management", "acceptable-use", "employee-conduct", "content", "security", "legal-issues"), "missing",
        ) | {"citizen-conduct": "there"},
        "grounds": [{"phrase": "rude remarks", "why": "vague-offensive"}, {"phrase": "rude remarks", "why": "profanity"}],
        "has": dict.fromkeys(("records", "foil", "accessibility", "appeals", "blocking", "adopted", "review"), False) | {"foil": True},
    }
    result = {
        "elements": [{"element": name, "level": "thin"} for name in policy["elements"]],
        "grounds": [{"ground": "vague-offensive", "start": 3, "end": 7}, {"ground": "vague-offensive", "start": 30, "end": 35}],
        "facts": [{"fact": name, "stated": False} for name in policy["has"]],
    }
    counts = compare([policy], {"a": "No rude remarks are allowed."}, {"a": result})
    by_id = {row["id"]: (row["right"], row["wrong"], row["missed"]) for name in ("elements", "grounds", "facts") for row in counts[name]}
    assert by_id["citizen-conduct"] == (1, 0, 0)
    assert by_id["security"] == (0, 1, 0)
    assert by_id["vague-offensive"] == (1, 1, 0)
    assert by_id["profanity"] == (0, 0, 1)
    assert by_id["foil"] == (0, 0, 1)
    assert counts["same_level"] == 0
    assert "all grounds" in shown("grounds", counts["grounds"])


def test_no_text_of_a_policy_is_kept_here() -> None:
    longest = max(len(ground["phrase"].split()) for item in corpus() for ground in item["grounds"])
    assert longest < 25
    assert not list(Path(__file__).parent.glob("*.txt"))
