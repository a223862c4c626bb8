"""What a page says of itself to machines: scholarly indexes, reference managers, link previews, feed readers.

Highwire Press tags (https://scholar.google.com/intl/en/scholar/inclusion.html#indexing), Dublin Core
(https://www.dublincore.org/specifications/dublin-core/dcq-html/), Open Graph (https://ogp.me/), JSON-LD (https://schema.org/Report).
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urljoin

from hooks.citing.bibliography import Source
from hooks.citing.cite_us import citable, genre
from hooks.editions.cards import HEIGHT, WIDTH
from hooks.editions.formats import PDF
from hooks.linking.model import ResolvedPage
from hooks.registers.questions import summary_of
from hooks.series.addresses import CARD, beside, card, oembed, permalink
from hooks.series.changes import followed
from hooks.series.model import Case, Publication, Subject
from hooks.series.records import Authority
from hooks.site.editions import Offer, offered
from hooks.site.published import Published


def head(published: Published, path: str, url: str, title: str = "") -> str:
    """The elements for `<head>` of the page from the source `path` at `url`; everything in them is escaped."""
    owner, page, settings = published.series.by_path.get(path), published.site.pages.get(path), published.settings["series"]
    here = published.site_url
    rows: list[str] = []
    if isinstance(owner, Publication) and page:
        pdf = PDF.address(owner) if published.editions and owner.id in published.editions.made else ""
        rows += _highwire(owner, page, published, pdf)
        rows += _dublin_core(owner, settings, here)
        rows += _preview(owner.full_title, owner.front.summary, "article", here, url, settings["name"], card(owner), owner.label)
        rows += [
            _meta("article:published_time", owner.front.published.isoformat(), "property"),
            _meta("article:modified_time", owner.front.revised.isoformat(), "property"),
        ]
        rows += [_link("alternate", urljoin(here, oembed(owner.id)), "application/json+oembed", owner.full_title)]
        rows += [_link("cite-as", permalink(here, owner))]
        rows += _alternates(owner, here, offered(owner, published.editions))
        rows += [_data(_report(owner, page, published, pdf))]
    elif isinstance(owner, Case):
        rows += _preview(owner.front.title, owner.front.summary, "article", here, url, settings["name"], CARD, settings["name"])
        if page:
            rows += _highwire(owner, page, published, "")
        rows += _dublin_core(owner, settings, here)
        rows += [_link("cite-as", permalink(here, owner)), *_alternates(owner, here)]
        rows += [_data(_case(owner, page, published))]
    elif path in published.series.authority_by_path:
        authority = published.series.authority_by_path[path]
        rows += _preview(authority.name, authority.rule, "article", here, url, settings["name"], CARD, settings["name"])
        rows += [_data(_authority(authority, url, published))]
    elif path in published.series.subject_by_path:
        subject = published.series.subject_by_path[path]
        rows += _preview(title, summary_of(subject), "article", here, url, settings["name"], CARD, settings["name"])
        rows += [_data(_faq(subject, title, url, published))]
    else:
        rows += _preview(title or settings["name"], settings.get("line", ""), "website", here, url, settings["name"], CARD, settings["name"])
        if url in ("", "./"):
            rows += [_data({"@context": "https://schema.org", **_series(published)})]
    for channel in followed(published.series, path):
        name = f"{settings['name']}: {channel.title}"
        rows += [_link("alternate", urljoin(here, channel.address.atom), "application/atom+xml", name)]
        rows += [_link("alternate", urljoin(here, channel.address.json), "application/feed+json", name)]
    return "".join(f"\n  {row}" for row in rows)


def _meta(name: str, content: object, attribute: str = "name") -> str:
    return f'<meta {attribute}="{html.escape(name)}" content="{html.escape(str(content))}">'


def _link(rel: str, href: str, type_: str = "", title: str = "") -> str:
    extra = "".join(f' {name}="{html.escape(value)}"' for name, value in (("type", type_), ("title", title)) if value)
    return f'<link rel="{rel}" href="{html.escape(href)}"{extra}>'


def _data(value: Mapping[str, Any]) -> str:
    """JSON-LD: data, not a script to run. `<` is written so that no text can close the element."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f'<script type="application/ld+json">{text}</script>'


