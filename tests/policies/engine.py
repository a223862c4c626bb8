"""The checker's script, run in Node on texts, by the rules of docs/tools/policy-check.yml."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from hooks.registers.policy_check_data import engine_rules
from hooks.series.coded_policies import coded_policy_files
from hooks.series.policy_check import CHECK, PolicyCheck
from tests.support import ROOT

NODE = Path(sys.executable).parent / "node"
SCRIPT = ROOT / "hooks/theme/assets/policy-check.js"
CORPUS = [ROOT / path for path in coded_policy_files(ROOT)]
_RUN = """const engine = require(process.argv[1]);
const given = JSON.parse(require("fs").readFileSync(0, "utf8"));
const prepared = engine.prepare(given.rules);
console.log(JSON.stringify(Object.fromEntries(Object.entries(given.texts).map(([id, text]) => [id, engine.check(prepared, text)]))));"""


def rules() -> PolicyCheck:
    """The project's rules."""
    return PolicyCheck.model_validate(yaml.safe_load((ROOT / CHECK).read_text(encoding="utf-8")))


def corpus() -> list[dict[str, Any]]:
    """The policies that were coded by hand."""
    return [item for file in CORPUS for item in yaml.safe_load(file.read_text(encoding="utf-8"))]


def run(check: PolicyCheck, texts: Mapping[str, str]) -> dict[str, Any]:
    """What the script finds in each text, by its name. Raises CalledProcessError where the script fails."""
    given = json.dumps({"rules": engine_rules(check), "texts": dict(texts)})
    done = subprocess.run([NODE, "-e", _RUN, str(SCRIPT)], input=given, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found
