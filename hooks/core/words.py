"""Whether what was written is still there: the words of a text, of a tree and of a file compared, each word at its place.

Two forms of a text differ in marks, joints and order, and not in words. A word is what holds letters and digits, in Unicode's form NFKC
and without case; what joins it to its neighbors is no part of it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from hooks.core.citations import parse_group
from hooks.core.locate import CODE_SPAN, fences
from hooks.core.tree import HtmlElement

_WORD = re.compile(r"[^\W_]+")
_UNSEEN = re.compile("[\u00ad\u200b\u2060]")
"""Soft hyphens, and places to break a long run."""

DROPPED_ON_PURPOSE = """
front matter; comments; the marks of Markdown and their numbers; names and languages of fences and blocks; the options of blocks that are
not printed, and comments among them; the short forms of clauses, which the policy template shows; lists of attributes; addresses of
links and pictures; labels of notes and link definitions; whole citations, which print what the bibliography says; HTML's tags.
"""
"""What an author writes and no reader reads: nothing else may be missing from a page."""

_PRINTED_OPTIONS = ("title", "note", "who", "when", "label", "by", "on")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BLOCK = re.compile(r"^\s*/{3,}(?!/)")
_OPTION = re.compile(r"^ {4}([\w-]+):(.*)$")
_OPTION_GOES_ON = re.compile(r"^ {4,}\S")
_OPTION_COMMENT = re.compile(r"^ {4}#(?:\s|$)")
_NUMBER = re.compile(r"^(\s*(?:>\s*)*(?:[-*+]\s+)*)\d+[.)](?=\s)")
_NOTE = re.compile(r"\[\^[^\]\s]+\]:?")
_ADDRESS = re.compile(r"\]\((?:<[^>\n]*>|(?:[^()\s]|\([^()\s]*\))*)")
_LABEL = re.compile(r"(?<=\])\[[^\]\n]*\]")
_DEFINED = re.compile(r"^ {0,3}\[[^\]\n]+\]:\s*<?(?:[a-z][\w+.-]*:\S|#|\.{0,2}/|[\w./-]+\.(?:md|html?|pdf|png|jpe?g|svg)\b)\S*>?", re.IGNORECASE)
_CITED = re.compile(r"\[[^\[\]]*@[^\[\]]*\](?![(\[])")
_ATTRIBUTES = re.compile(r"\{:?\s*(?:[#.][\w:.-]+|[\w:-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s\"'}]+)|\s)+\}")
_TAG = re.compile(r"</?([a-zA-Z][\w-]*)((?:\s+[\w:-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?)*)\s*/?>")
_SAID = re.compile(r"""\b(?:alt|title)\s*=\s*("[^"]*"|'[^']*')""")
_PUT_AWAY = re.compile("\x02(\\d+)\x03")
_AUTOLINK = re.compile(r"<((?:https?|mailto|tel):[^>\s]+|[^\s@<>]+@[^\s@<>]+)>")


@dataclass(frozen=True)
class Word:
    """A word at the place where it was written: its line, from 1; 0 where that is not known."""

    text: str
    line: int = 0


def words(text: str) -> list[str]:
    """The words of a text, in order."""
    return _WORD.findall(unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).casefold())


def words_of(root: HtmlElement, left_out: Callable[[HtmlElement], bool] = lambda node: False, shown: Sequence[str] = ("alt", "title")) -> list[str]:
    """The words of a tree, with those of the attributes `shown`; without marks of notes, and without what is `left_out`."""
    return words("".join(_texts(root, left_out, shown)))


ELEMENTS = frozenset("""
    a abbr aside b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6
    hr i img ins kbd li mark ol p pre q s samp section small span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr
""".split())  # noqa: SIM905 - a list of so many names is read as a text
"""The elements that a page may have; what else stands in angle brackets is text."""
WITHIN = frozenset("a abbr b bdi bdo cite code del dfn em i ins kbd mark q s samp small span strong sub sup time u var wbr".split())  # noqa: SIM905
"""Elements that stand within a word or a line."""


