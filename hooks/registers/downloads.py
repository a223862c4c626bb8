"""Files that readers take away: the bibliography, the recommendations."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping

from hooks.citing.bibliography import Bibliography
from hooks.linking.model import Recommendation
from hooks.series.vocabulary import STRENGTHS


def bibliography_files(bibliography: Bibliography) -> Mapping[str, str]:
    """`literature.bib` as written, and `literature.json` as CSL-JSON."""
    items = sorted(bibliography.items, key=lambda item: item["id"])
    return {
        "literature.bib": bibliography.bibtex,
        "literature.json": json.dumps(items, indent=1, ensure_ascii=False, sort_keys=True) + "\n",
    }


def recommendations_csv(recommendations: Iterable[Recommendation]) -> str:
    """The register of recommendations as CSV (RFC 4180) with a header row."""
    names = ["id", "number", "publication", "recommendation", "who", "when", "evidence", "url", "strength"]
    return csv_text(names, (
        [r.id, r.number, r.publication.id, r.text, r.who, r.when, "; ".join(r.evidence), r.url, STRENGTHS.get(r.strength, "")] for r in recommendations
    ))  # fmt: skip


def csv_text(names: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A CSV file (RFC 4180) with a header row. A cell that begins with a sign, which spreadsheet programs would run as a formula,
    begins with an apostrophe."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(names)
    table.writerows([f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell for cell in row] for row in rows)
    return out.getvalue()
