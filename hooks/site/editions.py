"""The editions in the site: their files, what is said beside each link to one, and the conformance report."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urljoin, urlsplit

from hooks.core.tree import E, HtmlElement, element, fragment, inner_html, with_class
from hooks.core.urls import relative_url
from hooks.editions.formats import FORMATS, PDF, POWERPOINT, WORD, Format
from hooks.editions.model import Edition
from hooks.editions.produce import TEMPLATE_ID, Editions
from hooks.editions.validate import VALIDATOR
from hooks.series.addresses import (
    CONFORMANCE,
    POLICY_TEMPLATE,
    SERIES_ID,
    SERIES_PDF,
    card_pdf,
    handout_pdf,
    key_pdf,
    paper_pdf,
    questions_pdf,
    sheets_pdf,
    slides_file,
    slides_pdf,
)
from hooks.series.model import Publication, Series, card_id, composed_of, handout_id, paper_id, papers_of, questions_id, sheets_id

_BASE = "https://site.invalid/"
ARCHIVE = ".zip"
"""How the name of a file ends that holds others."""
_NAMED = re.compile(r'\bhref="(?:[^"?#]*/)?([^"/?#]+)')
"""A link to a file, and the file's name."""
_PLACES = ("register--conformance", "edition-links")
"""Classes of what is completed once the editions are made."""


@dataclass(frozen=True)
class Printed:
    """One PDF of the site: where it stands, relative to the site's root, and how it is called."""

    path: str
    title: str
    edition: Edition


def printed(series: Series, editions: Editions | None) -> Iterator[Printed]:
    """Every PDF under its lasting address, the whole series first."""
    made = editions.made if editions else {}
    if SERIES_ID in made:
        yield Printed(SERIES_PDF, "The whole series", made[SERIES_ID])
    for item in series.publications:
        if item.id in made:
            yield Printed(PDF.address(item), f"{item.label}. {item.full_title}", made[item.id])
    for brief in series.publications:
        if card_id(brief) in made:
            yield Printed(card_pdf(brief), f"{brief.label}. Card: {brief.full_title}", made[card_id(brief)])
    for slides in series.slides:
        if slides.id in made:
            yield Printed(slides_pdf(slides), f"{slides.owner.label}. {slides.title}", made[slides.id])
    for module in series.modules.values():
        if handout_id(module) in made:
            yield Printed(handout_pdf(module), f"{module.label}. Handout: {module.front.title}", made[handout_id(module)])
    for item in series.publications:
        if questions_id(item) in made:
            yield Printed(questions_pdf(item), f"{item.label}. Questions without answers", made[questions_id(item)])
    for id_, (path, title) in for_the_room(series).items():
        if id_ in made:
            yield Printed(path, title, made[id_])
    for pack, section in papers_of(series):
        if paper_id(pack, section) in made:
            paper = composed_of(pack, series).get(section)
            name = paper.title if paper is not None else section.replace("-", " ").capitalize()
            yield Printed(paper_pdf(pack, section), f"{pack.front.title}. {name}", made[paper_id(pack, section)])


def for_the_room(series: Series) -> Mapping[str, tuple[str, str]]:
    """What a facilitator prints, where there is any: the id of the edition → its address and how it is called. Sheets first, then answer keys."""
    found = {}
    for of in series.with_exercises:
        name = f"{of.label}. Sheets for the room: {of.front.title}" if isinstance(of, Publication) else f"{of.title}. Sheets for the room"
        found[sheets_id(of)] = (sheets_pdf(of), name)
    for key in series.keys:
        found[key.id] = (key_pdf(key), f"{key.of.label}. {key.title}" if isinstance(key.of, Publication) else key.title)
    return found


@dataclass(frozen=True)
class Offer:
    """One file of a publication: its form, its address relative to the site's root, its bytes, of a PDF how many pages it has, and its label."""

    form: Format
    address: str
    content: bytes
    pages: int
    label: str


def offered(publication: Publication, editions: Editions | None) -> list[Offer]:
    """The forms in which the publication is there, in the order in which they are offered."""
    if editions is None:
        return []
    pdf = editions.made.get(publication.id)
    found = [(form, editions.of(form).get(publication.id)) for form in FORMATS]
    return [
        Offer(form, form.address(publication), content, pdf.pages if pdf and form == PDF else 0, form.label_of(publication))
        for form, content in found if content is not None
    ]  # fmt: skip


def edition_files(series: Series, editions: Editions | None) -> Mapping[str, bytes]:
    """Every edition of every publication, the bound series, cards, slides, handouts, what is printed for the room, papers, the policy template and the
    conformance report, by address."""
    if editions is None:
        return {}
    files = {offer.address: offer.content for item in series.publications for offer in offered(item, editions)}
    if SERIES_ID in editions.made:
        files[SERIES_PDF] = editions.made[SERIES_ID].pdf
    files |= {card_pdf(item): editions.made[card_id(item)].pdf for item in series.publications if card_id(item) in editions.made}
    files |= {slides_pdf(item): editions.made[item.id].pdf for item in series.slides if item.id in editions.made}
    decks = editions.of(POWERPOINT)
    files |= {slides_file(item, POWERPOINT.suffix): decks[item.id] for item in series.slides if item.id in decks}
    files |= {handout_pdf(m): editions.made[handout_id(m)].pdf for m in series.modules.values() if handout_id(m) in editions.made}
    files |= {questions_pdf(item): editions.made[questions_id(item)].pdf for item in series.publications if questions_id(item) in editions.made}
    files |= {path: editions.made[id_].pdf for id_, (path, _) in for_the_room(series).items() if id_ in editions.made}
    papers = {paper_pdf(pack, section): paper_id(pack, section) for pack, section in papers_of(series)}
    files |= {path: editions.made[id_].pdf for path, id_ in papers.items() if id_ in editions.made}
    if TEMPLATE_ID in editions.of(WORD):
        files[POLICY_TEMPLATE] = editions.of(WORD)[TEMPLATE_ID]
    return files | {CONFORMANCE: report(series, editions).encode()}


