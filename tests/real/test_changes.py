"""The feeds and the calendar of the real site, each held to its standard; and the page of changes in a browser."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from icalendar import Calendar
from lxml import html

from tests.feeds import atom_faults, json_faults

from .conftest import until

PAGE = "changes/"
HERE = "https://onrecord.example/"


def feeds(site: Path) -> list[Path]:
    return [site / "feed.xml", site / "feed.json", *(site / "about/corrections").glob("feed.*"), *(path for path in site.glob("feeds/**/*.*"))]


def test_every_feed_is_valid(site: Path) -> None:
    found = feeds(site)
    assert len(found) > 150
    faults = {}
    for path in found:
        check = json_faults if path.suffix == ".json" else atom_faults
        faults[path.name] = check(path.read_bytes(), HERE + path.relative_to(site).as_posix())
    assert {name: told for name, told in faults.items() if told} == {}


def test_every_page_points_to_feeds_that_there_are(site: Path) -> None:
    own = 0
    for path in [site / "index.html", *site.glob("briefs/*/index.html"), *site.glob("sectors/*/index.html"), site / "law/lindke2024/index.html"]:
        tree = html.parse(str(path))
        links = tree.xpath("//link[@rel='alternate'][@type='application/atom+xml' or @type='application/feed+json']/@href")
        assert links and all((site / link.removeprefix(HERE)).is_file() for link in links)
        own += len(links) > 2
    assert own > 20


def test_the_calendar_lists_each_day_once(site: Path) -> None:
    calendar = Calendar.from_ical((site / "law/dates.ics").read_bytes())
    events = calendar.walk("VEVENT")
    assert len(events) >= 8 and not any(event.errors for event in events)
    assert max(Counter(event["UID"] for event in events).values()) == 1
    said = Counter((event["DTSTART"].dt, event["SUMMARY"].rpartition(": ")[2].lower()) for event in events)
    assert {key: count for key, count in said.items() if count > 1} == {}
    assert all(event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt for event in events)


def shown(page) -> int:
    return page.locator(".register--changes .register__rows > li:visible").count()


@pytest.mark.walk
@pytest.mark.browser
def test_a_day_in_the_address_shows_only_what_came_later(page, address: str) -> None:
    whole = shown(page)
    days = page.evaluate("[...document.querySelectorAll('.register--changes li')].map((item) => item.dataset.since)")
    newest = days[0]
    page.goto(f"{address}{PAGE}?since={newest}")
    assert page.locator("#changes-since").input_value() == newest
    assert shown(page) == days.count(newest)
    page.goto(f"{address}{PAGE}?since={newest[:7]}")
    assert shown(page) == sum(day >= f"{newest[:7]}-01" for day in days)
    page.goto(f"{address}{PAGE}?since=2199-01-01")
    assert shown(page) == 0 and page.locator("#changes-none").is_visible()
    assert page.locator(".register--changes h2:visible").count() == 0
    page.get_by_role("button", name="Show all").click()
    until(page, "location.search === ''")
    assert shown(page) == whole
    page.locator("#changes-since").fill(newest)
    until(page, f"location.search === '?since={newest}'")
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


@pytest.mark.browser
def test_what_the_address_cannot_mean_is_passed_over(page, address: str) -> None:
    whole = shown(page)
    for query in ("since=yesterday", "since=2026-13-45", "since=%22%3E%3Cb%3E", "subject=recrods", "publication=nothing", "kind="):
        page.goto(f"{address}{PAGE}?{query}")
        assert shown(page) == whole, query


@pytest.mark.browser
def test_a_subject_and_a_publication_are_shown_alone(page, address: str) -> None:
    page.goto(f"{address}{PAGE}?subject=records")
    some = shown(page)
    assert 0 < some < page.locator(".register--changes li").count()
    page.goto(f"{address}briefs/citizen-conduct/")
    page.get_by_role("link", name="What changed since a day of your choice").click()
    # The address is there before the script that reads it has run.
    until(page, "location.search === '?publication=ib-08' && document.querySelector('#changes-count').textContent !== ''")
    assert "Citizen conduct" in page.locator(".register--changes li:visible").first.inner_text()


@pytest.mark.browser
def test_without_scripts_all_is_listed_and_a_month_has_its_address(visit) -> None:
    page = visit(f"{PAGE}?since=2199-01-01", java_script_enabled=False)
    assert page.locator("#changes-filters").is_hidden()
    assert shown(page) == page.locator(".register--changes li").count() > 100
    page = visit(f"{PAGE}#since-2026-11", java_script_enabled=False)
    assert page.locator("#since-2026-11").inner_text() == "November 2026"
