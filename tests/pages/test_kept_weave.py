"""What is woven by what the last build kept is what a whole weaving makes; where more may have changed than words, nothing is."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from hooks.build import kept_weave
from hooks.build.kept_weave import MOST, keep_woven, woven_before
from hooks.build.weave import Woven
from hooks.core.cache import sealed
from tests import support

from .test_weave_again import formatter, made, pages_of

BRIEF, RECORDS = "briefs/comments.md", "briefs/records.md"


@pytest.fixture
def project(sample: Path, store: Path) -> Path:
    (sample / ".cache").symlink_to(store)
    return sample


@pytest.fixture
def kept(project: Path) -> Path:
    """Where the weaving of the project is kept, as it is before an edit."""
    woven = made(project)
    file = project / ".site.woven"
    keep_woven(woven, pages_of(project, woven).values(), file)
    return file


def again(project: Path, kept: Path, now: Woven) -> Woven | None:
    return woven_before(now.read, list(pages_of(project, now).values()), formatter(now), kept)


WORDS: list[tuple[str, str, str]] = [
    (BRIEF, "Comments are open on most pages", "Comments are wide open on most pages"),
    (BRIEF, "## Practice {#practice}", "One more sentence.\n\n## Practice {#practice}"),
    (BRIEF, "A rule that nobody could read is no rule.", "A rule that *nobody* could read\n\nis no rule."),
    (BRIEF, "| **Hidden** | Some comments |", "| **Hidden** | Some of the comments |"),
    (BRIEF, "A footnote of the sample.", "A longer footnote of the sample."),
    (BRIEF, "A rule that nobody could read is no rule.", "A rule that nobody has read is none."),
    (RECORDS, "Sample County says so in its own words", "Sample County says so in words of its own"),
    ("docs/now/taken-over.md", "Take a picture of the posts", "Take a picture of all posts"),
    ("docs/case-studies/sample-village-2021.md", "in one afternoon", "in a single long afternoon"),
]


@pytest.mark.parametrize(("path", "old", "new"), WORDS)
def test_where_words_have_changed_the_rest_is_as_it_was(project: Path, kept: Path, path: str, old: str, new: str) -> None:
    body = (project / path).read_text(encoding="utf-8").partition("\n---\n")[2]
    assert old in body
    (project / path).write_text((project / path).read_text(encoding="utf-8").replace(body, body.replace(old, new, 1)), encoding="utf-8")
    now = made(project)
    found = again(project, kept, now)
    assert found is not None
    assert not found.whole
    assert found.site == now.site
    assert [name for name in now.site.pages if found.site.pages[name].html != now.site.pages[name].html] == []
    assert (found.around.used_in, found.around.formatted, found.around.practices) == (now.around.used_in, now.around.formatted, now.around.practices)
    # Pages, publications and authorities are the same objects wherever they are asked for, as in one weaving.
    assert {id(item.publication) for item in found.site.clauses} <= {id(item) for item in found.read.series.publications}


MORE: list[tuple[str, str, str]] = [
    (BRIEF, "title: Public comments", "title: Comments of the public"),
    (BRIEF, "## Practice {#practice}", "## What is done {#practice}"),
    (BRIEF, "## Practice {#practice}", "## Practice {#doing}"),
    (BRIEF, "Two ways to run a page", "Two ways to keep a page"),
    (BRIEF, "Publish the rules before the first comment is hidden.", "Publish the rules before a comment is hidden."),
    (BRIEF, "Keep a copy of every comment that is hidden.", "Keep two copies of every comment that is hidden."),
    (BRIEF, "- it threatens a person;", "- it threatens somebody;"),
    (BRIEF, "The village did the opposite: [](case:sample-village-2021).", "The village did the opposite."),
    (BRIEF, "## Practice {#practice}", "One more sentence.\n\n- And an item.\n\n## Practice {#practice}"),
    (BRIEF, "## Practice {#practice}", "One more sentence.\n{#more}\n\n## Practice {#practice}"),
    (BRIEF, "The village did the opposite", "The *village* did the opposite"),
    (BRIEF, "The village did the opposite", "Under [](law:sample-records) the village did the opposite"),
    (BRIEF, "[@sampleson2013first, p. 4]. Hiding", "[@sampleson2013first, p. 5]. Hiding"),
    (BRIEF, "The village did the opposite", "The village did the opposite [@nobody1999]"),
    ("docs/now/taken-over.md", "Take a picture of the posts", "Take " + "quite " * 300 + "a picture of the posts"),
    ("docs/glossary/terms.yml", "definition:", "definition: In truth,"),
]


@pytest.mark.parametrize(("path", "old", "new"), MORE)
def test_where_more_has_changed_all_is_woven(project: Path, kept: Path, path: str, old: str, new: str) -> None:
    support.edit(project / path, old, new)
    assert again(project, kept, made(project)) is None


def test_the_policy_builder_looks_into_the_words_of_sector_sheets(project: Path, kept: Path) -> None:
    sheets = sorted((project / "docs/sectors").glob("*.md"))
    path = next(path for path in sheets if path.name != "index.md")
    path.write_text(f"{path.read_text(encoding='utf-8').rstrip()}\n\nA word more.\n", encoding="utf-8")
    assert again(project, kept, made(project)) is None


def test_nothing_has_changed(project: Path, kept: Path) -> None:
    now = made(project)
    found = again(project, kept, now)
    assert found is not None
    assert found.site == now.site


def test_a_passage_whose_address_is_used_elsewhere_is_not_changed_alone(project: Path) -> None:
    words = "Sample County says so in its own words"
    before, after = (made_with(project, RECORDS, words, new) for new in (words, f"{words} and in others"))
    gone = {item.id for item in before.site.pages[RECORDS].passages} - {item.id for item in after.site.pages[RECORDS].passages}
    (passage,) = gone
    support.edit(project / BRIEF, "The village did the opposite", f"Of [this](brief:records#{passage}) the village did the opposite")
    woven = made(project)
    kept = project / ".site.woven"
    keep_woven(woven, pages_of(project, woven).values(), kept)
    with_words = made_with(project, RECORDS, "So is a hidden comment", "So is each hidden comment", stay=True)
    assert again(project, kept, with_words) is not None
    support.edit(project / RECORDS, words, f"{words} and in others")
    assert again(project, kept, made(project)) is None


def made_with(project: Path, path: str, old: str, new: str, stay: bool = False) -> Woven:
    """The weaving with an edit, which is taken back unless it is to `stay`."""
    support.edit(project / path, old, new)
    woven = made(project)
    if not stay:
        support.edit(project / path, new, old)
    return woven


def test_a_page_more_or_less_is_a_whole_weaving(project: Path, kept: Path) -> None:
    now = made(project)
    pages = list(pages_of(project, now).values())
    assert woven_before(now.read, pages[:-1], formatter(now), kept) is None
    assert woven_before(now.read, [*pages[1:], pages[0]], formatter(now), kept) is None
    many = [replace(page, text=f"{page.text} ", html=page.html) for page in pages]
    assert len(many) > MOST
    assert woven_before(now.read, many, formatter(now), kept) is None


def test_another_day_is_a_whole_weaving(project: Path, kept: Path) -> None:
    now = made(project)
    later = replace(now, read=replace(now.read, today=now.read.today + timedelta(days=1)))
    assert isinstance(later.read.today, date)
    assert again(project, kept, later) is None


def test_a_mistake_is_looked_for_anew_and_its_mending_seen(project: Path) -> None:
    support.edit(project / BRIEF, "The village did the opposite", "See [](brief:nowhere). The village did the opposite")
    woven = made(project)
    assert any("nowhere" in str(problem) for problem in woven.site.problems)
    kept = project / ".site.woven"
    keep_woven(woven, pages_of(project, woven).values(), kept)
    support.edit(project / BRIEF, "See [](brief:nowhere). ", "")
    assert again(project, kept, made(project)) is None
    # One on another page is told again with what has changed here.
    support.edit(project / BRIEF, "The village did the opposite", "See [](brief:nowhere). The village did the opposite")
    support.edit(project / RECORDS, "in its own words", "in words of its own")
    found = again(project, kept, made(project))
    assert found is not None
    assert found.site.problems == made(project).site.problems


@pytest.mark.parametrize("spoil", [
    lambda content: content[:-20],
    lambda content: content[:200] + b"x" + content[201:],
    lambda content: b"0" * 64 + content[64:],
    lambda content: b"",
    lambda content: kept_weave._code() + sealed(pickle.dumps("no weaving")),
])  # fmt: skip
def test_what_is_damaged_or_of_other_code_counts_for_nothing(project: Path, kept: Path, spoil: Callable[[bytes], bytes]) -> None:
    now = made(project)
    kept.write_bytes(spoil(kept.read_bytes()))
    assert again(project, kept, now) is None


def test_where_nothing_can_be_kept_nothing_is(project: Path) -> None:
    woven = made(project)
    keep_woven(woven, [], project / "no-folder/.site.woven")
    assert not (project / "no-folder").exists()
    assert again(project, project / "no-folder/.site.woven", woven) is None
