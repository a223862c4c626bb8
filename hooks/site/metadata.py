"""What a page says of itself to machines: scholarly indexes, reference managers, link previews, feed readers.

Highwire Press tags (https://scholar.google.com/intl/en/scholar/inclusion.html#indexing), Dublin Core
(https://www.dublincore.org/specifications/dublin-core/dcq-html/), Open Graph (https://ogp.me/), JSON-LD (https://schema.org/Report).
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urljoin

from hooks.build import Build
from hooks.editions.produce import pdf_path
from hooks.pages.model import ResolvedPage
from hooks.series import vocabulary as words
from hooks.series.model import Case, Publication
from hooks.site.addresses import beside
from hooks.site.cards import HEIGHT, WIDTH
from hooks.site.cite_formats import genre
from hooks.site.citing_us import citable, permalink
from hooks.site.editions import epub_path

CARD = "card.png"
"""The picture of pages that have none of their own."""
_TOPICS = {**words.ELEMENTS, **words.THEMES}


def head(build: Build, path: str, url: str, title: str = "") -> str:
    """The elements for `<head>` of the page from the source `path` at `url`; everything in them is escaped."""
    owner, page, settings = build.series.by_path.get(path), build.site.pages.get(path), build.settings["series"]
    here = build.site_url
    rows: list[str] = []
    if isinstance(owner, Publication) and page:
        pdf = pdf_path(owner) if build.editions and owner.id in build.editions.made else ""
        rows += _highwire(owner, page, build, pdf)
        rows += _dublin_core(owner, settings, here)
        rows += _preview(owner.full_title, owner.front.summary, "article", here, url, settings["name"], beside_card(owner), owner.label)
        rows += [
            _meta("article:published_time", owner.front.published.isoformat(), "property"),
            _meta("article:modified_time", owner.front.revised.isoformat(), "property"),
        ]
        rows += [_link("alternate", urljoin(here, f"oembed/{owner.id}.json"), "application/json+oembed", owner.full_title)]
        rows += [_link("cite-as", permalink(here, owner))]
        rows += _alternates(owner, pdf, here, epub_path(owner) if build.editions and owner.id in build.editions.epub else "")
        rows += [_data(_report(owner, page, build, pdf))]
    elif isinstance(owner, Case):
        rows += _preview(owner.front.title, owner.front.summary, "article", here, url, settings["name"], CARD, settings["name"])
        if page:
            rows += _highwire(owner, page, build, "")
        rows += _dublin_core(owner, settings, here)
        rows += [_link("cite-as", permalink(here, owner)), *_alternates(owner, "", here)]
        rows += [_data(_case(owner, page, build))]
    else:
        rows += _preview(title or settings["name"], settings.get("line", ""), "website", here, url, settings["name"], CARD, settings["name"])
        if url in ("", "./"):
            rows += [_data({"@context": "https://schema.org", **_series(build)})]
    rows += [
        _link("alternate", urljoin(here, "feed.xml"), "application/atom+xml", f"{settings['name']}: new and changed"),
        _link("alternate", urljoin(here, "feed.json"), "application/feed+json", f"{settings['name']}: new and changed"),
    ]
    return "".join(f"\n  {row}" for row in rows)


def beside_card(item: Publication) -> str:
    """Where the picture of a publication stands, relative to the site's root."""
    return f"{item.url}{CARD}"


def _meta(name: str, content: object, attribute: str = "name") -> str:
    return f'<meta {attribute}="{html.escape(name)}" content="{html.escape(str(content))}">'


def _link(rel: str, href: str, type_: str = "", title: str = "") -> str:
    extra = "".join(f' {name}="{html.escape(value)}"' for name, value in (("type", type_), ("title", title)) if value)
    return f'<link rel="{rel}" href="{html.escape(href)}"{extra}>'


