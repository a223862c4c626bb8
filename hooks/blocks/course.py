"""The blocks and pages of the course: a module's objectives, scenarios, exercises, self-checks and handout, and the pages of exercises
beside the modules."""

from __future__ import annotations

import json
import re
import string
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any, Protocol

from hooks.blocks.blanks import mark_blanks
from hooks.core.locate import heading
from hooks.core.problems import suggestion
from hooks.core.tree import E, HtmlElement, append, element, inner_html, text_of, with_class
from hooks.core.typography import typographic
from hooks.core.urls import relative_url
from hooks.linking.model import Draft, Practice
from hooks.series.addresses import card_pdf, sheets_pdf
from hooks.series.model import Publication, Series
from hooks.series.sources import COURSE, course_kind

INVENTED = "Written for this course: no real agency, person or post."
ONLY_IN_MODULES = ("exercise", "check", "handout", "space")
_IN_KEYS = ("key", "strips", "roles")
_CLASSES = {"key": "answer-key", "roles": "role-cards"}
"""Blocks whose class is not their name."""


def take_options(node: HtmlElement) -> dict[str, Any]:
    """The options that the author gave, with typographic quotation marks; what marked them is taken off."""
    node.attrib.pop("data-name", None)
    options = json.loads(node.attrib.pop("data-options", "{}"))
    return {key: typographic(value.strip()) if isinstance(value, str) else value for key, value in options.items()}


def refuse(draft: Draft, block: str, name: str, message: str, remedy: str = "") -> None:
    """A problem at the first line of a block."""
    draft.report("module", f"/// {block} | {name}".strip(" |"), message, remedy)


def misplaced(draft: Draft, block: str, where: str, only: HtmlElement | None = None) -> None:
    """A problem for each block of that name on a page, or for `only` one: it stands only `where`."""
    for node in list(with_class(draft.tree, _CLASSES.get(block, block))) if only is None else [only]:
        if node.get("data-options") is None:
            continue
        name = node.get("data-name", "")
        take_options(node)
        refuse(draft, block, name, f"A {block} block stands only in {where}.", "Move it there.")


def misplaced_keys(draft: Draft) -> None:
    """The same for what only facilitators read."""
    for block in _IN_KEYS:
        misplaced(draft, block, "an answer key (docs/course/keys/)")


def scenario(draft: Draft, node: HtmlElement, label: str, note: str = INVENTED, block: str = "scenario") -> None:
    """Complete a scenario, or a sheet: its label, its title, and a `note` at its end, if any. Its copies stay on it, for `printables`."""
    name, options = node.get("data-name", ""), take_options(node)
    title = str(options.get("title") or "")
    if not name or not title:
        remedy = f"Write “/// {block} | id” and “title: …” below it, indented by four spaces."
        refuse(draft, block, name, f"A {block} lacks {'an id' if not name else '“title:”'}.", remedy)
    if options.get("copies"):
        node.set("data-copies", str(options["copies"]))
    node.set("aria-label", f"{label}: {title}" if title else label)
    node.insert(0, element("p", "scenario__label", label))
    node.insert(1, element("p", "scenario__title", title))
    if note:
        node.append(element("p", "scenario__note", note))


_FEWEST, _MOST = 3, 5
EVIDENCE = ("law:", "rec:", "brief:", "case:", "paper:")
"""What the right answer to a self-check may rest on."""
_LETTERS = string.ascii_uppercase


class _Refuse(Protocol):
    """Tells what is wrong with a check; where, if not in its first line."""

    def __call__(self, message: str, remedy: str = ..., at: str | re.Pattern[str] = ...) -> None: ...


