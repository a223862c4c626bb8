"""What the templates print around an article."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urljoin, urlsplit

from hooks.build import Build
from hooks.pages.backlinks import grouped
from hooks.pages.expand import source_line
from hooks.pages.model import ResolvedPage
from hooks.pages.tree import E, element, inner_html, long_date
from hooks.pages.urls import relative_url
from hooks.series import vocabulary as words
from hooks.series.course import KINDS as COURSE_KINDS
from hooks.series.model import Case, Publication
from hooks.series.sources import CASES, COURSE
from hooks.site.citing_us import cite_as, permalink
from hooks.site.edition_links import downloads, edition_link
from hooks.site.fonts import PRELOADED
from hooks.site.policy import meta, page_policy
from hooks.site.scheme import APPLY

_WORDS_A_MINUTE = 230
_MARGIN = 6
# Pages that are listed beside one, before it and after it: a longer list helps nobody.
_NEIGHBOURS = 20
# Scripts that one page needs and no other.
_SCRIPTS = {
    f"{CASES}/index.md": ("cases.js",),
    "docs/literature/index.md": ("literature.js",),
    "docs/tools/readiness.md": ("readiness.js",),
    "docs/tools/comments.md": ("decision-path.js",),
    "docs/tools/policy-builder.md": ("policy-builder-data.js", "policy-draft.js", "policy-docx.js", "policy-builder.js"),
}
# Pages in these folders have a style sheet of their own, beside the site's.
_STYLES = {"docs/tools/": "tools.css", f"{COURSE}/": "course.css"}
_TOPICS = {**words.ELEMENTS, **words.THEMES}


def page_context(build: Build, path: str, url: str, settings: Mapping[str, Any], site_url: str) -> dict[str, Any]:
    """The variable `otr` of a page: `path` is its source, `url` its address, `settings` the `extra` of mkdocs.yml."""
    resolved = build.site.pages.get(path)
    owner = build.series.by_path.get(path)
    kind = "home" if url in ("", "./") else "publication" if isinstance(owner, Publication) else "case" if isinstance(owner, Case) else "page"
    context: dict[str, Any] = {
        **frame(settings, lambda target: relative_url(target, url), url),
        "kind": kind,
        "publication": None,
        "edition": None,
        "case": None,
        "backlinks": [],
        "margin": [],
        "previews": "",
        "scripts": [relative_url(f"assets/{name}", url) for name in _SCRIPTS.get(path, ())],
        "styles": [relative_url(f"assets/{name}", url) for folder, name in _STYLES.items() if path.startswith(folder)],
        "section_nav": [],
        "toc": [(id_, text) for level, id_, text in resolved.headings if level == 2] if resolved else [],
        **(_series(build, url) if kind == "home" else {}),
    }
    if resolved:
        context |= {"backlinks": _backlinks(resolved, url), "previews": resolved.previews, "margin": _margin(build, resolved, url)}
    if isinstance(owner, Publication):
        if owner.kind == "course-module":
            context["scripts"] = [relative_url("assets/course.js", url)]
        context["publication"] = _publication(build, owner, resolved, settings, site_url)
        context["edition"] = edition_link(build, owner, url)
        context["section_nav"] = [(p.front.title, relative_url(p.url, url), p is owner) for p in _near(build.series.publications, owner)]
    elif isinstance(owner, Case):
        context["case"] = _case(owner)
    return context


def _near(publications: Sequence[Publication], owner: Publication) -> list[Publication]:
    """The publications of the same part of the series that stand around `owner` in reading order: all of a series of usual length."""
    same = [p for p in publications if p.kind == owner.kind or {p.kind, owner.kind} <= set(COURSE_KINDS)]
    at = next(index for index, p in enumerate(same) if p is owner)
    return same[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS + 1]


def frame(settings: Mapping[str, Any], address: Callable[[str], str], url: str = "") -> dict[str, Any]:
    """What surrounds every page, the error page included: header, footer, styles and scripts.

    `address` turns an address relative to the site's root into a link; `url` is that of the page itself.
    """
    names = {
        "css": "site.css",
        "js": "site.js",
        "passages_js": "passages.js",
        "search_js": "search.js",
        "minisearch_js": "minisearch.js",
        "icon": "favicon.svg",
    }
    built: dict[str, Any] = {key: address(f"assets/{name}") for key, name in names.items()}
    # The fonts of the first view are fetched early.
    built["fonts"] = [address(f"assets/fonts/{name}") for name in PRELOADED]
    built["search_index"] = address("search/search_index.json")
    return {
        "policy": meta(page_policy([APPLY])),
        "scheme_script": APPLY,
        "home_url": address(""),
        "build": built,
        "nav": [(item["label"], address(item["url"]), url.startswith(item["url"])) for item in settings["header"]],
        "footer_nav": [(item["label"], address(item["url"])) for item in settings["footer"]],
        "section_label": next((item["label"] for item in settings["header"] if url.startswith(item["url"]) and url != item["url"]), ""),
    }


def error_page_context(settings: Mapping[str, Any], site_url: str) -> dict[str, Any]:
    """The variable `otr` of 404.html, which a host serves at any address: so its links begin at the host's root."""
    root = urlsplit(site_url).path or "/"
    return frame(settings, lambda target: urljoin(root, target) if target else root) | {"kind": "page"}


