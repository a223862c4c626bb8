"""Alignment of table columns: by class, since the pages' Content Security Policy lets no style attribute work."""

from __future__ import annotations

import re

from hooks.pages.tree import HtmlElement

_ALIGNED = re.compile(r"text-align:\s*(left|center|right);?")


def align_by_class(root: HtmlElement) -> None:
    """Turn Markdown's `style="text-align: right"` into the class `align-right`, on every cell below `root`."""
    for cell in root.iter("th", "td"):
        found = _ALIGNED.fullmatch(cell.get("style", "").strip())
        if found:
            del cell.attrib["style"]
            cell.set("class", " ".join(filter(None, (cell.get("class"), f"align-{found[1]}"))))
