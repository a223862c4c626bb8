"""The command that makes a record from the answers of an interview."""

from __future__ import annotations

import stat
from datetime import date
from pathlib import Path

import pytest
import yaml

from hooks.series import sources
from hooks.series.consent import check_interviews
from hooks.series.load import load_series
from hooks.series.scaffold import main
from tests import support

PAGE = support.ROOT / "docs/case-studies/interviews/record-template.md"


def template() -> str:
    """The answers that the page of the template shows."""
    return PAGE.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "answers.yml"
    path.write_text(template(), encoding="utf-8")
    return path


def test_the_published_template_makes_a_record_that_the_build_accepts(sample: Path, answers: Path, capsys: pytest.CaptureFixture) -> None:
    assert main([str(answers)], sample) == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        "Written: docs/case-studies/county-retention-2027.md",
        "Written: docs/case-studies/.interviews/county-retention-2027.yml",
        "Quotations still to be approved: 0. Read the record through, then run `make site`.",
    ]
    assert "Full Name" not in said.out + said.err
    series, problems = load_series(sample)
    assert problems == []
    assert check_interviews(sample, series.cases, date(2027, 4, 1)) == []
    text = sources.read_text(sample, "docs/case-studies/county-retention-2027.md")
    assert "Full Name" not in text
    assert "> The exact words." in text
    note = sample / "docs/case-studies/.interviews/county-retention-2027.yml"
    assert stat.S_IMODE(note.stat().st_mode) == 0o600
    private = note.read_text(encoding="utf-8")
    assert private.startswith(f"# Private: not published, not under version control. Made {date.today()}; delete it when the protocol says.\n")
    assert yaml.safe_load(private)["name"] == "Full Name"
    headings = [line for line in text.splitlines() if line.startswith("## ")]
    assert headings == ["## What happened {#situation}", "## What the agency did {#practice}", "## Outcome {#outcome}", "## Lesson {#lesson}"]


def test_a_quotation_that_waits_for_approval_is_not_in_the_text_and_stops_the_build(
    sample: Path, answers: Path, capsys: pytest.CaptureFixture
) -> None:
    answers.write_text("\n".join(line for line in template().split("\n") if "approved:" not in line), encoding="utf-8")
    assert main([str(answers)], sample) == 0
    assert "Quotations still to be approved: 1. " in capsys.readouterr().out
    series, _ = load_series(sample)
    assert "> The exact words." not in sources.read_text(sample, series.cases[0].path)
    assert ["not marked as approved" in p.message for p in check_interviews(sample, series.cases, date(2027, 4, 1))] == [True]


def test_nothing_is_overwritten(sample: Path, answers: Path, capsys: pytest.CaptureFixture) -> None:
    assert main([str(answers)], sample) == 0
    assert main([str(answers)], sample) == 1
    names = "docs/case-studies/county-retention-2027.md, docs/case-studies/.interviews/county-retention-2027.yml"
    assert capsys.readouterr().err == f"answers.yml: There is already {names}. Choose another id, or edit the record by hand. [id]\n"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("scope: role-only", "scope: role", ":16: The value of “consent.scope” is not valid. “role” is not allowed. Did you mean “role-only”? [data]"),
        (
            "  shown_as: A records officer of a county in western New York\n", "",
            ":15: `consent` lacks `shown_as`: the name or role that was agreed, in the words of the form. [data]",
        ),
        ("  form: IR-001", "  form: [", ":21: This is not valid YAML: did not find expected ',' or ']'."),
        ("level: county", "levle: county", ":5: “levle” is not a known key. Did you mean “level”? [data]"),
        (
            "  form: IR-001", "  form: IR-001\n  withdrawn: 2027-03-02",
            ": Consent to this interview was withdrawn. Destroy the notes, as the protocol says. [interview-consent]",
        ),
        ("elements: [account-management]", "elements: []\n#", ":7: `elements` and `themes` are both empty: name at least one. [data]"),
    ],
)
def test_a_mistake_in_the_answers_is_told_with_its_line(sample: Path, answers: Path, capsys: pytest.CaptureFixture, old: str, new: str, says: str) -> None:
    text = template()
    assert old in text
    text = text.replace(old, new, 1).replace("themes: [records]", "themes: []") if "elements" in old else text.replace(old, new, 1)
    answers.write_text(text, encoding="utf-8")
    assert main([str(answers)], sample) == 1
    said = capsys.readouterr().err
    assert f"answers.yml{says}" in said
    assert not list((sample / "docs/case-studies").glob("county-*")) if (sample / "docs/case-studies").exists() else True


def test_a_missing_or_undecodable_file_is_told(sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    assert main([str(tmp_path / "none.yml")], sample) == 1
    said = "It cannot be read: No such file or directory. Give the path of the file with the answers."
    assert capsys.readouterr().err == f"none.yml: {said} [data]\n"
    bad = tmp_path / "bad.yml"
    bad.write_bytes(b"id: \xff\n")
    assert main([str(bad)], sample) == 1
    assert "UTF-8" in capsys.readouterr().err
