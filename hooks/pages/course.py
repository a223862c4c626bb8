"""Completing the pages of the course: a module's objectives, scenarios, exercises and handout, and the slides."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hooks.pages.blanks import mark_blanks
from hooks.pages.course_checks import complete_check
from hooks.pages.course_parts import ONLY_IN_MODULES, misplaced, refuse, scenario, take_options
from hooks.pages.locate import heading
from hooks.pages.model import Draft, Practice
from hooks.pages.slides import expand_slides
from hooks.pages.tree import E, HtmlElement, append, element, inner_html, text_of, with_class
from hooks.problems import suggestion
from hooks.series.model import Publication, Series

_SECTIONS = ("before", "lesson", "exercises", "check", "handout", "facilitators", "related")
_LINES = range(1, 41)


def expand_course(draft: Draft, series: Series) -> None:
    """Complete what `draft` holds of the course, in place; a block that stands on the wrong page is a problem."""
    if draft.page.path in series.unread:
        return
    if draft.page.path in series.slides_by_path:
        expand_slides(draft, series.slides_by_path[draft.page.path])
        return
    owner = draft.owner
    if not isinstance(owner, Publication) or owner.kind != "course-module":
        for name in (*ONLY_IN_MODULES, "scenario", "notes"):
            misplaced(draft, name, "a course module (docs/course/)" if name != "notes" else "slides (docs/course/slides/)")
        return
    misplaced(draft, "notes", "slides (docs/course/slides/)")
    _names(draft)
    for number, node in enumerate(list(with_class(draft.tree, "scenario")), 1):
        scenario(draft, node, f"Example {owner.number}.{number}")
    for number, node in enumerate(list(with_class(draft.tree, "exercise")), 1):
        _exercise(draft, node, owner, f"Exercise {owner.number}.{number}")
    for node in list(with_class(draft.tree, "space")):
        if node.get("data-options"):
            misplaced(draft, "space", "an exercise", node)
    for number, node in enumerate(list(with_class(draft.tree, "check")), 1):
        practice = complete_check(draft, node, owner, number)
        if practice:
            draft.practices.append(practice)
    _handout(draft)
    _structure(draft, owner)
    _practised(draft, owner)
    draft.tree.insert(0, _objectives(owner, series, draft.practices))


def _names(draft: Draft) -> None:
    """Two blocks of one kind do not share a name; the second gets another id, so that it is reported once."""
    for kind in ("scenario", "exercise", "space", "check"):
        seen: dict[str, int] = {}
        for node in with_class(draft.tree, kind):
            name = node.get("data-name", "")
            seen[name] = seen.get(name, 0) + 1
            if name and seen[name] > 1:
                message = f"There is another {kind} “{name}” in this module."
                draft.problems.append(draft.page.problem("id", f"/// {kind} | {name}", message, "Give one of them another id.", nth=seen[name] - 1))
                node.set("id", f"{kind}-{name}-{seen[name]}")
                node.set("data-name", f"{name}-{seen[name]}")


def _exercise(draft: Draft, node: HtmlElement, module: Publication, label: str) -> None:
    name, options = node.get("data-name", ""), take_options(node)
    title, part, minutes = str(options.get("title") or ""), str(options.get("part") or ""), options.get("minutes")
    missing = "an id" if not name else next((f"“{key}:”" for key in ("title", "minutes", "objectives", "part") if not options.get(key)), "")
    if missing:
        remedy = "An exercise has an id, title:, minutes:, objectives: and part:, the last four indented by four spaces."
        refuse(draft, "exercise", name, f"The exercise “{name}” lacks {missing}." if name else f"An exercise lacks {missing}.", remedy)
    if minutes and (not isinstance(minutes, int) or isinstance(minutes, bool) or not 1 <= minutes <= module.front.minutes):
        message = f"The exercise “{name}” takes “{minutes}” minutes; the module has {module.front.minutes}."
        draft.report("module", f"minutes: {minutes}", message, "Write a whole number of minutes that fits.")
        minutes = 0
    if not text_of(node):
        refuse(draft, "exercise", name, f"The exercise “{name}” says nothing to do.", "Write what to do, in numbered steps.")
    objectives = known_objectives(draft, module, options.get("objectives"), f"exercise “{name}”")
    for space in list(with_class(node, "space")):
        _space(draft, space)
    mark_blanks(node)
    body = inner_html(node)
    after = options.get("after", False)
    if not isinstance(after, bool):
        refuse(draft, "exercise", name, f"The exercise “{name}” has “after: {after}”.", "Write “after: true” if it is done after the session, or leave it out.")
    facts = element("p", "exercise__facts", f"{minutes or 0} minutes{', after the session' if after is True else ''} · ")
    for index, id_ in enumerate(objectives):
        append(facts, ", " if index else "")
        append(facts, element("a", "", f"Objective {_number(module, id_)}", href=f"#objective-{id_}"))
    append(facts, f" · For your draft: {part}")
    node.insert(0, element("h3", "", f"{label}. {title}", id_=f"exercise-{name}-title"))
    node.insert(1, facts)
    node.set("aria-labelledby", f"exercise-{name}-title")
    id_ = f"exercise-{name}"
    draft.practices.append(Practice("exercise", id_, label, title, minutes or 0, objectives, part, body, module, f"{draft.page.url}#{id_}", after is True))


def _space(draft: Draft, node: HtmlElement) -> None:
    name, options = node.get("data-name", ""), take_options(node)
    label, lines = str(options.get("label") or ""), options.get("lines")
    if not name or not label:
        refuse(draft, "space", name, f"A space lacks {'an id' if not name else '“label:”'}.", "Write “/// space | id”, “lines: 4” and “label: …”.")
    if not isinstance(lines, int) or lines not in _LINES:
        refuse(draft, "space", name, f"The space “{name}” has “{lines}” lines.", f"Write “lines:” with a number from 1 to {_LINES[-1]}.")
        lines = 1
    node.insert(0, element("p", "space__label", label))
    node.extend(element("div", "space__line") for _ in range(lines))


def known_objectives(draft: Draft, module: Publication, given: object, what: str) -> tuple[str, ...]:
    """Those of the objectives named that the module has; the others are problems."""
    known = [item.id for item in module.front.objectives]
    names = given if isinstance(given, list) else [given] if given else []
    for name in names:
        if name not in known:
            message = f"The {what} names an objective that this module does not have: “{name}”."
            place = re.compile(rf"^\s+objectives?:.*(?<![\w-]){re.escape(str(name))}(?![\w-])")
            draft.report("module", place, message, suggestion(str(name), known, f"It has: {', '.join(known)}."))
    return tuple(str(name) for name in names if name in known)


def _number(module: Publication, objective: str) -> int:
    return [item.id for item in module.front.objectives].index(objective) + 1


def _handout(draft: Draft) -> None:
    found = [node for node in with_class(draft.tree, "handout") if node.get("data-options") is not None]
    for node in found:
        take_options(node)
    for _ in found[1:]:
        refuse(draft, "handout", "", "A module has one handout, and this is another.", "Put both in one block; it prints on one page.")
    if not found or not text_of(found[0]):
        draft.report("module", heading("Handout"), "This module has no handout.", "Write a “/// handout” block below its heading.")


def _structure(draft: Draft, module: Publication) -> None:
    """The parts that every module has, and whether its times add up."""
    places = {node.get("id"): node for node in draft.tree.iter("h2") if node.get("id")}
    for id_ in _SECTIONS:
        if id_ not in places:
            draft.problems.append(draft.page.problem("module", None, f"This module has no section “#{id_}”.", f"Add “## … {{#{id_}}}”."))
    if "check" in places:
        private = element("span", "web-only", " Nothing that you choose is stored or sent.")
        note = element("p", "check__note", "Posts and comments quoted here were written for this course.", private)
        places["check"].addnext(note)
    spent = sum(item.minutes for item in draft.practices if not item.after)
    if spent > module.front.minutes:
        message = f"The exercises take {spent} minutes, the module {module.front.minutes}."
        draft.problems.append(draft.page.problem("module", f"minutes: {module.front.minutes}", message, "Shorten an exercise, or give the module more time."))
    for figure in draft.tree.iter("figure"):
        if figure.get("data-name") == "timing":
            _timing(draft, figure, module)


def _timing(draft: Draft, figure: HtmlElement, module: Publication) -> None:
    rows = [list(row) for row in figure.iter("tr")]
    column = next((i for i, cell in enumerate(rows[0]) if re.search(r"\bmin", text_of(cell), re.IGNORECASE)), None) if rows else None
    if column is None:
        draft.report("module", "/// table-caption | timing", "The timing table has no column of minutes.", "Call one column “Minutes”.")
        return
    cells = [text_of(row[column]) for row in rows[1:] if len(row) > column and not re.match(r"total\b", text_of(row[0]), re.IGNORECASE)]
    total = sum(int(found[0]) for cell in cells if (found := re.match(r"\d+", cell)))
    if total != module.front.minutes:
        message = f"The timing table adds up to {total} minutes, the module takes {module.front.minutes}."
        draft.report("module", "/// table-caption | timing", message, "Make the two the same.")


def _practised(draft: Draft, module: Publication) -> None:
    named = {id_ for item in draft.practices for id_ in item.objectives}
    for objective in module.front.objectives:
        if objective.id not in named:
            message = f"No exercise and no self-check practices the objective “{objective.id}”."
            draft.problems.append(draft.page.problem("objective", f"id: {objective.id}", message, "Name it in one, or take it out."))


def _objectives(module: Publication, series: Series, practices: Sequence[Practice]) -> HtmlElement:
    """What a participant will be able to do, each with the recommendations that this practises; and what there is to take along."""
    later = sum(item.minutes for item in practices if item.after)
    section = element("section", "objectives", id_="objectives", aria_labelledby="objectives-title")
    section.append(element("h2", "", "What you will be able to do", id_="objectives-title"))
    items = element("ol", "objectives__list")
    for objective in module.front.objectives:
        line = element("p", "objectives__practises", "Practices ", data_relation="practises")
        for index, id_ in enumerate(objective.practises):
            append(line, ", " if index else "")
            append(line, element("a", "", href=f"rec:{id_}"))
        items.append(element("li", "", E.P(objective.text), line, id_=f"objective-{objective.id}"))
    section.append(items)
    own = f", and about {later} of your own afterward" if later else ""
    time = element("p", "objectives__time", f"Time in a class: {module.front.minutes} minutes{own}.")
    section.append(time)
    files = element("ul", "edition-links web-only")
    if any(item.module is module for item in series.slides):
        time.append(element("span", "web-only", " ", element("a", "", "Slides as a page, with notes", href="slides/"), "."))
        files.append(E.LI(element("a", "", "Slides", href=f"{module.slug}-slides.pdf")))
    files.append(E.LI(element("a", "", "Handout", href=f"{module.slug}-handout.pdf")))
    section.append(files)
    return section


