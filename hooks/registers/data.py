"""What the series knows, as tables that readers take away: each as CSV and as JSON, with a dictionary.

A row is a record, and a model says what its columns are: the CSV, the JSON, its JSON Schema (draft 2020-12) and the dictionary,
`datapackage.json` (Frictionless Data Package, https://specs.frictionlessdata.io/data-package/, and Table Schema,
https://specs.frictionlessdata.io/table-schema/), all come from it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from types import MappingProxyType
from typing import Annotated, Any, get_args, get_origin
from urllib.parse import urljoin

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from hooks.core.stems import without_accents
from hooks.core.tree import E, HtmlElement, append, element
from hooks.linking.model import Answered, Recommendation
from hooks.registers.downloads import csv_text
from hooks.registers.register import Register
from hooks.series import vocabulary as words
from hooks.series.addresses import DATA, law_page, permanent
from hooks.series.coded_policies import KINDS, LEVELS, PARTS, REASONS, SETS, CodedPolicy
from hooks.series.model import Series
from hooks.series.records import Authority, OneOf

SEPARATOR = "|"
"""Between the items of a list in a cell of a CSV file; one within an item is written `\\|`."""
PACKAGE = f"{DATA}datapackage.json"
_MARKED = "May hold references such as [](law:nys-foil) and the marks [reported], [inferred], [not found]."
_PROOF = "Each “@key, locator” (a source of literature.json), law:id or case:id."
_AT = "Its address, relative to the root of the site."
_ELEMENTS = Field(description="Policy elements that it bears on.")
_THEMES = Field(description="Themes that it bears on.")

Elements = Annotated[tuple[Annotated[str, OneOf(words.ELEMENTS)], ...], _ELEMENTS]
Themes = Annotated[tuple[Annotated[str, OneOf(words.THEMES)], ...], _THEMES]
Strength = Annotated[str, OneOf(words.STRENGTHS)]
Held = Annotated[date, Field(description="The day on which that authority was last checked.")]
Level = Annotated[str, OneOf(LEVELS), Field(description="How far the policy has this element.")]


class Row(BaseModel):
    """A record. What is not known or not said is null in JSON and an empty cell in CSV."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class RecommendationRow(Row):
    id: str = Field(description="Permanent and never reused.")
    permanent: str = Field(description="Its permanent address, which leads to wherever it stands.")
    url: str = Field(description=_AT)
    number: str = Field(description="As it is printed.")
    publication: str = Field(description="Id of the publication that makes it.")
    edition: int = Field(description="The edition of that publication.")
    status: str = Field(description="Status of that publication.", json_schema_extra={"enum": list(words.STATUSES)})
    text: str = Field(description="What is recommended.")
    who: str = Field(description="Who acts.")
    when: str = Field(description="By when.")
    strength: Strength | None = Field(description="How far its evidence carries; see /about/strength/.")
    evidence: tuple[str, ...] = Field(description=_PROOF)
    as_of: date | None = Field(description="The earliest day on which law in its evidence was last checked; nothing where that names no law.")


class CaseRow(Row):
    id: str = Field(description="Permanent and never reused.")
    permanent: str = Field(description="Its permanent address.")
    url: str = Field(description=_AT)
    title: str = Field(description="Short title.")
    agency: str = Field(description="The public body.")
    jurisdiction: str = Field(description="Where it is.")
    level: Annotated[str, OneOf(words.LEVELS)] = Field(description="Level of government.")
    year: int = Field(description="Year of the practice.")
    elements: Elements
    themes: Themes
    source_kind: Annotated[str, OneOf(words.SOURCE_KINDS)] = Field(description="The kind of source that it rests on.")
    speaker: str | None = Field(description="Who speaks in a published interview or account, by role or name.")
    summary: str = Field(description=f"What was done. {_MARKED}")
    outcome: str = Field(description=f"What came of it, as far as a source says. {_MARKED}")
    lesson: str = Field(description=f"What others can take from it; ours. {_MARKED}")
    sources: tuple[str, ...] = Field(description="Each “@key, locator” (a source of literature.json), or law:id.")
    status: Annotated[str, OneOf(words.CASE_STATUSES)] = Field(description="Whether it still stands.")
    published: date = Field(description="When it was first published.")
    revised: date | None = Field(description="When it was last revised, if it was.")


