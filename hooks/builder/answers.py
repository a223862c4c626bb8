"""Which answers a reader can give, and what holds under them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import chain, combinations

from hooks.builder.records import PolicyBuilder, Question, When

Answers = Mapping[str, frozenset[str]]
"""The options chosen, by question. A question that is not asked, or not answered, has none."""


def holds(when: When, answers: Answers) -> bool:
    """Whether a condition holds: one alternative, of which every question has one of its options chosen."""
    return not when or any(all(answers.get(name, frozenset()) & set(options) for name, options in item.items()) for item in when)


def every(record: PolicyBuilder, about: Collection[str]) -> Iterator[Answers]:
    """Every complete set of answers to the questions `about` and to those on which they depend."""
    questions = {question.id: question for question in record.questions}
    needed: set[str] = set()
    waiting = list(about)
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed.add(name)
            question = questions[name]
            waiting += [n for when in (question.when, *(o.when for o in question.options)) for item in when for n in item]
    yield from _extend({}, [question for question in record.questions if question.id in needed])


def _extend(answers: dict[str, frozenset[str]], questions: list[Question]) -> Iterator[Answers]:
    if not questions:
        yield answers
        return
    first, rest = questions[0], questions[1:]
    for chosen in choices(first, answers):
        yield from _extend({**answers, first.id: chosen}, rest)


def choices(question: Question, answers: Answers) -> Iterator[frozenset[str]]:
    """What can be chosen for a question, given the answers before it: for one that takes several, every set, the empty one too."""
    offered = [option.id for option in question.options if holds(option.when, answers)]
    if not holds(question.when, answers) or not offered:
        yield frozenset()
    elif question.several:
        yield from map(frozenset, chain.from_iterable(combinations(offered, n) for n in range(len(offered) + 1)))
    else:
        yield from (frozenset([option]) for option in offered)


def named(*whens: When) -> frozenset[str]:
    """The questions that conditions name."""
    return frozenset(name for when in whens for item in when for name in item)


def possible(record: PolicyBuilder, *whens: When) -> bool:
    """Whether some answers fulfil all the conditions at once."""
    return any(all(holds(when, answers) for when in whens) for answers in every(record, named(*whens)))
