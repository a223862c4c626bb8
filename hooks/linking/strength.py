"""The strength of a recommendation: its mark, and what it must rest on."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from hooks.core.problems import Problem, following
from hooks.core.tree import E, HtmlElement, element
from hooks.linking.caveats import mark_id, slugs_in
from hooks.linking.model import Draft
from hooks.series.model import Series
from hooks.series.records import Authority
from hooks.series.vocabulary import STRENGTH_MEANINGS, STRENGTHS

STRENGTH = "strength"
LAW, CASE = "law:", "case:"
_NO_LAW = frozenset({"vacated", "superseded", "proposed"})
"""How an authority stands that is not, or not yet, or no longer, law."""


def strength_mark(slug: str) -> HtmlElement:
    """The strength as it is printed: a link to the key at the end of the page."""
    return element("a", f"{STRENGTH} {STRENGTH}--{slug}", STRENGTHS[slug], href=f"#{mark_id(slug)}", data_preview=f"{STRENGTH}:{slug}")


def strengths_in(tree: HtmlElement) -> list[str]:
    """The strengths that stand in `tree`, in the order of the vocabulary."""
    return slugs_in(STRENGTH, STRENGTHS, tree)


def strength_preview(slug: str) -> HtmlElement:
    """What a strength means, as a preview shows it."""
    return E.DIV(element("p", "preview__label", STRENGTHS[slug]), element("p", "preview__text", STRENGTH_MEANINGS[slug]))


def check_strengths(drafts: Iterable[Draft], series: Series) -> list[Problem]:
    """A problem for each recommendation of `drafts` whose evidence does not carry its strength, and one for each publication in
    which some say none; of a draft's, a note."""
    problems = []
    for draft in drafts:
        for item in draft.recommendations:
            # Without evidence it is reported already, or all of it was withdrawn.
            if not item.strength or not item.evidence:
                continue
            missing = lack(item.strength, item.evidence, series)
            if missing:
                message = f"The recommendation {item.id} says “{item.strength}”, but its evidence has {missing[0]}."
                found = [draft.page.problem("recommendation", f"/// recommendation | {item.id}", message, missing[1])]
                problems += following(found, unknown_law(item.evidence, series))
        problems += _unsaid(draft)
    return problems


def lack(strength: str, evidence: Collection[str], series: Series) -> tuple[str, str] | None:
    """What the evidence of a recommendation or an answer lacks for its strength, and what to do; None if nothing."""
    law = _authorities(evidence, series)
    if strength == "law-requires" and not any(a.status == "controlling" and a.read != "second-hand" for a in law):
        return "no controlling authority that was read", "Name the one that requires it, or lower the strength to law-points."
    if strength == "law-points" and not any(a.status not in _NO_LAW for a in law):
        return "no law that is in force", "Name the authority that points this way, or say practice or judgment."
    if strength == "practice" and all(e.startswith(LAW) for e in evidence) and not any(a.status == "advisory" for a in law):
        return "no citation, case or advisory authority", "Name who does it or advises it, or say law-points or judgment."
    return None


def _authorities(evidence: Iterable[str], series: Series) -> list[Authority]:
    named = (series.authority.get(reference.removeprefix(LAW)) for reference in evidence if reference.startswith(LAW))
    return [authority for authority in named if authority is not None]


def law_as_of(evidence: Iterable[str], series: Series) -> date | None:
    """The earliest day as of which the law among the evidence holds: what rests on it is no newer. None where it names no law."""
    return min((authority.as_of for authority in _authorities(evidence, series)), default=None)


def unknown_law(evidence: Iterable[str], series: Series) -> bool:
    """Whether an authority of the evidence is not there, which is told where it is named: with it, nothing may be lacking."""
    return any(reference.startswith(LAW) and reference.removeprefix(LAW) not in series.authority for reference in evidence)


def _unsaid(draft: Draft) -> list[Problem]:
    unsaid = [item for item in draft.recommendations if not item.strength and f"strength:{item.id}" not in draft.unread]
    if not unsaid or unsaid[0].publication.retired:
        return []
    rule = "draft" if unsaid[0].publication.draft else "strength"
    one = len(unsaid) == 1
    message = f"{'A recommendation says' if one else f'{len(unsaid)} recommendations say'} no strength: {', '.join(item.id for item in unsaid)}."
    remedy = f"Add “strength:” with one of {', '.join(STRENGTHS)} under {'its first line' if one else 'the first line of each'}."
    return [draft.page.problem(rule, f"/// recommendation | {unsaid[0].id}", message, remedy)]
