"""The real series' policy builder, and its pure functions run outside a browser."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from hooks.registers.builder.clauses import settled
from hooks.registers.builder.data import builder_script
from hooks.series.load import load_series
from tests.support import ROOT

ASSETS = ROOT / "hooks/theme/assets"
NODE = ROOT / ".venv/bin/node"


@pytest.fixture(scope="session")
def rendered(render):
    """The real series, rendered without MkDocs."""
    return render(ROOT)


@pytest.fixture(scope="session")
def record(rendered):
    """The policy builder's record, in which each clause's condition says in which forms of policy it stands."""
    series, _ = load_series(ROOT)
    return settled(series.builder.record, {clause.id: clause for clause in rendered.site.clauses})


@pytest.fixture(scope="session")
def data(rendered) -> dict:
    """The data that the page loads."""
    series, _ = load_series(ROOT)
    script = builder_script(series, rendered.site, "https://onrecord.example/", "On the Record", "A note.")
    return json.loads(script.removeprefix("window.OTR_POLICY = ").removesuffix(";\n").replace("<\\/", "</"))


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
