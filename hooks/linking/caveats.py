"""Caveat marks on a page: each a small word that leads to the key at its end, which explains those that are used there."""

from __future__ import annotations

from collections.abc import Iterable

from hooks.core.tree import E, HtmlElement, append, element, with_class
from hooks.linking.model import Draft
from hooks.series.caveats import remedy, slip, slug_of, split_marks, written
from hooks.series.vocabulary import CAVEATS, STRENGTHS

MARK = "caveat-mark"
"""The class of what Markdown makes of a pair of brackets that may be a mark; its attribute `data-inside` has the words between them."""
CAVEAT = "caveat"


def mark_id(slug: str) -> str:
    """Where a mark is explained, at the end of its page."""
    return f"mark-{slug}"


KEY_IDS = tuple(mark_id(slug) for slug in (*STRENGTHS, *CAVEATS))
"""The ids of all that a key may explain, in its order: strengths, then caveats."""


def slugs_in(css_class: str, vocabulary: Iterable[str], *trees: HtmlElement) -> list[str]:
    """The slugs whose marks, `css_class--slug`, stand in `trees`, in the order of the vocabulary."""
    found = {name for tree in trees for node in with_class(tree, css_class) for name in (node.get("class") or "").split()}
    return [slug for slug in vocabulary if f"{css_class}--{slug}" in found]


def meaning(slug: str) -> str:
    """What a caveat means, as a sentence."""
    return f"{CAVEATS[slug][0].upper()}{CAVEATS[slug][1:]}."


def caveat(slug: str) -> HtmlElement:
    """The mark as it is printed."""
    return element("a", f"{CAVEAT} {CAVEAT}--{slug}", written(slug), href=f"#{mark_id(slug)}", data_preview=f"{CAVEAT}:{slug}")


def marked(tag: str, text: str) -> HtmlElement:
    """An element that holds the plain `text` of a record, its marks as they are printed."""
    node = element(tag)
    for before, slug in split_marks(text):
        append(node, _held(before) if slug else before)
        if slug:
            append(node, caveat(slug))
    return node


def complete_caveats(draft: Draft) -> None:
    """Put every mark of the page in its printed form; one that is misspelled is a problem. In a model clause or letter brackets are blanks."""
    for node in list(with_class(draft.tree, MARK)):
        inside = node.get("data-inside", "")
        slug = slug_of(inside)
        if any({"clause__text", "letter__text"} & set((above.get("class") or "").split()) for above in node.iterancestors()):
            node.drop_tag()
            continue
        if slug is None:
            meant = slip(inside)
            if meant is not None:
                draft.report("caveat", f"[{inside}]", f"“[{inside}]” is no mark.", remedy(meant, inside))
            node.drop_tag()
            continue
        _print(node, slug)


def print_caveats(root: HtmlElement) -> None:
    """Put the marks of a record's text below `root` in their printed form; that each is one was checked with the record."""
    for node in list(with_class(root, MARK)):
        slug = slug_of(node.get("data-inside", ""))
        if slug is not None:
            _print(node, slug)


def _print(node: HtmlElement, slug: str) -> None:
    mark = caveat(slug)
    mark.tail, node.tail = node.tail, None
    _hold(node)
    node.getparent().replace(node, mark)


def caveats_in(*trees: HtmlElement) -> list[str]:
    """The marks that stand in `trees`, in the order of the vocabulary."""
    return slugs_in(CAVEAT, CAVEATS, *trees)


def explanation(slug: str) -> HtmlElement:
    """What a mark means, as a preview shows it."""
    return E.DIV(element("p", "preview__label", written(slug)), element("p", "preview__text", meaning(slug)))


def _held(text: str) -> str:
    """`text` whose last space does not break, so that no line begins with the mark after it."""
    return f"{text[:-1]}\u00a0" if text.endswith((" ", "\n")) else text


def _hold(node: HtmlElement) -> None:
    previous = node.getprevious()
    if previous is not None:
        previous.tail = _held(previous.tail or "")
    else:
        node.getparent().text = _held(node.getparent().text or "")
