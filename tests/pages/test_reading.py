"""How long a page, or a place on it, takes to read."""

from __future__ import annotations

import pytest

from hooks.core.tree import fragment
from hooks.linking.reading import WORDS_A_MINUTE, count_at, count_read, minutes
from hooks.series.kinds import KINDS

PAGE = fragment(
    '<p class="part-mark" id="part-act">Act</p><h2 id="a">One</h2><!-- for authors --><p>two three</p><h3 id="b">four</h3><p id="c">five six</p>'
    '<p class="part-mark" id="part-use">Use</p><h2 id="words">seven</h2><section class="letter" id="letter-x"><p>eight nine</p></section><h2 id="more">ten</h2>'
)


@pytest.mark.parametrize(("words", "took"), [(0, 1), (1, 1), (WORDS_A_MINUTE, 1), (WORDS_A_MINUTE + 1, 2), (10 * WORDS_A_MINUTE, 10)])
def test_a_minute_at_least_and_each_that_is_begun(words: int, took: int) -> None:
    assert minutes(words) == took


@pytest.mark.parametrize(
    ("place", "words"), [("a", 6), ("b", 3), ("c", 2), ("part-act", 7), ("words", 3), ("letter-x", 2), ("more", 1), ("nowhere", 0)]
)
def test_the_words_below_a_heading_of_a_part_or_of_a_box(place: str, words: int) -> None:
    assert count_at(PAGE, place) == words


def test_words_to_copy_are_not_read_through() -> None:
    assert count_read(PAGE, None) == count_read(PAGE, KINDS["issue-brief"]) == count_read(PAGE, KINDS["now-sheet"]) + 3
