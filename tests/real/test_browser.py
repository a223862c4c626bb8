"""The site in a real browser: reading, previews, search, privacy. Accessibility has tests of its own: axe, keyboard, tree, reflow, theme."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

PAGES = (
    "",
    "briefs/",
    "briefs/citizen-conduct/",
    "briefs/records/",
    "white-paper/",
    "white-paper/elements/",
    "case-studies/",
    "case-studies/roanoke-county-2009/",
    "law/",
    "recommendations/",
    "glossary/",
    "about/",
    "course/",
    "course/comments/",
    "course/comments/slides/",
    "course/workbook/",
    "course/objectives/",
    "404.html",
)
BRIEF = "briefs/citizen-conduct/"


@pytest.fixture
def open_page(browser, address: str):
    """Open a page of the site in a fresh context; `heard` collects errors and requests."""
    contexts = []

    def go(path: str, width: int = 1280, scheme: str = "light", **settings):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **settings)
        contexts.append(context)
        page = context.new_page()
        page.errors, page.requests = [], []
        page.on("console", lambda message: page.errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on("request", lambda request: page.requests.append(request.url))
        page.goto(address + path)
        return page

    yield go
    for context in contexts:
        context.close()


@pytest.mark.parametrize("path", PAGES)
def test_loads_without_errors_and_asks_no_other_host(open_page, address: str, path: str) -> None:
    page = open_page(path)
    page.wait_for_load_state("networkidle")
    assert page.errors == []
    assert [url for url in page.requests if not url.startswith((address, "data:"))] == []
    assert page.locator("h1").count() == 1


@pytest.mark.parametrize("path", [path for path in PAGES if path != "404.html"])
def test_fits_a_narrow_screen(open_page, path: str) -> None:
    page = open_page(path, width=320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_reference_shows_its_preview_on_focus_and_escape_closes_it(open_page) -> None:
    page = open_page(BRIEF)
    link = page.locator("a.xref--law").first
    link.focus()
    preview = page.get_by_role("tooltip")
    preview.wait_for(state="visible")
    assert "Law ·" in preview.inner_text()
    assert link.get_attribute("aria-describedby")
    page.keyboard.press("Escape")
    preview.wait_for(state="hidden")
    assert page.evaluate("document.activeElement.classList.contains('xref--law')")


def test_a_citation_shows_its_source_on_hover(open_page) -> None:
    page = open_page(BRIEF)
    page.locator("a.citation__ref").first.hover()
    preview = page.get_by_role("tooltip")
    preview.wait_for(state="visible")
    assert "Source" in preview.inner_text()
    preview.hover()
    page.wait_for_timeout(400)
    assert preview.is_visible(), "the pointer can move onto the preview (WCAG 1.4.13)"


def test_the_first_tab_skips_to_the_text(open_page) -> None:
    page = open_page(BRIEF)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#page-text"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#page-text"


def test_every_control_can_be_reached_and_shows_its_focus(open_page) -> None:
    page = open_page("about/")
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


def test_search_finds_the_brief(open_page) -> None:
    page = open_page("")
    page.locator("#page-search").fill("password")
    result = page.locator("#page-search-panel a").first
    result.wait_for(state="visible")
    links = page.locator("#page-search-panel a").evaluate_all("nodes => nodes.map(n => n.getAttribute('href'))")
    assert any("account-management" in link for link in links)
    page.keyboard.press("Escape")
    page.locator("#page-search-panel").wait_for(state="hidden")


def test_reads_without_scripts(open_page) -> None:
    page = open_page(BRIEF, java_script_enabled=False)
    assert page.get_by_role("navigation", name="Site", exact=True).is_visible()
    assert page.get_by_role("heading", name="Recommendations").is_visible()
    assert page.get_by_role("link", name="PDF").first.is_visible()
    assert page.locator(".needs-js:visible").count() == 0
