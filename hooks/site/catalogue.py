"""`catalogue.json`: the series for machines. Its form is a promise; the schema beside it says what it is."""

from __future__ import annotations

import hashlib
import json
import operator
from collections.abc import Collection, Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, create_model

from hooks.editions.formats import FORMATS, PDF, POWERPOINT
from hooks.linking.model import Answered, Letter, Recommendation, ResolvedPage
from hooks.registers.data import TABLES
from hooks.series import vocabulary as words
from hooks.series.addresses import law_page, pack_zip
from hooks.series.kinds import KINDS
from hooks.series.model import Publication, Series, card_id, handout_id, questions_id, sheets_id
from hooks.series.records import Authority, CaseFront, OneOf

# A chapter stands under the white paper, a module and the workbook under the course; a form is not a publication to cite.
_CITED = {kind.name: kind.label for kind in KINDS.values() if kind.cited}


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
    status: Annotated[str, OneOf(words.STATUSES)]


class ModuleEntry(ChapterEntry):
    """A module of the course; `practises` are the ids of recommendations, `minutes` its time in a class. `sheets` are printed for the room,
    and `key` has the answers, for the facilitator; null where it has none."""

    minutes: int
    practises: tuple[str, ...]
    slides: PdfEntry | None
    slides_pptx: str | None
    handout: PdfEntry | None
    sheets: PdfEntry | None
    key: PdfEntry | None


class ExercisesEntry(_Out):
    """A page of exercises beside the modules, with what is printed for the room and the answers, for the facilitator."""

    title: str
    summary: str
    url: str
    sheets: PdfEntry | None
    key: PdfEntry | None


class DeckEntry(_Out):
    """A deck of slides that is no module's."""

    id: str
    title: str
    summary: str
    url: str
    pdf: PdfEntry | None
    pptx: str | None


class WorkbookEntry(_Out):
    id: str
    url: str
    pdf: PdfEntry | None
    docx: str | None


class FinalCheckEntry(_Out):
    """The final check of the course; `questions` is the PDF without answers."""

    id: str
    url: str
    pdf: PdfEntry | None
    questions: PdfEntry | None


class ArchiveEntry(_Out):
    """A file that holds others, as ZIP. `bytes` and `sha256` are those of the file at `url`."""

    url: str
    bytes: int
    sha256: str


class PackEntry(_Out):
    """All that a trainer needs for a day, some sessions or a briefing; `archive` holds every file of it."""

    id: str
    title: str
    summary: str
    url: str
    pdf: PdfEntry | None
    docx: str | None
    archive: ArchiveEntry | None
    status: Annotated[str, OneOf(words.STATUSES)]


class LetterEntry(_Out):
    """Words to copy from an action sheet; `kind` is "letter" or "notice", and a notice has a `picture`."""

    id: str
    kind: str
    title: str
    url: str
    picture: str | None


class _Named(_Out):
    id: str
    kind: Annotated[str, OneOf(_CITED)]
    number: int | None
    title: str
    summary: str
    url: str
    pdf: PdfEntry | None


# A key for every form beside the PDF, by its suffix.
_forms: dict[str, Any] = {form.suffix: (str | None, ...) for form in FORMATS if form != PDF}
_Offered = create_model("_Offered", __base__=_Named, **_forms)


class PublicationEntry(_Offered):  # type: ignore[misc, valid-type]
    """A publication. Addresses are relative to the site's root, those of its forms too; `card` is the Act part of a brief on one page;
    `citations`, `cases` and `authorities` are ids."""

    card: PdfEntry | None
    elements: tuple[str, ...]
    edition: int
    published: date
    revised: date
    review_by: date
    status: Annotated[str, OneOf(words.STATUSES)]
    superseded_by: str | None
    citations: tuple[str, ...]
    cases: tuple[str, ...]
    authorities: tuple[str, ...]
    recommendations: tuple[str, ...]
    word_count: int
    chapters: tuple[ChapterEntry, ...] = ()
    modules: tuple[ModuleEntry, ...] = ()
    exercises: tuple[ExercisesEntry, ...] = Field(default=(), exclude_if=operator.not_, description="Of the course: exercises beside its modules.")
    workbook: WorkbookEntry | None = None
    decks: tuple[DeckEntry, ...] = Field(default=(), exclude_if=operator.not_, description="Of the course: decks of slides that are no module's.")
    final_check: FinalCheckEntry | None = Field(default=None, exclude_if=operator.not_, description="Of the course.")
    packs: tuple[PackEntry, ...] = Field(default=(), exclude_if=operator.not_, description="Of the course: what a trainer needs to hold it.")
    when: str | None = Field(default=None, exclude_if=operator.not_, description="Of an action sheet: what has happened.")
    urgency: Annotated[str, OneOf(words.URGENCIES)] | None = Field(default=None, exclude_if=operator.not_, description="Of an action sheet: how soon to act.")
    letters: tuple[LetterEntry, ...] = Field(default=(), exclude_if=operator.not_, description="Words to copy.")
    more: dict[str, str] = Field(default_factory=dict, exclude_if=operator.not_, description="What else is printed of it: label and text.")


