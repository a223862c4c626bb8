"""From parsed pages to finished ones, once all are known: numbers, references, citations, registers.

The steps run in one order over all pages, each reading only what the steps before it made:
expand → number → collect anchors → citations in one run → references → registers → closing sections.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hooks.blocks.anatomy import check_anatomy
from hooks.blocks.checks import check_structure
from hooks.blocks.course import expand_course
from hooks.blocks.dialects import check_dialects
from hooks.blocks.exercise_names import check_exercise_names
from hooks.blocks.expand import case_sources, expand
from hooks.blocks.final_check import expand_final_check
from hooks.blocks.kept_words import check_answers, check_finished, check_parsed, written_on
from hooks.blocks.keys import check_keys, exercises_of, expand_keys
from hooks.blocks.limits import check_limits
from hooks.blocks.markup import check_markup
from hooks.blocks.platforms import check_platforms
from hooks.blocks.printables import check_material, print_list
from hooks.blocks.slides import complete_posts, expand_slides, take_over
from hooks.build.kept import Checks
from hooks.build.read import Read
from hooks.citing.bibliography import Bibliography, Source
from hooks.citing.citeproc import Formatted
from hooks.citing.compared import check_printed
from hooks.core.locate import line_of
from hooks.core.problems import Problem, following, in_order, suggestion
from hooks.core.tree import E, HtmlElement, align_by_class, fragment, inner_html, replace, with_class
from hooks.core.urls import relative_url
from hooks.linking import anchors as anchor_steps
from hooks.linking.backlinks import collect, joined
from hooks.linking.closing import key_to_marks, law_cited, preview_store, references
from hooks.linking.errata import mark_errata
from hooks.linking.grounds import check_grounds
from hooks.linking.links import Used, check_citations, citation_groups, is_reference, resolve_citations, resolve_references
from hooks.linking.model import Anchor, Draft, Practice, Recommendation, ResolvedPage, ResolvedSite, SourcePage
from hooks.linking.paragraphs import is_passage, name_passages
from hooks.linking.practice import check_objectives, check_practice, practice_line
from hooks.linking.reading import count, count_at, count_read, minutes
from hooks.linking.relations import Backlink
from hooks.linking.retired import keep_old_places
from hooks.linking.search_passages import Passage as Found
from hooks.linking.search_passages import SearchPage, found_on
from hooks.linking.spoken import speak
from hooks.linking.strength import check_strengths
from hooks.linking.targets import ACT, Directory, Unknown
from hooks.registers import law, pack_talks, packs
from hooks.registers.builder.page import SHEET, fill_builder
from hooks.registers.course import keep_exercises
from hooks.registers.listings import LISTINGS, listing
from hooks.registers.questions import answered, check_questions, fill_questions
from hooks.registers.register import Register
from hooks.registers.roles import check_roles
from hooks.registers.study_time import StudyTime, asked_to_read, print_study_times, study_times
from hooks.registers.tools import TOOLS, fill_tools
from hooks.series.addresses import STRENGTH_PAGE
from hooks.series.kinds import COURSE_KINDS
from hooks.series.lock import Passage, known_passages
from hooks.series.model import Case, Publication, Series, practised_in
from hooks.series.moves import Moves

Formatter = Callable[[Iterable[str]], Formatted]
Tick = Callable[[], object]
"""Called again and again in the middle of long work; it raises where the work is to be given up."""


def _go_on() -> None:
    """The `Tick` of work that nobody gives up."""


@dataclass(frozen=True)
class Around:
    """What finishing a page takes from all the others, so that one page can be finished anew by itself (see `weave_again`).

    `alone`, `practices` and `used_in` as in `Register`; `known` are the promised passages by the address of their page; `timed` the words
    by each reference whose reading time some page prints.
    """

    directory: Directory
    formatted: Formatted
    used_in: Mapping[str, list[Backlink]]
    practices: tuple[Practice, ...]
    alone: Mapping[str, StudyTime]
    known: Mapping[str, Iterable[Passage]]
    on_strength: str
    timed: Mapping[str, int]


@dataclass(frozen=True)
class Woven:
    """The second of the three values of a build: what was read, and every page of it resolved. `whole` where all were finished now."""

    read: Read
    site: ResolvedSite
    around: Around
    whole: bool = True


def weave(read: Read, pages: Iterable[SourcePage], format_groups: Formatter, tick: Tick = _go_on, checks: Checks | None = None) -> Woven:
    """Finish every page of what was read; `format_groups` as in `resolve_site`. Without `checks` none is known from an earlier build."""
    known = known_passages(read.promised, read.moves)
    said = read.settings.get("series", {})
    checks = checks or Checks(None)
    site, around = _resolve_all(pages, read.series, read.bibliography, format_groups, read.today, read.moves, known, read.site_url, said, tick, checks)
    return Woven(read, site, around)


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
    return _resolve_all(pages, series, bibliography, format_groups, today, moves or Moves(), known or {}, site_url, {"name": name}, _go_on, Checks(None))[0]


def _resolve_all(
    pages: Iterable[SourcePage], series: Series, bibliography: Bibliography, format_groups: Formatter, today: date,
    moves: Moves, known: Mapping[str, Iterable[Passage]], site_url: str, said: Mapping[str, Any], tick: Tick, checks: Checks,
) -> tuple[ResolvedSite, Around]:  # fmt: skip
    sources = bibliography.sources if bibliography.readable else None
    keys = _keys(sources)
    drafts: list[Draft] = []
    for page in pages:
        drafts.append(_begin(page, series, sources, keys, checks))
        tick()
    practised = practised_in(series.taught)
    take_over(drafts, series)
    # Slides come last, for they print what modules say of their exercises.
    for draft in sorted(drafts, key=lambda draft: draft.page.path in series.slides_by_path):
        _expand(draft, series, today)
        if draft.page.path in series.slides_by_path:
            expand_slides(draft, series.slides_by_path[draft.page.path], _modules(drafts))
        tick()
    _complete_course(drafts, series)
    modules = {slug: draft.tree for slug, draft in _modules(drafts).items()}
    for draft in drafts:
        _number(draft, practised, draft.page.path not in series.slides_by_path)
        if isinstance(draft.owner, Publication) and draft.owner.kind == "course-module":
            draft.reading = asked_to_read(draft)
    for draft in drafts:
        keep_exercises(draft, modules)
    for draft in drafts:
        _name(draft, known, moves)
        tick()
    places = {item.id: index for index, item in enumerate(series.publications)}
    clauses = [item for draft in drafts for item in draft.clauses]
    letters = tuple(sorted((item for draft in drafts for item in draft.letters), key=lambda item: places[item.publication.id]))
    problems = _double_ids(sorted(drafts, key=lambda draft: draft.page.url not in known))
    unread = frozenset(key for draft in drafts for key in draft.unread)
    anchors = {d.page.path: d.anchors for d in drafts}
    recommendations, directory = _listed(drafts, series, anchors, unread)
    problems += [*_glossary(series, directory), *check_roles(series, directory)]
    problems += [*check_keys(drafts, series), *check_practice(drafts, series), *check_grounds(drafts, series), *check_strengths(drafts, series)]
    for draft in drafts:
        check_objectives(draft, directory)
    order = list(series.publications)
    practices = tuple(sorted((item for draft in drafts for item in draft.practices if item.module.in_force), key=lambda item: order.index(item.module)))
    problems += check_platforms(series, directory, sources)
    problems += check_questions(series, drafts, directory, sources, today)
    problems += fill_builder(drafts, directory, clauses, letters)
    problems += fill_tools(drafts, directory, sources, today, clauses)
    fill_questions(drafts, directory)

    extra, groups = _cited(drafts, sources)
    formatted = format_groups(groups)

    problems += check_printed(bibliography.entries, formatted.references)

    used: dict[str, Used] = {}
    for draft in drafts:
        used[draft.page.path] = Used()
        _resolve(draft, draft.tree, directory, formatted, used[draft.page.path], local=True)
        _add_record_sources(draft, extra[draft.page.path], directory, formatted, used[draft.page.path])
        tick()
    used_in = collect(drafts, {path: item.uses for path, item in used.items()}, series)

    counted: dict[str, int] = {}
    timed = _timed(_read_at(drafts, directory), counted)
    alone = study_times(series.taught, practices, drafts, _worded(drafts, directory))
    print_study_times(series.taught, drafts, alone)
    problems += [*packs.check_packs(series, directory, practices, timed), *pack_talks.check_talks(series, drafts, practices)]
    for draft in drafts:
        for place in list(with_class(draft.tree, "listing")):
            links = _UsedIn(used_in, draft.page.url)
            register = Register(
                series, bibliography.sources, formatted, tuple(recommendations), links, today, site_url, _text(said, "name"), tuple(clauses), practices,
                timed, alone, _licence(said),
            )  # fmt: skip
            _fill_listing(draft, place, register, directory, formatted, used[draft.page.path])
        tick()

    problems += check_anatomy(drafts)
    on_strength = STRENGTH_PAGE if any(draft.page.url == STRENGTH_PAGE for draft in drafts) else ""
    finished = {}
    for draft in drafts:
        finished[draft.page.path] = _finish(draft, used[draft.page.path], series, bibliography, formatted, used_in, on_strength)
        problems += _told_of(draft, finished[draft.page.path].html, series, checks)
        tick()
    asked = [(series.subject_by_path[draft.page.path], draft.tree) for draft in drafts if draft.page.path in series.subject_by_path]
    for subject, tree in asked:
        problems += check_answers(subject, tree, series)
    order_of = list(series.subjects)
    questions = sorted((item for subject, tree in asked for item in answered(subject, tree, directory)), key=lambda item: order_of.index(item.subject.slug))
    site = ResolvedSite(finished, tuple(recommendations), tuple(clauses), tuple(in_order(problems)), letters, tuple(questions))
    return site, Around(directory, formatted, used_in, practices, alone, known, on_strength, counted)


def weave_again(woven: Woven, read: Read, pages: Iterable[SourcePage], format_groups: Formatter, checks: Checks | None = None) -> Woven:
    """What was woven, with these pages finished anew, each as a whole weaving would finish it if all the others stayed as they are.

    `read` is what was read now. A page that takes from others more than `Around` holds is left as it was: see `stands_alone`. What other
    pages print of these (backlinks, registers, the course) is left as it was too.
    """
    series, bibliography, around = read.series, read.bibliography, woven.around
    sources = bibliography.sources if bibliography.readable else None
    checks = checks or Checks(None)
    drafts = _drafts_alone(pages, read, around, checks)
    there = {draft.page.path for draft in drafts}
    anchors = {path: known for path, known in around.directory.anchors.items() if path not in there} | {d.page.path: d.anchors for d in drafts}
    others = [item for item in woven.site.recommendations if item.publication.path not in there]
    unread = around.directory.unread | {key for draft in drafts for key in draft.unread}
    recommendations, directory = _listed(drafts, series, anchors, unread, others)
    kept = [problem for problem in woven.site.problems if problem.path not in there]
    problems = [*check_grounds(drafts, series), *check_strengths(drafts, series)]

    extra, groups = _cited(drafts, sources)
    # Sources are numbered by the whole bibliography (2013a, 2013b): where it is as it was, so are the groups that were formatted before.
    same = read.bibliography.items == woven.read.bibliography.items
    known_groups = around.formatted.groups if same else {}
    formatted = around.formatted if known_groups.keys() >= set(groups) else format_groups([*around.formatted.groups, *groups])

    finished = dict(woven.site.pages)
    said = read.settings.get("series", {})
    clauses = (*(item for item in woven.site.clauses if item.publication.path not in there), *(item for draft in drafts for item in draft.clauses))
    used_on: dict[str, Used] = {draft.page.path: Used() for draft in drafts}
    for draft in drafts:
        used = used_on[draft.page.path]
        _resolve(draft, draft.tree, directory, formatted, used, local=True)
        _add_record_sources(draft, extra[draft.page.path], directory, formatted, used)
        register = Register(
            series, bibliography.sources, formatted, tuple(recommendations), _UsedIn(around.used_in, draft.page.url), read.today, read.site_url,
            _text(said, "name"), clauses, around.practices, lambda reference: 0, around.alone, _licence(said),
        )  # fmt: skip
        for place in list(with_class(draft.tree, "listing")):
            _fill_listing(draft, place, register, directory, formatted, used)
    problems += check_anatomy(drafts)
    for draft in drafts:
        finished[draft.page.path] = _finish(draft, used_on[draft.page.path], series, bibliography, formatted, around.used_in, around.on_strength)
        problems += _told_of(draft, finished[draft.page.path].html, series, checks)
    site = dataclasses.replace(woven.site, pages=finished, recommendations=tuple(recommendations), problems=tuple(in_order([*kept, *problems])))
    return Woven(read, site, dataclasses.replace(around, directory=directory, formatted=formatted), whole=False)


def _drafts_alone(pages: Iterable[SourcePage], read: Read, around: Around, checks: Checks) -> list[Draft]:
    """Those of the pages that stand alone, each with all that it has of itself: its blocks completed, its places named."""
    series, sources = read.series, read.bibliography.sources if read.bibliography.readable else None
    practised, keys = practised_in(series.taught), _keys(sources)
    drafts = []
    for page in pages:
        draft = _begin(page, series, sources, keys, checks)
        _expand(draft, series, read.today)
        if stands_alone(draft, series):
            _number(draft, practised, draft.page.path not in series.slides_by_path)
            _name(draft, around.known, read.moves)
            drafts.append(draft)
    return drafts


def only_words_changed(
    changed: Sequence[tuple[SourcePage, SourcePage]], woven: Woven, is_named: Callable[[str, str], bool], checks: Checks | None = None
) -> bool:
    """Whether nothing on any other page hangs on what makes pages differ from what they were; `changed` has each as it was and as it is.

    That is where the markup of each is the same to the last attribute, but for paragraphs of nothing but words; all that others print of it is
    the same, reading times too; and nothing is wrong with it. A passage may have got another id by its words, unless its own `is_named`
    elsewhere: asked with the path of its page. `woven` is the series with the pages as they were.
    """
    if any((before.path, before.url, before.title) != (now.path, now.url, now.title) for before, now in changed):
        return False
    old, new = (_drafts_alone(pages, woven.read, woven.around, checks or Checks(None)) for pages in ([was for was, _ in changed], [now for _, now in changed]))
    if len(old) < len(changed) or len(new) < len(changed):
        return False
    return all(_gives_the_same(was, now, is_named) for was, now in zip(old, new, strict=True)) and _takes_as_long(old, new, woven.around)


def _gives_the_same(old: Draft, new: Draft, is_named: Callable[[str, str], bool]) -> bool:
    """Whether other pages take the same from a page as before."""
    # The policy builder looks into the words of sheets.
    if old.problems or new.problems or (isinstance(new.owner, Publication) and new.owner.kind == SHEET):
        return False
    gone = {passage.id for passage in old.passages} - {passage.id for passage in new.passages}
    if any(is_named(new.page.path, id_) for id_ in gone):
        return False
    return list(_shape(old.tree)) == list(_shape(new.tree)) and _given(old) == _given(new)


_OF_WORDS = ("em", "strong", "code", "br")


def _shape(node: HtmlElement) -> Iterator[tuple[object, dict[str, str]]]:
    """A tree without its words, without paragraphs that have nothing else, and without the ids that passages have from their words."""
    own = {name: "" if name == "id" and is_passage(value) else value for name, value in node.attrib.items()}
    if node.tag == "p" and own.keys() <= {"id"} and not own.get("id") and all(part.tag in _OF_WORDS and not part.attrib for part in node.iterdescendants()):
        return
    yield node.tag, own
    for child in node:
        yield from _shape(child)


def _given(draft: Draft) -> list[object]:
    """What other pages take from a page, but for its tree."""
    anchors = {id_: anchor for id_, anchor in draft.anchors.items() if not is_passage(id_)}
    return [anchors, draft.recommendations, draft.clauses, draft.letters, draft.practices, draft.facts, draft.reading, draft.unread]


def _takes_as_long(old: Sequence[Draft], new: Sequence[Draft], around: Around) -> bool:
    """Whether every reading time that is printed somewhere stays what it was."""
    was, now = (_read_at(drafts, around.directory) for drafts in (old, new))
    for href, words in around.timed.items():
        if minutes(words + (now(href) or 0) - (was(href) or 0)) != minutes(words):
            return False
    was_read, now_read = (_worded(drafts, around.directory) for drafts in (old, new))
    return all(
        minutes(time.words + sum(now_read(href) - was_read(href) for href in time.references)) == time.reading for time in around.alone.values()
    )


def _text(said: Mapping[str, Any], key: str) -> str:
    return str(said.get(key) or "")


def _licence(said: Mapping[str, Any]) -> tuple[str, str]:
    return _text(said, "licence"), _text(said, "licence_url")


def stands_alone(draft: Draft, series: Series) -> bool:
    """Whether an expanded page can be finished without the trees of others: no page of the course, and none that a tool, the policy builder
    or the questions fill."""
    path, owner = draft.page.path, draft.owner
    of_course = any(path in known for known in (series.slides_by_path, series.key_by_path, series.key_to))
    of_course = of_course or (isinstance(owner, Publication) and owner.kind in COURSE_KINDS)
    names = [node.get("data-name", "") for node in with_class(draft.tree, "listing")]
    # Where readers of a role begin is told with the minutes that it takes, for which other pages are counted.
    return not of_course and all(name in LISTINGS or name.startswith(law.ENTRY) for name in names)


def _listed(
    drafts: Sequence[Draft], series: Series, anchors: Mapping[str, Mapping[str, Anchor]], unread: frozenset[str], others: Sequence[Recommendation] = (),
) -> tuple[list[Recommendation], Directory]:  # fmt: skip
    """The recommendations of the drafts and the `others`, by publication and number, and all that can be referred to.

    The headings and recommendations of the drafts are given the words that they print on the way.
    """

    def there() -> list[Recommendation]:
        return [*others, *(item for draft in drafts for item in draft.recommendations)]

    first = Directory(series, anchors, {item.id: item for item in there()}, unread)
    for draft in drafts:
        speak(draft, first)
    places = {item.id: index for index, item in enumerate(series.publications)}
    listed = sorted(there(), key=lambda item: (places[item.publication.id], int(item.id.rsplit("-r", 1)[-1])))
    return listed, Directory(series, anchors, {item.id: item for item in listed}, unread)


def _cited(drafts: Sequence[Draft], sources: Mapping[str, Source] | None) -> tuple[Mapping[str, HtmlElement], list[str]]:
    """What the record of each case cites, by the path of its page, and every citation group of these and of the pages, looked over."""
    extra = {draft.page.path: E.DIV(*case_sources(draft)) for draft in drafts}
    trees = [(draft, tree) for draft in drafts for tree in (extra[draft.page.path], draft.tree)]
    if sources is not None:
        for draft, tree in trees:
            check_citations(draft, tree, sources)
    return extra, [group for _, tree in trees for group in citation_groups(tree)]


def _keys(sources: Mapping[str, Source] | None) -> str:
    """The keys of the bibliography as one text, on which what a page may cite hangs; None has its own."""
    return repr(sources and sorted(sources))


def _begin(page: SourcePage, series: Series, sources: Mapping[str, Source] | None, keys: str, checks: Checks) -> Draft:
    """The page as a draft, looked over as it came from Markdown. `sources` are those of the bibliography, and `keys` theirs."""
    draft = Draft(page, fragment(page.html), series.by_path.get(page.path))

    def check() -> list[Problem]:
        return [*check_dialects(page, sources), *following(check_parsed(page, written_on(page, list(series.withheld)), draft.tree))]

    draft.problems += checks.told(("parsed", page.path, page.text, page.html, keys, repr(sorted(series.withheld))), check)
    check_markup(draft)
    check_structure(draft)
    check_limits(draft)
    align_by_class(draft.tree)
    return draft


def _expand(draft: Draft, series: Series, today: date) -> None:
    """Complete the blocks of a page."""
    expand(draft, series, today)
    complete_posts(draft, series)
    expand_course(draft, series)
    expand_final_check(draft, series)


def _number(draft: Draft, practised: Mapping[str, Sequence[Publication]], numbered: bool) -> None:
    practice_line(draft, practised)
    anchor_steps.number_captions(draft, numbered)


def _name(draft: Draft, known: Mapping[str, Iterable[Passage]], moves: Moves) -> None:
    """Give every place of a page its id."""
    name_passages(draft, known.get(draft.page.url, ()))
    keep_old_places(draft, moves)
    mark_errata(draft)
    anchor_steps.collect_anchors(draft)


def _told_of(draft: Draft, html: str, series: Series, checks: Checks) -> list[Problem]:
    """The problems of a page that is finished as `html`."""
    page = draft.page
    if any(problem.rule == "lost" for problem in draft.problems):
        return draft.problems

    def check() -> list[Problem]:
        return check_finished(page, written_on(page, list(series.withheld)), draft.tree)

    return [*draft.problems, *checks.told(("finished", page.path, page.text, html, repr(sorted(series.withheld))), check)]


def _modules(drafts: Iterable[Draft]) -> Mapping[str, Draft]:
    """The modules of the course, by slug."""
    return {draft.owner.slug: draft for draft in drafts if isinstance(draft.owner, Publication) and draft.owner.kind == "course-module"}


def _complete_course(drafts: Iterable[Draft], series: Series) -> None:
    """What pages of the course take from one another: answer keys the names of exercises, those the list of what to print."""
    by_path = {draft.page.path: draft for draft in drafts}
    modules = {slug: draft.tree for slug, draft in _modules(by_path.values()).items()}
    for path, key in series.key_by_path.items():
        if path in by_path:
            answered = by_path.get(key.of.path)
            expand_keys(by_path[path], key, exercises_of(answered.tree) if answered else {}, broken=not answered or bool(answered.problems))
    for path, draft in by_path.items():
        check_exercise_names(draft, series)
        if path in series.key_to or (isinstance(draft.owner, Publication) and draft.owner.kind == "course-module"):
            own = series.key_to.get(path)
            check_material(draft, modules)
            print_list(draft, series, by_path[own.path].tree if own is not None and own.path in by_path else None, modules)


def _read_at(drafts: Iterable[Draft], directory: Directory) -> Callable[[str], int | None]:
    """A reference → the words of its publication, or of the place in it; None for what is no publication of the drafts."""
    trees = {draft.page.path: draft.tree for draft in drafts}

    def words(href: str) -> int | None:
        target = directory.find(href, "")
        if isinstance(target, Unknown) or target.owner is None or target.owner.path not in trees:
            return None
        place = ACT if target.scheme == "card" else href.partition("#")[2]
        tree = trees[target.owner.path]
        return count_at(tree, place) if place else count_read(tree, target.owner.of_kind)

    return words


def _timed(words: Callable[[str], int | None], counted: dict[str, int]) -> Callable[[str], int]:
    """A reference → the minutes that it takes to read, 0 for what is no publication; what is asked for is entered in `counted`."""

    def time(href: str) -> int:
        found = words(href)
        if found is None:
            return 0
        counted[href] = found
        return minutes(found)

    return time


def _worded(drafts: Iterable[Draft], directory: Directory) -> Callable[[str], int]:
    """A reference → the words of the publication, the place in it or the case study that it leads to; 0 for what is none of these."""
    pages = {draft.page.url: draft for draft in drafts if draft.owner is not None}

    def words(href: str) -> int:
        target = directory.find(href, "")
        url, _, place = ("", "", "") if isinstance(target, Unknown) else target.url.partition("#")
        draft = pages.get(url)
        if draft is None or isinstance(target, Unknown):
            return 0
        return count_at(draft.tree, place) if place else count_read(draft.tree, draft.owner.of_kind if isinstance(draft.owner, Publication) else None)

    return words


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
    root, block = listing(name, register), f"/// listing | {name}".strip(" |")
    if root is None:
        message = f"There is no listing “{name}”." if name else "A listing block does not say what it lists."
        remedy = suggestion(name, [*LISTINGS, *TOOLS], f"There are: {', '.join([*LISTINGS, *TOOLS])}.")
        # The run sheet of a pack is there as a rule, and what is wrong with it was told.
        unread = name.partition("/")[0] in packs.ENTRIES and register.series.is_unread("run", name.partition("/")[2])
        draft.report("block", block, message, remedy, follows=unread)
        return
    seen = Used()
    # What leads nowhere from a register was written elsewhere as a rule, and is reported there: it is told here if it was not.
    own = dataclasses.replace(draft, problems=[])
    _resolve(own, root, directory, formatted, seen, local=False)
    line = line_of(draft.page.text, block)
    # Who refers to what is no longer in force is told where the reference was written; a register only repeats it.
    found = [problem for problem in own.problems if problem.rule != "retired"]
    draft.problems += [dataclasses.replace(p, line=line, message=f"In this listing: {p.message}", follows=True) for p in found]
    used.previews.update({key: target for key, target in seen.previews.items() if key not in used.previews})
    replace(place, root)
    known = dict(draft.anchors)
    draft.anchors.clear()
    # Its ids are those of the records: what is wrong with them was reported with those, as a rule.
    own = dataclasses.replace(draft, problems=[])
    anchor_steps.collect_anchors(own)
    draft.problems += following(own.problems)
    draft.anchors.update(known)


def _finish(
    draft: Draft, used: Used, series: Series, bibliography: Bibliography, formatted: Formatted, used_in: Mapping[str, list[Backlink]],
    on_strength: str = "",
) -> ResolvedPage:
    words = count(draft.tree)
    read_words = count_read(draft.tree, draft.owner.of_kind if isinstance(draft.owner, Publication) else None)
    for node in draft.tree.iterfind(".//*[@data-relation]"):
        del node.attrib["data-relation"]
    authorities = [series.authority[key.removeprefix("law:")] for key in used.targets if key.startswith("law:")]
    # The literature page holds every entry already: what its own text cites leads there.
    listed = next(with_class(draft.tree, "register--literature"), None) is not None
    stated = (draft.owner.front.lesson,) if isinstance(draft.owner, Case) else ()
    more = relative_url(on_strength, draft.page.url) if on_strength else ""
    key = key_to_marks(draft.tree, more, stated)
    found = _found_on(draft, series, bibliography)
    for section in (None if listed else references(used, formatted), law_cited(draft, authorities), key):
        if section is not None:
            draft.tree.append(section)
    headings = anchor_steps.headings(draft.tree)
    previews = preview_store(draft.tree, used, bibliography.sources, formatted)
    owner = draft.owner
    authority = series.authority_by_path.get(draft.page.path)
    own = f"case:{owner.id}" if isinstance(owner, Case) else f"law:{authority.id}" if authority else f"publication:{draft.page.path}"
    keys = (own, *(f"rec:{item.id}" for item in draft.recommendations))
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
        images=tuple(dict.fromkeys(node.get("src", "") for node in draft.tree.iter("img"))),
        clauses=_clause_texts(draft.tree),
        read_words=read_words,
        found=found,
        facts=tuple(dict.fromkeys(draft.facts)),
    )


def _found_on(draft: Draft, series: Series, bibliography: Bibliography) -> tuple[Found, ...]:
    """What the search finds on a page, before what every page has at its end is added."""
    title = draft.owner.front.title if draft.owner is not None else draft.page.title
    return found_on(SearchPage(draft.page.path, draft.page.url, title, draft.tree), series, bibliography.sources)


def _clause_texts(tree: HtmlElement) -> dict[str, str]:
    """The text of each model clause by its id."""
    return {
        (section.get("id") or "").removeprefix("clause-"): inner_html(text)
        for section in with_class(tree, "clause") for text in with_class(section, "clause__text")
    }  # fmt: skip


def _glossary(series: Series, directory: Directory) -> list[Problem]:
    """References of the glossary, written in its data file, that lead nowhere."""
    problems = []
    for term in series.terms:
        for href in term.see:
            known = is_reference(href)
            found = directory.find(href, "") if known else Unknown("data", f"“{href}” is not a reference.", "Write law:id, term:id or brief:slug.")
            if isinstance(found, Unknown):
                problems.append(Problem(found.rule, *series.places[f"term:{term.id}.see"], found.message, found.remedy, found.follows))
    return problems


def _double_ids(drafts: list[Draft]) -> list[Problem]:
    """Recommendations and clauses whose id stands on more than one page."""
    problems = []
    for what, rule in (("recommendations", "recommendation"), ("clauses", "clause")):
        first: dict[str, Draft] = {}
        for draft in drafts:
            for item in getattr(draft, what):
                other = first.setdefault(item.id, draft)
                if other is not draft:
                    message = f"The {rule} “{item.id}” is already in {other.page.path}."
                    problem = draft.page.problem("id", f"/// {rule} | {item.id}", message, "Ids are unique over the whole series.")
                    # A copy of a whole publication is one mistake.
                    problems += following([problem], other.owner is not None and draft.owner is not None and other.owner.id == draft.owner.id)
    return problems
