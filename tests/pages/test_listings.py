"""The registers, from nothing and from the sample."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from hooks.citing.citeproc import Formatted
from hooks.core.tree import fragment, inner_html
from hooks.registers.listings import LISTINGS, listing
from hooks.registers.register import Register
from hooks.registers.tools import TOOLS
from hooks.series.model import Series
from tests import support


@pytest.mark.parametrize("name", LISTINGS)
def test_a_series_may_still_be_empty(name: str) -> None:
    root = listing(name, Register(Series(), {}, Formatted({}, {}), ()))
    assert "None" not in inner_html(root)


def test_there_is_no_other_listing() -> None:
    assert listing("laws", Register(Series(), {}, Formatted({}, {}), ())) is None
    assert listing("", Register(Series(), {}, Formatted({}, {}), ())) is None


@pytest.mark.parametrize("name", LISTINGS)
def test_every_listing_can_stand_on_a_page(name: str, sample: Path, render: Callable[..., support.Rendered]) -> None:
    (sample / "docs/note.md").write_text(f"---\ntitle: Note\n---\n/// listing | {name}\n///\n")
    rendered = render(sample)
    assert not rendered.problems
    left_over = ("cite-mark", "broken-reference", 'class="listing"', "None", "data-name")
    assert [word for word in left_over if word in rendered.html("docs/note.md")] == []


def test_a_listing_block_without_a_name_is_told_the_names(sample: Path, render: Callable[..., support.Rendered]) -> None:
    (sample / "docs/note.md").write_text("---\ntitle: Note\n---\n/// listing\n///\n")
    (problem,) = render(sample).problems
    assert str(problem) == f"docs/note.md:4: A listing block does not say what it lists. There are: {', '.join([*LISTINGS, *TOOLS])}. [block]"


def test_the_literature_stands_by_theme_with_what_each_source_says(sample: Path, render: Callable[..., support.Rendered]) -> None:
    html = render(sample).html("docs/literature/index.md")
    themes = ["theme-adoption", "theme-first-amendment", "theme-records", "theme-cases"]
    assert [html.index(f'<h2 id="{theme}">') for theme in themes] == sorted(html.index(f'<h2 id="{theme}">') for theme in themes)
    assert '<li class="reference" id="ref-sampleson2013first"><p>Sampleson, Alex. 2013a.' in html
    assert '<p class="reference__what">A count of comments on the pages of ten sample agencies.</p>' in html
    assert '<ul class="reference__says"><li>Most comments are friendly (p. 4).</li></ul>' in html
    assert '<p class="reference__seen">Abstract seen: The report was not at hand.</p>' in html


def test_facts_on_platforms_stand_by_platform_each_with_its_source_and_its_days(sample: Path, render: Callable[..., support.Rendered]) -> None:
    facts = sample / "docs/platforms.yml"
    second = (
        "- {id: other-bill, platform: Other services, fact: A bill went unpaid., as_of: 2022, source: ['@samplecounty2020'], told_by: news, read: whole}\n"
        "- {id: adbook-video, platform: Adbook, about: Live video, fact: It went., as_of: 2020-01, check_by: 2020-06-01, "
        "source: ['@samplecounty2020'], told_by: copy, read: extract}\n"
    )
    facts.write_text(facts.read_text() + second)
    (sample / "docs/note.md").write_text("---\ntitle: Note\n---\n## Facts {#facts}\n\n/// listing | platforms\n///\n")
    rendered = render(sample)
    assert not rendered.problems
    html = rendered.html("docs/note.md")
    order = ['id="on-adbook"', 'id="adbook-video"', 'id="on-samplebook"', 'id="samplebook-hidden"', 'id="samplebook-closed"', 'id="on-other-services"']
    assert [html.index(part) for part in order] == sorted(html.index(part) for part in order)
    said = '<p class="register__name"><strong>Live video</strong></p><p>It went.</p>'
    assert f'{said}<p class="callout__overdue">This was to be checked again by June 1, 2020' in html
    assert "(the platform’s text, in a copy or as quoted; extract read) · as of January 2020 · check again by June 1, 2020</p>" in html
    assert 'class="caveat caveat--inferred"' in html and '<dt id="mark-inferred">' in html and "caveat-mark" not in html
    assert "Samplebook (2)" in html and "· as of 2022</p>" in html


def test_the_index_of_the_law_groups_by_jurisdiction_and_by_how_far_each_binds(sample: Path, render: Callable[..., support.Rendered]) -> None:
    html = render(sample).html("docs/law/index.md")
    order = ["law-ny", "law-ny-controlling", "sample-comments", "law-ny-advisory", "law-us", "law-us-persuasive"]
    assert [html.index(f'id="{id_}"') for id_ in order] == sorted(html.index(f'id="{id_}"') for id_ in order)
    name = '<p class="register__name"><a href="sample-comments/" id="sample-comments-name" class="xref xref--law">Sample Comments Act</a></p>'
    meta = "Sample Comments Act § 1 · Statute · controlling in New York · read whole · as of June 1, 2026"
    assert f'{name}<p class="register__meta">{meta}</p>' in html
    row = '<li id="sample-records" data-binds="advisory" data-jurisdiction="ny" data-read="passages" data-element="records">'
    assert row in html
    assert '<option value="second-hand">Known second-hand (1)</option>' in html
    assert "preview" not in html[html.index('id="law-ny"') :], "the facts stand beside each"


def test_each_element_lists_what_controls_first_and_says_so(sample: Path, render: Callable[..., support.Rendered]) -> None:
    (sample / "docs/note.md").write_text("---\ntitle: Note\n---\n/// listing | law-by-element\n///\n")
    html = render(sample).html("docs/note.md")
    conduct = html[html.index('id="by-citizen-conduct"') :]
    first, second = "<dt>Controlling in New York</dt><dd>", "<dt>Persuasive in New York</dt><dd>"
    assert 0 < conduct.index(first) < conduct.index(second) < conduct.index('id="by-records"')
    assert 'Sample v. Sampleton</a> · known second-hand</dd>' in conduct


def test_the_index_says_how_much_law_bears_on_each_element(sample: Path, render: Callable[..., support.Rendered]) -> None:
    (sample / "docs/note.md").write_text("---\ntitle: Note\n---\n/// listing | law-elements\n///\n")
    html = render(sample).html("docs/note.md")
    assert '<li id="by-citizen-conduct"><a href="elements/#by-citizen-conduct">Citizen conduct</a>: 2 authorities, of which 1 controls</li>' in html
    assert ">Records</a>: 1 authority, of which none control</li>" in html


def test_the_page_of_an_authority_says_all_that_its_record_says(sample: Path, render: Callable[..., support.Rendered]) -> None:
    rendered = render(sample)
    html = rendered.html("docs/law/sample-comments.md")
    assert '<section id="rule"><h2>The rule, in plain words</h2><p>A public body that opens its page to comments publishes its rules first.</p>' in html
    assert '<section id="for-your-policy"><h2>For your policy</h2><p>Write the rules before you open comments.</p></section>' in html
    assert '<li><time datetime="2027-01-01">January 1, 2027</time>: Rules must be published (Every agency).</li>' in html
    assert "<li>Whether a private page of an official counts.</li>" in html
    assert '<a href="https://law.sample.example/comments">' in html
    assert "<p><strong>Passages read.</strong> The passages that matter, read as such.</p><p>Section 9 only.</p>" in rendered.html("docs/law/sample-records.md")
    # One heading with an id would be one more find of the search.
    assert rendered.site.pages["docs/law/sample-comments.md"].headings == ()


def test_an_authority_that_is_not_there_has_no_entry_to_list(sample: Path, render: Callable[..., support.Rendered]) -> None:
    (sample / "docs/note.md").write_text("---\ntitle: Note\n---\n/// listing | law/sample-comment\n///\n")
    (problem,) = render(sample).problems
    assert str(problem).startswith("docs/note.md:4: There is no listing “law/sample-comment”.")


def test_inner_html_of_an_empty_glossary() -> None:
    assert inner_html(listing("glossary", Register(Series(), {}, Formatted({}, {}), ()))) == ""


def test_how_far_the_law_was_read_is_counted_and_what_controls_of_it(sample: Path, render: Callable[..., support.Rendered]) -> None:
    (sample / "docs/note.md").write_text("---\ntitle: Note\n---\n/// listing | law-readings\n///\n")
    html = render(sample).html("docs/note.md")
    rows = [
        ("Read whole", "The whole section, opinion or document", 1, 1),
        ("Passages read", "The passages that matter, read as such", 1, 0),
        ("Extract read", "Only an opening, or some sentences", 0, 0),
        ("Known second-hand", "Through another source, or by citation only", 1, 0),
    ]
    for label, meaning, count, controlling in rows:
        assert f'<tr><th scope="row">{label}</th><td>{meaning}</td><td>{count}</td><td>{controlling}</td></tr>' in html


def test_how_far_the_literature_was_read_is_counted(sample: Path, render: Callable[..., support.Rendered]) -> None:
    (sample / "docs/note.md").write_text("---\ntitle: Note\n---\n/// listing | literature-readings\n///\n")
    html = render(sample).html("docs/note.md")
    for label, count in (("Text seen", 1), ("Seen in part", 0), ("Abstract seen", 1), ("Known from a secondary source", 0), ("Citation seen", 0), ("All", 2)):
        assert f'<tr><th scope="row">{label}</th><td>{count}</td></tr>' in html, label


@pytest.mark.parametrize(("day", "there"), [(date(2026, 11, 28), True), (date(2027, 1, 1), True), (date(2027, 1, 2), False), (date(2040, 1, 1), False)])
def test_a_day_that_has_passed_is_never_among_those_to_come(sample: Path, render: Callable[..., support.Rendered], day: date, there: bool) -> None:
    (sample / "docs/note.md").write_text("---\ntitle: Note\n---\n/// listing | law-dates\n///\n")
    html = render(sample, today=day).html("docs/note.md")
    assert f'Dates still to come on <time datetime="{day}">' in html
    assert ("<td>Rules must be published.</td>" in html) == there
    assert ("No coming date is recorded." in html) != there


def test_what_is_wrong_in_a_listing_alone_is_reported_where_it_stands(sample: Path, render, monkeypatch: pytest.MonkeyPatch) -> None:
    root = '<div><p id="twice"><a href="paper:nowhere">x</a></p><p id="twice">y</p></div>'
    monkeypatch.setitem(LISTINGS, "faulty", lambda register: fragment(root))
    (sample / "docs/note.md").write_text("---\ntitle: Note\n---\nText.\n\n/// listing | faulty\n///\n", encoding="utf-8")
    assert [str(problem) for problem in render(sample).problems] == [
        "docs/note.md: The id “twice” stands twice on this page. Give one of them another id. [id]",
        "docs/note.md:6: In this listing: There is no white paper chapter “nowhere”. There are: white-paper, purpose. [reference]",
    ]


def test_what_is_wrong_in_a_listing_is_held_back_where_it_was_written_and_reported_elsewhere(sample: Path, render) -> None:
    support.edit(sample / "briefs/comments.md", '"@sampleson2013first', '"@nobody2013')
    problems = [str(problem) for problem in render(sample).problems]
    assert len(problems) == 1 and problems[0].startswith("briefs/comments.md:") and "nobody2013" in problems[0]