def complete_check(draft: Draft, node: HtmlElement, module: Publication, number: int) -> Practice | None:
    """Put a check in its final form; None, and a problem, where it cannot be asked.

    The page is complete without a script: the answer stands in a `details` element. assets/course.js turns the
    options into radio buttons or checkboxes.
    """
    name = node.attrib.pop("data-name", "")
    options = json.loads(node.attrib.pop("data-options", "{}"))
    needle = f"/// check | {name}".strip(" |")
    title = f"The self-check “{name}”" if name else "A self-check"

    def refuse(message: str, remedy: str = "", at: str | re.Pattern[str] = needle) -> None:
        draft.report("module", at, message, remedy)

    if not name:
        refuse("A self-check has no id.", "Write “/// check | id”.")
    if options.get("module") and draft.owner is module:
        refuse(f"{title} has “module:”, which belongs to a question of the final check.", "Take it out.", f"module: {options['module']}")
    objective = _objective(draft, module, options.get("objective"), name, refuse)
    lists = [child for child in node if child.tag == "dl"]
    if len(lists) != 1 or node[-1] is not lists[-1]:
        what = "no list of options" if not lists else "something after its options" if len(lists) == 1 else "two lists of options"
        refuse(f"{title} has {what}.", "Write the question, then each option on a line, and below it “:   ” with its explanation.")
        return None
    choices = _choices(lists[0])
    if not _FEWEST <= len(choices) <= _MOST:
        refuse(f"{title} has {len(choices)} options.", f"Write {_FEWEST} to {_MOST}, and below each “:   ” and why it is right or wrong.")
        return None
    for text, explanation in choices:
        if not explanation:
            refuse(f"{title} does not explain the option “{short(text)}”.", "Write “:   ” and why it is right or wrong below the option.")
    answer = options.get("answer")
    right = answer if isinstance(answer, list) else [answer] if answer is not None else []
    possible = range(1, len(choices) + 1)
    if not right or not all(type(item) is int and item in possible for item in right) or len(set(right)) < len(right):
        shown = "no answer" if answer is None else f"the answer “{answer}”"
        at = needle if answer is None else re.compile(rf"^\s+answer:\s*{re.escape(str(answer))}\s*$")
        refuse(f"{title} has {shown}, but {len(choices)} options.", "Write “answer:” with the number of the right option, or a list: [1, 3].", at)
        return None
    right = sorted(right)
    if not any(has_evidence(part) for index in right for part in choices[index - 1][1]):
        refuse(f"{title} gives no evidence for the right answer.", "Cite a source in its explanation, or refer to law:, rec:, brief: or case:.")
    if not any(child is not lists[0] for child in node):
        refuse(f"{title} asks nothing.", "Write the question above the options.")
    _build(node, lists[0], choices, right, name, number)
    asked = short(next(with_class(node, "check__question")))
    objectives, id_ = (objective,) if objective else (), f"check-{name}"
    return Practice("check", id_, f"Question {number}", asked, 0, objectives, "", "", module, f"{draft.page.url}#{id_}")


def _objective(draft: Draft, module: Publication, given: object, name: str, refuse: _Refuse) -> str:
    known = [item.id for item in module.lesson.objectives]
    if not given:
        refuse(f"The self-check “{name}” names no objective.", "Add “objective: …”, indented by four spaces.")
        return ""
    if given not in known:
        message = f"The self-check “{name}” names an objective that this module does not have: “{given}”."
        refuse(message, suggestion(str(given), known, f"It has: {', '.join(known)}."), f"objective: {given}")
        return ""
    return str(given)


def _choices(list_: HtmlElement) -> list[tuple[HtmlElement, list[HtmlElement]]]:
    """The options, each with its explanations."""
    found: list[tuple[HtmlElement, list[HtmlElement]]] = []
    for child in list_:
        if child.tag == "dt":
            found.append((child, []))
        elif found and (child.text_content().strip()):
            found[-1][1].append(child)
    return found


def has_evidence(node: HtmlElement, schemes: tuple[str, ...] = EVIDENCE) -> bool:
    """Whether a text cites a source or refers to what may bear it: `schemes` are those of such references."""
    if next(with_class(node, "cite-mark"), None) is not None:
        return True
    return any((link.get("href") or "").startswith(schemes) for link in node.iter("a"))


def _build(node: HtmlElement, list_: HtmlElement, choices: list[Any], right: list[int], name: str, number: int) -> None:
    question = element("div", "check__question", *[child for child in node if child is not list_])
    options = element("ol", "check__options", type="A")
    reasons = element("ol", "check__reasons", type="A")
    for text, explanation in choices:
        options.append(_item(text))
        reasons.append(_item(*explanation))
    letters = " and ".join(_LETTERS[index - 1] for index in right)
    details = element("details", "check__answer", element("summary", "", "Answer and why"), element("p", "check__right", f"Answer: {letters}."), reasons)
    node.remove(list_)
    node.text = None
    node.set("aria-label", f"Question {number}")
    node.set("data-answer", " ".join(map(str, right)))
    node.extend([element("p", "check__label", f"Question {number}" + (" · more than one answer" if len(right) > 1 else "")), question, options, details])


def _item(*parts: HtmlElement) -> HtmlElement:
    """What the elements hold, as one list item."""
    item = E.LI()
    for part in parts:
        if part.text:
            append(item, part.text)
        for child in list(part):
            tail, child.tail = child.tail, None
            item.append(child)
            append(item, tail or "")
    return item


def short(node: HtmlElement) -> str:
    """The first words of a node, to name it in a message."""
    words = " ".join(node.text_content().split())
    return words if len(words) <= 50 else f"{words[:50]}…"


_SECTIONS = ("before", "lesson", "exercises", "check", "handout", "facilitators", "related")
_LINES = range(1, 41)


