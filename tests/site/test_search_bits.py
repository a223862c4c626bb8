"""How the index of the search writes numbers as bits. That the browser reads them again is held by tests/site/test_search_index.py."""

from __future__ import annotations

import pytest

from hooks.site.search_bits import as_signs, posting, wordings


@pytest.mark.parametrize(("bits", "signs"), [("", ""), ("000000", "0"), ("111111", "_"), ("1", "w"), ("0000011", "1w")])
def test_six_bits_are_a_sign_and_the_last_is_filled(bits: str, signs: str) -> None:
    assert as_signs(bits) == signs


def test_a_posting_tells_how_many_which_and_how_much() -> None:
    # One passage of eight, the sixth, with the commonest weight of three: 1, then 101, then 0.
    assert posting([(5, 2)], 8, [2, 1, 3]) == "1" + "101" + "0"
    # The last weight needs no 0 at its end.
    assert posting([(5, 3)], 8, [2, 1, 3]) == "1" + "101" + "11"
    # Where all hold a term, which they are costs nothing.
    assert posting([(0, 1), (1, 1), (2, 1)], 3, [1]) == "011"


def test_wordings_are_numbers_among_the_words_of_their_passage() -> None:
    assert wordings([], 5) == "1"
    assert wordings([[0, 3]], 4) == "010" + "010" + "00" + "11"
    # Of one word that a passage has, no bit says which it is.
    assert wordings([[0]], 1) == "010" + "1"


def test_a_weight_that_there_is_not_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="not in list"):
        posting([(0, 9)], 3, [1, 2])
