"""The questions of the real series: enough of them, each with its page, its address and its place in the PDF of all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import html

from hooks.series.load import load_series
from hooks.series.questions import FOR_BRIEF, FOR_SECTOR
from tests.paper import broken_badly, sheets
from tests.support import ROOT

LEAST = 120


@pytest.fixture(scope="module")
def catalogue(site: Path) -> dict:
    return json.loads((site / "catalogue.json").read_text(encoding="utf-8"))


def test_every_brief_and_every_sector_has_its_questions() -> None:
    series, _ = load_series(ROOT)
    assert len(series.question) >= LEAST
    for scheme, least in (("brief", FOR_BRIEF), ("sector", FOR_SECTOR)):
        few = {slug: len(series.questions.get(slug, ())) for slug, item in series.by_scheme[scheme].items() if item.in_force}
        assert {slug: many for slug, many in few.items() if many < least} == {}


def test_each_question_is_answered_at_its_address(site: Path, catalogue: dict) -> None:
    assert len(catalogue["questions"]) >= LEAST
    for item in catalogue["questions"]:
        page, _, place = item["url"].partition("#")
        tree = html.parse(str(site / page / "index.html")).getroot()
        (heading,) = tree.xpath(f"//h2[@id='{place}']")
        assert heading.text_content() == item["question"]
        assert (site / f"id/{item['id']}/index.html").exists()
        target, _, passage = item["read"].partition("#")
        assert (site / target / "index.html").exists()
        assert not passage or html.parse(str(site / target / "index.html")).getroot().xpath(f"//*[@id='{passage}']"), item["read"]


def test_the_list_of_all_leads_to_each(site: Path, catalogue: dict) -> None:
    links = html.parse(str(site / "questions/index.html")).getroot().xpath("//main//li/a/@href")
    assert {item["url"].removeprefix("questions/") for item in catalogue["questions"]} <= set(links)


def test_each_brief_and_sector_leads_to_its_questions(site: Path, catalogue: dict) -> None:
    for item in catalogue["publications"]:
        if item["kind"] in ("issue-brief", "sector-sheet") and item["status"] == "current":
            (link,) = html.parse(str(site / item["url"] / "index.html")).getroot().xpath("//p[@class='asked']/a/@href")
            assert (site / item["url"] / link / "index.html").resolve().exists()


def test_machines_read_the_same_answers(site: Path, catalogue: dict) -> None:
    said = {}
    for page in sorted((site / "questions").glob("*/index.html")):
        for node in html.parse(str(page)).getroot().iter("script"):
            if node.get("type") == "application/ld+json":
                data = json.loads(node.text)
                assert data["@type"] == "FAQPage"
                said |= {entry["name"]: entry["acceptedAnswer"]["text"] for entry in data["mainEntity"]}
    assert said == {item["question"]: item["answer"] for item in catalogue["questions"]}


def test_the_pdf_of_all_is_well_set(site: Path) -> None:
    assert broken_badly(sheets((site / "questions/questions.pdf").read_bytes())) == []
