"""Cards of publications for other people's pages, and the oEmbed documents by which those find them (https://oembed.com/)."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from datetime import date
from urllib.parse import urljoin

from hooks.citing.cite_us import HEIGHT, WIDTH, embedded
from hooks.core.look import look
from hooks.core.tree import long_date
from hooks.editions.cards import HEIGHT as CARD_HEIGHT
from hooks.editions.cards import WIDTH as CARD_WIDTH
from hooks.editions.formats import PDF
from hooks.series import addresses
from hooks.series.addresses import card, embed, permalink
from hooks.series.model import Publication
from hooks.series.vocabulary import STATUSES
from hooks.site.csp import Policy, embed_policy, meta
from hooks.site.published import Published

_COLORS = ("paper", "ink", "soft", "rule", "brand", "accent")
_STYLE = """
:root{color-scheme:light dark;%s}
@media (prefers-color-scheme:dark){:root{%s}}
*{box-sizing:border-box;margin:0}
body{background:var(--paper);color:var(--ink);font:400 .9375rem/1.45 system-ui,sans-serif;overflow-wrap:anywhere}
main{display:flex;flex-direction:column;height:100vh;min-height:min-content}
main{padding:.625rem .75rem;border:1px solid var(--rule);border-left:.375rem solid var(--brand)}
main>*{flex:none}
.kind,.meta{color:var(--soft);font-size:.8125rem}
h1{margin:.125rem 0 .25rem;font:600 1.0625rem/1.2 look(heading office),serif}
a{color:var(--brand);text-underline-offset:.2em}
h1 a{color:inherit;text-decoration:none}
h1 a:hover{text-decoration:underline}
a:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
main>.about{display:flex;flex:1 1 0;flex-flow:column wrap;min-height:0;overflow:hidden}
.about::before{width:100%%;height:1px;content:""}
.about p{width:100%%;padding-bottom:.375rem}
ul{display:flex;flex-wrap:wrap;gap:.125rem 1.25rem;padding:.25rem 0 0;list-style:none}
li a{display:inline-block;min-height:1.5rem;font-weight:600}
.meta span{display:inline-block}
.note{margin-bottom:.375rem;border-left:3px solid var(--accent);padding-left:.5rem}
.whole main{height:auto}
.whole main>.about{display:block;flex:none}
.whole .about::before{display:block}
@media (min-width:22.5rem){main{padding:.875rem 1.125rem;border-left-width:.5rem}h1{font-size:1.25rem}body{font-size:1rem}.kind,.meta{font-size:.875rem}}
@media (min-width:30rem){h1{font-size:1.375rem}}
""".strip()
# The summary stands in a column of its own that may wrap: where the height left over is too little for all of it, it wraps as a
# whole into a second column, which is out of sight. So no line of it is ever cut, whatever the reader's font.

SCRIPT = r"""
(() => {
  if (parent === self) return;
  const root = document.documentElement, secret = () => /[?&]secret=([\da-z]+)/i.exec(location.hash)?.[1] ?? "";
  const say = (message, value) => parent.postMessage({message, value, secret: secret()}, "*");
  let wide = 0;
  const height = () => {
    wide = innerWidth;
    root.classList.add("whole");
    const high = Math.ceil(document.querySelector("main").getBoundingClientRect().height);
    root.classList.remove("whole");
    say("height", high);
  };
  addEventListener("load", height);
  addEventListener("resize", () => innerWidth === wide || height());
  addEventListener("message", ({source, data}) => source === parent && data?.message === "ready" && height());
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || !secret() || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    say("link", link.href);
  });
})();
""".strip()
"""Tells the page around the card how high the whole card is, and, where that page gave a secret as WordPress does, which link was pressed.

The messages are those of WordPress' own embeds (wp-embed.js, since 4.4; “ready” since 5.9). Without it everything stands and reads the same.
"""

_SAYS = {"draft": "not published", "superseded": "a later publication takes its place", "withdrawn": "do not rely on it"}


def card_style() -> str:
    """The style sheet of every card."""
    light, dark = (";".join(look().properties(_COLORS, scheme)).replace(": ", ":") for scheme in ("light", "dark"))
    return look().fill(_STYLE % (light, dark))


def card_policy() -> Policy:
    """Of every card: any page may frame it."""
    return embed_policy([card_style()], [SCRIPT])


def embed_files(published: Published) -> Mapping[str, bytes]:
    """`embed/<id>/index.html` and `oembed/<id>.json` of every publication."""
    files = {}
    series = published.settings["series"]["name"]
    for item in published.series.publications:
        if item.path in published.site.pages:
            made = published.editions.made.get(item.id) if published.editions else None
            pdf = f"PDF, {made.pages} {'page' if made.pages == 1 else 'pages'}" if made else ""
            files[f"{embed(item.id)}index.html"] = card_page(item, series, published.site_url, pdf, published.today).encode()
            files[addresses.oembed(item.id)] = oembed(item, series, published.site_url).encode()
    return files


def card_page(item: Publication, series: str, site_url: str, pdf: str, today: date) -> str:
    """The card: one file that fetches nothing and follows the reader's light or dark setting; all in it holds without its script.

    Where the frame is too low for all of it, the summary steps back as a whole. Links open a tab, which more frames allow than to
    lead the page around them away. `pdf` says what the PDF is and is empty without one; `today` decides whether a review is overdue.
    """
    front, e = item.front, html.escape
    links = [f'<li><a href="{e(permalink(site_url, item))}">Read</a></li>']
    if pdf:
        links.append(f'<li><a href="{e(urljoin(site_url, PDF.address(item)))}">{e(pdf)}</a></li>')
    facts = [f"Edition {front.edition}, {long_date(front.revised)}"] + ([f"Law as of {long_date(front.law_as_of)}"] if front.law_as_of else [])
    status, note = STATUSES[front.status], ""
    if not item.in_force:
        note = f"{status}: {_SAYS[front.status]}."
    elif today > front.review_by:
        note = "Review overdue: check the law before you rely on it."
    else:
        facts.append(status)
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n  {meta(card_policy())}\n'
        f"<title>{e(f'{item.label}, {item.full_title}')} · {e(series)}</title>\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light dark">\n'
        f'<meta name="robots" content="noindex">\n<link rel="canonical" href="{e(urljoin(site_url, item.url))}">\n<base target="_blank">\n'
        f"<style>{card_style()}</style>\n<script>{SCRIPT}</script>\n</head>\n<body>\n<main>\n"
        f'<p class="kind">{e(series)} · {e(item.label)}</p>\n'
        f'<h1><a href="{e(permalink(site_url, item))}">{e(item.full_title)}</a></h1>\n<div class="about"><p>{e(front.summary)}</p></div>\n'
        + (f'<p class="note">{e(note)}</p>\n' if note else "")
        + f'<p class="meta">{" ".join(f"<span>{e(fact)}.</span>" for fact in facts)}</p>\n<ul>{"".join(links)}</ul>\n</main>\n</body>\n</html>\n'
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
        "html": embedded(item, series, site_url),
        "width": WIDTH,
        "height": HEIGHT,
        "thumbnail_url": urljoin(site_url, card(item)),
        "thumbnail_width": CARD_WIDTH,
        "thumbnail_height": CARD_HEIGHT,
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
