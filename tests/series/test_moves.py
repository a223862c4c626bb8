"""Every way to write what has moved, and what is said to those that are none. (What it leads to on the site: tests/links.)"""

from __future__ import annotations

from pathlib import Path

from hooks.series.load import load_series
from hooks.series.lock import Passage, Promise, known_passages
from hooks.series.moves import load_moves
from tests import support

BRIEF = "briefs/comments.md"


def moves(root: Path, aliases: list[str], moved: str = ""):
    lines = "".join(f'  - "{alias}"\n' for alias in aliases)
    support.edit(root / BRIEF, "status: current\n", f"status: current\naliases:\n{lines}" if aliases else "status: current\n")
    (root / "links.moved").write_text(moved, encoding="utf-8")
    series, problems = load_series(root)
    assert problems == []
    return load_moves(root, series)


def test_every_way_to_write_a_move(sample: Path) -> None:
    aliases = ["old-slug", "briefs/older/", "/briefs/oldest", "#old -> #ways", "#gone -> brief:records#keep", "briefs/old-slug/#x -> #y"]
    aliases.append("#paper -> paper:purpose")
    found, problems = moves(sample, aliases, "# A note.\n#\n\nlaw/#old -> law/#new\n  /files/old.pdf -> files/new.pdf  \n")
    here = "briefs/comments/"
    assert problems == []
    assert [(move.old, move.new, move.path, move.line) for move in found.all] == [
        ("briefs/old-slug/", here, BRIEF, 17),
        ("briefs/older/", here, BRIEF, 18),
        ("briefs/oldest/", here, BRIEF, 19),
        (f"{here}#old", f"{here}#ways", BRIEF, 20),
        (f"{here}#gone", "briefs/records/#keep", BRIEF, 21),
        ("briefs/old-slug/#x", f"{here}#y", BRIEF, 22),
        (f"{here}#paper", "white-paper/purpose/", BRIEF, 23),
        ("law/#old", "law/#new", "links.moved", 4),
        ("files/old.pdf", "files/new.pdf", "links.moved", 5),
    ]
    assert set(found.pages) == {"briefs/old-slug/", "briefs/older/", "briefs/oldest/", "files/old.pdf"}
    assert found.target("briefs/old-slug/#x") == f"{here}#y" and found.target("briefs/old-slug/#z") == f"{here}#z"
    assert found.former(here) == ["briefs/old-slug/", "briefs/older/", "briefs/oldest/"]


def test_what_is_no_move_is_named_with_its_line_and_a_remedy(sample: Path) -> None:
    aliases = ["old -> brief:none", "../up", "https://elsewhere.example/", "#x -> #x", "two words", "#", "same", "same"]
    found, problems = moves(sample, aliases, "law/#alone\na/ -> a/\n")
    how, file = "Write “old-slug”, “#old -> #new” or “briefs/old/#x -> #y”. [alias]", "Write “old/address/ -> new/address/”. [alias]"
    assert [str(problem) for problem in problems] == [
        f"{BRIEF}:17: “old -> brief:none” is not understood. {how}",
        f"{BRIEF}:18: “../up” is not understood. {how}",
        f"{BRIEF}:19: “https://elsewhere.example/” is not understood. {how}",
        f"{BRIEF}:20: “#x -> #x” leads to itself. Take it out. [alias]",
        f"{BRIEF}:21: “two words” is not understood. {how}",
        f"{BRIEF}:22: “#” is not understood. {how}",
        f"links.moved:1: “law/#alone” is not understood. {file}",
        "links.moved:2: “a/ -> a/” leads to itself. Take it out. [alias]",
        f"{BRIEF}:24: “briefs/same/” already leads on by {BRIEF}:23. Keep one of the two. [alias]",
    ]
    assert [move.old for move in found.all] == ["briefs/same/"]


def test_the_passages_of_a_page_that_became_part_of_another_are_sought_there(sample: Path) -> None:
    found, problems = moves(sample, ["#p-gone -> #ways"], "briefs/old/ -> briefs/records/#keep\n")
    addresses = ("briefs/old/#p-a", "briefs/records/#p-b", "briefs/comments/#p-gone", "briefs/comments/#p-c")
    promised = {address: Promise(address, "passage", "keep", "a-b") for address in addresses}
    promised["briefs/old/"] = Promise("briefs/old/", "page")
    assert problems == []
    assert known_passages(promised, found) == {
        "briefs/records/": [Passage("p-a", "keep", "a-b"), Passage("p-b", "keep", "a-b")],
        "briefs/comments/": [Passage("p-c", "keep", "a-b")],
    }
