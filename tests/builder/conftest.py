"""The real series' policy builder, and its pure functions run outside a browser."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from hooks.registers.builder.clauses import settled
from hooks.series.load import load_series
from hooks.series.policy_builder import PolicyBuilder
from tests.support import ROOT

ASSETS = ROOT / "hooks/theme/assets"
NODE = ROOT / ".venv/bin/node"


@pytest.fixture(scope="session")
def data(real_site: Path) -> dict:
    """The data that the page loads."""
    script = (real_site / "assets/policy-builder-data.js").read_text(encoding="utf-8")
    return json.loads(script.removeprefix("window.OTR_POLICY = ").removesuffix(";\n").replace("<\\/", "</"))


@pytest.fixture(scope="session")
def record(data: dict) -> PolicyBuilder:
    """The policy builder's record, in which each clause's condition says in which forms of policy it stands."""
    # All that is asked of a clause is whether it has a short form.
    clauses = {clause["id"]: SimpleNamespace(short=clause["short"]) for clause in data["clauses"]}
    return settled(load_series(ROOT)[0].builder.record, clauses)


def _node() -> Path:
    if not NODE.exists():
        pytest.skip("Node is not installed: `make test` does")
    return NODE


@pytest.fixture(scope="session")
def assemble(data) -> Callable[..., list[dict]]:
    """`assemble(states)`: the drafts that the page makes of them; `data` may be another's."""

    def run(states: list[dict], own: dict | None = None) -> list[dict]:
        command = [str(_node()), str(Path(__file__).parent / "draft.cjs"), str(ASSETS / "policy-draft.js")]
        done = subprocess.run(command, input=json.dumps({"data": own or data, "states": states}), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run
