"""What docs/tools/model-policies.yml may say: the answers and fillings of each model policy, and why its body chose so."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from hooks.series.policy_builder import Reference
from hooks.series.records import Prose, Record, Slug, Text

SOURCE = "docs/tools/model-policies.yml"


class Choice(Record):
    """A choice that the body made, and why, in a line each."""

    title: Prose
    why: Prose
    links: tuple[Reference, ...] = ()


class ModelPolicy(Record):
    """One model policy. `id` is the slug of its page; `answers` are options by question, `values` what fills blanks and roles.

    A value of null strikes the words of its blank. The body is invented, so nothing here is a fact about any government.
    """

    id: Slug
    answers: dict[Slug, Annotated[tuple[Slug, ...], Field()]]
    values: dict[str, Text | None] = Field(default_factory=dict)
    choices: tuple[Choice, ...] = Field(min_length=3)
