"""Where the time of one build goes: CPU seconds of each step, in one process. `python -m tests.bench.stages FOLDER FILE`."""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

STEPS = {
    "Typesetting (Typst)": ("hooks.editions.compile", "_compile"),
    "Checking against PDF/UA-1 and PDF/A-3a": ("hooks.editions.making", "verdicts"),
    "Writing the Typst source": ("hooks.editions.compile", "write_article"),
    "Completing the PDF’s structure": ("hooks.editions.structure", "complete"),
    "Preview pictures": ("hooks.editions.cards", "draw"),
    "Markdown": ("hooks.build.kept", "KeptPages.render"),
    "References, citations and registers": ("hooks.build.weave", "weave"),
    "Search index": ("hooks.site.outputs", "search_files"),
    "Templates’ variables": ("hooks.build.context", "page_context"),
}


def main() -> None:
    folder, out = Path(sys.argv[1]), Path(sys.argv[2]).resolve()
    os.chdir(folder)
    os.environ["EDITION_PROCESSES"] = "1"
    spent: Counter[str] = Counter()
    for step, place in STEPS.items():
        _watch(step, place, spent)
    from mkdocs.__main__ import cli

    cli(["build", "--quiet"], standalone_mode=False)
    spent["Everything else: start, templates, files"] = time.process_time() - sum(spent.values())
    out.write_text(json.dumps(dict(spent), indent=1, ensure_ascii=False))


def _watch(step: str, place: tuple[str, str], spent: Counter[str]) -> None:
    owner: Any = __import__(place[0], fromlist=["_"])
    *outer, name = place[1].split(".")
    for part in outer:
        owner = getattr(owner, part)
    real: Callable[..., Any] = getattr(owner, name)

    def timed(*given: Any, **named: Any) -> Any:
        start = time.process_time()
        try:
            return real(*given, **named)
        finally:
            spent[step] += time.process_time() - start

    setattr(owner, name, timed)


if __name__ == "__main__":
    main()
