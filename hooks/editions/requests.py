"""What each PDF edition is made from: one publication, the white paper with its chapters, the whole series, slides, a handout."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import partial
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urljoin

from lxml import html as lxml_html

from hooks.blocks.letters import letter_id, sheet_title, translation_sheet
from hooks.citing.bibliography import Bibliography
from hooks.citing.cite_us import cite_as, cite_series
from hooks.core.tree import E, HtmlElement, append, element, fragment, inner_html, long_date, text_of, with_class
from hooks.editions.act import act_html, sheet_html
from hooks.editions.bind import Part, bind, sections
from hooks.editions.course_print import handout_html, printed_module, questions_html
from hooks.editions.formats import EDITIONS
from hooks.editions.model import Attachment, EditionRequest
from hooks.editions.pack_papers import composed_html, name_at_top
from hooks.editions.sections import volume
from hooks.editions.sheets import sheets_html
from hooks.linking.backlinks import closing_section
from hooks.linking.model import Letter, ResolvedPage, ResolvedSite
from hooks.linking.standing import notice
from hooks.registers.downloads import recommendations_csv
from hooks.series.addresses import SERIES_ID, SERIES_PDF, paper_pdf, permalink, permanent, questions_page
from hooks.series.kinds import KINDS
from hooks.series.model import (
    AnswerKey,
    ExercisePage,
    Publication,
    Series,
    Slides,
    Subject,
    card_id,
    composed_of,
    handout_id,
    paper_id,
    passage,
    questions_id,
    sheets_id,
)
from hooks.series.sources import questions_path, read_text
from hooks.series.withheld import scrub

CERTIFICATE = "certificate"
"""The paper that is printed on a page that is turned."""
FILLED_BY_HAND = (CERTIFICATE, "sign-in")
"""The papers whose blanks are lines to write on; those of the others are filled in in Word, for they hold words of their own."""

_PRINTED = {item.name for item in fields(EditionRequest)} - {"edition"}
_BOUND = {"white-paper": "chapter", "course": "course-module"}
"""Publications that print others with them → the kind of those."""
_ASKED = "questions"
"""The kind of the publication that prints every question with its answer."""
_KINDS = {kind.name for kind in KINDS.values() if kind.in_series}
"""What the whole series binds."""
_FOLDERS = {"briefs": "briefs", "white-paper": "whitepaper"}
"""First part of a page's address → the folder its source and images lie in; all others lie in docs/."""


@dataclass(frozen=True)
class Imprint:
    """What every edition says of the series; `line` is its motto, `forms` which of `formats.EDITIONS` to make."""

    name: str
    site_url: str
    authors: tuple[str, ...]
    note: str
    licence: str
    line: str = ""
    forms: tuple[str, ...] = EDITIONS


@dataclass(frozen=True)
class Sources:
    """All that requests are drawn from."""

    root: Path
    series: Series
    site: ResolvedSite
    bibliography: Bibliography
    imprint: Imprint
    figures: Mapping[str, bytes] = field(default_factory=dict)


def publication_request(publication: Publication, sources: Sources) -> EditionRequest:
    """The edition of one publication; the white paper prints its chapters too."""
    return _request(publication, sources, _whole(publication, sources), publication.kind in (*_BOUND, _ASKED))


def _request(publication: Publication, sources: Sources, page: ResolvedPage, whole: bool = False) -> EditionRequest:
    """An edition that prints `page` and says what holds of a publication; a `whole` one binds others."""
    front, imprint = publication.front, sources.imprint
    return EditionRequest(
        line=front.line,
        **{name: value for name, value in publication.facts.items() if name in _PRINTED},
        pub_id=publication.id,
        edition=str(front.edition),
        permalink=permalink(imprint.site_url, publication),
        page_url=urljoin(imprint.site_url, publication.url),
        cite_as=cite_as(publication, imprint.name, imprint.site_url),
        elements=tuple(front.topics.values()),
        authors=imprint.authors,
        series=imprint.name,
        publisher_note=imprint.note,
        licence=imprint.licence,
        history=tuple((str(change.edition), long_date(change.date), change.note) for change in front.changes),
        html=page.html,
        source=Path(publication.path),
        images=images(sources, publication.url, page.html),
        attachments=(_source(publication, sources), *_records(publication, sources), *data_files([publication], page.sources, sources)),
        contents=whole,
        contents_depth=2 if whole else 1,
        bound=whole,
        apart=_ends_in_papers(publication),
    )


