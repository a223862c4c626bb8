"""Building and writing HTML trees."""

from __future__ import annotations

from datetime import date

import pytest

from hooks.core.tree import append, element, fragment, inner_html, long_date, replace, text_of, with_class


@pytest.mark.parametrize("html", ["", "text", "a &lt; b &amp; c", '<p title="&amp;">x</p> tail', "<p>é “q” – §</p>", "<br><img alt=\"x\" src=\"y\">"])
def test_a_fragment_is_written_as_it_was_read(html: str) -> None:
    assert inner_html(fragment(html)) == html


def test_text_and_attributes_are_escaped() -> None:
    node = element("p", "a b", "<script> & ", element("b", "", "\"'"), " > ", title='<"&>')
    html = inner_html(element("div", "", "<&>", node))
    assert html.startswith("&lt;&amp;&gt;<p class=")
    assert html.endswith(">&lt;script&gt; &amp; <b>\"'</b> &gt; </p>")
    assert fragment(html)[0].get("title") == '<"&>'
    assert "<\"&>" not in html


def test_names_of_attributes() -> None:
    assert element("a", "", id_="x", aria_label="y", data_cite="z", hidden="hidden").attrib == {
        "id": "x", "aria-label": "y", "data-cite": "z", "hidden": "hidden"
    }


def test_text_is_added_after_everything() -> None:
    node = element("p")
    for part in ("a", "b", element("i", "", "c"), "d", "e"):
        append(node, part)
    assert inner_html(node) == "ab<i>c</i>de"


def test_replacing_keeps_what_follows() -> None:
    root = fragment("<p>a <i>b</i> c</p>")
    replace(root[0][0], element("b", "", "x"))
    assert inner_html(root) == "<p>a <b>x</b> c</p>"


def test_words_and_classes() -> None:
    root = fragment("<!-- no --><p class='a b'>One\n <i class='b'> two</i></p>")
    assert text_of(root) == "One two"
    assert [node.tag for node in with_class(root, "b")] == ["p", "i"]


def test_a_date_in_words() -> None:
    assert long_date(date(2026, 11, 2)) == "November 2, 2026"
