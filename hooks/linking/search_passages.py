"""What the search finds: each passage of the site with its address, what it is called, what it says, and how a query may name it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from hooks.citing.bibliography import Source
from hooks.core.tree import HtmlElement, fragment, text_of, with_class
from hooks.series.addresses import LITERATURE, SEARCH, TERMS
from hooks.series.model import Case, Publication, Series
from hooks.series.records import Authority
from hooks.series.search_words import SearchWords

GROUPS: Mapping[str, str] = MappingProxyType(
    {
        "answer": "Answers",
        "brief": "Issue briefs",
        "sheet": "Action sheets and sectors",
        "more": "White paper, tools and course",
        "law": "Law",
        "case": "Case studies",
        "source": "Sources",
        "page": "Other pages",
    }
)
"""What passages are told apart by: slug → heading of their group among the results."""

_FOLDERS = {"now": "sheet", "sectors": "sheet", "for": "sheet", "briefs": "brief", "white-paper": "more", "tools": "more", "course": "more", "workshop": "more"}
_HEADINGS = ("h2", "h3")
_OWN = ("recommendation", "clause", "letter", "notice", "open")
"""Classes of what is a passage of its own, if it has an id."""
_PASSED_OVER = (
    "references", "authorities", "key", "used-in", "part-mark", "practise", "question__facts", "glossary__used", "headerlink", "register__made",
    "reference__backlinks", "backlinks", "needs-js", "recommendation__meta", "recommendation__number", "recommendation__strength",
)  # fmt: skip
_BLOCKS = ("p", "li", "td", "th", "dt", "dd", "h2", "h3", "h4", "h5", "figcaption", "caption", "blockquote", "div", "section", "header", "tr", "table")
_REPEATS = ("recommendations/", "questions/", "tools/policy-template/", "law/elements/", "course/objectives/")
_KINDS_THAT_REPEAT = ("course-workbook", "course-check", "course-pack")
"""Pages and kinds of publications that say again what stands elsewhere: only their opening is found."""
_OPENING = 400
"""How much of such a page counts, in characters."""
_NO_END = re.compile(r"\b(?:[A-Za-z]|vs|[Aa]rt|[Ss]ecs?|chs?|St|Mr|Ms|Mrs|Dr|Inc|Co|Corp|Gov|Op|Comm|Supp|Ct|Cir|Dist|Dep|App|Div|cf|al|pp?|Nos?|e\.g|i\.e)\.$")
_END = re.compile(r"(?<=[.!?])[”’\")\]]*\s+(?=[“‘(\[]*[A-Z0-9])")
_RULES = ("rule", "for-your-policy", "open")
_NO_WORDS = re.compile(r"p-[0-9a-f]{8}$|[a-z]+-\d")
"""Ids that are made of a text or count: of a paragraph, a recommendation, a paper."""
_YEAR = re.compile(r"\s*\((?:[^()]*\b)?(?:19|20)\d\d[^()]*\)")


@dataclass(frozen=True)
class SearchPage:
    """A page as the search needs it: its source path, its address, its title and its article, which stays as it is."""

    path: str
    url: str
    title: str
    tree: HtmlElement


@dataclass(frozen=True)
class Passage:
    """One thing that can be found.

    `group` is a slug of `GROUPS`, `where` names what it is part of; `sentences` are its words in order. `calls` are the ways in which a reader
    asks for it: its title first. `parties` are names by which a query means it and nothing else, `numbers` those of sections. `rests_on` are
    the addresses of what an answer leads to.
    """

    url: str
    title: str
    where: str
    group: str
    sentences: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()

    @property
    def page(self) -> str:
        """The address of its page."""
        return self.url.partition("#")[0]


def passages(found: Iterable[Passage], series: Series, words: SearchWords, leads: Mapping[str, str]) -> list[Passage]:
    """Everything that is found, each address once, the opening of a page before its places, with what readers call it.

    `found` are the passages of every page, as `found_on` gives them. `leads` is, for the id of each question, the address of the passage that
    carries its answer.
    """
    also = wordings_of(words, series)
    whole: dict[str, Passage] = {}
    for passage in sorted(found, key=lambda passage: passage.page):
        page, _, place = passage.url.partition("#")
        if passage.group == "answer":
            subject = series.subject_of.get(place)
            about = subject.publication.url if subject is not None and subject.publication is not None else ""
            read = leads.get(place, "")
            passage = replace(passage, rests_on=tuple(dict.fromkeys(address for address in (read, read.partition("#")[0], about) if address)))
        elif not place and page in also:
            # A law that has names besides its own is meant by each of them.
            parties = (*passage.parties, *also[page]) if passage.group == "law" else passage.parties
            passage = replace(passage, calls=(*passage.calls[:1], *also[page], *passage.calls[1:]), parties=parties)
        whole.setdefault(passage.url, passage)
    return list(whole.values())


def wordings_of(words: SearchWords, series: Series) -> Mapping[str, tuple[str, ...]]:
    """The wordings of search.yml by address."""
    urls = {item.slug: item.url for item in reversed(series.publications)}
    urls |= {key.partition(":")[2]: urls[slug] for key, slug in series.former.items() if slug in urls}
    found: dict[str, tuple[str, ...]] = {}
    for name, text in words.also.items():
        url = name if name.endswith("/") else urls.get(name, "")
        found[url] = found.get(url, ()) + tuple(part.strip() for part in text.split(",") if part.strip())
    return found


def _stands_in_lists(page: SearchPage, series: Series) -> bool:
    owner, subject = series.by_path.get(page.path), series.subject_by_path.get(page.path)
    # Who looks for help shall not meet the answers to an exercise first: what they rest on is found.
    if page.path in series.slides_by_path or page.path in series.key_by_path:
        return False
    return (not isinstance(owner, Publication) or owner.in_force) and (subject is None or subject.in_force)


def found_on(page: SearchPage, series: Series, sources: Mapping[str, Source]) -> tuple[Passage, ...]:
    """Every passage of a page; none of one that stands in no list, and none of the page of results."""
    if page.url == SEARCH or not _stands_in_lists(page, series):
        return ()
    owner, authority = series.by_path.get(page.path), series.authority_by_path.get(page.path)
    if authority is not None:
        return (_law(page, authority),)
    if isinstance(owner, Case):
        return (_case(page, owner),)
    if page.path in series.subject_by_path:
        return tuple(_answers(page, series))
    if page.url.startswith(LITERATURE):
        head = Passage(page.url, page.title, page.title, "source", tuple(_within(_sentences(page.tree), _OPENING)), (page.title,))
        return (head, *_sources(page, sources))
    if page.url == TERMS:
        return tuple(_terms(page))
    return tuple(_sections(page, owner if isinstance(owner, Publication) else None))


def _left_out(node: HtmlElement) -> bool:
    """Whether a node says again what stands elsewhere, or says nothing to search for, such as a note's mark, which is no number of the text."""
    if node.get("data-search-exclude") is not None or (node.tag == "sup" and node.get("id", "").startswith("fnref")):
        return True
    return any(name in _PASSED_OVER for name in node.get("class", "").split())


