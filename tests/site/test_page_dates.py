"""When a page last changed, as the sitemap says it: by what its source states, whatever day it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from hooks.series.load import load_series
from hooks.site.page_dates import last_change
from tests.support import Built, edit

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ERRATUM = "errata:\n  - {id: e1, date: 2026-11-20, anchor: ib-01-r1, note: A wrong word.}\nchanges:"


def dates(built: Built) -> dict[str, str]:
    """The sitemap: address to date."""
    tree = etree.fromstring((built.site / "sitemap.xml").read_bytes())
    return {url.findtext(f"{LOC}loc"): url.findtext(f"{LOC}lastmod") for url in tree}


def test_a_publication_changes_with_its_edition_and_its_corrections(sample: Path) -> None:
    path = "briefs/comments.md"
    front = load_series(sample)[0].by_path[path].front
    assert last_change(load_series(sample)[0], path) == max(change.date for change in front.changes)
    edit(sample / path, "changes:", ERRATUM)
    series, problems = load_series(sample)
    assert problems == []
    assert last_change(series, path) == date(2026, 11, 20)


def test_a_case_changes_with_its_revision(sample: Path) -> None:
    path = "docs/case-studies/sample-county-2020.md"
    published = load_series(sample)[0].by_path[path].front.published
    assert last_change(load_series(sample)[0], path) == published
    edit(sample / path, f"published: {published}", f"published: {published}\nrevised: 2026-11-23")
    assert last_change(load_series(sample)[0], path) == date(2026, 11, 23)


def test_every_other_page_is_as_new_as_the_newest_of_the_series(sample: Path) -> None:
    series, _ = load_series(sample)
    newest = max(last_change(series, path) for path in series.by_path)
    assert last_change(series, "docs/law/index.md") == newest


def test_a_series_of_nothing_has_no_date(tmp_path: Path) -> None:
    assert last_change(load_series(tmp_path)[0], "docs/index.md") is None


@pytest.mark.proof
def test_the_sitemap_does_not_depend_on_the_day(sample: Path, build: Callable[..., Built], monkeypatch: pytest.MonkeyPatch) -> None:
    first = dates(build(sample))
    stated = load_series(sample)[0].by_path["briefs/comments.md"].front.revised.isoformat()
    assert first["https://onrecord.example/briefs/comments/"] == stated
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1926849600")  # January 22, 2031
    assert dates(build(sample)) == first
