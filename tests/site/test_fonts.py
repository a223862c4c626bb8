"""The subset fonts: what they weigh, what they can set, and that they never change by themselves."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from hooks.core.cache import Cache, cache_folder
from hooks.editions.web_fonts import ACCENTED, FIRST_VIEW_LIMIT, SIGNS, FontError, cached_web_fonts, preloaded, web_faces, web_fonts

ROOT = Path(__file__).parents[2]
FACES, PRELOADED = web_faces(), preloaded()
PACKAGES = Path(os.environ.get("FONT_PACKAGES", ROOT / "node_modules"))
needs_packages = pytest.mark.skipif(
    not all((PACKAGES / face.source).is_file() for face in FACES),
    reason=f"font packages are not in {PACKAGES}: run `npm install`, or set FONT_PACKAGES to a node_modules folder",
)


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """As a build has them: from the cache, where they were made with this code of these packages."""
    return dict(cached_web_fonts(PACKAGES, Cache(cache_folder(ROOT))))


@pytest.mark.proof
@needs_packages
def test_the_cache_holds_what_is_made(files: dict[str, bytes]) -> None:
    assert web_fonts(PACKAGES) == files


def read(content: bytes) -> TTFont:
    return TTFont(io.BytesIO(content))


@needs_packages
def test_every_face_is_a_woff2_file(files: dict[str, bytes]) -> None:
    assert list(files) == [face.name for face in FACES]
    assert all(content[:4] == b"wOF2" for content in files.values())


@needs_packages
def test_all_the_files_together_keep_to_the_budget_of_one_view(files: dict[str, bytes]) -> None:
    assert sum(map(len, files.values())) <= FIRST_VIEW_LIMIT


@needs_packages
def test_headings_and_text_are_kerned_alike_in_every_weight_and_the_italic_is_not(files: dict[str, bytes]) -> None:
    for name, content in files.items():
        font = read(content)
        assert font["head"].unitsPerEm == 1000 and "GDEF" not in font
        if name not in PRELOADED:
            continue
        tables = [table for lookup in font["GPOS"].table.LookupList.Lookup for table in lookup.SubTable if type(table).__name__ == "PairPos"]
        assert tables and not [table for table in tables if table.ValueFormat1 & ~0x000F or table.ValueFormat2 & ~0x000F]
        pairs = [record for table in tables for group in getattr(table, "Class1Record", None) or () for record in group.Class2Record]
        assert [pair for pair in pairs if pair.Value1 and getattr(pair.Value1, "XAdvance", 0)]
    italic = read(files["otr-sans-italic.woff2"])
    assert "GPOS" not in italic or not italic["GPOS"].table.LookupList.Lookup


@needs_packages
def test_the_text_faces_set_what_authors_write(files: dict[str, bytes]) -> None:
    for name in PRELOADED:
        assert set(map(ord, "Hrdinová, § 50-a · “quoted” – 2026 …" + SIGNS + ACCENTED)) <= set(read(files[name]).getBestCmap())


@needs_packages
def test_the_number_face_holds_figures_only(files: dict[str, bytes]) -> None:
    assert sorted(read(files["otr-serif-figures.woff2"]).getBestCmap()) == list(range(ord("0"), ord("9") + 1))


@needs_packages
@pytest.mark.parametrize("name", PRELOADED)
def test_the_text_faces_vary_from_regular_to_semibold(files: dict[str, bytes], name: str) -> None:
    (axis,) = read(files[name])["fvar"].axes
    assert (axis.axisTag, axis.minValue, axis.maxValue) == ("wght", 400, 600)


@needs_packages
def test_the_licence_stays_and_the_reserved_name_goes(files: dict[str, bytes]) -> None:
    for content in files.values():
        names = read(content)["name"]
        assert names.getDebugName(1).startswith("OTR ")
        assert "Public Sans" in names.getDebugName(0) or "Adobe" in names.getDebugName(0)
        assert "SIL Open Font License" in names.getDebugName(13)


@pytest.mark.proof
@needs_packages
def test_equal_packages_give_equal_bytes(files: dict[str, bytes]) -> None:
    assert web_fonts(PACKAGES) == files


def test_a_missing_package_is_named(tmp_path: Path) -> None:
    with pytest.raises(FontError, match=r"npm install @fontsource-variable/public-sans"):
        web_fonts(tmp_path)


@needs_packages
def test_a_font_without_the_characters_is_refused(tmp_path: Path) -> None:
    for face in FACES:
        target = tmp_path / face.source
        target.parent.mkdir(parents=True, exist_ok=True)
        other = PACKAGES / face.source.replace("-latin-", "-vietnamese-")
        target.write_bytes(other.read_bytes())
    with pytest.raises(FontError, match=r"no glyph for U\+"):
        web_fonts(tmp_path)
