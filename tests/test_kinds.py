"""Kinds of text that once lost or changed something in one form while the build said nothing: one build of them all, every form read back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pikepdf
import pytest
import yaml
from lxml import html

from hooks.editions.kept_words import of_epub, of_word
from tests import support
from tests.paper import sheets
from tests.serving import served

PAGES: dict[str, str] = yaml.safe_load((Path(__file__).parent / "kinds.yml").read_text(encoding="utf-8"))
EDGE, RIGHT, TURNED = 54, 612 - 0.9 * 72, 792 - 66
FRONT = """---
id: {id}
title: {title}
question: What happens here?
summary: Sample data. Decide what is to be tried here.
elements: [legal-issues]
themes: [records]
roles: [records-officer]
edition: 1
published: 2026-03-01
revised: 2026-03-01
law_as_of: 2026-03-01
review_by: 2027-03-01
changes:
  - {{edition: 1, date: 2026-03-01, note: First edition.}}
---

"""
BIBLIOGRAPHY = r"""@article{em, author={Quote, A.}, title={On \emph{Brown v. Board} at X.com; and AT\&T}, journaltitle={J}, year={2012}, keywords={cases}}
@book{peña2020, author={Peña, Ana}, title={A Title}, publisher={P}, year={2020}, keywords={cases}}
@misc{us1, author={{Agency}}, title={U.S. Law}, date={2020-05-04}, url={\url{https://a.example/x\_y}}, keywords={cases}}
@book{berg, author={van der Berg, Jan}, title={T}, publisher={P}, year={2005}, doi={https://doi.org/10.1000/XYZ}, keywords={cases}}
"""
CLAUSES = "## A {#a}\n" + "".join(f"\n/// clause | c{n}\n    title: T{n}\n    element: content\n    note: N\n\nText {n}.\n///\n" for n in range(1, 29))


def _make(folder: Path) -> None:
    root = support.copy_sample(folder)
    for number, (slug, text) in enumerate((*PAGES.items(), ("clauses", CLAUSES)), 11):
        (root / f"briefs/{slug}.md").write_text(FRONT.format(id=f"ib-{number}", title=slug.capitalize()) + text)
    (root / "briefs/long-number.md").write_text(FRONT.format(id="ib-105", title="A title of some length beside its number") + "## A {#a}\n\nText.\n")
    chapter = FRONT.format(id="wp-10", title="Trial").replace("question: What happens here?\n", "")
    (root / "whitepaper/10-trial.md").write_text(chapter + "## What [@sample:survey] found {#found}\n\nText.[^1]\n\n[^1]: A note.\n")
    (root / "docs/literature/zz.bib").write_text(BIBLIOGRAPHY)
    support.prepare(root)
    built = support.mkdocs(root, "build", "--strict")
    assert built.status == 0, built.output


@pytest.fixture(scope="module")
def site(made_once: Callable[..., Path]) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", support.TODAY_EPOCH)
        patch.setenv("NO_MKDOCS_2_WARNING", "1")
        return made_once("kinds", _make) / "site"


def _text(site: Path, path: str) -> str:
    return " ".join((site / path).read_text(encoding="utf-8").split())


def _printed(pdf: Path) -> str:
    return " ".join(word.text for sheet in sheets(pdf) for word in sheet.words)


def _bookmarks(pdf: Path) -> list[str]:
    with pikepdf.open(pdf) as document, document.open_outline() as outline:
        return [item.title for top in outline.root for item in (top, *_below(top))]


def _below(item: Any) -> list[Any]:
    return [below for child in item.children for below in (child, *_below(child))]


def test_no_word_of_any_pdf_stands_on_another_or_in_the_margin(site: Path) -> None:
    found = [path for path in site.glob("briefs/*/*.pdf") if path.is_file()]
    assert len(found) >= len(PAGES) + 4
    for path in found:
        for sheet in sheets(path):
            assert list(sheet.overprints()) == [], path.name
            assert sheet.beyond(EDGE, RIGHT if sheet.width < sheet.height else TURNED) == [], path.name


def test_notes_are_numbered_by_their_first_mark_in_every_form(site: Path) -> None:
    page = html.document_fromstring((site / "briefs/notes/index.html").read_text(encoding="utf-8"))
    assert [mark.text for mark in page.iterfind(".//a[@class='footnote-ref']")] == ["1", "2"]
    assert [item.get("id") for item in page.iterfind(".//div[@class='footnote']//ol/li")] == ["fn:b", "fn:a"]
    assert re.search(r"1 Text of b\..* 2 Text of a|\b1\b.*Text of b\..*Text of a\.", _printed(site / "briefs/notes/notes.pdf"))
    assert re.search(r"\[Note 1\] Text of b\. - a list in a note \[Note 2\] Text of a\.", _text(site, "briefs/notes/notes.txt"))
    words = of_word((site / "briefs/notes/notes.docx").read_bytes())
    assert "".join(words).index("textofb") < "".join(words).index("textofa")


def test_references_say_what_their_entries_say_in_every_form(site: Path) -> None:
    references = [
        "Quote, A. 2012. “On Brown v. Board at X.com; and AT&T.” J.", "Peña, Ana. 2020. A Title. P.", "Agency. 2020. U.S. Law. https://a.example/x_y.",
        "van der Berg, Jan. 2005. T. P. https://doi.org/10.1000/xyz.",
    ]  # fmt: skip
    page = html.document_fromstring((site / "briefs/cited/index.html").read_text(encoding="utf-8"))
    shown = " ".join(page.text_content().split())
    text, printed = _text(site, "briefs/cited/cited.txt"), _printed(site / "briefs/cited/cited.pdf").replace("- ", "-")
    for reference in references:
        assert reference in shown
        assert re.sub(r"\W", "", reference) in re.sub(r"\W", "", text)
        assert re.sub(r"\W", "", reference) in re.sub(r"\W", "", printed)
    link = next(link for link in page.iterfind(".//a[@class='citation__ref']") if "Peña" in link.text_content())
    assert page.get_element_by_id("ref-peña2020") is not None and link.get("href") == "#ref-pe%C3%B1a2020"


def test_programs_are_told_titles_as_they_were_written(site: Path) -> None:
    page = html.document_fromstring((site / "briefs/cited/index.html").read_text(encoding="utf-8"))
    told = [meta.get("content") for meta in page.iterfind(".//meta[@name='citation_reference']")]
    assert any(content.startswith("citation_title=On Brown v. Board at X.com, and AT&T; citation_author=Quote, A.;") for content in told)
    assert any("citation_author=van der Berg, Jan;" in content and "citation_doi=10.1000/xyz" in content for content in told)
    data = next(node.text for node in page.iterfind(".//script[@type='application/ld+json']") if "CreativeWork" in (node.text or ""))
    assert "On Brown v. Board at X.com; and AT&T" in data.encode().decode("unicode_escape" if "\\u" in data else "utf-8")
    given = (site / "literature.bib").read_text(encoding="utf-8")
    assert "url={https://a.example/x_y}" in given and "doi={10.1000/xyz}" in given


def test_words_of_headings_and_recommendations_are_those_that_a_reader_would_say(site: Path) -> None:
    catalogue = json.loads((site / "catalogue.json").read_text(encoding="utf-8"))
    (own,) = [item["text"] for item in catalogue["recommendations"] if item["id"] == "ib-18-r1"]
    assert own == "Keep each post for 30 days as Sample Records Rule § 9 says."
    assert own in _text(site, "recommendations.csv")
    assert "Keep for 30 days" in _bookmarks(site / "briefs/recommended/recommended.pdf")
    index = json.loads((site / "search/words.js").read_text(encoding="utf-8").removeprefix("window.OTR_SEARCH = ").removesuffix(";\n"))
    assert any(title.startswith(own.removesuffix(".")) for title in index["titles"])
    said = [*index["titles"], *_text(site, "search/text-0.js").split("\\n")]
    assert not any("301" in text or "<sup>" in text for text in said)


def test_a_chapter_s_heading_may_cite(site: Path) -> None:
    assert "What (Exemplar and Specimen 2024) found" in _printed(site / "white-paper/trial/trial.pdf")
    assert any("found" in title for title in _bookmarks(site / "white-paper/white-paper.pdf"))
    assert "".join(of_epub((site / "white-paper/white-paper.epub").read_bytes())).count("exemplarandspecimen2024") >= 1


def test_the_bound_volume_keeps_headings_without_text_and_notes_in_headings(site: Path) -> None:
    titles = _bookmarks(site / "series.pdf")
    assert {"First heading", "Second heading", "Last heading", "A two"} <= set(titles)
    assert "First heading Second heading Text. Last heading" in _printed(site / "series.pdf")


def test_numbers_of_lists_stay(site: Path) -> None:
    text = _text(site, "briefs/numbers/numbers.txt")
    assert "1. One 2. Two code 3. Three 1984. A novel." in text
    assert "1984. A novel." in _printed(site / "briefs/numbers/numbers.pdf")


def test_clauses_after_the_26th_have_two_letters(site: Path) -> None:
    assert re.findall(r"Clause 19-(A?[A-Z]) · ", _text(site, "briefs/clauses/clauses.txt")) == [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "AA", "AB"]


@pytest.mark.browser
@pytest.mark.parametrize("query", ["$500", "500", "resume", "résumé", "re\u0301sume\u0301", "cafe", "CAFÉ", "strasse", "straße"])
def test_the_search_finds_what_readers_type(site: Path, browser: Any, query: str) -> None:
    with served(site) as address:
        page = browser.new_page()
        page.goto(f"{address}search/?{urlencode({'q': query})}")
        link = page.locator(".results__item a").first
        link.wait_for(state="visible")
        assert link.get_attribute("href").endswith(("briefs/search/", "briefs/search/#a"))
        assert link.locator("mark").count()
        page.close()


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n"])
def test_a_picture_that_cannot_be_read_is_named_at_its_line(content: bytes, sample: Path, build: Callable[..., support.Built]) -> None:
    (sample / "briefs/figures").mkdir(exist_ok=True)
    (sample / "briefs/figures/bad.png").write_bytes(content)
    with (sample / "briefs/records.md").open("a") as file:
        file.write("\n![What it shows.](figures/bad.png)\n")
    line = (sample / "briefs/records.md").read_text().count("\n")
    built = build(sample)
    assert built.status and "Traceback" not in built.output
    said = "the picture “figures/bad.png” cannot be read. Save it again, in the form that its name says. [edition]"
    assert f"briefs/records.md:{line}: The PDF edition cannot be made: {said}" in built.output
