"""The words that readers use, from search.yml: what says nothing, what means the same, and by which words a page is found."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pydantic import Field

from hooks.core.problems import Problem, following, suggestion
from hooks.series.addresses import law_page
from hooks.series.model import Series
from hooks.series.records import Line, Record
from hooks.series.sources import read_record

SEARCH_FILE = "search.yml"


class SearchWords(Record):
    """search.yml."""

    stop: tuple[Line, ...] = Field(default=(), description="Words that say nothing about what is sought.")
    synonyms: tuple[tuple[Line, ...], ...] = Field(default=(), description="Groups of words, or of phrases, that mean the same to a reader.")
    also: dict[str, Line] = Field(
        default_factory=dict,
        description="The slug of a publication, or the address of another page such as tools/comments/ → wordings by which it is found, with commas. "
        "Those of a law, such as law/nys-cplr-217/, are names by which it goes.",
    )


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
    known = {*(item.slug for item in series.publications), *(item.url for item in series.publications), *(law_page(item.id) for item in series.authorities)}
    former = {key.partition(":")[2]: slug for key, slug in series.former.items()}
    for slug in words.also if words else ():
        page = root / "docs" / slug
        if former.get(slug, slug) not in known and not (slug.endswith("/") and ((page / "index.md").exists() or page.with_suffix(".md").exists())):
            message = f"There is no publication or page “{slug}”."
            alike = [name for name in known if name.endswith("/") == slug.endswith("/")]
            wrong = Problem("data", SEARCH_FILE, document.line(("also", slug)), message, suggestion(slug, alike, "Take the line out."))
            problems += following([wrong], follow=any(key.partition(":")[2] == slug for key in series.unread))
    return Found(words or SearchWords(), tuple(problems))
