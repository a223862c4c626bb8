"""Listings of the course: its modules, its objectives and recommendations, and the participant's workbook."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from lxml import html as lxml_html

from hooks.blocks.printables import find_material, material_of, title_of
from hooks.core.tree import E, HtmlElement, append, element, fragment, inner_html, with_class
from hooks.core.urls import relative_url
from hooks.linking.model import Draft, Practice, Recommendation
from hooks.linking.practice import links_to, unpractised
from hooks.registers.study_time import StudyTime
from hooks.series.model import Publication, Series, practised_in


def course(series: Series, practices: Sequence[Practice], alone: Mapping[str, StudyTime]) -> HtmlElement:
    """The modules with their times, in a class and alone, and what each adds to the draft."""
    rows = []
    for module in series.taught:
        parts = "; ".join(dict.fromkeys(item.part for item in _exercises(practices, module)))
        name = element("th", "", f"{module.number}. ", element("a", "", module.front.title, href=f"module:{module.slug}"), scope="row")
        own = alone.get(module.id, StudyTime(0, 0))
        times = (module.lesson.minutes, _after(practices, module), own.reading, own.doing)
        rows.append([name, E.TD(module.front.summary), E.TD(parts), *(E.TD(str(time)) for time in times)])
    total = sum(module.lesson.minutes for module in series.taught)
    later = sum(_after(practices, module) for module in series.taught)
    sums = (total, later, sum(time.reading for time in alone.values()), sum(time.doing for time in alone.values()))
    rows.append([element("th", "", "All modules", scope="row"), E.TD(), E.TD(), *(E.TD(_hours(time)) for time in sums)])
    heads: tuple[str, ...] = ("Module", "You will be able to", "What it adds to your draft")
    heads += ("Minutes together", "Minutes afterward", "Alone: minutes of reading", "Alone: minutes of doing")
    table = _table(heads, rows)
    for module, row in zip(series.taught, table.iterfind("tbody/tr"), strict=False):  # The last row is the sum.
        counts = Counter(item.kind for item in practices if item.module is module)
        row.attrib.update({"data-module": module.slug, "data-exercises": str(counts["exercise"]), "data-checks": str(counts["check"])})
    return table


def _after(practices: Sequence[Practice], module: Publication) -> int:
    """The minutes of the exercises that are done after the session."""
    return sum(item.minutes for item in _exercises(practices, module) if item.after)


def _hours(minutes: int) -> str:
    return f"{minutes} (about {round(minutes / 60)} hours)" if minutes >= 120 else str(minutes)


def objectives(series: Series, recommendations: Sequence[Recommendation], practices: Sequence[Practice]) -> HtmlElement:
    """Each objective with its recommendations, then each recommendation with its modules, then those that none practises."""
    root = element("div")
    for module in series.modules.values():
        if module.draft:
            continue
        root.append(element("h2", "", element("a", "", href=f"module:{module.slug}"), id_=f"objectives-{module.id}"))
        if module.retired:
            root.append(E.P("This module is no longer taught."))
            continue
        rows = []
        for objective in module.lesson.objectives:
            practised = E.TD()
            for practice in (p for p in practices if p.module is module and objective.id in p.objectives):
                append(practised, ", " if len(practised) else "")
                append(practised, element("a", "", practice.label, href=f"module:{module.slug}#{practice.id}"))
            named = E.TD()
            for id_ in objective.practises:
                append(named, ", " if len(named) else "")
                append(named, element("a", "", href=f"rec:{id_}"))
            rows.append([element("th", "", objective.text, scope="row"), named, practised])
        root.append(_table(("Objective", "Recommendations", "Practiced in"), rows))
    found = practised_in(series.taught)
    root.append(element("h2", "", "From recommendation to module", id_="recommendations-practised"))
    recommendations = [item for item in recommendations if item.publication.in_force]
    rows = [
        [element("th", "", element("a", "", item.number, href=f"rec:{item.id}"), scope="row"), E.TD(item.text), element("td", "", *links_to(found[item.id]))]
        for item in recommendations
        if item.id in found
    ]
    root.append(_table(("No.", "Recommendation", "Practiced in"), rows))
    missing = unpractised(recommendations, found)
    root.append(element("h2", "", "Not practiced in the course", id_="not-practised"))
    if not missing:
        root.append(E.P("Every recommendation of the series is practiced in at least one module."))
        return root
    items = element("ul")
    for item in missing:
        items.append(element("li", "", element("a", "", href=f"rec:{item.id}"), f": {item.text}"))
    root.append(items)
    return root


def _exercises(practices: Sequence[Practice], module: Publication) -> list[Practice]:
    return [item for item in practices if item.module is module and item.kind == "exercise"]


def _table(heads: Sequence[str], rows: Iterable[Sequence[HtmlElement]]) -> HtmlElement:
    table = E.TABLE(E.THEAD(E.TR(*(element("th", "", name, scope="col") for name in heads))))
    table.append(E.TBODY(*(E.TR(*row) for row in rows)))
    return table


_COPIED = ("table:", "figure:")


def keep_exercises(draft: Draft, modules: Mapping[str, HtmlElement]) -> None:
    """Keep what each exercise of the page holds and needs, numbered but not resolved, for the workbook. `modules` are the articles by slug."""
    places = {node.get("id"): node for node in with_class(draft.tree, "exercise")}
    for index, item in enumerate(draft.practices):
        if item.kind == "exercise" and item.id in places:
            copy = fragment(inner_html(places[item.id]))
            for node in list(copy)[:2]:  # its heading and facts
                copy.remove(node)
            draft.practices[index] = replace(item, html=inner_html(copy), material=tuple(_material(places[item.id], draft.tree, item.module.slug, modules)))


def _material(exercise: HtmlElement, tree: HtmlElement, slug: str, modules: Mapping[str, HtmlElement]) -> Iterator[tuple[str, str, str]]:
    for name in material_of(exercise):
        found = find_material(name, tree, modules)
        if found is not None:
            yield f"{name.rpartition('/')[0] or slug}/{found.get('id')}", title_of(found), lxml_html.tostring(found, encoding="unicode", with_tail=False)


def workbook(practices: Sequence[Practice], url: str = "course/workbook/") -> HtmlElement:
    """The exercises as one article. A part stands where it is first worked on, with all that later modules add to it."""
    root = element("div", "workbook")
    exercises = [item for item in practices if item.kind == "exercise"]
    printed: set[str] = set()
    for part in dict.fromkeys(item.part for item in exercises):
        root.append(element("h2", "", part, id_=part_id(part)))
        for item in exercises:
            if item.part == part:
                root.extend(_exercise(item, url, printed))
    return root


def part_id(part: str) -> str:
    """The id of a part's heading: "Comments and moderation" → `part-comments-and-moderation`."""
    return "part-" + "-".join(re.findall(r"[a-z0-9]+", part.lower()))


