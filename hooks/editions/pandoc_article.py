"""The article as pandoc is given it, whatever it is to make of it: checked against the closed vocabulary, its notes as notes."""

from __future__ import annotations

from lxml.html import HtmlElement

from hooks.pages.tree import element, fragment, replace

from .context import Walk
from .model import EditionError, EditionRequest
from .vocabulary import classes, describe, dropped, unknown


def checked_article(request: EditionRequest, form: str) -> HtmlElement:
    """The article without what belongs to the web alone. `form` is how the edition is called: "a Word edition".

    Raises:
        EditionError: it holds an element, a class or a character that the vocabulary does not know.
    """
    root = fragment(request.html)
    for node in list(root.iter()):
        if node is not root and dropped(node) and node.getparent() is not None:
            node.drop_tree()
    for node in root.iterdescendants():
        lacking = unknown(node)
        if lacking:
            raise EditionError(request.source, f"{form} cannot print {lacking}")
        if any(ord(char) < 32 and char not in "\t\n\r" for char in (node.text or "") + (node.tail or "")):
            raise EditionError(request.source, f"a control character cannot be printed, at {describe(node)}")
    return root


def footnotes(walk: Walk, root: HtmlElement) -> None:
    """Notes as pandoc's EPUB reader knows them: a reference of type noteref to an aside of type footnote."""
    notes = []
    for holder in [node for node in root.iter("div") if "footnote" in classes(node)]:
        for item in holder.iterfind("ol/li"):
            note = element("aside", "", id_=item.get("id") or "")
            note.attrib["epub:type"] = "footnote"
            note.extend(list(item))
            notes.append(note)
        holder.drop_tree()
    known = {note.get("id") for note in notes}
    for link in [node for node in root.iter("a") if "footnote-ref" in classes(node)]:
        name = (link.get("href") or "").removeprefix("#")
        if name not in known:
            walk.fail(f"the footnote {name!r} has no text", link)
        mark = element("a", "", "".join(link.itertext()), href=f"#{name}")
        mark.attrib["epub:type"] = "noteref"
        holder = link.getparent()
        replace(holder if holder.tag == "sup" else link, mark)
    root.extend(notes)
