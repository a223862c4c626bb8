"""Author mistakes as values: what is wrong, where, and how to mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

RULES: Mapping[str, str] = {
    "act-length": "the part of a brief that says what to do is too long",
    "alias": "an alias is not understood, leads nowhere, or stands for something that is still there",
    "answer-date": "an answer is dated later than today, or before the law that it names was last confirmed",
    "answered": "fewer questions are answered about a brief or a sector sheet than its readers have",
    "bibliography": "a bibliography file cannot be read, or an entry lacks what it needs",
    "block": "a callout block is unknown or badly formed",
    "change-date": "a change is dated later than today, so that no feed tells it yet",
    "case-source": "a case study names no source",
    "citation": "a citation names a source that is not in the bibliography",
    "caveat": "a caveat mark is misspelled",
    "clause": "a model clause is incomplete",
    "draft": "a draft still lacks what it needs before it can be published",
    "data": "a YAML data file cannot be read, or a value is not allowed",
    "edition": "a PDF edition cannot be made, or fails its conformance checks",
    "encoding": "a file is not UTF-8",
    "file": "a file cannot be read, does not belong where it lies, or has a name that makes no address",
    "figure": "the data of a figure cannot be read or drawn",
    "erratum": "a correction names a passage that is not there",
    "fragment": "a reference names an anchor that its target does not have",
    "front-matter": "a key or value of the front matter is not allowed",
    "heading": "a heading level is skipped",
    "id": "two things share one id",
    "image-alt": "an image has no text alternative",
    "interview-consent": "an interview is published without, or against, the consent that was given",
    "letter": "a letter or notice is incomplete, or holds what cannot be copied",
    "lost": "words of an author are not in what is made of them",
    "link-promise": "an address that was promised in links.lock is gone",
    "recommendation": "a recommendation lacks its evidence, who acts, or when, or claims more strength than its evidence has",
    "markdown": "something is written as another dialect of Markdown has it, or is read as something else than it looks",
    "markup": "an element, attribute or address that no page may have",
    "module": "a course module, or a block of it, is incomplete or contradicts itself",
    "objective": "an objective of a course module is practiced by no exercise and no self-check of it",
    "pack": "a course pack does not add up, or names a slide, an exercise or a file that is not there",
    "parts": "a brief is not divided into its parts",
    "practice": "a recommendation is practiced nowhere in the course",
    "question": "an answer rests on nothing, or claims more strength than what it names has; or a file of questions has no subject",
    "reference": "a reference names something that does not exist",
    "retired": "something rests on a publication that is a draft, was superseded or was withdrawn",
    "sections": "an action or sector sheet lacks a section, or has one where it does not belong",
    "strength": "a recommendation does not say how strong it is",
    "second-hand": "a clause, or a recommendation that the law requires, rests on controlling law that is known only second-hand",
}
"""Every rule of the build. `extra.rules` in mkdocs.yml may set one to `error`, `note` or `off`."""

NOTES = ("answer-date", "answered", "change-date", "draft", "retired")
"""Rules whose breach is a note unless the settings say otherwise: it must not keep an author from drafting
or retiring a text, from confirming the law before the answers that name it, from preparing a change, or from building the site as of an
earlier day."""

ALWAYS = ("interview-consent",)
"""Rules that no setting relaxes, and that stop every build."""

SEVERITIES = ("error", "note", "off")


@dataclass(frozen=True)
class Problem:
    """One mistake in a source file.

    `rule` is a key of RULES; `path` is relative to the project's root; `line` counts from 1,
    or is None where the file as a whole is meant; `remedy` says what to do. One that `follows` from another
    mistake is told only where no other is (see `told`): an author who mends that one would seek it in vain.
    """

    rule: str
    path: str
    line: int | None
    message: str
    remedy: str = ""
    follows: bool = field(default=False, compare=False)

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        remedy = f" {self.remedy}" if self.remedy else ""
        return f"{place}: {self.message}{remedy} [{self.rule}]"


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """The distinct problems in the order in which an author meets them: by file, then by line."""
    distinct = dict.fromkeys(sorted(problems, key=lambda p: p.follows))
    return sorted(distinct, key=lambda p: (p.path, p.line or 0, p.rule, p.message))


def following(problems: Iterable[Problem], follow: bool = True) -> list[Problem]:
    """The problems as such that follow from another mistake, if they do."""
    return [replace(problem, follows=True) if follow else problem for problem in problems]


Graded = tuple[str, Problem]
"""A problem after its severity, “error” or “note”."""


def told(problems: Iterable[Problem], severity: Mapping[str, str]) -> list[Graded]:
    """What an author is told: each problem after its severity, in order, less those set to `off`.

    What follows from another mistake is held back as long as there is an error that does not, so that nothing is lost in silence.
    """
    graded = [(severity.get(problem.rule, "error"), problem) for problem in in_order(problems)]
    first = any(grade == "error" and not problem.follows for grade, problem in graded)
    return [(grade, problem) for grade, problem in graded if grade != "off" and not (first and problem.follows)]


def has_errors(problems: Iterable[Graded]) -> bool:
    """Whether one of them is an error."""
    return any(severity == "error" for severity, _ in problems)


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The known name most like `name`, or None where nothing is close."""
    close = difflib.get_close_matches(name.lower(), list(names), n=1, cutoff=0.55)
    return close[0] if close else None


def suggestion(name: str, names: Iterable[str], otherwise: str = "") -> str:
    """A remedy that offers the nearest valid name, else `otherwise`."""
    close = nearest(name, names)
    return f"Did you mean “{close}”?" if close else otherwise


def severities(settings: Mapping[str, object] | None) -> tuple[dict[str, str], list[Problem]]:
    """The severity of every rule, and a problem for each unknown rule or severity in `settings`."""
    chosen = {rule: "note" if rule in NOTES else "error" for rule in RULES}
    problems = []
    if not isinstance(settings or {}, Mapping):
        problems.append(Problem("data", "mkdocs.yml", None, "extra.rules is no mapping of rules to severities.", "Write one “rule: note” a line."))
        settings = None
    for rule, given in (settings or {}).items():
        # YAML 1.1, which MkDocs reads, takes a bare `off` for false.
        severity = "off" if given is False else str(given)
        if rule not in RULES:
            remedy = suggestion(str(rule), RULES, "The rules are in hooks/core/problems.py.")
            problems.append(Problem("data", "mkdocs.yml", None, f"extra.rules names no known rule: “{rule}”.", remedy))
        elif severity not in SEVERITIES:
            remedy = suggestion(severity, SEVERITIES, f"Use one of {', '.join(SEVERITIES)}.")
            problems.append(Problem("data", "mkdocs.yml", None, f"extra.rules.{rule} is “{severity}”.", remedy))
        elif rule in ALWAYS and severity != "error":
            message = f"extra.rules cannot relax “{rule}”."
            problems.append(Problem("data", "mkdocs.yml", None, message, "Take the line out: consent is not a matter of settings."))
        else:
            chosen[rule] = severity
    return chosen, problems
