"""A release of the whole under one date: `make release DATE=2026-12-01`, or `python -m hooks.site.release --date 2026-12-01`.

It is made of what is committed, in a build of its own that takes the date for today, so that the same commit and date give the same
bytes. It holds the site to read without a network, every PDF, the data, the license and a checksum of each file; CITATION.cff (Citation
File Format 1.2.0, https://citation-file-format.github.io/1.2.0/schema) says how to cite it, and .zenodo.json is what Zenodo asks of a
deposit (https://developers.zenodo.org/#deposit-metadata).
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from hooks.core.cache import write_atomically
from hooks.core.tree import long_date
from hooks.registers.data import package_name, spdx
from hooks.series.addresses import DATA
from hooks.series.plot_data import DATA as FIGURES
from hooks.series.releases import SOURCE, load_releases
from hooks.series.settings import as_stated
from hooks.site.offline import archive, offline_files
from hooks.site.publish_check import check_address, check_settings, settings_of

FOLDER = "release"
_BUILD = ".site.release"
_BESIDE = ("catalogue.json", "catalogue.schema.json", "literature.bib", "literature.json")
"""What goes with the tables, besides those."""
_PACKAGES = (
    "@fontsource-variable/public-sans", "@fontsource-variable/source-serif-4", "@fontsource/public-sans", "@fontsource/source-serif-4", "docx", "fflate",
)  # fmt: skip
"""Packages of which a part is in the site or in its PDFs, and which ask that their license go with it."""
_KEYWORDS = ("social media policy", "government", "New York State", "public records", "First Amendment")
_SHOWN = 8

Build = Callable[[Path, Path, date], str]
"""Builds the site of a root into a folder as on that day; what went wrong, or nothing."""


class Refused(Exception):
    """Why no release was made, and what to do; nothing was written."""


@dataclass(frozen=True)
class About:
    """What every file of a release says of it."""

    name: str
    description: str
    authors: tuple[str, ...]
    licence: str
    licence_url: str
    note: str
    site_url: str
    repo_url: str
    day: date
    commit: str

    @property
    def stem(self) -> str:
        """Of its folder and file: `on-the-record-2026-12-01`."""
        return f"{package_name(self.name)}-{self.day}"

    @property
    def title(self) -> str:
        return f"{self.name}, release of {long_date(self.day)}"


@dataclass(frozen=True)
class Released:
    """What was made: the folder, the file, and the lines to add to the list of releases."""

    folder: Path
    file: Path
    sha256: str
    many: int
    size: int


def about(settings: Mapping[str, Any], day: date, commit: str) -> About:
    """The release of a day, by mkdocs.yml."""
    said = as_stated(settings["extra"]["series"])
    return About(
        said["name"], str(settings.get("site_description") or said["name"]), tuple(said["authors"]), said["licence"], said["licence_url"], said["note"],
        str(settings.get("site_url") or ""), str(settings.get("repo_url") or ""), day, commit,
    )  # fmt: skip


def head(root: Path) -> str:
    """The commit that a release is of. Raises Refused where there is none, or where something is not committed."""
    if shutil.which("git") is None or _git(root, "rev-parse", "--is-inside-work-tree").strip() != "true":
        raise Refused("This is not under version control, and a release is of what was committed. Make one from a clone.")
    changed = _git(root, "status", "--porcelain", "--untracked-files=normal", ".").splitlines()
    if changed:
        rest = [f"    … and {len(changed) - _SHOWN} more"] if len(changed) > _SHOWN else []
        lines = ["A release is of what was committed, and these are not:", *(f"    {line}" for line in changed[:_SHOWN]), *rest]
        raise Refused("\n".join([*lines, "Commit them, or put them aside with `git stash --include-untracked`, then run this again."]))
    commit = _git(root, "rev-parse", "HEAD").strip()
    if not re.fullmatch(r"[0-9a-f]{40,64}", commit):
        raise Refused("Nothing has been committed yet, and a release is of what was committed.")
    return commit


def _git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else ""


def build_site(root: Path, folder: Path, day: date) -> str:
    """Build the site into `folder` as on that day at noon UTC; what was said if it failed, else nothing."""
    noon = str(int(datetime.combine(day, time(12), UTC).timestamp()))
    command = [sys.executable, "-m", "hooks.build", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=root, env={**os.environ, "SOURCE_DATE_EPOCH": noon}, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else (done.stdout + done.stderr).strip() or "The build failed."


def make(root: Path, day: date, build: Build = build_site) -> Released:
    """Make the release of a day below `release/`. Raises Refused, with nothing written there, where that cannot be done rightly."""
    try:
        settings = settings_of(root)
    except ValueError as error:
        raise Refused(str(error)) from error
    commit = head(root)
    listed, problems = load_releases(root)
    if problems:
        raise Refused("\n".join(map(str, problems)))
    if any(item.date == day for item in listed):
        raise Refused(f"The release of {day} is listed in {SOURCE} already, and a release is not changed. Give another day: DATE=….")
    if listed and day < listed[0].date:
        raise Refused(f"The newest release, of {listed[0].date}, is later than {day}. Give a later day: DATE=….")
    what = about(settings, day, commit)
    folder, file = root / FOLDER / what.stem, root / FOLDER / f"{what.stem}.zip"
    for path in (folder, file):
        if path.exists():
            raise Refused(f"{path.relative_to(root)} is there already. Move it away if it was never given out.")
    site = root / _BUILD
    try:
        failed = build(root, site, day)
        if failed:
            raise Refused(f"{failed}\nThe site cannot be built, so no release was made.")
        late = later(site, day)
        if late:
            raise Refused(f"The release would be of {day}, and {late}. Give a later day: DATE=….")
        files = contents(root, site, what)
    finally:
        shutil.rmtree(site, ignore_errors=True)
    packed = archive(files, what.stem)
    _write(folder, file, files, packed)
    return Released(folder, file, sha256(packed).hexdigest(), len(files), len(packed))


def later(site: Path, day: date) -> str:
    """Which publication of the finished site was revised after that day; empty if none."""
    catalogue = json.loads((site / "catalogue.json").read_text(encoding="utf-8"))
    late = [(item["revised"], item["id"]) for item in catalogue["publications"] if item["revised"] > day.isoformat()]
    return f"{max(late)[1]} was revised on {max(late)[0]}" if late else ""


def contents(root: Path, site: Path, what: About) -> dict[str, bytes]:
    """Every file of the release by its path, from the finished site in the folder `site`."""
    files: dict[str, bytes] = {f"{what.stem}-site.zip": archive(offline_files(site), what.stem)}
    files |= {f"pdf/{path.relative_to(site).as_posix()}": path.read_bytes() for path in sorted(site.rglob("*.pdf")) if path.is_file()}
    files |= {f"data/{path.name}": path.read_bytes() for path in sorted((site / DATA).glob("*")) if path.is_file()}
    files |= {f"data/{name}": (site / name).read_bytes() for name in _BESIDE if (site / name).is_file()}
    # The numbers of each figure, with what they count and where they are from.
    for path in sorted(site.rglob(f"{FIGURES}/*")):
        files[f"data/figures/{path.relative_to(site).as_posix().replace(f'{FIGURES}/', '')}"] = path.read_bytes()
    texts = {
        "README.md": readme(what, files), "LICENSE.txt": licence(what), "CITATION.cff": citation(what), ".zenodo.json": zenodo(what),
        **dict(_others(root)),
    }  # fmt: skip
    files |= {name: text.encode() for name, text in texts.items()}
    return files | {"SHA256SUMS": sums(files).encode()}


def _others(root: Path) -> Iterator[tuple[str, str]]:
    for name in _PACKAGES:
        path = root / "node_modules" / name / "LICENSE"
        if path.is_file():
            yield f"licenses/{name.removeprefix('@').replace('/', '-')}.txt", path.read_text(encoding="utf-8")


def sums(files: Mapping[str, bytes]) -> str:
    """The checksums as `sha256sum` reads and writes them (GNU coreutils)."""
    return "".join(f"{sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))


def licence(what: About) -> str:
    """The statement of the licence, as every page has it, with the address of its text."""
    lines = [what.licence, *filter(None, [what.licence_url]), "", what.note, ""]
    lines += ["The fonts and scripts of others in the site and its PDFs have their own licenses: see the folder licenses.", ""]
    return "\n".join(lines)


def readme(what: About, files: Mapping[str, bytes]) -> str:
    """What is in the release, to be read first."""
    pdfs = sum(name.startswith("pdf/") for name in files)
    return f"""# {what.title}

