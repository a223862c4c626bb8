# ruff: noqa: E501 (prose, and markup as it is written)
"""The Word edition: what survives from the HTML, what cannot get in, and equal bytes."""

from __future__ import annotations

import html
import io
import re
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pypandoc
import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from hooks.editions import EditionError
from hooks.editions.word import make_word

from .samples import full_request, request


def opened(data: bytes):
    return Document(io.BytesIO(data))


def styled_with_links(data: bytes, name: str) -> list[str]:
    """The text of paragraphs of a style, with that of their links."""
    paragraphs = [p for p in opened(data).paragraphs if p.style.name == name]
    return ["".join(node.text or "" for node in p._p.iter(qn("w:t"))) for p in paragraphs]


def xml(data: bytes, part: str = "word/document.xml"):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(part))


def styled(document, name: str) -> list[str]:
    return [p.text for p in document.paragraphs if p.style.name == name]


def texts(data: bytes, part: str = "word/document.xml") -> str:
    return "".join(node.text or "" for node in xml(data, part).iter(qn("w:t")))


@pytest.fixture(scope="module")
def full(fonts: Path) -> bytes:
    return make_word(full_request(), fonts)


def test_law_cited_is_one_run_of_text_for_each_group(full: bytes) -> None:
    run = "Persuasive in New York; passages read; as of November 22, 2026: Sample v. Example, 600 U.S. 1 (2024); Sample v. Sampleton, 1 Samp. 2d 3 (Sample Cir. 2019)."
    assert run in [re.sub(r"\s+", " ", text) for text in styled_with_links(full, "Bibliography")]


def test_headings_title_and_properties(full: bytes) -> None:
    document = opened(full)
    assert styled(document, "Title") == [full_request().title]
    assert styled(document, "Heading 1")[:4] == ["At a glance", "The issue", "What the rules say", "Choices"]
    assert "Three kinds of use" in styled(document, "Heading 2")
    properties = document.core_properties
    assert properties.title == full_request().full_title and properties.language == "en-US"
    assert properties.author == "; ".join(full_request().authors) and properties.identifier == full_request().permalink
    assert properties.created.date() == properties.modified.date() == full_request().revised
    languages = {node.get(qn("w:val")) for node in xml(full, "word/styles.xml").iter(qn("w:lang"))}
    assert "en-US" in languages


def test_an_address_that_nobody_can_have_is_not_handed_on_as_one_that_works(full: bytes, fonts: Path) -> None:
    said = texts(full)
    assert "Made from a copy without a public address." in said and "onrecord.example/id/" not in said
    address = "https://guide.ny.gov/id/ib-08/"
    public = texts(make_word(request("<p>Words.</p>", permalink=address, cite_as=f"A body. 2026. {address}."), fonts))
    assert f"Permanent address: {address}" in public and f"A body. 2026. {address}." in public


def widths(rows: list[list[str]], fonts: Path) -> list[float]:
    """The parts of the line that the columns of such a table take."""
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    made = make_word(request(html=f'<h2 id="a">A</h2><figure class="table"><table><tbody>{body}</tbody></table></figure>'), fonts)
    (grid,) = xml(made).iter(qn("w:tblGrid"))
    columns = [int(column.get(qn("w:w"))) for column in grid]
    return [column / sum(columns) for column in columns]


def test_a_column_of_a_table_is_as_wide_as_its_longest_word(fonts: Path) -> None:
    left, narrow, right = widths([["Many words that are short, one after the other, go on and on. " * 4, "Superintendents", "All that is said of it. " * 9]], fonts)
    assert narrow >= 17 / 70 - 0.01 and left > narrow < right
    assert abs(left / right - ((63 * 4) ** 0.5 / (24 * 9) ** 0.5)) < 0.05, "the others share what is left as before"


def test_an_address_may_be_cut_and_words_without_room_share_the_line(fonts: Path) -> None:
    address, words = widths([["records.example/about/retention/schedules/2022", "Some words that are short. " * 20]], fonts)
    assert address < 0.35 < words
    shares = widths([["Superintendents"] * 6 + ["a"]], fonts)
    assert shares[0] == pytest.approx(shares[5], abs=0.01) and shares[6] < shares[0]


