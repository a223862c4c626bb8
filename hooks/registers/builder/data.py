"""The policy builder's data, as the browser gets it: a script that also loads from `file://`."""

from __future__ import annotations

import dataclasses
import json
from typing import Any
from urllib.parse import urljoin

from hooks.core.tree import HtmlElement, fragment, long_date
from hooks.core.urls import relative_url
from hooks.linking.model import Clause, Letter, ResolvedSite
from hooks.registers.builder.clauses import Block, Field, Run, Texts, arrange, mark_parts, paper_key, settled, short_of, take_apart
from hooks.series import vocabulary as words
from hooks.series.addresses import permalink
from hooks.series.model import Series
from hooks.series.policy_builder import Paper, Placed, PolicyBuilder, Question, Role

PAGE = "tools/policy-builder/"


def builder_script(series: Series, site: ResolvedSite, site_url: str, name: str, note: str) -> str | None:
    """The data as a script that sets `window.OTR_POLICY`; None where the series has no policy builder."""
    record = series.builder.record if series.builder else None
    if series.builder is None or record is None:
        return None
    pages = site.pages
    there = {clause.id: clause for clause in site.clauses if clause.publication.path in pages}
    record = settled(record, there)

    def text(clause: Clause) -> HtmlElement:
        """As its page shows it."""
        return fragment(pages[clause.publication.path].clauses[clause.id])

    blocks, _ = take_apart(series.builder, there.values(), text, lambda c: urljoin(site_url, c.publication.url), site.letters)
    mark_parts(record, blocks)
    data = policy_data(record, arrange(record, there, blocks, site.letters), site_url, name, note)
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    return f"window.OTR_POLICY = {written};\n"


def policy_data(record: PolicyBuilder, texts: Texts, site_url: str, name: str, note: str) -> dict[str, Any]:
    """What policy-draft.js makes a policy of: questions, clauses, blanks and what fills them. `name` is the series'."""
    used = {clause.element for _, clause in texts.placed}
    fields = texts.filled.fields
    roles = {role.id for role in record.roles}
    fills = [
        {"field": f"role:{fill.blank}" if fill.blank in roles else fill.blank, "value": value, "when": _when(when)}
        for fill in record.fills if fill.blank in fields or fill.blank in roles for value, when in fill.each()
    ]  # fmt: skip
    return {
        "series": name,
        "notice": note,
        "page": urljoin(site_url, PAGE),
        "questions": [_question(item) for item in record.questions],
        "roles": [_role(role) for role in record.roles],
        "sections": [{"id": slug, "label": label} for slug, label in words.TOPICS.items() if slug in used],
        "groups": [{"id": group.id, "label": group.title, "topics": list(group.topics)} for group in record.sections],
        "clauses": [_clause(item, clause, texts, site_url) for item, clause in texts.placed],
        "papers": [_paper(item, letter, texts) for item, letter in texts.papers],
        "fields": [_field(f) for f in fields.values()],
        "fills": fills,
        "references": [list(item.to) for item in record.references],
        "notes": [{"text": item.text, "when": _when(item.when)} for item in record.notes],
        "checks": [
            {"who": [f"role:{one}" if one in roles else one for one in item.who], "why": item.why, "instead": item.instead, "when": _when(item.when)}
            for item in record.checks
        ],
    }  # fmt: skip


def _role(role: Role) -> dict[str, Any]:
    does = [{"text": duty.text, "when": _when(duty.when)} for duty in role.does]
    return {
        "id": role.id, "label": role.label, "means": role.means, "help": role.help, "does": does, "called": list(role.called),
        "offers": list(role.offers),
    }  # fmt: skip


def _when(when: tuple[Any, ...]) -> list[dict[str, list[str]]]:
    return [{name: list(options) for name, options in item.items()} for item in when]


def _question(item: Question) -> dict[str, Any]:
    named = [
        {"id": o.id, "label": o.label, "when": _when(o.when), "noun": o.noun, "unnamed": o.unnamed, "alone": o.alone or None}
        for o in item.options
    ]  # fmt: skip
    options = [{key: value for key, value in option.items() if value is not None} for option in named]
    found = {"id": item.id, "title": item.title, "several": item.several, "when": _when(item.when), "options": options}
    return {**found, "default": item.default} if item.default else found


def _paper(item: Paper, letter: Letter, texts: Texts) -> dict[str, Any]:
    key = paper_key(item.letter)
    return {
        "id": key,
        "title": item.title,
        "why": item.why,
        "note": letter.note,
        "when": _when(item.when),
        "notes": [{"text": said.text, "when": _when(said.when)} for said in item.notes],
        "parts": [_when(part.when) for part in item.passages],
        "page": relative_url(letter.url, PAGE),
        "blocks": [_block(key, b, block, texts) for b, block in enumerate(texts.blocks[key])],
    }


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
        "parts": [_when(part.when) for part in item.passages],
        "page": relative_url(clause.url, PAGE),
        "source": {
            "id": publication.id,
            "title": f"{publication.label}, {publication.front.title}",
            "url": permalink(site_url, publication),
            "law": long_date(as_of),
        },
        "blocks": [_block(clause.id, b, block, texts) for b, block in enumerate(texts.blocks[clause.id])],
        "short": [_block(short_of(clause.id), b, block, texts) for b, block in enumerate(texts.blocks.get(short_of(clause.id), ()))],
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
