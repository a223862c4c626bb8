"""Where readers of each role begin: docs/for/roles.yml, in which an editor names for each role three things to read, and why.

What the references lead to is checked when every page is known (see `hooks.registers.roles`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from pydantic import AfterValidator, Field

from hooks.core.problems import Problem
from hooks.core.yaml_lines import Document
from hooks.series.records import Line, Prose, Record, Slug
from hooks.series.sources import ROLES, read_record

MOST, READS = 7, 3
"""How many roles a group may have, for no list of the home page is longer; and how many things each role reads."""


def _three(items: tuple[object, ...]) -> tuple[object, ...]:
    if len(items) != READS:
        raise ValueError(f"It names {len(items)}; name three, in the order in which they are read.")
    return items


def _few(items: tuple[object, ...]) -> tuple[object, ...]:
    if not 0 < len(items) <= MOST:
        raise ValueError(f"It has {len(items)} roles; at most {MOST} can be looked over. Move some to another group.")
    return items


class Reading(Record):
    """One thing to read. `to` is a reference, such as brief:records#retention, now:takeover or card:records."""

    to: Line
    why: Prose = Field(description="One sentence: why this, and why here.")


class Role(Record):
    """One role. Its `id` is its address, /for/<id>/, and so permanent."""

    id: Slug
    label: Prose = Field(description="As a reader calls it: Village or town clerk. It follows “I am a …”.")
    sentence: Prose = Field(description="One sentence to this reader.")
    read: Annotated[tuple[Reading, ...], AfterValidator(_three)]
    also: tuple[Reading, ...] = Field(default=(), description="What else serves this role, for which the three leave no room.")
    publishes: bool = Field(default=False, description="Whether it is the one who is asked to put the site on a host.")


class RoleGroup(Record):
    """Roles under one heading."""

    label: Prose
    roles: Annotated[tuple[Role, ...], AfterValidator(_few)]


class RoleFile(Record):
    """docs/for/roles.yml"""

    groups: tuple[RoleGroup, ...]


@dataclass(frozen=True)
class Roles:
    """The groups in the order in which they are printed, and the lines of the file."""

    groups: tuple[RoleGroup, ...] = ()
    document: Document = field(default_factory=lambda: Document(None, {}))

    @property
    def all(self) -> tuple[Role, ...]:
        """Every role, in order."""
        return tuple(role for group in self.groups for role in group.roles)

    @property
    def by_id(self) -> Mapping[str, Role]:
        """Roles by id; of two that share one, which was reported, the first."""
        return MappingProxyType({role.id: role for role in reversed(self.all)})

    def problem(self, role: Role, number: int, rule: str, message: str, remedy: str) -> Problem:
        """A problem with the `number`th thing, from 0, of those that `role` reads and of what else serves it."""
        key, number = ("read", number) if number < len(role.read) else ("also", number - len(role.read))
        at = next((g, r) for g, group in enumerate(self.groups) for r, item in enumerate(group.roles) if item is role)
        return Problem(rule, ROLES, self.document.line(("groups", at[0], "roles", at[1], key, number, "to")), message, remedy)


def load_roles(root: Path) -> tuple[Roles, list[Problem], bool]:
    """The roles; what is wrong with the file; and whether it is there but cannot be read. A series may do without."""
    if not (root / ROLES).exists():
        return Roles(), [], False
    record, document, problems = read_record(root, ROLES, RoleFile)
    if record is None:
        return Roles(), problems, True
    first: dict[str, str] = {}
    for g, group in enumerate(record.groups):
        for r, role in enumerate(group.roles):
            if role.id in first:
                line = document.line(("groups", g, "roles", r, "id"))
                problems.append(Problem("id", ROLES, line, f"The id “{role.id}” is already that of “{first[role.id]}”.", "Ids are unique; rename one."))
            first.setdefault(role.id, role.label)
    return Roles(record.groups, document), problems, False
