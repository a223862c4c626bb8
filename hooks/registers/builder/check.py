"""Whether the policy builder's file fits the clauses of the series: every clause placed, every passage there, nothing out of reach."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from itertools import chain, combinations
from types import MappingProxyType

from hooks.core.problems import Problem, nearest, suggestion
from hooks.linking.model import Clause
from hooks.registers.builder.clauses import Block, clause_of, mark, paper_key, plain, settled, short_of, texts_of
from hooks.series.load_policy_builder import SOURCE, Builder
from hooks.series.policy_builder import (
    FORM,
    FULL,
    RULE,
    SHORT,
    Added,
    Blank,
    CrossReference,
    NotOffered,
    Paper,
    Part,
    Placed,
    PolicyBuilder,
    Question,
    When,
    as_printed,
    same_words,
)

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


def check_builder(
    builder: Builder, clauses: Mapping[str, Clause], blocks: Mapping[str, list[Block]], sheets: Mapping[str, str] = MappingProxyType({})
) -> list[Problem]:
    """What is wrong with the file, given the clauses by id and their texts. `blocks` get the marks of their conditional passages.

    `sheets` has the words of each sector's sheet by its slug: what a clause gains for a kind of body stands there.
    """
    if builder.record is None:
        return []
    builder = replace(builder, record=settled(builder.known, clauses))
    return [
        *_places(builder, clauses),
        *_retired(builder, clauses),
        *_parts(builder, blocks),
        *_added(builder, sheets),
        *_blanks(builder, blocks),
        *_references(builder, clauses, blocks),
        *_out_of_reach(builder),
    ]


def _places(builder: Builder, clauses: Mapping[str, Clause]) -> Iterator[Problem]:
    record = builder.known
    first: dict[str, str] = {}
    both: tuple[tuple[str, tuple[Placed | NotOffered, ...]], ...] = (("clauses", record.clauses), ("never", record.never))
    for name, items in both:
        for i, item in enumerate(items):
            at = (name, i, "clause")
            if item.clause not in clauses:
                yield builder.problem(at, f"There is no clause “{item.clause}”.", suggestion(item.clause, clauses, "Take the entry out."))
            elif item.clause in first:
                where = "already placed" if first[item.clause] == name else f"also listed under `{first[item.clause]}`"
                yield builder.problem(at, f"The clause “{item.clause}” is {where}.", "Keep one of the two entries.")
            first.setdefault(item.clause, name)
    for id_, clause in clauses.items():
        message = f"The clause “{id_}” ({clause.label}) is neither placed nor listed as never offered."
        if id_ not in first and clause.publication.in_force:
            yield builder.problem(("clauses",), message, "Place it under `clauses:`, or list it under `never:` with the reason.")
        elif id_ not in first and clause.publication.draft:
            remedy = f"Place it under `clauses:` of {SOURCE}, or list it under `never:` with the reason."
            yield Problem("draft", clause.publication.path, None, message, remedy)


def _retired(builder: Builder, clauses: Mapping[str, Clause]) -> Iterator[Problem]:
    """Entries for clauses whose publication was superseded or withdrawn: they are left out, which is no mistake."""
    for i, item in enumerate(builder.known.clauses):
        clause = clauses.get(item.clause)
        if clause is not None and clause.publication.retired:
            message = f"The clause “{item.clause}” is left out of every draft: {clause.publication.label} was {clause.publication.mark}."
            place = builder.problem(("clauses", i, "clause"), message, "Take the entry out when you next revise this file.")
            yield replace(place, rule="retired")


def _parts(builder: Builder, blocks: Mapping[str, list[Block]]) -> Iterator[Problem]:
    """Marks the passages, in place. One that stands neither in the long nor in the short form is a problem."""
    both: tuple[tuple[str, tuple[Placed | Paper, ...]], ...] = (("clauses", builder.known.clauses), ("papers", builder.known.papers))
    for name, items in both:
        for i, placed in enumerate(items):
            keys = next(keys for keys, item in texts_of(builder.known) if item is placed)
            there = [key for key in keys if key in blocks]
            if isinstance(placed, Paper) and not there:
                known = [key for key in blocks if key.startswith(paper_key(""))]
                remedy = suggestion(paper_key(placed.letter), known, "Write the slug of an action sheet, # and the id of its letter.")
                yield builder.problem((name, i, "letter"), f"There is no letter “{placed.letter}”.", remedy)
            for j, part in enumerate(placed.passages):
                if not there or any([mark(blocks[key], part, j) for key in there]):
                    continue
                if isinstance(part, Added):
                    message = f"The clause “{keys[0]}” has no passage “{part.after}” that words could follow."
                    yield builder.problem((name, i, "adds", j - len(placed.parts), "after"), message, "Copy it from the brief, word for word, between blanks.")
                    continue
                texts = [plain(block) for key in there for block in blocks[key]]
                sentences = {f"{sentence.strip().rstrip('.')}." for text in texts for sentence in text.split(". ") if sentence.strip()}
                close = nearest(part.text, {sentence.lower(): sentence for sentence in sentences})
                remedy = f"The nearest sentence is “{close}”" if close else "Copy the passage from the brief, word for word."
                what = f"letter “{placed.letter}”" if isinstance(placed, Paper) else f"clause “{placed.clause}”"
                yield builder.problem((name, i, "parts", j, "text"), f"The {what} has no passage “{part.text}”", remedy)


def _added(builder: Builder, sheets: Mapping[str, str]) -> Iterator[Problem]:
    """What is to be added to a clause and does not stand on the sheet that is named for it."""
    for i, placed in enumerate(builder.known.clauses):
        for j, added in enumerate(placed.adds):
            if added.sheet not in sheets:
                yield builder.problem(("clauses", i, "adds", j, "sheet"), f"There is no sector “{added.sheet}”.", suggestion(added.sheet, sheets))
            elif as_printed(added.text) not in sheets[added.sheet]:
                message = f"The sheet “{added.sheet}” does not say “{added.text}”"
                yield builder.problem(("clauses", i, "adds", j, "text"), message, "Copy the words from its list of clauses.")


def _blanks(builder: Builder, blocks: Mapping[str, list[Block]]) -> Iterator[Problem]:
    """Entries for blanks that no clause has, or not the clause that is named."""
    found: dict[str, set[str]] = {}
    for id_, texts in blocks.items():
        for block in texts:
            for run in block.runs:
                if run.blank:
                    found.setdefault(same_words(run.text), set()).add(clause_of(id_))
    both: tuple[tuple[str, tuple[Blank | CrossReference, ...]], ...] = (("blanks", builder.known.blanks), ("references", builder.known.references))
    for name, items in both:
        for i, item in enumerate(items):
            words = same_words(item.words)
            if words not in found:
                yield builder.problem((name, i, "words"), f"No clause has a blank “[{item.words}]”.", suggestion(words, found, "Take the entry out."))
                continue
            for clause in getattr(item, "clauses", ()):
                if clause not in found[words]:
                    remedy = suggestion(clause, found[words], f"It stands in: {', '.join(sorted(found[words]))}.")
                    yield builder.problem((name, i, "clauses"), f"The clause “{clause}” has no blank “[{item.words}]”.", remedy)


def _references(builder: Builder, clauses: Mapping[str, Clause], blocks: Mapping[str, list[Block]]) -> Iterator[Problem]:
    """Cross-references to unknown clauses, or that could stand in a policy without any of the clauses that they name."""
    record = builder.known
    placed = {item.clause: item for item in record.clauses}
    for i, reference in enumerate(record.references):
        unknown = [id_ for id_ in reference.to if id_ not in clauses]
        for id_ in unknown:
            yield builder.problem(("references", i, "to"), f"There is no clause “{id_}”.", suggestion(id_, clauses, "Take the name out."))
        if unknown:
            continue
        targets = [placed[id_] for id_ in reference.to if id_ in placed and clauses[id_].publication.in_force]
        gone = [id_ for id_ in reference.to if clauses[id_].publication.retired]
        for item in record.clauses:
            if item.clause in clauses and clauses[item.clause].publication.retired:
                continue
            there = [(part, form) for key, form in _texts(record, item) for part in _parts_with(blocks.get(key, []), reference.words)]
            for part, form in there:
                if _can_dangle(builder, item, part, form, targets):
                    names = ", ".join(reference.to)
                    message = f"The clause “{item.clause}” can stand in a policy that has none of {names}, to which its “[{reference.words}]” refers."
                    problem = builder.problem(("references", i), message, "Give the two clauses one condition, or the sentence one of its own under `parts:`.")
                    # A retirement is not held up by what it leaves behind: the blank then stands in the draft as it is in the brief.
                    yield replace(problem, rule="retired") if gone else problem


def _parts_with(blocks: list[Block], words: str) -> set[int]:
    """The passages, -1 for the clause as a whole, in which the blank stands."""
    return {run.part for block in blocks for run in block.runs if run.blank and same_words(run.text) == same_words(words)}


def _texts(record: PolicyBuilder, item: Placed) -> Iterator[tuple[str, When]]:
    """The keys of a clause's texts, each with the forms of policy that take it."""
    if not any(question.id == FORM for question in record.questions):
        yield item.clause, ()
        return
    yield item.clause, ({FORM: (FULL, RULE)},)
    yield short_of(item.clause), ({FORM: (SHORT,)},)


