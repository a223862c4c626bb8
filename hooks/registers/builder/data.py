"""The policy builder's data, as the browser gets it: a script that also loads from `file://`."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from hooks.core.tree import HtmlElement, fragment, long_date
from hooks.core.urls import relative_url
from hooks.linking.model import Clause, ResolvedPage
from hooks.registers.builder.clauses import Block, Field, Run, Texts, arrange, mark_parts, take_apart
from hooks.series import vocabulary as words
from hooks.series.addresses import permalink
from hooks.series.model import Series
from hooks.series.policy_builder import Placed, Question

PAGE = "tools/policy-builder/"


def builder_script(series: Series, clauses: tuple[Clause, ...], pages: Mapping[str, ResolvedPage], site_url: str, name: str, note: str) -> str | None:
    """The data as a script that sets `window.OTR_POLICY`; None where the series has no policy builder."""
    record = series.builder.record if series.builder else None
    if record is None:
        return None
    there = [clause for clause in clauses if clause.publication.path in pages]

    def text(clause: Clause) -> HtmlElement:
        """As its page shows it."""
        return fragment(pages[clause.publication.path].clauses[clause.id])

    blocks, _ = take_apart(series.builder, there, text, lambda c: urljoin(site_url, c.publication.url))
    mark_parts(record, blocks)
    texts = arrange(record, {clause.id: clause for clause in there}, blocks)
    used = {clause.element for _, clause in texts.placed}
    data = {
        "series": name,
        "notice": note,
        "page": urljoin(site_url, PAGE),
        "questions": [_question(item) for item in record.questions],
        "roles": [{"id": role.id, "label": role.label, "means": role.means, "help": role.help} for role in record.roles],
        "sections": [{"id": slug, "label": label} for slug, label in words.TOPICS.items() if slug in used],
        "clauses": [_clause(item, clause, texts, site_url) for item, clause in texts.placed],
        "fields": [_field(f) for f in texts.filled.fields.values()],
        "fills": [{"field": fill.blank, "value": fill.value, "when": _when(fill.when)} for fill in record.fills if fill.blank in texts.filled.fields],
        "references": [list(item.to) for item in record.references],
        "notes": [{"text": item.text, "when": _when(item.when)} for item in record.notes],
    }
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    return f"window.OTR_POLICY = {written};\n"


def _when(when: tuple[Any, ...]) -> list[dict[str, list[str]]]:
    return [{name: list(options) for name, options in item.items()} for item in when]


def _question(item: Question) -> dict[str, Any]:
    options = [{"id": option.id, "label": option.label, "when": _when(option.when)} for option in item.options]
    return {"id": item.id, "title": item.title, "several": item.several, "when": _when(item.when), "options": options}


def _clause(item: Placed, clause: Clause, texts: Texts, site_url: str) -> dict[str, Any]:
    publication = clause.publication
    as_of = publication.front.law_as_of or publication.front.revised
    return {
        "id": clause.id,
        "label": clause.label,
        "title": clause.title,
        "section": clause.element,
        "note": clause.note,
        "why": item.why,
        "when": _when(item.when),
        "parts": [_when(part.when) for part in item.parts],
        "page": relative_url(clause.url, PAGE),
        "source": {
            "id": publication.id,
            "title": f"{publication.label}, {publication.front.title}",
            "url": permalink(site_url, publication),
            "law": long_date(as_of),
        },
        "blocks": [_block(clause.id, b, block, texts) for b, block in enumerate(texts.blocks[clause.id])],
    }


def _block(clause: str, b: int, block: Block, texts: Texts) -> dict[str, Any]:
    runs = [_run(run, texts.filled.at.get((clause, b, r), "")) for r, run in enumerate(block.runs)]
    where = {"list": block.list, "level": block.level, "number": block.number} if block.list else {}
    return {"runs": runs, **where}


def _run(run: Run, field: str) -> dict[str, Any]:
    """`t`: words, or those of the brackets of the blank `f`; `m`: em or strong; `h`: an address; `p`: the conditional passage."""
    out: dict[str, Any] = {"t": run.text}
    if run.blank:
        out["f"] = field
    if run.mark:
        out["m"] = run.mark
    if run.href:
        out["h"] = run.href
    if run.part >= 0:
        out["p"] = run.part
    return out


def _field(field: Field) -> dict[str, Any]:
    return {**dataclasses.asdict(field), "offers": list(field.offers)}
