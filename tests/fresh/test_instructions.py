"""What is followed on a bare machine is what the README says; CI installs what the README names, and publishes with care."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from .__main__ import instructions

ROOT = Path(__file__).parents[2]
TARGETS = set(re.findall(r"^([\w-]+):(?!=)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
WORKFLOW = (ROOT / ".github/workflows/pages.yml").read_text(encoding="utf-8")
JOBS: dict[str, Any] = yaml.safe_load(WORKFLOW)["jobs"]
EVENTS: dict[str, Any] = yaml.safe_load(WORKFLOW)[True]  # YAML 1.1 takes `on` for a truth.


def steps(job: str) -> list[dict[str, Any]]:
    return list(JOBS[job]["steps"])


def test_the_readme_is_read_as_a_newcomer_would() -> None:
    told = instructions((ROOT / "README.md").read_text(encoding="utf-8"))
    assert told.commands == ("make site", "make test")
    assert {"git", "make", "python3-venv"} <= set(told.packages)
    assert {"chromium", "nginx-light"} <= set(told.optional)


@pytest.mark.parametrize("text", ["", "## Two commands\nNone.\n## Next\n", "## Two commands\n```sh\nmake site\n```\n## Next\n"])
def test_a_readme_without_instructions_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Two commands"):
        instructions(text)


def test_every_make_target_that_is_named_is_there() -> None:
    named = {name: re.findall(r"(?:`|^|run: )make ([a-z-]+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE) for name in ("README.md", ".ci/run")}
    assert {target for targets in named.values() for target in targets} <= TARGETS
    assert named["README.md"] and named[".ci/run"]
    assert {step["run"].split()[1] for job in JOBS for step in steps(job) if step.get("run", "").startswith("make ")} <= TARGETS


def test_ci_installs_what_the_readme_names() -> None:
    told = instructions((ROOT / "README.md").read_text(encoding="utf-8"))
    installed = re.findall(r"^need ([\w.-]+)", (ROOT / ".ci/packages").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(installed) == sorted(told.optional)


def test_only_the_deployment_may_publish() -> None:
    assert yaml.safe_load(WORKFLOW)["permissions"] == {"contents": "read"}
    allowed = {job: JOBS[job].get("permissions", {}) for job in JOBS}
    assert [job for job in JOBS if "write" in allowed[job].values()] == ["deploy"]
    assert allowed["deploy"] == {"pages": "write", "id-token": "write"}
    assert "pull_request" in JOBS["deploy"]["if"] and "refs/heads/main" in JOBS["deploy"]["if"]


def test_nothing_is_published_before_the_gate_has_passed_and_the_site_is_built() -> None:
    assert JOBS["deploy"]["needs"] == ["check", "build"]
    assert steps("check")[-1]["run"] == "make check"
    assert [step["run"] for step in steps("sweep")[-2:]] == ["make test", "make proof"]


def test_pull_requests_are_checked_and_every_week_the_site_is_built_anew() -> None:
    assert {"pull_request", "push", "schedule", "workflow_dispatch"} == set(EVENTS)
    assert EVENTS["push"]["branches"] == ["main"]
    # Minute, hour, any day of the month, any month, and one day of the week.
    assert re.fullmatch(r"\d+ \d+ \* \* [0-6]", EVENTS["schedule"][0]["cron"])


def test_the_address_is_what_the_host_says() -> None:
    names = [step.get("id") or step.get("run") or step["uses"] for step in steps("build")]
    assert names.index("pages") < names.index("make site")
    build = steps("build")[names.index("make site")]
    assert build["env"]["SITE_URL"] == "${{ vars.SITE_URL || steps.pages.outputs.base_url }}"


def test_every_job_that_installs_keeps_what_it_fetched() -> None:
    for job in ("check", "sweep", "build"):
        [cache] = [step for step in steps(job) if step.get("uses", "").startswith("actions/cache@")]
        assert cache["with"]["path"].split() == ["~/.cache/pip", "~/.npm", ".cache"]
        for name in re.findall(r"'([^']+)'", cache["with"]["key"]):
            assert (ROOT / name).is_file(), name


def test_no_snap_and_no_action_without_a_version() -> None:
    assert "snap" not in WORKFLOW and "chromium-browser" not in WORKFLOW
    used = [step["uses"] for job in JOBS for step in steps(job) if "uses" in step]
    assert all(re.fullmatch(r"actions/[\w-]+@v\d+", name) for name in used)
    assert all(JOBS[job]["timeout-minutes"] for job in JOBS)
