"""search.yml: readers' words, checked like any other source."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hooks.linking.search_passages import wordings_of
from hooks.series.load import load_series
from hooks.series.search_words import SearchWords, load_search_words
from tests.support import ROOT


def test_the_words_of_the_site_are_in_order() -> None:
    found = load_search_words(ROOT, load_series(ROOT)[0])
    assert found.problems == ()
    assert len(found.words.synonyms) >= 20


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("also:\n  commments: x\n", "search.yml:2: There is no publication or page “commments”. Did you mean “comments”?"),
        ("also:\n  law/sample-coments/: x\n", "search.yml:2: There is no publication or page “law/sample-coments/”. Did you mean “law/sample-comments/”?"),
        ("also:\n  nowhere/: x\n", "search.yml:2: There is no publication or page “nowhere/”."),
        ("synonyms:\n  - [false, fake]\n", "search.yml:2: The value of “synonyms” is not valid."),
        ("synonym: []\n", "search.yml:1: “synonym” is not a known key."),
        ("stop: [\n", "search.yml:2: This is not valid YAML"),
    ],
)
def test_a_mistake_is_named_with_its_line(sample: Path, text: str, message: str) -> None:
    (sample / "search.yml").write_text(text)
    problems = load_search_words(sample, load_series(sample)[0]).problems
    assert message in " ".join(map(str, problems))


def test_a_project_without_the_file_is_searched_all_the_same(sample: Path) -> None:
    assert load_search_words(sample, load_series(sample)[0]).problems == ()


def test_a_law_may_have_names(sample: Path) -> None:
    series = load_series(sample)[0]
    (sample / "search.yml").write_text(f"also:\n  law/{series.authorities[0].id}/: a name\n")
    assert load_search_words(sample, series).problems == ()


def test_wordings_stand_at_the_address_that_their_page_has_now(sample: Path) -> None:
    series = replace(load_series(sample)[0], former={"brief:commenting": "comments", "brief:lost": "nowhere"})
    written = {"commenting": "blocking, , hiding a post ", "comments": "our rules", "law/sample-comments/": "the rule"}
    (sample / "search.yml").write_text("also:\n" + "".join(f"  {name}: “{text}”\n" for name, text in written.items()))
    assert load_search_words(sample, series).problems == ()
    assert wordings_of(SearchWords(also=written), series) == {
        "briefs/comments/": ("blocking", "hiding a post", "our rules"), "law/sample-comments/": ("the rule",),
    }  # fmt: skip
