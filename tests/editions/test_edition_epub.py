# ruff: noqa: E501 (prose, and markup as it is written)
"""The EPUB edition: what survives from the HTML, what cannot get in, and equal bytes."""

from __future__ import annotations

import html
import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from lxml import etree
from lxml.html import fragment_fromstring

from hooks.editions import EditionError
from hooks.editions.bind import Part, bind
from hooks.editions.epub import make_epub
from hooks.editions.vocabulary import classes, dropped
from tests.epubcheck import epubcheck

from .books import NAMES, Book, opened, words
from .samples import full_request, request


@pytest.fixture(scope="module")
def data(fonts: Path) -> bytes:
    return make_epub(full_request(), fonts)


@pytest.fixture(scope="module")
def full(data: bytes) -> Book:
    return opened(data)


@pytest.fixture
def book(fonts: Path):
    """`book(html, …)`: the book of a small request."""
    return lambda body, **changes: opened(make_epub(request(body, **changes), fonts))


def bound() -> str:
    """A volume of two chapters that share a source and refer to each other's table."""
    glance = '<section class="glance" id="at-a-glance" aria-labelledby="g"><h2 id="g">At a glance</h2><dl><dt>Decide</dt><dd id="d">Now.</dd></dl></section>'
    table = '<figure class="table" id="t"><table><thead><tr><th scope="col">A</th></tr></thead><tbody><tr><th scope="row">1</th></tr></tbody></table></figure>'
    references = '<section class="references" id="references"><h2 id="references-title">References</h2><ul class="references__list"><li id="ref-a" class="reference">A.</li></ul></section>'
    one = f'{glance}<h2 id="x">X</h2><p id="p"><a class="citation__ref" href="#ref-a">A</a> <a href="../two/#t">Table 2</a></p>{table}{references}'
    two = f'{glance}<h2 id="x">X</h2><p><a class="citation__ref" href="#ref-a">A</a> <a href="../one/#p">p</a> <a href="../../law/#z">z</a></p>{table}{references}'
    parts = [Part("wp-01", "1. One", "white-paper/one/", one, summary="First."), Part("wp-02", "2. Two", "white-paper/two/", two)]
    return bind('<h2 id="summary">Summary</h2><p>Read <a href="two/">chapter 2</a>.</p>', "white-paper/", parts)


def test_a_container_as_readers_expect_it(data: bytes, full: Book) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
        assert archive.read(first) == b"application/epub+zip"
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    listed = {f"EPUB/{item.get('href')}" for item in full.package.iterfind("opf:manifest/opf:item", NAMES)}
    assert listed == {name for name in full.files if name.startswith("EPUB/")} - {"EPUB/content.opf"}
    assert not [name for name in full.files if name.endswith((".ttf", ".otf", ".woff", ".woff2", ".js"))]


def test_metadata_says_what_it_is(full: Book) -> None:
    made = full_request()
    assert full.package.get("version") == "3.0"
    assert full.package.xpath("string(opf:metadata/dc:identifier[@id=/opf:package/@unique-identifier])", namespaces=NAMES) == made.permalink
    assert etree.fromstring(full.files["EPUB/toc.ncx"]).xpath("string(//ncx:meta[@name='dtb:uid']/@content)", namespaces=NAMES) == made.permalink
    assert full.meta("dc:title") == [made.full_title] and full.meta("dc:creator") == list(made.authors)
    assert full.meta("dc:language") == ["en-US"] and full.meta("dc:date") == [made.revised.isoformat()]
    assert full.meta("dc:publisher") == [made.series] and full.meta("dc:rights") == [made.licence]
    assert full.meta("dc:description") == [f"{made.summary} {made.publisher_note}"] and full.meta("dc:subject") == list(made.elements)
    assert full.meta("schema:bookEdition") == [made.edition] and full.meta("dcterms:modified") == [f"{made.revised.isoformat()}T00:00:00Z"]


def test_metadata_claims_no_more_than_was_checked(full: Book, book) -> None:
    assert full.meta("schema:accessMode") == ["textual", "visual"] and full.meta("schema:accessModeSufficient") == ["textual"]
    assert {"alternativeText", "tableOfContents", "structuralNavigation"} <= set(full.meta("schema:accessibilityFeature"))
    assert full.meta("schema:accessibilityHazard") == ["none"] and full.meta("dcterms:conformsTo") == []
    assert "EPUBCheck" in full.meta("schema:accessibilitySummary")[0]
    plain = book("<h2>A</h2><p>Text.</p>")
    assert plain.meta("schema:accessMode") == ["textual"] and "alternativeText" not in plain.meta("schema:accessibilityFeature")


