"""Files that readers take away: the bibliography, the recommendations, and pages at permanent addresses."""

from __future__ import annotations

import csv
import html
import io
import json
from collections.abc import Iterable, Mapping

from hooks.citing.bibliography import Bibliography
from hooks.pages.model import Recommendation
from hooks.pages.urls import relative_url
from hooks.series.model import Series


def bibliography_files(bibliography: Bibliography) -> Mapping[str, str]:
    """`literature.bib` as written, and `literature.json` as CSL-JSON."""
    items = sorted(bibliography.items, key=lambda item: item["id"])
    return {
        "literature.bib": bibliography.bibtex,
        "literature.json": json.dumps(items, indent=1, ensure_ascii=False, sort_keys=True) + "\n",
    }


def recommendations_csv(recommendations: Iterable[Recommendation]) -> str:
    """The register of recommendations as CSV (RFC 4180) with a header row."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(["id", "number", "publication", "recommendation", "who", "when", "evidence", "url"])
    for item in recommendations:
        # A cell that begins with a sign would be run as a formula by spreadsheet programs.
        evidence = "; ".join(item.evidence)
        row = [item.id, item.number, item.publication.id, item.text, item.who, item.when, evidence, item.url]
        table.writerow([f"'{cell}" if cell[:1] in "=+-@\t\r" else cell for cell in row])
    return out.getvalue()


def permanent_pages(series: Series, recommendations: Iterable[Recommendation]) -> Mapping[str, str]:
    """`id/<id>/index.html` for every publication, case and recommendation: a page that leads to its current address."""
    targets = {item.id: (item.url, item.front.title) for item in (*series.publications, *series.cases)}
    targets |= {item.id: (item.url, f"Recommendation {item.number}") for item in recommendations}
    return {f"id/{id_}/index.html": redirect_page(f"id/{id_}/", url, title) for id_, (url, title) in targets.items()}


def redirect_page(at: str, url: str, title: str) -> str:
    """A page that leads on at once, and says in text where to, on any static host and without script."""
    link, name = html.escape(relative_url(url, at)), html.escape(title)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{name}</title>\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="refresh" content="0; url={link}">\n'
        f'<link rel="canonical" href="{link}">\n<meta name="robots" content="noindex">\n</head>\n'
        f'<body>\n<main>\n<h1>{name}</h1>\n<p>This permanent address leads to <a href="{link}">{name}</a>.</p>\n</main>\n</body>\n</html>\n'
    )
