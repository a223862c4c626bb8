"""The code that a result depends on, for the keys of the cache: a module with all of this project that it imports, however far."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from hooks.core.cache import digest

PACKAGE = "hooks"
_ROOT = Path(__file__).parents[2]


@cache
def code_digest(module: str, root: Path = _ROOT) -> str:
    """A digest of the source of `module`, e.g. "hooks.editions.making", and of every module of the package that it imports,
    at its top or later, and those in turn. `root` is the folder that holds the package.
    """
    found = modules(module, root)
    return digest(*(part for name in sorted(found) for part in (name, found[name].read_bytes())))


def modules(module: str, root: Path = _ROOT) -> dict[str, Path]:
    """The module and those of the package that it imports, however far: name → file."""
    found: dict[str, Path] = {}
    waiting = [module]
    while waiting:
        name = waiting.pop()
        file = _file(name, root)
        if file is None or name in found:
            continue
        found[name] = file
        # Importing a module runs the packages around it first.
        waiting += [name.rpartition(".")[0], *_imports(name, file)]
    return found


def _file(name: str, root: Path) -> Path | None:
    if name.partition(".")[0] != PACKAGE:
        return None
    path = root.joinpath(*name.split("."))
    return next((file for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file()), None)


def _imports(name: str, file: Path) -> Iterator[str]:
    """Every name that the file imports; of `from x import y`, both x and x.y, for y may be a module."""
    package = name.split(".") if file.name == "__init__.py" else name.split(".")[:-1]
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*base, *(node.module or "").split(".")]).strip(".")
            yield source
            yield from (f"{source}.{alias.name}" for alias in node.names)
