"""One pandoc run for all citations of the site.

All groups are formatted together and with the whole bibliography, so that the year suffixes
(2013a, 2013b) are the same on every page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypandoc
from lxml import etree, html

from hooks.core.cache import Cache, digest

# No raw HTML, TeX or other markup that an author's prefix or locator could smuggle in.
_READER = "markdown_strict-raw_html+citations+fenced_divs+yaml_metadata_block+smart"
_CSL_NAMESPACE = "http://purl.org/net/xbiblio/csl"


@dataclass(frozen=True)
class Formatted:
    """Citations and references as HTML.

    `groups`: the inside of the brackets as written → `(<a href="#ref-KEY">Author Year</a>, 4)`.
    `references`: key → entry, in the order of the style.
    """

    groups: Mapping[str, str]
    references: Mapping[str, str]


def author_date_style() -> str:
    """The CSL style: Chicago author-date as pandoc ships it, less its dashes for a repeated author.

    A page prints only the entries it cites, so an entry cannot lean on the one before it.
    """
    run = pypandoc.get_pandoc_path()
    style = etree.fromstring(_output([run, "--print-default-data-file", "default.csl"]))
    for node in style.iter(f"{{{_CSL_NAMESPACE}}}bibliography"):
        node.attrib.pop("subsequent-author-substitute", None)
    # “van der Berg, Jan”, as its author wrote it.
    style.set("demote-non-dropping-particle", "never")
    # Where the style gives no format, mkdocs-bibtex takes it for a footnote style.
    text: str = etree.tostring(style, encoding="unicode")
    return text


def _output(command: list[str], text: str | None = None) -> bytes:
    import subprocess

    done = subprocess.run(command, input=text.encode() if text is not None else None, capture_output=True, check=False)
    if done.returncode:
        raise CiteprocError(done.stderr.decode("utf-8", "replace").strip())
    return done.stdout


class CiteprocError(Exception):
    """pandoc refused its input; the message is pandoc's."""


def csl_json(bibliography: str, cache: Cache | None = None) -> list[dict[str, Any]]:
    """BibLaTeX text as CSL-JSON items (https://docs.citationstyles.org/en/stable/specification.html)."""
    key = digest("csl-json", pypandoc.get_pandoc_version(), bibliography)
    command = [pypandoc.get_pandoc_path(), "-f", "biblatex", "-t", "csljson"]
    found: list[dict[str, Any]] = json.loads(_remember(cache, key, lambda: _output(command, bibliography)))
    return found


def format_citations(groups: Iterable[str], items: list[dict[str, Any]], style: str, cache: Cache | None = None) -> Formatted:
    """Format every citation group (the inside of its brackets) and every entry of `items`."""
    distinct = sorted(set(groups))
    data = json.dumps(items, ensure_ascii=False, sort_keys=True)
    key = digest("citeproc-2", _READER, pypandoc.get_pandoc_version(), style, data, *distinct)
    return _read(_remember(cache, key, lambda: _run(distinct, data, style)), distinct)


def _remember(cache: Cache | None, key: str, make: Callable[[], bytes]) -> bytes:
    return cache.remember("pandoc", key, make) if cache else make()


def _run(groups: list[str], items: str, style: str) -> bytes:
    import tempfile

    document = "---\nnocite: '@*'\nlink-citations: true\n---\n\n"
    document += "".join(f"::: {{#group-{index}}}\n[{group}]\n:::\n\n" for index, group in enumerate(groups))
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "bibliography.json").write_text(items, encoding="utf-8")
        (Path(folder) / "style.csl").write_text(style, encoding="utf-8")
        options = ["--citeproc", "--bibliography", f"{folder}/bibliography.json", "--csl", f"{folder}/style.csl", "--wrap=none"]
        return _output([pypandoc.get_pandoc_path(), "-f", _READER, "-t", "html", *options], document)


def _read(page: bytes, groups: list[str]) -> Formatted:
    tree = html.fragment_fromstring(page.decode("utf-8") or "<p></p>", create_parent="div")
    formatted = {}
    by_id = {node.get("id"): node for node in tree.iter("div")}
    for index, group in enumerate(groups):
        place = by_id.get(f"group-{index}")
        node = None if place is None else place.find(".//span[@class='citation']")
        formatted[group] = "" if node is None else _inner(node)
    references = {}
    for entry in tree.iterfind(".//div[@id='refs']/div"):
        for link in entry.iter("a"):
            link.attrib.pop("class", None)
        references[entry.get("id", "").removeprefix("ref-")] = _inner(entry)
    return Formatted(formatted, references)


def _inner(node: html.HtmlElement) -> str:
    parts = [html.tostring(child, encoding="unicode") for child in node]
    text = (node.text or "").replace("&", "&amp;").replace("<", "&lt;") + "".join(parts)
    return re.sub(r"\s+", " ", text).strip()
