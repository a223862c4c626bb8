"""From source files to one validated, immutable Series."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any, TypeVar

from hooks.core.problems import Problem, following, suggestion
from hooks.core.validate import no_mapping, to_record
from hooks.core.yaml_lines import Document, Parse, parse
from hooks.series import sources
from hooks.series.coded_policies import CodedPolicy, coded_policy_files
from hooks.series.duties import check_duties
from hooks.series.home import load_home
from hooks.series.kinds import KINDS
from hooks.series.load_policy_builder import load_builder
from hooks.series.model import AnswerKey, Case, ExercisePage, Publication, Series, SlidePlace, Slides, ToolPage
from hooks.series.model_policies import SOURCE as MODELS
from hooks.series.model_policies import ModelPolicy
from hooks.series.packs import load_packs
from hooks.series.questions import Question
from hooks.series.records import Authority, CaseFront, DeckFront, KeyFront, PlatformFact, SlidesFront, Term
from hooks.series.roles import load_roles
from hooks.series.slides import places
from hooks.series.tools import load_tools

Listed = TypeVar("Listed", Authority, Term, PlatformFact, Question, ModelPolicy, CodedPolicy)
"""A record that stands in a list, under an id."""


def load_series(root: Path, promised: Collection[str] = (), parse: Parse = parse) -> tuple[Series, list[Problem]]:
    """Read every source below `root`. What cannot be read is left out and reported.

    `promised` are the addresses of links.lock: of two things that share an id, the one that it knows was there first.
    """
    reader = _Reader(root, parse)
    publications = _publications(reader)
    slides = _slides(reader, publications)
    slides += _decks(reader, publications, slides)
    keys = _keys(reader, publications)
    cases = _cases(reader)
    _other_pages(reader)
    authorities = _records(reader, sources.files_under(root, sources.LAW, ".yml"), Authority, "law")
    terms = _records(reader, [sources.TERMS] if (root / sources.TERMS).exists() else [], Term, "term")
    platforms = _records(reader, [sources.PLATFORMS] if (root / sources.PLATFORMS).exists() else [], PlatformFact, "platform")
    questions = {PurePosixPath(path).stem: tuple(_records(reader, [path], Question, "q")) for path in sources.question_files(root)}
    models = _records(reader, [MODELS] if (root / MODELS).exists() else [], ModelPolicy, "model-policy")
    coded = _records(reader, coded_policy_files(root), CodedPolicy, "coded-policy")
    reader.problems += _double_ids(sorted([*publications, *cases], key=lambda item: item.url not in promised), reader.places)
    reader.problems += _successors(publications, reader.unread)
    reader.problems += [*_double_shorts(authorities, reader.places), *check_duties(authorities, reader.places)]
    terms.sort(key=lambda term: term.term.lower())
    tools, found = load_tools(root)
    builder = load_builder(root)
    packs, amiss, without = load_packs(root, {p.slug: p.path for p in publications if p.kind == "course-pack"})
    reader.unread |= {f"run:{slug}" for slug in without}
    reader.problems += following(amiss, any(path.startswith(sources.PACKS) for path in reader.unread))
    reader.problems += [*found, *builder.problems]
    roles, found, broken = load_roles(root)
    reader.problems += found
    reader.unread |= {"for:*"} if broken else set()
    series = Series(
        tuple(publications), tuple(cases), tuple(authorities), tuple(terms), reader.places, frozenset(reader.withheld), frozenset(reader.unread), slides,
        keys=keys, platforms=tuple(platforms), tools=tools, roles=roles, tool_pages=reader.tool_pages, questions=questions, packs=packs,
        models=tuple(models), coded=tuple(coded), builder=builder if builder.document.lines or builder.problems else None,
    )
    home, found = load_home(root, series.by_scheme, series.unread)
    return replace(series, home=home), [*reader.problems, *found]


@dataclass
class _Reader:
    """What the steps of one load hand on to each other; `places` and `unread` as in `Series`."""

    root: Path
    parse: Parse
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, tuple[str, int | None]] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    withheld: set[str] = field(default_factory=set)
    tool_pages: dict[str, ToolPage] = field(default_factory=dict)


def _publications(reader: _Reader) -> list[Publication]:
    found = []
    for mount, kind, slug in sources.publications(reader.root):
        of_kind = KINDS[kind]
        front, document = _front_matter(reader, mount.path, of_kind.front)
        if front is None:
            reader.unread |= {mount.path, f"{of_kind.scheme or kind}:{slug}"}
            continue
        number = _number(front.id) if of_kind.numbered else ""
        if of_kind.prefix and not re.fullmatch(rf"{of_kind.prefix}-[0-9]{{1,4}}", front.id):
            remedy = f"Write {of_kind.prefix}- and a number: {of_kind.prefix}-01."
            reader.problems.append(Problem("front-matter", mount.path, document.line(("id",)), f"“{front.id}” is not the id of {of_kind.one}.", remedy))
        if kind == "course-module" and number != str(int(PurePosixPath(mount.path).name.partition("-")[0])):
            message = f"The id of this module is “{front.id}”, but its file is “{PurePosixPath(mount.path).name}”."
            reader.problems.append(Problem("front-matter", mount.path, document.line(("id",)), message, "Both carry the module's number; make them the same."))
        found.append(Publication(front, kind, slug, number, mount.path, sources.url_of(mount.dest)))
    order = {kind: index for index, kind in enumerate(KINDS)}
    return sorted(found, key=lambda p: (order[p.kind], int(p.number or 0), p.slug))


def _slides(reader: _Reader, publications: list[Publication]) -> tuple[Slides, ...]:
    modules = {p.id: p for p in publications if p.kind == "course-module"}
    found: dict[str, Slides] = {}
    for path in sources.files_under(reader.root, sources.SLIDES, ".md"):
        front, document = _front_matter(reader, path, SlidesFront)
        module = modules.get(front.module) if front else None
        if module is None:
            reader.unread.add(path)
            if front and not any(item.startswith("module:") for item in reader.unread):
                message = f"There is no course module “{front.module}”."
                remedy = suggestion(front.module, modules, "Give the id of a module, e.g. tc-05.")
                reader.problems.append(Problem("reference", path, document.line(("module",)), message, remedy))
        elif module.slug != sources.slug_of(path):
            reader.unread.add(path)
            message = f"These slides are for the module “{module.slug}”, but their file is named “{PurePosixPath(path).name}”."
            reader.problems.append(Problem("front-matter", path, document.line(("module",)), message, f"Name the file {module.slug}.md, or correct the id."))
        else:
            found[module.id] = Slides(module, path, sources.url_of(sources.course_destination(path) or ""), places=_places(reader, path))
    return tuple(found[id_] for id_ in sorted(found, key=list(modules).index))


def _decks(reader: _Reader, publications: list[Publication], slides: tuple[Slides, ...]) -> tuple[Slides, ...]:
    """The decks that are no module's."""
    course = next((p for p in publications if p.kind == "course"), None)
    known = {item.slug: item.places for item in slides}
    found: dict[str, Slides] = {}
    for path in sources.files_under(reader.root, sources.DECKS, ".md"):
        front, document = _front_matter(reader, path, DeckFront)
        if front is None or course is None:
            reader.unread.add(path)
            if front is not None and sources.COURSE_PAGE not in reader.unread:
                reader.problems.append(Problem("front-matter", path, 1, "A deck belongs to the course, and there is none.", f"Write {sources.COURSE_PAGE}."))
        elif front.id in found:
            reader.unread.add(path)
            message = f"The id “{front.id}” is already used in {found[front.id].path}."
            reader.problems.append(Problem("id", path, document.line(("id",)), message, "An id is permanent and never reused; choose another."))
        else:
            url = f"course/decks/{PurePosixPath(path).stem}/"
            found[front.id] = Slides(course, path, url, front, _places(reader, path, known))
    return tuple(found.values())