def _law(page: SearchPage, authority: Authority) -> Passage:
    short = _YEAR.sub("", authority.short)
    calls = (authority.short, authority.name, authority.citation)
    parties = tuple(short.split(" v. ")) if " v. " in short else (short.removeprefix("Matter of "),)
    numbers = tuple(re.findall(r"\d[\w-]*(?:\.\d[\w-]*)*", short)) if authority.kind not in ("decision", "case") and " v. " not in short else ()
    # What was read, and where, is no rule.
    parts = [node for node in page.tree.iter("section") if node.get("id") in _RULES]
    said = tuple(sentence for part in parts for sentence in _sentences(part))
    return Passage(page.url, authority.short, "Law register", "law", said, calls, (*parties, authority.name.partition(":")[0]), numbers)


def _case(page: SearchPage, case: Case) -> Passage:
    front = case.front
    sentences = (front.summary, *_sentences(page.tree))
    parties = (front.agency, front.jurisdiction, case.id.rpartition("-")[0].replace("-", " "))
    where = f"Case study: {front.agency}, {front.year}"
    return Passage(page.url, front.title, where, "case", sentences, (front.title, front.agency), parties)


def _answers(page: SearchPage, series: Series) -> Iterator[Passage]:
    where = series.subject_by_path[page.path].title
    for entry in with_class(page.tree, "register--question"):
        heading = entry.find("h2")
        question = series.question.get(heading.get("id", "")) if heading is not None else None
        if question is not None:
            said = [sentence for part in entry.iterchildren("p") for sentence in _sentences(part)]
            yield Passage(f"{page.url}#{question.id}", question.question, where, "answer", tuple(said), (question.question, *question.also))


def _sources(page: SearchPage, sources: Mapping[str, Source]) -> Iterator[Passage]:
    for entry in with_class(page.tree, "reference"):
        if any(_left_out(around) for around in entry.iterancestors()):
            continue
        first = entry.find("p")
        source = sources.get(entry.get("id", "").removeprefix("ref-"))
        if first is None or source is None:
            continue
        authors = [name for name in (*source.csl.get("author", ()), *source.csl.get("editor", ()))]
        parties = tuple(str(name.get("family") or name.get("literal") or "") for name in authors)
        line = re.sub(r"\s*https?://\S+", "", text_of(first))
        note = source.annotation
        # The reference says who and when; what it says that matters here is what is searched.
        said = (line, note.what, *note.says) if note else (line,)
        yield Passage(f"{page.url}#{entry.get('id')}", _author_and_year(source, parties) or source.title, page.title, "source", said, (), parties)


def _author_and_year(source: Source, authors: Sequence[str]) -> str:
    """“Mergel 2013”, as the text cites it; the whole reference is the first thing that the passage says."""
    who = authors[0] if len(authors) == 1 else f"{authors[0]} and {authors[1]}" if len(authors) == 2 else f"{authors[0]} et al." if authors else ""
    dates = (source.csl.get("issued") or {}).get("date-parts") or [[""]]
    return f"{who} {dates[0][0]}".strip() if who else ""