def _texts(node: HtmlElement, left_out: Callable[[HtmlElement], bool], shown: Sequence[str]) -> Iterator[str]:
    gap = "" if node.tag in WITHIN else " "
    yield gap
    for name in shown:
        if node.get(name):
            yield f" {node.get(name)} "
    if node.get("data-options"):
        yield " ".join(map(str, json.loads(node.get("data-options", "")).values()))
    yield node.text or ""
    for child in node:
        if isinstance(child.tag, str) and not left_out(child) and child.get("class") != "footnote-ref":
            yield from _texts(child, left_out, shown)
        yield child.tail or ""
    yield gap


def written(text: str, first: int = 1) -> list[Word]:
    """The words that an author wrote for readers in the Markdown `text`, whose first line is line `first` of its file.

    Left out is what `DROPPED_ON_PURPOSE` names.
    """
    text = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    found: list[Word] = []
    options = False
    printed = False
    for number, line, fenced in fences(text):
        if fenced is None:
            continue
        if not fenced:
            if _BLOCK.match(line):
                options = "|" in line or bool(line.strip("/ "))
                continue
            option = _OPTION.match(line) if options else None
            if option is not None:
                printed = option[1] in _PRINTED_OPTIONS
                line = option[2] if printed else ""
            elif options and _OPTION_GOES_ON.match(line):
                line = line if printed and not _OPTION_COMMENT.match(line) else ""
            else:
                options = False
                line = _prose(line)
        found += [Word(word, number + first - 1) for word in words(unescape(line))]
    return found


def _prose(line: str) -> str:
    """A line outside of code, without what is no text; its code spans stay as they are."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[2])
        return f" \x02{len(kept) - 1}\x03 "

    # Most lines have none of these signs, and most of the time would go into looking for what they are part of.
    if "`" in line:
        line = CODE_SPAN.sub(keep, line)
    if "[" in line:
        line = _DEFINED.sub(" ", line) if not line.lstrip().startswith("[^") else line
    line = _NUMBER.sub(r"\1", line)
    if "]" in line:
        line = _NOTE.sub("", line)
        line = _ADDRESS.sub("] ", line)
        line = _LABEL.sub("", line)
        line = _CITED.sub(lambda found: " " if parse_group(found[0][1:-1]) else found[0], line)
    if "{" in line:
        line = _ATTRIBUTES.sub("", line)
    if "<" in line:
        line = _AUTOLINK.sub(r" \1 ", line)
        line = _TAG.sub(_said, line)
    return _PUT_AWAY.sub(lambda found: kept[int(found[1])], line) if kept else line


def _said(tag: re.Match[str]) -> str:
    if tag[1].lower() not in ELEMENTS:
        return tag[0]
    return " ".join(["" if tag[1].lower() in WITHIN else " ", *_SAID.findall(tag[2])])


def lost(before: Sequence[Word], after: Sequence[str]) -> list[Word]:
    """Those words of `before` that `after` lacks, at their places.

    Where there are fewer of a word, those are lost that do not stand between the same neighbors, for a mark may have joined or parted it.
    """
    lacking = Counter(word.text for word in before)
    lacking.subtract(after)
    short = {word for word, count in lacking.items() if count > 0}
    if not short:
        return []
    run = "".join(after)
    missing: list[Word] = []
    places: dict[str, list[Word]] = {}
    for index, word in enumerate(before):
        if word.text not in short:
            continue
        earlier = before[index - 1].text if index else ""
        later = before[index + 1].text if index + 1 < len(before) else ""
        around = f"{earlier}{word.text}{later}"
        if around in run:
            places.setdefault(around, []).append(word)
        elif (not earlier or f"{earlier}{word.text}" not in run) and (not later or f"{word.text}{later}" not in run):
            missing.append(word)
    for around, found in places.items():
        there = run.count(around)
        missing += found[there:]
    return sorted(missing, key=lambda word: word.line)


def lines_of(missing: Iterable[Word]) -> dict[int, list[str]]:
    """The words by their line."""
    found: dict[int, list[str]] = {}
    for word in missing:
        found.setdefault(word.line, []).append(word.text)
    return found
