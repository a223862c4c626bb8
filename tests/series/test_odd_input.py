"""Whatever stands in a file of settings or records, an author is told of it: nothing raises. Drawn at random, but the same each time."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from hooks.core.problems import severities
from hooks.core.validate import to_record
from hooks.core.yaml_lines import parse
from hooks.series.kinds import KINDS
from hooks.series.model import Series
from hooks.series.moves import MOVED_FILE, check_moves, load_moves
from hooks.series.plot_data import PlotFront
from hooks.series.records import Authority, CaseFront, PlatformFact, SlidesFront, Term
from hooks.series.search_words import SEARCH_FILE, load_search_words
from hooks.series.settings import check_settings

from .. import support

BOUNDED = settings(derandomize=True, max_examples=60, deadline=None, database=None)
MODELS = {model.__name__: model for model in (*(kind.front for kind in KINDS.values()), Authority, CaseFront, PlatformFact, SlidesFront, Term, PlotFront)}
PIECES = [
    "a: ", "- ", "? ", ": ", "[", "]", "{", "}", "&a ", "*a", "!!int ", "!!bool ", "!!timestamp ", "!!set ", "!!float ", "<<: ", "'", '"', "|\n", ">\n",
    "\n", "  ", "\t", "#", "---\n", "...\n", "%YAML 1.2\n", "2026-02-30", "1e999", "0x", "1:2", "\x00", "\x1b", "\u200b", "\u2028", "²", "\\x1b", "~", "=",
    ".inf", "x",
]  # fmt: skip
MOVES = ["a -> b", "#a -> #b", "-> x", "a ->", "a -> a", "law: -> x/", "../x -> y", "a/ -> b/ -> c/", "\x00 -> x", "b -> a"]
ODD = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**15), 10**15), st.floats(), st.dates(), st.text(max_size=12),
    st.sampled_from(["", " ", "ib-02-r²", "ib-²", "2026-02-30", "1e999", "#", "-> ->", "law:", "\u0661", "https://[x].gov", "x" * 500, "<b>&\"'"]),
)  # fmt: skip
NESTED = st.recursive(ODD, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)), max_leaves=6)


@BOUNDED
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_any_text_is_yaml_or_a_problem_at_a_line(text: str) -> None:
    document, problems = parse(text, "x.yml")
    assert document is not None or problems
    assert all(problem.path == "x.yml" and problem.line for problem in problems)


BOMB = "a: &a [x, x, x]\n" + "".join(f"{new}: &{new} [*{old}, *{old}, *{old}]\n" for old, new in zip("abcdefghijklm", "bcdefghijklmn", strict=True))


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (BOMB, 1, "Its aliases, such as “*name”, stand for themselves or for very many values."),
        ("a: &a\n  - *a\n", 1, "Its aliases"),
        ("&a {b: *a}\n", 1, "Its aliases"),
        ("a: 1\nb: !!bool x\n", 1, "a value does not fit the tag"),
        ("a: !!timestamp x\n", 1, "a value does not fit the tag"),
        ("a: !!int ''\n", 1, "a value does not fit the tag"),
        ("[" * 3000 + "]" * 3000, 1, "This is nested too deeply"),
        ("a: " + "9" * 5000, 1, "This is not valid YAML"),
        ("a: 0x" + "f" * 9000, 1, "there is a number of more digits"),
        ('a: b\nc: "d\\x1b"\n', 2, "There is a control character here (U+001B), written as an escape. Delete it."),
        ('a: b\nc: "d\\0"\n', 2, "There is a control character here (U+0000)"),
        ("a: b\nc: d\x1b\n", 2, "There is a control character here (U+001B)."),
    ],
)  # fmt: skip
def test_what_broke_the_build_is_told(text: str, line: int, said: str) -> None:
    document, problems = parse(text, "x.yml")
    assert document is None
    assert [problem.line for problem in problems] == [line]
    assert said in str(problems[0])


def test_a_few_aliases_are_as_good_as_what_they_stand_for() -> None:
    document, problems = parse("a: &a\n  b: 1\nc: *a\nd: 'two * three'\n", "x.yml")
    assert document is not None and document.data == {"a": {"b": 1}, "c": {"b": 1}, "d": "two * three"} and problems == []


@pytest.mark.parametrize("name", sorted(MODELS))
@BOUNDED
@given(data=st.data())
def test_any_values_are_a_record_or_problems(name: str, data: st.DataObject) -> None:
    model = MODELS[name]
    values = data.draw(st.dictionaries(st.sampled_from([*model.model_fields, "titel"]), NESTED, max_size=4))
    document, found = parse(yaml.safe_dump(values, allow_unicode=True), "x.md")
    if document is not None:
        record, found = to_record(model, document.data, document, "x.md")
        assert record is not None or found
    assert all(str(problem).startswith("x.md:") for problem in found)


@BOUNDED
@given(st.lists(st.one_of(st.text(max_size=20), st.sampled_from(MOVES)), max_size=6))
def test_any_moves_are_understood_or_told(tmp_path_factory: pytest.TempPathFactory, rows: list[str]) -> None:
    root = tmp_path_factory.mktemp("moves")
    (root / MOVED_FILE).write_text("\n".join(rows), encoding="utf-8", errors="replace")
    moves, found = load_moves(root, Series())
    found += check_moves(moves, ["a/"], ["a/", "b/"])
    assert all(problem.path == MOVED_FILE and problem.line for problem in found)


@BOUNDED
@given(st.dictionaries(st.sampled_from(["stop", "synonyms", "also", "x"]), NESTED, max_size=3))
def test_any_search_words_are_read_or_told(tmp_path_factory: pytest.TempPathFactory, values: dict[str, Any]) -> None:
    root = tmp_path_factory.mktemp("words")
    (root / SEARCH_FILE).write_text(yaml.safe_dump(values, allow_unicode=True), encoding="utf-8")
    assert all(problem.path == SEARCH_FILE for problem in load_search_words(root, Series()).problems)


@BOUNDED
@given(st.dictionaries(st.sampled_from(["series", "header", "footer", "rules", "report"]), NESTED, max_size=5))
def test_any_settings_are_read_or_told(extra: dict[str, Any]) -> None:
    found = check_settings(extra, {"bibtex": SimpleNamespace()}, support.ROOT / support.CONFIG, ["pdf"])
    assert found and all(problem.path == support.CONFIG for problem in found)
    _, found = severities(extra.get("rules"))
    assert all(problem.path == support.CONFIG for problem in found)


def test_an_empty_file_of_settings_is_told(tmp_path: Path) -> None:
    (tmp_path / support.CONFIG).write_text("", encoding="utf-8")
    found = check_settings({}, {}, tmp_path / support.CONFIG, ["pdf"])
    assert [problem.message for problem in found][-1] == "The plugin “bibtex” is missing."
