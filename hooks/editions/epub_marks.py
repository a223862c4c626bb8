"""Marks that carry past pandoc what its document model has no place for.

pandoc keeps the attributes of divisions, spans, headings, links, figures and cells, but of no paragraph, list or item, and
knows some inline elements only as spans. `mark` puts them where pandoc keeps them, `unmark` puts them back.
"""

from __future__ import annotations

from lxml.etree import QName, _Element
from lxml.html import HtmlElement

from hooks.pages.tree import element

XHTML = "http://www.w3.org/1999/xhtml"
_EMPTIED = ("p", "li", "dt", "dd", "ul", "ol", "dl", "blockquote", "em", "strong", "code", "sup", "sub", "del")
_CARRIED = ("id", "class", "lang")
_RENAMED = {"aside": "div", "abbr": "span", "cite": "span", "ins": "span", "q": "span"}
_INTO = ("p", "li", "dt", "dd")
_MARK = "carried"


def mark(root: HtmlElement) -> None:
    """Before pandoc: attributes that it would drop go into an empty span at the element's start, other names into `data-as`."""
    for node in list(root.iter()):
        if node.tag in _EMPTIED and any(node.get(name) for name in _CARRIED):
            _carry(node)
        elif node.tag in _RENAMED and not node.get("epub:type"):
            node.set("data-as", node.tag)
            node.tag = _RENAMED[node.tag]


def _carry(node: HtmlElement) -> None:
    holder, same = node, 0
    while not (holder.text or "").strip() and len(holder) and holder[0].tag in (*_INTO, "ul", "ol", "dl"):
        holder = holder[0]
        same += holder.tag == node.tag
    span = element("span", _MARK, data_for=node.tag, data_up=str(same))
    for name in _CARRIED:
        if node.get(name):
            span.set("data-class" if name == "class" else name, node.get(name))
            del node.attrib[name]
    span.tail, holder.text = holder.text, None
    holder.insert(0, span)


def unmark(root: _Element) -> None:
    """After pandoc, in the XHTML of one chapter: every mark back to the element that it was taken from."""
    for span in [node for node in root.iter(f"{{{XHTML}}}span") if node.get("class") == _MARK]:
        owners = [node for node in span.iterancestors() if QName(node).localname == span.get("data-for")]
        owner = owners[min(int(span.get("data-up")), len(owners) - 1)] if owners else None
        for name in _CARRIED:
            value = span.get("data-class" if name == "class" else name)
            if value and owner is not None:
                owner.set(name, value)
        _drop(span)
    for node in [node for node in root.iter(f"{{{XHTML}}}*") if node.get("data-as")]:
        node.tag = f"{{{XHTML}}}{node.attrib.pop('data-as')}"


def _drop(node: _Element) -> None:
    """Take out an empty element, keeping the text that follows."""
    parent, before, tail = node.getparent(), node.getprevious(), node.tail or ""
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail
    node.tail = None
    parent.remove(node)
