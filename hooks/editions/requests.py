"""What each PDF edition is made from: one publication, the white paper with its chapters, or the whole series."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urljoin

from lxml import html as lxml_html

from hooks.citing.bibliography import Bibliography
from hooks.editions.bind import Part, bind
from hooks.editions.course_print import printed_module
from hooks.editions.model import Attachment, EditionRequest
from hooks.interviews.withheld import scrub
from hooks.pages.backlinks import closing_section
from hooks.pages.model import ResolvedPage, ResolvedSite
from hooks.pages.tree import E, inner_html, long_date
from hooks.series import vocabulary as words
from hooks.series.course import KINDS as COURSE_KINDS
from hooks.series.model import Publication, Series
from hooks.series.sources import read_text
from hooks.site.citing_us import cite_as, permalink
from hooks.site.downloads import recommendations_csv

SERIES_ID = "series"
SERIES_PATH = "series.pdf"
"""The whole series bound, at the site's root."""

_BOUND = {"white-paper": "chapter", "course": "course-module"}
"""Publications that print others with them → the kind of those."""
_FOLDERS = {"briefs": "briefs", "white-paper": "whitepaper"}
"""First part of a page's address → the folder its source and images lie in; all others lie in docs/."""


@dataclass(frozen=True)
class Imprint:
    """What every edition says of the series; `line` is its motto, `forms` the kinds of edition to make."""

    name: str
    site_url: str
    authors: tuple[str, ...]
    note: str
    licence: str
    line: str = ""
    forms: tuple[str, ...] = ("pdf", "word", "epub", "series")


@dataclass(frozen=True)
class Sources:
    """All that requests are drawn from."""

    root: Path
    series: Series
    site: ResolvedSite
    bibliography: Bibliography
    imprint: Imprint
    figures: Mapping[str, bytes] = field(default_factory=dict)


def pdf_path(publication: Publication) -> str:
    """Where the PDF stands, relative to the site's root: beside its page, as scholarly indexes require."""
    return f"{publication.url}{publication.slug}.pdf"


def publication_request(publication: Publication, sources: Sources) -> EditionRequest:
    """The edition of one publication; the white paper prints its chapters too."""
    front, imprint = publication.front, sources.imprint
    page = _whole(publication, sources)
    topics = {**words.ELEMENTS, **words.THEMES}
    whole = publication.kind in _BOUND
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
        images=images(sources, publication.url, page.html),
        attachments=(_source(publication, sources), *_data([publication], page.sources, sources)),
        contents=whole,
        contents_depth=2 if whole else 1,
        bound=whole,
    )


def series_request(sources: Sources) -> EditionRequest | None:
    """The whole series in reading order; None where it has fewer than two publications."""
    imprint = sources.imprint
    own = [p for p in sources.series.publications if p.path in sources.site.pages and p.kind not in ("interview-form", *COURSE_KINDS)]
    if sum(p.kind != "chapter" for p in own) < 2:
        return None
    briefs = sum(p.kind == "issue-brief" for p in own)
    revised = max(p.front.revised for p in own)
    stated = [p.front.law_as_of for p in own if p.front.law_as_of]
    address = urljoin(imprint.site_url, SERIES_PATH)
    counted = f"{briefs} issue brief{'' if briefs == 1 else 's'}"
    subtitle = f"The white paper and {counted}" if len(own) > briefs else counted
    html = bind("", SERIES_PATH, [_part(p, sources) for p in own])
    cited = (key for p in own for key in sources.site.pages[p.path].sources)
    return EditionRequest(
        pub_id=SERIES_ID,
        kind_label="The whole series",
        number="",
        title=imprint.name,
        subtitle=subtitle,
        summary=imprint.line,
        edition="",
        published=min(p.front.published for p in own),
        revised=revised,
        law_as_of=min(stated) if stated else None,
        permalink=address,
        page_url=address,
        cite_as=f"{imprint.name}. {revised.year}. The whole series, edition of {long_date(revised)}. {address}.",
        elements=(),
        authors=imprint.authors,
        series=imprint.name,
        publisher_note=imprint.note,
        licence=imprint.licence,
        history=(),
        html=html,
        source=Path(own[0].path).parent,
        images=images(sources, SERIES_PATH, html),
        attachments=_data(own, cited, sources),
        contents=True,
        bound=True,
    )


