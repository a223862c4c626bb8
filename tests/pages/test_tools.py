"""The readiness check and the decision path in their pages: built from the series, resolved by the site's own means."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from lxml import html

from hooks.core.tree import fragment, text_of
from hooks.series.policy_check import CHECK
from hooks.series.tools import COMMENTS, READINESS
from tests.series.test_policy_check import RULES
from tests.series.test_tools import PATH, READY

CHECK_PAGE, PATH_PAGE = "docs/tools/readiness.md", "docs/tools/comments.md"


def lay_out(root: Path, ready: str = READY, path: str = PATH) -> Path:
    """The sample with both tools and their pages."""
    (root / "docs/tools").mkdir()
    for file, text in {READINESS: ready, COMMENTS: path}.items():
        if text:
            (root / file).write_text(text, encoding="utf-8")
    for page, name in {CHECK_PAGE: "readiness", PATH_PAGE: "comments"}.items():
        (root / page).write_text(f"---\ntitle: The {name} tool\n---\nText.\n\n/// listing | {name}\n///\n", encoding="utf-8")
    return root


def tree(rendered, path: str) -> html.HtmlElement:
    return fragment(rendered.site.pages[path].html)


def test_the_sample_with_tools_has_no_problem(sample: Path, render) -> None:
    assert render(lay_out(sample)).problems == ()


def test_each_question_is_a_field_with_its_reason_its_answers_and_its_next_steps(sample: Path, render) -> None:
    text = READY.replace("tests: [ib-01-r1]", "tests: [ib-01-r1]\n    not_applicable: There is none.", 1)
    page = tree(render(lay_out(sample, text)), CHECK_PAGE)
    items = page.find_class("check__item")
    assert len(items) == 15
    first, second = items[0], items[1]
    assert text_of(first.find(".//legend")) == "1. Is it so?"
    assert [field.get("value") for field in first.iter("input")] == ["y", "p", "n", "x"]
    assert [field.get("value") for field in second.iter("input")] == ["y", "p", "n"]
    assert first.find("fieldset").get("aria-describedby") == first.find_class("check__why")[0].get("id")
    step = first.find_class("check__steps")[0]
    link = step.find(".//a")
    assert link.get("href") == "../../briefs/comments/#ib-01-r1"
    assert link.get("data-preview", "").startswith("pv-")
    assert text_of(step).endswith("Recommendation 1.1.")
    assert [text_of(title) for title in page.find_class("check__topic")][:2] == ["Employee access", "Account management"]
    assert all(title.tag == "h2" for title in page.find_class("check__topic"))


def test_the_path_is_sections_with_links_from_answers(sample: Path, render) -> None:
    page = tree(render(lay_out(sample)), PATH_PAGE)
    sections = {node.get("id"): node for node in page.find_class("path__step")}
    assert list(sections) == ["q-first", "q-second", "do-leave", "do-hide"]
    answers = [(link.get("href"), link.get("data-answer"), link.text) for link in sections["q-first"].find_class("path__answer")]
    assert answers == [("#q-second", "yes", "Yes"), ("#do-leave", "no", "No")]
    assert text_of(sections["q-first"].find_class("path__to")[1]) == "Go to outcome 1"
    assert [text_of(node) for node in sections["do-hide"].iter("h4")] == ["Do", "Keep", "Who decides", "Why, and how others did it"]


def test_law_is_shown_at_its_strength_and_counted_as_cited(sample: Path, render) -> None:
    rendered = render(lay_out(sample))
    page = tree(rendered, PATH_PAGE)
    law = text_of(page.find_class("path__authorities")[0])
    assert law.startswith("Sample Comments Act § 1: controlling in New York; read whole; as of June 1, 2026.")
    assert "Law as of June 1, 2026 · next review December 1, 2026" in text_of(page.find_class("path__law")[0])
    assert page.get_element_by_id("law-cited") is not None
    assert page.get_element_by_id("references") is not None
    assert "The comments tool" in rendered.html("docs/law/sample-comments.md")


@pytest.mark.parametrize(("today", "overdue"), [(date(2026, 12, 1), 0), (date(2026, 12, 2), 2)])
def test_law_past_its_review_is_marked(sample: Path, render, today: date, overdue: int) -> None:
    page = tree(render(lay_out(sample), today), PATH_PAGE)
    assert len(page.find_class("callout__overdue")) == overdue


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "law:sample-comments", "law:sample-coments",
            "docs/tools/comments.yml:19: There is no authority “sample-coments”. Did you mean “sample-comments”? [reference]",
        ),
        ("law:sample-comments", "rec:ib-01-r9", "docs/tools/comments.yml:19: There is no recommendation “ib-01-r9”. Did you mean “ib-01-r"),
        ("law:sample-comments", "brief:comments#nowhere", "docs/tools/comments.yml:19: Issue Brief 1 has no anchor “nowhere”."),
        ("law:sample-comments", "case:none-such", "docs/tools/comments.yml:19: There is no case study “none-such”."),
        ("law:sample-comments", "hearsay", "docs/tools/comments.yml:19: “hearsay” is no evidence."),
        (
            "@sample:survey, p. 2", "@sample:survy, p. 2",
            "docs/tools/comments.yml:25: There is no source “sample:survy” in the bibliography. Did you mean “sample:survey”? [citation]",
        ),
    ],
)
def test_a_reference_that_leads_nowhere_is_named_once_with_its_line(sample: Path, render, old: str, new: str, said: str) -> None:
    found = [str(problem) for problem in render(lay_out(sample, path=PATH.replace(old, new))).problems]
    assert len(found) == 1, found
    assert found[0].startswith(said), found


def test_an_unknown_recommendation_is_named_with_its_line(sample: Path, render) -> None:
    found = render(lay_out(sample, READY.replace("[ib-01-r1]", "[ib-01-r1, ib-01-r7]", 1))).problems
    assert [str(problem) for problem in found] == [
        "docs/tools/readiness.yml:7: There is no recommendation “ib-01-r7”. Did you mean “ib-01-r2”? [reference]"
    ]


def test_a_page_without_its_file_says_which_is_missing(sample: Path, render) -> None:
    found = [str(problem) for problem in render(lay_out(sample, ready="")).problems]
    message = "There is no file docs/tools/readiness.yml, which this listing is made from. Add it, or take the listing out."
    assert found == [f"docs/tools/readiness.md:6: {message} [block]"]


def test_broken_data_is_reported_where_it_stands_and_not_again(sample: Path, render) -> None:
    found = render(lay_out(sample, path=PATH.replace("start: first", "start: none"))).problems
    assert {problem.path for problem in found} == {COMMENTS}


def test_every_recommendation_can_be_marked_and_is_there_to_read(sample: Path, render) -> None:
    page = tree(render(lay_out(sample)), CHECK_PAGE)
    marks = page.get_element_by_id("rec-marks")
    items = {node.get("data-rec"): node for node in marks.iter("li")}
    assert items
    first = items["ib-01-r1"]
    assert first.find(".//a").get("href") == "../../briefs/comments/#ib-01-r1"
    assert text_of(first.find_class("marks__text")[0])
    assert all(node.get("data-who") and node.get("data-when") for node in items.values())
    assert marks.find_class("marks__group")[0].tag == "details"


# ---- Check my policy


def with_rules(root: Path, rules: str) -> Path:
    lay_out(root)
    (root / CHECK).write_text(rules, encoding="utf-8")
    (root / "docs/tools/check.md").write_text("---\ntitle: Check\n---\nText.\n\n/// listing | policy-check\n///\n", encoding="utf-8")
    return root


def test_rules_are_shown_with_their_law_at_its_strength_and_their_clauses(sample: Path, render) -> None:
    clause = next(iter(render(lay_out(sample)).site.clauses)).id
    (sample / CHECK).write_text(RULES.replace("sample-clause", clause), encoding="utf-8")
    (sample / "docs/tools/check.md").write_text("---\ntitle: Check\n---\nText.\n\n/// listing | policy-check\n///\n", encoding="utf-8")
    rendered = render(sample)
    assert rendered.problems == ()
    page = tree(rendered, "docs/tools/check.md")
    ground = page.get_element_by_id("ground-rude")
    assert text_of(ground.find_class("rule__law")[0]).startswith("Sample Comments Act § 1: controlling in New York; read whole; as of June 1, 2026.")
    assert f"#clause-{clause}" in ground.find_class("rule__clauses")[0].find(".//a").get("href")
    assert text_of(page.get_element_by_id("element-security").find_class("rule__asks")[0]) == "A."
    assert "It has not been measured" in text_of(page.find_class("checker__figures")[0])


def test_law_and_clauses_that_are_not_there_are_reported_at_their_line(sample: Path, render) -> None:
    found = [str(problem) for problem in render(with_rules(sample, RULES.replace("law:sample-comments", "law:sample-coments", 1))).problems]
    assert any(problem.startswith(f"{CHECK}:3:") and "sample-coments" in problem and "Did you mean" in problem for problem in found), found
    assert f"{CHECK}:3: There is no clause “sample-clause”. Name a clause of a brief, or take it out. [reference]" in found
