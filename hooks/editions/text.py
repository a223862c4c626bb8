"""Plain-text editions: for reading aloud, for search engines that index no PDF, and for what nobody has thought of yet.

UTF-8 from the same final HTML as the page, every word of it. A paragraph is one line: what reads aloud pauses at the end of a line, and
what searches finds no phrase across one. Headings begin with #; a table is read row by row, each cell after the head of its column; what
is set apart on the page is indented. A link shows its address only where it leads out of the site.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from hooks.editions.context import Walk
from hooks.editions.model import EditionRequest
from hooks.editions.pandoc import checked_article
from hooks.editions.template import facts_below
from hooks.editions.vocabulary import BLOCKS, HEADINGS, classes, numbered, numbers

_BOM = "\ufeff"
"""Begins the file: a page opened from disk, and a host that names no encoding, leave a browser to guess."""
_SPACE = re.compile(r"[ \t\n\r\f\u00a0\u202f]+")
_UNSEEN = re.compile("[\u00ad\u200b\u2060]")
_BREAK = "\v"
# Sections that are set apart on the page.
_APART = frozenset({"glance", "clause", "letter", "exercise", "check", "open", "objectives", "handout"})
_INDENT = "  "
_LIST = re.compile(r"(?:- |-?\d+\. |[A-Za-z]{1,4}\. |\[ \] )")
_NO_TEXT = "(left to fill in)"
_ENDS = (".", "?", "!", "…", ".”", "?”", "!”", ":")


def make_text(request: EditionRequest) -> bytes:
    """The .txt of one publication; equal requests give equal bytes.

    Raises:
        EditionError: the article holds something that has no form in plain text. Names `request.source`.
    """
    root = checked_article(request, "a plain-text edition")
    writer = _Writer(Walk(request, frozenset(), {}), f"{request.permalink.partition('/id/')[0]}/")
    ids = {node.get("id") for node in root.iter()}
    blocks = [*_opening(request), *writer.blocks(root), *writer.notes(root), *_closing(request, ids)]
    return (_BOM + "\n\n".join(block for block in blocks if block.strip()) + "\n").encode()


def _opening(request: EditionRequest) -> Iterator[str]:
    yield " · ".join(dict.fromkeys(filter(None, (request.series, request.series_name))))
    yield f"# {request.full_title}"
    yield request.line
    yield request.summary
    facts = [*facts_below(request), f"Permanent address: {request.permalink}"]
    facts += [f"Policy elements: {', '.join(request.elements)}"] if request.elements else []
    yield "\n".join(facts)
    yield f"{request.publisher_note} {request.licence}".strip()


def _closing(request: EditionRequest, ids: Iterable[str | None]) -> Iterator[str]:
    yield "## How to cite"
    yield request.cite_as
    if request.history and "edition-history" not in ids:
        yield "## Edition history"
        yield "\n".join(f"- Edition {edition}, {when}. {note}" for edition, when, note in request.history)


@dataclass(frozen=True)
class _Writer:
    """Writes elements as blocks of text; `walk` resolves links and reports faults, `site` is the site's own address."""

    walk: Walk
    site: str

    def blocks(self, node: HtmlElement) -> Iterator[str]:
        """What `node` holds, block by block; a run of text between blocks is a paragraph."""
        run: list[str] = [node.text or ""]
        for child in node:
            if child.tag in BLOCKS:
                yield from self._paragraph(run)
                yield from self._block(child)
                run = []
            else:
                run.append(self._inline(child))
            run.append(child.tail or "")
        yield from self._paragraph(run)

    def notes(self, root: HtmlElement) -> Iterator[str]:
        """The footnotes, under a heading of their own."""
        items = root.xpath(".//div[contains(concat(' ', @class, ' '), ' footnote ')]/ol/li")
        if items:
            yield "## Notes"
        for number, item in enumerate(items, 1):
            yield _hung(f"[Note {number}] ", self.blocks(item))

    def _block(self, node: HtmlElement) -> Iterator[str]:
        tag, names = node.tag, classes(node)
        if tag in HEADINGS:
            yield f"{'#' * (HEADINGS[tag] + 1)} {self._words(node)}"
        elif tag in ("ul", "ol"):
            yield self._list(node)
        elif tag == "dl":
            yield from self._terms(node)
        elif tag == "hr":
            yield "* * *"
        elif tag == "pre":
            yield _indented("".join(node.itertext()).removesuffix("\n"), 2)
        elif tag == "table":
            yield from self._table(node)
        elif tag == "figure":
            yield from self._figure(node)
        elif tag == "blockquote":
            # A voice shows no indent: it is told where a quotation ends.
            quoted = list(self.blocks(node))
            yield _indented("\n\n".join([f"Quotation: {quoted[0]}", *quoted[1:], "End of quotation."]) if quoted else "")
        elif tag == "section" and "recommendation" in names:
            yield from self._recommendation(node)
        elif tag == "div" and "footnote" in names:
            return  # printed at the end
        elif tag == "div" and "space" in names:
            yield "\n".join([*self.blocks(node), _NO_TEXT])
        elif tag == "aside" or names & _APART:
            # Headings begin their lines wherever they stand.
            yield from (text if text.startswith("##") else _indented(text) for text in self.blocks(node))
        else:
            yield from self.blocks(node)

    def _paragraph(self, run: Iterable[str]) -> Iterator[str]:
        words = _folded("".join(run))
        if words:
            yield words

    def _words(self, node: HtmlElement) -> str:
        return _folded(self._run(node))

    def _run(self, node: HtmlElement) -> str:
        parts = [node.text or ""]
        for child in node:
            parts += [self._inline(child), child.tail or ""]
        return "".join(parts)

    def _inline(self, node: HtmlElement) -> str:
        tag, names = node.tag, classes(node)
        if tag == "br":
            return _BREAK
        if tag == "img":
            _, alt = self.walk.image(node)
            return f"[Picture: {alt}]" if alt else ""
        if tag in BLOCKS:
            # Blocks in a cell that is read in one line.
            return f" {self._flat(node)} "
        words = self._run(node)
        if tag == "a" and "footnote-ref" in names:
            return f" [Note {words.strip()}]"
        if tag == "a" and node.get("href"):
            return words + self._address(node, words)
        if tag in ("q", "del", "ins"):
            before, after = {"q": ("“", "”"), "del": ("[deleted: ", "]"), "ins": ("[inserted: ", "]")}[tag]
            return f"{before}{words}{after}"
        return words

    def _address(self, link: HtmlElement, words: str) -> str:
        """The address of a link in brackets, where it leads outside and is not what the link says."""
        _, address = self.walk.target(link)
        if address.startswith(self.site):
            return ""
        shown = address.removeprefix("mailto:").removeprefix("tel:")
        said = words.strip().rstrip("/")
        return "" if said and shown.rstrip("/").endswith(said) and ("/" in said or "@" in said or "." in said) else f" ({shown})"

    def _list(self, node: HtmlElement) -> str:
        names = classes(node)
        parent = node.getparent()
        checks = parent is not None and "checklist" in classes(parent)
        own = numbers(node) if node.tag == "ol" else [0] * len(node)
        items = []
        for at, item in zip(own, node, strict=True):
            number = numbered(node.get("type") or "", at)
            mark = "[ ] " if checks else f"{number}. " if node.tag == "ol" else "- "
            items.append(_hung(mark, self.blocks(item)))
        loose = names & {"references__list"} or any("\n\n" in item for item in items)
        return ("\n\n" if loose else "\n").join(items)

    def _terms(self, node: HtmlElement) -> Iterator[str]:
        """Each term with what is said of it: in its line where that is one paragraph, else below it."""
        terms: list[str] = []
        texts: list[str] = []
        for child in [*node, None]:
            if child is not None and child.tag == "dd":
                texts += self.blocks(child)
                continue
            if terms and (texts or child is None):
                yield _hung(f"{', '.join(terms).rstrip(':')}: ", texts)
                terms, texts = [], []
            if child is not None:
                terms.append(self._words(child))

    def _figure(self, node: HtmlElement) -> Iterator[str]:
        """The caption of a table stands before it, for whoever hears it; that of a picture after its text alternative."""
        caption = [child for child in node if child.tag == "figcaption"]
        rest = [child for child in node if child.tag != "figcaption"]
        for part in [*caption, *rest] if node.find(".//table") is not None else [*rest, *caption]:
            yield from self._block(part)

    def _table(self, node: HtmlElement) -> Iterator[str]:
        rows = [(row, [*_cells(row)]) for row in node.iter("tr")]
        heads = [cells for row, cells in rows if row.getparent().tag == "thead"]
        body = [cells for row, cells in rows if row.getparent().tag != "thead"]
        columns: dict[int, str] = {}
        for cells in heads:
            at = 0
            for cell, width in cells:
                for column in range(at, at + width):
                    columns[column] = " ".join(filter(None, (columns.get(column, ""), self._flat(cell))))
                at += width
        if not body:
            yield _row(columns.values())
            return
        lines = []
        # A cell that spans rows is said again in each.
        held: dict[int, tuple[str, int]] = {}
        for cells in body:
            said, at, waiting = [], 0, list(cells)
            while waiting or at in held:
                if at in held:
                    words, more = held[at]
                    held = {**held, at: (words, more - 1)} if more > 1 else {key: value for key, value in held.items() if key != at}
                    width = 1
                else:
                    cell, width = waiting.pop(0)
                    words = self._flat(cell)
                    deep = int(cell.get("rowspan") or 1)
                    if deep > 1:
                        held[at] = (words, deep - 1)
                head = " ".join(dict.fromkeys(filter(None, (columns.get(column, "") for column in range(at, at + width)))))
                said.append(f"{head.rstrip(':')}: {words or _NO_TEXT}" if head else words)
                at += width
            lines.append(f"- {_row(said)}")
        yield "\n".join(lines)

    def _flat(self, node: HtmlElement) -> str:
        """What `node` holds, in one line."""
        if any(child.tag in BLOCKS for child in node):
            parts = [part.removeprefix("- ") for block in self.blocks(node) for part in block.split("\n") if part.strip()]
            return _row(part.strip() for part in parts)
        return self._words(node).replace("\n", " ")

    def _recommendation(self, node: HtmlElement) -> Iterator[str]:
        number, *rest = node
        strength = [part for holder in rest for part in holder if "recommendation__strength" in classes(part)]
        said = f" ({self._words(strength[0])})" if strength else ""
        for part in strength:
            part.drop_tree()
        texts = [text for part in rest for text in self._block(part)]
        yield f"Recommendation {self._words(number)}{said}: {texts[0] if texts else ''}".rstrip()
        yield from (_indented(text) for text in texts[1:])


