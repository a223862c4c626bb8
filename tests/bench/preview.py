"""How long a save takes until its page is served, and what the server holds. `python -m tests.bench.preview FOLDER FILE PAGE [SAVES]`.

FOLDER is a project, which is served and whose FILE, a brief or another page relative to it, is changed and changed back; PAGE is the
address of its page, relative to the site's.
"""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hooks.core.workers import VARIABLE as PROCESSES
from tests.served import Served, command, free_port, started

_WORD = re.compile(r"\n\n(?=[A-Z][a-z]+ [a-z]+ [a-z]+ )")


@dataclass(frozen=True)
class Preview:
    """Seconds from a save to the page, the median and the longest; what the server holds after the first save and after the last, in MiB."""

    saves: int
    median: float
    longest: float
    before: float
    after: float


@dataclass(frozen=True)
class Save:
    """What is saved: its name in the report, the file below the project, the address that shows it, and where in the file a word is put in."""

    what: str
    file: str
    page: str
    place: int


def paragraph(text: str) -> int | None:
    """Where the first paragraph below the front matter begins that opens with three plain words; None where there is none."""
    found = _WORD.search(text, text.index("\n---\n", 4))
    return found.end() if found else None


def measure(served: Served, pid: int, file: Path, page: str, saves: int, place: int | None = None) -> Preview:
    """Put a word into `file` again and again, at `place` or where a paragraph begins; each time is taken when what is served at `page` has it.

    The file is left as it was.
    """
    text = file.read_text(encoding="utf-8")
    at = paragraph(text) if place is None else place
    if at is None:
        raise SystemExit(f"{file} has no paragraph that begins with three plain words.")
    times, held = [], []
    try:
        for number in range(saves):
            word = f"Saved{number}"
            start = time.monotonic()
            file.write_text(f"{text[:at]}{word} {text[at:]}", encoding="utf-8")
            while word not in served.page(page):
                time.sleep(0.01)
            times.append(time.monotonic() - start)
            held.append(_held(pid))
    finally:
        file.write_text(text, encoding="utf-8")
    return Preview(saves, statistics.median(times), max(times), held[0], held[-1])


def saves_of(root: Path) -> Iterator[Save]:
    """One of each kind of file that an author saves, of those that the project at `root` has: a brief, a case, a law record, a term, the style."""
    kinds = (("a brief", "briefs", "briefs"), ("a case", "docs/case-studies", "case-studies"))
    for what, folder, address in kinds:
        for path in sorted((root / folder).glob("*.md")):
            place = paragraph(path.read_text(encoding="utf-8")) if path.stem != "index" else None
            if place is not None:
                yield Save(what, path.relative_to(root).as_posix(), f"{address}/{path.stem}/", place)
                break
    for path in sorted((root / "docs/law").glob("*.yml")):
        text = path.read_text(encoding="utf-8")
        if found := re.search(r"^- id: ([\w-]+)$(?:\n(?!- ).*)*?\n  meaning: >-\n +(?=[A-Z])", text, re.MULTILINE):
            yield Save("a law record", path.relative_to(root).as_posix(), f"law/{found[1]}/", found.end())
            break
    terms = root / "docs/glossary/terms.yml"
    if terms.exists() and (found := re.search(r'definition: "', terms.read_text(encoding="utf-8"))):
        yield Save("a term", "docs/glossary/terms.yml", "glossary/", found.end())
    style = root / "hooks/theme/assets/site.css"
    if style.exists():
        yield Save("the style sheet", style.relative_to(root).as_posix(), "assets/site.css", style.read_text(encoding="utf-8").index("/*") + 2)


def measured(root: Path, given: Iterable[Save], saves: int) -> dict[str, Preview]:
    """The project at `root` under its server: what each of these saves takes, by its name."""
    with _running(root) as (served, pid):
        return {save.what: measure(served, pid, root / save.file, save.page, saves, save.place) for save in given}


def copy_of(project: Path, folder: Path) -> Path:
    """A copy of the project in `folder` that may be changed, with what it has in its cache; Git's list says which files are its own."""
    shutil.rmtree(folder, ignore_errors=True)
    names = subprocess.run(["git", "ls-files", "-z"], cwd=project, capture_output=True, text=True, check=True).stdout.split("\0")
    for name in filter(None, names):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(project / name, folder / name)
    for name in ("node_modules", ".venv"):
        (folder / name).symlink_to(project / name)
    kept = [path for path in (project / ".cache").iterdir() if path.name != "bench"]
    for path in kept:
        (shutil.copytree if path.is_dir() else shutil.copy2)(path, folder / ".cache" / path.name)
    return folder


@contextmanager
def _running(root: Path) -> Iterator[tuple[Served, int]]:
    arguments, variables = command(root, port := free_port(), root / "mkdocs.yml")
    # As an author has it: editions are made beside the server, over the cores.
    variables.pop(PROCESSES, None)
    process = subprocess.Popen(arguments, cwd=root, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        yield started(process, port), process.pid
    finally:
        process.terminate()
        process.wait()


def _held(pid: int) -> float:
    """Resident memory in MiB."""
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def main() -> None:
    root, file, page = Path(sys.argv[1]).resolve(), sys.argv[2], sys.argv[3]
    saves = int(sys.argv[4]) if len(sys.argv) > 4 else 50
    with _running(root) as (served, pid):
        taken = measure(served, pid, root / file, page, saves)
    print(f"{taken.saves} saves of {file}: median {taken.median:.2f} s, longest {taken.longest:.2f} s")
    print(f"Held: {taken.before:.0f} MiB after the first, {taken.after:.0f} MiB after the last")


if __name__ == "__main__":
    main()
