"""The real site, and a browser to read it in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import guarded, served

from .pages import kinds, shortest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def site(real_site: Path) -> Path:
    return real_site


@pytest.fixture(scope="session")
def one_of_each(site: Path, proof: bool) -> list[str]:
    """Addresses of one page of each kind: of those that are made alike the longest in the full sweep; else the shortest of each folder and template."""
    return kinds(site) if proof else shortest(site)


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The site served on the loopback, `http://127.0.0.1:PORT/`."""
    with served(site) as address:
        yield address


@pytest.fixture(scope="session")
def host(site: Path) -> Iterator[str]:
    """As `address`, with the headers of the site's own `_headers` file, the policy among them."""
    with guarded(site) as address:
        yield address


def load_axe(page) -> None:
    """Put axe-core into the page. The pages' policy refuses a script that a test would insert; the debugger may evaluate one."""
    lay_out_whole(page)
    page.evaluate((ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8"))


def lay_out_whole(page) -> None:
    """Have entries laid out that the page leaves until they come near the screen, so that all of it can be measured."""
    page.evaluate(
        """() => { const sheet = new CSSStyleSheet(); sheet.replaceSync('* { content-visibility: visible !important; }');
        document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]; }"""
    )


def until(page, expression: str, seconds: float = 10) -> None:
    """Wait until the expression is true in the page. (Playwright's own way of waiting is refused by the pages' policy.)"""
    for _ in range(int(seconds / 0.05)):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {expression}")


@pytest.fixture
def visit(browser, address: str) -> Iterator:
    """Open a page of the site in a browser profile of its own; settings are those of playwright's `new_context`.

    `page.errors` are those of its scripts and its console, `page.requests` the addresses it asks for.
    """
    contexts = []

    def go(path: str, width: int = 1280, height: int = 900, base: str = address, **settings):
        context = browser.new_context(viewport={"width": width, "height": height}, **settings)
        contexts.append(context)
        page = context.new_page()
        page.errors, page.requests = [], []
        page.on("console", lambda message: page.errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on("request", lambda request: page.requests.append(request.url))
        page.goto(base + path)
        return page

    yield go
    for context in contexts:
        context.close()


@pytest.fixture
def page(visit, request: pytest.FixtureRequest) -> Iterator:
    """The page `PAGE` of the module that asks for it, which may make no error until the test ends."""
    page = visit(request.module.PAGE)
    yield page
    assert page.errors == []
