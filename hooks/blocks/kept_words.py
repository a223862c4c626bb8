"""Nothing that an author wrote is lost in silence: each word of a page's Markdown stands in its article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from hooks.core.problems import Problem, following
from hooks.core.tree import HtmlElement
from hooks.core.words import Word, lines_of, lost, words_of, written
from hooks.linking.model import SourcePage
from hooks.series.model import Series, Subject
from hooks.series.sources import body_of, questions_path
from hooks.series.withheld import scrub

_SHOWN, _LONGEST = 12, 60


def written_on(page: SourcePage, withheld: Sequence[str]) -> list[Word]:
    """What the author of a page wrote for readers, each word at its line; withdrawn interviews are let go of."""
    body = body_of(page.text)
    return written(scrub(body, withheld), page.text.count("\n", 0, len(page.text) - len(body)) + 1)


def check_parsed(page: SourcePage, own: Sequence[Word], tree: HtmlElement) -> list[Problem]:
    """A problem for each line of which Markdown, or the parser of what it made, let words go. `tree` is what they made."""
    return list(_told(page, lost(own, words_of(tree)), "Markdown lets go of"))


def check_finished(page: SourcePage, own: Sequence[Word], tree: HtmlElement) -> list[Problem]:
    """A problem for each line of which words are not in the finished article `tree`. Another mistake on the page may be the reason."""
    return following(list(_told(page, lost(own, words_of(tree)), "The page does not print")))


def check_answers(subject: Subject, tree: HtmlElement, series: Series) -> list[Problem]:
    """A problem for each line of a file of questions of which words are not in the finished article `tree` of its subject.

    Another mistake there may be the reason.
    """
    places = [(text, series.places[f"q:{question.id}.{key}"]) for question in subject.questions for key, text in question.printed.items()]
    own = [replace(word, line=place[1] or 0) for text, place in places for word in written(text)]
    path = series.origin(questions_path(subject.slug))
    problems = []
    for line, found in lines_of(lost(own, words_of(tree))).items():
        message = f"The page of “{subject.title}” does not print what is written here: “{_shown(found)}”."
        problems.append(Problem("lost", path, line, message, "Write it another way."))
    return following(problems)


def _told(page: SourcePage, missing: Sequence[Word], what: str) -> Iterator[Problem]:
    for line, found in lines_of(missing).items():
        remedy = "Write it another way: a backslash before a sign makes it text; what is no text of a page stands in a comment, “<!-- … -->”."
        yield Problem("lost", page.path, line, f"{what} what is written here: “{_shown(found)}”.", remedy)


def _shown(found: Sequence[str]) -> str:
    return " ".join(word if len(word) <= _LONGEST else f"{word[:_LONGEST]}…" for word in found[:_SHOWN]) + (" …" if len(found) > _SHOWN else "")
