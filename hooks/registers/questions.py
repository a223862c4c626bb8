"""Questions answered in two sentences: the page of a subject, which the build makes, the list of all, and what is wrong with an answer.

They are set in before references are resolved, so that what an answer names is previewed, counted and listed under “References” and
“Law cited” like anything an author wrote.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from hooks.blocks.inline import CITE, inline
from hooks.blocks.record_text import leads_nowhere, said, unfit, wrong_reference
from hooks.core.problems import Problem, following, suggestion
from hooks.core.tree import E, HtmlElement, append, element, long_date, replace, text_of, with_class
from hooks.linking.anchors import collect_anchors
from hooks.linking.caveats import print_caveats
from hooks.linking.grounds import second_hand
from hooks.linking.links import is_reference
from hooks.linking.model import Answered, Draft
from hooks.linking.reading import below
from hooks.linking.strength import lack, strength_mark, unknown_law
from hooks.linking.targets import Directory, Unknown
from hooks.registers.register import Register
from hooks.series import kinds
from hooks.series.addresses import question_place
from hooks.series.model import Series, Subject
from hooks.series.questions import FOR_BRIEF, FOR_SECTOR, OTHERS, Question
from hooks.series.sources import QUESTIONS

ENTRY = "questions/"
"""What the listing of a subject's questions is called, before its slug: `/// listing | questions/records`."""
FACTS = "question__facts"
_READABLE = (*kinds.SCHEMES, "tool", "case", "law")
"""The schemes of what may carry an answer."""
_EVIDENCE = ("law:", "case:")
_NO_GAP = re.compile(r"\s+(?=[.,;:!?)\]”’])")


def page_source(subject: Subject) -> str:
    """The page of a subject's questions as an author would write it."""
    front = {"title": f"Questions: {subject.title}", "summary": summary_of(subject)}
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in front.items()]
    return "\n".join(["---", *lines, "---", "", f"/// listing | {ENTRY}{subject.slug}", "///", ""])


def summary_of(subject: Subject) -> str:
    """What the page of a subject holds, in a sentence."""
    many = len(subject.questions)
    return f"{f'{many} questions, each' if many > 1 else 'One question,'} answered in two sentences, with the passage that gives the reasons."


def fill_questions(drafts: Iterable[Draft], directory: Directory) -> None:
    """Put the questions of each subject where a page asks for them."""
    for draft in drafts:
        found = [(node, directory.series.subjects.get(node.get("data-name", "").removeprefix(ENTRY))) for node in with_class(draft.tree, "listing")]
        places = [(node, subject) for node, subject in found if subject is not None and node.get("data-name", "").startswith(ENTRY)]
        for place, subject in places:
            replace(place, entries(subject, directory))
        if places:
            draft.anchors.clear()
            collect_anchors(draft)


def entries(subject: Subject, directory: Directory) -> HtmlElement:
    """Every question of a subject with its answer, how sure that is, as of when, who asks, and where to read on."""
    root = element("div", "register register--questions")
    if subject.publication is not None:
        # Its own page says of a publication that it is a draft or no longer holds: so does this link.
        root.append(element("p", "", "More than two sentences: ", element("a", "", href=subject.publication.reference, data_record=""), "."))
    root.extend(_entry(question, directory) for question in subject.questions)
    return root


def _entry(question: Question, directory: Directory) -> HtmlElement:
    series = directory.series
    entry = element("div", "register--question", element("h2", "", question.question, id_=question.id), *said(question.answer))
    print_caveats(entry)
    facts = element("p", FACTS, strength_mark(question.strength), f" · as of {long_date(question.as_of)}")
    asked = [series.roles.by_id[id_].label for id_ in question.who if id_ in series.roles.by_id]
    if asked:
        append(facts, f" · asked by {_listed(asked)}")
    sectors = [series.by_scheme["sector"][slug].front.title for slug in question.sector if slug in series.by_scheme["sector"]]
    if sectors:
        append(facts, f" · above all in {_listed(sectors)}")
    entry.append(facts)
    link = element("a", "", *_named(question.read, directory), href=question.read, data_record="")
    entry.append(element("p", FACTS, "Read on: ", link))
    return entry


def _listed(names: Iterable[str]) -> str:
    return "; ".join(f"{name[0].lower()}{name[1:]}" if name[1:2].islower() else name for name in names)


def _named(href: str, directory: Directory) -> list[HtmlElement | str]:
    """The words of the link to a passage where its place has no title of its own; none, and it takes its target's, where it has."""
    target = directory.find(href, "")
    place = href.partition("#")[2]
    if isinstance(target, Unknown) or target.owner is None or not place:
        return []
    anchor = directory.anchors.get(target.owner.path, {}).get(place)
    if anchor is None or anchor.kind != "place":
        return []
    return [f"{target.owner.label}, ", E.EM(target.owner.front.title), *([", “At a glance”"] if place == "at-a-glance" else [])]


