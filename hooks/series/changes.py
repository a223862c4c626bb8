"""What changed and when, from every record that states a date; and the feeds that tell of it, by subject.

No day is read from a clock. A change is of the day that its source states: an edition, a correction, a case study, a change in the
law, a date that the law sets, or the day on which law, answers or a platform were last held against their sources. Left out are
what is older than the first publication, since nobody followed the series then; what states no full day; and what is still to
come, until its day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from hooks.core.problems import Problem
from hooks.core.tree import long_date
from hooks.series import vocabulary as words
from hooks.series.addresses import (
    CASE_STUDIES,
    CORRECTIONS,
    CORRECTIONS_FEED,
    FEED,
    LAW,
    PLATFORM_FACTS,
    FeedAddress,
    law_page,
    permanent,
    publication_feed,
    questions_page,
    subject_feed,
)
from hooks.series.duties import duties, mark_of
from hooks.series.model import Case, Publication, Series, Subject
from hooks.series.records import Authority, PlatformFact
from hooks.series.sources import CASES
from hooks.series.sources import CORRECTIONS as CORRECTIONS_PAGE
from hooks.series.sources import LAW as LAW_FILES


@dataclass(frozen=True)
class Change:
    """One change. `id` is permanent, `url` leads a reader to it; both are relative to the site's root.

    `kind` is a key of `vocabulary.CHANGES`, `what` plain text. `about` names what changed: the id of a publication, `law:<id>`,
    `case:<id>`, `platform:<id>`. `topics` are policy elements and themes.
    """

    id: str
    day: date
    kind: str
    title: str
    what: str
    url: str
    about: tuple[str, ...]
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class Channel:
    """One feed that can be followed: where it is, what it is called and about, and the page it belongs to (relative to the site's root).

    `publication`, `topic` and `kinds` say which changes it tells; with none of them it tells all.
    """

    address: FeedAddress
    title: str
    about: str
    home: str
    publication: Publication | None = None
    topic: str = ""
    kinds: tuple[str, ...] = ()


def changes(series: Series, today: date) -> tuple[Change, ...]:
    """Every change up to `today`, newest first; of one day in the order of the kinds, then of the series."""
    start = min((item.front.published for item in series.items), default=date.min)
    order = list(words.CHANGES)
    found = [change for change in _all(series) if start <= change.day <= today]
    # Sorting keeps the order of the series among those of one day and kind.
    return tuple(sorted(found, key=lambda change: (-change.day.toordinal(), order.index(change.kind))))


WHOLE = Channel(FEED, "new and changed", "Every change: publications, corrections, case studies, law, answers and platforms.", "")
ERRATA = Channel(CORRECTIONS_FEED, "corrections", "Every correction, with its date and place.", CORRECTIONS, kinds=("correction",))
OF_LAW = Channel(
    subject_feed("law"), "law", "Changes in the law, dates that it sets, and when each entry was last checked.", LAW, kinds=("law", "law-checked"),
)  # fmt: skip
OF_CASES = Channel(subject_feed("cases"), "case studies", "New and revised case studies.", CASE_STUDIES, kinds=("case",))


_CHANGED = tuple(kind for kind in words.CHANGES if kind not in words.ROUTINE)
CHANGED = Channel(
    subject_feed("changed"), "changes, without checks", "What changed; not what was only held against its source again.", "", kinds=_CHANGED,
)  # fmt: skip


def of_topic(slug: str) -> Channel:
    """The feed on a policy element or theme."""
    label = words.TOPICS[slug]
    return Channel(subject_feed(slug), label[0].lower() + label[1:], f"Every change that bears on the subject “{label}”.", "", topic=slug)


def changed_of_topic(slug: str) -> Channel:
    """The same without what was only held against its source again."""
    label = words.TOPICS[slug]
    title, about = f"{label[0].lower()}{label[1:]}, without checks", f"What changed that bears on the subject “{label}”, without checks."
    return Channel(subject_feed(f"{slug}-changed"), title, about, "", topic=slug, kinds=_CHANGED)


def of_publication(item: Publication) -> Channel:
    """The feed of a publication."""
    about = "Its editions and corrections, the law, cases and platform facts that it names, and answers on its subject."
    return Channel(publication_feed(item.id), f"{item.label}, {item.front.title}", about, item.url, publication=item)


def channels(series: Series) -> tuple[Channel, ...]:
    """Every feed of the series, the whole first; none of a draft."""
    topics = [make(slug) for slug in words.TOPICS for make in (of_topic, changed_of_topic)]
    return (WHOLE, CHANGED, ERRATA, OF_LAW, OF_CASES, *topics, *(of_publication(item) for item in series.publications if not item.draft))


def followed(series: Series, path: str) -> tuple[Channel, ...]:
    """The feeds that the page of the source `path` points to: its own first, the whole last."""
    owner, subject = series.by_path.get(path), series.subject_by_path.get(path)
    item = owner if isinstance(owner, Publication) else subject.publication if subject else None
    own = [of_publication(item)] if item is not None and not item.draft else []
    own += [OF_CASES] if isinstance(owner, Case) or path == f"{CASES}/index.md" else []
    own += [OF_LAW] if path in series.authority_by_path or path.startswith(f"{LAW_FILES}/") else []
    own += [ERRATA] if path == CORRECTIONS_PAGE else []
    return (*own, WHOLE)


def check_changes(series: Series, today: date) -> list[Problem]:
    """A note on each record that states a change of a day after `today`: no feed has it until that day."""
    stated: list[tuple[str, date]] = []
    for item in series.publications:
        stated += [(f"{item.path}.changes", line.date) for line in item.front.changes]
        stated += [(f"{item.path}.errata", erratum.date) for erratum in item.front.errata]
    for case in series.cases:
        stated += [(f"{case.path}.published", case.front.published)]
        stated += [(f"{case.path}.revised", case.front.revised)] if case.front.revised else []
    for authority in series.authorities:
        stated += [(f"law:{authority.id}.as_of", authority.as_of), *((f"law:{authority.id}.changes", line.date) for line in authority.changes)]
    problems = []
    for key, day in stated:
        if day > today:
            message = f"A change is of {long_date(day)}, which is still to come on {long_date(today)}."
            remedy = "Feeds and the page of changes tell it from that day on; if it is wrong, correct it."
            problems.append(Problem("change-date", *series.places[key], message, remedy))
    return problems


def _all(series: Series) -> Iterator[Change]:
    for publication in series.publications:
        if not publication.draft:
            yield from _of_publication(publication)
    for case in series.cases:
        yield from _of_case(case)
    for authority in series.authorities:
        yield from _of_authority(authority)
    yield from _of_dates(series.authorities)
    for subject in series.subjects.values():
        if subject.in_force:
            yield from _of_answers(subject)
    for fact in series.platforms:
        yield from _of_platform(fact, series)


def _of_publication(item: Publication) -> Iterator[Change]:
    front, own = item.front, permanent(item.id)
    about, topics, name = (item.id,), tuple(front.topics), f"{item.label}, {item.full_title}"
    before = 0
    for count, line in enumerate(reversed(front.changes), 1):
        what = "new" if count == 1 else f"edition {line.edition}" if line.edition > before else f"changed within edition {line.edition}"
        before = line.edition
        title = f"{name} ({'; '.join(filter(None, (what, item.mark)))})"
        said = front.summary if count == 1 else line.note
        yield Change(f"{own}#change-{count}", line.date, "new" if count == 1 else "edition", title, said, item.url, about, topics)
    mark = f" ({item.mark})" if item.mark else ""
    for erratum in front.errata:
        title, place = f"Correction to {name}{mark}", f"{item.url}#{erratum.id}"
        yield Change(f"{own}#{erratum.id}", erratum.date, "correction", title, erratum.note, place, about, topics)


def _of_case(case: Case) -> Iterator[Change]:
    front, own = case.front, permanent(case.id)
    about, topics = (f"case:{case.id}",), tuple(front.topics)
    mark = "" if front.status == "current" else f"; {front.status}"
    yield Change(f"{own}#new", front.published, "case", f"Case study: {front.title} (new{mark})", front.summary, case.url, about, topics)
    if front.revised and front.revised > front.published:
        title = f"Case study: {front.title} (revised{mark})"
        yield Change(f"{own}#revised-{front.revised}", front.revised, "case", title, front.summary, case.url, about, topics)


def _of_authority(item: Authority) -> Iterator[Change]:
    own, about, topics = law_page(item.id), (f"law:{item.id}",), tuple(item.topics)
    for count, line in enumerate(reversed(item.changes), 1):
        yield Change(f"{own}#change-{count}", line.date, "law", f"Law register: {item.short}", line.note, own, about, topics)
    if item.effective and item.effective not in [other.date for other in item.dates]:
        yield Change(f"{own}#effective-{item.effective}", item.effective, "law", item.short, "In effect from this day on.", own, about, topics)
    said = f"{words.AUTHORITY_STATUSES[item.status]}. {words.AUTHORITY_READINGS[item.read]}."
    yield Change(f"{own}#as-of-{item.as_of}", item.as_of, "law-checked", item.short, said, own, about, topics)


def _of_dates(authorities: Iterable[Authority]) -> Iterator[Change]:
    """A day that the law sets, once however many authorities state it."""
    for duty in duties(authorities):
        item, first = duty.item, duty.authority
        doubt = "" if duty.certain else "This date is not certain."
        said = " ".join(filter(None, (f"{item.what.rstrip('.')}.", f"Who: {item.who.rstrip('.')}." if item.who else "", doubt, item.note)))
        topics = tuple(slug for slug in words.TOPICS if any(slug in authority.topics for authority in duty.authorities))
        about = tuple(f"law:{authority.id}" for authority in duty.authorities)
        own = law_page(first.id)
        yield Change(f"{own}#on-{item.date}-{mark_of(item)}", item.date, "law", f"{first.short}: a date in the law", said, own, about, topics)


def _of_answers(subject: Subject) -> Iterator[Change]:
    """The answers on a subject that were checked on one day, as one change of their page."""
    own, publication = questions_page(subject.slug), subject.publication
    about = (publication.id,) if publication else (f"questions:{subject.slug}",)
    topics = tuple(publication.front.topics) if publication else ()
    for day in sorted({question.as_of for question in subject.questions}):
        asked = [question.question for question in subject.questions if question.as_of == day]
        said = f"{len(asked)} answer{'s' if len(asked) > 1 else ''} held against what {'they name' if len(asked) > 1 else 'it names'}: {' '.join(asked)}"
        yield Change(f"{own}#as-of-{day}", day, "answers", f"Questions: {subject.title}", said, own, about, topics)


def _of_platform(fact: PlatformFact, series: Series) -> Iterator[Change]:
    if len(fact.as_of) < len("2026-11-01"):
        return
    title = f"{fact.platform}, {fact.about[0].lower()}{fact.about[1:]}" if fact.about else fact.platform
    place = f"{PLATFORM_FACTS}#{fact.id}"
    day = date.fromisoformat(fact.as_of)
    yield Change(f"{place}-{day}", day, "platform", title, _plain(fact.fact, series), place, (f"platform:{fact.id}",), ("platform-change",))


_LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]*)\)(?:\{[^}]*\})?")
_CITED = re.compile(r"\s*\[[^\[\]]*@[^\[\]]*\]")
_EMPHASIS = re.compile(r"(?<!\w)([*_]{1,2})(?=\S)(.+?)(?<=\S)\1(?!\w)")


def _plain(text: str, series: Series) -> str:
    """The Markdown `text` of a record in plain words: a reference that has none of its own prints what it leads to, as on a page. Caveat
    marks stay; citations go, for a feed has no list of sources."""

    def named(found: re.Match[str]) -> str:
        scheme, _, name = found[2].partition("#")[0].partition(":")
        if found[1]:
            return found[1]
        if scheme == "law" and name in series.authority:
            return series.authority[name].short
        if scheme == "case" and name in series.case:
            return series.case[name].front.title
        item = series.publication(scheme, name) if scheme in series.by_scheme else None
        return item.label if item is not None else name
    return " ".join(_EMPHASIS.sub(r"\2", _LINK.sub(named, _CITED.sub("", text))).split())
