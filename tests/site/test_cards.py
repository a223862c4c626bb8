"""Cards on other people's pages: whole at every width, and in what content systems leave of them."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from lxml.html import HtmlElement, document_fromstring, fragment_fromstring, fragments_fromstring

from hooks.citing.cite_us import HEIGHT, frame, link, resizer, static_card
from hooks.citing.citeproc import Formatted
from hooks.registers.listings import listing
from hooks.registers.register import Register
from hooks.series.load import load_series
from hooks.series.model import Publication
from hooks.site.embeds import SCRIPT, card_page, card_policy, oembed
from tests import support
from tests.cms import (
    DRUPAL_DEFAULT,
    PLAIN,
    WORDPRESS_POST,
    WORDPRESS_SCRIPT,
    drupal_filter,
    drupal_oembed,
    kept,
    wordpress_oembed,
    wordpress_sends_its_script,
)  # fmt: skip
from tests.serving import served

NAME = "On the Record"
HERE = "https://onrecord.example/"
PDF = "PDF, 120 pages"
WIDTHS = (240, 280, 320, 360, 480, 640, 800)
SECRET = "a1B2c3D4e5"


@pytest.fixture(scope="module")
def publications() -> tuple[Publication, ...]:
    return tuple(load_series(support.ROOT)[0].publications)


@pytest.fixture(scope="module")
def longest(publications: tuple[Publication, ...]) -> Publication:
    return max(publications, key=lambda item: len(item.full_title) + len(item.front.summary))


@dataclass(frozen=True)
class Cards:
    """A site of nothing but cards, and the pages to which they lead."""

    folder: Path
    address: str


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory, publications: tuple[Publication, ...]) -> Iterator[Cards]:
    folder = tmp_path_factory.mktemp("cards")
    with served(folder) as address:
        for item in publications:
            # On the day after the review was due a card has most to say.
            for base, day in (("embed", item.front.revised), ("late", item.front.review_by + timedelta(days=1))):
                page = folder / base / item.id / "index.html"
                page.parent.mkdir(parents=True)
                page.write_text(card_page(item, NAME, address, PDF, day), encoding="utf-8")
            target = folder / "id" / item.id / "index.html"
            target.parent.mkdir(parents=True)
            target.write_text(f"<!doctype html><title>{item.id}</title><h1>Here is {item.id}</h1>", encoding="utf-8")
        yield Cards(folder, address)


CUT = """(text) => [...document.querySelectorAll('iframe')].flatMap((frame) => {
  const page = frame.contentDocument, told = [], wide = frame.clientWidth, high = frame.clientHeight;
  const id = frame.getAttribute('src'), root = page.documentElement, about = page.querySelector('.about').getBoundingClientRect();
  if (root.scrollWidth > wide || root.scrollHeight > high) told.push(`${id}: ${root.scrollWidth} by ${root.scrollHeight}`);
  const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const range = page.createRange();
    range.selectNodeContents(node);
    const lines = [...range.getClientRects()], summary = !!node.parentElement.closest('.about');
    if (summary && lines.length && lines.every((line) => line.left >= about.right)) continue;  // It has stepped back as a whole.
    for (const line of lines) {
      const [right, bottom] = summary ? [about.right, about.bottom] : [wide, high];
      if (line.left < 0 || line.top < 0 || line.right > right + 0.5 || line.bottom > bottom + 0.5) told.push(`${id}: “${node.data.slice(0, 30)}” is cut`);
    }
  }
  for (const link of page.querySelectorAll('ul a')) {
    const box = link.getBoundingClientRect();
    if (box.width < 24 || box.height < 24) told.push(`${id}: a link of ${box.width} by ${box.height}`);
  }
  const light = page.defaultView.getComputedStyle(page.body).backgroundColor === 'rgb(253, 252, 249)';
  if (light !== (text === 'light')) told.push(`${id}: not ${text}`);
  return told;
})"""
SHOWN = """[...document.querySelectorAll('iframe')].filter((frame) => {
  const about = frame.contentDocument.querySelector('.about');
  return about.firstElementChild.getBoundingClientRect().left < about.getBoundingClientRect().right;
}).length"""


def on_a_page(cards: Cards, name: str, body: str) -> str:
    """A page that the same server has, and its address."""
    (cards.folder / name).write_text(f"<!doctype html><html lang=en><title>Forum</title><body style='margin:0'>{body}", encoding="utf-8")
    return cards.address + name


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("base", "script"), [("embed", True), ("late", False)])
def test_nothing_of_any_card_is_cut_at_any_width(browser, cards: Cards, publications, base: str, scheme: str, script: bool) -> None:
    """The frames are those of the snippet, as a filter leaves them that takes every style away."""
    one = kept(frame(publications[0], NAME, cards.address), {"iframe": {"src", "width", "height", "frameborder", "title"}})
    frames = "".join(one.replace(f"{cards.address}embed/{publications[0].id}", f"{cards.address}{base}/{item.id}") for item in publications)
    # The pages that are measured are watched by a script; those in the frames need none.
    if not script:
        frames = frames.replace("<iframe ", '<iframe sandbox="allow-same-origin" ')
    url = on_a_page(cards, f"{base}-{script}.html", frames)
    page = browser.new_page(color_scheme=scheme)
    page.goto(url)
    shown = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(CUT, scheme) == [], width
        shown[width] = page.evaluate(SHOWN)
    page.close()
    if base == "embed":
        assert all(shown[width] == len(publications) for width in WIDTHS if width >= 320), f"from 320 pixels on every summary stands: {shown}"
        assert shown[240] > 0


@pytest.mark.browser
def test_what_is_cut_is_found(browser, cards: Cards, longest: Publication) -> None:
    page = browser.new_page(color_scheme="light")
    page.goto(on_a_page(cards, "cut.html", frame(longest, NAME, cards.address).replace(f'height="{HEIGHT}"', 'height="120"').replace(' loading="lazy"', "")))
    page.set_viewport_size({"width": 240, "height": 900})
    assert page.evaluate(CUT, "dark") and page.evaluate(CUT, "light")
    page.close()


@pytest.mark.browser
def test_a_card_too_large_for_its_frame_scrolls(browser, cards: Cards, longest: Publication) -> None:
    """As with letters of twice the size: nothing is out of reach."""
    page = browser.new_page(viewport={"width": 240, "height": HEIGHT}, bypass_csp=True)
    page.goto(f"{cards.address}embed/{longest.id}/")
    page.add_style_tag(content="html{font-size:200%}")
    page.get_by_role("link", name="PDF").scroll_into_view_if_needed()
    box = page.get_by_role("link", name="PDF").bounding_box()
    assert box["y"] >= 0 and box["y"] + box["height"] <= HEIGHT
    assert page.evaluate("document.documentElement.scrollWidth") <= 240
    page.close()


def test_a_card_says_edition_law_and_status(publications) -> None:
    item = next(item for item in publications if item.front.law_as_of and item.in_force)
    text = " ".join(document_fromstring(card_page(item, NAME, HERE, PDF, item.front.revised)).find("body").text_content().split())
    law, day = (f"{d:%B} {d.day}, {d.year}" for d in (item.front.law_as_of, item.front.revised))
    assert f"Edition {item.front.edition}, {day}. Law as of {law}. Current." in text
    late = card_page(item, NAME, HERE, PDF, item.front.review_by + timedelta(days=1))
    assert "Review overdue" in late and "Current" not in late


@pytest.mark.parametrize(
    ("status", "says"), [("superseded", "Superseded: a later"), ("withdrawn", "Withdrawn: do not rely on it"), ("draft", "Draft: not published")]
)
def test_a_card_of_what_is_not_in_force_says_so(publications, status: str, says: str) -> None:
    item = next(item for item in publications if item.in_force)
    gone = replace(item, front=item.front.model_copy(update={"status": status}))
    page = card_page(gone, NAME, HERE, PDF, date(2100, 1, 1))
    assert says in page and "Current" not in page and "Review overdue" not in page
    assert f" {says.partition(':')[0]}." in static_card(gone, NAME, HERE)


# The three snippets, and what is left of them.


def text_of(markup: str) -> str:
    return " ".join(fragment_fromstring(markup, create_parent=True).text_content().split())


def test_where_only_frames_quotes_and_links_are_allowed_all_three_snippets_stand(longest: Publication) -> None:
    rich = fragment_fromstring(kept(frame(longest, NAME, HERE), PLAIN))
    assert (rich.get("src"), rich.get("width"), rich.get("height")) == (f"{HERE}embed/{longest.id}/", "100%", str(HEIGHT))
    assert longest.full_title in rich.get("title")
    assert kept(static_card(longest, NAME, HERE), PLAIN) == static_card(longest, NAME, HERE), "nothing of the static card is lost"
    assert kept(link(longest, HERE), PLAIN) == link(longest, HERE)


@pytest.mark.parametrize(
    "left",
    [lambda text: kept(text, WORDPRESS_POST), lambda text: drupal_filter(text, DRUPAL_DEFAULT), lambda text: kept(text, {"a": {"href"}})],
    ids=["WordPress, an author's post", "Drupal, as installed", "links only"],
)
def test_where_no_frame_is_allowed_the_static_card_and_the_link_stand(longest: Publication, left) -> None:
    assert left(frame(longest, NAME, HERE)) == "", "the frame goes without a trace"
    static = static_card(longest, NAME, HERE)
    assert text_of(left(static)) == text_of(static)
    for snippet in (static, link(longest, HERE)):
        (target,) = fragment_fromstring(left(snippet), create_parent=True).iter("a")
        assert target.get("href") == f"{HERE}id/{longest.id}/"
    for said in (longest.label, longest.full_title, longest.front.summary, f"edition {longest.front.edition}"):
        assert said in text_of(left(static))


def test_drupal_keeps_the_frame_where_its_setting_allows_one(longest: Publication) -> None:
    whole = frame(longest, NAME, HERE)
    left = fragment_fromstring(drupal_filter(whole, DRUPAL_DEFAULT + " <iframe src title width height frameborder style>"))
    assert dict(left.attrib) == {name: value for name, value in fragment_fromstring(whole).attrib.items() if name != "loading"}


# WordPress finds the card by itself.


def wordpress(item: Publication, here: str) -> str:
    made = wordpress_oembed(json.loads(oembed(item, NAME, here)), SECRET)
    assert made is not None
    return made


def test_wordpress_takes_the_link_and_the_frame_and_sends_its_script(longest: Publication) -> None:
    made = wordpress(longest, HERE)
    quote, shown = (node for node in fragments_fromstring(made) if isinstance(node, HtmlElement))
    assert quote.tag == "blockquote" and dict(quote.attrib) == {"class": "wp-embedded-content", "data-secret": SECRET}
    assert quote.text_content() == f"{longest.label}, {longest.full_title}"
    assert (shown.get("sandbox"), shown.get("width"), shown.get("height")) == ("allow-scripts", "100%", str(HEIGHT))
    assert shown.get("src") == f"{HERE}embed/{longest.id}/#?secret={SECRET}" and longest.full_title in shown.get("title")
    assert wordpress_sends_its_script(made)


def test_wordpress_loses_a_link_that_does_not_come_first(longest: Publication) -> None:
    data = json.loads(oembed(longest, NAME, HERE))
    assert not wordpress_sends_its_script(wordpress_oembed(data | {"html": "<p></p>.\n" + data["html"]}, SECRET))


@pytest.fixture
def post(browser, cards: Cards, longest: Publication, tmp_path: Path) -> Iterator:
    """`post(script)`: a post on another origin with the card of `longest`, as WordPress serves it, in a column of 420 pixels."""
    contexts = []
    with served(tmp_path) as outside:
        outside = outside.replace("127.0.0.1", "localhost")

        def go(script: bool = True, body: str = ""):
            made = body or wordpress(longest, cards.address)
            tail = f"<script>{WORDPRESS_SCRIPT}</script>" if script and wordpress_sends_its_script(made) else ""
            (tmp_path / "index.html").write_text(f"<!doctype html><title>Post</title><div style='width:420px'>{made}</div>{tail}", encoding="utf-8")
            context = browser.new_context(java_script_enabled=script, viewport={"width": 800, "height": 900})
            contexts.append(context)
            page = context.new_page()
            page.goto(outside, wait_until="networkidle")
            return page

        yield go
        for context in contexts:
            context.close()


@pytest.mark.browser
def test_in_wordpress_the_card_shows_whole_and_its_links_open(post, cards: Cards, longest: Publication) -> None:
    page = post()
    shown = page.locator("iframe")
    shown.wait_for(state="visible")
    assert not page.locator("blockquote").is_visible()
    inside = page.frame_locator("iframe")
    # It has asked for just the height that it needs, whole.
    assert shown.evaluate("e => e.clientHeight") == inside.locator("main").evaluate("e => Math.ceil(e.getBoundingClientRect().height)")
    assert inside.locator(".about p").evaluate("e => e.getBoundingClientRect().left < e.parentElement.getBoundingClientRect().right")
    before = shown.evaluate("e => e.clientHeight")
    page.evaluate("document.querySelector('div').style.width = '240px'")
    page.wait_for_function("(before) => document.querySelector('iframe').clientHeight > before", arg=before)
    inside.get_by_role("link", name="Read", exact=True).click()
    page.wait_for_url(f"{cards.address}id/{longest.id}/")
    assert len(page.context.pages) == 1


@pytest.mark.browser
def test_in_wordpress_the_keyboard_opens_a_link_too(post, cards: Cards, longest: Publication) -> None:
    page = post()
    page.locator("iframe").wait_for(state="visible")
    page.bring_to_front()
    (inside,) = page.main_frame.child_frames
    # The card is another process: the next key waits until the last has arrived, in it and in the page around it.
    for text in (longest.full_title, "Read"):
        page.keyboard.press("Tab")
        inside.wait_for_function("text => document.hasFocus() && document.activeElement.textContent === text", arg=text)
        page.wait_for_function("document.activeElement?.tagName === 'IFRAME'")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{cards.address}id/{longest.id}/")


@pytest.mark.browser
def test_in_wordpress_without_scripts_the_link_stands(post, cards: Cards, longest: Publication) -> None:
    page = post(script=False)
    assert not page.locator("iframe").is_visible()
    page.get_by_role("link", name=longest.full_title).click()
    page.wait_for_url(f"{cards.address}id/{longest.id}/")


# Frames with a sandbox, where nobody listens to the card.


@pytest.mark.browser
@pytest.mark.parametrize(
    ("sandbox", "opens"),
    [
        (None, True),
        ("allow-popups", True),
        ("allow-scripts allow-popups", True),
        ("allow-scripts allow-same-origin allow-popups", True),
        ("allow-scripts", False),
        ("", False),
    ],
)
def test_a_link_opens_a_tab_where_the_frame_allows_one(post, cards: Cards, longest: Publication, sandbox: str | None, opens: bool) -> None:
    """Where a sandbox allows neither tabs nor anything else, no link can open: then the link beside the frame has to do."""
    attribute = "" if sandbox is None else f' sandbox="{sandbox}"'
    page = post(body=frame(longest, NAME, cards.address).replace("<iframe", f"<iframe{attribute}"))
    here = page.url
    page.frame_locator("iframe").get_by_role("link", name="Read", exact=True).click()
    if opens:
        while len(page.context.pages) < 2:
            page.context.wait_for_event("page", timeout=5000)
        tab = page.context.pages[1]
        tab.wait_for_url(f"{cards.address}id/{longest.id}/")
        assert tab.evaluate("opener") is None
    else:
        page.wait_for_timeout(300)
        assert len(page.context.pages) == 1
    assert page.url == here


# Drupal's Media, and pages that listen.


def test_drupal_shows_cards_only_of_a_provider_that_it_knows(longest: Publication) -> None:
    data = json.loads(oembed(longest, NAME, HERE))
    with pytest.raises(ValueError, match="Unknown provider 'On the Record'"):
        drupal_oembed(data, {"YouTube", "Vimeo"})
    page, width, height = drupal_oembed(data, {NAME})
    assert frame(longest, NAME, HERE) in page and (width, height) == (600, HEIGHT)


@pytest.mark.browser
def test_in_drupals_frame_the_card_is_whole_and_its_link_hidden(post, cards: Cards, longest: Publication) -> None:
    inner, width, height = drupal_oembed(json.loads(oembed(longest, NAME, cards.address)), {NAME})
    page = post(body=f'<iframe srcdoc="{html.escape(inner)}" width="{width}" height="{height}" frameborder="0" scrolling="" allowtransparency></iframe>')
    outer = page.frame_locator("iframe")
    assert not outer.locator("blockquote").is_visible()
    assert outer.locator("iframe").bounding_box()["height"] == HEIGHT
    card = outer.frame_locator("iframe")
    assert card.locator("html").evaluate("e => e.scrollHeight <= innerHeight && e.scrollWidth <= innerWidth")
    with page.context.expect_page() as opened:
        card.get_by_role("link", name="Read", exact=True).click()
    opened.value.wait_for_url(f"{cards.address}id/{longest.id}/")


@pytest.mark.browser
def test_the_resizer_that_is_offered_gives_each_frame_the_height_of_its_card(post, cards: Cards, longest: Publication, publications) -> None:
    other = next(item for item in publications if item is not longest)
    page = post(body=frame(longest, NAME, cards.address) + frame(other, NAME, cards.address) + resizer(cards.address))
    for index in (0, 1):
        page.wait_for_function("(i) => document.querySelectorAll('iframe')[i].style.height", arg=index)
        high = page.locator("iframe").nth(index).evaluate("e => e.clientHeight")
        inside = page.frame_locator("iframe").nth(index)
        assert inside.locator("html").evaluate("e => e.scrollHeight <= innerHeight") and high < HEIGHT
        assert inside.locator(".about p").evaluate("e => e.getBoundingClientRect().left < e.parentElement.getBoundingClientRect().right")


def test_the_linking_page_shows_a_card_in_three_widths_and_says_its_height(publications) -> None:
    register = Register(load_series(support.ROOT)[0], {}, Formatted({}, {}), (), site_url=HERE, name=NAME)
    item = max((one for one in publications if one.in_force), key=lambda one: len(one.full_title))
    frames = list(listing("cards", register).iter("iframe"))
    assert [(node.get("src"), node.get("width"), node.get("height")) for node in frames] == [
        (f"../embed/{item.id}/index.html", width, str(HEIGHT)) for width in ("240", "480", "800")
    ]
    assert len({node.get("title") for node in frames}) == 3
    assert listing("card-script", register).findtext(".//pre") == resizer(HERE)
    text = (support.ROOT / "docs/linking/index.md").read_text(encoding="utf-8")
    assert f"{HEIGHT} pixels high" in text and "/// listing | cards" in text


def test_the_card_fetches_nothing_and_runs_only_what_its_policy_names(longest: Publication) -> None:
    tree = document_fromstring(card_page(longest, NAME, HERE, PDF, longest.front.revised))
    (script,) = tree.iter("script")
    assert script.text == SCRIPT and script.get("src") is None
    assert not [node for node in tree.iter() if node.get("src") or (node.tag == "link" and node.get("rel") != "canonical")]
    assert card_policy().directives["default-src"] == ("'none'",)
