"""What the search field knows beside the index: readers' words, from search.yml, and each publication's question and summary."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import Field

from hooks.core.problems import Problem, following, suggestion
from hooks.series.kinds import COURSE_KINDS
from hooks.series.model import Series
from hooks.series.records import Line, Record
from hooks.series.sources import read_record

SEARCH_FILE = "search.yml"


class SearchWords(Record):
    """search.yml. `synonyms`: groups of words that mean the same; `also`: slug of a publication, or address of another page → words it is found by."""

    stop: tuple[Line, ...] = ()
    synonyms: tuple[tuple[Line, ...], ...] = ()
    also: dict[str, Line] = Field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """What search.yml says, and what is wrong with it."""

    words: SearchWords = field(default_factory=SearchWords)
    problems: tuple[Problem, ...] = ()


def load_search_words(root: Path, series: Series) -> Found:
    """Read search.yml; it may be missing. A slug that no publication has is a problem."""
    if not (root / SEARCH_FILE).exists():
        return Found()
    words, document, problems = read_record(root, SEARCH_FILE, SearchWords, may_be_empty=True)
    known = {item.slug for item in series.publications} | {item.url for item in series.publications}
    former = {key.partition(":")[2]: slug for key, slug in series.former.items()}
    for slug in words.also if words else ():
        page = root / "docs" / slug
        if former.get(slug, slug) not in known and not (slug.endswith("/") and ((page / "index.md").exists() or page.with_suffix(".md").exists())):
            message = f"There is no publication or page “{slug}”."
            wrong = Problem("data", SEARCH_FILE, document.line(("also", slug)), message, suggestion(slug, known, "Take the line out."))
            problems += following([wrong], follow=any(key.partition(":")[2] == slug for key in series.unread))
    return Found(words or SearchWords(), tuple(problems))


def search_script(words: SearchWords, series: Series) -> str:
    """The words as a script, which also loads from `file://`: pages by address, each with the words it is found by.

    What is not in force is found by nothing.
    """
    former: dict[str, list[str]] = {}
    for key, slug in series.former.items():
        former.setdefault(slug, []).append(key.partition(":")[2])
    there = [item for item in series.publications if item.in_force]
    gone = {item.url for item in series.publications} - {item.url for item in there}
    pages = {address: text for address, text in words.also.items() if address.endswith("/") and address not in gone}
    for item in there:
        front = item.front
        own = " ".join(words.also.get(slug, "") for slug in (item.slug, *former.get(item.slug, ()))).strip() if item.kind not in COURSE_KINDS else ""
        pages[item.url] = " ".join(filter(None, (front.subtitle, front.question, front.line, front.summary, own, words.also.get(item.url, ""))))
    for case in series.cases:
        pages[case.url] = " ".join((case.front.summary, case.front.agency, case.front.jurisdiction))
    about = {item.url: item.front.question or item.front.summary for item in there} | {case.url: case.front.summary for case in series.cases}
    data: Mapping[str, Any] = {"stop": list(words.stop), "synonyms": [list(group) for group in words.synonyms], "pages": pages, "about": about}
    text = json.dumps(data, ensure_ascii=False, sort_keys=True).replace("</", "<\\/")
    return f"window.OTR_SEARCH_WORDS = {text};\n"
