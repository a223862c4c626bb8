"""Keeping mkdocs-bibtex's text substitution away from a page.

The plugin looks for at signs in raw Markdown, and so takes handles, link texts, e-mail addresses and code for
citations. While it looks, every “@” is a private-use character; the Markdown extension puts it back.
"""

from __future__ import annotations

_AT, _HIDDEN = "@", "\ue040"


def hide_handles(markdown: str) -> str:
    """The page without an at sign, so with nothing for the plugin to replace."""
    return markdown.replace(_AT, _HIDDEN)


def show_handles(markdown: str) -> str:
    """Undo `hide_handles`."""
    return markdown.replace(_HIDDEN, _AT)