def _places(reader: _Reader, path: str, known: Mapping[str, tuple[SlidePlace, ...]] = MappingProxyType({})) -> tuple[SlidePlace, ...]:
    return places(sources.body_of(sources.read_text(reader.root, path) or ""), known)


def _keys(reader: _Reader, publications: list[Publication]) -> tuple[AnswerKey, ...]:
    modules = {p.id: p for p in publications if p.kind == "course-module"}
    found: dict[str, AnswerKey] = {}
    for path in sources.files_under(reader.root, sources.KEYS, ".md"):
        front, document = _front_matter(reader, path, KeyFront)
        of = None if front is None else _answered(reader, front, modules, path, document)
        if of is None:
            reader.unread.add(path)
            continue
        slug, problem, remedy = PurePosixPath(path).stem, "", ""
        if isinstance(of, Publication) and of.slug != slug:
            problem = f"This key is to the module “{of.slug}”, but its file is named “{PurePosixPath(path).name}”."
            remedy = f"Name the file {of.slug}.md, or correct the id."
        elif of.path in found:
            problem, remedy = f"“{found[of.path].path}” is the key to the same exercises.", "Put both in one file."
        if problem:
            reader.unread.add(path)
            reader.problems.append(Problem("front-matter", path, document.line(()), problem, remedy))
            continue
        found[of.path] = AnswerKey(of, slug, path, f"{path.removeprefix(f'{sources.DOCS}/').removesuffix('.md')}/")
    return tuple(sorted(found.values(), key=lambda key: (not isinstance(key.of, Publication), key.of.path)))


