"""The bibliography in a browser: its filter by keyboard, in the address, and without scripts."""

from __future__ import annotations

import pytest

from .axe import in_two_ways
from .conftest import until

pytestmark = pytest.mark.browser
PAGE = "literature/"


def shown(page) -> int:
    return page.locator(".register--literature .reference:visible").count()


@pytest.mark.walk
def test_words_find_sources_whatever_their_accents_and_the_count_is_announced(page) -> None:
    whole = shown(page)
    count = page.locator("#literature-count")
    assert count.get_attribute("role") == "status"
    assert count.inner_text() == f"{whole} sources"
    page.locator("#literature-words").focus()
    page.keyboard.type("hrdinova DESIGNING")
    until(page, "location.search.includes('words=hrdinova')")
    some = shown(page)
    assert 0 < some < whole
    assert count.inner_text() == f"{some} of {whole} sources"
    assert page.locator("#ref-hrdinova2010designing").is_visible()
    # A theme with nothing left has no heading either.
    assert page.locator(".register--literature h2:visible").count() <= some
    page.reload()
    assert shown(page) == some
    page.get_by_role("button", name="Show all").click()
    until(page, "location.search === ''")
    assert shown(page) == whole


def test_filters_add_up_and_an_empty_view_says_so(page, address: str) -> None:
    page.locator("#literature-theme").select_option("records")
    records = shown(page)
    page.locator("#literature-seen").select_option("text seen")
    assert shown(page) < records
    assert page.locator(".register--literature h2:visible").count() == 1
    page.goto(f"{address}{PAGE}?words=zzzzzz&theme=records")
    assert shown(page) == 0
    assert page.locator("#literature-none").is_visible()
    page.goto(f"{address}{PAGE}?theme=nonsense")
    assert page.locator("#literature-theme").input_value() == ""
    assert shown(page) > records


def test_a_source_that_is_linked_to_is_shown_whatever_was_filtered(page, address: str) -> None:
    page.goto(f"{address}{PAGE}?words=zzzzzz#ref-hrdinova2010designing")
    assert page.locator("#ref-hrdinova2010designing").is_visible()
    assert page.evaluate("location.search") == ""


def test_without_scripts_every_source_is_there_and_no_filter(visit) -> None:
    page = visit(PAGE, java_script_enabled=False)
    assert not page.locator("#literature-filters").is_visible()
    assert page.locator(".register--literature .reference").count() > 400


def test_a_filtered_list_has_no_violation(visit) -> None:
    page = visit(f"{PAGE}?words=records&seen=part+seen")
    assert in_two_ways(page) == []
