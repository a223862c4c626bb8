"""Citations and references as pandoc formats them."""

from __future__ import annotations

from pathlib import Path

import pytest

from hooks.citing import citeproc
from hooks.citing.bibliography import load_bibliography
from hooks.core.cache import Cache
from tests import support

GROUPS = ["@sampleson2013first, p. 4", "see @sampleson2013second; @sample:survey", "-@samplecounty2020"]


@pytest.fixture(scope="module")
def items() -> list[dict]:
    bibliography, problems = load_bibliography(support.SAMPLE)
    assert not problems
    return list(bibliography.items)


@pytest.fixture(scope="module")
def formatted(items: list[dict]) -> citeproc.Formatted:
    return citeproc.format_citations(GROUPS, items, support.style())


def test_each_group_is_the_inside_of_its_citation(formatted: citeproc.Formatted) -> None:
    links = {key: f'<a href="#ref-{key}" role="doc-biblioref">' for key in ("sampleson2013first", "sampleson2013second", "sample:survey", "samplecounty2020")}
    assert formatted.groups == {
        GROUPS[0]: f"({links['sampleson2013first']}Sampleson 2013a, 4</a>)",
        GROUPS[1]: f"(see {links['sampleson2013second']}Sampleson 2013b</a>; {links['sample:survey']}Exemplar and Specimen 2024</a>)",
        GROUPS[2]: f"({links['samplecounty2020']}2020</a>)",
    }


def test_every_source_has_its_entry_in_the_order_of_the_style(formatted: citeproc.Formatted) -> None:
    assert list(formatted.references) == ["sample:survey", "samplecounty2020", "sampleson2013first", "sampleson2013second"]
    # An author's second work names its author too: pages print single entries.
    assert formatted.references["sampleson2013second"].startswith("Sampleson, Alex. 2013b.")


def test_the_year_letters_do_not_depend_on_what_is_cited(items: list[dict], formatted: citeproc.Formatted) -> None:
    alone = citeproc.format_citations(["@sampleson2013second"], items, support.style())
    assert "2013b" in alone.groups["@sampleson2013second"]
    assert alone.references == formatted.references
    assert citeproc.format_citations([], items, support.style()).references == formatted.references


@pytest.mark.parametrize("locator", ["<script>alert(1)</script>", "$x$", "\\input{x}", "{=html}", "`x`{=html}", "<!-- x -->", "[x](javascript:1)"])
def test_a_locator_cannot_smuggle_in_markup(locator: str, items: list[dict]) -> None:
    group = f"@samplecounty2020, {locator}"
    html = citeproc.format_citations([group], items, support.style()).groups[group]
    assert "Sample County 2020" in html
    assert "<script" not in html
    assert "<!--" not in html


def test_pandoc_is_asked_once_for_the_same(items: list[dict], formatted: citeproc.Formatted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path)
    assert citeproc.format_citations(GROUPS, items, support.style(), cache) == formatted
    bibliography, _ = load_bibliography(support.SAMPLE, cache)

    def refuse(*arguments: object) -> bytes:
        raise AssertionError("pandoc was run again")

    monkeypatch.setattr(citeproc, "_output", refuse)
    assert citeproc.format_citations(reversed(GROUPS), items, support.style(), cache) == formatted
    assert load_bibliography(support.SAMPLE, cache) == (bibliography, [])
    with pytest.raises(AssertionError):
        citeproc.format_citations([*GROUPS, "@sample:survey"], items, support.style(), cache)


def test_the_style_repeats_authors_and_says_what_it_is() -> None:
    assert "subsequent-author-substitute" not in support.style()
    assert 'citation-format="author-date"' in support.style()


def test_what_pandoc_refuses_is_said() -> None:
    with pytest.raises(citeproc.CiteprocError, match=r"line 1"):
        citeproc.csl_json("@book{a, title = {x}, ]")
