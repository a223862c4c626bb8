"""The PDF engine, asked for when it is needed, so that a missing package is named like any other fault, and its messages in words that help an author."""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from types import ModuleType

import lxml.html

from hooks.core.look import look
from hooks.editions.literals import string
from hooks.editions.model import EditionError


def typst(source: Path) -> ModuleType:
    """The package `typst`. Raises EditionError, naming `source`, where it is not installed."""
    try:
        return importlib.import_module("typst")
    except ImportError as error:
        raise EditionError(source, f"the package “typst” cannot be loaded ({error}); `make site` installs it") from error


def look_source() -> str:
    """The look as Typst source: the dictionaries `colors`, `faces` (by name and by use) and `sizes`."""
    made = look()
    colors = [f'{name}: rgb("{color.light}")' for name, color in made.colors.items()]
    named = {name: face for name, face in made.faces.items() if face.print} | {use: made.face(use) for use in ("heading", "print")}
    faces = [f"{name}: ({''.join(f'{string(family)}, ' for family in face.print)})" for name, face in named.items()]
    sizes = [f"{name}: {size:g}pt" for name, size in made.sizes.print]
    return "".join(f"#let {name} = ({', '.join(items)})\n" for name, items in (("colors", colors), ("faces", faces), ("sizes", sizes)))


_UNDISPLAYED = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")


def explain(error: RuntimeError, html: str) -> str:
    """One line for a failure of Typst: its message and hints, and where a missing glyph stands."""
    message = str(getattr(error, "message", "") or error).strip()
    hints = [str(hint) for hint in getattr(error, "hints", None) or []]
    missing = _UNDISPLAYED.search(message)
    if missing:
        text = _ESCAPE.sub(lambda m: chr(int(m.group(1), 16)), missing.group(1))
        codes = " ".join(f"U+{ord(char):04X}" for char in text)
        return (f"no font of the edition has the character {text!r} ({codes})"
                f"{_where(text, html)}; Typst says: {message}")
    return f"Typst says: {message}" + "".join(f"; {hint}" for hint in hints)


def _where(text: str, html: str) -> str:
    words = " ".join("".join(lxml.html.fragment_fromstring(html, create_parent=True).itertext())
                     .split())
    place = words.find(text)
    if place < 0:
        return ""
    return f", near “{words[max(0, place - 30):place + 30].strip()}”"
