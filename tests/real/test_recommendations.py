"""The register of recommendations in a browser: filters by strength, and the strength where it stands elsewhere."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path

import pytest
from lxml import html

from hooks.series.vocabulary import STRENGTHS

from .conftest import until

PAGE = "recommendations/"
ROWS = ".register--recommendations tbody > tr"


@pytest.mark.walk
@pytest.mark.browser
def test_a_strength_shows_those_that_have_it_and_its_address_is_kept(visit) -> None:
    page = visit(PAGE)
    whole = page.locator(f"{ROWS}:visible").count()
    page.locator("#recommendations-strength").select_option("practice")
    until(page, "location.search === '?strength=practice'")
    rows = page.locator(f"{ROWS}:visible")
    assert 0 < rows.count() < whole
    assert {row.get_attribute("data-strength") for row in rows.all()} == {"practice"}
    # What nothing is left of has no heading either.
    groups = page.locator(".register__group:visible")
    assert all(group.locator("tbody > tr:visible").count() for group in groups.all())
    assert page.locator("#recommendations-count").inner_text() == f"{rows.count()} of {whole} recommendations"


def test_page_register_spreadsheet_and_catalogue_say_one_strength(site: Path) -> None:
    catalogue = json.loads((site / "catalogue.json").read_text(encoding="utf-8"))
    known = {item["id"]: item["strength"] for item in catalogue["recommendations"] if item["status"] == "current"}
    table = csv.DictReader(io.StringIO((site / "recommendations.csv").read_text(encoding="utf-8"), newline=""))
    assert {row["id"]: row["strength"] for row in table} == {id_: STRENGTHS[slug] if slug else "" for id_, slug in known.items()}
    page = html.parse(str(site / PAGE / "index.html")).getroot()
    assert Counter(row.get("data-strength") for row in page.xpath("//tbody/tr[@data-publication]")) == Counter(slug or "" for slug in known.values())
    for publication in {item["url"].partition("#")[0] for item in catalogue["recommendations"] if item["status"] == "current"}:
        article = html.parse(str(site / publication / "index.html")).getroot()
        for section in article.find_class("recommendation"):
            slug = known[section.get("id")]
            marks = section.xpath(".//a[contains(@class, 'strength--')]")
            assert [mark.get("class") for mark in marks] == ([f"strength strength--{slug}"] if slug else [])
            assert all(article.xpath(f"//dt[@id='{mark.get('href')[1:]}']") for mark in marks)