def _publication(build: Build, item: Publication, resolved: ResolvedPage | None, settings: Mapping[str, Any], site_url: str) -> dict[str, Any]:
    front = item.front
    successor = next((p for p in build.series.publications if p.id == front.superseded_by), None)
    return {
        "id": item.id,
        "kind": item.kind,
        "kind_label": item.label.rsplit(" ", 1)[0] if item.number else item.label,
        "number": item.number,
        "title": front.title,
        "subtitle": front.subtitle,
        "summary": front.summary,
        "question": front.question,
        "edition": front.edition,
        "published": front.published,
        "revised": front.revised,
        "law_as_of": front.law_as_of,
        "review_by": front.review_by,
        "status": front.status,
        "superseded_by": _link(successor, item.url) if successor else None,
        "elements": [(slug, _TOPICS[slug]) for slug in (*front.elements, *front.themes)],
        "minutes": getattr(front, "minutes", 0),
        "reading_minutes": 0 if item.kind in ("course-module", "course-workbook") else max(1, math.ceil(resolved.words / _WORDS_A_MINUTE)) if resolved else 0,
        "changes": [(c.edition, c.date, c.note) for c in front.changes],
        "permalink": permalink(site_url, item),
        "cite_as": cite_as(item, settings["series"]["name"], site_url),
        "overdue": build.today > front.review_by,
    }


def _link(target: Publication, url: str) -> str:
    anchor = element("a", "", f"{target.label}, ", href=relative_url(target.url, url))
    anchor.append(E.EM(target.front.title))
    return inner_html(E.DIV(anchor))


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
        "lesson": front.lesson,
        "summary": front.summary,
        "elements": [(slug, _TOPICS[slug]) for slug in (*front.elements, *front.themes)],
    }


def _margin(build: Build, resolved: ResolvedPage, url: str) -> list[str]:
    """The law that the page refers to first, for the margin of wide screens."""
    notes = []
    for id_ in resolved.authorities[:_MARGIN]:
        authority = build.series.authority[id_]
        note = element("p", "", element("strong", "", authority.short))
        status = words.AUTHORITY_STATUSES[authority.status]
        note[0].tail = f" {status}, as of {long_date(authority.as_of)}. "
        note.append(element("a", "", "In the register", href=relative_url(f"law/#{id_}", url), aria_label=f"{authority.short} in the register"))
        notes.append(inner_html(E.DIV(note)))
    if len(resolved.authorities) > _MARGIN:
        notes.append(inner_html(E.DIV(E.P(element("a", "", f"All {len(resolved.authorities)} in Law cited", href="#law-cited")))))
    return notes


def _backlinks(resolved: ResolvedPage, url: str) -> list[tuple[str, list[str]]]:
    """What refers to the page, by how it does: the words before each list, and the links."""
    return [(label, [inner_html(E.DIV(link.link(url))) for link in own]) for label, own in grouped(resolved.backlinks)]


def _series(build: Build, url: str) -> dict[str, Any]:
    """Lists for the home page."""

    def entry(p: Publication) -> dict[str, Any]:
        front = p.front
        return {
            "number": p.number,
            "title": front.title,
            "subtitle": front.subtitle,
            "summary": front.summary,
            "question": front.question,
            "url": relative_url(p.url, url),
            "elements": [_TOPICS[slug] for slug in (*front.elements, *front.themes)],
        }

    publications = build.series.publications
    briefs = [p for p in publications if p.kind == "issue-brief"]
    named = [p for p in publications if p.kind not in ("white-paper", *COURSE_KINDS)]
    course = next((p for p in publications if p.kind == "course"), None)
    workbook = next((p for p in publications if p.kind == "course-workbook"), None)
    paper = next((p for p in publications if p.kind == "white-paper"), None)
    counts = len(build.series.authorities), len(build.series.cases), len(build.bibliography.sources), len(build.site.recommendations)
    pointers = [
        ("Law register", "law/", f"{counts[0]} authorities in plain words, each with how far it binds and as of when."),
        ("Case studies", "case-studies/", f"{counts[1]} accounts of what agencies did and what came of it, failures included."),
        ("Literature", "literature/", f"{counts[2]} sources, each with what it says that matters here."),
        ("Recommendations", "recommendations/", f"{counts[3]} recommendations with who acts, by when, and the evidence."),
    ]
    return {
        "series": [entry(p) | {"pdf": edition_link(build, p, url)} for p in briefs],
        "downloads": downloads(build, url),
        "chapters": [entry(p) for p in publications if p.kind == "chapter"],
        "white_paper": entry(paper) | {"edition": paper.front.edition, "pdf": edition_link(build, paper, url)} if paper else None,
        "course": entry(course) | {"modules": [entry(p) for p in build.series.modules.values()]} if course else None,
        "workbook": entry(workbook) | {"pdf": edition_link(build, workbook, url)} if workbook else None,
        "questions": [(p.front.question, relative_url(p.url, url), f"{_short(p)}, {p.front.title}") for p in briefs if p.front.question],
        "roles": [
            (label, [(relative_url(p.url, url), p.front.title) for p in named if slug in p.front.roles])
            for slug, label in words.ROLES.items()
            if any(slug in p.front.roles for p in named)
        ],
        "pointers": [(label, relative_url(target, url), text) for label, target, text in pointers],
    }


def _short(item: Publication) -> str:
    return f"Brief {item.number}" if item.kind == "issue-brief" else item.label
