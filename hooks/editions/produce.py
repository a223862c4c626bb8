"""The PDF editions of a resolved site: what each is made from, and making them over the cores, cached by content."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields, replace
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urljoin

from lxml import html as lxml_html

from hooks.cache import Cache, digest
from hooks.citing.bibliography import Bibliography
from hooks.editions import Attachment, Edition, EditionError, EditionRequest, make_edition, validate_pdf
from hooks.editions.bind import Part, bind
from hooks.pages.model import ResolvedPage, ResolvedSite
from hooks.pages.tree import long_date
from hooks.problems import Problem
from hooks.series import vocabulary as words
from hooks.series.model import Publication, Series
from hooks.series.sources import read_text
from hooks.site.citing_us import cite_as, permalink
from hooks.site.downloads import recommendations_csv

# About eight pages: a longer edition opens with a table of contents.
_WORDS_WITHOUT_CONTENTS = 3500


@dataclass(frozen=True)
class Imprint:
    """What every edition says of the series."""

    name: str
    site_url: str
    authors: tuple[str, ...]
    note: str
    licence: str


@dataclass(frozen=True)
class Editions:
    """The editions by publication id, and what went wrong with the others."""

    made: Mapping[str, Edition]
    problems: tuple[Problem, ...] = ()


def pdf_path(publication: Publication) -> str:
    """Where the PDF stands, relative to the site's root: beside its page, as scholarly indexes require."""
    return f"{publication.url}{publication.slug}.pdf"


def make_editions(root: Path, cache: Cache, series: Series, site: ResolvedSite, bibliography: Bibliography, imprint: Imprint, fonts: Path) -> Editions:
    """Set every publication whose page is there; those set before from the same input come from the cache."""
    jobs = [(p, _request(root, p, _whole(p, series, site), site, bibliography, imprint)) for p in series.publications if p.path in site.pages]
    engine = _engine_key(fonts)
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        results = list(pool.map(lambda job: _one(job[0], job[1], cache, fonts, engine), jobs))
    made = {p.id: result for (p, _), result in zip(jobs, results, strict=True) if isinstance(result, Edition)}
    problems = tuple(result for result in results if isinstance(result, Problem))
    return Editions(made, problems)


def _whole(publication: Publication, series: Series, site: ResolvedSite) -> ResolvedPage:
    """What the edition prints: the publication's page, and for the white paper all its chapters bound."""
    page = site.pages[publication.path]
    if publication.kind != "white-paper":
        return page
    chapters = [p for p in series.publications if p.kind == "chapter" and p.path in site.pages]
    parts = [Part(c.slug, f"{c.number}. {c.full_title}", c.url, site.pages[c.path].html) for c in chapters]
    sources = dict.fromkeys(key for p in (publication, *chapters) for key in site.pages[p.path].sources)
    return replace(page, html=bind(page.html, publication.url, parts), sources=tuple(sources))


def _one(publication: Publication, request: EditionRequest, cache: Cache, fonts: Path, engine: str) -> Edition | Problem:
    key = digest(engine, _canonical(request))
    stored = cache.get("editions", key)
    if stored is not None:
        head, _, pdf = stored.partition(b"\n")
        return Edition(pdf, json.loads(head)["pages"], hashlib.sha256(pdf).hexdigest())
    try:
        edition = make_edition(request, fonts)
    except EditionError as error:
        return Problem("edition", publication.path, None, f"The PDF edition cannot be made: {error.message}")
    failures = validate_pdf(edition.pdf)
    if failures:
        return Problem("edition", publication.path, None, f"The PDF edition fails its conformance checks: {'; '.join(failures[:3])}")
    cache.put("editions", key, json.dumps({"pages": edition.pages}).encode() + b"\n" + edition.pdf)
    return edition


def _canonical(request: EditionRequest) -> bytes:
    """The request as bytes, the same for equal requests."""
    values = [(field.name, getattr(request, field.name)) for field in fields(request)]
    return pickle.dumps([(name, sorted(value.items()) if isinstance(value, Mapping) else value) for name, value in values], protocol=4)


def _engine_key(fonts: Path) -> str:
    """What else an edition depends on: the code and template of this package, the engine, and the fonts."""
    from importlib.metadata import version

    own = Path(__file__).parent
    code = [path.read_bytes() for path in sorted(own.iterdir()) if path.suffix in (".py", ".typ")]
    faces = [f"{path.name}:{path.stat().st_size}" for path in sorted(fonts.glob("*.ttf"))]
    return digest(version("typst"), version("pikepdf"), *faces, *code)


def _request(root: Path, publication: Publication, page: ResolvedPage, site: ResolvedSite, bibliography: Bibliography, imprint: Imprint) -> EditionRequest:
    front = publication.front
    topics = {**words.ELEMENTS, **words.THEMES}
    return EditionRequest(
        pub_id=publication.id,
        kind_label=publication.label.rsplit(" ", 1)[0] if publication.number else publication.label,
        number=publication.number,
        title=front.title,
        subtitle=front.subtitle,
        summary=front.summary,
        edition=str(front.edition),
        published=front.published,
        revised=front.revised,
        law_as_of=front.law_as_of,
        permalink=permalink(imprint.site_url, publication),
        page_url=urljoin(imprint.site_url, publication.url),
        cite_as=cite_as(publication, imprint.name, imprint.site_url),
        elements=tuple(topics[slug] for slug in (*front.elements, *front.themes)),
        authors=imprint.authors,
        series=imprint.name,
        publisher_note=imprint.note,
        licence=imprint.licence,
        history=tuple((str(change.edition), long_date(change.date), change.note) for change in front.changes),
        html=page.html,
        source=Path(publication.path),
        images=_images(root, publication, page.html),
        attachments=_attachments(root, publication, page, site, bibliography),
        contents=publication.kind == "white-paper" or page.words > _WORDS_WITHOUT_CONTENTS,
    )


def _images(root: Path, publication: Publication, html: str) -> dict[str, bytes]:
    """The images of the article by `src`. Addresses in the HTML are relative to the page, so they are led back to files."""
    found = {}
    folder = PurePosixPath(publication.path).parent
    base = {"briefs": "briefs", "whitepaper": "white-paper"}.get(str(folder), str(folder))
    for image in lxml_html.fragment_fromstring(html, create_parent="div").iter("img"):
        src = image.get("src", "")
        address = PurePosixPath(os.path.normpath(PurePosixPath(publication.url) / unquote(src)))
        file = root / folder / os.path.relpath(address, base)
        if file.is_file() and file.resolve().is_relative_to(root.resolve()):
            found[src] = file.read_bytes()
    return found


def _attachments(root: Path, publication: Publication, page: ResolvedPage, site: ResolvedSite, bibliography: Bibliography) -> tuple[Attachment, ...]:
    """The Markdown source, the citations as CSL-JSON and the recommendations as CSV."""
    source = read_text(root, publication.path) or ""
    items = [item for item in bibliography.items if item["id"] in page.sources]
    own = [item for item in site.recommendations if item.publication.id == publication.id]
    files = [Attachment(PurePosixPath(publication.path).name, "text/markdown", "Source of this edition", source.encode(), "source")]
    if items:
        data = json.dumps(items, indent=1, ensure_ascii=False, sort_keys=True).encode()
        files.append(Attachment("citations.json", "application/vnd.citationstyles.csl+json", "Sources cited, as CSL-JSON", data, "data"))
    if own:
        files.append(Attachment("recommendations.csv", "text/csv", "Recommendations with their evidence", recommendations_csv(own).encode(), "data"))
    return tuple(files)
