"""`catalogue.json`: the series for machines. Its form is a promise; the schema beside it says what it is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ConfigDict

from hooks.pages.model import Recommendation, ResolvedPage
from hooks.series import vocabulary as words
from hooks.series.course import handout_id
from hooks.series.model import Publication, Series
from hooks.series.records import Authority, CaseFront, one_of

# A chapter stands under the white paper, a module and the workbook under the course; a form is not a publication to cite.
_NO_ENTRY = ("chapter", "interview-form", "course-module", "course-workbook")


class _Out(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PdfEntry(_Out):
    """A PDF edition. `bytes` and `sha256` are those of the file at `url`."""

    url: str
    pages: int
    bytes: int
    sha256: str


class ChapterEntry(_Out):
    id: str
    number: str
    title: str
    summary: str
    url: str
    pdf: PdfEntry | None


class ModuleEntry(ChapterEntry):
    """A module of the course; `practises` are the ids of recommendations, `minutes` its time in a class."""

    minutes: int
    practises: tuple[str, ...]
    slides: PdfEntry | None
    handout: PdfEntry | None


class WorkbookEntry(_Out):
    id: str
    url: str
    pdf: PdfEntry | None
    docx: str | None


class PublicationEntry(_Out):
    """A publication. Addresses are relative to the site's root, `docx` and `epub` too; `citations`, `cases` and `authorities` are ids."""

    id: str
    kind: one_of({k: v for k, v in words.KINDS.items() if k not in _NO_ENTRY})
    number: int | None
    title: str
    summary: str
    url: str
    pdf: PdfEntry | None
    docx: str | None
    epub: str | None
    elements: tuple[str, ...]
    edition: int
    published: date
    revised: date
    review_by: date
    status: one_of(words.STATUSES)
    citations: tuple[str, ...]
    cases: tuple[str, ...]
    authorities: tuple[str, ...]
    recommendations: tuple[str, ...]
    word_count: int
    chapters: tuple[ChapterEntry, ...] = ()
    modules: tuple[ModuleEntry, ...] = ()
    workbook: WorkbookEntry | None = None


class RecommendationEntry(_Out):
    """`evidence` items are `@key, locator`, `law:id` or `case:id`."""

    id: str
    text: str
    publication: str
    who: str
    when: str
    evidence: tuple[str, ...]
    url: str


class CaseEntry(CaseFront):
    url: str


class AuthorityEntry(Authority):
    page: str


class Catalogue(_Out):
    """The machine-readable table of contents of the series."""

    publications: tuple[PublicationEntry, ...]
    recommendations: tuple[RecommendationEntry, ...]
    cases: tuple[CaseEntry, ...]
    authorities: tuple[AuthorityEntry, ...]


def catalogue(
    series: Series,
    pages: Mapping[str, ResolvedPage],
    recommendations: tuple[Recommendation, ...],
    pdfs: Mapping[str, PdfEntry],
    word_files: Mapping[str, str] = MappingProxyType({}),
    epub_files: Mapping[str, str] = MappingProxyType({}),
) -> Catalogue:
    """The catalogue of a finished site. `pages` by source path, `pdfs`, `word_files` and `epub_files` (addresses) by publication id."""
    chapters = [p for p in series.publications if p.kind == "chapter"]
    entries = []
    for publication in series.publications:
        if publication.kind in _NO_ENTRY:
            continue
        course = publication.kind == "course"
        parts = [publication, *{"white-paper": chapters, "course": series.modules.values()}.get(publication.kind, ())]
        entry = _entry(publication, parts, chapters, pages, recommendations, pdfs, word_files, epub_files)
        entries.append(entry.model_copy(update=_course(series, pdfs, word_files)) if course else entry)
    return Catalogue(
        publications=tuple(entries),
        recommendations=tuple(
            RecommendationEntry(
                id=r.id, text=r.text, publication=r.publication.id, who=r.who, when=r.when, evidence=r.evidence, url=r.url
            )
            for r in recommendations
        ),
        cases=tuple(CaseEntry(**case.front.model_dump(exclude={"consent", "quotations"}), url=case.url) for case in series.cases),
        authorities=tuple(AuthorityEntry(**a.model_dump(), page=f"law/#{a.id}") for a in series.authorities),
    )


def _course(series: Series, pdfs: Mapping[str, PdfEntry], word_files: Mapping[str, str]) -> dict[str, Any]:
    """What the entry of the course says of its modules and its workbook."""
    workbook = next((p for p in series.publications if p.kind == "course-workbook"), None)
    modules = tuple(
        ModuleEntry(
            id=m.id,
            number=m.number,
            title=m.full_title,
            summary=m.front.summary,
            url=m.url,
            pdf=pdfs.get(m.id),
            minutes=m.front.minutes,
            practises=tuple(dict.fromkeys(id_ for objective in m.front.objectives for id_ in objective.practises)),
            slides=pdfs.get(f"{m.id}-slides"),
            handout=pdfs.get(handout_id(m)),
        )
        for m in series.modules.values()
    )
    entry = WorkbookEntry(id=workbook.id, url=workbook.url, pdf=pdfs.get(workbook.id), docx=word_files.get(workbook.id)) if workbook else None
    return {"modules": modules, "workbook": entry}


def _entry(
    publication: Publication, parts: list[Publication], chapters: list[Publication], pages, recommendations, pdfs, word_files, epub_files
) -> PublicationEntry:
    front = publication.front
    own = [pages[part.path] for part in parts if part.path in pages]
    ids = {part.id for part in parts}

    def union(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for page in own for value in getattr(page, name)))

    whole = publication.kind == "white-paper"
    return PublicationEntry(
        id=publication.id,
        kind=publication.kind,
        number=int(publication.number) if publication.number else None,
        title=publication.full_title,
        summary=front.summary,
        url=publication.url,
        pdf=pdfs.get(publication.id),
        docx=word_files.get(publication.id),
        epub=epub_files.get(publication.id),
        elements=front.elements,
        edition=front.edition,
        published=front.published,
        revised=front.revised,
        review_by=front.review_by,
        status=front.status,
        citations=union("sources"),
        cases=union("cases"),
        authorities=union("authorities"),
        recommendations=tuple(r.id for r in recommendations if r.publication.id in ids),
        word_count=sum(page.words for page in own),
        chapters=tuple(
            ChapterEntry(id=c.id, number=c.number, title=c.full_title, summary=c.front.summary, url=c.url, pdf=pdfs.get(c.id))
            for c in (chapters if whole else ())
        ),
    )


def to_json(model: Catalogue) -> str:
    """The catalogue as JSON text, the same for the same series."""
    return json.dumps(model.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"


def schema() -> str:
    """The JSON Schema of the catalogue (draft 2020-12)."""
    body: dict[str, Any] = Catalogue.model_json_schema(mode="serialization")
    return json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **body}, indent=2, ensure_ascii=False) + "\n"
