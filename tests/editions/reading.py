"""Reads a PDF as assistive technology does: its structure tree, with the text of each element."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary

_HEX = re.compile(r"<([0-9A-Fa-f]+)>")


@dataclass
class Tag:
    """A structure element: its type, its dictionary, and what it holds in reading order."""

    kind: str
    entry: pikepdf.Object
    inside: list[Tag | str] = field(default_factory=list)

    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text() for part in self.inside)

    def every(self, kind: str) -> list[Tag]:
        return [tag for tag in self.walk() if tag.kind == kind]

    def walk(self) -> Iterator[Tag]:
        for part in self.inside:
            if isinstance(part, Tag):
                yield part
                yield from part.walk()

    def attribute(self, name: str) -> object:
        found = self.entry.get("/A", Array())
        entries = list(found) if isinstance(found, Array) else [found]
        for entry in entries:
            if name in entry:
                return entry[name]
        return None


@dataclass(frozen=True)
class Reading:
    """An open PDF with its tags."""

    pdf: pikepdf.Pdf
    tags: Tag

    def destinations(self) -> dict[str, tuple[int, float]]:
        """Name → (page from 1, points from the bottom), from the name tree."""
        names = self.pdf.Root.Names.Dests.Names
        pages = {page.objgen: n for n, page in enumerate(self.pdf.pages, 1)}
        return {bytes(names[i]).decode(): (pages[names[i + 1][0].objgen], float(names[i + 1][3]))
                for i in range(0, len(names), 2)}

    def in_language(self, language: str) -> str:
        """The text that is marked, where it stands on its page, as being in `language`."""
        text = ""
        for page in self.pdf.pages:
            marked = _marked(page)
            for operands, operator in pikepdf.parse_content_stream(page):
                values = operands[1] if str(operator) == "BDC" else None
                if isinstance(values, Dictionary) and str(values.get("/Lang", "")) == language:
                    text += marked.get(int(values.MCID), "")
        return text


def read(pdf: bytes) -> Reading:
    document = pikepdf.open(io.BytesIO(pdf))
    texts = {page.objgen: _marked(page) for page in document.pages}
    root = Tag("Root", document.Root.StructTreeRoot)
    _fill(root, document.Root.StructTreeRoot, None, texts)
    return Reading(document, root)


def _fill(tag: Tag, node: pikepdf.Object, page: tuple[int, int] | None,
          texts: dict[tuple[int, int], dict[int, str]]) -> None:
    kids = node.get("/K")
    page = node.Pg.objgen if "/Pg" in node else page
    for kid in kids if isinstance(kids, Array) else [] if kids is None else [kids]:
        if isinstance(kid, Dictionary):
            if "/S" in kid:
                child = Tag(str(kid.S)[1:], kid)
                tag.inside.append(child)
                _fill(child, kid, page, texts)
            elif "/MCID" in kid:
                where = kid.Pg.objgen if "/Pg" in kid else page
                tag.inside.append(texts[where].get(int(kid.MCID), ""))
        elif page is not None:
            tag.inside.append(texts[page].get(int(kid), ""))


def _marked(page: pikepdf.Page) -> dict[int, str]:
    """The text of each marked-content sequence of a page; artifacts have none."""
    fonts = {name: _unicode(font) for name, font in page.resources.get("/Font", {}).items()}
    found: dict[int, str] = defaultdict(str)
    # Each open sequence: its MCID or None, and the text that stands for what is shown inside.
    stack: list[tuple[int | None, bool]] = []
    current: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            values = operands[1] if len(operands) > 1 else Dictionary()
            if not isinstance(values, Dictionary):
                values = page.resources.Properties[values]
            replaced = "/ActualText" in values
            mcid = int(values.MCID) if "/MCID" in values else None
            stack.append((mcid, replaced))
            if replaced and not any(r for _, r in stack[:-1]):
                _add(found, stack, str(values.ActualText))
        elif name == "EMC":
            stack.pop()
        elif name == "Tf":
            current = fonts[str(operands[0])]
        elif name in ("Tj", "TJ") and not any(replaced for _, replaced in stack):
            strings = operands[0] if name == "TJ" else [operands[0]]
            for part in strings:
                if isinstance(part, pikepdf.String):
                    data = bytes(part)
                    _add(found, stack, "".join(current.get(int.from_bytes(data[i:i + 2]), "?")
                                               for i in range(0, len(data), 2)))
    return found


def _add(found: dict[int, str], stack: list[tuple[int | None, bool]], text: str) -> None:
    mcid = next((m for m, _ in reversed(stack) if m is not None), None)
    if mcid is not None:
        found[mcid] += text


def _unicode(font: pikepdf.Object) -> dict[int, str]:
    """Character code → text, from the font's ToUnicode map."""
    table: dict[int, str] = {}
    lines = font.ToUnicode.read_bytes().decode("latin-1").splitlines()
    section = ""
    for line in lines:
        word = line.split()[-1] if line.split() else ""
        if word in ("beginbfchar", "beginbfrange"):
            section = word
        elif word.startswith("endbf"):
            section = ""
        elif section:
            values = [bytes.fromhex(v) for v in _HEX.findall(line)]
            first, text = int.from_bytes(values[0]), values[-1].decode("utf-16-be")
            last = int.from_bytes(values[1]) if section == "beginbfrange" else first
            for code in range(first, last + 1):
                table[code] = text[:-1] + chr(ord(text[-1]) + code - first)
    return table
