"""What a first view weighs, compressed as hosts do at the least (gzip), and that nothing holds it up or moves it.

Budgets: 120 kB in all, script 45 kB, fonts 40 kB (a kB is 1,000 bytes), of bodies as they go over the wire.
"""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import html

from hooks.site.embeds import SCRIPT as CARD
from tests.serving import GZIP_LEVEL, served

from .pages import a_case, address_of

pytestmark = pytest.mark.browser

TOTAL, SCRIPT, FONTS = 120_000, 45_000, 40_000
PAGES = ("", address_of("ib-08"), address_of("ib-10"), "literature/", "literature/cases/", "case-studies/", "changes/", a_case())
WIDTHS = (360, 1280)
SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) shifts.push(entry.value);
}).observe({type: 'layout-shift', buffered: true});
"""


@dataclass
class Host:
    """A server on the loopback that compresses, keeps count of what it sends, and may be slow with fonts."""

    address: str = ""
    fonts_late: float = 0
    sent: dict[str, int] = field(default_factory=dict)


@pytest.fixture(scope="module")
def host(site: Path) -> Iterator[Host]:
    state = Host()

    def delay(path: str) -> None:
        if path.endswith(".woff2"):
            time.sleep(state.fonts_late)

    with served(site, compress=True, before=delay, after=state.sent.__setitem__) as state.address:
        yield state


@pytest.fixture
def view(browser, host: Host) -> Iterator:
    """`view(path)`: a page as a reader first sees it, with nothing kept from before; without its fonts, if told so."""
    contexts = []

    def go(path: str, width: int = 1280, fonts: bool = True, **settings):
        context = browser.new_context(viewport={"width": width, "height": 800}, **settings)
        contexts.append(context)
        if not fonts:
            context.route("**/*.woff2", lambda route: route.abort())
        if settings.get("java_script_enabled", True):
            context.add_init_script(SHIFTS)
        page = context.new_page()
        host.sent.clear()
        page.goto(host.address + path)
        page.wait_for_load_state("networkidle")
        return page

    yield go
    host.fonts_late = 0
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PAGES)
def test_a_first_view_keeps_to_its_budget(view, host: Host, path: str, width: int) -> None:
    page = view(path, width)
    # Faces and pictures further down count too: nothing comes later than this but what a reader asks for.
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.wait_for_load_state("networkidle")
    assert page.locator("h1").is_visible()
    sent = {name: size for name, size in host.sent.items() if not name.endswith(".png")}
    assert f"/{path}" in sent
    assert sum(size for name, size in sent.items() if name.endswith(".js")) <= SCRIPT, sent
    assert sum(size for name, size in sent.items() if name.endswith(".woff2")) <= FONTS, sent
    assert sum(sent.values()) <= TOTAL, sent
    assert not [name for name in sent if name.startswith(("/search/", "/assets/search"))], "the search comes when it is asked for"
    # No script holds up the first paint, and the fonts come early.
    entries = page.evaluate("performance.getEntriesByType('resource').map((e) => [new URL(e.name).pathname, e.renderBlockingStatus, e.initiatorType])")
    blocking = [name for name, status, _ in entries if status == "blocking"]
    assert blocking == ["/assets/site.css"]
    early = {name for name, _, initiator in entries if initiator == "link" and name.endswith(".woff2")}
    assert early == {"/assets/fonts/otr-sans.woff2", "/assets/fonts/otr-serif.woff2"}
    assert page.evaluate("document.querySelectorAll('script[src]:not([defer])').length") == 0


def test_every_page_defers_its_scripts_and_preloads_only_fonts_it_uses(site: Path) -> None:
    for path in sorted(site.rglob("*.html")):
        tree = html.parse(str(path)).getroot()
        for script in tree.xpath("//script[@src]"):
            assert script.get("defer") is not None or script.get("type") == "module", f"{path}: {script.get('src')}"
            assert script.get("blocking") is None, path
        inline = tree.xpath("//script[not(@src) and not(@type)]")
        assert sum(len(script.text) for script in inline if script.text != CARD) < 300, path
        fonts = [Path(urlsplit(link.get("href")).path).name for link in tree.xpath("//link[@rel='preload']")]
        assert fonts in ([], ["otr-sans.woff2", "otr-serif.woff2"]), path


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PAGES)
def test_nothing_but_a_font_moves_a_page_that_loads(view, path: str, width: int) -> None:
    # Whether a font is there at the first paint hangs on the machine; what it moves when it is late is bounded below.
    page = view(path, width, fonts=False)
    page.wait_for_timeout(300)
    assert sum(page.evaluate("shifts")) < 0.001


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PAGES)
def test_late_fonts_move_little(view, host: Host, path: str, width: int) -> None:
    host.fonts_late = 0.7
    page = view(path, width)
    page.wait_for_timeout(300)
    # What a good page may have (https://web.dev/articles/cls): the stand-ins have our fonts' measures, but not every word's.
    assert sum(page.evaluate("shifts")) < 0.1


def test_the_budget_of_text_pages_is_checked_without_a_browser_too(site: Path) -> None:
    def wire(path: Path) -> int:
        return len(gzip.compress(path.read_bytes(), GZIP_LEVEL, mtime=0))

    frame = sum(wire(site / f"assets/{name}") for name in ("site.css", "site.js", "passages.js", "favicon.svg"))
    fonts = sum(path.stat().st_size for path in (site / "assets/fonts").glob("*.woff2"))
    assert fonts <= FONTS
    folders = ("briefs", "literature", "case-studies", "law")
    pages = [site / "index.html", *(path for folder in folders for path in sorted(site.glob(f"{folder}/**/index.html")))]
    assert len(pages) > 80
    heavy = {path.relative_to(site).as_posix(): size for path in pages if (size := frame + fonts + wire(path)) > TOTAL}
    assert heavy == {}


@pytest.mark.walk
def test_pages_read_and_lead_on_without_scripts(view, host: Host, site: Path) -> None:
    page = view("", java_script_enabled=False)

    def follow(link) -> None:
        with page.expect_navigation():
            link.click()

    assert page.locator(".needs-js:visible").count() == 0
    follow(page.locator(".series a").first)
    assert page.locator("article.prose h2").first.is_visible() and "/briefs/" in page.url
    page.locator("a.citation__ref").first.click()
    assert page.locator(":target").is_visible()
    pdf = page.locator('.actions a[type="application/pdf"]').first.get_attribute("href")
    assert page.request.get(page.url.partition("#")[0] + pdf).body().startswith(b"%PDF-")
    follow(page.locator(".site-footer a", has_text="Literature"))
    follow(page.locator(".register--literature .reference__what a").first)
    assert page.locator(":target .used-in").is_visible(), "the whole entry, with where it is cited"
    follow(page.locator(".used-in a").first)
    assert page.locator("h1").is_visible()
    follow(page.locator(".site-nav a", has_text="Cases"))
    whole = len(html.parse(str(site / "case-studies/index.html")).getroot().xpath("//*[contains(@class, 'register--cases')]/li"))
    assert page.locator(".register--cases > li:visible").count() == whole > 40, "the filter's list, whole"
    assert page.locator("#case-filters").is_hidden()
    page.goto(f"{host.address}id/ib-08/")
    page.wait_for_url(f"**/{address_of('ib-08')}")


@pytest.mark.parametrize("path", ["", address_of("ib-10"), "literature/", "case-studies/", "law/", "glossary/", "recommendations/"])
def test_without_scripts_nothing_is_hidden_but_what_needs_one(view, path: str) -> None:
    page = view(path, java_script_enabled=False)
    hidden = page.locator("main :is(h2, h3, p, li, table, dl)").evaluate_all(
        "nodes => nodes.filter((n) => !n.checkVisibility() && "
        "!n.closest('.needs-js, .previews, .paper-only, .toc__title, details, [hidden]')).map((n) => n.outerHTML.slice(0, 120))"
    )
    assert hidden == []
