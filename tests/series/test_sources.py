"""Where sources are, and what becomes of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from hooks.series import sources
from hooks.series.kinds import COURSE_KINDS
from tests.support import ROOT


@pytest.mark.parametrize(
    ("path", "dest", "url"),
    [
        ("briefs/records.md", "briefs/records/index.html", "briefs/records/"),
        ("briefs/index.md", "briefs/index.html", "briefs/"),
        ("briefs/08-records.md", "briefs/records/index.html", "briefs/records/"),
        ("whitepaper/index.md", "white-paper/index.html", "white-paper/"),
        ("whitepaper/03-elements.md", "white-paper/elements/index.html", "white-paper/elements/"),
        ("whitepaper/figures/three-uses.svg", "white-paper/figures/three-uses.svg", "white-paper/figures/three-uses.svg"),
        ("briefs/data.2024.csv", "briefs/data.2024.csv", "briefs/data.2024.csv"),
    ],
)
def test_the_address_of_a_source(path: str, dest: str, url: str) -> None:
    assert sources.destination(path) == dest
    assert sources.url_of(dest) == url


@pytest.mark.parametrize(
    ("path", "kind", "url"),
    [
        ("docs/course/index.md", "course", "course/"),
        ("docs/course/05-comments.md", "course-module", "course/comments/"),
        ("docs/course/workbook.md", "course-workbook", "course/workbook/"),
        ("docs/course/final-check.md", "course-check", "course/final-check/"),
        ("docs/course/packs/day.md", "course-pack", "course/day/"),
    ],
)
def test_a_publication_of_the_course(path: str, kind: str, url: str, tmp_path: Path) -> None:
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text("Text.\n")
    (found,) = sources.publications(tmp_path)
    assert (found[0].path, sources.url_of(found[0].dest), found[1]) == (path, url, kind)
    assert kind in COURSE_KINDS


@pytest.mark.parametrize("path", ["objectives.md", "slides/comments.md", "keys/comments.md", "packs/more/day.md"])
def test_what_is_no_publication_of_the_course(path: str, tmp_path: Path) -> None:
    file = tmp_path / "docs/course" / path
    file.parent.mkdir(parents=True)
    file.write_text("Text.\n")
    assert list(sources.publications(tmp_path)) == []


def test_exercises_stand_beside_the_modules_on_pages_that_are_no_publications(tmp_path: Path) -> None:
    for path in ("objectives.md", "practice.md", "practice.yml", "index.md", "05-comments.md", "workbook.md", "final-check.md", "packs/day.md", "keys/one.md"):
        file = tmp_path / "docs/course" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("Text.\n")
    assert sources.beside_modules(tmp_path) == ["docs/course/objectives.md", "docs/course/practice.md"]


@pytest.mark.parametrize(
    ("path", "slug"), [("whitepaper/03-elements.md", "elements"), ("briefs/records.md", "records"), ("a/2024.md", "2024"), ("a/10-2-x.md", "2-x")]
)
def test_the_slug_of_a_file(path: str, slug: str) -> None:
    assert sources.slug_of(path) == slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\nid: a\n---\nBody\n", ("id: a\n", "Body\n", 4)),
        ("---\nid: a\n...\nBody\n", ("id: a\n", "Body\n", 4)),
        ("---\nid: a\n---", ("id: a\n", "", 3)),
        ("---  \nid: a\n---\t\n\nBody\n", ("id: a\n", "\nBody\n", 4)),
        ("---\n---\nBody\n", ("", "Body\n", 3)),
        ("---\na: |\n  ---\nb: 2\n---\nBody\n---\n", ("a: |\n  ---\nb: 2\n", "Body\n---\n", 6)),
        ("---\nid: a\nBody\n", (None, "---\nid: a\nBody\n", 1)),
        ("\n---\nid: a\n---\n", (None, "\n---\nid: a\n---\n", 1)),
        ("----\nid: a\n----\n", (None, "----\nid: a\n----\n", 1)),
        ("Body\n", (None, "Body\n", 1)),
        ("", (None, "", 1)),
    ],
)
def test_front_matter_is_split_off(text: str, expected: tuple) -> None:
    assert sources.split_front_matter(text) == expected


def test_text_is_read_whatever_editor_wrote_it(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbfCaf\xc3\xa9\r\nTwo\n")
    assert sources.read_text(tmp_path, "a.md") == "Café\nTwo\n"


def test_a_file_that_is_not_utf8_has_no_text_but_a_line(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"One\nTwo\nCaf\xe9\n")
    assert sources.read_text(tmp_path, "a.md") is None
    assert str(sources.not_utf8(tmp_path, "a.md")).startswith("a.md:3: This file is not UTF-8. Save the file as UTF-8")


def test_files_are_listed_in_order_without_hidden_ones(tmp_path: Path) -> None:
    for name in ("b.md", "a.md", "sub/c.md", "d.bib", ".hidden.md", ".obsidian/e.md"):
        (tmp_path / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "docs" / name).touch()
    assert sources.files_under(tmp_path, "docs", ".md") == ["docs/a.md", "docs/b.md", "docs/sub/c.md"]
    assert sources.files_under(tmp_path, "docs") == ["docs/a.md", "docs/b.md", "docs/d.bib", "docs/sub/c.md"]
    assert sources.files_under(tmp_path, "missing") == []


def test_every_file_of_the_two_folders_is_mounted(sample: Path) -> None:
    assert {mount.path: mount.dest for mount in sources.mounts(sample)} == {
        "briefs/comments.md": "briefs/comments/index.html",
        "briefs/index.md": "briefs/index.html",
        "briefs/records.md": "briefs/records/index.html",
        "whitepaper/01-purpose.md": "white-paper/purpose/index.html",
        "whitepaper/figures/two-steps.svg": "white-paper/figures/two-steps.svg",
        "whitepaper/index.md": "white-paper/index.html",
    }


@pytest.mark.parametrize(
    "path",
    [
        sources.BRIEFS, sources.PAPER, sources.CASES, sources.INTERVIEWS, sources.CORRECTIONS, sources.CHANGES, sources.COURSE_PAGE, sources.SLIDES,
        sources.DECKS, sources.KEYS, sources.PACKS, sources.LAW, sources.TERMS, sources.PLATFORMS, sources.ROLES, sources.TOOLS, sources.QUESTIONS,
        sources.LITERATURE, sources.ANNOTATIONS,
    ],
)  # fmt: skip
def test_what_has_a_place_of_its_own_stands_there(path: str) -> None:
    assert (ROOT / path).exists()
