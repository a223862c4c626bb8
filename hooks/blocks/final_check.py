"""The final check of the course: questions over all its modules, each of which tests an objective, and which modules to read again."""

from __future__ import annotations

import json

from hooks.blocks.course import complete_check, misplaced, no_double_names, refuse, take_options
from hooks.core.problems import suggestion
from hooks.core.tree import E, HtmlElement, append, element, with_class
from hooks.linking.model import Draft
from hooks.series.addresses import questions_pdf
from hooks.series.model import Publication, Series

FEWEST = 2
"""Questions on each module at least."""
RESULT = "result"
"""The id of the section in which the build says which questions are on which module."""
_NOTE = "The people, places and posts here were written for the course."
_KEPT = " Nothing that you choose is sent, and nothing is stored unless you ask for it."
_Asked = dict[str, list[tuple[int, str]]]


def expand_final_check(draft: Draft, series: Series) -> None:
    """Complete the final check, in place; all other pages stay as they are."""
    owner = draft.owner
    if not isinstance(owner, Publication) or owner.kind != "course-check" or draft.page.path in series.unread:
        return
    for name in ("exercise", "space", "handout"):
        misplaced(draft, name, "a course module (docs/course/)")
    misplaced(draft, "scenario", "a course module (docs/course/)")
    misplaced(draft, "notes", "slides (docs/course/slides/)")
    no_double_names(draft)
    asked: _Asked = {module.slug: [] for module in series.taught}
    for number, node in enumerate(list(with_class(draft.tree, "check")), 1):
        _question(draft, node, number, series, asked)
    _covered(draft, series, asked)
    _head(draft, owner)
    _result(draft, series, asked)


def _question(draft: Draft, node: HtmlElement, number: int, series: Series, asked: _Asked) -> None:
    name = node.get("data-name", "")
    slug = str(json.loads(node.get("data-options", "{}")).get("module") or "")
    module = next((item for item in series.taught if item.slug == slug), None)
    if module is None:
        take_options(node)
        if slug:
            message, at = f"The question “{name}” is on a module that is not taught: “{slug}”.", f"module: {slug}"
        else:
            message, at = f"The question “{name}” does not say which module it is on.", f"/// check | {name}"
        known = [item.slug for item in series.taught]
        remedy = suggestion(slug, known, f"Add “module:”; there are: {', '.join(known) or 'none yet'}.")
        draft.report("module", at, message, remedy, series.is_unread("module", slug))
        return
    practice = complete_check(draft, node, module, number)
    if practice is None:
        return
    asked[slug].append((number, practice.id))
    node.set("data-module", slug)
    for place, objective in enumerate(module.lesson.objectives, 1):
        if objective.id in practice.objectives:
            link = element("a", "", f"{module.label}, objective {place}", href=f"module:{slug}#objective-{objective.id}")
            line = element("p", "check__tests", "Tests ", link, f": {objective.text}")
            next(with_class(node, "check__answer")).append(line)


def _covered(draft: Draft, series: Series, asked: _Asked) -> None:
    for module in series.taught:
        count = len(asked[module.slug])
        if count < FEWEST:
            said = f"{count or 'no'} question{'' if count == 1 else 's'}"
            message = f"The final check asks {said} on {module.label}, “{module.front.title}”."
            draft.report("module", None, message, f"Write {FEWEST} at least, with “module: {module.slug}”.", bool(draft.problems))


def _head(draft: Draft, owner: Publication) -> None:
    """What the reader is told first, and the questions alone to take along."""
    first = next(with_class(draft.tree, "check"), None)
    if first is None:
        refuse(draft, "check", "", "The final check asks nothing.", "Write “/// check | id”, with “module:”, “objective:” and “answer:”.")
        return
    heads = [node for node in draft.tree if node.tag == "h2" and node.getnext() is not None]
    place = heads[0] if heads and list(draft.tree).index(heads[0]) < list(draft.tree).index(first) else first
    sheet = element("a", "", "Questions without answers", href=questions_pdf(owner).removeprefix(owner.url))
    place.addprevious(element("ul", "edition-links web-only", E.LI(sheet)))
    place.addprevious(element("p", "check__note", _NOTE, element("span", "web-only", _KEPT)))


def _result(draft: Draft, series: Series, asked: _Asked) -> None:
    """The questions on each module, in the section kept for it: assets/final-check.js counts there, a reader on paper by hand."""
    start = next((node for node in draft.tree.iter("h2") if node.get("id") == RESULT), None)
    if start is None:
        draft.report("module", None, f"The final check has no section “#{RESULT}”.", f"Add “## Your result {{#{RESULT}}}” below the questions.")
        return
    last = start
    while (after := last.getnext()) is not None and after.tag not in ("h2", "section"):
        last = after
    rows = []
    for module in series.taught:
        cell = element("td")
        for index, (number, id_) in enumerate(asked[module.slug]):
            append(cell, ", " if index else "")
            cell.append(element("a", "", str(number), href=f"#{id_}"))
        name = element("th", "", element("a", "", f"{module.number}. {module.front.title}", href=f"module:{module.slug}"), scope="row")
        rows.append(element("tr", "", name, cell, element("td", "", f"of {len(asked[module.slug])}"), data_module=module.slug))
    heads = (element("th", "", name, scope="col") for name in ("Module", "Questions", "Right"))
    table = element("table", "", E.THEAD(E.TR(*heads)), E.TBODY(*rows), id_="modules-again")
    last.addnext(table)
