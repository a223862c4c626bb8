"""Small helpers over lxml trees of HTML fragments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement
from lxml.html import builder as E

__all__ = ["OWN_PAGE", "E", "HtmlElement", "append", "by_id", "element", "fragment", "inner_html", "long_date", "replace", "text_of", "with_class"]

OWN_PAGE = "own-page"
"""The class of a heading that begins a page in print: what stands below it is taken out alone, to adopt or to pin."""

# Compiled once and run in C: a page is searched for some twenty classes.
_WITH_ID = etree.XPath("descendant-or-self::*[@id=$id]")
# Most elements fall at the first test, which is the quick one.
_OF_CLASS = etree.XPath("descendant-or-self::*[contains(@class, $name)][contains(concat(' ', normalize-space(@class), ' '), concat(' ', $name, ' '))]")


def fragment(html: str) -> HtmlElement:
    """The fragment `html` as the children of a `div`."""
    return lxml_html.fragment_fromstring(html, create_parent="div")


def inner_html(node: HtmlElement) -> str:
    """The markup of what is inside `node`."""
    parts = [_escape(node.text or "")]
    parts += [lxml_html.tostring(child, encoding="unicode") for child in node]
    return "".join(parts)


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def element(tag: str, class_: str = "", *children: HtmlElement | str, **attributes: str) -> HtmlElement:
    """A new element; strings among `children` become text. `for_` and `id_` style names lose the underscore."""
    node = lxml_html.Element(tag)
    if class_:
        node.set("class", class_)
    for name, value in attributes.items():
        node.set(name.rstrip("_").replace("_", "-"), value)
    for child in children:
        append(node, child)
    return node


def append(node: HtmlElement, part: HtmlElement | str) -> None:
    """Add an element or text after everything that `node` holds."""
    if not isinstance(part, str):
        node.append(part)
    elif len(node):
        node[-1].tail = (node[-1].tail or "") + part
    else:
        node.text = (node.text or "") + part


def replace(old: HtmlElement, new: HtmlElement) -> None:
    """Put `new` where `old` stands, keeping the text that follows."""
    new.tail, old.tail = old.tail, None
    old.getparent().replace(old, new)


def text_of(node: HtmlElement) -> str:
    """The words of `node`, white space folded."""
    return " ".join(node.text_content().split())


def with_class(root: HtmlElement, name: str) -> Iterator[HtmlElement]:
    """Every element below `root` that has the class `name`, in document order."""
    return iter(_OF_CLASS(root, name=name))


def by_id(root: HtmlElement, id_: str) -> HtmlElement | None:
    """The first element at or below `root` with that id."""
    found: HtmlElement | None = next(iter(_WITH_ID(root, id=id_)), None)
    return found


def long_date(day: date) -> str:
    """November 22, 2026."""
    return f"{day:%B} {day.day}, {day.year}"


_ALIGNED = re.compile(r"text-align:\s*(left|center|right);?")


def align_by_class(root: HtmlElement) -> None:
    """Turn Markdown's `style="text-align: right"` into the class `align-right`, on every cell below `root`."""
    for cell in root.iter("th", "td"):
        found = _ALIGNED.fullmatch(cell.get("style", "").strip())
        if found:
            del cell.attrib["style"]
            cell.set("class", " ".join(filter(None, (cell.get("class"), f"align-{found[1]}"))))
