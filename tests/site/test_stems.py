"""Words as the search compares them."""

from __future__ import annotations

import pytest

from hooks.core.stems import folded, stem, stems, tokens

# From the paper that describes the stemmer (M. F. Porter 1980), and what it does to words of this series.
STEMS = {
    "caresses": "caress", "ponies": "poni", "cats": "cat", "feed": "feed", "agreed": "agre", "plastered": "plaster", "sing": "sing",
    "conflated": "conflat", "hopping": "hop", "falling": "fall", "filing": "file", "happy": "happi", "sky": "sky", "relational": "relat",
    "rational": "ration", "digitizer": "digit", "vietnamization": "vietnam", "operator": "oper", "decisiveness": "decis", "formality": "formal",
    "electrical": "electr", "hopeful": "hope", "goodness": "good", "revival": "reviv", "replacement": "replac", "adoption": "adopt",
    "communism": "commun", "effective": "effect", "probate": "probat", "rate": "rate", "cease": "ceas", "control": "control", "roll": "roll",
    "moderating": "moder", "moderation": "moder", "policies": "polici", "policy": "polici", "blocked": "block", "yes": "ye", "2027": "2027", "x": "x",
}  # fmt: skip


@pytest.mark.parametrize("word", STEMS)
def test_forms_of_a_word_have_one_stem(word: str) -> None:
    assert stem(word) == STEMS[word]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("LGS-1", ["lgs1", "lg"]),
        ("$1,500", ["$1500", "1500"]),
        ("§ 89(4)(a)", ["section", "89(4)(a)", "89(4)", "89"]),
        ("Café", ["cafe"]),
        ("Straße", ["strass"]),
        ("e‑mail", ["email", "mail"]),
        ("O’Connor-Ratcliff", ["oconnorratcliff", "oconnor", "ratcliff"]),
        ("the mayor’s page", ["the", "mayor", "page"]),
        ("42 U.S.C. 1983", ["42", "usc", "1983"]),
        ("WCAG 2.1", ["wcag", "2.1"]),
        ("X, a b 7", ["x"]),
        ("☃ … “”", []),
        ("", []),
    ],
)
def test_signs_numbers_and_compounds_are_found(text: str, found: list[str]) -> None:
    assert list(stems(text)) == found


def test_one_form_for_every_way_to_write_a_letter() -> None:
    assert folded("Hrdinová") == folded("Hrdinova\u0301") == "hrdinova"
    assert list(tokens("ﬁle")) == list(tokens("file"))


APART = {"accessibility": "access", "recording": "record", "trustee": "trust", "personal": "person", "election": "elected"}


@pytest.mark.parametrize(("one", "other"), APART.items())
def test_words_of_different_meanings_have_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_a_word_that_stands_apart_has_one_stem_in_all_its_forms() -> None:
    assert stem("recordings") == stem("recording") and stem("accessible") == stem("accessibility")
