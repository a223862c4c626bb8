"""The templates print what they are given, and nothing else: no name that no page has, no stand-in for what every page has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from jinja2 import Environment, nodes
from lxml import html

from hooks.build.context import error_page_context, link_context, page_context
from hooks.build.publish import put_together
from hooks.core.workers import here
from tests import support

THEME = support.ROOT / "hooks/theme"
TEMPLATES = sorted(path.relative_to(THEME).as_posix() for path in THEME.rglob("*.html"))
# What the templates call a part of `otr`.
PARTS = {"build": "build", "publication": "publication", "case": "case", "authority": "authority", "paper": "white_paper", "course": "course"}


@pytest.fixture(scope="module")
def contexts(tmp_path_factory: pytest.TempPathFactory, store: Path) -> list[Mapping[str, Any]]:
    """The variable `otr` of every page of the sample, and of the error page."""
    return contexts_of(support.copy_sample(tmp_path_factory.mktemp("sample") / "project"), store)


def contexts_of(root: Path, store: Path) -> list[Mapping[str, Any]]:
    (root / ".cache").symlink_to(store)
    settings = yaml.load((support.ROOT / support.CONFIG).read_text(encoding="utf-8"), support._Tolerant)["extra"]
    published = put_together(support.woven(root, settings, "https://sample.example/"), None, here)
    pages = [
        page_context(published, path, page.url, settings) | link_context(published, path, page.url, "Title")
        for path, page in published.site.pages.items()
    ]
    return [*pages, error_page_context(settings, published.site_url)]


def names(template: str) -> Iterator[tuple[str, str]]:
    """Each `part.name` that the template asks for."""
    tree = Environment().parse((THEME / template).read_text(encoding="utf-8"))
    for node in tree.find_all(nodes.Getattr):
        if isinstance(node.node, nodes.Name):
            yield node.node.name, node.attr


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_name_is_one_that_a_page_has(template: str, contexts: list[Mapping[str, Any]]) -> None:
    given = {"otr": {key for context in contexts for key in context}}
    for name, key in PARTS.items():
        given[name] = {inner for context in contexts for inner in context.get(key) or ()}
    asked = {(part, name) for part, name in names(template) if given.get(part)}
    assert {(part, name) for part, name in asked if name not in given[part]} == set()


@pytest.mark.parametrize("template", TEMPLATES)
def test_nothing_stands_in_for_what_every_page_has(template: str, contexts: list[Mapping[str, Any]]) -> None:
    everywhere = {key for key in contexts[0] if all(context.get(key) for context in contexts)}
    tree = Environment().parse((THEME / template).read_text(encoding="utf-8"))
    stand_ins = [
        node.left.attr
        for node in tree.find_all(nodes.Or)
        if isinstance(node.left, nodes.Getattr) and isinstance(node.left.node, nodes.Name)
        and ((node.left.node.name == "otr" and node.left.attr in everywhere) or node.left.node.name == "build")
    ]
    assert stand_ins == []


def test_the_title_of_the_page_is_that_of_the_pdf(contexts: list[Mapping[str, Any]]) -> None:
    titles = {context["publication"]["id"]: context["publication"]["full_title"] for context in contexts if context.get("publication")}
    assert titles["ib-01"] == "Public comments: What a page may hide"


def test_the_contents_of_a_sheet_go_down_to_its_steps(contexts: list[Mapping[str, Any]]) -> None:
    contents = {context["publication"]["id"]: context["toc"] for context in contexts if context.get("publication")}
    assert (3, "first-minutes", "First ten minutes") in contents["now-01"]
    # A brief has its parts in their place.
    briefs = [id_ for id_, toc in contents.items() if id_.startswith("ib-") and all(level <= 2 for level, *_ in toc)]
    assert len(briefs) >= 2 and "ib-02" in briefs


BRIEF = """---
id: ib-03
title: Counted
summary: Sample data. A brief whose words are counted.
edition: 1
published: 2026-02-01
revised: 2026-02-01
review_by: 2027-02-01
changes: [{edition: 1, date: 2026-02-01, note: First edition.}]
---
"""


@pytest.mark.parametrize(("words", "minutes"), [(1, 1), (230, 1), (231, 2), (460, 2), (461, 3)])
def test_reading_takes_a_minute_for_each_230_words_begun(sample: Path, store: Path, words: int, minutes: int) -> None:
    (sample / "briefs/counted.md").write_text(BRIEF + "word " * words, encoding="utf-8")
    counted = next(context["publication"] for context in contexts_of(sample, store) if (context.get("publication") or {}).get("id") == "ib-03")
    assert counted["reading_minutes"] == minutes


def test_what_is_there_to_be_copied_is_told_beside_the_minutes_that_leave_it_out(contexts: list[Mapping[str, Any]]) -> None:
    apart = {context["publication"]["id"][:3]: context["publication"]["letters_apart"] for context in contexts if context.get("publication")}
    assert (apart["now"], apart["ib-"]) == (True, False)


def test_a_page_says_when_its_review_is_overdue_and_how_long_it_takes(sample: Path, build, monkeypatch: pytest.MonkeyPatch) -> None:
    # The last day of one brief's review, and three months after another's.
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime(2027, 6, 1, 12, tzinfo=UTC).timestamp())))
    built = build(sample, extra={"series": {"editions": ["pdf"]}})
    assert built.status == 0, built.output
    late, fresh = (html.document_fromstring(built.page(f"briefs/{slug}/index.html")) for slug in ("records", "comments"))
    notice = [" ".join(node.text_content().split()) for node in late.find_class("masthead")[0].find_class("notice")]
    assert notice == ["Review overdue. This was due for review by March 1, 2027. Check the law before you rely on it."]
    assert fresh.find_class("masthead")[0].find_class("notice") == []
    facts = [" ".join(item.text_content().split()) for item in fresh.find_class("facts")[0]]
    assert "2 minutes" in facts and "Law as of June 1, 2026" in facts