def _can_dangle(builder: Builder, item: Placed, part: int, form: When, targets: list[Placed]) -> bool:
    own = (item.when, item.passages[part].when, form) if part >= 0 else (item.when, form)
    goals = [target.when for target in targets]
    return any(
        all(holds(when, answers) for when in own) and not any(holds(when, answers) for when in goals)
        for answers in every(builder.known, named(*own, *goals))
    )


def _out_of_reach(builder: Builder) -> Iterator[Problem]:
    """Conditions that no answers fulfil."""
    record = builder.known
    for i, question in enumerate(record.questions):
        for j, option in enumerate(question.options):
            if not possible(record, question.when, option.when):
                yield builder.problem(("questions", i, "options", j), f"No answers lead to the option “{option.id}” of “{question.id}”.", "Change its `when:`.")
    for i, placed in enumerate(record.clauses):
        if not possible(record, placed.when):
            yield builder.problem(("clauses", i), f"No answers bring the clause “{placed.clause}”.", "Change its `when:`, or list it under `never:`.")
            continue
        both: tuple[tuple[str, tuple[Part | Added, ...]], ...] = (("parts", placed.parts), ("adds", placed.adds))
        for name, passages in both:
            for j, part in enumerate(passages):
                if not possible(record, placed.when, part.when):
                    message = f"No answers bring this passage of “{placed.clause}”."
                    yield builder.problem(("clauses", i, name, j), message, "Its condition and that of the clause exclude each other.")
    for i, fill in enumerate(record.fills):
        for _, when in fill.each():
            if not possible(record, when):
                yield builder.problem(("fills", i), "No answers fulfil this condition.", "Change its `when:`, or take the entry out.")
    for i, note in enumerate(record.notes):
        if not possible(record, note.when):
            yield builder.problem(("notes", i), "No answers fulfil this condition.", "Change its `when:`, or take the entry out.")
