"""The series' callouts as pymdownx blocks (https://facelessuser.github.io/pymdown-extensions/extensions/blocks/api/).

A block records what the author wrote, as classes and `data-` attributes; `expand` completes it from the
series' records. So a mistake in a block never makes the block itself vanish: it is reported where it stands.
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as etree
from typing import Any

from pymdownx.blocks.block import Block, type_any


class _Section(Block):
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


class Case(_Section):
    """`/// case | slug`: a case study, from its record."""

    NAME, TAG, CLASS = "case", "aside", "callout callout--case"


class Law(_Section):
    """`/// law | id`: an authority, from the register."""

    NAME, TAG, CLASS = "law", "aside", "callout callout--law"


class Checklist(_Section):
    """`/// checklist`: a list of things to have in place."""

    NAME, CLASS = "checklist", "checklist"


class Listing(_Section):
    """`/// listing | name`: a register, made from the whole series."""

    NAME, CLASS = "listing", "listing"


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
    """`/// recommendation | id` with `who`, `when` and `evidence`."""

    NAME, CLASS, BODY = "recommendation", "recommendation", "recommendation__body"
    OPTIONS: dict[str, list[Any]] = {"who": [None, type_any], "when": [None, type_any], "evidence": [None, type_any]}


class Clause(_Optioned):
    """`/// clause | id` with `title`, `element` and `note`: model policy language."""

    NAME, CLASS, BODY = "clause", "clause", "clause__text"
    OPTIONS: dict[str, list[Any]] = {"title": [None, type_any], "element": [None, type_any], "note": [None, type_any]}


class _Caption(Block):
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


BLOCKS = (Glance, Case, Law, Checklist, Listing, Recommendation, Clause, TableCaption, FigureCaption)
