"""The model policies: made in the build by the script of the page, filled in, marked as invented; what is wrong with their file is said."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hooks.registers.builder import assemble as module
from hooks.series.model_policies import SOURCE
from tests.support import edit

from .test_check import project  # noqa: F401 - a fixture

PAGE = "docs/tools/models/village.md"
FRONT = """\
---
id: mp-01
title: Model policy for an invented village
summary: A policy of an invented village, with its choices.
elements: [citizen-conduct]
edition: 1
published: 2026-11-22
revised: 2026-11-22
review_by: 2027-05-29
changes:
  - {edition: 1, date: 2026-11-22, note: First edition.}
---

The village is invented.

/// listing | model-policy
///
"""
FILE = """\
- id: village
  answers:
    comments: [open]
    staff: [one]
  values:
    agency-name: Village of Alder
    role:poster: the clerk
    comment-rules.1: "14"
  choices:
    - {title: One, why: Because., links: [brief:comments]}
    - {title: Two, why: Because.}
    - {title: Three, why: Because.}
"""


@pytest.fixture
def modeled(project: Path) -> Path:  # noqa: F811
    (project / "docs/tools/models").mkdir()
    (project / PAGE).write_text(FRONT, encoding="utf-8")
    (project / SOURCE).write_text(FILE, encoding="utf-8")
    if module.node() is None:
        pytest.skip("Node is not installed: `make packages` does")
    return project


def said(render, root: Path) -> list[str]:
    return [str(problem) for problem in render(root).problems]


def test_a_model_policy_stands_on_its_page(render, modeled: Path) -> None:
    rendered = render(modeled)
    assert [str(problem) for problem in rendered.problems] == []
    page = rendered.html(PAGE)
    for text in ("The village is invented.", "Why it says so", "Social media policy of the Village of Alder (invented)", "the clerk"):
        assert text in page
    assert "Draft, not legal advice" not in page


@pytest.mark.parametrize(("old", "new", "message"), [
    ("comments: [open]", "coments: [open]", "There is no question “coments”. Did you mean “comments”?"),
    ("comments: [open]", "comments: [opn]", "The question “comments” has no option “opn”. Did you mean “open”?"),
    ("    agency-name: Village", "    agency-nam: Village", "There is no blank or role “agency-nam”. Did you mean “agency-name”?"),
    ("    role:poster: the clerk\n", "", "The model policy “village” leaves the blank “role:poster” open: [who]."),
    ("brief:comments", "brief:coments", "There is no issue brief “coments”. Did you mean “comments”?"),
    ("- id: village", "- id: vilage", "There is no model policy “village”. Did you mean “vilage”?"),
], ids=lambda value: str(value)[:20])
def test_a_mistake_is_said_where_it_stands(render, modeled: Path, old: str, new: str, message: str) -> None:
    edit(modeled / SOURCE, old, new)
    found = [line for line in said(render, modeled) if message in line]
    assert found, said(render, modeled)
    assert found[0].startswith((f"{SOURCE}:", f"{PAGE}:"))


def test_without_node_the_author_is_told_what_to_do(render, modeled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "node", lambda: None)
    message = "Node, which puts the model policies together, is not installed. Run `make packages`, which installs it; then build again. [data]"
    assert f"{SOURCE}:1: {message}" in said(render, modeled)


def test_a_script_that_fails_is_a_problem_and_no_traceback(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    if module.node() is None:
        pytest.skip("Node is not installed: `make packages` does")
    broken = tmp_path / "broken.js"
    broken.write_text("throw new Error('no')", encoding="utf-8")
    monkeypatch.setattr(module, "_SCRIPT", broken)
    with pytest.raises(module.CannotAssemble, match="Node could not put the model policies together"):
        module.assemble({}, [{}])


def test_the_models_of_the_series_are_whole(real_site: Path) -> None:
    for slug in ("village", "county", "school-district"):
        page = (real_site / "tools/models" / slug / "index.html").read_text(encoding="utf-8")
        assert "(invented)" in page
        assert "is invented." in page
        policy = page.split('id="policy-title"')[1].split('id="paper-1"')[0]
        assert 'class="blank"' not in policy
        # A board adopts these pages alone.
        for id_ in ("policy-title", "paper-1", "paper-2", "paper-3"):
            assert re.search(f'<h2[^>]*id="{id_}"[^>]*class="own-page"|<h2[^>]*class="own-page"[^>]*id="{id_}"', page), id_
        assert "at least 72 hours before a meeting" in page
