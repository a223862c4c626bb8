"""The search: what people type, and what must stand first; the panel and the page of results in a browser."""

from __future__ import annotations

import gzip
import json
import subprocess
from pathlib import Path

import pytest

from hooks.core.stems import tokens
from hooks.series.load import load_series
from tests import support
from tests.real.conftest import until
from tests.real.measure import Measured, measure, node, run, share, table

BUDGET = 250_000
"""Bytes of the index, compressed as hosts do."""
REACHED = {"A": (0.975, 0.99), "B": (0.925, 0.975)}
"""Right first, and among the first three, less a little. What was aimed at for part B is 92 % and 98 %; 91 and 96 of its 97 queries are reached,
which is 93.8 % and 99.0 %. Raise these as the search gets better."""
AT_MOST = 100
"""Milliseconds from a letter to what is found, on a processor that is slowed six times."""
SLOWED = 6


@pytest.fixture(scope="module", params=["A", "B"])
def measured(request: pytest.FixtureRequest, site: Path) -> tuple[str, list[Measured]]:
    return request.param, measure(site, request.param, load_series(support.ROOT)[0])


def test_the_table_is_as_long_as_it_should_be() -> None:
    many = {part: len(table(part)["queries"]) for part in ("A", "B")}
    assert sum(many.values()) >= 150
    assert many["B"] >= sum(many.values()) / 3
    assert not set(table("A")["queries"]) & set(table("B")["queries"])


def test_what_people_ask_for_stands_first(measured: tuple[str, list[Measured]]) -> None:
    part, found = measured
    first, three = REACHED[part]
    assert share(found, 1) >= first and share(found, 3) >= three, f"{part}: {share(found, 1):.1%} first, {share(found, 3):.1%} in the first three"


def test_no_query_is_without_a_result_and_few_are_thought_not_to_be_covered(measured: tuple[str, list[Measured]]) -> None:
    _, found = measured
    assert [one.query for one in found if not one.found] == []
    assert sum(not one.covered for one in found) <= len(found) * 0.04


def test_what_nothing_covers_is_told(site: Path) -> None:
    uncovered = table("A")["uncovered"]
    assert [one["query"] for one in run(site, uncovered)["results"] if one["covered"]] == []


def test_the_index_keeps_to_its_budget(site: Path) -> None:
    assert len(gzip.compress((site / "search/words.js").read_bytes(), 6, mtime=0)) <= BUDGET


