"""The code that a result depends on, for the keys of the cache: a module with all of this project that it imports, however far."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from hooks.core.cache import digest

PACKAGE = "hooks"
_ROOT = Path(__file__).parents[2]
_STATEMENT = re.compile(r"^[ \t]*((?:from[ \t]+[\w.]+[ \t]+)?import\b[ \t]*(?:\([^()]*\)[ \t]*(?:#.*)?$|[^\n(]*))", re.MULTILINE)
_BEHIND = re.compile(r"[;:\\][ \t]*\n?[ \t]*(?:from[ \t]+[\w.]+[ \t]+)?import\b|\bfrom[ \t]*\\\n")
"""What may be an import that does not begin a line, or goes on behind its end."""


@cache
def code_digest(module: str, root: Path = _ROOT) -> str:
    """A digest of the source of `module`, e.g. "hooks.editions.making", and of every module of the package that it imports,
    at its top or later, and those in turn. `root` is the folder that holds the package.
    """
    found = modules(module, root)
    return digest(*(part for name in sorted(found) for part in (name, _source(found[name]))))


def modules(module: str, root: Path = _ROOT) -> dict[str, Path]:
    """The module and those of the package that it imports, however far: name → file."""
    found: dict[str, Path] = {}
    waiting = [module]
    while waiting:
        name = waiting.pop()
        file = _file(name, root) if name not in found else None
        if file is None:
            continue
        found[name] = file
        # Importing a module runs the packages around it first.
        waiting += [name.rpartition(".")[0], *imports(name, _source(file), is_package=file.name == "__init__.py")]
    return found


@cache
def _file(name: str, root: Path) -> Path | None:
    if name.partition(".")[0] != PACKAGE:
        return None
    path = root.joinpath(*name.split("."))
    return next((file for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file()), None)


@cache
def _source(file: Path) -> str:
    return file.read_text(encoding="utf-8")


@cache
def imports(name: str, source: str, is_package: bool = False) -> tuple[str, ...]:
    """Every name that the module `name` imports, whose text is `source`; of `from x import y`, both x and x.y, for y may be a module.

    A whole build asks for some hundred modules, so only their statements are parsed, not all of their code.
    """
    package = name.split(".") if is_package else name.split(".")[:-1]
    return tuple(dict.fromkeys(found for tree in _statements(source) for node in ast.walk(tree) for found in _names(node, package)))


def _statements(source: str) -> list[ast.Module]:
    """The imports of a module; where they are written in an unusual way, or a line only looks like one, all of its code."""
    if not _BEHIND.search(source):
        try:
            return [ast.parse("\n".join(found[1] for found in _STATEMENT.finditer(source)))]
        except SyntaxError:
            pass
    return [ast.parse(source)]


def _names(node: ast.AST, package: list[str]) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        base = package[: len(package) - node.level + 1] if node.level else []
        source = ".".join([*base, *(node.module or "").split(".")]).strip(".")
        yield source
        yield from (f"{source}.{alias.name}" for alias in node.names)