class RecommendationEntry(_Out):
    """`evidence` items are `@key, locator`, `law:id` or `case:id`; `status` is that of the publication; `strength` is null where none is said;
    `law_as_of` is the earliest day of the law in the evidence, null where that names none."""

    id: str
    text: str
    publication: str
    who: str
    when: str
    strength: Annotated[str, OneOf(words.STRENGTHS)] | None
    evidence: tuple[str, ...]
    url: str
    status: Annotated[str, OneOf(words.STATUSES)]
    law_as_of: date | None


class CaseEntry(CaseFront):
    url: str


class AuthorityEntry(Authority):
    page: str


class QuestionEntry(_Out):
    """A question with its answer in plain words, `also` as people ask it; `who` are roles, `read` is the address of the passage that carries
    the answer, `subject` a brief, a sector sheet or `adopting`, and `status` that of the publication that it is about."""

    id: str
    question: str
    also: tuple[str, ...]
    who: tuple[str, ...]
    sector: tuple[str, ...]
    answer: str
    strength: Annotated[str, OneOf(words.STRENGTHS)]
    as_of: date
    subject: str
    url: str
    read: str
    status: Annotated[str, OneOf(words.STATUSES)]


class DataEntry(_Out):
    """A table of /data/: its name, what a row is, and the addresses of its `files` by kind: csv, json, schema. The dictionary of all
    is /data/datapackage.json."""

    name: str
    title: str
    about: str
    files: dict[str, str]


class SeriesEntry(_Out):
    """The whole series bound. `edition` is its day, `permanent` its permanent address, and `dated` the address of the PDF under that day;
    from the next edition on `dated` leads to the releases."""

    title: str
    edition: date
    permanent: str
    dated: str
    pdf: PdfEntry | None


class Catalogue(_Out):
    """The machine-readable table of contents of the series."""

    publications: tuple[PublicationEntry, ...]
    recommendations: tuple[RecommendationEntry, ...]
    cases: tuple[CaseEntry, ...]
    authorities: tuple[AuthorityEntry, ...]
    questions: tuple[QuestionEntry, ...] = ()
    data: tuple[DataEntry, ...] = ()
    series: SeriesEntry | None = Field(default=None, exclude_if=operator.not_)


def catalogue(
    series: Series,
    pages: Mapping[str, ResolvedPage],
    recommendations: tuple[Recommendation, ...],
    pdfs: Mapping[str, PdfEntry],
    files: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
    letters: tuple[Letter, ...] = (),
    questions: tuple[Answered, ...] = (),
    data: Collection[str] = (),
    archives: Mapping[str, bytes] = MappingProxyType({}),
    whole: SeriesEntry | None = None,
) -> Catalogue:
    """The catalogue of a finished site. `pages` by source path, `pdfs` and `files` (addresses by the form's suffix) by publication id;
    `data` are the addresses of the files of data, `archives` those of packs by address; `whole` is the series bound.

    A draft is not in it; what was superseded or withdrawn is, and says so.
    """
    chapters = [p for p in series.publications if p.kind == "chapter" and not p.draft]
    entries = []
    for publication in series.publications:
        if publication.kind not in _CITED or publication.draft:
            continue
        course = publication.kind == "course"
        parts = [publication, *{"white-paper": chapters, "course": series.modules.values()}.get(publication.kind, ())]
        entry = _entry(publication, parts, chapters, pages, recommendations, pdfs, files)
        words_to_copy = tuple(
            LetterEntry(id=item.id, kind=item.kind, title=item.title, url=item.url, picture=item.picture or None)
            for item in letters if item.publication.id == publication.id
        )  # fmt: skip
        entries.append(entry.model_copy(update=(_course(series, pdfs, files, archives) if course else {}) | {"letters": words_to_copy}))
    return Catalogue(
        publications=tuple(entries),
        recommendations=tuple(
            RecommendationEntry(
                id=r.id, text=r.text, publication=r.publication.id, who=r.who, when=r.when, strength=r.strength or None, evidence=r.evidence, url=r.url,
                status=r.publication.front.status, law_as_of=r.law_as_of,
            )
            for r in recommendations
            if not r.publication.draft
        ),
        cases=tuple(CaseEntry(**case.front.model_dump(exclude={"consent", "quotations"}), url=case.url) for case in series.cases),
        authorities=tuple(AuthorityEntry(**a.model_dump(), page=law_page(a.id)) for a in series.authorities),
        questions=tuple(_question(item) for item in questions if item.subject.publication is None or not item.subject.publication.draft),
        data=tuple(
            DataEntry(name=table.name, title=table.title, about=table.about, files={"csv": table.csv, "json": table.json, "schema": table.schema})
            for table in TABLES if table.csv in data
        ),
        series=whole,
    )  # fmt: skip