class AuthorityRow(Row):
    id: str = Field(description="Permanent and never reused.")
    permanent: str = Field(description="The address of its page.")
    url: str = Field(description=_AT)
    name: str = Field(description="Full name.")
    short: str = Field(description="As printed in running text.")
    citation: str = Field(description="Citation.")
    kind: Annotated[str, OneOf(words.AUTHORITY_KINDS)] = Field(description="What it is.")
    body: str = Field(description="Whose it is.")
    jurisdiction: Annotated[str, OneOf(words.JURISDICTIONS)] = Field(description="Whose law it is.")
    status: Annotated[str, OneOf(words.AUTHORITY_STATUSES)] = Field(description="How far it binds in New York.")
    status_note: str | None = Field(description="What the status leaves out.")
    rule: str = Field(description=f"What it says, in plain words; ours. {_MARKED}")
    meaning: str | None = Field(description=f"What that means for a public page; ours. {_MARKED}")
    open_questions: tuple[str, ...] = Field(description="What is unsettled.")
    effective: date | None = Field(description="Since when it has been in force, if that is recorded.")
    as_of: date = Field(description="The day on which this was last checked against the text that was read.")
    review_by: date = Field(description="The day by which it is to be looked at again; after it, rely on nothing here unchecked.")
    source_url: str | None = Field(description="Where its text was read.")
    read: Annotated[str, OneOf(words.AUTHORITY_READINGS)] = Field(description="How far we read it.")
    read_note: str | None = Field(description="Which parts were read, in which copy.")
    elements: Elements
    themes: Themes


class LegalDateRow(Row):
    authority: str = Field(description="Id of the authority that sets it.")
    date: Annotated[date, Field(description="The day.")]
    what: str = Field(description="What happens or is due.")
    who: str | None = Field(description="Whom it concerns.")
    certain: bool = Field(description="Whether the date is certain.")
    note: str | None = Field(description="What is uncertain, and where to check.")
    duty: str | None = Field(description="The same for each date that states one duty.")
    as_of: Held


class QuestionRow(Row):
    id: str = Field(description="Permanent and never reused.")
    permanent: str = Field(description="Its permanent address.")
    url: str = Field(description=_AT)
    question: str = Field(description="As a person in the job would ask it.")
    also: tuple[str, ...] = Field(description="Other ways in which people ask it.")
    answer: str = Field(description="In two sentences, as printed.")
    strength: Strength = Field(description="How far its evidence carries.")
    as_of: date = Field(description="The day on which the answer was checked.")
    who: tuple[str, ...] = Field(description="Roles that ask it, the first above all.")
    sector: tuple[str, ...] = Field(description="Kinds of body in which it is asked above all.")
    subject: str = Field(description="The brief or sector sheet that it is about, or “adopting”.")
    read: str = Field(description="The address of the passage that carries the answer, relative to the root of the site.")
    status: str = Field(description="Status of the publication that it is about.", json_schema_extra={"enum": list(words.STATUSES)})


class PolicyRow(Row):
    id: str = Field(description="Id of the policy in these data.")
    title: str = Field(description="Its title.")
    body: str = Field(description="Whose policy it is.")
    kind: Annotated[str, OneOf(KINDS)] = Field(description="What kind of body that is.")
    url: str = Field(description="Where it was read: its address, or a file of a public repository with its commit.")
    read: date = Field(description="The day on which it was read. Policies change.")
    part: Annotated[str, OneOf(PARTS)] = Field(description="How much of it was read. What stands elsewhere counts as missing.")
    words: int = Field(description="Words of the text that was read.")
    sha256: str = Field(description="SHA-256 of that text, to tell a later one apart. The text itself is not given out.")
    set: Annotated[str, OneOf(SETS)] = Field(description="Which set it belongs to.")
    employee_access: Level
    account_management: Level
    acceptable_use: Level
    employee_conduct: Level
    content: Level
    security: Level
    legal_issues: Level
    citizen_conduct: Level
    has_records: bool = Field(description="Says that posts or comments are public records, open to disclosure, or kept.")
    has_foil: bool = Field(description="Names a public records law.")
    has_accessibility: bool = Field(description="Says something on access for people with disabilities.")
    has_appeals: bool = Field(description="Gives a way to appeal a removal or block.")
    has_blocking: bool = Field(description="Says when users are, or may not be, blocked.")
    has_adopted: bool = Field(description="Gives a date of adoption or effect.")
    has_review: bool = Field(description="Gives a date or period of review.")
    doubt: str | None = Field(description="What could have been coded otherwise, and why it was not.")


class PhraseRow(Row):
    policy: str = Field(description="Id of the policy.")
    phrase: str = Field(description="Word for word.")
    why: Annotated[str, OneOf(REASONS)] = Field(description="Why it was noted: courts or practice have questioned such phrases; none judged this one.")


