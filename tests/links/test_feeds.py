"""The feeds: each held against both standards, told by the right subject, with ids and dates that last; and a validator that finds faults."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import feedparser
import pytest
from lxml import html

from hooks.build.publish import put_together
from hooks.core.workers import here
from hooks.site.feeds import feed_files
from hooks.site.metadata import head
from hooks.site.published import Published
from tests import support
from tests.feeds import atom_faults, json_faults
from tests.support import edit

HERE = "https://record.example/guide/"
SETTINGS = {"series": {"name": "On the & <Record>", "authors": ["A & B", "C"], "licence": "CC BY 4.0", "line": "", "note": ""}}
ERRATA = "status: current\nerrata:\n  - {id: ib-01-e1, date: 2026-07-01, anchor: rules, note: 'The rule & its <name> were misnamed.'}"
LAW = "  rule: A public body that opens"
NOTED = "  changes:\n    - {date: 2026-06-02, note: Section 2 now names pages in so many words.}\n  rule: A public body that opens"


def published(root: Path, store: Path, today: date = support.TODAY) -> Published:
    if not (root / ".cache").exists():
        (root / ".cache").symlink_to(store)
    return put_together(support.woven(root, SETTINGS, HERE, today), None, here)


def entries(files: Mapping[str, bytes], name: str) -> dict[str, Any]:
    """The entries of a feed by id, less the address of the site."""
    return {item.id.removeprefix(HERE): item for item in feedparser.parse(files[name]).entries}


@pytest.fixture
def root(sample: Path) -> Path:
    edit(sample / "briefs/comments.md", "status: current", ERRATA)
    edit(sample / "docs/law/sample.yml", LAW, NOTED)
    return sample


@pytest.fixture
def files(root: Path, store: Path) -> Mapping[str, bytes]:
    return feed_files(published(root, store))


def test_every_feed_is_valid_in_both_forms(files: Mapping[str, bytes]) -> None:
    assert {"feed.xml", "feed.json", "about/corrections/feed.xml", "feeds/ib-01.atom", "feeds/on/law.atom", "feeds/on/cases.json"} <= set(files)
    assert {"feeds/on/records.atom", "feeds/on/crisis.json", "feeds/ss-01.atom", "feeds/now-01.json"} <= set(files)
    for name, content in files.items():
        check = json_faults if name.endswith("json") else atom_faults
        assert check(content, HERE + name) == [], name


def test_both_forms_say_the_same(files: Mapping[str, bytes]) -> None:
    for name in ("feed", "feeds/ib-01", "feeds/on/records"):
        atom = feedparser.parse(files.get(f"{name}.atom") or files[f"{name}.xml"])
        data = json.loads(files[f"{name}.json"])
        assert data["title"] == atom.feed.title and data["title"].startswith("On the & <Record>: ")
        for key, theirs in (("id", "id"), ("title", "title"), ("url", "link"), ("date_modified", "updated"), ("content_html", "content")):
            there = [item[theirs] if theirs != "content" else item.content[0].value for item in atom.entries]
            assert [item[key] for item in data["items"]] == there, key
        assert [author["name"] for author in data["authors"]] == [author.name for author in atom.feed.authors] == ["A & B", "C"]
        assert atom.feed.rights == "CC BY 4.0"


def test_an_entry_says_what_changed_and_when(files: Mapping[str, bytes]) -> None:
    own = entries(files, "feeds/ib-01.atom")
    edition, new, correction = own["id/ib-01/#change-2"], own["id/ib-01/#change-1"], own["id/ib-01/#ib-01-e1"]
    assert (edition.summary, edition.updated[:10]) == ("The survey of 2024 added.", "2026-06-01")
    assert edition.title == "Issue Brief 1, Public comments: What a page may hide (edition 2)"
    assert new.updated[:10] == "2026-01-15" and new.summary.startswith("Sample data. Decide which comments")
    assert correction.link == f"{HERE}briefs/comments/#ib-01-e1"
    assert correction.summary == "The rule & its <name> were misnamed."
    assert html.fromstring(correction.content[0].value).text_content() == "The rule & its <name> were misnamed. Read it."
    assert set(entries(files, "about/corrections/feed.xml")) == {"id/ib-01/#ib-01-e1"}


def test_a_publication_s_feed_has_the_law_and_the_cases_that_its_page_names(files: Mapping[str, bytes]) -> None:
    own = entries(files, "feeds/ib-01.atom")
    assert own["law/sample-comments/#change-1"].summary == "Section 2 now names pages in so many words."
    assert own["id/sample-county-2020/#new"].title.startswith("Case study: ")
    elsewhere = entries(files, "feeds/ib-02.atom")
    assert "law/sample-comments/#change-1" not in elsewhere and "id/ib-01/#change-2" not in elsewhere


def test_a_publication_s_feed_has_the_platform_facts_on_its_page(root: Path, store: Path) -> None:
    edit(root / "docs/platforms.yml", "as_of: 2025-05", "as_of: 2026-05-02")
    brief = root / "briefs/records.md"
    brief.write_text(f"{brief.read_text(encoding='utf-8')}\n/// platform | samplebook-hidden\n///\n", encoding="utf-8")
    files = feed_files(published(root, store))
    (seen,) = (item for id_, item in entries(files, "feeds/ib-02.atom").items() if "#platform-" in id_)
    assert seen.updated[:10] == "2026-05-02" and seen.link == f"{HERE}tools/platforms/#samplebook-hidden"
    assert seen.title == "Samplebook (platform seen)"
    told = "A hidden comment stays visible to its author, see Sample Records Rule § 9. [inferred]"
    assert html.fromstring(seen.content[0].value).text_content().endswith(f"Samplebook: {told}")
    assert not any("#platform-" in id_ for id_ in entries(files, "feeds/ib-01.atom"))


def test_what_was_checked_on_one_day_is_one_entry(files: Mapping[str, bytes]) -> None:
    own = entries(files, "feeds/on/law.atom")
    bundle = own["feeds/on/law.atom#law-checked-2026-03-01"]
    assert bundle.title == "Law register: 2 authorities checked" and bundle.link == f"{HERE}law/"
    links = html.fromstring(bundle.content[0].value).xpath("//li/a")
    assert [link.get("href") for link in links] == [f"{HERE}law/sample-records/", f"{HERE}law/sample-v-sample/"]
    (single,) = (item for item in own.values() if "2026-06-01" in item.id)
    assert single.title == "Sample Comments Act § 1 (law checked)" and single.link == f"{HERE}law/sample-comments/"
    assert {item.split("#")[0] for item in own} == {"law/sample-comments/", "feeds/on/law.atom"}


def test_a_subject_has_what_bears_on_it(files: Mapping[str, bytes]) -> None:
    records, conduct = entries(files, "feeds/on/records.atom"), entries(files, "feeds/on/citizen-conduct.atom")
    assert "id/ib-01/#change-2" in records and "id/ib-01/#change-2" in conduct
    assert "law/sample-comments/#change-1" in conduct and "law/sample-comments/#change-1" not in records


def test_the_page_of_a_feed_without_checks_shows_none_either(root: Path, store: Path) -> None:
    (root / "docs/changes.md").write_text("---\ntitle: What changed\n---\n/// listing | changes\n///\n", encoding="utf-8")
    files = feed_files(published(root, store))
    for name, query in (("records", "subject=records"), ("records-changed", "subject=records&kind=changed")):
        assert json.loads(files[f"feeds/on/{name}.json"])["home_page_url"] == f"{HERE}changes/?{query}"


def test_a_subject_on_which_nothing_has_changed_is_valid_and_has_no_invented_date(files: Mapping[str, bytes]) -> None:
    feed = feedparser.parse(files["feeds/on/misinformation.atom"])
    assert feed.entries == []
    assert feed.feed.updated == feedparser.parse(files["feed.xml"]).feed.updated


def test_a_date_that_the_law_sets_is_told_from_its_day_on(root: Path, store: Path) -> None:
    def told(day: date) -> list[str]:
        own = entries(feed_files(published(root, store, day)), "feeds/on/law.atom")
        return [item.summary for id_, item in own.items() if "#on-" in id_]

    assert told(date(2026, 12, 31)) == []
    assert told(date(2027, 1, 1)) == ["Rules must be published. Who: Every agency."]


def test_ids_last(root: Path, store: Path) -> None:
    """What is added later takes no id from what was there; another day of the build changes nothing."""
    before = feed_files(published(root, store))
    assert feed_files(published(root, store, date(2026, 12, 24))) == before
    edit(root / "briefs/comments.md", "changes:\n", "changes:\n  - {edition: 2, date: 2026-11-20, note: A typing error mended.}\n")
    edit(root / "briefs/comments.md", "revised: 2026-06-01", "revised: 2026-11-20")
    edit(root / "docs/law/sample.yml", "  changes:\n", "  changes:\n    - {date: 2026-11-21, note: Amended.}\n")
    after = feed_files(published(root, store))
    for name in ("feed.xml", "feeds/ib-01.atom", "feeds/on/law.atom"):
        old, new = entries(before, name), entries(after, name)
        assert {id_: new[id_].summary for id_ in old} == {id_: item.summary for id_, item in old.items()}
        assert len(new) > len(old)
    assert "law/sample-comments/#change-2" in entries(after, "feeds/on/law.atom")


def test_a_draft_has_no_feed_and_is_in_none(root: Path, store: Path) -> None:
    edit(root / "briefs/comments.md", "status: current", "status: draft")
    made = published(root, store)
    files = feed_files(made)
    assert "feeds/ib-01.atom" not in files and not any(b"id/ib-01/" in content for content in files.values())
    assert "feeds/ib-01" not in head(made, "briefs/comments.md", "briefs/comments/")


def test_a_series_in_which_nothing_has_a_date_has_no_feed(tmp_path: Path, store: Path) -> None:
    (tmp_path / "docs").mkdir()
    assert feed_files(published(tmp_path, store)) == {}


@pytest.mark.parametrize(
    ("path", "own"),
    [
        ("briefs/comments.md", "feeds/ib-01"),
        ("docs/sectors/schools.md", "feeds/ss-01"),
        ("docs/questions/schools.md", "feeds/ss-01"),
        ("docs/law/sample-records.md", "feeds/on/law"),
        ("docs/law/index.md", "feeds/on/law"),
        ("docs/case-studies/sample-county-2020.md", "feeds/on/cases"),
        ("docs/case-studies/index.md", "feeds/on/cases"),
        ("docs/index.md", None),
    ],
)
def test_a_page_points_to_its_own_feed_first_and_to_the_whole(root: Path, store: Path, path: str, own: str | None) -> None:
    made = published(root, store)
    files = feed_files(made)
    tree = html.fromstring(f"<head>{head(made, path, made.site.pages[path].url)}</head>")
    for type_, first, whole in (("application/atom+xml", f"{own}.atom", "feed.xml"), ("application/feed+json", f"{own}.json", "feed.json")):
        links = [(node.get("href"), node.get("title")) for node in tree.iter("link") if node.get("type") == type_ and node.get("rel") == "alternate"]
        names = [first, whole] if own else [whole]
        assert [address for address, _ in links] == [urljoin(HERE, name) for name in names]
        for name, (_, title) in zip(names, links, strict=True):
            feed = json.loads(files[name]) if name.endswith("json") else feedparser.parse(files[name]).feed
            assert feed["title"] == title


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (b"<updated>2026-07-01T00:00:00Z</updated>", b"<updated>2026-07-01</updated>", "dateTime"),
        (b"<updated>2026-07-01T00:00:00Z</updated>", b"", "Expecting an element updated"),
        (b"<rights>", b"<wrongs></wrongs><rights>", "wrongs"),
        (b"#ib-01-e1</id>", b"#ib-01-e1 x</id>", "id"),
        (b'rel="self"', b'rel="alternate"', "rel=self"),
        (b"</author>", b"</author><author></author>", "author"),
        (b'href="https://record.example/guide/briefs', b'href="/briefs', "href"),
        (b"<title>", b"<title type='xhtml'>", "title"),
    ],
)
def test_a_fault_of_an_atom_feed_is_found(files: Mapping[str, bytes], old: bytes, new: bytes, fault: str) -> None:
    name = "about/corrections/feed.xml"
    assert old in files[name]
    faults = atom_faults(files[name].replace(old, new), HERE + name)
    assert any(fault in told for told in faults), faults


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"version": "https://jsonfeed.org/version/1"}, "version"),
        ({"feed_url": "feed.json"}, "feed_url"),
        ({"items": [{"id": "a"}]}, "items"),
        ({"items": [{"id": 5, "content_text": "x"}]}, "items[0].id"),
        ({"items": [{"id": "a", "content_text": "x", "date_published": "1970"}]}, "date_published"),
        ({"items": [{"id": "a", "content_text": "x"}, {"id": "a", "content_text": "y"}]}, "item id twice"),
        ({"items": [{"id": "a", "content_html": "<a href='../x'>x</a>"}]}, "not absolute"),
        ({"authors": [{}]}, "authors"),
        ({"feedurl": "x"}, "feedurl"),
    ],
)
def test_a_fault_of_a_json_feed_is_found(files: Mapping[str, bytes], change: dict[str, Any], fault: str) -> None:
    data = json.loads(files["feed.json"]) | change
    faults = json_faults(json.dumps(data).encode(), f"{HERE}feed.json")
    assert any(fault in told for told in faults), faults
