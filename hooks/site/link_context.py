"""What a page needs to be cited, linked, followed and corrected: its part of the template variable `otr`, and the files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from hooks.build import Build
from hooks.editions.fonts import build_fonts
from hooks.pages.urls import relative_url
from hooks.series.model import Case, Publication
from hooks.site.addresses import beside
from hooks.site.cards import Card, cards
from hooks.site.cite_formats import apa, bibtex, bluebook, chicago, csl_json, genre, ris
from hooks.site.citing_us import permalink
from hooks.site.feeds import atom, changes_feed, corrections_feed, json_feed
from hooks.site.law_calendar import ADDRESS, law_calendar
from hooks.site.metadata import CARD, beside_card, head

_FORMATS = (("bib", "BibTeX", bibtex), ("ris", "RIS", ris), ("json", "CSL-JSON", csl_json))


def link_context(build: Build, path: str, url: str, title: str) -> dict[str, Any]:
    """`head`, and for a publication or a case study `cite` and `report`."""
    owner = build.series.by_path.get(path)
    context: dict[str, Any] = {"head": head(build, path, url, title), "cite": None, "report": None}
    if isinstance(owner, Publication | Case):
        series, here = build.settings["series"], build.site_url
        authors = series["authors"]
        context["cite"] = {
            "permalink": permalink(here, owner),
            "styles": [
                ("Chicago", chicago(owner, series["name"], here)),
                ("APA", apa(owner, authors, here)),
                ("Bluebook style", bluebook(owner, authors, here)),
            ],
            "formats": [(name, make(owner, authors, series["name"], here), relative_url(beside(owner, suffix), url)) for suffix, name, make in _FORMATS],
        }
        context["report"] = report_link(str(build.settings.get("report") or ""), owner, build.site_url)
    return context


def report_link(to: str, item: Publication | Case, site_url: str) -> dict[str, str] | None:
    """Where a reader reports an error in `item`, with its permanent address filled in; None where the site names no place.

    `to` is `mailto:…`, or the address of a form that takes `title` and `body`, such as a repository's new issue.
    """
    if not to.startswith(("mailto:", "https://", "http://")):
        return None
    address = permalink(site_url, item)
    subject, body = f"Error in {item.id}: {item.front.title}", f"Where: {address}\n\nWhat is wrong, and what shows it:\n"
    names = ("subject", "body") if to.startswith("mailto:") else ("title", "body")
    query = urlencode({names[0]: subject, names[1]: body}, quote_via=quote)
    return {"href": f"{to}{'&' if '?' in to else '?'}{query}", "place": address}


def link_files(build: Build) -> Mapping[str, bytes]:
    """Citations to take away, and pictures for previews, by address."""
    series, here = build.settings["series"], build.site_url
    fonts = build_fonts(build.root / "node_modules", build.root / ".cache" / "typst-fonts")
    wanted = {CARD: Card("", "", series["name"], series.get("line", ""), series["name"])}
    for item in build.series.publications:
        if item.path in build.site.pages:
            wanted[beside_card(item)] = Card(genre(item), item.number, item.front.title, item.front.subtitle, series["name"])
    files: dict[str, bytes] = dict(zip(wanted, cards(list(wanted.values()), fonts, build.cache, build.crew.run), strict=True))
    for item in (*build.series.publications, *build.series.cases):
        if item.path in build.site.pages:
            for suffix, _, make in _FORMATS:
                files[beside(item, suffix)] = make(item, series["authors"], series["name"], here).encode()
    return files


def feed_files(build: Build) -> Mapping[str, bytes]:
    """The feeds and the calendar, by address."""
    series, settings, here = build.series, build.settings["series"], build.site_url
    corrections = "about/corrections/"
    return {
        "feed.xml": atom(changes_feed(series, settings, here)),
        "feed.json": json_feed(changes_feed(series, settings, here, "feed.json")),
        f"{corrections}feed.xml": atom(corrections_feed(series, settings, here)),
        f"{corrections}feed.json": json_feed(corrections_feed(series, settings, here, f"{corrections}feed.json")),
        ADDRESS: law_calendar(series.authorities, settings["name"], here),
    }
