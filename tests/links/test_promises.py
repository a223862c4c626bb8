"""Links that last: links.lock, moves, redirects, old editions."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest

from hooks.core.tree import fragment, text_of
from hooks.series.lock import HEADER, Promise, read_lock, write_lock
from hooks.series.moves import Move, Moves
from hooks.site.promises import broken, main, record
from hooks.site.redirects import moved_files, moved_pages
from tests.support import edit

BRIEF = "briefs/comments.md"


def destinations(pdf: bytes) -> set[str]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return set(pikepdf.NameTree(document.Root.Names.Dests).keys())


def test_the_lock_is_plain_sorted_and_reads_back(tmp_path: Path) -> None:
    promises = [Promise("b/#p-1", "passage", "issue", "00ff"), Promise("b/", "page"), Promise("a/#p-2", "passage", "", "0123")]
    write_lock(tmp_path, promises)
    text = (tmp_path / "links.lock").read_text()
    assert text == HEADER + "a/#p-2 passage - 0123\nb/ page\nb/#p-1 passage issue 00ff\n"
    assert read_lock(tmp_path) == ({item.address: item for item in promises}, [])


@pytest.mark.parametrize("row", ["<<<<<<< ours", "briefs/x/", "briefs/x/ passage issue", "briefs/x/ nonsense"])
def test_a_damaged_line_is_reported_and_not_recorded_over(tmp_path: Path, row: str) -> None:
    (tmp_path / "links.lock").write_text(f"{HEADER}a/ page\n{row}\n")
    promises, problems = read_lock(tmp_path)
    assert list(promises) == ["a/"]
    remedy = "Keep all lines of both sides of a merge; then run `make links`."
    assert [str(item) for item in problems] == [f"links.lock:5: “{row}” is no promise. {remedy} [link-promise]"]
    (tmp_path / ".site.promises").write_text("[]")
    with pytest.raises(ValueError, match="no promise"):
        record(tmp_path)


def test_recording_needs_a_build(tmp_path: Path, capsys) -> None:
    assert main(["--record"], tmp_path) == 1
    assert "make site" in capsys.readouterr().err


def test_recording_takes_nothing_away(tmp_path: Path) -> None:
    write_lock(tmp_path, [Promise("old/", "page")])
    (tmp_path / ".site.promises").write_text('[["new/", "page", "", ""]]')
    assert "1 new, 2 in all" in record(tmp_path)
    assert set(read_lock(tmp_path)[0]) == {"old/", "new/"}


def test_what_a_build_offers_is_recorded_and_then_builds_without_a_note(recorded: Path, build) -> None:
    promised, _ = read_lock(recorded)
    for address, kind in {
        "briefs/comments/": "page",
        "briefs/comments/#issue": "heading",
        "briefs/comments/#ways": "table",
        "briefs/comments/#ib-01-r1": "recommendation",
        "briefs/comments/#clause-comment-rules": "clause",
        "law/#sample-comments": "anchor",
        "law/sample-comments/": "page",
        "glossary/#forum": "anchor",
        "literature/#ref-sampleson2013first": "anchor",
        "briefs/comments/comments.pdf": "file",
        "briefs/comments/comments-ed2.pdf": "file",
        "briefs/comments/comments.pdf#nameddest=issue": "place",
        "catalogue.json": "file",
        "id/ib-01/": "page",
        "id/ib-01-r1/": "page",
    }.items():
        assert promised[address].kind == kind
    passages = [item for item in promised.values() if item.kind == "passage" and item.address.startswith("briefs/comments/#")]
    assert len(passages) > 12
    assert all(f"briefs/comments/comments.pdf#nameddest={item.address.partition('#')[2]}" in promised for item in passages)
    assert not any("#ref-" in address or "#cite-" in address or "#fn" in address for address in promised if address.startswith("briefs/"))
    done = build(recorded)
    assert done.status == 0
    assert "not promised" not in done.output
    before = (recorded / "links.lock").read_bytes()
    assert main(["--record"], recorded) == 0
    assert (recorded / "links.lock").read_bytes() == before


def test_new_addresses_are_a_note(recorded: Path, build) -> None:
    edit(recorded / BRIEF, "## Practice {#practice}", "## Practice {#practice}\n\nA passage that is new.\n\n### More {#more}")
    done = build(recorded)
    assert done.status == 0
    assert "addresses are not promised yet" in done.output


@pytest.mark.parametrize(
    ("old", "new", "gone"),
    [
        ("{#rules}", "{#the-rules}", "briefs/comments/#rules"),
        ("/// table-caption | ways", "/// table-caption | two-ways", "briefs/comments/#ways"),
        ("- Keep what you hide.", "- Say nothing of it to anybody.", "briefs/comments/#p-"),
        ("| comment-rules", "| comments", "briefs/comments/#clause-comment-rules"),
    ],
)
def test_a_promise_that_is_gone_stops_the_build_and_is_named(recorded: Path, build, old: str, new: str, gone: str) -> None:
    for path in recorded.glob("briefs/*.md"):
        text = path.read_text().replace(old, new)
        path.write_text(text.replace("(table:ways)", "(table:two-ways)").replace("comments/ways)", "comments/two-ways)") if "two-ways" in new else text)
    done = build(recorded)
    assert done.status != 0
    assert f"The promised address “{gone}" in done.output
    assert "[link-promise]" in done.output


def test_a_changed_passage_keeps_its_promise(recorded: Path, build) -> None:
    edit(recorded / BRIEF, "Residents of Sample County answer back on its page.", "Residents of Sample County often answer back on its page.")
    done = build(recorded)
    assert done.status == 0, done.output
    assert "not promised" not in done.output


def test_a_renamed_anchor_is_kept_on_page_and_paper(recorded: Path, build) -> None:
    edit(recorded / BRIEF, "{#rules}", "{#the-rules}")
    edit(recorded / BRIEF, "status: current", 'status: current\naliases: ["#rules -> #the-rules"]')
    done = build(recorded)
    assert done.status == 0, done.output
    assert 'id="rules"' in done.page("briefs/comments/index.html")
    assert {"rules", "the-rules"} <= destinations((done.site / "briefs/comments/comments.pdf").read_bytes())


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("#rules", "The rule on comments is Sample Comments Act § 1. A record that is hidden is still a record, as the retention rule says, subd. 2."),
        ("#clause-comment-rules", "Clause 1-A · Comments"),
        ("#ways", "Open"),
    ],
)
def test_an_old_place_is_in_the_first_line_of_what_it_named(sample: Path, render, place: str, line: str) -> None:
    edit(sample / BRIEF, "status: current", f'status: current\naliases: ["#old -> {place}"]')
    mark = fragment(render(sample).html(BRIEF)).get_element_by_id("old")
    assert mark.getprevious() is None and not mark.getparent().text
    assert text_of(mark.getparent()) == line


def test_a_renamed_brief_leads_on_with_all_its_files(recorded: Path, build) -> None:
    (recorded / "briefs/comments.md").rename(recorded / "briefs/public-comments.md")
    reported = [line for line in build(recorded).output.splitlines() if "series: " in line]
    assert len(reported) == 1 and "“comments” is now called “public-comments”" in reported[0]
    edit(recorded / "briefs/public-comments.md", "status: current", "status: current\naliases: [comments]")
    done = build(recorded)
    assert done.status == 0, done.output
    page = done.page("briefs/comments/index.html")
    assert '<link rel="canonical" href="https://onrecord.example/briefs/public-comments/">' in page
    assert 'href="../public-comments/">Public comments</a>' in page
    assert "assets/moved.js" in page
    site = done.site
    assert (site / "briefs/comments/comments.pdf").read_bytes() == (site / "briefs/public-comments/public-comments.pdf").read_bytes()
    assert 'href="../../public-comments/public-comments.pdf"' in (site / "briefs/comments/comments-ed2.pdf/index.html").read_text(encoding="utf-8")
    assert (site / "assets/moved.js").exists()


URL = "briefs/comments/"
WRITE = "Write “old-slug”, “#old -> #new” or “briefs/old/#x -> #y”."


@pytest.mark.parametrize(
    ("alias", "message"),
    [
        ("#x -> #nowhere", f"“{URL}#x” leads to “{URL}#nowhere”, which is not there. Give an address or anchor of the site."),
        ("old -> brief:none", f"“old -> brief:none” is not understood. {WRITE}"),
        ("#issue -> #rules", "The anchor “#issue” is still on this page. An alias is for an anchor that has gone; take it out."),
        ("records", "“briefs/records/” is still there. An alias is for an address that has gone; take it out."),
        ("../up", f"“../up” is not understood. {WRITE}"),
        ("https://elsewhere.example/", f"“https://elsewhere.example/” is not understood. {WRITE}"),
        ("#x -> #x", "“#x -> #x” leads to itself. Take it out."),
    ],
)
def test_a_bad_alias_is_named_with_its_line(sample: Path, build, alias: str, message: str) -> None:
    edit(sample / BRIEF, "status: current", f'aliases:\n  - "{alias}"\nstatus: current')
    done = build(sample)
    assert done.status != 0
    line = (sample / BRIEF).read_text().split("\n").index(f'  - "{alias}"') + 1
    assert f"{BRIEF}:{line}: {message} [alias]" in done.output


def test_an_anchor_that_went_to_another_page_says_so(sample: Path, build) -> None:
    edit(sample / BRIEF, "status: current", 'status: current\naliases: ["#keeping -> brief:records#issue"]')
    done = build(sample)
    assert done.status == 0, done.output
    page = done.page("briefs/comments/index.html")
    assert 'What was here under “keeping” is now at <a href="../records/#issue">' in page
    assert "keeping" in destinations((done.site / "briefs/comments/comments.pdf").read_bytes())


def test_a_page_of_no_publication_moves_by_links_moved(sample: Path, build) -> None:
    (sample / "links.moved").write_text("# A note\nlaw/#was -> law/sample-comments/\ndictionary/ -> glossary/\n")
    done = build(sample)
    assert done.status == 0, done.output
    assert 'href="../glossary/"' in done.page("dictionary/index.html")
    assert 'id="was"' in done.page("law/index.html")


def test_an_edition_that_is_not_kept_is_missed(recorded: Path, build) -> None:
    edit(recorded / BRIEF, "edition: 2\n", "edition: 3\n")
    edit(recorded / BRIEF, "changes:\n", "changes:\n  - {edition: 3, date: 2026-06-01, note: Third.}\n")
    said = build(recorded).output
    assert "comments-ed2.pdf” (file) is gone" in said and "`make edition`" in said


def test_moves_follow_each_other_and_never_in_circles() -> None:
    moves = Moves(pages={"a/": Move("a/", "b/", "x"), "b/": Move("b/", "c/", "x"), "r/": Move("r/", "s/", "x"), "s/": Move("s/", "r/", "x")})
    assert moves.target("a/#here") == "c/#here"
    assert moves.target("r/") in {"r/", "s/"}
    assert broken({"a/#here": Promise("a/#here", "heading")}, {"c/#here"}, moves) == []
    assert [item.address for item in broken({"r/": Promise("r/", "page")}, {"c/"}, moves)] == ["r/"]


def test_redirect_pages_escape_what_they_print() -> None:
    move = Move("old/", "new/", "x")
    page = moved_pages(Moves((move,), {"old/": move}), {"new/": '<script>"&'})["old/index.html"]
    assert '<script>"' not in page
    assert "&lt;script&gt;" in page


def test_files_of_a_moved_page_keep_their_bytes() -> None:
    move = Move("briefs/old/", "briefs/new/", "x")
    files = {
        "briefs/new/new.pdf": b"1",
        "briefs/new/new-ed1.pdf": b"2",
        "briefs/new/new.bib": b"3",
        "briefs/new/card.png": b"5",
        "briefs/new/index.html": b"6",
        "briefs/newer/newer.pdf": b"4",
    }
    assert moved_files(Moves((move,), {"briefs/old/": move}), files) == {
        "briefs/old/old.pdf": b"1",
        "briefs/old/old-ed1.pdf": b"2",
        "briefs/old/old.bib": b"3",
        "briefs/old/card.png": b"5",
    }
