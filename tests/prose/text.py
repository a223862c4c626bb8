"""The words of a publication's Markdown, without its machinery, for the prose checks."""

from __future__ import annotations

import re
from pathlib import Path

import pyphen

from hooks.series.sources import split_front_matter

ROOT = Path(__file__).parents[2]
_SYLLABLES = pyphen.Pyphen(lang="en_US")


def publications() -> list[Path]:
    """The source files of briefs, chapters and course modules."""
    folders = ("briefs", "whitepaper", "docs/course")
    return [p for folder in folders for p in sorted((ROOT / folder).glob("*.md")) if folder == "whitepaper" or p.name not in ("index.md", "workbook.md")]


def body(path: Path) -> str:
    return split_front_matter(path.read_text(encoding="utf-8"))[1]


def plain(markdown: str) -> str:
    """Running text: no block options, headings, tables, citations or link targets."""
    kept = []
    for line in markdown.split("\n"):
        if re.match(r"\s*(///|\||#|!\[|    (who|when|evidence|title|element|note|copies|material):|      - )", line):
            kept.append("")
            continue
        line = re.sub(r"\[[^\[\]]*(?<![\w.])-?@[^\[\]]*\](?![(\[])", "", line)
        line = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", line)
        line = re.sub(r"^\s*(?:[-*]|\d+\.|:)\s+", "", line)
        kept.append(re.sub(r"[*_`]|\{[^}]*\}", "", line))
    return "\n".join(kept)


def sentences(text: str) -> list[list[str]]:
    """The words of each sentence."""
    text = re.sub(r"\b(v|No|Inc|art|ch|sec|Art|pt|U\.S|N\.Y|p|pp|Cir|Dist|e\.g|i\.e)\.", r"\1", text)
    parts = re.split(r"(?<=[.!?])[”\"’)]*\s+|\n{2,}|:\n", text)
    return [words for part in parts if len(words := re.findall(r"[A-Za-z][A-Za-z’'-]*", part)) > 2]


def grade(text: str) -> float:
    """The Flesch-Kincaid grade level (Kincaid et al. 1975): US school years of reading."""
    found = sentences(text)
    words = [word for sentence in found for word in sentence]
    syllables = sum(len(_SYLLABLES.inserted(word).split("-")) for word in words)
    return 0.39 * len(words) / len(found) + 11.8 * syllables / len(words) - 15.59
