# ruff: noqa: E501 (prose, and markup as it is written)
"""A synthetic corpus of briefs of realistic length, the same words for every tool, each in the tool's own syntax."""

from __future__ import annotations

import random
from pathlib import Path

_WORDS = ["agency", "account", "comment", "policy", "record", "public", "employee", "official", "rule", "law", "review", "post", "page", "platform", "notice", "period", "officer", "request", "staff", "practice", "decision", "answer", "purpose", "access", "conduct", "content", "security", "citizen", "board", "county", "village", "town", "state", "counsel", "clerk", "schedule"]
_SECTIONS = ("The issue", "The rules", "Practice", "Choices", "Advice", "Wording", "Checklist", "Tools")
_PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 120"><rect x="5" y="5" width="180" height="110" fill="#12405a"/><rect x="215" y="5" width="180" height="110" fill="#a63d1f"/></svg>\n'


def _sentence(chance: random.Random) -> str:
    words = [chance.choice(_WORDS) for _ in range(chance.randint(9, 17))]
    return " ".join(words).capitalize() + "."


def _paragraph(chance: random.Random) -> str:
    return " ".join(_sentence(chance) for _ in range(6))


def brief(number: int, ours: bool) -> str:
    """Brief `number` in Markdown: about 2,900 words, three tables, a figure, footnotes and callouts."""
    chance = random.Random(number)
    parts = []
    for index, title in enumerate(_SECTIONS):
        parts.append(f"## {title} {{#part-{index}}}" if ours else f"## {title}")
        parts += [_paragraph(chance) for _ in range(4)]
        parts[-1] += f"[^{index}]"
        if index in (1, 3, 5):
            rows = [f"| **{_sentence(chance)[:24]}** | {_sentence(chance)} | {_sentence(chance)} |" for _ in range(6)]
            parts.append("\n".join(["| Choice | What it asks | What it costs |", "| --- | --- | --- |", *rows]))
            parts.append(f"/// table-caption | t{index}\nChoices and costs\n///" if ours else "Table: Choices and costs")
        if index == 2:
            parts.append("![Two boxes side by side.](figures/boxes.svg)")
            parts.append("/// figure-caption | boxes\nTwo boxes\n///" if ours else "Figure: Two boxes")
        if index in (4, 5):
            text = _paragraph(chance)
            if ours:
                parts.append(
                    f"/// clause | c{number}-{index}\n    title: Wording\n    element: content\n    note: It settles the matter.\n\n{text} [blank]\n///"
                )
            else:
                parts.append(f'!!! note "Wording"\n\n    {text} [blank]')
        if index == 6:
            parts.append("\n".join(f"- {_sentence(chance)}" for _ in range(10)))
    parts += [f"[^{index}]: {_sentence(chance)}" for index in range(len(_SECTIONS))]
    return "\n\n".join(parts) + "\n"


def write_briefs(folder: Path, count: int, ours: bool) -> None:
    """`count` briefs with their figure below `folder`."""
    (folder / "figures").mkdir(parents=True, exist_ok=True)
    (folder / "figures/boxes.svg").write_text(_PICTURE, encoding="utf-8")
    for number in range(1, count + 1):
        front = (
            f"---\nid: ib-{number:02}\ntitle: Synthetic brief {number}\nsummary: A brief to measure with.\nquestion: How long does it take?\nelements: [content]\nthemes: []\n"
            "roles: [counsel]\nedition: 1\npublished: 2026-11-22\nrevised: 2026-11-22\nlaw_as_of: 2026-11-22\nreview_by: 2027-05-22\nstatus: current\n"
            "changes:\n  - {edition: 1, date: 2026-11-22, note: First edition.}\n---\n\n"
            if ours
            else f"---\ntitle: Synthetic brief {number}\n---\n\n# Synthetic brief {number}\n\n"
        )
        (folder / f"brief-{number:04}.md").write_text(front + brief(number, ours), encoding="utf-8")
