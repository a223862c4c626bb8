"""A course module as paper needs it: the answers to its self-checks stand at the end, and the handout by itself."""

from __future__ import annotations

from hooks.core.tree import E, HtmlElement, append, element, fragment, inner_html, text_of, with_class

_CLOSING = ("references", "authorities", "history", "footnote")


def printed_module(html: str) -> str:
    """The article with its answers gathered under one heading, before References; without self-checks, as it is."""
    if "check__answer" not in html:
        return html
    root = fragment(html)
    section = element("section", "answers", E.H2("Answers", id="answers-title"), id_="answers", aria_labelledby="answers-title")
    for details in list(with_class(root, "check__answer")):
        check = details.getparent()
        label = element("p", "check__label", element("a", "", check.get("aria-label", ""), href=f"#{check.get('id')}"), ". ")
        append(label, text_of(next(with_class(details, "check__right"))))
        section.append(label)
        section.extend([*with_class(details, "check__reasons"), *with_class(details, "check__tests")])
        details.drop_tree()
    note = next(with_class(root, "check__note"), None)
    if note is not None:
        append(note, " ")
        note.append(element("a", "xref", "Answers", href="#answers"))
        append(note, " with their reasons are at the end.")
    closing = next((node for node in root if set((node.get("class") or "").split()) & set(_CLOSING)), None)
    if closing is None:
        root.append(section)
    else:
        closing.addprevious(section)
    return inner_html(root)


def questions_html(html: str) -> str:
    """The final check without its answers, and without what would give them away: what they cite."""
    root = fragment(html)
    for node in [*with_class(root, "check__answer"), *(node for name in (*_CLOSING, "key") for node in with_class(root, name))]:
        node.drop_tree()
    return inner_html(root)


def handout_html(html: str) -> str:
    """What the module's handout holds; empty where it has none."""
    node: HtmlElement | None = next(with_class(fragment(html), "handout"), None)
    return inner_html(node) if node is not None else ""


def slide_titles(html: str) -> list[tuple[str, str]]:
    """The id and title of each slide, in order."""
    return [(slide[0].get("id") or "", text_of(slide[0])) for slide in _slides(fragment(html))]


def _slides(root: HtmlElement) -> list[HtmlElement]:
    found = []
    for slide in list(with_class(root, "slide")):
        for node in [child for child in slide if "web-only" in (child.get("class") or "")]:
            node.drop_tree()
        if len(slide):
            found.append(slide)
    return found
