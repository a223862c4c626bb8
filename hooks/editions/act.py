"""What a card prints: of a brief its Act part, what to decide and do; of a sheet its sections, less those that paper has no room for."""

from __future__ import annotations

from collections.abc import Mapping

from hooks.core.tree import HtmlElement, append, element, fragment, inner_html, with_class
from hooks.linking.model import Recommendation
from hooks.series.kinds import Kind

_MARK = "part-mark"
_ACT = "part-act"
_CLOSING = frozenset({"references", "authorities", "key"})
# Their ids stay, so that a link may lead to them; those of passages lead to the page.
_PLACES = frozenset({"h2", "h3", "figure", "section"})


def act_html(html: str, recommendations: Mapping[str, Recommendation]) -> str:
    """What stands between the marks of Act and of the part after it; empty where a brief marks none.

    A recommendation is cut to its number and sentence, how strong it is, who acts and by when; `recommendations` are known by id.
    Notes stay on the page.
    """
    if _ACT not in html:
        return ""
    root = fragment(html)
    start = next((node for node in root if node.get("id") == _ACT), None)
    if start is None:
        return ""
    act = element("div", "")
    for node in list(start.itersiblings()):
        if _MARK in (node.get("class") or "").split():
            break
        act.append(node)
    for node in list(with_class(act, "recommendation")):
        if node.get("id") in recommendations:
            _shorten(node, recommendations[node.get("id")])
    _bare(act)
    return inner_html(act)


def sheet_html(html: str, kind: Kind) -> str:
    """The sections of a sheet that are printed; what closes the page, such as its references, stays there."""
    root = fragment(html)
    kept = {section.id for section in kind.sections if section.printed}
    sheet = element("div", "")
    here = False
    for node in list(root):
        if node.tag == "h2":
            here = node.get("id") in kept
        elif node.tag == "section" and set((node.get("class") or "").split()) & _CLOSING:
            here = False
        if here:
            sheet.append(node)
    _bare(sheet)
    return inner_html(sheet)


def _bare(root: HtmlElement) -> None:
    """Take out what only the page has: notes, and the ids of passages."""
    for mark in list(root.iter("sup")):
        if any("footnote-ref" in (link.get("class") or "") for link in mark.iter("a")):
            mark.drop_tree()
    for node in root.iter():
        if node.tag not in _PLACES and node.get("id"):
            del node.attrib["id"]


def _shorten(node: HtmlElement, recommendation: Recommendation) -> None:
    """Leave the number and the sentence, and below it how strong it is, who acts and by when."""
    number = next(with_class(node, "recommendation__number"))
    sentence = next(with_class(node, "recommendation__text"))
    facts = element("p", "recommendation__meta")
    for strength in with_class(node, "strength"):
        strength.tail = None
        facts.append(strength)
        break
    if len(facts):
        append(facts, "\u2002")
    append(facts, f"{recommendation.who}, {recommendation.when}")
    number.tail = sentence.tail = None
    body = element("div", "recommendation__body", sentence, facts)
    node[:] = [number, body]
