"""Every case of `cases.yml`: the sample with a course, changed as an author might change it. The keys are those of tests/test_cases.py."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests import support
from tests.test_cases import test_case as check_case

CASES = yaml.safe_load((Path(__file__).parent / "cases.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", [pytest.param(case, id=case["about"]) for case in CASES])
def test_course_case(case: dict[str, Any], course: Path, render: Callable[..., support.Rendered]) -> None:
    check_case(case, course, render)