def _answered(
    reader: _Reader, front: KeyFront, modules: dict[str, Publication], path: str, document: Document,
) -> Publication | ExercisePage | None:  # fmt: skip
    """The module or page whose exercises a key answers; None, and a problem, where there is none."""
    if front.module is not None:
        if front.module not in modules and not any(item.startswith("module:") for item in reader.unread):
            message, remedy = f"There is no course module “{front.module}”.", suggestion(front.module, modules, "Give the id of a module, e.g. tc-05.")
            reader.problems.append(Problem("reference", path, document.line(("module",)), message, remedy))
        return modules.get(front.module)
    pages = {PurePosixPath(item).stem: item for item in sources.beside_modules(reader.root)}
    own = pages.get(str(front.exercises))
    if own is None:
        remedy = suggestion(str(front.exercises), pages, "Give the name of a page in docs/course/ without “.md”.")
        message = f"There is no page of exercises “{front.exercises}”."
        reader.problems.append(Problem("reference", path, document.line(("exercises",)), message, remedy))
        return None
    stem = PurePosixPath(own).stem
    said, _ = sources.read_front_matter(sources.read_text(reader.root, own) or "", own, reader.parse)
    facts = said.data if said is not None and isinstance(said.data, dict) else {}
    return ExercisePage(stem, str(facts.get("title") or stem), str(facts.get("summary") or ""), own, f"course/{stem}/")


def _number(id_: str) -> str:
    """The number in a permanent id: `ib-08` → `8`."""
    digits = id_.rsplit("-", 1)[-1]
    return str(int(digits)) if re.fullmatch("[0-9]{1,4}", digits) else ""


def _is_case(path: str) -> bool:
    return PurePosixPath(path).parent.as_posix() == sources.CASES and PurePosixPath(path).name not in ("index.md", "synthesis.md")


def _cases(reader: _Reader) -> list[Case]:
    found = []
    for path in filter(_is_case, sources.files_under(reader.root, sources.CASES, ".md")):
        slug = PurePosixPath(path).stem
        if _withdrawn(reader, path):
            reader.withheld.add(slug)
            continue
        front, document = _front_matter(reader, path, CaseFront)
        if front is None:
            reader.unread |= {path, f"case:{slug}"}
            continue
        if front.id != slug:
            message = f"The id of this case study is “{front.id}”, but its file is named “{slug}.md”."
            reader.problems.append(Problem("front-matter", path, document.line(("id",)), message, "Make them the same; the id is what references use."))
        reader.problems += _case_evidence(front, path, document)
        found.append(Case(front, path, f"case-studies/{slug}/"))
    return sorted(found, key=lambda case: (-case.front.year, case.front.title))


def _withdrawn(reader: _Reader, path: str) -> bool:
    """Whether the record says that consent was withdrawn. Nothing else in it needs to be right for that to count."""
    front, _, _ = sources.split_front_matter(sources.read_text(reader.root, path) or "")
    if front is None:
        return False
    document, _ = reader.parse(front, path)
    if document is None or not isinstance(document.data, dict):
        return re.search(r"\bwithdrawn:\s*[^\s,}#]", front) is not None
    consent = document.data.get("consent")
    return isinstance(consent, dict) and bool(consent.get("withdrawn"))


def _other_pages(reader: _Reader) -> None:
    """Pages that are no records: their front matter, which may be missing, must be YAML, for MkDocs passes over what is not."""
    for path in ["briefs/index.md", *sources.files_under(reader.root, sources.DOCS, ".md")]:
        text = None if _is_case(path) or not (reader.root / path).exists() else sources.read_text(reader.root, path)
        if text is None:
            continue
        document, found = sources.read_front_matter(text, path, reader.parse)
        reader.problems += [_not_closed(path)] if document is None and sources.is_unclosed(text) else found
        if document is not None and document.data is not None and not isinstance(document.data, dict):
            reader.problems.append(no_mapping("front-matter", path, document.line(())))
        elif document is not None and PurePosixPath(path).parent.as_posix() == sources.TOOLS and PurePosixPath(path).name != "index.md":
            _tool_page(reader, path, document.data or {})


def _tool_page(reader: _Reader, path: str, front: dict[str, Any]) -> None:
    name = PurePosixPath(path).stem
    reader.tool_pages[name] = ToolPage(str(front.get("title") or name), str(front.get("summary") or ""), path, f"tools/{name}/")