def _exercise(item: Practice, url: str, printed: set[str]) -> list[HtmlElement]:
    """An exercise below what one needs for it; what is `printed` already is named where it stands."""
    slug = item.module.slug
    before: list[HtmlElement] = []
    for place, title, html in item.material:
        page, _, id_ = place.partition("/")
        if place in printed:
            before.append(element("p", "", "This builds on “", element("a", "", title, href=f"#{page}-{id_}"), "”, above."))
        else:
            printed.add(place)
            before += _copied(html, page, f"course/{page}/", url)
    facts = element("p", "exercise__facts", element("a", "", href=f"module:{slug}"))
    append(facts, f" · {item.minutes} minutes{', after the session' if item.after else ''}")
    heading = element("h3", "", f"{item.label}. {item.title}", id_=f"{slug}-{item.id}")
    return [heading, facts, *before, *_copied(item.html, slug, item.module.url, url)]


def _copied(html: str, slug: str, at: str, url: str) -> list[HtmlElement]:
    """What stands on the page of a module, at the address `at`, for the page at `url`: its ids carry the module's slug."""
    body = fragment(html)
    ids = {node.get("id") for node in body.iter() if isinstance(node.tag, str) and node.get("id")}
    for node in body.iter():
        if not isinstance(node.tag, str):
            continue
        if node.get("id"):
            node.set("id", f"{slug}-{node.get('id')}")
        href = node.get("href", "")
        if href.startswith("#"):
            node.set("href", f"#{slug}-{href[1:]}" if href[1:] in ids else relative_url(f"{at}{href}", url))
        elif href.startswith(_COPIED) and "/" not in href:
            scheme, _, name = href.partition(":")
            node.set("href", f"{scheme}:{slug}/{name}")
    return list(body)
