"""Making editions: what is made again after an edit, what damage does, and what failures say."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from docx import Document

from hooks.cache import Cache
from hooks.citing.bibliography import load_bibliography
from hooks.editions import EditionError, making
from hooks.editions.produce import TEMPLATE_ID, Editions, Imprint, make_editions
from hooks.editions.progress import Progress
from hooks.editions.requests import SERIES_ID
from hooks.editions.workers import Crew, WorkerEnded
from hooks.series.load import load_series

from .. import support
from ..epubcheck import epubcheck

IMPRINT = Imprint("On the Record", "https://onrecord.example/", ("On the Record",), "Not legal advice.", "CC BY 4.0.", "A line")


@dataclass(frozen=True)
class Counting(Cache):
    """A cache that notes the kind of every entry that is written."""

    written: list[str] = field(default_factory=list)

    def put(self, kind: str, key: str, content: bytes) -> bytes:
        self.written.append(kind)
        return super().put(kind, key, content)


@pytest.fixture
def make(sample: Path, store: Path, fonts: Path, tmp_path: Path) -> Iterator[Callable[..., tuple[Editions, int]]]:
    """`make()`: the editions of the sample project, and how many were made rather than found."""

    # MkDocs, which is not at work here, would lead the address from the source to the page.
    support.edit(sample / "whitepaper/01-purpose.md", "(figures/", "(../figures/")

    def run(cache: Cache | None = None) -> tuple[Editions, int]:
        cache = cache or Cache(tmp_path / "editions")
        counting = Counting(cache.folder)
        series, _ = load_series(sample)
        bibliography, _ = load_bibliography(sample, Cache(store))
        rendered = support.render(sample, store)
        assert rendered.problems == ()
        editions = make_editions(sample, counting, series, rendered.site, bibliography, IMPRINT, fonts)
        return editions, len(counting.written)

    yield run


def test_editing_one_brief_makes_only_its_editions_and_the_series(make, sample: Path) -> None:
    before, written = make()
    assert before.problems == () and written == len(before.made) + len(before.word) + len(before.epub)
    assert make()[1] == 0
    support.edit(sample / "briefs/records.md", "## The issue", "A word more.\n\n## The issue")
    after, written = make()
    changed = {id_ for id_ in after.made if after.made[id_] != before.made[id_]}
    assert changed == {"ib-02", SERIES_ID}
    assert {id_ for id_ in after.word if after.word[id_] != before.word[id_]} == {"ib-02"}
    assert written == 3


def test_the_series_binds_every_publication_and_the_template_every_clause(make) -> None:
    editions, _ = make()
    assert SERIES_ID in editions.made and editions.made[SERIES_ID].pages > max(e.pages for id_, e in editions.made.items() if id_ != SERIES_ID)
    document = Document(io.BytesIO(editions.word[TEMPLATE_ID]))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings[0] == "Citizen conduct"
    assert any(run.style.name == "Blank" for p in document.paragraphs for run in p.runs)
    assert all(edition.checked for edition in editions.made.values())


def test_the_white_paper_alone_is_an_epub_and_a_valid_one(make, tmp_path: Path) -> None:
    editions, _ = make()
    assert list(editions.epub) == ["wp"] and "wp" not in editions.word
    file = tmp_path / "white-paper.epub"
    file.write_bytes(editions.epub["wp"])
    assert epubcheck(file) == []


def test_an_epub_that_cannot_be_made_names_the_source_and_spares_the_rest(make, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(request, fonts):
        raise EditionError(request.source, "pandoc says: out of luck")

    monkeypatch.setattr("hooks.editions.epub.make_epub", fail)
    editions, _ = make()
    assert editions.epub == {} and editions.made and editions.word
    told = "The EPUB edition cannot be made: pandoc says: out of luck"
    assert [(p.rule, p.path, p.message) for p in editions.problems] == [("edition", "whitepaper/index.md", told)]


def test_without_a_cache_the_same_bytes_come_out(make, tmp_path: Path) -> None:
    first, written = make(Cache(tmp_path / "one"))
    again, rewritten = make(Cache(tmp_path / "two"))
    assert written == rewritten > 0
    assert again.made == first.made and again.word == first.word and again.epub == first.epub


def test_a_damaged_entry_is_made_again(make, tmp_path: Path) -> None:
    before, _ = make()
    entries = sorted((tmp_path / "editions" / "editions").iterdir())
    entries[0].write_bytes(entries[0].read_bytes()[:-9] + b"otherwise")
    entries[1].write_bytes(b"")
    after, written = make()
    assert written == 2 and after.made == before.made and after.word == before.word and after.epub == before.epub


def test_what_a_killed_build_left_is_no_entry(make, tmp_path: Path) -> None:
    before, _ = make()
    folder = tmp_path / "editions" / "editions"
    victim = sorted(folder.iterdir())[0]
    victim.rename(folder / f".{victim.name[:40]}.killed")
    after, written = make()
    assert written == 1 and after.made == before.made


def test_a_cache_that_cannot_be_written_costs_time_only(make, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way of a folder")
    editions, _ = make(Cache(tmp_path / "file"))
    assert editions.problems == () and editions.made


def test_a_failing_engine_names_every_source(make, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(request, fonts):
        raise EditionError(request.source, "Typst says: out of luck")

    monkeypatch.setattr(making, "make_edition", fail)
    editions, _ = make()
    assert editions.made == {} and editions.word
    assert {p.path for p in editions.problems} >= {"briefs/comments.md", "briefs/records.md"}
    assert all(p.rule == "edition" and "out of luck" in p.message for p in editions.problems)


def test_a_full_disk_names_the_source(make, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.write_bytes

    def full(self: Path, data: bytes) -> int:
        if self.name in ("main.typ", "report.typ", "reference.docx"):
            raise OSError(28, "No space left on device")
        return real(self, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    editions, _ = make()
    assert not editions.made and not editions.word
    assert all("No space left on device" in p.message for p in editions.problems)
    assert "briefs/records.md" in {p.path for p in editions.problems}


def test_a_missing_engine_names_the_source_and_the_remedy(make, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "typst", None)
    editions, _ = make()
    assert "briefs/records.md" in {p.path for p in editions.problems}
    assert all("“typst” cannot be loaded" in p.message and "make site" in p.message for p in editions.problems)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_for_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hooks.editions.progress._PATIENCE", -1)
    for out, shown in ((Terminal(), True), (io.StringIO(), False)):
        progress = Progress("editions", 2, out)
        progress.step()
        progress.step()
        progress.end()
        assert ("2 of 2 editions" in out.getvalue()) is shown
        assert out.getvalue().endswith("\x1b[K") is shown


def test_worker_processes_make_the_same_files(make, sample: Path, store: Path, fonts: Path, tmp_path: Path) -> None:
    here, _ = make()
    series, _ = load_series(sample)
    bibliography, _ = load_bibliography(sample, Cache(store))
    crew = Crew(2)
    try:
        there = make_editions(sample, Cache(tmp_path / "other"), series, support.render(sample, store).site, bibliography, IMPRINT, fonts, run=crew.run)
    finally:
        crew.close()
    assert there == here and there.made and there.word and there.epub


def test_a_process_that_ends_names_its_source(make, sample: Path, store: Path, fonts: Path, tmp_path: Path) -> None:
    series, _ = load_series(sample)
    bibliography, _ = load_bibliography(sample, Cache(store))
    make()
    ended = make_editions(
        sample, Cache(tmp_path / "other"), series, support.render(sample, store).site, bibliography, IMPRINT, fonts,
        run=lambda calls: (WorkerEnded("signal SIGKILL") for _ in calls),
    )
    assert ended.made == {} and {p.path for p in ended.problems} >= {"briefs/comments.md", "briefs/records.md"}
    assert all("SIGKILL" in p.message and "memory" in p.remedy for p in ended.problems)