def test_tables_repeat_their_head_and_name_their_rows(full: bytes) -> None:
    tables = opened(full).tables
    assert tables
    for table in tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:firstColumn")) == "1"
    assert any(text.startswith("Table 1.") for text in styled(opened(full), "Table Caption"))


def test_callouts_recommendations_and_clauses_keep_their_styles(full: bytes) -> None:
    document = opened(full)
    names = {p.style.name for p in document.paragraphs}
    assert {
        "Part Mark",
        "Case Label",
        "Case Title",
        "Law Label",
        "Law Title",
        "Recommendation",
        "Recommendation Note",
        "Clause Label",
        "Clause Text",
        "Bibliography",
    } <= names
    assert any(re.match(r"8\.1\s", text) for text in styled(document, "Recommendation"))
    assert {"Caveat", "Strength"} <= {style.get(qn("w:val")) for style in xml(full).iter(qn("w:rStyle"))}
    assert any(re.match(r"8\.1\s+Law points this way\n", text) for text in styled(document, "Recommendation"))
    assert {run.style.name for p in document.paragraphs for run in p.runs if run.text.startswith("[")} >= {"Blank"}


def test_footnotes_are_footnotes(full: bytes) -> None:
    assert len(list(xml(full).iter(qn("w:footnoteReference")))) >= 1
    assert "A footnote stands" in texts(full, "word/footnotes.xml")
    assert "A footnote stands" not in texts(full)


def test_figures_have_their_alternative_and_no_copy_of_the_image(full: bytes) -> None:
    alternatives = [node.get("descr") for node in xml(full).iter(qn("wp:docPr"))]
    assert "Three boxes side by side: agency use, professional use and personal use." in alternatives
    assert all(node.get("descr") is None for node in xml(full).iter(qn("pic:cNvPr")))
    with zipfile.ZipFile(io.BytesIO(full)) as archive:
        pictures = [archive.read(name) for name in archive.namelist() if name.startswith("word/media/")]
    assert pictures and all(data.startswith(b"\x89PNG") for data in pictures)


def test_a_passage_keeps_its_language(full: bytes) -> None:
    marked = "".join(
        "".join(t.text or "" for t in run.iter(qn("w:t")))
        for run in xml(full).iter(qn("w:r"))
        if any(n.get(qn("w:val")) == "es" for n in run.iter(qn("w:lang")))
    )
    assert "libertad" in marked


def test_links_lead_to_places_that_are_there(full: bytes) -> None:
    tree = xml(full)
    marks = {node.get(qn("w:name")) for node in tree.iter(qn("w:bookmarkStart"))}
    inside = {node.get(qn("w:anchor")) for node in tree.iter(qn("w:hyperlink")) if node.get(qn("w:anchor"))}
    assert inside and inside <= marks
    relations = xml(full, "word/_rels/document.xml.rels")
    outside = {node.get("Target") for node in relations if node.get("TargetMode") == "External"}
    assert outside and all(re.match(r"(https?|mailto|tel):", target) for target in outside)


def test_all_words_of_the_article_are_there(full: bytes, fonts: Path) -> None:
    from lxml.html import fragment_fromstring

    from hooks.editions.vocabulary import classes, dropped

    root = fragment_fromstring(full_request().html, create_parent="div")
    for node in list(root.iter()):
        if dropped(node) or "footnote" in classes(node) or "footnote-ref" in classes(node):
            node.drop_tree()
    written = re.sub(r"\W", "", texts(full))
    for node in root.iter("p", "h2", "h3", "th", "dt"):
        assert re.sub(r"\W", "", node.text_content()) in written, node.text_content()[:60]


