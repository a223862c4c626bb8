"""The catalogue keeps to its published schema, and says what the sources say."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from hooks.series.load import load_series
from hooks.site.catalogue import PdfEntry, catalogue, schema, to_json
from tests import support

PDF = {"url": "briefs/comments/comments.pdf", "pages": 2, "bytes": 1000, "sha256": "0" * 64}


@pytest.fixture
def text(sample: Path, render: Callable[..., support.Rendered]) -> str:
    site = render(sample).site
    return written(sample, site)


def written(sample: Path, site) -> str:
    files = {"ib-01": {"docx": "briefs/comments/comments.docx"}, "wp": {"epub": "white-paper/white-paper.epub"}}
    return to_json(catalogue(load_series(sample)[0], site.pages, site.recommendations, {"ib-01": PdfEntry(**PDF)}, files, site.letters))


@pytest.fixture
def data(text: str) -> dict:
    return json.loads(text)


def validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(schema()), format_checker=jsonschema.FormatChecker())


def test_it_keeps_to_its_schema(data: dict) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(schema()))
    validator().validate(data)


@pytest.mark.parametrize("change", [{"kind": "book"}, {"edition": "1"}, {"extra": 1}, {"published": "soon"}])
def test_the_schema_refuses_what_is_not_promised(change: dict, data: dict) -> None:
    data["publications"][0] |= change
    assert list(validator().iter_errors(data))


def test_publications_with_their_chapters_pdfs_and_uses(data: dict) -> None:
    paper, comments, records, *_ = data["publications"]
    assert [item["id"] for item in data["publications"]] == ["wp", "ib-01", "ib-02", "now-01", "ss-01"]
    assert [chapter["id"] for chapter in paper["chapters"]] == ["wp-01"]
    assert paper["recommendations"] == ["wp-01-r1"]
    assert paper["citations"] == ["sampleson2013first"]
    assert (comments["number"], comments["pdf"], records["pdf"]) == (1, PDF, None)
    assert (paper["epub"], comments["epub"]) == ("white-paper/white-paper.epub", None)
    assert (paper["docx"], comments["docx"]) == (None, "briefs/comments/comments.docx")
    assert comments["title"] == "Public comments: What a page may hide"
    assert comments["cases"] == ["sample-county-2020", "sample-village-2021"]
    assert comments["authorities"] == ["sample-comments", "sample-records"]
    assert comments["citations"] == ["sample:survey", "sampleson2013first", "sampleson2013second"]
    assert comments["recommendations"] == ["ib-01-r1", "ib-01-r2"]
    assert comments["word_count"] > 100


def test_sheets_say_when_they_are_for_and_which_words_they_have(data: dict) -> None:
    sheet, sector = data["publications"][-2:]
    assert (sheet["kind"], sheet["number"], sheet["urgency"]) == ("now-sheet", 1, "minutes")
    assert sheet["when"] == "Posts appear on the page that nobody on staff wrote."
    assert [tuple(item.values()) for item in sheet["letters"]] == [
        ("report", "letter", "To the platform", "now/taken-over/#letter-report", None),
        ("not-ours", "notice", "For our other channels", "now/taken-over/#letter-not-ours", "now/taken-over/taken-over-not-ours.png"),
    ]
    assert (sector["kind"], sector["more"]) == ("sector-sheet", {"For": "boards, and those who post for a school"})
    assert not {"when", "urgency", "letters"} & set(sector) and not {"when", "letters"} & set(data["publications"][1])


def test_recommendations_cases_and_authorities(data: dict) -> None:
    assert data["recommendations"][1] == {
        "id": "ib-01-r1",
        "text": "Publish the rules before the first comment is hidden.",
        "publication": "ib-01",
        "who": "Communications",
        "when": "within 30 days",
        "strength": "law-requires",
        "evidence": ["@sampleson2013first, p. 4", "law:sample-comments", "case:sample-county-2020"],
        "url": "briefs/comments/#ib-01-r1",
        "status": "current",
        "law_as_of": "2026-06-01",
    }
    assert [case["url"] for case in data["cases"]] == ["case-studies/sample-village-2021/", "case-studies/sample-county-2020/"]
    assert data["authorities"][0]["page"] == "law/sample-comments/"


def test_equal_sources_give_equal_text(text: str, sample: Path, render: Callable[..., support.Rendered]) -> None:
    site = render(sample).site
    assert written(sample, site) == text
    assert text.endswith("}\n")


def test_the_words_of_the_white_paper_are_its_own_and_those_of_its_chapters(sample: Path, render: Callable[..., support.Rendered]) -> None:
    def count() -> dict[str, int]:
        return {entry["id"]: entry["word_count"] for entry in json.loads(written(sample, render(sample).site))["publications"]}

    before = count()
    for path, words in (("whitepaper/index.md", 5), ("whitepaper/01-purpose.md", 7), ("briefs/records.md", 11)):
        file = sample / path
        file.write_text(f"{file.read_text(encoding='utf-8')}\n\n{'word ' * words}\n", encoding="utf-8")
    after = count()
    assert {id_: after[id_] - before[id_] for id_ in after} == {"wp": 12, "ib-01": 0, "ib-02": 11, "now-01": 0, "ss-01": 0}
