"""A volume out of documents that are set by themselves: what it holds is what one document would hold, and what an edit costs."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from hooks.core.cache import Cache
from hooks.core.problems import Problem
from hooks.core.workers import Call, WorkerEnded, here
from hooks.editions import Attachment, Edition, EditionRequest, compile, make_edition, validate_pdf, volume
from hooks.editions.bind import Part, bind, sections
from hooks.editions.making import Job
from hooks.editions.model import SetPart
from hooks.editions.sections import volume as put_together

from .reading import Reading, read
from .samples import request

_LONG = "A sentence of several words that fills a line and then a half of the line below it, as they do. "
_TABLE = (
    '<table id="t"><thead><tr><th>Choice</th><th>Cost</th></tr></thead><tbody>'
    '<tr><th scope="row">Open</th><td>12</td></tr><tr><th scope="row">Closed</th><td>3</td></tr></tbody></table>'
)  # fmt: skip


def page(own: str, other: str, paragraphs: int = 8) -> str:
    """A page with a table, a note, a picture, links to itself, to another page, to a source, and to a page of the site."""
    return (
        f'<h2 id="issue">Issue of {own}</h2><p>See <a class="xref" href="../{other}/#end">there</a>, <a class="xref" href="#end">below</a>, '
        f'<a href="../{other}/">all of it</a>, <a href="../../law/#x">law</a> and <a class="citation__ref" href="#ref-a">Abel</a>.'
        '<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup></p>'
        f'{_TABLE}<p><img alt="A bar" src="../../bar.svg"></p>{f"<p>{_LONG * 6}</p>" * paragraphs}<h2 id="end">End of {own}</h2><p>It ends, “<em>so</em>”.</p>'
        '<div class="footnote"><ol><li id="fn:1"><p>A note.</p></li></ol></div>'
        '<section class="references" id="references"><h2 id="references-title">References</h2><ul class="references__list">'
        '<li id="ref-a" class="reference">Abel. 2019.</li></ul></section>'
    )


_BAR = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20"/></svg>'
_WHOLE = request(
    "", pub_id="series", kind_label="The whole series", number="", title="On the Record", subtitle="Two briefs", edition="", bound=True, contents=True,
    history=(), page_url="https://onrecord.example/series.pdf", permalink="https://onrecord.example/id/series/",
    attachments=(Attachment("citations.json", "application/json", "Citations", b"[]"),),
)  # fmt: skip


def parts(first: int = 8, second: int = 8) -> list[Part]:
    return [
        Part("ib-01", "Issue Brief 1. One", "briefs/one/", page("one", "two", first), facts="Edition 1", head="Brief 1"),
        Part("ib-02", "Issue Brief 2. Two", "briefs/two/", page("two", "one", second), summary="Summed up", head="Brief 2"),
    ]


def asked(bound: Sequence[Part]) -> EditionRequest:
    made = sections("", "series.pdf", bound)
    return put_together(_WHOLE, made, lambda html: {"bar.svg": _BAR} if "bar.svg" in html else {}, {"ib-01": Path("briefs/one.md")})


@dataclass
class Press:
    """Makes volumes, and notes the calls that it takes: the form, the id, and whether it was laid out only."""

    fonts: Path
    cache: Cache
    calls: list[tuple[str, str, bool]] = field(default_factory=list)

    def __call__(self, wanted: EditionRequest, run: Callable[[Sequence[Call]], object] = here) -> Edition | Problem:
        def noted(calls: Sequence[Call]):
            self.calls += [(call[1][0].request.form, call[1][0].request.pub_id, call[1][2] is True) for call in calls]
            return run(calls)

        job = Job("pdf", wanted)
        call = volume.set_volume(job, "engine", self.cache, self.fonts, noted)
        if isinstance(call, Problem):
            return call
        (made,) = noted([call])
        return job.ended(made) if isinstance(made, WorkerEnded) else made

    def set(self) -> list[str]:
        """What was set since the last time, but the volume itself."""
        found = [id_ for form, id_, only_laid_out in self.calls if form == "part" and not only_laid_out]
        self.calls.clear()
        return found


@pytest.fixture
def press(fonts: Path, tmp_path: Path) -> Press:
    return Press(fonts, Cache(tmp_path / "cache"))


@pytest.fixture(scope="module")
def made(fonts: Path, tmp_path_factory: pytest.TempPathFactory) -> Edition:
    edition = Press(fonts, Cache(tmp_path_factory.mktemp("cache")))(asked(parts()))
    assert isinstance(edition, Edition)
    return edition


@pytest.fixture(scope="module")
def reading(made: Edition) -> Reading:
    return read(made.pdf)


def unnumbered(text: str) -> str:
    return re.sub(r"\(page\s\d+\)|\s", "", text)


def test_it_conforms_as_a_whole(made: Edition) -> None:
    assert validate_pdf(made.pdf) == []
    assert dict(made.checked).keys() == {"PDF/UA-1", "PDF/A-3a"}


def test_it_says_what_one_document_would_say_in_the_same_order(made: Edition, fonts: Path) -> None:
    reading = read(made.pdf)
    html = bind("", "series.pdf", parts())
    whole = read(make_edition(replace(_WHOLE, html=html, images={"bar.svg": _BAR}), fonts).pdf)
    (contents,), (others,) = reading.tags.every("TOC"), whole.tags.every("TOC")
    assert re.sub(r"[.\s\d]", "", contents.text()) == re.sub(r"[.\s\d]", "", others.text())
    contents.inside.clear()
    others.inside.clear()
    assert unnumbered(reading.tags.text()) == unnumbered(whole.tags.text())
    # A table may be divided otherwise, and each section is a part.
    kinds = [sorted(tag.kind for tag in tags.walk() if tag.kind not in ("Part", "Div")) for tags in (reading.tags, whole.tags)]
    assert kinds[0] == kinds[1] and len(reading.tags.every("Part")) == 3
    assert set(reading.destinations()) == set(whole.destinations()) >= {"ib-01", "ib-02.end", "ref-a"}


def test_pages_are_numbered_right_through(made: Edition, reading: Reading) -> None:
    for number, sheet in enumerate(reading.pdf.pages, 1):
        (foot,) = re.findall(r"(\d+) of (\d+)", _artifacts(sheet))
        assert foot == (str(number), str(made.pages))
    places = reading.destinations()
    text = reading.tags.text()
    assert f"there (page\u00a0{places['ib-02.end'][0]})" in text and f"there (page\u00a0{places['ib-01.end'][0]})" in text
    assert f"below (page\u00a0{places['ib-02.end'][0]})" in text, "a part numbers its own pages as the volume does"
    (contents,) = reading.tags.every("TOC")
    listed = [re.sub(r"\W+", "", entry.text()) for entry in contents.every("TOCI")]
    titles = {"ib-01": "IssueBrief1One", "ib-02": "IssueBrief2Two", "references-title": "References"}
    assert listed == [f"{title}{places[name][0]}" for name, title in titles.items()]


def _artifacts(sheet: pikepdf.Page) -> str:
    import io

    import pypdfium2

    one = pikepdf.Pdf.new()
    one.pages.append(sheet)
    out = io.BytesIO()
    one.save(out)
    return pypdfium2.PdfDocument(out.getvalue())[0].get_textpage().get_text_range()


def test_links_lead_to_places_of_the_volume(reading: Reading) -> None:
    places = reading.destinations()
    pages = {sheet.obj.objgen: number for number, sheet in enumerate(reading.pdf.pages, 1)}
    links = [link for sheet in reading.pdf.pages for link in sheet.obj.get("/Annots", [])]
    assert {str(link.A.URI) for link in links if "/A" in link} >= {"https://onrecord.example/law/#x"}
    assert not any(str(link.A.URI).startswith(_WHOLE.page_url) for link in links if "/A" in link)
    inside = [link for link in links if "/Dest" in link]
    named = {str(link.Dest) for link in inside if isinstance(link.Dest, String)}
    assert named >= {"ib-01", "ib-02", "ib-01.end", "ib-02.end", "ref-a", "references-title"}
    for link in inside:
        leads_to = pages[link.Dest[0].objgen] if isinstance(link.Dest, Array) else places[str(link.Dest)][0]
        said = re.search(r"page (\d+)$", str(link.Contents))
        # That of a note names no page.
        assert said is None or int(said[1]) == leads_to
    assert sum("page" in str(link.Contents) for link in inside) >= 8


def test_what_is_marked_on_a_page_has_its_element_and_its_link(reading: Reading) -> None:
    numbers = reading.pdf.Root.StructTreeRoot.ParentTree.Nums
    keys = [int(key) for key in list(numbers)[::2]]
    assert keys == sorted(set(keys)) and keys[-1] < int(reading.pdf.Root.StructTreeRoot.ParentTreeNextKey)
    tree = dict(zip(keys, list(numbers)[1::2], strict=True))
    for sheet in reading.pdf.pages:
        for index, element in enumerate(tree[int(sheet.obj.StructParents)]):
            here_ = [kid for kid in element.K if not isinstance(kid, Dictionary)] if element.Pg.objgen == sheet.obj.objgen else []
            elsewhere = [kid.MCID for kid in element.K if isinstance(kid, Dictionary) and "/MCID" in kid and kid.Pg.objgen == sheet.obj.objgen]
            assert index in map(int, [*here_, *elsewhere])
        for link in sheet.obj.get("/Annots", []):
            element = tree[int(link.StructParent)]
            objects = [kid.Obj.objgen for kid in element.K if isinstance(kid, Dictionary) and "/Obj" in kid]
            assert str(element.S) == "/Link" and link.objgen in objects


def test_headers_of_cells_are_those_of_their_own_table(reading: Reading) -> None:
    tables = reading.tags.every("Table")
    assert len(tables) == 2
    ids = [{bytes(tag.entry.ID) for tag in table.every("TH")} for table in tables]
    assert not ids[0] & ids[1] and len(ids[0]) == len(ids[1]) == 4
    for table, own in zip(tables, ids, strict=True):
        assert all({bytes(key) for key in cell.attribute("/Headers")} <= own for cell in table.every("TD"))
    tree = reading.pdf.Root.StructTreeRoot.IDTree.Names
    every = [bytes(key) for key in list(tree)[::2]]
    assert every == sorted({*ids[0], *ids[1], b"ib-01 Note 1", b"ib-02 Note 1"})


def test_it_has_what_concerns_the_whole_once(made: Edition, reading: Reading) -> None:
    root = reading.pdf.Root
    assert len(root.OutputIntents) == 1 and len(root.AF) == 1 and set(reading.pdf.attachments) == {"citations.json"}
    assert str(root.Lang) == "en-US" and "/PageLabels" not in root
    assert str(reading.pdf.docinfo["/Title"]) == "On the Record: Two briefs"
    with reading.pdf.open_metadata() as metadata:
        assert (metadata["{http://ns.adobe.com/xap/1.0/t/pg/}NPages"], metadata["pdfuaid:part"], metadata["pdfaid:conformance"]) == (str(made.pages), "1", "A")
        assert metadata["dc:identifier"] == _WHOLE.permalink
    assert [str(item.Title) for item in _chain(root.Outlines)] == ["Issue Brief 1. One", "Issue Brief 2. Two", "References"]
    assert [str(item.Title) for item in _chain(root.Outlines.First)] == ["Issue of one", "End of one"]
    assert [str(tag.entry.Alt) for tag in reading.tags.every("Figure")][1:] == ["A bar", "A bar"]


def _chain(parent: pikepdf.Object) -> list[pikepdf.Object]:
    found = [parent.First]
    while "/Next" in found[-1]:
        found.append(found[-1].Next)
    assert found[-1].objgen == parent.Last.objgen and all(item.Parent.objgen == parent.objgen for item in found)
    assert all(after.Prev.objgen == before.objgen for before, after in pairwise(found))
    return found


def test_parts_share_their_fonts(reading: Reading) -> None:
    names = [str(item.FontName)[8:] for item in reading.pdf.objects if isinstance(item, Dictionary) and item.get("/Type") == Name.FontDescriptor]
    # What opens the volume, its parts, and the feet of its pages: three at most.
    assert max(names.count(name) for name in names) <= 3


def test_one_word_more_sets_its_part_alone_and_the_outcome_is_that_of_a_fresh_build(press: Press, fonts: Path, tmp_path: Path) -> None:
    before = press(asked(parts()))
    press.calls.clear()
    assert press(asked(parts())) == before and press.set() == []
    edited = parts()
    edited[1] = replace(edited[1], html=edited[1].html.replace("It ends", "It really ends"))
    after = press(asked(edited))
    assert press.set() == ["ib-02"] and isinstance(after, Edition) and after != before
    assert Press(fonts, Cache(tmp_path / "other"))(asked(edited)) == after


def test_a_part_that_grows_sets_only_those_anew_that_name_a_page_that_has_moved(press: Press, fonts: Path, tmp_path: Path) -> None:
    alone = Part("ib-03", "Issue Brief 3. Three", "briefs/three/", '<h2 id="x">X</h2><p>It refers to nobody.</p>')
    before = press(asked([*parts(), alone]))
    press.calls.clear()
    after = press(asked([*parts(first=20), alone]))
    assert sorted(press.set()) == ["ib-01", "ib-02"]
    assert isinstance(before, Edition) and isinstance(after, Edition) and after.pages > before.pages
    assert Press(fonts, Cache(tmp_path / "other"))(asked([*parts(first=20), alone])) == after


def test_where_nothing_can_be_kept_it_is_the_same(press: Press, made: Edition, fonts: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way of a folder")
    lost = Press(fonts, Cache(tmp_path / "file"))
    assert lost(asked(parts())) == made == press(asked(parts()))
    assert sorted(lost.set()) == ["ib-01", "ib-02", "references-title"], "each is set once"


def test_a_damaged_entry_is_made_again(press: Press, tmp_path: Path) -> None:
    before = press(asked(parts()))
    for entry in (tmp_path / "cache" / "parts").iterdir():
        entry.write_bytes(entry.read_bytes()[:-9] + b"otherwise")
    press.calls.clear()
    assert press(asked(parts())) == before and len(press.set()) == 3


def test_a_volume_of_one_part(press: Press) -> None:
    one = press(asked([Part("ib-01", "One", "briefs/one/", '<h2 id="a">A</h2><p>Text.</p>')]))
    assert isinstance(one, Edition) and one.pages == 3 and validate_pdf(one.pdf) == []
    there = read(one.pdf)
    assert [str(item.Title) for item in _chain(there.pdf.Root.Outlines)] == ["One"]


def test_a_process_that_ends_names_the_part(press: Press) -> None:
    ended = press(asked(parts()), lambda calls: (WorkerEnded("signal SIGKILL") for _ in calls))
    assert isinstance(ended, Problem) and "SIGKILL" in ended.message


def test_a_disk_that_is_full_names_the_part(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    real = compile.make_part

    def full(wanted: EditionRequest, *given: object) -> SetPart:
        if wanted.pub_id == "ib-01":
            raise OSError(28, "No space left on device")
        return real(wanted, *given)

    monkeypatch.setattr(compile, "make_part", full)
    told = press(asked(parts()))
    assert isinstance(told, Problem) and told.path == "briefs/one.md"
    assert told.message == "The PDF edition cannot be made: No space left on device." and told.remedy == "Is the disk full?"


def test_numbers_that_do_not_come_to_rest_are_left_out(press: Press) -> None:
    wanted = asked(parts())
    document = next(part for part in wanted.parts if part.pub_id == "ib-01")
    numbers = {"ib-02.end": 7, "ib-01.end": 5, "ib-02": 6, "ref-a": 9}
    settled = replace(document, numbers={**document.numbers, "ib-02.end": 7, "ib-01.end": 4})
    assert volume._numbered(settled, numbers, False).numbers == {**document.numbers, "ib-02.end": 7, "ib-01.end": 5}
    assert volume._numbered(settled, numbers, True).numbers == {**document.numbers, "ib-02.end": 7, "ib-01.end": None}
