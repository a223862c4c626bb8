"""A whole build of the sample with its course, in which a brief marks its Act part: where its card stands, and what leads to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from lxml import html

from tests.paper import sheets
from tests.support import Built, contents, edit

CARD = "briefs/comments/comments-card.pdf"


def test_a_card_stands_beside_its_brief_and_is_offered_where_it_is_sought(course: Path, build: Callable[..., Built]) -> None:
    brief = course / "briefs/comments.md"
    edit(brief, "/// glance", "/// part | act\n///\n\n/// glance")
    edit(brief, "## The issue", "/// part | use\n///\n\n## The issue")
    made = build(course, extra={"rules": {"parts": "note"}})
    assert made.status == 0, made.output
    files = contents(made.site)
    assert [name for name in files if name.endswith("-card.pdf")] == [CARD]
    sheet, = sheets(files[CARD])
    words = " ".join(word.text for word in sheet.words)
    assert "Public comments" in words and "Keep what you hide." in words and "Comments are open on most pages" not in words

    for page, place in {"briefs/comments/index.html": "comments-card.pdf", "briefs/index.html": "../briefs/comments/comments-card.pdf",
                        "course/rules/index.html": "../../briefs/comments/comments-card.pdf"}.items():
        links = [link for link in html.fromstring(files[page]).iter("a") if link.get("href") == place]
        assert len(links) == 1 and "card" in links[0].text_content().lower(), page
    assert b"records-card" not in files["briefs/index.html"] and b"records-card" not in files["course/rules/index.html"]

    catalogue = json.loads(files["catalogue.json"])
    jsonschema.validate(catalogue, json.loads(files["catalogue.schema.json"]))
    cards = {item["id"]: item["card"] for item in catalogue["publications"]}
    assert cards["ib-01"]["url"] == CARD and cards["ib-01"]["pages"] == 1 and cards["ib-02"] is None
    report = json.loads(files["about/conformance/report.json"])["files"]
    assert next(item for item in report if item["path"] == CARD)["conforms"]


@pytest.mark.proof
def test_a_card_that_runs_over_stops_the_build_at_its_part(course: Path, build: Callable[..., Built]) -> None:
    """Few words, and so within what an Act part may hold, on many lines."""
    brief = course / "briefs/comments.md"
    edit(brief, "/// glance", "/// part | act\n///\n\n" + "Decide.\n\n" * 300 + "/// glance")
    edit(brief, "## The issue", "/// part | use\n///\n\n## The issue")
    made = build(course, extra={"rules": {"parts": "note"}})
    assert made.status != 0
    assert "briefs/comments.md:21: The PDF edition cannot be made: its card, the Act part on one page, runs over by about" in made.output
