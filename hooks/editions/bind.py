"""Binding several finished pages into one article: one set of ids, one order of headings, links kept inside,
one bibliography at the end."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urljoin

from hooks.pages.tree import HtmlElement, element, fragment, inner_html, text_of, with_class
from hooks.pages.urls import relative_url

_HEADINGS = {"h2": "h3", "h3": "h4", "h4": "h5"}
_BASE = "https://bound.invalid/"
"""Only to resolve relative links against; `.invalid` is reserved (RFC 2606) and never printed."""
_MERGED = {"references": ("references-title", "References", "references__list"), "authorities": ("law-cited-title", "Law cited", "authorities__list")}
_SECTION_IDS = {"references": "references", "authorities": "law-cited"}


@dataclass(frozen=True)
class Part:
    """One page to bind: `name`, which no page may have as an id, prefixes its ids, `url` is its address relative to the site's root.

    `facts` (edition, dates, permanent address) and `summary` are printed under its title; `head` is its short name.
    """

    name: str
    title: str
    url: str
    html: str
    facts: str = ""
    summary: str = ""
    head: str = ""


def bind(opening: str, url: str, parts: Iterable[Part]) -> str:
    """The article of the page at `url`, which begins with the HTML `opening`, followed by every part as a section.

    The parts' ids become `name.id`. Their References and Law cited are merged at the end, each entry once,
    under the id it has on its page.
    """
    parts = list(parts)
    places = {part.url: part.name for part in parts}
    merged: dict[str, dict[str, HtmlElement]] = {name: {} for name in _MERGED}
    root = fragment(opening)
    for node in root.iter("a", "img"):
        _lead(node, url, "", url, places)
    _take_out(root, merged)
    _drop_web(root)
    for part in parts:
        root.append(element("h2", "part", part.title, id_=part.name, data_head=part.head or part.title))
        if part.summary:
            root.append(element("p", "part__summary", part.summary))
        if part.facts:
            root.append(element("p", "part__facts", part.facts))
        tree = fragment(part.html)
        for node in tree.iter():
            if isinstance(node.tag, str):
                _move(node, part, url, places)
        _take_out(tree, merged)
        _drop_web(tree)
        root.extend(list(tree))
    for name, (title_id, title, list_class) in _MERGED.items():
        if merged[name]:
            items = sorted(merged[name].values(), key=_alphabetical)
            # The heading begins a page, which nothing inside a section can.
            root.append(element("h2", "part", title, id_=title_id, data_head=title))
            section = element("section", name, id_=_SECTION_IDS[name], aria_labelledby=title_id)
            section.append(element("ul", list_class, *items))
            root.append(section)
    return inner_html(root)


def _drop_web(tree: HtmlElement) -> None:
    """Take out what belongs to the web alone, and headings that then have nothing below them."""
    for node in list(with_class(tree, "web-only")):
        node.drop_tree()
    for node in reversed(list(tree.iter("h2", "h3", "h4"))):
        following = node.getnext()
        bare = not (node.tail or "").strip()
        if bare and node.getparent() is tree and (following is None or (following.tag in _HEADINGS and following.tag <= node.tag)):
            if node.get("id"):
                # The heading goes, its address stays.
                node.addprevious(element("p", "", id_=node.get("id")))
            node.drop_tree()


def _take_out(tree: HtmlElement, merged: dict[str, dict[str, HtmlElement]]) -> None:
    """Move the entries of the closing sections of `tree` into `merged`; those there already are dropped."""
    for name, entries in merged.items():
        for section in list(with_class(tree, name)):
            for item in list(section.iter("li")):
                # Entries of the same authority differ in nothing but white space.
                entries.setdefault(item.get("id") or text_of(item), item)
                item.tail = None
                item.getparent().remove(item)
            section.drop_tree()


def _alphabetical(item: HtmlElement) -> tuple[str, str]:
    """Letters and digits without accents, then the text: the order of a bibliography whatever the punctuation."""
    text = text_of(item)
    plain = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(char if char.isalnum() or char.isspace() else "" for char in plain).split()), text


def _move(node: HtmlElement, part: Part, url: str, places: dict[str, str]) -> None:
    node.tag = _HEADINGS.get(node.tag, node.tag)
    own = node.get("id")
    if own and not own.startswith("ref-"):
        node.set("id", f"{part.name}.{own}")
    if node.get("aria-labelledby"):
        node.set("aria-labelledby", " ".join(f"{part.name}.{label}" for label in node.get("aria-labelledby").split()))
    _lead(node, part.url, f"{part.name}.", url, places)


def _lead(node: HtmlElement, at: str, prefix: str, url: str, places: dict[str, str]) -> None:
    """Point the links of `node`, which stands on the page `at`, to the same targets from the page `url`."""
    for attribute in ("href", "src"):
        link = node.get(attribute)
        if not link:
            continue
        if link.startswith("#"):
            node.set(attribute, link if link.startswith("#ref-") else f"#{prefix}{link[1:]}")
            continue
        target = urljoin(urljoin(_BASE, at), link)
        if not target.startswith(_BASE):
            continue
        path, hash_, anchor = target.removeprefix(_BASE).partition("#")
        if path in places:
            inside = anchor if anchor.startswith("ref-") else f"{places[path]}.{anchor}" if anchor else places[path]
            node.set(attribute, f"#{inside}")
        else:
            node.set(attribute, relative_url(path, url) + hash_ + anchor)
