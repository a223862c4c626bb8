"""A lasting id for every paragraph, list item, table and figure of a publication, so that any passage can be linked.

An id is made from the passage's own words, so edits elsewhere do not move it. Where `links.lock` knows the place of a
passage whose words have changed, the passage keeps the id under which it was first published.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, count

from hooks.core.tree import HtmlElement
from hooks.linking.model import Draft
from hooks.series.lock import Passage
from hooks.series.model import Case, Publication

_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_CLOSED = ("figure", "table", "pre")
_OTHERS = frozenset({"ul", "ol", "dl", "sup"})
_SKIPPED = frozenset({"footnote", "listing", "references", "authorities", "web-only", "print-list", "recommendation__number"})
# A citation or mark that is added to a passage leaves it what it was.
_NOT_WORDS = frozenset({"cite-mark", "caption-label", "caveat"})
_WORD = re.compile(r"\w+")
_SKETCH = 16
_ALIKE, _ALIKE_ELSEWHERE = 0.4, 0.7
"""How much two passages must share to be one: in the same section, and where the section has changed too."""


_ID = re.compile(r"p-[0-9a-f]{8}")


def is_passage(id_: str) -> bool:
    """Whether an id is one that a passage has from its words, and nobody gave it."""
    return _ID.fullmatch(id_) is not None


@dataclass(frozen=True)
class _Found:
    node: HtmlElement
    section: str
    words: tuple[str, ...]


def name_passages(draft: Draft, known: Iterable[Passage] = ()) -> None:
    """Give each passage of a publication or case its id; `known` are the page's passages in links.lock.

    Runs before references are resolved: what a link or citation prints can change with other pages.
    """
    if not isinstance(draft.owner, Publication | Case):
        return
    taken = {node.get("id") for node in draft.tree.iter() if isinstance(node.tag, str) and node.get("id")}
    found = list(_passages(draft.tree))
    ids = match([(item.section, item.words) for item in found], tuple(known), taken)
    for item, id_ in zip(found, ids, strict=True):
        item.node.set("id", id_)
        draft.passages.append(Passage(id_, item.section, sketch(item.words)))


def match(passages: Sequence[tuple[str, tuple[str, ...]]], known: Sequence[Passage], taken: Iterable[str] = ()) -> list[str]:
    """The id of each passage, given as (section, words).

    First, every passage whose words are as published keeps its id. Of the rest, the most alike pairs of passage
    and vanished id are joined, those of one section before others. What is left gets a new id.
    """
    used = set(taken)
    ids: list[str | None] = []
    names = {item.id for item in known}
    vanished = {item.id: item for item in known}
    fresh = []
    for section, words in passages:
        id_ = _new_id(section, words, used)
        used.add(id_)
        fresh.append(id_)
        ids.append(id_ if id_ in names else None)
        vanished.pop(id_, None)
    pairs = []
    for index, (section, words) in enumerate(passages):
        if ids[index] is None:
            for old in vanished.values():
                same, alike = old.section == section, similarity(old.sketch, sketch(words))
                if alike >= (_ALIKE if same else _ALIKE_ELSEWHERE):
                    pairs.append((not same, -alike, index, old.id))
    for _, _, index, id_ in sorted(pairs):
        if ids[index] is None and id_ in vanished and id_ not in used:
            ids[index] = id_
            del vanished[id_]
    return [id_ or fresh[index] for index, id_ in enumerate(ids)]


def sketch(words: Sequence[str]) -> str:
    """The words in brief: the 16 smallest of their hashes, four hex digits each.

    Of two sketches, the share of common hashes estimates the share of common words (bottom-k sampling).
    """
    hashes = sorted(set(map(_hash, words)))
    return "".join(hashes[:_SKETCH])


@lru_cache(maxsize=1 << 16)
def _hash(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()[:4]


def similarity(one: str, other: str) -> float:
    """From 0 (no word in common) to 1: the estimated share of words that two sketches have in common."""
    first, second = _hashes(one), _hashes(other)
    smallest = sorted(first | second)[:_SKETCH]
    return sum(item in first and item in second for item in smallest) / len(smallest) if smallest else 0.0


def _hashes(text: str) -> set[str]:
    return {text[at : at + 4] for at in range(0, len(text), 4)}


def _new_id(section: str, words: tuple[str, ...], used: set[str]) -> str:
    """`p-` and eight hex digits of the words; a passage whose words stand twice adds its section, then a count."""
    text = " ".join(words)
    for salt in chain(("", f"{section}\n"), (f"{section}\n{number}\n" for number in count(2))):
        id_ = f"p-{hashlib.sha256(f'{salt}{text}'.encode()).hexdigest()[:8]}"
        if id_ not in used:
            return id_
    raise AssertionError("numbers do not end")


def _passages(root: HtmlElement) -> Iterator[_Found]:
    """The passages without an id, in document order, each with the id of the last heading before it."""
    section = ""

    def walk(node: HtmlElement) -> Iterator[_Found]:
        nonlocal section
        for child in node:
            if not isinstance(child.tag, str) or _SKIPPED & set((child.get("class") or "").split()):
                continue
            if child.tag in _HEADINGS:
                section = child.get("id") or section
                continue
            if _is_passage(child) and not child.get("id"):
                words = tuple(_words(child))
                if words:
                    yield _Found(child, section, words)
            if child.tag not in _CLOSED:
                yield from walk(child)

    yield from walk(root)


def _is_passage(node: HtmlElement) -> bool:
    if node.tag in ("li", "dd") or node.tag in ("figure", "table"):
        return True
    # A paragraph that opens a list item is the item; one with a class is a label or a line that the build wrote.
    parent = node.getparent()
    opens_item = parent is not None and parent.tag in ("li", "dd") and parent[0] is node
    return node.tag == "p" and not node.get("class") and not opens_item


def _words(node: HtmlElement) -> Iterator[str]:
    """The passage's own words: no citations, caveat marks and note marks, and nothing of lists inside it."""

    texts: list[str] = []

    def walk(at: HtmlElement) -> None:
        texts.append(at.text or "")
        for child in at:
            if isinstance(child.tag, str) and child.tag not in _OTHERS and _NOT_WORDS.isdisjoint((child.get("class") or "").split()):
                if child.tag == "img":
                    texts.append(f" {child.get('alt') or ''} ")
                walk(child)
            texts.append(child.tail or "")
            if child.tag in ("p", "td", "th", "br"):
                texts.append(" ")

    walk(node)
    return (word.lower() for word in _WORD.findall("".join(texts)))
