"""Pages that lead on: permanent addresses, and what stands where a page or file once was.

They work on any static host. A script keeps the fragment; without it, a refresh leads on and the text says where to.
At the old address of a PDF or data file stand the bytes of the present one, for no page can stand there.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from urllib.parse import urljoin

from hooks.core.urls import relative_url
from hooks.linking.model import Answered, Recommendation
from hooks.series.addresses import permanent
from hooks.series.model import Series
from hooks.series.moves import Moves
from hooks.site.csp import APPLY, meta, page_policy

SCRIPT = "assets/moved.js"


def permanent_pages(
    series: Series, recommendations: Iterable[Recommendation], site_url: str = "", questions: Iterable[Answered] = (),
) -> Mapping[str, str]:  # fmt: skip
    """`id/<id>/index.html` for every publication, case, recommendation and question: a page that leads to its current address."""
    targets = {item.id: (item.url, item.front.title) for item in series.items}
    targets |= {item.id: (item.url, f"Recommendation {item.number}") for item in recommendations}
    targets |= {item.id: (item.url, item.question.question) for item in questions}
    return {f"{permanent(id_)}index.html": redirect_page(permanent(id_), url, title, site_url) for id_, (url, title) in targets.items()}


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


def redirect_page(at: str, url: str, title: str, site_url: str = "", places: Mapping[str, str] | None = None, permanent: bool = True) -> str:
    """A page at `at` that leads on to `url` at once, and says in text where to.

    `places`: old fragment → its new address, where that is not the same fragment of `url`.
    """
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
        f'<link rel="canonical" href="{canonical}">\n<meta name="robots" content="noindex">\n'
        f'<script src="{html.escape(relative_url(SCRIPT, at))}" defer></script>\n</head>\n'
        f"<body>\n<main>\n<h1>{name}</h1>\n<p>{says}</p>\n" + (f"<ul>\n{rows}</ul>\n" if rows else "") + "</main>\n</body>\n</html>\n"
    )
