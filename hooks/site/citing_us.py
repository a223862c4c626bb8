"""How a publication or a case study of the series is itself cited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin

from hooks.series.model import Case, Publication


@dataclass(frozen=True)
class Citable:
    """What a citation says of a publication or a case study.

    `label` is "Issue Brief 8", `genre` "Issue Brief", `number` "8"; `edition` is empty for a case study, which has none;
    `revised` is the day of the text that is cited.
    """

    id: str
    title: str
    label: str
    genre: str
    number: str
    edition: str
    published: date
    revised: date
    summary: str


def citable(item: Publication | Case) -> Citable:
    """`item` as citations see it."""
    front = item.front
    if isinstance(item, Case):
        return Citable(item.id, front.title, "Case study", "Case study", "", "", front.published, front.revised or front.published, front.summary)
    genre = item.label.removesuffix(item.number).strip() if item.number else item.label
    return Citable(item.id, item.full_title, item.label, genre, item.number, str(front.edition), front.published, front.revised, front.summary)


def permalink(site_url: str, item: Publication | Case | Citable) -> str:
    """The permanent address: `<site>/id/<id>/`."""
    return urljoin(site_url, f"id/{item.id}/")


def cite_as(item: Publication | Case, series_name: str, site_url: str) -> str:
    """A reference to the publication or case, in the order of Chicago's author-date style (plain text)."""
    it = citable(item)
    edition = f", Edition {it.edition}" if it.edition else ""
    return f"{series_name}. {it.revised.year}. “{it.title}.” {it.label}{edition}. {permalink(site_url, it)}."
