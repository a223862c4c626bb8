"""The built site as a reader and a crawler meet it."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

import jsonschema
import pikepdf
import pytest
from lxml import html

from tests import support
from tests.real_site import build_site

LOADED = (("script", "src"), ("img", "src"), ("source", "srcset"), ("iframe", "src"), ("video", "src"), ("object", "data"))


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, html.HtmlElement]:
    """Every page by its path below the site."""
    return {path.relative_to(site).as_posix(): html.fromstring(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}


def ids_of(tree: html.HtmlElement) -> list[str]:
    return [node.get("id") for node in tree.iter() if isinstance(node.tag, str) and node.get("id")]


def test_every_internal_link_and_anchor_leads_somewhere(site: Path, pages: dict) -> None:
    ids = {path: set(ids_of(tree)) for path, tree in pages.items()}
    broken = []
    for path, tree in pages.items():
        for node in tree.iter("a", "link", "script", "img"):
            link = node.get("href") or node.get("src")
            parts = urlsplit(link or "")
            if not link or parts.scheme or parts.netloc or path == "404.html":
                continue
            target = (site / path).parent / unquote(parts.path) if parts.path else site / path
            target = target / "index.html" if target.is_dir() else target
            name = target.resolve().relative_to(site.resolve()).as_posix() if target.exists() else None
            if name is None or (parts.fragment and name in ids and unquote(parts.fragment) not in ids[name]):
                broken.append(f"{path}: {link}")
    assert not broken


def test_no_page_has_one_id_twice(pages: dict) -> None:
    assert {path: [i for i in set(ids) if ids.count(i) > 1] for path, tree in pages.items() if len(ids := ids_of(tree)) != len(set(ids))} == {}


def test_no_page_loads_anything_from_another_host(pages: dict) -> None:
    # The link types that fetch or connect; the others only say where something is (HTML, 4.6.7: link types).
    fetched = {"stylesheet", "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch", "prerender", "icon", "manifest"}
    links = [(path, node.get("href")) for path, tree in pages.items() for node in tree.iter("link") if fetched & set((node.get("rel") or "").split())]
    assert links and not [(path, href) for path, href in links if urlsplit(href or "").netloc]
    outside = [
        (path, node.get(attribute))
        for path, tree in pages.items()
        for tag, attribute in LOADED
        for node in tree.iter(tag)
        if urlsplit(node.get(attribute) or "").netloc
    ]
    assert not outside


def test_nothing_is_left_unresolved(pages: dict) -> None:
    marks = ("cite-mark", "broken-reference", "data-name", "data-options", "data-cite")
    for path, tree in pages.items():
        text = html.tostring(tree, encoding="unicode")
        assert not [mark for mark in marks if mark in text], path
        assert not [a.get("href") for a in tree.iter("a") if (a.get("href") or "").startswith(("brief:", "law:", "case:", "rec:", "term:", "paper:"))], path


def test_the_catalogue_says_what_is_there(site: Path) -> None:
    catalogue = json.loads((site / "catalogue.json").read_text(encoding="utf-8"))
    jsonschema.validate(catalogue, json.loads((site / "catalogue.schema.json").read_text(encoding="utf-8")))
    assert len(catalogue["publications"]) >= 4
    publications = [*catalogue["publications"], *(c for p in catalogue["publications"] for c in p["chapters"])]
    for publication in publications:
        assert (site / publication["url"] / "index.html").exists()
        pdf = publication["pdf"]
        content = (site / pdf["url"]).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (pdf["bytes"], pdf["sha256"])
        with pikepdf.open(site / pdf["url"]) as opened:
            assert len(opened.pages) == pdf["pages"]
    for authority in catalogue["authorities"]:
        assert (site / authority["page"] / "index.html").exists()
    for record in (*publications, *catalogue["cases"], *catalogue["recommendations"]):
        assert (site / "id" / record["id"] / "index.html").exists()


def test_every_recommendation_shows_evidence_that_exists(site: Path) -> None:
    catalogue = json.loads((site / "catalogue.json").read_text(encoding="utf-8"))
    known = {f"case:{case['id']}" for case in catalogue["cases"]} | {f"law:{a['id']}" for a in catalogue["authorities"]}
    sources = {item["id"] for item in json.loads((site / "literature.json").read_text(encoding="utf-8"))}
    assert catalogue["recommendations"]
    for item in catalogue["recommendations"]:
        assert item["evidence"], item["id"]
        for proof in item["evidence"]:
            assert proof in known or proof.strip("[]-@").split(",")[0] in sources, (item["id"], proof)


def test_the_literature_page_shows_every_source_with_its_annotation(site: Path, pages: dict) -> None:
    sources = {item["id"] for item in json.loads((site / "literature.json").read_text(encoding="utf-8"))}
    entries = {node.get("id").removeprefix("ref-"): node for node in pages["literature/index.html"].iter("li") if (node.get("id") or "").startswith("ref-")}
    assert set(entries) == sources
    assert not [key for key, node in entries.items() if not node.find_class("reference__what")]


def test_nothing_of_the_builder_reaches_the_site(site: Path) -> None:
    root = str(Path(__file__).parents[2]).encode()
    for path in site.rglob("*"):
        if path.is_file() and path.suffix in (".html", ".json", ".js", ".css", ".xml", ".csv", ".bib", ".pdf"):
            content = path.read_bytes()
            assert root not in content and b"file://" not in content, path


@pytest.mark.proof
def test_two_builds_a_day_apart_give_the_same_bytes(site: Path, tmp_path: Path) -> None:
    # No statement of law is due, and no legal date comes, between the two days. The table of coming dates says on which day it
    # was made; nothing else may depend on the day.
    again = build_site(tmp_path / "again", support.TODAY + timedelta(days=1))

    def contents(folder: Path) -> dict[str, str]:
        return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.rglob("*") if p.is_file()}

    first, second = contents(site), contents(again)
    assert {name for name in first | second if first.get(name) != second.get(name)} == {"law/index.html"}
