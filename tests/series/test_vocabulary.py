"""The closed lists of words: what is printed is what the series itself says."""

from __future__ import annotations

import re

from hooks.series import vocabulary as words
from tests.support import ROOT


def _bold_rows(text: str) -> dict[str, str]:
    """The second cell of each row of a table by the bold words of its first."""
    return {first.replace("\\", ""): second for first, second in re.findall(r"^\| \*\*(.+?)\*\* \| (.+?) \|", text, re.MULTILINE)}


def test_the_elements_are_called_as_the_white_paper_calls_them() -> None:
    chapter = (ROOT / "whitepaper/03-elements.md").read_text(encoding="utf-8")
    headings = {id_: title for title, id_ in re.findall(r"^### (.+) \{#([a-z-]+)\}$", chapter, re.MULTILINE)}
    assert len(words.ELEMENTS) == 8
    assert {id_: headings.get(id_) for id_ in words.ELEMENTS} == dict(words.ELEMENTS)


def test_grades_and_marks_mean_what_the_page_on_them_says() -> None:
    told = _bold_rows((ROOT / "docs/about/strength.md").read_text(encoding="utf-8"))
    # The page says more of what the law requires than fits beside each recommendation.
    meant = {words.STRENGTHS[id_]: meaning.removesuffix(".").split(" it, and")[0] for id_, meaning in words.STRENGTH_MEANINGS.items()}
    assert all(told[label].startswith(meaning) for label, meaning in meant.items()), meant
    assert {f"[{id_.replace('-', ' ')}]": meaning[0].upper() + meaning[1:] for id_, meaning in words.CAVEATS.items()}.items() <= told.items()
