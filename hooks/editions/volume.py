"""Making a volume out of documents that are set by themselves, over the processes; those set before from the same input come from the cache.

What a document takes from the others are the numbers of pages that it prints, and these are known only once all are laid out. So each is laid
out with a guess first; then all are set with the numbers that came out, and again those whose numbers are others by then, until none is. As it
always begins with the same guess, the outcome follows from the request alone, whatever was made before.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import Path
from typing import Any

from hooks.core.cache import Cache, digest
from hooks.core.problems import Problem
from hooks.core.workers import Call, WorkerEnded
from hooks.editions import making
from hooks.editions.making import Job
from hooks.editions.model import Article, EditionRequest, SetPart

ROUNDS = 4
"""After so many, what still has no settled number goes without: a number that moves what it counts need not come to rest."""

_LAST = 40
"""After so many, it is told: every one of them took a number away, or the contents grew."""
Run = Callable[[Sequence[Call]], Iterator[Any]]


def set_volume(job: Job, engine: str, cache: Cache, fonts: Path, run: Run) -> Call | Problem:
    """Set the documents of the volume that a job asks for. The result is the call that joins and checks them, or what is wrong with the first
    that cannot be set."""
    documents = [replace(job.request, parts=()), *job.request.parts]
    press = _Press(job, engine, cache, fonts, run)
    made = press.set(documents, guessed=True)
    for number in range(_LAST):
        if isinstance(made, Problem):
            return made
        numbers = _numbers(made)
        numbered = [_numbered(document, numbers, number >= ROUNDS) for document in documents]
        if number and numbered == documents:
            return making.join, (replace(job, request=documents[0]), made, fonts)
        documents = numbered
        made = press.set(documents)
    return job.problem("cannot be made: the numbers of its pages do not come to rest.", "Add a line to its longest part, and report it.")


@dataclass(frozen=True)
class _Press:
    """Sets the documents of a volume, each once."""

    job: Job
    engine: str
    cache: Cache
    fonts: Path
    run: Run
    known: dict[str, SetPart] = field(default_factory=dict)
    written: dict[str, Article] = field(default_factory=dict)

    def set(self, documents: Sequence[EditionRequest], guessed: bool = False) -> list[SetPart] | Problem:
        """Every document as it is set; where its numbers are `guessed`, only laid out if it prints any. Or what is wrong with the first."""
        laid_out = [guessed and any(page is not None for page in document.numbers.values()) for document in documents]
        keys = [digest("part", self.engine, str(only), document.digest()) for document, only in zip(documents, laid_out, strict=True)]
        missing = [index for index, key in enumerate(keys) if not self._has(key)]
        asked = {index: replace(self.job, request=documents[index]) for index in missing}
        calls: list[Call] = [
            (making.make_part, (asked[index], self.fonts, laid_out[index], self.written.get(documents[index].pub_id))) for index in missing
        ]
        wrong: list[Problem] = []
        for index, result in zip(missing, self.run(calls), strict=True):
            if isinstance(result, SetPart):
                self._keep(keys[index], result)
                if result.article is not None:
                    self.written[documents[index].pub_id] = result.article
            else:
                wrong.append(asked[index].ended(result) if isinstance(result, WorkerEnded) else result)
        return wrong[0] if wrong else [self.known[key] for key in keys]

    def _has(self, key: str) -> bool:
        """Whether it is known, or was kept."""
        stored = None if key in self.known else self.cache.get("parts", key)
        if stored is not None:
            head, _, pdf = stored.partition(b"\n")
            facts = json.loads(head)
            self.known[key] = SetPart(pdf, facts["pages"], facts["places"], tuple((profile, rules) for profile, rules in facts["checked"]))
        return key in self.known

    def _keep(self, key: str, made: SetPart) -> None:
        facts = {"pages": made.pages, "places": made.places, "checked": made.checked}
        self.cache.put("parts", key, json.dumps(facts).encode() + b"\n" + made.pdf)
        self.known[key] = replace(made, article=None)


def _numbers(made: Sequence[SetPart]) -> Mapping[str, int]:
    """The page of each place of the volume, from 1."""
    starts = accumulate((part.pages for part in made), initial=0)
    return {name: start + page for part, start in zip(made, starts, strict=False) for name, page in part.places.items()}


def _numbered(document: EditionRequest, numbers: Mapping[str, int], settled: bool) -> EditionRequest:
    """The document with these numbers; where they should have `settled`, without those that differ from its own."""

    def number(name: str, own: int | None) -> int | None:
        # The contents have all numbers, and move nothing by them but what stands behind them all.
        return own if own is None else None if settled and numbers[name] != own and document.form == "part" else numbers[name]

    return replace(document, numbers={name: number(name, own) for name, own in document.numbers.items()})
