"""Papers of a pack that are put together: what stands above a table comes along, and sections in a row share a page."""

from __future__ import annotations

from hooks.core.tree import fragment
from hooks.editions.pack_papers import composed_html, name_at_top

PAGE = """
<p id="p-1">A hold beats <a href="../law/">every period</a>.</p>
<figure id="periods"><table><tr><td>Old: six years</td></tr></table><figcaption>Table 1. Periods</figcaption></figure>
<h3 id="one">One</h3><p id="p-2">First.</p><h3 id="two">Two</h3><p>Second.</p>
"""
AT = {"a.md": ("https://x.example/a/", PAGE)}


def said(*ids: str) -> list[list[str]]:
    """The texts of each page of the paper."""
    pages = fragment(composed_html([("a.md", id_) for id_ in ids], AT))
    return [[" ".join(node.text_content().split()) for node in page.iter("h2", "p", "td")] for page in pages]


def test_a_paragraph_stands_above_the_part_that_follows_it() -> None:
    above = ["Table 1. Periods", "A hold beats every period.", "Old: six years"]
    assert said("p-1", "periods", "p-1", "periods") == [above, above]
    made = composed_html([("a.md", "p-1"), ("a.md", "periods")], AT)
    assert 'href="https://x.example/law/"' in made and 'id="p-1"' not in made


def test_a_paragraph_with_no_part_behind_it_is_a_page() -> None:
    assert said("periods", "p-1") == [["Table 1. Periods", "Old: six years"], ["A hold beats every period."]]


def test_sections_in_a_row_go_on_below_one_another() -> None:
    assert said("one", "two") == [["One", "First.", "Two", "Second."]]


def test_tables_among_sections_go_on_with_them_and_tables_in_a_row_do_not() -> None:
    assert said("one", "periods", "two") == [["One", "First.", "Table 1. Periods", "Old: six years", "Two", "Second."]]
    table = ["Table 1. Periods", "Old: six years"]
    assert said("periods", "periods", "two") == [table, [*table, "Two", "Second."]]


def test_what_a_page_was_corrected_in_is_on_no_paper() -> None:
    page = '<p id="p-1">A hold. <span class="erratum" id="e1"><strong>Corrected May 1.</strong> It was old.</span> It <em>holds</em>.</p>'
    made = composed_html([("a.md", "p-1")], {"a.md": ("https://x.example/a/", page)})
    assert "Corrected" not in made and "A hold.  It <em>holds</em>." in made


def test_a_part_that_is_not_there_leaves_no_paper() -> None:
    assert composed_html([("a.md", "one"), ("a.md", "three")], AT) == ""


def test_a_table_of_the_page_of_a_pack_leaves_its_number_there() -> None:
    table = '<figure id="lines"><table><tr><td></td></tr></table><figcaption><span class="caption-label">Table 6.</span> Our open lines</figcaption></figure>'
    for path, title in (("docs/course/packs/day.md", "Our open lines"), ("a.md", "Table 6. Our open lines")):
        (page,) = fragment(composed_html([(path, "lines")], {path: ("https://x.example/a/", table)}))
        assert [" ".join(head.text_content().split()) for head in page.iter("h2")] == [title]


PRINTED = """
<div class="register register--print"><table><tbody>
<tr><th><a href="day-room.pdf">Rules</a></th><td>one</td><td>one</td><td>participants; 8:45; 10:05</td></tr>
<tr><th><a href="../../card.pdf">Card</a></th><td>one</td><td>one</td><td>room</td></tr>
</tbody></table></div><p><a href="day-other.pdf">Other</a></p>
"""


def test_a_paper_says_its_name_and_when_it_is_handed_out() -> None:
    assert name_at_top("Rules", PRINTED, "day-room.pdf") == "Rules · Handed out: 8:45; 10:05"
    # Nobody hands it out, it is on no list, or there is no list.
    assert [name_at_top("Card", page, file) for page, file in ((PRINTED, "card.pdf"), (PRINTED, "day-other.pdf"), ("", "day-room.pdf"))] == ["Card"] * 3