def _terms(page: SearchPage) -> Iterator[Passage]:
    yield Passage(page.url, page.title, page.title, "page", (), (page.title,))
    for term in page.tree.iter("dt"):
        said = term.getnext()
        if term.get("id") and said is not None and said.tag == "dd":
            yield Passage(f"{page.url}#{term.get('id')}", text_of(term), page.title, "page", tuple(_sentences(said)), (text_of(term),))


def _sections(page: SearchPage, owner: Publication | None) -> Iterator[Passage]:
    group = _FOLDERS.get(page.url.partition("/")[0], "page")
    title = owner.front.title if owner else page.title
    where = f"{owner.label}, {title}" if owner else title
    calls = [title]
    opening: list[str] = []
    if owner is not None:
        front = owner.front
        calls += [text for text in (owner.full_title, front.question, getattr(front, "when", ""), owner.label) if text]
        opening += [text for text in (front.question, front.line, front.summary, getattr(front, "when", "")) if text]
    sections = [("", title, opening)]
    for id_, heading, node in _pieces(page.tree):
        if heading:
            sections.append((id_, heading, []))
        sections[-1][2].extend(_sentences(node))
    if page.url in _REPEATS or (owner is not None and owner.kind in _KINDS_THAT_REPEAT):
        text = sections[0][2] or [sentence for _, _, said in sections for sentence in said]
        yield Passage(page.url, title, where, group, tuple(_within(text, _OPENING)), tuple(calls))
        return
    for id_, heading, said in sections:
        if id_ and not said:
            continue
        named = tuple(calls) if not id_ else (heading, *_words_of(id_))
        yield Passage(f"{page.url}#{id_}" if id_ else page.url, heading, where, group, tuple(dict.fromkeys(said)), named)


def _words_of(id_: str) -> tuple[str, ...]:
    """What a place is called in its address, such as “letter extension”; nothing where that says no word of its subject."""
    return () if _NO_WORDS.match(id_) else (id_.removesuffix("-title").replace("-", " "),)


def _pieces(root: HtmlElement) -> Iterator[tuple[str, str, HtmlElement]]:
    """The blocks of an article in order: where one begins a passage of its own, with the passage's id and title, else with neither."""
    for node in root.iterchildren():
        if not isinstance(node.tag, str) or _left_out(node):
            continue
        id_, classes = node.get("id", ""), node.get("class", "").split()
        asked = node.find("strong") if node.tag == "p" and not (node.text or "").strip() else None
        if node.tag in _HEADINGS and id_:
            yield id_, _said(node), fragment("")
        elif id_ and any(name in classes for name in _OWN):
            yield id_, _title_of(node), node
        elif id_ and asked is not None and _said(asked).endswith("?"):
            # A question that a brief answers in one paragraph.
            yield id_, _said(asked), node
        elif node.tag in ("div", "section") and (node.find(".//h2") is not None or node.find(".//h3") is not None) and "glance" not in classes:
            yield from _pieces(node)
        else:
            yield "", "", node


def _title_of(node: HtmlElement) -> str:
    """What a block of its own is called: a recommendation by its sentence, any other by its label."""
    label = str(node.get("aria-label") or "").partition(": ")
    if "recommendation" in node.get("class", "").split():
        text = next((_said(part) for part in node.iter("p") if _said(part).endswith(".")), "")
        return text or label[0]
    heading = next((_said(part) for part in node.iter("h2", "h3", "h4")), "")
    return label[2] or heading or label[0]


def _said(node: HtmlElement) -> str:
    """The words of a title, without the marks of its notes."""
    return " ".join(_blocks(node))


def _within(sentences: Iterable[str], most: int) -> Iterator[str]:
    for sentence in sentences:
        most -= len(sentence)
        if most < 0:
            return
        yield sentence


def _sentences(node: HtmlElement) -> Iterator[str]:
    """The sentences of `node` in order; a cell, an item and a heading end one too."""
    for block in _blocks(node):
        start = 0
        for end in _END.finditer(block):
            head = block[start : end.end()].strip()
            if not _NO_END.search(head):
                yield head
                start = end.end()
        rest = block[start:].strip()
        if rest:
            yield rest


def _blocks(node: HtmlElement) -> list[str]:
    found: list[str] = []
    parts: list[str] = []

    def flush() -> None:
        text = " ".join("".join(parts).split())
        parts.clear()
        if any(map(str.isalnum, text)):
            found.append(text)

    def walk(part: HtmlElement) -> None:
        if _left_out(part):
            return
        block = part.tag in _BLOCKS
        if block:
            flush()
        parts.append(part.text or "")
        for child in part:
            if isinstance(child.tag, str):
                walk(child)
            parts.append(child.tail or "")
        if block:
            flush()

    walk(node)
    flush()
    return found
