"""What an edition depends on, known before it is asked for: a digest of its inputs, for which no article is parsed.

A digest may hold more than an edition prints, never less: where it changes the request is made, and that has a key of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import astuple
from functools import cached_property

from hooks.core.cache import digest
from hooks.core.code import code_digest
from hooks.editions.requests import Sources, data_files, image
from hooks.series.model import Publication
from hooks.series.sources import read_text

_MAKERS = ("hooks.editions.requests", "hooks.editions.word_template")


class Inputs:
    """Digests of what the requests of one build are made from."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._own: dict[str, str] = {}

    def of(self, *publications: Publication, pages: Iterable[str] = (), says: str = "") -> str:
        """Of an edition that prints these publications, the pages from these sources, and what it `says` besides."""
        return digest("inputs", self._around, says, *(self._publication(item) for item in publications), *(self._page(path) for path in pages))

    def of_template(self) -> str:
        """Of the policy template: every model clause as its page has it."""
        site = self._sources.site
        parts: list[str] = []
        for clause in site.clauses:
            item = clause.publication
            page = site.pages.get(item.path)
            text = page.clauses.get(clause.id, "") if page else ""
            parts += [clause.id, clause.label, clause.title, clause.element, clause.note, item.path, item.front.model_dump_json(), text]
        return digest("template", self._around, *parts)

    @cached_property
    def _around(self) -> str:
        """What any edition may say: the imprint; and how each publication stands, for notices, and for the parts of a volume."""
        sources = self._sources
        imprint = (sources.imprint.name, sources.imprint.site_url, sources.imprint.note, sources.imprint.licence, sources.imprint.line)
        stands = [
            (item.id, item.kind, item.path, item.url, item.label, item.full_title, item.front.status, item.front.superseded_by, item.path in sources.site.pages)
            for item in sources.series.publications
        ]
        said = json.dumps([*imprint, sources.imprint.authors, stands, sorted(sources.series.withheld)])
        return digest(*(code_digest(module) for module in _MAKERS), said)

    def _publication(self, item: Publication) -> str:
        if item.id not in self._own:
            cited = self._sources.site.pages[item.path].sources
            carried = [part for file in data_files([item], cited, self._sources) for part in (file.name, file.data)]
            own = [(r.id, r.number, r.text, r.who, r.when, r.evidence, r.strength) for r in self._sources.site.recommendations if r.publication.id == item.id]
            there = [letter for letter in self._sources.site.letters if letter.publication.id == item.id]
            words = [(letter.id, letter.title, letter.note, letter.html, letter.translate) for letter in there]
            self._own[item.id] = digest(item.slug, item.number, item.front.model_dump_json(), self._page(item.path), json.dumps([own, words]), *carried)
        return self._own[item.id]

    def _page(self, path: str) -> str:
        page = self._sources.site.pages[path]
        pictures = [part for src in page.images for part in (src, image(self._sources, page.url, src) or b"")]
        links = json.dumps([astuple(link) for link in page.backlinks])
        return digest(path, page.url, page.html, links, self._written(path), *pictures)

    def _written(self, path: str) -> str:
        """What an author wrote for the page: of one that the build makes, the file of its records."""
        return read_text(self._sources.root, self._sources.series.origin(path)) or ""
