"""The response headers of the site, as files that common static hosts read.

`_headers` at the site's root: Netlify (https://docs.netlify.com/manage/routing/headers/) and Cloudflare Pages
(https://developers.cloudflare.com/pages/configuration/headers/) read it; any other host passes it over.
`_redirects` beside it, for the same two hosts (https://docs.netlify.com/manage/routing/redirects/overview/,
https://developers.cloudflare.com/pages/configuration/redirects/).
`.nojekyll`: where GitHub Pages publishes a branch, it publishes the files as they are.
`_hosting/nginx.conf` and `_hosting/apache.conf`: to be included in a server's configuration. `_hosting/web.config`: for IIS, to be
copied to the site's root (https://learn.microsoft.com/en-us/iis/configuration/system.webserver/).

All say the same: every response has the policy of pages, those below some folders a policy of their own, and what programs
read may be read by scripts on other hosts too (https://fetch.spec.whatwg.org/#http-cors-protocol).
What leads on for now, the current edition under its number, is a redirect with the status 302, which nobody keeps (RFC 9110, 15.4.3).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from hooks.editions.formats import BY_NAME
from hooks.site.csp import COMMON, Policy

HEADERS_FILE, REDIRECTS_FILE, NO_JEKYLL = "_headers", "_redirects", ".nojekyll"
FOLDER = "_hosting"
EMBEDS = "embed"

FONTS_CACHE = "public, max-age=2592000"
"""A month: a font's bytes change only when the site's typography does."""
EDITIONS_CACHE = "public, max-age=3600"
"""An hour: a PDF may be corrected without a new address."""
PAGES_CACHE = "no-cache"
"""Kept, but asked for again: a page may state law that has changed since (RFC 9111, 5.2.2.4)."""

OPEN = {"Access-Control-Allow-Origin": "*"}
"""Any page may read the response by script, as anyone may by hand: nothing is asked that depends on who asks."""
OPEN_KINDS: Mapping[str, str] = {
    "atom": "application/atom+xml",
    "bib": "application/x-bibtex",
    "csv": "text/csv",
    "ics": "text/calendar",
    "json": "application/json",
    "ris": "application/x-research-info-systems",
}
"""The suffixes of the files that are for programs, with their media types: feeds, calendar, oEmbed, catalogue, citations, tables.

