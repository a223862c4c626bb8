"""What may carry a “must”: no clause's legal ground, and no recommendation that the law requires, rests on law known only second-hand."""

from __future__ import annotations

from collections.abc import Iterable

from hooks.core.problems import Problem
from hooks.linking.model import Draft, Recommendation
from hooks.series.model import Series
from hooks.series.records import Authority

LAW = "law:"


def check_grounds(drafts: Iterable[Draft], series: Series) -> list[Problem]:
    """A problem for each clause or recommendation of `drafts` and each authority that it may not rest on.

    A clause rests on every authority of its `ground:`. A recommendation of the strength `law-requires` rests on every
    authority of its evidence. One that says no strength rests on its law only if all that controls there is known second-hand;
    the other strengths promise less, and may lean on a report.
    """
    problems = []
    for draft in drafts:
        for clause in draft.clauses:
            for authority in second_hand(clause.ground, series):
                remedy = f"{_read_it(authority, series)}, or take it out of `ground:`."
                problems.append(_problem(draft, "clause", clause.id, authority, remedy))
        for item in draft.recommendations:
            for authority in _weak(item, series):
                otherwise = "lower the strength" if item.strength else "give evidence that was read, or say its strength (law-points, practice, judgment)"
                problems.append(_problem(draft, "recommendation", item.id, authority, f"{_read_it(authority, series)}, or {otherwise}."))
    return problems


def _weak(item: Recommendation, series: Series) -> list[Authority]:
    weak = second_hand(item.evidence, series)
    if item.strength:
        return weak if item.strength == "law-requires" else []
    return weak if len(weak) == len(_controlling(item.evidence, series)) else []


def _controlling(references: Iterable[str], series: Series) -> list[Authority]:
    named = (series.authority.get(reference.removeprefix(LAW)) for reference in references if reference.startswith(LAW))
    return [authority for authority in named if authority is not None and authority.status == "controlling"]


def second_hand(references: Iterable[str], series: Series) -> list[Authority]:
    """The controlling authorities among them that are known only second-hand."""
    return [authority for authority in _controlling(references, series) if authority.read == "second-hand"]


def _problem(draft: Draft, kind: str, id_: str, authority: Authority, remedy: str) -> Problem:
    message = f"The {kind} {id_} rests on {authority.short} ({LAW}{authority.id}), which controls and is known only second-hand."
    return draft.page.problem("second-hand", f"/// {kind} | {id_}", message, remedy)


def _read_it(authority: Authority, series: Series) -> str:
    path, line = series.places[f"{LAW}{authority.id}"]
    return f"Read its text and say so in `read:` ({path}:{line})"
