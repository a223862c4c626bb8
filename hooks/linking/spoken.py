"""The words that a reader would say of a heading, a caption or a recommendation: without marks of notes and citations, and with the
names that references print. Everything that is made of a text, from the catalogue to a bookmark, says these.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from dataclasses import replace

from hooks.core.tree import HtmlElement, text_of, with_class
from hooks.linking.model import Draft
from hooks.linking.targets import SCHEMES, Directory, Unknown

_UNSAID = ("cite-mark", "citation", "footnote-ref", "web-only")
_NO_GAP = re.compile(r"\s+(?=[.,;:!?)\]”’])")


def spoken(node: HtmlElement, label: Callable[[str], str] = lambda href: "") -> str:
    """The words of `node`. `label` gives those that a reference without words prints."""
    own = copy.deepcopy(node)
    own.tail = None
    for link in own.iter("a"):
        href = link.get("href") or ""
        if not text_of(link) and href.partition(":")[0] in SCHEMES:
            link.text = label(href)
    for name in _UNSAID:
        for mark in list(with_class(own, name)):
            holder = mark.getparent() if name == "footnote-ref" and mark.getparent().tag == "sup" else mark
            if holder is not own:
                holder.drop_tree()
    return _NO_GAP.sub("", text_of(own))


def speak(draft: Draft, directory: Directory) -> None:
    """Give the headings and recommendations of a page the words that they print, now that it is known what references lead to."""

    def label(href: str) -> str:
        found = directory.find(href, draft.page.path)
        return "" if isinstance(found, Unknown) else "".join(part if isinstance(part, str) else part[1] for part in found.label)

    texts = {(node.getparent().getparent().get("id") or ""): node for node in with_class(draft.tree, "recommendation__text")}
    draft.recommendations[:] = [replace(item, text=spoken(texts[item.id], label)) if item.id in texts else item for item in draft.recommendations]
    own = {item.id: item.text for item in draft.recommendations}
    for node in draft.tree.iter("h2", "h3", "h4", "h5", "h6"):
        anchor = draft.anchors.get(node.get("id") or "")
        if anchor is not None:
            draft.anchors[anchor.id] = replace(anchor, title=spoken(node, label))
    for id_, text in own.items():
        if id_ in draft.anchors:
            draft.anchors[id_] = replace(draft.anchors[id_], title=text)
