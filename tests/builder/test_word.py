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

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SAMPLE = 10
VILLAGE = {"form": ["short"], "agency": ["village"], "population": ["small"], "records": ["lgs1"], "scope": ["staff"], "officials": ["own-pages"],
           "purposes": ["notices"], "comments": ["marked"]}  # fmt: skip
ASKED = (("village", "marked"), ("village", "closed"), ("library", "open"), ("library", "marked"), ("school", "marked"))
VALUES = {"agency-name": "Village of Alder", "website": "www.villageofalder.example", "platform-named": "Facebook", "hours": "weekdays"}


def written(data: dict, states: Sequence[dict], folder: Path) -> list[list[dict]]:
    """Write a Word file of each state into `folder`, and return the blocks of its draft."""
    command = [str(_node()), str(Path(__file__).parent / "word.cjs"), str(ASSETS / "policy-draft.js"), str(ASSETS / "policy-docx.js")]
    text = json.dumps({"data": data, "states": states, "folder": str(folder)})
    done = subprocess.run([*command, str(ROOT / "node_modules/docx")], input=text, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def read_back(path: Path) -> list[str]:
    return ["".join(t.text or "" for t in p._p.iter(f"{W}t")) for p in Document(str(path)).paragraphs]


def test_the_word_files_hold_the_drafts(data, record, proof: bool, tmp_path: Path) -> None:
    sets = pairs(record)
    states = [state(answers) for answers in (sets if proof else sets[:: max(1, len(sets) // SAMPLE)])]
    for index, blocks in enumerate(written(data, states, tmp_path)):
        assert read_back(tmp_path / f"{index}.docx") == [block["text"] for block in blocks]


@pytest.mark.proof
def test_a_short_policy_stands_on_two_pages_in_libreoffice(data, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        without("no LibreOffice on this machine: apt-get install libreoffice-writer-nogui")
    states = [{"answers": VILLAGE | {"agency": [agency], "comments": [setting]}, "values": VALUES} for agency, setting in ASKED]
    drafts = written(data, states, tmp_path)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    files = [str(tmp_path / f"{index}.docx") for index in range(len(states))]
    subprocess.run([office, "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path), *files], capture_output=True, check=True, timeout=180)
    for index, blocks in enumerate(drafts):
        document = pypdfium2.PdfDocument(tmp_path / f"{index}.pdf")
        pages = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
        paper = next(block["text"] for block in blocks if block["text"] == "Notice of the meeting")
        assert [number for number, text in enumerate(pages) if paper in text] == [2]
        assert "Signed:" in pages[1]
