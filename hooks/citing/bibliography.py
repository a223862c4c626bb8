"""The bibliography: BibLaTeX files, and what each source says beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from itertools import zip_longest
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pybtex.database import parse_string
from pybtex.exceptions import PybtexError

from hooks.citing.as_written import check_entry, check_twice
from hooks.citing.citeproc import CiteprocError, csl_json
from hooks.citing.compared import check_items, surnames_as_written, titles, with_capitals
from hooks.citing.entries import NO_SOURCES, START, Entry, read_entries
from hooks.citing.one_form import in_one_form, of_no_language
from hooks.core.cache import Cache, digest
from hooks.core.problems import Problem, suggestion
from hooks.core.validate import to_record
from hooks.series import sources as places
from hooks.series.records import Annotation

THEMES: Mapping[str, str] = MappingProxyType(
    {
        "foundations": "The eight elements and the CTG project",
        "adoption": "Adoption and use in government",
        "policy-content": "What policies contain",
        "use-and-reach": "Who uses which platforms",
        "employees": "Employees",
        "first-amendment": "First Amendment",
        "records": "Records and archives",
        "accessibility": "Accessibility and languages",
        "security": "Security",
        "crisis": "Crisis and emergency communication",
        "metrics": "Measuring value",
        "misinformation": "Misinformation, impersonation and generative AI",
        "platforms": "What platforms do",
        "platform-change": "Changing platforms",
        "guidance": "Guidance of other bodies",
        "cases": "Sources of the case studies",
        "policies": "Policies of New York and other public bodies",
    }
)


@dataclass(frozen=True)
class Source:
    """One source. `theme` is a key of THEMES; `csl` its CSL-JSON item; `title` its title as written, without markup."""

    key: str
    theme: str
    csl: Mapping[str, Any]
    annotation: Annotation | None
    title: str = ""


@dataclass(frozen=True)
class Bibliography:
    """Every source by key, as CSL-JSON items and as the text they were read from.

    Where a file cannot be read, there are no sources, and `readable` is false: then nothing can be said of a citation.
    `entries` are what their authors wrote.
    """

    sources: Mapping[str, Source]
    items: tuple[dict[str, Any], ...]
    bibtex: str
    readable: bool = True
    entries: tuple[Entry, ...] = ()


def load_bibliography(root: Path, cache: Cache | None = None) -> tuple[Bibliography, list[Problem]]:
    """Read all `.bib` files and annotations below docs/literature/."""
    problems: list[Problem] = []
    texts: dict[str, str] = {}
    entries: list[Entry] = []
    lines: dict[str, tuple[str, int]] = {}
    for path in places.files_under(root, places.LITERATURE, ".bib"):
        text = places.read_text(root, path)
        if text is None:
            problems.append(places.not_utf8(root, path))
            continue
        own = read_entries(path, text)
        twice = [problem for entry in own for problem in check_twice(entry)]
        problems += _check_file(path, text, lines) or twice or _refused_by_plugin(path, text, cache)
        texts[path] = in_one_form(text, own)
        entries += own
    if not problems:
        keys = {entry.key for entry in entries}
        problems += [problem for entry in entries for problem in check_entry(entry, keys)]
    bibtex = "\n\n".join(text.strip() for text in texts.values()) + "\n"
    if problems:
        # pandoc would report a place in the joined text, or keep silent: the author has enough to mend first.
        return Bibliography({}, (), bibtex, readable=False), problems
    try:
        items = csl_json(bibtex, cache)
        as_cased = csl_json(of_no_language(bibtex), cache)
        items = with_capitals(items, as_cased)
    except CiteprocError as error:
        return Bibliography({}, (), bibtex, readable=False), _refused_by_pandoc(texts, error)
    items = surnames_as_written({entry.key: entry for entry in entries}, items)
    problems += check_items(entries, items)
    notes = _annotations(root, lines, problems)
    found, named = {}, titles(as_cased)
    for item in items:
        key = item["id"]
        keyword = (item.pop("keyword", "") or "").split(",")[0].strip()
        if keyword not in THEMES:
            path, line = lines.get(key, (places.LITERATURE, None))
            message = f"The source “{key}” has no known theme in `keywords`."
            problems.append(Problem("bibliography", path, line, message, suggestion(keyword, THEMES, f"Use one of: {', '.join(THEMES)}.")))
        found[key] = Source(key, keyword, item, notes.get(key), named.get(key, ""))
    return Bibliography(found, tuple(items), bibtex, entries=tuple(entries)), problems


def _check_file(path: str, text: str, lines: dict[str, tuple[str, int]]) -> list[Problem]:
    """Entries that are not closed, and keys used twice over all files."""
    problems = []
    starts = [m for m in START.finditer(text) if m["type"].lower() not in NO_SOURCES]
    for match, following in zip_longest(starts, starts[1:]):
        end = following.start() if following else len(text)
        line = text.count("\n", 0, match.start("type")) + 1
        body = text[match.start("type") : end]
        depth = _depth("\n".join(row for row in body.split("\n") if not row.lstrip().startswith("%")))
        if depth:
            what = "a brace is not closed" if depth > 0 else "there is a closing brace too many"
            problems.append(Problem("bibliography", path, line, f"The entry “{match['key']}” is broken: {what}.", "Check the braces and commas of this entry."))
        # mkdocs-bibtex takes keys that differ in case only for one.
        same = next((key for key in lines if key.lower() == match["key"].lower()), None)
        if same:
            first = "{}:{}".format(*lines[same])
            problems.append(Problem("bibliography", path, line, f"The key “{match['key']}” is already used in {first}.", "One source, one key: merge the two."))
        lines.setdefault(match["key"], (path, line))
    if text.strip() and not starts and not all(row.lstrip().startswith("%") or not row.strip() for row in text.split("\n")):
        problems.append(Problem("bibliography", path, 1, "No BibTeX entry was found in this file.", "An entry begins “@type{key,”."))
    return problems


def _refused_by_plugin(path: str, text: str, cache: Cache | None) -> list[Problem]:
    """What pybtex, with which mkdocs-bibtex reads the same files, would end the build with; it is stricter than pandoc.

    A text that it has read once is not given to it again.
    """
    key = digest("bibtex", version("pybtex"), text)
    if cache and cache.get("bibtex", key) is not None:
        return []
    try:
        parse_string(text, "bibtex")
        if cache:
            cache.put("bibtex", key, b"")
    except PybtexError as error:
        line = getattr(error, "lineno", None) or _line_of_what(str(error), text)
        return [_invalid(path, line, re.sub(r" in line \d+", "", str(error)))]
    return []


def _line_of_what(message: str, text: str) -> int | None:
    """The line of the longest thing that a message without a line names: a name in quotation marks, a key."""
    named = (quoted or word for quoted, word in re.findall(r"'(.+)'|(\S{4,})", message))
    place = next((text.find(name) for name in sorted(named, key=len, reverse=True) if name in text), None)
    return None if place is None else text.count("\n", 0, place) + 1


def _refused_by_pandoc(texts: Mapping[str, str], error: CiteprocError) -> list[Problem]:
    """pandoc's complaint about the joined files, found again in the file it is about."""
    for path, text in texts.items():
        try:
            csl_json(text)
        except CiteprocError as own:
            line = re.search(r"\(line (\d+), column \d+\):?\s*(.*)", str(own))
            return [_invalid(path, int(line[1]) if line else None, line[2] if line else str(own))]
    return [_invalid(places.LITERATURE, None, str(error))]


