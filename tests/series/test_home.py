"""What the home page lists: the most urgent action sheets, and every brief, in groups."""

from __future__ import annotations

from pathlib import Path

from hooks.series.home import MOST_NOW
from hooks.series.load import load_series
from tests.support import ROOT, edit


def test_without_names_the_most_urgent_sheets_come_first_and_no_more_than_six(sample: Path) -> None:
    text = (sample / "docs/now/taken-over.md").read_text(encoding="utf-8")
    for number in range(2, 9):
        urgency = "hours" if number % 2 else "minutes"
        own = text.replace("id: now-01", f"id: now-{number:02}").replace("urgency: minutes", f"urgency: {urgency}")
        (sample / f"docs/now/sheet-{number}.md").write_text(own, encoding="utf-8")
    edit(sample / "docs/now/sheet-4.md", "review_by: 2027-02-01", "review_by: 2027-02-01\nstatus: draft")
    series, problems = load_series(sample)
    assert not problems
    assert [sheet.id for sheet in series.home.now] == ["now-01", "now-02", "now-06", "now-08", "now-03", "now-05"]
    assert len(series.home.now) == MOST_NOW


def test_named_sheets_stand_in_the_order_in_which_they_are_named(sample: Path) -> None:
    (sample / "docs/now/later.md").write_text(
        (sample / "docs/now/taken-over.md").read_text(encoding="utf-8").replace("id: now-01", "id: now-02"), encoding="utf-8"
    )
    edit(sample / "docs/index.md", "template: home.html", "template: home.html\nnow: [later, taken-over]\nbriefs: [{label: All, briefs: [records, comments]}]")
    series, problems = load_series(sample)
    assert not problems
    assert [sheet.slug for sheet in series.home.now] == ["later", "taken-over"]
    assert [(label, [brief.slug for brief in own]) for label, own in series.home.briefs] == [("All", ["records", "comments"])]


def test_without_groups_all_briefs_are_one(sample: Path) -> None:
    assert [(label, [brief.slug for brief in own]) for label, own in load_series(sample)[0].home.briefs] == [("", ["comments", "records"])]


def test_a_series_without_a_home_page_has_no_mistake_in_it(sample: Path) -> None:
    (sample / "docs/index.md").unlink()
    assert load_series(sample)[1] == []


def test_a_name_in_a_series_that_has_none_yet_is_told_so(sample: Path) -> None:
    (sample / "docs/now/taken-over.md").unlink()
    edit(sample / "docs/index.md", "template: home.html", "template: home.html\nnow: [taken-over]")
    told = [str(problem) for problem in load_series(sample)[1] if problem.path == "docs/index.md"]
    assert told == ["docs/index.md:4: There is no action sheet “taken-over”. There are: none yet. [reference]"]


def test_a_group_that_cannot_be_looked_over_is_told(sample: Path) -> None:
    slugs = ["records", *(f"sample-{number}" for number in range(1, 8))]
    edit(sample / "docs/index.md", "template: home.html", f"template: home.html\nbriefs:\n  - {{label: All, briefs: [{', '.join(slugs[:7])}]}}")
    text = (sample / "briefs/records.md").read_text(encoding="utf-8")
    for number, slug in enumerate(slugs[1:], 11):
        (sample / f"briefs/{slug}.md").write_text(text.replace("id: ib-02", f"id: ib-{number}").replace("ib-02-", f"ib-{number}-"), encoding="utf-8")
    edit(sample / "docs/index.md", "]}", "]}\n  - {label: More, briefs: [comments, sample-7]}")
    assert load_series(sample)[1] == []
    edit(sample / "docs/index.md", "sample-6]", "sample-6, sample-7]")
    edit(sample / "docs/index.md", "[comments, sample-7]", "[comments]")
    assert [str(problem) for problem in load_series(sample)[1]] == [
        "docs/index.md:5: “All” has 8 briefs; at most 7 can be looked over. Make two groups of it. [front-matter]"
    ]


def test_no_list_of_our_home_page_is_over_seven() -> None:
    series, problems = load_series(ROOT)
    assert not problems
    assert all(label and len(own) <= 7 for label, own in series.home.briefs)
    assert all(len(group.roles) <= 7 for group in series.roles.groups)
