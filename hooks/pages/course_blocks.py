"""The blocks of the training course: scenario, exercise, space, check and handout in modules, notes in slides.

Like the series' other blocks they record what the author wrote; `course` completes them.
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as etree
from typing import Any

from pymdownx.blocks.block import Block, type_any


class _CourseBlock(Block):
    """A section with an id of its kind and its argument (`exercise-comments-rule`), and its options, as JSON, for `course` to check and print."""

    ARGUMENT = None
    TAG, CLASS = "section", ""

    def on_create(self, parent: etree.Element) -> etree.Element:
        name = (self.argument or "").strip()
        section = etree.SubElement(parent, self.TAG, {"class": self.CLASS, "data-name": name})
        if name:
            # The id is there from the start, so that MkDocs knows the places that links of the page lead to.
            section.set("id", f"{self.NAME}-{name}")
        options = {key: value for key, value in self.options.items() if key != "attrs" and value is not None}
        section.set("data-options", json.dumps(options, default=str, sort_keys=True))
        return section


class Scenario(_CourseBlock):
    """`/// scenario | id` with `title`: an example that was written for the course."""

    NAME, TAG, CLASS = "scenario", "aside", "scenario"
    OPTIONS: dict[str, list[Any]] = {"title": [None, type_any]}


class Exercise(_CourseBlock):
    """`/// exercise | id` with `title`, `minutes`, `objectives` and `part`; `after: true` where it is done after the session."""

    NAME, CLASS = "exercise", "exercise"
    OPTIONS: dict[str, list[Any]] = {name: [None, type_any] for name in ("title", "minutes", "objectives", "part", "after")}


class Space(_CourseBlock):
    """`/// space | id` with `label` and `lines`: room to write in, inside an exercise."""

    NAME, TAG, CLASS = "space", "div", "space"
    OPTIONS: dict[str, list[Any]] = {"lines": [None, type_any], "label": [None, type_any]}


class Check(_CourseBlock):
    """`/// check | id` with `objective` and `answer`: a question, and a definition list of options with their explanations."""

    NAME, CLASS = "check", "check"
    OPTIONS: dict[str, list[Any]] = {"objective": [None, type_any], "answer": [None, type_any]}


class Handout(_CourseBlock):
    """`/// handout`: the module on one page."""

    NAME, CLASS = "handout", "handout"


class Notes(_CourseBlock):
    """`/// notes`: what the speaker says to a slide."""

    NAME, TAG, CLASS = "notes", "div", "notes web-only"


COURSE_BLOCKS = (Scenario, Exercise, Space, Check, Handout, Notes)
