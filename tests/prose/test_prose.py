"""What an editor would catch: spelling, filler, the words of duty, reading grade."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from hooks.core.tree import fragment, text_of

from .text import ROOT, body, grade, plain, publications

FILLER = yaml.safe_load(Path(__file__).with_name("filler.yml").read_text(encoding="utf-8"))
HIGHEST_GRADE = 13.0


def test_spelling() -> None:
    cspell = ROOT / "node_modules/cspell/bin.mjs"
    if not cspell.exists():
        pytest.skip("cspell is not installed: run `make test`")
    node = ROOT / ".venv/bin/node"
    command = [str(node) if node.exists() else "node", str(cspell), "lint", "--no-progress", "--no-summary", "--no-must-find-files"]
    done = subprocess.run([*command, "briefs/*.md", "whitepaper/*.md", "docs/**/*.md"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", publications(), ids=lambda p: p.stem)
def test_no_filler(path: Path) -> None:
    text = plain(body(path))
    assert [phrase for phrase in FILLER if re.search(rf"\b{re.escape(phrase)}\b", text, re.IGNORECASE)] == []


@pytest.mark.parametrize("path", publications(), ids=lambda p: p.stem)
def test_reading_grade(path: Path) -> None:
    assert grade(plain(body(path))) <= HIGHEST_GRADE


def test_the_grade_tells_easy_from_hard() -> None:
    easy = "The cat sat on the mat. It was a good cat. The dog ran to the cat."
    hard = "Notwithstanding constitutional considerations, administrative jurisdictions necessarily institutionalize accountability."
    assert grade(easy) < 3 < 20 < grade(hard)


@pytest.mark.parametrize("path", publications(), ids=lambda p: p.stem)
def test_a_recommendation_says_must_only_where_it_names_law(path: Path) -> None:
    blocks = re.findall(r"^/// recommendation \| (\S+)\n(.*?)^///$", body(path), re.MULTILINE | re.DOTALL)
    for id_, block in blocks:
        options, _, text = block.partition("\n\n")
        if re.search(r"\bmust\b", text):
            assert "law:" in options, f"{id_} says “must” and names no law"
        assert not re.search(r"\b(shall|ought to|need to)\b", text), f"{id_}: write must, should or may"


def test_the_claims_of_the_white_paper_still_stand() -> None:
    """Each claim is in its chapter word for word, and the chapter leads to the source that supports it."""
    claims = yaml.safe_load(Path(__file__).with_name("claims.yml").read_text(encoding="utf-8"))
    assert len(claims) >= 60
    chapters = {path.stem.split("-", 1)[-1]: path.read_text(encoding="utf-8") for path in sorted((ROOT / "whitepaper").glob("*.md"))}
    wrong = []
    for claim in claims:
        text = chapters[claim["chapter"]]
        flat = text_of(fragment(f"<p>{plain_line(text)}</p>"))
        if " ".join(claim["text"].split()) not in flat:
            wrong.append(("is no longer in the chapter", claim["chapter"], claim["text"]))
        # The summary draws on all chapters; a case that a chapter refers to leads to the case's own sources.
        reach = "".join(chapters.values()) if claim["chapter"] == "index" else text
        cases = (ROOT / "docs/case-studies").glob("*.md")
        named = [path for path in cases if f"case:{path.stem}" in reach or f"case | {path.stem}" in reach]
        reach += "".join(path.read_text(encoding="utf-8") for path in named)
        if not claim["fact"] or (claim["source"] != "data" and claim["source"].removeprefix("@") not in reach):
            wrong.append(("has no source within reach", claim["chapter"], claim["text"]))
    assert wrong == []


def plain_line(markdown: str) -> str:
    """The text with emphasis and link marks taken away, so that a claim can be found in it."""
    markdown = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    return re.sub(r"[*_`]", "", markdown).replace("<", "&lt;")


def test_the_reading_report_counts_running_text_by_folder(tmp_path: Path) -> None:
    from .report import table

    report = table([("briefs/a.md", 1200, 14.0, 7.0), ("briefs/b.md", 300, 15.5, 8.25), ("whitepaper/c.md", 10, 5.0, 2.0)])
    assert report.splitlines()[3].split() == ["briefs/", "in", "all", "1,500"]
    assert report.splitlines()[-1].split()[-1] == "10"
    assert report.splitlines()[1].split() == ["briefs/a.md", "1,200", "14.0", "7.0"]
