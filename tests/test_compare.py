"""The comparison of two built sites."""

import io
import zipfile

import pikepdf
import pytest

from tests.compare import compare, main


@pytest.fixture
def sites(tmp_path):
    for name in ("before", "after"):
        (tmp_path / name / "briefs").mkdir(parents=True)
        (tmp_path / name / "index.html").write_text("<p>One\n<p>Two, the same\n", encoding="utf-8")
    return tmp_path / "before", tmp_path / "after"


def packed(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in members.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    return out.getvalue()


def printed(title, content=b"q Q", attachment=None):
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.pages[0].Contents = pdf.make_stream(content)
        pdf.docinfo["/Title"] = title
        if attachment:
            pdf.attachments["source.md"] = pikepdf.AttachedFileSpec(pdf, attachment, creation_date="D:20260101000000Z", mod_date="D:20260101000000Z")
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def test_equal_sites(sites, capsys):
    assert compare(*sites) == []
    assert main([str(folder) for folder in sites]) == 0
    assert capsys.readouterr().out == "The same: 1 files.\n"


def test_added_gone_and_changed(sites, capsys):
    before, after = sites
    (before / "old.txt").write_text("x", encoding="utf-8")
    (after / "briefs/new.txt").write_text("x", encoding="utf-8")
    (after / "index.html").write_text("<p>One\n<p>Two, not the same\n", encoding="utf-8")
    lines = compare(before, after)
    assert [line.split(":")[0] for line in lines] == ["added    briefs/new.txt", "differs  index.html", "gone     old.txt"]
    assert "line 2, column 9\n         - '<p>Two, the same'\n         + '<p>Two, not the same'" in lines[1]
    assert main([str(folder) for folder in sites]) == 1
    assert capsys.readouterr().out.endswith("1 differ, 1 added, 1 gone.\n")


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("a.txt", b"one\n", b"one\ntwo\n", "line 2, column 1\n"),
        ("a.txt", b"one", b"one\ntwo", "line 2 on stands only after: 'two'"),
        ("a.png", b"\xff\x00\x01", b"\xff\x00\x02", "3 bytes before, 3 after; the first that differs is number 3"),
        ("a.docx", packed(a="1", b="2"), packed(a="1", b="3"), "member b: line 1, column 1"),
        ("a.epub", packed(a="1"), packed(a="1", c="2"), "members before only: [], after only: ['c']"),
        ("a.epub", packed(a="1"), b"no archive", "the first that differs is number 1"),
        ("a.pdf", printed("A"), printed("B"), "document information /Title: A before, B after"),
        ("a.pdf", printed("A"), printed("A", b"q 1 w Q"), "page 1: line "),
        ("a.pdf", printed("A", attachment=b"one"), printed("A", attachment=b"two"), "attachment source.md: line 1, column 1"),
        ("a.pdf", printed("A"), b"%PDF-broken", "the first that differs"),
    ],
)
def test_where_a_file_differs(sites, name, old, new, words):
    before, after = sites
    (before / name).write_bytes(old)
    (after / name).write_bytes(new)
    (line,) = compare(before, after)
    assert line.startswith(f"differs  {name}: ") and words in line


def test_a_folder_that_is_no_site(sites, capsys):
    assert main([str(sites[0]), str(sites[0] / "briefs")]) == 2
    assert main([str(sites[0])]) == 2
    assert "two built sites" in capsys.readouterr().err
