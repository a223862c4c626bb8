"""Statements that have been overtaken by their date, on several days, and those that were settled."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hooks.series.currency import main
from hooks.series.load import load_series
from hooks.series.passed import Passed, load_settled, settle, statements
from tests.support import ROOT, edit


def found(root: Path, day: str) -> list[Passed]:
    return statements(root, load_series(root)[0], date.fromisoformat(day))


def write(root: Path, text: str, path: str = "docs/tools/note.md") -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "last"),
    [
        ("by April 24, 2027", "2027-04-24"),
        ("until Aug. 21, 2027", "2027-08-21"),
        ("before Sept. 2027", "2027-09-30"),
        ("by the end of February 2028", "2028-02-29"),
        ("Until 2027", "2027-12-31"),
        ("by 2027-03-01", "2027-03-01"),
        ("by\nApril 24,\n2027", "2027-04-24"),
    ],
)
def test_a_statement_is_found_from_the_day_after_its_last_day(sample: Path, words: str, last: str) -> None:
    write(sample, f"# Note\n\nEvery agency must do it {words}, or say why.\n")
    assert found(sample, last) == []
    (item,) = found(sample, date.fromordinal(date.fromisoformat(last).toordinal() + 1).isoformat())
    assert (item.path, item.line, item.day.isoformat()) == ("docs/tools/note.md", 3, last)
    assert item.word in words.lower() and "Every agency must do it" in item.text


@pytest.mark.parametrize(
    "path",
    [
        "briefs/comments.md", "whitepaper/01-purpose.md", "docs/law/more.yml", "docs/law/more.md", "docs/course/more.md", "docs/now/more.md",
        "docs/sectors/more.md", "docs/tools/more.yml", "docs/tools/more.md",
    ],
)  # fmt: skip
def test_every_folder_of_guidance_is_looked_through(sample: Path, path: str) -> None:
    series = load_series(sample)[0]
    write(sample, "# It was to be done by May 2, 2020, at last.\n", path)
    assert [(item.path, item.line) for item in statements(sample, series, date(2026, 11, 29)) if item.day == date(2020, 5, 2)] == [(path, 1)]


@pytest.mark.parametrize("words", ["by 2,000 people", "passed by 2010-2012 boards", "review_by: 2020-01-01", "by February 31, 2020", "standby 2020", "by May"])
def test_what_is_no_such_statement_is_not_found(sample: Path, words: str) -> None:
    write(sample, f"It was {words} once.\n")
    assert found(sample, "2030-01-01") == []


def test_since_counts_only_if_the_day_came_after_the_text_was_confirmed(sample: Path) -> None:
    edit(sample / "docs/law/sample.yml", "rule: A public body", "rule: Since July 1, 2026 and since May 2, 2024, a public body")
    # The record is as of June 1, 2026.
    assert found(sample, "2026-06-15") == []
    (item,) = found(sample, "2026-07-02")
    assert (item.word, item.day, item.path) == ("since", date(2026, 7, 1), "docs/law/sample.yml")


def test_sheets_are_looked_through_from_the_day_on_which_their_law_was_read(sample: Path) -> None:
    edit(sample / "docs/now/taken-over.md", "- So it applies to pages like yours.", "- So it applies to pages like yours since March 2, 2026.")
    edit(sample / "docs/sectors/schools.md", "- Pupils are in the pictures.", "- Pupils may be in the pictures until June 30, 2026.")
    assert found(sample, "2026-03-01") == []
    assert [(item.path, item.word) for item in found(sample, "2026-07-01")] == [("docs/now/taken-over.md", "since"), ("docs/sectors/schools.md", "until")]


def test_a_settled_statement_is_not_listed_and_an_entry_without_one_is(sample: Path) -> None:
    write(sample, "It ran until May 2020, as a test.\n")
    entries = ['- {path: docs/tools/note.md, words: "ran until May  2020", why: History.}', "- {path: docs/tools/note.md, words: gone, why: Old.}"]
    write(sample, "\n".join(entries), "docs/currency.yml")
    settled, problems = load_settled(sample)
    left, idle = settle(found(sample, "2026-11-28"), settled)
    assert (problems, left, [entry.words for entry in idle]) == ([], [], ["gone"])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("path: x\n", "docs/currency.yml:1: A list of settled statements is expected. Write “- path: …”, “words: …”, “why: …”. [data]"),
        ("- {path: x, words: y}\n", "docs/currency.yml:1: The key “why” is missing."),
        ("- {path: x, words: y, whi: z, why: z}\n", "docs/currency.yml:1: “whi” is not a known key. Did you mean “why”?"),
        ('- "x" y\n', "docs/currency.yml:1: This is not valid YAML"),
        ("- x\n", "docs/currency.yml:1: A mapping of keys to values is expected here."),
    ],
)
def test_mistakes_in_the_list_are_told_with_their_place(sample: Path, text: str, told: str) -> None:
    write(sample, text, "docs/currency.yml")
    settled, problems = load_settled(sample)
    assert settled == [] and str(problems[0]).startswith(told)


def test_the_command_lists_them_with_file_and_line_and_its_status_tells(sample: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.chdir(sample)
    assert main(["2026-06-15"]) == 0
    statements = "No statement names a day before 2026-06-15 that is not settled in docs/currency.yml."
    assert capsys.readouterr().out == f"Nothing is due by 2026-08-14.\n{statements}\n"
    write(sample, "Report by June 10, 2026.\n")
    assert main(["2026-06-10"]) == 0
    capsys.readouterr()
    assert main(["2026-06-15"]) == 1
    head = "Passed by 2026-06-15; correct each, or settle it in docs/currency.yml:\n"
    assert f"{head}  2026-06-10  by      docs/tools/note.md:1: Report by June 10, 2026.\n" in capsys.readouterr().out
    write(sample, "- {path: docs/tools/note.md, words: gone, why: Old.}\n", "docs/currency.yml")
    main(["2026-06-15"])
    assert capsys.readouterr().out.endswith("Settled in docs/currency.yml, and not found any more; take them out:\n  docs/tools/note.md: gone\n")


def test_the_list_of_the_series_can_be_read() -> None:
    settled, problems = load_settled(ROOT)
    assert settled and problems == []
