"""Papers of a course pack that its record puts together from passages of other pages: exercises, examples, tables, letters, sections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from urllib.parse import urldefrag, urljoin

from hooks.blocks.printables import Item, title_of
from hooks.core.tree import E, HtmlElement, by_id, element, fragment, inner_html, text_of, with_class
from hooks.editions.sheets import copied, part_of
from hooks.series.sources import PACKS

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_KINDS = {"exercise": "exercise", "scenario": "text", "sheet": "text", "strips": "strips", "role-cards": "roles"}
_SECTION, _TABLE = "section", "table"
_GO_ON = ((_SECTION, _SECTION), (_SECTION, _TABLE), (_TABLE, _SECTION))
"""Kinds of parts of which the second goes on below the first."""


def composed_html(parts: Sequence[tuple[str, str]], pages: Mapping[str, tuple[str, str]], keys: Iterable[str] = ()) -> str:
    """The article of a paper; empty where one of its `parts` is not there.

    A part is the source path of its page and its id there; `pages` give the address in full and the article of each path. Links to the answer
    `keys`, addresses in full, are left out, for participants hold the paper; so are those that lead to them on the page of the exercise. A
    paragraph stands above the part that follows it. Sections, and the tables that stand among them, go on below one another; a table that
    follows a table begins a page, for it is given to others.
    """
    trees = {path: fragment(html) for path, (_, html) in pages.items()}
    for path, tree in trees.items():
        _without(tree, "erratum")
        if path.startswith(f"{PACKS}/"):
            _without(tree, "caption-label")
    hidden, root = set(keys), E.DIV()
    set_: list[HtmlElement] = []
    lead: list[HtmlElement] = []
    before = ""
    for number, (path, id_) in enumerate(parts, 1):
        node = by_id(trees[path], id_) if path in trees else None
        if node is None:
            return ""
        address = pages[path][0]
        if node.tag == "p":
            lead += list(copied(E.DIV(deepcopy(node)), address))
            continue
        kind, made = _part(node, f"part-{number}", address)
        for at, paragraph in enumerate(lead, 1):
            made.insert(at, paragraph)
        lead = []
        _without_keys(made, hidden, address)
        if (before, kind) in _GO_ON:
            root[-1].extend(list(made))
            before = kind
            continue
        before = "" if set_ else kind
        set_.append(made)
        if kind != "text":
            root.append(_page(kind, set_))
            set_ = []
    if set_:
        root.append(_page("text", set_))
    if lead:
        root.append(element("section", "printable", *lead))
    return inner_html(root)


def name_at_top(title: str, page: str, file: str) -> str:
    """What stands at the top of each page of a paper: the name by which the run sheet calls it, and when it is handed out, as the list of what to
    print on the `page` of the pack says of the PDF named `file`; the name alone where it says nothing of that."""
    for list_ in with_class(fragment(page), "register--print"):
        for row in list_.iter("tr"):
            cells = list(row.iter("td"))
            if cells and any((link.get("href") or "").rpartition("/")[2] == file for link in row.iter("a")):
                times = text_of(cells[-1]).partition("; ")[2]
                return f"{title} · Handed out: {times}" if times else title
    return title


def _page(kind: str, parts: list[HtmlElement]) -> HtmlElement:
    """What an exercise works on goes before it, on one page where there is room."""
    if len(parts) > 1:
        return element("section", "printable-set", *parts)
    return element("section", "printable-text" if kind == "text" else "printable", *list(parts[0]))


def _part(node: HtmlElement, id_: str, at: str) -> tuple[str, HtmlElement]:
    """The kind of a passage, as sheets for the room know them, "section", "table" or "passage", and what is printed of it."""
    names = set((node.get("class") or "").split())
    kind = next((kind for name, kind in _KINDS.items() if name in names), "passage")
    if kind != "passage":
        return kind, part_of(Item(kind, node, title_of(node), ""), id_, at)
    if node.tag in _HEADINGS:
        return _SECTION, _section(node, id_, at)
    if "letter" in names:
        label = next(with_class(node, "letter__label"), None)
        inside = copied(next(with_class(node, "letter__text"), node), at)
        return kind, _made(text_of(label) if label is not None else "", id_, inside)
    copy = copied(node, at)
    caption = next(iter(copy.iter("figcaption")), None)
    title = text_of(caption) if caption is not None else ""
    if caption is not None:
        caption.drop_tree()
    return _TABLE if node.tag == "figure" else kind, _made(title, id_, E.DIV(element(node.tag, node.get("class") or "", *copy)))


def _section(head: HtmlElement, id_: str, at: str) -> HtmlElement:
    """A heading and what stands below it, up to the next of its level."""
    held = E.DIV()
    for node in head.itersiblings():
        if node.tag in _HEADINGS[: _HEADINGS.index(head.tag) + 1] or "references" in (node.get("class") or ""):
            break
        held.append(deepcopy(node))
    return _made(text_of(head), id_, copied(held, at))


def _made(title: str, id_: str, inside: HtmlElement) -> HtmlElement:
    return element("section", "printable-part", element("h2", "", title, id_=id_), *list(inside))


def _without(root: HtmlElement, name: str) -> None:
    """What a page was corrected in, and the numbers of tables on the page of a pack, stay there; a paper has the words alone."""
    for mark in list(with_class(root, name)):
        mark.drop_tree()


def _without_keys(root: HtmlElement, keys: set[str], at: str) -> None:
    for link in list(root.iter("a")):
        whole = urljoin(at, link.get("href") or "")
        if urldefrag(whole).url in keys or whole == f"{at}#key":
            link.drop_tag()
