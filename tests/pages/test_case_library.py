"""The library of cases: the matrix counts right, and the plain list holds what the filters need."""

from __future__ import annotations

from hooks.core.tree import text_of, with_class
from hooks.linking.labels import source_line
from hooks.registers.case_library import THIN, counts, library, matrix
from hooks.series import vocabulary as words
from hooks.series.model import Case
from hooks.series.records import CaseFront


def case(id_: str, **changes: object) -> Case:
    front = {
        "id": id_,
        "title": f"Title of {id_}",
        "agency": "A county",
        "jurisdiction": "New York",
        "level": "county",
        "year": 2020,
        "elements": ["security"],
        "themes": ["records"],
        "source_kind": "news",
        "summary": "What was done.",
        "outcome": "What came of it.",
        "lesson": "Ours.",
        "published": "2026-11-22",
        **changes,
    }
    return Case(CaseFront.model_validate(front), f"docs/case-studies/{id_}.md", f"case-studies/{id_}/")


CASES = [case("a"), case("b", themes=[]), case("c", level="federal", year=2010, source_kind="published-interview", speaker="Bo Lee, clerk, in The Post")]


def test_a_case_counts_once_for_each_of_its_topics() -> None:
    found = counts(CASES)
    assert (found["security", "county"], found["records", "county"], found["security", "federal"], found["content", "county"]) == (2, 1, 1, 0)


def test_the_matrix_has_every_topic_and_level_and_marks_thin_cells() -> None:
    root = matrix(CASES)
    rows = root.findall(".//tbody/tr")
    assert len(rows) == len(words.ELEMENTS) + len(words.THEMES) + 1
    assert all(len(row) == len(words.LEVELS) + 2 for row in rows)
    assert all(row[0].get("scope") == "row" for row in rows)
    cells = {(td.get("data-topic"), td.get("data-level")): td for td in root.iter("td")}
    assert cells["security", "county"].text == "2"
    assert cells["security", None].text == "3"
    assert cells[None, None].text == "3"
    for (topic, level), cell in cells.items():
        assert (cell.get("class") == "matrix__thin") == bool(topic and level and int(cell.text) <= THIN)


def test_without_a_script_the_list_is_whole_and_the_filters_are_hidden() -> None:
    root = library(CASES)
    items = root.findall(".//ul/li")
    assert [item.get("data-year") for item in items] == ["2020", "2020", "2010"]
    assert items[0].get("data-topic") == "security records"
    assert not any(item.get("hidden") for item in items)
    form = root.find(".//form")
    assert form.get("class") == "library__filters needs-js"
    assert [select.get("name") for select in form.iter("select")] == ["level", "topic", "source", "year"]
    labels = {label.get("for") for label in form.iter("label")}
    assert labels == {select.get("id") for select in form.iter("select")}
    assert [text_of(node) for node in with_class(root, "library__count")] == ["3 case studies"]


def test_only_what_some_case_has_can_be_chosen() -> None:
    options = [option.get("value") for option in library(CASES).iter("option")]
    assert "federal" in options and "international" not in options
    assert options.count("security") == 1 and "content" not in options


def test_an_empty_library_is_no_error() -> None:
    assert text_of(next(with_class(library([]), "library__count"))) == "0 case studies"
    assert matrix([]).find(".//table") is not None


def test_the_kind_of_source_is_said_plainly() -> None:
    assert source_line(CASES[2]) == "Published interview with Bo Lee, clerk, in The Post"
    assert source_line(CASES[0]) == "News reports"
