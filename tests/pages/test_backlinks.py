"""What refers to a thing, and how."""

from __future__ import annotations

from hooks.core.tree import fragment, inner_html, text_of
from hooks.linking.backlinks import closing_section, collect, grouped, joined
from hooks.linking.model import Draft, Recommendation, SourcePage
from hooks.linking.relations import Backlink, Use
from hooks.series.model import Series

A = Backlink("mentions", "briefs/a/", "Issue Brief 1, ", "A")
EVIDENCE = Backlink("supports", "briefs/b/#ib-02-r1", "Recommendation 2.1, ", "B")
AGAINST = Backlink("contrasts", "white-paper/c/", "White paper, chapter 3, ", "C")


def _draft(path: str, url: str, *recommendations: Recommendation) -> Draft:
    draft = Draft(SourcePage(path, url, "A page", "", ""), fragment(""), None)
    draft.recommendations.extend(recommendations)
    return draft


def test_telling_relations_come_first_and_a_link_once() -> None:
    groups = grouped([A, EVIDENCE, A, AGAINST])
    assert [(label, own) for label, own in groups] == [("Evidence for", [EVIDENCE]), ("Contrary evidence in", [AGAINST]), ("Referred to by", [A])]


def test_a_register_names_passing_references_its_own_way_and_evidence_shortly() -> None:
    lists = joined([EVIDENCE, A], "law/", "Cited in", short=True)
    assert [(label, text_of(links)) for label, links in lists] == [("Evidence for", "Recommendation 2.1"), ("Cited in", "Issue Brief 1, A")]
    assert 'href="../briefs/b/#ib-02-r1"' in inner_html(lists[0][1])


def test_a_printed_edition_ends_with_what_refers_to_it_or_with_nothing() -> None:
    section = closing_section([A, AGAINST], "briefs/b/")
    assert section is not None
    assert [node.text for node in section.iter("strong")] == ["Contrary evidence in: ", "Referred to by: "]
    assert closing_section([], "briefs/b/") is None


def test_a_page_that_gives_evidence_is_not_listed_again_for_a_passing_mention() -> None:
    series = Series((), (), (), (), {}, frozenset(), frozenset())
    one, two = _draft("docs/one.md", "one/"), _draft("docs/two.md", "two/")
    uses = {
        "docs/one.md": {"case:x": [Use("mentions"), Use("contrasts")], "case:y": [Use("mentions"), Use("mentions")]},
        "docs/two.md": {"case:x": [Use("mentions")]},
    }
    found = collect([two, one], uses, series)
    assert [(link.relation, link.url) for link in found["case:x"]] == [("contrasts", "one/"), ("mentions", "two/")]
    assert [(link.relation, link.url) for link in found["case:y"]] == [("mentions", "one/")]


def test_a_page_does_not_list_itself() -> None:
    series = Series((), (), (), (), {}, frozenset(), frozenset())
    found = collect([_draft("docs/one.md", "one/")], {"docs/one.md": {"publication:docs/one.md": [Use("mentions")]}}, series)
    assert found == {}