def _case_evidence(front: CaseFront, path: str, document: Document) -> list[Problem]:
    """A case names its sources; one that rests on an interview of our own has consent instead (see `consent`)."""
    problems = []
    if front.source_kind != "interview" and not front.sources:
        remedy = "List at least one under `sources:`, e.g. \"@key, p. 4\" or law:id."
        problems.append(Problem("case-source", path, document.line(("sources",)), f"The case study “{front.id}” names no source.", remedy))
    return problems


def _front_matter(reader: _Reader, path: str, model: type) -> tuple[Any, Document]:
    """The validated front matter of a file, None if it has a mistake, with its document."""
    text = sources.read_text(reader.root, path)
    if text is None:
        reader.problems.append(sources.not_utf8(reader.root, path))
        return None, Document(None, {})
    document, found = sources.read_front_matter(text, path, reader.parse)
    if document is None and not found:
        remedy = "Begin the file with “---”, the keys, and “---”; see README.md for an example."
        missing = Problem("front-matter", path, 1, "The front matter is missing.", remedy)
        found = [_not_closed(path) if sources.is_unclosed(text) else missing]
    reader.problems += found
    if document is None:
        return None, Document(None, {})
    record, found = to_record(model, document.data, document, path, rule="front-matter")
    reader.problems += found
    reader.places[path] = (path, document.line(("id",)))
    if isinstance(document.data, dict):
        reader.places |= {f"{path}.{key}": (path, document.line((key,))) for key in document.data}
    return record, document


def _not_closed(path: str) -> Problem:
    return Problem("front-matter", path, 1, "The front matter is not closed.", "Write “---” on a line of its own below its last key.")


def _records(reader: _Reader, paths: list[str], model: type[Listed], scheme: str) -> list[Listed]:
    """The list items of YAML files as records."""
    records: list[Listed] = []
    for path in paths:
        document, found = sources.read_yaml(reader.root, path, parse=reader.parse)
        reader.problems += found
        if document is None:
            reader.unread.add(f"{scheme}:*")
            continue
        if document.data is None:
            continue
        if not isinstance(document.data, list):
            reader.unread.add(f"{scheme}:*")
            reader.problems.append(Problem("data", path, 1, "A list of records is expected.", "Begin each record with “- id: …”."))
            continue
        for index, item in enumerate(document.data):
            record, found = to_record(model, item, document, path, (index,))
            reader.problems += found
            if record is None:
                reader.unread.add(f"{scheme}:{item.get('id', '*') if isinstance(item, dict) else '*'}")
                continue
            name = f"{scheme}:{record.id}"
            if name in reader.places:
                first = "{}:{}".format(*reader.places[name])
                message = f"The id “{record.id}” is already used in {first}."
                reader.problems.append(Problem("id", path, document.line((index, "id")), message, "Ids are unique; rename one."))
                continue
            reader.places[name] = (path, document.line((index, "id")))
            reader.places |= {f"{name}.{key}": (path, document.line((index, key))) for key in item}
            records.append(record)
    return records


def _double_ids(items: Iterable[Publication | Case], places: Mapping[str, tuple[str, int | None]]) -> list[Problem]:
    first: dict[str, str] = {}
    problems = []
    for item in items:
        if item.id in first:
            message = f"The id “{item.id}” is already used in {first[item.id]}."
            problems.append(Problem("id", *places[item.path], message, "An id is permanent and never reused; choose another."))
        first.setdefault(item.id, item.path)
    return problems


def _successors(publications: list[Publication], unread: set[str]) -> list[Problem]:
    """What replaces a publication must be one of the series that readers may rely on. Nothing is said where some could not be read."""
    known = {item.id: item for item in publications}
    problems = []
    for item in publications:
        to = item.front.superseded_by
        if not to:
            continue
        if to not in known and not unread:
            message = f"`superseded_by` names “{to}”, and no publication has that id."
            problems.append(Problem("front-matter", item.path, None, message, suggestion(to, known, "Give the id of what replaces it, e.g. ib-12.")))
        elif to == item.id or (to in known and known[to].draft):
            what = "itself" if to == item.id else "a draft"
            problems.append(Problem("front-matter", item.path, None, f"`superseded_by` names {what}.", "Give the id of a publication that is in force."))
    return problems


def _double_shorts(authorities: list[Authority], places: Mapping[str, tuple[str, int | None]]) -> list[Problem]:
    first: dict[str, str] = {}
    problems = []
    for authority in authorities:
        if authority.short in first:
            path, line = places[f"law:{authority.id}.short"]
            message = f"“{authority.short}” is also the short name of “{first[authority.short]}”."
            problems.append(Problem("id", path, line, message, "A reader must be able to tell them apart."))
        first.setdefault(authority.short, authority.id)
    return problems
