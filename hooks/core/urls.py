"""Addresses of one site as links from one page to another."""

from __future__ import annotations

import posixpath
from urllib.parse import urlsplit

_UNUSUAL = {"", ".", ".."}
_RESERVED = ("example", "test", "invalid", "localhost", "example.com", "example.net", "example.org")
"""Hosts that are nobody's: RFC 2606 and RFC 6761."""


def reserved_host(address: str) -> str:
    """The host of an address where nobody can have it, so that the address leads nowhere; empty for any other, and where there is none."""
    try:
        host = (urlsplit(address).hostname or "").lower().rstrip(".")
    except ValueError:
        return ""
    return host if any(f".{host}".endswith(f".{name}") for name in _RESERVED) else ""


def relative_url(url: str, page_url: str) -> str:
    """`url`, relative to the site's root, as a link on the page at `page_url` (both as `briefs/records/`).

    A place on the same page becomes a bare fragment. The link ends in a slash where `url` does.
    """
    path, hash_, anchor = url.partition("#")
    if path == page_url and hash_:
        return f"#{anchor}"
    start = page_url if page_url.endswith("/") else posixpath.dirname(page_url)
    there, here = [part.rstrip("/").split("/") if part.rstrip("/") else [] for part in (path, start)]
    if _UNUSUAL & {*there, *here}:
        relative = posixpath.relpath(path or ".", start or ".")
    else:
        same = 0
        while same < min(len(there), len(here)) and there[same] == here[same]:
            same += 1
        # Written out, since every page asks this dozens of times and `relpath` takes ten times as long.
        relative = "/".join([*[".."] * (len(here) - same), *there[same:]]) or "."
    if not path or path.endswith("/"):
        relative += "/"
    return relative + (f"#{anchor}" if hash_ else "")
