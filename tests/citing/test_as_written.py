"""What an author is told of an entry of the bibliography, one field at a time. How it looks in a build is in tests/cases/bibliography.yml."""

from __future__ import annotations

import pytest

from hooks.citing.as_written import check_entry
from hooks.citing.entries import read_entries

DATE_FORM = "Write date = {2026-11-22}: year, month, day"
ANY_DATE = f"{DATE_FORM}; the year alone or with its month will do."


FIELDS = tuple("""
    author editor translator bookauthor director editora editorb editorc holder
    subtitle booktitle booksubtitle maintitle journaltitle journal journalsubtitle issuetitle
    publisher institution organization school howpublished series number issue volume edition type version pubstate chapter
    abstract accessed address annotation annote copyright date-added date-modified ean edition eid entrysubtype eprint eprinttype eprintclass
    archiveprefix primaryclass eventtitle venue file gender groups hyphenation ids indextitle isbn issn keywords label langid language lccn library
    location mendeley-groups nameaddon numpages options origlanguage owner pages pagetotal part pmid pmcid related relatedtype shortauthor shorthand
    shortjournal shorttitle sortkey sortname sorttitle sortyear timestamp volumes editortype authortype bookpagination pagination bdsk-url-1
""".split())  # noqa: SIM905 - a list of so many names is read as a text
WHOLE_WORKS = tuple("""
    artwork audio book booklet collection dataset electronic image jurisdiction legal legislation letter manual misc movie music mvbook mvcollection
    mvproceedings mvreference online patent performance periodical proceedings reference report set software standard techreport unpublished video
    www xdata
""".split())  # noqa: SIM905
DATE_FIELDS = ("date", "origdate", "eventdate", "urldate")


def told(kind: str = "misc", **fields: str) -> list[str]:
    """What is said of an entry of this kind with a title, these fields, and no other; a field without a value is left out."""
    whole = {"title": "T", **fields}
    text = f"@{kind}{{k,\n" + "".join(f"  {name} = {{{value}}},\n" for name, value in whole.items() if value) + "}\n"
    (entry,) = read_entries("x.bib", text)
    return [f"{problem.message} {problem.remedy}" for problem in check_entry(entry, {"k", "other"})]


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_that_programs_write_is_known(name: str) -> None:
    assert told(**{name: "Doe"}) == []


def test_a_field_or_a_kind_that_there_is_not() -> None:
    unknown = "“{}” is no field of a source, and would not be printed. {}"
    assert told(zzzz="x") == [unknown.format("zzzz", "Take it out, or move it to a field that is printed.")]
    assert told(volum="x") == [unknown.format("volum", "Did you mean “volume”?")]
    # What is not printed either is no remedy.
    assert told(adendum="x") == [unknown.format("adendum", "Take it out, or move it to a field that is printed.")]
    assert told("zzzz") == ["There is no kind of entry “@zzzz”. Use @misc, or @online for a page."]
    assert told("raport") == ["There is no kind of entry “@raport”. Did you mean “report”?"]


@pytest.mark.parametrize("name", ["note", "addendum", "titleaddon", "booktitleaddon", "comment", "annotations"])
def test_a_field_that_no_reference_prints_is_told_unless_it_is_empty(name: str) -> None:
    assert told(**{name: "Doe"}) == [
        f"The field “{name}” is not printed in a reference. Take it out; what is to be said of the source stands in annotations.yml, an address in “url”."
    ]
    assert told(**{name: " "}) == []


@pytest.mark.parametrize("kind", WHOLE_WORKS)
def test_a_kind_that_is_part_of_no_other_needs_a_title_alone(kind: str) -> None:
    assert told(kind) == []
    untitled = "“k” has no title. Write title = {…}; a description of your own stands in square brackets, {{[…]}}."
    assert told(kind, title="") == ([] if kind in ("set", "xdata") else [untitled])


