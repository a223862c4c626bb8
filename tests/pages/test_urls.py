"""Links from one page of the site to another."""

from __future__ import annotations

import pytest

from hooks.core.urls import relative_url
from hooks.series import addresses
from hooks.series.lock import read_lock
from tests.support import ROOT


@pytest.mark.parametrize(
    ("url", "page", "link"),
    [
        ("briefs/records/", "briefs/comments/", "../records/"),
        ("briefs/records/", "", "briefs/records/"),
        ("briefs/", "briefs/comments/", "../"),
        ("", "briefs/comments/", "../../"),
        ("", "", "./"),
        ("law/", "white-paper/elements/", "../../law/"),
        ("white-paper/elements/", "white-paper/", "elements/"),
        ("briefs/records/", "briefs/records/", "./"),
        ("briefs/records/#issue", "briefs/records/", "#issue"),
        ("briefs/records/#issue", "briefs/comments/", "../records/#issue"),
        ("#top", "", "#top"),
        ("law/#nys-foil-87", "", "law/#nys-foil-87"),
        ("assets/site.css", "briefs/records/", "../../assets/site.css"),
        ("assets/site.css", "", "assets/site.css"),
        ("assets/site.css", "404.html", "assets/site.css"),
        ("briefs/records/records.pdf", "briefs/records/", "records.pdf"),
        ("literature/#ref-doe:2020", "briefs/records/", "../../literature/#ref-doe:2020"),
    ],
)
def test_a_link(url: str, page: str, link: str) -> None:
    assert relative_url(url, page) == link


@pytest.fixture(scope="module")
def promised() -> set[str]:
    return set(read_lock(ROOT)[0])


@pytest.mark.parametrize(
    "address",
    [
        addresses.LAW, addresses.TERMS, addresses.LITERATURE, addresses.CORRECTIONS, addresses.CASE_STUDIES, addresses.QUESTIONS, addresses.LINKING,
        addresses.PUBLISHING, addresses.STRENGTH_PAGE, "#".join(addresses.LAW_DAYS_AT), addresses.CHANGES, addresses.PLATFORM_FACTS, addresses.SERIES_PDF,
        addresses.POLICY_TEMPLATE, addresses.CONFORMANCE, addresses.LEGAL_DATES, addresses.DATA_PAGE, addresses.RELEASES, addresses.FEED.atom,
        addresses.FEED.json, addresses.CORRECTIONS_FEED.atom, addresses.CORRECTIONS_FEED.json,
    ],
)  # fmt: skip
def test_an_address_that_code_names_is_one_that_the_site_has_promised(address: str, promised: set[str]) -> None:
    assert address in promised
