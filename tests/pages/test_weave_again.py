"""One page finished anew is the page that a whole weaving makes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from hooks.build.weave import Formatter, Woven, weave, weave_again
from hooks.citing.citeproc import format_citations
from hooks.core.citations import parse_group
from hooks.linking.model import SourcePage
from tests import support

BRIEF = "briefs/comments.md"


@pytest.fixture
def project(sample: Path, store: Path) -> Path:
    (sample / ".cache").symlink_to(store)
    return sample


def formatter(woven: Woven) -> Formatter:
    read = woven.read
    return lambda groups: format_citations([group for group in groups if parse_group(group)], list(read.bibliography.items), read.style, read.cache)


def made(root: Path) -> Woven:
    return support.woven(root, {}, "")


def pages_of(root: Path, woven: Woven) -> dict[str, SourcePage]:
    return {page.path: page for page in (*support.source_pages(root), *support.record_pages(woven.read.series))}


def test_every_page_that_stands_alone_is_what_it_was(project: Path) -> None:
    woven = made(project)
    anew = []
    for path, page in pages_of(project, woven).items():
        again = weave_again(woven, woven.read, [page], formatter(woven))
        if again.site.pages[path] is not woven.site.pages[path]:
            anew.append(path)
        assert again.site == woven.site, path
    assert {BRIEF, "briefs/records.md", "docs/law/sample-comments.md", "docs/case-studies/sample-county-2020.md", "docs/glossary/index.md"} <= set(anew)
    # A role's page counts the minutes of others, and answers to exercises are of the course.
    series = woven.read.series
    assert series.role_by_path and not set(anew) & {*series.role_by_path, *series.key_by_path, *series.slides_by_path}


EDITS: list[tuple[str, str]] = [
    ("Comments are open on most pages", "Comments are *wide* open on most pages"),
    ("## Practice {#practice}", "## Practice {#practice}\n\nA word more, and [](case:sample-county-2020).\n\n### Below {#below}\n\n[](brief:comments#below)"),
    ("Keep a copy of every comment that is hidden.", "Keep two copies of every comment that is hidden."),
    ("[@sampleson2013first, p. 4]", "[@sampleson2013first, p. 5; @sample:survey, p. 10]"),
    ("[](law:sample-comments)", "[](law:sample-coments)"),
    ("[@sampleson2013first, p. 4]", "[@nobody1999]"),
    ("strength: law-requires", "strength: law-demands"),
    ("/// checklist\n", "/// cheklist\n"),
    ("| **Open** |", "| **Open** <script>x</script> |"),
]


@pytest.mark.parametrize(("old", "new"), EDITS)
def test_an_edited_page_is_what_a_whole_weaving_makes_of_it(project: Path, old: str, new: str) -> None:
    before = made(project)
    support.edit(project / BRIEF, old, new)
    after = made(project)
    again = weave_again(before, before.read, [pages_of(project, before)[BRIEF]], formatter(before))
    assert again.site.pages[BRIEF].html == after.site.pages[BRIEF].html
    assert again.site.pages[BRIEF].previews == after.site.pages[BRIEF].previews
    assert again.site.recommendations == after.site.recommendations
    own = [[str(problem) for problem in site.problems if problem.path == BRIEF] for site in (again.site, after.site)]
    assert own[0] == own[1]
    # What is mended is as it was, and nothing that was said of the mistake stays.
    support.edit(project / BRIEF, new, old)
    mended = weave_again(again, before.read, [pages_of(project, before)[BRIEF]], formatter(before))
    assert mended.site == before.site


def test_a_page_refers_to_what_another_page_has_since_the_last_weaving(project: Path) -> None:
    before = made(project)
    support.edit(project / "briefs/records.md", "\n## ", "\n## A new part {#new-part}\n\nText.\n\n## ")
    first = weave_again(before, before.read, [pages_of(project, before)["briefs/records.md"]], formatter(before))
    support.edit(project / BRIEF, "Comments are open", "See [](brief:records#new-part). Comments are open")
    second = weave_again(first, before.read, [pages_of(project, before)[BRIEF]], formatter(before))
    assert "../records/#new-part" in second.site.pages[BRIEF].html
    assert not any("new-part" in str(problem) for problem in second.site.problems)
    assert any("new-part" in str(problem) for problem in weave_again(before, before.read, [pages_of(project, before)[BRIEF]], formatter(before)).site.problems)


def test_a_record_that_was_read_anew_is_on_its_page(project: Path) -> None:
    before = made(project)
    term = before.read.series.terms[0]
    changed = term.model_copy(update={"definition": "Another definition altogether."})
    read = replace(before.read, series=replace(before.read.series, terms=(changed, *before.read.series.terms[1:])))
    page = pages_of(project, before)["docs/glossary/index.md"]
    again = weave_again(before, read, [page], formatter(before))
    assert "Another definition altogether." in again.site.pages["docs/glossary/index.md"].html
    assert again.read is read


def test_work_that_is_to_be_given_up_is_given_up(project: Path) -> None:
    class GivenUp(BaseException):
        pass

    def counting(limit: int) -> Callable[[], None]:
        left = [limit]

        def tick() -> None:
            left[0] -= 1
            if left[0] < 0:
                raise GivenUp

        return tick

    woven = made(project)
    pages = list(pages_of(project, woven).values())
    for limit in (0, len(pages), 3 * len(pages)):
        with pytest.raises(GivenUp):
            weave(woven.read, pages, formatter(woven), counting(limit))
    assert weave(woven.read, pages, formatter(woven), counting(100 * len(pages))).site == woven.site
