"""A save under `serve`: the page is there at once, as a whole build makes it, and the whole build follows."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hooks.build.preview_server import changes, look_around
from hooks.build.read import read_sources
from hooks.build.serving import marked
from hooks.core.problems import Problem
from hooks.core.workers import Crew
from tests import support
from tests.bench.preview import measure
from tests.served import Served, serving

QUICK = {"extra": {"series": {"editions": ["pdf"]}}}
BRIEF, RECORDS, CASE = "briefs/comments.md", "briefs/records.md", "docs/case-studies/sample-county-2020.md"
TERMS, LAW = "docs/glossary/terms.yml", "docs/law/sample.yml"
_NOTICE = re.compile(r'<section class="build-notice".*?</section>', re.DOTALL)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = support.copy_sample(tmp_path_factory.mktemp("preview") / "project")
    support.prepare(root, **{**QUICK, "watch": [str(root / "briefs")]})
    return root


@pytest.fixture(scope="module")
def running(project: Path) -> Iterator[Served]:
    with serving(project) as served:
        served.until(lambda: whole(served) == 1)
        yield served
    assert "Traceback" not in served.output


def test_a_bibliography_that_has_not_changed_is_not_read_again(sample: Path) -> None:
    bib = next((sample / "docs/literature").glob("*.bib"))
    bib.write_text(bib.read_text(encoding="utf-8").replace("keywords = {", "keywords = {x-", 1), encoding="utf-8")
    first = read_sources(sample, {}, "https://onrecord.example/", support.TODAY)
    assert first.of_bibliography and set(first.of_bibliography) <= set(first.problems)
    again = read_sources(sample, {}, "https://onrecord.example/", support.TODAY, known=first)
    assert again.bibliography is first.bibliography and again.problems == first.problems


@pytest.fixture
def served(running: Served, project: Path) -> Iterator[Served]:
    """The server, with every source as it was, and nothing left to build."""
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file() and path.suffix in (".md", ".yml")}
    yield running
    written = [path for path, content in before.items() if not path.exists() or path.read_bytes() != content]
    told = len(running.lines)
    for path in written:
        path.write_bytes(before[path])
    running.until(lambda: (not written or len(running.lines) > told) and is_quiet(running))


def is_quiet(served: Served) -> bool:
    """Whether all that was saved is built."""
    told = [line for line in served.lines if re.search("Building documentation|Shown after|The whole site|was left as it was;", line)]
    return "The whole site" in told[-1]


def shown(served: Served) -> int:
    return served.output.count("Shown after")


def whole(served: Served) -> int:
    return served.output.count("The whole site is built")


@pytest.mark.proof
def test_a_saved_page_is_served_before_the_whole_is_built_and_is_the_same_page(served: Served, project: Path) -> None:
    built = whole(served)
    support.edit(project / BRIEF, "Comments are open", "See [](brief:records). Comments, a word more [@sample:survey, p. 3], are open")
    served.until(lambda: "a word more" in served.page("briefs/comments/"))
    first = served.page("briefs/comments/")
    assert whole(served) == built
    assert "This page is newer than its editions" in first
    served.until(lambda: whole(served) == built + 1)
    last = served.page("briefs/comments/")
    assert "newer than its editions" not in last
    assert without_script(_NOTICE.sub("", first)) == without_script(_changed_edition(last, first))
    assert "Public comments" in served.page("briefs/records/")


def without_script(page: str) -> str:
    """The page as it was written, without what MkDocs' server adds to load it anew."""
    return re.sub(r"<script>\s*function livereload.*?</script>", "", re.sub(r"livereload\(\d+, \d+\)", "", page), flags=re.DOTALL)


def _changed_edition(page: str, like: str) -> str:
    """`page`, its PDF's size as `like` has it: that is known only when it was made."""
    size = r"\b[\d.]+ (?:KB|MB)\b"
    sizes = iter(re.findall(size, like))
    return re.sub(size, lambda found: next(sizes, found.group()), page)


def test_a_mistake_is_shown_and_goes_without_a_whole_build(served: Served, project: Path) -> None:
    built, before = whole(served), shown(served)
    support.edit(project / BRIEF, "[](law:sample-comments)", "[](law:sample-coments)")
    served.until(lambda: "Did you mean “sample-comments”?" in served.page("briefs/comments/"))
    support.edit(project / BRIEF, "[](law:sample-coments)", "[](law:sample-comments)")
    served.until(lambda: "sample-coments" not in served.page("briefs/comments/"))
    assert shown(served) == before + 2 and whole(served) == built


