"""The policies read as if written: their language over the matrix of answers, and what must hold for every one of them.

A sample is every two answers that can meet (`make test`). The full sweep (`make proof`) takes every set of answers to the short policy
and to the comment rule, but for the purposes, of which it takes none, each and all; and pairs again for the full policy, of which there
are too many sets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from hooks.registers.builder.check import Answers, choices, holds
from tests.prose.text import grade

from .matrix import pairs
from .test_draft import state

CHUNK = 400
WORDS = {"full": 7200, "rule": 950, "short": 1250}
"""Of a county's full policy, of a rule, and of a short policy of any body that `SHORT` does not name."""
SHORT = {"village": 1170, "library": 1300, "school": 1300}
"""Libraries and schools have the sentences of their sheets. Two pages hold the longest of each body (`test_word`)."""
BLANKS, GRADE = 8, 11
NOUNS = {"moderator": "moderator", "account-owner": "account owner", "communications-lead": "communications lead", "records-officer": "records officer"}
OPEN = ("open", "marked", "topic", "mixed")


def every(record, form: str) -> Iterator[Answers]:
    """Every complete set of answers for a form."""

    def extend(answers, questions) -> Iterator[Answers]:
        if not questions:
            yield answers
            return
        first, rest = questions[0], questions[1:]
        whole = max((len(chosen) for chosen in choices(first, answers)), default=0)
        for chosen in choices(first, answers):
            if len(chosen) in (0, 1, whole):
                yield from extend({**answers, first.id: chosen}, rest)

    yield from extend({"form": frozenset([form])}, [question for question in record.questions if question.id != "form"])


def text_of(draft) -> str:
    return "\n".join(block["text"] for block in draft["policy"] if block.get("style") != "notice")


def faults(draft, record) -> list[str]:
    """What is wrong with the language of one policy."""
    text, form, answers = text_of(draft), draft["form"], draft["answers"]
    found = [f"doubled article: {m[0]}" for m in re.finditer(r"(?i)\b(?:the|an?) (?:the|an?) \w+", text)]
    found += [f"article: {m[0]}" for m in re.finditer(r"\b[Aa] (?:Authority|Agency)\b|\b[Aa]n (?:Village|Town|City|County|District|Library)\b", text)]
    found += [f"spacing: {m[0]}" for m in re.finditer(r".{10}(?:  | [.,;:]|\(\)|\[\]|,,|\.\.).{0,10}", text)]
    blocks = draft["policy"]
    for block, after in zip(blocks, [*blocks[1:], {"kind": ""}], strict=True):
        if block["kind"] == "li" and after["kind"] != "li" and not block["text"].endswith((".", "”", "]")):
            found.append(f"list ends in: {block['text'][-20:]}")
    known = {"1", *draft["numbers"].values()}  # The first section is on roles.
    for m in re.finditer(r"\bsections? ((?:\d+(?:\.\d+)?(?:, | and )?)+)", text):
        found += [f"no section {number}" for number in re.findall(r"\d+(?:\.\d+)?", m[1]) if number not in known]
    lower = text.lower()
    roles = {block["text"].split(",")[0].lower() for block in blocks if block["kind"] == "li" and not block.get("of")}
    for id_, noun in NOUNS.items():
        given = {name: frozenset(options) for name, options in answers.items()}
        named = any(fill.blank == id_ and holds(when, given) for fill in record.fills for _, when in fill.each())
        used = re.search(rf"\b(?:the|a|each) {noun}\b(?!,)", lower)
        if used and (noun not in roles if form == "full" else named):
            found.append(f"undefined role: {used[0]}")
    if answers.get("agency", ["state"])[0] not in ("state", "nyc"):
        found += [f"no name: {m[0]}" for m in re.finditer(r".{0,20}\bagency\b.{0,10}", text.split("\n", 1)[1])]
    found += [f"circular: {conflict['labels']}" for conflict in draft["conflicts"]]
    found += _comments(text, answers.get("comments", [""])[0])
    if (level := grade(text)) > GRADE:
        found.append(f"grade {level:.1f}")
    found += _bounds(draft, len(text.split()))
    return found


