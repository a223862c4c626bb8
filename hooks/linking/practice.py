"""Recommendations and the course: the line at the end of a brief, and the rule that every recommendation is practiced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from hooks.core.problems import Problem, following
from hooks.core.tree import HtmlElement, element, replace
from hooks.linking.model import Draft, Recommendation
from hooks.linking.targets import Directory, Unknown
from hooks.series.model import Publication, Series, practised_in


def practice_line(draft: Draft, practised: Mapping[str, Sequence[Publication]]) -> None:
    """Close a brief or chapter whose recommendations are practised in the course with the modules that do."""
    modules = {module.id: module for item in draft.recommendations for module in practised.get(item.id, ())}
    if not modules or not isinstance(draft.owner, Publication) or draft.owner.kind == "course-module" or draft.owner.retired:
        return
    line = element("p", "practise", "Practice this in the course: ", *links_to(modules.values()), ".")
    related = next((node for node in draft.tree.iter("h2") if node.get("id") == "related"), None)
    if related is None:
        draft.tree.append(line)
        return
    last = related
    while last.getnext() is not None and last.getnext().tag != "h2" and "footnote" not in (last.getnext().get("class") or ""):
        last = last.getnext()
    last.addnext(line)


def links_to(modules: Iterable[Publication]) -> list[HtmlElement | str]:
    """“Module 5, *Title*; Module 6, *Title*”, to be resolved."""
    parts: list[HtmlElement | str] = []
    for module in modules:
        parts += ["; "] if parts else []
        parts.append(element("a", "", href=f"module:{module.slug}"))
    return parts


def unpractised(recommendations: Iterable[Recommendation], found: Mapping[str, Sequence[Publication]]) -> list[Recommendation]:
    return [item for item in recommendations if item.id not in found]


def check_practice(drafts: Iterable[Draft], series: Series) -> list[Problem]:
    """A problem for each recommendation that no module practises; of a draft's, a note. A series without a course has none to practise in."""
    if not series.taught:
        return []
    follow = any(key.startswith("module:") for key in series.unread)
    found = practised_in(series.taught)
    problems = []
    for draft in drafts:
        for item in unpractised(draft.recommendations, found):
            if item.publication.retired:
                continue
            message = f"The recommendation {item.id} is practiced nowhere in the course."
            remedy = "Name it under `practises:` of an objective, and practice that in an exercise or self-check."
            rule = "draft" if item.publication.draft else "practice"
            problems.append(draft.page.problem(rule, f"/// recommendation | {item.id}", message, remedy))
    return following(problems, follow)


def check_objectives(draft: Draft, directory: Directory) -> None:
    """Report the recommendations that a module's objectives name and that do not exist."""
    if not isinstance(draft.owner, Publication) or draft.owner.kind != "course-module":
        return
    for objective in draft.owner.lesson.objectives:
        for id_ in objective.practises:
            own, mark, _ = id_.partition("#")
            target = directory.find(f"rec:{id_}", draft.page.path)
            if mark and not isinstance(target, Unknown):
                target = Unknown("reference", f"“{id_}” is no id of a recommendation.", f"Write {own}: nothing follows an id.")
            if isinstance(target, Unknown):
                draft.report("reference", id_, target.message, target.remedy, target.follows)
                for link in [node for node in draft.tree.iter("a") if node.get("href") == f"rec:{id_}"]:
                    replace(link, element("span", "broken-reference", id_))
