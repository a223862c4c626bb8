"""Binding several finished pages into one article: one set of ids, one order of headings, links kept inside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urljoin

from hooks.pages.tree import HtmlElement, element, fragment, inner_html, with_class
from hooks.pages.urls import relative_url

_HEADINGS = {"h2": "h3", "h3": "h4", "h4": "h5"}
_BASE = "https://bound.invalid/"
"""Only to resolve relative links against; `.invalid` is reserved (RFC 2606) and never printed."""


@dataclass(frozen=True)
class Part:
    """One page to bind: `name` prefixes its ids, `url` is its address relative to the site's root."""

    name: str
    title: str
    url: str
    html: str


def bind(opening: str, url: str, parts: Iterable[Part]) -> str:
    """The article of the page at `url`, which begins with the HTML `opening`, followed by every part as a section."""
    parts = list(parts)
    places = {part.url: part.name for part in parts}
    root = fragment(opening)
    for node in list(with_class(root, "web-only")):
        node.drop_tree()
    for part in parts:
        root.append(element("h2", "", part.title, id_=part.name))
        tree = fragment(part.html)
        for node in tree.iter():
            if isinstance(node.tag, str):
                _move(node, part, url, places)
        root.extend(list(tree))
    return inner_html(root)


def _move(node: HtmlElement, part: Part, url: str, places: dict[str, str]) -> None:
    node.tag = _HEADINGS.get(node.tag, node.tag)
    if node.get("id"):
        node.set("id", f"{part.name}.{node.get('id')}")
    for attribute in ("href", "src"):
        link = node.get(attribute)
        if not link:
            continue
        if link.startswith("#"):
            node.set(attribute, f"#{part.name}.{link[1:]}")
            continue
        target = urljoin(urljoin(_BASE, part.url), link)
        if not target.startswith(_BASE):
            continue
        path, hash_, anchor = target.removeprefix(_BASE).partition("#")
        if path in places:
            node.set(attribute, f"#{places[path]}" + (f".{anchor}" if anchor else ""))
        else:
            node.set(attribute, relative_url(path, url) + hash_ + anchor)
