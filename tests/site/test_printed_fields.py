"""What a record says is on the page that prints it, each field at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from hooks.citing.bibliography import load_bibliography
from hooks.series.load import load_series
from hooks.series.records import LegalDate
from hooks.site.printed_fields import Printed, check_printed_fields, printed_fields, texts, words_of_page
from tests.support import SAMPLE

RECORD = 'one:\n  note: The first of\n    several "notes", see [](law:x).\n'
FIELD = Printed("x.yml", "note", "The first of several “notes”, see [](law:x).", 'id="x"')


@pytest.mark.parametrize(
    "html",
    [
        '<p id="x">The <em>first</em> of several “notes”, see <a href="y">Law § 1</a>.</p>',
        '<p id="x">The fi<b>rst</b> of\n several &ldquo;notes&rdquo;,\u200b see</p>',
        "<p>No such record is on this page.</p>",
    ],
)
def test_a_field_that_is_printed(html: str, tmp_path: Path) -> None:
    assert check_printed_fields(html, [FIELD], tmp_path) == []


@pytest.mark.parametrize(
    "html",
    [
        '<p id="x">The first of several, see.</p>',
        '<p id="x">several “notes” of the first, see</p>',
        '<head><title>The first of several “notes”, see</title></head><p id="x"></p>',
        '<p id="x"><script>The first of several “notes”, see</script></p>',
        '<p id="x" title="The first of several “notes”, see"></p>',
    ],
)
def test_a_field_that_is_not_is_told_at_its_line(html: str, tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_text(RECORD)
    (problem,) = check_printed_fields(html, [FIELD], tmp_path)
    assert (problem.path, problem.line, problem.rule) == ("x.yml", 2, "lost")
    assert "Of “note” its page does not print this: “The first of several “notes”, see”." in problem.message


def test_texts_are_what_is_printed_of_a_record() -> None:
    date = LegalDate.model_validate({"date": "2026-01-01", "what": "Due", "who": "Clerks", "duty": "a-duty"})
    assert list(texts(date)) == [("what", "Due"), ("who", "Clerks")]


def test_the_pages_of_the_sample_and_what_they_print() -> None:
    series, _ = load_series(SAMPLE)
    found = printed_fields(series, load_bibliography(SAMPLE)[0]).by_url
    assert ("docs/glossary/terms.yml", "definition") in {(field.path, field.key) for field in found["glossary/"]}
    assert {"name", "rule", "citation", "dates.what"} <= {field.key for field in found["law/sample-comments/"]}
    assert {"title", "summary", "changes.note"} <= {field.key for field in found["briefs/records/"]}
    assert "question" not in {field.key for field in found["briefs/records/"]}
    assert any(field.key == "label" for field in found["for/"])


def test_words_of_a_page_run_together() -> None:
    assert words_of_page("<head><style>a</style></head><p>b<i>c</i>d<!-- e --></p><p>f</p>") == "bcdf"
