"""The sample as one Series."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pytest

from hooks.series.load import load_series
from hooks.series.model import Publication


def test_the_series_is_in_the_order_in_which_it_is_printed(sample: Path) -> None:
    series, problems = load_series(sample)
    assert not problems
    assert [(p.id, p.kind, p.slug, p.number, p.url, p.label) for p in series.publications] == [
        ("wp", "white-paper", "white-paper", "", "white-paper/", "White paper"),
        ("wp-01", "chapter", "purpose", "1", "white-paper/purpose/", "White paper, chapter 1"),
        ("ib-01", "issue-brief", "comments", "1", "briefs/comments/", "Issue Brief 1"),
        ("ib-02", "issue-brief", "records", "2", "briefs/records/", "Issue Brief 2"),
        ("now-01", "now-sheet", "taken-over", "1", "now/taken-over/", "Action Sheet 1"),
        ("ss-01", "sector-sheet", "schools", "1", "sectors/schools/", "Sector Sheet 1"),
    ]
    assert [case.id for case in series.cases] == ["sample-village-2021", "sample-county-2020"]
    assert [term.term for term in series.terms] == ["Hiding", "Post", "Public forum"]
    assert list(series.briefs) == ["comments", "records"]
    assert list(series.chapters) == ["white-paper", "purpose"]
    assert {scheme: list(found) for scheme, found in series.by_scheme.items()} == {
        "paper": ["white-paper", "purpose"], "brief": ["comments", "records"], "now": ["taken-over"], "sector": ["schools"], "model": [], "module": [],
        "pack": [],
    }
    assert series.by_path["whitepaper/01-purpose.md"] is series.chapters["purpose"]


def test_records_know_where_they_stand(sample: Path) -> None:
    series, _ = load_series(sample)
    assert series.places["law:sample-records"] == ("docs/law/sample.yml", 21)
    assert series.places["law:sample-records.short"] == ("docs/law/sample.yml", 23)
    assert series.places["term:hiding.see"] == ("docs/glossary/terms.yml", 12)
    assert series.places["briefs/comments.md"] == ("briefs/comments.md", 2)


def test_what_cannot_be_read_is_known_by_its_reference(sample: Path) -> None:
    (sample / "briefs/comments.md").write_text("No front matter.")
    (sample / "docs/case-studies/sample-county-2020.md").write_text("---\nid: [\n---\n")
    (sample / "docs/glossary/terms.yml").write_text("- id: forum\n- id: 'x\n")
    (sample / "docs/law/more.yml").write_text("- id: half-written\n")
    series, problems = load_series(sample)
    assert {problem.path for problem in problems} == {
        "briefs/comments.md", "docs/case-studies/sample-county-2020.md", "docs/glossary/terms.yml", "docs/law/more.yml"
    }
    unread = [("brief", "comments"), ("case", "sample-county-2020"), ("term", "any"), ("law", "half-written")]
    assert all(series.is_unread(scheme, name) for scheme, name in unread)
    assert not any(series.is_unread(scheme, name) for scheme, name in [("brief", "records"), ("law", "any"), ("paper", "comments")])
    assert "briefs/comments.md" in series.unread


def test_an_empty_project_is_an_empty_series(tmp_path: Path) -> None:
    series, problems = load_series(tmp_path)
    assert not problems
    assert not (series.publications or series.cases or series.authorities or series.terms)


def test_folders_may_be_missing(sample: Path) -> None:
    for folder in ("docs/law", "docs/glossary", "docs/case-studies", "docs/now", "docs/sectors", "docs/for", "whitepaper"):
        shutil.rmtree(sample / folder)
    series, problems = load_series(sample)
    assert not problems
    assert [p.id for p in series.publications] == ["ib-01", "ib-02"]


@pytest.mark.parametrize(
    ("title", "subtitle", "full"),
    [
        ("Records", "", "Records"),
        ("Records", "What to keep", "Records: What to keep"),
        ("Records", "FOIL in New York", "Records: FOIL in New York"),
        ("May we hide it?", "New York law", "May we hide it? New York law"),
    ],
)
def test_title_and_subtitle_as_one_line(sample: Path, title: str, subtitle: str, full: str) -> None:
    brief: Publication = load_series(sample)[0].briefs["comments"]
    front = brief.front.model_copy(update={"title": title, "subtitle": subtitle})
    assert dataclasses.replace(brief, front=front).full_title == full
