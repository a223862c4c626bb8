"""`make reading`: words and reading grade of each publication, and of a paper as a whole.

    python -m tests.prose.report
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from .text import ROOT, body, grade, plain, publications, sentences


def reading(paths: Iterable[Path]) -> list[tuple[str, int, float, float]]:
    """For each file its path, words of running text, words a sentence, and Flesch-Kincaid grade."""
    rows = []
    for path in paths:
        text = plain(body(path))
        found = sentences(text)
        words = sum(map(len, found))
        rows.append((path.relative_to(ROOT).as_posix(), words, words / max(len(found), 1), grade(text)))
    return rows


def table(rows: list[tuple[str, int, float, float]]) -> str:
    """The rows as aligned text, with a line of totals for each folder."""
    width = max(len(name) for name, *_ in rows) + 2
    lines = [f"{'publication':{width}}{'words':>7}  {'a sentence':>10}  {'grade':>5}"]
    folders = dict.fromkeys(name.rsplit("/", 1)[0] for name, *_ in rows)
    for folder in folders:
        own = [row for row in rows if row[0].rsplit("/", 1)[0] == folder]
        lines += [f"{name:{width}}{words:7,}  {length:10.1f}  {level:5.1f}" for name, words, length, level in own]
        lines += [f"{folder + '/ in all':{width}}{sum(row[1] for row in own):7,}", ""]
    return "\n".join(lines).rstrip()


if __name__ == "__main__":
    print(table(reading(publications())))
