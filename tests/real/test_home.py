"""The home page: what cannot wait, then who reads, then the series; and no list that is too long to look over."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from hooks.series.home import MOST, MOST_NOW


@pytest.fixture(scope="module")
def home(site: Path) -> html.HtmlElement:
    return html.parse(str(site / "index.html")).getroot()


def test_what_cannot_wait_comes_first_then_who_reads_then_the_series(home: html.HtmlElement) -> None:
    titles = [" ".join(heading.text_content().split()) for heading in home.iter("h2")]
    assert titles[:3] == ["What to do now", "I am a …", "The series"]
    now = home.xpath("//section[@aria-labelledby='now-title']//ul//a/@href")
    assert len(now) == MOST_NOW and all(href.startswith("now/") for href in now)


def test_no_list_is_longer_than_can_be_looked_over(home: html.HtmlElement) -> None:
    lists = [len(own.xpath(".//a")) for own in home.iter("ul", "ol", "dl")]
    assert lists and max(lists) <= MOST


def test_every_brief_sheet_and_role_has_its_link(home: html.HtmlElement, site: Path) -> None:
    links = set(home.xpath("//main//a/@href"))
    for folder in ("briefs", "for", "now", "sectors"):
        there = {f"{folder}/{path.name}/" for path in (site / folder).iterdir() if (path / "index.html").exists()}
        assert there and there <= links


def test_a_role_reads_three_things_and_the_build_says_how_long(site: Path) -> None:
    for page in sorted((site / "for").glob("*/index.html")):
        steps = html.parse(str(page)).getroot().xpath("//ol[contains(@class, 'register--reads')]/li")
        assert len(steps) == 3, page
        assert all(step.xpath("./p[1]/a/@href") and step.xpath("string(./p[2])") for step in steps)
        assert any("minute" in step.text_content() for step in steps), page


def test_a_role_is_told_of_the_notices_that_name_it(site: Path) -> None:
    for role, told in (("clerk", True), ("records-officer", False)):
        tree = html.parse(str(site / f"for/{role}/index.html")).getroot()
        assert bool(tree.xpath("//article//a[@href='../../tools/notices/']")) == told, role


def test_a_role_leads_on_to_every_sheet(site: Path) -> None:
    for page in sorted((site / "for").glob("*/index.html")):
        links = html.parse(str(page)).getroot().xpath("//main//p/a/@href")
        assert {"../../now/", "../../sectors/"} <= set(links), page
