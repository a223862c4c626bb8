"""How a publication or a case study of the series is itself cited and linked: for people in three styles, for programs in three formats, as HTML to paste."""

from __future__ import annotations

import html
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urljoin

from hooks.core.tree import long_date
from hooks.series.addresses import SERIES_ID, dated_series_pdf, embed, permalink, permanent, stamped_pdf
from hooks.series.model import Case, Publication
from hooks.series.vocabulary import STATUSES


@dataclass(frozen=True)
class Citable:
    """What a citation says of a publication or a case study.

    `label` is "Issue Brief 8", `genre` "Issue Brief", `number` "8"; `edition` is empty for a case study, which has none;
    `revised` is the day of the text that is cited; `mark` is "draft", "superseded" or "withdrawn" for what is not in force.
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
    mark: str = ""


def citable(item: Publication | Case) -> Citable:
    """`item` as citations see it."""
    if isinstance(item, Case):
        case = item.front
        return Citable(item.id, case.title, "Case study", "Case study", "", "", case.published, case.revised or case.published, case.summary)
    front = item.front
    return Citable(
        item.id, item.full_title, item.label, item.kind_label, item.number, str(front.edition), front.published, front.revised, front.summary, item.mark
    )


def cite_as(item: Publication | Case, series_name: str, site_url: str) -> str:
    """A reference to the publication or case, in the order of Chicago's author-date style (plain text)."""
    it = citable(item)
    edition = (f", Edition {it.edition}, {long_date(it.revised)}" if it.edition else "") + (f" ({it.mark})" if it.mark else "")
    return f"{series_name}. {it.revised.year}. “{it.title}.” {it.label}{edition}. {permalink(site_url, it)}."


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


def this_edition(item: Publication, site_url: str) -> str:
    """The very text that was read, to be cited beside the permanent address: its number, its days, and where its PDF is and stays."""
    return f"{edition_read(item)}: {urljoin(site_url, stamped_pdf(item))}"


def edition_read(item: Publication) -> str:
    """ "Edition 1, November 22, 2026, corrected to November 28, 2026, law as of November 28, 2026": an edition may be corrected, and its law
    read again, so its number alone does not say what was read."""
    front = item.front
    corrected = max((erratum.date for erratum in front.errata), default=front.revised)
    said = [f"Edition {front.edition}", long_date(front.revised)]
    said += [f"corrected to {long_date(corrected)}"] if corrected > front.revised else []
    said += [f"law as of {long_date(front.law_as_of)}"] if front.law_as_of else []
    return ", ".join(said)


def cite_series(name: str, day: date, site_url: str) -> str:
    """A reference to the whole series in its edition of `day`, in the order of Chicago's author-date style."""
    return _chicago_of_series(name, day, urljoin(site_url, permanent(SERIES_ID)))


def _chicago_of_series(name: str, day: date, address: str) -> str:
    return f"{name}. {day.year}. The whole series, edition of {long_date(day)}. {address}."


def series_styles(name: str, authors: Sequence[str], day: date, site_url: str) -> list[tuple[str, str]]:
    """The same in each style, with its name; the address is that of the PDF under its day, which the permanent one leads to today."""
    address, edition = urljoin(site_url, dated_series_pdf(day)), f"edition of {long_date(day)}"
    return [
        ("Chicago", _chicago_of_series(name, day, address)),
        ("APA", f"{_joined(authors, ', & ')}. ({day.year}). The whole series ({edition[0].upper()}{edition[1:]}). {address}"),
        ("Bluebook style", f"{_joined(authors, ' & ')}, The Whole Series (ed. of {_MONTHS[day.month - 1]} {day.day}, {day.year}), {address}."),
    ]


def key(item: Publication | Case) -> str:
    """The citation key of this edition: `otr-ib-08-ed1`; a case study's, which has no edition, is `otr-roanoke-county-2009`."""
    it = citable(item)
    return f"otr-{it.id}-ed{it.edition}" if it.edition else f"otr-{it.id}"


def apa(item: Publication | Case, authors: Sequence[str], site_url: str) -> str:
    """APA style, 7th edition, 10.4 (reports), as plain text."""
    it = citable(item)
    read = f"Edition {it.edition}, {long_date(it.revised)}" if it.edition else ""
    kind = ", ".join(filter(None, (f"{it.genre} No. {it.number}" if it.number else it.genre, read, it.mark)))
    return f"{_joined(authors, ', & ')}. ({it.revised.year}). {it.title} ({kind}). {permalink(site_url, it)}"


def chicago(item: Publication | Case, series: str, site_url: str) -> str:
    """Chicago author-date: the form that page and PDF print as “how to cite”."""
    return cite_as(item, series, site_url)


def bluebook(item: Publication | Case, authors: Sequence[str], site_url: str) -> str:
    """After the Bluebook, rules 15.1(c) and 18.2 (institutional author, internet source), without small capitals."""
    it = citable(item)
    day = it.revised
    number = f"{it.genre} No. {it.number}, " if it.number else f"{it.genre}, "
    when = (f"ed. {it.edition}, " if it.edition else "") + f"{_MONTHS[day.month - 1]} {day.day}, {day.year}" + (f", {it.mark}" if it.mark else "")
    return f"{_joined(authors, ' & ')}, {number}{it.title} ({when}), {permalink(site_url, it)}."


