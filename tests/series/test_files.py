"""What may lie in the folders of sources. The sample with one more file is what an author has on disk."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from hooks.series.files import LARGEST, check_addresses, check_names, check_readable, check_written
from hooks.series.sources import files_under, is_left_over

from .. import support

PAGE = "---\ntitle: A page\n---\n\nText.\n"


def put(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(PAGE, encoding="utf-8")


def told(root: Path) -> list[str]:
    return [str(problem) for problem in [*check_readable(root), *check_names(root), *check_addresses(root)]]


def test_the_sample_and_the_series_itself_are_as_they_should_be(sample: Path) -> None:
    assert told(sample) == []
    assert told(support.ROOT) == []
    assert told(sample / "nothing") == []


@pytest.mark.parametrize("path", ["briefs/x.md", "briefs/x.png", "docs/x.md", "docs/law/x.yml", "whitepaper/figures/x.svg", "search.yml", "links.lock"])
@pytest.mark.parametrize("target", ["/etc/passwd", "/nowhere", "docs/index.md", ".", "/dev/zero"])
def test_a_link_is_refused_wherever_it_leads(sample: Path, path: str, target: str) -> None:
    (sample / path).unlink(missing_ok=True)
    (sample / path).symlink_to(target)
    message = "This is a link to another place, which would be published as if it were a source. Put the file itself here, or take the link out. [file]"
    assert told(sample) == [f"{path}: {message}"]
    assert path not in files_under(sample, path.partition("/")[0])


def test_a_folder_that_is_a_link_is_refused(sample: Path) -> None:
    (sample / "docs/loop").symlink_to(".")
    assert [line.partition(": ")[0] for line in told(sample)] == ["docs/loop"]
    (sample / "docs/loop").unlink()
    (sample / "briefs").rename(sample / "others")
    (sample / "briefs").symlink_to("others")
    assert told(sample)[0].startswith("briefs: This is a link")


@pytest.mark.parametrize("path", ["docs/pipe.md", "briefs/pipe.png", "search.yml"])
def test_a_pipe_is_refused_and_not_opened(sample: Path, path: str) -> None:
    (sample / path).unlink(missing_ok=True)
    os.mkfifo(sample / path)
    assert told(sample) == [f"{path}: This is no ordinary file. Take it out, or put a file of text or a picture in its place. [file]"]


def test_a_folder_where_a_file_should_be_is_refused(sample: Path) -> None:
    for name in ("links.lock", "links.moved", "search.yml"):
        (sample / name).unlink(missing_ok=True)
        (sample / name).mkdir()
    assert [line.partition(" Take")[0] for line in told(sample)] == [f"{n}: This is no ordinary file." for n in ("links.lock", "links.moved", "search.yml")]


def test_a_source_that_cannot_be_read_is_named(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.open

    def refuse(self: Path, *given: str) -> object:
        if self.name == "comments.md":
            raise PermissionError(13, "Permission denied", str(self))
        return real(self, *given)

    monkeypatch.setattr(Path, "open", refuse)
    remedy = "Give whoever runs the build leave to read it, or take it out. [file]"
    assert [str(p) for p in check_readable(sample)] == [f"briefs/comments.md: This cannot be read: Permission denied. {remedy}"]


@pytest.mark.parametrize(
    ("path", "better"),
    [
        ("briefs/my trial.md", "my-trial.md"),
        ("briefs/Records.md", "records.md"),
        ("briefs/a#b.md", "a-b.md"),
        ("briefs/a?b.md", "a-b.md"),
        ("briefs/a%20b.md", "a-20b.md"),
        ("briefs/a\nb.md", "a-b.md"),
        ("briefs/r\u00e9sum\u00e9.md", "resume.md"),
        ("briefs/re\u0301sume\u0301.md", "resume.md"),
        ("briefs/-a.md", "a.md"),
        ("docs/\u4e2d.md", "name.md"),
        ("docs/README.md", "index.md"),
    ],
)
def test_a_page_s_name_that_makes_no_address_is_told_with_one_that_does(sample: Path, path: str, better: str) -> None:
    put(sample, path)
    message = f"{path}: A page's name is its address, and this one makes none. Use lower-case letters, digits and hyphens: {better}. [file]"
    assert [line for line in told(sample) if line.endswith("[file]")] == [message]


AS_IT_IS = (
    "This would be published as it is, and {}/ holds pages, pictures, and the data of figures. Take it out, or put it into docs/ if readers are to have it."
)
ALIKE = "This page would have the address of {}. Rename one of the files"
NUMBER = "; a number before the name does not count."
CAPITALS = "This name differs from that of {} only by capitals. Rename one: many disks take the two for one."


@pytest.mark.parametrize(
    ("path", "told_of"),
    [
        ("whitepaper/figures/two steps.svg", "A file's name is its address, and this one makes none. Use letters, digits and hyphens: two-steps.svg."),
        ("docs/my folder/a.md", "“my folder” is no name for a folder of the site. Use letters, digits and hyphens: my-folder."),
        ("briefs/notes.txt", AS_IT_IS.format("briefs")),
        ("whitepaper/draft.docx", AS_IT_IS.format("whitepaper")),
        ("briefs/x.html", AS_IT_IS.format("briefs")),
        ("briefs/data.yml", AS_IT_IS.format("briefs")),
        ("docs/x.markdown", "This would be no page of the series. Name it x.md."),
        ("briefs/x.MD", "This would be no page of the series. Name it x.md."),
        ("docs/briefs/comments.md", "In the site, briefs/ holds what lies in briefs/. Move it there."),
        ("docs/white-paper/x.md", "In the site, white-paper/ holds what lies in whitepaper/. Give the folder another name."),
        ("docs/assets/site.css", "In the site, assets/ holds the styles and scripts of the site. Give the folder another name."),
    ],
)
def test_a_file_that_does_not_belong_is_told(sample: Path, path: str, told_of: str) -> None:
    put(sample, path)
    found = [line for line in told(sample) if line.endswith("[file]")]
    assert found == [f"{path}: {told_of} [file]"]


def test_what_editors_and_systems_leave_is_no_source(sample: Path) -> None:
    names = ("comments.md~", ".comments.md.swp", "#comments.md#", ".#comments.md", "~$plan.docx", "Thumbs.db", "desktop.ini", "comments.md.bak")
    put(sample, *(f"{folder}/{name}" for folder in ("briefs", "docs/about") for name in names))
    assert all(is_left_over(name) for name in names)
    assert told(sample) == []
    assert not any(name in path for folder in ("briefs", "docs") for path in files_under(sample, folder) for name in names)


@pytest.mark.parametrize(
    ("paths", "problem"),
    [
        (("docs/foo.md", "docs/foo/index.md"), "docs/foo/index.md: This page would have the address of docs/foo.md, foo/. Rename one of the files."),
        (("docs/a.png", "docs/A.png"), f"docs/a.png: {CAPITALS.format('docs/A.png')}"),
        (("docs/Foo/a.png", "docs/foo/a.png"), f"docs/foo/a.png: {CAPITALS.format('docs/Foo/a.png')}"),
        (("whitepaper/02-purpose.md",), f"whitepaper/02-purpose.md: {ALIKE.format('whitepaper/01-purpose.md, white-paper/purpose/')}{NUMBER}"),
        (("docs/course/05-x.md", "docs/course/x.md"), f"docs/course/x.md: {ALIKE.format('docs/course/05-x.md, course/x/')}."),
        (
            ("briefs/comments/index.html",),
            "briefs/comments/index.html: This file would have the address of briefs/comments.md, briefs/comments/. Rename one of the files.",
        ),
    ],
)
def test_two_sources_of_one_address(sample: Path, paths: tuple[str, ...], problem: str) -> None:
    put(sample, *paths)
    found = [str(p) for p in check_addresses(sample)]
    assert found == [f"{problem} [id]"]


def test_a_page_beside_the_one_that_the_build_makes_of_a_record(sample: Path) -> None:
    put(sample, "docs/law/sample/index.md")
    made = ["docs/law/sample.md"]
    assert [str(p) for p in check_addresses(sample, made)] == [
        "docs/law/sample/index.md: This page would have the address of docs/law/sample.md, law/sample/. Rename one of the files. [id]"
    ]
    (sample / "docs/law/sample/index.md").unlink()
    put(sample, "docs/law/sample.md")
    assert check_addresses(sample, made) == []


def test_a_source_at_the_address_of_a_file_that_the_build_writes(sample: Path) -> None:
    put(sample, "docs/catalogue.json")
    assert [str(p) for p in check_written(sample, (), ["catalogue.json", "feed.xml"])] == [
        "docs/catalogue.json: The build itself writes a file of this address, catalogue.json. Give this file another name. [id]"
    ]


def test_the_whole_build_refuses_and_leaves_out(sample: Path, build: Callable[..., support.Built]) -> None:
    (sample / "briefs/secret.md").symlink_to("/etc/passwd")
    put(sample, "docs/about/index.md~", "briefs/Thumbs.db")
    bare = {"extra": {"series": {"editions": []}}}
    for strict in (True, False):
        refused = build(sample, strict=strict, **bare)
        assert refused.status != 0 and "briefs/secret.md: This is a link to another place" in refused.output
        assert not refused.site.exists()
    (sample / "briefs/secret.md").unlink()
    built = build(sample, **bare)
    assert built.status == 0, built.output
    assert not [path for path in support.contents(built.site) if path.endswith(("~", ".db"))]
    put(sample, "docs/catalogue.json")
    refused = build(sample, **bare)
    assert "docs/catalogue.json: The build itself writes a file of this address" in refused.output


@pytest.mark.parametrize("path", ["briefs/long.md", "docs/law/long.yml", "docs/literature/long.bib"])
def test_a_text_that_no_parser_takes_whole_is_refused(sample: Path, path: str) -> None:
    (sample / path).write_bytes(b"w" * (LARGEST + 100_000))
    remedy = "Divide it: what reads pages lets go of longer ones without a word."
    assert [str(problem) for problem in check_readable(sample)] == [f"{path}: This file has 5.1 million bytes; a text can have 5 million. {remedy} [file]"]
    (sample / path).write_bytes(b"w" * LARGEST)
    assert check_readable(sample) == []
