"""Addresses of the files that stand beside a publication's page, relative to the site's root."""

from __future__ import annotations

from hooks.series.model import Publication


def beside(publication: Publication, suffix: str) -> str:
    """The file of the publication's own name with `suffix`: `briefs/records/records.bib`."""
    return f"{publication.url}{publication.slug}.{suffix}"


def stamped_pdf_path(publication: Publication) -> str:
    """Where the PDF of this very edition stands, also once there is a later one: `briefs/records/records-ed1.pdf`."""
    return f"{publication.url}{publication.slug}-ed{publication.front.edition}.pdf"
