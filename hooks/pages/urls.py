"""Addresses of one site as links from one page to another."""

from __future__ import annotations

import posixpath


def relative_url(url: str, page_url: str) -> str:
    """`url`, relative to the site's root, as a link on the page at `page_url` (both as `briefs/records/`).

    A place on the same page becomes a bare fragment. The link ends in a slash where `url` does.
    """
    path, hash_, anchor = url.partition("#")
    if path == page_url and hash_:
        return f"#{anchor}"
    start = page_url if page_url.endswith("/") else posixpath.dirname(page_url)
    relative = posixpath.relpath(path or ".", start or ".")
    if not path or path.endswith("/"):
        relative += "/"
    return relative + (f"#{anchor}" if hash_ else "")
