"""The bibliography in a browser: its filter by keyboard, in the address, and without scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .axe import assert_clean

pytestmark = pytest.mark.browser
PAGE = "literature/"


@pytest.fixture
def page(browser, address: str) -> Iterator:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.goto(address + PAGE)
    yield page
    assert page.errors == []
    context.close()


def shown(page) -> int:
    return page.locator(".register--literature .reference:visible").count()


def test_words_find_sources_whatever_their_accents_and_the_count_is_announced(page) -> None:
    whole = shown(page)
    count = page.locator("#literature-count")
    assert count.get_attribute("role") == "status"
    assert count.inner_text() == f"{whole} sources"
    page.locator("#literature-words").focus()
    page.keyboard.type("hrdinova DESIGNING")
    page.wait_for_function("location.search.includes('words=hrdinova')")
    some = shown(page)
    assert 0 < some < whole
    assert count.inner_text() == f"{some} of {whole} sources"
    assert page.locator("#ref-hrdinova2010designing").is_visible()
    # A theme with nothing left has no heading either.
    assert page.locator(".register--literature h2:visible").count() <= some
    page.reload()
    assert shown(page) == some
    page.get_by_role("button", name="Show all").click()
    page.wait_for_function("location.search === ''")
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


def test_without_scripts_every_source_is_there_and_no_filter(browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + PAGE)
    assert not page.locator("#literature-filters").is_visible()
    assert page.locator(".register--literature .reference").count() > 400
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_a_filtered_list_has_no_violation(browser, address: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(f"{address}{PAGE}?words=records&seen=part+seen")
    assert_clean(page, f"filtered, {width} px")
    context.close()
