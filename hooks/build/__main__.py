"""`python -m hooks.build build --strict`, `python -m hooks.build serve`: the command `mkdocs`, but a broken mkdocs.yml is one clear line."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from hooks.series.settings import check_yaml

CONFIG = "mkdocs.yml"


def main(arguments: list[str]) -> int:
    """Run `mkdocs` with the arguments, unless mkdocs.yml in the current folder is no YAML. The result is the exit status."""
    problems = check_yaml(Path.cwd() / CONFIG)
    if problems:
        print(problems[0], file=sys.stderr)
        return 1
    # Material's notice about its successor: nothing that an author can act on.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.__main__ import cli

    return cli(arguments, prog_name="mkdocs", standalone_mode=True) or 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
