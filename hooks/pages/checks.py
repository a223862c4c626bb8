"""Checks of a page's structure that need no other page."""

from __future__ import annotations

from hooks.pages.blocks import BLOCKS
from hooks.pages.model import Draft
from hooks.pages.tree import text_of
from hooks.problems import suggestion

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def check_structure(draft: Draft) -> None:
    """Report skipped heading levels, images without text alternative, and blocks that were not understood."""
    _headings(draft)
    _images(draft)
    _blocks(draft)
    _captions(draft)


def _headings(draft: Draft) -> None:
    previous = 1
    for node in draft.tree.iter(*_HEADINGS):
        level = int(node.tag[1])
        title = text_of(node)
        if level == 1:
            remedy = "Take it out, or make it “## …”: the page's title comes from the front matter."
            draft.problems.append(draft.page.problem("heading", title, f"“{title}” is a second title.", remedy))
        elif level > previous + 1:
            message = f"The heading “{title}” jumps from level {previous} to level {level}."
            remedy = f"Write it with {'#' * (previous + 1)}."
            draft.problems.append(draft.page.problem("heading", f"# {title}", message, remedy))
        previous = level


def _images(draft: Draft) -> None:
    for node in draft.tree.iter("img"):
        if not (node.get("alt") or "").strip():
            src = node.get("src", "")
            name = src.rsplit("/", 1)[-1]
            remedy = "Say between the square brackets what the image tells the reader: ![…](…)."
            draft.problems.append(draft.page.problem("image-alt", name, f"The image “{name}” has no text alternative.", remedy))


def _blocks(draft: Draft) -> None:
    names = [block.NAME for block in BLOCKS]
    for node in draft.tree.iter("p"):
        for line in (node.text or "").split("\n"):
            if not line.startswith("///"):
                continue
            name = line.strip("/ ").split("|")[0].strip()
            if not name:
                continue
            if name in names:
                message, remedy = f"The block “{name}” is badly formed.", "Check that its options are indented by four spaces and valid YAML."
            else:
                message, remedy = f"There is no block “{name}”.", suggestion(name, names, f"The blocks are {', '.join(names)}.")
            draft.problems.append(draft.page.problem("block", line, message, remedy))


def _captions(draft: Draft) -> None:
    for figure in draft.tree.iter("figure"):
        kind = (figure.get("class") or "").split()
        if figure.find("figcaption") is None or not {"table", "figure"} & set(kind):
            continue
        if len(figure) < 2:
            what = "table" if "table" in kind else "image"
            message = f"A {what}-caption block does not follow a {what}." if what == "table" else "A figure-caption block does not follow an image."
            needle = f"/// {'table' if what == 'table' else 'figure'}-caption"
            draft.problems.append(draft.page.problem("block", needle, message, f"Put it directly under the {what}, after an empty line."))
