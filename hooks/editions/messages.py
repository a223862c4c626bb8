"""Typst's messages in words that help an author."""

from __future__ import annotations

import re

import lxml.html

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
