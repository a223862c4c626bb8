"""Law cited in print: each group of authorities in one run of text, which takes half the room of a line for each."""

from __future__ import annotations

from hooks.core.tree import HtmlElement, append, element, replace, with_class


def set_in_runs(root: HtmlElement) -> None:
    """Make each `dl` of authorities below `root` a list of its groups: “**Controlling …:** authority; authority.”"""
    for listing in list(with_class(root, "authorities__list")):
        if listing.tag == "dl":
            runs = element("ul", "authorities__list", *(_run(heading, entries) for heading, entries in _groups(listing)))
            replace(listing, runs)


def _groups(listing: HtmlElement) -> list[tuple[HtmlElement, list[HtmlElement]]]:
    groups: list[tuple[HtmlElement, list[HtmlElement]]] = []
    for node in listing:
        if node.tag == "dt":
            groups.append((node, []))
        else:
            groups[-1][1].append(node)
    return groups


def _run(heading: HtmlElement, entries: list[HtmlElement]) -> HtmlElement:
    run = element("li", "", element("strong", "", *_content(heading), ":"))
    for number, entry in enumerate(entries):
        for part in ("; " if number else " ", *_content(entry)):
            append(run, part)
    append(run, ".")
    return run


def _content(node: HtmlElement) -> list[HtmlElement | str]:
    parts: list[HtmlElement | str] = [node.text or ""]
    for child in list(node):
        tail, child.tail = child.tail or "", None
        parts += [child, tail]
    return parts