def _data(value: Mapping[str, Any]) -> str:
    """JSON-LD: data, not a script to run. `<` is written so that no text can close the element."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f'<script type="application/ld+json">{text}</script>'


def _highwire(item: Publication | Case, page: ResolvedPage, build: Build, pdf: str) -> Iterable[str]:
    it, settings, here = citable(item), build.settings["series"], build.site_url
    yield _meta("citation_title", it.title)
    for name in settings["authors"]:
        yield _meta("citation_author", name)
    yield _meta("citation_publication_date", f"{it.published:%Y/%m/%d}")
    yield _meta("citation_online_date", f"{it.revised:%Y/%m/%d}")
    yield _meta("citation_technical_report_institution", settings["name"])
    yield _meta("citation_technical_report_number", f"{it.genre} {it.number or (it.id if isinstance(item, Case) else '')}".strip())
    yield _meta("citation_series_title", settings["name"])
    yield _meta("citation_language", "en")
    yield _meta("citation_abstract_html_url", urljoin(here, item.url))
    yield _meta("citation_fulltext_html_url", urljoin(here, item.url))
    if pdf:
        yield _meta("citation_pdf_url", urljoin(here, pdf))
    for key in page.sources:
        yield _meta("citation_reference", _reference(build.bibliography.sources[key].csl))


def names(csl: Mapping[str, Any]) -> list[str]:
    """The authors (else the editors) of a CSL item, as "Family, Given" or the body's name."""
    people = csl.get("author") or csl.get("editor") or []
    return [person.get("literal") or ", ".join(filter(None, (person.get("family"), person.get("given")))) for person in people]


def issued(csl: Mapping[str, Any]) -> str:
    """The date of a CSL item as far as it is known: 2019/6/1, 2019/6, 2019; empty if not at all."""
    parts = (csl.get("issued") or {}).get("date-parts") or [[]]
    return "/".join(str(part) for part in parts[0])


def _reference(csl: Mapping[str, Any]) -> str:
    """A source as `citation_title=…; citation_author=…`; a semicolon inside a value would end it."""
    pairs = [("citation_title", csl.get("title", "")), *(("citation_author", name) for name in names(csl)), ("citation_publication_date", issued(csl))]
    pairs += [("citation_journal_title", csl.get("container-title", "")), ("citation_volume", csl.get("volume", "")), ("citation_issue", csl.get("issue", ""))]
    pairs += [("citation_doi", csl.get("DOI", "")), ("citation_fulltext_html_url", csl.get("URL", ""))]
    return "; ".join(f"{name}={' '.join(str(value).replace(';', ',').split())}" for name, value in pairs if value)


def _dublin_core(item: Publication | Case, settings: Mapping[str, Any], here: str) -> Iterable[str]:
    it, front = citable(item), item.front
    yield _link("schema.DC", "http://purl.org/dc/elements/1.1/")
    yield _link("schema.DCTERMS", "http://purl.org/dc/terms/")
    pairs = [("DC.title", it.title), *(("DC.creator", name) for name in settings["authors"]), ("DC.publisher", settings["name"])]
    pairs += [("DC.identifier", permalink(here, item)), ("DC.date", it.published), ("DCTERMS.modified", it.revised), ("DC.type", "Text")]
    pairs += [("DC.format", "text/html"), ("DC.language", "en"), ("DC.rights", settings["licence"]), ("DC.description", it.summary)]
    pairs += [("DC.subject", _TOPICS[slug]) for slug in (*front.elements, *front.themes)]
    for name, value in pairs:
        yield _meta(name, value)


def _preview(title: str, about: str, type_: str, here: str, url: str, site: str, picture: str, alt: str) -> Iterable[str]:
    image = urljoin(here, picture)
    address = urljoin(here, "" if url == "./" else url)
    for name, value in (
        ("og:title", title),
        ("og:type", type_),
        ("og:url", address),
        ("og:description", about),
        ("og:site_name", site),
        ("og:locale", "en_US"),
    ):
        if value:
            yield _meta(name, value, "property")
    words_on_it = f"{alt}: {title}" if alt != title else title
    for name, value in (
        ("og:image", image),
        ("og:image:type", "image/png"),
        ("og:image:width", WIDTH),
        ("og:image:height", HEIGHT),
        ("og:image:alt", words_on_it),
    ):
        yield _meta(name, value, "property")
    for name, value in (
        ("twitter:card", "summary_large_image"),
        ("twitter:title", title),
        ("twitter:description", about),
        ("twitter:image", image),
        ("twitter:image:alt", words_on_it),
    ):
        if value:
            yield _meta(name, value)


