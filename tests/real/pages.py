"""Which pages the site has, and one of each kind."""

from __future__ import annotations

from pathlib import Path

_ALIKE = ("briefs/", "literature/", "case-studies/", "white-paper/", "embed/", "course/", "id/", "case-studies/interviews/")


def addresses(site: Path) -> list[str]:
    """Every page, as its address below the site."""
    return [path.relative_to(site).as_posix().removesuffix("index.html") for path in sorted(site.rglob("*.html"))]


def leads_on(site: Path, address: str) -> bool:
    """Whether the page only sends the reader to another."""
    path = site / address
    return b"assets/moved." in (path / "index.html" if path.is_dir() else path).read_bytes()


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