def _comments(text: str, setting: str) -> Iterator[str]:
    if "because of the opinion expressed" not in text or not re.search(r"(?:block a user|user is restricted or blocked) only (?:with|for)", text):
        yield "no rule on viewpoint or on blocking"
    if ("takes comments on" in text) != (setting in OPEN):
        yield f"comments are {setting}, and the text takes them or not"
    if ("takes no comments on" in text) != (setting in ("closed", "mixed")):
        yield f"comments are {setting}, and the text refuses them or not"
    if ("may hide or delete a comment only if" in text) != (setting in OPEN):
        yield f"comments are {setting}, and the grounds say otherwise"
    if ("A post is marked before it is published" in text) != (setting in ("marked", "mixed")):
        yield f"comments are {setting}, and the rule on marking says otherwise"
    if "how to appeal" not in text:
        yield "no appeal of a removal or block"
    if re.search(r"\bgrounds? \d", text) and setting == "closed":
        yield "a ground that is not there"


def _bounds(draft, words: int) -> Iterator[str]:
    form, agency = draft["form"], draft["answers"].get("agency", [""])[0]
    limit = SHORT.get(agency, WORDS[form]) if form == "short" else WORDS[form]
    if words > limit and (form != "full" or agency == "county"):
        yield f"{words} words, at most {limit}"
    # The schedule too, for posts and for removed comments, where the answer leaves it open; and the version of WCAG, on which the
    # State's technology office says its own.
    more = 2 * (draft["answers"].get("records") == ["other"]) + (agency == "state")
    if form == "short" and len(draft["blanks"]) > BLANKS + more:
        yield f"{len(draft['blanks'])} blanks"


def wrong(sets, assemble, record) -> list[str]:
    found = []
    for start in range(0, len(sets), CHUNK):
        chunk = sets[start : start + CHUNK]
        for answers, draft in zip(chunk, assemble([state(item) for item in chunk]), strict=True):
            found += [f"{fault} ({', '.join('+'.join(sorted(v)) for v in answers.values())})" for fault in faults(draft, record)]
    return found


def test_the_language_of_a_sample(record, assemble) -> None:
    sets = pairs(record)
    assert {next(iter(answers["form"])) for answers in sets} == {"full", "short", "rule"}
    found = wrong(sets, assemble, record)
    assert not found, f"{len(found)} faults in {len(sets)} sets:\n" + "\n".join(found[:40])


@pytest.mark.proof
@pytest.mark.parametrize("form", ["short", "rule"])
def test_the_language_of_every_set_of_answers(record, assemble, form: str) -> None:
    sets = list(every(record, form))
    assert len(sets) > {"short": 500, "rule": 50}[form]
    found = wrong(sets, assemble, record)
    assert not found, f"{len(found)} faults in {len(sets)} sets: {found[:20]}"


def test_one_person_in_two_roles_is_warned_and_told_who_else_could(assemble) -> None:
    given = {"form": ["short"], "agency": ["village"], "comments": ["open"]}
    both = {"role:moderator": "Ann Poe, Village Clerk", "role:account-owner": "the village clerk"}
    before, after = assemble([{"answers": given}, {"answers": given, "values": both}])
    assert before["conflicts"] == []
    (found, *_) = after["conflicts"]
    assert found["labels"] == ["Moderator", "Account owner"]
    assert found["instead"] == "Name the mayor, the supervisor or another officer to confirm."
    assert any("One person would hide a comment and confirm it." in block["text"] for block in after["blocks"])


@pytest.mark.parametrize(("name", "title"), [
    ("Village of Alder", "the Village of Alder"), ("Alder Central School District", "the Alder Central School District"),
    ("Alder County", "Alder County"), ("the Town of Alder", "the Town of Alder"), ("Alder Public Library", "the Alder Public Library"),
])
def test_the_article_of_a_name(assemble, name: str, title: str) -> None:
    draft = assemble([{"values": {"agency-name": name}}])[0]
    assert draft["policy"][0]["text"] == f"Social media policy of {title}"


def test_a_person_is_named_once_and_then_by_title(assemble) -> None:
    given = {"form": ["short"], "agency": ["village"], "comments": ["open"]}
    draft = assemble([{"answers": given, "values": {"role:moderator": "Ann Poe, Village Clerk"}}])[0]
    text = text_of(draft)
    assert text.count("Ann Poe") == 1
    assert "Ann Poe, Village Clerk, moderates comments" in text
    assert "The Clerk may hide or delete a comment only if it:" in text


def test_an_office_is_named_whole_once_and_then_in_short(assemble) -> None:
    given = {"form": ["short"], "agency": ["village"], "officials": ["own-pages"], "comments": ["open"]}
    short, full = assemble([{"answers": given}, {"answers": {**given, "form": ["full"], "team": ["few"]}}])
    assert text_of(short).count("Village Clerk") == text_of(short).count("Village Attorney") == 1
    assert "the Attorney" in text_of(short) and "the Attorney" not in text_of(full)
    assert all("the Clerk" not in text for paper in short["papers"] for text in paper["text"])