def _ends_in_papers(publication: Publication) -> bool:
    """Whether its last section is a paper to be taken out alone, behind which nothing may stand on the page."""
    return any(section.alone for section in publication.of_kind.sections[-1:])


def bound_in_series(sources: Sources) -> list[Publication]:
    """The publications that the whole series binds, in reading order."""
    return [p for p in sources.series.bound if p.path in sources.site.pages]


def parts_of(publication: Publication, sources: Sources) -> list[Publication]:
    """The publications that the edition of one prints with it, in order."""
    kind = _BOUND.get(publication.kind)
    return [p for p in sources.series.publications if p.kind == kind and p.path in sources.site.pages and p.in_force] if kind else []


def questions_of(publication: Publication, sources: Sources) -> list[Subject]:
    """The subjects whose pages the edition of a publication prints with it, in order."""
    there = sources.series.subject_by_path.items() if publication.kind == _ASKED else ()
    return [subject for path, subject in there if path in sources.site.pages and subject.in_force]


def series_request(sources: Sources) -> EditionRequest | None:
    """The whole series in reading order; None where it has fewer than two publications."""
    imprint = sources.imprint
    own = bound_in_series(sources)
    if not own:
        return None
    briefs = sum(p.kind == "issue-brief" for p in own)
    revised = max(p.front.revised for p in own)
    stated = [p.front.law_as_of for p in own if p.front.law_as_of]
    address = urljoin(imprint.site_url, SERIES_PDF)
    counted = [f"{briefs} issue brief{'' if briefs == 1 else 's'}"]
    if sheets := sum(p.of_kind.at_most > 0 for p in own):
        counted.append(f"{sheets} sheet{'' if sheets == 1 else 's'}")
    said = ["The white paper", *counted] if any(p.kind == "white-paper" for p in own) else counted
    subtitle = said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
    cited = (key for p in own for key in sources.site.pages[p.path].sources)
    whole = EditionRequest(
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
        permalink=urljoin(imprint.site_url, permanent(SERIES_ID)),
        page_url=address,
        cite_as=cite_series(imprint.name, revised, imprint.site_url),
        elements=(),
        authors=imprint.authors,
        series=imprint.name,
        publisher_note=imprint.note,
        licence=imprint.licence,
        history=(),
        html="",
        source=Path(own[0].path).parent,
        attachments=data_files(own, cited, sources),
        contents=True,
        bound=True,
    )
    made = sections("", SERIES_PDF, [_part(p, sources) for p in own], _gone(_KINDS, sources))
    return volume(whole, made, partial(images, sources, SERIES_PDF), {p.id: Path(p.path) for p in own})


def _whole(publication: Publication, sources: Sources) -> ResolvedPage:
    """What the edition prints: the publication's page, and for the white paper all its chapters bound."""
    pages = sources.site.pages
    page = pages[publication.path]
    if publication.kind == _ASKED:
        return _all_questions(publication, sources)
    if publication.kind not in _BOUND:
        page = replace(page, html=printed_module(page.html))
        uses = None if _ends_in_papers(publication) else closing_section(page.backlinks, publication.url)
        html = page.html if uses is None else page.html + inner_html(E.DIV(uses))
        return replace(page, html=_headed(publication, html, sources))
    kind = _BOUND[publication.kind]
    chapters = parts_of(publication, sources)
    parts = [
        Part(c.id, f"{c.number}. {c.full_title}", c.url, printed_module(pages[c.path].html), summary=c.front.summary, head=f"{c.number}. {c.front.title}")
        for c in chapters
    ]
    cited = dict.fromkeys(key for p in (publication, *chapters) for key in pages[p.path].sources)
    html = bind(page.html, publication.url, parts, _gone({kind}, sources))
    return replace(page, html=_headed(publication, html, sources), sources=tuple(cited))


