"""What the policy builder's page loads: its data, and the library that writes Word files."""

from __future__ import annotations

from collections.abc import Mapping

from hooks.registers.builder.data import builder_script
from hooks.series.addresses import POLICY_BUILDER_DATA
from hooks.site.published import Published

_SCRIPT = "assets/docx.js"


def builder_files(published: Published) -> Mapping[str, bytes]:
    """The files by address; none where the series has no policy builder. The library goes with its licence, as that asks."""
    settings, site = published.settings.get("series", {}), published.site
    data = builder_script(published.series, site, published.site_url, str(settings.get("name", "")), str(settings.get("note", "")))
    if data is None:
        return {}
    package = published.root / "node_modules/docx"
    licence = (package / "LICENSE").read_text(encoding="utf-8").replace("*/", "* /")
    library = (package / "dist/index.iife.js").read_bytes()
    return {POLICY_BUILDER_DATA: data.encode(), _SCRIPT: f"/*! docx, https://docx.js.org\n\n{licence.strip()}\n*/\n".encode() + library}