def _alternates(item: Publication | Case, pdf: str, here: str, epub: str = "") -> Iterable[str]:
    if pdf:
        yield _link("alternate", urljoin(here, pdf), "application/pdf", "PDF")
    if epub:
        yield _link("alternate", urljoin(here, epub), "application/epub+zip", "EPUB")
    for suffix, type_, name in (
        ("bib", "application/x-bibtex", "BibTeX"),
        ("ris", "application/x-research-info-systems", "RIS"),
        ("json", "application/vnd.citationstyles.csl+json", "CSL-JSON"),
    ):
        yield _link("describedby", urljoin(here, beside(item, suffix)), type_, name)


def _series(build: Build) -> dict[str, Any]:
    settings = build.settings["series"]
    return {"@type": "CreativeWorkSeries", "@id": build.site_url, "name": settings["name"], "url": build.site_url}


def _report(item: Publication, page: ResolvedPage, build: Build, pdf: str) -> dict[str, Any]:
    front, settings, here = item.front, build.settings["series"], build.site_url
    body = [{"@type": "Organization", "name": name} for name in settings["authors"]]
    record = {
        "@context": "https://schema.org",
        "@type": "Report",
        "@id": permalink(here, item),
        "identifier": item.id,
        "url": urljoin(here, item.url),
        "name": item.full_title,
        "description": front.summary,
        "author": body,
        "publisher": {"@type": "Organization", "name": settings["name"]},
        "datePublished": front.published.isoformat(),
        "dateModified": front.revised.isoformat(),
        "version": str(front.edition),
        "inLanguage": "en-US",
        "isAccessibleForFree": True,
        "image": urljoin(here, beside_card(item)),
        "isPartOf": _series(build),
        "keywords": [_TOPICS[slug] for slug in (*front.elements, *front.themes)],
        "citation": [_work(build.bibliography.sources[key].csl) for key in page.sources],
    }
    if item.number:
        record["reportNumber"] = f"{genre(item)} {item.number}"
    if settings.get("licence_url"):
        record["license"] = settings["licence_url"]
    if pdf:
        record["encoding"] = {"@type": "MediaObject", "contentUrl": urljoin(here, pdf), "encodingFormat": "application/pdf"}
    return record


def _case(item: Case, page: ResolvedPage | None, build: Build) -> dict[str, Any]:
    front, settings, here = item.front, build.settings["series"], build.site_url
    record = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "@id": permalink(here, item),
        "identifier": item.id,
        "url": urljoin(here, item.url),
        "name": front.title,
        "description": front.summary,
        "about": {"@type": "GovernmentOrganization", "name": front.agency},
        "temporalCoverage": str(front.year),
        "datePublished": front.published.isoformat(),
        "dateModified": (front.revised or front.published).isoformat(),
        "author": [{"@type": "Organization", "name": name} for name in settings["authors"]],
        "inLanguage": "en-US",
        "isPartOf": _series(build),
        "citation": [_work(build.bibliography.sources[key].csl) for key in (page.sources if page else ())],
    }
    return record | ({"license": settings["licence_url"]} if settings.get("licence_url") else {})


def _work(csl: Mapping[str, Any]) -> dict[str, Any]:
    address = f"https://doi.org/{csl['DOI']}" if csl.get("DOI") else csl.get("URL", "")
    work = {"@type": "CreativeWork", "name": csl.get("title", ""), "author": names(csl), "datePublished": issued(csl).replace("/", "-"), "url": address}
    return {name: value for name, value in work.items() if value}
