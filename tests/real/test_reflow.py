"""What readers change: the width (400% zoom), the spacing of text, motion, colors, the size of what is pressed."""

from __future__ import annotations

from pathlib import Path

import lxml.html
import pytest

from hooks.citing.cite_us import HEIGHT

from .conftest import lay_out_whole
from .pages import address_of

pytestmark = pytest.mark.browser

# 1280 by 1024 px at 400% (WCAG 2.2, 1.4.10).
ZOOMED = {"width": 320, "height": 256}
# WCAG 2.2, 1.4.12: line height 1.5, after paragraphs 2, letters 0.12, words 0.16 times the size of the text.
SPACED = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }"
# Words that run out of the page, that are cut off by their box, or that lie on other words.
LOST = """() => {
  const told = [], boxes = [];
  const name = (e) => `${e.tagName.toLowerCase()}${e.id ? '#' + e.id : ''}.${e.className}`;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const hidden = new Map();
  const unseen = (e) => {
    if (!e || e === document.body) return false;
    if (!hidden.has(e)) hidden.set(e, e.classList.contains('vh') || e.classList.contains('skip') || e.tagName === 'OPTION' || unseen(e.parentElement));
    return hidden.get(e);
  };
  for (let node; (node = walker.nextNode());) {
    const e = node.parentElement;
    if (!node.data.trim() || unseen(e) || !e.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
    let scrolls = false;
    for (let at = e; at && at !== document.body; at = at.parentElement) scrolls ||= ['auto', 'scroll'].includes(getComputedStyle(at).overflowX);
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const r of range.getClientRects()) {
      if (r.width < 2) continue;
      if (!scrolls && (r.right > innerWidth + 1 || r.left < -1)) told.push(`out of the page: ${name(e)} “${node.data.trim().slice(0, 30)}”`);
      if (!scrolls) boxes.push({x: r.left, y: r.top, w: r.width, h: r.height, e, node});
    }
  }
  boxes.sort((a, b) => a.y - b.y);
  for (let i = 0; i < boxes.length; i++) for (let j = i + 1; j < boxes.length && boxes[j].y < boxes[i].y + boxes[i].h; j++) {
    const [a, b] = [boxes[i], boxes[j]];
    if (a.node === b.node || a.e.closest('sup, sub') || b.e.closest('sup, sub')) continue;
    const w = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x), h = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
    // Lines of one block touch where a line is set close; half a line on another is an overlap.
    if (w > 2 && h > 0.45 * Math.min(a.h, b.h))
      told.push(`overlap: ${name(a.e)} “${a.node.data.trim().slice(0, 20)}” and ${name(b.e)} “${b.node.data.trim().slice(0, 20)}”`);
  }
  for (const e of document.querySelectorAll('body *')) {
    const s = getComputedStyle(e);
    if (unseen(e) || !e.checkVisibility() || e.matches('select, option, input')) continue;
    const cut = [s.overflowX, s.overflowY].some((o) => o === 'hidden' || o === 'clip');
    const more = e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1;
    if (cut && more && e.clientWidth) told.push(`cut off: ${name(e)}`);
  }
  if (document.documentElement.scrollWidth > innerWidth) told.unshift(`the page scrolls sideways: ${document.documentElement.scrollWidth} px`);
  return [...new Set(told)].slice(0, 40);
}"""
# A target in a line of text is exempt, as is one with 24 px of its own around it (2.5.8); here every control that
# is no link in text has the size itself.
SMALL = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')].filter((e) => {
  if (!e.checkVisibility({visibilityProperty: true}) || e.closest('.vh') || e.matches('.skip, .vh')) return false;
  const label = e.matches('[type=radio], [type=checkbox]') && e.labels[0] && !e.labels[0].classList.contains('vh') && e.labels[0];
  const r = (label || e).getBoundingClientRect();
  if (!r.width || !r.height) return false;
  return getComputedStyle(e).display !== 'inline' && (r.width < 23.9 || r.height < 23.9);
}).map((e) => `${e.outerHTML.slice(0, 80)} in .${e.parentElement.className}: ${e.clientWidth} by ${e.clientHeight}`).slice(0, 6)"""


@pytest.mark.widened
def test_nothing_is_lost_at_400_percent_nor_with_wider_text(visit, address: str, one_of_each: list[str]) -> None:
    page = visit("", bypass_csp=True, reduced_motion="reduce")
    lost = {}
    for path in one_of_each:
        page.goto(address + path)
        lay_out_whole(page)
        # A card is read in its frame: of the height that the page gives it, and with wider text of the height that it asks for.
        card = path.startswith("embed/")
        page.set_viewport_size({**ZOOMED, "height": HEIGHT} if card else ZOOMED)
        lost[path, "zoomed"] = page.evaluate(LOST)
        if card:
            page.set_viewport_size({**ZOOMED, "height": 2 * HEIGHT})
        page.add_style_tag(content=SPACED)
        lost[path, "zoomed and spaced"] = page.evaluate(LOST)
        page.set_viewport_size({"width": 1280, "height": 900})
        lost[path, "spaced"] = page.evaluate(LOST)
    assert {at: told for at, told in lost.items() if told} == {}


def test_targets_have_24_pixels(visit, address: str, one_of_each: list[str]) -> None:
    page = visit("")
    small = {}
    for path in one_of_each:
        page.goto(address + path)
        lay_out_whole(page)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            small[path, width] = page.evaluate(SMALL)
    assert {at: told for at, told in small.items() if told} == {}


@pytest.mark.parametrize(
    ("style", "told"),
    [
        (".masthead { width: 400px; } h1 { width: 380px; text-align: right; }", "out of the page"),
        (".masthead__summary { height: 1rem; overflow: hidden; }", "cut off"),
        pytest.param(".masthead__summary { margin-top: -2rem; }", "overlap", marks=pytest.mark.walk),
        ("main { min-width: 30rem; }", "scrolls sideways"),
    ],
)
def test_a_loss_is_found(visit, style: str, told: str) -> None:
    page = visit(address_of("ib-08"), bypass_csp=True)
    page.set_viewport_size(ZOOMED)
    page.add_style_tag(content=style)
    assert any(told in loss for loss in page.evaluate(LOST))


def test_nothing_moves_where_the_reader_asked_for_stillness(visit, address: str, one_of_each: list[str]) -> None:
    moving = """() => [document.documentElement, ...document.querySelectorAll('*')].filter((e) => [null, '::before', '::after'].some((part) => {
      const s = getComputedStyle(e, part);
      return s.animationName !== 'none' || s.transitionDuration.split(', ').some((d) => parseFloat(d) > 0) || s.scrollBehavior === 'smooth';
    })).map((e) => `${e.tagName}.${e.className}`)"""
    focus = "document.querySelector('a, button').focus()"
    page = visit("", reduced_motion="no-preference")
    page.evaluate(focus)
    assert page.evaluate(moving), "there is motion to switch off"
    page.emulate_media(reduced_motion="reduce")
    for path in one_of_each:
        page.goto(address + path)
        page.evaluate(focus)
        assert page.evaluate(moving) == [], path


LOOK = """(selector) => { const e = document.querySelector(selector), s = getComputedStyle(e);
  return ['Top', 'Right', 'Bottom', 'Left'].map((side) => `${s[`border${side}Width`]} ${s[`border${side}Style`]} ${s[`border${side}Color`]}`)
    .concat(`${s.outlineWidth} ${s.outlineStyle}`, s.fontWeight, s.textDecorationLine); }"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colors_keep_every_distinction(visit, address: str, site: Path, scheme: str) -> None:
    """With the reader's own few colors, fills and shades are gone: lines, weight and words have to tell things apart."""
    boxes = ("callout--law", "callout--case", "clause", "recommendation")
    briefs = {path: lxml.html.parse(str(path)).getroot() for path in sorted(site.glob("briefs/*/index.html"))}
    with_all = next(path.parent for path, tree in briefs.items() if all(tree.find_class(name) for name in boxes))
    page = visit(f"{with_all.relative_to(site).as_posix()}/", forced_colors="active", color_scheme=scheme)

    def look(selector: str) -> list[str]:
        return page.evaluate(LOOK, selector)

    kinds_of_box = [look(f".{name}") for name in boxes]
    assert len({tuple(each) for each in kinds_of_box}) == len(kinds_of_box)
    assert all(any(not side.startswith("0px") for side in each[:4]) for each in kinds_of_box)
    assert look(".site-nav a[aria-current]") != look(".site-nav a:not([aria-current])")
    assert look(".toc a[aria-current]") != look(".toc a:not([aria-current])")
    assert look(".beside a[aria-current]") != look(".beside a:not([aria-current])")
    assert look(".prose p a")[-1] == "underline"
    assert all(not look(control)[0].startswith("0px") for control in (".button", ".copy", ".search__field"))
    button = page.get_by_role("button", name="Link to a paragraph")
    pressed = "button.button[aria-pressed]"
    before = look(pressed)
    button.click()
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement.blur()")
    assert look(pressed) != before, "pressed is told from not pressed"
    page.keyboard.press("Tab")
    ring = page.evaluate(
        """() => { const s = getComputedStyle(document.activeElement);
        return [parseFloat(s.outlineWidth), s.outlineStyle, s.outlineColor, s.backgroundColor]; }"""
    )
    assert ring[0] >= 2 and ring[1] != "none" and ring[2] != ring[3]
    page.goto(f"{address}case-studies/?level=county")
    assert look(".matrix td a[aria-current]") != look(".matrix td a:not([aria-current])")


