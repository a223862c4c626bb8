"""Several machines make the editions of one series into a cache that they share."""

from __future__ import annotations

from pathlib import Path

import pytest

from hooks.build.run import PartMade
from hooks.core.cache import digest
from hooks.editions.part import VARIABLE, Part
from tests import support


def test_every_edition_is_in_one_part() -> None:
    keys = [digest(str(number)) for number in range(300)]
    parts = [Part(number, 3) for number in (1, 2, 3)]
    assert all(sum(part.has(key) for part in parts) == 1 for key in keys)
    assert all(60 < sum(part.has(key) for key in keys) < 140 for part in parts)
    assert all(Part(1, 1).has(key) for key in keys)
    assert Part.read(" 2/4 ") == Part(2, 4) and str(Part(2, 4)) == "2/4"


@pytest.mark.parametrize("text", ["2", "0/4", "5/4", "2/", "two/four", "-1/4", "1/0", "2/4/8"])
def test_what_names_no_part_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(ValueError, match=r"EDITION_PART is “.*”, which names no part. Write .* such as 2/4\."):
        Part.read(text)


@pytest.fixture
def project(sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", support.TODAY_EPOCH)
    monkeypatch.setenv("EDITION_PROCESSES", "1")
    monkeypatch.setenv("BUILD_CACHE", str(tmp_path / "shared"))
    support.prepare(sample, extra={"series": {"editions": ["pdf", "word"]}})
    return sample


def editions(shared: Path) -> set[str]:
    return {path.name for path in (shared / "editions").iterdir()} if (shared / "editions").is_dir() else set()


@pytest.mark.proof
def test_the_parts_together_are_all_that_a_build_makes(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[set[str]] = []
    for number in (1, 2):
        monkeypatch.setenv(VARIABLE, f"{number}/2")
        before = editions(tmp_path / "shared")
        with pytest.raises(PartMade):
            support.mkdocs(project, "build", "--strict")
        made.append(editions(tmp_path / "shared") - before)
        assert not (project / "site").exists() and not (project / ".site.staging").exists()
    assert all(made), "neither part is empty"
    monkeypatch.delenv(VARIABLE)
    built = support.mkdocs(project, "build", "--strict")
    assert built.status == 0, built.output
    assert editions(tmp_path / "shared") == made[0] | made[1], "nothing was left to make"
    assert (built.site / "briefs/comments/comments.pdf").read_bytes()[:5] == b"%PDF-"


@pytest.mark.proof
def test_a_part_is_not_made_of_sources_with_a_mistake(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    support.edit(project / "briefs/comments.md", "[](law:sample-comments)", "[](law:sample-coments)")
    monkeypatch.setenv(VARIABLE, "1/2")
    built = support.mkdocs(project, "build", "--strict")
    assert built.status == 1 and "Did you mean “sample-comments”?" in built.output
    assert editions(tmp_path / "shared") == set()


def test_a_part_that_is_none_is_one_line(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "3/2")
    built = support.mkdocs(project, "build")
    assert built.status == 1 and "EDITION_PART is “3/2”, which names no part." in built.output and "Traceback" not in built.output
