"""Making editions: what is made again after an edit, what damage does, and what failures say."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from docx import Document

from hooks.citing.bibliography import load_bibliography
from hooks.core.cache import Cache
from hooks.core.problems import told
from hooks.core.workers import Crew, WorkerEnded
from hooks.editions import EditionError, EditionRequest, compile, produce
from hooks.editions.produce import TEMPLATE_ID, Editions, Progress, begin_editions
from hooks.editions.requests import Imprint, Sources, publication_request
from hooks.series.addresses import SERIES_ID
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
def printed(sample: Path) -> Path:
    """The sample, as it is printed: MkDocs, which is not at work here, would lead the address from the source to the page."""
    support.edit(sample / "whitepaper/01-purpose.md", "(figures/", "(../figures/")
    return sample


@pytest.fixture
def make(printed: Path, store: Path, fonts: Path, tmp_path: Path) -> Callable[..., tuple[Editions, int]]:
    """`make()`: the editions of the sample project, and how many were made rather than found."""

    def run(cache: Cache | None = None) -> tuple[Editions, int]:
        cache = cache or Cache(tmp_path / "editions")
        counting = Counting(cache.folder)
        series, _ = load_series(printed)
        bibliography, _ = load_bibliography(printed, Cache(store))
        rendered = support.render(printed, store)
        assert rendered.problems == ()
        editions = begin_editions(printed, counting, series, rendered.site, bibliography, IMPRINT, fonts)()
        return editions, counting.written.count("editions")

    return run


@pytest.fixture
def kept(make, made_once, tmp_path: Path) -> tuple[Editions, int]:
    """What `make()` finds of the sample in a cache that an earlier build has filled."""
    filled = made_once("editions of the sample", lambda folder: make(Cache(folder)))
    shutil.copytree(filled, tmp_path / "editions")
    return make()


@pytest.mark.proof
def test_editing_one_brief_makes_only_its_editions_and_the_series(make, sample: Path) -> None:
    before, written = make()
    assert before.problems == () and written == len(before.made) + sum(map(len, before.files.values()))
    assert make()[1] == 0
    support.edit(sample / "briefs/records.md", "## The issue", "A word more.\n\n## The issue")
    after, written = make()
    changed = {id_ for id_ in after.made if after.made[id_] != before.made[id_]}
    assert changed == {"ib-02", SERIES_ID}
    for files, others in zip(after.files.values(), before.files.values(), strict=True):
        assert {id_ for id_ in files if files[id_] != others[id_]} <= {"ib-02"}
    assert written == 2 + sum("ib-02" in files for files in after.files.values())


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the editions for which a request is made, as they are made."""
    names: list[str] = []

    def counted(name: str) -> None:
        make_request = getattr(produce, name)

        def request(*arguments):
            made = make_request(*arguments)
            names.append(made.pub_id if made else f"{name}: none")
            return made

        monkeypatch.setattr(produce, name, request)

    for name in ("request_of", "series_request", "slides_request", "handout_request", "sheets_request", "key_request", "card_request", "template_request"):
        counted(name)
    return names


def wanted(asked: list[str]) -> list[str]:
    return [id_ for id_ in asked if not id_.endswith(": none")]


def test_a_build_in_which_nothing_changed_makes_no_request(make, asked: list[str]) -> None:
    before, _ = make()
    # A sheet is another thing in each form, and asks for each.
    assert sorted(set(wanted(asked))) == sorted({*before.made, TEMPLATE_ID}) and len(wanted(asked)) == len(set(wanted(asked))) + 2 * 2
    asked.clear()
    again, written = make()
    assert asked == [] and written == 0
    assert again.made == before.made and again.files == before.files


@pytest.mark.parametrize(
    ("path", "old", "new", "requested"),
    [
        ("briefs/records.md", "## The issue", "A word more.\n\n## The issue", {"ib-02", SERIES_ID}),
        pytest.param("whitepaper/01-purpose.md", "## ", "A word more.\n\n## ", {"wp", "wp-01", SERIES_ID}, marks=pytest.mark.proof),
        # What a page says elsewhere of this one: its title.
        pytest.param("briefs/records.md", "title: ", "title: New ", None, marks=pytest.mark.proof),
        pytest.param("whitepaper/figures/two-steps.svg", "<svg ", "<!-- drawn anew --><svg ", {"wp", "wp-01", SERIES_ID}, marks=pytest.mark.proof),
        pytest.param("docs/literature/sample.bib", "{Counting Comments}", "{Counting All Comments}", None, marks=pytest.mark.proof),
    ],
)
def test_only_what_changed_is_requested(make, kept, asked: list[str], sample: Path, path: str, old: str, new: str, requested: set[str] | None) -> None:
    asked.clear()
    support.edit(sample / path, old, new)
    after, _ = make()
    # A card goes with its brief.
    assert asked and (requested is None or {id_.removesuffix("-card") for id_ in wanted(asked)} == requested)
    served = [id_ for id_ in wanted(asked) if id_ not in ("now-01", "ss-01")]
    assert len(served) == len(set(served)), "one request serves every format, but of a sheet"
    # Whatever is not requested anew is what a build without a cache makes.
    asked.clear()
    fresh, _ = make(Cache(sample / "no cache yet"))
    assert after.made == fresh.made and after.files == fresh.files