def index(register: Register) -> HtmlElement:
    """Every question in force under its subject, each a link to its answer. In print the answers themselves follow instead."""
    root = element("div", "register register--asked web-only")
    for subject in register.series.subjects.values():
        if not subject.in_force:
            continue
        root.append(element("h2", "", element("a", "", subject.title, href=f"{subject.slug}/"), id_=f"about-{subject.slug}"))
        # Its answers stand beside it on one page: previews of 130 of them would weigh more than they help.
        links = (element("a", "", question.question, href=f"q:{question.id}", data_no_preview="") for question in subject.questions)
        root.append(element("ul", "register__rows", *(element("li", "", link) for link in links)))
    return root


def check_questions(
    series: Series, drafts: Iterable[Draft], directory: Directory, known: Mapping[str, object] | None, today: date,
) -> Iterator[Problem]:  # fmt: skip
    """What is wrong with the files of questions: their names, what they name, and what their answers claim.

    `known` are the keys of the bibliography, None where it cannot be read; `today` is the day of the build.
    """
    trees = {draft.page.path: draft.tree for draft in drafts}
    for slug in series.questions:
        yield from _check_subject(slug, series)
    for subject in series.subjects.values():
        for question in subject.questions:
            check = _Check(series, directory, trees, known, today, subject, question)
            yield from check.names()
            yield from check.strength()
            yield from check.day()
    yield from _too_few(series)


def _check_subject(slug: str, series: Series) -> Iterator[Problem]:
    about = {**series.by_scheme["brief"], **series.by_scheme["sector"], **OTHERS}
    if slug not in about:
        remedy = suggestion(slug, about, f"Name it after a brief, a sector sheet, or: {', '.join(OTHERS)}.")
        problem = Problem("question", f"{QUESTIONS}/{slug}.yml", None, f"“{slug}” is nothing that questions are asked about.", remedy)
        yield from following([problem], series.is_unread("brief", slug) or series.is_unread("sector", slug))


def _too_few(series: Series) -> Iterator[Problem]:
    """A problem for each brief and each sector sheet in force about which fewer questions are answered than readers ask.

    A series without a page of questions promises none.
    """
    if series.all_questions is None or any(key.startswith("q:") for key in series.unread):
        return
    for scheme, least in (("brief", FOR_BRIEF), ("sector", FOR_SECTOR)):
        for slug, item in series.by_scheme[scheme].items():
            many = len(series.questions.get(slug, ()))
            if item.in_force and many < least:
                there = f"{many} question{' about it is' if many == 1 else 's about it are'} answered" if many else "No question about it is answered"
                message = f"{there}; readers of {item.of_kind.one} have {least} or more."
                yield Problem("answered", item.path, None, message, f"Add them to {QUESTIONS}/{slug}.yml.")


