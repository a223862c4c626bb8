"""How one place refers to another: as evidence, in contrast, as practice, or in passing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from hooks.core.tree import E, HtmlElement, element
from hooks.core.urls import relative_url

MENTIONS = "mentions"
RELATIONS: Mapping[str, str] = MappingProxyType(
    {"supports": "Evidence for", "contrasts": "Contrary evidence in", "practises": "Practiced in", MENTIONS: "Referred to by"}
)
"""Relation → what stands before the list of places, seen from the thing that is referred to; the telling ones first."""


@dataclass(frozen=True)
class Use:
    """One reference found on a page: its relation, and the id of the recommendation it stands in, if any."""

    relation: str
    recommendation: str = ""


@dataclass(frozen=True)
class Backlink:
    """A place that refers to something: its address, how it is named, and the relation (a key of RELATIONS)."""

    relation: str
    url: str
    prefix: str
    title: str

    def link(self, from_url: str, *, short: bool = False) -> HtmlElement:
        """The link to it, on the page at `from_url`; `short` leaves out the title where the prefix is enough."""
        if short and self.relation == "supports" and self.prefix:
            return element("a", "", self.prefix.removesuffix(", "), href=relative_url(self.url, from_url))
        anchor = element("a", "", self.prefix, href=relative_url(self.url, from_url))
        anchor.append(E.EM(self.title))
        return anchor
