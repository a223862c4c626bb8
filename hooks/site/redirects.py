"""Pages that lead on: permanent addresses, and what stands where a page or file once was.

They work on any static host. A script keeps the fragment; without it, a refresh leads on and the text says where to.
At the old address of a PDF or data file stand the bytes of the present one, for programs fetch these and follow no page.

The address of the current edition under its number, `records-ed1.pdf`, is a folder of that name with such a page: a host that
answers for `/briefs/records/` answers for it too, and no PDF is published twice. Hosts that can redirect are told to, so that
programs get the PDF at once (see `hosting`). Once there is a later edition, the kept PDF itself stands there.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from pathlib import Path
from urllib.parse import urljoin

from hooks.core.tree import long_date
from hooks.core.urls import relative_url
from hooks.linking.model import Answered, Recommendation
from hooks.series.addresses import DATA, DATA_PAGE, RELEASES, SERIES_ID, SERIES_PDF, beside, dated_series_pdf, oembed, permanent, stamped_pdf
from hooks.series.model import Series
from hooks.series.moves import Moves
from hooks.series.sources import kept_editions
from hooks.site.csp import APPLY, meta, page_policy

SCRIPT = "assets/moved.js"
_DATED = re.compile(rf"{SERIES_ID}-(\d{{4}}-\d\d-\d\d)\.pdf")


def permanent_pages(
    series: Series, recommendations: Iterable[Recommendation], site_url: str = "", questions: Iterable[Answered] = (),
) -> Mapping[str, str]:  # fmt: skip
    """`id/<id>/index.html` for every publication, case, recommendation and question: a page that leads to its current address."""
    targets = {item.id: (item.url, item.front.title) for item in series.items}
    targets |= {item.id: (item.url, f"Recommendation {item.number}") for item in recommendations}
    targets |= {item.id: (item.url, item.question.question) for item in questions}
    cards = {item.id for item in series.publications}
    return {
        f"{permanent(id_)}index.html": redirect_page(permanent(id_), url, title, site_url, card=id_ if id_ in cards else "")
        for id_, (url, title) in targets.items()
    }


def moved_pages(moves: Moves, titles: Mapping[str, str], site_url: str = "") -> Mapping[str, str]:
    """A page at every address that has gone. `titles`: address → the title of the page there."""
    pages = {move.old: moves.target(move.old) for move in moves.pages.values() if move.old.endswith("/")}
    for move in moves.places.values():
        page = move.old.partition("#")[0]
        if page not in titles and page not in pages:
            # All that is known of that page is this place: what leads to the whole page is led to the same one.
            pages[page] = moves.target(move.old).partition("#")[0]
    out = {}
    for old, new in pages.items():
        places = {m.old.partition("#")[2]: moves.target(m.old) for m in moves.places.values() if m.old.partition("#")[0] == old}
        title = titles.get(new.partition("#")[0], new)
        out[f"{old}index.html"] = redirect_page(old, new, title, site_url, places, permanent=False)
    return out


def moved_files(moves: Moves, files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """The files of pages that have moved, at their old addresses: `old/old.pdf` has the bytes of `new/new.pdf`."""
    out = {}
    for move in moves.pages.values():
        new = moves.target(move.old).partition("#")[0]
        if not move.old.endswith("/"):
            if new in files:
                out[move.old] = files[new]
            continue
        stems = [url.rstrip("/").rpartition("/")[2] for url in (move.old, new)]
        for path in files:
            folder, _, name = path.rpartition("/")
            if f"{folder}/" == new and name != "index.html":
                own = name.startswith((f"{stems[1]}.", f"{stems[1]}-"))
                out[f"{move.old}{stems[0]}{name.removeprefix(stems[1])}" if own else f"{move.old}{name}"] = files[path]
    return out


def stamped(series: Series, moves: Moves, printed: Collection[str]) -> Mapping[str, str]:
    """Where each address of a current edition under its number leads, as files: `records-ed1.pdf` → `records.pdf`; those of former
    names of the publication too; that of the whole series under its day, `series-2026-11-29.pdf` → `series.pdf`.
    `printed` are the ids of what has a PDF."""
    out = {}
    if series.edition_day is not None and SERIES_ID in printed:
        out[dated_series_pdf(series.edition_day)] = SERIES_PDF
    for item in series.publications:
        if item.id not in printed:
            continue
        pdf, name = beside(item, "pdf"), f"-ed{item.front.edition}.pdf"
        out[stamped_pdf(item)] = pdf
        out |= {f"{old}{old.rstrip('/').rpartition('/')[2]}{name}": pdf for old in moves.former(item.url) if old.endswith("/")}
    return out


def whole_series(series: Series, name: str, at: str, promised: Iterable[str], site_url: str = "") -> Mapping[str, str]:
    """The permanent address of the whole series, and each address of its PDF under a day that has passed, as pages that lead on.

    They lead to `at`, where it is said what can be cited of the whole, and one of a past day that a release has to that release. `name`
    is that of the series, `promised` are all promised addresses; there are no pages where `at` is empty.
    """
    if series.edition_day is None or not at:
        return {}
    held = {f"{item.date}" for item in series.releases}
    found = {f"{permanent(SERIES_ID)}index.html": redirect_page(permanent(SERIES_ID), at, f"{name}: the whole series", site_url)}
    for address in promised:
        day = _DATED.fullmatch(address)
        if day and address != dated_series_pdf(series.edition_day):
            target = f"{RELEASES}#release-{day[1]}" if day[1] in held else at
            title = f"{name}: the whole series, edition of {long_date(date.fromisoformat(day[1]))}"
            found[f"{address}/index.html"] = redirect_page(f"{address}/", target, title, site_url)
    return found


def folder_pages(pages: Iterable[str], site_url: str = "") -> Mapping[str, str]:
    """A page for whoever opens a folder of files: that of the tables leads to the page that explains them, where it is among `pages`."""
    if DATA_PAGE not in pages:
        return {}
    return {f"{DATA}index.html": redirect_page(DATA, DATA_PAGE, "Data", site_url)}


def without_kept(stamps: Mapping[str, str], root: Path) -> Mapping[str, str]:
    """Those of `stamped` at which no kept edition stands."""
    kept = kept_editions(root)
    return {address: pdf for address, pdf in stamps.items() if address not in kept}


def stamped_pages(stamps: Mapping[str, str], site_url: str = "") -> Mapping[str, str]:
    """The pages that lead on from `stamps`, by file: `records-ed1.pdf/index.html`."""
    titles = {address: f"The current edition, {pdf.rpartition('/')[2]}" for address, pdf in stamps.items()}
    return {f"{address}/index.html": redirect_page(f"{address}/", pdf, titles[address], site_url) for address, pdf in stamps.items()}


def redirect_page(
    at: str, url: str, title: str, site_url: str = "", places: Mapping[str, str] | None = None, permanent: bool = True, card: str = "",
) -> str:  # fmt: skip
    """A page at `at` that leads on to `url` at once, and says in text where to.

    `places`: old fragment → its new address, where that is not the same fragment of `url`. `card`: the id of the publication whose
    card systems are to find here that turn addresses into cards, for they run no script and follow no refresh.
    """
    found = f'<link rel="alternate" type="application/json+oembed" href="{html.escape(urljoin(site_url, oembed(card)))}">\n' if card and site_url else ""
    link, name = html.escape(relative_url(url, at)), html.escape(title)
    canonical = html.escape(urljoin(site_url, url.partition("#")[0])) if site_url else link
    says = f'This permanent address leads to <a id="target" href="{link}">{name}</a>.' if permanent else (
        f'This page has moved. It is now at <a id="target" href="{link}">{name}</a>.'
    )
    rows = "".join(
        f'<li id="{html.escape(old)}">What was here under “{html.escape(old)}” is now at '
        f'<a data-old="{html.escape(old)}" href="{html.escape(relative_url(new, at))}">{html.escape(new)}</a>.</li>\n'
        for old, new in sorted((places or {}).items())
    )
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"  {meta(page_policy([APPLY]))}\n<title>{name}</title>\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<noscript><meta http-equiv="refresh" content="{5 if rows else 0}; url={link}"></noscript>\n'
        f'<link rel="canonical" href="{canonical}">\n{found}<meta name="robots" content="noindex">\n'
        f'<script src="{html.escape(relative_url(SCRIPT, at))}" defer></script>\n</head>\n'
        f"<body>\n<main>\n<h1>{name}</h1>\n<p>{says}</p>\n" + (f"<ul>\n{rows}</ul>\n" if rows else "") + "</main>\n</body>\n</html>\n"
    )
