"""The site read from a disk, `file://`: as it was built, and as the unpacked offline edition, with scripts and without."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

from hooks.site.offline import main

from .conftest import until
from .pages import address_of

RECORDS, CONDUCT = address_of("ib-10"), address_of("ib-08")

# The browser says so of fonts it was told to fetch ahead; the style sheet's own request for them is allowed.
PRELOAD = ("Access to font at", "Failed to load resource: net::ERR_FAILED", "A preload for")


@pytest.fixture(scope="module")
def unpacked(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The offline edition in a folder whose name has what drives have: spaces, and letters beyond ASCII."""
    folder = tmp_path_factory.mktemp("drive") / "Shared folder é #1"
    assert main([str(site), str(folder.parent / "on-the-record.zip")]) == 0
    with zipfile.ZipFile(folder.parent / "on-the-record.zip") as packed:
        packed.extractall(folder)
    return folder / "on-the-record"


@pytest.fixture(params=["site", "unpacked"])
def folder(request: pytest.FixtureRequest) -> Path:
    return request.getfixturevalue(request.param)


@pytest.fixture
def reader(browser) -> Iterator[Callable]:
    contexts = []

    def start(folder: Path, path: str = "index.html", **settings):
        context = browser.new_context(viewport={"width": 1280, "height": 900}, **settings)
        contexts.append(context)
        page = context.new_page()
        page.messages, page.outside = [], []
        page.on("console", lambda m: page.messages.append(m.text) if m.type == "error" and not m.text.startswith(PRELOAD) else None)
        page.on("pageerror", lambda error: page.messages.append(str(error)))
        page.on("request", lambda request: page.outside.append(request.url) if not request.url.startswith("file:") else None)
        page.goto((folder / path).as_uri())
        return page

    yield start
    for context in contexts:
        context.close()


@pytest.mark.parametrize("folder", [pytest.param("site", marks=pytest.mark.walk), "unpacked"], indirect=True)
def test_a_reader_walks_from_the_start_to_a_brief_to_a_reference_to_its_pdf(reader, folder: Path) -> None:
    page = reader(folder)
    page.locator(".series a", has_text="Records").first.click()
    page.wait_for_url(f"**/{RECORDS}index.html")
    assert "Records" in page.locator("h1").inner_text()
    page.locator("a.citation__ref").first.click()
    assert "#ref-" in page.url
    assert page.locator(":target").is_visible()
    page.locator("article a.xref--law").first.click()
    page.wait_for_url("**/law/*/index.html")
    assert page.locator("#rule").is_visible()
    page.go_back()
    link = page.locator('.actions a[type="application/pdf"]').first
    target = Path(unquote(urlsplit(link.evaluate("a => a.href")).path))
    assert target == folder / RECORDS / f"{RECORDS.split('/')[1]}.pdf" and target.read_bytes().startswith(b"%PDF-")
    with page.context.expect_page() as opened:
        link.click(modifiers=["Control"])
    opened.value.wait_for_url("**/records.pdf")
    page.locator(".wordmark").click()
    page.locator(".hero").wait_for(state="visible")
    assert page.messages == [] and page.outside == []


def test_links_work_by_keyboard_and_those_that_a_script_makes(reader, folder: Path) -> None:
    page = reader(folder)
    page.locator(".site-nav a", has_text="Law").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/law/index.html")
    page.locator("#page-search").fill("shared passwords")
    page.locator("#page-search-panel a").first.wait_for(state="visible")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/law/" not in url)
    assert "index.html" in page.url and page.locator("h1").count() == 1
    assert page.messages == [] and page.outside == []


def test_enter_in_the_search_leads_to_all_results(reader, folder: Path) -> None:
    page = reader(folder, f"{RECORDS}index.html")
    page.locator("#page-search").fill("shared passwords")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/index.html?q=shared+passwords")
    page.locator(".results__item .search__text").first.wait_for(state="visible")
    page.locator(".results__item a").first.click()
    page.wait_for_url(lambda url: "/search/" not in url)
    assert "index.html" in page.url and page.locator("h1").count() == 1
    assert page.messages == [] and page.outside == []


def test_filters_and_permanent_addresses_work(reader, folder: Path) -> None:
    page = reader(folder, "case-studies/index.html")
    page.locator("#case-level").select_option("county")
    until(page, "location.search === '?level=county'")
    assert 0 < page.locator(".register--cases > li:visible").count() < page.locator(".register--cases > li").count()
    page.goto((folder / "id/ib-08/index.html").as_uri())
    page.wait_for_url(f"**/{CONDUCT}index.html")
    assert page.messages == [] and page.outside == []


def test_our_fonts_are_used_or_their_stand_ins(reader, folder: Path) -> None:
    page = reader(folder, f"{RECORDS}index.html")
    page.evaluate("document.fonts.ready.then(() => true)")
    ready = page.evaluate("[...document.fonts].filter((f) => f.status === 'loaded').map((f) => f.family.replaceAll('\"', ''))")
    assert {"OTR Sans", "OTR Serif"} <= set(ready)
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"OTR Sans", "Sans Fallback"')


def test_the_offline_edition_reads_without_scripts_and_complains_of_nothing(reader, unpacked: Path) -> None:
    page = reader(unpacked, java_script_enabled=False)
    everything = []
    page.on("console", lambda message: everything.append(message.text))
    page.locator(".series a", has_text="Records").first.click()
    page.wait_for_url(f"**/{RECORDS}index.html")
    page.locator(".site-nav a", has_text="Cases").click()
    page.wait_for_url("**/case-studies/index.html")
    page.locator(".register--cases a").first.click()
    page.wait_for_url("**/case-studies/*/index.html")
    page.goto((unpacked / "id/ib-08/index.html").as_uri())
    page.wait_for_url(f"**/{CONDUCT}index.html")
    assert everything == [] and page.outside == []


@pytest.mark.proof
def test_every_link_of_the_offline_edition_leads_to_a_file_that_is_in_it(unpacked: Path) -> None:
    broken, ids = [], {}
    trees = {path: html.parse(str(path)).getroot() for path in sorted(unpacked.rglob("*.html"))}
    for path, tree in trees.items():
        ids[path.resolve()] = {*tree.xpath("//@id")}
    for path, tree in trees.items():
        for node in tree.iter("a", "link", "script", "img"):
            parts = urlsplit(node.get("href") or node.get("src") or "")
            if parts.scheme or parts.netloc or not (parts.path or parts.fragment):
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path.resolve()
            if not target.is_file() or (parts.fragment and target in ids and unquote(parts.fragment) not in ids[target]):
                broken.append(f"{path.relative_to(unpacked)}: {parts.geturl()}")
    assert broken == []


@pytest.mark.proof
def test_the_offline_edition_keeps_the_addresses_on_the_web(site: Path, unpacked: Path) -> None:
    def canonical(folder: Path) -> dict[str, str | None]:
        trees = {path.relative_to(folder).as_posix(): html.parse(str(path)) for path in sorted(folder.rglob("*.html"))}
        return {name: next(iter(tree.xpath("//link[@rel='canonical']/@href")), None) for name, tree in trees.items()}

    offline, online = canonical(unpacked), canonical(site)
    assert offline and offline == {name: online[name] for name in offline}
    assert all(urlsplit(href).scheme == "https" for href in offline.values() if href)
