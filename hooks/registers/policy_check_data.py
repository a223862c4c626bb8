"""The rules of “Check my policy” and the clauses that they name, as the browser gets them: a script that also loads from `file://`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urljoin

from hooks.core.tree import fragment
from hooks.core.urls import relative_url
from hooks.linking.model import Clause, ResolvedPage
from hooks.registers.builder.clauses import UnknownElement, blocks_of
from hooks.series import vocabulary as words
from hooks.series.model import Series
from hooks.series.policy_check import CHECK, PolicyCheck

PAGE = "tools/check/"


def check_script(series: Series, clauses: Iterable[Clause], pages: Mapping[str, ResolvedPage], site_url: str, name: str) -> str | None:
    """The data as a script that sets `window.OTR_CHECK`; None where the series has no such rules."""
    tool = series.tools.get(CHECK)
    if tool is None or not isinstance(tool.record, PolicyCheck):
        return None
    named = {id_ for rule in (*tool.record.elements, *tool.record.grounds, *tool.record.facts) for id_ in rule.clauses}
    texts = {clause.id: _clause(clause, pages, site_url) for clause in clauses if clause.id in named and clause.publication.path in pages}
    data = {"series": name, "page": urljoin(site_url, PAGE), **engine_rules(tool.record), "clauses": texts}
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    return f"window.OTR_CHECK = {written};\n"


def engine_rules(check: PolicyCheck) -> dict[str, Any]:
    """What `assets/policy-check.js` reads a text by."""
    return {
        "people": check.people.model_dump(mode="json"),
        "elements": [
            {
                "element": item.element,
                "label": words.ELEMENTS[item.element],
                "signals": [{"says": signal.says, "weight": signal.weight, "find": _find(signal.find)} for signal in item.signals],
            }
            for item in check.elements
        ],
        "grounds": [{"id": item.id, "find": _find(item.find)} for item in check.grounds],
        "facts": [{"id": item.id, "find": _find(item.find)} for item in check.facts],
    }


def _find(find: Iterable[Any]) -> list[dict[str, Any]]:
    return [one.model_dump(mode="json", exclude_defaults=True) for one in find]


def _clause(clause: Clause, pages: Mapping[str, ResolvedPage], site_url: str) -> dict[str, Any]:
    try:
        blocks = blocks_of(fragment(pages[clause.publication.path].clauses[clause.id]), urljoin(site_url, clause.publication.url))
    except UnknownElement:
        # The policy builder reports a clause that no policy can hold.
        blocks = []
    lines = [{"text": "".join(run.text for run in block.runs), "list": block.list, "level": block.level} for block in blocks]
    return {"title": clause.title, "label": clause.label, "page": relative_url(clause.url, PAGE), "url": urljoin(site_url, clause.url), "lines": lines}
