"""The one place where text becomes Typst source.

An edition's Typst source is code, never markup: calls whose texts are string literals. In a
literal only the backslash and the quotation mark are special, so no author text can be read as
Typst, and Typst's markup conveniences (smart quotes, `--`, `~`, line-start lists) stay off: the
PDF prints the characters of the HTML.
"""

from __future__ import annotations


def string(text: str) -> str:
    """`text` as a Typst string literal.

    Raises:
        ValueError: a character that no PDF/UA-1 text may hold (ISO 14289-1, 7.21.7): a control
            character other than tab and line feed, a surrogate or a noncharacter.
    """
    if text.isprintable():
        # Nearly every text; letter by letter, this took longer than anything else in the writing of an edition.
        escaped = text.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    out = ['"']
    for char in text:
        code = ord(char)
        if char in '\\"':
            out.append("\\" + char)
        elif char == "\n":
            out.append("\\n")
        elif char == "\t":
            out.append("\\t")
        elif _forbidden(code):
            raise ValueError(f"the character U+{code:04X} cannot be printed")
        elif not char.isprintable():
            # Invisible characters are spelled out, so that a golden shows them.
            out.append(f"\\u{{{code:x}}}")
        else:
            out.append(char)
    out.append('"')
    return "".join(out)


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