def _all_questions(publication: Publication, sources: Sources) -> ResolvedPage:
    """What stands before the questions on their page, and all of them by subject; the page itself lists them as links."""
    pages = sources.site.pages
    page = pages[publication.path]
    paths = {subject.slug: questions_path(subject.slug) for subject in questions_of(publication, sources)}
    parts = [
        Part(f"about-{slug}", sources.series.subjects[slug].title, questions_page(slug), pages[path].html) for slug, path in paths.items()
    ]  # fmt: skip
    cited = dict.fromkeys(key for path in (publication.path, *paths.values()) for key in pages[path].sources)
    html = _headed(publication, bind(page.html, publication.url, parts), sources)
    return replace(page, html=html, sources=tuple(cited))


def _headed(publication: Publication, html: str, sources: Sources) -> str:
    """The article under the notice of a publication that is not in force."""
    head = notice(publication, sources.series, lambda item: permalink(sources.imprint.site_url, item))
    return html if head is None else inner_html(E.DIV(head)) + html


def _gone(kinds: Collection[str], sources: Sources) -> list[HtmlElement]:
    """What a bound volume says of the parts that it no longer prints, for their places in it were promised."""
    found = []
    for item in sources.series.publications:
        if item.kind in kinds and item.retired and item.path in sources.site.pages:
            address = permalink(sources.imprint.site_url, item)
            line = element("p", "", element("strong", "", f"{item.label}, {item.full_title}"), f" ({item.mark}): ", id_=item.id)
            append(line, element("a", "", address, href=address))
            append(line, ".")
            found.append(line)
    return found


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
    named = (node.get("src", "") for node in lxml_html.fragment_fromstring(html, create_parent="div").iter("img")) if "<img" in html else ()
    found = {src: image(sources, url, src) for src in named}
    return {src: content for src, content in found.items() if content is not None}


def image(sources: Sources, url: str, src: str) -> bytes | None:
    """The image that the article at `url` calls `src`; None where there is no such file."""
    base = PurePosixPath(url) if url.endswith("/") else PurePosixPath(url).parent
    first, *rest = PurePosixPath(os.path.normpath(base / unquote(src))).parts or ("",)
    place = "/".join((_FOLDERS[first], *rest) if first in _FOLDERS else ("docs", first, *rest))
    if place in sources.figures:
        return sources.figures[place]
    file = sources.root / place
    return file.read_bytes() if file.is_file() and file.resolve().is_relative_to(sources.root.resolve()) else None


def _source(publication: Publication, sources: Sources) -> Attachment:
    """The Markdown that the edition was made from."""
    text = scrub(read_text(sources.root, publication.path) or "", sources.series.withheld)
    return Attachment(PurePosixPath(publication.path).name, "text/markdown", "Source of this edition", text.encode(), "source")


def _records(publication: Publication, sources: Sources) -> Iterator[Attachment]:
    """The files that the questions of an edition were made from."""
    for subject in questions_of(publication, sources):
        path = sources.series.origin(questions_path(subject.slug))
        text = read_text(sources.root, path) or ""
        yield Attachment(PurePosixPath(path).name, "application/yaml", f"Questions: {subject.title}", text.encode(), "data")


def data_files(publications: Iterable[Publication], keys: Iterable[str], sources: Sources) -> tuple[Attachment, ...]:
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


def card_request(brief: Publication, sources: Sources) -> EditionRequest | None:
    """The card of a brief; None where it does not mark its Act part."""
    html = act_html(sources.site.pages[brief.path].html, {item.id: item for item in sources.site.recommendations})
    if not html:
        return None
    request = publication_request(brief, sources)
    own = tuple(item for item in request.attachments if item.relationship == "source")
    return replace(
        request, pub_id=card_id(brief), html=html, images=images(sources, brief.url, html), attachments=own, form="card",
        line="What to decide and do", named="card",
    )  # fmt: skip


