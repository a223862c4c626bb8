"""Everything that stands in the site beside its pages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from hooks.build import Build
from hooks.cache import Cache, digest
from hooks.editions.produce import pdf_path
from hooks.interviews.withheld import is_withheld_address
from hooks.pages.moves import check_moves
from hooks.problems import Problem
from hooks.series.course import handout_id, handout_path
from hooks.site.addresses import stamped_pdf_path
from hooks.site.catalogue import PdfEntry, catalogue, schema, to_json
from hooks.site.downloads import bibliography_files, recommendations_csv
from hooks.site.editions import docx_path, edition_files, epub_path
from hooks.site.embeds import POLICY as EMBED_POLICY
from hooks.site.embeds import embed_files
from hooks.site.fonts import web_fonts
from hooks.site.hosting import hosting_files
from hooks.site.link_context import feed_files, link_files
from hooks.site.policy import page_policy
from hooks.site.policy_builder import builder_files
from hooks.site.promises import check_promises, collect, offer, unrecorded
from hooks.site.redirects import moved_files, moved_pages, permanent_pages
from hooks.site.scheme import APPLY
from hooks.site.search_words import ADDRESS as SEARCH_WORDS
from hooks.site.search_words import search_script

_MINISEARCH = "minisearch/dist/umd/index.js"


def packages(root: Path) -> Path:
    """The installed front-end packages (fonts, the search library)."""
    return root / "node_modules"


def package_assets(root: Path, cache: Cache) -> Mapping[str, bytes]:
    """What pages load that comes from installed packages, by address: the fonts and the search library."""
    folder = packages(root)
    files = {f"assets/fonts/{name}": content for name, content in _fonts(folder, cache).items()}
    return files | {"assets/minisearch.js": (folder / _MINISEARCH).read_bytes()}


def _fonts(folder: Path, cache: Cache) -> Mapping[str, bytes]:
    """The subset fonts, from the cache where the packages have not changed."""
    stamps = [path.read_bytes() for path in sorted(folder.glob("@fontsource*/*/package.json"))]
    code = (Path(__file__).parent / "fonts.py").read_bytes()
    key = digest("web-fonts", code, *stamps)
    index = cache.get("fonts", key)
    if index is not None:
        stored = {name: cache.get("fonts", f"{key}-{name}") for name in json.loads(index)}
        if all(content is not None for content in stored.values()):
            return stored
    made = web_fonts(folder)
    for name, content in made.items():
        cache.put("fonts", f"{key}-{name}", content)
    cache.put("fonts", key, json.dumps(sorted(made)).encode())
    return made


def outputs(build: Build) -> Mapping[str, bytes]:
    """The files by address: PDF editions, the catalogue with its schema, downloads, permanent addresses."""
    files: dict[str, bytes] = {}
    pdfs: dict[str, PdfEntry] = {}
    made = build.editions.made if build.editions else {}
    for publication in build.series.publications:
        if publication.id in made:
            edition, path = made[publication.id], pdf_path(publication)
            files[path] = files[stamped_pdf_path(publication)] = edition.pdf
            pdfs[publication.id] = PdfEntry(url=path, pages=edition.pages, bytes=len(edition.pdf), sha256=edition.sha256)
    files |= edition_files(build.series, build.editions)
    beside = {item.id: item.pdf_path for item in build.series.slides} | {handout_id(m): handout_path(m) for m in build.series.modules.values()}
    for id_, path in beside.items():
        if id_ in made:
            pdfs[id_] = PdfEntry(url=path, pages=made[id_].pages, bytes=len(made[id_].pdf), sha256=made[id_].sha256)
    word_files = {p.id: path for p in build.series.publications if (path := docx_path(p)) in files}
    epub_files = {p.id: path for p in build.series.publications if (path := epub_path(p)) in files}
    site = build.site
    texts = {
        "catalogue.json": to_json(catalogue(build.series, site.pages, site.recommendations, pdfs, word_files, epub_files)),
        "catalogue.schema.json": schema(),
        "recommendations.csv": recommendations_csv(site.recommendations),
        **bibliography_files(build.bibliography),
        **permanent_pages(build.series, site.recommendations, build.site_url),
        **moved_pages(build.moves, {page.url: build.titles.get(path, page.url) for path, page in site.pages.items()}, build.site_url),
    }
    texts[SEARCH_WORDS] = search_script(build.search_words, build.series)
    files |= {path: text.encode() for path, text in texts.items()}
    files |= {**builder_files(build), **link_files(build), **embed_files(build), **feed_files(build)}
    return files | moved_files(build.moves, files)


def keep_promises(build: Build) -> tuple[list[Problem], str]:
    """What is wrong with the moves and the promised addresses, and a note on addresses that are not promised yet."""
    offered = collect(build.site.pages.values(), build.files, build.root, build.cache)
    # No promise outlasts consent: the addresses of a withdrawn interview are let go.
    promised = {address: promise for address, promise in build.promised.items() if not is_withheld_address(address, build.series.withheld)}
    problems = [*check_moves(build.moves, {page.url for page in build.site.pages.values()}, offered), *check_promises(promised, offered, build.moves)]
    if not problems:
        offer(build.root, offered)
    return problems, unrecorded(build.promised, offered)


def write_outputs(build: Build, folder: Path) -> None:
    """Write them below `folder`, and the search index once more as a script, which also loads from `file://`."""
    for path, content in (outputs(build) if build.files is None else build.files).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    index = folder / "search" / "search_index.json"
    if index.exists():
        data = json.dumps(json.loads(index.read_text(encoding="utf-8")), ensure_ascii=False).replace("</", "<\\/")
        index.with_suffix(".js").write_text(f"window.OTR_SEARCH_INDEX = {data};\n", encoding="utf-8")
    # Last, for the headers are given to all that stands there.
    for path, text in hosting_files(folder, build.site_url, page_policy([APPLY]), EMBED_POLICY).items():
        target = folder / path
        target.parent.mkdir(exist_ok=True)
        target.write_text(text, encoding="utf-8")
