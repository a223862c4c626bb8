"""Pages at permanent addresses, and how a publication is cited."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from lxml import html

from hooks.citing.cite_us import cite_as
from hooks.core.tree import long_date
from hooks.series.addresses import SERIES_ID, SERIES_PDF, dated_series_pdf, permalink
from hooks.series.load import load_series
from hooks.series.moves import Moves
from hooks.series.releases import Release
from hooks.site.redirects import folder_pages, permanent_pages, redirect_page, stamped, whole_series
from tests import support


def test_everything_with_an_id_has_a_permanent_page(sample: Path, render: Callable[..., support.Rendered]) -> None:
    series, _ = load_series(sample)
    site = render(sample).site
    pages = permanent_pages(series, site.recommendations, questions=site.questions)
    cases = ["sample-village-2021", "sample-county-2020"]
    ids = ["wp", "wp-01", "ib-01", "ib-02", "now-01", "ss-01", *cases, "wp-01-r1", "ib-01-r1", "ib-01-r2", "ib-02-r1", "q-001", "q-002"]
    assert list(pages) == [f"id/{id_}/index.html" for id_ in ids]
    assert 'href="../../briefs/comments/#ib-01-r2"' in pages["id/ib-01-r2/index.html"]
    assert 'href="../../case-studies/sample-county-2020/"' in pages["id/sample-county-2020/index.html"]


def test_the_permanent_address_of_a_publication_tells_where_its_card_is(sample: Path, render: Callable[..., support.Rendered]) -> None:
    """For a system that turns addresses into cards, as WordPress does, runs no script and follows no refresh."""
    series, _ = load_series(sample)
    pages = permanent_pages(series, render(sample).site.recommendations, "https://onrecord.example/")
    found = {path: html.document_fromstring(page).xpath("//head/link[@type='application/json+oembed']/@href") for path, page in pages.items()}
    assert found["id/ib-01/index.html"] == ["https://onrecord.example/oembed/ib-01.json"]
    assert found["id/ib-01-r1/index.html"] == found["id/sample-county-2020/index.html"] == []
    assert "oembed" not in permanent_pages(series, (), "")["id/ib-01/index.html"], "an address without its host would be no address"


def test_the_whole_series_has_a_permanent_address_and_one_for_each_day_that_was_promised(sample: Path) -> None:
    """A dated address leads to the PDF of that day only while there is no newer one; it is never left leading nowhere."""
    series, _ = load_series(sample)
    now = dated_series_pdf(series.edition_day)
    assert stamped(series, Moves(), {SERIES_ID})[now] == SERIES_PDF
    assert stamped(series, Moves(), ()) == {}
    assert whole_series(series, "Series", "", [now]) == {}
    held = Release(date=date(2025, 1, 2), note="One.", sha256="0" * 64)
    promised = [now, "series-2025-01-02.pdf", "series-2025-03-04.pdf", "briefs/a/series-2025-01-02.pdf", "series.pdf"]
    pages = whole_series(replace(series, releases=(held,)), "Series", "releases/#series", promised, "https://onrecord.example/")
    leads = {path: html.document_fromstring(page).get_element_by_id("target").get("href") for path, page in pages.items()}
    assert leads == {
        "id/series/index.html": "../../releases/#series",
        "series-2025-01-02.pdf/index.html": "../releases/#release-2025-01-02",
        "series-2025-03-04.pdf/index.html": "../releases/#series",
    }
    assert whole_series(replace(series, publications=series.publications[:1]), "Series", "series.pdf", promised) == {}


def test_who_opens_the_folder_of_the_tables_is_led_to_what_explains_them() -> None:
    (page,) = folder_pages(["about/data/", "law/"]).values()
    assert html.document_fromstring(page).get_element_by_id("target").get("href") == "../about/data/"
    assert folder_pages(["law/"]) == {}


def test_a_page_leads_on_without_a_script_and_says_where_to() -> None:
    page = html.document_fromstring(redirect_page("id/ib-01/", "briefs/comments/", "Public comments"))
    assert page.find(".//title").text == page.find(".//h1").text == "Public comments"
    assert page.find(".//meta[@http-equiv='refresh']").get("content").endswith("url=../../briefs/comments/")
    assert page.find(".//link[@rel='canonical']").get("href") == "../../briefs/comments/"
    (link,) = page.findall(".//main//a")
    assert (link.get("href"), link.text) == ("../../briefs/comments/", "Public comments")


@pytest.mark.parametrize("title", ['<script>alert(1)</script>', '"><b>', "A & B"])
def test_a_title_is_text(title: str) -> None:
    page = html.document_fromstring(redirect_page("id/x/", 'briefs/"x"/', title))
    assert page.find(".//h1").text == title
    assert not page.findall(".//b")
    assert all(script.get("src") for script in page.findall(".//script"))


@pytest.mark.parametrize("site_url", ["https://onrecord.example/", "https://host.example/deep/path/"])
def test_the_permanent_address_and_the_citation(site_url: str, sample: Path) -> None:
    series, _ = load_series(sample)
    brief, chapter = series.briefs["comments"], series.chapters["purpose"]
    assert permalink(site_url, brief) == f"{site_url}id/ib-01/"
    assert permalink(site_url, series.case["sample-county-2020"]) == f"{site_url}id/sample-county-2020/"
    assert cite_as(brief, "The Series", site_url) == (
        f"The Series. 2026. “Public comments: What a page may hide.” Issue Brief 1, Edition 2, {long_date(brief.front.revised)}. {site_url}id/ib-01/."
    )
    assert cite_as(chapter, "The Series", site_url) == (
        f"The Series. 2026. “Purpose comes first.” White paper, chapter 1, Edition 1, {long_date(chapter.front.revised)}. {site_url}id/wp-01/."
    )
