"""The site from the keyboard: everything can be reached, seen in focus, used and left again (WCAG 2.2: 2.1.1, 2.1.2, 2.4.3, 2.4.7, 2.4.11)."""

from __future__ import annotations

import pytest

from .conftest import until
from .pages import address_of

pytestmark = pytest.mark.browser
BRIEF = address_of("ib-08")
LIBRARY = "case-studies/"
STILL = {"reduced_motion": "reduce"}
ACTIVE = "document.activeElement"
# Each control in turn takes the focus, as with Tab: it is drawn round (2 px at least), and a point of it lies open.
UNSEEN = """() => {
  const told = [];
  for (const e of document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')) {
    if (e.disabled || e.tabIndex < 0 || !e.checkVisibility({visibilityProperty: true})) continue;
    const name = `${e.tagName.toLowerCase()}.${e.className} ${e.textContent.trim().slice(0, 30)}`;
    e.focus({focusVisible: true});
    if (document.activeElement !== e) { told.push(`takes no focus: ${name}`); continue; }
    const s = getComputedStyle(e);
    if (s.outlineStyle === 'none' || parseFloat(s.outlineWidth) < 2) told.push(`shows no focus: ${name}`);
    const open = [...e.getClientRects()].some((r) => [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5]].some(([x, y]) => {
      const [left, right, top, bottom] = [Math.max(r.left, 0), Math.min(r.right, innerWidth), Math.max(r.top, 0), Math.min(r.bottom, innerHeight)];
      const at = [left + (right - left) * x, top + (bottom - top) * y];
      const hit = document.elementFromPoint(...at);
      return hit && (e === hit || e.contains(hit) || hit.contains(e) || [...(e.labels || [])].some((label) => label.contains(hit)));
    }));
    if (!open) told.push(`covered or off the screen: ${name}`);
  }
  return [...new Set(told)].slice(0, 6);
}"""


def name(page) -> str:
    """The focused element in a few words."""
    return page.evaluate("document.activeElement.outerHTML.slice(0, 120)")


@pytest.mark.widened
def test_every_control_shows_its_focus_and_is_not_covered(visit, address: str, one_of_each: list[str], proof: bool) -> None:
    page = visit("", **STILL)
    unseen = {}
    for width in (320, 1280) if proof else (320,):
        page.set_viewport_size({"width": width, "height": 900})
        for path in one_of_each:
            page.goto(address + path)
            unseen[path, width] = page.evaluate(UNSEEN)
    assert {at: told for at, told in unseen.items() if told} == {}


@pytest.mark.parametrize(("path", "width"), [("", 320), ("case-studies/roanoke-county-2009/", 1280), ("tools/readiness/", 1280)])
def test_tab_goes_through_the_page_in_its_order_and_out(visit, path: str, width: int) -> None:
    page = visit(path, width=width, **STILL)
    page.evaluate(
        """() => { window.order = []; document.addEventListener('focusin', (event) => window.order.push(event.target)); }"""
    )
    controls = page.evaluate("document.querySelectorAll('a[href], button, input, select, textarea, summary').length")
    for _ in range(controls + 10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
    else:
        pytest.fail(f"Tab does not lead out of the page; it stands at {name(page)}")
    # Radio buttons of one question are one stop, so the order is compared, not the number.
    assert page.evaluate(
        """() => window.order.length > 10
        && window.order.every((e, i) => !i || (window.order[i - 1].compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING))"""
    )
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement === window.order.at(-1)")


@pytest.mark.walk
def test_the_skip_link_is_seen_and_leads_past_the_navigation(visit) -> None:
    page = visit(BRIEF, **STILL)
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.get_attribute("href") == "#page-text"
    page.wait_for_timeout(200)
    box = skip.bounding_box()
    assert box["y"] >= 0 and box["height"] >= 24
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)"), name(page)


@pytest.mark.walk
def test_the_contents_open_lead_and_close_on_a_phone(visit) -> None:
    page = visit(BRIEF, width=320, **STILL)
    toggle = page.locator(".toc__toggle")
    first = page.locator(".toc__list a").first
    assert not first.is_visible()
    toggle.focus()
    page.keyboard.press("Enter")
    assert toggle.get_attribute("aria-expanded") == "true" and first.is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.toc__list') !== null")
    page.keyboard.press("Escape")
    assert toggle.get_attribute("aria-expanded") == "false"
    assert page.evaluate("document.activeElement.classList.contains('toc__toggle')"), "the focus is back at the button"
    page.keyboard.press("Space")
    for _ in range(3):
        page.keyboard.press("Tab")
    target = page.locator(":focus").get_attribute("href")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == target
    assert toggle.get_attribute("aria-expanded") == "false"
    page.keyboard.press("Tab")
    assert page.evaluate("(id) => document.querySelector(id).compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING", target)