def test_a_file_for_each_chapter_and_a_list_of_them(book) -> None:
    made = book(bound(), page_url="https://onrecord.example/white-paper/")
    heads = [[words(node) for node in root.iterfind(".//h:h1", NAMES)] for root in made.chapters.values()]
    assert heads == [[request().title], ["Summary"], ["1. One"], ["2. Two"], ["References"], ["About this edition"]]
    nav = made.nav()
    assert nav.xpath("string(//h:nav[@epub:type='toc']/h:h1)", namespaces=NAMES) == "Contents"
    entries = nav.xpath("//h:nav[@epub:type='toc']/h:ol/h:li", namespaces=NAMES)
    listed = {words(entry.find("h:a", NAMES)): [words(link) for link in entry.iterfind("h:ol/h:li/h:a", NAMES)] for entry in entries}
    assert list(listed) == [head for [head] in heads]
    assert listed["1. One"] == listed["2. Two"] == ["At a glance", "X"]
    assert [root.find("h:head/h:title", NAMES).text for root in made.chapters.values()] == list(listed)


def test_links_between_chapters_lead_inside_and_others_to_the_permanent_site(book) -> None:
    made = book(bound(), page_url="https://onrecord.example/white-paper/")
    assert made.broken() == []
    links = {words(link): link.get("href") for link in made.find("//h:a")}
    assert links["Table 2"] == "ch004.xhtml#wp-02.t" and links["p"] == "ch003.xhtml#wp-01.p" and links["chapter 2"] == "ch004.xhtml#wp-02"
    assert links["A"] == "ch005.xhtml#ref-a" and links["z"] == "https://onrecord.example/law/#z"
    labels = made.find("//*[@aria-labelledby]")
    assert labels and all(node.xpath(f"//*[@id='{node.get('aria-labelledby')}']") for node in labels)


def test_every_place_of_the_article_is_in_the_book_once(full: Book) -> None:
    assert full.broken() == []
    found = full.find("//@id")
    wanted = fragment_fromstring(full_request().html, create_parent="div").xpath("//*[not(ancestor-or-self::*[contains(@class, 'web-only')])]/@id")
    # pandoc names notes anew.
    assert {name for name in wanted if not re.search(r"\bfn(ref\d*)?:", name)} <= set(found)
    for root in full.chapters.values():
        ids = root.xpath("//@id")
        assert len(ids) == len(set(ids))


def test_tables_figures_and_notes(full: Book) -> None:
    tables = full.find("//h:table")
    assert tables and all(table.xpath("h:thead/h:tr/h:th[@scope='col']", namespaces=NAMES) for table in tables)
    assert full.find("//h:tbody/h:tr/h:th[@scope='row' and .='Comments closed']")
    assert full.find("//h:td[@class='align-right']")
    assert full.find("//h:figure[@id='options']//h:figcaption//h:span[@class='caption-label' and .='Table 1.']")
    images = full.find("//h:img")
    assert images and {image.get("alt") for image in images} == {"Three boxes side by side: agency use, professional use and personal use."}
    assert all(image.get("src").endswith(".svg") for image in images)
    references = full.find("//h:a[@epub:type='noteref' and @role='doc-noteref']")
    notes = full.find("//h:aside[@epub:type='footnote' and @role='doc-footnote']")
    assert len(references) >= len(notes) >= 2 and "A footnote stands" in words(notes[0])
    for root in full.chapters.values():
        used = set(root.xpath("//h:a[@role='doc-noteref']/@href", namespaces=NAMES))
        assert used == {f"#{note.get('id')}" for note in root.iterfind(".//h:aside[@role='doc-footnote']", NAMES)}
    for note in notes:
        [back] = note.xpath("h:p/h:a[@role='doc-backlink' and @aria-label]/@href", namespaces=NAMES)
        assert note.xpath(f"//h:a[@id='{back[1:]}' and @href='#{note.get('id')}']", namespaces=NAMES)


def test_callouts_recommendations_and_languages(full: Book) -> None:
    law = full.find("//h:aside[contains(@class, 'callout--law')]")[0]
    assert law.get("aria-label").startswith("Law:") and words(law).startswith("Law · persuasive in New York")
    case = full.find("//h:aside[contains(@class, 'callout--case')]")[0]
    assert words(case).startswith("Case study ·")
    sheet = full.files["EPUB/styles/stylesheet1.css"].decode()
    rules = dict(re.findall(r"^(\.callout--\w+|\.glance|\.clause) { (border-left: .*?); }", sheet, re.M))
    assert len(set(rules.values())) == len(rules) == 5
    recommendation = full.find("//h:section[@id='ib-08-r1']")[0]
    evidence = recommendation.xpath(".//h:p[@class='recommendation__meta']/h:a[@role='doc-biblioref']/@href", namespaces=NAMES)
    assert evidence and evidence[0].endswith("#ref-example2010designing")
    passage = full.find("//*[@xml:lang='es']")[0]
    assert passage.get("lang") == "es" and "libertad" in words(passage)
    assert words(full.find("//h:abbr[@title='Freedom of Information Law']")[0]) == "FOIL"
    for name in ("cite", "q", "ins", "del", "mark", "sub", "sup", "code"):
        assert full.find(f"//h:{name}"), name