def _highwire(item: Publication | Case, page: ResolvedPage, published: Published, pdf: str) -> Iterable[str]:
    it, settings, here = citable(item), published.settings["series"], published.site_url
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
        yield _meta("citation_reference", _reference(published.bibliography.sources[key]))


def names(csl: Mapping[str, Any]) -> list[str]:
    """The authors (else the editors) of a CSL item, as "Family, Given" or the body's name."""
    people = csl.get("author") or csl.get("editor") or []
    return [person.get("literal") or ", ".join(filter(None, _parts(person))) for person in people]


def _parts(person: Mapping[str, str]) -> tuple[str, str, str]:
    """Last name, first name and suffix, with what stands before each: “van der Berg, Jan”, “Beethoven, Ludwig van”."""
    last = " ".join(filter(None, (person.get("non-dropping-particle"), person.get("family"))))
    first = " ".join(filter(None, (person.get("given"), person.get("dropping-particle"))))
    return last, first, person.get("suffix", "")


def issued(csl: Mapping[str, Any]) -> str:
    """The date of a CSL item as far as it is known: 2019/6/1, 2019/6, 2019; empty if not at all."""
    parts = (csl.get("issued") or {}).get("date-parts") or [[]]
    return "/".join(str(part) for part in parts[0])


def plain(text: object) -> str:
    """The words of a CSL variable, without the marks of rich text that it may hold (https://docs.citationstyles.org/)."""
    return html.unescape(_RICH.sub("", str(text)))


_RICH = re.compile(r"</?(?:i|b|em|strong|sup|sub|sc|span)(?:\s[^<>]*)?>")


def _reference(source: Source) -> str:
    """A source as `citation_title=…; citation_author=…`; a semicolon inside a value would end it."""
    csl = source.csl
    pairs = [("citation_title", source.title), *(("citation_author", name) for name in names(csl)), ("citation_publication_date", issued(csl))]
    pairs += [("citation_journal_title", plain(csl.get("container-title", "")))]
    pairs += [("citation_volume", csl.get("volume", "")), ("citation_issue", csl.get("issue", ""))]
    pairs += [("citation_doi", csl.get("DOI", "")), ("citation_fulltext_html_url", csl.get("URL", ""))]
    return "; ".join(f"{name}={' '.join(str(value).replace(';', ',').split())}" for name, value in pairs if value)


def _dublin_core(item: Publication | Case, settings: Mapping[str, Any], here: str) -> Iterable[str]:
    it, front = citable(item), item.front
    yield _link("schema.DC", "http://purl.org/dc/elements/1.1/")
    yield _link("schema.DCTERMS", "http://purl.org/dc/terms/")
    pairs = [("DC.title", it.title), *(("DC.creator", name) for name in settings["authors"]), ("DC.publisher", settings["name"])]
    pairs += [("DC.identifier", permalink(here, item)), ("DC.date", it.published), ("DCTERMS.modified", it.revised), ("DC.type", "Text")]
    pairs += [("DC.format", "text/html"), ("DC.language", "en"), ("DC.rights", settings["licence"]), ("DC.description", it.summary)]
    pairs += [("DC.subject", topic) for topic in front.topics.values()]
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
        ("og:image:width", str(WIDTH)),
        ("og:image:height", str(HEIGHT)),
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


def _alternates(item: Publication | Case, here: str, offers: Sequence[Offer] = ()) -> Iterable[str]:
    for offer in offers:
        yield _link("alternate", urljoin(here, offer.address), offer.form.media_type, offer.label)
    for suffix, type_, name in (
        ("bib", "application/x-bibtex", "BibTeX"),
        ("ris", "application/x-research-info-systems", "RIS"),
        ("json", "application/vnd.citationstyles.csl+json", "CSL-JSON"),
    ):
        yield _link("describedby", urljoin(here, beside(item, suffix)), type_, name)


