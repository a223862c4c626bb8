"""Cards of publications for other people's pages, and the oEmbed documents by which those find them (https://oembed.com/)."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from urllib.parse import urljoin

from hooks.citing.cite_us import HEIGHT, WIDTH, frame
from hooks.core.look import look
from hooks.core.tree import long_date
from hooks.editions.cards import HEIGHT as CARD_HEIGHT
from hooks.editions.cards import WIDTH as CARD_WIDTH
from hooks.editions.formats import PDF
from hooks.series import addresses
from hooks.series.addresses import card, embed, permalink
from hooks.series.model import Publication
from hooks.site.csp import Policy, embed_policy, meta
from hooks.site.published import Published

_COLORS = ("paper", "ink", "soft", "rule", "brand", "accent")
_STYLE = """
:root{color-scheme:light dark;%s}
@media (prefers-color-scheme:dark){:root{%s}}
*{box-sizing:border-box;margin:0}
body{background:var(--paper);color:var(--ink);font:400 1rem/1.5 system-ui,sans-serif}
main{min-height:100vh;padding:1rem 1.25rem;border:1px solid var(--rule);border-left:.5rem solid var(--brand)}
.kind,.meta{color:var(--soft);font-size:.875rem}
h1{margin:.25rem 0;font:600 1.375rem/1.25 look(heading office),serif}
a{color:var(--brand);text-underline-offset:.2em}
h1 a{color:inherit;text-decoration:none}
h1 a:hover{text-decoration:underline}
a:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin-top:.5rem;padding:0;list-style:none}
li a{display:inline-block;min-height:1.5rem;font-weight:600}
.note{margin-top:.5rem;border-left:3px solid var(--accent);padding-left:.5rem}
""".strip()

_NOTES = {"draft": "Draft: not published.", "superseded": "Superseded by a later publication.", "withdrawn": "Withdrawn: do not rely on it."}


def card_style() -> str:
    """The style sheet of every card."""
    light, dark = (";".join(look().properties(_COLORS, scheme)).replace(": ", ":") for scheme in ("light", "dark"))
    return look().fill(_STYLE % (light, dark))


def card_policy() -> Policy:
    """Of every card: any page may frame it."""
    return embed_policy([card_style()])


def embed_files(published: Published) -> Mapping[str, bytes]:
    """`embed/<id>/index.html` and `oembed/<id>.json` of every publication."""
    files = {}
    for item in published.series.publications:
        if item.path in published.site.pages:
            made = published.editions.made.get(item.id) if published.editions else None
            pdf = f"PDF, {made.pages} {'page' if made.pages == 1 else 'pages'}" if made else ""
            files[f"{embed(item.id)}index.html"] = card_page(item, published.settings["series"]["name"], published.site_url, pdf).encode()
            files[addresses.oembed(item.id)] = oembed(item, published.settings["series"]["name"], published.site_url).encode()
    return files


def card_page(item: Publication, series: str, site_url: str, pdf: str) -> str:
    """The card: one file that fetches nothing, runs no script and follows the reader's light or dark setting."""
    front, e = item.front, html.escape
    links = [f'<li><a href="{e(permalink(site_url, item))}">Read</a></li>']
    if pdf:
        links.append(f'<li><a href="{e(urljoin(site_url, PDF.address(item)))}">{e(pdf)}</a></li>')
    note = _NOTES.get(front.status, "")
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n  {meta(card_policy())}\n'
        f"<title>{e(f'{item.label}, {item.full_title}')} · {e(series)}</title>\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light dark">\n'
        f'<meta name="robots" content="noindex">\n<link rel="canonical" href="{e(urljoin(site_url, item.url))}">\n<base target="_top">\n'
        f"<style>{card_style()}</style>\n</head>\n<body>\n<main>\n"
        f'<p class="kind">{e(series)} · {e(item.label)}</p>\n'
        f'<h1><a href="{e(permalink(site_url, item))}">{e(item.full_title)}</a></h1>\n<p>{e(front.summary)}</p>\n'
        + (f'<p class="note">{note}</p>\n' if note else "")
        + f'<p class="meta">Edition {front.edition}, {long_date(front.revised)}</p>\n<ul>{"".join(links)}</ul>\n</main>\n</body>\n</html>\n'
    )


def oembed(item: Publication, series: str, site_url: str) -> str:
    """The oEmbed 1.0 response, of the type `rich`."""
    data = {
        "version": "1.0",
        "type": "rich",
        "title": f"{item.label}, {item.full_title}",
        "author_name": series,
        "provider_name": series,
        "provider_url": site_url,
        "html": frame(item, series, site_url),
        "width": WIDTH,
        "height": HEIGHT,
        "thumbnail_url": urljoin(site_url, card(item)),
        "thumbnail_width": CARD_WIDTH,
        "thumbnail_height": CARD_HEIGHT,
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
