"""What the templates print around an article: the variable `otr`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any
from urllib.parse import urljoin, urlsplit

from hooks.build.search_page import message_link, subjects, suggestion_link
from hooks.citing.cite_us import FORMATS, apa, bluebook, chicago, cite_as, snippets, this_edition
from hooks.citing.this_copy import fixity, no_address, unrecorded
from hooks.core.look import look
from hooks.core.tree import E, element, inner_html, long_date
from hooks.core.urls import relative_url
from hooks.editions.formats import PDF, WORD
from hooks.editions.model import Edition
from hooks.editions.produce import TEMPLATE_ID
from hooks.editions.web_fonts import preloaded
from hooks.linking.backlinks import grouped
from hooks.linking.caveats import marked
from hooks.linking.labels import source_line, standing
from hooks.linking.model import ResolvedPage
from hooks.linking.reading import minutes
from hooks.linking.standing import notice
from hooks.series import vocabulary as words
from hooks.series.addresses import (
    CHANGES,
    LAW,
    LAW_DAYS_AT,
    LINKING,
    POLICY_TEMPLATE,
    RELEASES,
    SEARCH,
    SERIES_ID,
    SERIES_PDF,
    beside,
    card_pdf,
    law_page,
    permalink,
    publication_feed,
    questions_page,
    role_page,
)
from hooks.series.kinds import COURSE_KINDS
from hooks.series.model import Case, Publication, Series, card_id
from hooks.series.records import Authority
from hooks.series.sources import CASES, COURSE, DECKS, SLIDES
from hooks.series.sources import CHANGES as CHANGES_PAGE
from hooks.site.csp import APPLY, framing_policy, meta, page_policy
from hooks.site.editions import kilobytes, offered
from hooks.site.metadata import head
from hooks.site.published import Published

_MARGIN = 6
# Pages that are listed beside one, before it and after it: a longer list helps nobody.
_NEIGHBOURS = 20
# Scripts that one page needs and no other.
_SCRIPTS = {
    f"{CASES}/index.md": ("filters.js",),
    "docs/literature/index.md": ("filters.js",),
    "docs/recommendations.md": ("filters.js",),
    CHANGES_PAGE: ("filters.js",),
    "docs/law/index.md": ("filters.js", "dates.js"),
    "docs/tools/readiness.md": ("readiness.js", "readiness-marks.js"),
    "docs/tools/comments.md": ("decision-path.js",),
    "docs/tools/check.md": ("policy-check-data.js", "policy-check.js", "policy-check-word.js", "policy-draft.js", "policy-docx.js", "policy-check-page.js"),
    "docs/search.md": ("search-page.js",),
    "docs/tools/policy-builder.md": ("policy-builder-data.js", "policy-draft.js", "policy-docx.js", "policy-builder.js"),
}
# Scripts of the course's pages, by kind.
_COURSE_SCRIPTS = {
    "course": ("course-progress.js",),
    "course-module": ("course.js", "course-progress.js"),
    "course-check": ("course.js", "final-check.js", "course-progress.js"),
}
# Pages in these folders have a style sheet of their own, beside the site's.
_STYLES = {"docs/tools/": "tools.css", f"{COURSE}/": "course.css", f"{SLIDES}/": "slides.css", f"{DECKS}/": "slides.css"}
_OF_SLIDES = ("slides.js",)


def page_context(published: Published, path: str, url: str, settings: Mapping[str, Any]) -> dict[str, Any]:
    """The variable `otr` of a page: `path` is its source, `url` its address, `settings` the `extra` of mkdocs.yml."""
    resolved = published.site.pages.get(path)
    owner = published.series.by_path.get(path)
    authority = published.series.authority_by_path.get(path)
    subject = published.series.subject_by_path.get(path)
    kind = "home" if url in ("", "./") else "publication" if isinstance(owner, Publication) else "case" if isinstance(owner, Case) else "page"
    context: dict[str, Any] = {
        **frame(settings, lambda target: relative_url(target, url), url),
        "kind": kind,
        "publication": None,
        "edition": None,
        "card": None,
        "offers": [],
        "case": None,
        "authority": _authority(authority, url) if authority else None,
        "asked": _asked(published, owner, url),
        "changes": "",
        "feed": "",
        "backlinks": [],
        "margin": [],
        "previews": "",
        "unlisted": _is_unlisted(published, path),
        "scripts": [relative_url(f"assets/{name}", url) for name in (_OF_SLIDES if path in published.series.slides_by_path else _SCRIPTS.get(path, ()))],
        "styles": [relative_url(f"assets/{name}", url) for folder, name in _STYLES.items() if path.startswith(folder)],
        "section_nav": [],
        "toc": [item for item in resolved.headings if item[0] <= _deepest(owner)] if resolved else [],
        **(_series(published, url) if kind == "home" else {}),
    }
    if url == SEARCH:
        context |= {"subjects": subjects(published, url), "suggest": suggestion_link(str(published.settings.get("report") or ""))}
    if resolved:
        context |= {"backlinks": _backlinks(resolved, url), "previews": resolved.previews, "margin": _margin(published, resolved, url)}
    if isinstance(owner, Publication):
        context["scripts"] += [relative_url(f"assets/{name}", url) for name in _COURSE_SCRIPTS.get(owner.kind, ())]
        if CHANGES_PAGE in published.site.pages and not owner.draft:
            context["changes"] = f"{relative_url(CHANGES, url)}?publication={owner.id}"
            context["feed"] = relative_url(publication_feed(owner.id).atom, url)
        context["publication"] = _publication(published, owner, resolved, settings)
        context |= {"edition": edition_link(published, owner, url), "card": card_link(published, owner, url), "offers": offers(published, owner, url)}
        context["section_nav"] = [(p.front.title, relative_url(p.url, url), p is owner) for p in _near(published.series.publications, owner)]
    elif isinstance(owner, Case):
        context["case"] = _case(owner)
    elif subject is not None:
        there = [other for other in published.series.subjects.values() if other.in_force or other is subject]
        context["section_nav"] = [(other.title, relative_url(questions_page(other.slug), url), other is subject) for other in there]
    return context


def _deepest(owner: object) -> int:
    """The level of the headings that the contents of a page go down to: of a sheet those of its steps too, which are what its readers look for."""
    return 3 if isinstance(owner, Publication) and owner.of_kind.at_most else 2


def _is_unlisted(published: Published, path: str) -> bool:
    """Whether search engines are asked to pass over a page: of what is not in force, its questions, and the answers to exercises."""
    owner, subject = published.series.by_path.get(path), published.series.subject_by_path.get(path)
    retired = (isinstance(owner, Publication) and not owner.in_force) or (subject is not None and not subject.in_force)
    return retired or path in published.series.key_by_path


def _asked(published: Published, owner: Publication | Case | None, url: str) -> tuple[str, int] | None:
    """The page of the questions that are answered about a publication, and how many; None where there are none."""
    subject = next((subject for subject in published.series.subjects.values() if owner is not None and subject.publication is owner), None)
    return None if subject is None else (relative_url(questions_page(subject.slug), url), len(subject.questions))


def _near(publications: Sequence[Publication], owner: Publication) -> list[Publication]:
    """The publications of the same part of the series that stand around `owner` in reading order: all of a series of usual length."""
    kinds = COURSE_KINDS if owner.kind in COURSE_KINDS else (owner.kind,)

    def nearest(towards: Iterable[Publication]) -> list[Publication]:
        return list(islice((p for p in towards if p.kind in kinds and p.in_force), _NEIGHBOURS))

    at = next(index for index, p in enumerate(publications) if p is owner)
    return [*reversed(nearest(reversed(publications[:at]))), owner, *nearest(publications[at + 1 :])]


def frame(settings: Mapping[str, Any], address: Callable[[str], str], url: str = "") -> dict[str, Any]:
    """What surrounds every page, the error page included: header, footer, styles and scripts.

    `address` turns an address relative to the site's root into a link; `url` is that of the page itself.
    """
    names = {
        "css": "site.css",
        "js": "site.js",
        "passages_js": "passages.js",
        "search_js": "search.js",
        "search_words_js": "search-words.js",
        "icon": "favicon.svg",
    }
    built: dict[str, Any] = {key: address(f"assets/{name}") for key, name in names.items()}
    # The fonts of the first view are fetched early.
    built["fonts"] = [address(f"assets/fonts/{name}") for name in preloaded()]
    built["paper"] = look().colors["paper"]
    built["search_page"], built["search_index"] = address(SEARCH), address(f"{SEARCH}words.js")
    return {
        "policy": meta((framing_policy if url == LINKING else page_policy)([APPLY])),
        "scheme_script": APPLY,
        "home_url": address(""),
        "build": built,
        "nav": [(item["label"], address(item["url"]), url.startswith(item["url"])) for item in settings["header"]],
        "footer_nav": [(item["label"], address(item["url"])) for item in settings["footer"]],
        "section_label": next((item["label"] for item in (*settings["header"], *settings["footer"]) if url.startswith(item["url"]) and url != item["url"]), ""),
    }


def error_page_context(settings: Mapping[str, Any], site_url: str) -> dict[str, Any]:
    """The variable `otr` of 404.html, which a host serves at any address: so its links begin at the host's root."""
    root = urlsplit(site_url).path or "/"
    return frame(settings, lambda target: urljoin(root, target) if target else root) | {"kind": "page"}


