"""From parsed pages to finished ones, once all are known: numbers, references, citations, registers.

The steps run in one order over all pages, each reading only what the steps before it made:
expand → number → collect anchors → citations in one run → references → registers → closing sections.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from hooks.builder.page import fill_builder
from hooks.citing.bibliography import Bibliography
from hooks.citing.citeproc import Formatted
from hooks.pages import anchors as anchor_steps
from hooks.pages.backlinks import collect, joined
from hooks.pages.checks import check_structure
from hooks.pages.closing import law_cited, preview_store, references
from hooks.pages.course import expand_course
from hooks.pages.errata import mark_errata
from hooks.pages.expand import case_sources, expand
from hooks.pages.links import Used, check_citations, citation_groups, is_reference, resolve_citations, resolve_references
from hooks.pages.listings import LISTINGS, Register, listing
from hooks.pages.model import Draft, Passage, ResolvedPage, ResolvedSite, SourcePage
from hooks.pages.moves import Moves
from hooks.pages.paragraphs import name_passages
from hooks.pages.practice import check_objectives, check_practice, practice_line
from hooks.pages.relations import Backlink
from hooks.pages.retired import keep_old_places
from hooks.pages.tables import align_by_class
from hooks.pages.targets import UNREAD, Directory, Unknown
from hooks.pages.tools import TOOLS, fill_tools
from hooks.pages.tree import E, HtmlElement, fragment, inner_html, replace, text_of, with_class
from hooks.pages.workbook import keep_exercises
from hooks.problems import Problem, in_order, suggestion
from hooks.series.course import practised_in
from hooks.series.model import Case, Series

Formatter = Callable[[Iterable[str]], Formatted]


@dataclass(frozen=True)
class _UsedIn:
    """What refers to each thing, as links on the page at `url`; made when asked for, since a register asks for few."""

    found: Mapping[str, list[Backlink]]
    url: str

    def __call__(self, key: str, mentions: str) -> list[tuple[str, HtmlElement]]:
        return joined(self.found.get(key, ()), self.url, mentions, short=True)


def resolve_site(
    pages: Iterable[SourcePage], series: Series, bibliography: Bibliography, format_groups: Formatter, today: date,
    moves: Moves | None = None, known: Mapping[str, Iterable[Passage]] | None = None,
    site_url: str = "/", name: str = "",
) -> ResolvedSite:
    """Finish every page.

    `format_groups` formats citation groups (the inside of their brackets) all at once; `today` decides
    which statements of law are past their review date; `moves` are the anchors that have gone, and `known` the
    passages that were promised, by the address of their page; `site_url` and `name` are the series' own.
    """
    drafts = [Draft(page, fragment(page.html), series.by_path.get(page.path)) for page in pages]
    practised = practised_in(series.modules.values())
    for draft in drafts:
        check_structure(draft)
        align_by_class(draft.tree)
        expand(draft, series, today)
        expand_course(draft, series)
        practice_line(draft, practised)
        anchor_steps.number_captions(draft)
        keep_exercises(draft)
        name_passages(draft, (known or {}).get(draft.page.url, ()))
        keep_old_places(draft, moves or Moves())
        mark_errata(draft)
        anchor_steps.collect_anchors(draft)
    places = {item.id: index for index, item in enumerate(series.publications)}
    recommendations = sorted(
        (item for draft in drafts for item in draft.recommendations),
        key=lambda item: (places[item.publication.id], int(item.id.rsplit("-r", 1)[-1])),
    )
    clauses = [item for draft in drafts for item in draft.clauses]
    problems = _double_ids(drafts)
    unread = frozenset(key for draft in drafts for key in draft.unread)
    directory = Directory(series, {d.page.path: d.anchors for d in drafts}, {item.id: item for item in recommendations}, unread)
    problems += [*_glossary(series, directory), *check_practice(drafts, series)]
    for draft in drafts:
        check_objectives(draft, directory.recommendations, directory.find)
    order = list(series.publications)
    practices = tuple(sorted((item for draft in drafts for item in draft.practices), key=lambda item: order.index(item.module)))
    problems += fill_builder(drafts, directory, clauses)
    problems += fill_tools(drafts, directory, bibliography.sources if bibliography.readable else None, today)

    extra = {draft.page.path: E.DIV(*case_sources(draft)) for draft in drafts}
    trees = [tree for draft in drafts for tree in (extra[draft.page.path], draft.tree)]
    if bibliography.readable:
        for draft in drafts:
            check_citations(draft, extra[draft.page.path], bibliography.sources)
            check_citations(draft, draft.tree, bibliography.sources)
    formatted = format_groups(group for tree in trees for group in citation_groups(tree))

    used: dict[str, Used] = {}
    for draft in drafts:
        used[draft.page.path] = Used()
        _resolve(draft, draft.tree, directory, formatted, used[draft.page.path], local=True)
        _add_record_sources(draft, extra[draft.page.path], directory, formatted, used[draft.page.path])
    used_in = collect(drafts, {path: item.uses for path, item in used.items()}, series)

    for draft in drafts:
        for place in list(with_class(draft.tree, "listing")):
            links = _UsedIn(used_in, draft.page.url)
            register = Register(series, bibliography.sources, formatted, tuple(recommendations), links, today, site_url, name, tuple(clauses), practices)
            _fill_listing(draft, place, register, directory, formatted, used[draft.page.path])

    finished = {d.page.path: _finish(d, used[d.page.path], series, bibliography, formatted, used_in) for d in drafts}
    problems += [problem for draft in drafts for problem in draft.problems]
    return ResolvedSite(finished, tuple(recommendations), tuple(clauses), tuple(in_order(problems)))


def _resolve(draft: Draft, root: HtmlElement, directory: Directory, formatted: Formatted, used: Used, *, local: bool) -> None:
    resolve_references(draft, root, directory, used)
    resolve_citations(draft, root, formatted, used, local=local)


def _add_record_sources(draft: Draft, marks: HtmlElement, directory: Directory, formatted: Formatted, used: Used) -> None:
    """Count the sources of a case's record as used on its page, whether or not its text cites them."""
    counted = Used()
    _resolve(draft, marks, directory, formatted, counted, local=False)
    for key, uses in counted.uses.items():
        used.uses.setdefault(key, []).extend(uses)
    used.targets.update({key: target for key, target in counted.targets.items() if key not in used.targets})
    for key in counted.citations:
        used.citations.setdefault(key, 0)


