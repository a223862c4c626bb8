"""Linking to the site, in the browser: permanent addresses, single passages, and everything embedded in a page of another origin."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from .conftest import until
from .pages import address_of

pytestmark = pytest.mark.browser
BRIEF = address_of("ib-10")
CARD = "embed/ib-10/"


@pytest.fixture
def page(browser):
    made = browser.new_page(viewport={"width": 1280, "height": 900})
    made.errors = []
    made.on("pageerror", lambda error: made.errors.append(str(error)))
    made.on("console", lambda message: made.errors.append(message.text) if message.type == "error" else None)
    yield made
    assert made.errors == []
    made.close()


@pytest.mark.walk
def test_a_permanent_address_leads_on_and_keeps_the_place(page, address: str) -> None:
    page.goto(f"{address}id/ib-10/#recommendations")
    page.wait_for_url(f"{address}{BRIEF}#recommendations")
    page.goto(f"{address}id/ib-10-r1/")
    page.wait_for_url(f"{address}{BRIEF}#ib-10-r1")


def test_the_sign_beside_a_passage_copies_its_address_and_that_of_a_recommendation_its_permanent_one(visit) -> None:
    page = visit(BRIEF, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Link to a paragraph").click()
    passage = page.locator("article.prose > p[id^=p-]").first.get_attribute("id")
    canonical = page.locator("link[rel=canonical]").get_attribute("href")
    for id_, address in (("ib-10-r3", f"{canonical.partition('briefs/')[0]}id/ib-10-r3/"), (passage, f"{canonical}#{passage}")):
        sign = page.locator(f".permalink--shown[href='#{id_}']")
        if id_ != passage:
            assert sign.get_attribute("aria-label") == "Link to “Recommendation 10.3”"
        sign.click()
        until(page, "[...document.querySelectorAll('[role=status]')].some((e) => e.textContent === 'Copied the address.')")
        assert sign.inner_text() == "Copied"
        assert page.evaluate("navigator.clipboard.readText()") == address
        assert page.evaluate("location.hash") == f"#{id_}"
        page.evaluate("document.querySelectorAll('[role=status]').forEach((e) => { e.textContent = ''; })")
    page = visit("recommendations/", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("link", name="Permanent address of recommendation 10.3").click()
    until(page, "navigator.clipboard.readText().then((text) => text.endsWith('/id/ib-10-r3/'))")
    assert page.url.endswith("/recommendations/")
    plain = visit("recommendations/", java_script_enabled=False)
    plain.get_by_role("link", name="Permanent address of recommendation 10.3").click()
    plain.wait_for_url(f"**/{BRIEF}*")


def test_a_permanent_address_leads_on_without_script(browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}id/ib-10/")
    page.wait_for_url(f"{address}{BRIEF}")
    context.close()


def test_the_pointer_finds_the_link_of_a_passage_and_the_keyboard_finds_all(page, address: str, site: Path) -> None:
    page.goto(address + BRIEF)
    passage = page.locator("article.prose > p[id^=p-]").nth(2)
    id_ = passage.get_attribute("id")
    passage.hover()
    link = page.locator(f".beside-passage a[href='#{id_}']")
    link.wait_for(state="visible")
    box = link.bounding_box()
    assert box["width"] >= 24
    assert box["height"] >= 24
    before = page.evaluate("document.querySelectorAll('.prose a[href], .prose button').length")
    button = page.get_by_role("button", name="Link to a paragraph")
    button.focus()
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-pressed") == "true"
    shown = page.locator(f".prose .permalink--shown[href='#{id_}']")
    assert shown.get_attribute("aria-label").startswith("Link to “")
    sizes = page.locator(".permalink--shown").evaluate_all(
        "nodes => nodes.map(n => n.getBoundingClientRect()).filter(r => r.width < 24 || r.height < 24).length"
    )
    assert sizes == 0
    shown.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == f"#{id_}"
    button.click()
    assert page.evaluate("document.querySelectorAll('.prose a[href], .prose button').length") <= before
    # Without script, the places are there all the same.
    assert html.parse(str(site / BRIEF / "index.html")).getroot().get_element_by_id(id_) is not None


@pytest.fixture
def elsewhere(address: str, site: Path) -> Iterator[str]:
    """A page on another origin that shows and links everything the linking page offers for one brief."""
    frame = json.loads((site / "oembed/ib-10.json").read_text())["html"]
    here = html.fragments_fromstring(frame)[-1].get("src").removesuffix(CARD)
    local = frame.replace(here, address)
    body = f"<!doctype html><html lang='en'><title>Forum</title><p><a href='{address}id/ib-10/'>Issue Brief 10</a></p>{local}".encode()

    class Other(http.server.BaseHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/" else 204)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body if self.path == "/" else b"")

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Other)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_a_card_on_another_page(browser, elsewhere: str, address: str, site: Path, scheme: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(elsewhere)
    page.wait_for_load_state("networkidle")
    frame = page.frame_locator("iframe")
    assert "Records and FOIL" in frame.get_by_role("heading").inner_text()
    assert "Issue Brief 10" in page.locator("iframe").get_attribute("title")
    assert [url for url in asked if url.startswith(address)] == [address + CARD], "the card fetches nothing else"
    inside = next(item for item in page.frames if item.url == address + CARD)
    assert inside.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    light = inside.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(253, 252, 249)"
    assert light == (scheme == "light")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert len((site / CARD / "index.html").read_bytes()) < 15_000
    context.close()


def test_a_link_in_a_card_opens_outside_the_frame(page, elsewhere: str, site: Path, address: str) -> None:
    page.goto(elsewhere)
    link = page.frame_locator("iframe").get_by_role("link", name="Read", exact=True)
    assert link.get_attribute("href").endswith("/id/ib-10/")
    assert page.frame_locator("iframe").locator("base").get_attribute("target") == "_blank"
    page.get_by_role("link", name="Issue Brief 10").click()
    page.wait_for_url(address + BRIEF)


def test_what_is_offered_can_be_copied(visit) -> None:
    page = visit("linking/", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the HTML of the card of Issue Brief 10", exact=True).click()
    until(page, "navigator.clipboard.readText().then((text) => text.startsWith('<iframe'))")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert html.fragment_fromstring(copied).get("src").endswith(CARD)


def test_what_the_linking_page_links_to_is_there(site: Path) -> None:
    for name in ("linking", "about/corrections"):
        folder = site / name
        for link in html.parse(str(folder / "index.html")).getroot().iter("a"):
            href = (link.get("href") or "").partition("#")[0]
            if href and "://" not in href and not href.startswith("mailto:"):
                target = (folder / href).resolve()
                assert target.exists() or (target / "index.html").exists(), href


def test_each_publication_leads_to_the_page_on_linking_and_offers_its_link_card_and_feed(site: Path) -> None:
    catalogue = json.loads((site / "catalogue.json").read_text())
    for item in catalogue["publications"]:
        page = site / item["url"] / "index.html"
        tree = html.parse(str(page)).getroot()
        assert tree.xpath("//ul[@class='actions']//a[@href='#permanent-address']"), item["id"]
        box = tree.get_element_by_id("on-your-page")
        assert f"embed/{item['id']}/" in box.text_content() and f"id/{item['id']}/" in box.text_content()
        targets = {(page.parent / link.get("href").partition("#")[0]).resolve() for link in box.iter("a")}
        assert targets == {site / f"feeds/{item['id']}.atom", site / f"feeds/{item['id']}.json", site / "linking"}, item["id"]
        assert all(target.exists() for target in targets)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_linking_page_shows_cards_under_its_own_policy(browser, host: str, scheme: str, width: int) -> None:
    """With the headers of a host: only this page may have frames, and only of its own host."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page, told = context.new_page(), []
    page.on("console", lambda message: told.append(message.text))
    page.goto(f"{host}linking/")
    shown = page.locator(".register--cards iframe")
    for index, wide in enumerate((240, 480, 800)):
        shown.nth(index).scroll_into_view_if_needed()
        card = page.frame_locator(".register--cards iframe").nth(index)
        card.get_by_role("link", name="Read", exact=True).wait_for(state="visible")
        assert shown.nth(index).evaluate("e => e.clientWidth") == wide
        assert card.locator("html").evaluate("e => e.scrollHeight <= innerHeight && e.scrollWidth <= innerWidth")
        assert (card.locator("body").evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(253, 252, 249)") == (scheme == "light")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert told == []
    page.goto(f"{host}about/")
    page.evaluate("document.body.append(Object.assign(document.createElement('iframe'), {src: '../embed/ib-08/'}))")
    page.wait_for_timeout(300)
    assert any("frame-src" in text or "default-src" in text for text in told), "no other page may have one"
    context.close()
