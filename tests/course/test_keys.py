"""Every key of an exercise leads to a passage that is there: wherever the keys stand, in a module, beside an exercise or on pages of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import ROOT

COURSE = ROOT / "docs/course"
_BLOCK = re.compile(r"^(?P<fence>/{3,}) key \| (?P<id>\S+)\n(?P<body>.*?)^(?P=fence)$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(?P<level>#{2,4}) (?P<title>[^\n]*\{#(?P<id>[\w-]*key[\w-]*)\})\n(?P<body>.*?)(?=^#{2,4} |\Z)", re.MULTILINE | re.DOTALL)
_LEADS = re.compile(r"\]\((?P<href>(?:law|rec|brief|case|paper|now|sector|module|table|term):[^)\s]+)\)|\[@(?P<key>[\w:.-]+)")


def keys() -> Iterator[tuple[str, str]]:
    """The name of each key and what it says."""
    for path in sorted(COURSE.rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(COURSE).as_posix()
        if path.parent != COURSE and path.parent.name == "keys":
            yield name, text
        for match in (*_BLOCK.finditer(text), *_HEADING.finditer(text)):
            if "](keys/" not in match["body"]:  # a page that leads to its keys, which are read there
                yield f"{name}: {match['id']}", match["body"]


KEYS = list(keys())


def test_there_are_keys() -> None:
    """The twelve exercises by sector have one each, and the exercises of the modules that are decided have theirs."""
    assert len(KEYS) >= 13


@pytest.mark.parametrize("body", [pytest.param(body, id=name) for name, body in KEYS])
def test_a_key_leads_to_a_passage(body: str) -> None:
    assert _LEADS.search(body)


@pytest.mark.parametrize("body", [pytest.param(body, id=name) for name, body in KEYS])
def test_what_a_key_leads_to_is_there(body: str) -> None:
    for match in _LEADS.finditer(body):
        if match["href"] and not (source := _source(match["href"])):
            pytest.fail(f"{match['href']} leads nowhere")
        elif match["href"] and (place := match["href"].partition("#")[2]):
            assert _holds(source, place), match["href"]


def _source(href: str) -> str:
    """The text of the file that a reference leads to; empty where there is none."""
    scheme, _, rest = href.partition(":")
    name = rest.partition("#")[0]
    if scheme in ("law", "term"):
        files = sorted((ROOT / "docs/law").glob("*.yml")) if scheme == "law" else [ROOT / "docs/glossary/terms.yml"]
        return next((text for path in files if re.search(rf"^- {{?id: {re.escape(name)}(?:,|$)", text := path.read_text(encoding="utf-8"), re.MULTILINE)), "")
    if scheme == "rec":
        return _with(f"/// recommendation | {name}\n", sorted((ROOT / ("whitepaper" if name.startswith("wp-") else "briefs")).glob("*.md")))
    if scheme == "table":
        brief, _, table = name.rpartition("/")
        pages = [ROOT / f"briefs/{brief}.md", *(ROOT / "whitepaper").glob(f"*-{brief}.md")] if brief else sorted(COURSE.rglob("*.md"))
        return _with(f"/// table-caption | {table}\n", [path for path in pages if path.is_file()])
    patterns = {
        "brief": f"briefs/{name}.md", "case": f"docs/case-studies/{name}.md", "paper": f"whitepaper/*-{name}.md", "now": f"docs/now/{name}.md",
        "sector": f"docs/sectors/{name}.md", "module": f"docs/course/*-{name}.md",
    }  # fmt: skip
    path = next(iter(ROOT.glob(patterns[scheme])), None)
    return path.read_text(encoding="utf-8") if isinstance(path, Path) else ""


def _with(words: str, pages: list[Path]) -> str:
    """The text of the first of the pages that has those words."""
    return next((text for path in pages if words in (text := path.read_text(encoding="utf-8"))), "")


def _holds(text: str, place: str) -> bool:
    """Whether a page has the place: a heading, or a block whose id begins with its kind."""
    kind, _, name = place.partition("-")
    if place == "unsettled":
        return "/// open" in text
    blocks = rf"^/{{3,}} {re.escape(kind)} \| {re.escape(name)}$|^/{{3,}} notice \| {re.escape(name)}$|^/{{3,}} table-caption \| {re.escape(place)}$"
    return f"{{#{place}}}" in text or bool(re.search(blocks, text, re.MULTILINE)) or place == "at-a-glance"
