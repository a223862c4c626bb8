"""Ids of passages: made from their words, kept where links.lock knows them, and a place in page and PDF."""

from __future__ import annotations

import pytest
from lxml import html

from hooks.core.tree import with_class
from hooks.linking.paragraphs import match, similarity, sketch
from hooks.series.lock import Passage
from tests.support import edit

TEXTS = {
    "keep": "A record of a post is kept as long as the schedule for its content says, whatever the platform does with it.",
    "ask": "Ask the records officer before a page is closed, and write down the answer with the date and the name.",
    "hide": "A hidden comment is still a record of the agency and may be asked for under the law of open records.",
}


def words(text: str) -> tuple[str, ...]:
    return tuple(text.lower().replace(",", "").replace(".", "").split())


def passages(*texts: str, section: str = "retention") -> list[tuple[str, tuple[str, ...]]]:
    return [(section, words(text)) for text in texts]


def known(items: list[tuple[str, tuple[str, ...]]]) -> list[Passage]:
    return [Passage(id_, section, sketch(text)) for id_, (section, text) in zip(match(items, []), items, strict=True)]


def test_edits_elsewhere_do_not_move_an_id() -> None:
    before = match(passages(TEXTS["keep"], TEXTS["ask"]), [])
    after = match(passages("A new beginning of the section.", TEXTS["ask"], TEXTS["keep"]), [])
    assert after[1:] == before[::-1]


def test_a_passage_whose_words_change_keeps_its_id() -> None:
    lock = known(passages(*TEXTS.values()))
    changed = TEXTS["keep"].replace("whatever the platform does with it", "even after the platform has gone")
    assert match(passages(changed, TEXTS["ask"], TEXTS["hide"]), lock) == [item.id for item in lock]


def test_a_rewritten_passage_is_a_new_one() -> None:
    lock = known(passages(*TEXTS.values()))
    ids = match(passages("Capture the page every month with a tool that the archive has tried.", TEXTS["ask"], TEXTS["hide"]), lock)
    assert ids[0] not in {item.id for item in lock}
    assert ids[1:] == [item.id for item in lock[1:]]


def test_a_changed_passage_is_sought_in_its_own_section_first() -> None:
    lock = known([*passages(TEXTS["keep"], section="old"), *passages(TEXTS["ask"])])
    moved = TEXTS["keep"].replace("post", "message")
    assert match([*passages(moved, section="new")], lock) == [lock[0].id]
    assert match([*passages("Ask the counsel before a page is opened.", section="new")], lock)[0] not in {item.id for item in lock}


def test_one_promise_is_given_to_one_passage_only() -> None:
    lock = known(passages(TEXTS["keep"]))
    ids = match(passages(TEXTS["keep"] + " Always.", TEXTS["keep"] + " Often."), lock)
    assert len(set(ids)) == 2
    assert lock[0].id in ids


def test_the_same_words_twice_have_two_ids() -> None:
    ids = match([*passages(TEXTS["keep"], TEXTS["keep"]), *passages(TEXTS["keep"], section="other")], [])
    assert len(set(ids)) == 3
    assert match([*passages("Something before."), *passages(TEXTS["keep"], TEXTS["keep"]), *passages(TEXTS["keep"], section="other")], [])[1:] == ids


@pytest.mark.parametrize(
    ("one", "other", "least", "most"), [("keep", "keep", 1, 1), ("keep", "ask", 0, 0.39), ("keep", "hide", 0, 0.39), ("ask", "hide", 0, 0.39)]
)
def test_similarity(one: str, other: str, least: float, most: float) -> None:
    assert least <= similarity(sketch(words(TEXTS[one])), sketch(words(TEXTS[other]))) <= most


def test_similarity_of_nothing() -> None:
    assert similarity("", "") == 0


def test_every_passage_of_a_publication_has_an_id(sample, render) -> None:
    page = render(sample).site.pages["briefs/comments.md"]
    tree = html.fragment_fromstring(page.html, create_parent="div")
    for skipped in [node for name in ("footnote", "references", "authorities") for node in with_class(tree, name)]:
        skipped.drop_tree()
    lines = [node for node in tree.iter("p") if not node.get("class") and not any(up.tag in ("figure", "table") for up in node.iterancestors())]
    assert all(node.get("id") or node.getparent().get("id") for node in lines)
    assert all(node.get("id") for node in tree.iter("li", "figure"))
    assert len({item.id for item in page.passages}) == len(page.passages) > 12


def test_a_citation_or_another_page_does_not_change_an_id(sample, render) -> None:
    path = "briefs/comments.md"
    before = render(sample).site.pages[path].passages
    edit(sample / path, "Hiding them is rarer [see @sampleson2013second, ch. 2; @sample:survey, p. 9]", "Hiding them is rarer [@sampleson2013first]")
    edit(sample / "briefs/records.md", "title: ", "title: New ")
    after = render(sample).site.pages[path].passages
    assert [item.id for item in after] == [item.id for item in before]


def test_a_caveat_mark_leaves_a_passage_its_id(sample, render) -> None:
    before = render(sample).site.pages["briefs/comments.md"].passages
    edit(sample / "briefs/comments.md", "nobody is owed an answer", "nobody [inferred] is owed an answer")
    assert render(sample).site.pages["briefs/comments.md"].passages == before
