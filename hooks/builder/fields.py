"""The blanks of all clauses as fields that a reader fills: one field may stand in many places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from hooks.builder.passages import Block
from hooks.builder.records import Blank, PolicyBuilder, same_words

_FIGURES = re.compile(
    r"(\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twice|thirty|sixty|ninety"
    r"|day|week|month|monthly|quarter|year|yearly|january|the next working day)"
    r"( (working |business )?(days?|months?|weeks?|years?|hours?))?"
)
_CONTEXT = 7


@dataclass
class Field:
    """A blank to fill. `offers` are fillings to take with one press; `optional` words may be kept or struck; a `shared` one
    stands in several clauses and is asked once; a `figure` is a number or a time that may stand as it is.

    `places` are the clauses in which it stands; `before` and `after` the words around its first place.
    """

    id: str
    words: str
    label: str = ""
    help: str = ""
    offers: tuple[str, ...] = ()
    optional: bool = False
    shared: bool = False
    figure: bool = False
    places: list[str] = field(default_factory=list)
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Filled:
    """The fields by id, and for each clause, block and run that is a blank the id of its field (`ref:N` for the N-th cross-reference)."""

    fields: Mapping[str, Field]
    at: Mapping[tuple[str, int, int], str]


def find_fields(record: PolicyBuilder, clauses: Iterable[tuple[str, list[Block]]]) -> Filled:
    """Go through the clauses in the order of the policy and give every blank its field."""
    entries: dict[str, list[Blank]] = {}
    for entry in record.blanks:
        entries.setdefault(same_words(entry.words), []).append(entry)
    references = {same_words(item.words): index for index, item in enumerate(record.references)}
    fields: dict[str, Field] = {}
    at: dict[tuple[str, int, int], str] = {}
    for clause, blocks in clauses:
        count, same = 0, {}
        for b, block in enumerate(blocks):
            for r, run in enumerate(block.runs):
                if not run.blank:
                    continue
                words = same_words(run.text)
                if words in references:
                    at[clause, b, r] = f"ref:{references[words]}"
                    continue
                entry = _entry(entries.get(words, []), clause)
                if entry:
                    found = fields.setdefault(entry.id, Field(entry.id, run.text, entry.label, entry.help, entry.offers, entry.optional, True))
                elif words in same and not offers_of(run.text):
                    found = same[words]
                else:
                    count += 1
                    found = same[words] = Field(f"{clause}.{count}", run.text, offers=offers_of(run.text), figure=is_figure(run.text))
                    fields[found.id] = found
                if not found.places:
                    found.before, found.after = _around(block, r)
                if clause not in found.places:
                    found.places.append(clause)
                at[clause, b, r] = found.id
    for found in fields.values():
        found.shared = found.shared and len(found.places) > 1
    return Filled(fields, at)


def _entry(entries: list[Blank], clause: str) -> Blank | None:
    """The entry that names the clause, else the one that names none."""
    return next((e for e in entries if clause in e.clauses), next((e for e in entries if not e.clauses), None))


def offers_of(words: str) -> tuple[str, ...]:
    """What a blank itself offers: the sides of its slashes, or a figure that may stand as it is."""
    sides = [side.strip() for side in _sides(words)]
    if len(sides) > 1:
        return tuple(sides)
    return (words,) if is_figure(words) else ()


def is_figure(words: str) -> bool:
    """Whether the words are a number or a time: “30”, “six”, “the next working day”."""
    return _FIGURES.fullmatch(words.lower()) is not None


def _sides(words: str) -> list[str]:
    """The words at either side of each slash between spaces that stands in no brackets."""
    sides, depth = [""], 0
    for index, sign in enumerate(words):
        depth += {"[": 1, "]": -1}.get(sign, 0)
        if sign == "/" and not depth and words[index - 1 : index + 2] == " / ":
            sides.append("")
        else:
            sides[-1] += sign
    return sides


def _around(block: Block, index: int) -> tuple[str, str]:
    """A few words of the same sentence before and after a blank."""
    text = ["".join(f"[{run.text}]" if run.blank else run.text for run in runs) for runs in (block.runs[:index], block.runs[index + 1 :])]
    before = re.split(r"(?<=[.;:!?]) ", text[0])[-1].split(" ")
    after = re.split(r"(?<=[.;:!?])( |$)", text[1])[0].split(" ")
    more = len(before) > _CONTEXT + 1
    return ("… " if more else "") + " ".join(before[-_CONTEXT - 1 :]), " ".join(after[: _CONTEXT - 2]) + (" …" if len(after) > _CONTEXT - 2 else "")
