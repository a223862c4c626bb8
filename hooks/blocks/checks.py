"""Checks of a page's structure that need no other page."""

from __future__ import annotations

import re

from hooks.blocks.blocks import BLOCKS, COURSE_BLOCKS
from hooks.core.locate import heading, image_without_text, line_of, prose_lines
from hooks.core.problems import Problem, nearest, suggestion
from hooks.core.tree import text_of
from hooks.linking.model import Draft
from hooks.series.model import Publication
from hooks.series.new_brief import TO_WRITE

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCK_LINE = re.compile(r"^ {0,3}(/{3,})(?!/)(.*)$")


def check_structure(draft: Draft) -> None:
    """Report skipped heading levels, images without text alternative, and blocks that were not understood."""
    _headings(draft)
    _images(draft)
    _blocks(draft)
    _block_ends(draft)
    _captions(draft)
    _to_write(draft)


def _headings(draft: Draft) -> None:
    previous = 1
    for node in draft.tree.iter(*_HEADINGS):
        level = int(node.tag[1])
        title = text_of(node)
        if level == 1 and title and re.search(rf"^ {{0,3}}#{re.escape(title.split()[0])}", draft.page.text, re.MULTILINE):
            continue  # A hashtag, which is told as such.
        if level == 1:
            remedy = "Take it out, or make it “## …”: the page's title comes from the front matter."
            draft.report("heading", _place(draft, title, level), f"“{title}” is a second title.", remedy)
        elif level > previous + 1:
            message = f"The heading “{title}” jumps from level {previous} to level {level}."
            remedy = f"Write it with {'#' * (previous + 1)}."
            draft.report("heading", _place(draft, title, level), message, remedy)
        previous = level


def _place(draft: Draft, title: str, level: int) -> re.Pattern[str]:
    """Where a heading is written: the line with its words; of one whose words are put together otherwise, the first line of its level."""
    words = heading(title)
    if words is not None and line_of(draft.page.text, words) is not None:
        return words
    return re.compile(rf"^[ >]*(?:(?:[-*+]|\d+\.|\[\^[^\]]+\]:)\s+)*#{{{level}}}(?!#)")


def _images(draft: Draft) -> None:
    for node in draft.tree.iter("img"):
        if not (node.get("alt") or "").strip():
            src = node.get("src", "")
            name = src.rsplit("/", 1)[-1]
            remedy = "Say between the square brackets what the image tells the reader: ![…](…)."
            draft.report("image-alt", image_without_text(name), f"The image “{name}” has no text alternative.", remedy)


def _blocks(draft: Draft) -> None:
    """Blocks that pymdownx did not take for such, and so left as text."""
    known = {block.NAME: block for block in (*BLOCKS, *COURSE_BLOCKS)}
    for node in draft.tree.iter("p"):
        lines = (node.text or "").split("\n")
        for index, line in enumerate(lines):
            name, _, argument = (part.strip() for part in line.lstrip("/").partition("|"))
            if not line.startswith("///") or not name:
                continue
            meant = name if name in known else nearest(name, known)
            if meant in ("recommendation", "clause"):
                draft.unread.add(f"{'rec' if meant == 'recommendation' else meant}:{argument}")
            if name in known:
                message, remedy = _badly_formed(name, list(known[name].OPTIONS), lines[index + 1 :])
            else:
                message, remedy = f"There is no block “{name}”.", suggestion(name, known, f"The blocks are {', '.join(known)}.")
            draft.report("block", line, message, remedy)


def _badly_formed(name: str, options: list[str], lines: list[str]) -> tuple[str, str]:
    written = [match[1] for line in lines if (match := re.match(r"\s+([\w-]+):", line))]
    for key in written:
        if key not in options:
            return f"The block “{name}” has no option “{key}”.", suggestion(key, options, f"It has {', '.join(options) or 'none'}.")
    return f"The block “{name}” is badly formed.", "Check that its options are indented by four spaces and valid YAML."


def _block_ends(draft: Draft) -> None:
    """Blocks that are not closed: each would silently swallow what follows."""
    open_: list[tuple[str, int, str]] = []
    for number, line in prose_lines(draft.page.text):
        fence = _BLOCK_LINE.match(line)
        if not fence:
            continue
        slashes, name = fence[1], fence[2].partition("|")[0].strip()
        if name:
            if open_ and open_[-1][0] == slashes:
                _not_closed(draft, *open_.pop())
            open_.append((slashes, number, name))
        elif any(slashes == other for other, _, _ in open_):
            while open_[-1][0] != slashes:
                _not_closed(draft, *open_.pop())
            open_.pop()
        else:
            remedy = "Take it out, or open a block before it: “/// name | id”."
            draft.problems.append(Problem("block", draft.page.path, number, f"This “{slashes}” closes no block.", remedy))
    for block in open_:
        _not_closed(draft, *block)


def _not_closed(draft: Draft, slashes: str, line: int, name: str) -> None:
    remedy = f"Write “{slashes}” on a line of its own at its end."
    draft.problems.append(Problem("block", draft.page.path, line, f"The block “{name}” is not closed.", remedy))


def _captions(draft: Draft) -> None:
    for figure in draft.tree.iter("figure"):
        kind = (figure.get("class") or "").split()
        if figure.find("figcaption") is None or not {"table", "figure"} & set(kind):
            continue
        if len(figure) < 2:
            block, what = ("table-caption", "a table") if "table" in kind else ("figure-caption", "an image")
            needle = f"/// {block} | {figure.get('data-name', '')}".strip(" |")
            before = figure.getprevious()
            if block == "figure-caption" and before is not None and before.find("a/img") is not None:
                remedy = "Take the link off the image, and put it into the caption."
                draft.report("block", needle, "The image above this figure-caption is a link, and a figure holds an image alone.", remedy)
                continue
            draft.report("block", needle, f"A {block} block does not follow {what}.", f"Put it directly under {what}, after an empty line.")


def _to_write(draft: Draft) -> None:
    """What a draft still lacks, and what nothing that is published may lack."""
    owner = draft.owner
    lines = [number for number, line in prose_lines(draft.page.text) if TO_WRITE in line]
    if not lines or not isinstance(owner, Publication) or owner.retired:
        return
    count = f"{len(lines)} passages begin" if len(lines) > 1 else "One passage begins"
    message = f"{count} with “{TO_WRITE}”" + ("; the first is here." if len(lines) > 1 else ".")
    if owner.in_force:
        remedy = "Write them, or set `status: draft` until they are written."
        draft.problems.append(Problem("block", draft.page.path, lines[0], message, remedy))
    else:
        draft.problems.append(Problem("draft", draft.page.path, lines[0], message, "They must be written before it is `status: current`."))
