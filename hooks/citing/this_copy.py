"""What a copy of the site can say of itself, by its settings: whether its addresses work, and how fixed its editions are.

A copy is unpublished while its address is that of a reserved host (`hooks.core.urls.reserved_host`).
"""

from __future__ import annotations

from hooks.core.urls import reserved_host


def no_address(site_url: str) -> str:
    """What stands where addresses are copied, of a copy without a public address; empty for one that has one."""
    host = reserved_host(site_url)
    return f"This copy has no public address yet: {host} only holds its place, and an address copied here leads nowhere." if host else ""


def fixity(released: bool) -> str:
    """How fixed the edition is whose PDF is cited; `released`: whether there is a release, which never changes."""
    if not released:
        return "This edition, to cite what you read. It is not fixed yet: no release has been made, and its text may still change. Keep the PDF that you read."
    return "This edition, to cite what you read. Its text may be corrected until a newer edition begins; then the last PDF stays here. A release is fixed."


def unrecorded(site_url: str) -> str:
    """What stands at each list of changes, an edition's and the whole, while no body has published the pages; empty afterwards."""
    said = "No body has published these pages yet. Until one does, the text changes under the same number, and not each change is told here."
    return said if reserved_host(site_url) else ""
