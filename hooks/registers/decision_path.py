"""A decision path as a page: every question and outcome a section, every answer a link to the next.

That page is complete. `assets/decision-path.js` shows one section at a time and keeps the answers given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from hooks.core.tree import HtmlElement, append, element, long_date
from hooks.linking.labels import evidence_mark, overdue_note, standing
from hooks.linking.links import is_reference
from hooks.series.model import Series
from hooks.series.records import Authority
from hooks.series.tools import DecisionPath, Outcome, Question


def decision_path(path: DecisionPath, series: Series, today: date, is_bad: Callable[..., bool]) -> HtmlElement:
    """The whole path: the state of its law, its questions from the first on, its outcomes.

    `is_bad(*at)`: whether the reference at that place of the file leads nowhere; it is left out.
    """
    evidence = {
        outcome.id: [item for k, item in enumerate(outcome.evidence) if not is_bad("outcomes", n, "evidence", k)]
        for n, outcome in enumerate(path.outcomes)
    }
    places = _places(path)
    authorities = {name: series.authority[name] for items in evidence.values() for name in _law(items)}
    root = element("div", "path", id_="decision-path", data_start=f"q-{path.start}")
    root.append(state_of_law(list(authorities.values()), today))
    ordered = sorted(path.questions, key=lambda item: places[item.id][0] != f"q-{path.start}")
    questions = element("div", "path__group", element("h2", "", "The questions", id_="questions"))
    questions.extend(_question(item, places) for item in ordered)
    outcomes = element("div", "path__group", element("h2", "", "What to do", id_="outcomes"))
    outcomes.extend(_outcome(item, evidence[item.id], places, authorities, today) for item in path.outcomes)
    root.extend([questions, outcomes])
    return root


def _places(path: DecisionPath) -> dict[str, tuple[str, str]]:
    """Id of a question or outcome → (id of its section, how it is called in print)."""
    ordered = sorted(path.questions, key=lambda item: item.id != path.start)
    found = {item.id: (f"q-{item.id}", f"Question {number}") for number, item in enumerate(ordered, 1)}
    return found | {item.id: (f"do-{item.id}", f"Outcome {number}") for number, item in enumerate(path.outcomes, 1)}


def _law(evidence: Iterable[str]) -> list[str]:
    return [item.removeprefix("law:") for item in evidence if item.startswith("law:")]


def state_of_law(authorities: list[Authority], today: date, where: str = "Each outcome") -> HtmlElement:
    """Since when the law of the whole path holds: the earliest date of any authority. Those past their review are named."""
    box = element("div", "path__law callout callout--law")
    if not authorities:
        return box
    days = sorted({item.as_of for item in authorities})
    as_of = long_date(days[0]) if len(days) == 1 else f"{long_date(days[0])} to {long_date(days[-1])}"
    box.append(element("p", "callout__label", f"Law as of {as_of} · next review {long_date(min(item.review_by for item in authorities))}"))
    counts = [sum(item.status == status for item in authorities) for status in ("controlling", "persuasive")]
    rest = len(authorities) - sum(counts)
    text = f"Of the {len(authorities)} authorities named below, {counts[0]} control in New York, each for those it binds, {counts[1]} only persuade"
    text += f", and {rest} advise or stand otherwise. " if rest else ". "
    box.append(element("p", "", text + f"{where} says which, and what is unsettled."))
    overdue = [item for item in authorities if today > item.review_by]
    if overdue:
        box.append(element("p", "callout__overdue", f"{len(overdue)} of them {'is' if len(overdue) == 1 else 'are'} past the review date, and marked below."))
    return box


def _section(kind: str, id_: str, label: str, title: str) -> HtmlElement:
    # Without a name of its own: a page of forty landmarks would have none.
    heading = element("h3", "path__title", title, id_=f"{id_}-title")
    return element("section", f"path__step path__step--{kind}", element("p", "path__label", label), heading, id_=id_)


def _question(item: Question, places: dict[str, tuple[str, str]]) -> HtmlElement:
    section = _section("question", *places[item.id], item.question)
    if item.help:
        section.append(element("p", "path__help", item.help))
    answers = element("ul", "path__answers")
    for answer in item.answers:
        target, name = places[answer.next]
        link = element("a", "path__answer", answer.answer, href=f"#{target}", data_answer=answer.id)
        link.append(element("span", "path__to", f" Go to {name[0].lower()}{name[1:]}"))
        answers.append(element("li", "", link))
    section.append(answers)
    return section


def _outcome(item: Outcome, evidence: list[str], places: dict[str, tuple[str, str]], authorities: dict[str, Authority], today: date) -> HtmlElement:
    section = _section("outcome", *places[item.id], item.title)
    for label, lines in (("Do", item.do), ("Do not", item.do_not), ("Keep", item.keep)):
        if lines:
            section.append(element("h4", "", label))
            section.append(element("ul", "", *(element("li", "", line) for line in lines)))
    section.extend([element("h4", "", "Who decides"), element("p", "", item.decides)])
    for label, text in (("Whom the law binds", item.binds), ("Unsettled", item.unsettled)):
        if text:
            section.extend([element("h4", "", label), element("p", "", text)])
    names = _law(evidence)
    if names:
        section.append(element("h4", "", "Law"))
        section.append(element("ul", "path__authorities", *(authority_line(authorities[name], today) for name in names)))
    others = [entry for entry in evidence if not entry.startswith("law:")]
    if others:
        line = element("p", "path__evidence")
        for index, entry in enumerate(others):
            append(line, "; " if index else "")
            append(line, element("a", href=entry) if is_reference(entry) else evidence_mark(entry))
        append(line, ".")
        section.extend([element("h4", "", "Why, and how others did it"), line])
    return section


def authority_line(item: Authority, today: date) -> HtmlElement:
    """One authority of a list: its name, how far it binds and was read, as of when, and whether its review is overdue."""
    line = element("li", "", element("a", href=f"law:{item.id}"), f": {standing(item, '; ')}.")
    if item.status_note:
        append(line, f" {item.status_note}")
    overdue = overdue_note(item, today)
    if overdue is not None:
        line.append(overdue)
    return line
