"""The offline edition: links that a disk can follow, and everything else as it was."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from hooks.site.offline import README, archive, main, offline_files, offline_page, on_disk


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("../law/#foil", "../law/index.html#foil"),
        ("../", "../index.html"),
        ("..", "../index.html"),
        (".", "./index.html"),
        ("./", "./index.html"),
        ("../?level=county", "../index.html?level=county"),
        ("../records/records.pdf", "../records/records.pdf"),
        ("#top", "#top"),
        ("?topic=records#cases", "?topic=records#cases"),
        ("https://onrecord.example/id/ib-01/", "https://onrecord.example/id/ib-01/"),
        ("//other.example/x/", "//other.example/x/"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("/absolute/", "/absolute/"),
    ],
)
def test_a_link_to_a_folder_names_its_page(link: str, expected: str) -> None:
    assert on_disk(link) == expected


def test_only_links_change() -> None:
    page = (
        '<!doctype html>\n<html><head><link rel="preload" href="a.woff2" as="font"><link rel="stylesheet" href="a.css">\n'
        '<link rel="canonical" href="https://onrecord.example/law/"><noscript><meta http-equiv="refresh" content="0; url=../law/"></noscript>\n'
        '<script type="application/ld+json">{"a": "<a href=\\"../x/\\">", "b": 1}</script></head>\n'
        '<body>\u2028<!-- <a href="../x/"> --><p title="a &amp; b">A&nbsp;&lt;b&gt;'
        ' <a class="c" href="../x/?a=1&amp;b=2#y">X</a>\r\n<a id="z">Z</a></p></body></html>\n'
    )
    expected = (
        page.replace('<link rel="preload" href="a.woff2" as="font">', "")
        .replace("url=../law/", "url=../law/index.html")
        .replace('href="../x/?a=1&amp;b=2#y"', 'href="../x/index.html?a=1&amp;b=2#y"')
    )
    assert offline_page(page) == expected


def test_a_form_leads_to_a_page_too() -> None:
    assert offline_page('<form method="get" action="../search/">') == '<form method="get" action="../search/index.html">'
    assert offline_page("<form>") == "<form>"


def test_a_link_that_is_not_written_as_the_build_writes_it_is_refused() -> None:
    with pytest.raises(ValueError, match="double quotes"):
        offline_page("<a href='../x/'>X</a>")


def test_what_serves_only_the_web_is_left_out(tmp_path: Path) -> None:
    for name in ("index.html", "404.html", "_headers", "_hosting/nginx.conf", "sitemap.xml.gz", "law/index.html", "law/a.pdf"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("<p>x</p>")
    assert set(offline_files(tmp_path)) == {README, "index.html", "law/index.html", "law/a.pdf"}


def test_equal_sites_give_equal_archives() -> None:
    first, second = archive({"b": b"2", "a/ü.txt": b"1"}, "site"), archive({"a/ü.txt": b"1", "b": b"2"}, "site")
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as packed:
        assert packed.testzip() is None
        assert packed.namelist() == ["site/a/ü.txt", "site/b"]


def test_the_command_packs_a_site_and_says_so_where_there_is_none(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    site, target = tmp_path / "site", tmp_path / "series.zip"
    assert main([str(site), str(target)]) == 1
    assert "make site" in capsys.readouterr().err
    assert main([str(site)]) == 2
    site.mkdir()
    (site / "index.html").write_text('<a href="law/">Law</a>')
    assert main([str(site), str(target)]) == 0
    with zipfile.ZipFile(target) as packed:
        assert packed.read("series/index.html") == b'<a href="law/index.html">Law</a>'
