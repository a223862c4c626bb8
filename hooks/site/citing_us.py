"""How a publication of the series is itself cited."""

from __future__ import annotations

from urllib.parse import urljoin

from hooks.series.model import Case, Publication


def permalink(site_url: str, item: Publication | Case) -> str:
    """The permanent address: `<site>/id/<id>/`."""
    return urljoin(site_url, f"id/{item.id}/")


def cite_as(publication: Publication, series_name: str, site_url: str) -> str:
    """A reference to the publication, in the order of Chicago's author-date style (plain text)."""
    front = publication.front
    edition = f"Edition {front.edition}"
    link = permalink(site_url, publication)
    return f"{series_name}. {front.revised.year}. “{publication.full_title}.” {publication.label}, {edition}. {link}."
