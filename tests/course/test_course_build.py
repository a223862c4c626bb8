"""A whole build of the sample with its course: addresses, editions, the workbook in Word, the catalogue."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import html

from tests.support import Built, contents, edit


@pytest.fixture
def built(course: Path, build: Callable[..., Built]) -> Built:
    made = build(course)
    assert made.status == 0, made.output
    return made


def test_everything_of_the_course_is_there(built: Built) -> None:
    files = contents(built.site)
    expected = ["course/index.html", "course/course.pdf", "course/rules/index.html", "course/rules/rules.pdf", "course/rules/rules-slides.pdf"]
    expected += ["course/rules/rules-handout.pdf", "course/rules/slides/index.html", "course/workbook/index.html", "course/workbook/workbook.pdf"]
    expected += ["course/workbook/workbook.docx", "course/objectives/index.html", "id/tc/index.html", "id/tc-01/index.html", "id/tc-workbook/index.html"]
    assert set(expected) <= set(files)
    assert not [name for name in files if name.startswith(("course/01-", "course/slides/"))]

    page = html.fromstring(files["course/rules/index.html"])
    assert [node.get("src").rpartition("/")[2] for node in page.iter("script") if node.get("src")].count("course.js") == 1
    assert "60 minutes in a class" in page.text_content()
    facts = " ".join(page.find_class("objectives")[0].text_content().split())
    assert "Slides (5 pages" in facts and "Handout (1 page" in facts and facts.count("accessible PDF") == 3
    slides = html.fromstring(files["course/rules/slides/index.html"])
    assert slides.find(".//h1").text_content() == "Slides: Rules of the page"
    assert b"course.js" not in files["briefs/comments/index.html"] and b"course.css" not in files["briefs/comments/index.html"]

    catalogue = json.loads(files["catalogue.json"])
    jsonschema.validate(catalogue, json.loads(files["catalogue.schema.json"]))
    entry = next(item for item in catalogue["publications"] if item["id"] == "tc")
    assert entry["kind"] == "course" and not [item for item in catalogue["publications"] if item["id"] in ("tc-01", "tc-workbook")]
    module = entry["modules"][0]
    assert (module["id"], module["minutes"], module["slides"]["pages"], module["handout"]["pages"]) == ("tc-01", 60, 5, 1)
    assert module["practises"] == ["ib-01-r1", "wp-01-r1", "ib-01-r2", "ib-02-r1"]
    assert entry["workbook"]["docx"] == "course/workbook/workbook.docx"
    report = json.loads(files["about/conformance/report.json"])["files"] if "about/conformance/report.json" in files else []
    assert {"course/rules/rules-slides.pdf", "course/rules/rules-handout.pdf"} <= {item["path"] for item in report}
    assert b"Rules of the page" in files["feed.xml"]

    document = Document(io.BytesIO(files["course/workbook/workbook.docx"]))
    heads = [(p.style.name, p.text) for p in document.paragraphs if p.style.name in ("Heading 1", "Heading 2")]
    assert heads[:2] == [("Heading 1", "Comments"), ("Heading 2", "Exercise 1.1. Write the rules")]
    assert heads[2:4] == [("Heading 1", "Records"), ("Heading 2", "Exercise 1.2. Name the place")]
    rows = document.tables[0].rows
    assert rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [row._tr.trPr.find(qn("w:trHeight")) is not None for row in rows] == [False, True, True]
    controls = list(document.element.iter(qn("w:sdt")))
    assert [control.find(qn("w:sdtPr")).find(qn("w:alias")).get(qn("w:val")) for control in controls] == ["Our rules, in three lines", "The place"]
    assert [len(control.find(qn("w:sdtContent")).findall(qn("w:p"))) for control in controls] == [3, 1]
    assert all("[Write here]" in "".join(control.itertext()) for control in controls)
    assert {run.text for p in document.paragraphs for run in p.runs if run.style.name == "Blank"} == {"[account]"}


def test_a_slide_that_is_too_long_stops_the_build_and_is_named(course: Path, build: Callable[..., Built]) -> None:
    edit(course / "docs/course/slides/rules.md", "- Write the rules of a page\n", "- Write the rules of a page\n" * 30)
    made = build(course)
    assert made.status != 0
    assert "docs/course/slides/rules.md" in made.output and "“What you will be able to do”" in made.output


def test_a_handout_that_is_too_long_stops_the_build(course: Path, build: Callable[..., Built]) -> None:
    edit(course / "docs/course/01-rules.md", "- Write the rule.\n", "- Write the rule.\n" * 60)
    made = build(course)
    assert made.status != 0
    assert "docs/course/01-rules.md" in made.output and "one is all it may have" in made.output