def test_a_name_without_an_article_takes_none_in_a_paper(assemble) -> None:
    given = {"agency": ["county"], "comments": ["open"]}
    draft = assemble([{"answers": given, "values": {"agency-name": "Alder County"}}])[0]
    papers = {paper["title"]: " ".join(paper["text"]) for paper in draft["papers"]}
    assert "of Alder County meets on" in papers["Notice of the meeting"]
    assert "names [legislator] to hear appeals" in papers["Resolution"]
    assert "mayor" not in papers["Resolution"]


def test_comments_on_marked_posts_have_their_own_notice(assemble) -> None:
    draft = assemble([{"answers": {"form": ["short"], "agency": ["village"], "comments": ["marked"]}}])[0]
    (notice,) = [" ".join(paper["text"]) for paper in draft["papers"] if paper["title"] == "Public notice"]
    assert notice.startswith("Comments are welcome under posts marked “open for comments”.")


def test_a_school_has_its_own_words(assemble) -> None:
    school, county = assemble([{"answers": {"form": ["full"], "agency": [agency], "comments": ["closed"]}} for agency in ("school", "county")])
    for words in ("teams, clubs and classes", "shows a pupil and anyone asks", "within ten calendar days of discovery"):
        assert words in text_of(school) and words not in text_of(county)


def test_a_full_policy_has_every_clause_in_its_long_form(assemble) -> None:
    (draft,) = assemble([{"answers": {"form": ["full"], "agency": ["county"], "team": ["more"], "comments": ["closed"]}}])
    text = text_of(draft)
    for words in (
        "Codes by text message are used only where", "Recovery codes are kept sealed", "without waiting for recovery", "before deleting it",
        "In doubt, the County reports.", "Nothing is paid to regain an account", "Where someone leaves without notice or in dispute",
        "transfer connected tools",
    ):  # fmt: skip
        assert words in text


def test_a_library_keeps_the_patron_s_secret_in_every_form(assemble) -> None:
    kinds = (("library", "short"), ("library", "full"), ("library", "rule"), ("town", "full"))
    short, full, rule, town = assemble([{"answers": {"form": [form], "agency": [agency], "comments": ["open"]}} for agency, form in kinds])
    own = ("disclosed only as CPLR § 4509 allows", "No one confirms on any account that a person uses the library", "Reference questions received by message")
    for draft in (short, full):
        for words in own:
            assert words in text_of(draft) and words not in text_of(town)
    for draft in (short, full, rule):
        assert "student or library record, or what that person borrowed or requested as a patron" in text_of(draft)
    assert "library record" not in text_of(town)
    assert "authors, publishers and reading programs" in text_of(full)


def test_a_private_library_adopts_no_federal_date(assemble) -> None:
    given = {"agency": ["library"], "comments": ["open"]}
    for form in ("short", "full"):
        private, public = assemble([{"answers": {**given, "form": [form], "population": [answer]}} for answer in ("private", "small")])
        assert "28 C.F.R. § 35.200" in text_of(public)
        assert "C.F.R." not in text_of(private)
    short, village = assemble([{"answers": {"form": ["short"], "agency": [agency], "comments": ["open"]}} for agency in ("library", "village")])
    assert "moderates where the Director is absent or concerned" in text_of(short)
    for words in ("An employee writes to a minor only where a second employee reads along", "is threatened because of that tells the Library Director"):
        assert words in text_of(short) and words not in text_of(village)
    papers = [" ".join(text for paper in draft["papers"] for text in paper["text"]) for draft in (short, village)]
    assert "Resolved, that ground 3, as to library records, applies" in papers[0] and "ground 3, as to" not in papers[1]


@pytest.mark.parametrize(("given", "words"), [
    ({"agency": ["school"]}, "or where photographs are directory information, the date for refusing has passed, the family has not refused"),
    ({"agency": ["fire"]}, "on any device, helmet and dashboard cameras included, belongs to the District"),
    ({"agency": ["county"], "duties": ["police"]}, "shows a person whose case has ended or was sealed,"),
    ({"agency": ["county"], "duties": ["care"]}, "other], or shows a case, client, benefit or medical record number, the writer’s own too,"),
    ({"agency": ["county"], "duties": ["care"]}, "No one confirms or denies on any account that a person is or was a client"),
], ids=("school", "fire", "police", "grounds", "care"))
def test_what_a_sector_s_sheet_adds_comes_by_the_answer(assemble, given, words) -> None:
    own, other = assemble([{"answers": {"form": ["full"], "comments": ["open"], **answers}} for answers in (given, {"agency": ["town"]})])
    text = text_of(own).replace("medical or student record, or shows", "other], or shows")
    assert words in text
    assert words not in text_of(other)


