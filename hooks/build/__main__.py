"""`python -m hooks.build build --strict`, `python -m hooks.build serve`: the command `mkdocs`, but a broken mkdocs.yml is one clear line,
and a build of what has not changed since the last one is over at once. `--force` builds all the same.
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

from hooks.build.up_to_date import CONFIG, Watch

FORCE = "--force"
_COLLECT_AFTER = 100_000
"""New objects after which Python looks for circles among them (700 as it comes). A build makes millions that it keeps to its end."""


def main(arguments: list[str]) -> int:
    """Run `mkdocs` with the arguments, unless mkdocs.yml in the current folder is no YAML, or the site is what a build would make.

    The result is the exit status.
    """
    asked = [argument for argument in arguments if argument != FORCE]
    watch = Watch.of(Path.cwd(), asked)
    notes = watch.notes() if watch and asked == arguments else None
    if watch and notes is not None:
        lines = (f"Nothing has changed: {watch.site.name}/ is up to date. To build it all the same: make site FORCE=1", *notes)
        print("\n".join(f"INFO    -  {line}" for line in lines), file=sys.stderr)
        return 0
    gc.set_threshold(_COLLECT_AFTER, *gc.get_threshold()[1:])
    # Imported here: it takes longer than to see that nothing has changed.
    from hooks.build.run import PartMade
    from hooks.series.settings import check_yaml

    problems = check_yaml(Path.cwd() / CONFIG)
    if problems:
        print(problems[0], file=sys.stderr)
        return 1
    # Material's notice about its successor: nothing that an author can act on.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.__main__ import cli

    if watch:
        watch.listen()
    try:
        return cli(asked, prog_name="mkdocs", standalone_mode=True) or 0
    except PartMade:
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