@pytest.mark.parametrize(
    ("kinds", "what", "names"),
    [
        ("article review suppperiodical", "the journal", ("journaltitle", "journal")),
        ("inproceedings conference", "the volume", ("booktitle", "maintitle")),
        ("incollection inbook bookinbook inreference suppbook suppcollection", "the book", ("booktitle", "maintitle")),
        ("phdthesis mastersthesis", "the university", ("school", "institution")),
        ("thesis", "the university", ("institution", "school")),
    ],
)
def test_a_part_says_what_it_is_part_of(kinds: str, what: str, names: tuple[str, str]) -> None:
    for kind in kinds.split():
        message = f"“k” does not say what it is part of: {what} is missing. Write {names[0]} = {{…}}, or make it an entry “@misc”."
        assert told(kind) == [message] == told(kind, **{names[0]: "{}"})
        assert [told(kind, **{name: "Whole"}) for name in names] == [[], []]
        # What a parent has, its part need not have.
        assert told(kind, title="", crossref="other") == [] == told(kind, title="", xdata=" other ")


def test_a_parent_that_is_no_entry() -> None:
    for name in ("crossref", "xdata"):
        assert told("inbook", **{name: "nothing"}) == [f"“{name}” names no entry: “nothing”. Write the key of the work that this one is part of."]


@pytest.mark.parametrize("name", ["doi", "url", "file", "ids", "keywords", "eprint", "options", "groups", "crossref", "xdata"])
def test_signs_of_tex_mean_themselves_where_no_text_is_written(name: str) -> None:
    assert not [message for message in told(**{name: "https://a.example/50%$"}) if "bare" in message]


@pytest.mark.parametrize(("value", "found"), [("50%", "%"), ("$5", "$"), ("a\\\\%b", "%"), ("50\\%", ""), ("\\$5", ""), ("a\\\\\\%b", "")])
def test_a_bare_sign_of_tex_is_told_in_text(value: str, found: str) -> None:
    what = {"%": "hides the rest of the line", "$": "begins a formula"}
    assert told(publisher=value) == ([f"In “publisher”, a bare “{found}” {what[found]}. Write “\\{found}” for the sign."] if found else [])


@pytest.mark.parametrize(
    "name",
    [
        "City of X", "Institute for Y", "The Z Project", "Center on Aging", "Women in Tech", "Fund at Large", "State Archives", "U.S. Senate", "N.Y. Times",
        "U. S. Army", "New York Knicks", "Town Board", "Doe, Inc", "Bank, New York", "Agency, LLC", "County Board, Albany",
    ],
)  # fmt: skip
def test_the_name_of_a_body_belongs_in_braces(name: str) -> None:
    assert told(author=name) == [f"“{name}” would be taken apart as the name of a person. Put the name of a body in braces of its own: {{{name}}}."]
    assert told(author=f"{{{name}}}") == []


@pytest.mark.parametrize(
    "name", ["Doe, Jane", "Jane Doe", "Office, Sam", "Board", "van der Berg, Jan", "King, Jr., Martin", "others", "Lee, A. and others", "Ann York"]
)
def test_the_name_of_a_person_stands_as_it_is(name: str) -> None:
    assert told(author=name) == []


_AND = "“{}” would be taken for one name: names are divided by “and”. "
_BRACES = "Write “and” between two persons; the name of a body stands in braces: {{{}}}."
_MISSING = "In “{}” a part of the name is missing at a comma. Write “Last, First”, or “Last, Jr., First”."


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Doe et al", "“Doe et al” would be printed as a name. Write “and others” for those who are not named."),
        ("etc.", "“etc.” would be printed as a name. Write “and others” for those who are not named."),
        ("et alii", "“et alii” would be printed as a name. Write “and others” for those who are not named."),
        ("A, B; C, D;", _AND.format("A, B; C, D;") + "Write author = {A, B and C, D}."),
        ("Jane Doe und Max Roe", (_AND + _BRACES).format(*["Jane Doe und Max Roe"] * 2)),
        ("Jane Doe y Max Roe", (_AND + _BRACES).format(*["Jane Doe y Max Roe"] * 2)),
        ("Jane Doe et Max Roe", (_AND + _BRACES).format(*["Jane Doe et Max Roe"] * 2)),
        ("jdoe7", "“jdoe7” is no person's name. Put the name of a body or an account in braces of its own: {jdoe7}."),
        ("@jdoe", "“@jdoe” is no person's name. Put the name of a body or an account in braces of its own: {@jdoe}."),
        ("Doe, , Jane", _MISSING.format("Doe, , Jane")),
        (", Jane", _MISSING.format(", Jane")),
        ("Doe,", _MISSING.format("Doe,")),
        ("Ann Mary Lee, PhD", "In “Ann Mary Lee, PhD” “PhD” would be taken for the first name. Write {Lee, PhD, Ann Mary}."),
        ("Ann Lee, III", "In “Ann Lee, III” “III” would be taken for the first name. Write {Lee, III, Ann}."),
        ("{}", "“author” holds a name without letters. Put “and” between two names only, and not at the end."),
    ],
)
def test_a_name_that_would_be_misread(name: str, message: str) -> None:
    assert told(author=name) == [message]
    for field in ("editor", "translator", "holder"):
        assert told(**{field: name}) == [message.replace("author", field)]


