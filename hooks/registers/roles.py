"""Where readers of each role begin: the page of a role, which the build makes from docs/for/roles.yml, and the list of all roles."""

from __future__ import annotations

import json
from collections.abc import Iterator

from hooks.core.problems import Problem, following
from hooks.core.tree import E, HtmlElement, append, element
from hooks.linking.targets import Directory, Unknown
from hooks.registers.register import Register
from hooks.series import kinds
from hooks.series.addresses import PUBLISHING, QUESTIONS
from hooks.series.model import Series
from hooks.series.roles import MOST, Reading, Role

ENTRY = "role/"
"""What the listing of one role is called, before its id: `/// listing | role/clerk`."""
_SCHEMES = (*kinds.SCHEMES, "card", "tool")


def page_source(role: Role) -> str:
    """The page of a role as an author would write it."""
    front = {"title": role.label, "summary": role.sentence}
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in front.items()]
    return "\n".join(["---", *lines, "---", "", f"/// listing | {ENTRY}{role.id}", "///", ""])


def entry(role: Role, register: Register) -> HtmlElement:
    """The three things that the role reads, each with its time and why."""
    steps = element("ol", "register register--reads", *(_reading(reading, register) for reading in role.read))
    series = register.series
    more = (*_also(role, register), *_asked(role, series), *_ready(role, series), *_hosting(role), *_onward(series))
    return E.DIV(element("h2", "", "Read these three, in this order", id_="read"), steps, *more)


def _reading(reading: Reading, register: Register) -> HtmlElement:
    """One thing to read, with its time and why."""
    # Who may not be referred to is told where the roles are written.
    link = element("p", "register__name", element("a", "", href=reading.to, data_record=""))
    time = register.minutes(reading.to)
    if time:
        append(link, " ")
        link.append(element("span", "register__meta", f"{time} minute{'' if time == 1 else 's'}"))
    return element("li", "", link, E.P(reading.why))


def _also(role: Role, register: Register) -> Iterator[HtmlElement]:
    """What else serves the role, in no order."""
    if role.also:
        yield element("h2", "", "Also for you", id_="also")
        yield element("ul", "register register--reads", *(_reading(reading, register) for reading in role.also))


def _ready(role: Role, series: Series) -> Iterator[HtmlElement]:
    """What is ready to be used and names the role in its front matter: publications that stand alone of their kind, such as the notices."""
    for item in series.publications:
        if item.of_kind.letters_apart and item.of_kind.page and role.id in item.front.roles and item.in_force:
            yield E.P("Ready to use: ", element("a", "", item.full_title, href=f"../../{item.url}"), f". {item.front.question}")


def _hosting(role: Role) -> Iterator[HtmlElement]:
    """Where a role that is asked to publish the site finds how."""
    if role.publishes:
        yield E.P("Asked to put these pages on a host? ", element("a", "", "Publishing", href=f"../../{PUBLISHING}"), " has the steps for each kind of host.")


def _asked(role: Role, series: Series) -> Iterator[HtmlElement]:
    """Some questions that are asked in this role, those that it asks above all others first."""
    there = [[question for question in subject.questions if role.id in question.who] for subject in series.subjects.values() if subject.in_force]
    ranked = [(question.who.index(role.id), at, question) for own in there for at, question in enumerate(own)]
    if ranked:
        # Of each subject one before the second of any.
        first = [question for _, _, question in sorted(ranked, key=lambda item: item[:2])[:MOST]]
        yield element("h2", "", "Questions you may be asked, or ask", id_="asked")
        yield element("ul", "register__rows", *(element("li", "", element("a", "", question.question, href=f"q:{question.id}")) for question in first))


def _onward(series: Series) -> Iterator[HtmlElement]:
    """The way on for a reader whose trouble is none of the three: every action sheet, and a sheet for each kind of agency."""
    folders = (("now", "now", "All action sheets"), ("sector", "sectors", "A sheet for each kind of agency"))
    # A series without such sheets, or without questions, has no page of theirs to lead to.
    links = [element("a", "", label, href=f"../../{folder}/") for scheme, folder, label in folders if series.by_scheme[scheme]]
    links += [element("a", "", "All questions", href=f"../../{QUESTIONS}")] if series.all_questions else []
    if links:
        line = element("p", "", "Something else, or happening now? ")
        for link in links:
            append(line, link)
            append(line, ". ")
        yield line


def roles(register: Register) -> HtmlElement:
    """Every role under the heading of its group."""
    root = element("div", "register register--roles")
    for group in register.series.roles.groups:
        root.append(element("h2", "", group.label))
        rows = (element("li", "", element("p", "register__name", element("a", "", href=f"for:{role.id}")), E.P(role.sentence)) for role in group.roles)
        root.append(element("ul", "register__rows", *rows))
    return root


def check_roles(series: Series, directory: Directory) -> Iterator[Problem]:
    """A problem for each thing that a role is told to read and that is not there, or not fit to be read first; a note for a draft."""
    for role in series.roles.all:
        seen: set[str] = set()
        for number, reading in enumerate((*role.read, *role.also)):
            scheme, colon, _ = reading.to.partition(":")
            if not colon or scheme not in _SCHEMES:
                remedy = f"Write one of {', '.join(f'{name}:…' for name in _SCHEMES)}."
                yield series.roles.problem(role, number, "reference", f"“{reading.to}” is nothing that a role can begin with.", remedy)
                continue
            target = directory.find(reading.to, "")
            if isinstance(target, Unknown):
                yield from following([series.roles.problem(role, number, target.rule, target.message, target.remedy)], target.follows)
            elif target.owner is not None and target.owner.mark:
                message = f"“{reading.to}” leads to {target.owner.label}, which is {'a draft' if target.owner.draft else target.owner.mark}."
                yield series.roles.problem(role, number, "retired", message, "Name something that readers can rely on.")
            if reading.to in seen:
                yield series.roles.problem(role, number, "reference", f"The role “{role.id}” reads “{reading.to}” twice.", "Name each thing once.")
            seen.add(reading.to)