def _fill_listing(draft: Draft, place: HtmlElement, register: Register, directory: Directory, formatted: Formatted, used: Used) -> None:
    name = place.get("data-name", "")
    root = listing(name, register)
    if root is None:
        message = f"There is no listing “{name}”." if name else "A listing block does not say what it lists."
        remedy = suggestion(name, [*LISTINGS, *TOOLS], f"There are: {', '.join([*LISTINGS, *TOOLS])}.")
        draft.report("block", f"/// listing | {name}".strip(" |"), message, remedy)
        return
    seen = Used()
    # What leads nowhere from a register was written, and is reported, elsewhere.
    _resolve(dataclasses.replace(draft, problems=[]), root, directory, formatted, seen, local=False)
    used.previews.update({key: target for key, target in seen.previews.items() if key not in used.previews})
    replace(place, root)
    known = dict(draft.anchors)
    draft.anchors.clear()
    # Its ids are those of the records, whose mistakes were reported with them.
    anchor_steps.collect_anchors(dataclasses.replace(draft, problems=[]))
    draft.anchors.update(known)


def _finish(
    draft: Draft, used: Used, series: Series, bibliography: Bibliography, formatted: Formatted, used_in: Mapping[str, list[Backlink]]
) -> ResolvedPage:
    words = len(text_of(draft.tree).split())
    for node in draft.tree.iterfind(".//*[@data-relation]"):
        del node.attrib["data-relation"]
    authorities = [series.authority[key.removeprefix("law:")] for key in used.targets if key.startswith("law:")]
    # The literature page holds every entry already: what its own text cites leads there.
    listed = next(with_class(draft.tree, "register--literature"), None) is not None
    for section in (None if listed else references(used, formatted), law_cited(draft, authorities)):
        if section is not None:
            draft.tree.append(section)
    headings = anchor_steps.headings(draft.tree)
    previews = preview_store(draft.tree, used, bibliography.sources, formatted)
    owner = draft.owner
    key = f"case:{owner.id}" if isinstance(owner, Case) else f"publication:{draft.page.path}"
    keys = (key, *(f"rec:{item.id}" for item in draft.recommendations))
    backlinks = tuple(dict.fromkeys(link for key in keys for link in used_in.get(key, ()) if link.url.partition("#")[0] != draft.page.url))
    return ResolvedPage(
        html=inner_html(draft.tree),
        previews=previews,
        headings=headings,
        backlinks=backlinks,
        authorities=tuple(a.id for a in authorities),
        sources=tuple(key for key in formatted.references if key in used.citations),
        cases=tuple(key.removeprefix("case:") for key in used.targets if key.startswith("case:")),
        anchors=tuple(draft.anchors.values()),
        words=words,
        url=draft.page.url,
        passages=tuple(draft.passages),
    )


def _glossary(series: Series, directory: Directory) -> list[Problem]:
    """References of the glossary, written in its data file, that lead nowhere."""
    problems = []
    for term in series.terms:
        for href in term.see:
            known = is_reference(href)
            found = directory.find(href, "") if known else Unknown("data", f"“{href}” is not a reference.", "Write law:id, term:id or brief:slug.")
            if isinstance(found, Unknown) and found is not UNREAD:
                problems.append(Problem(found.rule, *series.places[f"term:{term.id}.see"], found.message, found.remedy))
    return problems


def _double_ids(drafts: list[Draft]) -> list[Problem]:
    """Recommendations and clauses whose id stands on more than one page."""
    problems = []
    for what, rule in (("recommendations", "recommendation"), ("clauses", "clause")):
        first: dict[str, str] = {}
        for draft in drafts:
            for item in getattr(draft, what):
                if item.id in first and first[item.id] != draft.page.path:
                    message = f"The {rule} “{item.id}” is already in {first[item.id]}."
                    problems.append(draft.page.problem("id", f"/// {rule} | {item.id}", message, "Ids are unique over the whole series."))
                first.setdefault(item.id, draft.page.path)
    return problems
