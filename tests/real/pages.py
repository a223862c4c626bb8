"""Which pages the site has, and one of each kind."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from hooks.series.addresses import law_page, paper_pdf
from hooks.series.load import load_series
from hooks.series.model import composed_of, papers_of
from tests import support

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


@cache
def _authorities() -> frozenset[str]:
    return frozenset(law_page(item.id) for item in load_series(support.ROOT)[0].authorities)


def _made_alike(site: Path, address: str) -> str:
    """Of which kind a page is that one function makes of its record; empty for a page with a text of its own."""
    if leads_on(site, address):
        return "leads on"
    if address.startswith("questions/") and address != "questions/":
        return "questions"
    return "card" if address.startswith("embed/") else "authority" if address in _authorities() else ""


def addresses(site: Path) -> list[str]:
    """Every page, as its address below the site."""
    return [path.relative_to(site).as_posix().removesuffix("index.html") for path in sorted(site.rglob("*.html"))]


def leads_on(site: Path, address: str) -> bool:
    """Whether the page only sends the reader to another."""
    path = site / address
    return b"assets/moved." in (path / "index.html" if path.is_dir() else path).read_bytes()


def to_look_at(site: Path, proof: bool) -> list[str]:
    """Every page for the full sweep; else every page with a text of its own, and a few of what one function makes of a record.

    Those are the pages that only lead on, the cards, the pages of authorities and those of questions: of each the longest and the shortest.
    """
    if proof:
        return addresses(site)
    made: dict[str, list[tuple[int, str]]] = {}
    own = []
    for address in addresses(site):
        kind = _made_alike(site, address)
        path = site / address
        size = (path / "index.html" if path.is_dir() else path).stat().st_size
        made.setdefault(kind, []).append((size, address)) if kind else own.append(address)
    return sorted({*own, *(address for pages in made.values() for _, address in (min(pages), max(pages)))})


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
        content = (site / address / "index.html").read_bytes()
        made = folder, content.partition(b'<body class="')[2].partition(b'"')[0]
        longest[made] = max(longest.get(made, (0, "")), (len(content), address))
    return sorted(own + [address for _, address in longest.values()])

