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
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(["id", "number", "publication", "recommendation", "who", "when", "evidence", "url", "strength"])
    for item in recommendations:
        # A cell that begins with a sign would be run as a formula by spreadsheet programs.
        evidence = "; ".join(item.evidence)
        row = [item.id, item.number, item.publication.id, item.text, item.who, item.when, evidence, item.url, STRENGTHS.get(item.strength, "")]
        table.writerow([f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell for cell in row])
    return out.getvalue()
