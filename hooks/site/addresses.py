"""Addresses of the files that stand beside a publication's page, relative to the site's root."""

from __future__ import annotations

from hooks.series.model import Case, Publication


def beside(item: Publication | Case, suffix: str) -> str:
    """The file of the publication's or case's own name with `suffix`: `briefs/records/records.bib`."""
    return f"{item.url}{item.id if isinstance(item, Case) else item.slug}.{suffix}"


def stamped_pdf_path(publication: Publication) -> str:
    """Where the PDF of this very edition stands, also once there is a later one: `briefs/records/records-ed1.pdf`."""
    return f"{publication.url}{publication.slug}-ed{publication.front.edition}.pdf"
