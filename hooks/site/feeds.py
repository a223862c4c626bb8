"""Feeds of new and changed publications, and of corrections: Atom (RFC 4287) and JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).

Every date is one that a source states: an edition's, or a correction's. Nothing is read from a clock.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin

from lxml import etree

from hooks.series.addresses import CORRECTIONS, FEED, permalink
from hooks.series.model import Series

_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True)
class Entry:
    """One entry. `id` is permanent and an absolute address, as are `url` and `pdf` (which may be empty)."""

    id: str
    title: str
    url: str
    day: date
    summary: str
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class Feed:
    """A feed at `address` (absolute) about the page `home`."""

    title: str
    address: str
    home: str
    about: str
    authors: Sequence[str]
    rights: str
    entries: tuple[Entry, ...]


def changes_feed(series: Series, settings: Mapping, site_url: str, name: str = FEED) -> Feed:
    """Every entry of every edition history, newest first. Of what is no longer in force each says so; a draft has none."""
    entries = []
    for item in series.publications:
        if item.draft:
            continue
        for count, change in enumerate(reversed(item.front.changes), 1):
            what = "new" if count == 1 else f"edition {change.edition}"
            summary = item.front.summary if count == 1 else f"{change.note} {item.front.summary}"
            title = f"{item.label}, {item.full_title} ({'; '.join(filter(None, (what, item.mark)))})"
            id_ = f"{permalink(site_url, item)}#change-{count}"
            entries.append(Entry(id_, title, urljoin(site_url, item.url), change.date, summary, tuple(item.front.topics)))
    return _feed(f"{settings['name']}: new and changed", site_url, name, "", "New publications, and new editions with what changed.", settings, entries)


def corrections_feed(series: Series, settings: Mapping, site_url: str, name: str = CORRECTIONS + FEED) -> Feed:
    """Every erratum, newest first."""
    entries = []
    for item in series.publications:
        if item.draft:
            continue
        for erratum in item.front.errata:
            title = f"Correction to {item.label}, {item.full_title}" + (f" ({item.mark})" if item.mark else "")
            where = urljoin(site_url, f"{item.url}#{erratum.id}")
            entries.append(Entry(f"{permalink(site_url, item)}#{erratum.id}", title, where, erratum.date, erratum.note))
    return _feed(f"{settings['name']}: corrections", site_url, name, CORRECTIONS, "Every correction, with its date and place.", settings, entries)


def _feed(title: str, site_url: str, name: str, home: str, about: str, settings: Mapping, entries: Iterable[Entry]) -> Feed:
    ordered = sorted(entries, key=lambda item: (-item.day.toordinal(), item.id))
    return Feed(title, urljoin(site_url, name), urljoin(site_url, home), about, settings["authors"], settings["licence"], tuple(ordered))


def atom(feed: Feed) -> bytes:
    """The feed as an Atom document. An empty feed is dated to the day before all others, for the element is required."""

    def add(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
        node = etree.SubElement(parent, f"{{{_ATOM}}}{tag}", attributes)
        node.text = text or None
        return node

    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
    root.set("{http://www.w3.org/XML/1998/namespace}lang", "en")
    add(root, "id", feed.address)
    add(root, "title", feed.title)
    add(root, "subtitle", feed.about)
    add(root, "link", rel="self", type="application/atom+xml", href=feed.address)
    add(root, "link", rel="alternate", type="text/html", href=feed.home)
    add(root, "updated", _moment(max((item.day for item in feed.entries), default=date(1970, 1, 1))))
    for name in feed.authors:
        add(add(root, "author"), "name", name)
    add(root, "rights", feed.rights)
    for item in feed.entries:
        entry = add(root, "entry")
        add(entry, "id", item.id)
        add(entry, "title", item.title)
        add(entry, "link", rel="alternate", type="text/html", href=item.url)
        add(entry, "published", _moment(item.day))
        add(entry, "updated", _moment(item.day))
        add(entry, "summary", item.summary)
        for topic in item.topics:
            add(entry, "category", term=topic)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def json_feed(feed: Feed) -> bytes:
    """The feed as JSON Feed 1.1."""
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.address,
        "description": feed.about,
        "language": "en-US",
        "authors": [{"name": name} for name in feed.authors],
        "items": [
            {
                "id": item.id,
                "url": item.url,
                "title": item.title,
                "summary": item.summary,
                "content_text": item.summary,
                "date_published": _moment(item.day),
                "date_modified": _moment(item.day),
                **({"tags": list(item.topics)} if item.topics else {}),
            }
            for item in feed.entries
        ],
    }
    return (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode()


def _moment(day: date) -> str:
    """Midnight UTC of the day (RFC 3339)."""
    return f"{day.isoformat()}T00:00:00Z"
