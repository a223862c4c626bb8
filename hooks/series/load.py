"""From source files to one validated, immutable Series."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from hooks.problems import Problem
from hooks.series import sources
from hooks.series.model import Case, Publication, Series
from hooks.series.positions import Document, parse
from hooks.series.records import Authority, CaseFront, PublicationFront, Term
from hooks.series.validate import to_record


def load_series(root: Path) -> tuple[Series, list[Problem]]:
    """Read every source below `root`. What cannot be read is left out and reported."""
    problems: list[Problem] = []
    publications = _publications(root, problems)
    cases = _cases(root, problems)
    authorities, law_places = _records(root, sources.files_under(root, sources.LAW, ".yml"), Authority, "law", problems)
    terms_file = [sources.TERMS] if (root / sources.TERMS).exists() else []
    terms, term_places = _records(root, terms_file, Term, "term", problems)
    problems += _double_ids([*publications, *cases])
    problems += _double_shorts(authorities, law_places)
    terms.sort(key=lambda term: term.term.lower())
    series = Series(tuple(publications), tuple(cases), tuple(authorities), tuple(terms), {**law_places, **term_places})
    return series, problems


def _publications(root: Path, problems: list[Problem]) -> list[Publication]:
    found = []
    for mount in sources.mounts(root):
        if not mount.path.endswith(".md") or mount.path == "briefs/index.md":
            continue
        front = _front_matter(root, mount.path, PublicationFront, problems)
        if front is None:
            continue
        slug = sources.slug_of(mount.path)
        if mount.path.startswith(sources.BRIEFS):
            kind, number = "issue-brief", _number(front.id)
        elif slug == "index":
            kind, number, slug = "white-paper", "", "white-paper"
        else:
            kind, number = "chapter", _number(front.id)
        found.append(Publication(front, kind, slug, number, mount.path, sources.url_of(mount.dest)))
    order = {"white-paper": 0, "chapter": 1, "issue-brief": 2}
    return sorted(found, key=lambda p: (order[p.kind], int(p.number or 0), p.slug))


def _number(id_: str) -> str:
    """The number in a permanent id: `ib-08` → `8`."""
    digits = id_.rsplit("-", 1)[-1]
    return str(int(digits)) if digits.isdigit() else ""


def _cases(root: Path, problems: list[Problem]) -> list[Case]:
    found = []
    for path in sources.files_under(root, sources.CASES, ".md"):
        slug = PurePosixPath(path).stem
        if slug == "index" or path.count("/") > 2:
            continue
        front = _front_matter(root, path, CaseFront, problems)
        if front is None:
            continue
        if front.id != slug:
            message = f"The id of this case study is “{front.id}”, but its file is named “{slug}.md”."
            problems.append(Problem("front-matter", path, 2, message, "Make them the same; the id is what references use."))
        problems += _case_evidence(front, path)
        found.append(Case(front, path, f"case-studies/{slug}/"))
    return sorted(found, key=lambda case: (-case.front.year, case.front.title))


def _case_evidence(front: CaseFront, path: str) -> list[Problem]:
    """A case names its sources; one that rests on an interview of our own needs recorded consent."""
    problems = []
    if front.source_kind == "interview":
        if front.consent is None:
            remedy = "Record it under `consent:` (scope, date), or take the interview out."
            problems.append(Problem("interview-consent", path, 1, "This interview has no recorded consent.", remedy))
        elif front.consent.withdrawn:
            message = f"Consent to this interview was withdrawn on {front.consent.withdrawn}."
            problems.append(Problem("interview-consent", path, 1, message, "Remove the record."))
    elif not front.sources:
        remedy = "List at least one under `sources:`, e.g. \"@key, p. 4\" or law:id."
        problems.append(Problem("case-source", path, 1, f"The case study “{front.id}” names no source.", remedy))
    return problems


def _front_matter(root: Path, path: str, model: type, problems: list[Problem]):
    text = sources.read_text(root, path)
    if text is None:
        remedy = "Save the file as UTF-8 (in most editors: Save with encoding)."
        problems.append(Problem("encoding", path, None, "This file is not UTF-8.", remedy))
        return None
    front, _, _ = sources.split_front_matter(text)
    if front is None:
        remedy = "Begin the file with “---”, the keys, and “---”; see README.md for an example."
        problems.append(Problem("front-matter", path, 1, "The front matter is missing.", remedy))
        return None
    document, found = parse(front, path, first_line=2, rule="front-matter")
    problems += found
    if document is None:
        return None
    record, found = to_record(model, document.data, document, path, rule="front-matter")
    problems += found
    return record


def _records(root: Path, paths: list[str], model: type, scheme: str, problems: list[Problem]):
    """The list items of YAML files as records, with the place of each."""
    records, places = [], {}
    for path in paths:
        document = read_yaml(root, path, problems)
        if document is None or document.data is None:
            continue
        if not isinstance(document.data, list):
            problems.append(Problem("data", path, 1, "A list of records is expected.", "Begin each record with “- id: …”."))
            continue
        for index, item in enumerate(document.data):
            record, found = to_record(model, item, document, path, (index,))
            problems += found
            if record is None:
                continue
            name = f"{scheme}:{record.id}"
            if name in places:
                first = "{}:{}".format(*places[name])
                message = f"The id “{record.id}” is already used in {first}."
                problems.append(Problem("id", path, document.line((index, "id")), message, "Ids are unique; rename one."))
                continue
            places[name] = (path, document.line((index, "id")))
            records.append(record)
    return records, places


def read_yaml(root: Path, path: str, problems: list[Problem]) -> Document | None:
    """The YAML document at `path`; what is wrong with it goes to `problems`."""
    text = sources.read_text(root, path)
    if text is None:
        problems.append(Problem("encoding", path, None, "This file is not UTF-8.", "Save the file as UTF-8."))
        return None
    document, found = parse(text, path)
    problems += found
    return document


def _double_ids(items: list) -> list[Problem]:
    first: dict[str, str] = {}
    problems = []
    for item in items:
        if item.id in first:
            message = f"The id “{item.id}” is already used in {first[item.id]}."
            problems.append(Problem("id", item.path, 2, message, "An id is permanent and never reused; choose another."))
        first.setdefault(item.id, item.path)
    return problems


def _double_shorts(authorities: list[Authority], places: dict) -> list[Problem]:
    first: dict[str, str] = {}
    problems = []
    for authority in authorities:
        if authority.short in first:
            path, line = places[f"law:{authority.id}"]
            message = f"“{authority.short}” is also the short name of “{first[authority.short]}”."
            problems.append(Problem("id", path, line, message, "A reader must be able to tell them apart."))
        first.setdefault(authority.short, authority.id)
    return problems
