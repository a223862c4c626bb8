"""The server that tests read the site from answers as a host would."""

from __future__ import annotations

import gzip
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.serving import guarded, served


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "about").mkdir()
    (tmp_path / "about/index.html").write_bytes(PAGE)
    (tmp_path / "font.woff2").write_bytes(b"font")
    (tmp_path / "_headers").write_text("/*\n  X-Content-Type-Options: nosniff\n", encoding="utf-8")
    return tmp_path


PAGE = b"<p>word</p>" * 100


def get(address: str, encoding: str = "gzip"):
    return urllib.request.urlopen(urllib.request.Request(address, headers={"Accept-Encoding": encoding}), timeout=10)


def test_text_is_compressed_for_those_who_take_it_and_the_headers_of_the_site_are_sent(folder: Path) -> None:
    with guarded(folder, compress=True) as address:
        with get(f"{address}about/") as answer:
            assert answer.headers["Content-Encoding"] == "gzip" and answer.headers["X-Content-Type-Options"] == "nosniff"
            assert gzip.decompress(answer.read()) == PAGE
        with get(f"{address}about/", "identity") as answer:
            assert answer.headers["Content-Encoding"] is None and answer.read() == PAGE
        with get(f"{address}font.woff2") as answer:
            assert answer.headers["Content-Encoding"] is None and answer.read() == b"font"
        with pytest.raises(urllib.error.HTTPError, match="404"):
            get(f"{address}nothing/")


def test_a_folder_has_a_slash_and_what_is_sent_is_told(folder: Path) -> None:
    asked, sent = [], {}
    with served(folder, before=asked.append, after=sent.__setitem__) as address, get(f"{address}about?x=1") as answer:
        assert answer.url == f"{address}about/?x=1" and answer.read() == PAGE
        assert answer.headers["X-Content-Type-Options"] is None
    assert asked == ["/about/"] and sent == {"/about/": len(PAGE)}