@dataclass(frozen=True, eq=False)
class Table:
    """A table: what a row of it is, its columns, which of these name a row, and `of`: a column → the table whose id it holds."""

    name: str
    title: str
    about: str
    model: type[Row]
    key: tuple[str, ...] = ("id",)
    of: Mapping[str, str] = field(default_factory=dict)

    @property
    def csv(self) -> str:
        return f"{DATA}{self.name}.csv"

    @property
    def json(self) -> str:
        return f"{DATA}{self.name}.json"

    @property
    def schema(self) -> str:
        return f"{DATA}{self.name}.schema.json"


RECOMMENDATIONS = Table("recommendations", "Recommendations", "Every recommendation with its strength and evidence.", RecommendationRow)
CASES = Table("cases", "Case studies", "Documented practice of public bodies, from published accounts.", CaseRow)
AUTHORITIES = Table("authorities", "Authorities", "The law register: what each authority says, how far it binds and how far it was read.", AuthorityRow)
LEGAL_DATES = Table("legal-dates", "Legal dates", "The dates that these authorities set.", LegalDateRow, (), {"authority": "authorities"})
QUESTIONS = Table("questions", "Questions", "Questions and their answers.", QuestionRow)
POLICIES = Table(
    "policies", "Coded policies",
    "Social media and comment policies of public bodies, coded by one reader: which elements each has. A sample of convenience, not of all public bodies.",
    PolicyRow,
)  # fmt: skip
PHRASES = Table(
    "policy-phrases", "Questioned phrases", "Phrases of these policies of a kind that courts or practice have questioned.", PhraseRow, (),
    {"policy": "policies"},
)  # fmt: skip
TABLES = (RECOMMENDATIONS, CASES, AUTHORITIES, LEGAL_DATES, QUESTIONS, POLICIES, PHRASES)

_MEANINGS: Mapping[tuple[type[Row], str], Mapping[str, str]] = MappingProxyType({
    (PolicyRow, "kind"): KINDS, (PolicyRow, "part"): PARTS, (PolicyRow, "set"): SETS, (PhraseRow, "why"): REASONS,
    (RecommendationRow, "strength"): words.STRENGTHS, (QuestionRow, "strength"): words.STRENGTHS,
    (CaseRow, "level"): words.LEVELS, (CaseRow, "source_kind"): words.SOURCE_KINDS,
    (AuthorityRow, "kind"): words.AUTHORITY_KINDS, (AuthorityRow, "jurisdiction"): words.JURISDICTIONS,
    (AuthorityRow, "status"): words.AUTHORITY_STATUSES, (AuthorityRow, "read"): words.AUTHORITY_READINGS,
    **{(PolicyRow, slug.replace("-", "_")): LEVELS for slug in words.ELEMENTS},
})  # fmt: skip
"""What the values of a column mean, where its words do not say."""


def rows(
    series: Series, recommendations: Sequence[Recommendation], questions: Sequence[Answered], site_url: str,
) -> Mapping[str, tuple[Row, ...]]:  # fmt: skip
    """The rows of each table by its name. A draft is in none; what was superseded or withdrawn says so in its `status`."""

    def lasting(address: str) -> str:
        return urljoin(site_url, address)

    return {
        "recommendations": tuple(
            RecommendationRow(
                id=r.id, permanent=lasting(permanent(r.id)), url=r.url, number=r.number, publication=r.publication.id,
                edition=r.publication.front.edition, status=r.publication.front.status, text=r.text, who=r.who, when=r.when, strength=r.strength or None,
                evidence=r.evidence, as_of=r.law_as_of,
            )
            for r in recommendations if not r.publication.draft
        ),
        "cases": tuple(
            CaseRow(
                **_same(CaseRow, case.front, "permanent", "url", "speaker"), permanent=lasting(permanent(case.id)), url=case.url,
                speaker=case.front.speaker or None,
            )
            for case in series.cases
        ),
        "authorities": tuple(_authority(item, lasting) for item in series.authorities),
        "legal-dates": tuple(
            LegalDateRow(authority=a.id, date=d.date, what=d.what, who=d.who or None, certain=d.certain, note=d.note or None, duty=d.duty, as_of=a.as_of)
            for a in series.authorities for d in a.dates
        ),
        "questions": tuple(
            QuestionRow(
                **_same(QuestionRow, item.question, "permanent", "url", "answer", "subject", "read", "status"), permanent=lasting(permanent(item.id)),
                url=item.url, answer=item.said, subject=item.subject.slug, read=item.read,
                status=item.subject.publication.front.status if item.subject.publication is not None else "current",
            )
            for item in questions if item.subject.publication is None or not item.subject.publication.draft
        ),
        "policies": tuple(_policy(item) for item in series.coded),
        "policy-phrases": tuple(PhraseRow(policy=item.id, phrase=ground.phrase, why=ground.why) for item in series.coded for ground in item.grounds),
    }  # fmt: skip


