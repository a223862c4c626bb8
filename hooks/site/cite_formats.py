"""A publication of the series as a citation: for people in three styles, for programs in three formats."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from hooks.series.model import Case, Publication
from hooks.site.citing_us import citable, cite_as, permalink

_LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
_MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")


def genre(item: Publication | Case) -> str:
    """ "Issue Brief", "White paper", "White paper, chapter", "Case study"."""
    return citable(item).genre


def key(item: Publication | Case) -> str:
    """The citation key of this edition: `otr-ib-08-ed1`; a case study's, which has no edition, is `otr-roanoke-county-2009`."""
    it = citable(item)
    return f"otr-{it.id}-ed{it.edition}" if it.edition else f"otr-{it.id}"


def apa(item: Publication | Case, authors: Sequence[str], site_url: str) -> str:
    """APA style, 7th edition, 10.4 (reports), as plain text."""
    it = citable(item)
    kind = ", ".join(filter(None, (f"{it.genre} No. {it.number}" if it.number else it.genre, f"Edition {it.edition}" if it.edition else "")))
    return f"{_joined(authors, ', & ')}. ({it.revised.year}). {it.title} ({kind}). {permalink(site_url, it)}"


def chicago(item: Publication | Case, series: str, site_url: str) -> str:
    """Chicago author-date: the form that page and PDF print as “how to cite”."""
    return cite_as(item, series, site_url)


def bluebook(item: Publication | Case, authors: Sequence[str], site_url: str) -> str:
    """After the Bluebook, rules 15.1(c) and 18.2 (institutional author, internet source), without small capitals."""
    it = citable(item)
    day = it.revised
    number = f"{it.genre} No. {it.number}, " if it.number else f"{it.genre}, "
    when = (f"ed. {it.edition}, " if it.edition else "") + f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"
    return f"{_joined(authors, ' & ')}, {number}{it.title} ({when}), {permalink(site_url, it)}."


def _joined(authors: Sequence[str], last: str) -> str:
    return last.join([", ".join(authors[:-1]), authors[-1]]) if len(authors) > 1 else "".join(authors)


def csl(item: Publication | Case, authors: Sequence[str], series: str, site_url: str) -> dict[str, Any]:
    """A CSL-JSON item (https://docs.citationstyles.org/en/stable/specification.html, appendix III and IV)."""
    it = citable(item)
    day = it.revised
    return {
        "id": key(item),
        "type": "report",
        "title": it.title,
        "author": [{"literal": name} for name in authors],
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "publisher": series,
        "collection-title": series,
        "genre": it.genre,
        **({"number": it.number} if it.number else {}),
        **({"edition": it.edition} if it.edition else {}),
        "abstract": it.summary,
        "language": "en-US",
        "URL": permalink(site_url, item),
    }


def csl_json(item: Publication | Case, authors: Sequence[str], series: str, site_url: str) -> str:
    return json.dumps([csl(item, authors, series, site_url)], indent=2, ensure_ascii=False) + "\n"


def bibtex(item: Publication | Case, authors: Sequence[str], series: str, site_url: str) -> str:
    """A BibTeX entry. Names and title are in two braces: they are no persons' names, and keep their capitals."""
    it = citable(item)
    day = it.revised
    fields = {
        "author": " and ".join(f"{{{_latex(name)}}}" for name in authors),
        "title": f"{{{_latex(it.title)}}}",
        "institution": _latex(series),
        "type": _latex(it.genre),
        **({"number": it.number} if it.number else {}),
        **({"edition": it.edition} if it.edition else {}),
        "year": str(day.year),
        "month": str(day.month),
        "day": str(day.day),
        "language": "english",
        "url": permalink(site_url, item),
    }
    rows = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@techreport{{{key(item)},\n{rows}}}\n"


def _latex(text: str) -> str:
    return text.translate(_LATEX)


def ris(item: Publication | Case, authors: Sequence[str], series: str, site_url: str) -> str:
    """An RIS record of the type RPRT, lines ended as the format asks (CR LF)."""
    it = citable(item)
    day = it.revised
    rows = [
        ("TY", "RPRT"),
        *(("AU", name) for name in authors),
        ("TI", it.title),
        ("T2", series),
        ("PB", series),
        ("M3", it.genre),
        *([("M1", it.number)] if it.number else []),
        *([("ET", it.edition)] if it.edition else []),
        ("PY", str(day.year)),
        ("DA", f"{day:%Y/%m/%d}/"),
        ("AB", it.summary),
        ("LA", "en"),
        ("UR", permalink(site_url, item)),
        ("ID", key(item)),
    ]
    return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in rows) + "ER  - \r\n"
