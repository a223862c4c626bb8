"""A publication of the series as a citation: for people in three styles, for programs in three formats."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from hooks.series.model import Publication
from hooks.site.citing_us import cite_as, permalink

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


def genre(item: Publication) -> str:
    """ "Issue Brief", "White paper", "White paper, chapter"."""
    return item.label.removesuffix(item.number).strip() if item.number else item.label


def key(item: Publication) -> str:
    """The citation key of this edition: `otr-ib-08-ed1`."""
    return f"otr-{item.id}-ed{item.front.edition}"


def apa(item: Publication, authors: Sequence[str], site_url: str) -> str:
    """APA style, 7th edition, 10.4 (reports), as plain text."""
    report = f"{genre(item)} No. {item.number}, " if item.number else f"{genre(item)}, "
    who = _joined(authors, ", & ")
    return f"{who}. ({item.front.revised.year}). {item.full_title} ({report}Edition {item.front.edition}). {permalink(site_url, item)}"


def chicago(item: Publication, series: str, site_url: str) -> str:
    """Chicago author-date: the form that page and PDF print as “how to cite”."""
    return cite_as(item, series, site_url)


def bluebook(item: Publication, authors: Sequence[str], site_url: str) -> str:
    """After the Bluebook, rules 15.1(c) and 18.2 (institutional author, internet source), without small capitals."""
    day = item.front.revised
    number = f"{genre(item)} No. {item.number}, " if item.number else f"{genre(item)}, "
    when = f"ed. {item.front.edition}, {_MONTHS[day.month - 1]} {day.day}, {day.year}"
    return f"{_joined(authors, ' & ')}, {number}{item.full_title} ({when}), {permalink(site_url, item)}."


def _joined(authors: Sequence[str], last: str) -> str:
    return last.join([", ".join(authors[:-1]), authors[-1]]) if len(authors) > 1 else "".join(authors)


def csl(item: Publication, authors: Sequence[str], series: str, site_url: str) -> dict[str, Any]:
    """A CSL-JSON item (https://docs.citationstyles.org/en/stable/specification.html, appendix III and IV)."""
    day = item.front.revised
    return {
        "id": key(item),
        "type": "report",
        "title": item.full_title,
        "author": [{"literal": name} for name in authors],
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "publisher": series,
        "collection-title": series,
        "genre": genre(item),
        **({"number": item.number} if item.number else {}),
        "edition": str(item.front.edition),
        "abstract": item.front.summary,
        "language": "en-US",
        "URL": permalink(site_url, item),
    }


def csl_json(item: Publication, authors: Sequence[str], series: str, site_url: str) -> str:
    return json.dumps([csl(item, authors, series, site_url)], indent=2, ensure_ascii=False) + "\n"


def bibtex(item: Publication, authors: Sequence[str], series: str, site_url: str) -> str:
    """A BibTeX entry. Names and title are in two braces: they are no persons' names, and keep their capitals."""
    day = item.front.revised
    fields = {
        "author": " and ".join(f"{{{_latex(name)}}}" for name in authors),
        "title": f"{{{_latex(item.full_title)}}}",
        "institution": _latex(series),
        "type": _latex(genre(item)),
        **({"number": item.number} if item.number else {}),
        "edition": str(item.front.edition),
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


def ris(item: Publication, authors: Sequence[str], series: str, site_url: str) -> str:
    """An RIS record of the type RPRT, lines ended as the format asks (CR LF)."""
    day = item.front.revised
    rows = [
        ("TY", "RPRT"),
        *(("AU", name) for name in authors),
        ("TI", item.full_title),
        ("T2", series),
        ("PB", series),
        ("M3", genre(item)),
        *([("M1", item.number)] if item.number else []),
        ("ET", str(item.front.edition)),
        ("PY", str(day.year)),
        ("DA", f"{day:%Y/%m/%d}/"),
        ("AB", item.front.summary),
        ("LA", "en"),
        ("UR", permalink(site_url, item)),
        ("ID", key(item)),
    ]
    return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in rows) + "ER  - \r\n"
