"""Action and sector sheets in print, their letters in Word, and the pictures of their notices."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from hooks.core.cache import Cache
from hooks.editions import EditionError, make_edition, validate_pdf
from hooks.editions.act import sheet_html
from hooks.editions.cards import Notice, pictures
from hooks.editions.model import EditionRequest
from hooks.editions.requests import Imprint, Sources, request_of
from hooks.editions.text import make_text
from hooks.editions.word import make_word
from hooks.linking.model import ResolvedSite
from hooks.series.kinds import KINDS
from tests import support
from tests.paper import sheets

from .reading import read
from .samples import request

IMPRINT = Imprint("On the Record", "https://onrecord.example/", ("On the Record",), "Guidance, not legal advice.", "CC BY 4.0.")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ITEM = "<li>Ask a second administrator to take every other one off, and write down who did what.</li>"


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sources]:
    root = support.copy_sample(tmp_path_factory.mktemp("sheets") / "project")
    sector = next(path for path in (root / "docs/sectors").glob("*.md") if path.name != "index.md")
    words = '## Words to copy {#words}\n\n/// letter | order\n    title: The order\n\n[Board] orders that nobody posts alone.\n///\n\n## More {#more}'
    sector.write_text(sector.read_text(encoding="utf-8").replace("## More {#more}", words), encoding="utf-8")
    made = support.woven(root, {}, IMPRINT.site_url)
    yield Sources(root, made.read.series, made.site, made.read.bibliography, IMPRINT)


def asked(sources: Sources, scheme: str, form: str) -> EditionRequest:
    made = request_of(next(iter(sources.series.by_scheme[scheme].values())), form, sources)
    assert made is not None
    return made


def test_the_pdf_of_an_action_sheet_is_one_accessible_page_without_its_letters(sources: Sources, fonts: Path) -> None:
    made = make_edition(asked(sources, "now", "pdf"), fonts)
    assert made.pages == 1 and validate_pdf(made.pdf) == []
    reading = read(made.pdf)
    text = " ".join(reading.tags.text().split())
    for said in ("Action Sheet 1", "Posts appear on the page that nobody on staff wrote.", "Change every password.", "Do not answer", "The platform",
                 "; known second-hand)", "onrecord.example/now/taken-over", "“To the platform”", "Law as of February 1, 2026"):
        assert said in text
    assert "we lost control" not in text and "Law cited" not in text and "References" not in text
    assert set(reading.destinations()) >= {"first", "not", "keep", "call", "law", "more"} and "words" not in reading.destinations()
    assert str(reading.pdf.docinfo["/Title"]) == "Action Sheet 1: Someone else posts as us"
    sheet, = sheets(made.pdf)
    assert list(sheet.overprints()) == [] and sheet.beyond(40, 572) == []


def test_a_sector_sheet_may_have_two_pages(fonts: Path) -> None:
    many = f'<h2 id="do">Do</h2><ul>{_ITEM * 70}</ul>'
    made = make_edition(request(many, form="card", room=2, line="For schools"), fonts)
    assert made.pages == 2 and validate_pdf(made.pdf) == []
    words = [word for sheet in sheets(made.pdf) for word in sheet.words]
    assert min(word.size for word in words) >= 8
    first, second = (" ".join(word.text for word in sheet.words) for sheet in sheets(made.pdf))
    assert "page 2" in second and "onrecord.example/id/ib-08" in second and "page 1" not in first


def test_the_words_of_a_sector_sheet_are_in_its_word_file_and_named_in_its_pdf(sources: Sources, fonts: Path) -> None:
    printed = asked(sources, "sector", "pdf").html
    assert "nobody posts alone" not in printed and "“The order”" in printed and "onrecord.example/sectors/schools" in printed
    with zipfile.ZipFile(io.BytesIO(make_word(asked(sources, "sector", "word"), fonts))) as package:
        document = package.read("word/document.xml").decode()
    assert "orders that nobody posts alone" in document and "Ask before you post" in document


@pytest.mark.parametrize(("room", "items", "says"), [(1, 90, "its PDF, one page in all, runs over by about"), (2, 190, "its PDF, two pages in all, runs over")])
def test_what_does_not_fit_says_by_how_much(room: int, items: int, says: str, fonts: Path) -> None:
    with pytest.raises(EditionError) as caught:
        make_edition(request(f"<ul>{_ITEM * items}</ul>", form="card", room=room), fonts)
    assert caught.value.message.startswith(says) and "at 8 points" in caught.value.message
    assert 5 <= int(re.findall(r"about (\d+) lines", caught.value.message)[0]) <= 200
    assert caught.value.remedy


def test_what_closes_the_page_and_what_is_for_copying_stays_there() -> None:
    html = ('<h2 id="first">First</h2><p id="p-1">Do.<sup><a class="footnote-ref" href="#fn:1">1</a></sup></p><h2 id="words">Words</h2><p>Copy.</p>'
            '<h2 id="more">More</h2><p>Read.</p><section class="references" id="references"><h2>References</h2></section><p>After.</p>')
    assert sheet_html(html, KINDS["now-sheet"]) == '<h2 id="first">First</h2><p>Do.</p><h2 id="more">More</h2><p>Read.</p>'


def test_letters_in_word_stand_on_a_page_each_with_their_blanks(sources: Sources, fonts: Path) -> None:
    made = make_word(asked(sources, "now", "word"), fonts)
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        document = package.read("word/document.xml").decode()
        foot = [name for name in package.namelist() if "footer" in name]
    for title in ("To the platform", "For our other channels"):
        heading = next(part for part in document.split("<w:p>") if title in part and "Heading1" in part)
        assert "<w:pageBreakBefore" in heading
    assert document.count("<w:pageBreakBefore") == 2
    assert re.search(r'w:val="Blank"[^\[]*\[Village\]', document)
    assert "Do not answer" not in document and "How to cite" not in document and not foot
    assert make_word(asked(sources, "now", "word"), fonts) == made


def test_a_table_of_a_letter_is_one_in_word_with_its_blanks_and_headers(tmp_path: Path, fonts: Path) -> None:
    root = support.copy_sample(tmp_path / "project")
    form = "| Task | Who |\n| --- | --- |\n| **Posts tonight** | [name] |\n| **Says yes** | |"
    support.edit(root / "docs/now/taken-over.md", "- Return it to [name].", form)
    made = support.woven(root, {}, IMPRINT.site_url)
    asking = Sources(root, made.read.series, made.site, made.read.bibliography, IMPRINT)
    with zipfile.ZipFile(io.BytesIO(make_word(asked(asking, "now", "word"), fonts))) as package:
        tree = etree.fromstring(package.read("word/document.xml"))
    (table,) = tree.iter(f"{W}tbl")
    rows = list(table.iter(f"{W}tr"))
    assert [["".join(cell.itertext()) for cell in row.iter(f"{W}tc")] for row in rows] == [["Task", "Who"], ["Posts tonight", "[name]"], ["Says yes", ""]]
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, False, False]
    assert [style.get(f"{W}val") for style in table.iter(f"{W}rStyle")].count("Blank") == 1
    assert "Posts tonight" in make_text(asked(asking, "now", "text")).decode()


def test_plain_text_has_the_whole_page_and_when_it_is_for(sources: Sources) -> None:
    text = make_text(asked(sources, "now", "text")).decode()
    for said in ("Posts appear on the page that nobody on staff wrote.", "[Village] runs this page.", "Our page is not under our control."):
        assert said in text
    assert make_text(asked(sources, "sector", "text")).decode().count("For boards, and those who post for a school") == 1


def test_a_sheet_without_letters_has_none_in_word(sources: Sources) -> None:
    assert request_of(next(iter(sources.series.by_scheme["now"].values())), "word", Sources(
        sources.root, sources.series, ResolvedSite(sources.site.pages, (), (), ()), sources.bibliography, IMPRINT)) is None  # fmt: skip


_BOLD, _PLAIN = (True, "Our page is not ours."), (False, " Open no link.")


@pytest.mark.parametrize(
    ("said", "head", "rest"),
    [
        (((_BOLD, _PLAIN),), "Our page is not ours.", (((False, "Open no link."),),)),
        (((_BOLD,), (_PLAIN,)), "Our page is not ours.", ((_PLAIN,),)),
        (((_PLAIN, _BOLD),), "", ((_PLAIN, _BOLD),)),
        ((), "", ()),
    ],
)
def test_bold_words_that_begin_a_notice_are_its_large_line(said: tuple, head: str, rest: tuple) -> None:
    assert Notice.of(said) == Notice(head, rest)


def test_the_picture_of_a_notice_is_the_same_each_time_and_as_high_as_platforms_show(fonts: Path, tmp_path: Path) -> None:
    short, long = Notice("Our page is not ours.", ()), Notice("", (((False, "word " * 60),),))
    made = pictures([short, long], fonts, Cache(tmp_path / "a"))
    assert made == pictures([short, long], fonts, Cache(tmp_path / "b")) and made[0] != made[1]
    for content in made:
        picture = Image.open(io.BytesIO(content)).convert("L")
        assert picture.size == (1200, 1500)
        # Words stand inside the margins, not on them.
        assert picture.crop((60, 0, 1200, 60)).getextrema()[0] > 200 and picture.crop((60, 1440, 1200, 1500)).getextrema()[0] > 200
