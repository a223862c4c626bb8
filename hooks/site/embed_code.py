"""The HTML that other people's pages paste to link to a publication, or to show its card."""

from __future__ import annotations

import html
from urllib.parse import urljoin

from hooks.series.model import Publication
from hooks.site.citing_us import permalink

WIDTH, HEIGHT = 600, 280
"""Of the card's frame, in CSS pixels."""


def frame(item: Publication, series: str, site_url: str) -> str:
    """The HTML by which another page shows the card: its width follows the page it stands on."""
    src, title = html.escape(urljoin(site_url, f"embed/{item.id}/")), html.escape(f"{series}: {item.label}, {item.full_title}")
    return f'<iframe src="{src}" title="{title}" width="{WIDTH}" height="{HEIGHT}" style="max-width:100%;border:0" loading="lazy"></iframe>'


def link(item: Publication, site_url: str) -> str:
    """The HTML of a link to the publication's permanent address."""
    return f'<a href="{html.escape(permalink(site_url, item))}">{html.escape(f"{item.label}, {item.full_title}")}</a>'