def test_equal_requests_give_equal_bytes(full: bytes, fonts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert make_word(full_request(), fonts) == full
    assert make_word(full_request(revised=date(2026, 12, 2)), fonts) != full
    with zipfile.ZipFile(io.BytesIO(full)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"


HOSTILE = [
    '{ HYPERLINK "https://evil.example" }', "{{ PAGE }}", "<w:fldSimple w:instr='DDEAUTO c:\\\\cmd'/>", "</w:t></w:r><w:r><w:instrText>DDE</w:instrText>",
    "<script>alert(1)</script>", "<?xml version='1.0'?>", "`{=openxml}<w:p/>`", "```{=html}\n<b>x</b>\n```", "$x^2$ \\(y\\) \\[z\\]", "\\input{/etc/passwd}",
    '#read("/etc/passwd")', "local f = io.open('/etc/passwd')", "::: {custom-style='Title'}", "![x](file:///etc/passwd)", "*a* _b_ **c** ~d~", "&lt;b&gt; &amp;amp;", "=cmd|' /C calc'!A0",
]  # fmt: skip


def test_what_is_taken_out_alone_begins_a_page(fonts: Path) -> None:
    made = make_word(request('<h2 id="why">Why</h2><p>So.</p><h2 id="policy" class="own-page">Policy</h2><p>Do.</p><h2 id="more">More</h2>'), fonts)
    before = [p.text for p in opened(made).paragraphs if p.paragraph_format.page_break_before]
    assert before == ["Policy"]


def test_hostile_text_is_printed_as_it_stands(fonts: Path) -> None:
    made = make_word(request("".join(f"<p>{html.escape(text)}</p>" for text in HOSTILE)), fonts)
    paragraphs = [p.text for p in opened(made).paragraphs]
    for text in HOSTILE:
        assert " ".join(text.split()) in paragraphs
    tree = xml(made)
    assert not list(tree.iter(qn("w:instrText"), qn("w:fldSimple"), qn("w:fldChar")))
    assert "root:" not in texts(made)


def test_hostile_front_matter_is_printed_as_it_stands(fonts: Path) -> None:
    text = HOSTILE[3]
    made = make_word(
        request(
            title=text,
            subtitle=text,
            summary=text,
            cite_as=text,
            licence=text,
            series=text,
            elements=(text,),
            edition=text,
            authors=(text,),
            history=((text, text, text),),
        ),
        fonts,
    )
    assert styled(opened(made), "Title") == [text] and opened(made).core_properties.title == f"{text}: {text}"
    assert not list(xml(made).iter(qn("w:instrText"), qn("w:fldSimple")))


@pytest.mark.parametrize(("body", "message"), [
    ("<script>x</script>", "cannot print the element <script>"),
    ('<p class="strange">x</p>', "the class 'strange'"),
    ('<p><img src="a.png"></p>', "no text alternative"),
    ('<p><img alt="x" src="https://evil.example/a.png"></p>', "is missing"),
    ('<p><a href="javascript:alert(1)">x</a></p>', "cannot be followed"),
    ('<p>x<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup></p>', "has no text"),
])  # fmt: skip
def test_what_word_could_not_keep_is_refused(fonts: Path, body: str, message: str) -> None:
    with pytest.raises(EditionError) as caught:
        make_word(request(body), fonts)
    assert message in caught.value.message and caught.value.source == request().source


def test_a_failing_pandoc_names_the_source(fonts: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "pandoc"
    broken.write_text("#!/bin/sh\necho out of memory >&2\nexit 251\n")
    broken.chmod(0o755)
    make_word(request(), fonts)  # so that the reference document is there
    monkeypatch.setattr(pypandoc, "get_pandoc_path", lambda: str(broken))
    with pytest.raises(EditionError, match=r"citizen-conduct\.md: pandoc says: out of memory"):
        make_word(request(), fonts)


def test_a_missing_pandoc_names_the_source_and_the_package(fonts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_word(request(), fonts)

    def missing() -> str:
        raise OSError("no pandoc")

    monkeypatch.setattr(pypandoc, "get_pandoc_path", missing)
    with pytest.raises(EditionError, match=r"citizen-conduct.md: pandoc is not installed.*pypandoc_binary"):
        make_word(request(), fonts)


def test_an_endless_pandoc_names_the_source(fonts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(*given, timeout: float, **settings):
        raise subprocess.TimeoutExpired("pandoc", timeout)

    make_word(request(), fonts)
    monkeypatch.setattr(subprocess, "run", endless)
    with pytest.raises(EditionError, match=r"citizen-conduct\.md: pandoc did not end within 180 seconds"):
        make_word(request(), fonts)