def expand_course(draft: Draft, series: Series) -> None:
    """Complete what `draft` holds of the course, in place; a block that stands on the wrong page is a problem."""
    if draft.page.path in series.unread:
        return
    if draft.page.path in series.slides_by_path:
        return  # See `hooks.blocks.slides`.
    if draft.page.path in series.key_by_path:
        return  # See `hooks.blocks.keys`.
    owner = draft.owner
    if PurePosixPath(draft.page.path).parent.as_posix() == COURSE and not course_kind(draft.page.path):
        expand_beside(draft)
        return
    misplaced_keys(draft)
    if isinstance(owner, Publication) and owner.kind == "course-check":
        return  # See `hooks.blocks.final_check`.
    if not isinstance(owner, Publication) or owner.kind != "course-module":
        # A form that is printed has room to write in.
        papers = isinstance(owner, Publication) and owner.kind == "course-pack"
        for node in list(with_class(draft.tree, "space")) if papers else ():
            _space(draft, node)
        for name in (*ONLY_IN_MODULES, "scenario", "sheet", "notes"):
            misplaced(draft, name, "a course module (docs/course/)" if name != "notes" else "slides (docs/course/slides/)")
        return
    misplaced(draft, "notes", "slides (docs/course/slides/)")
    no_double_names(draft)
    for number, node in enumerate(list(with_class(draft.tree, "scenario")), 1):
        scenario(draft, node, f"Example {owner.number}.{number}")
    for node in list(with_class(draft.tree, "sheet")):
        scenario(draft, node, "Sheet", block="sheet")
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


def no_double_names(draft: Draft) -> None:
    """Two blocks of one kind do not share a name; the second gets another id, so that it is reported once."""
    for kind in ("scenario", "sheet", "exercise", "space", "check"):
        seen: dict[str, int] = {}
        for node in with_class(draft.tree, kind):
            name = node.get("data-name", "")
            seen[name] = seen.get(name, 0) + 1
            if name and seen[name] > 1:
                message = f"There is another {kind} “{name}” on this page."
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
    if minutes and (not isinstance(minutes, int) or isinstance(minutes, bool) or not 1 <= minutes <= module.lesson.minutes):
        message = f"The exercise “{name}” takes “{minutes}” minutes; the module has {module.lesson.minutes}."
        draft.report("module", f"minutes: {minutes}", message, "Write a whole number of minutes that fits.")
        minutes = 0
    if not text_of(node):
        refuse(draft, "exercise", name, f"The exercise “{name}” says nothing to do.", "Write what to do, in numbered steps.")
    objectives = known_objectives(draft, module, options.get("objectives"), f"exercise “{name}”")
    for space in list(with_class(node, "space")):
        _space(draft, space)
    mark_blanks(node)
    keep_material(node, options)
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


def keep_material(node: HtmlElement, options: dict[str, Any]) -> None:
    """Leave on an exercise what it needs and how often it is printed, for `printables`."""
    needed = options.get("material") or []
    names = needed if isinstance(needed, list) else [needed]
    if names:
        node.set("data-material", " ".join(str(name) for name in names))
    if options.get("copies"):
        node.set("data-copies", str(options["copies"]))


_LONGEST = 60
"""Minutes that an exercise beside the modules may take."""


def expand_beside(draft: Draft) -> None:
    """A page of exercises beside the modules: each situation and exercise is numbered.

    These exercises build no part of the draft, so they have no objectives and stand in no workbook.
    """
    misplaced_keys(draft)
    for name in ("check", "handout"):
        misplaced(draft, name, "a course module (docs/course/)")
    misplaced(draft, "notes", "slides (docs/course/slides/)")
    no_double_names(draft)
    for number, node in enumerate(list(with_class(draft.tree, "scenario")), 1):
        scenario(draft, node, f"Situation {number}")
    for node in list(with_class(draft.tree, "sheet")):
        scenario(draft, node, "Sheet", block="sheet")
    for number, node in enumerate(list(with_class(draft.tree, "exercise")), 1):
        _exercise_beside(draft, node, f"Exercise {number}")
    for node in list(with_class(draft.tree, "space")):
        if node.get("data-options"):
            misplaced(draft, "space", "an exercise", node)


