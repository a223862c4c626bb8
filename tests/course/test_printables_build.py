"""A whole build of the sample with its course: answer keys and sheets are files of their own, and participants do not come across the answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from lxml import html

from tests.paper import sheets
from tests.support import Built, contents, edit

KEY, PRINTED = "course/keys/rules/rules-key.pdf", "course/rules/rules-sheets.pdf"


@pytest.fixture
def built(course: Path, build: Callable[..., Built]) -> Built:
    module = course / "docs/course/01-rules.md"
    edit(module, "    title: One comment\n", "    title: One comment\n    copies: one for two\n")
    edit(module, "    part: Comments\n", "    part: Comments\n    material: town-page\n    copies: one each\n")
    edit(course / "docs/course/keys/rules.md", "/// key | name-place", "/// key | write-rules\nNo.\n:   See [](brief:comments).\n///\n\n/// key | name-place")
    made = build(course)
    assert made.status == 0, made.output
    return made


def text_of(pdf: bytes) -> str:
    return " ".join(word.text for sheet in sheets(pdf) for word in sheet.words)


def test_keys_and_sheets_are_files_of_their_own(built: Built) -> None:
    files = contents(built.site)
    assert {KEY, PRINTED, "course/keys/rules/index.html"} <= set(files)
    assert "Sealed answer" in text_of(files[KEY]) and "For the facilitator" in text_of(files[KEY])
    for path in ("course/rules/rules.pdf", "course/course.pdf", "course/workbook/workbook.pdf", PRINTED):
        assert "Sealed answer" not in text_of(files[path]), path
    printed = text_of(files[PRINTED])
    assert "The telephone rings" in printed and "You know nothing and want an answer" in printed and "somebody writes" in printed
    assert "The telephone rings" not in text_of(files["course/rules/rules.pdf"])

    page = html.fromstring(files["course/rules/index.html"])
    for place in (page.find_class("objectives")[0], page.find_class("print-list")[0]):
        links = [link for link in place.iter("a") if link.get("href") == "rules-sheets.pdf"]
        assert len(links) == 1 and "accessible PDF" in links[0].getparent().text_content()
    assert [link.get("href") for link in page.find_class("print-list")[0].iter("a")] == ["rules-sheets.pdf", "rules-handout.pdf", "../keys/rules/rules-key.pdf"]

    catalogue = json.loads(files["catalogue.json"])
    jsonschema.validate(catalogue, json.loads(files["catalogue.schema.json"]))
    module = next(item for item in catalogue["publications"] if item["id"] == "tc")["modules"][0]
    assert (module["sheets"]["url"], module["key"]["url"]) == (PRINTED, KEY)
    report = {item["path"]: item["conforms"] for item in json.loads(files["about/conformance/report.json"])["files"]}
    assert report[KEY] and report[PRINTED]


def test_nobody_who_searches_meets_the_answers_first(built: Built) -> None:
    files = contents(built.site)
    page = html.fromstring(files["course/keys/rules/index.html"])
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"] and page.find(".//h1").text_content() == "Answer key: Rules of the page"
    assert b"course/keys/" not in files["sitemap.xml"]
    assert not any(b"Sealed answer" in content or b"keys/rules" in content for path, content in files.items() if path.startswith("search/"))


@pytest.mark.proof
def test_the_same_course_gives_the_same_sheets(built: Built, course: Path, build: Callable[..., Built]) -> None:
    before = {path: content for path, content in contents(built.site).items() if path in (KEY, PRINTED)}
    again = contents(build(course).site)
    assert before and all(again[path] == content for path, content in before.items())
