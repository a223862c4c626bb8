"""The sheets for the room: what `hooks.blocks.printables` lists, taken from the finished pages, each on a sheet of its own."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urljoin

from hooks.blocks.course import INVENTED
from hooks.blocks.printables import Item, items
from hooks.core.tree import E, HtmlElement, element, fragment, inner_html, text_of, with_class


def sheets_html(page: tuple[str, str], key: tuple[str, str] | None, others: Mapping[str, tuple[str, str]], *, parted: bool = False) -> str:
    """The article of the sheets of a page; empty where it has none.

    A page is its address in full and its article: the `page` itself, the answer `key` to it, and by slug the `others` that it borrows from.
    Where the page is `parted` by readers, the first page says which part of it each sheet is of, for nobody prints them all.
    """
    trees = {slug: fragment(html) for slug, (_, html) in others.items()}
    found = items(fragment(page[1]), None if key is None else fragment(key[1]), trees)
    if not found:
        return ""
    root = E.DIV()
    for sheet in _together(found):
        parts = []
        for number, item in sheet:
            at = others[item.page][0] if item.page else key[0] if key is not None and item.kind in _APART else page[0]
            parts.append(part_of(item, f"sheet-{number}", at, f"Copies: {item.copies}"))
        alone = {"text": "printable-text"}.get(sheet[0][1].kind, "printable") if len(parts) == 1 else "printable-set"
        root.append(element("section", alone, *(parts if len(parts) > 1 else list(parts[0]))))
    root.insert(0, _contents(found, parted))
    return inner_html(root)


def _together(found: list[Item]) -> list[list[tuple[int, Item]]]:
    """The numbered items by sheet: what an exercise needs goes before it, on one sheet where there is room."""
    sheets: list[list[tuple[int, Item]]] = []
    for number, item in enumerate(found, 1):
        before = sheets[-1][-1][1] if sheets else None
        if before is not None and before.kind == "text" and item.of and item.of == before.of and item.kind not in _APART:
            sheets[-1].append((number, item))
        else:
            sheets.append([(number, item)])
    return sheets


_APART = ("strips", "roles")


def _contents(found: list[Item], parted: bool) -> HtmlElement:
    """The first page: what is in the file, for whoever prints it."""
    columns = ("Sheet", "Part of the page", "Copies") if parted else ("Sheet", "Copies")
    table = E.TABLE(E.THEAD(E.TR(*(element("th", "", name, scope="col") for name in columns))))
    body = E.TBODY()
    for number, item in enumerate(found, 1):
        link = element("a", "xref", item.title, href=f"#sheet-{number}")
        part = [E.TD(item.under)] if parted else []
        body.append(E.TR(element("th", "", link, scope="row"), *part, E.TD(item.copies)))
    table.append(body)
    how = "For the facilitator. Print single-sided, and not this page. Cut strips and cards along the dashed lines; the answer key is a file of its own."
    return element("section", "printable", element("h2", "", "What to print", id_="what-to-print"), E.P(how), table)


def _text(item: Item, at: str) -> list[HtmlElement]:
    """A scenario or sheet: its label and title become the heading."""
    copy = copied(item.node, at)
    for name in ("scenario__label", "scenario__title"):
        for node in list(with_class(copy, name)):
            node.drop_tree()
    return list(copy)


def _exercise(item: Item, at: str) -> list[HtmlElement]:
    """An exercise to write on: what leads back to the module is on its page."""
    copy = copied(item.node, at)
    for node in [copy[0], *with_class(copy, "exercise__facts")]:
        node.drop_tree()
    for link in [link for link in copy.iter("a") if link.get("href") == f"{at}#key"]:
        link.drop_tag()  # The key is the facilitator's.
    return [element("section", "exercise", *copy)]


def _strips(item: Item, at: str) -> list[HtmlElement]:
    copy = copied(item.node, at)
    strips = []
    for row in copy.iterfind(".//tbody/tr"):
        *when, what = list(row)
        heads = [text_of(cell) for cell in copy.iterfind(".//thead/tr/th")]
        said = " · ".join(f"{head} {text_of(cell)}" if text_of(cell).isdigit() and head else text_of(cell) for head, cell in zip(heads, when, strict=False))
        strip = element("section", "strip", element("p", "strip__time", said))
        what.tag = "div"
        what.attrib.clear()
        strip.append(E.P(*_inline(what)) if not len(what.findall("p")) else what)
        strips.append(strip)
    return [element("p", "scenario__note", INVENTED), *strips]


def _roles(item: Item, at: str) -> list[HtmlElement]:
    copy = copied(item.node, at)
    cards: list[HtmlElement] = []
    for node in copy.iter("dt", "dd"):
        if node.tag == "dt":
            cards.append(element("section", "role-card", element("h3", "", *_inline(node))))
            continue
        if node.findall("p"):
            cards[-1].extend(list(node))
        else:
            cards[-1].append(E.P(*_inline(node)))
    for card in cards:
        card.append(element("p", "scenario__note", INVENTED))
    return cards


_PARTS = {"text": _text, "exercise": _exercise, "strips": _strips, "roles": _roles}


def part_of(item: Item, id_: str, at: str, note: str = "") -> HtmlElement:
    """One thing to print under its title and a `note`, if any; `at` is the address of the page that it is taken from."""
    below = [element("p", "printable__copies", note)] if note else []
    return element("section", "printable-part", element("h2", "", item.title, id_=id_), *below, *_PARTS[item.kind](item, at))


def copied(node: HtmlElement, at: str) -> HtmlElement:
    """A copy whose links lead where they led from the page at `at`, and whose places are those of that page alone."""
    copy = fragment(inner_html(node))
    for inner in copy.iter():
        if not isinstance(inner.tag, str):
            continue
        inner.attrib.pop("id", None)
        inner.attrib.pop("aria-labelledby", None)
        if inner.get("href"):
            inner.set("href", urljoin(at, inner.get("href", "")))
    return copy


def _inline(node: HtmlElement) -> list[HtmlElement | str]:
    """What a node holds, for another."""
    parts: list[HtmlElement | str] = [node.text or ""]
    for child in list(node):
        tail, child.tail = child.tail, None
        parts += [child, tail or ""]
    return parts
