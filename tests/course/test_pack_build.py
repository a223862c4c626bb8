"""A whole build of the sample with a pack: its editions, and all of its files in one, the same each time."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import jsonschema
from docx import Document
from lxml import html

from hooks.site.offline import archive
from tests.paper import sheets
from tests.support import Built, contents, edit

YML = "docs/course/packs/day.yml"


PAPERS = """papers:
  - id: room
    title: Rules for the room
    parts: [module:rules#scenario-town-page, module:rules#exercise-write-rules, module:rules#rules-first, brief:comments#ways,
      now:taken-over#letter-report, key:rules#strips-name-place, key:rules#roles-name-place]
files:
  - file: paper:room
    who: participants
    copies: one for each person
"""


ROOM = (
    "Example 1.1. One comment", "Rules first", "To the platform", "Strips for Exercise 1.2", "Role cards for Exercise 1.2",
)  # fmt: skip


def test_a_pack_is_one_page_one_pdf_and_one_file(pack: Path, build: Callable[..., Built]) -> None:
    edit(pack / YML, "files:\n", PAPERS)
    edit(pack / YML, "hand_out: [workbook.docx]", "hand_out: [workbook.docx, paper:room]")
    made = build(pack)
    assert made.status == 0, made.output
    files = contents(made.site)
    assert {"course/day/index.html", "course/day/day.pdf", "course/day/day.docx", "course/day/day-pack.zip", "id/cp-day/index.html"} <= set(files)
    assert {f"course/day/day-{paper}.pdf" for paper in ("sign-in", "evaluation", "certificate")} <= set(files)
    assert not [name for name in files if name.startswith("course/packs/") or name.endswith("day.yml")]

    with zipfile.ZipFile(io.BytesIO(files["course/day/day-pack.zip"])) as packed:
        names = packed.namelist()
        assert names == sorted(names) and {item.date_time for item in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        held = {name.removeprefix("day-pack/"): packed.read(name) for name in names}
    assert held["room/day-sign-in.pdf"] == files["course/day/day-sign-in.pdf"]
    assert held["print-for-participants/workbook.docx"] == files["course/workbook/workbook.docx"]
    assert held["room/comments.pdf"] == files["briefs/comments/comments.pdf"]
    assert set(held) == {
        "README.txt", "room/day-sign-in.pdf", "room/comments.pdf", "room/day-slides.pdf", "print-for-participants/workbook.docx",
        "print-for-participants/rules-handout.pdf", "print-for-participants/day-room.pdf", "facilitator-only/rules.pdf",
    }  # fmt: skip
    said = held["README.txt"].decode()
    assert "print-for-participants/rules-handout.pdf\r\n    Handout, Module 1: Rules of the page, 1 page. For: participants; 10:25." in said
    assert "Single-sided. Copies: one for each person." in said
    assert "    Rules for the room, 5 pages. For: participants; 8:45. Single-sided." in said
    room = sheets(made.site / "course/day/day-room.pdf")
    # What an exercise works on stands before it; each passage begins a page, but for a table that follows a section.
    whole = [" ".join(word.text for word in sheet.words) for sheet in room]
    assert [text.startswith(f"Rules for the room · Handed out: 8:45 {start}") for text, start in zip(whole, ROOM, strict=True)] == [True] * 5, whole
    assert "Table 1. Two ways to run a page" in whole[1]
    assert "Exercise 1.1. Write the rules 1. Write the rules of" in whole[0]
    # The same files in another order are the same archive.
    assert archive(dict(reversed(held.items())), "day-pack") == files["course/day/day-pack.zip"]

    page = html.fromstring(files["course/day/index.html"])
    (link,) = [link for link in page.iter("a") if link.get("href") == "day-pack.zip"]
    assert link.getnext().text_content().startswith(" (ZIP, ") and link.get("type") == "application/zip"
    # A pack stands among the pages of the course, which a reader turns one after another.
    assert [item.text_content() for item in page.find_class("beside__list")[0]] == ["Course", "Rules of the page", "Workbook", "A day"]
    assert [link.get("href") for link in page.find_class("neighbours")[0]] == ["../workbook/"]
    rows = [" ".join(row.text_content().split()) for row in page.find_class("register--print")[0].iter("tr")]
    assert any(row.startswith("Handout, Module 1: Rules of the page (1 page") for row in rows)

    catalogue = json.loads(files["catalogue.json"])
    jsonschema.validate(catalogue, json.loads(files["catalogue.schema.json"]))
    (entry,) = next(item for item in catalogue["publications"] if item["id"] == "tc")["packs"]
    content = files["course/day/day-pack.zip"]
    assert entry["archive"] == {"url": "course/day/day-pack.zip", "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    assert (entry["id"], entry["pdf"]["url"], entry["docx"]) == ("cp-day", "course/day/day.pdf", "course/day/day.docx")

    document = Document(io.BytesIO(files["course/day/day.docx"]))
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert heads == ["Invitation", "Sign-in sheet", "Evaluation", "Certificate", "Thanks"]
    assert "Table" not in [word.text for word in sheets(made.site / "course/day/day-sign-in.pdf")[0].words]
    (turned,) = sheets(made.site / "course/day/day-certificate.pdf")
    assert turned.width > turned.height
    words = " ".join(word.text for word in turned.words)
    assert "(Name)" in words and "[" not in words, "a blank of a certificate is a line to write on"
    printed = [sheet for sheet in sheets(made.site / "course/day/day.pdf")]
    # Each paper begins a page of the whole.
    tops = [" ".join(word.text for word in sheet.words[:12]) for sheet in printed]
    for paper in ("Invitation", "Sign-in sheet", "Evaluation", "Certificate"):
        assert any(paper in top for top in tops), tops


def test_a_file_that_is_not_made_stops_the_build(pack: Path, build: Callable[..., Built]) -> None:
    edit(pack / YML, "  - file: brief:comments\n", "  - file: card:comments\n")
    made = build(pack)
    assert made.status != 0
    assert f"{YML}:9: No file is made for “card:comments”: briefs/comments/comments-card.pdf. Name one that is made, or take it out. [pack]" in made.output
