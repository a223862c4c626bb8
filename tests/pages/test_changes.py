"""The page of changes, as it stands without scripts; and the tables of feeds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from lxml import html

from hooks.series.addresses import publication_feed
from hooks.series.changes import changes, channels
from hooks.series.load import load_series
from hooks.series.vocabulary import ROUTINE
from tests import support
from tests.support import edit

Render = Callable[..., support.Rendered]


@pytest.fixture
def root(sample: Path) -> Path:
    (sample / "docs/changes.md").write_text("---\ntitle: What changed\n---\n/// listing | changes\n///\n", encoding="utf-8")
    return sample


def page(root: Path, render: Render, today: date = support.TODAY) -> html.HtmlElement:
    done = render(root, today=today)
    assert [str(problem) for problem in done.problems if problem.rule not in ("answer-date", "change-date")] == []
    return html.fromstring(f"<div>{done.html('docs/changes.md')}</div>")


def test_every_change_stands_in_its_month_newest_first(root: Path, render: Render) -> None:
    tree = page(root, render)
    days = [node.get("data-since") for node in tree.xpath("//ul[@class='register__rows']/li")]
    assert days == sorted(days, reverse=True)
    assert len(days) == len(changes(load_series(root)[0], support.TODAY)) > 10
    for heading in tree.iter("h2"):
        month = heading.get("id").removeprefix("since-")
        assert {node.get("data-since")[:7] for node in heading.getnext()} == {month}
        assert f"{date.fromisoformat(f'{month}-01'):%B %Y}" == heading.text_content()


def test_what_was_only_checked_can_be_left_out(root: Path, render: Render) -> None:
    tree = page(root, render)
    told = changes(load_series(root)[0], support.TODAY)
    real = [change for change in told if change.kind not in ROUTINE]
    assert 0 < len(real) < len(told)
    kinds = [node.get("data-kind").split() for node in tree.xpath("//ul[@class='register__rows']/li")]
    assert sum("changed" in own for own in kinds) == len(real)
    options = {option.get("value"): option.text for option in tree.xpath("//select[@name='kind']/option")}
    assert options["changed"] == f"All changes, without checks ({len(real)})"
    assert "The series begins January 15, 2026." in tree.text_content()


def test_a_change_within_an_edition_is_told_as_one(root: Path) -> None:
    edit(root / "briefs/comments.md", "changes:\n", "changes:\n  - {edition: 2, date: 2026-06-01, note: A table more.}\n")
    titles = [change.title for change in changes(load_series(root)[0], support.TODAY) if change.about == ("ib-01",) and change.kind == "edition"]
    assert [title.rpartition("(")[2] for title in titles] == ["edition 2)", "changed within edition 2)"]


def test_each_month_from_the_first_on_has_its_address_and_leads_to_what_came_since(root: Path, render: Render) -> None:
    tree = page(root, render)
    ids = [node.get("id") for node in tree.xpath("//h2 | //h2/span")]
    assert ids == [f"since-2026-{month:02}" for month in range(11, 0, -1)]
    (april,) = tree.xpath("//*[@id='since-2026-04']")
    assert april.getparent().get("id") == "since-2026-06", "nothing is of April or May"


def test_a_month_keeps_its_address_when_its_only_change_is_changed_again(root: Path, render: Render) -> None:
    edit(root / "docs/law/sample.yml", "as_of: 2026-06-01", "as_of: 2026-08-01")
    before = page(root, render).xpath("//*[starts-with(@id, 'since-')]/@id")
    edit(root / "docs/law/sample.yml", "as_of: 2026-08-01", "as_of: 2026-09-01")
    assert page(root, render).xpath("//*[starts-with(@id, 'since-')]/@id") == before
    assert "since-2026-08" in before


def test_what_is_older_than_the_series_or_has_no_full_day_is_left_out(root: Path) -> None:
    edit(root / "docs/law/sample.yml", "as_of: 2026-03-01", "as_of: 2025-03-01")
    series = load_series(root)[0]
    told = changes(series, support.TODAY)
    assert min(change.day for change in told) == min(item.front.published for item in series.items)
    assert "law/sample-records/#as-of-2025-03-01" not in {change.id for change in told}
    partial = [fact for fact in series.platforms if len(fact.as_of) < 10]
    assert partial and not {f"platform:{fact.id}" for fact in partial} & {name for change in told for name in change.about}


TOLD = Path(__file__).with_name("changes.txt")
"""Of the sample, changed a little: id, kind, title, what, address, what it is about, subjects; newest first."""

FACT = (
    'about: Hiding\n  fact: "Hidden, not *gone*: [](law:sample-records), [](case:sample-county-2020), [](brief:comments#rules), '
    '[the rule](law:sample-comments), [](case:none-such), [](law:none-such) [@sample:survey, p. 9]. [inferred]"\n  as_of: 2026-10-09'
)


def test_every_change_says_what_its_source_says(root: Path) -> None:
    erratum = "errata:\n  - {id: ib-02-e1, date: 2026-05-01, anchor: rules, note: It was three.}"
    edit(root / "briefs/records.md", "edition: 1", f"status: superseded\nsuperseded_by: ib-01\n{erratum}\nedition: 1")
    edit(root / "docs/case-studies/sample-county-2020.md", "published: 2026-11-22", "published: 2026-11-20\nrevised: 2026-11-21")
    amended = "effective: 2026-04-01\n  changes: [{date: 2026-05-05, note: It was amended.}]"
    edit(root / "docs/law/sample.yml", "  read_note: Section 9", f"  {amended}\n  read_note: Section 9")
    edit(
        root / "docs/platforms.yml",
        "fact: A hidden comment stays *visible* to its author, see [](law:sample-records). [inferred]\n  as_of: 2025-05",
        FACT,
    )
    told = [
        " | ".join((change.id, change.kind, change.title, change.what, change.url, " ".join(change.about), " ".join(change.topics)))
        for change in changes(load_series(root)[0], date.max)
    ]
    assert told == TOLD.read_text(encoding="utf-8").removesuffix("\n").split("\n")


def test_what_each_feed_is_called_and_tells_and_where_it_belongs(root: Path) -> None:
    found = [(one.address.atom, one.title, one.about, one.home, one.topic, " ".join(one.kinds)) for one in channels(load_series(root)[0])]
    changed = "new edition correction case law"
    assert found[:7] == [
        ("feed.xml", "new and changed", "Every change: publications, corrections, case studies, law, answers and platforms.", "", "", ""),
        ("feeds/on/changed.atom", "changes, without checks", "What changed; not what was only held against its source again.", "", "", changed),
        ("about/corrections/feed.xml", "corrections", "Every correction, with its date and place.", "about/corrections/", "", "correction"),
        ("feeds/on/law.atom", "law", "Changes in the law, dates that it sets, and when each entry was last checked.", "law/", "", "law law-checked"),
        ("feeds/on/cases.atom", "case studies", "New and revised case studies.", "case-studies/", "", "case"),
        ("feeds/on/employee-access.atom", "employee access", "Every change that bears on the subject “Employee access”.", "", "employee-access", ""),
        (
            "feeds/on/employee-access-changed.atom", "employee access, without checks",
            "What changed that bears on the subject “Employee access”, without checks.", "", "employee-access", changed,
        ),
    ]  # fmt: skip
    about = "Its editions and corrections, the law, cases and platform facts that it names, and answers on its subject."
    assert found[-1] == ("feeds/ss-01.atom", "Sector Sheet 1, Schools of Sample", about, "sectors/schools/", "", "")


def test_no_two_changes_have_one_id(root: Path) -> None:
    for folder in (root, support.ROOT):
        ids = [change.id for change in changes(load_series(folder)[0], date.max)]
        assert len(set(ids)) == len(ids) > 10


def test_a_series_of_nothing_says_so(tmp_path: Path, render: Render) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/changes.md").write_text("---\ntitle: What changed\n---\n/// listing | changes\n///\n", encoding="utf-8")
    assert "Nothing has changed so far." in page(tmp_path, render).text_content()


def test_what_changed_in_a_law_stands_on_its_page(root: Path, render: Render) -> None:
    edit(root / "docs/law/sample.yml", "  as_of: 2026-06-01", "  changes:\n    - {date: 2026-06-01, note: Section 2 was added.}\n  as_of: 2026-06-01")
    done = render(root)
    assert done.problems == ()
    line = '<h2>What changed</h2><ul><li><time datetime="2026-06-01">June 1, 2026</time>: Section 2 was added.</li></ul>'
    assert line in done.html("docs/law/sample-comments.md")
    assert "Law register: Sample Comments Act § 1" in done.html("docs/changes.md")


def test_the_tables_name_every_feed_of_a_brief_a_sector_and_a_subject(root: Path, render: Render) -> None:
    (root / "docs/follow.md").write_text("---\ntitle: Follow\n---\n/// listing | feeds\n///\n", encoding="utf-8")
    tree = html.fromstring(f"<div>{render(root).html('docs/follow.md')}</div>")
    links = {link.get("href").removeprefix("../") for link in tree.iter("a")}
    series = load_series(root)[0]
    for channel in channels(series):
        if channel.publication is None or channel.publication.kind in ("issue-brief", "sector-sheet"):
            assert {channel.address.atom, channel.address.json} <= links
    assert publication_feed("wp").atom not in links
    assert "law/dates.ics" in links
