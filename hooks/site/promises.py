"""What the site promises: collected from a build, held against links.lock, and recorded by `make links`.

`python -m hooks.site.promises --record` adds what the last build offered. It refuses to drop a promise.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import sys
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from hooks.core.cache import Cache, digest, write_atomically
from hooks.core.problems import Problem
from hooks.editions.bind import GONE_ID
from hooks.linking.caveats import KEY_IDS
from hooks.linking.model import Recommendation, ResolvedPage
from hooks.series.addresses import embed, oembed, permanent, questions_page
from hooks.series.lock import LOCK_FILE, Promise, read_lock, write_lock
from hooks.series.model import Series
from hooks.series.moves import Moves
from hooks.series.sources import kept_editions, mounts

_STAMPED = re.compile(r"(-ed\d+|(?:^|/)series-\d{4}-\d\d-\d\d)\.pdf/?$")
OFFERED = ".site.promises"
_LISTED = 8
_ANCHOR_KINDS = ("heading", "figure", "table", "recommendation", "clause", "letter")
# Generated for the page as it stands: a source may cease to be cited, a note to be needed.
_PASSING = ("cite-", "fn:", "fnref:", "ref-")
_GENERATED = (
    "at-a-glance-title", "references-title", "law-cited-title", "references", "law-cited", "moved", "referred-to-by", "referred-to-by-title", GONE_ID,
    "marks", "marks-title", *KEY_IDS,
)


def collect(pages: Iterable[ResolvedPage], files: Mapping[str, bytes], root: Path, cache: Cache) -> dict[str, Promise]:
    """Every address that a build offers, by address. `files` are what stands beside the pages."""
    found: dict[str, Promise] = {}
    for page in pages:
        found[page.url] = Promise(page.url, "page")
        passages = {item.id: item for item in page.passages}
        register = not page.passages
        for anchor in page.anchors:
            address = f"{page.url}#{anchor.id}"
            if anchor.id in passages:
                item = passages[anchor.id]
                found[address] = Promise(address, "passage", item.section, item.sketch)
            elif _lasting(anchor.id, register):
                found[address] = Promise(address, anchor.kind if anchor.kind in _ANCHOR_KINDS else "anchor")
    for path, content in files.items():
        address = path.removesuffix("index.html")
        if path.startswith("assets/"):
            continue
        # The current edition under its number is a page that leads on; once there is a later one, the file.
        address = address.rstrip("/") if _STAMPED.search(address) else address
        found[address] = Promise(address, "page" if path == f"{address}index.html" else "file")
        # The places of a bound volume are those of its parts, whose own PDFs promise them; an old edition is a file for the record.
        if path.endswith(".pdf") and not _STAMPED.search(path):
            for name in destinations(content, cache):
                if "." not in name and _lasting(name, register=False):
                    place = f"{path}#nameddest={name}"
                    found[place] = Promise(place, "place")
    for mount in mounts(root):
        if not mount.path.endswith(".md"):
            found.setdefault(mount.dest, Promise(mount.dest, "file"))
    # Of old editions those of what stands in docs/ too, which MkDocs copies with all else there.
    for address in kept_editions(root):
        found.setdefault(address, Promise(address, "file"))
    return found


def _lasting(id_: str, register: bool) -> bool:
    return id_ not in _GENERATED and (not id_.startswith(_PASSING) or (register and id_.startswith("ref-")))


def destinations(pdf: bytes, cache: Cache) -> list[str]:
    """The named destinations of a PDF (ISO 32000-1, 12.3.2.3)."""
    names: list[str] = json.loads(cache.remember("destinations", digest("destinations", pdf), lambda: _destinations(pdf)))
    return names


def _destinations(pdf: bytes) -> bytes:
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as document:
        dests = document.Root.get("/Names", pikepdf.Dictionary()).get("/Dests")
        return json.dumps(sorted(pikepdf.NameTree(dests).keys()) if dests is not None else []).encode()


def broken(promised: Mapping[str, Promise], offered: Collection[str], moves: Moves) -> list[Promise]:
    """The promises that nothing keeps any more: neither the address itself nor what it leads to is there."""
    gone = [promise for address, promise in promised.items() if address not in offered and moves.target(address) not in offered]
    # What is generated for the page as it stands goes with its reason, whatever was once recorded of it.
    return [promise for promise in gone if promise.address.partition("#")[2].removeprefix("nameddest=") not in _GENERATED]


def draft_addresses(series: Series, recommendations: Iterable[Recommendation]) -> tuple[str, ...]:
    """How the addresses begin that belong to drafts, which promise nothing."""
    drafts = [item for item in series.publications if item.draft]
    asked = [subject for subject in series.subjects.values() if subject.publication is not None and subject.publication.draft]
    ids = [*(item.id for item in drafts), *(item.id for item in recommendations if item.publication.draft)]
    ids += [question.id for subject in asked for question in subject.questions]
    return (
        *(questions_page(subject.slug) for subject in asked),
        *(item.url for item in drafts), *(permanent(id_) for id_ in ids), *(embed(item.id) for item in drafts), *(oembed(item.id) for item in drafts),
    )


def drafted_again(series: Series, promised: Collection[str]) -> list[Problem]:
    """A problem for each publication that was published and now calls itself a draft."""
    return [
        Problem(
            "front-matter", item.path, None, f"“{item.id}” is a draft again, but its address “{item.url}” was promised.",
            "What was published stays: set `status: withdrawn`, or `superseded` with `superseded_by`. Write its new text on a branch of your own.",
        )
        for item in series.publications
        if item.draft and item.url in promised
    ]


def check_promises(promised: Mapping[str, Promise], offered: Collection[str], moves: Moves) -> list[Problem]:
    """A problem for each promise that is broken; where a whole page is gone, one for the page and all that stood on it."""
    problems = []
    lost = broken(promised, offered, moves)
    gone = tuple(item.address for item in lost if item.kind == "page" and item.address)
    for promise in lost:
        if promise.kind != "page" and promise.address.startswith(gone):
            continue
        name = promise.address.partition("#")[2]
        if promise.kind == "page":
            remedy = "Where it moved, write its old address under `aliases` of the new page, or a line “old -> new” in links.moved."
        elif promise.kind in ("file", "place"):
            remedy = "A renamed page leads its files on: see `aliases`. Of an old edition, keep the PDF: `make edition` does."
        else:
            remedy = f'Say where it leads now: `aliases: ["#{name} -> #new-place"]` on that page, or “{promise.address} -> new/#place” in links.moved.'
        problems.append(Problem("link-promise", LOCK_FILE, None, f"The promised address “{promise.address}” ({promise.kind}) is gone.", remedy))
    return problems


def unrecorded(promised: Mapping[str, Promise], offered: Mapping[str, Promise]) -> str:
    """A note on what is new; empty if nothing is."""
    new = sorted(address for address in offered if address not in promised)
    if not new:
        return ""
    shown = f": {', '.join(new)}" if len(new) <= _LISTED else ""
    return f"{LOCK_FILE}: {len(new)} {'address is' if len(new) == 1 else 'addresses are'} not promised yet; `make links` records them{shown}"


def offer(root: Path, promises: Mapping[str, Promise]) -> None:
    """Leave what a finished build offers where `--record` finds it."""
    path = root / OFFERED
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [[item.address, item.kind, item.section, item.sketch] for item in sorted(promises.values())]
    write_atomically(path, json.dumps(rows).encode())


def record(root: Path) -> str:
    """Add what the last build offers to links.lock and say what was done. Raises ValueError where that cannot be."""
    path = root / OFFERED
    if not path.exists():
        raise ValueError("There is no finished build to record: run `make site` first.")
    offered = {item.address: item for item in (Promise(*row) for row in json.loads(path.read_text(encoding="utf-8")))}
    promised, problems = read_lock(root)
    if problems:
        raise ValueError("\n".join(map(str, problems)))
    # A passage's sketch follows its words. Nothing that was promised is ever taken out.
    write_lock(root, {**promised, **offered}.values())
    new = len(offered.keys() - promised.keys())
    return f"{LOCK_FILE}: {new} new, {len({**promised, **offered})} in all."


def main(arguments: list[str] | None = None, root: Path | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m hooks.site.promises", description="Keep the promise that links last.")
    parser.add_argument("--record", action="store_true", required=True, help="add the addresses of the last build to links.lock")
    parser.parse_args(arguments)
    root = root or Path.cwd()
    try:
        print(record(root))
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
