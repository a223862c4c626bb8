"""The response headers of the site, as files that common static hosts read.

`_headers` at the site's root: Netlify (https://docs.netlify.com/manage/routing/headers/) and Cloudflare Pages
(https://developers.cloudflare.com/pages/configuration/headers/) read it; any other host passes it over.
`_hosting/nginx.conf` and `_hosting/apache.conf`: to be included in a server's configuration.

All say the same: every response has the policy of pages, those below `embed/` the policy of embeds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from hooks.editions.formats import FORMATS
from hooks.site.csp import COMMON, Policy

HEADERS_FILE = "_headers"
FOLDER = "_hosting"
EMBEDS = "embed"

FONTS_CACHE = "public, max-age=2592000"
"""A month: a font's bytes change only when the site's typography does."""
EDITIONS_CACHE = "public, max-age=3600"
"""An hour: a PDF may be corrected without a new address."""
PAGES_CACHE = "no-cache"
"""Kept, but asked for again: a page may state law that has changed since (RFC 9111, 5.2.2.4)."""

_EDITIONS = rf"\.({'|'.join(form.suffix for form in FORMATS)})$"
_NOTE = "Response headers of the site; made with it, so that they always fit its pages. Other hosts need none of this: every page states its policy itself."


def hosting_files(folder: Path, site_url: str, page: Policy, embed: Policy) -> Mapping[str, str]:
    """Path below the site → text, for the finished site in `folder`."""
    names = sorted(f"{entry.name}/" if entry.is_dir() else entry.name for entry in folder.iterdir() if entry.name[0] not in "._")
    base = urlsplit(site_url or "").path.rstrip("/")
    return {
        HEADERS_FILE: netlify(names, page, embed),
        f"{FOLDER}/nginx.conf": nginx(base, page, embed),
        f"{FOLDER}/apache.conf": apache(base, page, embed),
    }


def netlify(names: Iterable[str], page: Policy, embed: Policy) -> str:
    """`names`: what stands at the root, folders ending in a slash.

    No two rules give one path the same header: the two hosts do not agree on what that would mean.
    """
    rules = [_rule("/*", COMMON), _rule("/assets/fonts/*", {"Cache-Control": FONTS_CACHE}), _rule("/", page.headers)]
    for name in names:
        policy = embed if name == f"{EMBEDS}/" else page
        rules.append(_rule(f"/{name}*" if name.endswith("/") else f"/{name}", policy.headers))
    return f"# {_NOTE}\n# Netlify and Cloudflare Pages read this file at the root of what is published.\n\n" + "\n".join(rules)


def _rule(path: str, headers: Mapping[str, str]) -> str:
    return "".join([f"{path}\n", *(f"  {name}: {value}\n" for name, value in headers.items())])


def nginx(base: str, page: Policy, embed: Policy) -> str:
    """To be included in a `server` block. `base`: the path at which the site stands, without a slash at its end."""
    embeds = f'"^{re.escape(base)}/{EMBEDS}/"'
    lines = [
        f"# {_NOTE}",
        "# nginx: `include /path/to/_hosting/nginx.conf;` inside the `server` block, then `nginx -t`. A `location` with an",
        "# `add_header` of its own inherits none of these: include the file there again.",
        f'set $otr_policy "{page.header}";',
        'set $otr_frame "DENY";',
        f'set $otr_cache "{PAGES_CACHE}";',
        f"if ($uri ~ {embeds}) {{",
        f'    set $otr_policy "{embed.header}";',
        '    set $otr_frame "";',
        "}",
        r'if ($uri ~ "\.woff2$") {',
        f'    set $otr_cache "{FONTS_CACHE}";',
        "}",
        f'if ($uri ~ "{_EDITIONS}") {{',
        f'    set $otr_cache "{EDITIONS_CACHE}";',
        "}",
        "add_header Content-Security-Policy $otr_policy always;",
        "add_header X-Frame-Options $otr_frame always;",
        "add_header Cache-Control $otr_cache always;",
        *(f'add_header {name} "{value}" always;' for name, value in COMMON.items()),
    ]
    return "\n".join(lines) + "\n"


def apache(base: str, page: Policy, embed: Policy) -> str:
    """To be included in a virtual host or directory, or copied as `.htaccess`. `base` as for `nginx`."""
    lines = [
        f"# {_NOTE}",
        "# Apache 2.4: `Include /path/to/_hosting/apache.conf` in the virtual host, or copy this file to the site's root as",
        "# `.htaccess`, where the server allows that (AllowOverride FileInfo). Needs mod_headers and mod_setenvif.",
        "<IfModule mod_headers.c>",
        "  <IfModule mod_setenvif.c>",
        f'    SetEnvIf Request_URI "^{re.escape(base)}/{EMBEDS}/" otr_embed',
        f'    Header always set Content-Security-Policy "{page.header}" env=!otr_embed',
        '    Header always set X-Frame-Options "DENY" env=!otr_embed',
        f'    Header always set Content-Security-Policy "{embed.header}" env=otr_embed',
        r'    SetEnvIf Request_URI "\.woff2$" otr_font',
        f'    SetEnvIf Request_URI "{_EDITIONS}" otr_edition',
        f'    Header always set Cache-Control "{PAGES_CACHE}"',
        f'    Header always set Cache-Control "{FONTS_CACHE}" env=otr_font',
        f'    Header always set Cache-Control "{EDITIONS_CACHE}" env=otr_edition',
        "  </IfModule>",
        *(f'  Header always set {name} "{value}"' for name, value in COMMON.items()),
        "</IfModule>",
        "<IfModule mod_mime.c>",
        *(f"  AddType {form.media_type} .{form.suffix}" for form in FORMATS),
        "</IfModule>",
    ]
    return "\n".join(lines) + "\n"