Besides them only `OPEN_NAMES` and the cards below `embed/` are open; pages, editions, scripts and the search index are not."""
OPEN_NAMES = ("feed.xml",)
"""The Atom feeds whose addresses are older than their suffix."""
_OPEN_FOLDERS = (EMBEDS, "data", "feeds", "oembed")
"""Folders at the root that hold nothing but what is open."""
_OPEN_PLACES = tuple(f"{folder}/{name}" for folder, names in {"about/corrections": ("feed.json", "feed.xml"), "law": ("dates.ics",)}.items() for name in names)
"""Feeds and calendar in other folders, for servers that know no patterns."""
_OTHER_TYPES = {"svg": "image/svg+xml", "woff2": "font/woff2", "xml": "application/xml", "yml": "application/yaml"}
"""Of the other files of the site, the types that a server may not know."""

_EDITIONS = rf"\.({'|'.join(form.suffix for form in BY_NAME.values())})$"
_NOTE = "Response headers of the site; made with it, so that they always fit its pages. Other hosts need none of this: every page states its policy itself."


def _open(base: str) -> str:
    """A pattern of the paths that are open on a site at `base`."""
    return rf"^{re.escape(base)}/(.*\.({'|'.join(OPEN_KINDS)})|(.*/)?({'|'.join(map(re.escape, OPEN_NAMES))})|{EMBEDS}/.*)$"


def hosting_files(
    folder: Path, site_url: str, page: Policy, own: Mapping[str, Policy], leads: Mapping[str, str] = MappingProxyType({}),
) -> Mapping[str, str]:  # fmt: skip
    """Path below the site → text, for the finished site in `folder`. `own`: a folder at the site's root → the policy of what stands in it;
    `leads`: address → where it leads on to for now, both files."""
    names = sorted(f"{entry.name}/" if entry.is_dir() else entry.name for entry in folder.iterdir() if entry.name[0] not in "._")
    base = urlsplit(site_url or "").path.rstrip("/")
    return {
        HEADERS_FILE: netlify(names, page, own),
        REDIRECTS_FILE: redirects(base, leads),
        NO_JEKYLL: "",
        f"{FOLDER}/nginx.conf": nginx(base, page, own, leads),
        f"{FOLDER}/apache.conf": apache(base, page, own, leads),
        f"{FOLDER}/web.config": iis(names, page, own),
    }


def netlify(names: Iterable[str], page: Policy, own: Mapping[str, Policy]) -> str:
    """`names`: what stands at the root, folders ending in a slash.

    No two rules give one path the same header: the two hosts do not agree on what that would mean. In both a star stands for any
    characters, slashes too, and there is one in a rule at most.
    """
    rules = [_rule("/*", COMMON), _rule("/assets/fonts/*", {"Cache-Control": FONTS_CACHE}), _rule("/", page.headers)]
    for name in names:
        policy = own.get(name.removesuffix("/"), page)
        headers = {**policy.headers, **(OPEN if name == f"{EMBEDS}/" else {})}
        rules.append(_rule(f"/{name}*" if name.endswith("/") else f"/{name}", headers))
    rules += [_rule(f"/*.{suffix}", OPEN) for suffix in OPEN_KINDS]
    rules += [_rule(f"/*{name}", OPEN) for name in OPEN_NAMES]
    return f"# {_NOTE}\n# Netlify and Cloudflare Pages read this file at the root of what is published.\n\n" + "\n".join(rules)


def _rule(path: str, headers: Mapping[str, str]) -> str:
    return "".join([f"{path}\n", *(f"  {name}: {value}\n" for name, value in headers.items())])


def _literal(path: str) -> str:
    """A pattern for this path alone, as readable as it can be."""
    return re.escape(path).replace(r"\-", "-")


def redirects(base: str, leads: Mapping[str, str]) -> str:
    """`_redirects`, each rule twice: Netlify passes a rule over where a page stands at its address, unless the status ends in `!`;
    Cloudflare passes over a status that does, and takes the next rule of that address."""
    forced = [f"{base}/{address} {base}/{target} 302!" for address, target in leads.items()]
    plain = [rule.removesuffix("!") for rule in forced]
    note = "# For Netlify; Cloudflare Pages says that it ignores these, and takes those below.\n"
    return f"# The current edition under its number leads on. Made with the site.\n{note}" + "".join(f"{rule}\n" for rule in (*forced, *plain))


def nginx(base: str, page: Policy, own: Mapping[str, Policy], leads: Mapping[str, str] = MappingProxyType({})) -> str:
    """To be included in a `server` block. `base`: the path at which the site stands, without a slash at its end."""
    lines = [
        f"# {_NOTE}",
        "# nginx: `include /path/to/_hosting/nginx.conf;` inside the `server` block, then `nginx -t`. A `location` with an",
        "# `add_header` of its own inherits none of these: include the file there again.",
        f'set $otr_policy "{page.header}";',
        f'set $otr_frame "{page.headers["X-Frame-Options"]}";',
        f'set $otr_cache "{PAGES_CACHE}";',
        'set $otr_open "";',
    ]
    for name, policy in own.items():
        lines += [
            f'if ($uri ~ "^{re.escape(base)}/{name}/") {{',
            f'    set $otr_policy "{policy.header}";',
            f'    set $otr_frame "{policy.headers.get("X-Frame-Options", "")}";',
            "}",
        ]
    lines += [
        r'if ($uri ~ "\.woff2$") {',
        f'    set $otr_cache "{FONTS_CACHE}";',
        "}",
        f'if ($uri ~ "{_EDITIONS}") {{',
        f'    set $otr_cache "{EDITIONS_CACHE}";',
        "}",
        f'if ($uri ~ "{_open(base)}") {{',
        *(f'    set $otr_open "{value}";' for value in OPEN.values()),
        "}",
        "add_header Content-Security-Policy $otr_policy always;",
        "add_header X-Frame-Options $otr_frame always;",
        "add_header Cache-Control $otr_cache always;",
        *(f"add_header {name} $otr_open always;" for name in OPEN),
        *(f'add_header {name} "{value}" always;' for name, value in COMMON.items()),
        "# The current edition under its number.",
        *(f'rewrite "^{_literal(f"{base}/{address}")}$" "{base}/{target}" redirect;' for address, target in leads.items()),
    ]
    return "\n".join(lines) + "\n"


def apache(base: str, page: Policy, own: Mapping[str, Policy], leads: Mapping[str, str] = MappingProxyType({})) -> str:
    """To be included in a virtual host or directory, or copied as `.htaccess`. `base` as for `nginx`."""
    # Set in order: of two that hold, the later stands.
    policies = [*_apache_policy(page, "")]
    for name, policy in own.items():
        policies += [f'    SetEnvIf Request_URI "^{re.escape(base)}/{name}/" otr_{name}', *_apache_policy(policy, f" env=otr_{name}")]
    lines = [
        f"# {_NOTE}",
        "# Apache 2.4: `Include /path/to/_hosting/apache.conf` in the virtual host, or copy this file to the site's root as",
        "# `.htaccess`, where the server allows that (AllowOverride FileInfo). Needs mod_headers and mod_setenvif.",
        "<IfModule mod_headers.c>",
        "  <IfModule mod_setenvif.c>",
        *policies,
        r'    SetEnvIf Request_URI "\.woff2$" otr_font',
        f'    SetEnvIf Request_URI "{_EDITIONS}" otr_edition',
        f'    SetEnvIf Request_URI "{_open(base)}" otr_open',
        f'    Header always set Cache-Control "{PAGES_CACHE}"',
        f'    Header always set Cache-Control "{FONTS_CACHE}" env=otr_font',
        f'    Header always set Cache-Control "{EDITIONS_CACHE}" env=otr_edition',
        *(f'    Header always set {name} "{value}" env=otr_open' for name, value in OPEN.items()),
        "  </IfModule>",
        *(f'  Header always set {name} "{value}"' for name, value in COMMON.items()),
        "</IfModule>",
        "<IfModule mod_mime.c>",
        *(f"  AddType {form.media_type} .{form.suffix}" for form in BY_NAME.values()),
        *(f"  AddType {media_type} .{suffix}" for suffix, media_type in OPEN_KINDS.items()),
        "</IfModule>",
        "# The current edition under its number.",
        "<IfModule mod_alias.c>",
        *(f'  RedirectMatch 302 "^{_literal(f"{base}/{address}")}$" "{base}/{target}"' for address, target in leads.items()),
        "</IfModule>",
    ]
    return "\n".join(lines) + "\n"


def _apache_policy(policy: Policy, where: str) -> list[str]:
    """The lines that set the policy's headers, and take away a header that it has not."""
    frame = policy.headers.get("X-Frame-Options")
    framing = f'set X-Frame-Options "{frame}"' if frame else "unset X-Frame-Options"
    return [f'    Header always set Content-Security-Policy "{policy.header}"{where}', f"    Header always {framing}{where}"]


