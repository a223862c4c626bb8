"""Joining PDFs: what cannot be joined is told, and an outline of many entries is one in groups."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary, Name, String

from hooks.editions.compile import make_feet, make_part
from hooks.editions.join import join
from hooks.editions.model import EditionRequest
from hooks.editions.outline import MOST, items, outline

from .samples import request

_ADDRESS = "https://onrecord.example/series.pdf"


def part(name: str, html: str) -> EditionRequest:
    return request(html, form="part", pub_id=name, page_url=_ADDRESS, title=name, revised=date(2000, 1, 1))


@pytest.fixture(scope="module")
def two(fonts: Path) -> list[bytes]:
    return [make_part(part(name, f'<h2 class="part" id="{name}">Part {name}</h2><p>Text.</p>'), fonts).pdf for name in ("a", "b")]


@pytest.fixture
def feet(fonts: Path):
    return lambda turned: make_feet(request(page_url=_ADDRESS), turned, fonts)


def test_two_are_one_of_as_many_pages(two: list[bytes], feet) -> None:
    joined = join(two, feet, _ADDRESS)
    with pikepdf.open(io.BytesIO(joined.pdf)) as pdf:
        assert len(pdf.pages) == joined.pages == 2 and [str(item.Title) for item in items(pdf.Root.Outlines)] == ["Part a", "Part b"]
    assert join(two, feet, _ADDRESS) == joined


def test_the_frame_lacks_only_what_pages_say(two: list[bytes], feet) -> None:
    joined = join(two, feet, _ADDRESS)
    with pikepdf.open(io.BytesIO(joined.frame)) as frame, pikepdf.open(io.BytesIO(joined.pdf)) as pdf:
        assert [page.Contents.read_bytes() for page in frame.pages] == [b"", b""]
        assert frame.Root.keys() == pdf.Root.keys()
        for page, own in zip(frame.pages, pdf.pages, strict=True):
            assert page.keys() == own.keys() and page.Resources.keys() == own.Resources.keys()


def test_a_turned_page_has_its_foot(fonts: Path, two: list[bytes]) -> None:
    asked: list[Sequence[bool]] = []

    def feet(turned: Sequence[bool]) -> bytes:
        asked.append(turned)
        return make_feet(request(page_url=_ADDRESS), turned, fonts)

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(two[1])) as pdf:
        pdf.pages[0].mediabox = [0, 0, 792, 612]
        pdf.save(out)
    with pikepdf.open(io.BytesIO(join([two[0], out.getvalue()], feet, _ADDRESS).pdf)) as pdf:
        assert asked == [[False, True]]
        assert [list(map(int, page.Resources.XObject.VolumeFoot.BBox)) for page in pdf.pages] == [[0, 0, 612, 792], [0, 0, 792, 612]]


def changed(pdf: bytes, change) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        change(document)
        document.save(out)
    return out.getvalue()


def _no_list(document: pikepdf.Pdf) -> None:
    tree = document.Root.StructTreeRoot
    tree.ParentTree = Dictionary(Kids=[tree.ParentTree])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda document: document.Root.StructTreeRoot.update({"/ClassMap": Dictionary()}), "has /ClassMap in its structure"),
        (_no_list, "the parents of its structure are not one list"),
        (lambda document: document.Root.StructTreeRoot.K[0].update({"/S": Name.Sect}), "is not one document"),
        (lambda document: document.Root.StructTreeRoot.update({"/RoleMap": Dictionary(Title=Name.H1)}), "say otherwise what /Title is"),
    ],
)  # fmt: skip
def test_what_would_be_lost_is_refused(two: list[bytes], feet, change, said: str) -> None:
    def applied(document: pikepdf.Pdf) -> None:
        tree = document.Root.StructTreeRoot
        tree.RoleMap = Dictionary(Title=Name.P)
        change(document)

    first = changed(two[0], lambda document: document.Root.StructTreeRoot.__setitem__("/RoleMap", Dictionary(Title=Name.P)))
    with pytest.raises(ValueError, match=said):
        join([first, changed(two[1], applied)], feet, _ADDRESS)


def test_a_damaged_part_is_told(two: list[bytes], feet) -> None:
    with pytest.raises(ValueError, match="a part of it cannot be read"):
        join([two[0], b"no PDF"], feet, _ADDRESS)


def test_two_parts_with_one_place_are_told(two: list[bytes], feet) -> None:
    with pytest.raises(ValueError, match="two parts have the destination “a”"):
        join([two[0], two[0]], feet, _ADDRESS)


def test_feet_for_other_pages_are_told(fonts: Path, two: list[bytes]) -> None:
    with pytest.raises(ValueError, match="there are feet for 1 pages, and it has 2"):
        join(two, lambda turned: make_feet(request(page_url=_ADDRESS), turned[:1], fonts), _ADDRESS)


def _outline(count: int) -> tuple[pikepdf.Pdf, pikepdf.Object]:
    document = pikepdf.Pdf.new()
    listed = [document.make_indirect(Dictionary(Title=String(f"Issue Brief {n}. Its title"), Dest=String(f"ib-{n}"))) for n in range(1, count + 1)]
    return document, outline(document, listed)


@pytest.mark.parametrize("count", [0, 1, MOST])
def test_an_outline_that_is_short_is_flat(count: int) -> None:
    _, root = _outline(count)
    assert len(list(items(root))) == count == int(root.get("/Count", 0))


@pytest.mark.parametrize("count", [MOST + 1, 1003, MOST * MOST + 1])
def test_a_long_one_is_in_groups_of_which_none_is_too_long(count: int) -> None:
    _, root = _outline(count)

    def leaves(parent: pikepdf.Object) -> list[str]:
        level = list(items(parent))
        assert len(level) <= MOST and abs(int(parent.Count)) == len(level)
        assert all(after.Prev.objgen == before.objgen for before, after in pairwise(level)) and "/Prev" not in level[0] and "/Next" not in level[-1]
        assert all(item.Parent.objgen == parent.objgen for item in level)
        return [title for item in level for title in (leaves(item) if "/First" in item else [str(item.Dest)])]

    assert leaves(root) == [f"ib-{n}" for n in range(1, count + 1)]
    first = root.First
    assert str(first.Title).startswith("Issue Brief 1 – Issue Brief ") and str(first.Dest) == "ib-1" and int(first.Count) < 0
