"""Everything that stands in the site beside its pages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from hooks.citing.cite_us import FORMATS, genre
from hooks.core.cache import Cache
from hooks.core.problems import Problem
from hooks.editions.cards import Card, Notice, pictures
from hooks.editions.fonts import cached_fonts
from hooks.editions.formats import PDF, POWERPOINT
from hooks.editions.web_fonts import cached_web_fonts
from hooks.linking.search_passages import passages
from hooks.registers.data import data_files, package_name, rows
from hooks.registers.downloads import bibliography_files, recommendations_csv
from hooks.series.addresses import (
    CARD,
    LEGAL_DATES,
    LINKING,
    RELEASES,
    SEARCH,
    SERIES_ID,
    SERIES_PDF,
    beside,
    card,
    card_pdf,
    dated_series_pdf,
    handout_pdf,
    permanent,
    questions_pdf,
    slides_file,
    slides_pdf,
)
from hooks.series.model import card_id, handout_id, questions_id
from hooks.series.moves import check_moves
from hooks.series.withheld import is_withheld_address
from hooks.site.builder_files import builder_files
from hooks.site.catalogue import PdfEntry, SeriesEntry, catalogue, schema, to_json
from hooks.site.check_files import check_files
from hooks.site.csp import APPLY, framing_policy, page_policy
from hooks.site.editions import edition_files, for_the_room, offered
from hooks.site.embeds import card_policy, embed_files
from hooks.site.feeds import feed_files
from hooks.site.hosting import EMBEDS, hosting_files
from hooks.site.law_calendar import law_calendar
from hooks.site.pack_files import missing_files, pack_files
from hooks.site.page_dates import data_changed
from hooks.site.promises import check_promises, collect, draft_addresses, drafted_again, offer, unrecorded
from hooks.site.published import Published
from hooks.site.redirects import folder_pages, moved_files, moved_pages, permanent_pages, stamped, stamped_pages, whole_series, without_kept
from hooks.site.search_index import search_files


def packages(root: Path) -> Path:
    """The installed front-end packages (fonts)."""
    return root / "node_modules"


def package_assets(root: Path, cache: Cache) -> Mapping[str, bytes]:
    """What pages load that comes from installed packages, by address: the fonts."""
    folder = packages(root)
    return {f"assets/fonts/{name}": content for name, content in cached_web_fonts(folder, cache).items()}


def apart_from_editions(published: Published) -> Mapping[str, bytes]:
    """The files by address that say nothing of editions: search, recommendations, feeds, what the tools work with, permanent addresses."""
    site = published.site
    texts = {
        **_search(published),
        "catalogue.schema.json": schema(),
        "recommendations.csv": recommendations_csv(item for item in site.recommendations if item.publication.in_force),
        **bibliography_files(published.bibliography),
        **permanent_pages(published.series, site.recommendations, published.site_url, site.questions),
        **folder_pages(set(published.page_at), published.site_url),
        **moved_pages(published.moves, {page.url: published.titles.get(path, page.url) for path, page in site.pages.items()}, published.site_url),
    }
    return {path: text.encode() for path, text in texts.items()} | {**builder_files(published), **check_files(published), **_followed(published)}


def outputs(published: Published, ready: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """The files by address: editions, the catalogue, citations and pictures, and those that are `ready`, of `apart_from_editions`."""
    files: dict[str, bytes] = {}
    pdfs: dict[str, PdfEntry] = {}
    made = published.editions.made if published.editions else {}
    for publication in published.series.publications:
        if publication.id in made:
            edition, path = made[publication.id], PDF.address(publication)
            pdfs[publication.id] = PdfEntry(url=path, pages=edition.pages, bytes=len(edition.pdf), sha256=edition.sha256)
    files |= edition_files(published.series, published.editions)
    archives = pack_files(published, files)
    files |= archives
    cards_of = {card_id(item): card_pdf(item) for item in published.series.publications}
    slides = {item.id: slides_pdf(item) for item in published.series.slides}
    asked = {questions_id(item): questions_pdf(item) for item in published.series.publications}
    others = cards_of | slides | asked | {handout_id(m): handout_pdf(m) for m in published.series.modules.values()}
    others |= {id_: path for id_, (path, _) in for_the_room(published.series).items()}
    for id_, path in others.items():
        if id_ in made:
            pdfs[id_] = PdfEntry(url=path, pages=made[id_].pages, bytes=len(made[id_].pdf), sha256=made[id_].sha256)
    other = {p.id: {o.form.suffix: o.address for o in offered(p, published.editions) if o.form != PDF} for p in published.series.publications}
    decks = published.editions.of(POWERPOINT) if published.editions else {}
    other |= {item.id: {POWERPOINT.suffix: slides_file(item, POWERPOINT.suffix)} for item in published.series.slides if item.id in decks}
    site = published.site
    files |= ready
    tables = tables_of(published)
    texts = {
        **tables,
        "catalogue.json": to_json(
            catalogue(published.series, site.pages, site.recommendations, pdfs, other, site.letters, site.questions, [*tables], archives, _whole(published))
        ),
        **whole_series(published.series, published.settings["series"]["name"], _whole_at(published), published.promised, published.site_url),
        **stamped_pages(stamps_of(published), published.site_url),
    }
    files |= {path: text.encode() for path, text in texts.items()}
    files |= {**link_files(published), **embed_files(published)}
    return {**files, **moved_files(published.moves, files)}


def _whole(published: Published) -> SeriesEntry | None:
    """The series bound, where it is and can be cited."""
    day, made = published.series.edition_day, published.editions.made.get(SERIES_ID) if published.editions else None
    if day is None or made is None:
        return None
    pdf = PdfEntry(url=SERIES_PDF, pages=made.pages, bytes=len(made.pdf), sha256=made.sha256)
    name = published.settings["series"]["name"]
    return SeriesEntry(title=name, edition=day, permanent=permanent(SERIES_ID), dated=dated_series_pdf(day), pdf=pdf)


def _whole_at(published: Published) -> str:
    """Where the whole series is: the part of the page of releases that says how to cite it, or its PDF; empty where it is nowhere."""
    page = published.page_at.get(RELEASES)
    place = next((anchor.id for anchor in page.anchors if anchor.id == SERIES_ID), "") if page else ""
    made = published.editions is not None and SERIES_ID in published.editions.made
    return f"{RELEASES}#{place}" if place else SERIES_PDF if made else ""


def tables_of(published: Published) -> Mapping[str, str]:
    """What the series knows as data, with a dictionary, by address."""
    said = published.settings["series"]
    found = rows(published.series, published.site.recommendations, published.site.questions, published.site_url)
    day = data_changed(published.series)
    return data_files(found, package_name(said["name"]), said["name"], said["authors"], said["licence"], said["licence_url"], published.site_url, day)


def stamps_of(published: Published) -> Mapping[str, str]:
    """Where the address of each current edition under its number leads, unless a kept edition stands there."""
    made = published.editions.made if published.editions else {}
    return without_kept(stamped(published.series, published.moves, made), published.root)


def _search(published: Published) -> Mapping[str, str]:
    """The index of the search and the texts of its excerpts, by address."""
    leads = {answer.id: answer.read for answer in published.site.questions}
    said = (passage for page in published.site.pages.values() for passage in page.found)
    found = passages(said, published.series, published.search_words, leads)
    return {f"{SEARCH}{name}": text for name, text in search_files(found, published.search_words, published.cache).items()}


def link_files(published: Published) -> Mapping[str, bytes]:
    """Citations to take away, pictures for previews, and those of notices, by address."""
    series, here = published.settings["series"], published.site_url
    fonts = cached_fonts(packages(published.root), published.cache)
    wanted: dict[str, Card | Notice] = {CARD: Card("", "", series["name"], series.get("line", ""), series["name"])}
    for item in published.series.publications:
        if item.path in published.site.pages:
            wanted[card(item)] = Card(genre(item), item.number, item.front.title, item.front.subtitle, series["name"])
    wanted |= {letter.picture: Notice.of(letter.said) for letter in published.site.letters if letter.picture}
    files: dict[str, bytes] = dict(zip(wanted, pictures(list(wanted.values()), fonts, published.cache, published.run), strict=True))
    made = published.editions.made if published.editions else {}
    for cited in published.series.items:
        if cited.path in published.site.pages:
            for suffix, _, make in FORMATS:
                files[beside(cited, suffix)] = make(cited, series["authors"], series["name"], here, cited.id in made).encode()
    return files


def _followed(published: Published) -> Mapping[str, bytes]:
    """The feeds and the calendar, by address."""
    calendar = law_calendar(published.series.authorities, published.settings["series"]["name"], published.site_url)
    return {**feed_files(published), LEGAL_DATES: calendar}


def keep_promises(published: Published, files: Mapping[str, bytes]) -> tuple[list[Problem], str]:
    """What is wrong with the moves and the promised addresses, and a note on addresses that are not promised yet."""
    offered = collect(published.site.pages.values(), files, published.root, published.cache)
    # No promise outlasts consent: the addresses of a withdrawn interview are let go.
    promised = {address: promise for address, promise in published.promised.items() if not is_withheld_address(address, published.series.withheld)}
    problems = [
        *missing_files(published, files),
        *check_moves(published.moves, set(published.page_at), offered),
        *check_promises(promised, offered, published.moves),
        *drafted_again(published.series, promised),
    ]
    drafts = draft_addresses(published.series, published.site.recommendations)
    lasting = {address: promise for address, promise in offered.items() if not address.startswith(drafts)}
    if not problems:
        offer(published.root, lasting)
    return problems, unrecorded(published.promised, lasting)


def write_outputs(published: Published, files: Mapping[str, bytes], folder: Path) -> None:
    """Write `files`, those of `outputs`, below `folder`; then what is made from what stands there.

    That is the response headers, and the redirects of hosts that make them.
    """
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    # Last, for the headers are given to all that stands there.
    own = {EMBEDS: card_policy(), LINKING.rstrip("/"): framing_policy([APPLY])}
    for path, text in hosting_files(folder, published.site_url, page_policy([APPLY]), own, stamps_of(published)).items():
        target = folder / path
        target.parent.mkdir(exist_ok=True)
        target.write_text(text, encoding="utf-8")
