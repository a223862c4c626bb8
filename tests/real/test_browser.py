"""The site in a real browser: reading, previews, search. Every page is looked at in test_axe; keyboard, tree, reflow and theme have their own."""

from __future__ import annotations

import pytest

from .pages import address_of

pytestmark = pytest.mark.browser
BRIEF = address_of("ib-08")


@pytest.mark.walk
def test_a_reference_shows_its_preview_on_focus_and_escape_closes_it(visit) -> None:
    page = visit(BRIEF)
    link = page.locator("a.xref--law").first
    link.focus()
    preview = page.get_by_role("tooltip")
    preview.wait_for(state="visible")
    assert "Law ·" in preview.inner_text()
    assert link.get_attribute("aria-describedby")
    page.keyboard.press("Escape")
    preview.wait_for(state="hidden")
    assert page.evaluate("document.activeElement.classList.contains('xref--law')")


def test_a_citation_shows_its_source_on_hover(visit) -> None:
    page = visit(BRIEF)
    page.locator("a.citation__ref").first.hover()
    preview = page.get_by_role("tooltip")
    preview.wait_for(state="visible")
    assert "Source" in preview.inner_text()
    preview.hover()
    page.wait_for_timeout(400)
    assert preview.is_visible(), "the pointer can move onto the preview (WCAG 1.4.13)"


def test_the_first_tab_skips_to_the_text(visit) -> None:
    page = visit(BRIEF)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#page-text"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#page-text"


def test_every_control_can_be_reached_and_shows_its_focus(visit) -> None:
    page = visit("about/")
    seen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        state = page.evaluate(
            """() => { const e = document.activeElement, r = e.getBoundingClientRect(), s = getComputedStyle(e);
            return {tag: e.tagName, x: r.x, w: r.width, outline: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0}; }"""
        )
        if state["tag"] == "BODY":
            break
        seen.append(state)
    assert len(seen) > 8
    assert all(item["x"] >= 0 and item["w"] > 0 and item["outline"] for item in seen)


@pytest.mark.walk
def test_search_finds_the_brief(visit) -> None:
    page = visit("")
    page.locator("#page-search").fill("password")
    result = page.locator("#page-search-panel a").first
    result.wait_for(state="visible")
    links = page.locator("#page-search-panel a").evaluate_all("nodes => nodes.map(n => n.getAttribute('href'))")
    assert any("account-management" in link for link in links)
    page.keyboard.press("Escape")
    page.locator("#page-search-panel").wait_for(state="hidden")


def test_reads_without_scripts(visit) -> None:
    page = visit(BRIEF, java_script_enabled=False)
    assert page.get_by_role("navigation", name="Site", exact=True).is_visible()
    assert page.get_by_role("heading", name="Recommendations").is_visible()
    assert page.get_by_role("link", name="PDF").first.is_visible()
    assert page.locator(".needs-js:visible").count() == 0


def test_columns_of_figures_stand_at_the_right(visit) -> None:
    page = visit("about/performance/")
    aligned = page.locator("#full-builds :is(th, td)").evaluate_all("cells => cells.map((cell) => getComputedStyle(cell).textAlign)")
    assert aligned[:6] == ["left", *["right"] * 4, "left"] == aligned[6:12]
