"""The writer: article HTML to Typst code, by the goldens in cases.yml."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from hooks.editions import EditionError
from hooks.editions.writer import write_article

from .samples import EVEN, full_request, request

CASES = yaml.safe_load((Path(__file__).parent / "cases.yml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict[str, str]) -> None:
    made = request(case["html"], images={"a.svg": b"<svg/>", "a.tiff": b""})
    if "error" in case:
        with pytest.raises(EditionError) as caught:
            write_article(made, lambda: EVEN)
        assert caught.value.message == case["error"]
        assert str(caught.value).startswith("briefs/citizen-conduct.md: ")
    else:
        assert write_article(made, lambda: EVEN).code == case["typst"]


def test_every_printed_id_is_an_anchor_and_no_other() -> None:
    article = write_article(full_request(1), lambda: EVEN)
    assert {"at-a-glance", "issue", "p-1", "li-1", "three-uses", "options", "ib-08-r1", "fn:1",
            "fnref:1", "clause-comment-policy", "ref-sample2024",
            "cite-sample2024-2"} <= set(article.anchors)
    assert "pv-3" not in article.anchors
    assert len(set(article.anchors)) == len(article.anchors)


def test_what_is_taken_out_alone_begins_a_page() -> None:
    code = write_article(request('<h2 id="why">Why</h2><h2 id="policy" class="own-page">Policy</h2>'), lambda: EVEN).code
    assert code.count("pagebreak(weak: true)") == 1
    assert code.index('"Why"') < code.index("pagebreak(weak: true)") < code.index('"Policy"')


def test_images_are_renamed_so_that_no_path_comes_from_the_author() -> None:
    article = write_article(request('<p><img alt="A" src="../../etc/x.svg"></p>',
                                    images={"../../etc/x.svg": b"<svg/>"}), lambda: EVEN)
    assert article.images == {"image-1.svg": b"<svg/>"}


def test_row_headers_are_planned() -> None:
    tables = write_article(full_request(1), lambda: EVEN).tables
    assert [table.row_headers for table in tables] == [
        (frozenset({0}),) * 4, (frozenset(), frozenset())]
