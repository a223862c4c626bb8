"""A check that found nothing is not made again for the same page; what one finds is told in every build."""

from __future__ import annotations

from pathlib import Path

import pytest

from hooks.build.kept import Checks
from hooks.core.cache import Cache
from hooks.core.problems import Problem

WRONG = Problem("lost", "docs/note.md", 3, "Something is wrong.")


class Check:
    """Finds each of `problems`, and counts how often it was made."""

    def __init__(self, *problems: Problem) -> None:
        self.problems, self.made = problems, 0

    def __call__(self) -> list[Problem]:
        self.made += 1
        return list(self.problems)


def test_a_page_that_passed_is_not_looked_at_again(tmp_path: Path) -> None:
    check = Check()
    for _ in range(3):
        checks = Checks(Cache(tmp_path))
        assert checks.told(("parsed", "docs/note.md", "Text."), check) == []
        checks.keep()
    assert check.made == 1


@pytest.mark.parametrize("changed", [("parsed", "docs/note.md", "Text"), ("finished", "docs/note.md", "Text."), ("parsed", "docs/other.md", "Text.")])
def test_what_is_looked_at_decides(changed: tuple[str, ...], tmp_path: Path) -> None:
    check = Check()
    for looked_at in (("parsed", "docs/note.md", "Text."), changed):
        checks = Checks(Cache(tmp_path))
        checks.told(looked_at, check)
        checks.keep()
    assert check.made == 2


def test_a_problem_is_found_in_every_build_and_once_in_each(tmp_path: Path) -> None:
    check = Check(WRONG)
    for build in range(1, 4):
        checks = Checks(Cache(tmp_path))
        assert checks.told(("parsed", "docs/note.md", "Text."), check) == [WRONG]
        checks.keep()
        assert check.made == build


def test_other_code_looks_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check = Check()
    for code in ("one", "two"):
        monkeypatch.setattr("hooks.build.kept.code_digest", lambda code=code: code)
        checks = Checks(Cache(tmp_path))
        checks.told(("parsed", "docs/note.md", "Text."), check)
        checks.keep()
    assert check.made == 2


def test_without_a_cache_every_check_is_made() -> None:
    check = Check()
    for _ in range(2):
        Checks(None).told(("parsed", "docs/note.md", "Text."), check)
    assert check.made == 2
