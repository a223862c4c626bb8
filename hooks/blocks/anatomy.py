"""The anatomy of a brief: the marks at which its three parts begin, and the section that says what is still open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hooks.core.locate import definition
from hooks.core.problems import Problem, following, suggestion
from hooks.core.tree import HtmlElement, element, with_class
from hooks.linking.model import Draft
from hooks.series import vocabulary as words
from hooks.series.model import Publication

PART_MARK, PART_NAME, OPEN = "part-mark", "part-mark__name", "open"
ACT_WORDS = 700
"""How many words the part Act of a brief may have: two printed pages."""
_NOT_COUNTED = frozenset(
    {"recommendation__number", "recommendation__strength", "recommendation__meta", "citation", "caveat", "caption-label", "web-only"}
)
"""What stands in a part but is looked up and not read: numbers, grades, who acts by when, evidence, citations, marks."""


def part_id(name: str) -> str:
    """The id of the mark of a part: `part-act`."""
    return f"part-{name}"


def complete_anatomy(draft: Draft) -> None:
    """Complete the marks of parts, `/// part | act`, in place; what stands wrong is a problem, and no mark."""
    _parts(draft)
    if not isinstance(draft.owner, Publication):
        for _ in with_class(draft.tree, OPEN):
            draft.report("block", "/// open", "“Still open” stands only in a brief, chapter or module.", "Write a heading of your own.")


def _parts(draft: Draft) -> None:
    order, seen = list(words.PARTS), dict[str, int]()
    for node in list(with_class(draft.tree, PART_MARK)):
        name = node.attrib.pop("data-name", "")
        needle = f"/// part | {name}".strip(" |")
        if _filled(node):
            draft.report("block", needle, "A part block holds text.", "It only marks where a part begins: close it at once, and write below it.")
        wrong = _wrong(draft, name, order, seen)
        if wrong is not None:
            message, remedy = wrong
            draft.problems.append(draft.page.problem("block", needle, message, remedy, nth=seen.get(name, 0)))
        seen[name] = seen.get(name, 0) + 1
        if wrong is None:
            label = element("p", PART_MARK, element("strong", PART_NAME, words.PART_NAMES[name]), f": {words.PARTS[name]}", id_=part_id(name))
            label.tail = None
            node.addprevious(label)
        # What an author wrote in it stays, below the mark.
        node.drop_tag()


def _filled(node: HtmlElement) -> bool:
    return len(node) > 0 or bool((node.text or "").strip())


def _wrong(draft: Draft, name: str, order: list[str], seen: dict[str, int]) -> tuple[str, str] | None:
    """What is wrong with the mark of the part `name` after those `seen`, and what to do; None if nothing is."""
    known = ", ".join(order)
    if not isinstance(draft.owner, Publication) or draft.owner.kind != "issue-brief":
        return "The mark of a part stands outside a brief.", "Only briefs are divided into Act, Use and Reasons: take it out."
    if not name:
        return "A part block does not say which part begins.", f"Write “/// part | {order[0]}”; the parts are {known}."
    if name not in order:
        return f"A brief has no part “{name}”.", suggestion(name, order, f"The parts are {known}.")
    if name in seen:
        return f"The part “{name}” begins twice.", "Keep the first mark: each part is one stretch of the brief."
    later = [other for other in seen if other in order and order.index(other) > order.index(name)]
    if later:
        return f"The part “{name}” begins after “{later[-1]}”.", f"The parts stand in this order: {known}."
    return None


def check_anatomy(drafts: Iterable[Draft]) -> Iterator[Problem]:
    """A problem for each brief in force that is not divided into its parts, and for each whose part Act is too long.

    Runs when references are resolved: a reader reads what they print. A series in which no brief is divided does without parts.
    """
    briefs = [draft for draft in drafts if isinstance(draft.owner, Publication) and draft.owner.kind == "issue-brief" and draft.owner.in_force]
    marks = {draft.page.path: _marks(draft) for draft in briefs}
    if not any(marks.values()):
        return
    for draft in briefs:
        own = marks[draft.page.path]
        lacking = [name for name in words.PARTS if name not in own]
        if lacking:
            none = f"{', '.join(lacking[:-1])} and {lacking[-1]} begin" if len(lacking) > 1 else f"{lacking[0]} begins"
            message = f"This brief is not divided into its parts: {none} nowhere."
            remedy = "Put what to decide and do first, then words to take, then the reasons, each below its mark: “/// part | act”, “///”."
            # A mark that is wrong was reported, and may be the very one.
            yield from following([Problem("parts", draft.page.path, None, message, remedy)], any(p.rule == "block" for p in draft.problems))
        if "act" in own:
            count = sum(_words(node) for node in _up_to_next(own["act"]))
            if count > ACT_WORDS:
                message = f"The part Act has {count} words; at most {ACT_WORDS} are two pages."
                remedy = f"Take {count - ACT_WORDS} away, or move what gives reasons below “/// part | reasons”."
                yield draft.page.problem("act-length", definition("act"), message, remedy)


def _marks(draft: Draft) -> dict[str, HtmlElement]:
    return {(node.get("id") or "").removeprefix("part-"): node for node in with_class(draft.tree, PART_MARK)}


def _up_to_next(mark: HtmlElement) -> Iterator[HtmlElement]:
    """What follows the mark of a part, up to the next mark."""
    for node in mark.itersiblings():
        if isinstance(node.tag, str):
            if PART_MARK in (node.get("class") or "").split():
                return
            yield node


def _words(node: HtmlElement) -> int:
    """How many words a reader reads there: what has a letter or digit, between white space."""

    def texts(at: HtmlElement) -> Iterator[str]:
        yield at.text or ""
        for child in at:
            if isinstance(child.tag, str) and not _NOT_COUNTED & set((child.get("class") or "").split()):
                yield from texts(child)
            yield child.tail or ""
        if at.tag in ("p", "td", "th", "li", "dt", "dd"):
            yield " "

    return sum(any(char.isalnum() for char in word) for word in "".join(texts(node)).split())