def _publication(published: Published, item: Publication, resolved: ResolvedPage | None, settings: Mapping[str, Any]) -> dict[str, Any]:
    front, site_url = item.front, published.site_url
    head = notice(item, published.series, lambda other: relative_url(other.url, item.url))
    lettered = any(letter.publication.id == item.id for letter in published.site.letters)
    return {
        **item.facts,
        "full_title": item.full_title,
        "notice": inner_html(E.DIV(head)) if head is not None else "",
        "elements": list(front.topics.items()),
        "when": getattr(front, "when", ""),
        "urgency": words.URGENCIES.get(getattr(front, "urgency", ""), ""),
        "minutes": getattr(front, "minutes", 0),
        "reading_minutes": 0 if item.kind in ("course-module", "course-check", "course-workbook") else minutes(resolved.read_words) if resolved else 0,
        # The minutes do not count what is there to be copied, so the reader is told.
        "letters_apart": any(not section.printed and (not section.optional or lettered) for section in item.of_kind.sections),
        "changes": _history(published.series, item),
        "unrecorded": unrecorded(site_url),
        "permalink": permalink(site_url, item),
        "cite_as": cite_as(item, settings["series"]["name"], site_url),
        "overdue": published.today > front.review_by,
        "law_days": _law_days(published, item.url),
    }


