"""Which pages the site has, and one of each kind."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from hooks.series.addresses import paper_pdf
from hooks.series.load import load_series
from hooks.series.model import composed_of, papers_of
from tests import support

SHORT = 30_000
"""Bytes of a page that a browser is soon done with."""
_ALIKE = (
    "briefs/", "literature/", "case-studies/", "white-paper/", "embed/", "course/", "id/", "law/", "case-studies/interviews/", "now/", "sectors/", "for/",
    "questions/",
)  # fmt: skip


@cache
def _addresses() -> dict[str, str]:
    return {item.id: item.url for item in load_series(support.ROOT)[0].publications}


def address_of(id_: str) -> str:
    """Where the publication with this permanent id stands, whatever it is called by now: `ib-08` → `briefs/citizen-conduct/`."""
    return _addresses()[id_]


@cache
def composed_papers() -> frozenset[str]:
    """The addresses of the papers of course packs that are put together from passages of other pages; they are set like sheets for the room."""
    series = load_series(support.ROOT)[0]
    return frozenset(paper_pdf(pack, section) for pack, section in papers_of(series) if section in composed_of(pack, series))


@cache
def a_case() -> str:
    """The address of a case study: the first of the library."""
    return min(item.url for item in load_series(support.ROOT)[0].cases)


def addresses(site: Path) -> list[str]:
    """Every page, as its address below the site."""
    return [path.relative_to(site).as_posix().removesuffix("index.html") for path in sorted(site.rglob("*.html"))]


def _text(site: Path, address: str) -> bytes:
    path = site / address
    return (path / "index.html" if path.is_dir() else path).read_bytes()


def leads_on(site: Path, address: str) -> bool:
    """Whether the page only sends the reader to another."""
    return b"assets/moved." in _text(site, address)


def _body(content: bytes) -> str:
    """The classes of a page's body, which say by which template it was made."""
    return content.partition(b'<body class="')[2].partition(b'"')[0].decode()


def shortest(site: Path) -> list[str]:
    """Of the pages of each folder and template the shortest, for a look of seconds: none that only leads on, and none but a brief longer than `SHORT`."""
    found: dict[tuple[str, str], tuple[int, str]] = {}
    for address in addresses(site):
        content = _text(site, address)
        if b"assets/moved." not in content and (len(content) <= SHORT or address.startswith("briefs/")):
            made = address.partition("/")[0], _body(content)
            found[made] = min(found.get(made, (len(content), address)), (len(content), address))
    return sorted(address for _, address in found.values())


def kinds(site: Path) -> list[str]:
    """Every page that is of its own kind, and of those that are made alike the longest of each folder: it shows most."""
    own, longest = [], {}
    for address in addresses(site):
        if leads_on(site, address):
            continue
        folder = next((each for each in sorted(_ALIKE, key=len, reverse=True) if address.startswith(each) and address != each), None)
        if folder is None:
            own.append(address)
            continue
        content = _text(site, address)
        made = folder, _body(content)
        longest[made] = max(longest.get(made, (0, "")), (len(content), address))
    return sorted(own + [address for _, address in longest.values()])