def test_a_schedule_not_yet_adopted_destroys_nothing_and_comes_with_its_adoption(assemble) -> None:
    for form in ("short", "full"):
        given = {"form": [form], "agency": ["village"], "comments": ["open"]}
        not_yet, adopted = assemble([{"answers": {**given, "records": [records]}} for records in ("lgs1-open", "lgs1")])
        papers = [" ".join(text for paper in draft["papers"] for text in paper["text"]) for draft in (not_yet, adopted)]
        assert "Until the Board of Trustees has adopted LGS-1 by resolution, nothing is destroyed." in text_of(not_yet)
        assert "adopts the Retention and Disposition Schedule for New York Local Government Records (LGS-1)" in papers[0]
        assert "nothing is destroyed." not in text_of(adopted) and "(LGS-1)" not in papers[1]


def test_one_officer_adopts_by_an_order(assemble) -> None:
    for setting in ("open", "closed"):
        (draft,) = assemble([{"answers": {"form": ["short"], "agency": ["state"], "comments": [setting]}}])
        papers = {paper["title"]: " ".join(paper["text"]) for paper in draft["papers"]}
        assert {"Notice of the meeting", "Resolution"}.isdisjoint(papers)
        assert "I adopt the attached social media policy for the official accounts of [name of the agency]" in papers["Order"]
        assert "Within 60 days the General Counsel reviews the text" in papers["Order"]
        assert not re.search(r"(?i)the general the|mov[ei]", papers["Order"])
        assert "____ The Commissioner" in text_of(draft)


@pytest.mark.parametrize(("agency", "title"), [
    ("village", "the [Village of name]"), ("county", "[name County]"), ("library", "the [name Library]"), ("fire", "the [name Fire District]"),
])
def test_a_body_without_a_name_is_called_alike_everywhere(assemble, agency, title) -> None:
    (draft,) = assemble([{"answers": {"form": ["short"], "agency": [agency], "comments": ["open"]}}])
    assert draft["policy"][0]["text"] == f"Social media policy of {title}"
    (notice,) = [" ".join(paper["text"]) for paper in draft["papers"] if paper["title"] == "Notice of the meeting"]
    assert f" of {title} meets on" in notice


def test_a_library_s_notice_has_its_own_time(assemble) -> None:
    library, village = assemble([{"answers": {"form": ["short"], "agency": [agency], "comments": ["open"]}} for agency in ("library", "village")])
    notes = [next(paper["note"] for paper in draft["papers"] if paper["title"] == "Notice of the meeting") for draft in (library, village)]
    assert "at least a week before a meeting that was scheduled two weeks or more ahead" in notes[0]
    assert "at least 72 hours before a meeting that was scheduled at least a week ahead" in notes[1]


def test_what_is_still_to_be_asked_is_counted_from_the_start(assemble) -> None:
    first, village, state = assemble([{"answers": {"form": ["short"], **more}} for more in ({}, {"agency": ["village"]}, {"agency": ["state"]})])
    assert [draft["expected"] for draft in (first, village, state)] == [6, 6, 5]


def test_a_village_has_no_shifts(assemble) -> None:
    few, more = assemble([{"answers": {"form": ["full"], "agency": ["village"], "team": [team], "emergency": ["warn"]}} for team in ("few", "more")])
    assert "at least two for each shift" not in text_of(few)
    assert "at least two for each shift" in text_of(more)


def test_the_papers_speak_of_what_is_adopted(assemble) -> None:
    given = {"agency": ["village"], "comments": ["closed"]}
    policy, rule = assemble([{"answers": {**given, "form": [form]}} for form in ("short", "rule")])
    for draft, what in ((policy, "social media policy"), (rule, "comment rule")):
        papers = {paper["title"]: " ".join(paper["text"]) for paper in draft["papers"]}
        assert list(papers) == ["Notice of the meeting", "Resolution", "List of accounts", "Public notice"]
        assert f"the Board of Trustees adopts the attached {what} for its official accounts" in papers["Resolution"]
        assert "Resolved, that the Village Clerk hides and saves what the platform lets through" in papers["Resolution"]
        assert "to moderate" not in papers["Resolution"]
        assert "We take no comments here, from anyone." in papers["Public notice"]
