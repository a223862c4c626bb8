"""What the page “Check my policy” loads: its rules, the library that opens Word files, and the one that writes them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from hooks.registers.policy_check_data import check_script
from hooks.series.addresses import POLICY_CHECK_DATA
from hooks.site.published import Published

_LIBRARIES = {
    "assets/docx.js": ("docx", "dist/index.iife.js", "https://docx.js.org"),
    "assets/fflate.js": ("fflate", "umd/index.js", "https://github.com/101arrowz/fflate"),
}
"""Address → package, its file, and its home."""


def check_files(published: Published) -> Mapping[str, bytes]:
    """The files by address; none where the series has no rules to check by. Each library goes with its licence, as that asks."""
    name = str(published.settings.get("series", {}).get("name", ""))
    data = check_script(published.series, published.site.clauses, published.site.pages, published.site_url, name)
    if data is None:
        return {}
    modules = published.root / "node_modules"
    return {POLICY_CHECK_DATA: data.encode(), **{address: _library(modules, *library) for address, library in _LIBRARIES.items()}}


def _library(modules: Path, package: str, file: str, home: str) -> bytes:
    licence = (modules / package / "LICENSE").read_text(encoding="utf-8").replace("*/", "* /")
    return f"/*! {package}, {home}\n\n{licence.strip()}\n*/\n".encode() + (modules / package / file).read_bytes()