def test_forced_colors_leave_figures_and_the_chart_readable(visit, address: str, site: Path, one_of_each: list[str]) -> None:
    page = visit("", forced_colors="active", color_scheme="dark")
    figures = [path for path in one_of_each if (site / path).is_dir() and b"figure class=\"figure\"" in (site / path / "index.html").read_bytes()]
    assert figures
    for path in figures:
        page.goto(address + path)
        # A figure is drawn in dark ink: it keeps its light paper, whatever the reader's ground is.
        assert page.evaluate("getComputedStyle(document.querySelector('figure.figure img')).backgroundColor") == "rgb(253, 252, 249)", path
    page.goto(f"{address}tools/readiness/")
    page.locator("input[type=radio]").first.check()
    page.wait_for_timeout(200)
    if page.locator(".profile__bar").count() == 0:
        page.locator("#readiness-form button").first.click()
    bars = page.locator(".profile__bar")
    bars.first.wait_for(state="attached")
    grounds = bars.evaluate_all("nodes => nodes.map((e) => [getComputedStyle(e).forcedColorAdjust, getComputedStyle(e).backgroundColor])")
    assert {tuple(each) for each in grounds} == {("none", "rgb(255, 255, 255)")}
    assert all(bars.evaluate_all("nodes => nodes.map((e) => !!(e.getAttribute('aria-label') || e.ariaLabelledByElements || e.querySelector('title')))"))
