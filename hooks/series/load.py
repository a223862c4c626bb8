"""From source files to one validated, immutable Series."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from hooks.builder.load import load_builder
from hooks.problems import Problem, suggestion
from hooks.series import sources
from hooks.series.course import KINDS, ModuleFront, Slides, SlidesFront
from hooks.series.model import Case, Publication, Series
from hooks.series.positions import Document, parse
from hooks.series.records import Authority, CaseFront, PublicationFront, Term
from hooks.series.tools import load_tools
from hooks.series.validate import to_record


def load_series(root: Path) -> tuple[Series, list[Problem]]:
    """Read every source below `root`. What cannot be read is left out and reported."""
    reader = _Reader(root)
    publications = _publications(reader)
    slides = _slides(reader, publications)
    cases = _cases(reader)
    _other_pages(reader)
    authorities = _records(reader, sources.files_under(root, sources.LAW, ".yml"), Authority, "law")
    terms = _records(reader, [sources.TERMS] if (root / sources.TERMS).exists() else [], Term, "term")
    reader.problems += _double_ids([*publications, *cases], reader.places)
    reader.problems += _double_addresses(publications)
    reader.problems += _double_shorts(authorities, reader.places)
    terms.sort(key=lambda term: term.term.lower())
    tools, found = load_tools(root)
    builder = load_builder(root)
    reader.problems += [*found, *builder.problems]
    series = Series(
        tuple(publications), tuple(cases), tuple(authorities), tuple(terms), reader.places, frozenset(reader.withheld), frozenset(reader.unread), slides,
        tools=tools, builder=builder if builder.document.lines or builder.problems else None,
    )
    return series, reader.problems


@dataclass
class _Reader:
    """What the steps of one load hand on to each other; `places` and `unread` as in `Series`."""

    root: Path
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, tuple[str, int | None]] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    withheld: set[str] = field(default_factory=set)


def _publications(reader: _Reader) -> list[Publication]:
    found = []
    for mount, kind, slug in sources.publications(reader.root):
        front, document = _front_matter(reader, mount.path, ModuleFront if kind == "course-module" else PublicationFront)
        if front is None:
            scheme = {"issue-brief": "brief", "chapter": "paper", "white-paper": "paper", "course-module": "module"}.get(kind, kind)
            reader.unread |= {mount.path, f"{scheme}:{slug}"}
            continue
        number = _number(front.id) if kind in ("chapter", "issue-brief", "course-module") else ""
        if kind == "course-module" and number != str(int(PurePosixPath(mount.path).name.partition("-")[0])):
            message = f"The id of this module is “{front.id}”, but its file is “{PurePosixPath(mount.path).name}”."
            reader.problems.append(Problem("front-matter", mount.path, document.line(("id",)), message, "Both carry the module's number; make them the same."))
        found.append(Publication(front, kind, slug, number, mount.path, sources.url_of(mount.dest)))
    order = {kind: index for index, kind in enumerate(("white-paper", "chapter", "issue-brief", "workshop-summary", "interview-form", *KINDS))}
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
            found[module.id] = Slides(module, path, sources.url_of(sources.course_destination(path)))
    return tuple(found[id_] for id_ in sorted(found, key=list(modules).index))


def _number(id_: str) -> str:
    """The number in a permanent id: `ib-08` → `8`."""
    digits = id_.rsplit("-", 1)[-1]
    return str(int(digits)) if digits.isdigit() else ""


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
    document, _ = parse(front, path)
    if document is None or not isinstance(document.data, dict):
        return re.search(r"\bwithdrawn:\s*[^\s,}#]", front) is not None
    consent = document.data.get("consent")
    return isinstance(consent, dict) and bool(consent.get("withdrawn"))


def _other_pages(reader: _Reader) -> None:
    """Pages that are no records: their front matter, which may be missing, must be YAML, for MkDocs passes over what is not."""
    for path in ["briefs/index.md", *sources.files_under(reader.root, sources.DOCS, ".md")]:
        text = None if _is_case(path) or not (reader.root / path).exists() else sources.read_text(reader.root, path)
        front = sources.split_front_matter(text)[0] if text else None
        if front is not None:
            reader.problems += parse(front, path, first_line=2, rule="front-matter")[1]


def _case_evidence(front: CaseFront, path: str, document: Document) -> list[Problem]:
    """A case names its sources; one that rests on an interview of our own has consent instead (see `hooks.interviews`)."""
    problems = []
    if front.source_kind != "interview" and not front.sources:
        remedy = "List at least one under `sources:`, e.g. \"@key, p. 4\" or law:id."
        problems.append(Problem("case-source", path, document.line(("sources",)), f"The case study “{front.id}” names no source.", remedy))
    return problems


def _front_matter(reader: _Reader, path: str, model: type) -> tuple[Any, Document | None]:
    """The validated front matter of a file, None if it has a mistake, with its document."""
    text = sources.read_text(reader.root, path)
    if text is None:
        reader.problems.append(sources.not_utf8(reader.root, path))
        return None, None
    front, _, _ = sources.split_front_matter(text)
    if front is None:
        remedy = "Begin the file with “---”, the keys, and “---”; see README.md for an example."
        reader.problems.append(Problem("front-matter", path, 1, "The front matter is missing.", remedy))
        return None, None
    document, found = parse(front, path, first_line=2, rule="front-matter")
    reader.problems += found
    if document is None:
        return None, None
    record, found = to_record(model, document.data, document, path, rule="front-matter")
    reader.problems += found
    reader.places[path] = (path, document.line(("id",)))
    return record, document


def _records(reader: _Reader, paths: list[str], model: type, scheme: str) -> list:
    """The list items of YAML files as records."""
    records = []
    for path in paths:
        document = read_yaml(reader.root, path, reader.problems)
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


def read_yaml(root: Path, path: str, problems: list[Problem]) -> Document | None:
    """The YAML document at `path`; what is wrong with it goes to `problems`."""
    text = sources.read_text(root, path)
    if text is None:
        problems.append(sources.not_utf8(root, path))
        return None
    document, found = parse(text, path)
    problems += found
    return document


def _double_ids(items: list, places: dict) -> list[Problem]:
    first: dict[str, str] = {}
    problems = []
    for item in items:
        if item.id in first:
            message = f"The id “{item.id}” is already used in {first[item.id]}."
            problems.append(Problem("id", *places[item.path], message, "An id is permanent and never reused; choose another."))
        first.setdefault(item.id, item.path)
    return problems


def _double_addresses(publications: list[Publication]) -> list[Problem]:
    """Files such as `01-elements.md` and `02-elements.md`, whose pages would overwrite each other."""
    first: dict[str, str] = {}
    problems = []
    for item in publications:
        if item.url in first:
            message = f"This page would have the address of {first[item.url]}, {item.url}."
            problems.append(Problem("id", item.path, None, message, "Rename one of the files; a number before the name does not count."))
        first.setdefault(item.url, item.path)
    return problems


def _double_shorts(authorities: list[Authority], places: dict) -> list[Problem]:
    first: dict[str, str] = {}
    problems = []
    for authority in authorities:
        if authority.short in first:
            path, line = places[f"law:{authority.id}.short"]
            message = f"“{authority.short}” is also the short name of “{first[authority.short]}”."
            problems.append(Problem("id", path, line, message, "A reader must be able to tell them apart."))
        first.setdefault(authority.short, authority.id)
    return problems
