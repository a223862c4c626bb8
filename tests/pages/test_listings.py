"""The registers, from nothing and from the sample."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hooks.citing.citeproc import Formatted
from hooks.pages.listings import LISTINGS, Register, listing
from hooks.pages.tools import TOOLS
from hooks.pages.tree import inner_html
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


def test_the_register_of_law_says_all_that_the_record_says(sample: Path, render: Callable[..., support.Rendered]) -> None:
    html = render(sample).html("docs/law/index.md")
    assert html.index('<h2 id="law-ny">New York State</h2>') < html.index('<h2 id="law-us">United States</h2>')
    assert '<p class="authority__label">Statute · controlling in New York · as of June 1, 2026</p>' in html
    assert "<dt>For your policy</dt><dd>Write the rules before you open comments.</dd>" in html
    assert "<dt>Dates</dt><dd>January 1, 2027: Rules must be published (Every agency).</dd>" in html
    assert "<dt>How it was read</dt><dd>Seen in part: Section 9 only.</dd>" in html
    assert '<a href="https://law.sample.example/comments">https://law.sample.example/comments</a>' in html


def test_inner_html_of_an_empty_glossary() -> None:
    assert inner_html(listing("glossary", Register(Series(), {}, Formatted({}, {}), ()))) == ""
