"""The series' callouts as pymdownx blocks (https://facelessuser.github.io/pymdown-extensions/extensions/blocks/api/)."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as etree
from typing import Any

from pymdownx.blocks.block import Block, type_any

from hooks.blocks.callouts import CALLOUTS, Callout

NO_SHORT_FORM = "none"
"""What a clause says of itself that has no place in a short policy."""
SHORT_FORM = "clause__short"
"""The class of a clause's short form, until it is taken off the page."""
_LINES = re.compile(r"\n(?!\d+\.\s)|\n(?=1\.\s)")


class _Block(Block):
    """A block of ours."""


class _Section(_Block):
    """A block that is one element, in which its content stands."""

    TAG, CLASS = "div", ""
    ARGUMENT = None

    def on_create(self, parent: etree.Element) -> etree.Element:
        section = etree.SubElement(parent, self.TAG, {"class": self.CLASS})
        if self.argument:
            section.set("data-name", self.argument.strip())
        return section


class Glance(_Section):
    """`/// glance`: the panel that opens a publication."""

    NAME, TAG, CLASS = "glance", "section", "glance"

    def on_create(self, parent: etree.Element) -> etree.Element:
        attributes = {"class": "glance", "id": "at-a-glance", "aria-labelledby": "at-a-glance-title"}
        section = etree.SubElement(parent, "section", attributes)
        etree.SubElement(section, "h2", {"id": "at-a-glance-title"}).text = "At a glance"
        return section


def _callout(kind: Callout) -> type[_Block]:
    """`/// case | slug`: the block of a callout."""
    return type(kind.style, (_Section,), {"NAME": kind.name, "TAG": "aside", "CLASS": f"callout {kind.css_class}"})


class Checklist(_Section):
    """`/// checklist`: a list of things to have in place."""

    NAME, CLASS = "checklist", "checklist"


class Listing(_Section):
    """`/// listing | name`: a register, made from the whole series."""

    NAME, CLASS = "listing", "listing"


class Part(_Section):
    """`/// part | act`: where a part of a brief begins; it holds nothing."""

    NAME, CLASS = "part", "part-mark"


class Open(_Section):
    """`/// open`: what is unsettled, under its own heading."""

    NAME, TAG, CLASS = "open", "section", "open"

    def on_create(self, parent: etree.Element) -> etree.Element:
        section = etree.SubElement(parent, "section", {"class": "open", "aria-labelledby": "unsettled"})
        # The id of the section that briefs had before: links to it lead on.
        etree.SubElement(section, "h2", {"id": "unsettled"}).text = "Still open"
        return section


class _Optioned(_Section):
    """A section whose options are kept, as JSON, for `expand` to check and print."""

    TAG, BODY = "section", ""

    def on_create(self, parent: etree.Element) -> etree.Element:
        section = super().on_create(parent)
        options = {key: value for key, value in self.options.items() if key != "attrs" and value is not None}
        section.set("data-options", json.dumps(options, default=str, sort_keys=True))
        etree.SubElement(section, "div", {"class": self.BODY})
        return section

    def on_add(self, block: etree.Element) -> etree.Element:
        return block[0]


class Recommendation(_Optioned):
    """`/// recommendation | id` with `who`, `when` and `evidence`, and optionally `strength`."""

    NAME, CLASS, BODY = "recommendation", "recommendation", "recommendation__body"
    OPTIONS: dict[str, list[Any]] = {"who": [None, type_any], "when": [None, type_any], "evidence": [None, type_any],
                                     "strength": [None, type_any]}


class Clause(_Optioned):
    """`/// clause | id` with `title`, `element` and `note`, and optionally its legal `ground`: model policy language.

    `short` is the form that it takes in a short policy, or "none" where it has no place there. Options hold no empty line, so each
    line of it is a paragraph or an item of a list.
    """

    NAME, CLASS, BODY = "clause", "clause", "clause__text"
    OPTIONS: dict[str, list[Any]] = {"title": [None, type_any], "element": [None, type_any], "note": [None, type_any],
                                     "ground": [None, type_any], "short": [None, type_any]}

    def on_end(self, block: etree.Element) -> None:
        short = self.options["short"]
        if isinstance(short, str) and short.strip() not in ("", NO_SHORT_FORM):
            self.md.parser.parseChunk(etree.SubElement(block, "div", {"class": SHORT_FORM}), _LINES.sub("\n\n", short.strip()))


class _Words(_Optioned):
    """Words to copy, with their `title`, and a `note` that is not copied. The id is there from the start, for links of the page."""

    OPTIONS: dict[str, list[Any]] = {"title": [None, type_any], "note": [None, type_any]}

    def on_create(self, parent: etree.Element) -> etree.Element:
        section = super().on_create(parent)
        if self.argument:
            section.set("id", f"letter-{self.argument.strip()}")
        return section


class Letter(_Words):
    """`/// letter | id`: a letter, message, motion or form. `translate: true`: Word has a sheet for its translator too."""

    NAME, CLASS, BODY = "letter", "letter", "letter__text"
    OPTIONS: dict[str, list[Any]] = {**_Words.OPTIONS, "translate": [None, type_any]}


class Notice(_Words):
    """`/// notice | id`: the same, which is given as a picture too."""

    NAME, CLASS, BODY = "notice", "letter letter--notice", "letter__text"