def test_a_language_or_an_id_stays_with_its_element(book) -> None:
    body = '<h2>A</h2><p lang="es" id="p">Uno <em id="e">dos</em></p><ul id="u"><li id="l" lang="fr"><ul><li id="m">Un</li></ul></li></ul><blockquote lang="de" id="b"><p>Eins</p></blockquote><dl><dt id="t" lang="it">Uno</dt><dd id="d">Due</dd></dl>'
    made = book(body)
    found = {node.get("id"): (etree.QName(node).localname, node.get("lang")) for node in made.find("//*[@id]")}
    assert {name: found[name] for name in "peulmbtd"} == {
        "p": ("p", "es"), "e": ("em", None), "u": ("ul", None), "l": ("li", "fr"), "m": ("li", None), "b": ("blockquote", "de"), "t": ("dt", "it"), "d": ("dd", None),
    }  # fmt: skip
    assert not made.find("//*[@data-for or @data-as or @class='carried']")


def test_all_words_of_the_article_are_there_and_nothing_of_the_web_alone(full: Book) -> None:
    root = fragment_fromstring(full_request().html, create_parent="div")
    for node in list(root.iter()):
        if dropped(node) or "footnote" in classes(node) or "footnote-ref" in classes(node):
            node.drop_tree()
    for link in full.find("//h:a[@epub:type='noteref']"):
        link.text = ""
    written = re.sub(r"\W", "", "".join(words(chapter) for chapter in full.chapters.values()))
    for node in root.iter("p", "h2", "h3", "th", "dt", "td", "dd", "li"):
        assert re.sub(r"\W", "", node.text_content()) in written, node.text_content()[:60]
    assert "Notprinted" not in written and "Citedin" not in written and not full.find("//h:button")


def test_the_sheet_leaves_colors_to_the_reader(full: Book) -> None:
    sheet = re.sub(r"/\*.*?\*/", "", full.files["EPUB/styles/stylesheet1.css"].decode(), flags=re.S)
    colors = re.findall(r"([\w.\s>-]+) \{[^}]*?\b(?:background(?:-color)?|color): (?!inherit|none)[^}]*\}", sheet)
    # Pictures are drawn on light paper and keep it.
    assert [selector.strip() for selector in colors] == ["figure img"]
    assert "@font-face" not in sheet and "url(" not in sheet


def test_equal_requests_give_equal_bytes(data: bytes, fonts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert make_epub(full_request(), fonts) == data
    assert make_epub(full_request(revised=date(2026, 12, 2)), fonts) != data


HOSTILE = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "]]><script>alert(1)</script>", "&lt;b&gt; &amp;amp;", "<?xml version='1.0'?>", "<!--", "`{=html}<b>x</b>",
    "```{=html}\n<b>x</b>\n```", "$x^2$ \\(y\\) \\[z\\]", "\\input{/etc/passwd}", '#read("/etc/passwd")', '"); #read("/etc/passwd"); ("', "::: {.warning}", "![x](file:///etc/passwd)", "*a* _b_ **c** ~d~", "javascript:alert(1)",
]  # fmt: skip


def acting(made: Book) -> list[str]:
    """Whatever could run or fetch something in any file of the book."""
    found = []
    for name, content in made.files.items():
        if name.endswith((".xhtml", ".svg", ".opf", ".ncx")):
            root = etree.fromstring(content)
            for node in root.iter(etree.Element):
                if etree.QName(node).localname.lower() in ("script", "iframe", "object", "embed", "form", "foreignobject", "animate", "set"):
                    found.append(f"{name}: {node.tag}")
                if etree.QName(node).localname == "style" and re.search(r"@|url\((?!#)", node.text or ""):
                    found.append(f"{name}: {node.text}")
                found += [f"{name}: {key}" for key in node.attrib if etree.QName(key).localname.lower().startswith("on")]
                found += [f"{name}: {value}" for value in node.attrib.values() if re.match(r"\s*(javascript|vbscript|data|file):", value, re.I)]
    return found


