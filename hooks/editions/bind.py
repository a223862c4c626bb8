"""Binding several finished pages into one article: one set of ids, one order of headings, links kept inside,
one bibliography at the end."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urljoin

from hooks.core.tree import HtmlElement, element, fragment, inner_html, text_of, with_class
from hooks.core.urls import relative_url
from hooks.linking.caveats import KEY_IDS

_HEADINGS = {"h2": "h3", "h3": "h4", "h4": "h5"}
_SHARED = ("ref-", "mark-")
"""How ids begin of which the volume has one, wherever they stand: entries of the references, and of the key to marks."""
_BASE = "https://bound.invalid/"
"""Only to resolve relative links against; `.invalid` is reserved (RFC 2606) and never printed."""
GONE_ID, GONE_TITLE = "no-longer-in-force", "No longer in force"


@dataclass
class _Closing:
    """What the closing sections of all parts hold, each entry once.

    `sources`: id → entry. `law`: order of a group → its heading and its entries by their text. `marks`: id of a mark → its name
    and its meaning; `more`: where they are explained; `days`: what the days of the law mean.
    """

    sources: dict[str, HtmlElement] = field(default_factory=dict)
    law: dict[str, tuple[HtmlElement, dict[str, HtmlElement]]] = field(default_factory=dict)
    marks: dict[str, tuple[HtmlElement, HtmlElement]] = field(default_factory=dict)
    more: list[HtmlElement] = field(default_factory=list)
    days: list[HtmlElement] = field(default_factory=list)


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


@dataclass(frozen=True)
class Section:
    """What one part has become in the volume: its HTML, which begins with the heading `title` whose id is `name`; that of the opening has none."""

    name: str
    title: str
    html: str


def bind(opening: str, url: str, parts: Iterable[Part], gone: Sequence[HtmlElement] = ()) -> str:
    """The article of the page at `url`, which begins with the HTML `opening`, followed by every part as a section.

    `gone` are lines, each with an id, on parts that are not printed any more.

    The parts' ids become `name.id`. Their References, Law cited and keys to marks are merged at the end, each entry once,
    under the id it has on its page.
    """
    return "".join(section.html for section in sections(opening, url, parts, gone))


def sections(opening: str, url: str, parts: Iterable[Part], gone: Sequence[HtmlElement] = ()) -> list[Section]:
    """The same, section by section."""
    parts = list(parts)
    places = {part.url: part.name for part in parts}
    closing = _Closing()
    root = fragment(opening)
    for node in root.iter("a", "img"):
        _lead(node, url, "", url, places)
    _take_out(root, closing)
    _drop_web(root)
    made = [Section("", "", inner_html(root))]
    for part in parts:
        tree = fragment(part.html)
        for node in tree.iter():
            if isinstance(node.tag, str):
                _move(node, part, url, places)
        _take_out(tree, closing)
        _drop_web(tree)
        said = [("part__summary", part.summary), ("part__facts", part.facts)]
        above = [element("p", name, text) for name, text in said if text]
        made.append(_section(part.name, part.title, part.head or part.title, [*above, *tree]))
    if gone:
        made.append(_section(GONE_ID, GONE_TITLE, GONE_TITLE, gone))
    if closing.sources:
        items = sorted(closing.sources.values(), key=_alphabetical)
        made.append(_close("references", "references", "References", element("ul", "references__list", *items)))
    if closing.law:
        groups = [(heading, sorted(entries.values(), key=_alphabetical)) for _, (heading, entries) in sorted(closing.law.items())]
        listing = element("dl", "authorities__list", *(node for heading, entries in groups for node in (heading, *entries)))
        made.append(_close("authorities", "law-cited", "Law cited", *closing.days[:1], listing))
    if closing.marks:
        entries = [closing.marks[id_] for id_ in sorted(closing.marks, key=KEY_IDS.index)]
        key = element("dl", "", *(node for entry in entries for node in entry))
        made.append(_close("key", "marks", "What the marks mean", key, *closing.more[:1]))
    return made


def _section(name: str, title: str, head: str, content: Iterable[HtmlElement]) -> Section:
    heading = element("h2", "part", title, id_=name, data_head=head)
    return Section(name, title, inner_html(element("div", "", heading, *content)))


def _close(name: str, id_: str, title: str, *content: HtmlElement) -> Section:
    # The heading begins a page, which nothing inside a section can.
    return _section(f"{id_}-title", title, title, [element("section", name, *content, id_=id_, aria_labelledby=f"{id_}-title")])


def _drop_web(tree: HtmlElement) -> None:
    """Take out what belongs to the web alone, and headings that then have nothing below them."""
    # A heading that an author wrote without text of its own stands.
    own = [node for node in tree.iter("h2", "h3", "h4") if _is_bare(node)]
    for node in list(with_class(tree, "web-only")):
        node.drop_tree()
    for node in reversed(list(tree.iter("h2", "h3", "h4"))):
        if node not in own and node.getparent() is tree and _is_bare(node):
            if node.get("id"):
                # The heading goes, its address stays.
                node.addprevious(element("p", "", id_=node.get("id")))
            node.drop_tree()


def _is_bare(node: HtmlElement) -> bool:
    following = node.getnext()
    return not (node.tail or "").strip() and (following is None or (following.tag in _HEADINGS and following.tag <= node.tag))


def _take_out(tree: HtmlElement, closing: _Closing) -> None:
    """Move the entries of the closing sections of `tree` into `closing`; those there already are dropped."""
    for section in list(with_class(tree, "references")):
        for item in list(section.iter("li")):
            closing.sources.setdefault(item.get("id") or text_of(item), _alone(item))
        section.drop_tree()
    for section in list(with_class(tree, "authorities")):
        entries: dict[str, HtmlElement] = {}
        for item in list(section.iter("dt", "dd")):
            if item.tag == "dt":
                entries = closing.law.setdefault(item.get("data-order", ""), (_alone(item), {}))[1]
            else:
                # Entries of the same authority differ in nothing but white space.
                entries.setdefault(text_of(item), _alone(item))
        closing.days += [_alone(node) for node in list(section.iter("p"))]
        section.drop_tree()
    for section in list(with_class(tree, "key")):
        for name in list(section.iter("dt")):
            meaning = name.getnext()
            closing.marks.setdefault(name.get("id", ""), (_alone(name), _alone(meaning)))
        closing.more += [_alone(node) for node in list(section.iter("p"))]
        section.drop_tree()


def _alone(item: HtmlElement) -> HtmlElement:
    """The element without its place and the text behind it."""
    item.tail = None
    item.getparent().remove(item)
    return item


def _alphabetical(item: HtmlElement) -> tuple[str, str]:
    """Letters and digits without accents, then the text: the order of a bibliography whatever the punctuation."""
    text = text_of(item)
    plain = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(char if char.isalnum() or char.isspace() else "" for char in plain).split()), text


def _move(node: HtmlElement, part: Part, url: str, places: dict[str, str]) -> None:
    node.tag = _HEADINGS.get(node.tag, node.tag)
    own = node.get("id")
    if own and not own.startswith(_SHARED):
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
            node.set(attribute, link if link[1:].startswith(_SHARED) else f"#{prefix}{link[1:]}")
            continue
        target = urljoin(urljoin(_BASE, at), link)
        if not target.startswith(_BASE):
            continue
        path, hash_, anchor = target.removeprefix(_BASE).partition("#")
        if path in places:
            inside = anchor if anchor.startswith(_SHARED) else f"{places[path]}.{anchor}" if anchor else places[path]
            node.set(attribute, f"#{inside}")
        else:
            node.set(attribute, relative_url(path, url) + hash_ + anchor)
