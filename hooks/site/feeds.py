"""Feeds of what changed, by subject: Atom (RFC 4287) and JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).

Every date is one that a source states (see `hooks.series.changes`). Both forms of a feed have the same entries under the same ids,
which are permanent addresses; every link in them is absolute.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from html import escape
from itertools import groupby
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from hooks.core.tree import long_date
from hooks.series import vocabulary as words
from hooks.series.addresses import CHANGES
from hooks.series.changes import Change, Channel, changes, channels
from hooks.site.published import Published

_ATOM = "http://www.w3.org/2005/Atom"
_BUNDLES = {
    "law-checked": "Law register: {} authorities checked",
    "answers": "Questions: answers on {} subjects checked",
    "platform": "Platforms: {} facts seen",
}


@dataclass(frozen=True)
class Line:
    """One of the things that an entry tells: its name, its address (absolute), and what is said of it."""

    name: str
    url: str
    what: str


@dataclass(frozen=True)
class Entry:
    """One entry. `id` is permanent and, as `url`, absolute; `summary` is plain text; `topics` are slugs of `vocabulary.TOPICS`."""

    id: str
    title: str
    url: str
    day: date
    summary: str
    topics: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()

    @cached_property
    def html(self) -> str:
        """What the entry says, as HTML."""
        if not self.lines:
            return f'<p>{escape(self.summary)} <a href="{escape(self.url)}">Read it</a>.</p>'
        # Written out: hundreds of lines stand in each of many feeds.
        items = (f'<li><a href="{escape(line.url)}">{escape(line.name)}</a>: {escape(line.what)}</li>' for line in self.lines)
        return f"<p>{escape(self.summary)}</p><ul>{''.join(items)}</ul>"

    @property
    def text(self) -> str:
        """The same as plain text."""
        return "\n\n".join([self.summary, *(f"{line.name}: {line.what}\n{line.url}" for line in self.lines)] if self.lines else [self.summary, self.url])


@dataclass(frozen=True)
class Feed:
    """A feed with its entries, newest first. `atom`, `json` and `home` are absolute addresses; `updated` is the day of the last change."""

    title: str
    atom: str
    json: str
    home: str
    about: str
    authors: Sequence[str]
    rights: str
    updated: date
    entries: tuple[Entry, ...]


def feed_files(published: Published) -> Mapping[str, bytes]:
    """Every feed in both forms, by address. A series in which nothing has a date has none: a feed must say when it was last changed."""
    files: dict[str, bytes] = {}
    told = changes(published.series, published.today)
    if not told:
        return files
    about: dict[str, list[int]] = {}
    for at, change in enumerate(told):
        for key in change.about:
            about.setdefault(key, []).append(at)
    for channel in channels(published.series):
        feed = _filled(channel, told, about, published)
        files[channel.address.atom] = atom(feed)
        files[channel.address.json] = json_feed(feed)
    return files


def _filled(channel: Channel, told: Sequence[Change], about: Mapping[str, Iterable[int]], published: Published) -> Feed:
    settings, here = published.settings["series"], published.site_url
    own = list(_on(channel, told, about, published))
    # A topic's feed is with checks or without any, and so is its page.
    some = f"&kind={words.ANY_CHANGE}" if channel.kinds else ""
    home = f"{CHANGES}?subject={channel.topic}{some}" if channel.topic and CHANGES in published.page_at else channel.home
    address, page = urljoin(here, channel.address.atom), urljoin(here, home)
    # Of a subject on which nothing has changed yet it is known that this was still so at the last change of the series.
    updated = own[0].day if own else told[0].day
    return Feed(
        f"{settings['name']}: {channel.title}", address, urljoin(here, channel.address.json), page, channel.about, settings["authors"], settings["licence"],
        updated, tuple(entries(own, address, page, here)),
    )  # fmt: skip


def _on(channel: Channel, told: Sequence[Change], about: Mapping[str, Iterable[int]], published: Published) -> Iterator[Change]:
    """The changes that a channel tells. A publication is changed by what it rests on too: the law, the cases and the facts on its page.

    `about` are the places in `told` of the changes of each thing: with thousands of publications nobody asks every change for each.
    """
    item = channel.publication
    keys = set()
    if item is not None:
        keys.add(item.id)
        page = published.site.pages.get(item.path)
        if page is not None:
            keys |= {f"law:{id_}" for id_ in page.authorities} | {f"case:{id_}" for id_ in page.cases} | {f"platform:{id_}" for id_ in page.facts}
    own = told if item is None else [told[at] for at in sorted({at for key in keys for at in about.get(key, ())})]
    for change in own:
        if (not channel.kinds or change.kind in channel.kinds) and (not channel.topic or channel.topic in change.topics):
            yield change


def entries(told: Iterable[Change], feed: str, home: str, site_url: str) -> Iterator[Entry]:
    """The entries of the feed at `feed`, about the page `home`: one for each change; what was checked on one day is one entry of all."""
    for (day, kind), group in groupby(told, key=lambda change: (change.day, change.kind)):
        own = list(group)
        if kind in words.ROUTINE:
            yield _bundle(own, f"{feed}#{kind}-{day}", home, site_url)
        else:
            yield from (Entry(urljoin(site_url, it.id), it.title, urljoin(site_url, it.url), day, it.what, it.topics) for it in own)


def _bundle(own: Sequence[Change], id_: str, home: str, site_url: str) -> Entry:
    title = _BUNDLES[own[0].kind]
    day = own[0].day
    what = title.format(len(own)) if len(own) > 1 else f"{own[0].title} ({words.CHANGES[own[0].kind].lower()})"
    topics = tuple(slug for slug in words.TOPICS if any(slug in change.topics for change in own))
    lines = tuple(Line(change.title, urljoin(site_url, change.url), change.what) for change in own)
    url = lines[0].url if len(lines) == 1 else home
    return Entry(id_, what, url, day, f"{what}, as of {long_date(day)}.", topics, lines)


def atom(feed: Feed) -> bytes:
    """The feed as an Atom document."""

    def add(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
        node = etree.SubElement(parent, f"{{{_ATOM}}}{tag}", attributes)
        node.text = text or None
        return node

    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
    root.set("{http://www.w3.org/XML/1998/namespace}lang", "en")
    add(root, "id", feed.atom)
    add(root, "title", feed.title)
    add(root, "subtitle", feed.about)
    add(root, "link", rel="self", type="application/atom+xml", href=feed.atom)
    add(root, "link", rel="alternate", type="text/html", href=feed.home)
    add(root, "link", rel="alternate", type="application/feed+json", href=feed.json)
    add(root, "updated", _moment(feed.updated))
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
        for topic in item.topics:
            add(entry, "category", term=topic, label=words.TOPICS[topic])
        add(entry, "summary", item.summary)
        add(entry, "content", item.html, type="html")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))


def json_feed(feed: Feed) -> bytes:
    """The feed as JSON Feed 1.1."""
    items: list[dict[str, Any]] = [
        {
            "id": item.id,
            "url": item.url,
            "title": item.title,
            "summary": item.summary,
            "content_html": item.html,
            "content_text": item.text,
            "date_published": _moment(item.day),
            "date_modified": _moment(item.day),
            **({"tags": list(item.topics)} if item.topics else {}),
        }
        for item in feed.entries
    ]
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.json,
        "description": feed.about,
        "language": "en-US",
        "authors": [{"name": name} for name in feed.authors],
        "items": items,
    }
    return (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode()


def _moment(day: date) -> str:
    """Midnight UTC of the day (RFC 3339)."""
    return f"{day.isoformat()}T00:00:00Z"
