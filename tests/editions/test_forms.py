"""Which editions a build makes, as mkdocs.yml asks for them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from lxml import html

from ..support import Built, contents, edit


def test_only_the_forms_that_are_asked_for_are_made_and_offered(sample: Path, build: Callable[..., Built]) -> None:
    built = build(sample, extra={"series": {"editions": ["pdf"]}})
    assert built.status == 0, built.output
    files = contents(built.site)
    assert "white-paper/white-paper.pdf" in files and not [path for path in files if path.endswith((".epub", ".docx"))]
    assert not [path for path, content in files.items() if path.endswith(".html") and b"epub" in content]
    assert json.loads(files["catalogue.json"])["publications"][0]["epub"] is None


def test_an_empty_list_makes_none(sample: Path, build: Callable[..., Built]) -> None:
    built = build(sample, extra={"series": {"editions": []}})
    assert built.status == 0, built.output
    assert not [path for path in contents(built.site) if path.endswith((".pdf", ".epub", ".docx"))]


def test_the_epub_is_offered_beside_the_pdf(sample: Path, build: Callable[..., Built]) -> None:
    built = build(sample)
    link = html.document_fromstring(built.page("white-paper/index.html")).xpath("//a[@href='white-paper.epub']")[0]
    assert link.get("type") == "application/epub+zip" and link.text_content().startswith("EPUB ") and link.text_content().endswith(" KB")
    assert ".epub" not in built.page("briefs/comments/index.html") and ".epub" not in built.page("white-paper/purpose/index.html")


def test_a_picture_that_an_epub_cannot_hold_stops_the_build_at_its_source(sample: Path, build: Callable[..., Built]) -> None:
    edit(sample / "whitepaper/figures/two-steps.svg", "</svg>", "")
    built = build(sample, extra={"series": {"editions": ["epub"]}})
    assert built.status == 1 and "Traceback" not in built.output
    told = [line for line in built.output.splitlines() if "The EPUB edition cannot be made: the image" in line]
    assert len(told) == 1 and "whitepaper/index.md" in told[0] and "cannot be drawn" in told[0]
