"""mkdocs-bibtex in this series: its registry filled once for the whole site, its text substitution kept away from pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mkdocs_bibtex.citation import Citation as PluginCitation
from mkdocs_bibtex.citation import CitationBlock
from mkdocs_bibtex.registry import PandocRegistry

from hooks.citing.bibliography import Bibliography
from hooks.citing.citeproc import Formatted, format_citations
from hooks.core.cache import Cache
from hooks.core.citations import parse_group


class SeriesRegistry(PandocRegistry):
    """The plugin's registry with HTML in its caches: `inline` by citation group, `reference` by key."""

    def __init__(self, registry: PandocRegistry, bibliography: Bibliography, style: str, cache: Cache | None) -> None:
        """Take over the entries that the plugin's own `registry` has read."""
        self.__dict__.update(vars(registry))
        self._bibliography, self._style, self._cache = bibliography, style, cache

    def format_groups(self, groups: Iterable[str]) -> Formatted:
        """Fill the registry with every group of the site (the inside of its brackets) and return what it holds."""
        distinct = {group: parsed for group in groups if (parsed := parse_group(group))}
        blocks = [CitationBlock([PluginCitation(c.key, c.prefix, c.locator) for c in parsed.citations], raw=group) for group, parsed in distinct.items()]
        self._inline_cache.clear()
        self._reference_cache.clear()
        self.validate_citation_blocks(blocks)
        if not blocks:
            self._reference_cache.update(self._process_with_pandoc([])[1])
        return Formatted({group: self._inline_cache.get(f"[{group}]", "") for group in distinct}, dict(self._reference_cache))

    def _process_with_pandoc(self, citation_blocks: list[CitationBlock]) -> tuple[dict[str, Any], dict[str, Any]]:
        groups = [block.raw for block in citation_blocks]
        formatted = format_citations(groups, list(self._bibliography.items), self._style, self._cache)
        return {f"[{group}]": html for group, html in formatted.groups.items()}, dict(formatted.references)


_AT, _HIDDEN = "@", "\ue040"


def hide_handles(markdown: str) -> str:
    """The page without an at sign, so with nothing for the plugin to replace.

    It looks for at signs in raw Markdown, and so takes handles, link texts, e-mail addresses and code for citations.
    While it looks, every “@” is a private-use character; the Markdown extension puts it back.
    """
    return markdown.replace(_AT, _HIDDEN)


def show_handles(markdown: str) -> str:
    """Undo `hide_handles`."""
    return markdown.replace(_HIDDEN, _AT)
