"""Every page in the browser: in axe-core, narrow and light, wide and dark, one of each kind in all four ways; whether its scripts make an
error or it asks another host; then what opens on a page, opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from . import axe
from .conftest import until
from .pages import address_of, addresses, leads_on

pytestmark = pytest.mark.browser
BRIEF = address_of("ib-08")
PARTS = 12
"""The pages are dealt out into so many tests, which the processes of a run share among them."""


@pytest.mark.widened
@pytest.mark.parametrize("part", range(PARTS))
def test_every_page(browser, address: str, site: Path, one_of_each: list[str], proof: bool, part: int) -> None:
    """No page breaks a rule, is wider than a narrow screen, makes an error or asks another host: every page in the full sweep, else one of each kind."""
    paths = addresses(site) if proof else one_of_each
    assert len(paths) > (1000 if proof else 15)
    page = browser.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith((address, "data:")) else errors.append(f"asks for {request.url}"))
    # Pages that lead on are looked at, not followed.
    page.route("**/assets/moved*.js", lambda route: route.abort())
    broken = {}
    for path in paths[part::PARTS]:
        page.goto(address + path)
        if leads_on(site, path):
            # Nothing of it hangs on the width.
            axe.load_axe(page)
            rules = axe.violations(page)
        else:
            rules = axe.in_all_ways(page) if proof and path in one_of_each else axe.in_two_ways(page)
            rules += errors
            if (titles := page.locator("h1").count()) != 1:
                rules.append(f"{titles} headings of the first level")
        page.set_viewport_size({"width": 320, "height": 900})
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 320:
            rules.append(f"{width} px wide at 320")
        if rules:
            broken[path] = rules
        errors.clear()
    page.close()
    assert broken == {}


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("document.querySelector('main p').innerHTML = '<img src=\"x.png\">'", "image-alt"),
        pytest.param("document.querySelector('.wordmark').textContent = ''", "link-name", marks=pytest.mark.walk),
        ("document.querySelector('main').replaceWith(...document.querySelector('main').children)", "landmark-one-main"),
    ],
)
def test_a_fault_is_found(visit, change: str, rule: str) -> None:
    page = visit("about/")
    page.evaluate(change)
    axe.load_axe(page)
    assert any(found.startswith(rule) for found in axe.violations(page))


def test_colors_that_are_too_faint_are_found_in_either_scheme(visit) -> None:
    page = visit("about/", bypass_csp=True)
    page.add_style_tag(content=":root { --ink: light-dark(#1c2127, #3a4048); }")
    found = axe.in_all_ways(page)
    assert {"color-contrast"} == {rule.split(":")[0] for rule in found}
    assert all(rule.endswith("dark)") for rule in found)


def opened_search(page) -> None:
    page.locator("#page-search").fill("records")
    page.locator("#page-search-panel a").first.wait_for(state="visible")


def shown_results(page) -> None:
    page.locator(".results__item").first.wait_for(state="visible")
    page.locator(".results__section .button").first.click()
    until(page, "document.activeElement.closest('.results__item') !== null")


def told_that_it_is_not_covered(page) -> None:
    page.locator(".results__item").first.wait_for(state="visible")


def opened_contents(page) -> None:
    page.locator(".toc__toggle").click()


def shown_preview(page) -> None:
    page.keyboard.press("Tab")
    page.locator("main a[data-preview]").nth(2).focus()
    page.get_by_role("tooltip").wait_for(state="visible")


def shown_links_and_files(page) -> None:
    page.get_by_role("button", name="Link to a paragraph").click()
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")


def used_filter(page) -> None:
    page.locator("#case-level").select_option("county")
    page.locator("#case-topic").select_option("platform-change")


def copied(page) -> None:
    page.locator(".copy").first.click()


STATES = [
    (BRIEF, 1280, opened_search),
    (BRIEF, 320, opened_search),
    ("search/?q=hide+comments", 1280, shown_results),
    ("search/?q=hide+comments", 320, shown_results),
    ("search/?q=payroll+software", 320, told_that_it_is_not_covered),
    (BRIEF, 320, opened_contents),
    (BRIEF, 1280, shown_preview),
    (BRIEF, 320, shown_preview),
    (BRIEF, 1280, shown_links_and_files),
    (BRIEF, 320, shown_links_and_files),
    (BRIEF, 320, copied),
    ("case-studies/", 1280, used_filter),
    ("case-studies/", 320, used_filter),
]


@pytest.mark.parametrize("scheme", axe.SCHEMES)
@pytest.mark.parametrize(("path", "width", "do"), STATES, ids=[f"{do.__name__} at {width}" for _, width, do in STATES])
def test_what_opens_on_a_page(visit, path: str, width: int, do, scheme: str) -> None:
    page = visit(path, width=width, color_scheme=scheme)
    do(page)
    axe.load_axe(page)
    assert axe.violations(page) == []
