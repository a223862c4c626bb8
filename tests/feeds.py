"""A validator of feeds: RFC 4287 by a RELAX NG schema, by feedparser and by the rules that no schema can say; JSON Feed 1.1 by a JSON Schema."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import feedparser
from jsonschema import Draft202012Validator, FormatChecker
from lxml import etree, html

NAME = "{http://www.w3.org/2005/Atom}"

_ADDRESS = {"type": "string", "pattern": r"^https?://\S+$"}
_WORDS = {"type": "string", "pattern": r"\S"}
_MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"}
_AUTHORS = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "properties": {"name": _WORDS, "url": _ADDRESS, "avatar": _ADDRESS},
        "minProperties": 1,
        "additionalProperties": False,
    },
}
_TAGS = {"type": "array", "items": _WORDS, "uniqueItems": True}
_ITEM = {
    "type": "object",
    "required": ["id"],
    "anyOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
    "properties": {
        **{name: _WORDS for name in ("id", "title", "content_html", "content_text", "summary", "language")},
        **{name: _ADDRESS for name in ("url", "external_url", "image", "banner_image")},
        **{name: _MOMENT for name in ("date_published", "date_modified")},
        "authors": _AUTHORS,
        "tags": _TAGS,
        "attachments": {"type": "array", "items": {"type": "object", "required": ["url", "mime_type"]}},
    },
    "patternProperties": {"^_": {}},
    "additionalProperties": False,
}
JSON_FEED: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/",
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        **{name: _WORDS for name in ("title", "description", "user_comment", "language")},
        **{name: _ADDRESS for name in ("home_page_url", "feed_url", "next_url", "icon", "favicon")},
        "authors": _AUTHORS,
        "expired": {"type": "boolean"},
        "hubs": {"type": "array", "items": {"type": "object", "required": ["type", "url"]}},
        "items": {"type": "array", "items": _ITEM},
    },
    "patternProperties": {"^_": {}},
    "additionalProperties": False,
}


@cache
def _schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(str(Path(__file__).parent / "links/atom.rng")))


def atom_faults(document: bytes, address: str) -> list[str]:
    """What is wrong with the Atom document that stands at `address`."""
    root = etree.fromstring(document)
    found = [] if _schema().validate(root) else [str(error) for error in _schema().error_log]
    parsed = feedparser.parse(document)
    found += [str(parsed.bozo_exception)] if parsed.bozo else []
    found += [] if parsed.version == "atom10" else [f"feedparser takes it for {parsed.version}"]
    found += _twice("entry id", (node.findtext(f"{NAME}id") for node in root.iter(f"{NAME}entry")))
    for node in (root, *root.iter(f"{NAME}entry")):
        # RFC 4287, 4.1.1 and 4.1.2: no two alternates of one type and language.
        pairs = [(link.get("rel", "alternate"), link.get("type"), link.get("hreflang")) for link in node.findall(f"{NAME}link")]
        found += _twice("alternate", [f"{type_} {language}" for rel, type_, language in pairs if rel == "alternate"])
    own = [link.get("href") for link in root.findall(f"{NAME}link") if link.get("rel") == "self"]
    found += [] if own == [address] else [f"rel=self is {own}, not {address}"]
    moments = [node.findtext(f"{NAME}updated") or "" for node in root.iter(f"{NAME}entry")]
    found += [] if not moments or root.findtext(f"{NAME}updated") == max(moments) else ["the feed is not dated by its newest entry"]
    found += [] if moments == sorted(moments, reverse=True) else ["the newest is not first"]
    for node in root.iter(f"{NAME}content"):
        found += _relative(node.text or "")
    return found + _old(document)


def json_faults(document: bytes, address: str) -> list[str]:
    """What is wrong with the JSON Feed that stands at `address`."""
    data = json.loads(document)
    found = [f"{error.json_path}: {error.message}" for error in Draft202012Validator(JSON_FEED, format_checker=FormatChecker()).iter_errors(data)]
    items = data.get("items", [])
    found += _twice("item id", (item.get("id") for item in items))
    found += [] if data.get("feed_url") == address else [f"feed_url is {data.get('feed_url')}, not {address}"]
    for item in items:
        found += _relative(item.get("content_html", ""))
    return found + _old(document)


def _twice(what: str, names: Iterable[str | None]) -> list[str]:
    return [f"{what} twice: {name}" for name, count in Counter(names).items() if count > 1]


def _relative(content: str) -> list[str]:
    links = html.fragment_fromstring(content or "<p>", create_parent="div").iter("a")
    return [f"not absolute: {link.get('href')}" for link in links if urlsplit(link.get("href", "")).scheme not in ("http", "https")]


def _old(document: bytes) -> list[str]:
    return ["a date of 1970"] if b"1970-01-01" in document else []