def test_search_is_used_and_left_without_a_mouse(visit, address: str) -> None:
    page = visit("", **STILL)
    field, panel = page.locator("#page-search"), page.locator("#page-search-panel")
    while page.evaluate("document.activeElement.id") != "page-search":
        page.keyboard.press("Tab")
    page.keyboard.type("password")
    until(page, "document.querySelectorAll('#page-search-panel a').length > 2")
    until(page, "/result/.test(document.querySelector('[data-search-status]').textContent)")
    at = "[...document.querySelectorAll('#page-search-panel a')].indexOf(document.activeElement)"
    for key, place in [("ArrowDown", 0), ("ArrowDown", 1), ("End", page.locator("#page-search-panel a").count() - 1), ("Home", 0), ("ArrowUp", -1)]:
        page.keyboard.press(key)
        assert page.evaluate(at) == place, key
    assert page.evaluate("document.activeElement.id") == "page-search"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "page-search", "Escape gives the focus back"
    assert panel.is_hidden() and field.input_value() == "password"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.search') === null"), "the closed panel is not in the way"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(at) == 0
    target = page.evaluate("document.activeElement.href")
    page.keyboard.press("Enter")
    page.wait_for_url(target)


def test_a_preview_keeps_the_focus_on_its_link_and_lets_tab_go_on(visit) -> None:
    page = visit(BRIEF, **STILL)
    # One that another with a preview follows: the next thing to be reached with the tabulator.
    page.evaluate("""() => {
      const stops = [...document.querySelectorAll("main :is(a[href], button, summary, input, [tabindex='0'])")].filter((stop) => stop.checkVisibility());
      stops.find((stop, index) => stop.matches("a[data-preview]") && stops[index + 1]?.matches("a[data-preview]")).focus();
    }""")
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    page.get_by_role("tooltip").wait_for(state="visible")
    link = page.evaluate_handle(ACTIVE)
    page.keyboard.press("Escape")
    page.get_by_role("tooltip").wait_for(state="hidden")
    assert link.evaluate("link => link === document.activeElement && !link.hasAttribute('aria-describedby')")
    page.keyboard.press("Tab")
    page.get_by_role("tooltip").wait_for(state="visible")
    assert link.evaluate("link => link !== document.activeElement && !link.hasAttribute('aria-describedby')"), "one preview at a time"


def test_a_clause_is_copied_and_the_reader_told(visit) -> None:
    page = visit(BRIEF, permissions=["clipboard-read", "clipboard-write"], **STILL)
    button = page.locator(".clause .copy").first
    button.focus()
    page.keyboard.press("Enter")
    until(page, "[...document.querySelectorAll('[role=status]')].some((e) => /^Copied/.test(e.textContent))")
    copied = page.evaluate("navigator.clipboard.readText()")
    words = page.locator(".clause__text").first.inner_text()
    assert words.split()[:8] == copied.split()[:8]
    assert page.evaluate("document.activeElement.classList.contains('copy')")


def test_the_colors_are_switched_and_kept(visit) -> None:
    page = visit("", color_scheme="light", **STILL)
    switch = page.locator("[data-scheme-toggle]")
    switch.focus()
    page.keyboard.press("Space")
    assert switch.get_attribute("aria-pressed") == "true"
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.reload()
    assert switch.get_attribute("aria-pressed") == "true"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
    switch.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != dark


def test_folded_parts_open_and_what_they_hold_is_reached(visit) -> None:
    page = visit(BRIEF, **STILL)
    summary = page.locator(".cite-box__files summary").last
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator(".cite-box__files").last.get_attribute("open") is not None
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.cite-box__files a') !== null")
    summary.focus()
    page.keyboard.press("Space")
    assert page.locator(".cite-box__files").last.get_attribute("open") is None


def test_a_table_wider_than_the_page_scrolls_by_keyboard(visit) -> None:
    page = visit(LIBRARY, width=320, **STILL)
    scroller = page.locator(".scroller[tabindex]").first
    assert scroller.get_attribute("role") == "region" and scroller.get_attribute("aria-label")
    scroller.focus()
    page.keyboard.press("ArrowRight")
    until(page, "document.querySelector('.scroller[tabindex]').scrollLeft > 0")


@pytest.mark.parametrize("path", ["law/", "literature/"])
def test_a_jump_in_a_long_list_lands(visit, path: str) -> None:
    """Entries far off are laid out only when they come near: the place one jumps to must not move away meanwhile."""
    page = visit(path, width=412)
    page.keyboard.press("Tab")
    links = page.locator("main li a")
    links.nth(links.count() // 2).focus()
    page.wait_for_timeout(300)
    box = page.locator(":focus").bounding_box()
    assert 0 <= box["y"] <= 900 - box["height"]
