"""The Word files of drafts, written by the page's own script: read back over the matrix, and opened by LibreOffice."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
import pytest
from docx import Document

from tests.machine import without
from tests.support import ROOT

from .conftest import ASSETS, _node
from .matrix import pairs
from .test_draft import state
from .test_language import CHUNK, every, text_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SAMPLE = 10
VILLAGE = {"form": ["short"], "agency": ["village"], "population": ["small"], "records": ["lgs1"], "scope": ["staff"], "officials": ["own-pages"],
           "purposes": ["notices"], "comments": ["marked"]}  # fmt: skip
ASKED = (("village", "marked"), ("village", "closed"), ("library", "open"), ("library", "marked"), ("school", "marked"))
VALUES = {"agency-name": "Village of Alder", "website": "www.villageofalder.example", "platform-named": "Facebook", "hours": "weekdays"}
FILLED = VALUES | {
    "platform-named": "Facebook, and each other official account,", "hours": "weekdays from 9 a.m. to noon and from 1 to 4 p.m.",
    "computer-rule": "section 6 of the employee handbook", "address": "Village Hall, 325 Hudson Street, clerk@villageofalder.example",
    "security-incident.1": "the Village Clerk, 518-555-0100,", "adopted": "December 14, 2026",
}  # fmt: skip
"""As long as a body may well write them."""


def written(data: dict, states: Sequence[dict], folder: Path) -> list[list[dict]]:
    """Write a Word file of each state into `folder`, and return the blocks of its draft."""
    command = [str(_node()), str(Path(__file__).parent / "word.cjs"), str(ASSETS / "policy-draft.js"), str(ASSETS / "policy-docx.js")]
    text = json.dumps({"data": data, "states": states, "folder": str(folder)})
    done = subprocess.run([*command, str(ROOT / "node_modules/docx")], input=text, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def read_back(path: Path) -> list[str]:
    return ["".join(t.text or "" for t in p._p.iter(f"{W}t")) for p in Document(str(path)).paragraphs]


def printed(data: dict, states: Sequence[dict], folder: Path) -> list[tuple[list[dict], list[str]]]:
    """The blocks of each state's draft, and the text of each page that LibreOffice makes of its Word file in `folder`."""
    office = shutil.which("soffice")
    if office is None:
        without("no LibreOffice on this machine: apt-get install libreoffice-writer-nogui")
    drafts = written(data, states, folder)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = [str(folder / f"{index}.docx") for index in range(len(states))]
    subprocess.run([office, "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder), *files], capture_output=True, check=True, timeout=180)
    documents = (pypdfium2.PdfDocument(folder / f"{index}.pdf") for index in range(len(states)))
    return [(blocks, [" ".join(page.get_textpage().get_text_range().split()) for page in pages]) for blocks, pages in zip(drafts, documents, strict=True)]


def test_the_word_files_hold_the_drafts(data, record, proof: bool, tmp_path: Path) -> None:
    sets = pairs(record)
    states = [state(answers) for answers in (sets if proof else sets[:: max(1, len(sets) // SAMPLE)])]
    for index, blocks in enumerate(written(data, states, tmp_path)):
        assert read_back(tmp_path / f"{index}.docx") == [block["text"] for block in blocks]


@pytest.mark.proof
def test_a_short_policy_stands_on_two_pages_in_libreoffice(data, tmp_path: Path) -> None:
    states = [{"answers": VILLAGE | {"agency": [agency], "comments": [setting]}, "values": VALUES} for agency, setting in ASKED]
    for blocks, pages in printed(data, states, tmp_path):
        paper = next(block["text"] for block in blocks if block["text"] == "Notice of the meeting")
        assert [number for number, text in enumerate(pages) if paper in text] == [2]
        assert "Signed:" in pages[1]


@pytest.mark.proof
def test_the_longest_short_policy_of_each_body_stands_on_two_pages(data, record, assemble, tmp_path: Path) -> None:
    longest: dict[str, tuple[int, dict]] = {}
    states = [state(answers, values=FILLED) for answers in every(record, "short")]
    for start in range(0, len(states), CHUNK):
        chunk = states[start : start + CHUNK]
        for given, draft in zip(chunk, assemble(chunk), strict=True):
            (agency,) = given["answers"]["agency"]
            longest[agency] = max(longest.get(agency, (0, {})), (len(text_of(draft).split()), given), key=lambda pair: pair[0])
    assert {"village", "library", "school", "state"} <= set(longest)
    for agency, (_, pages) in zip(longest, printed(data, [given for _, given in longest.values()], tmp_path), strict=True):
        assert next(number for number, text in enumerate(pages) if "Date: ____" in text) == 1, agency
