"""Each entry of the bibliography compared with what was made of it: no word of a title, name, date, container or address is lost on the way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Any
from urllib.parse import unquote

from hooks.citing.as_written import BODIES, NAMES, PRINTED, TITLES
from hooks.citing.entries import Entry, Field, divided, plain
from hooks.citing.one_form import address, doi
from hooks.core.problems import Problem
from hooks.core.tree import fragment, text_of
from hooks.core.words import words

_TAG = re.compile(r"</?(?:i|b|em|strong|sup|sub|sc|span)(?:\s[^<>]*)?>")
_CASED = ("title", "title-short", "container-title", "collection-title", "volume-title")
_ESCAPE = "Write a backslash before a sign of TeX (# $ % & _), and take out commands other than accents and \\emph."
_LEGAL = ("legal_case", "legislation", "bill", "treaty")
_PARTIES = re.compile(r"\S\s(?:v|vs)\.?\s\S")
_DOTTED = re.compile(r"[A-Z]\w*\.\w")
_OTHERS = ("others",)
# The style prints the publisher of a book, and not that of proceedings or of a journal.
_WITHOUT_PUBLISHER = ("article", "inproceedings", "conference", "incollection", "inbook", "jurisdiction", "legislation", "legal")


def with_capitals(items: Iterable[dict[str, Any]], as_cased: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The items with the capitals that no rule could give back: “U.S.”, “AT&T”, “X.com”, and every one of a case, “Lindke v. Freed”.

    `as_cased` are the same items with their titles as written (see `one_form.of_no_language`). Of an English title pandoc makes one in small
    letters, for the style to give it those that it wants; names of parties and acronyms it cannot know again.
    """
    cased = {item["id"]: item for item in as_cased}
    return [
        {name: _cased(value, cased[item["id"]][name], item) if name in _CASED and name in cased.get(item["id"], ()) else value for name, value in item.items()}
        for item in items
    ]  # fmt: skip


def _cased(text: str, other: str, item: Mapping[str, Any]) -> str:
    """`text` with capitals of `other`, where the two differ in case only; the marks of rich text are those of `text`."""
    bare, letters = _TAG.sub("", text), _TAG.sub("", other)
    if len(bare) != len(letters) or bare.casefold() != letters.casefold():
        return text
    if item.get("type") not in _LEGAL and not _PARTIES.search(letters):
        # What is left to the style: common words, with a capital at most at their beginning.
        letters = re.sub(r"\S+", lambda word: word[0] if _keeps(word[0]) else bare[word.start() : word.end()], letters)
    made, at = [], 0
    for piece in re.split(f"({_TAG.pattern})", text):
        if _TAG.fullmatch(piece):
            made.append(piece)
        else:
            made.append(letters[at : at + len(piece)])
            at += len(piece)
    return "".join(made)


def _keeps(word: str) -> bool:
    """Whether a word has capitals of its own, and not only as one word of a headline."""
    bare = re.sub(r"^[\W_]+|[\W_]+$", "", word)
    return any(char.isupper() for char in bare[1:]) or _DOTTED.match(bare) is not None or (len(bare) == 1 and bare.isupper() and bare != "A")


