"""The request of a volume that is put together from documents: what opens it, with its contents, and each of its sections set by itself.

What a section is made from says nothing of where it stands: so one whose words have not changed is not set again. All that it takes from the
others are the numbers of the pages that it refers to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from hooks.core.tree import HtmlElement, fragment
from hooks.editions.bind import Section
from hooks.editions.model import EditionRequest

GUESS = 100
"""The number of a page that is not known yet."""
# The dates of the volume are those of the document that opens it.
_UNDATED = date(2000, 1, 1)


def volume(whole: EditionRequest, sections: Sequence[Section], images: Callable[[str], Mapping[str, bytes]], written: Mapping[str, Path]) -> EditionRequest:
    """The request `whole` as one of a volume: `images` are those of some HTML by `src`; `written` are the sources of sections by name."""
    found = [section for section in sections if section.html]
    trees = [fragment(section.html) for section in found]
    own = [_ids(tree) for tree in trees]
    everywhere = frozenset().union(*own)
    parts = [
        replace(
            whole, form="part", pub_id=section.name, title=section.title, html=section.html, images=images(section.html),
            numbers=_led_to(tree, ids, everywhere), source=written.get(section.name, whole.source), closes=section is found[-1],
            published=whole.published if section is found[-1] else _UNDATED, revised=_UNDATED,
            subtitle="", summary="", law_as_of=None, cite_as="", attachments=(), contents=False, contents_depth=1, more={},
        )
        for section, tree, ids in zip(found, trees, own, strict=True)
    ]  # fmt: skip
    listed = tuple((section.name, section.title) for section in found)
    return replace(whole, form="volume", html="", images={}, parts=tuple(parts), listed=listed, numbers=dict.fromkeys((name for name, _ in listed), GUESS))


def _ids(tree: HtmlElement) -> frozenset[str]:
    return frozenset(node.get("id", "") for node in tree.iter() if isinstance(node.tag, str)) - {""}


def _led_to(tree: HtmlElement, own: frozenset[str], everywhere: frozenset[str]) -> dict[str, int | None]:
    """The ids of the volume to which links lead, in order: those whose page is printed, with a number, and all in other sections."""
    found: dict[str, int | None] = {}
    for link in tree.iter("a"):
        name = (link.get("href") or "").removeprefix("#")
        if link.get("href") == f"#{name}" and name in everywhere:
            if "xref" in (link.get("class") or "").split():
                found[name] = GUESS
            elif name not in own:
                found.setdefault(name, None)
    return found
