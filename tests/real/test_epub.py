"""The EPUB of the real white paper: a valid book that holds what the PDF and the pages hold."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from lxml import html

from tests.editions.books import NAMES, Book, opened, words
from tests.epubcheck import epubcheck


@pytest.fixture(scope="module")
def file(site: Path) -> Path:
    return site / "white-paper/white-paper.epub"


@pytest.fixture(scope="module")
def book(file: Path) -> Book:
    return opened(file.read_bytes())


@pytest.fixture(scope="module")
def entry(site: Path) -> dict:
    data = json.loads((site / "catalogue.json").read_text(encoding="utf-8"))
    return next(item for item in data["publications"] if item["kind"] == "white-paper")


def squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


@pytest.mark.proof
def test_epubcheck_finds_nothing(file: Path) -> None:
    assert epubcheck(file) == []


def test_it_has_every_chapter_with_all_its_words(site: Path, book: Book, entry: dict) -> None:
    heads = [words(root.find(".//h:h1", NAMES)) for root in book.chapters.values()]
    assert heads[2:-4] == [f"{chapter['number']}. {chapter['title']}" for chapter in entry["chapters"]]
    assert heads[-4:] == ["References", "Law cited", "What the marks mean", "About this edition"]
    for chapter, root in zip(entry["chapters"], list(book.chapters.values())[2:-4], strict=True):
        page = html.fromstring((site / chapter["url"] / "index.html").read_text(encoding="utf-8"))
        article = page.find(".//article")
        for node in [*article.find_class("web-only"), *article.find_class("references"), *article.find_class("authorities"), *article.find_class("key")]:
            node.drop_tree()
        written = squeezed(words(root))
        for node in article.iter("p", "h2", "h3", "td", "th", "dd"):
            # What the edition adds to a link in print is not in the page, and the page's own frame is not in the edition.
            if node.get("id") and not node.find_class("edition-facts"):
                assert squeezed(node.text_content()) in written, (chapter["id"], node.text_content()[:100])


def test_its_links_lead_somewhere(book: Book) -> None:
    assert book.broken() == []
    outside = {link.get("href") for link in book.find("//h:a[@href]") if "://" in link.get("href")}
    assert outside and not [address for address in outside if address.startswith("https://onrecord.example/white-paper/")]
    assert all(re.match(r"https?://|mailto:|tel:", address) for address in outside)


def test_its_figures_have_alternatives_and_its_recommendations_evidence(book: Book) -> None:
    images = book.find("//h:img")
    assert len(images) >= 7 and all(len(image.get("alt")) > 40 for image in images)
    recommendations = book.find("//h:section[@class='recommendation']")
    assert len(recommendations) > 20
    assert all(item.xpath(".//h:p[@class='recommendation__meta']//h:a/@href", namespaces=NAMES) for item in recommendations)


def test_it_is_offered_with_its_size(site: Path, file: Path, entry: dict) -> None:
    assert entry["epub"] == "white-paper/white-paper.epub"
    size = f"{round(len(file.read_bytes()) / 1000)} KB"
    for address, href in (("white-paper/index.html", "white-paper.epub"), ("index.html", "white-paper/white-paper.epub")):
        page = html.fromstring((site / address).read_text(encoding="utf-8"))
        link = page.xpath(f"//a[@href='{href}' and @type='application/epub+zip']")
        assert link and words(link[0]) == f"EPUB {size}"
    page = html.fromstring((site / "white-paper/index.html").read_text(encoding="utf-8"))
    assert page.xpath("//link[@rel='alternate' and @type='application/epub+zip']/@href") == ["https://onrecord.example/white-paper/white-paper.epub"]
