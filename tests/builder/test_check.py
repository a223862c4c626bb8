# ruff: noqa: E501 - messages are given whole
"""Mistakes in docs/tools/policy-builder.yml: each is said with its line, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import edit

SOURCE = "docs/tools/policy-builder.yml"
PAGE = "docs/tools/policy-builder.md"
FILE = """\
questions:
  - id: comments
    title: Are comments open?
    why: It decides the rules.
    links: [brief:comments]
    options:
      - {id: open, label: Open}
      - {id: closed, label: Closed}
  - id: staff
    title: Who moderates?
    why: It decides who confirms.
    when: {comments: open}
    options:
      - {id: one, label: One person}
      - {id: two, label: Two people}
roles:
  - {id: poster, label: Poster, means: posts.}
clauses:
  - clause: comment-rules
    when: {comments: open}
    parts:
      - text: it is an advertisement.
        when: {staff: two}
blanks:
  - {id: agency-name, words: name of agency, label: Your agency}
fills:
  - {blank: agency-name, value: village, when: {staff: one}}
notes:
  - {text: Ask counsel., links: [law:sample-foil]}
"""
CLAUSE = """
/// clause | comment-hours
    title: Hours
    element: content
    note: So that readers know.
    short: none

The page is read daily. Comments follow [the comment clause].
///
"""


@pytest.fixture
def project(sample: Path) -> Path:
    (sample / "docs/tools").mkdir()
    (sample / SOURCE).write_text(FILE, encoding="utf-8")
    (sample / PAGE).write_text("---\ntitle: Builder\n---\n\n/// listing | policy-builder\n///\n", encoding="utf-8")
    law = next((sample / "docs/law").glob("*.yml")).read_text(encoding="utf-8").split("- id: ")[1].split("\n")[0]
    edit(sample / SOURCE, "law:sample-foil", f"law:{law}")
    return sample


def said(render, project: Path) -> list[str]:
    return [str(problem) for problem in render(project).problems]


def test_a_file_without_mistakes_is_passed(render, project: Path) -> None:
    assert said(render, project) == []


@pytest.mark.parametrize(("old", "new", "line", "message"), [
    ("clause: comment-rules", "clause: coment-rules", 18, "The clause “comment-rules” (Clause 1-A) is neither placed nor listed as never offered. Place it under `clauses:`, or list it under `never:` with the reason. [data]"),
    ("clause: comment-rules", "clause: coment-rules", 19, "There is no clause “coment-rules”. Did you mean “comment-rules”? [data]"),
    ("when: {staff: two}", "when: {staf: two}", 23, "There is no question “staf”. Did you mean “staff”? [data]"),
    ("when: {staff: two}", "when: {staff: tow}", 23, "The question “staff” has no option “tow”. Did you mean “two”? [data]"),
    ("    when: {comments: open}\n    options", "    when: {staff: one}\n    options", 12, "“staff” is asked only here or later. A condition of a question looks back: move one of the two. [data]"),
    ("it is an advertisement", "it is advertising", 22, "The clause “comment-rules” has no passage “it is advertising.” The nearest sentence is “it is an advertisement.” [data]"),
    ("blank: agency-name", "blank: zzzz", 27, "There is no blank “zzzz”. Describe it under `blanks:` first. [data]"),
    ("notes:", "checks:\n  - {who: [zzzz, agency-name], why: One may err., instead: The clerk.}\nnotes:", 29, "There is no role or blank “zzzz”. Describe it under `roles:` first. [data]"),
    ("words: name of agency", "words: name of agancy", 25, "No clause has a blank “[name of agancy]”. Did you mean “name of agency”? [data]"),
    ("blank: agency-name", "blank: agency", 27, "There is no blank “agency”. Did you mean “agency-name”? [data]"),
    ("links: [brief:comments]", "links: [brief:coments]", 5, "There is no issue brief “coments”. Did you mean “comments”? [reference]"),
    ("    why: It decides the rules.\n", "", 2, "The key “questions.why” is missing. Add “why: …”. [data]"),
    ("    when: {comments: open}\n    parts", "    when: {comments: open}\n    part", 21, "“clauses.part” is not a known key. Did you mean “parts”? [data]"),
    ("id: closed", "id: open", 6, "Two options of “comments” have the id “open”. Rename one. [data]"),
    ("id: staff\n", "id: comments\n", 1, "Two of `questions` have the id “comments”. [data]"),
    ("    when: {comments: open}\n    parts", "    when: {comments: closed}\n    parts", 22, "No answers bring this passage of “comment-rules”. Its condition and that of the clause exclude each other. [data]"),
    ("when: {staff: one}", "when: {staff: one, comments: closed}", 27, "No answers fulfil this condition. Change its `when:`, or take the entry out. [data]"),
    ("    when: {comments: open}\n    parts", "    when: {staff: one, comments: closed}\n    parts", 19, "No answers bring the clause “comment-rules”. Change its `when:`, or list it under `never:`. [data]"),
    ("      - {id: two, label: Two people}", "      - {id: two, label: Two people}\n      - {id: none-at-all, label: None, when: {comments: closed}}", 16, "No answers lead to the option “none-at-all” of “staff”. Change its `when:`. [data]"),
    ("notes:", "never:\n  - {clause: comment-rules, why: Not needed.}\nnotes:", 29, "The clause “comment-rules” is also listed under `clauses`. Keep one of the two entries. [data]"),
    ("notes:", "references:\n  - {words: number, to: [no-such-clause]}\nnotes:", 29, "There is no clause “no-such-clause”. Take the name out. [data]"),
    ("value: village, when: {staff: one}", "value: village", 27, "The value of “fills” is not valid. A filling that holds for every answer is no blank: say `when`. [data]"),
    ("value: village, when", "value: village, by: staff, values: {one: A}, when", 27, "The value of “fills” is not valid. A filling has either `value`, or `by` and `values`. [data]"),
    ("notes:", "checks:\n  - {who: [postr, agency-name], why: One may err., instead: The clerk.}\nnotes:", 29, "There is no role or blank “postr”. Did you mean “poster”? [data]"),
    ("    when: {comments: open}\n    options", "    when: {comments: open}\n    default: tow\n    options", 13, "“staff” has no option “tow”. Did you mean “two”? [data]"),
    ("blanks:", "    adds: [{sheet: libary, text: No one confirms a loan., when: {comments: open}}]\nblanks:", 24, "There is no sector “libary”. [data]"),
    ("blanks:", "    adds: [{sheet: library, text: No one confirms a loan., after: no such words, when: {comments: open}}]\nblanks:", 24, "The clause “comment-rules” has no passage “no such words” that words could follow. Copy it from the brief, word for word, between blanks. [data]"),
    ("notes:", "checks:\n  - {who: [poster], why: One may err., instead: The clerk.}\nnotes:", 29, "Item 2 of “checks.who” is missing. Write it: this list has as many items as that. [data]"),
    ("label: Your agency}", "label: Your agency, clauses: [other-clause]}", 25, "The clause “other-clause” has no blank “[name of agency]”. It stands in: comment-rules. [data]"),
], ids=lambda value: str(value)[:24].strip())
def test_a_mistake_is_said_where_it_stands(render, project: Path, old: str, new: str, line: int, message: str) -> None:
    edit(project / SOURCE, old, new)
    assert f"{SOURCE}:{line}: {message}" in said(render, project)


def test_a_question_without_effect(render, project: Path) -> None:
    edit(project / SOURCE, "roles:", "  - {id: idle, title: Idle?, why: No reason., options: [{id: a, label: A}]}\nroles:")
    assert said(render, project) == [f"{SOURCE}:16: The question “idle” has no effect. Name it in the `when:` of a clause, passage, filling or note, or take it out. [data]"]


def test_a_reference_that_could_lead_nowhere(render, project: Path) -> None:
    brief = project / "briefs/comments.md"
    brief.write_text(brief.read_text(encoding="utf-8") + CLAUSE, encoding="utf-8")
    edit(project / SOURCE, "clauses:\n", "clauses:\n  - clause: comment-hours\n")
    edit(project / SOURCE, "notes:", "references:\n  - {words: the comment clause, to: [comment-rules]}\nnotes:")
    assert said(render, project) == [
        f"{SOURCE}:30: The clause “comment-hours” can stand in a policy that has none of comment-rules, to which its “[the comment clause]” refers."
        " Give the two clauses one condition, or the sentence one of its own under `parts:`. [data]"
    ]
    edit(project / SOURCE, "  - clause: comment-hours\n", "  - clause: comment-hours\n    parts: [{text: 'Comments follow [the comment clause].', when: {comments: open}}]\n")
    assert said(render, project) == []


def test_a_new_clause_must_be_placed_or_listed(render, project: Path) -> None:
    brief = project / "briefs/comments.md"
    brief.write_text(brief.read_text(encoding="utf-8") + CLAUSE, encoding="utf-8")
    assert "The clause “comment-hours” (Clause 1-B) is neither placed nor listed as never offered." in " ".join(said(render, project))
    edit(project / SOURCE, "notes:", "never:\n  - {clause: comment-hours, why: It is only for readers.}\nnotes:")
    assert said(render, project) == []
    assert "Hours: It is only for readers." in render(project).html(PAGE)


def test_a_clause_that_holds_a_table_cannot_be_set(render, project: Path) -> None:
    brief = project / "briefs/comments.md"
    table = "| A | B |\n| --- | --- |\n| **c** | d |\n"
    brief.write_text(brief.read_text(encoding="utf-8") + CLAUSE.replace("The page is read daily. Comments follow [the comment clause].", table), encoding="utf-8")
    edit(project / SOURCE, "clauses:\n", "clauses:\n  - clause: comment-hours\n")
    assert f"{SOURCE}:19: The clause “comment-hours” holds <table>, which the policy builder cannot set. Use paragraphs and lists in clauses. [data]" in said(render, project)


def test_a_letter_that_holds_a_table_cannot_be_given_out(render, project: Path) -> None:
    edit(project / SOURCE, "notes:", "papers:\n  - {letter: 'taken-over#report', title: Report, why: It asks for the page.}\nnotes:")
    assert said(render, project) == []
    edit(project / "docs/now/taken-over.md", "- Return it to [name].", "| What | Who |\n| --- | --- |\n| **Page** | [name] |")
    assert said(render, project) == [
        f"{SOURCE}:29: The letter “taken-over#report” holds <table>, which the policy builder cannot set. Use paragraphs and lists in letters that it gives out. [data]"
    ]


def test_a_broken_brief_is_not_reported_twice(render, project: Path) -> None:
    edit(project / "briefs/comments.md", "status: current", "status: curent")
    assert not [line for line in said(render, project) if line.startswith(SOURCE)]


@pytest.mark.parametrize(("text", "message"), [("a: [", "This is not valid YAML"), ("- 1\n", "A mapping of keys to values is expected here."), ("", "A mapping of keys to values is expected here.")])
def test_a_file_that_is_no_mapping(render, project: Path, text: str, message: str) -> None:
    (project / SOURCE).write_text(text, encoding="utf-8")
    assert any(line.startswith(f"{SOURCE}:") and message in line for line in said(render, project))


def test_a_file_that_is_not_utf8(render, project: Path) -> None:
    (project / SOURCE).write_bytes(b"questions: \xff")
    assert f"{SOURCE}:1: This file is not UTF-8. Save the file as UTF-8 (in most editors: Save with encoding). [encoding]" in said(render, project)


def test_a_page_that_asks_for_a_builder_that_is_not_there(render, project: Path) -> None:
    (project / SOURCE).unlink()
    assert said(render, project) == [f"{PAGE}:5: There is no file {SOURCE}, which this listing is made from. Add it, or take the listing out. [block]"]


def test_a_brief_that_is_withdrawn_takes_its_clauses_along(render, project: Path) -> None:
    edit(project / "briefs/comments.md", "status: current", "status: withdrawn")
    assert [line for line in said(render, project) if line.startswith(SOURCE) and "brief:" not in line] == [
        f"{SOURCE}:19: The clause “comment-rules” is left out of every draft: Issue Brief 1 was withdrawn. Take the entry out when you next revise this file. [retired]"
    ]
    assert "0 of the 0 clauses" in render(project).html(PAGE)


def test_what_a_withdrawn_brief_leaves_behind_does_not_hold_up_its_withdrawal(render, project: Path) -> None:
    """The clause of one brief refers to that of another, which is then withdrawn."""
    records = project / "briefs/records.md"
    records.write_text(records.read_text(encoding="utf-8") + CLAUSE, encoding="utf-8")
    edit(project / SOURCE, "clauses:\n", "clauses:\n  - clause: comment-hours\n    when: {comments: open}\n")
    edit(project / SOURCE, "notes:", "references:\n  - {words: the comment clause, to: [comment-rules]}\nnotes:")
    assert said(render, project) == []
    edit(project / "briefs/comments.md", "status: current", "status: withdrawn")
    rendered = render(project)
    assert any("to which its “[the comment clause]” refers" in problem.message for problem in rendered.problems)
    assert {problem.rule for problem in rendered.problems} == {"retired"}
    assert "1 of the 1 clauses" not in rendered.html(PAGE) and "0 of the 1 clauses" in rendered.html(PAGE)


def test_a_clause_of_a_draft_is_asked_for_but_not_demanded(render, project: Path) -> None:
    brief = project / "briefs/records.md"
    brief.write_text(brief.read_text(encoding="utf-8") + CLAUSE, encoding="utf-8")
    edit(brief, "review_by: 2027-03-01", "review_by: 2027-03-01\nstatus: draft")
    (problem,) = [problem for problem in render(project).problems if problem.rule != "retired"]
    assert (problem.rule, problem.path) == ("draft", "briefs/records.md")
    assert "The clause “comment-hours” (Clause 2-A) is neither placed nor listed" in problem.message
    edit(brief, "status: draft", "status: current")
    assert [problem.rule for problem in render(project).problems] == ["data"]


def test_the_page_can_be_read_without_a_script(render, project: Path) -> None:
    page = render(project).html(PAGE)
    for text in ("Are comments open?", "It decides the rules.", "Closed", "It bears on: ", "Comments (Clause 1-A)", "Assembling a draft needs JavaScript", "policy template", "Poster", "Ask counsel."):
        assert text in page
