"""What the policy builder's page loads: its data, and the library that writes Word files."""

from __future__ import annotations

from collections.abc import Mapping

from hooks.build import Build
from hooks.builder.data import ADDRESS, builder_script

_SCRIPT = "assets/docx.js"


def builder_files(build: Build) -> Mapping[str, bytes]:
    """The files by address; none where the series has no policy builder. The library goes with its licence, as that asks."""
    series = build.settings.get("series", {})
    data = builder_script(build.series, build.site.clauses, build.site.pages, build.site_url, str(series.get("name", "")), str(series.get("note", "")))
    if data is None:
        return {}
    package = build.root / "node_modules/docx"
    licence = (package / "LICENSE").read_text(encoding="utf-8").replace("*/", "* /")
    library = (package / "dist/index.iife.js").read_bytes()
    return {ADDRESS: data.encode(), _SCRIPT: f"/*! docx, https://docx.js.org\n\n{licence.strip()}\n*/\n".encode() + library}