def test_a_request_that_comes_out_the_same_makes_no_edition_anew(make, kept, asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    asked.clear()
    monkeypatch.setattr("hooks.editions.inputs.code_digest", lambda module: "other code that makes the same requests")
    _, written = make()
    assert "ib-01" in asked and written == 0


def test_the_series_binds_every_publication_and_the_template_every_clause(kept) -> None:
    editions, _ = kept
    assert SERIES_ID in editions.made and editions.made[SERIES_ID].pages > max(e.pages for id_, e in editions.made.items() if id_ != SERIES_ID)
    document = Document(io.BytesIO(editions.files["word"][TEMPLATE_ID]))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings[0] == "1. Citizen conduct"
    assert any(run.style.name == "Blank" for p in document.paragraphs for run in p.runs)
    assert all(edition.checked for edition in editions.made.values())


@pytest.mark.proof
def test_the_white_paper_alone_is_an_epub_and_a_valid_one(kept, tmp_path: Path) -> None:
    editions, _ = kept
    assert list(editions.files["epub"]) == ["wp"] and "wp" not in editions.files["word"]
    file = tmp_path / "white-paper.epub"
    file.write_bytes(editions.files["epub"]["wp"])
    assert epubcheck(file) == []


@pytest.mark.proof
def test_an_epub_that_cannot_be_made_names_the_source_and_spares_the_rest(make, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(request, fonts):
        raise EditionError(request.source, "pandoc says: out of luck")

    monkeypatch.setattr("hooks.editions.epub.make_epub", fail)
    editions, _ = make()
    assert editions.files["epub"] == {} and editions.made and editions.files["word"]
    told = "The EPUB edition cannot be made: pandoc says: out of luck."
    assert [(p.rule, p.path, p.message) for p in editions.problems] == [("edition", "whitepaper/index.md", told)]


@pytest.mark.proof
def test_without_a_cache_the_same_bytes_come_out(make, tmp_path: Path) -> None:
    first, written = make(Cache(tmp_path / "one"))
    again, rewritten = make(Cache(tmp_path / "two"))
    assert written == rewritten > 0
    assert again.made == first.made and again.files == first.files


def test_a_damaged_entry_is_made_again(make, kept, tmp_path: Path) -> None:
    before, _ = kept
    entries = sorted((tmp_path / "editions" / "editions").iterdir())
    entries[0].write_bytes(entries[0].read_bytes()[:-9] + b"otherwise")
    entries[1].write_bytes(b"")
    after, written = make()
    assert written == 2 and after.made == before.made and after.files == before.files


def test_what_a_killed_build_left_is_no_entry(make, kept, tmp_path: Path) -> None:
    before, _ = kept
    folder = tmp_path / "editions" / "editions"
    victim = sorted(folder.iterdir())[0]
    victim.rename(folder / f".{victim.name[:40]}.killed")
    after, written = make()
    assert written == 1 and after.made == before.made


@pytest.mark.proof
def test_a_cache_that_cannot_be_written_costs_time_only(make, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way of a folder")
    editions, _ = make(Cache(tmp_path / "file"))
    assert editions.problems == () and editions.made


def test_a_failing_engine_names_every_source(make, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(request, *rest):
        raise EditionError(request.source, "Typst says: out of luck")

    monkeypatch.setattr(compile, "_compile", fail)
    editions, _ = make()
    assert editions.made == {} and editions.files["word"]
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
    assert not editions.made and not editions.files["word"]
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
    monkeypatch.setattr("hooks.editions.produce._PATIENCE", -1)
    for out, shown in ((Terminal(), True), (io.StringIO(), False)):
        progress = Progress("editions", 2, out)
        progress.step()
        progress.step()
        progress.end()
        assert ("2 of 2 editions" in out.getvalue()) is shown
        assert out.getvalue().endswith("\x1b[K") is shown


@pytest.mark.proof
def test_worker_processes_make_the_same_files(kept, sample: Path, store: Path, fonts: Path, tmp_path: Path) -> None:
    here, _ = kept
    series, _ = load_series(sample)
    bibliography, _ = load_bibliography(sample, Cache(store))
    crew = Crew(2)
    try:
        site = support.render(sample, store).site
        there = begin_editions(sample, Cache(tmp_path / "other"), series, site, bibliography, IMPRINT, fonts, run=crew.run)()
    finally:
        crew.close()
    assert there == here and there.made and there.files["word"] and there.files["epub"]


def test_a_process_that_ends_names_its_source(printed: Path, store: Path, fonts: Path, tmp_path: Path) -> None:
    series, _ = load_series(printed)
    bibliography, _ = load_bibliography(printed, Cache(store))
    ended = begin_editions(
        printed, Cache(tmp_path / "other"), series, support.render(printed, store).site, bibliography, IMPRINT, fonts,
        run=lambda calls: (WorkerEnded("signal SIGKILL") for _ in calls),
    )()
    assert ended.made == {} and {p.path for p in ended.problems} >= {"briefs/comments.md", "briefs/records.md"}
    assert all("SIGKILL" in p.message and "memory" in p.remedy for p in ended.problems)


@pytest.mark.proof
def test_an_edition_is_made_anew_where_code_changed_that_it_depends_on_in_any_room(make, kept, monkeypatch: pytest.MonkeyPatch) -> None:
    assert kept[1] == 0
    asked: list[str] = []
    monkeypatch.setattr(produce, "code_digest", lambda module: asked.append(module) or "changed")
    # What the code depends on has a test of its own: tests/test_code.py.
    assert make()[1] > 0 and asked == ["hooks.editions.volume"]


def test_an_edition_is_made_anew_where_a_font_changed_even_one_of_the_same_size(make, fonts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = Path(shutil.copytree(fonts, tmp_path / "fonts"))
    before = produce._engine_key(own)
    assert produce._engine_key(fonts) == before
    face = next(own.glob("*.ttf"))
    content = face.read_bytes()
    face.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    assert produce._engine_key(own) != before
    face.write_bytes(content)
    assert produce._engine_key(own) == before
    face.unlink()
    assert produce._engine_key(own) != before


@pytest.fixture
def refuse(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[EditionRequest], bool]], None]:
    """`refuse(what)`: nothing is made for a request of which `what` is true."""
    compile_ = compile._compile

    def patch(what: Callable[[EditionRequest], bool]) -> None:
        def made(request, *rest):
            if what(request):
                raise EditionError(request.source, "it holds what cannot be printed")
            return compile_(request, *rest)

        monkeypatch.setattr(compile, "_compile", made)

    return patch


def test_what_cannot_be_printed_is_reported_for_its_own_file_and_not_for_the_volumes_that_bind_it(make, refuse) -> None:
    # As a publication, and as a part of the series.
    refuse(lambda request: request.pub_id == "ib-01")
    editions, _ = make()
    problems = [str(problem) for _, problem in told(editions.problems, {})]
    assert problems == ["briefs/comments.md: The PDF edition cannot be made: it holds what cannot be printed. [edition]"]
    assert SERIES_ID not in editions.made


@pytest.mark.proof
@pytest.mark.parametrize(
    ("form", "id_", "path"), [("part", "ib-01", "briefs/comments.md"), ("volume", SERIES_ID, "whitepaper"), ("feet", SERIES_ID, "whitepaper")]
)
def test_what_only_the_bound_series_cannot_hold_is_reported_where_it_stands(make, refuse, form: str, id_: str, path: str) -> None:
    refuse(lambda request: (request.form, request.pub_id) == (form, id_))
    editions, _ = make()
    (problem,) = [str(problem) for _, problem in told(editions.problems, {})]
    assert problem == f"{path}: The PDF edition cannot be made: it holds what cannot be printed. [edition]"
    assert SERIES_ID not in editions.made and "ib-01" in editions.made


def test_a_title_that_is_a_question_takes_no_colon_on_page_or_paper(sample: Path, store: Path) -> None:
    support.edit(sample / "briefs/comments.md", "title: Public comments", "title: May we hide it?")
    series, _ = load_series(sample)
    bibliography, _ = load_bibliography(sample, Cache(store))
    brief = series.briefs["comments"]
    request = publication_request(brief, Sources(sample, series, support.render(sample, store).site, bibliography, IMPRINT))
    assert request.full_title == brief.full_title == "May we hide it? What a page may hide"
