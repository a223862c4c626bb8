"""Exercises by name: pages of the course call one by the number under which it is printed, “Exercise 5.2”, and not by its place in its module.

Exercises, keys, slides and lessons are printed on papers and shown in decks beside those of other modules, where “Exercise 2” is another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hooks.core.locate import prose_lines
from hooks.core.problems import Problem
from hooks.linking.model import Draft
from hooks.series.model import Publication, Series

_SHORT = re.compile(r"\b[Ee]xercises? (\d+)\b(?!\.\d)")


def short_names(text: str) -> Iterator[tuple[str, str]]:
    """Each exercise of `text` that goes by its place in its module: “Exercise 2” and “2”."""
    return ((found[0], found[1]) for found in _SHORT.finditer(text))


def remedy(name: str, number: str, module: str = "") -> str:
    """What to write for the exercise `name` with that `number` in its module, whose own number is `module` where that is known."""
    word = name.rpartition(" ")[0]
    return f"Write “{word} {module}.{number}”." if module else f"Write the number under which it is printed: “{word} 5.{number}”."


def check_exercise_names(draft: Draft, series: Series) -> None:
    """Report each exercise that a page of the course calls by its place in its module.

    Exercises beside the modules, by sector, have plain numbers; so have their keys.
    """
    path, owner = draft.page.path, draft.owner
    slides, key = series.slides_by_path.get(path), series.key_by_path.get(path)
    module = slides.module if slides is not None else key.of if key is not None else owner
    if slides is None and key is None and not (isinstance(owner, Publication) and owner.kind in ("course-module", "course-pack")):
        return
    if key is not None and not isinstance(key.of, Publication):
        return
    number = module.number if isinstance(module, Publication) and module.kind == "course-module" else ""
    for line, text in prose_lines(draft.page.text):
        for name, place in short_names(text):
            message = f"“{name}” is the place of an exercise in its module, and another one on papers and slides with more than one module."
            draft.problems.append(Problem("module", path, line, message, remedy(name, place, number)))
