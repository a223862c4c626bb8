"""Author mistakes as values: what is wrong, where, and how to mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

RULES: Mapping[str, str] = {
    "alias": "an alias is not understood, leads nowhere, or stands for something that is still there",
    "bibliography": "a bibliography file cannot be read, or an entry lacks what it needs",
    "block": "a callout block is unknown or badly formed",
    "case-source": "a case study names no source",
    "citation": "a citation names a source that is not in the bibliography",
    "clause": "a model clause is incomplete",
    "data": "a YAML data file cannot be read, or a value is not allowed",
    "edition": "a PDF edition cannot be made, or fails its conformance checks",
    "encoding": "a file is not UTF-8",
    "figure": "the data of a figure cannot be read or drawn",
    "erratum": "a correction names a passage that is not there",
    "fragment": "a reference names an anchor that its target does not have",
    "front-matter": "a key or value of the front matter is not allowed",
    "heading": "a heading level is skipped",
    "id": "two things share one id",
    "image-alt": "an image has no text alternative",
    "interview-consent": "an interview is published without, or against, the consent that was given",
    "link-promise": "an address that was promised in links.lock is gone",
    "recommendation": "a recommendation lacks its evidence, who acts, or when",
    "module": "a course module, or a block of it, is incomplete or contradicts itself",
    "objective": "an objective of a course module is practiced by no exercise and no self-check of it",
    "practice": "a recommendation is practiced nowhere in the course",
    "reference": "a reference names something that does not exist",
}
"""Every rule of the build. `extra.rules` in mkdocs.yml may set one to `error`, `note` or `off`."""

ALWAYS = ("interview-consent",)
"""Rules that no setting relaxes, and that stop every build."""

SEVERITIES = ("error", "note", "off")


@dataclass(frozen=True)
class Problem:
    """One mistake in a source file.

    `rule` is a key of RULES; `path` is relative to the project's root; `line` counts from 1,
    or is None where the file as a whole is meant; `remedy` says what to do.
    """

    rule: str
    path: str
    line: int | None
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        remedy = f" {self.remedy}" if self.remedy else ""
        return f"{place}: {self.message}{remedy} [{self.rule}]"


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """The distinct problems in the order in which an author meets them: by file, then by line."""
    return sorted(set(problems), key=lambda p: (p.path, p.line or 0, p.rule, p.message))


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The known name most like `name`, or None where nothing is close."""
    close = difflib.get_close_matches(name.lower(), list(names), n=1, cutoff=0.55)
    return close[0] if close else None


def suggestion(name: str, names: Iterable[str], otherwise: str = "") -> str:
    """A remedy that offers the nearest valid name, else `otherwise`."""
    close = nearest(name, names)
    return f"Did you mean “{close}”?" if close else otherwise


def severities(settings: Mapping[str, str] | None) -> tuple[dict[str, str], list[Problem]]:
    """The severity of every rule, and a problem for each unknown rule or severity in `settings`."""
    chosen = dict.fromkeys(RULES, "error")
    problems = []
    if not isinstance(settings or {}, Mapping):
        problems.append(Problem("data", "mkdocs.yml", None, "extra.rules is no mapping of rules to severities.", "Write one “rule: note” a line."))
        settings = None
    for rule, severity in (settings or {}).items():
        if severity is False:
            severity = "off"  # YAML 1.1, which MkDocs reads, takes a bare `off` for false.
        if rule not in RULES:
            remedy = suggestion(str(rule), RULES, "The rules are in hooks/problems.py.")
            problems.append(Problem("data", "mkdocs.yml", None, f"extra.rules names no known rule: “{rule}”.", remedy))
        elif severity not in SEVERITIES:
            remedy = suggestion(str(severity), SEVERITIES, f"Use one of {', '.join(SEVERITIES)}.")
            problems.append(Problem("data", "mkdocs.yml", None, f"extra.rules.{rule} is “{severity}”.", remedy))
        elif rule in ALWAYS and severity != "error":
            message = f"extra.rules cannot relax “{rule}”."
            problems.append(Problem("data", "mkdocs.yml", None, message, "Take the line out: consent is not a matter of settings."))
        else:
            chosen[rule] = severity
    return chosen, problems
