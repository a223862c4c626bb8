"""What a copy says of itself while it has no public address, no release and no licence, and what once it has them."""

from __future__ import annotations

from datetime import date

import pytest

from hooks.citing.this_copy import fixity, no_address, unrecorded
from hooks.core.urls import reserved_host
from hooks.registers.releases import address_notice, fixed, licence
from hooks.series.model import Series
from hooks.series.releases import Release
from hooks.series.settings import as_stated

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
SAID = {"name": "X", "licence": "Text licensed CC BY 4.0.", "licence_url": LICENCE, "licence_pending": "Not yet."}


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://onrecord.example/", "onrecord.example"), ("https://a.b.TEST./x/", "a.b.test"), ("http://localhost:8000/", "localhost"),
        ("https://x.invalid/", "x.invalid"), ("https://www.example.org/", "www.example.org"), ("https://www.its.ny.gov/", ""),
        ("https://example.gov/", ""), ("https://testexample.com/", ""), ("/", ""), ("", ""), ("https://[x/", ""),
    ],
)  # fmt: skip
def test_a_reserved_host_is_told_from_one_that_somebody_can_have(address: str, host: str) -> None:
    assert reserved_host(address) == host


def test_a_copy_without_a_public_address_says_so_where_addresses_are_copied_and_one_with_it_says_nothing() -> None:
    assert "onrecord.example only holds its place" in no_address("https://onrecord.example/")
    assert "No body has published these pages yet" in unrecorded("https://onrecord.example/")
    assert no_address("https://www.agency.gov/x/") == unrecorded("https://www.agency.gov/x/") == ""
    assert address_notice("https://onrecord.example/").xpath("./p[@class='notice']")
    assert not list(address_notice("https://www.agency.gov/x/"))


def test_only_a_release_is_fixed_and_while_there_is_none_nothing_is() -> None:
    assert "not fixed yet" in fixity(False) and "stays here" not in fixity(False)
    assert "not fixed yet" not in fixity(True) and "A release is fixed" in fixity(True)
    assert "nothing here is fixed" in fixed(Series()).text_content()
    made = tuple(Release(date=date(2026, 12, day), note="One.", sha256="0" * 64) for day in (2, 1))
    assert "the newest is of December 2, 2026" in fixed(Series(releases=made)).text_content()


@pytest.mark.parametrize("confirmed", [None, False])
def test_a_license_that_nobody_confirmed_is_stated_nowhere(confirmed: bool | None) -> None:
    said = as_stated({**SAID, **({} if confirmed is None else {"licence_confirmed": confirmed})})
    assert (said["licence"], said["licence_url"]) == ("Not yet.", "") and as_stated(said) == said
    assert as_stated({key: value for key, value in SAID.items() if key != "licence_pending"})["licence"] == "Text not licensed yet."
    tree = licence(said["licence"], said["licence_url"])
    assert not tree.xpath(".//a") and "has not agreed to a license" in tree.text_content()


def test_a_confirmed_license_is_stated_with_its_address() -> None:
    said = as_stated({**SAID, "licence_confirmed": True})
    assert (said["licence"], said["licence_url"]) == (SAID["licence"], LICENCE)
    tree = licence(said["licence"], said["licence_url"])
    assert tree.xpath(".//a/@href") == [LICENCE] and "agreed" not in tree.text_content()
