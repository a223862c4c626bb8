"""What a reference leads to, and what is said of one that leads nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from hooks.linking.targets import SCHEMES, Directory, Unknown
from hooks.series.load import load_series

NOTHING = {
    "paper": ("white paper chapter", "There are: none yet."),
    "brief": ("issue brief", "There are: none yet."),
    "now": ("action sheet", "There are: none yet."),
    "sector": ("sector sheet", "There are: none yet."),
    "model": ("model policy", "There are: none yet."),
    "module": ("course module", "There are: none yet."),
    "pack": ("course pack", "There are: none yet."),
    "card": ("issue brief", "There are: none yet."),
    "tool": ("tool", "There are: none yet."),
    "case": ("case study", "Case studies are in docs/case-studies/."),
    "law": ("authority", "Authorities are in docs/law/."),
    "rec": ("recommendation", "The page “Recommendations” lists them all."),
    "term": ("glossary term", "Terms are in docs/glossary/terms.yml."),
    "for": ("role", "Roles are in docs/for/roles.yml."),
    "q": ("question", "Questions are in docs/questions/."),
    "figure": ("publication", "There are: none yet."),
    "table": ("publication", "There are: none yet."),
}
"""Scheme → what it names, and where to look in a project that has nothing yet."""


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_is_said_in_a_project_that_has_nothing_yet(scheme: str, tmp_path: Path) -> None:
    directory = Directory(load_series(tmp_path)[0], {}, {})
    what, where = NOTHING[scheme]
    assert directory.find(f"{scheme}:any/one", "index.md") == Unknown(
        "reference", f"There is no {what} “{'any' if what == 'publication' else 'any/one'}”.", where
    )


@pytest.mark.parametrize("kind", ["figure", "table"])
def test_how_a_first_figure_or_table_is_named(kind: str, tmp_path: Path) -> None:
    found = Directory(load_series(tmp_path)[0], {}, {}).find(f"{kind}:one", "index.md")
    assert found == Unknown("reference", f"There is no {kind} “one” on this page.", f"A {kind} takes its id from “/// {kind}-caption | id”.")
