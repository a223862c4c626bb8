"""Pictures that took 22 GB of memory, or ended in a raw error of pandoc, are told of before anything is drawn."""

from __future__ import annotations

from pathlib import Path

import pytest

from hooks.series.pictures import check_sizes

from .. import support


def svg(attributes: str) -> bytes:
    return f'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" {attributes}><rect width="1" height="9999"/></svg>'.encode()


def png(width: int, height: int, more: int = 0) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4) + b"IHDR" + width.to_bytes(4) + height.to_bytes(4) + bytes(more)


HIGH = "an edition can hold one 6 times as high as wide. Cut it into several, or draw it broader."
SMALLER = "Save it smaller: 2,000 points are wide enough for paper."


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("tall.svg", svg('width="10" height="20000"'), f"This picture is 10 wide and 20,000 high; {HIGH}"),
        ("box.svg", svg("viewBox='0 0 10 20000'"), f"This picture is 10 wide and 20,000 high; {HIGH}"),
        ("pixels.svg", svg('height="20000px" width="10px" viewBox="0 0 1 1"'), f"This picture is 10 wide and 20,000 high; {HIGH}"),
        ("tall.png", png(10, 2000), f"This picture is 10 wide and 2,000 high; {HIGH}"),
        ("wide.png", png(30000, 30000), f"This picture has 30,000 × 30,000 points; an edition can hold 40 million in all. {SMALLER}"),
        ("big.png", png(10, 10, 7_500_000), f"This picture has 7.5 million bytes; an edition can hold 5 million. {SMALLER}"),
        ("big.JPG", bytes(6_000_000), f"This picture has 6.0 million bytes; an edition can hold 5 million. {SMALLER}"),
    ],
)
def test_a_picture_that_no_edition_can_hold_is_told(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / "briefs/figures").mkdir(parents=True)
    (tmp_path / "briefs/figures" / name).write_bytes(content)
    found = [str(problem) for problem in check_sizes(tmp_path)]
    assert found == [f"briefs/figures/{name}: {said} [figure]"]


@pytest.mark.parametrize(
    "content",
    [svg(""), svg('width="100%" height="x"'), svg('viewBox="0 0 1..2 3"'), svg('width="720" height="900"'), b"", b"<svg", png(2000, 9000)],
)
def test_other_pictures_pass(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / ("a.png" if content.startswith(b"\x89") else "a.svg")).write_bytes(content)
    assert check_sizes(tmp_path) == []


def test_the_series_own_pictures_pass() -> None:
    assert check_sizes(support.ROOT) == []