def _law_days(published: Published, url: str) -> str:
    """Where it is said what the day of a publication's law means; empty where no page says it."""
    page, place = LAW_DAYS_AT
    said = published.page_at.get(page)
    there = said is not None and any(anchor.id == place for anchor in said.anchors)
    return f"{relative_url(page, url)}#{place}" if there else ""


def _history(series: Series, item: Publication) -> list[tuple[int, date, str, str]]:
    """The lines of the edition history, newest first: edition, day, note, and with the last change of an edition that was kept the
    address of its PDF."""
    kept = {k.edition: relative_url(k.address, item.url) for k in series.kept if k.publication == item.id}
    return [(c.edition, c.date, c.note, kept.pop(c.edition, "")) for c in item.front.changes]


def _marked_html(text: str) -> str:
    """The plain `text` of a record as HTML, its marks as links to the key at the end of the page."""
    node = marked("span", text)
    for link in node.iter("a"):
        # The page's previews are those of its article.
        del link.attrib["data-preview"]
    return inner_html(node)


def _case(case: Case) -> dict[str, Any]:
    front = case.front
    return {
        "title": front.title,
        "agency": front.agency,
        "jurisdiction": front.jurisdiction,
        "level_label": words.LEVELS[front.level],
        "year": front.year,
        "source_line": source_line(case),
        "speaker": "" if front.source_kind in ("published-interview", "interview") else front.speaker,
        "lesson": _marked_html(front.lesson),
        "summary": front.summary,
        "elements": list(front.topics.items()),
    }


def _authority(authority: Authority, url: str) -> dict[str, Any]:
    """The facts of an authority, which stand at the head of its page; its elements lead to the register, filtered."""
    index = relative_url(LAW, url)
    return {
        "citation": authority.citation,
        "kind": words.AUTHORITY_KINDS[authority.kind],
        "body": authority.body,
        "jurisdiction": words.JURISDICTIONS[authority.jurisdiction],
        "binds": words.AUTHORITY_STATUSES[authority.status],
        "binds_note": authority.status_note,
        "read": words.AUTHORITY_READINGS[authority.read],
        "effective": authority.effective,
        "as_of": authority.as_of,
        "review_by": authority.review_by,
        "elements": [(f"{index}?element={slug}", label) for slug, label in authority.topics.items()],
    }