def test_hostile_text_is_printed_as_it_stands(book) -> None:
    made = book("<h2>A</h2>" + "".join(f"<p>{html.escape(text)}</p>" for text in HOSTILE))
    paragraphs = [words(node) for node in made.find("//h:p")]
    for text in HOSTILE:
        assert " ".join(text.split()) in paragraphs
    assert acting(made) == [] and "root:" not in " ".join(paragraphs)


@pytest.mark.parametrize("text", [HOSTILE[1], HOSTILE[11]])
def test_hostile_front_matter_is_printed_as_it_stands(book, text: str) -> None:
    made = book(
        "<h2>A</h2>", title=text, subtitle=text, summary=text, cite_as=text, licence=text, series=text, kind_label=text, publisher_note=text,
        elements=(text,), edition=text, authors=(text,), history=((text, text, text),),
    )  # fmt: skip
    assert made.meta("dc:title") == [f"{text}: {text}"] and words(made.find("//h:h1")[0]) == text and acting(made) == []


def test_what_acts_in_the_markup_is_gone(book) -> None:
    svg = (
        b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg" xmlns:k="http://www.w3.org/1999/xlink" width="9" height="9" onload="a()">'
        b'<script>a()</script><style>@import url("https://evil.example/a.css");</style><style>*{fill: red}</style><rect style="fill: url( https://evil.example/#a)" clip-path="url(#c)"/><foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject><a k:href="javascript:a()"><rect width="5" height="5" onclick="a()"/></a>'
        b'<image k:href="file:///etc/passwd" width="1" height="1"/><set attributeName="x" to="1"/><text>T&x;</text></svg>'
    )
    body = '<h2 onclick="a()">A</h2><p onmouseover="a()" style="background:url(javascript:a())" id="p">x <a href="https://example.org/" onclick="a()" target="_blank" ping="https://evil.example/">y</a></p><p><img alt="A" src="a.svg" onerror="a()" srcset="https://evil.example/x"></p>'
    made = book(body, images={"a.svg": svg})
    assert acting(made) == [] and b"/etc/passwd" not in b"".join(made.files.values()) and b"evil.example" not in b"".join(made.files.values())
    drawn = made.files["EPUB/media/file0.svg"]
    assert b"*{fill: red}" in drawn and b'clip-path="url(#c)"' in drawn
    assert words(made.find("//h:p[@id='p']")[0]) == "x y"
    assert {name for node in made.find("//*") for name in node.attrib} <= {"id", "class", "href", "src", "alt", "lang", "charset", "rel", "type", "{http://www.w3.org/XML/1998/namespace}lang", f"{{{NAMES['epub']}}}type"}


@pytest.mark.parametrize(("body", "message"), [
    ("<script>x</script>", "an EPUB edition cannot print the element <script>"),
    ('<iframe src="https://evil.example/"></iframe>', "cannot print the element <iframe"),
    ('<p class="strange">x</p>', "the class 'strange'"),
    ('<p><img src="a.png"></p>', "no text alternative"),
    ('<p><img alt="x" src="https://evil.example/a.png"></p>', "is missing"),
    ('<p><img alt="x" src="broken.svg"></p>', "cannot be drawn"),
    ('<p><img alt="x" src="page.svg"></p>', "it is no SVG"),
    ('<p><img alt="x" src="a.tiff"></p>', "cannot hold the image"),
    ('<p><a href="javascript:alert(1)">x</a></p>', "cannot be followed"),
    ('<p><a href=" java&#10;script:alert(1)">x</a></p>', "cannot be followed"),
    ('<p><a href="data:text/html,x">x</a></p>', "cannot be followed"),
    ('<p>x<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup></p>', "has no text"),
])  # fmt: skip
def test_what_an_epub_could_not_keep_is_refused(fonts: Path, body: str, message: str) -> None:
    images = {"broken.svg": b"<svg", "page.svg": b"<html/>", "a.tiff": b""}
    with pytest.raises(EditionError) as caught:
        make_epub(request(body, images=images), fonts)
    assert message in caught.value.message and caught.value.source == request().source


@pytest.mark.proof
def test_epubcheck_finds_nothing(data: bytes, fonts: Path, tmp_path: Path) -> None:
    for name, content in (("full", data), ("bound", make_epub(request(bound(), page_url="https://onrecord.example/white-paper/"), fonts))):
        file = tmp_path / f"{name}.epub"
        file.write_bytes(content)
        assert epubcheck(file) == []


@pytest.mark.proof
def test_epubcheck_finds_what_is_wrong(data: bytes, tmp_path: Path) -> None:
    made = opened(data)
    file = tmp_path / "broken.epub"
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in made.files.items():
            archive.writestr(name, content.replace(b'#options"', b'#nowhere"'))
    assert any("RSC-012" in line for line in epubcheck(file))