def test_a_slow_processor_finds_fast_enough(site: Path) -> None:
    words = [*map(str, table("A")["queries"])]
    # What a reader has typed after each letter of ten queries.
    typed = [query[:n] for query in words[::20] for n in range(1, len(query) + 1)]
    took = sorted(one["took"] for one in run(site, [*words[:20], *typed])["results"][20:])
    assert took[len(took) * 95 // 100] * SLOWED <= AT_MOST


def test_browser_and_build_reduce_every_word_of_the_site_to_the_same_stems(site: Path) -> None:
    said = {word for path in site.glob("search/text-*.js") for word in path.read_text(encoding="utf-8").split()}
    script = """
      const vm = require("node:vm"), fs = require("node:fs"), [path, words] = JSON.parse(fs.readFileSync(0, "utf8"));
      const context = vm.createContext({}); vm.runInContext(fs.readFileSync(path, "utf8"), context);
      process.stdout.write(JSON.stringify(words.map((word) => context.OTR_WORDS.tokens(word).map(({ whole, parts }) => [whole, parts]))));
    """
    data = json.dumps([str(support.ROOT / "hooks/theme/assets/search-words.js"), sorted(said)])
    done = subprocess.run([node(), "-e", script], input=data, capture_output=True, text=True, check=True)
    here = [[[whole, list(parts)] for whole, parts in tokens(word)] for word in sorted(said)]
    assert [word for word, one, other in zip(sorted(said), json.loads(done.stdout), here, strict=True) if one != other] == []


@pytest.mark.walk
@pytest.mark.browser
def test_enter_leads_to_all_results_in_groups_with_whole_sentences(visit) -> None:
    page = visit("")
    page.locator("#page-search").fill("block a user")
    page.locator("#page-search-panel a").first.wait_for(state="visible")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=block+a+user")
    page.locator(".results__section").first.wait_for(state="visible")
    assert page.locator("#page-search").input_value() == "block a user"
    groups = page.locator(".results__group").all_inner_texts()
    assert groups[0].startswith("Answers (") and any(name.startswith("Issue briefs (") for name in groups) and any(name.startswith("Law (") for name in groups)
    assert "results for “block a user”" in page.locator("[data-results-status]").inner_text()
    assert page.locator("[data-results-status]").get_attribute("role") == "status"
    texts = page.locator(".results__item .search__text").all_inner_texts()
    assert len(texts) > 10 and not [text for text in texts if "…" in text[-2:]]
    # What means the same is marked too.
    marked = {text.lower() for text in page.locator(".results__item").first.locator("mark").all_inner_texts()}
    assert marked & {"block", "blocks", "blocked", "blocking", "user", "users"}
    assert page.locator("[data-subjects]").is_hidden()
    first = page.locator(".results__item a").first.get_attribute("href")
    assert "questions/" in first
    more = page.get_by_role("button", name="more").first
    shown = page.locator(".results__item").count()
    more.focus()
    page.keyboard.press("Enter")
    until(page, f"document.querySelectorAll('.results__item').length > {shown}")
    assert page.evaluate("document.activeElement.closest('.results__item') !== null"), "the focus goes on with what came"


@pytest.mark.browser
def test_what_is_not_covered_is_told_with_the_nearest_and_the_subjects(visit) -> None:
    page = visit("search/?q=payroll+software")
    until(page, "document.querySelector('[data-results-status]').textContent.startsWith('Not covered here: “payroll software”')")
    assert page.locator(".results__item").count() <= 3
    assert page.locator("[data-subjects]").is_visible()
    assert page.locator(".results__suggest").count() == 0, "the site names no place to suggest it"


@pytest.mark.browser
def test_a_suggestion_opens_a_message_with_the_query(visit) -> None:
    page = visit("search/")
    page.evaluate("document.querySelector('[data-results]').dataset.suggest = 'mailto:a@example.gov?subject=QUERY'")
    # The page's own script ran without a query; it is asked again, as a reader's would with one.
    page.evaluate("history.replaceState(null, '', '?q=payroll%26tax')")
    page.evaluate("document.head.append(Object.assign(document.createElement('script'), {src: '../assets/search-page.js'}))")
    page.locator(".results__suggest a").wait_for(state="visible")
    assert page.locator(".results__suggest a").get_attribute("href") == "mailto:a@example.gov?subject=payroll%26tax"


@pytest.mark.browser
def test_without_scripts_the_same_address_is_an_index_of_subjects(visit) -> None:
    page = visit("search/?q=comments", java_script_enabled=False)
    assert page.locator("#subjects").is_visible()
    link = page.locator(".results__words a", has_text="Records and FOIL").first
    with page.expect_navigation():
        link.click()
    assert "/briefs/records/" in page.url
    page.locator("#page-search").fill("retention")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("/search/?q=retention")


@pytest.mark.browser
def test_the_panel_keeps_to_the_best_and_one_page_does_not_crowd_out_the_others(visit) -> None:
    page = visit("")
    page.locator("#page-search").fill("delete comments")
    page.locator("#page-search-panel a").first.wait_for(state="visible")
    links = page.locator("#page-search-panel .search__list a").evaluate_all("nodes => nodes.map((node) => node.getAttribute('href'))")
    pages = [link.partition("#")[0] for link in links]
    assert 3 <= len(links) <= 8 and max(pages.count(one) for one in pages) <= 4 and len(set(pages)) >= 3
    assert page.locator(".search__all").get_attribute("href").endswith("search/?q=delete%20comments")


@pytest.mark.browser
@pytest.mark.parametrize("query", ["<script>alert(1)</script>", "the", "☃☃", '""', "zzzzqqqq"])
def test_odd_queries_do_no_harm(visit, query: str) -> None:
    page = visit("")
    page.locator("#page-search").fill(query)
    page.locator("#page-search-panel").wait_for(state="visible")
    assert page.locator("#page-search-panel script").count() == 0


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_results_fit_a_narrow_screen(visit, scheme: str) -> None:
    page = visit("search/?q=hide+comments", width=320, height=640, color_scheme=scheme)
    page.locator(".results__section").first.wait_for(state="visible")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
