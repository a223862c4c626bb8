"""The fonts of the editions: one static file a face, the same bytes each time."""

from __future__ import annotations

from pathlib import Path

import pytest
import typst
from fontTools.ttLib import TTFont

from hooks.editions import EditionError
from hooks.editions.fonts import build_fonts, printed_faces

FACES = printed_faces()


def test_typst_sees_the_families_weights_and_styles(fonts: Path) -> None:
    seen = {(f.family, f.weight, f.style) for f in typst.Fonts(False, False, [fonts]).fonts()}
    assert seen == {(f.family, f.weight, "italic" if f.italic else "normal") for f in FACES}


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.file_name)
def test_subsets_are_merged(fonts: Path, face) -> None:
    cmap = TTFont(fonts / face.file_name).getBestCmap()
    assert all(ord(char) in cmap for char in "Aé§–“”…†łőễ€•")


@pytest.mark.proof
def test_files_are_reproducible_and_made_once(fonts: Path, packages: Path, tmp_path: Path) -> None:
    build_fonts(packages, tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_bytes() for path in fonts.iterdir()}
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert build_fonts(packages, tmp_path) == tmp_path
    assert before == {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    (tmp_path / FACES[0].file_name).unlink()
    (tmp_path / "fonts.json").write_text("{", "utf-8")
    build_fonts(packages, tmp_path)
    assert (tmp_path / FACES[0].file_name).read_bytes() == made[FACES[0].file_name]
    # Cut off, as by a disk that filled up.
    (tmp_path / FACES[1].file_name).write_bytes(made[FACES[1].file_name][:1000])
    build_fonts(packages, tmp_path)
    assert (tmp_path / FACES[1].file_name).read_bytes() == made[FACES[1].file_name]


def test_missing_packages_are_named(tmp_path: Path) -> None:
    with pytest.raises(EditionError, match="npm ci"):
        build_fonts(tmp_path, tmp_path / "out")
