"""Search, in the browser: what readers type, and the page that must stand first."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from hooks.series.load import load_series
from hooks.series.moves import load_moves
from tests import support

pytestmark = pytest.mark.browser
QUERIES = yaml.safe_load((Path(__file__).parent / "search.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def results(browser, address: str):
    """`results(query)`: the addresses of the results, relative to the site's root."""
    page = browser.new_page()
    page.goto(address)
    field = page.locator("#page-search")

    def ask(query: str) -> list[str]:
        field.fill("")
        page.locator("#page-search-panel").wait_for(state="hidden")
        field.fill(query)
        page.locator("#page-search-panel").wait_for(state="visible")
        page.locator("#page-search-panel .search__count").wait_for(state="attached")
        links = page.locator("#page-search-panel a").evaluate_all("nodes => nodes.map(node => node.href)")
        return [link.removeprefix(address) for link in links]

    yield ask
    page.close()


def test_the_table_is_as_long_as_it_should_be() -> None:
    assert len(QUERIES) >= 30


@pytest.mark.parametrize("query", QUERIES)
def test_the_right_page_stands_first(results, query: str) -> None:
    found = results(query)
    assert found, "no result"
    assert found[0].partition("#")[0] == load_moves(support.ROOT, load_series(support.ROOT)[0])[0].target(QUERIES[query]), found[:6]


def test_sections_are_results_and_one_page_does_not_crowd_out_the_others(results) -> None:
    found = results("delete comments")
    pages = [link.partition("#")[0] for link in found]
    assert any("#" in link for link in found)
    assert max(pages.count(page) for page in pages) <= 3
    assert len(set(pages)) >= 3


@pytest.mark.parametrize("query", ["<script>alert(1)</script>", "the", "☃☃", '""', "zzzzqqqq"])
def test_odd_queries_do_no_harm(results, query: str) -> None:
    assert isinstance(results(query), list)
