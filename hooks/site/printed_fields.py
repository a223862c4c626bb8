"""Each printed field of a record appears, word for word, on the page that prints it: front matter in the head of its page, the law
register, the glossary, the facts about platforms, roles, questions, tools and annotations.

A page's Markdown is compared with its article elsewhere (`hooks.blocks.kept_words`); what a template prints is only there once the page
is written. What may run on, or is printed with references and marks within, is compared piece by piece.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from pydantic import AfterValidator, BaseModel

from hooks.citing.bibliography import Bibliography
from hooks.core.locate import line_with
from hooks.core.problems import Problem
from hooks.core.typography import typographic
from hooks.core.words import WITHIN, words
from hooks.series.addresses import LITERATURE, TERMS, law_page, questions_page, role_page
from hooks.series.load_policy_builder import SOURCE as BUILDER
from hooks.series.model import Series
from hooks.series.policy_check import PolicyCheck
from hooks.series.sources import ANNOTATIONS, DOCS, PLATFORMS, QUESTIONS, ROLES
from hooks.series.sources import TERMS as TERMS_FILE
from hooks.series.tools import DecisionPath, Readiness

NOT_ON_THE_PAGE = frozenset({
    "PublicationFront.question", "CaseFront.title", "Consent.shown_as", "Quotation.text", "Question.also", "PlatformFact.platform", "PlatformFact.about",
    "Authority.short", "CaseFront.outcome",
})  # fmt: skip
"""Texts of records that their page does not print: what only the search and lists say, and what the page's own text tells.

Nor is what only the script of a tool reads a part of its page: the words that fill a blank, the phrases that a policy is checked for."""
_PIECES = re.compile(r"\[[^\]]*\]\([^)\s]*\)|\[[^\]]*\]|\{[^}]*\}|<[^>]*>|[*_`]+")
_HIDDEN = re.compile(r"<(script|style|head)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^>]*>")


@dataclass(frozen=True)
class Printed:
    """A text of a record: the file it stands in, its key, and what is printed.

    `mark` stands in the page where the record does: a page of an author's own need not hold it.
    """

    path: str
    key: str
    text: str
    mark: str = ""


@dataclass(frozen=True)
class PrintedFields:
    """The texts of records by the address of the page that prints them."""

    by_url: Mapping[str, Sequence[Printed]]


def printed_fields(series: Series, bibliography: Bibliography) -> PrintedFields:
    """Every printed text of the series' records."""
    found: dict[str, list[Printed]] = {}
    for url, path, mark, record in _records(series, bibliography):
        found.setdefault(url, []).extend(Printed(path, key, text, mark) for key, text in texts(record))
    for group in series.roles.groups:
        found.setdefault("for/", []).append(Printed(ROLES, "label", group.label, f'href="{group.roles[0].id}/"'))
    return PrintedFields(found)


def _records(series: Series, bibliography: Bibliography) -> Iterator[tuple[str, str, str, BaseModel]]:
    for item in series.items:
        yield item.url, item.path, "", item.front
    for authority in series.authorities:
        # What is printed of it is in the head of its page, whoever wrote that.
        yield law_page(authority.id), series.places[f"law:{authority.id}"][0], 'id="source"', authority
    for term in series.terms:
        yield TERMS, TERMS_FILE, f'id="{term.id}"', term
    for role in series.roles.by_id.values():
        yield role_page(role.id), ROLES, 'class="register', role
    for subject in series.subjects.values():
        for question in subject.questions:
            yield questions_page(subject.slug), f"{QUESTIONS}/{subject.slug}.yml", f'id="{question.id}"', question
    for fact in series.platforms:
        yield "tools/platforms/", PLATFORMS, f'id="{fact.id}"', fact
    for source in bibliography.sources.values():
        if source.annotation is not None:
            yield f"{LITERATURE}{source.theme}/", ANNOTATIONS, f'id="ref-{source.key}"', source.annotation
    for tool in series.tools.values():
        if isinstance(tool.record, BaseModel) and type(tool.record) in _TOOLS:
            url, mark = _TOOLS[type(tool.record)]
            yield url, tool.path, mark, tool.record
    if series.builder is not None and series.builder.record is not None:
        for record in (*series.builder.record.questions, *series.builder.record.notes):
            yield _beside(BUILDER), BUILDER, 'id="policy-builder"', record


_TOOLS: Mapping[type, tuple[str, str]] = {
    Readiness: ("tools/readiness/", 'id="readiness"'),
    DecisionPath: ("tools/comments/", 'id="decision-path"'),
    PolicyCheck: ("tools/check/", 'id="policy-check"'),
}
"""The tools whose texts are printed: their page, and what stands in it where they do."""


def _beside(path: str) -> str:
    """The address of the page that belongs to a file of data: docs/tools/comments.yml → tools/comments/."""
    return f"{path.removeprefix(f'{DOCS}/').removesuffix('.yml')}/"


def texts(record: BaseModel, name: str = "") -> Iterator[tuple[str, str]]:
    """The printed texts of a record with their keys: those of the types `Text`, `Prose` and `Marked`, in records within it too."""
    for key, info in type(record).model_fields.items():
        if any(f"{base.__name__}.{key}" in NOT_ON_THE_PAGE for base in type(record).__mro__):
            continue
        value = getattr(record, key)
        yield from _texts(value, f"{name}{key}", _is_printed(info.annotation) or any(_is_typographic(item) for item in info.metadata))


def _texts(value: Any, name: str, printed: bool) -> Iterator[tuple[str, str]]:
    if isinstance(value, BaseModel):
        yield from texts(value, f"{name}.")
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item, name, printed)
    elif isinstance(value, str) and value and printed:
        yield name, value


def _is_printed(annotation: Any) -> bool:
    return any(_is_typographic(item) or _is_printed(item) for item in (*getattr(annotation, "__metadata__", ()), *getattr(annotation, "__args__", ())))


def _is_typographic(item: Any) -> bool:
    return isinstance(item, AfterValidator) and item.func is typographic


def words_of_page(html: str) -> str:
    """The words of a finished page, run together."""
    text = _TAG.sub(lambda tag: "" if tag[2].lower() in WITHIN else " ", _HIDDEN.sub(" ", html))
    return "".join(words(unescape(text)))


def check_printed_fields(html: str, fields: Iterable[Printed], root: Path) -> list[Problem]:
    """The fields that a finished page lacks, each at its line."""
    page = words_of_page(html)
    problems = []
    for field in fields:
        if field.mark not in html:
            continue
        missing = [piece for piece in _PIECES.split(field.text) if (own := "".join(words(piece))) and own not in page]
        if missing:
            line = _line(root / field.path, field.key, missing[0].split())
            shown = " ".join(missing[0].split()[:12])
            remedy = "Write it another way, or report it: a page may lose no word of a record."
            problems.append(Problem("lost", field.path, line, f"Of “{field.key}” its page does not print this: “{shown}”.", remedy))
    return problems


def _line(file: Path, key: str, missing: Sequence[str]) -> int | None:
    """Where the words stand in a file, which may divide them over lines; else where its key does."""
    text = file.read_text(encoding="utf-8")
    sought = (line_with(text, " ".join(missing[:many])) for many in (5, 3, 2))
    return next((line for line in sought if line), None) or line_with(text, f"{key.rpartition('.')[2]}:")
