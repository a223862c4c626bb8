"""Self-checks: a question, lettered options, and the answer with an explanation of every option.

The page is complete without a script: the answer stands in a `details` element. assets/course.js turns the
options into radio buttons or checkboxes.
"""

from __future__ import annotations

import json
import re
import string

from hooks.pages.model import Draft, Practice
from hooks.pages.tree import E, HtmlElement, append, element, with_class
from hooks.problems import suggestion
from hooks.series.model import Publication

_FEWEST, _MOST = 3, 5
_EVIDENCE = ("law:", "rec:", "brief:", "case:", "paper:")
_LETTERS = string.ascii_uppercase


def complete_check(draft: Draft, node: HtmlElement, module: Publication, number: int) -> Practice | None:
    """Put a check in its final form; None, and a problem, where it cannot be asked."""
    name = node.attrib.pop("data-name", "")
    options = json.loads(node.attrib.pop("data-options", "{}"))
    needle = f"/// check | {name}".strip(" |")
    title = f"The self-check “{name}”" if name else "A self-check"

    def refuse(message: str, remedy: str = "", at: str | re.Pattern[str] = needle) -> None:
        draft.report("module", at, message, remedy)

    if not name:
        refuse("A self-check has no id.", "Write “/// check | id”.")
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
            refuse(f"{title} does not explain the option “{_short(text)}”.", "Write “:   ” and why it is right or wrong below the option.")
    answer = options.get("answer")
    right = answer if isinstance(answer, list) else [answer] if answer is not None else []
    possible = range(1, len(choices) + 1)
    if not right or not all(type(item) is int and item in possible for item in right) or len(set(right)) < len(right):
        shown = "no answer" if answer is None else f"the answer “{answer}”"
        at = needle if answer is None else re.compile(rf"^\s+answer:\s*{re.escape(str(answer))}\s*$")
        refuse(f"{title} has {shown}, but {len(choices)} options.", "Write “answer:” with the number of the right option, or a list: [1, 3].", at)
        return None
    right = sorted(right)
    if not any(_has_evidence(part) for index in right for part in choices[index - 1][1]):
        refuse(f"{title} gives no evidence for the right answer.", "Cite a source in its explanation, or refer to law:, rec:, brief: or case:.")
    if not any(child is not lists[0] for child in node):
        refuse(f"{title} asks nothing.", "Write the question above the options.")
    _build(node, lists[0], choices, right, name, number)
    asked = _short(next(with_class(node, "check__question")))
    objectives, id_ = (objective,) if objective else (), f"check-{name}"
    return Practice("check", id_, f"Question {number}", asked, 0, objectives, "", "", module, f"{draft.page.url}#{id_}")


def _objective(draft: Draft, module: Publication, given: object, name: str, refuse) -> str:
    known = [item.id for item in module.front.objectives]
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


def _has_evidence(node: HtmlElement) -> bool:
    if next(with_class(node, "cite-mark"), None) is not None:
        return True
    return any((link.get("href") or "").startswith(_EVIDENCE) for link in node.iter("a"))


def _build(node: HtmlElement, list_: HtmlElement, choices: list, right: list[int], name: str, number: int) -> None:
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


def _short(node: HtmlElement) -> str:
    words = " ".join(node.text_content().split())
    return words if len(words) <= 50 else f"{words[:50]}…"
