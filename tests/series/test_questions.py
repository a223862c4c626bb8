"""Questions and their answers as records: what a file may say, how sentences and words are counted, and what stands where."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from hooks.series.load import load_series
from hooks.series.questions import Question, sentences, word_count

FILE = "docs/questions/schools.yml"
RECORD = {
    "id": "q-001",
    "question": "May we hide a rude comment?",
    "also": ["one", "two", "three"],
    "who": ["clerk"],
    "answer": "No: it stays. Save it.",
    "strength": "practice",
    "as_of": "2026-11-28",
    "read": "brief:comments#issue",
}


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("No: it stays. Save it.", 2),
        ("No: it stays ([](law:a)). [](law:b) says so.", 2),
        ("No: it stays ([](law:a)). [reported] Save it [@key, p. 4].", 2),
        ("Under 44 C.F.R. § 2.1 and Smith v. Jones, No. 5, U.S. courts let it stand. Save it", 2),
        ("“Stay.” Save it.", 2),
        ("No. 12 days are not enough.", 1),
        ("No. Save it.", 2),
        ("*Yes.* Save it: one; two; three.", 2),
        ("Yes, under section 87(2)(b). Say so!", 2),
        ("See [the rule. Now](brief:a#b) first.", 2),
        ("Only one, e.g. this", 1),
        ("One. Two. Three.", 3),
        ("", 0),
    ],
)
def test_sentences(text: str, many: int) -> None:
    assert sentences(text) == many


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("No: it stays ([](law:a)). [not found] Save it [@key, p. 4].", 5),
        ("See [the rule](brief:a#b) - now, for $500.", 6),
        ("[Village] fills a blank.", 4),
    ],
)
def test_words_of_references_and_marks_do_not_count(text: str, many: int) -> None:
    assert word_count(text) == many


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("id", "q45", "“q45” is no id of a question. Write q- and a number: q-045."),
        ("question", "We hide a rude comment.", "It does not end in a question mark. Ask it as a person in the job would."),
        ("question", f"{'May ' * 28}we?", "It has 115 characters; at most 110 are read at a glance."),
        ("also", ["one", "two"], "It has 2; give 3 to 48 other ways in which people ask it."),
        ("also", list(map(str, range(49))), "It has 49; give 3 to 48 other ways in which people ask it."),
        ("who", [], "It is empty. Name at least one role of docs/for/roles.yml."),
        ("answer", "No.", "It has 1 sentence; write two: the answer, then the reason or what to do."),
        ("answer", "No. Save it. Go.", "It has 3 sentences; write two: the answer, then the reason or what to do."),
        ("answer", f"No. {'Save ' * 59}it.", "It has 61 words without its references; at most 60 are allowed. Leave the rest to the passage that it leads to."),
        ("answer", "No. [infered] Save it.", "Did you mean “[inferred]”?"),
        ("strength", "law_point", "Did you mean “law-points”?"),
        ("strength", 3, "valid string"),
        ("as_of", "yesterday", "valid date"),
        ("read", "", "at least 1 character"),
    ],
)
def test_values_that_cannot_be(key: str, value: object, says: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Question.model_validate(RECORD | {key: value})
    assert says in str(caught.value)


def test_a_strength_may_be_written_with_an_underscore() -> None:
    assert Question.model_validate(RECORD | {"strength": "law_points"}).strength == "law-points"


def test_a_question_stands_under_its_subject(sample: Path) -> None:
    series, problems = load_series(sample)
    assert problems == []
    subject = series.subject_of["q-001"]
    assert (subject.slug, subject.title, subject.in_force) == ("schools", "Schools of Sample", True)
    assert series.subject_by_path["docs/questions/schools.md"] is subject
    assert series.origin("docs/questions/schools.md") == FILE
    assert series.places["q:q-002.read"] == (FILE, 22)
    assert [question.id for question in series.question.values()] == ["q-001", "q-002"]


def test_briefs_come_first_then_sectors_then_what_no_publication_is_about(sample: Path) -> None:
    text = (sample / FILE).read_text(encoding="utf-8")
    for number, name in enumerate(("adopting", "records", "comments"), 1):
        (sample / f"docs/questions/{name}.yml").write_text(text.replace("q-0", f"q-{number}"), encoding="utf-8")
    series, _ = load_series(sample)
    assert list(series.subjects) == [*series.briefs, "schools", "adopting"]
    assert series.subjects["adopting"].publication is None


def test_a_subject_that_is_a_draft_is_not_in_force(sample: Path) -> None:
    sheet = sample / "docs/sectors/schools.md"
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("review_by:", "status: draft\nreview_by:"), encoding="utf-8")
    assert not load_series(sample)[0].subjects["schools"].in_force


def test_an_id_stands_once_over_all_files(sample: Path) -> None:
    text = (sample / FILE).read_text(encoding="utf-8").replace("q-002", "q-003")
    (sample / "docs/questions/adopting.yml").write_text(text, encoding="utf-8")
    assert [str(problem) for problem in load_series(sample)[1]] == [
        f"{FILE}:2: The id “q-001” is already used in docs/questions/adopting.yml:2. Ids are unique; rename one. [id]"
    ]


def test_what_cannot_be_read_is_told_with_its_line(sample: Path) -> None:
    file = sample / FILE
    text = file.read_text(encoding="utf-8").replace("q-002", "q-001").replace("law-points", "law_pints").replace("also: [photo", "als: [photo")
    file.write_text(text, encoding="utf-8")
    (sample / "docs/questions/comments.yml").write_text("one: two\n", encoding="utf-8")
    (sample / "docs/questions/records.yml").write_text("", encoding="utf-8")
    series, problems = load_series(sample)
    assert [str(problem) for problem in problems] == [
        "docs/questions/comments.yml:1: A list of records is expected. Begin each record with “- id: …”. [data]",
        f"{FILE}:10: The value of “strength” is not valid. “law-pints” is not allowed. Did you mean “law-points”? [data]",
        f"{FILE}:14: The key “also” is missing. Add “also: …”. [data]",
        f"{FILE}:16: “als” is not a known key. Did you mean “also”? [data]",
    ]
    assert not series.question
    assert series.is_unread("q", "q-001")
