"""The law register in a browser: filters, old addresses, the height of its pages, dates that pass, and without scripts."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from lxml import html

from .conftest import lay_out_whole, until

pytestmark = pytest.mark.browser
PAGE = "law/"
TALLEST = 25_000


def shown(page) -> int:
    return page.locator(".register__rows > li:visible").count()


@pytest.mark.walk
def test_filters_work_by_keyboard_add_up_and_keep_their_state_in_the_address(page) -> None:
    whole = shown(page)
    count = page.locator("#law-count")
    assert count.get_attribute("role") == "status" and count.inner_text() == f"{whole} authorities"
    page.locator("#law-binds").focus()
    page.keyboard.type("Controlling")
    until(page, "location.search === '?binds=controlling'")
    controlling = shown(page)
    assert 0 < controlling < whole
    assert count.inner_text() == f"{controlling} of {whole} authorities"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "law-jurisdiction"
    page.locator("#law-jurisdiction").select_option("us")
    page.locator("#law-element").select_option("citizen-conduct")
    page.locator("#law-read").select_option("second-hand")
    some = shown(page)
    assert some < controlling
    rows = page.locator(".register__rows > li:visible").all()
    assert all(row.get_attribute("data-jurisdiction") == "us" and "citizen-conduct" in row.get_attribute("data-element").split() for row in rows)
    # What nothing is left of has no heading either.
    assert page.locator("#law-ny").is_hidden()
    page.reload()
    assert shown(page) == some and page.locator("#law-read").input_value() == "second-hand"
    page.get_by_role("button", name="Show all").click()
    until(page, "location.search === ''")
    assert shown(page) == whole


def test_an_empty_view_says_so_and_an_unknown_choice_is_passed_over(page, address: str) -> None:
    page.goto(f"{address}{PAGE}?words=nosuchlaw")
    assert shown(page) == 0 and page.locator("#law-none").is_visible()
    page.goto(f"{address}{PAGE}?binds=galaxy&read=%22%3E%3Cb%3E")
    assert page.locator("#law-none").is_hidden() and page.locator("#law-binds").input_value() == ""


def test_a_row_that_is_linked_to_is_shown_whatever_the_filter(page, address: str) -> None:
    page.goto(f"{address}{PAGE}?jurisdiction=nyc#lindke2024")
    assert page.locator("#lindke2024").is_visible()


def test_without_scripts_every_old_address_leads_to_the_page_of_its_authority(visit, site: Path, address: str) -> None:
    page = visit(f"{PAGE}#lindke2024", java_script_enabled=False)
    assert page.locator("#law-filters").is_hidden()
    assert page.locator(":target").is_visible()
    page.locator(":target a").click()
    page.wait_for_url("**/law/lindke2024/")
    assert page.locator("h1").inner_text() == "Lindke v. Freed"
    index = html.parse(str(site / "law/index.html")).getroot()
    for authority in json.loads((site / "catalogue.json").read_text(encoding="utf-8"))["authorities"]:
        assert index.get_element_by_id(authority["id"]).find(".//a").get("href") == f"{authority['id']}/", authority["id"]


def test_an_element_on_an_authority_s_page_leads_to_the_register_filtered(visit) -> None:
    page = visit("law/lindke2024/")
    page.locator(".record a[href*='element=citizen-conduct']").click()
    until(page, "location.search === '?element=citizen-conduct' && document.querySelector('.register__rows > li[hidden]') !== null")
    assert 0 < shown(page) < page.locator(".register__rows > li").count()


def test_no_page_of_the_register_is_too_tall(visit, address: str, site: Path) -> None:
    longest = sorted(site.glob("law/*/index.html"), key=lambda path: -path.stat().st_size)[:4]
    page = visit(PAGE)
    heights = {}
    for path in (PAGE, *(f"law/{path.parent.name}/" for path in longest)):
        page.goto(address + path)
        lay_out_whole(page)
        heights[path] = page.evaluate("document.documentElement.scrollHeight")
    assert {path: height for path, height in heights.items() if height > TALLEST} == {}


def test_an_authority_is_found_once_by_the_search(site: Path) -> None:
    index = json.loads((site / "search/words.js").read_text(encoding="utf-8").removeprefix("window.OTR_SEARCH = ").removesuffix(";\n"))
    places, found = iter(index["places"].split(" ")), {}
    for page, _, _, own in index["pages"]:
        found[page] = [next(places) for _ in range(own)]
    assert found["law/lindke2024/"] == [""]
    assert not [place for place in found["law/"] if place.startswith("lindke")]


@pytest.mark.parametrize(("day", "gone"), [("2026-11-28", 0), ("2027-02-01", 3), ("2040-01-01", None)])
def test_a_day_that_has_passed_is_not_shown_as_coming(browser, address: str, day: str, gone: int | None) -> None:
    page = browser.new_page()
    page.clock.set_fixed_time(f"{day}T12:00:00")
    page.goto(f"{address}{PAGE}")
    rows = page.locator(".register--dates tbody tr")
    shown_days = [row.locator("time").get_attribute("datetime") for row in rows.all() if row.is_visible()]
    assert all(shown >= day for shown in shown_days)
    hidden = rows.count() - len(shown_days)
    assert hidden == (rows.count() if gone is None else gone)
    note = page.locator(".register__made").inner_text()
    assert re.search(r"still to come on \w+ \d+, 2026\.", note)
    assert ("passed since" in note) == (hidden > 0)
    page.close()
