"""Which slides a set has, from its Markdown alone: their numbers, ids and titles, known before any page is made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from hooks.core.locate import prose_lines
from hooks.core.typography import typographic
from hooks.series.model import SlidePlace

FIRST = 2
"""The number of the first slide: the title is 1, on the page that projects, in the PDF and in PowerPoint."""

_HEADING = re.compile(r"^##\s+(.+?)\s*(?:\{:?\s*#([\w:.-]+)[^}]*\})?\s*$")
_TAKEN = re.compile(r"^/{3,}\s*slide\s*\|\s*([\w-]+)#([\w:.-]+)\s*$")
_MARKS = re.compile(r"(\*\*|\*|`|__)(?=\S)(.+?)(?<=\S)\1")


def places(text: str, known: Mapping[str, tuple[SlidePlace, ...]] = MappingProxyType({})) -> tuple[SlidePlace, ...]:
    """The slides of the Markdown `text` in order.

    `known` are those of the modules, by slug, which “/// slide | comments#setting” takes over under the id `comments-setting`. A slide that
    is not there is left out: the page says so.
    """
    found: list[SlidePlace] = []
    for _, line in prose_lines(text):
        heading, taken = _HEADING.match(line), _TAKEN.match(line)
        if heading:
            found.append(SlidePlace(FIRST + len(found), heading[2] or "", typographic(_MARKS.sub(r"\2", heading[1]))))
        elif taken:
            title = next((place.title for place in known.get(taken[1], ()) if place.id == taken[2]), None)
            if title is not None:
                found.append(SlidePlace(FIRST + len(found), taken_id(taken[1], taken[2]), title))
    return tuple(found)


def taken_id(slug: str, id_: str) -> str:
    """The id of a slide of a module in the deck that takes it over: `comments-setting`."""
    return f"{slug}-{id_}"
