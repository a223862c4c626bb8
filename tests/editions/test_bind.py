# ruff: noqa: E501 (prose, and markup as it is written)
"""Several pages bound into one: ids, links, headings, one bibliography."""

from __future__ import annotations

from pathlib import Path

from hooks.editions import make_edition, validate_pdf
from hooks.editions.bind import Part, bind
from hooks.pages.tree import fragment, text_of

from .reading import read
from .samples import request

ONE = (
    '<h2 id="issue">Issue</h2><p id="p1">See <a class="xref" href="../two/#issue">there</a>, <a href="#p1">here</a>, <a href="../../law/#x">law</a>, '
    '<a class="citation__ref" href="#ref-b2" id="cite-b2-1">B</a>, <a href="../two/">two</a>.</p>'
    '<section class="references" id="references"><h2 id="references-title">References</h2><ul class="references__list">'
    '<li id="ref-b2" class="reference">Émile, B. 2020.</li><li id="ref-z" class="reference">Zed. 2021.</li></ul></section>'
    '<section class="authorities" id="law-cited"><h2 id="law-cited-title">Law cited</h2><ul class="authorities__list"><li><strong>Law A</strong>, 1. <a href="../../law/#a">In the register</a>.</li></ul></section>'
)
TWO = (
    '<h2 id="issue">Issue</h2><h3 id="deep">Deep</h3><p>Two <a class="citation__ref" href="#ref-a1">A</a>, <a href="../one/#ref-z">Z</a>.</p><h2 id="only-web">Only on the web</h2><div class="web-only"><p>x</p></div>'
    '<section class="references" id="references"><h2 id="references-title">References</h2><ul class="references__list">'
    '<li id="ref-a1" class="reference">Abel. 2019.</li><li id="ref-b2" class="reference">Émile, B. 2020.</li></ul></section>'
    '<section class="authorities" id="law-cited"><h2 id="law-cited-title">Law cited</h2><ul class="authorities__list"><li><strong>Law A</strong>, 1. <a href="../../law/#a">In the register</a>.</li></ul></section>'
)


def bound() -> str:
    return bind(
        '<p>Opening, <a href="briefs/two/#deep">deep</a>.</p>',
        "series.pdf",
        [Part("ib-01", "One", "briefs/one/", ONE, facts="Edition 1"), Part("ib-02", "Two", "briefs/two/", TWO, summary="Summed up", head="2")],
    )


def test_ids_are_unique_and_links_lead_to_them() -> None:
    root = fragment(bound())
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    assert {"ib-01", "ib-01.issue", "ib-02.issue", "ref-b2"} <= set(ids)
    links = {text_of(link): link.get("href") for link in root.iter("a")}
    assert links["deep"] == "#ib-02.deep" and links["there"] == "#ib-02.issue" and links["two"] == "#ib-02" and links["here"] == "#ib-01.p1"
    assert links["B"] == "#ref-b2" and links["Z"] == "#ref-z" and links["law"] == "law/#x"
    assert all(href[1:] in ids for href in links.values() if href.startswith("#"))


def test_there_is_one_bibliography_in_order_with_each_entry_once() -> None:
    root = fragment(bound())
    assert [text_of(item) for item in root.find_class("reference")] == ["Abel. 2019.", "Émile, B. 2020.", "Zed. 2021."]
    assert len(root.find_class("references__list")) == len(root.find_class("authorities__list")) == 1
    assert [text_of(item) for item in root.find_class("authorities__list")[0]] == ["Law A, 1. In the register."]


def test_headings_step_down_and_empty_ones_go() -> None:
    root = fragment(bound())
    assert [(node.tag, text_of(node)) for node in root.iter("h2", "h3", "h4", "h5")] == [
        ("h2", "One"), ("h3", "Issue"), ("h2", "Two"), ("h3", "Issue"), ("h4", "Deep"), ("h2", "References"), ("h2", "Law cited")]  # fmt: skip


def test_the_volume_is_one_document_with_pages_and_parts(fonts: Path) -> None:
    made = make_edition(request(bound(), contents=True, bound=True, history=()), fonts)
    assert validate_pdf(made.pdf) == []
    reading = read(made.pdf)
    places = reading.destinations()
    assert places["ib-01"][0] < places["ib-02"][0] < places["references-title"][0]
    assert reading.tags.every("TOC")
    # A reference to another part names its page.
    assert f"there\u00a0(page\u00a0{places['ib-02.issue'][0]})" in reading.tags.text()
