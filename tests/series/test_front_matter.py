"""Changing values of front matter: only these, and every other byte as it was."""

from __future__ import annotations

from datetime import date

import pytest

from hooks.series.front_matter import NotEditable, edited

CHANGE = (2, date(2026, 12, 1), "The rule on blocking: after “Lindke”, #1.")
LINE = "{edition: 2, date: 2026-12-01, note: 'The rule on blocking: after “Lindke”, #1.'}"
FIRST = "{edition: 1, date: 2026-01-15, note: First edition.}"
FILE = """---
# The id is permanent.
id: ib-01   # and never reused
title:   "Comments: what stays"
edition: 1
revised:  2026-06-01 # the day it went out
changes:
  # newest first
  - {edition: 1, date: 2026-01-15, note: First edition.}
status: current
---

edition: 1 is not front matter.
"""


def test_only_what_is_named_changes() -> None:
    new = edited(FILE, {"edition": "2", "revised": "2026-12-01"}, CHANGE)
    assert new == (
        FILE.replace("edition: 1\nrevised:  2026-06-01 #", "edition: 2\nrevised:  2026-12-01 #").replace("  - {edition: 1", f"  - {LINE}\n  - {{edition: 1")
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  - {edition: 1, date: 2026-01-15, note: First edition.}\n", "  - edition: 1\n    date: 2026-01-15\n    note: First edition.\n"),
        ("  # newest first\n  - {edition: 1, date", "- {edition: 1, date"),
        (f"changes:\n  # newest first\n  - {FIRST}", f"changes: [{FIRST}]"),
    ],
    ids=["keys on lines of their own", "no indentation", "on one line"],
)
def test_the_new_change_is_written_like_the_list_that_is_there(old: str, new: str) -> None:
    before = FILE.replace(old, new)
    after = edited(before, {}, CHANGE)
    assert after.count(LINE) == 1
    at = after.index(LINE)
    assert after.index("First edition.") > at
    # What was added is one piece; without it, the file is as it was.
    added = len(after) - len(before)
    assert any(after[:i] + after[i + added :] == before for i in range(at - 4, at + 1))


@pytest.mark.parametrize("file", [FILE.replace("\n", "\r\n"), f"\ufeff{FILE}", FILE.replace("---\n\nedition", "...\n\nedition")], ids=["CRLF", "BOM", "dots"])
def test_line_ends_and_marks_of_the_file_stay(file: str) -> None:
    new = edited(file, {"edition": "2"}, CHANGE)
    assert LINE in new and new.startswith(file[:5])
    assert ("\r\n" in file) == ("\r\n" in new) and new.count("\n") == file.count("\n") + 1
    assert new.replace("\r\n", "").count("\n") == (0 if "\r\n" in file else new.count("\n"))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("revised:  2026-06-01", "revised: [1]", "“revised:” is no single value."),
        ("revised:  2026-06-01 # the day it went out\n", "", "The front matter has no “revised:”."),
        ("edition: 1\nrevised:  2026-06-01", "edition: &one 1\nrevised: *one", "“revised:” is a YAML alias. Write its value out."),
        ("changes:\n  # newest first\n  - {edition: 1, date: 2026-01-15, note: First edition.}", "changes: none", "“changes:” is no list."),
        ("---\n# The id", "# The id", "The front matter is no mapping of keys to values."),
    ],
)
def test_what_cannot_be_changed_is_said(old: str, new: str, message: str) -> None:
    assert old in FILE
    with pytest.raises(NotEditable) as caught:
        edited(FILE.replace(old, new), {"revised": "2026-12-01"}, CHANGE)
    assert str(caught.value) == message
