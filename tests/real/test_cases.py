"""The library of cases in a browser: filters by keyboard, their state in the address, and without scripts."""

from __future__ import annotations

from pathlib import Path

import pytest

from .axe import in_all_ways
from .conftest import ROOT, until

pytestmark = pytest.mark.browser
PAGE = "case-studies/"


def shown(page) -> int:
    return page.locator(".register--cases > li:visible").count()


@pytest.mark.walk
def test_a_filter_works_by_keyboard_keeps_its_state_in_the_address_and_is_announced(page) -> None:
    whole = shown(page)
    assert page.locator("#case-count").get_attribute("role") == "status"
    page.locator("#case-level").focus()
    page.keyboard.type("County")
    until(page, "location.search === '?level=county'")
    some = shown(page)
    assert 0 < some < whole
    assert page.locator("#case-count").inner_text() == f"{some} of {whole} case studies"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "case-topic"
    page.reload()
    assert shown(page) == some
    assert page.locator("#case-level").input_value() == "county"
    page.get_by_role("button", name="Show all").click()
    until(page, "location.search === ''")
    assert shown(page) == whole


def test_filters_add_up_and_an_empty_view_says_so(page, address: str) -> None:
    page.goto(f"{address}{PAGE}?level=county&topic=platform-change")
    assert shown(page) == 0
    assert page.locator("#case-none").is_visible()
    assert page.locator("#case-count").inner_text().startswith("0 of ")


def test_values_that_no_case_has_are_passed_over(page, address: str) -> None:
    page.goto(f"{address}{PAGE}?level=galaxy&year=1&other=%22%3E%3Cb%3E")
    assert page.locator("#case-none").is_hidden()
    assert page.locator("#case-level").input_value() == ""


def test_a_number_of_the_matrix_shows_its_cases(page) -> None:
    links = page.locator(".matrix td a")
    for index in (0, 7, links.count() - 1):
        link = links.nth(index)
        number = int(link.inner_text())
        link.click()
        assert shown(page) == number
        assert page.evaluate("document.activeElement.id") == "cases"
    page.go_back()
    assert shown(page) == int(links.nth(7).inner_text())


def test_without_scripts_the_list_is_whole_and_nothing_pretends_to_filter(visit) -> None:
    page = visit(f"{PAGE}?level=county", java_script_enabled=False)
    assert shown(page) >= 45
    assert page.locator("#case-filters").is_hidden()
    assert page.locator(".matrix td a").count() == 0


def test_the_script_is_small_and_only_where_there_is_a_filter(site: Path) -> None:
    assert len((ROOT / "hooks/theme/assets/filters.js").read_text(encoding="utf-8").splitlines()) < 150
    pages = {path.relative_to(site).as_posix() for path in site.rglob("*.html") if "assets/filters.js" in path.read_text(encoding="utf-8")}
    assert pages == {"case-studies/index.html", "changes/index.html", "law/index.html", "literature/index.html", "recommendations/index.html"}


def test_axe_finds_nothing_in_a_filtered_list_and_narrow_screens_fit(visit) -> None:
    page = visit(f"{PAGE}?level=county&topic=security")
    assert in_all_ways(page) == []
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