def iis(names: Iterable[str], page: Policy, own: Mapping[str, Policy]) -> str:
    """`web.config`. IIS answers 404.3 for a suffix that it has no type for, so every one is named; each is taken out before, for a type
    that is given twice is an error. It knows places, not patterns: what is open is what stands at the root, the feeds, the calendar, the
    tables, the oEmbed documents and the cards, but no citation beside a publication; and how long files may be kept is left to the
    server. `names` as for `netlify`.
    """
    types = {**{form.suffix: form.media_type for form in BY_NAME.values()}, **OPEN_KINDS, **_OTHER_TYPES}
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<!-- {_NOTE} -->",
        "<!-- IIS: copy this file to the site's root as web.config. -->",
        "<configuration>",
        "  <system.webServer>",
        '    <defaultDocument enabled="true">',
        '      <files><clear /><add value="index.html" /></files>',
        "    </defaultDocument>",
        '    <httpErrors errorMode="Custom">',
        '      <remove statusCode="404" />',
        '      <error statusCode="404" path="404.html" responseMode="File" />',
        "    </httpErrors>",
        "    <staticContent>",
    ]
    for suffix, kind in sorted(types.items()):
        lines += [f'      <remove fileExtension=".{suffix}" />', f'      <mimeMap fileExtension=".{suffix}" mimeType="{kind}" />']
    lines += ["    </staticContent>", *_iis_headers({**COMMON, **page.headers}, "    "), "  </system.webServer>"]
    for name in (*(name.removesuffix("/") for name in names), *_OPEN_PLACES):
        policy = own.get(name)
        opened = OPEN if name in (*_OPEN_FOLDERS, *OPEN_NAMES, *_OPEN_PLACES) or name.rpartition(".")[2] in OPEN_KINDS else {}
        if policy is not None or opened:
            gone = [] if policy is None else [header for header in page.headers if header not in policy.headers]
            lines += [f'  <location path="{name}">', "    <system.webServer>"]
            lines += _iis_headers({**(policy.headers if policy else {}), **opened}, "      ", gone)
            lines += ["    </system.webServer>", "  </location>"]
    return "\n".join([*lines, "</configuration>"]) + "\n"


def _iis_headers(found: Mapping[str, str], indent: str, gone: Iterable[str] = ()) -> list[str]:
    lines = [f'    <remove name="{name}" />' for name in (*found, *gone)]
    lines += [f'    <add name="{name}" value="{html.escape(value, quote=False)}" />' for name, value in found.items()]
    return [f"{indent}{line}" for line in ("<httpProtocol>", "  <customHeaders>", *lines, "  </customHeaders>", "</httpProtocol>")]
