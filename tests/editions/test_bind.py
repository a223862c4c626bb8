# ruff: noqa: E501 (prose, and markup as it is written)
"""Several pages bound into one: ids, links, headings, one bibliography."""

from __future__ import annotations

from pathlib import Path

from hooks.core.tree import fragment, text_of
from hooks.editions import make_edition, validate_pdf
from hooks.editions.bind import Part, bind

from .reading import read
from .samples import request

ONE = (
    '<h2 id="issue">Issue</h2><p id="p1">See <a class="xref" href="../two/#issue">there</a>, <a href="#p1">here</a>, <a href="../../law/#x">law</a>, '
    '<a class="citation__ref" href="#ref-b2" id="cite-b2-1">B</a>, <a href="../two/">two</a>.</p>'
    '<section class="references" id="references"><h2 id="references-title">References</h2><ul class="references__list">'
    '<li id="ref-b2" class="reference">Émile, B. 2020.</li><li id="ref-z" class="reference">Zed. 2021.</li></ul></section>'
    '<section class="authorities" id="law-cited"><h2 id="law-cited-title">Law cited</h2><dl class="authorities__list"><dt data-order="01">Controlling</dt><dd><a href="../../law/#c">Law C</a>, 3</dd><dt data-order="20">Advisory</dt><dd><a href="../../law/#b">Law B</a>, 2</dd></dl></section>'
)
TWO = (
    '<h2 id="issue">Issue</h2><h3 id="deep">Deep</h3><p>Two <a class="citation__ref" href="#ref-a1">A</a>, <a href="../one/#ref-z">Z</a>.</p><h2 id="only-web">Only on the web</h2><div class="web-only"><p>x</p></div>'
    '<section class="references" id="references"><h2 id="references-title">References</h2><ul class="references__list">'
    '<li id="ref-a1" class="reference">Abel. 2019.</li><li id="ref-b2" class="reference">Émile, B. 2020.</li></ul></section>'
    '<section class="authorities" id="law-cited"><h2 id="law-cited-title">Law cited</h2><dl class="authorities__list"><dt data-order="01">Controlling</dt><dd><a href="../../law/#a">Law A</a>, 1</dd>\n<dd><a href="../../law/#c">Law  C</a>, 3</dd><dt data-order="10">Persuasive</dt><dd>Law D</dd></dl></section>'
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


def test_law_cited_is_one_list_whose_groups_hold_the_entries_of_all_parts() -> None:
    (listing,) = fragment(bound()).find_class("authorities__list")
    assert [(node.tag, text_of(node)) for node in listing] == [
        ("dt", "Controlling"), ("dd", "Law A, 1"), ("dd", "Law C, 3"), ("dt", "Persuasive"), ("dd", "Law D"), ("dt", "Advisory"), ("dd", "Law B, 2")]  # fmt: skip


def test_what_the_days_of_the_law_mean_is_said_once() -> None:
    said = "<p>What the days mean.</p>"
    parts = [Part(name, name, f"briefs/{name}/", html.replace('<dl class="authorities__list">', f'{said}<dl class="authorities__list">'))
             for name, html in (("one", ONE), ("two", TWO))]  # fmt: skip
    assert bind("", "series.pdf", parts).count(said) == 1 and said not in bound()


def test_the_marks_are_explained_once_in_their_order_and_lead_there() -> None:
    def key(*marks: str) -> str:
        entries = "".join(f'<dt id="mark-{mark}">{mark}</dt><dd>What {mark} means.</dd>' for mark in marks)
        text = "".join(f'<p>Said. <a class="caveat" href="#mark-{mark}">{mark}</a></p>' for mark in marks)
        return f'{text}<section class="key" id="marks" aria-labelledby="marks-title"><h2 id="marks-title">What the marks mean</h2><dl>{entries}</dl></section>'

    parts = [Part("ib-01", "One", "briefs/one/", key("inferred", "practice")), Part("ib-02", "Two", "briefs/two/", key("reported", "inferred"))]
    listed = '<h2 id="chapters">Chapters</h2><div class="web-only">x</div><section'
    root = fragment(bind(f"<p>Opening.</p>{key('reported').replace('<section', listed, 1)}", "series.pdf", parts))
    (section,) = root.find_class("key")
    assert [text_of(node) for node in section.iter("dt")] == ["practice", "reported", "inferred"]
    assert [link.get("href") for link in root.find_class("caveat")] == [f"#mark-{mark}" for mark in ("reported", "inferred", "practice", "reported", "inferred")]
    assert [text_of(node) for node in root.iter("h2")] == ["One", "Two", "What the marks mean"]
    (where,) = root.xpath("//*[@id='chapters']")
    assert where.tag == "p", "a heading with nothing left below it goes, its address stays"


def test_headings_step_down_and_empty_ones_go() -> None:
    root = fragment(bound())
    assert [(node.tag, text_of(node)) for node in root.iter("h2", "h3", "h4", "h5")] == [
        ("h2", "One"), ("h3", "Issue"), ("h2", "Two"), ("h3", "Issue"), ("h4", "Deep"), ("h2", "References"), ("h2", "Law cited")]  # fmt: skip


def test_the_volume_is_one_document_with_pages_and_parts(fonts: Path) -> None:
    made = make_edition(request(bound(), contents=True, bound=True, history=()), fonts)
    assert validate_pdf(made.pdf) == []
    reading = read(made.pdf)
    places = reading.destinations()
    downward = [(places[name][0], -places[name][1]) for name in ("ib-01", "ib-02", "references-title")]
    assert downward == sorted(downward)
    assert reading.tags.every("TOC")
    # A reference to another part names its page.
    assert f"there (page\u00a0{places['ib-02.issue'][0]})" in reading.tags.text()
