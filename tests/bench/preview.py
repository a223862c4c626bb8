"""How long a save takes until its page is served, and what the server holds. `python -m tests.bench.preview FOLDER FILE PAGE [SAVES]`.

FOLDER is a project, which is served and whose FILE, a brief or another page relative to it, is changed and changed back; PAGE is the
address of its page, relative to the site's.
"""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.served import Served, command, free_port, started

_WORD = re.compile(r"\n\n([A-Z][a-z]+ [a-z]+ [a-z]+ )")


@dataclass(frozen=True)
class Preview:
    """Seconds from a save to the page, the median and the longest; what the server holds after the first save and after the last, in MiB."""

    saves: int
    median: float
    longest: float
    before: float
    after: float


def measure(served: Served, pid: int, file: Path, page: str, saves: int) -> Preview:
    """Change a word of `file` again and again; each time is taken when the page that is served has it. The file is left as it was."""
    text = file.read_text(encoding="utf-8")
    body = text.index("\n---\n", 4)
    found = _WORD.search(text, body)
    if found is None:
        raise SystemExit(f"{file} has no paragraph that begins with three plain words.")
    times, held = [], []
    try:
        for number in range(saves):
            word = f"Saved{number}"
            start = time.monotonic()
            file.write_text(f"{text[: found.start(1)]}{word} {text[found.start(1) :]}", encoding="utf-8")
            while word not in served.page(page):
                time.sleep(0.01)
            times.append(time.monotonic() - start)
            held.append(_held(pid))
    finally:
        file.write_text(text, encoding="utf-8")
    return Preview(saves, statistics.median(times), max(times), held[0], held[-1])


def _held(pid: int) -> float:
    """Resident memory in MiB."""
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def main() -> None:
    root, file, page = Path(sys.argv[1]).resolve(), sys.argv[2], sys.argv[3]
    saves = int(sys.argv[4]) if len(sys.argv) > 4 else 50
    arguments, variables = command(root, port := free_port(), root / "mkdocs.yml")
    process = subprocess.Popen(arguments, cwd=root, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    served = started(process, port)
    try:
        taken = measure(served, process.pid, root / file, page, saves)
    finally:
        process.terminate()
        process.wait()
    print(f"{taken.saves} saves of {file}: median {taken.median:.2f} s, longest {taken.longest:.2f} s")
    print(f"Held: {taken.before:.0f} MiB after the first, {taken.after:.0f} MiB after the last")


if __name__ == "__main__":
    main()