def _joined(authors: Sequence[str], last: str) -> str:
    return last.join([", ".join(authors[:-1]), authors[-1]]) if len(authors) > 1 else "".join(authors)


def csl(item: Publication | Case, authors: Sequence[str], series: str, site_url: str, printed: bool = False) -> dict[str, Any]:
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
        **({"status": it.mark} if it.mark else {}),
        "abstract": it.summary,
        "language": "en-US",
        **({"note": note} if (note := _note(item, site_url, printed)) else {}),
        "URL": permalink(site_url, item),
    }


def csl_json(item: Publication | Case, authors: Sequence[str], series: str, site_url: str, printed: bool = False) -> str:
    return json.dumps([csl(item, authors, series, site_url, printed)], indent=2, ensure_ascii=False) + "\n"


def bibtex(item: Publication | Case, authors: Sequence[str], series: str, site_url: str, printed: bool = False) -> str:
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
        **({"note": _latex(note)} if (note := ". ".join(filter(None, (it.mark.capitalize(), _note(item, site_url, printed))))) else {}),
        "language": "english",
        "url": permalink(site_url, item),
    }
    rows = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@techreport{{{key(item)},\n{rows}}}\n"


def _note(item: Publication | Case, site_url: str, printed: bool) -> str:
    """What a reference manager keeps of the very text: `printed` says that its PDF is there. A case study has no editions."""
    if isinstance(item, Case):
        return ""
    return this_edition(item, site_url) if printed else edition_read(item)


def _latex(text: str) -> str:
    return text.translate(_LATEX)


def ris(item: Publication | Case, authors: Sequence[str], series: str, site_url: str, printed: bool = False) -> str:
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
        *([("N1", it.mark.capitalize())] if it.mark else []),
        *([("N1", note)] if (note := _note(item, site_url, printed)) else []),
        ("AB", it.summary),
        ("LA", "en"),
        ("UR", permalink(site_url, item)),
        ("ID", key(item)),
    ]
    return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in rows) + "ER  - \r\n"


FORMATS = (("bib", "BibTeX", bibtex), ("ris", "RIS", ris), ("json", "CSL-JSON", csl_json))
"""What programs read: suffix, name, and the function that writes it."""


WIDTH, HEIGHT = 600, 340
"""Of the card's frame, in CSS pixels."""


def frame(item: Publication, series: str, site_url: str) -> str:
    """The HTML by which another page shows the card: its width is that of the place where it stands.

    Width and border are attributes, although HTML prefers CSS: filters of content (WordPress' kses, Drupal's filter_html) take `style` away,
    and leave these.
    """
    src, title = html.escape(urljoin(site_url, embed(item.id))), html.escape(f"{series}: {item.label}, {item.full_title}")
    return f'<iframe src="{src}" title="{title}" width="100%" height="{HEIGHT}" frameborder="0" loading="lazy"></iframe>'


def embedded(item: Publication, series: str, site_url: str) -> str:
    """The HTML of the oEmbed document: the frame, and before it a link for where no frame is shown.

    WordPress shows the link until the card has told its height, and for good without scripts (`wp_filter_oembed_result`): it takes the
    blockquote only at the very beginning, and takes `hidden` off it, as does every filter that knows no such attribute.
    """
    return f"<blockquote hidden>{link(item, site_url)}</blockquote>{frame(item, series, site_url)}"


def static_card(item: Publication, series: str, site_url: str) -> str:
    """The card without a frame, for where none is allowed: it goes on saying what held when it was copied.

    It reads right where nothing is left of HTML but `blockquote` and `a`.
    """
    e, front = html.escape, item.front
    facts = f"{series}, edition {front.edition}, {long_date(front.revised)}" + (f"; law as of {long_date(front.law_as_of)}" if front.law_as_of else "")
    mark = f" {STATUSES[front.status]}." if item.mark else ""
    return f"<blockquote>{link(item, site_url)}.{mark} {e(front.summary)} ({e(facts)}.)</blockquote>"


def resizer(site_url: str) -> str:
    """A script for a page that shows cards, which gives each frame just the height that its card asks for. It listens to cards of this site only."""
    start = json.dumps(urljoin(site_url, embed("")).rstrip("/") + "/")
    return (
        '<script>\naddEventListener("message", (event) => {\n'
        f"  for (const frame of document.querySelectorAll('iframe[src^={start}]'))\n"
        '    if (event.source === frame.contentWindow && event.data.message === "height") frame.style.height = `${event.data.value}px`;\n'
        "});\n</script>"
    )


def link(item: Publication | Case, site_url: str) -> str:
    """The HTML of a link to the permanent address of the publication or case."""
    return f'<a href="{html.escape(permalink(site_url, item))}">{html.escape(_named(item))}</a>'


def _named(item: Publication | Case) -> str:
    it = citable(item)
    return f"{it.label}, {it.title}"


def snippets(item: Publication | Case, series: str, site_url: str) -> list[tuple[str, str, str]]:
    """What to paste into another page: a label, the text, and what it is called when it is copied. A case study has no card."""
    rows = [("Text and address", f"{_named(item)}. {permalink(site_url, item)}", "the link text"), ("A link in HTML", link(item, site_url), "the HTML link")]
    if isinstance(item, Publication):
        rows += [
            ("A card in HTML", frame(item, series, site_url), "the HTML of the card"),
            ("The same without a frame; it does not change with the publication", static_card(item, series, site_url), "the HTML of the card without a frame"),
        ]
    return rows
