"""The sheet for the translator of a letter: every word of it on the left, room on the right, in the Word file of a page of templates."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from hooks.blocks.letters import translation_sheet
from hooks.core.cache import Cache
from hooks.core.tree import fragment, text_of, with_class
from hooks.core.workers import Call
from hooks.editions.produce import begin_editions
from hooks.editions.requests import Imprint, Sources, request_of
from hooks.editions.word import make_word
from hooks.linking.model import Letter
from hooks.series.kinds import KINDS
from tests import support

IMPRINT = Imprint("On the Record", "https://onrecord.example/", ("On the Record",), "Guidance, not legal advice.", "CC BY 4.0.")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PAGE = """---
id: nt-01
title: Notices
summary: Sample data. Words to post.
edition: 1
published: 2026-02-01
revised: 2026-02-01
review_by: 2027-02-01
changes:
  - {edition: 1, date: 2026-02-01, note: First edition.}
---

## One {#one}

What is said here is for the page.

/// letter | rules
    title: House rules
    note: Once they are adopted.
    translate: true

**House rules** of [agency].

1. No threats.
2. No fraud.

Ask [name].
///

/// letter | record
    title: Record of a translation

- Translator: [name]
///
"""


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    root = support.copy_sample(tmp_path_factory.mktemp("notices") / "project")
    (root / "docs/tools").mkdir()
    (root / "docs/tools/notices.md").write_text(PAGE, encoding="utf-8")
    made = support.woven(root, {}, IMPRINT.site_url)
    assert made.site.problems == ()
    return Sources(root, made.read.series, made.site, made.read.bibliography, IMPRINT)


def letter(html: str, sources: Sources) -> Letter:
    return Letter("a", "letter", "A letter", "", html, (), sources.series.publications[0], "a/#letter-a", translate=True)


@pytest.mark.parametrize(
    ("html", "rows"),
    [
        ("<p>One <strong>two</strong> three.</p><p>Four.</p>", ["One two three.", "Four."]),
        ('<ol start="3"><li>Three.</li><li><p>Four.</p><p>More.</p></li></ol>', ["3. Three.", "4. Four.", "More."]),
        ("<ul><li>One<ol><li>Two</li></ol>after</li></ul>", ["• One", "1. Two", "after"]),
        ("<blockquote><p>Said.</p></blockquote>Loose <em>words</em> too<hr>", ["Said.", "Loose words too"]),
        ("<p> </p><p>A &lt;b&gt;.</p>", ["A <b>."]),
    ],
)
def test_every_word_has_a_row_with_room_beside_it(html: str, rows: list[str], sources: Sources) -> None:
    heading, how, figure = translation_sheet(letter(html, sources))
    assert text_of(heading) == "To translate: A letter" and heading.get("id") == "letter-a-sheet" and text_of(how)
    cells = [[text_of(cell) for cell in row] for row in figure.iterfind("table/tbody/tr")]
    assert cells == [[row, ""] for row in rows]
    assert [cell.get("scope") for cell in figure.iterfind("table/thead/tr/th")] == ["col", "col"]


def test_the_sheet_leaves_the_letter_as_it_is(sources: Sources) -> None:
    page = sources.site.pages["docs/tools/notices.md"]
    assert len(list(with_class(fragment(page.html), "letter"))) == 2 and "To translate" not in page.html


def test_word_has_the_letters_then_the_sheets_each_on_a_page(sources: Sources, fonts: Path) -> None:
    page = next(item for item in sources.series.publications if item.kind == "templates")
    request = request_of(page, "word", sources)
    assert request is not None
    made = make_word(request, fonts)
    assert make_word(request, fonts) == made
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        tree = etree.fromstring(package.read("word/document.xml"))
    headings = ["".join(p.itertext()) for p in tree.iter(f"{W}p") if p.find(f"{W}pPr/{W}pageBreakBefore") is not None]
    assert headings == ["House rules", "Record of a translation", "To translate: House rules"]
    table, = tree.iter(f"{W}tbl")
    assert [["".join(cell.itertext()) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")] == [
        ["English", "Translation"], ["House rules of [agency].", ""], ["1. No threats.", ""], ["2. No fraud.", ""], ["Ask [name].", ""],
    ]  # fmt: skip
    left, right = (int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol"))
    assert left == right
    heads = [row for row in table.iter(f"{W}tr") if row.find(f"{W}trPr/{W}tblHeader") is not None]
    assert len(heads) == 1
    said = "".join(tree.itertext())
    assert "is for the page" not in said and said.count("To translate: House rules") == 2


def test_its_pdf_holds_the_page_and_its_word_file_the_letters(sources: Sources, fonts: Path, tmp_path: Path) -> None:
    asked: dict[tuple[str, str], str] = {}

    def run(calls: Sequence[Call]) -> Iterator[bytes]:
        for _, (job, _) in calls:
            asked[job.request.pub_id, job.kind] = job.request.form
            yield b"made"

    begin_editions(
        sources.root, Cache(tmp_path / "editions"), sources.series, sources.site, sources.bibliography, replace(IMPRINT, forms=("pdf", "word")),
        fonts, run=run,
    )()  # fmt: skip
    assert (asked["nt-01", "pdf"], asked["nt-01", "word"]) == ("report", "letters")
    assert (asked["now-01", "pdf"], asked["now-01", "word"]) == ("card", "letters")


def test_only_kinds_that_say_so_have_their_letters_alone_in_word(sources: Sources) -> None:
    assert {kind.name for kind in KINDS.values() if kind.letters_apart} == {"now-sheet", "templates", "course-pack"}
    brief = next(iter(sources.series.briefs.values()))
    request = request_of(brief, "word", sources)
    assert request is not None and request.form != "letters"