def _cells(row: HtmlElement) -> Iterator[tuple[HtmlElement, int]]:
    """The cells of a row, each with the number of columns that it takes."""
    for cell in row:
        yield cell, int(cell.get("colspan") or 1)


def _row(parts: Iterable[str]) -> str:
    """Parts that are read one after the other, with a stop between them."""
    line = ""
    for part in filter(None, parts):
        line += f"{'' if not line else ' ' if line.endswith(_ENDS) else '; '}{part}"
    return line


def _folded(text: str) -> str:
    """White space as a browser shows it; a line break of the author's is kept."""
    text = _SPACE.sub(" ", _UNSEEN.sub("", text))
    return "\n".join(line.strip() for line in text.split(_BREAK)).strip()


def _indented(text: str, deep: int = 1) -> str:
    return "\n".join(f"{_INDENT * deep}{line}" if line.strip() else line for line in text.split("\n"))


def _hung(mark: str, blocks: Iterable[str]) -> str:
    """Blocks after a mark: the first begins its line, what follows is indented; a list stands below the line, without a gap."""
    text = mark.rstrip()
    for number, block in enumerate(blocks):
        if _LIST.match(block):
            text += f"\n{_indented(block)}"
        else:
            text += f"\n\n{_indented(block)}" if number else f" {_indented(block).strip()}"
    return text