def titles(items: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The title of each item by its key, as plain text: what programs are told."""
    return {item["id"]: unescape(_TAG.sub("", str(item.get("title", "")))) for item in items}


def surnames_as_written(entries: Mapping[str, Entry], items: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The items with “van der” kept before the name where its author wrote it there: “van der Berg, Jan”."""
    return [
        {name: _kept_particles(entries[item["id"]], name, value) if name in NAMES and item["id"] in entries else value for name, value in item.items()}
        for item in items
    ]  # fmt: skip


def _kept_particles(entry: Entry, name: str, people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    field = entry.get(name)
    first = {plain(part).partition(",")[0].casefold() for part in divided(field.value) if "," in part} if field else set()
    return [
        {("non-dropping-particle" if key == "dropping-particle" else key): value for key, value in person.items()}
        if f"{person.get('dropping-particle', '')} {person.get('family', '')}".casefold() in first else person
        for person in people
    ]  # fmt: skip


def check_items(entries: Iterable[Entry], items: Iterable[Mapping[str, Any]]) -> list[Problem]:
    """What differs between an entry and the item that was read from it: its names, its date, and its words."""
    by_key = {item["id"]: item for item in items}
    return [problem for entry in entries if entry.kind not in ("xdata", "set") for problem in _check_item(entry, by_key.get(entry.key))]


def _check_item(entry: Entry, item: Mapping[str, Any] | None) -> Iterator[Problem]:
    if item is None:
        yield _told(entry, None, f"The entry “{entry.key}” is not read.", "Check its braces and commas, and those of the entry before.")
        return
    for field in entry.fields:
        if field.name in NAMES:
            yield from _names(entry, field, item)
    if not any((item.get("issued") or {}).values()) and not item.get("status"):
        when = entry.get("date", "year")
        if when and when.value.strip():
            yield _told(entry, when, f"The date “{plain(when.value)}” is not read.", "Write date = {2026-11-22}: year, month, day.")
    read = words(" ".join(_TAG.sub("", str(value)) for value in item.values()))
    for field in entry.fields:
        if field.name in PRINTED and field.name not in ("type", "edition", "pubstate"):
            yield from _words(entry, field, read, "is read")


def _names(entry: Entry, field: Field, item: Mapping[str, Any]) -> Iterator[Problem]:
    people = item.get(field.name) or item.get({"bookauthor": "container-author"}.get(field.name, ""), ())
    if not people:
        return
    wrote = [words(plain(part)) for part in divided(field.value)]
    read = [words(" ".join(str(value) for key, value in person.items() if isinstance(value, str))) for person in people]
    wrote = [part for part in wrote if tuple(part) != _OTHERS]
    read = [part for part in read if tuple(part) != _OTHERS]
    if len(wrote) != len(read) or any(Counter("".join(ours)) != Counter("".join(theirs)) for ours, theirs in zip(wrote, read, strict=True)):
        shown = "; ".join(" ".join(str(value) for value in person.values() if isinstance(value, str)) for person in people)
        remedy = "Divide persons by “and”, and put the name of a body in braces of its own: {{Sample County}}."
        yield _told(entry, field, f"In “{entry.key}” the names “{plain(field.value)}” are read as “{shown}”.", remedy)


def _words(entry: Entry, field: Field, made: list[str], when: str) -> Iterator[Problem]:
    run = "".join(made)
    lost = [word for word in Counter(words(plain(field.value))) - Counter(made) if word not in run]
    if lost:
        shown = "”, “".join(lost[:8])
        yield _told(entry, field, f"Of “{field.name}” of “{entry.key}” this is lost when it {when}: “{shown}”.", _ESCAPE)


def check_printed(entries: Iterable[Entry], references: Mapping[str, str]) -> list[Problem]:
    """What of an entry is not in its printed reference: words, capitals, the year, the address."""
    return [problem for entry in entries if entry.key in references for problem in _check_printed(entry, references[entry.key])]


def _check_printed(entry: Entry, html: str) -> Iterator[Problem]:
    tree = fragment(html)
    text = text_of(tree)
    made = words(text)
    for field in entry.fields:
        if field.name in TITLES or (field.name in BODIES and not (field.name == "publisher" and entry.kind in _WITHOUT_PUBLISHER)):
            yield from _words(entry, field, made, "is printed")
        if field.name in TITLES:
            yield from _capitals(entry, field, text)
    when = entry.get("date", "year")
    year = re.search(r"\d{4}", when.value) if when else None
    if when and year and str(int(year[0])) not in text:
        yield _told(entry, when, f"The year {year[0]} of “{entry.key}” is not printed.", "Write date = {2026-11-22}: year, month, day.")
    links = {unquote(link.get("href") or "") for link in tree.iter("a")}
    wanted = [f"https://doi.org/{doi(field.value)}" if field.name == "doi" else address(field.value) for field in entry.fields if field.name in ("doi", "url")]
    if wanted and not links & {unquote(one) for one in wanted}:
        yield _told(entry, entry.get("doi", "url"), f"The address of “{entry.key}” is printed as “{', '.join(sorted(links))}”.", "Write the whole address: https://…")


def _capitals(entry: Entry, field: Field, printed: str) -> Iterator[Problem]:
    """Words that have lost a capital, other than the small words that the style writes small."""
    text = set(re.findall(r"[^\W_]+", printed))
    for word in dict.fromkeys(re.findall(r"[^\W_]+", plain(field.value))):
        if word not in text and any(char.isupper() for char in word[1:]) and word.casefold() in {other.casefold() for other in text}:
            yield _told(entry, field, f"“{word}” of “{entry.key}” is printed with other capitals.", f"Put it in braces: {{{word}}}.")


def _told(entry: Entry, field: Field | None, message: str, remedy: str) -> Problem:
    return Problem("bibliography", entry.path, field.line if field else entry.line, message, remedy)
