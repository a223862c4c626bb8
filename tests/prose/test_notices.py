"""The notices for residents: easy to read, in agreement with the model clauses, and the State's languages as the register has them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pytest

from hooks.series import sources
from hooks.series.records import Authority

from .text import ROOT, body, grade

PAGE = ROOT / "docs/tools/notices.md"
# Two minutes to read both. The house rules were 280 words and left out limits of the clause: restricting, and offers and copies of before.
WORDS, GRADE = {"house-rules": 320, "access": 200}, 7.0
RIGHT_TO_LEFT = {"Arabic", "Urdu", "Yiddish"}

GROUNDS: Mapping[int, tuple[str, ...]] = {
    1: ("threatens a person with unlawful violence", "incites it"),
    2: ("is obscene",),
    3: ("without consent", "[Social Security, account or identity number, private telephone number, home address, medical or student record"),
    4: ("carries malware", "fraud", "offers goods or services for sale", "by a price, link or contact"),
    5: ("is one of more than [three] copies of a text", "same user|one user", "same post|one post", "first"),
    6: ("statute or court order", "that counsel has identified|that our lawyer has named"),
    7: ("topic rule only|Topic rule only", "does not concern|is not about", "subject", "by this test: [objective test]|by this test: [test]"),
}
"""What makes each ground of removal, by its number: the words that the clause and the notice both have; `|` where they differ."""


def block(text: str, kind: str, name: str) -> str:
    """What stands in a block below its options, without those."""
    found = re.search(rf"^/// {kind} \| {name}\n(.*?)^///$", text, re.MULTILINE | re.DOTALL)
    assert found, f"/// {kind} | {name}"
    return found[1].split("\n\n", 1)[1]


def notice(name: str) -> str:
    return block(body(PAGE), "letter", name)


def clause(brief: str, name: str) -> str:
    return block((ROOT / f"briefs/{brief}.md").read_text(encoding="utf-8"), "clause", name)


def numbered(text: str) -> dict[int, str]:
    """The items of the numbered list in a text."""
    return {int(number): said for number, said in re.findall(r"^(\d+)\. (.+)$", text, re.MULTILINE)}


def differences(clause_grounds: Mapping[int, str], notice_grounds: Mapping[int, str]) -> list[str]:
    """Each ground that one of the two lacks, or says without the words that make it."""
    found = [f"{number} is in one of them only" for number in sorted(set(clause_grounds) ^ set(notice_grounds))]
    found += [f"{number} is unknown here: say what makes it" for number in sorted((set(clause_grounds) & set(notice_grounds)) - set(GROUNDS))]
    for number, terms in GROUNDS.items():
        for where, grounds in (("clause", clause_grounds), ("notice", notice_grounds)):
            said = grounds.get(number, "").replace("’", "'")
            found += [f"{number}: the {where} lacks “{term}”" for term in terms if said and not any(form in said for form in term.split("|"))]
    return found


def easy(text: str) -> str:
    """A notice as the reading measure takes it: each paragraph and item by itself."""
    lines = (re.sub(r"^(?:\d+\.|-) |\*\*", "", line) for line in text.split("\n"))
    return "\n\n".join(line for line in lines if line.strip())


@pytest.mark.parametrize("name", ["house-rules", "access"])
def test_a_notice_is_short_and_easy(name: str) -> None:
    text = easy(notice(name))
    assert len(text.split()) < WORDS[name]
    assert grade(text) <= GRADE
    assert max(len(part.split()) for part in re.split(r"(?<=[.:?])\s", text)) <= 22


def test_the_house_rules_have_the_grounds_of_the_clause_and_no_others() -> None:
    assert differences(numbered(clause("citizen-conduct", "comment-removal")), numbered(notice("house-rules"))) == []


@pytest.mark.parametrize(
    ("number", "text", "says"),
    [
        (8, "It is rude.", ["8 is in one of them only"]),
        (2, None, ["2 is in one of them only"]),
        (1, "It threatens a person with unlawful violence.", ["1: the notice lacks “incites it”"]),
        (3, "It shows, without consent, a person's home address.", [f"3: the notice lacks “{GROUNDS[3][1]}”"]),
    ],
)
def test_a_ground_that_differs_is_told(number: int, text: str | None, says: list[str]) -> None:
    grounds = numbered(notice("house-rules"))
    if text is None:
        del grounds[number]
    else:
        grounds[number] = text
    assert differences(numbered(clause("citizen-conduct", "comment-removal")), grounds) == says


def test_the_notices_promise_what_the_clauses_promise() -> None:
    rules, access = notice("house-rules"), notice("access")
    removal, appeal = clause("citizen-conduct", "comment-removal"), clause("citizen-conduct", "comment-appeal")
    resolution = block(body(ROOT / "docs/now/comment-rule-tonight.md"), "letter", "resolution")
    for where, said, term in (
        (removal, rules, "for no more than [30] days|for [30] days at most"),
        (removal, rules, "counsel's approval|our lawyer agrees"),
        (removal, rules, "nothing but what ground 4 names may be blocked at once|only what 4 names may be blocked at once"),
        (removal, rules, "[two] removals under grounds 1 to 4 in [90] days|[two] removals under 1 to 4 in [90] days"),
        (removal, rules, "or one under ground 1|or one under 1"),
        (removal, rules, "lifted when a person who uses the account asks|We lift that block when a person who uses the account asks"),
        (removal, rules, "at once by the administrator and a second person|at once, by two of us"),
        (removal, rules, "may restrict or block a user only with counsel's approval|We restrict or block a user only if our lawyer agrees"),
        (clause("citizen-conduct", "comment-policy"), rules, "or restrict or block a user, because of the opinion|restrict or block nobody for one"),
        (resolution, rules, "grounds 4, as to offers, and 5 apply to comments made after that date|[Offers: only in comments after [date].]"),
        (resolution, rules, "grounds 4, as to offers, and 5 apply to comments made after that date|[Only for comments after [date].]"),
        (removal, rules, "Where comments are taken|Where comments are open"),
        (clause("citizen-conduct", "comment-policy"), rules, "is saved and hidden, whatever it says"),
        (clause("citizen-conduct", "comment-policy"), rules, "marked before it is published and stays so|marked before it is published, and stays so"),
        (clause("citizen-conduct", "comment-policy"), rules, "Earlier comments stay, unless a ground|Earlier comments stay, unless a reason"),
        (clause("citizen-conduct", "comment-policy"), rules, "Other posts take no new comments"),
        (appeal, rules, "write to [address] within [30] days|Write to [address] within [30] days"),
        (appeal, rules, "who took no part"),
        (clause("citizen-conduct", "comment-policy"), rules, "is read [days and hours]|read this page [days and hours]"),
        (clause("accessibility", "accessibility-requests"), access, "within [two] working days"),
        (clause("accessibility", "accessibility-requests"), access, "at once"),
        (clause("accessibility", "accessibility-requests"), access, "relay|Relay"),
        (clause("accessibility", "accessibility-requests"), access, "whatever its date|Old posts too"),
    ):
        assert all(any(form in text for form in term.split("|")) for text in (where, said)), term


def languages() -> list[Sequence[str]]:
    """The rows of the table of languages."""
    found = re.search(r"^\| Language \|.*?\n\n", body(PAGE), re.MULTILINE | re.DOTALL)
    assert found
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in found[0].strip().split("\n")[2:]]


def test_the_languages_are_those_of_the_register_with_its_source_and_date() -> None:
    listed = next(record for record in authorities() if record.id == "ogs-language-rights")
    names = [row[0].replace("**", "").partition(" (")[0] for row in languages()]
    assert len(names) == 12 and names == sorted(names)
    assert all(re.search(rf"\b{re.escape(name)}\b", listed.rule) for name in names)
    assert listed.url.startswith("https://ogs.ny.gov/") and listed.as_of < listed.review_by
    assert "/// law | ogs-language-rights" in body(PAGE)
    assert {name for name, row in zip(names, languages(), strict=True) if row[1] == "From right to left"} == RIGHT_TO_LEFT


def authorities() -> list[Authority]:
    document, problems = sources.read_yaml(ROOT, "docs/law/ny-security-privacy-accessibility.yml")
    assert document is not None and problems == []
    return [Authority.model_validate(item) for item in document.data]


def test_no_translation_is_published() -> None:
    """Every letter on the page is written in the letters of English: what a translator makes stands with the agency, not here."""
    # How a translation is marked is shown in code.
    text = re.sub(r"^```.*?^```$", "", body(PAGE), flags=re.MULTILINE | re.DOTALL)
    assert [char for char in text if char.isalpha() and ord(char) > 0x24F] == []
    assert re.findall(r"\blang=", text) == []
