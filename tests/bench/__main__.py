"""`make bench`: this project and its peers on the same corpus, side by side; writes docs/about/performance.md and its plot.

    python -m tests.bench [--sizes 12,100,1000] [--limit SECONDS] [--peers-up-to 100] [--all-up-to 100] [--saves 15] [--with FILE] [--report]

`--with` takes in the results of rows that were measured apart from the others, in the form of .cache/bench/results.json;
where such a row has a `note`, the page prints it and leaves the row's time on the clock out.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

from .measure import Measure, checked, run
from .preview import copy_of, measured, saves_of
from .report import SERIES, write_report
from .results import merged
from .tools import BENCH, ROOT, TOOLS, command, environment, first_brief, lacking, lay_out, variables

_STAGES_OF = 12
_LARGEST_SERVED = 1000


def main() -> None:
    options = argparse.ArgumentParser(prog="bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sizes", default="12,100,1000", help="numbers of briefs")
    options.add_argument("--limit", type=float, default=3600, help="seconds after which a build is stopped")
    options.add_argument("--peers-up-to", type=int, default=1000, help="the largest number of briefs that the peers are given")
    options.add_argument("--all-up-to", type=int, default=100, help="the largest number of briefs for all editions: a bound volume of 1,000 has 9,000 pages")
    options.add_argument("--saves", type=int, default=15, help="how often each kind of file is saved under the server; 0 leaves this out")
    options.add_argument("--with", dest="more", type=Path, action="append", default=[], help="a file of results that were measured apart")
    options.add_argument("--report", action="store_true", help="only write the report again, from the last results")
    chosen = options.parse_args()
    BENCH.mkdir(parents=True, exist_ok=True)
    kept, steps, served = BENCH / "results.json", BENCH / "stages.json", BENCH / "previews.json"
    results: dict[str, dict[str, dict[str, object]]] = json.loads(kept.read_text()) if chosen.report else {}
    for size in [] if chosen.report else map(int, chosen.sizes.split(",")):
        for tool in TOOLS:
            most = chosen.all_up_to if "series" in tool.editions else size if tool.ours else chosen.peers_up_to
            if size > most:
                continue
            python, folder = environment(tool), BENCH / "work"
            lay_out(tool, folder, size)
            asked = command(tool, python)
            print(f"{tool.name}, {size} briefs …", file=sys.stderr, flush=True)
            full = checked(run(asked, folder, variables(), chosen.limit, BENCH / "last.log"), lacking(tool, folder / "site", size))
            again = None
            if full.outcome == "done":
                brief = first_brief(tool, folder)
                brief.write_text(brief.read_text(encoding="utf-8").replace("## Practice", "One more sentence.\n\n## Practice"), encoding="utf-8")
                again = checked(run(asked, folder, variables(), chosen.limit, BENCH / "last.log"), lacking(tool, folder / "site", size))
            _show(full, again)
            results.setdefault(tool.name, {})[str(size)] = {"full": vars(full), "again": vars(again) if again else None}
            kept.write_text(json.dumps(results, indent=1))
    if not chosen.report:
        lay_out(TOOLS[0], BENCH / "work", _STAGES_OF)
        subprocess.run([sys.executable, "-m", "tests.bench.stages", str(BENCH / "work"), str(steps)], env=variables(), check=True, stdout=sys.stderr)
        served.write_text(json.dumps(_previews(list(map(int, chosen.sizes.split(","))), chosen.saves), indent=1))
    for path in chosen.more:
        results = merged(results, path, [tool.name for tool in TOOLS])
    write_report(results, *(json.loads(path.read_text()) if path.exists() else {} for path in (steps, served)))


def _previews(sizes: list[int], saves: int) -> dict[str, dict[str, dict[str, float]]]:
    """Project → what is saved → `Preview` as a mapping: of this series, and of the largest number of briefs up to a thousand."""
    if not saves:
        return {}
    copy, work = copy_of(ROOT, BENCH / "series"), BENCH / "work"
    print("Saves under the server …", file=sys.stderr, flush=True)
    taken = {SERIES: measured(copy, saves_of(copy), saves)}
    for size in sorted(size for size in sizes if size <= _LARGEST_SERVED)[-1:]:
        lay_out(TOOLS[0], work, size)
        taken[f"{size:,} briefs"] = measured(work, saves_of(work), saves)
    return {project: {what: vars(preview) for what, preview in rows.items()} for project, rows in taken.items()}


def _show(full: Measure, again: Measure | None) -> None:
    rebuilt = f", after one edit {again.wall:.1f} s (CPU {again.cpu:.1f} s)" if again else ""
    print(f"  {full.outcome}: {full.wall:.1f} s, CPU {full.cpu:.1f} s, {full.peak:.0f} MiB{rebuilt}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
