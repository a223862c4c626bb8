"""What the pages of the course share: reading a block's options, refusing a misplaced block, and invented examples."""

from __future__ import annotations

import json

from hooks.pages.model import Draft
from hooks.pages.tree import HtmlElement, element, with_class
from hooks.series.typography import typographic

INVENTED = "Written for this course: no real agency, person or post."
ONLY_IN_MODULES = ("exercise", "check", "handout", "space")


def take_options(node: HtmlElement) -> dict:
    """The options that the author gave, with typographic quotation marks; what marked them is taken off."""
    node.attrib.pop("data-name", None)
    options = json.loads(node.attrib.pop("data-options", "{}"))
    return {key: typographic(value.strip()) if isinstance(value, str) else value for key, value in options.items()}


def refuse(draft: Draft, block: str, name: str, message: str, remedy: str = "") -> None:
    """A problem at the first line of a block."""
    draft.report("module", f"/// {block} | {name}".strip(" |"), message, remedy)


def misplaced(draft: Draft, block: str, where: str, only: HtmlElement | None = None) -> None:
    for node in list(with_class(draft.tree, block)) if only is None else [only]:
        if node.get("data-options") is None:
            continue
        name = node.get("data-name", "")
        take_options(node)
        refuse(draft, block, name, f"A {block} block stands only in {where}.", "Move it there.")


def scenario(draft: Draft, node: HtmlElement, label: str) -> None:
    name, options = node.get("data-name", ""), take_options(node)
    title = str(options.get("title") or "")
    if not name or not title:
        remedy = "Write “/// scenario | id” and “title: …” below it, indented by four spaces."
        refuse(draft, "scenario", name, f"A scenario lacks {'an id' if not name else '“title:”'}.", remedy)
    node.set("aria-label", f"{label}: {title}" if title else label)
    node.insert(0, element("p", "scenario__label", label))
    node.insert(1, element("p", "scenario__title", title))
    node.append(element("p", "scenario__note", INVENTED))
