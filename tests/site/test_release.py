"""A release: of what is committed, whole, the same bytes each time, and its citation files as their standards ask."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from hooks.series.releases import SOURCE
from hooks.site.release import Refused, main, make

DAY = date(2026, 12, 1)
NAME = "on-the-record-2026-12-01"
SETTINGS = """site_name: On the Record
site_description: Guidance.
site_url: https://www.example.gov/
extra:
  report: mailto:web@example.gov
  series:
    name: On the Record
    authors: [On the Record]
    note: Guidance, not legal advice.
    licence: Text licensed CC BY 4.0.
    licence_url: https://creativecommons.org/licenses/by/4.0/
    licence_confirmed: true
"""
SITE = {
    "index.html": '<a href="law/">Law</a>',
    "law/index.html": '<a href="../">Home</a>',
    "briefs/a/a.pdf": "pdf of a",
    "briefs/a/a-ed2.pdf/index.html": "leads on",
    "briefs/a/a-ed1.pdf": "kept",
    "data/cases.csv": "id\r\n",
    "data/datapackage.json": "{}",
    "literature.bib": "@x",
    "white-paper/figures/data/uses.csv": "a,b\n",
    "catalogue.json": json.dumps({"publications": [{"id": "ib-01", "revised": "2026-11-20"}, {"id": "ib-02", "revised": "2026-11-25"}]}),
    "_headers": "",
    ".nojekyll": "",
}
# The rules of the Citation File Format 1.2.0 for the keys that we write, put in other words from its schema
# (https://citation-file-format.github.io/1.2.0/schema): no other key, and of each its type.
URL = {"type": "string", "pattern": "^(https|http|ftp|sftp)://.+"}
TEXT = {"type": "string", "minLength": 1}
CFF = {
    "type": "object",
    "additionalProperties": False,
    "required": ["authors", "cff-version", "message", "title"],
    "properties": {
        "cff-version": {"const": "1.2.0"},
        "message": TEXT,
        "type": {"enum": ["dataset", "software"]},
        "title": TEXT,
        "abstract": TEXT,
        "authors": {
            "type": "array", "minItems": 1, "uniqueItems": True,
            "items": {"required": ["name"], "additionalProperties": False, "properties": {"name": TEXT}},
        },
        "version": {"anyOf": [TEXT, {"type": "number"}]},
        "date-released": {"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[012])-(0[1-9]|[12][0-9]|3[01])$"},
        "commit": TEXT,
        "license": {"enum": ["CC-BY-4.0"]},
        "license-url": URL,
        "keywords": {"type": "array", "minItems": 1, "uniqueItems": True, "items": TEXT},
        "url": URL,
        "repository-code": URL,
    },
}
# What Zenodo's documentation of a deposit's metadata asks for, as far as we write it (https://developers.zenodo.org/#deposit-metadata).
ZENODO = {
    "type": "object",
    "additionalProperties": False,
    "required": ["upload_type", "publication_type", "publication_date", "title", "creators", "description", "access_right", "license"],
    "properties": {
        "upload_type": {"const": "publication"},
        "publication_type": {"enum": ["book", "report", "technicalnote", "workingpaper", "other"]},
        "publication_date": {"type": "string", "format": "date"},
        "title": TEXT,
        "creators": {"type": "array", "minItems": 1, "items": {"required": ["name"], "properties": {"name": TEXT}}},
        "description": TEXT,
        "access_right": {"enum": ["open", "embargoed", "restricted", "closed"]},
        "license": TEXT,
        "version": {"type": "string"},
        "language": {"type": "string", "pattern": "^[a-z]{3}$"},
        "keywords": {"type": "array", "items": TEXT},
        "related_identifiers": {"type": "array", "items": {"required": ["identifier", "relation"], "properties": {"relation": {"enum": ["isDerivedFrom"]}}}},
    },
}


def git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(root), "-c", "user.name=A", "-c", "user.email=a@b.example", *arguments], check=True, capture_output=True)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project under version control, with nothing to commit."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    root = tmp_path / "project"
    (root / "docs/about").mkdir(parents=True)
    (root / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    (root / ".gitignore").write_text("/release/\n/.site.*\n/node_modules\n", encoding="utf-8")
    font = root / "node_modules/@fontsource/public-sans/LICENSE"
    font.parent.mkdir(parents=True)
    font.write_text("Open Font License", encoding="utf-8")
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "All")
    return root


def build(root: Path, folder: Path, day: date) -> str:
    assert day == DAY
    for name, text in SITE.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return ""


def test_it_holds_the_whole_and_every_checksum_is_right(project: Path) -> None:
    done = make(project, DAY, build)
    assert done.folder == project / "release" / NAME and done.file == project / f"release/{NAME}.zip"
    files = {path.relative_to(done.folder).as_posix(): path.read_bytes() for path in done.folder.rglob("*") if path.is_file()}
    assert set(files) == {
        "README.md", "LICENSE.txt", "CITATION.cff", ".zenodo.json", "SHA256SUMS", f"{NAME}-site.zip", "licenses/fontsource-public-sans.txt",
        "pdf/briefs/a/a.pdf", "pdf/briefs/a/a-ed1.pdf", "data/cases.csv", "data/datapackage.json", "data/catalogue.json", "data/literature.bib",
        "data/figures/white-paper/uses.csv",
    }  # fmt: skip
    sums = dict(reversed(line.split("  ")) for line in files["SHA256SUMS"].decode().splitlines())
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in files.items() if name != "SHA256SUMS"}
    with zipfile.ZipFile(done.file) as packed:
        assert {name.removeprefix(f"{NAME}/"): packed.read(name) for name in packed.namelist()} == files
    assert hashlib.sha256(done.file.read_bytes()).hexdigest() == done.sha256
    with zipfile.ZipFile(io.BytesIO(files[f"{NAME}-site.zip"])) as site:
        assert b'href="law/index.html"' in site.read(f"{NAME}/index.html")
        assert not {f"{NAME}/_headers", f"{NAME}/.nojekyll"} & set(site.namelist())
    assert not (project / ".site.release").exists()
    said = files["LICENSE.txt"].decode()
    assert "https://creativecommons.org/licenses/by/4.0/" in said and "Guidance, not legal advice." in said


def test_the_same_commit_and_day_give_the_same_bytes(project: Path) -> None:
    first = make(project, DAY, build).file.read_bytes()
    shutil.rmtree(project / "release")
    assert make(project, DAY, build).file.read_bytes() == first


def test_its_citation_file_keeps_to_the_format(project: Path) -> None:
    text = (make(project, DAY, build).folder / "CITATION.cff").read_text(encoding="utf-8")
    said: dict[str, Any] = yaml.safe_load(text)
    assert isinstance(said["date-released"], str) or said["date-released"] == DAY
    said |= {"date-released": str(said["date-released"]), "version": str(said["version"])}
    jsonschema.Draft7Validator(CFF).validate(said)
    assert (said["license"], said["title"], said["date-released"]) == ("CC-BY-4.0", "On the Record, release of December 1, 2026", "2026-12-01")
    assert len(said["commit"]) == 40


def test_its_file_for_zenodo_has_what_a_deposit_needs(project: Path) -> None:
    said = json.loads((make(project, DAY, build).folder / ".zenodo.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(ZENODO, format_checker=jsonschema.FormatChecker()).validate(said)
    assert (said["license"], said["related_identifiers"][0]["identifier"]) == ("CC-BY-4.0", "https://www.example.gov/")


def test_the_lines_to_add_to_the_list_are_said_and_are_right(project: Path, capsys) -> None:
    assert main(["--date", "2026-12-01"], project, build) == 0
    said = capsys.readouterr().out
    lines = said[said.index("- date:") :].splitlines()
    digest = hashlib.sha256((project / f"release/{NAME}.zip").read_bytes()).hexdigest()
    assert lines[:3] == ["- date: 2026-12-01", "  note: What changed since the release before, in a sentence.", f"  sha256: {digest}"]
    assert "Settle these first" not in said


def test_what_is_still_to_be_settled_is_said_beside_it(project: Path, capsys) -> None:
    (project / "mkdocs.yml").write_text(SETTINGS.replace("www.example.gov", "x.example").replace("confirmed: true", "confirmed: false"), encoding="utf-8")
    git(project, "commit", "-qam", "Placeholder")
    assert main(["--date", "2026-12-01"], project, build) == 0
    said = capsys.readouterr().out
    assert "Settle these first" in said and "placeholder" in said and "licence_confirmed" in said


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda root: (root / "new.md").write_text("x"), "new.md"),
        (lambda root: (root / "mkdocs.yml").write_text(SETTINGS + "# changed\n"), "mkdocs.yml"),
        (lambda root: shutil.rmtree(root / ".git"), "not under version control"),
        (lambda root: (root / "release" / NAME).mkdir(parents=True), "is there already"),
        (lambda root: listed(root, "2026-12-01"), "is listed in docs/about/releases.yml already"),
        (lambda root: listed(root, "2027-01-01"), "is later than 2026-12-01"),
        (lambda root: listed(root, "soon"), "releases.yml:1"),
    ],
)
def test_what_cannot_be_released_rightly_is_refused_and_nothing_is_written(project: Path, spoil: Any, message: str, capsys) -> None:
    spoil(project)
    before = sorted((project / "release").rglob("*"))
    assert main(["--date", "2026-12-01"], project, build) == 1
    assert message in capsys.readouterr().err
    assert sorted((project / "release").rglob("*")) == before


def listed(root: Path, day: str) -> None:
    (root / SOURCE).write_text(f"- date: {day}\n  note: First.\n  sha256: {'a' * 64}\n", encoding="utf-8")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "Listed")


def test_a_day_before_the_last_change_of_a_publication_is_refused(project: Path) -> None:
    def early(root: Path, folder: Path, day: date) -> str:
        return build(root, folder, DAY)

    with pytest.raises(Refused, match="ib-02 was revised on 2026-11-25"):
        make(project, date(2026, 11, 24), early)
    assert not (project / "release").exists() and not (project / ".site.release").exists()


def test_a_build_that_fails_is_told_as_it_told_it(project: Path) -> None:
    with pytest.raises(Refused, match=r"briefs/x\.md:3: Wrong\."):
        make(project, DAY, lambda root, folder, day: "briefs/x.md:3: Wrong.")
    assert not (project / "release").exists()


@pytest.mark.parametrize("given", ["", "tomorrow", "2026-13-01", "12/01/2026"])
def test_a_day_that_is_none_is_answered_with_how_to_write_it(project: Path, given: str, capsys) -> None:
    assert main(["--date", given], project, build) == 1
    assert "make release DATE=2026-12-01" in capsys.readouterr().err


@pytest.mark.proof
def test_a_whole_project_is_released(sample: Path, build, capsys) -> None:
    """With the command's own build, of the sample project."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    first = build(sample)
    assert first.status == 0, first.output
    shutil.rmtree(sample / "site")
    (sample / ".gitignore").write_text("/site/\n/.site.*\n/.cache/\n/release/\n/node_modules\n", encoding="utf-8")
    git(sample, "init", "-q")
    git(sample, "add", "-A")
    git(sample, "commit", "-qm", "All")
    assert main(["--date", "2026-12-01"], sample) == 0, capsys.readouterr()
    (folder,) = [path for path in (sample / "release").iterdir() if path.is_dir()]
    assert (folder / "pdf/briefs/comments/comments.pdf").read_bytes().startswith(b"%PDF")
    assert {"cases.csv", "recommendations.json", "datapackage.json", "catalogue.json"} <= {path.name for path in (folder / "data").iterdir()}
