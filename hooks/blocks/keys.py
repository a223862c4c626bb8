"""Answer keys: what only facilitators read. A page for each module or page of exercises that has right answers, apart from what participants open.

The key to an exercise stands there under the exercise's own name, each point with its evidence; so do the strips that are handed out row by
row, and the cards of those who play.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hooks.blocks.course import EVIDENCE, INVENTED, has_evidence, misplaced, refuse, short, take_options
from hooks.core.problems import Problem, following, suggestion
from hooks.core.tree import E, HtmlElement, append, element, text_of, with_class
from hooks.core.urls import relative_url
from hooks.linking.model import Draft
from hooks.series.addresses import key_pdf, sheets_pdf
from hooks.series.model import AnswerKey, Publication, Series

_PASSAGES = (*EVIDENCE, "now:", "sector:")
"""What a point of a key may rest on: the sheets too, since they say what to do."""
_OF_PARTICIPANTS = ("scenario", "sheet", "exercise", "space", "check", "handout", "notes")
_HEADINGS = ("h2", "h3", "h4")


def exercises_of(tree: HtmlElement) -> Mapping[str, HtmlElement]:
    """The exercises of a page by the name that their author gave them."""
    return {str(node.get("id", "")).removeprefix("exercise-"): node for node in with_class(tree, "exercise") if node.get("id")}


def expand_keys(draft: Draft, key: AnswerKey, exercises: Mapping[str, HtmlElement], broken: bool = False) -> None:
    """Complete an answer key in place. `exercises` are those of the page that it answers, completed; where that page is `broken`, one that is
    not there is told of there."""
    for block in _OF_PARTICIPANTS:
        misplaced(draft, block, "what participants read (docs/course/)")
    seen: dict[str, set[str]] = {"key": set(), "strips": set(), "roles": set()}
    for node in list(draft.tree):
        block = {"answer-key": "key", "strips": "strips", "role-cards": "roles"}.get(node.get("class") or "", "")
        if not block:
            continue
        name = str(node.get("data-name", ""))
        options = take_options(node)
        if name not in exercises:
            what = f"“/// {block} | {name}” belongs to no exercise of {key.of.label}." if name else f"A {block} block has no id."
            remedy = suggestion(name, list(exercises), f"Give it the id of its exercise: “/// {block} | id”.")
            draft.report("module", f"/// {block} | {name}".strip(" |"), what, remedy, follows=broken and bool(name))
            continue
        if name in seen[block]:
            refuse(draft, block, name, f"There is another {block} block “{name}” on this page.", "Put both in one.")
            node.attrib.pop("id", None)
            continue
        seen[block].add(name)
        level = "h2" if isinstance(key.of, Publication) else "h3"  # Those beside the modules stand under the headings of their author.
        if options.get("copies"):
            node.set("data-copies", str(options["copies"]))
        {"key": _key, "strips": _strips, "roles": _roles}[block](draft, node, name, level, exercises[name], key)
    draft.tree.insert(0, _about(key))


def _about(key: AnswerKey) -> HtmlElement:
    """The first line: for whom this is, and the same as PDF."""
    of = _of(key)
    line = element("p", "answer-key__for", element("strong", "", "For the facilitator"), " of ", of, ". ")
    append(line, "If you take part, come back when you have handed in. If you learn alone, come back when your own answer is written.")
    files = element("ul", "edition-links web-only")
    files.append(E.LI(element("a", "", "This key as PDF", href=relative_url(key_pdf(key), key.url))))
    files.append(E.LI(element("a", "", "Sheets for the room", href=relative_url(sheets_pdf(key.of), key.url))))
    return element("div", "answer-key__about", line, files)


def _of(key: AnswerKey, place: str = "", text: str = "") -> HtmlElement:
    """A link to the page that a key answers, or a place on it, to be resolved."""
    fragment = f"#{place}" if place else ""
    if isinstance(key.of, Publication):
        return element("a", "", text, href=f"module:{key.of.slug}{fragment}")
    return element("a", "", text or key.of.title, href=relative_url(key.of.url, key.url) + fragment)


def _headed(node: HtmlElement, level: str, title: str, *facts: HtmlElement | str) -> None:
    id_ = str(node.get("id"))
    node.set("aria-labelledby", f"{id_}-title")
    heading = element(level, "", title, id_=f"{id_}-title")
    node.insert(0, heading)
    if facts:
        node.insert(1, element("p", "exercise__facts", *facts))


def _key(draft: Draft, node: HtmlElement, name: str, level: str, exercise: HtmlElement, key: AnswerKey) -> None:
    points = [item for item in node.iter("dd", "li") if not any(parent.tag in ("dd", "li") for parent in item.iterancestors())]
    if not points:
        refuse(draft, "key", name, f"The key “{name}” has no points.", "Write each answer on a line, and below it “:   ” and why, with its passage.")
    for item in points:
        if not has_evidence(item, _PASSAGES):
            message = f"The key “{name}” gives no evidence for “{short(item)}”."
            refuse(draft, "key", name, message, "Cite a source there, or refer to law:, rec:, brief:, case:, paper:, now: or sector:.")
    _headed(node, level, f"Key to {_title(exercise)}", _of(key, f"exercise-{name}", "The exercise"))
    # A heading of the author's own goes below that of the key.
    for inner in list(node.iter("h3", "h4"))[1 if level == "h3" else 0 :]:
        if inner.tag <= level:
            inner.tag = _HEADINGS[_HEADINGS.index(level) + 1]


def _strips(draft: Draft, node: HtmlElement, name: str, level: str, exercise: HtmlElement, key: AnswerKey) -> None:
    tables = list(node.iter("table"))
    rows = tables[0].findall("./tbody/tr") if len(tables) == 1 else []
    if not rows or any(len(row) < 2 for row in rows):
        remedy = "Write one table: in the first columns when, in the last what happens."
        refuse(draft, "strips", name, f"The strips “{name}” are no table of two columns or more.", remedy)
    how = "One at a time: each prints on a strip of its own, with its time and lines to cut, in the sheets for the room."
    _headed(node, level, f"Strips for {_label(exercise)}", how)
    node.append(element("p", "scenario__note", INVENTED))


def _roles(draft: Draft, node: HtmlElement, name: str, level: str, exercise: HtmlElement, key: AnswerKey) -> None:
    lists = list(node.iter("dl"))
    if len(lists) != 1 or any(item.getprevious() is None or not text_of(item) for item in lists[0].iter("dd")) or not lists[0].findall("dd"):
        remedy = "Write each role on a line, and below it “:   ” and what that person knows and wants."
        refuse(draft, "roles", name, f"The roles “{name}” are no list of people with what each knows.", remedy)
    _headed(node, level, f"Role cards for {_label(exercise)}", "Each prints on a card of its own, with lines to cut, in the sheets for the room.")
    node.append(element("p", "scenario__note", INVENTED))


def _title(exercise: HtmlElement) -> str:
    """“Exercise 5.2. Ten comments, one by one”."""
    return text_of(exercise[0]) if len(exercise) else ""


def _label(exercise: HtmlElement) -> str:
    """“Exercise 5.2”."""
    return _title(exercise).partition(". ")[0]


def check_keys(drafts: Iterable[Draft], series: Series) -> list[Problem]:
    """A problem for each exercise that has right answers and no key: one that is given material to decide on, and each beside the modules."""
    by_path = {draft.page.path: draft for draft in drafts}
    problems = []
    for path, draft in by_path.items():
        module = isinstance(draft.owner, Publication) and draft.owner.kind == "course-module"
        if path in series.key_by_path or path in series.slides_by_path:
            continue
        asked = {name: node for name, node in exercises_of(draft.tree).items() if node.get("data-material") or not module}
        key = series.key_to.get(path)
        answers = by_path.get(key.path) if key else None
        answered = {str(node.get("id", "")).removeprefix("key-") for node in with_class(answers.tree, "answer-key")} if answers else set()
        name = draft.owner.slug if module and isinstance(draft.owner, Publication) else "…"
        where = key.path if key else f"docs/course/keys/{name}.md"
        missing = [
            draft.page.problem("module", f"/// exercise | {item}", f"The exercise “{item}” has no key.", f"Write “/// key | {item}” in {where}.")
            for item in asked if item not in answered
        ]  # fmt: skip
        problems += following(missing, any(item.startswith("docs/course/keys/") for item in series.unread))
    return problems
