"""Where the time of one build goes: CPU seconds of each step, in one process. `python -m tests.bench.stages FOLDER FILE`."""

from __future__ import annotations

import functools
import importlib
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

STEPS = (
    ("Read: the sources", "hooks.build.read", "read_sources"),
    ("Markdown", "hooks.build.kept", "KeptPages.render"),
    ("Weave: references, citations and registers", "hooks.build.weave", "weave"),
    ("Typst source", "hooks.editions.compile", "write_article"),
    ("Typst", "hooks.editions.compile", "_typeset"),
    ("Structure of the PDF", "hooks.editions.structure", "complete"),
    ("Checks against PDF/UA-1 and PDF/A-3a", "hooks.editions.making", "verdicts"),
    ("Preview pictures", "hooks.editions.cards", "draw"),
    ("Search index", "hooks.site.outputs", "search_files"),
    ("Other files: feeds, catalog, citations", "hooks.site.outputs", "apart_from_editions"),
    ("Other files: feeds, catalog, citations", "hooks.site.outputs", "outputs"),
    ("Templates", "mkdocs.commands.build", "_build_page"),
    ("Write: other files, and the site in place of the old", "hooks.site.outputs", "write_outputs"),
    ("Write: other files, and the site in place of the old", "hooks.build.staging", "Staging.finish"),
)
"""Each step, and a function that takes it, by module and name. What another step does inside it is not counted twice."""
START, REST = "Start: Python, MkDocs and its settings", "All else"
SETTING = "Typst"


def main() -> None:
    folder, out = Path(sys.argv[1]), Path(sys.argv[2]).resolve()
    os.chdir(folder)
    os.environ["EDITION_PROCESSES"] = "1"
    clock = Clock()
    from mkdocs.__main__ import cli
    from mkdocs.plugins import PluginCollection

    for step, module, name in STEPS:
        clock.watch(step, module, name)
    started: list[float] = []
    begin = PluginCollection.on_config

    def on_config(*given: Any, **named: Any) -> Any:
        started.append(time.process_time() - sum(clock.spent.values()))
        return begin(*given, **named)

    PluginCollection.on_config = on_config
    cli(["build", "--quiet"], standalone_mode=False)
    spent = {START: started[0], **clock.spent}
    out.write_text(json.dumps({**spent, REST: time.process_time() - sum(spent.values())}, indent=1, ensure_ascii=False))


class Clock:
    """Processor time by step, in seconds; each second belongs to the innermost step that is under way."""

    def __init__(self, now: Callable[[], float] = time.process_time) -> None:
        self.spent: Counter[str] = Counter()
        self._now = now
        self._inside: list[float] = []

    def watch(self, step: str, module: str, name: str) -> None:
        """Count the time of the function or method `name` of `module` for `step`."""
        owner: Any = importlib.import_module(module)
        *outer, last = name.split(".")
        for part in outer:
            owner = getattr(owner, part)
        setattr(owner, last, self.timed(step, getattr(owner, last)))

    def timed(self, step: str, real: Callable[..., Any]) -> Callable[..., Any]:
        """`real`, whose time is counted for `step`."""

        @functools.wraps(real)
        def call(*given: Any, **named: Any) -> Any:
            start = self._now()
            self._inside.append(0.0)
            try:
                return real(*given, **named)
            finally:
                whole = self._now() - start
                self.spent[step] += whole - self._inside.pop()
                if self._inside:
                    self._inside[-1] += whole

        return call


if __name__ == "__main__":
    main()
