"""What stands in the way of a first publication: `make publish-check`, or `make publish-check HOST=github-pages`.

`python -m hooks.site.publish_check` reads mkdocs.yml and the finished site, and asks no host anything. What would break readers' links,
or cannot be taken back, stands in the way (exit status 1); what is only worth knowing is a note.

What hosts allow was read in their documentation:
- GitHub Pages, https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits: a published site has at most 1 GB.
- Cloudflare Pages, https://developers.cloudflare.com/pages/platform/limits/: on the Free plan 20,000 files, each of at most 25 MiB;
  100 header rules with at most 2,000 characters a header; 2,000 static redirects.
- Netlify, https://docs.netlify.com/site-deploys/overview/: at most 54,000 files in one folder.
- IIS: the names that its applicationHost.config hides (`requestFiltering/hiddenSegments`), and what Windows keeps for itself.
- OneDrive and SharePoint, “Restrictions and limitations in OneDrive and SharePoint” (support.microsoft.com): characters and names that
  are not allowed, paths of at most 400 characters.
"""

from __future__ import annotations

import argparse
import ipaddress
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

import yaml

from hooks.core.problems import suggestion
from hooks.core.urls import reserved_host
from hooks.registers.data import spdx
from hooks.site.hosting import FOLDER, HEADERS_FILE, NO_JEKYLL, REDIRECTS_FILE

CONFIG = "mkdocs.yml"
GB, MIB = 1_000_000_000, 1024 * 1024


@dataclass(frozen=True)
class Host:
    """A kind of host. `files` are those it must find, below the site, to send headers and redirects; `include` is the one that whoever
    runs the server brings in; `limit` the bytes of a site, `file_limit` of a file, `files_limit` how many files, `folder_limit` in one folder."""

    label: str
    files: tuple[str, ...] = ()
    include: str = ""
    limit: int = 0
    file_limit: int = 0
    files_limit: int = 0
    folder_limit: int = 0
    windows: bool = False
    at_root: bool = False


HOSTS: Mapping[str, Host] = {
    "github-pages": Host("GitHub Pages", (NO_JEKYLL,), limit=GB),
    "netlify": Host("Netlify", (HEADERS_FILE, REDIRECTS_FILE), folder_limit=54_000, at_root=True),
    "cloudflare": Host("Cloudflare Pages", (HEADERS_FILE, REDIRECTS_FILE), file_limit=25 * MIB, files_limit=20_000, at_root=True),
    "s3": Host("Amazon S3"),
    "nginx": Host("nginx", include=f"{FOLDER}/nginx.conf"),
    "apache": Host("Apache", include=f"{FOLDER}/apache.conf"),
    "iis": Host("IIS", include=f"{FOLDER}/web.config", windows=True),
    "none": Host("a shared drive or a library such as SharePoint", windows=True),
}
HEADER_RULES, HEADER_LENGTH, REDIRECT_RULES = 100, 2_000, 2_000
"""Of Cloudflare Pages."""
LONGEST_PATH = 400
"""Of SharePoint, library and folders included; of Windows it is less where long paths are not switched on."""

_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?\Z|.*_vti_.*|desktop\.ini\Z|~\$.*|\.lock\Z", re.IGNORECASE)
_HIDDEN = frozenset({
    "web.config", "bin", "app_code", "app_globalresources", "app_localresources", "app_webreferences", "app_data", "app_browsers",
})  # fmt: skip
_BAD = re.compile(r'["*:<>?\\|+%&]|[\x00-\x1f]|^ | $|\.$')
"""What Windows, SharePoint or the request filter of IIS refuse."""
_LINK = re.compile(r'<(?:a|link|script|img|source|iframe|form)\b[^>]*?\s(?:href|src|action)="([^"]*)"')
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)"')
_SHOWN = 5