def sheet_request(sheet: Publication, sources: Sources) -> EditionRequest:
    """The PDF of a sheet: its sections on a page or two, with what else there is at its address."""
    html = sheet_html(sources.site.pages[sheet.path].html, sheet.of_kind)
    own = [letter for letter in sources.site.letters if letter.publication.id == sheet.id]
    if own and any(not section.printed for section in sheet.of_kind.sections):
        address = urljoin(sources.imprint.site_url, sheet.url)
        names = ", ".join(f"“{letter.title}”" for letter in own)
        link = element("a", "", address.partition("://")[2].rstrip("/"), href=address)
        more = element("p", "", element("strong", "", "Words to copy"), f" ({names}): ", link, ", in Word too.")
        html += inner_html(E.DIV(more))
    request = publication_request(sheet, sources)
    source = tuple(item for item in request.attachments if item.relationship == "source")
    pictures = images(sources, sheet.url, html)
    return replace(request, html=html, images=pictures, attachments=source, form="card", room=sheet.of_kind.at_most)


def _said_in_word(letter: Letter) -> Iterator[HtmlElement]:
    """What a letter says, with its tables as Word sets them, the title above them as their name."""
    for node in fragment(letter.html):
        yield element("figure", "table", node) if node.tag == "table" else node


def letters_request(sheet: Publication, sources: Sources) -> EditionRequest | None:
    """The letters of a publication for Word, each on a page of its own, then the sheets for their translators; None where it has none."""
    own = [letter for letter in sources.site.letters if letter.publication.id == sheet.id]
    if not own:
        return None
    titles = [*(letter.title for letter in own), *(sheet_title(letter) for letter in own if letter.translate)]
    listing = element("ol", "", *(element("li", "", title) for title in titles))
    root = E.DIV(E.P("Fill in what stands in brackets, strike what you do not need."), listing)
    for letter in own:
        note = [element("p", "letter__note", letter.note)] if letter.note else []
        root.extend([element("h2", "", letter.title, id_=letter_id(letter.id)), *note, *_said_in_word(letter)])
    for letter in own:
        root.extend(translation_sheet(letter) if letter.translate else [])
    html = inner_html(root)
    request = publication_request(sheet, sources)
    return replace(request, title=f"{request.title}: words to copy", subtitle="", html=html, images={}, attachments=(), form="letters")


def slides_request(slides: Slides, sources: Sources) -> EditionRequest:
    """A set of slides, for a page of 16:9 each; the speaker's notes stay on the web page."""
    html = sources.site.pages[slides.path].html
    text = read_text(sources.root, slides.path) or ""
    own = publication_request(slides.owner, sources)
    if slides.front is not None:
        own = replace(own, title=slides.front.title, subtitle="", summary=slides.front.summary, contents=False, bound=False)
    return replace(
        own,
        pub_id=slides.id,
        page_url=urljoin(sources.imprint.site_url, slides.url),
        html=html,
        source=Path(slides.path),
        images=images(sources, slides.url, html),
        attachments=(Attachment(f"{PurePosixPath(slides.path).stem}-slides.md", "text/markdown", "Source of these slides", text.encode(), "source"),),
        form="slides",
    )


def handout_request(module: Publication, sources: Sources) -> EditionRequest | None:
    """The handout of a module, on one page; None where it has none."""
    html = handout_html(sources.site.pages[module.path].html)
    if not html:
        return None
    request = publication_request(module, sources)
    source = tuple(item for item in request.attachments if item.relationship == "source")
    return replace(request, pub_id=handout_id(module), html=html, images=images(sources, module.url, html), attachments=source, form="handout")


def questions_request(check: Publication, sources: Sources) -> EditionRequest:
    """The questions of the final check without their answers, to hand out."""
    html = questions_html(sources.site.pages[check.path].html)
    request, pictures = publication_request(check, sources), images(sources, check.url, html)
    return replace(request, pub_id=questions_id(check), subtitle="Questions without answers", html=html, images=pictures, attachments=())