{what.description}

{what.note}

- `{what.stem}-site.zip`: the whole site. Unpack it and open `index.html`; no network is needed.
- `pdf/`: all {pdfs} PDFs, under the addresses that they have on the site.
- `data/`: recommendations, case studies, law, questions and coded policies as CSV and JSON, with JSON Schemas.
  `datapackage.json` is the dictionary; `catalogue.json` lists the publications with their editions; `literature.bib` and
  `literature.json` are the sources; `figures/` has the numbers of each figure.
- `LICENSE.txt`, `licenses/`: what you may do with it, and the licenses of fonts and scripts of others.
- `CITATION.cff`: how to cite it. `.zenodo.json`: what a deposit at Zenodo says of it.
- `SHA256SUMS`: a checksum of every file. `sha256sum --check SHA256SUMS` checks them all.

It is made of the commit {what.commit}. The site goes on at <{what.site_url}>; this does not change.
"""


def citation(what: About) -> str:
    """CITATION.cff, version 1.2.0."""
    said: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "Cite this release where a reader must find exactly what you read; else cite the edition of the publication.",
        "type": "dataset",
        "title": what.title,
        "abstract": what.description,
        "authors": [{"name": name} for name in what.authors],
        "version": str(what.day),
        "date-released": str(what.day),
        "commit": what.commit,
        "keywords": list(_KEYWORDS),
    }
    if spdx(what.licence_url):
        said["license"] = spdx(what.licence_url)
    elif what.licence_url:
        said["license-url"] = what.licence_url
    said |= {key: address for key, address in (("url", what.site_url), ("repository-code", what.repo_url)) if re.match(r"https?://.+", address)}
    return yaml.safe_dump(said, sort_keys=False, allow_unicode=True, width=120)


def zenodo(what: About) -> str:
    """The metadata of a deposit at Zenodo. It registers the DOI; one that is reserved before can be written in."""
    said: dict[str, Any] = {
        "upload_type": "publication",
        "publication_type": "report",
        "title": what.title,
        "creators": [{"name": name} for name in what.authors],
        "description": f"<p>{_escaped(what.description)}</p><p>{_escaped(what.note)}</p>",
        "publication_date": str(what.day),
        "access_right": "open",
        "version": str(what.day),
        "language": "eng",
        "keywords": list(_KEYWORDS),
    }
    if spdx(what.licence_url):
        said["license"] = spdx(what.licence_url)
    if re.match(r"https?://.+", what.site_url):
        said["related_identifiers"] = [{"identifier": what.site_url, "relation": "isDerivedFrom"}]
    return json.dumps(said, indent=2, ensure_ascii=False) + "\n"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _write(folder: Path, file: Path, files: Mapping[str, bytes], packed: bytes) -> None:
    """Write the folder and the file, or neither."""
    unfinished = folder.with_name(f".{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        for name, content in files.items():
            target = unfinished / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        write_atomically(file, packed)
        unfinished.rename(folder)
    except OSError as error:
        shutil.rmtree(unfinished, ignore_errors=True)
        file.unlink(missing_ok=True)
        raise Refused(f"{error.filename or 'A file'} cannot be written: {error.strerror or error}. No release was made.") from error


def said(done: Released, root: Path, day: date, settings: Mapping[str, Any]) -> str:
    """What was made, what to do next, and what would better be settled before it is given out."""
    lines = [
        f"{done.folder.relative_to(root)}/: {done.many} files.",
        f"{done.file.relative_to(root)}: {done.size / 1e6:.1f} MB.",
        "",
        f"When it is given out, add to the top of {SOURCE}:",
        "",
        f"- date: {day}",
        "  note: What changed since the release before, in a sentence.",
        f"  sha256: {done.sha256}",
        "  url: https://… (where the ZIP file can be had)",
        "  doi: 10.… (if it has one; else leave the line out)",
    ]
    open_ = [item for item in (*check_address(str(settings.get("site_url") or "")), *check_settings(settings)) if item.stops]
    if open_:
        lines += ["", "A release cannot be changed once it is given out. Settle these first, and make it anew:"]
        lines += [f"- {item.place}: {item.what} {item.remedy}" for item in open_]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None, root: Path | None = None, build: Build = build_site) -> int:
    """Exit status 0 if the release was made, 1 if something is missing or in the way."""
    parser = argparse.ArgumentParser(prog="python -m hooks.site.release", description="A dated archive of the whole.")
    parser.add_argument("--date", default="", help="the day of the release, 2026-12-01")
    options = parser.parse_args(arguments)
    root = root or Path.cwd()
    try:
        day = date.fromisoformat(options.date.strip())
    except ValueError:
        given = f"DATE is “{options.date.strip()}”." if options.date.strip() else "Of which day? "
        print(f"{given.strip()} Write a date as 2026-12-01: make release DATE=2026-12-01", file=sys.stderr)
        return 1
    try:
        done = make(root, day, build)
        print(said(done, root, day, settings_of(root)))
    except Refused as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
