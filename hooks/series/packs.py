"""Course packs: docs/course/packs/<slug>.yml, the run sheet of a day, of some sessions or of a briefing, as data.

Beside each stands its page, docs/course/packs/<slug>.md. What a pack names, slides, exercises, things to read and files, is checked when
every page is known (see `hooks.registers.packs`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from hooks.core.problems import Problem
from hooks.core.yaml_lines import Document
from hooks.series.records import Line, OneOf, Prose, Record, Slug, Text
from hooks.series.sources import PACKS, files_under, read_record

ARRIVAL, TALK, EXERCISE, PRACTICE, VOTE = "arrival", "talk", "exercise", "practice", "vote"
CHANGEOVER, BREAK, MEAL, CLOSE = "changeover", "break", "meal", "close"
ITEMS: Mapping[str, str] = {
    ARRIVAL: "Arrival", TALK: "Talk", EXERCISE: "Exercise", PRACTICE: "Practice", VOTE: "Vote", CHANGEOVER: "Changeover", BREAK: "Break",
    MEAL: "Meal", CLOSE: "Close",
}  # fmt: skip
"""What an item of a run sheet can be, with its label."""
RESTS = (BREAK, MEAL)
"""Items in which people rest."""
TAUGHT = (TALK, EXERCISE, PRACTICE)
"""Items that count as hours of the course; what a body decides in a vote is its own business."""
SIDES: Mapping[str, str] = {"one": "Single-sided", "two": "Double-sided", "screen": "Not printed"}
FOR: Mapping[str, str] = {
    "participants": "Participants", "groups": "Each group", "facilitator": "Facilitator only", "room": "The room", "beforehand": "Sent beforehand",
}  # fmt: skip
"""Whom a file of a pack is for. What is for participants or groups is handed out by an item of the run sheet."""
READING = "reading"
"""The paper of what is read before the sessions, which every pack has whose reading is passages: `paper:reading`."""
HANDED = ("participants", "groups")
LONGEST, MOST_READING = 100, 60
"""Minutes that people sit without a rest, and that they read before a session, at most."""
SENTENCES = 3
_NO_TIME = "Write a time of day as 8:45 or 13:00."
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)\Z")


def _minutes(value: object) -> object:
    """Minutes since midnight of “8:45”, which YAML 1.1 reads as that number already."""
    if not isinstance(value, str):
        return value
    found = _CLOCK.match(value)
    if found is None:
        raise ValueError(_NO_TIME)
    return int(found[1]) * 60 + int(found[2])


def _on_the_clock(value: int) -> int:
    if not 0 <= value < 24 * 60:
        raise ValueError(_NO_TIME)
    return value


def _some(value: tuple[Any, ...]) -> tuple[Any, ...]:
    # As a check of its own it waits until each item is right: else a mistake in one would be told twice.
    if not value:
        raise ValueError("It is empty; name one at least.")
    return value


def _few(value: tuple[str, ...]) -> tuple[str, ...]:
    if len(value) > 2:
        raise ValueError("Name the first slide and the last, or one.")
    return value


def _three(value: tuple[str, ...]) -> tuple[str, ...]:
    if len(value) not in (0, SENTENCES):
        raise ValueError(f"It has {len(value)} points; write three, a sentence or two each.")
    return value


Clock = Annotated[
    int, BeforeValidator(_minutes), AfterValidator(_on_the_clock),
    WithJsonSchema({"anyOf": [{"type": "string", "pattern": r"^([01]?\d|2[0-3]):[0-5]\d$"}, {"type": "integer", "minimum": 0, "maximum": 1439}]}),
]  # fmt: skip
"""A time of day: minutes since midnight, written 8:45."""
Minutes = Annotated[int, Field(ge=1, le=240)]


class Paper(Record):
    """A paper of this pack that is put together from passages of other pages: an exercise, an example, a table, a letter, a section."""

    id: Slug
    title: Line = Field(description="What it is called: The rule and the ten comments.")
    parts: Annotated[tuple[Line, ...], AfterValidator(_some)] = Field(
        description="The passages in order: module:comments#exercise-ten-decisions, brief:records#post-types, key:security#strips-takeover-tabletop."
    )


class PackFile(Record):
    """A file of a pack: what it is, for whom, and how many copies are printed."""

    file: Line = Field(description="workbook:word, sheets:comments, key:comments, handout:comments, slides:day, powerpoint:day, card:records, paper:sign-in, …")
    who: Annotated[str, OneOf(FOR)] = Field(description="Whom it is for.")
    copies: Prose = Field(description="How many, in words: one for each person.")
    sides: Annotated[str, OneOf(SIDES)] = "one"


class Step(Record):
    """A part of a talk: its minutes, the slide on the screen, what is done, and a question to the room with the answer that one expects."""

    minutes: Minutes
    slide: Text = Field(default="", description="One slide of the talk, by its id.")
    do: Prose = Field(description="What is said or done, in a sentence or two.")
    ask: Text = Field(default="", description="A question to the room. Markdown within a line, and references.")
    expect: Text = Field(default="", description="The answer that one expects, or gives where it does not come.")

    @model_validator(mode="after")
    def _answered(self) -> Step:
        if bool(self.ask) != bool(self.expect):
            raise ValueError("A question to the room and its answer stand together: “ask: …” and “expect: …”.")
        return self


class Item(Record):
    """One line of a run sheet. An exercise takes its minutes from its module where none are given."""

    kind: Annotated[str, OneOf(ITEMS)]
    minutes: Minutes | None = None
    what: Prose = Field(description="What is done, in a sentence. Markdown within a line, and references.")
    who: Text = Field(default="", description="Who speaks or leads.")
    slides: Annotated[tuple[Slug, ...], AfterValidator(_few)] = Field(default=(), description="First and last slide of the deck, by their ids; or one.")
    exercise: Text = Field(default="", description="module#exercise: comments#ten-decisions.")
    hand_out: tuple[Line, ...] = Field(default=(), description="Files of this pack that are given out now.")
    hand_in: Text = Field(default="", description="What participants hand in or show at the end of it.")
    behind: Text = Field(default="", description="What to cut if the day is behind.")
    say: Annotated[tuple[Prose, ...], AfterValidator(_three)] = Field(default=(), description="Of a talk: three points to say.")
    lesson: Text = Field(default="", description="Of a talk: the passage that it is drawn from, module:comments#setting.")
    steps: tuple[Step, ...] = Field(default=(), description="Of a talk: how its minutes are spent, slide by slide; they add up to its minutes.")

    @model_validator(mode="after")
    def _complete(self) -> Item:
        if self.exercise and self.kind != EXERCISE:
            raise ValueError("`exercise` belongs to an item of the kind exercise.")
        if self.kind == EXERCISE and not re.fullmatch(r"[a-z0-9-]+#[a-z0-9-]+", self.exercise):
            raise ValueError("`exercise` names no exercise. Write module#exercise: comments#ten-decisions.")
        if self.minutes is None and self.kind != EXERCISE:
            raise ValueError("`kind` is no exercise, so it needs “minutes: …”.")
        if self.kind == TALK and not (self.say and self.who):
            raise ValueError("`kind` is a talk, so it needs “who: …” and three points under “say:”.")
        if self.say and self.kind != TALK:
            raise ValueError("`say` belongs to a talk.")
        if self.steps and self.kind != TALK:
            raise ValueError("`steps` belong to a talk.")
        if self.steps and sum(step.minutes for step in self.steps) != self.minutes:
            raise ValueError(f"`steps` add up to {sum(step.minutes for step in self.steps)} minutes, and the talk has {self.minutes}.")
        return self


class Session(Record):
    """A day, a weekly session or a briefing: when it begins, what is read before it, and its items in order."""

    id: Slug
    title: Prose
    begins: Clock
    length: Annotated[int, Field(ge=1, le=720)] | None = Field(default=None, description="Minutes in all, where they are set beforehand.")
    deck: Slug = Field(description="The deck whose slides are shown: that of docs/course/decks/, or of a module.")
    product: Text = Field(default="", description="What participants hold at its end.")
    reading: tuple[Line, ...] = Field(default=(), description="What is read before it, as references: brief:citizen-conduct#choices.")
    home: tuple[Line, ...] = Field(default=(), description="Exercises that are done at home after it, as module#exercise.")
    items: Annotated[tuple[Item, ...], AfterValidator(_some)]


class PackRecord(Record):
    """docs/course/packs/<slug>.yml"""

    papers: tuple[Paper, ...] = ()
    files: Annotated[tuple[PackFile, ...], AfterValidator(_some)]
    sessions: Annotated[tuple[Session, ...], AfterValidator(_some)]

    @property
    def read_beforehand(self) -> tuple[Paper, ...]:
        """What is read before the sessions as one paper, in their order; none where a reference names a whole page, or nothing is read."""
        parts = tuple(dict.fromkeys(part for session in self.sessions for part in session.reading))
        return (Paper(id=READING, title="To read beforehand", parts=parts),) if parts and all("#" in part for part in parts) else ()


@dataclass(frozen=True)
class Pack:
    """A pack by the slug of its page, the file of its record, and the lines of its values."""

    slug: str
    path: str
    record: PackRecord
    document: Document

    def problem(self, at: tuple[Any, ...], message: str, remedy: str = "", rule: str = "pack", follows: bool = False) -> Problem:
        """A problem with the value at the path `at` of keys and indexes."""
        return Problem(rule, self.path, self.document.line(at), message, remedy, follows)


def load_packs(root: Path, pages: Mapping[str, str]) -> tuple[Mapping[str, Pack], list[Problem], set[str]]:
    """The packs by slug; what is wrong with them; and the slugs of those that are there but cannot be read. `pages` are the pages of packs:
    slug → source path."""
    packs: dict[str, Pack] = {}
    problems: list[Problem] = []
    known = set()
    for path in files_under(root, PACKS, ".yml"):
        slug = PurePosixPath(path).stem
        known.add(slug)
        record, document, found = read_record(root, path, PackRecord)
        problems += found
        if slug not in pages:
            problems.append(Problem("pack", path, None, f"The pack “{slug}” has no page.", f"Write {PACKS}/{slug}.md beside it."))
        elif record is not None:
            pack = Pack(slug, path, record, document)
            problems += _doubles(pack)
            packs[slug] = pack
    for slug, page in pages.items():
        if slug not in known:
            problems.append(Problem("pack", page, None, f"The pack “{slug}” has no run sheet.", f"Write {PACKS}/{slug}.yml beside it."))
    return packs, problems, {slug for slug in pages if slug not in packs}


def _doubles(pack: Pack) -> list[Problem]:
    """Papers, files and sessions that stand twice."""
    found = []
    record = pack.record
    stand = {"papers": [item.id for item in record.papers], "files": [item.file for item in record.files], "sessions": [item.id for item in record.sessions]}
    for key, names in stand.items():
        for index, name in enumerate(names):
            if name in names[:index]:
                at = (key, index, "file" if key == "files" else "id")
                found.append(pack.problem(at, f"“{name}” stands twice under `{key}`.", "Take one out, or rename it."))
    return found
