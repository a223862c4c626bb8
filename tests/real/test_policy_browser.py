"""The policy enforced in a browser: every kind of page is used under it, and asks for nothing, breaks nothing, keeps nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import html
from playwright.sync_api import Error as BrowserError

from tests import support
from tests.serving import served

from .conftest import until
from .pages import address_of

pytestmark = pytest.mark.browser

OF_A_KIND = 2
"""So many pages are used of those of which there are many alike: briefs, cases, cards, permanent addresses."""
PARTS = 6
"""The kinds are dealt out into so many tests, which the processes of a run share among them."""
SEARCHED = 9
"""On every so-many-th page the search is used: it is the same on all, and its index takes a while."""
OF_A_LOOK = 3
MOST_CONTROLS = 16
WORDS = ("Content Security Policy", "Permissions-Policy", "Permissions policy", "Refused", "Unrecognized", "violates")
# Nothing else may be kept, and these only once the reader has chosen: the colors.
PREFERENCES = {"otr-scheme"}
LISTEN = """addEventListener('securitypolicyviolation', (e) =>
  window.heardViolation(`${e.effectiveDirective} blocked ${e.blockedURI} at ${e.sourceFile}:${e.lineNumber}`))"""
STORED = """async () => ({
  local: Object.keys(localStorage), session: Object.keys(sessionStorage), cookie: document.cookie,
  databases: (await indexedDB.databases()).map((d) => d.name),
  caches: window.caches ? await caches.keys() : [],
  workers: navigator.serviceWorker ? (await navigator.serviceWorker.getRegistrations()).length : 0,
})"""
_EDITION_TYPES = ("application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/epub+zip")
NOTHING = {"local": [], "session": [], "cookie": "", "databases": [], "caches": [], "workers": 0}


@pytest.fixture
def open_page(browser, host: str):
    """A page under watch: `violations`, `messages` of the console that tell of trouble, `requests`."""
    contexts = []

    def go(path: str, **settings):
        context = browser.new_context(viewport={"width": 1280, "height": 900}, permissions=["clipboard-read", "clipboard-write"], **settings)
        contexts.append(context)
        violations, messages, requests = [], [], []
        context.expose_binding("heardViolation", lambda source, text: violations.append(text))
        context.add_init_script(LISTEN)
        # Asked for by the browser itself where a figure is opened that has no page around it.
        context.route("**/favicon.ico", lambda route: route.fulfill(status=204))
        context.on("request", lambda request: requests.append(request.url))
        context.on("console", lambda m: messages.append(m.text) if m.type == "error" or any(word in m.text for word in WORDS) else None)
        context.on("weberror", lambda error: messages.append(str(error.error)))
        page = context.new_page()
        page.violations, page.messages, page.requests = violations, messages, requests
        page.goto(host + path if "://" not in path else path, wait_until="load")
        return page

    yield go
    for context in contexts:
        context.close()


def forget(page) -> None:
    """Begin anew with another page, as in a browser that keeps nothing of what was told or chosen so far."""
    page.evaluate("localStorage.clear()")
    for told in (page.violations, page.messages, page.requests):
        told.clear()


def assert_quiet(page, host: str, what: str) -> None:
    """Nothing was refused, missed or asked of another host so far. What a page does by itself it does at once."""
    page.wait_for_load_state("load")
    page.wait_for_timeout(150)
    assert page.violations == [], what
    assert page.messages == [], what
    assert [url for url in page.requests if not url.startswith(host) and not url.startswith("blob:" + host.rstrip("/"))] == [], what
    assert page.context.cookies() == [], what


@pytest.fixture(scope="module")
def chosen(site: Path) -> dict[str, list[str]]:
    """Kind → pages to use. Pages of one folder that are built alike and run the same scripts are of one kind."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for path in sorted(site.rglob("*.html")):
        address = path.relative_to(site).as_posix().removesuffix("index.html")
        if address.endswith(".pdf/"):
            continue  # It leads on to the PDF, which the browser shows with scripts of its own.
        tree = html.parse(str(path)).getroot()
        scripts = sorted(src.rpartition("/")[2] for src in tree.xpath("//script/@src"))
        body = tree.find("body").get("class") or ""
        blocks = sorted({node.tag for node in tree.iter("form", "input", "select", "textarea", "img", "details", "iframe", "dialog", "video", "audio")})
        folder = address.partition("/")[0] if address.count("/") > 1 else address
        kinds["leads on" if "moved.js" in scripts else " ".join([folder or "home", body, *scripts, *blocks])].append(address)
    for kind, addresses in kinds.items():
        step = max(1, len(addresses) // OF_A_KIND)
        kinds[kind] = addresses[::step][:OF_A_KIND]
    return kinds


def use(page, search: bool) -> None:
    """Do with the page what its controls offer: search, menus, filters, previews, copying, colors, whatever there is."""
    here = page.url.split("#")[0].split("?")[0]
    if search and page.locator("#page-search:visible").count():
        page.locator("#page-search").fill("records")
        page.locator("#page-search-panel a").first.wait_for(state="visible")
        page.keyboard.press("Escape")
    for link in page.locator("main a[data-preview]:visible").all()[:2]:
        link.hover()
        page.get_by_role("tooltip").wait_for(state="visible")
        page.keyboard.press("Escape")
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    for choice in page.locator("main select:visible").all()[:MOST_CONTROLS]:
        values = choice.locator("option").evaluate_all("options => options.map(o => o.value)")
        choice.select_option(values[min(1, len(values) - 1)])
    for field in page.locator("main :is(input:not([type]), input[type=text], input[type=search], textarea):visible").all()[:MOST_CONTROLS]:
        if field.is_editable():
            field.fill("Example <b>Agency</b>")
    for box in page.locator("main :is(input[type=radio], input[type=checkbox]):visible").all()[:MOST_CONTROLS]:
        box.check()
    done: Counter[str] = Counter()
    for _ in range(MOST_CONTROLS):
        # Buttons come and go as others are pressed, so each is looked up anew. Of buttons that are alike, three will do.
        names = page.locator("button:visible:enabled").evaluate_all("buttons => buttons.map((b) => [`${b.className}|${b.textContent.trim()}`, b.className])")
        at = next((index for index, (name, alike) in enumerate(names) if not done[name] and done[alike] < OF_A_LOOK), None)
        if at is None:
            break
        done.update(set(names[at]))
        try:
            page.locator("button:visible:enabled").nth(at).click(timeout=2000)
        except BrowserError:
            continue  # It lies under another part now; the rest is still to be used.
        if page.url.split("#")[0].split("?")[0] != here:
            break
    page.evaluate("Promise.all(document.getAnimations().map((a) => a.finished.catch(() => {})))")


@pytest.mark.parametrize("part", range(PARTS))
def test_every_kind_of_page_loads_and_works_under_the_policy(open_page, host: str, chosen: dict[str, list[str]], part: int) -> None:
    kinds = chosen
    folders = {address.partition("/")[0] for addresses in kinds.values() for address in addresses}
    assert {"", "404.html", "id", "embed", "briefs", "case-studies", "law", "literature", "tools", "white-paper"} <= folders and len(kinds) > 20
    page = open_page("")
    for number, addresses in list(enumerate(kinds.values()))[part::PARTS]:
        for address in addresses:
            forget(page)
            page.goto(host + address, wait_until="load")
            if address in kinds["leads on"]:
                page.wait_for_url(lambda url, at=address: urlsplit(url).path != f"/{at}")
            assert_quiet(page, host, f"{address}: as it loads")
            assert page.evaluate(STORED) == NOTHING, address
            if not address.startswith("embed/"):
                use(page, search=number % SEARCHED == 0)
                assert_quiet(page, host, f"{address}: in use")
                kept = page.evaluate(STORED)
                assert set(kept.pop("local")) <= PREFERENCES and kept == {k: v for k, v in NOTHING.items() if k != "local"}, address


def test_the_colors_are_all_that_is_kept_and_only_when_they_were_chosen(open_page) -> None:
    page = open_page("")
    page.locator("[data-scheme-toggle]").click()
    assert page.evaluate(STORED) == NOTHING | {"local": ["otr-scheme"]}
    page.reload()
    assert page.evaluate("document.documentElement.dataset.scheme") == "dark"
    page.locator("[data-scheme-toggle]").click()
    assert page.evaluate(STORED) == NOTHING


@pytest.mark.walk
def test_copying_filters_and_previews_do_their_work_under_the_policy(open_page, host: str) -> None:
    page = open_page(address_of("ib-08"))
    page.locator(".clause .copy").first.click()
    until(page, "navigator.clipboard.readText().then((text) => text.length > 40)")
    page.locator("a.xref--law").first.hover()
    page.get_by_role("tooltip").wait_for(state="visible")
    assert page.get_by_role("tooltip").evaluate("e => e.style.top") != "", "placed by script, which the policy allows"
    assert_quiet(page, host, "brief")
    page = open_page("case-studies/")
    page.locator("#case-level").select_option("county")
    assert 0 < page.locator(".register--cases > li:visible").count() < page.locator(".register--cases > li").count()
    assert_quiet(page, host, "cases")


@pytest.mark.walk
def test_the_policy_is_in_force(open_page) -> None:
    page = open_page("about/")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = true'}))")
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.evaluate("document.body.append(Object.assign(document.createElement('img'), {src: 'https://other.example/x.png'}))")
    # Later, for what the debugger itself runs may evaluate.
    page.evaluate("setTimeout(() => { try { setTimeout.constructor('window.ran = true')(); } catch { /* refused */ } })")
    page.wait_for_timeout(300)
    assert page.evaluate("window.ran") is None
    assert {text.split(" at ")[0] for text in page.violations} == {
        "script-src-elem blocked inline", "style-src-attr blocked inline", "img-src blocked https://other.example/x.png", "script-src blocked eval",
    }


def test_the_page_alone_enforces_the_policy_where_a_host_sends_no_headers(open_page, address: str) -> None:
    page = open_page(f"{address}about/")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = true'}))")
    page.wait_for_timeout(300)
    assert page.evaluate("window.ran") is None
    assert [text.split(" ")[0] for text in page.violations] == ["script-src-elem"]


@pytest.mark.parametrize(("path", "shown"), [("embed/ib-08/", True), (address_of("ib-08"), False), ("id/ib-08/", False), ("", False)])
def test_cards_may_be_framed_by_another_host_and_nothing_else(browser, host: str, tmp_path: Path, path: str, shown: bool) -> None:
    (tmp_path / "index.html").write_text(f'<!doctype html><title>Outside</title><iframe src="{host}{path}"></iframe>', encoding="utf-8")
    context = browser.new_context()
    page = context.new_page()
    with served(tmp_path) as outside:  # Another port is another origin.
        page.goto(outside)
        page.wait_for_load_state("networkidle")
        (frame,) = page.main_frame.child_frames
        assert (frame.url == host + path) is shown
        if shown:
            assert frame.locator("h1").inner_text()
            assert frame.evaluate("getComputedStyle(document.querySelector('main')).borderLeftWidth") == "6px", "its style is allowed by its hash"
    context.close()


def test_figures_show_in_their_pages_and_by_themselves(open_page, host: str, site: Path) -> None:
    files = [path for path in sorted(site.rglob("index.html")) if b'.svg"' in path.read_bytes().partition(b"<body")[2]]
    pages = [path.relative_to(site).as_posix().removesuffix("index.html") for path in files]
    assert pages
    figures: dict[str, None] = {}
    for path in pages:
        page = open_page(path)
        for image in page.locator("main img").all():
            image.scroll_into_view_if_needed()
            assert image.evaluate("i => i.decode().then(() => i.naturalWidth)") > 0
            figures[image.evaluate("i => i.src")] = None
        assert_quiet(page, host, path)
    for url in figures:
        page = open_page(url)
        assert page.evaluate("document.documentElement.localName") in ("svg", "html")
        assert_quiet(page, host, url)


def test_editions_are_served_under_the_policy(browser, host: str, site: Path) -> None:
    context = browser.new_context()
    editions = [path.relative_to(site).as_posix() for path in sorted((*support.pdfs(site), *site.rglob("*.docx"), *site.rglob("*.epub")))]
    assert len(editions) > 20
    for path in editions:
        head = context.request.head(host + path)
        assert head.ok and head.headers["x-content-type-options"] == "nosniff", path
        assert head.headers["content-type"] in _EDITION_TYPES, path
    page = context.new_page()
    page.goto(host + address_of("ib-10"))
    with page.expect_download() as caught:
        page.evaluate("document.querySelector('a[type=\"application/pdf\"]').setAttribute('download', '')")
        page.locator('a[type="application/pdf"]').first.click()
    assert Path(caught.value.path()).read_bytes() == (site / address_of("ib-10") / f"{address_of('ib-10').split('/')[1]}.pdf").read_bytes()
    context.close()
