"""Hiding at signs from mkdocs-bibtex, and showing them again."""

from __future__ import annotations

import pytest
from mkdocs_bibtex.citation import CitationBlock, InlineReference

from hooks.citing.registry import hide_handles, show_handles
from tests.support import to_html

TEXT = "Ask @CDCgov or [@doe2020, p. 4], `@code` and clerk@sample.example.\n\n```\n[@fence]\n```\n"


def test_hiding_can_be_undone() -> None:
    assert show_handles(hide_handles(TEXT)) == TEXT


@pytest.mark.parametrize("find", [CitationBlock.from_markdown, InlineReference.from_markdown])
def test_the_plugin_finds_nothing_to_replace(find) -> None:
    assert list(find(TEXT))
    assert not list(find(hide_handles(TEXT)))


def test_the_markdown_extension_shows_them() -> None:
    assert to_html(hide_handles(TEXT)) == to_html(TEXT)
    assert "@CDCgov" in to_html(hide_handles(TEXT))
