"""How long the part Act of a brief may be, and what counts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hooks.blocks.anatomy import ACT_WORDS
from tests import support

BRIEF = "briefs/comments.md"


@pytest.fixture
def told(sample: Path, render: Callable[..., support.Rendered]) -> Callable[[str], list[str]]:
    """`told(text)`: what is said of the length of an Act part that holds `text` and the recommendations of the sample."""

    def run(text: str) -> list[str]:
        path = sample / BRIEF
        body = path.read_text(encoding="utf-8")
        start, end = body.index("## Recommendations"), body.index("## Model clauses")
        act = f"/// part | act\n///\n\n{text}\n\n{body[start:end]}/// part | use\n///\n\n{body[end:]}"
        path.write_text(f"{body[: body.index('/// glance')]}{act}\n/// part | reasons\n///\n\n{body[body.index('/// glance') : start]}", encoding="utf-8")
        return [str(problem) for problem in render(sample).problems if problem.rule == "act-length"]

    return run


# The heading, a recommendation with its reason, and another, in the sample.
_REST = 1 + 9 + 9 + 9


def test_just_as_many_words_as_are_allowed_may_stand_there(told: Callable[[str], list[str]]) -> None:
    assert told("word " * (ACT_WORDS - _REST)) == []


def test_one_word_more_is_told_with_the_count_and_the_line(told: Callable[[str], list[str]]) -> None:
    (problem,) = told("word " * (ACT_WORDS - _REST + 1))
    assert problem == (
        f"{BRIEF}:21: The part Act has {ACT_WORDS + 1} words; at most {ACT_WORDS} are two pages. "
        "Take 1 away, or move what gives reasons below “/// part | reasons”. [act-length]"
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("One two.[^1] Three [@sampleson2013first, p. 4] – four. [reported]", 4),
        ("[](law:sample-comments)", 4),
        ("| A | B |\n|---|---|\n| **C** | d e |\n\n/// table-caption | t\nFour words of caption\n///", 9),
        ("- a\n- b\n    - c", 3),
    ],
)
def test_what_a_reader_reads_counts(told: Callable[[str], list[str]], text: str, words: int) -> None:
    filler = "word " * (ACT_WORDS - _REST - words + 1)
    (problem,) = told(f"{filler}\n\n{text}")
    assert f" {ACT_WORDS + 1} words;" in problem