class _Check:
    """What can be wrong with one question."""

    def __init__(
        self, series: Series, directory: Directory, trees: Mapping[str, HtmlElement], known: Mapping[str, object] | None, today: date,
        subject: Subject, question: Question,
    ) -> None:  # fmt: skip
        self._series, self._directory, self._trees, self._known, self._today = series, directory, trees, known, today
        self._subject, self._question = subject, question
        self._answer = E.DIV(*inline(question.answer))

    def _place(self, key: str) -> tuple[str, int | None]:
        return self._series.places[f"q:{self._question.id}.{key}"]

    def names(self) -> Iterator[Problem]:
        """Roles, sectors, references and sources that are not there, and an answer that names nothing."""
        series, question = self._series, self._question
        yield from self._unknown_names("who", "role", "for", question.who, series.roles.by_id)
        yield from self._unknown_names("sector", "sector sheet", "sector", question.sector, series.by_scheme["sector"])
        yield from unfit(self._answer, self._place("answer"))
        yield from leads_nowhere(self._answer, self._place("answer"), self._directory, self._known)
        if not self._references() and not self._cited():
            remedy = "Name the authority, brief, recommendation or source: [](law:id), [](brief:slug#place), [](rec:id), [@key, p. 4]."
            yield Problem("question", *self._place("answer"), "The answer names nothing that it rests on.", remedy)
        yield from self._passage()
        for href in dict.fromkeys([*self._references(), question.read]):
            yield from self._rests_on(href)

    def _unknown_names(self, key: str, what: str, scheme: str, given: Iterable[str], known: Mapping[str, object]) -> Iterator[Problem]:
        for name in given:
            if name not in known:
                remedy = suggestion(name, known, f"There are: {', '.join(known) or 'none yet'}.")
                problem = Problem("reference", *self._place(key), f"There is no {what} “{name}”.", remedy)
                yield from following([problem], self._series.is_unread(scheme, name))

    def _passage(self) -> Iterator[Problem]:
        read, place = self._question.read, self._place("read")
        scheme, colon, _ = read.partition(":")
        if not colon or scheme not in _READABLE:
            remedy = "Write a reference with the id of the passage: brief:slug#place, sector:slug#place, now:slug#place."
            yield Problem("reference", *place, f"“{read}” is no passage that carries an answer.", remedy)
        else:
            yield from wrong_reference(read, place, self._directory)

    def _rests_on(self, href: str) -> Iterator[Problem]:
        target = self._directory.find(href, "") if is_reference(href) else None
        owner = None if target is None or isinstance(target, Unknown) else target.owner
        if owner is None or not owner.mark or not self._subject.in_force or owner is self._subject.publication:
            return
        key = "read" if href == self._question.read else "answer"
        message = f"“{href}” leads to {owner.label}, which is {'a draft' if owner.draft else owner.mark}."
        yield Problem("retired", *self._place(key), message, "Name something that readers can rely on, or take the question out of lists with its subject.")

    def _references(self) -> list[str]:
        return [link.get("href", "") for link in self._answer.iter("a") if is_reference(link.get("href", ""))]

    def _cited(self) -> list[str]:
        return [node.get("data-cite", "") for node in with_class(self._answer, CITE)]

    def _evidence(self) -> list[str]:
        """What the answer itself names as evidence, and what the recommendations that it names rest on."""
        found = [*self._cited()]
        for href in self._references():
            recommendation = self._directory.recommendations.get(href.removeprefix("rec:"))
            found += [href.partition("#")[0]] if href.startswith(_EVIDENCE) else recommendation.evidence if recommendation else ()
        return found

    def _nearby(self) -> list[str]:
        """The evidence in the passages that the answer leads to."""
        found = []
        for href in (*self._references(), self._question.read):
            target = self._directory.find(href, "") if is_reference(href) else None
            if target is None or isinstance(target, Unknown) or target.owner is None:
                continue
            place, tree = target.url.partition("#")[2], self._trees.get(target.owner.path)
            node = None if tree is None else next((node for node in tree.iter() if isinstance(node.tag, str) and place and node.get("id") == place), tree)
            for part in () if node is None else below(node):
                found += [link.get("href", "") for link in part.iter("a") if link.get("href", "").startswith(_EVIDENCE)]
                found += [mark.get("data-cite", "") for mark in with_class(part, CITE)]
        return found

    def strength(self) -> Iterator[Problem]:
        """The rule of recommendations: what the law requires is named in the answer itself, all else at least in a passage that it leads to."""
        question = self._question
        evidence = self._evidence()
        if question.strength != "law-requires":
            evidence += self._nearby()
        missing = lack(question.strength, evidence, self._series)
        if missing:
            message = f"The answer to {question.id} says “{question.strength}”, but what it names has {missing[0]}."
            yield from following([Problem("question", *self._place("strength"), message, missing[1])], self._unknown(evidence))
        elif question.strength == "law-requires":
            for authority in second_hand(evidence, self._series):
                message = f"The answer to {question.id} rests on {authority.short} (law:{authority.id}), which controls and is known only second-hand."
                yield Problem("second-hand", *self._place("strength"), message, "Read its text and say so in its record, or lower the strength.")

    def _unknown(self, evidence: Iterable[str]) -> bool:
        broken = (self._directory.find(href, "") for href in self._references())
        return unknown_law(evidence, self._series) or any(isinstance(target, Unknown) for target in broken)

    def day(self) -> Iterator[Problem]:
        """An answer that is dated later than today, or before an authority that it names was last confirmed."""
        question = self._question
        said_on = f"The answer to {question.id} is of {long_date(question.as_of)}"
        if question.as_of > self._today:
            message = f"{said_on}, which is still to come on {long_date(self._today)}."
            yield Problem("answer-date", *self._place("as_of"), message, "Give the day on which it was checked.")
        for href in dict.fromkeys(self._references()):
            authority = self._series.authority.get(href.removeprefix("law:").partition("#")[0]) if href.startswith("law:") else None
            if authority is not None and authority.as_of > question.as_of:
                message = f"{said_on}; {authority.short} (law:{authority.id}) was confirmed on {long_date(authority.as_of)}."
                yield Problem("answer-date", *self._place("as_of"), message, "Check the answer against the record as it now stands, and set as_of to that day.")


def answered(subject: Subject, tree: HtmlElement, directory: Directory) -> Iterator[Answered]:
    """The questions of a subject as the finished page `tree` prints them."""
    entries_of = {entry.find("h2").get("id"): entry for entry in with_class(tree, "register--question")}
    for question in subject.questions:
        entry = entries_of.get(question.id)
        if entry is None:
            # An author has written this page, and leaves it out.
            continue
        words = _NO_GAP.sub("", " ".join(text_of(node) for node in entry.iterchildren("p") if node.get("class") != FACTS))
        target = directory.find(question.read, "")
        yield Answered(question, subject, question_place(subject.slug, question.id), words, "" if isinstance(target, Unknown) else target.url)