def _beside(item: Publication | ExercisePage, sources: Sources) -> EditionRequest | None:
    """What every file beside a module says of it; of a page beside the modules with the edition and the dates of the course, None without one."""
    if isinstance(item, Publication):
        return publication_request(item, sources)
    course = next((p for p in sources.series.publications if p.kind == "course" and p.path in sources.site.pages), None)
    if course is None:
        return None
    imprint = sources.imprint
    address = urljoin(imprint.site_url, item.url)
    cited = f"{imprint.name}. {course.front.revised.year}. {item.title}. Edition {course.front.edition}, {long_date(course.front.revised)}. {address}."
    about = replace(course, slug=item.slug, path=item.path, url=item.url)
    return replace(
        _request(about, sources, sources.site.pages[item.path]), title=item.title, subtitle="", summary=item.summary, permalink=address, cite_as=cited,
    )  # fmt: skip


def _written(item: Publication | ExercisePage | AnswerKey, name: str, sources: Sources) -> Attachment:
    """The Markdown of a page, as a file of that name."""
    text = scrub(read_text(sources.root, item.path) or "", sources.series.withheld)
    return Attachment(name, "text/markdown", "Source of this edition", text.encode(), "source")


def lent(item: Publication | ExercisePage, sources: Sources) -> list[str]:
    """The paths of the pages that the sheets of a page take anything from: the page, its answer key, and the modules, which lend to one another."""
    key = sources.series.key_to.get(item.path)
    own = [item.path, *([key.path] if key else []), *(module.path for module in sources.series.taught if module is not item)]
    return [path for path in own if path in sources.site.pages]


def sheets_request(item: Publication | ExercisePage, sources: Sources) -> EditionRequest | None:
    """The sheets for the room of a module, or of a page beside the modules; None where nothing is printed for it."""
    pages, key = sources.site.pages, sources.series.key_to.get(item.path)

    def page(path: str) -> tuple[str, str]:
        return urljoin(sources.imprint.site_url, pages[path].url), pages[path].html

    others = {module.slug: page(module.path) for module in sources.series.taught if module is not item and module.path in pages}
    answers = page(key.path) if key is not None and key.path in pages else None
    html = sheets_html(page(item.path), answers, others, parted=isinstance(item, ExercisePage))
    request = _beside(item, sources) if html else None
    if request is None:
        return None
    return replace(
        request, pub_id=sheets_id(item), html=html, images=images(sources, item.url, html), form="sheets",
        attachments=(_written(item, f"{item.slug}.md", sources),),
    )  # fmt: skip


def key_request(key: AnswerKey, sources: Sources) -> EditionRequest | None:
    """The facilitator's answers, as a file that is no part of what participants get."""
    request = _beside(key.of, sources)
    if request is None:
        return None
    page = sources.site.pages[key.path]
    return replace(
        request, pub_id=key.id, title=key.title, subtitle="", summary="For the facilitator: the answers with their reasons, and what to hand out.",
        html=page.html, page_url=urljoin(sources.imprint.site_url, key.url), source=Path(key.path), images=images(sources, key.url, page.html),
        attachments=(_written(key, f"{key.slug}-key.md", sources),), contents=False, contents_depth=1,
    )  # fmt: skip


def _alone(pack: Publication, sources: Sources) -> dict[str, tuple[str, list[HtmlElement]]]:
    """The papers of a course pack by the id of their section: the heading's words, and what stands below it."""
    wanted = {section.id for section in pack.of_kind.sections if section.alone}
    found: dict[str, tuple[str, list[HtmlElement]]] = {}
    here: list[HtmlElement] | None = None
    for node in list(fragment(sources.site.pages[pack.path].html)):
        if node.tag == "h2":
            here = [] if node.get("id") in wanted else None
            if here is not None:
                found[node.get("id") or ""] = (text_of(node), here)
        elif node.tag == "section" and set((node.get("class") or "").split()) & {"references", "authorities", "key", "history"}:
            here = None
        elif here is not None:
            here.append(node)
    return found


