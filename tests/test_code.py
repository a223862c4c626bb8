"""What is kept from one build to the next is made anew when any code that it depends on has changed."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from hooks.core import code
from hooks.core.code import code_digest, imports, modules

FILES = {
    "hooks/__init__.py": "",
    "hooks/one/__init__.py": "",
    "hooks/one/top.py": "from hooks.one import near\nimport hooks.two.plain\n\ndef later():\n    from ..two.late import x\n",
    "hooks/one/near.py": "from . import beside\nimport json\n",
    "hooks/one/beside.py": "from hooks.one import top\n",
    "hooks/one/apart.py": "",
    "hooks/two/__init__.py": "import hooks.two.inside\n",
    "hooks/two/plain.py": "",
    "hooks/two/late.py": "x = 1\n",
    "hooks/two/inside.py": "",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_all_that_is_imported_counts_however_it_is_imported_and_in_circles(root: Path) -> None:
    found = modules("hooks.one.top", root)
    assert {file.relative_to(root).as_posix() for file in found.values()} == FILES.keys() - {"hooks/one/apart.py"}


@pytest.mark.parametrize(("name", "counts"), [(name, name != "hooks/one/apart.py") for name in FILES])
def test_a_change_counts_where_it_bears_on_the_module(root: Path, name: str, counts: bool) -> None:
    before = code_digest("hooks.one.top", root)
    (root / name).write_text(f"{FILES[name]}\n# changed\n", encoding="utf-8")
    for kept in (code_digest, code._source):
        kept.cache_clear()
    assert (code_digest("hooks.one.top", root) != before) is counts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("import hooks.a, hooks.b as c  # and\n", {"hooks.a", "hooks.b"}),
        ("from hooks import (\n    a,  # (one)\n    b,\n)  # both\n", {"hooks", "hooks.a", "hooks.b"}),
        ("from hooks.a import \\\n    b\n", {"hooks.a", "hooks.a.b"}),
        ("from \\\n  hooks import b\n", {"hooks", "hooks.b"}),
        ("x = 1; import hooks.a\n", {"hooks.a"}),
        ("if True: from hooks import a\n", {"hooks", "hooks.a"}),
        ("def f():\n\tfrom . import b\n\timport hooks.a; import hooks.c\n", {"hooks.one", "hooks.one.b", "hooks.a", "hooks.c"}),
        ('"""\nimport what you like\n"""\nimport hooks.a\n', {"hooks.a"}),
        ("important = from_there = 1\n", set()),
    ],
)
def test_imports_are_found_in_whatever_form_they_are_written(text: str, found: set[str]) -> None:
    assert set(imports("hooks.one.top", text)) == found


def test_what_is_found_is_what_the_whole_of_each_module_imports() -> None:
    own = modules("hooks.mkdocs_events")
    assert len(own) > 100
    for name, file in own.items():
        is_package, text = file.name == "__init__.py", file.read_text(encoding="utf-8")
        package = name.split(".") if is_package else name.split(".")[:-1]
        whole = {found for node in ast.walk(ast.parse(text)) for found in code._names(node, package)}
        assert set(imports(name, text, is_package)) == whole, name


def test_the_makers_of_editions_depend_on_the_rooms_below_them() -> None:
    found = modules("hooks.editions.making")
    assert {"hooks.editions.word", "hooks.editions.epub", "hooks.core.tree", "hooks.core.typography"} <= found.keys()
    assert not any(name.startswith(("hooks.build", "hooks.site")) for name in found)
