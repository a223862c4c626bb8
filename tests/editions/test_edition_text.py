"""Plain-text editions: every word of the article, in an order and a form that can be read aloud and searched."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml.html import fragment_fromstring

from hooks.editions import EditionError
from hooks.editions.text import make_text
from hooks.editions.vocabulary import dropped

from ..support import Built
from .samples import full_request, request


def text(body: str = "<p>Text.</p>", **changes: object) -> str:
    return make_text(request(body, **changes)).decode("utf-8-sig")


def article(body: str, **changes: object) -> str:
    """What an article is written as, without what stands around it."""
    return text(body, history=(), elements=(), **changes).partition("licence CC BY 4.0.\n\n")[2].partition("\n\n## How to cite")[0]


def words(said: str) -> Counter:
    return Counter(re.findall(r"[^\W_]+(?:['’][^\W_]+)*", said))


def words_of(page: str) -> Counter:
    """The words of an article as its page has them, less what belongs to the web alone."""
    root = fragment_fromstring(page, create_parent="div")
    for node in list(root.iter()):
        if dropped(node) and node.getparent() is not None:
            node.drop_tree()
    return words(" ".join(root.itertext())) + words(" ".join(node.get("alt") or "" for node in root.iter("img")))


def test_no_word_of_the_article_is_lost() -> None:
    whole = full_request()
    lost = words_of(whole.html) - words(make_text(whole).decode())
    # A word that is set in two ways is one word: H₂O, the 1st.
    assert not {word: count for word, count in lost.items() if word not in ("H", "2", "O", "1", "st")}


def test_it_says_what_it_is_before_its_text_and_how_to_cite_it_after() -> None:
    said = text(more={"Adopted by": "Village of Sample"})
    assert said.split("\n\n")[:5] == [
        "On the Record · Issue brief 8",
        "# Citizen conduct: comments, moderation and the public forum",
        "What your agency may hide, must keep and may never do when the public answers back on your page.",
        "Edition 1, December 1, 2026\nLaw as of November 22, 2026\nAdopted by Village of Sample\n"
        "Permanent address: https://onrecord.example/id/ib-08/\nPolicy elements: Citizen conduct",
        "A note about the publisher. This text may be used under the licence CC BY 4.0.",
    ]
    assert said.endswith("## Edition history\n\n- Edition 1, December 1, 2026. First edition.\n")
    assert "## How to cite\n\nOn the Record. 2026. Citizen Conduct." in said
    assert "Law as of" not in text(law_as_of=None)


def test_a_browser_that_is_told_no_encoding_reads_it_as_utf_8_and_equal_requests_give_equal_bytes() -> None:
    made = make_text(full_request())
    assert made.startswith(b"\xef\xbb\xbf") and "Nguyễn" in made.decode("utf-8-sig") and b"\r" not in made
    assert made == make_text(full_request())


def test_headings_are_marked_by_their_level_and_paragraphs_are_lines() -> None:
    assert article("<h2>One</h2><p>A  first\n line,<br>and\u00a0another.</p><h3>Two <em>of</em> it</h3><p>b\u00ad c</p>") == (
        "## One\n\nA first line,\nand another.\n\n### Two of it\n\nb c"
    )


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", "- a\n- b\n  - c"),
        ('<ol start="3"><li><p>a</p><p>b</p></li><li><p>c</p></li></ol>', "3. a\n\n  b\n\n4. c"),
        ('<ol type="A" class="check__options"><li>a</li><li>b</li></ol>', "A. a\nB. b"),
        ('<div class="checklist"><ul><li>a</li></ul></div>', "[ ] a"),
        ("<dl><dt>A</dt><dt>B</dt><dd>c</dd><dt>D</dt><dd><p>e</p><ul><li>f</li></ul></dd></dl>", "A, B: c\n\nD: e\n  - f"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "  Quotation: a\n\n  b\n\n  End of quotation."),
        ("<p>a</p><hr><pre><code>b\n  c\n</code></pre>", "a\n\n* * *\n\n    b\n      c"),
        ("<p>the <q>a</q>, <del>b</del> <ins>c</ins></p>", "the “a”, [deleted: b] [inserted: c]"),
    ],
)
def test_lists_terms_quotations(body: str, said: str) -> None:
    assert article(body) == said


ROWS = '<thead><tr><th scope="col">Setting</th><th scope="col" colspan="2">Suits</th></tr></thead>'


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("<tr><th>Open</th><td>towns</td><td>counties.</td></tr>", "- Setting: Open; Suits: towns; Suits: counties."),
        ('<tr><th>Open</th><td colspan="2">all.</td></tr>', "- Setting: Open; Suits: all."),
        ("<tr><th>Open?</th><td></td><td><p>a</p><ul><li>b</li><li>c</li></ul></td></tr>", "- Setting: Open? Suits: (left to fill in); Suits: a; b; c"),
        ('<tr><th rowspan="2">Open</th><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr>',
         "- Setting: Open; Suits: a; Suits: b\n- Setting: Open; Suits: c; Suits: d"),
        ('<tr><td>a</td><td>b</td><td rowspan="2">c</td></tr><tr><td>d</td><td>e</td></tr>',
         "- Setting: a; Suits: b; Suits: c\n- Setting: d; Suits: e; Suits: c"),
        ("", "Setting; Suits; Suits"),
    ],
)  # fmt: skip
def test_a_table_is_read_row_by_row_under_its_heads(rows: str, said: str) -> None:
    assert article(f"<table>{ROWS}<tbody>{rows}</tbody></table>") == said


def test_a_table_without_heads_is_read_as_it_stands() -> None:
    assert article("<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>") == "- a; b"


def test_pictures_are_their_alternatives_and_captions_stand_where_they_help() -> None:
    picture = '<figure class="figure"><p><img alt="Two boxes." src="a.png"></p><figcaption><p>Figure 1. Boxes</p></figcaption></figure>'
    table = '<figure class="table"><table><tbody><tr><td>a</td></tr></tbody></table><figcaption><p>Table 1. Ways</p></figcaption></figure>'
    files = {"a.png": b"png"}
    assert article(picture + table, images=files) == "[Picture: Two boxes.]\n\nFigure 1. Boxes\n\nTable 1. Ways\n\n- a"
    assert article('<p>a <img alt="" src="a.png"> b</p>', images=files) == "a b"


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ('<a href="../records/">the brief</a>', "the brief"),
        ('<a href="#issue">above</a>', "above"),
        ('<a href="https://onrecord.example/id/ib-01/">Brief 1</a>', "Brief 1"),
        ('<a href="https://example.org/a">the report</a>', "the report (https://example.org/a)"),
        ('<a href="https://example.org/a">https://example.org/a</a>', "https://example.org/a"),
        ('<a href="https://example.org/">example.org</a>', "example.org"),
        ('<a href="mailto:clerk@sample.example">the clerk</a>', "the clerk (clerk@sample.example)"),
        ('<a href="mailto:clerk@sample.example">clerk@sample.example</a>', "clerk@sample.example"),
    ],
)
def test_a_link_shows_its_address_only_where_it_leads_outside(link: str, said: str) -> None:
    assert article(f"<p>See {link}.</p>") == f"See {said}."


def test_another_site_of_the_same_host_is_outside() -> None:
    body = '<p><a href="https://www.example.gov/parks/">parks</a>, <a href="https://www.example.gov/series/law/">law</a></p>'
    here = {"permalink": "https://www.example.gov/series/id/ib-08/", "page_url": "https://www.example.gov/series/briefs/x/"}
    assert article(body, **here) == "parks (https://www.example.gov/parks/), law"


def test_notes_stand_at_the_end_under_the_numbers_of_their_marks() -> None:
    said = text(
        '<p>One.<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup> Two.</p><div class="footnote"><hr><ol><li id="fn:1">'
        '<p>A note.&#160;<a class="footnote-backref" href="#fnref:1">&#8617;</a></p></li></ol></div>'
    )
    assert "One. [Note 1] Two.\n\n## Notes\n\n[Note 1] A note.\n\n## How to cite" in said


def test_what_is_set_apart_is_indented_and_its_headings_still_begin_their_lines() -> None:
    body = '<section class="glance"><h2>At a glance</h2><dl><dt>Decide</dt><dd>Soon.</dd></dl></section>'
    assert article(body) == "## At a glance\n\n  Decide: Soon."
    recommendation = (
        '<section class="recommendation"><p class="recommendation__number">8.1</p><div class="recommendation__body">'
        '<p class="recommendation__text">Do it.</p><p class="recommendation__meta">Counsel</p></div></section>'
    )
    assert article(recommendation) == "Recommendation 8.1: Do it.\n\n  Counsel"
    strength = '<p class="recommendation__strength"><strong>Practice</strong></p><p class="recommendation__text">'
    assert article(recommendation.replace('<p class="recommendation__text">', strength)) == "Recommendation 8.1 (Practice): Do it.\n\n  Counsel"


HOSTILE = ["<script>alert(1)</script>", "## no heading", "- no item", "{{ x }}", "=cmd|' /C calc'!A0", "\u202ertl"]


def test_hostile_text_stands_as_it_is() -> None:
    said = article("".join(f"<p>{html.escape(item)}</p>" for item in HOSTILE)).split("\n\n")
    assert said == HOSTILE


@pytest.mark.parametrize(("body", "message"), [
    ("<script>x</script>", "a plain-text edition cannot print the element <script>"),
    ('<p class="strange">x</p>', "the class 'strange'"),
    ('<p><img src="a.png"></p>', "no text alternative"),
    ('<p><a href="javascript:alert(1)">x</a></p>', "cannot be followed"),
    ("<p>a\x07</p>", "control character"),
])  # fmt: skip
def test_what_has_no_form_is_refused_at_its_source(body: str, message: str) -> None:
    with pytest.raises(EditionError, match=re.escape(message)) as error:
        make_text(request(body))
    assert error.value.source == Path("briefs/citizen-conduct.md")


def test_it_is_offered_beside_the_others_with_every_word_of_the_page(sample: Path, build: Callable[..., Built]) -> None:
    import json

    built = build(sample, extra={"series": {"editions": ["text"]}})
    assert built.status == 0, built.output
    entries = {entry["url"]: entry for entry in json.loads(built.page("catalogue.json"))["publications"]}
    for url, name in (("briefs/comments/", "comments.txt"), ("white-paper/", "white-paper.txt")):
        page = fragment_fromstring(built.page(f"{url}index.html").partition("<body")[2], create_parent="div")
        (button,) = page.xpath(f".//ul[@class='actions']//a[@href='{name}']")
        assert button.get("type") == "text/plain" and button.text_content().startswith("Plain text ")
        head = built.page(f"{url}index.html").partition("<body")[0]
        assert f'<link rel="alternate" href="https://onrecord.example/{url}{name}" type="text/plain" title="Plain text">' in head
        assert entries[url]["txt"] == f"{url}{name}"
        said = (built.site / url / name).read_text("utf-8-sig")
        (article,) = page.xpath(".//article")
        inside = "".join(html.unescape(part) for part in [article.text or ""]) + "".join(_html(node) for node in article)
        assert not words_of(inside) - words(said)
    # The white paper's holds its chapters.
    chapter = fragment_fromstring(built.page("white-paper/purpose/index.html").partition("<body")[2], create_parent="div").xpath(".//article")[0]
    said = (built.site / "white-paper/white-paper.txt").read_text("utf-8-sig")
    assert not words_of("".join(_html(node) for node in chapter)) - words(said)
    assert not list((built.site / "white-paper/purpose").glob("*.txt"))


def _html(node) -> str:
    from lxml.html import tostring

    return tostring(node, encoding="unicode")
