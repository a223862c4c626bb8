"""What is wrong with an entry of the bibliography as it is written: told with the field, its line, and what to write instead.

BibTeX takes names and dates apart without a word, drops what it does not understand, and reads some signs as commands.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from datetime import date

from hooks.citing.entries import Entry, Field, divided, outside_braces, plain
from hooks.citing.one_form import DOI, address, doi
from hooks.core.citations import is_key
from hooks.core.problems import Problem, suggestion

KINDS = tuple("""
    article artwork audio book bookinbook booklet collection conference dataset electronic image inbook incollection inproceedings inreference
    jurisdiction legal legislation letter manual mastersthesis misc movie music mvbook mvcollection mvproceedings mvreference online patent
    performance periodical phdthesis proceedings reference report review set software standard suppbook suppcollection suppperiodical
    techreport thesis unpublished video www xdata
""".split())  # noqa: SIM905 - a list of so many names is read as a text
"""The kinds of entry that pandoc knows (https://ctan.org/pkg/biblatex)."""
NAMES = ("author", "editor", "translator", "bookauthor", "director", "editora", "editorb", "editorc", "holder")
BODIES = ("publisher", "institution", "organization", "school", "howpublished")
TITLES = ("title", "subtitle", "booktitle", "booksubtitle", "maintitle", "journaltitle", "journal", "journalsubtitle", "issuetitle")
PRINTED = (*TITLES, *BODIES, "series", "number", "issue", "volume", "edition", "type", "version", "pubstate", "chapter")
DATES = ("date", "year", "month", "day", "origdate", "eventdate", "urldate")
DROPPED_ON_PURPOSE = tuple("""
    abstract accessed address annotation annote copyright crossref date-added date-modified doi ean edition eid entrysubtype eprint
    eprinttype eprintclass archiveprefix primaryclass eventtitle venue file gender groups hyphenation ids indextitle isbn issn keywords label
    langid language lccn library location mendeley-groups nameaddon numpages options origlanguage owner pages pagetotal part pmid pmcid
    related relatedtype shortauthor shorthand shortjournal shorttitle sortkey sortname sorttitle sortyear timestamp url volumes xdata xref
    editortype authortype bookpagination pagination
""".split())  # noqa: SIM905
"""Fields that no reference prints as words: what is kept for programs, what the style leaves out, and links."""
_UNPRINTED = ("note", "addendum", "titleaddon", "booktitleaddon", "comment", "annotations")
_FIELDS = (*NAMES, *PRINTED, *DATES, *DROPPED_ON_PURPOSE, *_UNPRINTED)
_PARENTS = {
    "article": (("journaltitle", "journal"), "the journal"),
    "review": (("journaltitle", "journal"), "the journal"),
    "suppperiodical": (("journaltitle", "journal"), "the journal"),
    **{kind: (("booktitle", "maintitle"), "the volume") for kind in ("inproceedings", "conference")},
    **{kind: (("booktitle", "maintitle"), "the book") for kind in ("incollection", "inbook", "bookinbook", "inreference", "suppbook", "suppcollection")},
    "phdthesis": (("school", "institution"), "the university"),
    "mastersthesis": (("school", "institution"), "the university"),
    "thesis": (("institution", "school"), "the university"),
}
_RAW = ("doi", "url", "file", "ids", "keywords", "eprint", "options", "crossref", "xdata", "groups")
"""Fields whose signs mean themselves."""
_BARE_SIGN = re.compile(r"(?<!\\)(?:\\\\)*([$%])")
_FUNCTION = ("of", "for", "the", "on", "in", "at")
"""Words that stand in the name of a body, and in no person's."""
_OF_BODIES = frozenset("""
    academy administration agency archive archives assembly assn association associates attorney authority board borough bureau cabinet center
    centers centre chamber city coalition college comptroller commission commissioner committee company congress conference consortium
    cooperative corp corporation council county court department dept directorate district division enforcement federal federation
    forum foundation fund government governor group health hospital inc inspectorate institute institution international journal laboratory
    league legislature library libraries llc llp ltd magazine mayor ministry municipality museum national network news newspaper nonprofit
    office organization parliament partnership police press program project records registry research school schools secretariat senate
    service services sheriff society staff state states studio survey task team technology times town township treasury tribune tribunal
    trust union united university village
""".split())  # noqa: SIM905
_YEAR = re.compile(r"-?\d{4}")
_DATE = re.compile(r"(?:(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?(?:T[\d:]+(?:Z|[+-][\d:]+)?)?[~?%]?)")
_MONTH_NAMES = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_STATES = {"in press": "inpress", "forthcoming": "forthcoming", "submitted": "submitted", "in preparation": "inpreparation"}
_STATE_AS_YEAR = "forthcoming"
"""The only one that pandoc reads where the year stands; of the others it prints “n.d.”."""


def check_entry(entry: Entry, keys: Container[str]) -> list[Problem]:
    """Every mistake in one entry; `keys` are those of the whole bibliography."""
    return [*_shape(entry, keys), *_signs(entry), *_names(entry), *_bodies(entry), *_dates(entry), *_links(entry)]


def _told(entry: Entry, field: Field | None, message: str, remedy: str) -> Problem:
    return Problem("bibliography", entry.path, field.line if field else entry.line, message, remedy)


def _shape(entry: Entry, keys: Container[str]) -> Iterator[Problem]:
    """The kind, the key, the fields, and what an entry of its kind cannot do without."""
    if not is_key(entry.key):
        yield _told(entry, None, f"The key “{entry.key}” cannot be cited.", "Make it of letters and digits, with “-”, “_” or “:” between them.")
    if entry.kind not in KINDS:
        yield _told(entry, None, f"There is no kind of entry “@{entry.kind}”.", suggestion(entry.kind, KINDS, "Use @misc, or @online for a page."))
    for field in entry.fields:
        if field.name not in _FIELDS and not field.name.startswith("bdsk-"):
            remedy = suggestion(field.name, [name for name in _FIELDS if name not in _UNPRINTED], "Take it out, or move it to a field that is printed.")
            yield _told(entry, field, f"“{field.name}” is no field of a source, and would not be printed.", remedy)
        if field.name in _UNPRINTED and field.value.strip():
            message = f"The field “{field.name}” is not printed in a reference."
            yield _told(entry, field, message, "Take it out; what is to be said of the source stands in annotations.yml, an address in “url”.")
    parent = entry.get("crossref", "xdata")
    if parent and parent.value.strip() not in keys:
        yield _told(entry, parent, f"“{parent.name}” names no entry: “{parent.value.strip()}”.", "Write the key of the work that this one is part of.")
    if entry.kind in ("set", "xdata") or parent:
        return
    if not _has(entry, "title"):
        remedy = "Write title = {…}; a description of your own stands in square brackets, {{[…]}}."
        yield _told(entry, entry.get("title"), f"“{entry.key}” has no title.", remedy)
    names, what = _PARENTS.get(entry.kind, ((), ""))
    if names and not _has(entry, *names):
        message = f"“{entry.key}” does not say what it is part of: {what} is missing."
        yield _told(entry, None, message, f"Write {names[0]} = {{…}}, or make it an entry “@misc”.")


def check_twice(entry: Entry) -> list[Problem]:
    """Fields that an entry has twice, of which one would be lost. BibTeX itself refuses them, at another line."""
    first: dict[str, Field] = {}
    problems = []
    for field in entry.fields:
        other = first.setdefault(field.name, field)
        if other is not field:
            message = f"“{entry.key}” has the field “{field.name}” twice; the first is on line {other.line}."
            problems.append(_told(entry, field, message, "Keep one of them."))
    return problems


def _has(entry: Entry, *names: str) -> bool:
    return any(plain(field.value) for field in entry.fields if field.name in names)


def _signs(entry: Entry) -> Iterator[Problem]:
    """Signs that TeX takes for the start of a formula or of a comment."""
    for field in entry.fields:
        found = None if field.name in _RAW else _BARE_SIGN.search(field.value)
        if found:
            what = "begins a formula" if found[1] == "$" else "hides the rest of the line"
            yield _told(entry, field, f"In “{field.name}”, a bare “{found[1]}” {what}.", f"Write “\\{found[1]}” for the sign.")


def _names(entry: Entry) -> Iterator[Problem]:
    for field in entry.fields:
        if field.name not in NAMES:
            continue
        parts = divided(field.value)
        bodies = [part for part in parts if _is_body(part)]
        if bodies and len(bodies) == len(parts) > 1 and not any("{" in part for part in parts):
            shown = plain(field.value)
            message = f"“{shown}” would be taken apart as the names of {len(parts)} persons."
            each = " and ".join(f"{{{part}}}" for part in parts)
            yield _told(entry, field, message, f"Write {field.name} = {{{{{field.value}}}}} for one body, or {field.name} = {{{each}}} for several.")
            continue
        for part in parts:
            yield from (_told(entry, field, message, remedy) for message, remedy in _name(field, part, part in bodies))


def _name(field: Field, part: str, body: bool) -> Iterator[tuple[str, str]]:
    bare = outside_braces(part)
    shown = plain(part)
    if not shown:
        yield f"“{field.name}” holds a name without letters.", "Put “and” between two names only, and not at the end."
    elif re.search(r"\bet\.?\s+al\b", bare, re.IGNORECASE) or bare.casefold().strip(" .") in ("etc", "et alii"):
        yield f"“{shown}” would be printed as a name.", "Write “and others” for those who are not named."
    elif ";" in bare:
        each = " and ".join(piece.strip() for piece in part.split(";") if piece.strip())
        yield f"“{shown}” would be taken for one name: names are divided by “and”.", f"Write {field.name} = {{{each}}}."
    elif "&" in bare or (re.search(r"(?i)\s(?:und|y|et)\s", bare) and "," not in bare):
        message = f"“{shown}” would be taken for one name: names are divided by “and”."
        yield message, f"Write “and” between two persons; the name of a body stands in braces: {{{part}}}."
    elif body:
        yield f"“{shown}” would be taken apart as the name of a person.", f"Put the name of a body in braces of its own: {{{part}}}."
    elif re.search(r"\d|@|https?:", bare):
        yield f"“{shown}” is no person's name.", f"Put the name of a body or an account in braces of its own: {{{part}}}."
    elif re.search(r",\s*,|^,|,$", shown):
        yield f"In “{shown}” a part of the name is missing at a comma.", "Write “Last, First”, or “Last, Jr., First”."
    elif re.fullmatch(r"[^,]+,\s*(?:Jr|Sr|II|III|IV|Ph\.?\s?D|M\.?D|Esq)\.?", bare):
        last = bare.partition(",")[0].split()[-1]
        rest, mark = " ".join(bare.partition(",")[0].split()[:-1]), bare.partition(",")[2].strip()
        yield f"In “{shown}” “{mark}” would be taken for the first name.", f"Write {{{last}, {mark}, {rest}}}."
    elif _two_persons(bare):
        left, _, right = part.partition(",")
        message = f"“{shown}” would be taken for one person, with the last name “{left.strip()}”."
        yield message, f"Write {left.strip()} and {right.strip()} for two; a last name of two words stands in braces: {{{left.strip()}}}, {right.strip()}."


def _two_persons(name: str) -> bool:
    sides = [side.split() for side in name.split(",")]
    return len(sides) == 2 and all(len(side) == 2 and all(re.fullmatch(r"[A-Z][a-z]{2,}", word) for word in side) for side in sides)


def _is_body(part: str) -> bool:
    """Whether a name outside of braces is that of a body."""
    bare = outside_braces(part)
    if not bare.strip() or bare.strip().casefold() == "others" or ";" in bare:
        return False
    words = [word.strip(".,'’") for word in plain(bare).split()]
    if any(word in _FUNCTION for word in words) and not re.search(r"\bet\s+al\b", bare):
        return True
    named = [word for word in words if word.casefold() in _OF_BODIES]
    if "," in bare:
        # “Office, Sam” is a person.
        return len(named) > 1 or re.search(r",\s*(?:Inc|LLC|LLP|Ltd|Corp|N\.?Y|New York|U\.?S)\b", bare) is not None
    return (bool(named) and len(words) > 1) or re.match(r"(?:U\.\s?S\.|N\.\s?Y\.|New York\b)", bare.strip()) is not None


def _bodies(entry: Entry) -> Iterator[Problem]:
    """Fields that BibTeX divides at “and” too, and an address where a body belongs."""
    for field in entry.fields:
        if field.name not in BODIES:
            continue
        if field.name != "howpublished" and len(divided(field.value)) > 1:
            message = f"“{plain(field.value)}” would be divided at its “and”."
            yield _told(entry, field, message, f"Write {field.name} = {{{{{field.value}}}}}.")
        if re.search(r"\\url|\\href|https?://", field.value):
            yield _told(entry, field, f"An address in “{field.name}” is printed as words.", f"Write url = {{{address(field.value)}}} instead.")


def _dates(entry: Entry) -> Iterator[Problem]:
    for name in ("date", "origdate", "eventdate", "urldate"):
        field = entry.get(name)
        if field and not _is_date(field.value):
            yield _told(entry, field, f"The date “{plain(field.value)}” is not understood, and would be printed as none.", _as_date(field, "date"))
    when = entry.get("date")
    year = entry.get("year")
    if when and year and year.value.strip() not in when.value:
        yield _told(entry, year, f"“year” is {plain(year.value)}, and “date” {plain(when.value)}.", "Keep one of them.")
    elif year and not _YEAR.fullmatch(year.value.strip()) and plain(year.value).casefold() != _STATE_AS_YEAR:
        yield _told(entry, year, f"The year “{plain(year.value)}” is not understood, and would be printed as none.", _as_date(year, "year"))
    yield from _month(entry, year)


def _month(entry: Entry, year: Field | None) -> Iterator[Problem]:
    month, day = entry.get("month"), entry.get("day")
    number = month.value.strip() if month else ""
    if month and not (number.isdecimal() and 1 <= int(number) <= 12):
        named = next((str(index) for index, name in enumerate(_MONTH_NAMES, 1) if len(number) > 2 and name.startswith(number.lower().strip("."))), "")
        remedy = f"Write month = {{{named}}}." if named else "Write month = {8} for August; a day stands in “day”, and two dates in date = {2017/2018}."
        yield _told(entry, month, f"The month “{plain(number)}” is not understood, and would not be printed.", remedy)
        return
    if day is None:
        return
    if month is None or year is None:
        yield _told(entry, day, "There is a day without its month and year.", "Write date = {2026-11-22} for all three.")
        return
    given = f"{year.value.strip()}-{int(number):02}-{day.value.strip():0>2}"
    if not _is_date(given) and _YEAR.fullmatch(year.value.strip()):
        yield _told(entry, day, f"There is no day “{plain(day.value)}” in that month.", "Write the day as a number: day = {22}.")


def _is_date(value: str) -> bool:
    """Whether pandoc reads a date: 2026, 2026-11, 2026-11-22, a span with “/”, one of its ends open or “..”; uncertain with “~” or “?”."""
    parts = value.strip().split("/")
    return len(parts) <= 2 and bool(parts[0]) and all(part in ("..", "") or _is_day(part) for part in parts) and any(part.strip(".") for part in parts)


def _is_day(value: str) -> bool:
    match = _DATE.fullmatch(value)
    if not match:
        return False
    year, month, day = (int(match[name] or 1) for name in ("year", "month", "day"))
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _as_date(field: Field, name: str) -> str:
    """What to write for a date that was not understood, where that can be told."""
    value = plain(field.value).casefold()
    years = re.findall(r"(?<!\d)\d{4}(?!\d)", value)
    month = next((index for index, month in enumerate(_MONTH_NAMES, 1) if re.search(rf"\b{month[:3]}(?:{month[3:]})?\b", value)), 0)
    day = re.search(r"(?<!\d)\d{1,2}(?!\d)", value)
    if value in _STATES:
        return f"Write pubstate = {{{_STATES[value]}}} instead."
    if len(years) == 2 and not month:
        return f"Write date = {{{years[0]}/{years[1]}}} for a span of years."
    if re.match(r"(?:n\.?\s?d\.?|no date|undated|unknown)\Z", value):
        return "Leave the field out: the reference then says “n.d.”."
    if years and re.match(r"(?:c|ca|circa|about|approx)\b", value):
        return f"Write date = {{{years[0]}~}}, which is printed as uncertain."
    if len(years) == 1 and month:
        written = f"{years[0]}-{month:02}" + (f"-{int(day[0]):02}" if day else "")
        return f"Write date = {{{written}}}." if _is_day(written) else "Write date = {2026-11-22}: year, month, day."
    if re.fullmatch(r"\d{4}[a-z]", value):
        return f"Write {name} = {{{value[:4]}}}: the letter is added where it is needed."
    return "Write date = {2026-11-22}: year, month, day; the year alone or with its month will do."


def _links(entry: Entry) -> Iterator[Problem]:
    for field in entry.fields:
        if field.name == "doi" and not DOI.match(doi(field.value)):
            yield _told(entry, field, f"“{field.value.strip()}” is no DOI.", "Write what follows https://doi.org/, as 10.1000/xyz, or leave the field out.")
        elif field.name == "url":
            yield from (_told(entry, field, message, remedy) for message, remedy in _address(address(field.value)))


def _address(value: str) -> Iterable[tuple[str, str]]:
    if len(re.findall(r"https?://", value, re.IGNORECASE)) > 1 and re.search(r"\s", value):
        yield "There are two addresses in “url”.", "Keep the one that readers are to follow."
    elif re.search(r"[\s{}\\<>\"]", value):
        sign = re.search(r"[\s{}\\<>\"]", value)
        shown = "a space" if sign and sign[0].isspace() else f"“{sign[0] if sign else ''}”"
        yield f"The address “{value}” holds {shown}, and would lead nowhere.", "Copy it from the browser's line of addresses, alone and whole."
    elif not re.match(r"https?://[^/?#]+\.[^/?#]+", value, re.IGNORECASE):
        whole = f"https://{value}" if re.match(r"[\w-]+(?:\.[\w-]+)+(?:/|\Z)", value) else "https://…"
        yield f"“{value}” is no whole address.", f"Write url = {{{whole}}}."
    elif value.endswith((".", ",", ";")):
        yield f"The address “{value}” ends with “{value[-1]}”, which belongs to the sentence that it was copied from.", "Take that sign out."
