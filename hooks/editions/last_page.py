"""How close the lines of a report stand, where its last page would hold a few lines only.

The whole report is set anew, a hundredth at a time: first closer, which saves the page; then wider, which gives it more to hold.
"""

from __future__ import annotations

from collections.abc import Sequence

from hooks.editions.model import EditionRequest

STEPS: Sequence[float] = (0.01, 0.02, 0.03, -0.01, -0.02, -0.03)
"""By what part of their distance lines stand closer, in the order in which it is tried. Negative: wider."""
SHORT = 60.0
"""A last page is short where its text ends less than so many points below its top: under five lines of the small type that closes a report."""

# As report.typ sets it, in points: where the text of a page begins.
_TEXT_TOP = 66.24


def is_short(page: int, y: float) -> bool:
    """Whether a report whose text ends on `page`, `y` points from its top, has a short last page."""
    return page > 1 and y - _TEXT_TOP < SHORT


def steps(request: EditionRequest) -> Sequence[float]:
    """What may be tried for it; nothing where it is no report and no part of a volume, or where what closes it begins a page on purpose."""
    return STEPS if request.form in ("report", "part") and not request.apart else ()
