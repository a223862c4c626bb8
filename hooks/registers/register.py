"""What every listing is made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from hooks.citing.bibliography import Source
from hooks.citing.citeproc import Formatted
from hooks.core.tree import HtmlElement
from hooks.linking.model import Clause, Practice, Recommendation
from hooks.registers.study_time import StudyTime
from hooks.series.model import Series


@dataclass(frozen=True)
class Register:
    """All that a listing may draw on.

    `used_in`: the key of a thing, and what passing references are called → what refers to it, as pairs of the words
    before a list and the list of links. `minutes`: a reference → how long what it leads to takes to read, 0 where nobody reads it through. `alone`: the
    time of each module of the course, by its id, for someone who studies alone. `licence`: its statement and its address, which is empty where
    nobody has confirmed it.
    """

    series: Series
    sources: Mapping[str, Source]
    formatted: Formatted
    recommendations: tuple[Recommendation, ...]
    used_in: Callable[[str, str], list[tuple[str, HtmlElement]]] = lambda key, mentions: []
    today: date = date.max
    site_url: str = "/"
    name: str = ""
    clauses: tuple[Clause, ...] = ()
    practices: tuple[Practice, ...] = ()
    minutes: Callable[[str], int] = lambda reference: 0
    alone: Mapping[str, StudyTime] = field(default_factory=dict)
    licence: tuple[str, str] = ("", "")
