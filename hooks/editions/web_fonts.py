"""The site's fonts: subset from npm packages at build time, so that no page asks a third party.

Four files. The upright ones of sans and serif are what a first view needs and are preloaded;
the figures are those of the large number; the italic is fetched when a page first uses it.

The families are under the SIL Open Font License 1.1, and one of them reserves its name. A
subset is a modified version, so the files call themselves as look.toml says; they keep the
original copyright record and state the licence (conditions 2 and 3).
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hooks.core.cache import Cache, digest
from hooks.core.code import code_digest
from hooks.core.look import look

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

LETTERS = "".join(map(chr, range(0x20, 0x7F)))
ACCENTED = "àáâäãåçèéêëìíîïñòóôöøùúûüýÁÉÍÑÓÖÚÜ"
SIGNS = "\u00a0§¶©·–—‘’“”…•×°«»−€™½"
FIGURES = "0123456789"

FIRST_VIEW_LIMIT = 40_000
"""Most bytes that all the files may weigh together, for a page may use them all: the budget in the design."""

UNITS = 1000
"""Units of an em in our files: half of those that our sans is drawn in, and finer than a screen shows."""

_COPYRIGHT, _LICENCE, _LICENCE_ADDRESS = 0, 13, 14  # name records of the OpenType specification


class FontError(Exception):
    """A package is missing, or a font in it lacks characters that the site needs."""


@dataclass(frozen=True)
class Face:
    """One file to make: `weight` is one wght value or the ends of a range (100 to 900).

    `kerned` keeps the distances of pairs; the italic, which sets a few words at the size of text, does without.
    """

    name: str
    family: str
    source: str
    weight: float | tuple[float, float]
    characters: str
    kerned: bool = True


_SOURCE = "@fontsource-variable/{0}/files/{0}-latin-wght-{1}.woff2"


def web_faces() -> tuple[Face, ...]:
    """The files to make: of sans and serif, of the figures of headings, of the italic of sans."""
    sans, serif, heading = (look().face(name) for name in ("sans", "serif", "heading"))
    text = LETTERS + SIGNS + ACCENTED
    return (
        *(Face(f"{face.file}.woff2", face.web, _SOURCE.format(face.package, "normal"), (400, 600), text) for face in (sans, serif)),
        Face(f"{heading.file}-figures.woff2", heading.web, _SOURCE.format(heading.package, "normal"), 300, FIGURES),
        Face(f"{sans.file}-italic.woff2", sans.web, _SOURCE.format(sans.package, "italic"), 400, text, kerned=False),
    )


def preloaded() -> tuple[str, ...]:
    """Names of the files that a first view needs, in the order in which pages preload them."""
    return tuple(f"{look().face(name).file}.woff2" for name in ("sans", "serif"))


def web_fonts(packages: Path) -> dict[str, bytes]:
    """Make the site's WOFF2 files from the packages under `packages` (a `node_modules` folder).

    Returns file name → content. Equal packages give equal bytes: no time of making is written.
    Raises FontError, naming the package or the characters that are missing.
    """
    return {face.name: _make(face, packages) for face in web_faces()}


def cached_web_fonts(folder: Path, cache: Cache) -> Mapping[str, bytes]:
    """The fonts by file name, from the cache where the packages have not changed."""
    stamps = [path.read_bytes() for path in sorted(folder.glob("@fontsource*/*/package.json"))]
    code = code_digest(__name__)
    return {face.name: cache.remember("fonts", digest("web-font", repr(face), code, *stamps), partial(_make, face, folder)) for face in web_faces()}


def _make(face: Face, packages: Path) -> bytes:
    # Loaded here: most builds find their fonts made.
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    path = packages / face.source
    if not path.is_file():
        package = "/".join(face.source.split("/")[:2])
        raise FontError(f"{path} is missing: run `npm install {package}`")
    # recalcTimestamp would put the clock into the file's head table.
    font = TTFont(path, recalcTimestamp=False)
    lacking = sorted(set(map(ord, face.characters)) - set(font.getBestCmap()))
    if lacking:
        signs = " ".join(f"U+{code:04X}" for code in lacking)
        raise FontError(f"{path} has no glyph for {signs}: choose another file, or drop these from hooks/editions/web_fonts.py")
    font = instancer.instantiateVariableFont(font, {"wght": face.weight})
    _subset(font, face)
    _lighten(font)
    _rename(font, face)
    out = io.BytesIO()
    font.flavor = "woff2"
    font.save(out)
    return out.getvalue()


def _subset(font: TTFont, face: Face) -> None:
    from fontTools import subset

    options = subset.Options()
    options.hinting = False
    options.layout_features = ["kern"] if face.kerned else []
    options.name_IDs = [_COPYRIGHT]
    options.drop_tables += ["DSIG", "STAT"]
    options.recalc_timestamp = False
    worker = subset.Subsetter(options)
    worker.populate(unicodes=[ord(character) for character in face.characters])
    worker.subset(font)


def _lighten(font: TTFont) -> None:
    """Fewer bytes for the same look: a coarser grid, and kerning that is the same in all weights."""
    from fontTools.ttLib.scaleUpem import scale_upem

    if font["head"].unitsPerEm > UNITS:
        scale_upem(font, UNITS)
    for lookup in font["GPOS"].table.LookupList.Lookup if "GPOS" in font and font["GPOS"].table.LookupList else ():
        for table in lookup.SubTable:
            _fix_values(table)
    if "GDEF" in font:
        del font["GDEF"]  # The variations of the kerning, and the classes of marks, of which the subset has none.


def _fix_values(table: Any) -> None:
    """Drop what varies by weight from a GPOS subtable, and the bits that announce it (OpenType, GPOS: value records)."""
    for name in [name for name in vars(table) if name.startswith("ValueFormat")]:
        setattr(table, name, getattr(table, name) & 0x000F)
    pairs = [record for group in getattr(table, "PairSet", None) or () for record in group.PairValueRecord]
    pairs += [record for group in getattr(table, "Class1Record", None) or () for record in group.Class2Record]
    single = getattr(table, "Value", None)
    values = [*(value for pair in pairs for value in (pair.Value1, pair.Value2)), *(single if isinstance(single, list) else [single])]
    for value in filter(None, values):
        for name in [name for name in vars(value) if name.endswith("Device")]:
            delattr(value, name)


def _rename(font: TTFont, face: Face) -> None:
    style = "Italic" if "italic" in face.source else "Regular"
    postscript = f"{face.family.replace(' ', '')}-{style}"
    names = {1: face.family, 2: style, 4: f"{face.family} {style}", 6: postscript}
    names[_LICENCE] = "This Font Software is licensed under the SIL Open Font License, Version 1.1."
    names[_LICENCE_ADDRESS] = "https://openfontlicense.org"
    for name_id, text in names.items():
        font["name"].setName(text, name_id, 3, 1, 0x409)