def _margin(published: Published, resolved: ResolvedPage, url: str) -> list[str]:
    """The law that the page refers to first, for the margin of wide screens."""
    notes = []
    for id_ in resolved.authorities[:_MARGIN]:
        authority = published.series.authority[id_]
        note = element("p", "", element("strong", "", authority.short))
        facts = standing(authority, "; ")
        note[0].tail = f" {facts[0].upper()}{facts[1:]}. "
        note.append(element("a", "", "In the register", href=relative_url(law_page(id_), url), aria_label=f"{authority.short} in the register"))
        notes.append(inner_html(E.DIV(note)))
    if len(resolved.authorities) > _MARGIN:
        notes.append(inner_html(E.DIV(E.P(element("a", "", f"All {len(resolved.authorities)} in Law cited", href="#law-cited")))))
    return notes


def _backlinks(resolved: ResolvedPage, url: str) -> list[tuple[str, list[str]]]:
    """What refers to the page, by how it does: the words before each list, and the links."""
    return [(label, [inner_html(E.DIV(link.link(url))) for link in own]) for label, own in grouped(resolved.backlinks)]


def _series(published: Published, url: str) -> dict[str, Any]:
    """Lists for the home page."""

    def entry(p: Publication) -> dict[str, Any]:
        return {
            **p.facts,
            "url": relative_url(p.url, url),
            "elements": list(p.front.topics.values()),
        }

    publications = [p for p in published.series.publications if p.in_force]
    course = next((p for p in publications if p.kind == "course"), None)
    workbook = next((p for p in publications if p.kind == "course-workbook"), None)
    paper = next((p for p in publications if p.kind == "white-paper"), None)
    recommendations = [item for item in published.site.recommendations if item.publication.in_force]
    counts = len(published.series.authorities), len(published.series.cases), len(published.bibliography.sources), len(recommendations)
    sectors = sum(p.in_force for p in published.series.by_scheme["sector"].values())
    asked = sum(len(subject.questions) for subject in published.series.subjects.values() if subject.in_force) if published.series.all_questions else 0
    pointers = [
        *([("Questions", "questions/", f"{asked} questions as people ask them, each answered in two sentences.")] if asked else []),
        *([("Sectors", "sectors/", f"{sectors} sheets of two pages: what differs for schools, libraries, police and others.")] if sectors else []),
        ("Tools", "tools/", "A check of the policy you have, a policy builder, a readiness check, and a path for each comment. Nothing you enter is sent."),
        ("Law register", "law/", f"{counts[0]} authorities in plain words, each with how far it binds and as of when."),
        ("Case studies", "case-studies/", f"{counts[1]} cases: what agencies did and what came of it, failures included."),
        ("Literature", "literature/", f"{counts[2]} sources, each with what it says that matters here."),
        ("Recommendations", "recommendations/", f"{counts[3]} recommendations with their strength, who acts, by when, and the evidence."),
    ]
    return {
        "now": [(p.full_title, relative_url(p.url, url), p.front.line) for p in published.series.home.now],
        "now_more": [
            (p.front.title, relative_url(p.url, url)) for p in published.series.by_scheme["now"].values() if p.in_force and p not in published.series.home.now
        ],
        "now_all": relative_url("now/", url) if len(published.series.by_scheme["now"]) > len(published.series.home.now) else "",
        "roles": [
            (group.label, [(role.label, relative_url(role_page(role.id), url)) for role in group.roles]) for group in published.series.roles.groups
        ],
        "sectors": [(p.front.title, relative_url(p.url, url)) for p in published.series.by_scheme["sector"].values() if p.in_force],
        "series": [(label, [entry(p) for p in own]) for label, own in published.series.home.briefs],
        "downloads": downloads(published, url),
        "white_paper": entry(paper) | {"edition": paper.front.edition, "offers": offers(published, paper, url)} if paper else None,
        "course": entry(course) if course else None,
        "workbook": entry(workbook) | {"offers": offers(published, workbook, url)} if workbook else None,
        "pointers": [(label, relative_url(target, url), text) for label, target, text in pointers],
    }


def edition_link(published: Published, item: Publication, url: str) -> dict[str, Any] | None:
    """The PDF's address, pages and size; None without one."""
    made = published.editions.made.get(item.id) if published.editions else None
    return None if made is None else _pdf(PDF.address(item), made, url)


def card_link(published: Published, item: Publication, url: str) -> dict[str, Any] | None:
    """The same of the card of a brief."""
    made = published.editions.made.get(card_id(item)) if published.editions else None
    return None if made is None else _pdf(card_pdf(item), made, url)