def test_bodies_divided_by_semicolons_are_told_as_such() -> None:
    names = [f"“Town of {one}; Town of {other}” would be taken for one name: names are divided by “and”. " for one, other in ("AB", "CD")]
    written = "Town of A; Town of B and Town of C; Town of D"
    assert told(author=written) == [
        f"{names[0]}Write author = {{Town of A and Town of B}}.", f"{names[1]}Write author = {{Town of C and Town of D}}.",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["publisher", "institution", "organization", "school", "howpublished"])
def test_a_body_that_holds_an_and_or_an_address(name: str) -> None:
    parted = [f"“Simon and Schuster” would be divided at its “and”. Write {name} = {{{{Simon and Schuster}}}}."]
    assert told(**{name: "Simon and Schuster"}) == ([] if name == "howpublished" else parted)
    assert told(**{name: "{Simon and Schuster}"}) == []
    for value in ("https://a.example", "http://a.example", "\\url{a.example}", "\\href{a.example}{A}"):
        assert [message.partition(". ")[0] for message in told(**{name: value})] == [f"An address in “{name}” is printed as words"]


@pytest.mark.parametrize(
    "value",
    ["2026", "2026-11", "2026-11-22", "2026~", "2026-11?", "2026%", "2026/2027", "2026-11/2027-01-02", "2026/", "2026/..", "2026-11-22T10:20:30Z"],
)
def test_a_date_that_is_read(value: str) -> None:
    signs = ["In “{}”, a bare “%” hides the rest of the line. Write “\\%” for the sign."] if "%" in value else []
    for name in DATE_FIELDS:
        assert told(**{name: value}) == [message.format(name) for message in signs]


@pytest.mark.parametrize(
    ("value", "remedy"),
    [
        ("In Press", "Write pubstate = {inpress} instead."),
        ("in preparation", "Write pubstate = {inpreparation} instead."),
        ("forthcoming", "Write pubstate = {forthcoming} instead."),
        ("submitted", "Write pubstate = {submitted} instead."),
        ("2017--2018", "Write date = {2017/2018} for a span of years."),
        ("2017 to 2018", "Write date = {2017/2018} for a span of years."),
        *((value, "Leave the field out: the reference then says “n.d.”.") for value in ("n.d.", "nd", "n. d.", "No date", "undated", "unknown")),
        *((f"{mark} 1995", "Write date = {1995~}, which is printed as uncertain.") for mark in ("c.", "ca.", "circa", "about", "approx.")),
        ("March 4, 2008", "Write date = {2008-03-04}."),
        ("4 Mar 2008", "Write date = {2008-03-04}."),
        ("2008 Dec.", "Write date = {2008-12}."),
        ("May 2008", "Write date = {2008-05}."),
        ("February 30, 2008", f"{DATE_FORM}."),
        ("2020a", "Write date = {2020}: the letter is added where it is needed."),
        *((value, ANY_DATE) for value in ("03/04/2009", "2026-13", "2026-00", "2026-11-31", "26", "20260", "2026/2027/2028", "..", "/2026", "/", "Maybe 2008")),
    ],
)
def test_a_date_that_is_not_read(value: str, remedy: str) -> None:
    for name in DATE_FIELDS:
        assert told(**{name: value}) == [f"The date “{value}” is not understood, and would be printed as none. {remedy}"]


