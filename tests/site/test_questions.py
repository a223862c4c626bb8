"""Questions in a built site: their pages and addresses, what machines read of them, the PDF and the text of all."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import feedparser
import pikepdf
import pytest
from lxml import html

from hooks.series.load import load_series
from hooks.site.catalogue import catalogue, schema, to_json
from hooks.site.page_dates import last_change
from hooks.site.promises import draft_addresses
from hooks.site.redirects import permanent_pages
from tests import support

HERE = "https://onrecord.example/"
INDEX = """---
id: qa
title: Questions and answers
summary: Sample data. Every question with its answer.
edition: 1
published: 2026-02-01
revised: 2026-02-01
review_by: 2027-02-01
changes:
  - {edition: 1, date: 2026-02-01, note: First edition.}
---

Every question of the sample.

/// listing | questions
///
"""


def with_index(sample: Path) -> Path:
    (sample / "docs/questions/index.md").write_text(INDEX, encoding="utf-8")
    return sample


def drafted(sample: Path) -> Path:
    support.edit(sample / "docs/sectors/schools.md", "review_by:", "status: draft\nreview_by:")
    return sample


def test_a_built_site_answers_questions(sample: Path, build: Callable[..., support.Built]) -> None:
    done = build(with_index(sample), extra={"series": {"editions": ["pdf", "text"]}})
    assert done.status == 0, done.output

    page = html.document_fromstring(done.page("questions/schools/index.html"))
    assert page.findtext(".//h1") == "Questions: Schools of Sample"
    (data,) = [json.loads(node.text) for node in page.iter("script") if node.get("type") == "application/ld+json"]
    assert (data["@type"], data["dateModified"], len(data["mainEntity"])) == ("FAQPage", "2026-06-02", 2)
    first = data["mainEntity"][0]
    assert (first["@type"], first["@id"], first["name"]) == ("Question", f"{HERE}id/q-001/", "May a school hide a rude comment?")
    assert first["acceptedAnswer"]["text"] == (
        "Only by a rule that it published first (Sample Comments Act § 1). [inferred] Keep what you hide as long as the post that it answers."
    )
    assert first["acceptedAnswer"]["citation"] == f"{HERE}sectors/schools/#rules"

    (link,) = html.document_fromstring(done.page("sectors/schools/index.html")).xpath("//p[@class='asked']/a")
    assert link.get("href") == "../../questions/schools/"
    assert 'href="../../questions/schools/#q-001"' in done.page("id/q-001/index.html")
    assert any(entry.title.startswith("Questions, Questions and answers") for entry in feedparser.parse((done.site / "feed.xml").read_bytes()).entries)
    assert f"{HERE}questions/schools/" in done.page("sitemap.xml")
    listed = html.document_fromstring(done.page("questions/index.html"))
    assert [node.get("href") for node in listed.xpath("//div[contains(@class, 'register--asked')]//li/a")] == ["schools/#q-001", "schools/#q-002"]
    assert not (done.site / "questions/schools.yml").exists()

    with pikepdf.open(io.BytesIO((done.site / "questions/questions.pdf").read_bytes())) as document:
        places = set(pikepdf.NameTree(document.Root.Names.Dests).keys())
    assert {"about-schools", "about-schools.q-001", "about-schools.q-002"} <= places
    text = done.page("questions/questions.txt")
    assert "### May a school hide a rude comment?" in text and "## Law cited" in text
    (entry,) = [item for item in json.loads(done.page("catalogue.json"))["publications"] if item["id"] == "qa"]
    assert (entry["pdf"]["url"], entry["txt"], entry["citations"]) == ("questions/questions.pdf", "questions/questions.txt", [])


def test_the_catalogue_has_every_question(sample: Path, render: Callable[..., support.Rendered]) -> None:
    site = render(sample).site
    data = json.loads(to_json(catalogue(load_series(sample)[0], site.pages, site.recommendations, {}, questions=site.questions)))
    support_schema = json.loads(schema())
    assert set(data["questions"][0]) == set(support_schema["$defs"]["QuestionEntry"]["required"])
    assert data["questions"][1] == {
        "id": "q-002",
        "question": "Who says yes before we post a picture of a pupil?",
        "also": ["photo of a pupil", "picture of a child", "consent for photos"],
        "who": ["communications"],
        "sector": [],
        "answer": "The one whom your rule names, before the post. The county asked first (Exemplar and Specimen 2024, 9).",
        "strength": "practice",
        "as_of": "2026-06-02",
        "subject": "schools",
        "url": "questions/schools/#q-002",
        "read": "sectors/schools/#do",
        "status": "current",
    }


def test_questions_about_a_draft_are_in_no_list_and_promise_nothing(sample: Path, render: Callable[..., support.Rendered]) -> None:
    rendered = render(drafted(with_index(sample)))
    series, site = load_series(sample)[0], rendered.site
    assert json.loads(to_json(catalogue(series, site.pages, site.recommendations, {}, questions=site.questions)))["questions"] == []
    assert "q-001" not in site.pages["docs/questions/index.md"].html
    assert {"questions/schools/", "id/q-001/", "id/q-002/"} <= set(draft_addresses(series, site.recommendations))
    assert "Asked" not in site.pages["docs/for/communications.md"].html
    assert "id/q-001/index.html" in permanent_pages(series, site.recommendations, questions=site.questions)


def test_search_engines_pass_over_questions_about_a_draft(sample: Path, build: Callable[..., support.Built]) -> None:
    done = build(drafted(sample), extra={"series": {"editions": []}})
    assert done.status == 0, done.output
    assert '<meta name="robots" content="noindex">' in done.page("questions/schools/index.html")
    assert "questions/schools/" not in done.page("sitemap.xml")
    assert "May a school hide" not in done.page("search/words.js")


def test_questions_change_when_an_answer_is_checked(sample: Path) -> None:
    support.edit(sample / "docs/questions/schools.yml", "as_of: 2026-06-02", "as_of: 2026-06-05")
    assert last_change(load_series(sample)[0], "docs/questions/schools.md").isoformat() == "2026-06-05"


@pytest.mark.parametrize("name", ["schools.md", "index.md"])
def test_a_page_that_an_author_has_written_stands_instead(name: str, sample: Path, render: Callable[..., support.Rendered]) -> None:
    (sample / f"docs/questions/{name}").write_text("---\ntitle: Own\n---\nOwn words.\n" if name != "index.md" else INDEX, encoding="utf-8")
    rendered = render(sample, rules={"answered": "off"})
    assert [problem for problem in rendered.problems if problem.rule not in ("lost",)] == []
