"""The plain-text editions of the real site."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

from lxml import html

from hooks.editions.vocabulary import dropped

INLINE = {"a", "abbr", "b", "cite", "code", "del", "em", "i", "ins", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time"}


def words(text: str) -> Counter:
    return Counter(re.findall(r"\w+", text))


def said(node) -> str:
    """The words of an article; only what is set as a block ends a word."""
    if dropped(node):
        return " "
    alone = "" if node.tag in INLINE else " "
    alt = node.get("alt") or ""
    return f"{alone}{alt}{node.text or ''}{''.join(said(child) + (child.tail or '') for child in node)}{alone}"


def test_every_brief_and_the_white_paper_hold_every_word_of_their_pages(site: Path) -> None:
    offered = [entry for entry in json.loads((site / "catalogue.json").read_text(encoding="utf-8"))["publications"] if entry["txt"]]
    assert {entry["kind"] for entry in offered} == {"issue-brief", "white-paper", "now-sheet", "sector-sheet", "questions"} and len(offered) >= 3
    for entry in offered:
        text = (site / entry["txt"]).read_text(encoding="utf-8-sig")
        for url in (entry["url"], *(chapter["url"] for chapter in entry["chapters"])):
            (article,) = html.parse(str(site / url / "index.html"), html.HTMLParser(encoding="utf-8")).xpath("//article")
            lists = article.xpath(".//*[contains(concat(' ', @class, ' '), ' register ') or contains(@class, 'edition-')]")
            for node in lists:
                # A list for the web alone takes the heading along that has nothing else below it.
                before = node.getprevious()
                if "web-only" in (node.get("class") or "") and before is not None and before.tag == "h2":
                    before.drop_tree()
                node.drop_tree()
            lost = words(said(article)) - words(text)
            assert not lost, (url, lost)
        assert f"Permanent address: https://onrecord.example/id/{entry['id']}/" in text
        assert "\u00a0" not in text