def _question(item: Answered) -> QuestionEntry:
    about = item.subject.publication
    return QuestionEntry(
        **item.question.model_dump(exclude={"answer", "read"}), answer=item.said, subject=item.subject.slug, url=item.url, read=item.read,
        status=about.front.status if about is not None else "current",
    )  # fmt: skip


def _course(
    series: Series, pdfs: Mapping[str, PdfEntry], files: Mapping[str, Mapping[str, str]], archives: Mapping[str, bytes]
) -> dict[str, Any]:
    """What the entry of the course says of its modules, the exercises beside them, its workbook and its packs."""
    workbook = next((p for p in series.publications if p.kind == "course-workbook"), None)
    modules = tuple(
        ModuleEntry(
            id=m.id,
            number=m.number,
            title=m.full_title,
            summary=m.front.summary,
            url=m.url,
            pdf=pdfs.get(m.id),
            status=m.front.status,
            minutes=m.lesson.minutes,
            practises=tuple(dict.fromkeys(id_ for objective in m.lesson.objectives for id_ in objective.practises)),
            slides=pdfs.get(f"{m.id}-slides"),
            slides_pptx=files.get(f"{m.id}-slides", {}).get(POWERPOINT.suffix),
            handout=pdfs.get(handout_id(m)),
            sheets=pdfs.get(sheets_id(m)),
            key=pdfs.get(series.key_to[m.path].id) if m.path in series.key_to else None,
        )
        for m in series.modules.values()
        if not m.draft
    )
    entry = WorkbookEntry(id=workbook.id, url=workbook.url, pdf=pdfs.get(workbook.id), docx=files.get(workbook.id, {}).get("docx")) if workbook else None
    decks = tuple(
        DeckEntry(
            id=d.id, title=d.front.title, summary=d.front.summary, url=d.url, pdf=pdfs.get(d.id), pptx=files.get(d.id, {}).get(POWERPOINT.suffix),
        )
        for d in series.decks.values() if d.front is not None
    )  # fmt: skip
    check = next((p for p in series.publications if p.kind == "course-check" and not p.draft), None)
    final = FinalCheckEntry(id=check.id, url=check.url, pdf=pdfs.get(check.id), questions=pdfs.get(questions_id(check))) if check else None
    beside = tuple(
        ExercisesEntry(title=p.title, summary=p.summary, url=p.url, sheets=pdfs.get(sheets_id(p)), key=pdfs.get(series.key_to[p.path].id))
        for p in series.exercise_pages
    )
    packs = tuple(
        PackEntry(
            id=p.id, title=p.full_title, summary=p.front.summary, url=p.url, pdf=pdfs.get(p.id), docx=files.get(p.id, {}).get("docx"),
            archive=_archive(pack_zip(p), archives), status=p.front.status,
        )
        for p in series.by_scheme["pack"].values()
        if not p.draft
    )  # fmt: skip
    return {"modules": modules, "exercises": beside, "workbook": entry, "decks": decks, "final_check": final, "packs": packs}


def _archive(address: str, archives: Mapping[str, bytes]) -> ArchiveEntry | None:
    content = archives.get(address)
    return ArchiveEntry(url=address, bytes=len(content), sha256=hashlib.sha256(content).hexdigest()) if content is not None else None


def _entry(
    publication: Publication, parts: list[Publication], chapters: list[Publication], pages: Mapping[str, ResolvedPage],
    recommendations: tuple[Recommendation, ...], pdfs: Mapping[str, PdfEntry], files: Mapping[str, Mapping[str, str]],
) -> PublicationEntry:
    own = [pages[part.path] for part in parts if part.path in pages]
    ids = {part.id for part in parts}

    def union(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for page in own for value in getattr(page, name)))

    whole = publication.kind == "white-paper"
    return PublicationEntry(
        **{name: value for name, value in publication.facts.items() if name in PublicationEntry.model_fields and name not in ("number", "title")},
        number=int(publication.number) if publication.number else None,
        title=publication.full_title,
        url=publication.url,
        pdf=pdfs.get(publication.id),
        **{form.suffix: files.get(publication.id, {}).get(form.suffix) for form in FORMATS if form != PDF},
        card=pdfs.get(card_id(publication)),
        elements=publication.front.elements,
        superseded_by=publication.front.superseded_by,
        when=getattr(publication.front, "when", None),
        urgency=getattr(publication.front, "urgency", None),
        citations=union("sources"),
        cases=union("cases"),
        authorities=union("authorities"),
        recommendations=tuple(r.id for r in recommendations if r.publication.id in ids),
        word_count=sum(page.words for page in own),
        chapters=tuple(
            ChapterEntry(id=c.id, number=c.number, title=c.full_title, summary=c.front.summary, url=c.url, pdf=pdfs.get(c.id), status=c.front.status)
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
