"""Every word of an article is in what was made of it: the PDF as it is handed to its engine, Word, EPUB and plain text as they are read back.

Runs when an edition is made, and costs nothing when it comes from the cache.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator

from lxml import etree

from hooks.core.locate import line_with
from hooks.core.tree import HtmlElement, fragment
from hooks.core.words import WITHIN, Word, lost, words, words_of
from hooks.editions.model import EditionError, EditionRequest
from hooks.editions.vocabulary import classes, dropped

_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))", re.DOTALL)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_SHOWN = ("alt",)
"""Attributes whose words an edition prints. What the page shows on hover alone, such as the title of a link, is dropped on purpose."""


def check_kept(request: EditionRequest, made: list[str], left_out: Callable[[HtmlElement], bool] = dropped) -> None:
    """Raises EditionError if `made`, the words of what was made of a request, lacks one of its article's; names the first place."""
    own = [Word(word) for word in words_of(fragment(request.html), left_out, _SHOWN)]
    missing = lost(own, made)
    if not missing:
        return
    said = " ".join(word.text for word in missing[:12])
    message = f"it lacks words of the page: “{said}{' …' if len(missing) > 12 else ''}”."
    line = line_with(request.source_text, _around(own, missing[0]))
    raise EditionError(request.source, message, "Write them another way, and report it: no edition may lose a word.", line)


def _around(own: list[Word], word: Word) -> str:
    at = next(index for index, other in enumerate(own) if other is word)
    return " ".join(other.text for other in own[max(at - 1, 0) : at + 2])


def of_code(code: str) -> list[str]:
    """The words of what is handed to Typst: those of its string literals."""
    return words(" ".join(_ESCAPE.sub(_sign, text) for text in _LITERAL.findall(code)))


def _sign(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16)) if escape[1] else {"n": "\n", "t": "\t"}.get(escape[2], escape[2])


def of_text(content: bytes) -> list[str]:
    """The words of a file of plain text."""
    return words(content.decode())


def of_word(package: bytes) -> list[str]:
    """The words of a Word file: its text, its notes, and what stands for its pictures."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        parts = [archive.read(name) for name in ("word/document.xml", "word/footnotes.xml") if name in archive.namelist()]
    return words("".join(text for part in parts for text in _runs(etree.fromstring(part))))


def _runs(root: etree._Element) -> Iterator[str]:
    for node in root.iter(f"{_W}t", f"{_W}p", f"{_W}br", f"{_W}tab", _DRAWN):
        yield (node.text or "") if node.tag == f"{_W}t" else f" {node.get('descr') or ''} "


def but_notes(node: HtmlElement) -> bool:
    """What belongs to the page of slides alone: not what the speaker says, only its label."""
    names = classes(node)
    return "notes__label" in names or (dropped(node) and "notes" not in names)


def of_powerpoint(package: bytes) -> list[str]:
    """The words of a set of slides with its notes."""
    from hooks.editions.powerpoint import words_in

    return words(" ".join(words_in(package)))


def of_epub(package: bytes) -> list[str]:
    """The words of a book: those of its pages."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        pages = [etree.fromstring(archive.read(name)) for name in sorted(archive.namelist()) if name.endswith(".xhtml")]
    bodies = (body for page in pages for body in page.iter("{http://www.w3.org/1999/xhtml}body"))
    return [word for body in bodies for word in words(" ".join([*(node.get("alt") or "" for node in body.iter()), "".join(_spaced(body))]))]


def _spaced(node: etree._Element) -> Iterator[str]:
    inline = etree.QName(node).localname in WITHIN
    yield "" if inline else " "
    yield node.text or ""
    for child in node:
        if isinstance(child.tag, str):
            yield from _spaced(child)
        yield child.tail or ""
    yield "" if inline else " "