def test_a_year_is_a_number_or_says_at_what_the_work_is() -> None:
    assert [told(year=value) for value in ("2020", "-0044", "Forthcoming")] == [[], [], []]
    # pandoc prints “n.d.” of the others.
    for value, state in (("In press", "inpress"), ("submitted", "submitted"), ("in preparation", "inpreparation")):
        assert told(year=value) == [f"The year “{value}” is not understood, and would be printed as none. Write pubstate = {{{state}}} instead."]
    assert told(year="2020a") == [
        "The year “2020a” is not understood, and would be printed as none. Write year = {2020}: the letter is added where it is needed."
    ]
    assert told(date="2020-01-02", year="2020") == []
    assert told(date="2020-01-02", year="2021") == ["“year” is 2021, and “date” 2020-01-02. Keep one of them."]


MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


@pytest.mark.parametrize(("number", "name"), list(enumerate(MONTHS, 1)))
def test_a_month_is_a_number(number: int, name: str) -> None:
    for written in (name, name.lower(), f"{name[:3]}.", name[:3].upper()):
        assert told(year="2020", month=written) == [f"The month “{written}” is not understood, and would not be printed. Write month = {{{number}}}."]
    assert told(year="2020", month=str(number), day="28") == [] == told(year="2020", month=f"{number:02}", day="01")


@pytest.mark.parametrize("written", ["0", "13", "Ma", "Spring", "8/9"])
def test_a_month_that_there_is_not(written: str) -> None:
    assert told(year="2020", month=written) == [
        f"The month “{written}” is not understood, and would not be printed. "
        "Write month = {8} for August; a day stands in “day”, and two dates in date = {2017/2018}."
    ]


def test_a_day_has_its_month_and_year() -> None:
    alone = ["There is a day without its month and year. Write date = {2026-11-22} for all three."]
    assert told(day="3") == told(day="3", month="2") == told(day="3", year="2020") == alone
    assert told(year="2020", month="2", day="29") == [] == told(year="2020", month="12", day="3")
    for day in ("30", "0", "3rd"):
        assert told(year="2020", month="2", day=day) == [f"There is no day “{day}” in that month. Write the day as a number: day = {{22}}."]


@pytest.mark.parametrize("value", ["10.1000/xyz", "https://doi.org/10.1000/xyz", "doi:10.1000.1/x"])
def test_a_doi(value: str) -> None:
    assert told(doi=value) == []


@pytest.mark.parametrize("value", ["none", "11.1000/xyz", "10.1/xyz", "10.1000/", "10.1000/a b"])
def test_what_is_no_doi(value: str) -> None:
    assert told(doi=value) == [f"“{value}” is no DOI. Write what follows https://doi.org/, as 10.1000/xyz, or leave the field out."]


_COPY = "Copy it from the browser's line of addresses, alone and whole."
_SENTENCE = "The address “{}” ends with “{}”, which belongs to the sentence that it was copied from. Take that sign out."


@pytest.mark.parametrize(
    ("value", "messages"),
    [
        ("https://a.example/b", []),
        ("HTTP://a.example", []),
        ("https://web.archive.example/1/https://a.example/", []),
        ("https://a.example/b https://a.example/c", ["There are two addresses in “url”. Keep the one that readers are to follow."]),
        ("https://a.example/b c", [f"The address “https://a.example/b c” holds a space, and would lead nowhere. {_COPY}"]),
        ("https://a.example/<b>", [f"The address “https://a.example/<b>” holds “<”, and would lead nowhere. {_COPY}"]),
        ("https://a.example/a\\b", [f"The address “https://a.example/a\\b” holds “\\”, and would lead nowhere. {_COPY}"]),
        ("www.a.example", ["“www.a.example” is no whole address. Write url = {https://www.a.example}."]),
        ("a.example/b", ["“a.example/b” is no whole address. Write url = {https://a.example/b}."]),
        ("https://localhost/b.c", ["“https://localhost/b.c” is no whole address. Write url = {https://…}."]),
        ("ftp://a.example/", ["“ftp://a.example/” is no whole address. Write url = {https://…}."]),
        ("see there", ["The address “see there” holds a space, and would lead nowhere. " + _COPY]),
        *((f"https://a.example/b{sign}", [_SENTENCE.format(f"https://a.example/b{sign}", sign)]) for sign in ".,;"),
    ],
)
def test_an_address(value: str, messages: list[str]) -> None:
    assert told(url=value) == messages