def _whole(publication: Publication, sources: Sources) -> ResolvedPage:
    """What the edition prints: the publication's page, and for the white paper all its chapters bound."""
    pages = sources.site.pages
    page = pages[publication.path]
    if publication.kind not in _BOUND:
        page = replace(page, html=printed_module(page.html))
        uses = closing_section(page.backlinks, publication.url)
        return page if uses is None else replace(page, html=page.html + inner_html(E.DIV(uses)))
    chapters = [p for p in sources.series.publications if p.kind == _BOUND[publication.kind] and p.path in pages]
    parts = [
        Part(c.id, f"{c.number}. {c.full_title}", c.url, printed_module(pages[c.path].html), summary=c.front.summary, head=f"{c.number}. {c.front.title}")
        for c in chapters
    ]
    cited = dict.fromkeys(key for p in (publication, *chapters) for key in pages[p.path].sources)
    return replace(page, html=bind(page.html, publication.url, parts), sources=tuple(cited))


def _part(publication: Publication, sources: Sources) -> Part:
    front = publication.front
    title = f"{publication.label}. {publication.full_title}"
    facts = [f"Edition {front.edition}, {long_date(front.revised)}"]
    if front.law_as_of:
        facts.append(f"Law as of {long_date(front.law_as_of)}")
    facts.append(permalink(sources.imprint.site_url, publication))
    html = sources.site.pages[publication.path].html
    return Part(publication.id, title, publication.url, html, " · ".join(facts), front.summary, f"{publication.label}. {front.title}")


def images(sources: Sources, url: str, html: str) -> dict[str, bytes]:
    """The images of the article at `url` by `src`: addresses are relative to the page, so they are led back to files."""
    found = {}
    base = PurePosixPath(url) if url.endswith("/") else PurePosixPath(url).parent
    for image in lxml_html.fragment_fromstring(html, create_parent="div").iter("img"):
        src = image.get("src", "")
        first, *rest = PurePosixPath(os.path.normpath(base / unquote(src))).parts or ("",)
        place = "/".join((_FOLDERS[first], *rest) if first in _FOLDERS else ("docs", first, *rest))
        file = sources.root / place
        if place in sources.figures:
            found[src] = sources.figures[place]
        elif file.is_file() and file.resolve().is_relative_to(sources.root.resolve()):
            found[src] = file.read_bytes()
    return found


def _source(publication: Publication, sources: Sources) -> Attachment:
    """The Markdown that the edition was made from."""
    text = scrub(read_text(sources.root, publication.path) or "", sources.series.withheld)
    return Attachment(PurePosixPath(publication.path).name, "text/markdown", "Source of this edition", text.encode(), "source")


def _data(publications: Iterable[Publication], keys: Iterable[str], sources: Sources) -> tuple[Attachment, ...]:
    """The citations as CSL-JSON and the recommendations as CSV."""
    ids, cited = {p.id for p in publications}, set(keys)
    files = []
    items = [item for item in sources.bibliography.items if item["id"] in cited]
    own = [item for item in sources.site.recommendations if item.publication.id in ids]
    if items:
        data = json.dumps(items, indent=1, ensure_ascii=False, sort_keys=True).encode()
        files.append(Attachment("citations.json", "application/vnd.citationstyles.csl+json", "Sources cited, as CSL-JSON", data, "data"))
    if own:
        files.append(Attachment("recommendations.csv", "text/csv", "Recommendations with their evidence", recommendations_csv(own).encode(), "data"))
    return tuple(files)
