"""A last page of a few lines: the report is set a little closer or wider, where that helps, and else left as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from hooks.editions import Edition, compile, make_edition, validate_pdf
from hooks.editions.last_page import SHORT, STEPS, is_short
from hooks.editions.model import EditionRequest
from tests.paper import TEXT_TOP, Sheet, sheets

from .samples import request

_LONG = "A sentence of several words that fills a line and then a half of the line below it, as they do. "
_PARAGRAPHS = f"<p>{_LONG * 7}</p>" * 8


def text(sentences: int) -> EditionRequest:
    """A report of about two pages, which ends with a paragraph of so many sentences."""
    return request(f"{_PARAGRAPHS}<p>{_LONG * sentences}</p>")


# So many sentences end where the usual distance leaves three lines for a third page.
SAVED, WIDENED, ENOUGH = text(20), text(22), text(18)
_PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 425 575"><rect width="425" height="575"/></svg>'
# A picture fills the page before, however close lines stand.
HELPLESS = request('<figure class="figure" id="f"><p><img alt="A bar" src="a.svg"></p></figure>', images={"a.svg": _PICTURE}, history=())


class Runs:
    """The steps that were set, in order: 0 for the usual distance."""

    def __init__(self) -> None:
        self.steps: list[float] = []


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Runs:
    seen, typeset = Runs(), compile._typeset

    def watched(request: EditionRequest, sources: dict[str, bytes], fonts: Path, placed: bool, printed: bool) -> object:
        head = sources["main.typ"].decode().partition("closer: ")[2]
        seen.steps.append(float(head.partition(")")[0].partition(",")[0]) if head else 0)
        return typeset(request, sources, fonts, placed, printed)

    monkeypatch.setattr(compile, "_typeset", watched)
    return seen


@pytest.fixture
def usual(fonts: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[EditionRequest], Edition]]:
    """Makes an edition with its lines at their usual distance, wherever it ends."""

    def make(request: EditionRequest) -> Edition:
        with monkeypatch.context() as patch:
            patch.setattr(compile, "steps", lambda _: ())
            return make_edition(request, fonts)

    yield make


def last_lines(edition: Edition) -> int:
    return len(_lines(sheets(edition.pdf)[-1]))


def _lines(sheet: Sheet) -> list[float]:
    return [line.bottom for line in sheet.lines(TEXT_TOP, sheet.height - TEXT_TOP)]


def distance(edition: Edition) -> float:
    """Points between lines of a paragraph in the middle of the second page."""
    lines = _lines(sheets(edition.pdf)[1])
    gaps = sorted(round(b - a, 2) for a, b in pairwise(lines))
    return gaps[len(gaps) // 2]


def test_a_page_of_three_lines_is_saved(fonts: Path, usual: Callable[[EditionRequest], Edition], runs: Runs) -> None:
    before, after = usual(SAVED), make_edition(SAVED, fonts)
    assert (before.pages, last_lines(before)) == (3, 3)
    assert after.pages == 2 and last_lines(after) > 30
    assert runs.steps == [0, 0, 0.01]
    assert distance(before) * 0.985 < distance(after) < distance(before)
    assert validate_pdf(after.pdf) == []


def test_what_cannot_be_saved_is_set_wider(fonts: Path, usual: Callable[[EditionRequest], Edition], runs: Runs) -> None:
    before, after = usual(WIDENED), make_edition(WIDENED, fonts)
    assert (before.pages, last_lines(before)) == (3, 3)
    assert after.pages == 3 and last_lines(after) > 4
    assert runs.steps == [0, 0, 0.01, 0.02, 0.03, -0.01]
    assert validate_pdf(after.pdf) == []


def test_what_cannot_be_helped_is_left_as_it_is(fonts: Path, usual: Callable[[EditionRequest], Edition], runs: Runs) -> None:
    before = usual(HELPLESS)
    assert before.pages > 1 and last_lines(before) <= 3
    assert make_edition(HELPLESS, fonts).pdf == before.pdf
    assert runs.steps == [0, 0, *STEPS]


def test_what_needs_nothing_is_set_once(fonts: Path, usual: Callable[[EditionRequest], Edition], runs: Runs) -> None:
    for asked in (ENOUGH, request()):
        before = usual(asked)
        runs.steps.clear()
        assert make_edition(asked, fonts).pdf == before.pdf
        assert runs.steps == [0]


def test_what_closes_a_pack_on_a_page_of_its_own_is_left_there(fonts: Path, runs: Runs) -> None:
    made = make_edition(request("<p>Text.</p>", apart=True, history=()), fonts)
    assert (made.pages, runs.steps) == (2, [0])


def test_no_other_form_is_set_anew(fonts: Path, runs: Runs) -> None:
    make_edition(request(f"{_PARAGRAPHS}{_PARAGRAPHS}<p>{_LONG * 20}</p>", form="sheets"), fonts)
    assert runs.steps == [0]


def test_a_report_that_is_set_anew_has_the_same_bytes_each_time(fonts: Path) -> None:
    assert make_edition(SAVED, fonts).pdf == make_edition(SAVED, fonts).pdf


def test_no_step_takes_more_than_three_hundredths_of_the_distance(fonts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert max(map(abs, STEPS)) <= 0.03
    found = {}
    for closer in (0, 0.03, -0.03):
        with monkeypatch.context() as patch:
            patch.setattr(compile, "steps", lambda _: ())
            made = make_edition(request(f"<p>{_LONG * 60}</p>" * 2, closer=closer), fonts)
        found[closer] = distance(made)
    assert found[0.03] / found[0] == pytest.approx(0.97, abs=0.003)
    assert found[-0.03] / found[0] == pytest.approx(1.03, abs=0.003)


@pytest.mark.parametrize(("page", "below", "short"), [(1, 5.0, False), (2, 5.0, True), (2, SHORT - 1, True), (2, SHORT + 1, False), (40, 35.0, True)])
def test_a_page_is_short_by_where_its_text_ends(page: int, below: float, short: bool) -> None:
    assert is_short(page, 66.24 + below) is short