def _same(model: type[Row], record: BaseModel, *others: str) -> dict[str, Any]:
    """The columns of `model` that `record` has under the same name; `others` are left to the caller."""
    return {name: getattr(record, name) for name in model.model_fields if name not in others}


def _authority(item: Authority, lasting: Any) -> AuthorityRow:
    own = _same(AuthorityRow, item, "permanent", "url", "source_url", "status_note", "meaning", "read_note")
    at = law_page(item.id)
    return AuthorityRow(
        **own, permanent=lasting(at), url=at, source_url=item.url or None, status_note=item.status_note or None, meaning=item.meaning or None,
        read_note=item.read_note or None,
    )  # fmt: skip


def _policy(item: CodedPolicy) -> PolicyRow:
    own: dict[str, Any] = {name: getattr(item, name) for name in ("id", "title", "body", "kind", "url", "read", "part", "words", "sha256")}
    own |= {slug.replace("-", "_"): level for slug, level in item.elements.items()}
    own |= {f"has_{name}": value for name, value in item.has.items()}
    return PolicyRow(**own, set=item.half, doubt=item.doubt or None)


def data_files(
    tables: Mapping[str, tuple[Row, ...]], name: str, title: str, authors: Sequence[str], licence: str, licence_url: str, site_url: str,
    day: date | None = None,
) -> Mapping[str, str]:  # fmt: skip
    """Path → text, of each table that has rows: CSV, JSON and JSON Schema, and of all of them the dictionary.

    `name` is that of the package (lower case, with hyphens), `title` that of the series, `day` the newest on which something in the
    tables was changed or checked: the package is of that day, whenever it is built. Without a `licence_url` the package names no licence,
    and `licence` says how that stands.
    """
    shown = [table for table in TABLES if tables.get(table.name)]
    files: dict[str, str] = {}
    for table in shown:
        found = tables[table.name]
        files[table.csv] = csv_text(list(table.model.model_fields), ([_cell(value) for value in row.model_dump(mode="json").values()] for row in found))
        files[table.json] = _json([row.model_dump(mode="json") for row in found])
        files[table.schema] = _json(_schema(table))
    package = {
        "profile": "data-package", "name": name, "title": f"{title}: data", "homepage": site_url,
        **({"version": f"{day.year}.{day.month}.{day.day}", "created": f"{day}T00:00:00Z"} if day is not None else {}),
        "description": " ".join([
            "Recommendations, case studies, law, questions and coded policies. Guidance, not legal advice.", *([] if licence_url else [licence]),
        ]),
        **({"licenses": [({"name": spdx(licence_url)} if spdx(licence_url) else {}) | {"path": licence_url, "title": licence}]} if licence_url else {}),
        "contributors": [{"title": author, "role": "author"} for author in authors],
        "resources": [resource for table in shown for resource in _resources(table, files)],
    }  # fmt: skip
    if shown:
        files[PACKAGE] = _json(package)
    return files


def package_name(name: str) -> str:
    """A name as files and packages have it: “On the Record” is `on-the-record`."""
    return re.sub(r"[^a-z0-9]+", "-", without_accents(name).lower()).strip("-") or "series"


def spdx(licence_url: str) -> str:
    """The identifier in the SPDX license list (https://spdx.org/licenses/) of a Creative Commons licence; empty for another."""
    found = re.fullmatch(r"https?://creativecommons\.org/licenses/(by(?:-nc)?(?:-nd|-sa)?)/(\d\.\d)/?(?:deed\.\w+|legalcode(?:\.\w+)?)?", licence_url)
    return f"CC-{found[1].upper()}-{found[2]}" if found else ""


def _json(value: Any) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


