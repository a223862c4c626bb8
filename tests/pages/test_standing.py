"""Publications that are drafts, were superseded or were withdrawn: what each page and register makes of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hooks.core.tree import E, inner_html
from hooks.linking.standing import notice
from hooks.registers.listings import LISTINGS
from hooks.series.load import load_series
from tests import support
from tests.support import edit

BRIEF, OTHER, NOTE = "briefs/comments.md", "briefs/records.md", "docs/note.md"
Render = Callable[..., support.Rendered]
LISTED = ("briefs", "briefs-by-role", "briefs-by-subject", "recommendations", "policy-template", "links", "corrections", "law", "literature", "glossary")
"""The registers that a publication can stand in, or be named by as what uses a thing."""


def lay_out(sample: Path, status: str) -> Path:
    """The sample with the brief of that status, and every register on one page."""
    edit(sample / BRIEF, "status: current", status)
    for name in LISTED:
        (sample / f"docs/list-{name}.md").write_text(f"---\ntitle: List\n---\n/// listing | {name}\n///\n", encoding="utf-8")
    return sample


def lists(rendered: support.Rendered) -> dict[str, str]:
    """The registers, less the previews of their links."""
    return {name: rendered.site.pages[f"docs/list-{name}.md"].html for name in LISTED}


@pytest.mark.parametrize(
    ("status", "says"),
    [
        ("status: current", None),
        ("status: draft", "<strong>Draft.</strong> Not published: it stands in no list, and its address is not promised."),
        (
            "status: withdrawn",
            "<strong>Withdrawn.</strong> Kept so that links and citations still lead somewhere; do not rely on it.",
        ),
        (
            "status: superseded\nsuperseded_by: ib-02",
            '<strong>Superseded.</strong> Do not rely on it. Read <a href="to-ib-02">Issue Brief 2, <em>Keeping posts</em></a> instead.',
        ),
    ],
)
def test_what_stands_at_the_top_of_what_is_not_in_force(sample: Path, status: str, says: str | None) -> None:
    edit(sample / BRIEF, "status: current", status)
    series, _ = load_series(sample)
    found = notice(series.briefs["comments"], series, lambda item: f"to-{item.id}")
    assert (None if found is None else inner_html(E.DIV(found))) == (None if says is None else f'<p class="notice">{says}</p>')


def test_the_registers_named_here_are_all_that_there_are() -> None:
    assert set(LISTED) <= set(LISTINGS)


@pytest.mark.parametrize("status", ["status: withdrawn", "status: superseded\nsuperseded_by: ib-02"])
def test_what_is_retired_is_left_out_or_marked_in_every_register(sample: Path, render: Render, status: str) -> None:
    mark = status.split()[1]
    shown = lists(render(lay_out(sample, status)))
    for name in ("law", "literature", "glossary", "corrections"):
        assert "briefs/comments/" not in shown[name], name
    assert "Publish the rules before" not in shown["recommendations"]
    assert 'id="recommendations-ib-01"' in shown["recommendations"] and f"({mark})" in shown["recommendations"]
    assert "threatens a person" not in shown["policy-template"]
    assert 'id="comment-rules"' in shown["policy-template"] and "no longer offered" in shown["policy-template"]
    assert 'id="citizen-conduct"' in shown["policy-template"]
    assert 'id="link-ib-01"' in shown["links"] and f"What a page may hide ({mark})" in shown["links"]
    assert shown["briefs"].index("No longer in force") < shown["briefs"].index(f"({mark})")
    assert ("read <a" in shown["briefs"]) == (mark == "superseded")
    for name in ("briefs-by-role", "briefs-by-subject"):
        assert "../briefs/comments/" not in shown[name], name
    # The line for a subject that only this brief was on stays, for its address was promised.
    assert 'id="on-citizen-conduct"' in shown["briefs-by-subject"] and "No brief in force." in shown["briefs-by-subject"]


def test_a_draft_is_in_no_register(sample: Path, render: Render) -> None:
    rendered = render(lay_out(sample, "status: draft"))
    for name, html in lists(rendered).items():
        assert "briefs/comments/" not in html and "ib-01" not in html and "comment-rules" not in html, name
    assert "on-citizen-conduct" not in lists(rendered)["briefs-by-subject"]
    assert "Publish the rules before" in rendered.html(BRIEF)


def test_a_series_in_force_has_no_mark(sample: Path, render: Render) -> None:
    rendered = render(lay_out(sample, "status: current"))
    assert not rendered.problems
    for word in ("withdrawn", "superseded", "No longer in force", "no longer offered", 'class="standing"'):
        assert not any(word in rendered.html(path) for path in rendered.site.pages), word


def test_a_reference_says_how_its_target_stands_and_its_author_is_told(sample: Path, render: Render) -> None:
    rendered = render(lay_out(sample, "status: superseded\nsuperseded_by: ib-02"))
    page = rendered.site.pages[OTHER]
    for href in ("../comments/#practice", "../comments/#ib-01-r2", "../comments/#ways"):
        start = page.html.index(f'href="{href}"')
        assert '<span class="standing"> (superseded)</span></a>' in page.html[start : page.html.index("</a>", start) + 4], href
    assert "Issue Brief 1 · superseded" in page.previews
    assert "Read Issue Brief 2, Keeping posts, instead." in page.previews
    # What it says of itself needs no mark, and its successor may name it.
    assert 'class="standing"' not in rendered.site.pages[BRIEF].html
    assert not [problem for problem in rendered.problems if problem.path == OTHER]


def test_the_author_of_a_reference_to_what_was_withdrawn_is_told(sample: Path, render: Render) -> None:
    edit(sample / BRIEF, "status: current", "status: withdrawn")
    assert [str(problem) for problem in render(sample).problems if problem.path == OTHER] == [
        f"{OTHER}:20: “{href}” leads to Issue Brief 1, which was withdrawn. The reference is printed with that word."
        " Refer to what holds now, or leave it as history. [retired]"
        for href in ("brief:comments#practice", "rec:ib-01-r2", "table:comments/ways")
    ]


def test_an_own_text_of_a_reference_is_marked_too(sample: Path, render: Render) -> None:
    (sample / NOTE).write_text("---\ntitle: Note\n---\nThere is [a rule for comments](brief:comments).\n", encoding="utf-8")
    page = render(lay_out(sample, "status: withdrawn")).html(NOTE)
    assert 'a rule for comments<span class="standing"> (withdrawn)</span></a>' in page


def test_a_reference_to_a_draft_is_a_note(sample: Path, render: Render) -> None:
    rendered = render(lay_out(sample, "status: draft"))
    found = [problem for problem in rendered.problems if problem.path == OTHER]
    assert {problem.rule for problem in found} == {"retired"} and "leads to a draft" in found[0].message
    assert "(draft)" in rendered.html(OTHER)


def test_what_is_not_in_force_is_no_evidence_for_anything(sample: Path, render: Render) -> None:
    case = "docs/case-studies/sample-county-2020.md"
    assert any("briefs/comments/" in link.url for link in render(sample).site.pages[case].backlinks)
    edit(sample / BRIEF, "status: current", "status: withdrawn")
    assert not any("briefs/comments/" in link.url for link in render(sample).site.pages[case].backlinks)


@pytest.mark.parametrize(
    ("to", "message"),
    [
        ("ib-03", "`superseded_by` names “ib-03”, and no publication has that id. Did you mean “ib-02”?"),
        ("xyz", "`superseded_by` names “xyz”, and no publication has that id. Give the id of what replaces it, e.g. ib-12."),
        ("ib-01", "`superseded_by` names itself. Give the id of a publication that is in force."),
    ],
)
def test_a_successor_must_be_there(sample: Path, render: Render, to: str, message: str) -> None:
    edit(sample / BRIEF, "status: current", f"status: superseded\nsuperseded_by: {to}")
    assert f"{BRIEF}: {message} [front-matter]" in [str(problem) for problem in render(sample).problems]


def test_a_draft_is_no_successor(sample: Path, render: Render) -> None:
    edit(sample / BRIEF, "status: current", "status: superseded\nsuperseded_by: ib-02")
    edit(sample / OTHER, "edition: 1\n", "edition: 1\nstatus: draft\n")
    said = f"{BRIEF}: `superseded_by` names a draft. Give the id of a publication that is in force. [front-matter]"
    assert said in [str(problem) for problem in render(sample).problems]


def test_what_is_still_to_be_written_is_a_note_in_a_draft_and_a_mistake_in_print(sample: Path, render: Render) -> None:
    text = (sample / OTHER).read_text(encoding="utf-8").replace("A post is a record", "To write: the problem.\n\nTo write: its evidence.\n\nA post is a record")
    text = text.replace('    evidence: ["@samplecounty2020"]\n', "")
    (sample / OTHER).write_text(text, encoding="utf-8")
    assert [(problem.rule, problem.line) for problem in render(sample).problems] == [("block", 20), ("recommendation", 32)]
    edit(sample / OTHER, "edition: 1\n", "edition: 1\nstatus: draft\n")
    found = render(sample)
    assert [(problem.rule, problem.line) for problem in found.problems] == [("draft", 21), ("draft", 33)]
    assert "2 passages begin with “To write:”; the first is here." in found.problems[0].message
    assert "Evidence: none yet" in found.html(OTHER)