def offers(published: Published, item: Publication, url: str) -> list[dict[str, Any]]:
    """Every form in which the publication is there: its label, address, media type and size, and of a PDF its `pages`."""
    return [
        {
            "label": offer.label,
            "url": relative_url(offer.address, url),
            "type": offer.form.media_type,
            "size": kilobytes(len(offer.content)),
            "pages": offer.pages,
        }
        for offer in offered(item, published.editions)
    ]


def _pdf(path: str, made: Edition, url: str) -> dict[str, Any]:
    return {"url": relative_url(path, url), "pages": made.pages, "size": kilobytes(len(made.pdf))}


def downloads(published: Published, url: str) -> list[tuple[str, str, str, dict[str, Any] | None]]:
    """What the whole series offers to take away: name, address, format, and for a PDF its facts."""
    editions = published.editions
    found: list[tuple[str, str, str, dict[str, Any] | None]] = []
    if editions and SERIES_ID in editions.made:
        pdf = _pdf(SERIES_PDF, editions.made[SERIES_ID], url)
        found.append(("The whole series", pdf["url"], "PDF", pdf))
    if editions and TEMPLATE_ID in editions.of(WORD):
        found.append(("Policy template", relative_url(POLICY_TEMPLATE, url), "Word", None))
    return found


def link_context(published: Published, path: str, url: str, title: str) -> dict[str, Any]:
    """`head`, for a publication, a case study or an authority `cite`, and for the first two `report`."""
    owner = published.series.by_path.get(path)
    context: dict[str, Any] = {"head": head(published, path, url, title), "cite": None, "report": None}
    if isinstance(owner, Publication | Case):
        series, here = published.settings["series"], published.site_url
        authors = series["authors"]
        made = published.editions is not None and owner.id in published.editions.made
        context["cite"] = {
            "permalink": permalink(here, owner),
            "styles": [
                ("Chicago", chicago(owner, series["name"], here)),
                ("APA", apa(owner, authors, here)),
                ("Bluebook style", bluebook(owner, authors, here)),
            ],
            "formats": [(name, make(owner, authors, series["name"], here, made), relative_url(beside(owner, suffix), url)) for suffix, name, make in FORMATS],
            "edition": this_edition(owner, here) if made and isinstance(owner, Publication) and not owner.draft else "",
            "fixity": fixity(bool(published.series.releases)),
            "sums": relative_url("catalogue.json", url),
            "releases": relative_url(RELEASES, url) if published.series.releases else "",
            "no_address": no_address(here),
            "snippets": snippets(owner, series["name"], here)[1:],
            "feeds": _feeds(owner, url),
            "linking": relative_url(LINKING, url) if LINKING in published.page_at else "",
        }
        context["report"] = report_link(str(published.settings.get("report") or ""), owner, published.site_url)
    authority = published.series.authority_by_path.get(path)
    if authority is not None:
        context["cite"] = _cite_authority(authority, published)
    return context


def _feeds(owner: Publication | Case, url: str) -> list[tuple[str, str]]:
    """The feed of a publication, as name and address; a draft has none."""
    if isinstance(owner, Case) or owner.draft:
        return []
    feed = publication_feed(owner.id)
    return [("Atom", relative_url(feed.atom, url)), ("JSON Feed", relative_url(feed.json, url))]


def _cite_authority(authority: Authority, published: Published) -> dict[str, Any]:
    """How to cite an authority itself, and our entry on it."""
    address = urljoin(published.site_url, law_page(authority.id))
    itself = authority.citation if authority.citation in authority.name else f"{authority.name}, {authority.citation}"
    name = authority.name.replace("“", "‘").replace("”", "’")
    own = f"{published.settings['series']['name']}. “{name}.” Law register, as of {long_date(authority.as_of)}. {address}."
    styles = [("The authority itself", f"{itself.rstrip('.')}."), ("This entry", own)]
    return {"permalink": address, "styles": styles, "formats": [], "no_address": no_address(published.site_url)}


def report_link(to: str, item: Publication | Case, site_url: str) -> dict[str, str] | None:
    """Where a reader reports an error in `item`, with its permanent address filled in; None where the site names no place.

    `to` is `mailto:…`, or the address of a form that takes `title` and `body`, such as a repository's new issue.
    """
    address = permalink(site_url, item)
    subject, body = f"Error in {item.id}: {item.front.title}", f"Where: {address}\n\nWhat is wrong, and what shows it:\n"
    href = message_link(to, subject, body)
    return {"href": href, "place": address} if href else None
