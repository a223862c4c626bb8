"""The bracketed blanks of model clauses."""

from __future__ import annotations

from hooks.core.tree import HtmlElement, element


def mark_blanks(root: HtmlElement) -> None:
    """Wrap each [bracketed blank] of a clause's text in `span.blank`."""
    for node in list(root.iter()):
        if node.tag in ("code", "pre") or "cite-mark" in (node.get("class") or ""):
            continue
        for attribute in ("text", "tail"):
            if attribute == "tail" and node is root:
                continue
            text = getattr(node, attribute) or ""
            if "[" not in text:
                continue
            pieces = _split_blanks(text)
            setattr(node, attribute, pieces[0])
            parent, at = (node, 0) if attribute == "text" else (node.getparent(), node.getparent().index(node) + 1)
            for blank, after in zip(pieces[1::2], pieces[2::2], strict=True):
                span = element("span", "blank", blank)
                span.tail = after
                parent.insert(at, span)
                at += 1


def _split_blanks(text: str) -> list[str]:
    """Text, blank, text, blank, …, text. A blank may hold blanks: the outermost brackets are its ends."""
    pieces, start, depth = [""], 0, 0
    for index, sign in enumerate(text):
        if sign == "[":
            depth += 1
            if depth == 1:
                start = index
        elif sign == "]" and depth:
            depth -= 1
            if depth == 0:
                pieces += [text[start : index + 1], ""]
                continue
        if depth == 0:
            pieces[-1] += sign
    if depth:
        pieces[-1] += text[start:]
    return pieces
