"""The page of releases: each with how to cite it, and the editions that newer ones have replaced."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from lxml import html

from hooks.registers.releases import releases
from hooks.series.model import Series
from hooks.series.releases import SOURCE, Release, load_releases

DIGEST = "0123456789abcdef" * 4
GOOD = f"- date: 2026-12-01\n  note: First release.\n  sha256: {DIGEST}\n  doi: 10.5281/zenodo.123\n  url: https://x.example/a.zip\n"
KEPT = "briefs/comments/comments-ed1.pdf"
PAGE = "---\ntitle: Releases\n---\n/// listing | releases\n///\n\n/// listing | earlier-editions\n///\n"


def test_a_release_says_how_to_cite_it_and_how_to_check_it() -> None:
    series = Series(releases=(Release(date=date(2026, 12, 1), note="First release.", sha256=DIGEST, doi="10.5281/zenodo.123"),))
    tree = releases(series, "On the Record")
    said = " ".join(tree.text_content().split())
    assert "Cite: On the Record. (2026). On the Record, release of December 1, 2026. https://doi.org/10.5281/zenodo.123" in said
    assert f"ask us for it. SHA-256 {DIGEST}" in said
    assert tree.xpath("//h3/@id") == ["release-2026-12-01"]


def test_where_there_is_none_the_page_says_so() -> None:
    assert "No release has been made yet." in releases(Series(), "X").text_content()


ORDER = "the newest stands first, and each has a day of its own."


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (GOOD.replace(DIGEST, "abc"), 3, "sha256"),
        (GOOD.replace("2026-12-01", "soon"), 1, "date"),
        (GOOD.replace("10.5281", "https://doi.org/10.5281"), 4, "doi"),
        (GOOD.replace("https://x.example/a.zip", "a.zip"), 5, "url"),
        (GOOD.replace("note:", "notes:"), 2, "note"),
        (GOOD + GOOD, 6, f"the release of 2026-12-01 stands below that of 2026-12-01. {ORDER}"),
        (GOOD + GOOD.replace("2026-12-01", "2026-12-02"), 6, f"the release of 2026-12-02 stands below that of 2026-12-01. {ORDER}"),
        ("date: 2026-12-01\n", 1, "a list of releases is expected. begin each with “- date: 2026-12-01”."),
        ("- date: [\n", None, ""),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, text: str, line: int | None, message: str) -> None:
    (tmp_path / SOURCE).parent.mkdir(parents=True)
    (tmp_path / SOURCE).write_text(text, encoding="utf-8")
    problems = load_releases(tmp_path)[1]
    assert problems and all(problem.path == SOURCE for problem in problems)
    assert any((line is None or problem.line == line) and message in f"{problem.message} {problem.remedy}".lower() for problem in problems), problems


def test_without_a_file_or_with_an_empty_one_there_are_no_releases(tmp_path: Path) -> None:
    assert load_releases(tmp_path) == ((), [])
    (tmp_path / SOURCE).parent.mkdir(parents=True)
    (tmp_path / SOURCE).write_text("# none yet\n", encoding="utf-8")
    assert load_releases(tmp_path) == ((), [])


def test_an_edition_that_was_replaced_is_listed_and_linked_from_the_history_of_its_page(sample: Path, build) -> None:
    (sample / "docs/releases.md").write_text(PAGE, encoding="utf-8")
    (sample / SOURCE).write_text(GOOD, encoding="utf-8")
    kept = sample / KEPT
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"%PDF-1.7 kept")
    done = build(sample)
    assert done.status == 0, done.output
    assert (done.site / KEPT).read_bytes() == b"%PDF-1.7 kept"
    (link,) = html.fromstring(done.page("releases/index.html")).xpath("//a[contains(@href, '-ed1.pdf')]")
    assert link.get("href") == f"../{KEPT}" and link.text == "Edition 1 (PDF)"
    page = html.fromstring(done.page("briefs/comments/index.html"))
    edition = page.get_element_by_id("this-edition")
    assert "A release is fixed." in edition.text_content() and {"../../catalogue.json", "../../releases/"} <= set(edition.xpath(".//a/@href"))
    history = page.get_element_by_id("edition-history")
    assert history.xpath(".//li[contains(., 'Edition 1')]//a/@href") == ["comments-ed1.pdf"]
    assert not history.xpath(".//li[contains(., 'Edition 2')]//a")
    # The edition that stands leads on to the PDF beside the page.
    assert 'href="../comments.pdf"' in done.page("briefs/comments/comments-ed2.pdf/index.html")


def test_a_file_that_takes_the_address_of_the_current_edition_is_named(sample: Path, build) -> None:
    (sample / KEPT).parent.mkdir(parents=True)
    (sample / KEPT.replace("ed1", "ed2")).write_bytes(b"%PDF-1.7 too early")
    done = build(sample)
    assert done.status != 0
    assert "briefs/comments/comments-ed2.pdf: The build itself writes a file of this address" in done.output
