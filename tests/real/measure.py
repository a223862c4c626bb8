"""How well the search finds: `python -m tests.real.measure SITE` prints right-first and in-first-three for both parts of the table.

What part A misses is named. What part B misses is named with `--held` only: see the head of queries-held.yml.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from hooks.series.kinds import SCHEMES
from hooks.series.load import load_series
from hooks.series.model import Series
from tests import support

HERE = Path(__file__).parent
PARTS: Mapping[str, str] = {"A": "queries.yml", "B": "queries-held.yml"}


@dataclass(frozen=True)
class Measured:
    """One query with what was found, best first, and the place of the first that is right, from 1 on; 0 if none is."""

    query: str
    found: tuple[Mapping[str, Any], ...]
    place: int
    covered: bool
    took: float


def table(part: str) -> Mapping[str, Any]:
    """The queries of a part and what is right for each, and those that are not covered."""
    return yaml.safe_load((HERE / PARTS[part]).read_text(encoding="utf-8"))


def node() -> str:
    """The Node of this environment, where there is one."""
    ours = Path(sys.executable).with_name("node")
    return str(ours) if ours.exists() else "node"


def run(site: Path, queries: Sequence[str]) -> Mapping[str, Any]:
    """What tests/real/search_run.mjs finds over the index of the site in the folder `site`."""
    script, words = HERE / "search_run.mjs", support.ROOT / "hooks/theme/assets/search-words.js"
    command = [node(), str(script), str(words), str(site / "search" / "words.js")]
    result = subprocess.run(command, input=json.dumps(queries), capture_output=True, text=True, check=True)
    return json.loads(result.stdout)


def is_right(address: str, wanted: str, series: Series) -> bool:
    """Whether what stands at `address` is what a line of the table names."""
    page, _, place = address.partition("#")
    if wanted in series.question:
        scheme, _, rest = series.question[wanted].read.partition(":")
        slug, _, passage = rest.partition("#")
        read = series.publication(scheme, slug) if scheme in SCHEMES else series.tool_pages.get(slug) if scheme == "tool" else None
        return place == wanted or (read is not None and page == read.url and place == passage)
    if wanted.endswith("/"):
        return page == wanted
    if wanted in ("course", "literature", "linking"):
        return page.startswith(f"{wanted}/")
    return page in (f"briefs/{wanted}/", f"sectors/{wanted}/", f"questions/{wanted}/")


def measure(site: Path, part: str, series: Series) -> list[Measured]:
    """Every query of a part that the series covers."""
    wanted = table(part)["queries"]
    results = run(site, list(map(str, wanted)))["results"]
    measured = []
    for (query, right), result in zip(wanted.items(), results, strict=True):
        addresses = [found["address"] for found in result["found"]]
        place = next((n for n, address in enumerate(addresses, 1) if any(is_right(address, one, series) for one in right)), 0)
        measured.append(Measured(str(query), tuple(result["found"]), place, result["covered"], result["took"]))
    return measured


def share(measured: Iterable[Measured], within: int) -> float:
    """The share of queries of which the right thing stands among the first `within`."""
    places = [one.place for one in measured]
    return sum(0 < place <= within for place in places) / len(places)


def main(arguments: list[str]) -> int:
    if not arguments:
        print("usage: python -m tests.real.measure SITE [--held]", file=sys.stderr)
        return 2
    series = load_series(support.ROOT)[0]
    for part in PARTS:
        measured = measure(Path(arguments[0]), part, series)
        print(f"{part}: {len(measured)} queries, right first {share(measured, 1):.1%}, in first three {share(measured, 3):.1%}")
        none = [one.query for one in measured if not one.found or not one.covered]
        if part == "A" or "--held" in arguments:
            print(f"   found to be uncovered: {none}")
            for one in measured:
                if one.place != 1:
                    first = "; ".join(f"{found['address']} {found['score']:.2f}" for found in one.found[:3])
                    print(f"   {one.place or '-'}  {one.query}: {first}")
            uncovered = run(Path(arguments[0]), table(part)["uncovered"])["results"]
            print("   uncovered:", {one["query"]: not one["covered"] for one in uncovered})
        print(f"   slowest {max(one.took for one in measured):.1f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