def _exercise_beside(draft: Draft, node: HtmlElement, label: str) -> None:
    name, options = node.get("data-name", ""), take_options(node)
    title, minutes = str(options.get("title") or ""), options.get("minutes")
    missing = "an id" if not name else next((f"“{key}:”" for key in ("title", "minutes") if not options.get(key)), "")
    said = f"The exercise “{name}”" if name else "An exercise"
    if missing:
        remedy = "Beside the modules an exercise has an id, title: and minutes:, the last two indented by four spaces."
        refuse(draft, "exercise", name, f"{said} lacks {missing}.", remedy)
    if minutes and (not isinstance(minutes, int) or isinstance(minutes, bool) or not 1 <= minutes <= _LONGEST):
        draft.report("module", f"minutes: {minutes}", f"{said} takes “{minutes}” minutes.", f"Write a whole number of minutes, at most {_LONGEST}.")
        minutes = 0
    for key in ("objectives", "part", "after"):
        if options.get(key):
            refuse(draft, "exercise", name, f"{said} has “{key}:”, which belongs to a module's.", "Take it out, or move the exercise into a module.")
    if not text_of(node):
        refuse(draft, "exercise", name, f"{said} says nothing to do.", "Write what to do, in numbered steps.")
    for space in list(with_class(node, "space")):
        _space(draft, space)
    mark_blanks(node)
    keep_material(node, options)
    node.insert(0, element("h3", "", f"{label}. {title}", id_=f"exercise-{name}-title"))
    node.insert(1, element("p", "exercise__facts", f"{minutes or 0} minutes"))
    node.set("aria-labelledby", f"exercise-{name}-title")


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
    known = [item.id for item in module.lesson.objectives]
    names = given if isinstance(given, list) else [given] if given else []
    for name in names:
        if name not in known:
            message = f"The {what} names an objective that this module does not have: “{name}”."
            place = re.compile(rf"^\s+objectives?:.*(?<![\w-]){re.escape(str(name))}(?![\w-])")
            draft.report("module", place, message, suggestion(str(name), known, f"It has: {', '.join(known)}."))
    return tuple(str(name) for name in names if name in known)


def _number(module: Publication, objective: str) -> int:
    return [item.id for item in module.lesson.objectives].index(objective) + 1


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
        private = element("span", "web-only", " Nothing that you choose is sent, and nothing is stored unless you ask for it.")
        note = element("p", "check__note", "Posts and comments quoted here were written for this course.", private)
        places["check"].addnext(note)
    spent = sum(item.minutes for item in draft.practices if not item.after)
    if spent > module.lesson.minutes:
        message = f"The exercises take {spent} minutes, the module {module.lesson.minutes}."
        draft.problems.append(draft.page.problem("module", f"minutes: {module.lesson.minutes}", message, "Shorten an exercise, or give the module more time."))
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
    if total != module.lesson.minutes:
        message = f"The timing table adds up to {total} minutes, the module takes {module.lesson.minutes}."
        draft.report("module", "/// table-caption | timing", message, "Make the two the same.")


def _practised(draft: Draft, module: Publication) -> None:
    named = {id_ for item in draft.practices for id_ in item.objectives}
    for objective in module.lesson.objectives:
        if objective.id not in named:
            message = f"No exercise and no self-check practices the objective “{objective.id}”."
            draft.problems.append(draft.page.problem("objective", f"id: {objective.id}", message, "Name it in one, or take it out."))


def _objectives(module: Publication, series: Series, practices: Sequence[Practice]) -> HtmlElement:
    """What a participant will be able to do, each with the recommendations that this practises; and what there is to take along."""
    later = sum(item.minutes for item in practices if item.after)
    section = element("section", "objectives", id_="objectives", aria_labelledby="objectives-title", data_module=module.slug)
    section.append(element("h2", "", "What you will be able to do", id_="objectives-title"))
    items = element("ol", "objectives__list")
    for objective in module.lesson.objectives:
        line = element("p", "objectives__practises", "Practices ", data_relation="practises")
        for index, id_ in enumerate(objective.practises):
            append(line, ", " if index else "")
            append(line, element("a", "", href=f"rec:{id_}"))
        items.append(element("li", "", E.P(objective.text), line, id_=f"objective-{objective.id}"))
    section.append(items)
    own = f", and about {later} of your own afterward" if later else ""
    time = element("p", "objectives__time", f"Time in a class: {module.lesson.minutes} minutes{own}.")
    section.append(time)
    files = element("ul", "edition-links web-only")
    if any(item.module is module for item in series.slides):
        time.append(element("span", "web-only", " ", element("a", "", "Slides as a page, with notes", href="slides/"), "."))
        files.append(E.LI(element("a", "", "Slides", href=f"{module.slug}-slides.pdf")))
        files.append(E.LI(element("a", "", "Slides in PowerPoint, with notes", href=f"{module.slug}-slides.pptx")))
    files.append(E.LI(element("a", "", "Handout", href=f"{module.slug}-handout.pdf")))
    files.append(E.LI(element("a", "", "Sheets for the room", href=relative_url(sheets_pdf(module), module.url))))
    practised = {id_.rpartition("-r")[0] for objective in module.lesson.objectives for id_ in objective.practises}
    for brief in series.publications:
        if brief.id in practised and brief.kind == "issue-brief":
            files.append(E.LI(element("a", "", f"Card of {brief.label}", href=relative_url(card_pdf(brief), module.url))))
    section.append(files)
    return section
