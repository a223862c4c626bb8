"""The interactive tools in their pages, and the list of what platforms do. They are set in before references are resolved, so that what
they refer to is previewed, counted and listed under “References” and “Law cited” like anything an author wrote.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from hooks.core.citations import parse_group
from hooks.core.problems import Problem, following, suggestion
from hooks.core.tree import E, HtmlElement, replace, with_class
from hooks.linking.anchors import collect_anchors
from hooks.linking.links import is_reference
from hooks.linking.model import Clause, Draft
from hooks.linking.targets import Directory, Unknown
from hooks.registers.decision_path import decision_path
from hooks.registers.platforms import platforms
from hooks.registers.policy_check import policy_check
from hooks.registers.readiness import readiness_check
from hooks.series import withheld
from hooks.series.policy_check import CHECK, MEASURED, Measured, PolicyCheck, suggest_clause
from hooks.series.sources import PLATFORMS
from hooks.series.tools import COMMENTS, READINESS, DecisionPath, Readiness, Tool

TOOLS = {"readiness": READINESS, "comments": COMMENTS, "platforms": PLATFORMS, "policy-check": CHECK}
"""`/// listing | name` → the file that it is made from."""


def fill_tools(
    drafts: list[Draft], directory: Directory, sources: Mapping[str, object] | None, today: date, clauses: Iterable[Clause] = ()
) -> list[Problem]:
    """Put each tool where a page asks for it, and return what is wrong with the tools' references.

    `sources` are those that can be cited, by key, or None where the bibliography cannot be read. A reference that
    leads nowhere is left out of the page.
    """
    wrong: dict[tuple[str, _Place], Problem] = {}
    named = {clause.id: clause for clause in clauses}
    for path, tool in directory.series.tools.items():
        for at, rule, message, remedy, follow in _findings(tool, directory, sources, named):
            wrong[path, at] = following([tool.problem(at, message, remedy, rule)], follow)[0]
    bad = frozenset(wrong)
    for draft in drafts:
        places = [node for node in with_class(draft.tree, "listing") if node.get("data-name") in TOOLS]
        for place in places:
            path = TOOLS[place.get("data-name")]
            if path == PLATFORMS:
                # Its records are read, and what they name is checked, with the series.
                replace(place, platforms(directory.series, today))
                continue
            used = directory.series.tools.get(path)
            if used is None:
                message = f"There is no file {path}, which this listing is made from."
                draft.report("block", f"/// listing | {place.get('data-name')}", message, "Add it, or take the listing out.")
            replace(place, _made(used, directory, named, today, bad) if used else E.DIV())
        if places:
            draft.anchors.clear()
            collect_anchors(draft)
    return list(wrong.values())


def _made(tool: Tool, directory: Directory, clauses: Mapping[str, Clause], today: date, bad: Container[tuple[str, _Place]]) -> HtmlElement:
    """The tool as its page shows it; nothing where its file has a mistake. `bad`: the references that lead nowhere."""
    record, series = tool.record, directory.series

    def is_bad(*at: Any) -> bool:
        return (tool.path, at) in bad

    if isinstance(record, Readiness):
        return readiness_check(record, directory.recommendations)
    if isinstance(record, DecisionPath):
        return decision_path(record, series, today, is_bad)
    if isinstance(record, PolicyCheck):
        figures = series.tools[MEASURED].record if MEASURED in series.tools else None
        return policy_check(record, figures if isinstance(figures, Measured) else None, series, clauses, today, is_bad)
    return E.DIV()


_Place = tuple[Any, ...]
"""Keys and indexes from the top of a file."""
_Finding = tuple[_Place, str, str, str, bool]
"""Place in the file, rule, message, remedy, and whether it follows from another mistake."""


def _findings(tool: Tool, directory: Directory, sources: Mapping[str, object] | None, clauses: Mapping[str, Clause]) -> Iterator[_Finding]:
    """What is wrong with each reference that leads nowhere."""
    if isinstance(tool.record, Readiness):
        for n, question in enumerate(tool.record.questions):
            for k, name in enumerate(question.tests):
                yield from _reference(("questions", n, "tests", k), f"rec:{name}", directory)
    elif isinstance(tool.record, DecisionPath):
        for n, outcome in enumerate(tool.record.outcomes):
            yield from _evidence(("outcomes", n), outcome.evidence, directory, sources)
    elif isinstance(tool.record, PolicyCheck):
        for name in ("elements", "grounds", "facts"):
            for n, rule in enumerate(getattr(tool.record, name)):
                yield from _evidence((name, n), rule.evidence, directory, sources)
                for k, id_ in enumerate(rule.clauses):
                    if id_ not in clauses:
                        follows = f"clause:{id_}" in directory.unread or bool(directory.series.unread)
                        yield (name, n, "clauses", k), "reference", f"There is no clause “{id_}”.", suggest_clause(id_, tuple(clauses)), follows


def _evidence(at: _Place, evidence: Iterable[str], directory: Directory, sources: Mapping[str, object] | None) -> Iterator[_Finding]:
    for k, item in enumerate(evidence):
        place = (*at, "evidence", k)
        if is_reference(item):
            yield from _reference(place, item, directory)
        elif item != withheld.EVIDENCE:
            yield from _citation(place, item, sources)


def _reference(at: _Place, href: str, directory: Directory) -> Iterator[_Finding]:
    if href.startswith("case:") and href[5:].partition("#")[0] in directory.series.withheld:
        return
    found = directory.find(href, "")
    if isinstance(found, Unknown):
        yield at, found.rule, found.message, found.remedy, found.follows


def _citation(at: _Place, item: str, sources: Mapping[str, object] | None) -> Iterator[_Finding]:
    group = parse_group(item.strip("[]"))
    if group is None:
        yield at, "reference", f"“{item}” is no evidence.", 'Write "@key, p. 4", law:id, rec:id, brief:slug or case:id.', False
        return
    for key in group.keys:
        if sources is not None and key not in sources:
            remedy = suggestion(key, sources, "Add it to a .bib file in docs/literature/.")
            yield at, "citation", f"There is no source “{key}” in the bibliography.", remedy, False
