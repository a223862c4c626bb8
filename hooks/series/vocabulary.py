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
ROLES = _labels(
    records_officer="Records officer",
    communications="Communications director",
    counsel="Counsel",
    it_security="IT and security",
    executive="Executive",
    clerk="Village or town clerk",
    elected_official="Elected official",
)
STATUSES = _labels(current="Current", superseded="Superseded", withdrawn="Withdrawn")
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
JURISDICTIONS = _labels(ny="New York State", nyc="New York City", us="United States", other="Elsewhere")
READINGS = MappingProxyType(
    {
        "text seen": "Text seen",
        "part seen": "Seen in part",
        "abstract seen": "Abstract seen",
        "secondary": "Known from a secondary source",
        "citation seen": "Citation seen",
    }
)
KINDS = _labels(
    issue_brief="Issue brief",
    white_paper="White paper",
    chapter="White paper chapter",
    workshop_summary="Workshop summary",
    interview_form="Interview form",
    course="Course",
    course_module="Course module",
    course_workbook="Course workbook",
)
