"""The one place where text becomes Typst source.

An edition's Typst source is code, never markup: calls whose texts are string literals. In a
literal only the backslash and the quotation mark are special, so no author text can be read as
Typst, and Typst's markup conveniences (smart quotes, `--`, `~`, line-start lists) stay off: the
PDF prints the characters of the HTML.
"""

from __future__ import annotations

_SHORT = {"\n": "\\n", "\t": "\\t"}


def string(text: str) -> str:
    """`text` as a Typst string literal.

    Raises:
        ValueError: a character that no PDF/UA-1 text may hold (ISO 14289-1, 7.21.7): a control
            character other than tab and line feed, a surrogate or a noncharacter.
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    if not text.isprintable():
        # A replacement for each kind of character: letter by letter, this took a tenth of the making of an edition.
        for char in dict.fromkeys(text):
            if not char.isprintable():
                escaped = escaped.replace(char, _spelled(char))
    return f'"{escaped}"'


def _spelled(char: str) -> str:
    """A character that is not printable as a literal has it: invisible ones are spelled out, so that a golden shows them."""
    code = ord(char)
    if char in _SHORT:
        return _SHORT[char]
    if _forbidden(code):
        raise ValueError(f"the character U+{code:04X} cannot be printed")
    return f"\\u{{{code:x}}}"


def call(name: str, *arguments: str) -> str:
    """A Typst call. `name` and `arguments` are Typst source, never author text."""
    return f"{name}({', '.join(arguments)})"


def block(parts: list[str]) -> str:
    """A Typst code block that joins `parts` (Typst source) in order."""
    if not parts:
        return "[]"
    if len(parts) == 1:
        return parts[0]
    return "{" + "; ".join(parts) + "}"


def array(items: list[str]) -> str:
    """A Typst array of `items` (Typst source)."""
    return "(" + "".join(f"{item}, " for item in items).rstrip() + ")"


def _forbidden(code: int) -> bool:
    return (code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000
            or 0xFDD0 <= code < 0xFDF0 or code & 0xFFFE == 0xFFFE or code == 0xFEFF)
