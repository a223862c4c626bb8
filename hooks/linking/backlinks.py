"""What refers to each thing, gathered over all pages.

A reference takes its relation from the nearest element around it with `data-relation` (the evidence of a recommendation,
the objectives of a course module), or from the author: `[](case:x){rel=contrasts}`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hooks.core.problems import suggestion
from hooks.core.tree import HtmlElement, append, element
from hooks.linking.model import Draft
from hooks.linking.relations import MENTIONS, RELATIONS, Backlink, Use
from hooks.series.model import Case, Publication, Series


def use_of(draft: Draft, node: HtmlElement) -> Use:
    """How `node`, a reference on the page of `draft`, refers. What the author wrote as `rel` is taken off it."""
    relation = node.attrib.pop("rel", "")
    if relation and relation not in RELATIONS:
        href = node.get("href", "")
        message = f"“{relation}” is no relation: it says how a reference bears on its target. It stands at {href}."
        draft.report("reference", f"{{rel={relation}", message, suggestion(relation, RELATIONS, f"Use one of: {', '.join(RELATIONS)}."))
        relation = ""
    place = next((up for up in node.iterancestors() if up.get("data-relation")), None)
    if place is not None and not relation:
        relation = place.get("data-relation", "")
    section = next((up for up in node.iterancestors() if "recommendation" in (up.get("class") or "").split()), None)
    return Use(relation or MENTIONS, section.get("id", "") if section is not None else "")


def collect(drafts: Iterable[Draft], uses: Mapping[str, Mapping[str, Iterable[Use]]], series: Series) -> dict[str, list[Backlink]]:
    """What refers to each thing: `law:id`, `source:key`, `rec:id`, `publication:path`, … → places in reading order.

    `uses`: page path → key of the thing → its uses there. Evidence is listed by recommendation, the rest by page; a page
    that refers to a thing in a telling way is not listed again for a passing one. What is not in force refers to nothing.
    """
    found: dict[str, list[Backlink]] = {}
    order = {item.path: index for index, item in enumerate(series.items)}
    for draft in sorted(drafts, key=lambda d: (order.get(d.page.path, len(order)), d.page.path)):
        if isinstance(draft.owner, Publication) and not draft.owner.in_force:
            continue
        numbers = {item.id: item.number for item in draft.recommendations}
        # A brief leads to its questions itself, and each answer is made of the briefs: to list them as uses would say it twice.
        left_out = ("publication:", "rec:") if draft.page.path in series.subject_by_path else ()
        own = {f"publication:{draft.page.path}", f"case:{draft.owner.id}" if isinstance(draft.owner, Case) else ""} | {f"rec:{id_}" for id_ in numbers}
        for key, list_ in uses[draft.page.path].items():
            if key not in own and not key.startswith(left_out):
                found.setdefault(key, []).extend(_of_page(draft, list_, numbers))
    return found


def grouped(links: Iterable[Backlink], mentions: str = RELATIONS[MENTIONS]) -> list[tuple[str, list[Backlink]]]:
    """The links by relation, each with the words that stand before them (`mentions` for those in passing); a link once only."""
    links = list(dict.fromkeys(links))
    labels = {**RELATIONS, MENTIONS: mentions}
    groups = [(label, [link for link in links if link.relation == relation]) for relation, label in labels.items()]
    return [(label, own) for label, own in groups if own]


def _of_page(draft: Draft, uses: Iterable[Use], numbers: Mapping[str, str]) -> list[Backlink]:
    owner = draft.owner
    telling = list(dict.fromkeys(use for use in uses if use.relation != MENTIONS))
    made = []
    for use in telling or [Use(MENTIONS)]:
        if use.relation == "supports" and use.recommendation in numbers and isinstance(owner, Publication):
            link = Backlink(use.relation, f"{owner.url}#{use.recommendation}", f"Recommendation {numbers[use.recommendation]}, ", owner.front.title)
        elif isinstance(owner, Publication):
            link = Backlink(use.relation, owner.url, f"{owner.label}, ", owner.front.title)
        elif isinstance(owner, Case):
            link = Backlink(use.relation, owner.url, "Case study, ", owner.front.title)
        else:
            link = Backlink(use.relation, draft.page.url, "", draft.page.title)
        if link not in made:
            made.append(link)
    return made


def joined(links: Iterable[Backlink], from_url: str, mentions: str = RELATIONS[MENTIONS], *, short: bool = False) -> list[tuple[str, HtmlElement]]:
    """For a register's entry: the words before each list, and the list as one span of links."""
    made = []
    for label, own in grouped(links, mentions):
        span = element("span", "")
        for index, link in enumerate(own):
            append(span, "; " if index else "")
            append(span, link.link(from_url, short=short))
        made.append((label, span))
    return made


def closing_section(links: Iterable[Backlink], from_url: str) -> HtmlElement | None:
    """The section that a printed edition ends its article with; None where nothing refers to it."""
    lists = joined(links, from_url)
    if not lists:
        return None
    section = element("section", "authorities", id_="referred-to-by")
    section.append(element("h2", "", "What refers to this", id_="referred-to-by-title"))
    section.extend(element("p", "", element("strong", "", f"{label}: "), links) for label, links in lists)
    return section