def _invalid(path: str, line: int | None, what: str) -> Problem:
    return Problem("bibliography", path, line, f"This is not valid BibTeX: {what}.", "Check the braces, quotes and commas there and on the line before.")


def _depth(text: str) -> int:
    text = text.replace("\\{", "").replace("\\}", "")
    return text.count("{") - text.count("}")


def _annotations(root: Path, lines: dict[str, Any], problems: list[Problem]) -> dict[str, Annotation]:
    if not (root / places.ANNOTATIONS).exists():
        return {}
    document, found = places.read_yaml(root, places.ANNOTATIONS)
    problems += found
    if document is None:
        return {}
    notes = {}
    entries = document.data or {}
    if not isinstance(entries, dict):
        remedy = "Begin each with “key:”, and indent what belongs to it."
        problems.append(Problem("data", places.ANNOTATIONS, 1, "Annotations by source key are expected.", remedy))
        return {}
    for key, data in entries.items():
        record, found = to_record(Annotation, data, document, places.ANNOTATIONS, (str(key),))
        problems += found
        if key not in lines:
            message = f"The annotation “{key}” belongs to no source of the bibliography."
            remedy = suggestion(str(key), lines, "Take it out, or add its entry to a .bib file.")
            problems.append(Problem("data", places.ANNOTATIONS, document.line((str(key),)), message, remedy))
        elif record:
            notes[key] = record
    return notes