@pytest.mark.parametrize(
    ("path", "old", "new", "page"),
    [
        pytest.param(TERMS, "definition: ", "definition: Changed at once. ", "glossary/", marks=pytest.mark.proof),
        (LAW, "meaning: ", "meaning: Changed at once. ", "law/sample-comments/"),
        pytest.param(CASE, "lesson: ", "lesson: Changed at once. ", "case-studies/sample-county-2020/", marks=pytest.mark.proof),
        (BRIEF, "summary: ", "summary: Changed at once. ", "briefs/comments/"),
    ],
)
def test_a_record_that_is_saved_is_on_its_page(served: Served, project: Path, path: str, old: str, new: str, page: str) -> None:
    built = whole(served)
    support.edit(project / path, old, new)
    served.until(lambda: "Changed at once." in served.page(page))
    assert whole(served) == built


def test_the_measure_of_saves_leaves_the_file_as_it_was(served: Served, project: Path) -> None:
    before = (project / BRIEF).read_bytes()
    taken = measure(served, os.getpid(), project / BRIEF, "briefs/comments/", 3)
    assert taken.saves == 3 and 0 < taken.median <= taken.longest and taken.before > 0
    assert (project / BRIEF).read_bytes() == before


def test_what_only_a_whole_build_can_show_is_built_at_once(served: Served, project: Path) -> None:
    before = shown(served)
    (project / "docs/more.md").write_text("---\ntitle: One more page\n---\n\nIts text.\n", encoding="utf-8")
    served.until(lambda: _there(served, "more/"))
    assert "Its text." in served.page("more/") and shown(served) == before
    (project / "docs/more.md").unlink()
    served.until(lambda: not _there(served, "more/"))


def _there(served: Served, page: str) -> bool:
    from urllib.error import HTTPError

    try:
        served.page(page)
    except HTTPError:
        return False
    return True


@pytest.mark.proof
def test_a_whole_build_is_given_up_for_the_next_save_and_then_made(served: Served, project: Path) -> None:
    built = whole(served)
    for number in range(4):
        support.edit(project / BRIEF, "Comments are open" if number == 0 else f"Word{number - 1}", f"Word{number}")
        served.until(lambda number=number: f"Word{number}" in served.page("briefs/comments/"))
        time.sleep(1.7)
    served.until(lambda: whole(served) > built and "newer than its editions" not in served.page("briefs/comments/"))
    assert "Word3" in served.page("briefs/comments/")
    assert "Error" not in served.output and "Aborted" not in served.output


def test_the_first_pages_are_served_before_any_edition_is_made(running: Served) -> None:
    lines = [line for line in running.lines if "Serving on" in line or "editions are made now" in line or "Documentation built" in line]
    assert "Documentation built" in lines[0] and "Serving on" in "".join(lines[1:3]) and "editions are made now" in "".join(lines[1:3])


def test_files_that_came_went_or_changed_are_told(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    kept, changed, gone = tmp_path / "kept.md", tmp_path / "below/changed.md", tmp_path / "gone.md"
    for path in (kept, changed, gone):
        path.write_text("x")
    alone = tmp_path.parent / f"{tmp_path.name}.yml"
    alone.write_text("x")
    roots = [str(tmp_path), str(alone), str(tmp_path / "nowhere")]
    before = look_around(roots)
    assert changes(before, look_around(roots)) == frozenset()
    changed.write_text("longer")
    os.utime(alone, ns=(1, 1))
    gone.unlink()
    (tmp_path / "new.md").write_text("x")
    assert changes(before, look_around(roots)) == {str(changed), str(alone), str(gone), str(tmp_path / "new.md")}


def test_a_page_says_that_it_is_newer_than_its_editions_whether_or_not_something_is_wrong() -> None:
    page = "<main><p>Text</p></main>"
    alone = marked(page, [], "briefs/a.md", older=True)
    assert alone.count("<section") == 1 and ">This page is newer than its editions</h2>" in alone
    wrong = marked(alone, [("error", Problem("data", "briefs/a.md", 3, "Wrong."))], "briefs/a.md", older=True)
    assert wrong.count("<section") == 1 and "1 problem on this page" in wrong and "This page is newer than its editions. " in wrong
    assert marked(wrong, [], "briefs/a.md") == page
    assert marked("<p>No main part</p>", [], "", older=True) == "<p>No main part</p>"


def test_work_of_processes_is_given_up_at_once() -> None:
    class GivenUp(BaseException):
        pass

    asked = []

    def tick() -> None:
        asked.append(1)
        if len(asked) > 2:
            raise GivenUp

    crew = Crew(2)
    began = time.monotonic()
    with pytest.raises(GivenUp):
        list(crew.run([(time.sleep, (600,)), (time.sleep, (600,))], tick))
    crew.close()
    assert len(asked) == 3 and time.monotonic() - began < 300
    later: list[Callable[[], object]] = []
    assert list(Crew(2).run([(abs, (-1,)), (abs, (-2,))], lambda: later.append(print))) == [1, 2]
