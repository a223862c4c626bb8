"""Static TTF fonts for the printed editions, made from the @fontsource packages.

The packages hold one woff2 file for each unicode subset. Typst picks glyphs by family, so the
subsets of one weight and style must be one file, or kerning and accents break where the subsets
meet. The fonts are only embedded in documents, never served or handed on: the Open Font License
reserves the name "Source" for unmodified files.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hooks.core.cache import Cache, digest, write_atomically
from hooks.core.look import look
from hooks.editions.model import EditionError

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

# Raise this when the way fonts are made changes, so that stamped folders are made anew.
_RECIPE = "1"
_STAMP = "fonts.json"
# The first subset wins where two hold the same character.
_SUBSETS = ("latin", "latin-ext", "vietnamese")
# Tables without meaning in a static, unhinted, merged file.
_DROPPED = ("STAT", "BASE", "gasp", "prep", "DSIG")


@dataclass(frozen=True)
class Face:
    """One static face: the package it comes from, family name, weight (100-900) and style."""

    package: str
    family: str
    weight: int
    italic: bool

    @property
    def file_name(self) -> str:
        style = "Italic" if self.italic else "Regular"
        return f"{self.family.replace(' ', '')}-{self.weight}-{style}.ttf"

    def sources(self, packages: Path) -> list[Path]:
        style = "italic" if self.italic else "normal"
        folder = packages / "@fontsource" / self.package / "files"
        return [folder / f"{self.package}-{s}-{self.weight}-{style}.woff2" for s in _SUBSETS]


def printed_faces() -> tuple[Face, ...]:
    """One for each weight and style of the look's faces that come from a package."""
    found = [(face, weight.partition(" ")) for face in look().faces.values() if face.package for weight in face.weights]
    return tuple(Face(face.package, face.family, int(weight), bool(italic)) for face, (weight, _, italic) in found)


def build_fonts(packages: Path, out: Path) -> Path:
    """Write one static TTF per face of the look into `out`, from the `node_modules` in `packages`.

    Does nothing if `out` already holds what these package versions give. The bytes depend on the
    package versions and the fonttools release only. Returns `out`.

    Raises:
        EditionError: a package or one of its files is missing.
    """
    wanted = printed_faces()
    stamp = {"recipe": _RECIPE, "packages": _versions(wanted, packages)}
    stamp_file = out / _STAMP
    complete = {face.file_name for face in wanted} == {path.name for path in out.glob("*.ttf")}
    if complete and stamp_file.is_file():
        try:
            # A damaged font would be found by Typst only, which says no more than that there is none.
            if json.loads(stamp_file.read_bytes()) == stamp | {"files": faces(out)}:
                return out
        except ValueError:
            pass  # a damaged stamp is no stamp
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".fonts.") as folder:
        for face in wanted:
            _write(face, packages, Path(folder))
        # Another build may read the same folder: each file is whole or not there, and equal packages give equal files.
        for face in wanted:
            os.replace(Path(folder, face.file_name), out / face.file_name)
    for path in {*out.glob("*.ttf")} - {out / face.file_name for face in wanted}:
        path.unlink(missing_ok=True)
    write_atomically(stamp_file, (json.dumps(stamp | {"files": faces(out)}, indent=1, sort_keys=True) + "\n").encode())
    return out


def cached_fonts(packages: Path, cache: Cache) -> Path:
    """The folder of the fonts, made by `build_fonts` in the cache; each choice of faces and packages has its own."""
    wanted = printed_faces()
    made = build_fonts(packages, cache.folder / "typst-fonts" / digest(repr(wanted), _RECIPE, *map(repr, _versions(wanted, packages).items())))
    with contextlib.suppress(OSError):
        # Its last use (see `core.prune`).
        os.utime(made)
    return made


def faces(fonts: Path) -> list[str]:
    """The name and a digest of each face in a folder made by `build_fonts`, for the key of what is set in them."""
    return [f"{path.name} {digest(path.read_bytes())}" for path in sorted(fonts.glob("*.ttf"))]


def _versions(wanted: tuple[Face, ...], packages: Path) -> dict[str, str]:
    versions = {}
    for package in sorted({face.package for face in wanted}):
        manifest = packages / "@fontsource" / package / "package.json"
        if not manifest.is_file():
            raise EditionError(manifest, f"the font package @fontsource/{package} is not "
                               "installed; run `npm ci`")
        versions[package] = json.loads(manifest.read_text("utf-8"))["version"]
    return versions


def _write(face: Face, packages: Path, out: Path) -> None:
    # Loaded here: most builds find their fonts made.
    from fontTools.merge import Merger, Options
    from fontTools.ttLib import TTFont

    sources = [path for path in face.sources(packages) if path.is_file()]
    if not sources or sources[0] != face.sources(packages)[0]:
        raise EditionError(face.sources(packages)[0], "the font file is missing from its package")
    plain = [_plain_ttf(path, out / f".{path.stem}.part.ttf") for path in sources]
    try:
        merged = Merger(Options(drop_tables=list(_DROPPED))).merge([str(p) for p in plain])
        first = TTFont(sources[0])
        # The clock must not enter the file: the date is the one the foundry wrote.
        merged["head"].modified = first["head"].modified
        merged["head"].created = first["head"].created
        merged.recalcTimestamp = False
        _name(merged, face)
        partial = out / f".{face.file_name}.part"
        merged.save(str(partial))
        os.replace(partial, out / face.file_name)
    finally:
        for path in plain:
            path.unlink(missing_ok=True)


def _plain_ttf(source: Path, target: Path) -> Path:
    """The subset as an uncompressed TTF: the merger reads plain files only."""
    from fontTools.ttLib import TTFont

    font = TTFont(source, recalcTimestamp=False)
    font.flavor = None
    font.save(str(target))
    return target


def _name(font: TTFont, face: Face) -> None:
    """Set family, weight and style. Typst reads the family from name 1, the rest from OS/2."""
    kept = {number: font["name"].getDebugName(number) for number in (0, 5, 13, 14)}
    style = f"{face.weight}{' Italic' if face.italic else ''}"
    postscript = face.file_name.removesuffix(".ttf")
    names = kept | {1: face.family, 2: style, 3: f"{postscript};{_RECIPE}",
                    4: f"{face.family} {style}", 6: postscript}
    font["name"].names = []
    for number, text in sorted(names.items()):
        if text:
            font["name"].setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = face.weight
    font["OS/2"].fsSelection = 0x01 if face.italic else 0x40
    font["head"].macStyle = 0x02 if face.italic else 0