@dataclass(frozen=True)
class Finding:
    """Something that stands in the way, or is worth knowing where `stops` is False: where, what, and what to do about it."""

    place: str
    what: str
    remedy: str
    stops: bool = True

    def __str__(self) -> str:
        return f"{'IN THE WAY' if self.stops else 'note'}: {self.place}: {self.what} {self.remedy}".rstrip()


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml as MkDocs does: `!ENV [NAME, default]` is the variable of the environment, if it is set and not empty."""


def _env(loader: _Loader, node: yaml.Node) -> Any:
    values = loader.construct_sequence(node) if isinstance(node, yaml.SequenceNode) else [loader.construct_scalar(node)]  # type: ignore[arg-type]
    *names, default = values if len(values) > 1 else [*values, None]
    return next((os.environ[name] for name in names if os.environ.get(name)), default)


_Loader.add_constructor("!ENV", _env)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda loader, suffix, node: None)


def settings_of(root: Path, name: str = CONFIG) -> dict[str, Any]:
    """mkdocs.yml, and what it inherits, with the environment's SITE_URL and REPO_URL. Raises ValueError where it cannot be read, with the reason."""
    try:
        found = yaml.load((root / name).read_text(encoding="utf-8"), Loader=_Loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ValueError(f"{name} cannot be read: {error}") from error
    if not isinstance(found, dict):
        raise ValueError(f"{name} holds no settings.")
    parent = found.pop("INHERIT", None)
    if parent is None:
        return found
    if (root / str(parent)).resolve() == (root / name).resolve():
        raise ValueError(f"{name} inherits from itself.")
    return _merged(settings_of((root / str(parent)).parent, (root / str(parent)).name), found)


def _merged(parent: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of a file that inherits: its own stand before its parent's, and mappings are joined key by key, as MkDocs does."""
    both = {key: _merged(parent[key], value) for key, value in own.items() if isinstance(value, Mapping) and isinstance(parent.get(key), Mapping)}
    return {**parent, **own, **both}


def check(root: Path, site: Path, host: str) -> list[Finding]:
    """All that stands in the way of publishing `site` at the address in the settings, on a host of that kind, and the notes.

    Raises ValueError where mkdocs.yml cannot be read.
    """
    settings = settings_of(root)
    address = str(settings.get("site_url") or "")
    found = [*check_address(address, host), *check_settings(settings)]
    address = f"{address.rstrip('/')}/"  # As the build takes it.
    if not (site / "index.html").is_file():
        return [*found, Finding(site.name, "There is no finished site.", "Run `make site`, then this again.")]
    files = {path.relative_to(site).as_posix(): path.stat().st_size for path in sorted(site.rglob("*")) if path.is_file()}
    found += check_built_for(site, address)
    found += check_names(files, host)
    found += check_sizes(files, host)
    found += check_host_files(site, files, address, host)
    found += check_links(site, files, host)
    return found


def check_address(address: str, host: str = "none") -> Iterator[Finding]:
    """What is wrong with the public address."""
    place = "SITE_URL"
    give = "Set it to the address at which readers will find the site: SITE_URL=https://www.example.gov/series/ make site."
    try:
        parts = urlsplit(address)
        name = (parts.hostname or "").lower()
        _ = parts.port
    except ValueError as error:
        yield Finding(place, f"“{address}” is no address: {error}.", give)
        return
    if parts.scheme not in ("http", "https") or not name:
        yield Finding(place, f"“{address}” is no whole address.", give)
        return
    if reserved_host(address) and name != "localhost":
        yield Finding(place, f"“{name}” is a placeholder: every permanent address, citation and PDF would carry it.", give)
    elif name == "localhost" or _private(name):
        yield Finding(place, f"“{name}” can be reached from your own network only.", give)
    if parts.scheme == "http":
        yield Finding(
            place, "The address begins with http, so that anyone between you and a reader can change a page.",
            "Use https, and have the host lead http on to it.",
        )  # fmt: skip
    if not parts.path.endswith("/") and not parts.query and not parts.fragment:
        yield Finding(place, f"“{address}” does not end in a slash.", "The build adds one: write it too, so that all say the same address.", stops=False)
    if parts.query or parts.fragment:
        yield Finding(place, f"“{address}” has a query or a fragment.", "Give the address of the site's root alone.")
    path = parts.path.strip("/")
    if path and host in HOSTS and HOSTS[host].at_root:
        yield Finding(
            place, f"The site stands below /{path}/, and {HOSTS[host].label} reads {HEADERS_FILE} and {REDIRECTS_FILE} at the root only.",
            "Give it a host name of its own, or move the two files to the root of what is published and put the path before each address of "
            f"{HEADERS_FILE} ({REDIRECTS_FILE} has it already).", stops=False,
        )  # fmt: skip
    if path and host == "github-pages":
        yield Finding(
            place, f"The site stands below /{path}/: GitHub Pages shows its 404 page for addresses below that path only.", "", stops=False,
        )  # fmt: skip


def _private(name: str) -> bool:
    try:
        return not ipaddress.ip_address(name.strip("[]")).is_global
    except ValueError:
        return "." not in name


def check_settings(settings: Mapping[str, Any]) -> Iterator[Finding]:
    """What mkdocs.yml does not say yet."""
    extra = settings.get("extra") or {}
    series = extra.get("series") or {}
    report = str(extra.get("report") or "")
    if not report:
        yield Finding(
            f"{CONFIG}: extra.report", "Readers are given no way to report an error or a barrier.", "Set it to mailto:… or to the address of a form.",
        )  # fmt: skip
    elif not re.match(r"mailto:[^@\s]+@[^@\s]+\.[^@\s]+$|https://[^/\s]+\S*$", report):
        yield Finding(
            f"{CONFIG}: extra.report", f"“{report}” is neither mailto: with an address nor a page under https.",
            "Write mailto:name@agency.gov or https://….",
        )  # fmt: skip
    if not series.get("licence_confirmed"):
        yield Finding(
            f"{CONFIG}: extra.series.licence_confirmed",
            f"Nobody has confirmed the license, which cannot be taken back: {series.get('licence', 'none is named')}",
            "Have whoever owns the text agree to it, then set `licence_confirmed: true`.",
        )  # fmt: skip
    if not spdx(str(series.get("licence_url") or "")):
        yield Finding(
            f"{CONFIG}: extra.series.licence_url", "The license is none of Creative Commons, so citation files cannot name it.", "That is fine if it is meant.",
            stops=False,
        )  # fmt: skip
    if not settings.get("repo_url"):
        what = "Not set: pages have no “edit this page” link, and nobody is told where the source is."
        yield Finding("REPO_URL", what, "Set it if the sources are public.", stops=False)


def check_built_for(site: Path, address: str) -> Iterator[Finding]:
    """Whether the finished site is that of the address."""
    found = _CANONICAL.search((site / "index.html").read_text(encoding="utf-8", errors="replace"))
    if found and found[1] != address:
        yield Finding(
            f"{site.name}/index.html", f"The site was built for {found[1]}, not for {address}.", f"Run `SITE_URL={address} make site`, then this again.",
        )  # fmt: skip


def check_names(files: Iterable[str], host: str) -> Iterator[Finding]:
    """Names that differ only by case, that the host refuses or hides, or that are too long."""
    first: dict[str, str] = {}
    for name in files:
        other = first.setdefault(name.casefold(), name)
        if other != name:
            yield Finding(name, f"This differs from {other} by capitals only: many disks take the two for one.", "Rename one.")
    kind = HOSTS[host]
    for name in files:
        parts = PurePosixPath(name).parts
        if not kind.windows or parts[0] == FOLDER:
            continue
        for part in parts:
            if _BAD.search(part) or _RESERVED.match(part):
                yield Finding(name, f"“{part}” is a name that {kind.label} refuses.", "Rename the source that it comes from, and let the old address lead on.")
            if host == "iis" and part.lower() in _HIDDEN:
                yield Finding(name, f"IIS hides what is called “{part}”.", "Rename the source that it comes from, or allow the name under requestFiltering.")
        if len(name) > LONGEST_PATH - 100:
            yield Finding(name, f"This path has {len(name)} characters; SharePoint allows {LONGEST_PATH} with those of the library before it.", "Shorten it.")


def check_sizes(files: Mapping[str, int], host: str) -> Iterator[Finding]:
    """What is more than the host takes."""
    kind, total = HOSTS[host], sum(files.values())
    if kind.limit and total > kind.limit:
        yield Finding(
            "site", f"It has {total / 1e6:,.0f} MB; {kind.label} publishes at most {kind.limit / 1e6:,.0f} MB.",
            "Leave kinds of edition out (`extra.series.editions`), or take another host.",
        )  # fmt: skip
    if kind.files_limit and len(files) > kind.files_limit:
        yield Finding("site", f"It has {len(files):,} files; {kind.label} takes {kind.files_limit:,} on its free plan.", "Take a paid plan, or another host.")
    for name, size in files.items():
        if kind.file_limit and size > kind.file_limit:
            yield Finding(
                name, f"It has {size / MIB:.1f} MiB; {kind.label} takes {kind.file_limit / MIB:.0f} MiB a file.",
                "Leave it out (`extra.series.editions`), or take another host.",
            )  # fmt: skip
    if kind.folder_limit:
        folders: dict[str, int] = {}
        for name in files:
            folder = name.rpartition("/")[0]
            folders[folder] = folders.get(folder, 0) + 1
        for folder, many in folders.items():
            if many > kind.folder_limit:
                yield Finding(f"{folder}/", f"It holds {many:,} files; {kind.label} takes {kind.folder_limit:,} a folder.", "Take another host.")


def check_host_files(site: Path, files: Mapping[str, int], address: str, host: str) -> Iterator[Finding]:
    """Whether what the host reads is there, and within what it reads."""
    kind = HOSTS[host]
    for name in (*kind.files, *filter(None, [kind.include])):
        if name not in files:
            yield Finding(
                name, f"It is not in the site, and {kind.label} needs it.", "Run `make site`; copy files whose names begin with a dot or an underscore too.",
            )  # fmt: skip
    if host == "cloudflare" and HEADERS_FILE in files:
        lines = (site / HEADERS_FILE).read_text(encoding="utf-8").splitlines()
        rules = sum(line.startswith("/") for line in lines)
        if rules > HEADER_RULES:
            yield Finding(HEADERS_FILE, f"It has {rules} rules; {kind.label} reads {HEADER_RULES}.", "Put pages into fewer folders at the root.")
        for line in lines:
            if len(line.strip()) > HEADER_LENGTH:
                yield Finding(
                    HEADERS_FILE, f"A header has {len(line.strip()):,} characters; {kind.label} reads {HEADER_LENGTH:,}.",
                    "Fewer inline scripts make the policy shorter.",
                )  # fmt: skip
    if host == "cloudflare" and REDIRECTS_FILE in files:
        # A rule that it ignores is counted too.
        rules = sum(line.startswith("/") for line in (site / REDIRECTS_FILE).read_text(encoding="utf-8").splitlines())
        if rules > REDIRECT_RULES:
            yield Finding(
                REDIRECTS_FILE, f"It has {rules:,} rules; {kind.label} reads {REDIRECT_RULES:,}. The pages at those addresses lead on all the same.", "",
                stops=False,
            )  # fmt: skip
    if kind.include and kind.include in files:
        yield Finding(
            kind.include, f"{kind.label} must be told to read it: its first lines say how.", "Ask the host for its response headers afterwards.",
            stops=False,
        )  # fmt: skip
    if host == "github-pages" or not (kind.files or kind.include):
        yield Finding(
            kind.label,
            "It sends no headers of ours: each page's own policy holds, but who may frame a page, and how long files are kept, is the host's choice.",
            "Nothing is to be done.", stops=False,
        )  # fmt: skip
    if host == "s3" and urlsplit(address).scheme == "https":
        yield Finding(kind.label, "Its website endpoints speak no https.", "Put CloudFront before the website endpoint, which also sends headers.", stops=False)
    if host == "none":
        yield Finding(
            kind.label, "Nothing answers for a folder there, so links to pages need the name of a file.",
            "Give out the file that `make zip` makes instead of site/.",
            stops=False,
        )  # fmt: skip


def check_links(site: Path, files: Mapping[str, int], host: str) -> Iterator[Finding]:
    """Links between files of the site that lead nowhere, that hold only where capitals do not count, or that lead into a folder which the
    host passes over."""
    known = frozenset(files) | {f"{name.removesuffix('index.html')}" for name in files if name == "index.html" or name.endswith("/index.html")}
    folded = {name.casefold(): name for name in known}
    jekyll = host == "github-pages" and NO_JEKYLL not in files
    seen: set[tuple[str, str]] = set()
    for page in files:
        if not page.endswith(".html") or page == "404.html":
            continue
        folder = page.rpartition("/")[0]
        for href in set(_LINK.findall((site / page).read_text(encoding="utf-8", errors="replace"))):
            target = resolved(folder, href)
            if target is None or (target in known and not (jekyll and f"/{target}".find("/_") >= 0)):
                continue
            kind = "hidden" if target in known else "case" if target.casefold() in folded else "gone"
            if (target, kind) in seen:
                continue
            seen.add((target, kind))
            if kind == "hidden":
                yield Finding(
                    page, f"It links to {target}, and GitHub Pages passes over names that begin with “_”.", f"Publish the file {NO_JEKYLL} with the rest.",
                )  # fmt: skip
            elif kind == "case":
                yield Finding(
                    page, f"It links to {target}, and the file is called {folded[target.casefold()]}: most hosts tell capitals apart.",
                    "Write the link as the file is called.",
                )  # fmt: skip
            else:
                yield Finding(page, f"It links to {target}, which is not in the site.", "Mend the link, or run `make site` again.")


def resolved(folder: str, href: str) -> str | None:
    """The file or folder of the site that a link of a page in `folder` leads to; None where it leads elsewhere, or to a place of the page."""
    href = href.replace("&amp;", "&")
    parts = urlsplit(href)
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return None
    steps = folder.split("/") if folder else []
    path = unquote(parts.path)
    for step in path.split("/"):
        if step == "..":
            if not steps:
                return path
            steps.pop()
        elif step not in (".", ""):
            steps.append(step)
    slash = path.endswith(("/", "/.", "/..")) or path in (".", "..")
    return f"{'/'.join(steps)}/" if slash and steps else "/".join(steps)


def main(arguments: Sequence[str] | None = None, root: Path | None = None) -> int:
    """Exit status 0 where nothing stands in the way, 1 where something does, 2 where nothing could be checked."""
    parser = argparse.ArgumentParser(prog="python -m hooks.site.publish_check", description="What still stands in the way of publishing the site.")
    parser.add_argument("--host", default="", help=f"the kind of host: {', '.join(HOSTS)}")
    parser.add_argument("--site", default="site", help="the folder of the finished site")
    options = parser.parse_args(arguments)
    root = root or Path.cwd()
    host = options.host.strip().lower()
    if host and host not in HOSTS:
        remedy = suggestion(host, HOSTS, f"Use one of: {', '.join(HOSTS)}.")
        print(f"There is no kind of host “{host}”. {remedy}", file=sys.stderr)
        return 2
    try:
        found = check(root, root / options.site, host or "none")
        address = settings_of(root).get("site_url") or "no address"
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(report(found, str(address), HOSTS[host].label if host else "any host; HOST=… says which"))
    return 1 if any(item.stops for item in found) else 0


def report(found: Sequence[Finding], address: str, host: str) -> str:
    """The findings as lines to read, what stands in the way first, many of one kind and remedy only in part."""
    lines = [f"Publishing at {address} on {host}:"]
    for stops in (True, False):
        many: dict[str, list[Finding]] = {}
        for item in found:
            if item.stops == stops:
                many.setdefault(item.remedy or item.what, []).append(item)
        for items in many.values():
            lines += [str(item) for item in items[:_SHOWN]]
            if len(items) > _SHOWN:
                lines.append(f"  … and {len(items) - _SHOWN} more like these.")
    blocked = sum(item.stops for item in found)
    lines.append("Nothing stands in the way." if not blocked else f"{blocked} {'thing stands' if blocked == 1 else 'things stand'} in the way.")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