def _cell(value: Any) -> str:
    """A value as a cell (RFC 4180): a list with `SEPARATOR` between its items, a boolean as `true` or `false`, nothing as nothing."""
    if isinstance(value, list):
        return SEPARATOR.join(str(item).replace("\\", "\\\\").replace(SEPARATOR, f"\\{SEPARATOR}") for item in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _schema(table: Table) -> dict[str, Any]:
    body: dict[str, Any] = TypeAdapter(list[table.model]).json_schema(mode="serialization")  # type: ignore[name-defined]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": table.title, "description": table.about, **body}


def _resources(table: Table, files: Mapping[str, str]) -> list[dict[str, Any]]:
    def resource(name: str, path: str, kind: str, schema: Any, **more: str) -> dict[str, Any]:
        content = files[path].encode()
        return {
            "profile": "tabular-data-resource" if kind == "csv" else "data-resource", "name": name, "path": path.removeprefix(DATA), "title": table.title,
            "description": table.about, "format": kind, "mediatype": {"csv": "text/csv", "json": "application/json"}[kind], "encoding": "utf-8",
            "bytes": len(content), "hash": f"sha256:{sha256(content).hexdigest()}", **more, "schema": schema,
        }  # fmt: skip

    keys = [{"fields": name, "reference": {"resource": other, "fields": "id"}} for name, other in table.of.items()]
    tabular: dict[str, Any] = {"fields": fields(table), "missingValues": [""], **({"foreignKeys": keys} if keys else {})}
    if table.key:
        tabular["primaryKey"] = list(table.key)
    return [
        resource(table.name, table.csv, "csv", tabular),
        resource(f"{table.name}-json", table.json, "json", table.schema.removeprefix(DATA)),
    ]


def fields(table: Table) -> list[dict[str, Any]]:
    """The columns of a table as fields of Table Schema. A list is a string there, for older readers know no lists."""
    out = []
    properties = table.model.model_json_schema(mode="serialization")["properties"]
    for name, info in table.model.model_fields.items():
        kinds = {kind for kind in (get_args(info.annotation) or (info.annotation,)) if kind is not type(None)}
        kind = info.annotation if get_origin(info.annotation) is tuple else next(iter(kinds))
        listed = get_origin(kind) is tuple
        own = properties[name]
        allowed = own.get("enum") or next((part["enum"] for part in own.get("anyOf", ()) if "enum" in part), None)
        about = own.get("description", "")
        meanings = _MEANINGS.get((table.model, name))
        if meanings:
            about = f"{about} {'; '.join(f'{word}: {text}' for word, text in meanings.items())}.".strip()
        if listed:
            about = f"{about} Several are divided by “{SEPARATOR}”.".strip()
        column: dict[str, Any] = {"name": name, "type": "string" if listed else _type(kind), "description": about}
        constraints: dict[str, Any] = {"required": True} if type(None) not in get_args(info.annotation) and not listed else {}
        constraints |= {"enum": allowed} if allowed else {}
        out.append(column | ({"constraints": constraints} if constraints else {}))
    return out


def data_listing(register: Register) -> HtmlElement:
    """What tables there are, for a page two folders below the root: what a row is, the files, and what each column holds."""
    dictionary = element("p", "register__downloads", "Download: ", element("a", "", "the dictionary of all tables", href=f"../../{PACKAGE}"))
    root = element("div", "register register--data", dictionary)
    series = register.series
    empty = {
        RECOMMENDATIONS: not register.recommendations, CASES: not series.cases, AUTHORITIES: not series.authorities,
        LEGAL_DATES: not any(a.dates for a in series.authorities), QUESTIONS: not any(series.questions.values()), POLICIES: not series.coded,
        PHRASES: not any(item.grounds for item in series.coded),
    }  # fmt: skip
    for table in TABLES:
        if empty[table]:
            continue
        files = element("p", "register__downloads", "Download: ")
        for label, path in (("CSV", table.csv), ("JSON", table.json), ("JSON Schema", table.schema)):
            append(files, ", " if label != "CSV" else "")
            append(files, element("a", "", label, href=f"../../{path}"))
        body = E.TBODY()
        for column in fields(table):
            allowed = column.get("constraints", {}).get("enum", ())
            known = _MEANINGS.get((table.model, column["name"]))
            told = column["description"] + (f" One of: {', '.join(allowed)}." if allowed and not known else "")
            body.append(E.TR(element("th", "", E.CODE(column["name"]), scope="row"), E.TD(column["type"]), E.TD(told)))
        heads = (element("th", "", name, scope="col") for name in ("Column", "Type", "What it holds"))
        root.extend([element("h3", "", table.title, id_=f"table-{table.name}"), E.P(table.about), files, E.TABLE(E.THEAD(E.TR(*heads)), body)])
    return root


def _type(kind: object) -> str:
    """The type of Table Schema for a Python one."""
    return "integer" if kind is int else "boolean" if kind is bool else "date" if kind is date else "string"
