"""Slides as PowerPoint: what an office reads there, at which size, in which order, and the same bytes each time."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn
from pptx.util import Emu

from hooks.editions import EditionError
from hooks.editions.kept_words import but_notes, check_kept, of_powerpoint
from hooks.editions.powerpoint import SMALLEST, make_powerpoint
from tests.editions.conftest import fonts, packages  # noqa: F401
from tests.editions.samples import request
from tests.machine import without

PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200" width="400" height="200"><rect width="400" height="200" fill="#12405a"/></svg>'
POST = (
    '<aside class="post post--comment" aria-label="Invented comment, R. Baker"><p class="post__label">Invented comment</p>'
    '<p class="post__by"><strong>R. Baker</strong> · Alder Falls, Monday</p><p>Resign, all of you.</p></aside>'
)
TABLE = (
    '<figure class="table" id="choices"><table><thead><tr><th scope="col">Setting</th><th scope="col">Needs</th></tr></thead><tbody>'
    '<tr><th scope="row">Closed</th><td>Nobody</td></tr></tbody></table><figcaption><p>Two settings</p></figcaption></figure>'
)
BODIES = (
    '<ul><li>First point<ul><li>below it</li></ul></li><li><em>Second</em> <a href="#s2">point</a></li></ul><ol start="3"><li>Third</li></ol>'
    '<div class="notes web-only"><p class="notes__label">Speaker’s notes</p><p>Say <a href="../law/">the law</a>.</p><ul><li>Then wait.</li></ul></div>',
    f'<p class="slide__facts">Exercise 1.1 · 20 minutes · In your workbook</p>{POST}<div class="ask"><p>Does it stay?</p></div>',
    f"<p>Choose first.</p>{TABLE}<p>And last.</p>",
    '<figure class="figure" id="life"><p><img alt="Three stages of a record." src="../figures/life.svg"></p><figcaption><p>Stages</p></figcaption></figure>',
    '<aside class="scenario" aria-label="Invented example: A week"><p class="scenario__label">Invented example</p><p class="scenario__title">A week</p>'
    "<ol><li>One</li></ol></aside>",
)
CLOSING = (
    '<section class="references" id="references"><h2 id="references-title">References</h2><ul class="references__list">'
    + "".join(f'<li class="reference">An author, number {n}. <em>A long title of a study of many comments</em>, with place and year.</li>' for n in range(12))
    + "</ul></section>"
)


def deck(*bodies: str, closing: str = "") -> str:
    slide = '<section class="slide" aria-labelledby="s{n}"><p class="slide__number web-only">Slide {n}</p><h2 id="s{n}">Title {n}</h2>{body}</section>'
    about = '<div class="slides-about web-only"><p>For a module.</p></div>'
    return about + "".join(slide.format(n=n, body=body) for n, body in enumerate(bodies, 2)) + closing


def made(fonts: Path, *bodies: str, closing: str = "") -> Any:  # noqa: F811
    asked = request(deck(*bodies, closing=closing), form="slides", images={"../figures/life.svg": PICTURE})
    return make_powerpoint(asked, fonts)


@pytest.fixture(scope="module")
def whole(fonts: Path) -> bytes:  # noqa: F811
    return made(fonts, *BODIES, closing=CLOSING)


def shapes(group: Any) -> Iterator[Any]:
    for shape in group.shapes:
        yield shape
        if hasattr(shape, "shapes"):
            yield from shapes(shape)


def test_every_slide_has_a_title_its_foot_and_its_number(whole: bytes) -> None:
    slides = list(Presentation(io.BytesIO(whole)).slides)
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    assert titles[1:6] == [f"Title {n}" for n in range(2, 7)] and titles[0].startswith("Citizen conduct")
    assert titles[6].startswith("References, 1 of ") and len(titles) > 7
    for slide in slides[1:]:
        kinds = [shape.placeholder_format.type for shape in slide.placeholders]
        assert PP_PLACEHOLDER.FOOTER in kinds and PP_PLACEHOLDER.SLIDE_NUMBER in kinds


def test_no_slide_ends_with_the_heading_of_a_group_that_goes_on_behind_it(fonts: Path) -> None:  # noqa: F811
    groups = "".join(f"<dt>Group {n}, read whole</dt>" + f"<dd>A v. B, number {n}, decided by a court.</dd>" * (n % 4 + 1) for n in range(9))
    law = f'<section class="authorities" id="law-cited"><h2 id="law-cited-title">Law cited</h2><dl class="authorities__list">{groups}</dl></section>'
    pages = [slide for slide in Presentation(io.BytesIO(made(fonts, closing=law))).slides if slide.shapes.title.text_frame.text.startswith("Law cited")]
    said = [[p.text for p in slide.placeholders[1].text_frame.paragraphs] for slide in pages]
    assert len(said) > 2 and not [page[-1] for page in said if page[-1].startswith("Group")]
    assert [text for page in said for text in page if text.startswith("Group")] == [f"Group {n}, read whole" for n in range(9)]


def test_lists_are_lists_with_levels_and_numbers_of_their_own(whole: bytes) -> None:
    slide = Presentation(io.BytesIO(whole)).slides[1]
    body = slide.placeholders[1].text_frame.paragraphs
    assert [(p.text, p._p.pPr.find(qn("a:buChar")) is not None) for p in body[:3]] == [("First point", True), ("below it", True), ("Second point", True)]
    assert int(body[1]._p.pPr.get("marL")) > int(body[0]._p.pPr.get("marL"))
    number = body[3]._p.pPr.find(qn("a:buAutoNum"))
    assert body[3].text == "Third" and number.get("type") == "arabicPeriod" and number.get("startAt") == "3"
    link = next(run for run in body[2].runs if run.text == "point")
    assert link.hyperlink.address.startswith("https://") and link.hyperlink.address.endswith("#s2")


def test_notes_stand_in_the_notes_with_their_addresses(whole: bytes) -> None:
    slides = Presentation(io.BytesIO(whole)).slides
    said = slides[1].notes_slide.notes_text_frame.text
    assert said.startswith("Say the law (https://") and said.endswith("• Then wait.") and "Speaker’s notes" not in said
    assert not slides[2].has_notes_slide


def test_posts_tables_and_pictures_say_what_they_are(whole: bytes) -> None:
    slides = Presentation(io.BytesIO(whole)).slides
    post = next(shape for shape in slides[2].shapes if hasattr(shape, "shapes"))
    assert post._element.nvGrpSpPr.cNvPr.get("descr").startswith("Invented comment, R. Baker: ")
    table = next(shape for shape in slides[3].shapes if shape.has_table)
    assert table.table.first_row and table.table.first_col and table.table.cell(0, 1).text_frame.text == "Needs"
    assert table._element.nvGraphicFramePr.cNvPr.get("descr") == "Two settings"
    picture = next(shape for shape in slides[4].shapes if shape.shape_type == 13)
    assert picture._element.nvPicPr.cNvPr.get("descr") == "Three stages of a record." and picture.image.content_type == "image/png"
    assert abs(picture.width / picture.height - 2) < 0.02
    assert "Invented example" in next(shape for shape in slides[5].shapes if hasattr(shape, "shapes"))._element.nvGrpSpPr.cNvPr.get("descr")


def test_shapes_stand_in_the_order_in_which_they_are_written(whole: bytes) -> None:
    slide = Presentation(io.BytesIO(whole)).slides[3]
    said = ["table" if shape.has_table else shape.text_frame.text for shape in slide.shapes]
    assert said[:5] == ["Title 4", "Choose first.", "table", "Two settings", "And last."]
    assert said[5].startswith("Sample Series") or "Citizen conduct" in said[5]


def test_no_text_of_a_slide_is_smaller_than_24_points_and_all_has_its_language(whole: bytes) -> None:
    prs = Presentation(io.BytesIO(whole))
    assert (prs.slide_width, prs.slide_height) == (Emu(12192000), Emu(6858000))
    for number, slide in enumerate(prs.slides, 1):
        feet = {shape.shape_id for shape in slide.placeholders if shape.placeholder_format.type in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)}
        for shape in shapes(slide):
            small = shape.shape_id in feet or (number == 1 and shape.name == "Edition")
            for run in shape._element.iter(qn("a:rPr")):
                assert run.get("lang") == "en-US", shape.name
                assert small or run.get("sz") is None or int(run.get("sz")) >= SMALLEST * 100, shape.name
    for style in prs.slide_master.element.iter(qn("p:titleStyle"), qn("p:bodyStyle")):
        assert all(int(run.get("sz")) >= SMALLEST * 100 for run in style.iter(qn("a:defRPr")))


def test_a_file_says_of_itself_what_it_is_and_is_the_same_each_time(whole: bytes, fonts: Path) -> None:  # noqa: F811
    assert made(fonts, *BODIES, closing=CLOSING) == whole
    core = Presentation(io.BytesIO(whole)).core_properties
    assert "slides: Citizen conduct" in core.title and core.language == "en-US" and core.created == core.modified
    assert isinstance(core.created, datetime) and core.author
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        assert archive.namelist()[0] == "[Content_Types].xml" and not [name for name in archive.namelist() if "thumbnail" in name]
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        layouts = [name for name in archive.namelist() if name.startswith("ppt/slideLayouts/slideLayout")]
    assert len(layouts) == 3


def test_no_word_of_a_slide_or_its_notes_is_lost(whole: bytes) -> None:
    asked = request(deck(*BODIES, closing=CLOSING), form="slides", images={"../figures/life.svg": PICTURE})
    check_kept(asked, of_powerpoint(whole), but_notes)
    more = request(deck(*BODIES, "<div class='notes web-only'><p>Unheard.</p></div>", closing=CLOSING), form="slides")
    with pytest.raises(EditionError, match="unheard"):
        check_kept(more, of_powerpoint(whole), but_notes)


def test_a_slide_that_holds_too_much_is_named(fonts: Path) -> None:  # noqa: F811
    with pytest.raises(EditionError) as error:
        made(fonts, "<p>Short.</p>", "<ul>" + "<li>Another point of many</li>" * 12 + "</ul>")
    assert "“Title 3” holds too much for 24-point text" in error.value.message and "divide" in error.value.remedy


def test_a_picture_that_is_not_there_or_cannot_be_drawn_is_told(fonts: Path) -> None:  # noqa: F811
    picture = '<p><img alt="A." src="../figures/{}.svg"></p>'
    with pytest.raises(EditionError, match="no file for the image"):
        made(fonts, picture.format("gone"))
    broken = request(deck(picture.format("life")), form="slides", images={"../figures/life.svg": b"<svg"})
    with pytest.raises(EditionError, match="cannot be drawn"):
        make_powerpoint(broken, fonts)


@pytest.mark.proof
def test_libreoffice_shows_every_slide_as_it_is(whole: bytes, tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None or not list(Path("/usr/lib/libreoffice/program").glob("libsdlo.so")):
        without("no LibreOffice Impress on this machine: apt-get install libreoffice-impress-nogui")
    (tmp_path / "slides.pptx").write_bytes(whole)
    command = [str(office), "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    done = subprocess.run([*command, str(tmp_path / "slides.pptx")], capture_output=True, text=True, check=False, timeout=240)
    assert (tmp_path / "slides.pdf").is_file(), done.stdout + done.stderr
    pages = pypdfium2.PdfDocument(tmp_path / "slides.pdf")
    slides = Presentation(io.BytesIO(whole)).slides
    assert len(pages) == len(slides)
    for page, slide in zip(pages, slides, strict=True):
        said = " ".join(page.get_textpage().get_text_range().split())
        assert " ".join(slide.shapes.title.text_frame.text.split()) in said
