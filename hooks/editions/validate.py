"""Conformance of a finished PDF to PDF/UA-1 and PDF/A-3a, checked without Java."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.metadata import version

_PROFILES = (("ua1", "PDF/UA-1"), ("3a", "PDF/A-3a"))

# page-validation 0.11 takes a carriage return that is the last byte of a stream for a part of the
# end-of-line marker before `endstream`, and then finds the length wrong: one stream in 256.
_LENGTH_RULE = "PDFA3A-STREAM-LENGTH-001"
_BEGINS, _ENDS = re.compile(rb">>\s*stream\r?\n"), re.compile(rb"\r?\nendstream\b")
_LENGTH = re.compile(rb"/Length (\d+)(?! \d+ R)\b")


MOST_OBJECTS = 20_000_000
"""A volume of a thousand briefs has a million objects, which is as many as the library reads unless it is told otherwise."""


VALIDATOR = f"page-validation {version('page-validation')}"
"""Name and release of the validator."""


@dataclass(frozen=True)
class Verdict:
    """One PDF held against one profile: how many rules were checked, and which failed."""

    profile: str
    rules: int
    failures: tuple[str, ...]


def validate_pdf(pdf: bytes) -> list[str]:
    """Failures of both profiles, as "profile, rule: message"; empty if the PDF conforms."""
    return [failure for verdict in verdicts(pdf) for failure in verdict.failures]


def verdicts(pdf: bytes) -> tuple[Verdict, ...]:
    """The verdict on `pdf` for PDF/UA-1 (ISO 14289-1) and for PDF/A-3a (ISO 19005-3, level A)."""
    import page  # the distribution "page-validation"; a large library, which a build without new PDFs does not need

    results = []
    limits = page.SafetyLimits(max_object_count=MOST_OBJECTS)
    for profile, label in _PROFILES:
        failures: list[str] = []
        try:
            report = page.validate_pdf_bytes(pdf, profile=profile, limits=limits)
        except page.PageError as error:
            results.append(Verdict(label, 0, (f"{label}: the file cannot be read: {error}",)))
            continue
        found = list(report.failures)
        if any(f.rule_id == _LENGTH_RULE for f in found) and _lengths_are_right(pdf):
            found = [f for f in found if f.rule_id != _LENGTH_RULE]
        elif not report.is_compliant and not found:
            failures.append(f"{label}: does not conform")
        failures += [f"{label}, {f.rule_id}: {f.message}" for f in found]
        results.append(Verdict(label, report.rules.total, tuple(failures)))
    return tuple(results)


def _lengths_are_right(pdf: bytes) -> bool:
    """Whether after as many bytes as its /Length says each stream ends (ISO 19005-3, 6.1.7.1), which the marker alone cannot tell."""
    at = 0
    while begins := _BEGINS.search(pdf, at):
        length = _LENGTH.search(pdf, pdf.rfind(b" obj", at, begins.start()), begins.start() + 2)
        if length is None:
            return False
        ends = _ENDS.match(pdf, begins.end() + int(length[1]))
        if ends is None:
            return False
        at = ends.end()
    return at > 0
