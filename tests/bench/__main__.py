"""`make bench`: this project and its peers on the same corpus, side by side; writes docs/about/performance.md and its plot.

    python -m tests.bench [--sizes 12,100,1000] [--limit SECONDS] [--peers-up-to 100]
"""

from __future__ import annotations

import argparse
import json
import sys

from .measure import Measure, run
from .report import write_report
from .tools import BENCH, TOOLS, environment, first_brief, lay_out, variables


def main() -> None:
    options = argparse.ArgumentParser(prog="bench", description=__doc__)
    options.add_argument("--sizes", default="12,100,1000", help="numbers of briefs")
    options.add_argument("--limit", type=float, default=3600, help="seconds after which a build is stopped")
    options.add_argument("--peers-up-to", type=int, default=1000, help="the largest number of briefs that the peers are given")
    options.add_argument("--report", action="store_true", help="only write the report again, from the last results")
    chosen = options.parse_args()
    kept = BENCH / "results.json"
    results: dict[str, dict[str, dict[str, object]]] = json.loads(kept.read_text()) if chosen.report else {}
    for size in [] if chosen.report else map(int, chosen.sizes.split(",")):
        for tool in TOOLS:
            if tool.package and size > chosen.peers_up_to:
                continue
            python, folder = environment(tool), BENCH / "work"
            lay_out(tool, folder, size)
            command = [str(python), "-m", "mkdocs", "build"]
            print(f"{tool.name}, {size} briefs …", file=sys.stderr, flush=True)
            full = run(command, folder, variables(), chosen.limit, BENCH / "last.log")
            printed = len(list((folder / "site").rglob("*.pdf")))
            again = None
            if full.outcome == "done":
                brief = first_brief(tool, folder)
                brief.write_text(brief.read_text(encoding="utf-8").replace("## Practice", "One more sentence.\n\n## Practice"), encoding="utf-8")
                again = run(command, folder, variables(), chosen.limit, BENCH / "last.log")
            _show(full, again)
            results.setdefault(tool.name, {})[str(size)] = {"full": vars(full), "again": vars(again) if again else None, "files": printed}
            kept.write_text(json.dumps(results, indent=1))
    write_report(results)


def _show(full: Measure, again: Measure | None) -> None:
    rebuilt = f", after one edit {again.wall:.1f} s" if again else ""
    print(f"  {full.outcome}: {full.wall:.1f} s, CPU {full.cpu:.1f} s, {full.peak:.0f} MiB{rebuilt}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
