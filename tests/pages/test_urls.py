"""Links from one page of the site to another."""

from __future__ import annotations

import pytest

from hooks.core.urls import relative_url


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
