"""The training course: the records of its modules and slides, and which recommendation is practised where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import Field, model_validator

from hooks.series.records import Line, Prose, PublicationFront, Record, Slug

if TYPE_CHECKING:
    from hooks.series.model import Publication

KINDS = ("course", "course-module", "course-workbook")
"""The publications of the course, in the order in which they are printed."""


class Objective(Record):
    """What a participant will be able to do, and the recommendations that this practises."""

    id: Slug
    text: Prose = Field(description="Begins with a verb: Decide, for each account, whether to take comments.")
    practises: tuple[Line, ...] = Field(min_length=1, description="Ids of recommendations, e.g. ib-08-r1.")


class ModuleFront(PublicationFront):
    """Front matter of a course module: that of a publication, with its time and objectives."""

    minutes: int = Field(ge=10, le=480, description="How long the module takes in a class.")
    objectives: tuple[Objective, ...] = Field(min_length=1, max_length=8)

    @model_validator(mode="after")
    def _own_ids(self) -> ModuleFront:
        ids = [item.id for item in self.objectives]
        for id_ in ids:
            if ids.count(id_) > 1:
                raise ValueError(f"Two `objectives` have the id “{id_}”; rename one.")
        return self


class SlidesFront(Record):
    """Front matter of a set of slides: the id of the module that they are for."""

    module: Slug


@dataclass(frozen=True)
class Slides:
    """The slides of a module. `path` is the source relative to the project's root, `url` the page's address relative to the site's."""

    module: Publication
    path: str
    url: str

    @property
    def id(self) -> str:
        """The id of the edition: `tc-05-slides`."""
        return f"{self.module.id}-slides"

    @property
    def pdf_path(self) -> str:
        """Where the PDF stands, relative to the site's root: beside the module's page."""
        return f"{self.module.url}{self.module.slug}-slides.pdf"

    @property
    def title(self) -> str:
        return f"Slides: {self.module.front.title}"


def handout_id(module: Publication) -> str:
    return f"{module.id}-handout"


def handout_path(module: Publication) -> str:
    """Where the handout's PDF stands, relative to the site's root."""
    return f"{module.url}{module.slug}-handout.pdf"


def practised_in(modules: Iterable[Publication]) -> Mapping[str, tuple[Publication, ...]]:
    """The id of each recommendation that an objective names → the modules that practise it, in their order."""
    found: dict[str, dict[str, Publication]] = {}
    for module in modules:
        for objective in module.front.objectives:
            for id_ in objective.practises:
                found.setdefault(id_, {})[module.id] = module
    return {id_: tuple(there.values()) for id_, there in found.items()}
