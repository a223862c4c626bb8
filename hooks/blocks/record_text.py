"""What a record's text names, written in a data file: told where it stands there, once, and not again on each page that prints it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hooks.blocks.inline import CITE, inline
from hooks.core.citations import parse_group
from hooks.core.problems import Problem, suggestion
from hooks.core.tree import E, HtmlElement, with_class
from hooks.linking.links import is_reference
from hooks.linking.targets import Directory, Unknown

_INLINE = frozenset("p a em strong code span abbr q cite sub sup small b i".split())  # noqa: SIM905
_OUT = ("https://", "http://", "mailto:", "tel:")

Place = tuple[str, int | None]
"""A file and its line."""


def said(text: str) -> list[HtmlElement]:
    """The Markdown `text` of a record as paragraphs, its references and marks to be resolved; what is wrong with a name is told elsewhere."""
    paragraphs = inline(text)
    told_elsewhere(E.DIV(*paragraphs))
    return paragraphs


def unfit(root: HtmlElement, place: Place) -> Iterator[Problem]:
    """A problem at `place` for each element below `root` that a line of text cannot hold, and each address that leads to no known place."""
    for node in root.iterdescendants():
        if not isinstance(node.tag, str) or node.tag not in _INLINE:
            name = f"<{node.tag}>" if isinstance(node.tag, str) else "a comment"
            yield Problem("markup", *place, f"{name[0].upper()}{name[1:]} does not belong in this text.", "Write plain text, with Markdown within a line.")
        href = node.get("href", "") if node.tag == "a" else ""
        if href and not is_reference(href) and not href.startswith(_OUT):
            remedy = "Refer to pages of the series as brief:slug, law:id and so on; an address elsewhere begins with https://."
            yield Problem("markup", *place, f"“{href}” leads nowhere from the pages that print this.", remedy)


def told_elsewhere(root: HtmlElement) -> None:
    """What is wrong with a name below `root` is told where the record is written."""
    for node in named(root):
        node.set("data-record", "")


def named(root: HtmlElement) -> Iterator[HtmlElement]:
    """The citations and references below `root`."""
    yield from with_class(root, CITE)
    yield from (link for link in root.iter("a") if is_reference(link.get("href", "")))


def leads_nowhere(root: HtmlElement, place: Place, directory: Directory, known: Mapping[str, object] | None) -> Iterator[Problem]:
    """A problem at `place` for each name below `root` that is not there. `known` are the keys of the bibliography; None where it cannot be read."""
    for node in named(root):
        if node.tag == "a":
            yield from wrong_reference(node.get("href", ""), place, directory)
            continue
        group = parse_group(node.get("data-cite", ""))
        for key in group.keys if group else ():
            if known is not None and key not in known:
                remedy = suggestion(key, known, "Add it to a .bib file in docs/literature/.")
                yield Problem("citation", *place, f"There is no source “{key}” in the bibliography.", remedy)


def wrong_reference(href: str, place: Place, directory: Directory) -> Iterator[Problem]:
    """A problem where the reference leads nowhere. One to an interview that is withheld prints a neutral note."""
    if href.startswith("case:") and href[5:].partition("#")[0] in directory.series.withheld:
        return
    found = directory.find(href, "")
    if isinstance(found, Unknown):
        yield Problem(found.rule, *place, found.message, found.remedy, found.follows)
