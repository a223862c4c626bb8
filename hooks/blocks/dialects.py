"""What people write in other dialects of Markdown, or what this one takes for something else: each a named refusal with its line and its remedy.

Read from the source, line by line, for in the page it has become text, or nothing. What is made to work instead of being refused is in
`hooks.blocks.marks`.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from hooks.core.citations import parse_group
from hooks.core.locate import CODE_SPAN, fences
from hooks.core.problems import Problem
from hooks.linking.model import SourcePage
from hooks.series.sources import body_of

_NO_BREAK = "\u00a0\u2007\u202f"
_MARKER = re.compile(rf"^([ {_NO_BREAK}]*(?:>[ {_NO_BREAK}]*)*(?:[-*+]|\d+\.|#{{1,6}}|/{{3,}}))[ {_NO_BREAK}]+")
_RULE_LIKE = re.compile(rf"^[|:\-\s{_NO_BREAK}]*$")


def plain_spaces(line: str) -> str:
    """The line with common spaces around its mark: a text program puts no-break ones there, and no list or table would be seen."""
    if not any(space in line for space in _NO_BREAK):
        return line
    if "|" in line and _RULE_LIKE.match(line):
        return re.sub(f"[{_NO_BREAK}]", " ", line)
    return _MARKER.sub(lambda found: re.sub(f"[{_NO_BREAK}]", " ", found[0]), line)


@dataclass(frozen=True)
class _Dialect:
    """A mark of another dialect. `what` and `remedy` may name the words that were found, as {0}."""

    pattern: re.Pattern[str]
    what: str
    remedy: str


_DIALECTS = (
    _Dialect(
        re.compile(r"^ {0,3}(#{1,6}[^\s#{][^\s]*)"),
        "The line begins with “{0}”, which is read as a heading.",
        "Write “\\{0}” for a hashtag; a heading has a space after its #.",
    ),
    _Dialect(
        re.compile(r"^\s*(?:>\s*)*(\d{1,9}\))\s+\S"),
        "“{0}” begins no list here.",
        "Number with a period: “1.”.",
    ),
    _Dialect(
        re.compile(r"^\s*(?:>\s*)*(\(?(?:[a-z]|[ivx]{2,5})[.)])\s+\S"),
        "“{0}” begins no list here.",
        "Number with “1.”; where the letters matter, let each begin a paragraph, after a backslash: “\\{0}”.",
    ),
    _Dialect(
        re.compile(r"^\s*(?:[-*+]|\d+\.)\s+(\[[ xX]\])(?:\s|$)"),
        "“{0}” makes no box to tick here.",
        "Put the list in “/// checklist”, “///”, without the brackets.",
    ),
    _Dialect(
        re.compile(r"^\s*(!!!|\?\?\?\+?)(?=\s|$)"),
        "“{0}” begins no callout here.",
        "Use a block of the series, “/// name | id”, or a quotation, “> …”.",
    ),
    _Dialect(
        re.compile(r"^\s*(:::+)"),
        "“{0}” begins no callout here.",
        "Use a block of the series, “/// name | id”, or a quotation, “> …”.",
    ),
    _Dialect(
        re.compile(r"^\s*>?\s*(\[!\w+\])"),
        "“{0}” begins no callout here.",
        "Use a block of the series, “/// name | id”, or a quotation, “> **Note.** …”.",
    ),
    _Dialect(
        re.compile(r"(\{\{|\{%)"),
        "“{0}” is a mark of templates, which nothing fills in here.",
        "Write what is to stand there; a blank to fill in is [in brackets].",
    ),
    _Dialect(
        re.compile(r"(\$\$|(?<![\w$\\])\$(?=[^\s\d$])[^$\n]*[\^_{}=\\][^$\n]*\$(?![\w$]))"),
        "“{0}” is no formula here.",
        "Write it in words or signs; “\\$” is the sign for money.",
    ),
    _Dialect(
        re.compile(r"(~~[^~\s](?:[^~\n]*[^~\s])?~~)"),
        "“{0}” strikes nothing out here.",
        "Write <del>…</del>, or say that it no longer holds.",
    ),
    _Dialect(
        re.compile(r"(?<![=\w])(==[^=\s](?:[^=\n]*[^=\s])?==)(?!=)"),
        "“{0}” marks nothing here.",
        "Write <mark>…</mark>, or **strong** words.",
    ),
    _Dialect(
        re.compile(r"(\[\[[^\[\]\n]+\]\])"),
        "“{0}” leads nowhere here.",
        "Refer as [](brief:slug) does, or write [words](address).",
    ),
    _Dialect(
        re.compile(r"(</?(?:html|head|body)\b[^>]*>|<!\[CDATA\[|<!DOCTYPE\b|<\?)", re.I),
        "“{0}” ends or hides what follows it.",
        "Take it out: a page is written without the frame of HTML.",
    ),
    _Dialect(re.compile(r"(<img\b)", re.IGNORECASE), "The address of a picture in “{0} …>” is not followed.", "Write ![what it tells](figures/name.svg)."),
    _Dialect(
        re.compile(r"(<a\s[^>]*\bhref\s*=\s*[\"']?(?!#|[a-zA-Z][\w+.-]*:)[^>\"']*)"),
        "The address in “{0}…>” is not followed.",
        "Write [words](address).",
    ),
)
_UNPRINTABLE = re.compile("([\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\ufdd0-\\ufdef\\ufeff\\ufffe\\uffff])")
_ATTRIBUTES = re.compile(r"(?:(?<=[*_`\])\x00])\{:?|^#+\s.*\s\{:?)[ ]*([^{}\n]+?)[ ]*\}")
_ATTRIBUTE_FORM = re.compile(r"(?:(?:[#.][\w:.-]+|[\w:-]+=(?:\"[^\"]*\"|'[^']*'|[^\s\"'}]+))\s*)+")
_ALONE = re.compile(r"^\s*(\{:[^}]*\}?|\{[.#][^}]*\})\s*$")
_BARE = re.compile(r"(?<![\w\"'=(<\[/])(https?://[^\s<>\]|]+)")
_COMMENT = re.compile(r"<!--.*?-->")
_ESCAPED = re.compile(r"\\[\\`*_{}\[\]()>#+\-.!$~=|:<]")
_ITEM = re.compile(r"^([ ]*)([-*+]|\d+\.)[ ]+\S")
_BLOCK_EDGE = re.compile(r"^\s*/{3,}")
_HEADING = re.compile(r"^ {0,3}#{1,6}\s")
_TABLE_RULE = re.compile(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_NOTE = re.compile(r"\[\^([^\]\s]+)\]")
_NOTE_TEXT = re.compile(r"^ {0,3}\[\^([^\]\s]+)\]:")
_DEFINITION = re.compile(r"^ {0,3}\[([^\[\]^][^\[\]]*)\]:[ ]*(\S+)[ ]*(?:\"[^\"]*\"|'[^']*'|\([^)]*\))?[ ]*$")
_ADDRESS = re.compile(r"<?(?:[a-z][\w+.-]*:\S|#|\.{0,2}/|[\w./-]+\.(?:md|html?|pdf|png|jpe?g|svg)\b)", re.I)
_BRACKETS = re.compile(r"\[([^\[\]]*@[^\[\]]*)\](?![(\[])")
_HTML_BLOCK = re.compile(r"^ {0,3}<(div|details|section|article|aside|p|table|ul|ol|dl|blockquote|figure|header|footer|nav|main|center|fieldset|form)\b", re.I)
_MARKDOWN = re.compile(r"(\[[^\[\]]*@\w[^\[\]]*\]|\[[^\[\]]*\]\([^)\s]+\)|\*\*[^*\s][^*]*\*\*|^\s*#{1,6}\s.+|^\s*/{3,}.+|\[\^[^\]\s]+\])")


def check_dialects(page: SourcePage, known: Container[str] | None) -> list[Problem]:
    """Every construct of a page that would be lost, or read as something else than it looks. `known` are the keys of the bibliography."""
    body = body_of(page.text)
    before = page.text.count("\n", 0, len(page.text) - len(body))
    found = [*_unprintable(body), *_in_lines(body, known)]
    for check in (_lists, _numbers, _tables, _notes, _definitions, _html, _fence):
        found += check(body)
    return [Problem("markdown", page.path, line + before, message, remedy) for line, message, remedy in dict.fromkeys(found)]


Told = tuple[int, str, str]


@lru_cache(maxsize=1)
def _prose(body: str) -> Sequence[tuple[int, str]]:
    """The lines outside of code, without code spans, comments, and signs that were made text. Every check of a page asks for them."""
    return tuple(_read_prose(body))


def _read_prose(body: str) -> Iterator[tuple[int, str]]:
    hidden = False
    for number, line, fenced in fences(body):
        if fenced is not False:
            continue
        line = plain_spaces(line)
        line = CODE_SPAN.sub(lambda found: "\x00" * len(found[0]), line) if "`" in line else line
        line = _COMMENT.sub("", line) if "<!--" in line else line
        if hidden:
            hidden = "-->" not in line
            line = line.partition("-->")[2]
        if "<!--" in line:
            hidden, line = True, line.partition("<!--")[0]
        yield number, _ESCAPED.sub("\x00\x00", line) if "\\" in line else line


def _unprintable(body: str) -> Iterator[Told]:
    """Characters that show nothing, in code too: no edition can print them."""
    for number, line in enumerate(body.split("\n"), 1):
        for match in _UNPRINTABLE.finditer(line.removesuffix("\r")):
            before = "".join(char for char in line[: match.start()][-12:] if char.isprintable())
            yield number, f"After “{before}” stands the character U+{ord(match[1]):04X}, which shows nothing and cannot be printed.", "Take it out."


def _in_lines(body: str, known: Container[str] | None) -> Iterator[Told]:
    options, above = False, ""
    for number, line in _prose(body):
        alone = _ALONE.match(line)
        if alone and not above.strip():
            yield number, f"“{alone[1]}” stands alone and belongs to nothing.", "Put it at the end of the heading that it is about, or take it out."
        above = line
        if _BLOCK_EDGE.match(line):
            options = True
            continue
        options = options and line.startswith("    ") and bool(line.strip())
        if options:
            continue
        for dialect in _DIALECTS:
            match = dialect.pattern.search(line)
            if match:
                yield number, dialect.what.format(match[1]), dialect.remedy.format(match[1])
        for inside in _ATTRIBUTES.findall(line):
            if not _ATTRIBUTE_FORM.fullmatch(inside):
                message = f"“{{{inside}}}” is read as a list of attributes, and not printed."
                yield number, message, "An id is written “{#id}”; for braces that are text write “\\{”."
        if not _DEFINITION.match(line):
            for bare in _BARE.findall(_TAGS.sub("", line)):
                address = bare.rstrip(".,;:!?)*_”")
                yield number, f"The address “{address}” is no link here.", f"Write <{address}>, or [words]({address})."
        for inside in _BRACKETS.findall(line):
            keys = [key for key in re.findall(r"@([\w:.#$%&\-+?<>~/]*\w)", inside) if known is not None and key in known]
            if keys and parse_group(inside) is None:
                yield number, f"“[{inside}]” is printed as it stands: it is no citation.", (
                    f"Write [@{keys[0]}, p. 3], and several with a semicolon: [@{keys[0]}; @other]. Words that follow a key stand after a comma."
                )


_TAGS = re.compile(r"<[a-zA-Z/][^>]*>|<https?:[^>]*>")


def _lists(body: str) -> Iterator[Told]:
    """Lists that would be prose, and parts of them that would stand outside."""
    last = -1
    """The indent of the last item; -1 outside of a list."""
    inside, blank = "", True
    for number, line in _prose(body):
        if not line.strip():
            blank = True
            continue
        item = _ITEM.match(line)
        indent = len(line) - len(line.lstrip(" "))
        if _BLOCK_EDGE.match(line) or _HEADING.match(line):
            last, inside, blank = -1, "", True
            continue
        if item:
            if blank or inside == "list":
                if last >= 0 and 0 < indent - last < 4 and indent % 4:
                    yield number, f"This item is indented by {indent} spaces, and so is no list within a list.", f"Indent it by {last - last % 4 + 4}."
                inside, last = "list", indent if not indent % 4 else last
            elif inside == "text" and (not item[2][0].isdigit() or item[2] == "1.") and indent < 4:
                yield number, "This list runs on from the text above it.", "Put an empty line before its first item."
                inside = "list"
        elif blank:
            if last >= 0 and 0 < indent < 4 and not line.lstrip().startswith(("<", "|")):
                yield number, f"This is indented by {indent} spaces, and so does not belong to the item above.", "Indent it by four, or not at all."
            inside = "text" if indent < 4 or last < 0 else "list"
            last = -1 if indent == 0 else last
        blank = False


def _numbers(body: str) -> Iterator[Told]:
    """Items whose number would be printed as another: a list is counted from its first, as on a code host."""
    due: dict[int, tuple[int, int]] = {}
    """Indent of a list → the number that its next item has, and the one that its last was given."""
    blank, before = True, 0
    for number, line in _prose(body):
        indent = len(line) - len(line.lstrip(" "))
        item = _ITEM.match(line)
        # Code that stands between two items divides their list.
        divided = number > before + 1 or _BLOCK_EDGE.match(line) or _HEADING.match(line) or (blank and not item and indent == 0 and line.strip())
        due = {} if divided else {at: counted for at, counted in due.items() if at <= indent or not item}
        if item and not item[2][0].isdigit():
            due.pop(indent, None)
        elif item and (blank or due):
            given = int(item[2][:-1])
            expected, last = due.get(indent, (given, given))
            if given != expected and not given == last == 1:
                yield number, f"The number “{given}.” would be printed as “{expected}.”.", f"Write {expected}, or “{given}\\.” where it is text."
            due[indent] = (expected + 1, given)
        blank, before = not line.strip(), number


def _tables(body: str) -> Iterator[Told]:
    lines = [(number, line) for number, line in _prose(body)]
    for index, (number, line) in enumerate(lines):
        if index == 0 or "-" not in line or not _TABLE_RULE.match(line) or "|" not in line or lines[index - 1][0] != number - 1:
            continue
        head = lines[index - 1][1]
        if "|" not in head:
            continue
        columns = len(_cells(head))
        above = lines[index - 2][1] if index > 1 and lines[index - 2][0] == number - 2 else ""
        if above.strip() and not _BLOCK_EDGE.match(above) and not _HEADING.match(above):
            yield number - 1, "This table runs on from the text above it.", "Put an empty line before it."
        if len(_cells(line)) != columns:
            yield number, f"The line below the head of the table has {len(_cells(line))} cells, the head has {columns}: it is no table.", "Give both as many."
            continue
        for at, (row, text) in enumerate(lines[index + 1 :], number + 1):
            if row != at or not text.strip() or _BLOCK_EDGE.match(text):
                break
            more = [cell for cell in _cells(text)[columns:] if cell]
            if more:
                shown = "” and “".join(cell.replace("\x00", "…") for cell in more)
                message = f"This row has more cells than the head of its table: “{shown}” would be lost."
                yield row, message, "Add a column, or write “\\|” for a line that divides nothing."


def _cells(row: str) -> list[str]:
    row = row.strip().removeprefix("|")
    return [cell.strip() for cell in (row[:-1] if row.endswith("|") else row).split("|")]


def _notes(body: str) -> Iterator[Told]:
    """Notes without a text, with two, within another, and texts that nothing refers to."""
    texts: dict[str, int] = {}
    marks: dict[str, int] = {}
    within = ""
    for number, line in _prose(body):
        start = _NOTE_TEXT.match(line)
        if start:
            within = start[1]
            if within in texts:
                yield number, f"The note “[^{within}]” has two texts; one of them would be lost.", "Give one another label."
            texts.setdefault(within, number)
        elif line.strip() and not line.startswith("    "):
            within = ""
        for label in _NOTE.findall(line[start.end() :] if start else line):
            marks.setdefault(label, number)
            if within:
                yield number, f"The note “[^{label}]” stands within another, “[^{within}]”.", "Say it in the same note, or in the text."
    for label, number in marks.items():
        if label not in texts:
            remedy = f"Write “[^{label}]: …” in a paragraph of its own; a sign that is no note is written “\\[^{label}]”."
            yield number, f"The note “[^{label}]” has no text.", remedy
    for label, number in texts.items():
        if label not in marks:
            yield number, f"Nothing refers to the note “[^{label}]”.", f"Put “[^{label}]” where it belongs, or take the note out."


def _definitions(body: str) -> Iterator[Told]:
    """Lines that look like the definition of a link, and are not printed."""
    lines = list(_prose(body))
    used = {label.lower() for _, line in lines if not _DEFINITION.match(line) for label in re.findall(r"\[([^\[\]]+)\]", line)}
    for number, line in lines:
        match = _DEFINITION.match(line)
        if match and not (_ADDRESS.match(match[2]) and match[1].lower() in used):
            yield number, f"“[{match[1]}]: {match[2]}” is read as the address of a link, and not printed.", f"Write “\\[{match[1]}]: …” for text."


def _html(body: str) -> Iterator[Told]:
    """Markdown within HTML, which stays as it is written."""
    tag, deep = "", 0
    for number, line in _prose(body):
        if not tag:
            match = _HTML_BLOCK.match(line)
            if not match:
                continue
            tag, deep = match[1].lower(), 0
        marks = _MARKDOWN.search(line)
        if marks:
            remedy = f"Take the tags <{tag}> out, or write it in HTML; a block of the series holds Markdown."
            yield number, f"“{marks[1].strip()}” stands within <{tag}>, where Markdown is not read.", remedy
        deep += len(re.findall(rf"<{tag}\b", line, re.I)) - len(re.findall(rf"</{tag}\s*>", line, re.I))
        if deep <= 0:
            tag = ""


def _fence(body: str) -> Iterator[Told]:
    opened: Sequence[int] = [number for number, _, fenced in fences(body) if fenced is None]
    if len(opened) % 2:
        yield opened[-1], "The code that begins here does not end.", "Close it with the same signs on a line of their own."