class _Caption(_Block):
    """A caption under a table or image: the two become one `figure`, whose id is the argument."""

    ARGUMENT = None
    KIND = ""

    def on_create(self, parent: etree.Element) -> etree.Element:
        previous = parent[-1] if len(parent) else None
        figure = etree.SubElement(parent, "figure", {"class": self.KIND, "data-name": (self.argument or "").strip()})
        if previous is not None and self.captions(previous):
            parent.remove(previous)
            figure.append(previous)
        return etree.SubElement(figure, "figcaption")

    def captions(self, node: etree.Element) -> bool:
        """Whether `node`, which stands before this caption, is what it belongs to."""
        raise NotImplementedError


class TableCaption(_Caption):
    """`/// table-caption | id`"""

    NAME, KIND = "table-caption", "table"

    def captions(self, node: etree.Element) -> bool:
        return node.tag == "table"


class FigureCaption(_Caption):
    """`/// figure-caption | id`"""

    NAME, KIND = "figure-caption", "figure"

    def captions(self, node: etree.Element) -> bool:
        # Inline content is not parsed yet: an image is still text.
        return node.tag == "p" and (node.text or "").lstrip().startswith("![")


BLOCKS: tuple[type[_Block], ...] = (
    Glance, *map(_callout, CALLOUTS), Checklist, Listing, Part, Open, Recommendation, Clause, Letter, Notice, TableCaption, FigureCaption,
)  # fmt: skip


class _CourseBlock(_Block):
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
    """`/// scenario | id` with `title`: an example that was written for the course; `copies` where it is printed for the room."""

    NAME, TAG, CLASS = "scenario", "aside", "scenario"
    OPTIONS: dict[str, list[Any]] = {"title": [None, type_any], "copies": [None, type_any]}


class Sheet(_CourseBlock):
    """`/// sheet | id` with `title` and `copies`: anything else that is printed for the room, such as a rule."""

    NAME, CLASS = "sheet", "sheet"
    OPTIONS: dict[str, list[Any]] = {"title": [None, type_any], "copies": [None, type_any]}


class Exercise(_CourseBlock):
    """`/// exercise | id` with `title`, `minutes`, `objectives` and `part`; `after: true` where it is done after the session.

    `material` names the scenarios and sheets that one needs for it, `copies` how often it is printed with them for the room.
    """

    NAME, CLASS = "exercise", "exercise"
    OPTIONS: dict[str, list[Any]] = {name: [None, type_any] for name in ("title", "minutes", "objectives", "part", "after", "material", "copies")}


class Space(_CourseBlock):
    """`/// space | id` with `label` and `lines`: room to write in, inside an exercise."""

    NAME, TAG, CLASS = "space", "div", "space"
    OPTIONS: dict[str, list[Any]] = {"lines": [None, type_any], "label": [None, type_any]}


class Key(_CourseBlock):
    """`/// key | id`: the facilitator's answers to the exercise `id`, on a page of their own."""

    NAME, CLASS = "key", "answer-key"


class Strips(_CourseBlock):
    """`/// strips | id` around a table: what the exercise `id` hands out row by row. The first columns say when, the last what happens."""

    NAME, CLASS = "strips", "strips"
    OPTIONS: dict[str, list[Any]] = {"copies": [None, type_any]}


class Roles(_CourseBlock):
    """`/// roles | id` around a definition list: who plays in the exercise `id`, and what each knows and wants."""

    NAME, CLASS = "roles", "role-cards"
    OPTIONS: dict[str, list[Any]] = {"copies": [None, type_any]}


class Check(_CourseBlock):
    """`/// check | id` with `objective` and `answer`: a question, and a definition list of options with their explanations. A question of the
    final check says which `module` it is on."""

    NAME, CLASS = "check", "check"
    OPTIONS: dict[str, list[Any]] = {"module": [None, type_any], "objective": [None, type_any], "answer": [None, type_any]}


class Handout(_CourseBlock):
    """`/// handout`: the module on one page."""

    NAME, CLASS = "handout", "handout"


class Notes(_CourseBlock):
    """`/// notes`: what the speaker says to a slide."""

    NAME, TAG, CLASS = "notes", "div", "notes web-only"


class Post(_CourseBlock):
    """`/// post` with `by`, and optionally `on`, `when` and `kind` (post, comment or message): an invented post to look at."""

    NAME, TAG, CLASS = "post", "aside", "post"
    OPTIONS: dict[str, list[Any]] = {name: [None, type_any] for name in ("by", "on", "when", "kind")}


class Question(_CourseBlock):
    """`/// question`: the one question of a slide, in large type."""

    NAME, TAG, CLASS = "question", "div", "ask"


class Taken(_Block):
    """`/// slide | comments#setting`: the slide of a module's set, in a deck. It holds nothing."""

    NAME = "slide"
    ARGUMENT = None

    def on_create(self, parent: etree.Element) -> etree.Element:
        return etree.SubElement(parent, "div", {"class": "slide-taken", "data-slide": (self.argument or "").strip()})


COURSE_BLOCKS: tuple[type[_Block], ...] = (Scenario, Sheet, Exercise, Space, Key, Strips, Roles, Check, Handout, Notes, Post, Question, Taken)
