"""The PDF engine, asked for when it is needed, so that a missing package is named like any other fault."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

from .model import EditionError


def typst(source: Path) -> ModuleType:
    """The package `typst`. Raises EditionError, naming `source`, where it is not installed."""
    try:
        return importlib.import_module("typst")
    except ImportError as error:
        raise EditionError(source, f"the package “typst” cannot be loaded ({error}); `make site` installs it") from error
