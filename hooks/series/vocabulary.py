"""The closed lists of words that records are written with, and how each is printed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType


def _labels(**labels: str) -> Mapping[str, str]:
    return MappingProxyType({slug.replace("_", "-"): label for slug, label in labels.items()})


# The eight elements of Hrdinová, Helbig and Peters, "Designing Social Media Policy for Government" (CTG, 2010).
ELEMENTS = _labels(
    employee_access="Employee access",
    account_management="Account management",
    acceptable_use="Acceptable use",
    employee_conduct="Employee conduct",
    content="Content",
    security="Security",
    legal_issues="Legal issues",
    citizen_conduct="Citizen conduct",
)
THEMES = _labels(
    strategy="Strategy",
    records="Records",
    accessibility="Accessibility",
    crisis="Crisis communication",
    metrics="Metrics",
    misinformation="Misinformation",
    platform_change="Platform change",
)
TOPICS = MappingProxyType({**ELEMENTS, **THEMES})
"""What a record can be about."""
ROLES = _labels(
    records_officer="Records officer",
    communications="Communications director",
    counsel="Counsel",
    it_security="IT and security",
    executive="Executive",
    clerk="Village or town clerk",
    elected_official="Elected official",
)
STATUSES = _labels(draft="Draft", current="Current", superseded="Superseded", withdrawn="Withdrawn")
"""Of a publication; what each means for lists, feeds and promises is said in `model.Publication`."""
CASE_STATUSES = _labels(current="Current", superseded="Superseded", withdrawn="Withdrawn")
LEVELS = _labels(
    federal="Federal",
    state="State",
    county="County",
    local="City, town or village",
    district="District or authority",
    international="International",
)
SOURCE_KINDS = _labels(
    published_interview="Published interview",
    agency_account="Agency’s own account",
    official_report="Official report",
    court_record="Court record",
    research_case="Research",
    news="News reports",
    interview="Interview",
)
CONSENT_SCOPES = _labels(named="Named", role_only="Role only", anonymous="Anonymous")
AUTHORITY_KINDS = _labels(
    statute="Statute",
    regulation="Regulation",
    decision="Court decision",
    opinion="Advisory opinion",
    guidance="Official guidance",
    schedule="Records schedule",
    policy="Policy",
    bill="Bill",
    order="Order",
)
AUTHORITY_STATUSES = _labels(
    controlling="Controlling in New York",
    persuasive="Persuasive in New York",
    advisory="Advisory",
    challenged="Under challenge",
    vacated="Vacated",
    superseded="Superseded",
    proposed="Proposed",
)
STRENGTHS = _labels(
    law_requires="Law requires",
    law_points="Law points this way",
    practice="Practice",
    judgment="Our judgment",
)
STRENGTH_MEANINGS = _labels(
    law_requires="A law, rule or decision that binds in New York requires it, and we read its words.",
    law_points="Law that binds leads there by inference, or law that only persuades supports it.",
    practice="Cases, studies or official guidance support it; no law decides it.",
    judgment="Our own advice: the evidence is near, and does not decide it.",
)
"""What each strength of a recommendation means, the strongest first."""
CAVEATS = _labels(
    reported="a news or second-hand report says so; we did not see the document itself",
    inferred="our reading of what the sources say; no source says it in these words",
    not_found="we searched for it and found none; that is no proof there is none",
)
"""The marks after a sentence that say how sure it is: what each means. An author writes `[not found]` for `not-found`."""
PART_NAMES = _labels(act="Act", use="Use", reasons="Reasons")
PARTS = _labels(
    act="what to decide and do",
    use="words and lists to take",
    reasons="why it is right and how sure",
)
"""The three parts of a brief in their order, each with what it gives."""
JURISDICTIONS = _labels(ny="New York State", nyc="New York City", us="United States", other="Elsewhere")
AUTHORITY_READINGS = _labels(
    whole="Read whole",
    passages="Passages read",
    extract="Extract read",
    second_hand="Known second-hand",
)
"""How far an authority was read, the most first."""
AUTHORITY_READING_MEANINGS = _labels(
    whole="The whole section, opinion or document",
    passages="The passages that matter, read as such",
    extract="Only an opening, or some sentences",
    second_hand="Through another source, or by citation only",
)
TELLERS = _labels(
    platform="The platform’s own text",
    copy="The platform’s text, in a copy or as quoted",
    court="A court’s opinion",
    public_body="A public body’s account",
    news="A news or trade report",
    guide="A guide or column",
)
"""Whose text a fact about a platform comes from."""
READINGS = MappingProxyType(
    {
        "text seen": "Text seen",
        "part seen": "Seen in part",
        "abstract seen": "Abstract seen",
        "secondary": "Known from a secondary source",
        "citation seen": "Citation seen",
    }
)
URGENCIES = _labels(minutes="Act within minutes", hours="Act within hours", days="Act within days", ahead="Before anything happens")
"""How soon an action sheet is needed."""
CHANGES = _labels(
    new="New publication",
    edition="Changed publication",
    correction="Correction",
    case="Case study",
    law="Change in the law or its entry",
    law_checked="Law checked",
    answers="Answers checked",
    platform="Platform seen",
)
"""The kinds of changes that a reader can follow."""
ROUTINE = ("law-checked", "answers", "platform")
"""Those by which nothing need have changed: what was said was held against its source on that day."""
ANY_CHANGE = "changed"
"""What the page of changes calls all the others, in its addresses: `changes/?kind=changed`."""