def papers_request(pack: Publication, sources: Sources) -> EditionRequest | None:
    """The letters and papers of a course pack for Word, each on a page of its own; None where it has none."""
    papers = _alone(pack, sources)
    own = [letter for letter in sources.site.letters if letter.publication.id == pack.id]
    if not papers and not own:
        return None
    root = E.DIV(E.P("Fill in what stands in brackets, strike what you do not need."))
    for id_, (title, content) in papers.items():
        root.extend([element("h2", "", title, id_=id_), *content])
    there = {node.get("id") for node in with_class(root, "letter")}
    for letter in own:
        if letter_id(letter.id) not in there:
            root.extend([element("h2", "", letter.title, id_=letter_id(letter.id)), *_said_in_word(letter)])
    # What tells the sender when to send it would go out with it.
    for note in list(with_class(root, "letter__note")):
        note.drop_tree()
    _unnumbered(root)
    html = inner_html(root)
    request = publication_request(pack, sources)
    return replace(request, title=f"{request.title}: letters and papers", subtitle="", html=html, images={}, attachments=(), form="letters")


def _unnumbered(root: HtmlElement) -> None:
    """The number that a table has on the page of a pack says nothing on a paper by itself."""
    for label in list(with_class(root, "caption-label")):
        label.drop_tree()


def paper_request(pack: Publication, section: str, sources: Sources) -> EditionRequest | None:
    """A paper of a course pack by itself; None where it is not there, or one of the passages that it is put together from is not."""
    if section in composed_of(pack, sources.series):
        return _composed_request(pack, section, sources)
    papers = _alone(pack, sources)
    if section not in papers:
        return None
    title, content = papers[section]
    root = E.DIV(*content)
    _unnumbered(root)
    if section in FILLED_BY_HAND:
        for blank in with_class(root, "blank"):
            blank.set("class", "to-fill")
            blank.text = (blank.text or "").strip("[]")
    html = inner_html(root)
    request = publication_request(pack, sources)
    own = tuple(item for item in request.attachments if item.relationship == "source")
    return replace(
        request, pub_id=paper_id(pack, section), html=html, images=images(sources, pack.url, html), attachments=own, form="paper", named=title,
        turned=section == CERTIFICATE,
    )  # fmt: skip


def parts_of_paper(pack: Publication, id_: str, sources: Sources) -> list[tuple[str, str]]:
    """The passages of a paper that a pack puts together, as source paths and ids there; empty where the page of one is not there."""
    found = [passage(part, sources.series) for part in composed_of(pack, sources.series)[id_].parts]
    there = [item for item in found if item is not None and item[0] in sources.site.pages]
    return there if len(there) == len(found) else []


def _composed_request(pack: Publication, id_: str, sources: Sources) -> EditionRequest | None:
    """A paper that is put together, each passage on a page of its own."""
    paper, pages, site_url = composed_of(pack, sources.series)[id_], sources.site.pages, sources.imprint.site_url
    parts = parts_of_paper(pack, id_, sources)
    from_ = {path: (urljoin(site_url, pages[path].url), pages[path].html) for path, _ in parts}
    html = composed_html(parts, from_, [urljoin(site_url, key.url) for key in sources.series.keys])
    if not html:
        return None
    request = publication_request(pack, sources)
    own = tuple(item for item in request.attachments if item.relationship == "source")
    named = name_at_top(paper.title, pages[pack.path].html if pack.path in pages else "", PurePosixPath(paper_pdf(pack, id_)).name)
    return replace(
        request, pub_id=paper_id(pack, id_), title=paper.title, subtitle="", html=html, images=images(sources, pack.url, html), attachments=own, form="sheets",
        named=named,
    )  # fmt: skip


def request_of(publication: Publication, form: str, sources: Sources) -> EditionRequest | None:
    """What the edition of a publication in the form of that name is made from; None where there is nothing to make it from."""
    if form == "pdf" and publication.of_kind.at_most:
        return sheet_request(publication, sources)
    if form == "word" and publication.of_kind.letters_apart:
        papers = any(section.alone for section in publication.of_kind.sections)
        return papers_request(publication, sources) if papers else letters_request(publication, sources)
    return publication_request(publication, sources)
