"""Sets of answers to try: pairwise over the questions, as combinatorial testing does (NIST SP 800-142)."""

from __future__ import annotations

from itertools import combinations, product

from hooks.registers.builder.check import Answers, choices, every, possible
from hooks.series.policy_builder import PolicyBuilder, Question

Pair = tuple[tuple[str, str], tuple[str, str]]


def pairs(record: PolicyBuilder) -> list[Answers]:
    """A few complete sets of answers in which every two options of two questions that can meet do meet."""
    want = meetings(record)
    found: list[Answers] = []
    while want:
        answers = _try(record, want)
        found.append(answers)
        want -= met(want, answers)
    return found


def meetings(record: PolicyBuilder) -> set[Pair]:
    """Every two options of two questions that one reader can choose."""
    want: set[Pair] = set()
    for a, b in combinations(record.questions, 2):
        for x, y in product(a.options, b.options):
            if possible(record, a.when, x.when, b.when, y.when, ({a.id: (x.id,), b.id: (y.id,)},)):
                want.add(((a.id, x.id), (b.id, y.id)))
    return want


def met(want: set[Pair], answers: Answers) -> set[Pair]:
    return {pair for pair in want if all(option in answers.get(name, ()) for name, option in pair)}


def _try(record: PolicyBuilder, want: set[Pair]) -> Answers:
    """Greedy, around one meeting that is still wanted."""
    seed = min(want)
    about = [name for name, _ in seed]
    fixed = next(a for a in every(record, about) if all(option in a[name] for name, option in seed))
    answers: dict[str, frozenset[str]] = {}
    for question in record.questions:
        answers[question.id] = fixed[question.id] if question.id in fixed else _best(question, answers, want)
    return answers


def _best(question: Question, answers: Answers, want: set[Pair]) -> frozenset[str]:
    there = {(name, option) for name, options in answers.items() for option in options}

    def gain(chosen: frozenset[str]) -> int:
        own = {(question.id, option) for option in chosen}
        return sum(bool(own & set(pair)) and all(p in own or p in there or p[0] not in answers for p in pair) for pair in want)

    return max(choices(question, answers), key=lambda chosen: (gain(chosen), sorted(chosen)))
