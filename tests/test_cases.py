"""Every case of `cases/*.yml`: the sample, changed as an author might change it, and what the build says and prints.

A case has `about`; `files` (text), `bytes` (hex) and `edits` change the sample; `today` and `rules` the settings.
`problems` are all that is reported, in order and word for word; `html` lists what stands in a page's HTML,
`absent` what does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from . import support

_KEYS = {"about", "files", "bytes", "edits", "today", "rules", "problems", "html", "absent"}


def cases() -> Iterator[Any]:
    for path in sorted((Path(__file__).parent / "cases").glob("*.yml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield pytest.param(case, id=f"{path.stem}: {case['about']}")


@pytest.mark.parametrize("case", list(cases()))
def test_case(case: dict[str, Any], sample: Path, render: Callable[..., support.Rendered]) -> None:
    assert set(case) <= _KEYS
    support.change(sample, case)
    settings = {key: case[key] for key in ("today", "rules") if key in case}
    rendered = render(sample, **settings)
    assert [str(problem) for problem in rendered.problems] == case.get("problems", [])
    for path, fragments in case.get("html", {}).items():
        missing = [fragment for fragment in fragments if fragment not in rendered.html(path)]
        assert not missing, f"{path} is:\n{rendered.html(path)}"
    for path, fragments in case.get("absent", {}).items():
        present = [fragment for fragment in fragments if fragment in rendered.html(path)]
        assert not present, f"{path} is:\n{rendered.html(path)}"
