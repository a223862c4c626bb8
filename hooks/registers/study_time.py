"""How long a module takes someone who studies alone: minutes of reading and of doing, computed from words and from the exercises."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from hooks.core.tree import HtmlElement, with_class
from hooks.linking.model import Draft, Practice
from hooks.linking.reading import below, minutes
from hooks.series.model import Publication

_READ = re.compile(r"Read\b")
_REFERENCES = ("brief:", "paper:", "case:", "now:", "sector:")
"""What a reader can be asked to read before a module."""
_THINKING = 1
"""Minutes that a question of the self-check takes beside its words: our estimate."""


@dataclass(frozen=True)
class StudyTime:
    """Minutes that a module takes someone alone.

    `reading`: its lesson and what it asks to read before it, which are the `words` of the `references`. `doing`: its exercises, in class and
    after, and its self-check.
    """

    reading: int
    doing: int
    words: int = 0
    references: tuple[str, ...] = ()


def asked_to_read(draft: Draft) -> tuple[str, ...]:
    """The references of what a module asks to read: those in the paragraphs and items under “Before you start” that begin with “Read”.

    To be asked before references are resolved. A module that names none is a problem.
    """
    start = next((node for node in draft.tree.iter("h2") if node.get("id") == "before"), None)
    if start is None:  # This is reported with the other sections that a module lacks.
        return ()
    blocks = [node for part in below(start) for node in part.iter("p", "li") if node.tag == "p" or node.find("p") is None]
    named = [link.get("href", "") for node in blocks if _READ.match(node.text_content().strip()) for link in node.iter("a")]
    found = tuple(dict.fromkeys(href for href in named if href.startswith(_REFERENCES)))
    if not found:
        remedy = "Begin a paragraph or an item there with “Read”, and refer in it to brief:, paper:, case:, now: or sector:."
        draft.report("module", "{#before}", "“Before you start” does not say what to read.", remedy)
    # A section of what is read whole is not read twice.
    return tuple(href for href in found if "#" not in href or href.partition("#")[0] not in found)


def study_times(modules: Sequence[Publication], practices: Sequence[Practice], drafts: Iterable[Draft], words: Callable[[str], int]) -> Mapping[str, StudyTime]:
    """The time of each module by id. `words`: a reference → the words of what it leads to."""
    pages = {draft.page.path: draft for draft in drafts}
    found = {}
    for module in modules:
        draft = pages.get(module.path)
        if draft is None:
            continue
        checks = list(with_class(draft.tree, "check"))
        asked = minutes(sum(len(check.text_content().split()) for check in checks)) + _THINKING * len(checks) if checks else 0
        exercises = sum(item.minutes for item in practices if item.module is module and item.kind == "exercise")
        references = (f"module:{module.slug}#lesson", *draft.reading)
        reading = sum(words(reference) for reference in references)
        found[module.id] = StudyTime(minutes(reading), exercises + asked, reading, references)
    return found


def print_study_times(modules: Sequence[Publication], drafts: Iterable[Draft], times: Mapping[str, StudyTime]) -> None:
    """Say the time of each module at the head of its page, beside the time in a class."""
    of = {module.path: times[module.id] for module in modules if module.id in times}
    for draft in drafts:
        time, place = of.get(draft.page.path), _place(draft.tree)
        if time is not None and place is not None:
            # Before the link to the slides, which ends the line.
            place.text = f"{place.text or ''} Alone: about {_minutes(time.reading)} of reading and {_minutes(time.doing)} of doing."


def _minutes(count: int) -> str:
    return f"{count} minute{'' if count == 1 else 's'}"


def _place(tree: HtmlElement) -> HtmlElement | None:
    return next(with_class(tree, "objectives__time"), None)
