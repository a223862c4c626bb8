"""The life of a brief as README.md tells it, on one copy of the sample: each step is followed by a strict build that keeps every promise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from hooks.series.load import load_series
from hooks.series.new_brief import TO_WRITE
from hooks.series.new_brief import main as make_brief
from hooks.series.vocabulary import PARTS
from hooks.site.new_edition import main as make_edition
from hooks.site.promises import main as promises
from tests import support
from tests.support import edit

Build = Callable[..., support.Built]
TITLE, NEW = "Passwords and people", "briefs/passwords-and-people.md"
SUMMARY = "Decide who holds each password, and what happens to it on the day they leave."


def built(root: Path, build: Build, *, notes: tuple[str, ...] = ()) -> support.Built:
    """A strict build that breaks no promise and, beside `notes`, notes nothing; then `make links`."""
    done = build(root)
    assert done.status == 0, done.output
    assert {rule for rule in ("draft", "retired") if f"[{rule}]" in done.output} == set(notes), done.output
    assert promises(["--record"], root) == 0
    return done


def edition_of(pdf: Path) -> str:
    with pikepdf.open(pdf) as document, document.open_metadata() as metadata:
        return str(metadata["xmpMM:VersionID"])


def write(root: Path) -> None:
    """Write over what the scaffold left to write, and add what its notes ask for."""
    path = root / NEW
    text = path.read_text(encoding="utf-8").replace("evidence: []", 'evidence: ["@sampleson2013first, p. 4"]\n    strength: practice')
    text = text.replace(TO_WRITE, "Written:").replace("    title: \"Written: a title\"", "    title: Passwords")
    path.write_text(text, encoding="utf-8")
    edit(path, "status: draft", "status: current")


def divide(path: Path) -> None:
    """Divide a brief of the sample into its parts, as all are in a series that has such briefs."""
    before = {"act": "## The issue", "use": "## Recommendations", "reasons": "## Checklist"} if path.stem == "comments" else {}
    text = path.read_text(encoding="utf-8")
    for name, heading in before.items():
        text = text.replace(heading, f"/// part | {name}\n///\n\n{heading}", 1)
    path.write_text(text if before else text + "".join(f"\n/// part | {name}\n///\n" for name in PARTS), encoding="utf-8")


@pytest.mark.proof
def test_the_life_of_a_brief(sample: Path, build: Build, capsys) -> None:
    for name in ("comments", "records"):
        divide(sample / f"briefs/{name}.md")
    built(sample, build)

    # A brief in ten minutes: a draft, then published.
    given = ["--title", TITLE, "--on", "security", "--for", "clerk", "--summary", SUMMARY]
    assert make_brief(given, sample, today=date(2026, 11, 22)) == 0
    done = built(sample, build, notes=("draft",))
    assert "passwords-and-people" not in done.page("briefs/index.html")
    assert "passwords-and-people" not in (sample / "links.lock").read_text(encoding="utf-8")
    write(sample)
    done = built(sample, build)
    assert "passwords-and-people" in done.page("briefs/index.html")
    assert "briefs/passwords-and-people/passwords-and-people-ed1.pdf file" in (sample / "links.lock").read_text(encoding="utf-8")

    # Correct it, where its advice stays the same.
    edit(sample / NEW, "Written: what goes wrong", "Written: what often goes wrong")
    edit(sample / NEW, "changes:\n", "changes:\n  - {edition: 1, date: 2026-11-22, note: One word corrected.}\n")
    done = built(sample, build)
    assert "One word corrected." in done.page("briefs/passwords-and-people/index.html")

    # Raise an edition, where its advice changed.
    before = (done.site / "briefs/passwords-and-people/passwords-and-people.pdf").read_bytes()
    assert make_edition(["ib-03", "--note", "New advice.", "--date", "2026-12-01", "--review-by", "2027-06-01"], sample) == 0
    edit(sample / NEW, "Written: what to do", "Written: what else to do")
    done = built(sample, build)
    folder = done.site / "briefs/passwords-and-people"
    assert (folder / "passwords-and-people-ed1.pdf").read_bytes() == before
    assert [edition_of(folder / name) for name in ("passwords-and-people.pdf", "passwords-and-people-ed1.pdf")] == ["2", "1"]

    # Rename it.
    renamed = sample / "briefs/passwords.md"
    (sample / NEW).rename(renamed)
    edit(renamed, "status: current", "status: current\naliases: [passwords-and-people]")
    done = built(sample, build)
    assert "assets/moved.js" in done.page("briefs/passwords-and-people/index.html")
    assert edition_of(done.site / "briefs/passwords-and-people/passwords-and-people-ed1.pdf") == "1"
    assert edition_of(done.site / "briefs/passwords-and-people/passwords-and-people.pdf") == "2"

    # A new source, cited.
    bibliography = next((sample / "docs/literature").glob("*.bib"))
    fields = ("author = {Sampleson, Ada}", "title = {A Third Sample}", "publisher = {Sample Press}", "year = {2026}", "keywords = {security}")
    entry = "\n@book{sampleson2026third,\n  " + ",\n  ".join(fields) + "\n}\n"
    bibliography.write_text(bibliography.read_text(encoding="utf-8") + entry, encoding="utf-8")
    edit(renamed, "Written: what often goes wrong", "Written: what often goes wrong [@sampleson2026third, p. 2]")
    done = built(sample, build)
    assert 'id="ref-sampleson2026third"' in done.page("briefs/passwords/index.html")
    assert 'id="ref-sampleson2026third"' in done.page("literature/index.html")

    # Retire it: superseded, then withdrawn.
    edit(renamed, "status: current", "status: superseded\nsuperseded_by: ib-02")
    done = built(sample, build)
    assert 'Read <a href="../records/">' in done.page("briefs/passwords/index.html")
    edit(renamed, "status: superseded\nsuperseded_by: ib-02", "status: withdrawn")
    done = built(sample, build)
    assert "Withdrawn." in done.page("briefs/passwords/index.html")
    assert "briefs/passwords/" not in done.page("index.html")
    assert load_series(sample)[1] == []