def report(series: Series, editions: Editions | None) -> str:
    """The conformance report as JSON: the validator, and for each PDF its profiles with rules checked and failed."""
    files = [
        {
            "path": item.path,
            "title": item.title,
            "pages": item.edition.pages,
            "bytes": len(item.edition.pdf),
            "sha256": item.edition.sha256,
            "profiles": [{"profile": profile, "rules_checked": rules, "rules_failed": 0} for profile, rules in item.edition.checked],
            "conforms": bool(item.edition.checked),
        }
        for item in printed(series, editions)
    ]
    return json.dumps({"validator": VALIDATOR, "files": files}, indent=2, ensure_ascii=False) + "\n"


def facts(edition: Edition) -> str:
    """What stands by a link to a PDF: "9 pages, 142 KB, accessible PDF"."""
    pages = "1 page" if edition.pages == 1 else f"{edition.pages} pages"
    return f"{pages}, {kilobytes(len(edition.pdf))}, accessible PDF"


def kilobytes(size: int) -> str:
    """A file size as people read it."""
    return f"{max(1, round(size / 1000))} KB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"


@dataclass(frozen=True)
class Links:
    """The editions of a site as its pages lead to them: the PDFs by address, the size in bytes of each archive by address, all files that are
    given out, and the names of these without their folders."""

    printed: Mapping[str, Printed]
    archives: Mapping[str, int]
    known: frozenset[str]
    names: frozenset[str]

    @classmethod
    def of(cls, series: Series, editions: Editions | None, files: Mapping[str, bytes] = MappingProxyType({})) -> Links:
        """`files` are those of the site by address, of which archives are given out like editions."""
        made = {item.path: item for item in printed(series, editions)}
        archives = {path: len(content) for path, content in files.items() if path.endswith(ARCHIVE)}
        known = frozenset({*made, *archives, *edition_files(series, editions)})
        return cls(made, archives, known, frozenset(path.rpartition("/")[2] for path in (*made, *archives)))

    def fill(self, html: str, url: str) -> str:
        """The article of the page at `url` with what is known only now: the facts of every PDF it links to, and,
        in the place that the listing `conformance` leaves, the report. Links to editions that were not made are taken out.
        """
        # An article is parsed again only where it may name one of them.
        if self.names.isdisjoint(_NAMED.findall(html)) and not any(mark in html for mark in _PLACES):
            return html
        root = fragment(html)
        for place in list(with_class(root, "register--conformance")):
            place.append(_table(list(self.printed.values()), url))
        for link in list(root.iter("a")):
            path = _path(link.get("href") or "", url)
            if path in self.printed and "edition-named" not in (link.get("class") or ""):
                _add_facts(link, facts(self.printed[path].edition), "application/pdf")
            elif path in self.archives:
                _add_facts(link, f"ZIP, {kilobytes(self.archives[path])}", "application/zip")
        for place in list(with_class(root, "edition-links")):
            for item in list(place.iter("li")):
                if any(_path(link.get("href") or "", url) not in self.known for link in item.iter("a")):
                    item.getparent().remove(item)
            if not place.findall(".//li"):
                place.drop_tree()
        return inner_html(root)


def _add_facts(link: HtmlElement, said: str, media_type: str) -> None:
    note = element("span", "edition-facts", f" ({said})")
    note.tail, link.tail = link.tail, None
    link.addnext(note)
    link.set("type", media_type)


def _path(href: str, url: str) -> str:
    target = urljoin(urljoin(_BASE, url), href)
    return urlsplit(target).path.lstrip("/") if target.startswith(_BASE) else ""


def _table(files: list[Printed], url: str) -> HtmlElement:
    heads = ("File", "Pages", "Size", "PDF/UA-1", "PDF/A-3a")
    table = E.TABLE(E.THEAD(E.TR(*(element("th", "", name, scope="col") for name in heads))))
    body = E.TBODY()
    for item in files:
        link = element("a", "edition-named", item.title, href=relative_url(item.path, url), type="application/pdf")
        row = E.TR(element("th", "", link, scope="row"), E.TD(str(item.edition.pages)), E.TD(kilobytes(len(item.edition.pdf))))
        row.extend(E.TD(f"Conforms: {rules} rules checked, none failed") for _, rules in item.edition.checked)
        body.append(row)
    table.append(body)
    data = element("a", "", "the report as data (JSON)", href=relative_url(CONFORMANCE, url))
    return element("div", "", element("p", "", f"Checked in this build with {VALIDATOR}: ", data, "."), table)