def _series(published: Published) -> dict[str, Any]:
    settings = published.settings["series"]
    return {"@type": "CreativeWorkSeries", "@id": published.site_url, "name": settings["name"], "url": published.site_url}


def _report(item: Publication, page: ResolvedPage, published: Published, pdf: str) -> dict[str, Any]:
    front, settings, here = item.front, published.settings["series"], published.site_url
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
        "image": urljoin(here, card(item)),
        "isPartOf": _series(published),
        "keywords": list(front.topics.values()),
        "citation": [_work(published.bibliography.sources[key]) for key in page.sources],
    }
    if item.mark:
        record["creativeWorkStatus"] = item.mark.capitalize()
    if item.number:
        record["reportNumber"] = f"{genre(item)} {item.number}"
    if settings.get("licence_url"):
        record["license"] = settings["licence_url"]
    if pdf:
        record["encoding"] = {"@type": "MediaObject", "contentUrl": urljoin(here, pdf), "encodingFormat": "application/pdf"}
    return record


def _case(item: Case, page: ResolvedPage | None, published: Published) -> dict[str, Any]:
    front, settings, here = item.front, published.settings["series"], published.site_url
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
        "isPartOf": _series(published),
        "citation": [_work(published.bibliography.sources[key]) for key in (page.sources if page else ())],
    }
    return record | ({"license": settings["licence_url"]} if settings.get("licence_url") else {})


def _authority(item: Authority, url: str, published: Published) -> dict[str, Any]:
    """The page of an authority, and what it is about: legislation as such (https://schema.org/Legislation), all else as a work."""
    law = item.kind in ("statute", "regulation", "order")
    about: dict[str, Any] = {"@type": "Legislation" if law else "CreativeWork", "name": item.name, "identifier": item.citation}
    about |= {"legislationPassedBy" if law else "author": {"@type": "Organization", "name": item.body}}
    return {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "@id": urljoin(published.site_url, url),
        "identifier": item.id,
        "url": urljoin(published.site_url, url),
        "name": item.name,
        "description": item.rule,
        "about": about | ({"url": item.url} if item.url else {}),
        "dateModified": item.as_of.isoformat(),
        "inLanguage": "en-US",
        "isPartOf": _series(published),
        "keywords": list(item.topics.values()),
    }


def _faq(subject: Subject, title: str, url: str, published: Published) -> dict[str, Any]:
    """Questions with their answers (https://schema.org/FAQPage), each under its permanent address."""
    here, own = published.site_url, [item for item in published.site.questions if item.subject.slug == subject.slug]
    entries = [
        {
            "@type": "Question",
            "@id": permalink(here, item),
            "url": urljoin(here, item.url),
            "name": item.question.question,
            "acceptedAnswer": {
                "@type": "Answer",
                "text": item.said,
                "dateModified": item.question.as_of.isoformat(),
                "url": urljoin(here, item.url),
                "citation": urljoin(here, item.read),
            },
        }
        for item in own
    ]
    record = {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "@id": urljoin(here, url),
        "url": urljoin(here, url),
        "name": title,
        "inLanguage": "en-US",
        "isAccessibleForFree": True,
        "isPartOf": _series(published),
        "mainEntity": entries,
    }
    return record | ({"dateModified": max(item.question.as_of for item in own).isoformat()} if own else {})


def _work(source: Source) -> dict[str, Any]:
    csl = source.csl
    address = f"https://doi.org/{csl['DOI']}" if csl.get("DOI") else csl.get("URL", "")
    work = {"@type": "CreativeWork", "name": source.title, "author": names(csl), "datePublished": issued(csl).replace("/", "-"), "url": address}
    return {name: value for name, value in work.items() if value}
