"""The clauses of the series as the policy builder takes them: in the order of the policy, taken apart, their blanks found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from hooks.builder.check import is_current
from hooks.builder.fields import Filled, find_fields
from hooks.builder.load import Builder
from hooks.builder.passages import Block, UnknownElement, blocks_of, mark_part
from hooks.builder.records import Placed, PolicyBuilder
from hooks.pages.model import Clause
from hooks.pages.tree import HtmlElement
from hooks.problems import Problem
from hooks.series import vocabulary as words

TOPICS = {**words.ELEMENTS, **words.THEMES}


@dataclass(frozen=True)
class Texts:
    """`placed`: the entries with their clauses, in the order of the policy; `blocks`: the texts by clause; `filled`: the blanks."""

    placed: tuple[tuple[Placed, Clause], ...]
    blocks: Mapping[str, list[Block]]
    filled: Filled


def take_apart(
    builder: Builder, clauses: Iterable[Clause], tree: Callable[[Clause], HtmlElement], base: Callable[[Clause], str]
) -> tuple[dict[str, list[Block]], list[Problem]]:
    """The blocks of every clause by id, and a problem for each that a policy cannot hold. `tree` gives its text, `base` where its links start."""
    blocks: dict[str, list[Block]] = {}
    problems: list[Problem] = []
    for clause in clauses:
        try:
            blocks[clause.id] = blocks_of(tree(clause), base(clause))
        except UnknownElement as error:
            at = next((("clauses", i) for i, item in enumerate(builder.record.clauses) if item.clause == clause.id), ("clauses",))
            message = f"The clause “{clause.id}” holds <{error}>, which the policy builder cannot set."
            problems.append(builder.problem(at, message, "Use paragraphs and lists in clauses."))
    return blocks, problems


def mark_parts(record: PolicyBuilder, blocks: Mapping[str, list[Block]]) -> None:
    """Give each conditional passage its index, in place. A passage that is not there was reported by `check_builder`."""
    for item in record.clauses:
        for index, part in enumerate(item.parts):
            if item.clause in blocks:
                mark_part(blocks[item.clause], part.text, index)


def arrange(record: PolicyBuilder, clauses: Mapping[str, Clause], blocks: Mapping[str, list[Block]]) -> Texts:
    """The offered clauses by element, then theme, and within these in the order of the file.

    A clause of a publication that is no longer in force is left out.
    """
    order = list(TOPICS)
    there = [(item, clauses[item.clause]) for item in record.clauses if item.clause in blocks and is_current(clauses[item.clause])]
    there.sort(key=lambda pair: order.index(pair[1].element))
    filled = find_fields(record, [(clause.id, blocks[clause.id]) for _, clause in there])
    return Texts(tuple(there), blocks, filled)


def decides(record: PolicyBuilder, texts: Texts) -> Mapping[str, list[str]]:
    """The clauses that each question bears on, by their presence, a passage or a blank, in the order of the policy."""
    found: dict[str, set[str]] = {question.id: set() for question in record.questions}
    whens = [(when, (item.clause,)) for item, _ in texts.placed for when in (item.when, *(part.when for part in item.parts))]
    whens += [(fill.when, tuple(texts.filled.fields[fill.blank].places)) for fill in record.fills if fill.blank in texts.filled.fields]
    for when, ids in whens:
        for alternative in when:
            for name in alternative:
                found[name] |= set(ids)
    return {name: [clause.id for _, clause in texts.placed if clause.id in ids] for name, ids in found.items()}
