"""`make lighthouse`: Google Lighthouse over four pages of the built site, with its default mobile throttling; the median of five runs.

    python -m tests.lighthouse [--site site] [--runs 5] [PAGE …]

A report and no test: figures depend on the machine and on what else it does. The table goes to standard output, it and
Lighthouse's own results to .cache/lighthouse/. A run that could not be made ends with status 1.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.machine import find_browser
from tests.serving import guarded

from .results import CATEGORIES, summary, table

ROOT = Path(__file__).parents[2]
BRIEF = "ib-08"
"""The brief that stands for all, by its permanent id: it has something of everything."""
COMMAND = ROOT / "node_modules/lighthouse/cli/index.js"
OUT = ROOT / ".cache/lighthouse"
TRIES = 3
SECONDS = 240
"""A run takes ten to thirty; one that hangs is stopped."""


def node() -> str:
    """Node 22 or newer, as Lighthouse needs: the one of the project's environment first."""
    ours = Path(sys.executable).with_name("node")
    return str(ours) if ours.exists() else "node"


def usual(site: Path) -> list[str]:
    """The four pages that are looked at unless others are named: home, a brief, the literature and the list of cases."""
    publications = json.loads((site / "catalogue.json").read_text(encoding="utf-8"))["publications"]
    brief = next(item["url"] for item in publications if item["id"] == BRIEF)
    return ["", brief, "literature/", "case-studies/"]


def run(address: str, file: Path, chromium: str) -> dict[str, Any]:
    """Lighthouse's result for one page, kept in `file`. A run that breaks off, as on a busy machine, is begun anew."""
    command = [node(), str(COMMAND), address, "--output=json", f"--output-path={file}", "--quiet", f"--only-categories={','.join(CATEGORIES)}"]
    command += ["--chrome-flags=--headless=new --no-sandbox --disable-dev-shm-usage"]
    for _ in range(TRIES):
        file.unlink(missing_ok=True)
        done = subprocess.run(command, env={**os.environ, "CHROME_PATH": chromium}, capture_output=True, text=True, timeout=SECONDS, check=False)
        if done.returncode == 0 and file.exists():
            result = json.loads(file.read_text(encoding="utf-8"))
            if not result.get("runtimeError"):
                return result
    raise RuntimeError(f"{address}: {done.stderr.strip()[-500:] or f'Lighthouse ended with status {done.returncode}'}")


def main() -> int:
    options = argparse.ArgumentParser(prog="lighthouse", description=__doc__.split("\n")[0])
    options.add_argument("pages", nargs="*", help="addresses below the site; four of its pages if none are named")
    options.add_argument("--site", type=Path, default=ROOT / "site")
    options.add_argument("--runs", type=int, default=5)
    chosen = options.parse_args()
    chromium = find_browser()
    needed = {"Chromium": chromium, "the package lighthouse": COMMAND.exists(), str(chosen.site): chosen.site.is_dir()}
    missing = [what for what, there in needed.items() if not there]
    if missing:
        print(f"lighthouse: missing: {', '.join(missing)}", file=sys.stderr)
        return 1
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    found = {}
    try:
        with guarded(chosen.site, compress=True) as address:
            for path in chosen.pages or usual(chosen.site):
                name = path.strip("/").replace("/", "-") or "home"
                found[path] = summary([run(address + path, OUT / f"{name}-{n}.json", chromium) for n in range(1, chosen.runs + 1)])
                print(f"lighthouse: {path or '/'} done", file=sys.stderr, flush=True)
    except (RuntimeError, ValueError, subprocess.TimeoutExpired) as error:
        print(f"lighthouse: {error}", file=sys.stderr)
        return 1
    (OUT / "report.json").write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    text = f"{table(found)}\n\nMedian of {chosen.runs} runs, Lighthouse’s default mobile throttling, served compressed from this machine.\n"
    (OUT / "report.txt").write_text(text, encoding="utf-8")
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
