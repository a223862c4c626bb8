"""What a pack gives those who speak: the passages that its talks are drawn from, and notes under slides that fit into the minutes of the run sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from hooks.core.problems import Problem
from hooks.core.tree import text_of, with_class
from hooks.linking.model import Draft, Practice
from hooks.registers.packs import Slot, by_reference, decks_of, slots
from hooks.series.model import Series, Slides
from hooks.series.packs import Pack

_NUMBERS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen",
    "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_WORDS: Mapping[str, int] = {word: number for number, word in enumerate(_NUMBERS, 1)}
_PLANNED = re.compile(rf"(?:\A|[.!?]\s+)(\d+|{'|'.join(_NUMBERS)})\s+minutes?\b", re.IGNORECASE)


def planned(note: str) -> int:
    """The minutes that a note under a slide plans: what its sentences begin with, “5 minutes.” or “Two minutes in pairs.”, added up.

    Minutes within a sentence are none: “a warning within 15 minutes” is the matter that is taught.
    """
    return sum(_WORDS.get(said.lower(), 0) or int(said) for said in _PLANNED.findall(note))


def check_talks(series: Series, drafts: Sequence[Draft], practices: Sequence[Practice]) -> list[Problem]:
    """Talks whose passage is not in their pack, and items whose slides have notes that plan more minutes than they have, each at its line."""
    exercises, decks, notes = by_reference(practices), decks_of(series), _notes(series, drafts)
    found: list[Problem] = []
    for pack in series.packs.values():
        for index, session in enumerate(pack.record.sessions):
            deck = decks.get(session.deck)
            for number, slot in enumerate(slots(session, exercises, deck)):
                at = ("sessions", index, "items", number)
                found += _without_passage(pack, at, slot)
                if deck is not None and slot.slides is not None and slot.minutes:
                    found += _too_long(pack, at, slot, deck, notes.get(deck.path, {}))
    return found


def _notes(series: Series, drafts: Sequence[Draft]) -> Mapping[str, Mapping[str, int]]:
    """The minutes planned under each slide: source path of the set → id of the slide → minutes, where there are some."""
    found = {}
    for draft in drafts:
        if draft.page.path in series.slides_by_path:
            under = {slide.get("aria-labelledby", ""): [planned(text_of(part)) for note in with_class(slide, "notes") for part in note.iter("p", "li")]
                     for slide in with_class(draft.tree, "slide")}  # fmt: skip
            found[draft.page.path] = {id_: sum(minutes) for id_, minutes in under.items() if sum(minutes)}
    return found


def _without_passage(pack: Pack, at: tuple[str | int, ...], slot: Slot) -> Iterator[Problem]:
    """A talk is read before it is given, by somebody who may have the pack and nothing else."""
    lesson = slot.item.lesson
    held = {part for paper in pack.record.papers for part in paper.parts} | {file.file.partition(".")[0] for file in pack.record.files}
    if lesson and lesson not in held and lesson.partition("#")[0] not in held:
        message = f"This talk is drawn from “{lesson}”, which is in no file of the pack."
        yield pack.problem((*at, "lesson"), message, "Put it among the parts of a paper, or list its publication under `files`.")


def _too_long(pack: Pack, at: tuple[str | int, ...], slot: Slot, deck: Slides, notes: Mapping[str, int]) -> Iterator[Problem]:
    assert slot.slides is not None
    shown = {place.id: notes[place.id] for place in deck.places if slot.slides[0] <= place.number <= slot.slides[1] and place.id in notes}
    total = sum(shown.values())
    if total > slot.minutes:
        which = ", ".join(f"“{id_}” {minutes}" for id_, minutes in shown.items())
        message = f"This item has {slot.minutes} minutes, and the notes under its slides plan {total}: {which}."
        yield pack.problem((*at, "slides"), message, "Take the minutes out of the note, for the run sheet says them, or give the item more.")
