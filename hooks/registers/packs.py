"""Course packs: whether a run sheet adds up and names what is there; and what the page of a pack prints of it.

Times are computed, never written: an exercise has the minutes that its module gives it, a slide the number that its deck gives it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hooks.blocks.inline import inline
from hooks.core.problems import Problem, suggestion
from hooks.core.tree import E, HtmlElement, append, element, text_of
from hooks.core.urls import relative_url
from hooks.linking.links import is_reference
from hooks.linking.model import Practice
from hooks.linking.targets import Directory, Unknown
from hooks.registers.pack_words import check_words, needs_counsel
from hooks.registers.register import Register
from hooks.series import packs
from hooks.series.addresses import POLICY_TEMPLATE, beside, card_pdf, handout_pdf, key_pdf, pack_zip, paper_pdf, sheets_pdf, slides_file
from hooks.series.model import ExercisePage, Publication, Series, Slides, composed_of, passage
from hooks.series.packs import HANDED, ITEMS, LONGEST, MOST_READING, RESTS, SIDES, TALK, TAUGHT, Item, Pack, PackFile, Session

_SCHEMES = ("workbook", "handout", "sheets", "key", "card", "slides", "paper", "policy-template")
_SUFFIXES = ("pdf", "docx", "pptx")


@dataclass(frozen=True)
class Slot:
    """An item at its time: `begins` and `ends` are minutes since midnight; `practice` is its exercise, `slides` the numbers of the first slide
    and the last."""

    item: Item
    begins: int
    ends: int
    practice: Practice | None = None
    slides: tuple[int, int] | None = None

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return self.ends - self.begins


@dataclass(frozen=True)
class PackPlace:
    """Where a file of a pack stands, relative to the site's root, and what it is called."""

    address: str
    title: str


def by_reference(practices: Iterable[Practice]) -> Mapping[str, Practice]:
    """The exercises as run sheets name them: `comments#ten-decisions` → the exercise."""
    return {f"{item.module.slug}#{item.id.removeprefix('exercise-')}": item for item in practices if item.kind == "exercise"}


def decks_of(series: Series) -> Mapping[str, Slides]:
    """Every set of slides by its slug: decks, and those of modules."""
    return {item.slug: item for item in series.slides}


def slots(session: Session, exercises: Mapping[str, Practice], deck: Slides | None) -> list[Slot]:
    """The items of a session at their times. What is not there, which is reported, takes no time and shows no slide."""
    found, now = [], session.begins
    numbers = deck.numbers if deck is not None else {}
    for item in session.items:
        practice = exercises.get(item.exercise)
        minutes = item.minutes or (practice.minutes if practice is not None else 0)
        shown = [numbers[id_].number for id_ in item.slides if id_ in numbers]
        found.append(Slot(item, now, now + minutes, practice, (shown[0], shown[-1]) if shown else None))
        now += minutes
    return found


def place_of(name: str, pack: Publication, series: Series) -> PackPlace | str:
    """Where the file that a pack calls `name` stands; or the remedy, where there is no such thing.

    A name is “scheme:slug”, with “.docx” or “.pptx” where it is not the PDF: `sheets:comments`, `slides:day.pptx`, `workbook.docx`,
    `now:comment-rule-tonight`. A `paper:` is a section of the pack's page, or one that its record puts together.
    """
    stem, dot, suffix = name.rpartition(".")
    if not dot or suffix not in _SUFFIXES:
        stem, suffix = name, "pdf"
    scheme, _, slug = stem.partition(":")
    word = " (Word)" if suffix == "docx" else ""
    if scheme == "workbook":
        book = next((item for item in series.publications if item.kind == "course-workbook"), None)
        return PackPlace(beside(book, suffix), f"Workbook{word}") if book is not None else "The series has no workbook."
    if scheme == "paper":
        papers = {section.id: section.says.removeprefix("the ").partition(",")[0].capitalize() for section in pack.of_kind.sections if section.alone}
        papers |= {id_: paper.title for id_, paper in composed_of(pack, series).items()}
        if slug not in papers:
            return suggestion(slug, papers, f"This pack has the papers {', '.join(papers)}.")
        return PackPlace(paper_pdf(pack, slug), papers[slug])
    if scheme == "policy-template":
        return PackPlace(POLICY_TEMPLATE, "Policy template (Word)")
    if scheme == "slides":
        decks = decks_of(series)
        if slug not in decks:
            return suggestion(slug, decks, f"There are the slides {', '.join(decks) or 'of none yet'}.")
        return PackPlace(slides_file(decks[slug], suffix), decks[slug].title + (" (PowerPoint)" if suffix == "pptx" else ""))
    if scheme == "card":
        brief = series.briefs.get(slug)
        return PackPlace(card_pdf(brief), f"Card of {brief.label}, {brief.front.title}") if brief else suggestion(slug, series.briefs, "Name a brief.")
    if scheme == "handout":
        module = series.modules.get(slug)
        return PackPlace(handout_pdf(module), f"Handout, {_named(module)}") if module is not None else suggestion(slug, series.modules, "Name a module.")
    if scheme == "sheets":
        sheets = {item.slug: item for item in series.with_exercises}
        return PackPlace(sheets_pdf(sheets[slug]), f"Sheets, {_named(sheets[slug])}") if slug in sheets else suggestion(slug, sheets, "Name a module.")
    if scheme == "key":
        keys = {key.slug: key for key in series.keys}
        return PackPlace(key_pdf(keys[slug]), f"Key, {_named(keys[slug].of)}") if slug in keys else suggestion(slug, keys, f"There are: {', '.join(keys)}.")
    if scheme in series.by_scheme:
        found = series.publication(scheme, slug)
        return PackPlace(beside(found, suffix), f"{found.label}, {found.front.title}{word}") if found else suggestion(slug, series.by_scheme[scheme])
    return suggestion(scheme, [*_SCHEMES, *series.by_scheme], f"Begin with one of: {', '.join(_SCHEMES)}, or a scheme of references such as now.")


def _named(item: Publication | ExercisePage) -> str:
    return f"{item.label}: {item.front.title}" if isinstance(item, Publication) else item.title


def pages_of(series: Series) -> Mapping[str, Publication]:
    """The pages of packs by slug."""
    return series.by_scheme["pack"]


def check_packs(series: Series, directory: Directory, practices: Sequence[Practice], minutes: Callable[[str], int]) -> list[Problem]:
    """What is wrong with the run sheets, each at its line. `minutes` says how long what a reference leads to takes to read."""
    found: list[Problem] = []
    exercises = by_reference(practices)
    for slug, pack in series.packs.items():
        page = pages_of(series).get(slug)
        if page is None:
            continue
        found += _files(pack, page, series)
        found += _in_order(pack)
        found += _papers(pack, page, series, directory)
        found += _on_paper(pack, exercises)
        found += check_words(pack)
        for index, session in enumerate(pack.record.sessions):
            found += _session(pack, index, session, series, exercises)
            found += _reading(pack, index, session, directory, minutes)
        found += _unseen(pack, series)
    return found


def _files(pack: Pack, page: Publication, series: Series) -> Iterator[Problem]:
    """Files that are not there, that an item hands out without their being listed, or that nobody is given."""
    names = [item.file for item in pack.record.files]
    for index, file in enumerate(pack.record.files):
        place = place_of(file.file, page, series)
        if isinstance(place, str):
            yield pack.problem(("files", index, "file"), f"There is no file “{file.file}”.", place)
    given = set()
    for s, session in enumerate(pack.record.sessions):
        for i, item in enumerate(session.items):
            for n, name in enumerate(item.hand_out):
                given.add(name)
                if name not in names:
                    remedy = suggestion(name, names, "List it under `files`, with the number of copies.")
                    yield pack.problem(("sessions", s, "items", i, "hand_out", n), f"“{name}” is handed out and is no file of this pack.", remedy)
    for index, file in enumerate(pack.record.files):
        if file.who in HANDED and file.file not in given:
            message = f"“{file.file}” is for {packs.FOR[file.who].lower()}, and no item hands it out."
            yield pack.problem(("files", index, "file"), message, "Name it under `hand_out` of an item, or say “who: beforehand”, “room” or “facilitator”.")


def _in_order(pack: Pack) -> Iterator[Problem]:
    """Papers that stand below one that is handed out later: a trainer lays them out in the order of the list."""
    when: dict[str, int] = {}
    for number, item in enumerate(item for session in pack.record.sessions for item in session.items):
        for name in item.hand_out:
            when.setdefault(name, number)
    latest = 0
    for index, file in enumerate(pack.record.files):
        if file.who not in HANDED or file.file not in when:
            continue
        if when[file.file] < latest:
            yield pack.problem(("files", index, "file"), f"“{file.file}” is handed out before the file above it.", "List papers in the order of the run sheet.")
        latest = max(latest, when[file.file])


def _papers(pack: Pack, page: Publication, series: Series, directory: Directory) -> Iterator[Problem]:
    """Papers that take the name of a section, or a passage that is not there. What a key holds is known when its file is made."""
    sections = {section.id for section in page.of_kind.sections if section.alone}
    for index, paper in enumerate(pack.record.papers):
        if paper.id in sections:
            yield pack.problem(("papers", index, "id"), f"“{paper.id}” is a paper of every pack.", "Give the paper another id.")
        for number, part in enumerate(paper.parts):
            at = ("papers", index, "parts", number)
            if "#" not in part:
                yield pack.problem(at, f"“{part}” names no passage.", "Write scheme:slug#id: module:comments#exercise-ten-decisions.")
                continue
            if part.startswith("key:"):
                if passage(part, series) is None:
                    yield pack.problem(at, f"There is no answer key for “{part}”.", f"There are: {', '.join(key.slug for key in series.keys)}.")
                continue
            target = directory.find(part, "") if is_reference(part) else Unknown("reference", f"“{part}” is no reference.", "Write scheme:slug#id.")
            if isinstance(target, Unknown):
                yield pack.problem(at, target.message, target.remedy, target.rule, target.follows)


def _on_paper(pack: Pack, exercises: Mapping[str, Practice]) -> Iterator[Problem]:
    """Exercises of the run sheet and of the time at home for which people have no paper by then."""
    composed = {f"paper:{paper.id}": {part.partition(":")[2] for part in paper.parts} for paper in pack.record.papers}
    given: set[str] = set()
    held: set[str] = set()
    for s, session in enumerate(pack.record.sessions):
        for i, item in enumerate(session.items):
            given |= {"workbook" if name.partition(".")[0] == "workbook" else name for name in item.hand_out}
            held = held.union(*(composed.get(name, set()) for name in item.hand_out))
            yield from _lacking(pack, ("sessions", s, "items", i, "exercise"), exercises.get(item.exercise), given, held)
        for number, name in enumerate(session.home):
            yield from _lacking(pack, ("sessions", s, "home", number), exercises.get(name), given, held)


def _lacking(pack: Pack, at: tuple[Any, ...], practice: Practice | None, given: set[str], held: set[str]) -> Iterator[Problem]:
    """What an exercise needs and no paper shows: itself, what it works on, and the tables of other pages that it names. `given` are the files that
    were handed out by then, `held` the passages on papers that the pack puts together."""
    if practice is None:
        return
    module = practice.module.slug
    needed = {table.replace("/", "#") for table in _TABLE.findall(practice.html) if not table.startswith(f"{module}/")}
    if not given & {"workbook", f"sheets:{module}"}:
        needed |= {f"{module}#{practice.id}", *(place.replace("/", "#") for place, _, _ in practice.material)}
    for name in sorted(needed - held):
        message = f"{practice.label} needs “{name}”, which is on no paper that was handed out by then."
        yield pack.problem(at, message, "Put it among the parts of a paper, and name that under `hand_out` of this item or one before.")


_TABLE = re.compile(r'href="table:([a-z0-9-]+/[a-z0-9-]+)"')


def _session(pack: Pack, index: int, session: Session, series: Series, exercises: Mapping[str, Practice]) -> Iterator[Problem]:
    at: tuple[Any, ...] = ("sessions", index)
    decks = decks_of(series)
    deck = decks.get(session.deck)
    if deck is None:
        yield pack.problem((*at, "deck"), f"There are no slides “{session.deck}”.", suggestion(session.deck, decks, f"There are: {', '.join(decks)}."))
    whole, last = True, 0
    for number, item in enumerate(session.items):
        here = (*at, "items", number)
        if item.exercise:
            practice = exercises.get(item.exercise)
            if practice is None:
                whole = False
                yield _no_exercise(pack, (*here, "exercise"), item.exercise, exercises)
            elif item.minutes is not None and item.minutes < practice.minutes:
                message = f"{practice.label} has {item.minutes} minutes here, and {practice.minutes} in its module."
                yield pack.problem((*here, "minutes"), message, f"Give it {practice.minutes}, or choose a shorter one.")
        for n, id_ in enumerate(item.slides if deck is not None else ()):
            place = deck.numbers.get(id_) if deck is not None else None
            if place is None and deck is not None:
                some = f"It has: {', '.join(deck.numbers)}."
                yield pack.problem((*here, "slides", n), f"The slides “{session.deck}” have no slide “{id_}”.", suggestion(id_, deck.numbers, some))
            elif place is not None and place.number < last:
                yield pack.problem((*here, "slides", n), f"The slide “{id_}” stands before one that was shown already.", "Put items and slides in one order.")
            last = max(last, place.number if place is not None else 0)
        for n, step in enumerate(item.steps):
            yield from _step_slide(pack, (*here, "steps", n, "slide"), step.slide, item, deck)
    for number, name in enumerate(session.home):
        if name not in exercises:
            yield _no_exercise(pack, (*at, "home", number), name, exercises)
    if whole:
        yield from _adds_up(pack, at, slots(session, exercises, deck), session)


def _step_slide(pack: Pack, at: tuple[Any, ...], id_: str, item: Item, deck: Slides | None) -> Iterator[Problem]:
    """A step of a talk that names a slide which the talk does not show."""
    ends = [deck.numbers[name].number for name in item.slides if name in deck.numbers] if deck is not None else []
    if not id_ or deck is None or not ends:
        return
    shown = [place.id for place in deck.places if ends[0] <= place.number <= ends[-1]]
    if id_ not in shown:
        yield pack.problem(at, f"This talk does not show the slide “{id_}”.", suggestion(id_, shown, f"It shows: {', '.join(shown)}."))


def _no_exercise(pack: Pack, at: tuple[Any, ...], name: str, exercises: Mapping[str, Practice]) -> Problem:
    return pack.problem(at, f"There is no exercise “{name}”.", suggestion(name, exercises, "Write module#exercise: comments#ten-decisions."))


def _adds_up(pack: Pack, at: tuple[Any, ...], timed: list[Slot], session: Session) -> Iterator[Problem]:
    """Whether a session is as long as it says, and lets people rest."""
    total = sum(slot.minutes for slot in timed)
    if session.length is not None and total != session.length:
        message = f"The items of “{session.title}” add up to {total} minutes, and it has {session.length}."
        yield pack.problem((*at, "length"), message, f"{'Shorten' if total > session.length else 'Lengthen'} them by {abs(total - session.length)}.")
    spent = 0
    for number, slot in enumerate(timed):
        before, spent = spent, 0 if slot.item.kind in RESTS else spent + slot.minutes
        if before <= LONGEST < spent:
            message = f"By {clock(slot.ends)} people have sat for {spent} minutes without a break."
            yield pack.problem((*at, "items", number), message, f"Put a break before it: {LONGEST} minutes are the most.")


def _reading(pack: Pack, index: int, session: Session, directory: Directory, minutes: Callable[[str], int]) -> Iterator[Problem]:
    total = 0
    for number, href in enumerate(session.reading):
        at = ("sessions", index, "reading", number)
        target = directory.find(href, "") if is_reference(href) else Unknown("reference", f"“{href}” is no reference.", "Write brief:slug#section.")
        if isinstance(target, Unknown):
            yield pack.problem(at, target.message, target.remedy, target.rule, target.follows)
        elif not minutes(href):
            yield pack.problem(at, f"“{href}” is nothing that can be read through.", "Name a section of a brief, a module or a sheet.")
        else:
            total += minutes(href)
    if total > MOST_READING:
        message = f"The reading before “{session.title}” takes {total} minutes; at most {MOST_READING} are read."
        yield pack.problem(("sessions", index, "reading"), message, "Take a reference out, or name a shorter section.")


def _unseen(pack: Pack, series: Series) -> Iterator[Problem]:
    """Slides of a deck of its own that no item shows; a module's are for its own class, of which a pack takes a part."""
    sessions = pack.record.sessions
    for slug in dict.fromkeys(session.deck for session in sessions):
        deck = series.decks.get(slug)
        if deck is None:
            continue
        shown: set[int] = set()
        for item in (item for session in sessions if session.deck == slug for item in session.items):
            numbers = [deck.numbers[id_].number for id_ in item.slides if id_ in deck.numbers]
            shown |= set(range(numbers[0], numbers[-1] + 1)) if numbers else set()
        unseen = [f"“{place.id}”" for place in deck.places if place.number not in shown]
        if unseen:
            at = ("sessions", [session.deck for session in sessions].index(slug), "deck")
            yield pack.problem(at, f"No item shows these slides of “{slug}”: {', '.join(unseen)}.", "Name them at an item, or take them out.")


def clock(minutes: int) -> str:
    """A time of day as run sheets print it: “8:45”, “1:20”."""
    return f"{(minutes // 60 - 1) % 12 + 1}:{minutes % 60:02}"


def clock_of_day(minutes: int) -> str:
    """The same with the half of the day: “8:45 a.m.”."""
    return f"{clock(minutes)} {'a.m.' if minutes < 12 * 60 else 'p.m.'}"


def _spoken(minutes: int) -> str:
    """“4 hours 35 minutes”."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} hour{'' if hours == 1 else 's'}"] if hours else []
    return " ".join([*parts, *([f"{rest} minute{'' if rest == 1 else 's'}"] if rest or not hours else [])])


ENTRIES = ("run", "talks", "reading", "print", "files", "attended")
"""The listings of a pack, each named with its slug behind: `/// listing | run/day`."""


def entry(kind: str, pack: Pack, register: Register) -> HtmlElement:
    """The listing `kind` of a pack."""
    made: Mapping[str, Callable[[Pack, Register], HtmlElement]] = {
        "run": _run, "talks": _talks, "reading": _read_before, "print": _to_print, "files": _whole, "attended": _attended,
    }  # fmt: skip
    return made[kind](pack, register)


def _timed(pack: Pack, register: Register) -> Iterator[tuple[Session, list[Slot]]]:
    exercises, decks = by_reference(register.practices), decks_of(register.series)
    for session in pack.record.sessions:
        yield session, slots(session, exercises, decks.get(session.deck))


def _heads(pack: Pack, session: Session) -> list[HtmlElement]:
    """The heading of a session, where a pack has several."""
    return [element("h3", "", session.title, id_=f"session-{session.id}")] if len(pack.record.sessions) > 1 else []


def _run(pack: Pack, register: Register) -> HtmlElement:
    """The run sheet of each session: when, what, which slides, what is given out and taken in."""
    root = element("div", "register register--run")
    page, exercises = pages_of(register.series)[pack.slug], by_reference(register.practices)
    titles = _titles(pack, page, register.series)
    for session, timed in _timed(pack, register):
        root.extend(_heads(pack, session))
        ends = timed[-1].ends
        facts = E.P(f"{clock_of_day(session.begins)} to {clock_of_day(ends)}, {_spoken(ends - session.begins)}.")
        append(facts, f" At its end you hold {session.product[0].lower()}{session.product[1:].rstrip('.')}." if session.product else "")
        root.append(facts)
        hours = [f"{clock(slot.begins)} to {clock(slot.ends)}" for slot in timed if needs_counsel(slot.item)]
        root.extend([E.P(element("strong", "", "Counsel: "), f"{', '.join(hours)}.")] if hours else [])
        table = E.TABLE(E.THEAD(E.TR(*(element("th", "", name, scope="col") for name in ("Time", "What happens", "Slides", "Out and in")))))
        table.append(E.TBODY(*(_row(slot, titles) for slot in timed)))
        root.append(table)
        by_kind = {label: sum(slot.minutes for slot in timed if slot.item.kind in kinds) for label, kinds in _SUMS.items()}
        sums = ", ".join(f"{label}: {minutes}" for label, minutes in by_kind.items() if minutes)
        root.append(E.P(f"{sums[:1].upper()}{sums[1:]} minutes."))
        own = [exercises[name] for name in session.home if name in exercises]
        if own:
            home = E.P(element("strong", "", "At home before the next session: " if session is not pack.record.sessions[-1] else "At home afterward: "))
            for index, item in enumerate(own):
                append(home, "; " if index else "")
                append(home, _exercise_link(item))
                append(home, f", {item.minutes} minutes")
            append(home, ".")
            root.append(home)
    return root


_SUMS = {"exercises": (packs.EXERCISE, packs.PRACTICE), "votes": (packs.VOTE,), "talks": (TALK,), "rest": RESTS}


def _titles(pack: Pack, page: Publication, series: Series) -> Mapping[str, PackPlace]:
    places = {item.file: place_of(item.file, page, series) for item in pack.record.files}
    return {name: place for name, place in places.items() if isinstance(place, PackPlace)}


def _exercise_link(item: Practice) -> HtmlElement:
    return element("a", "", f"{item.label}, {item.title}", href=f"module:{item.module.slug}#{item.id}")


def _row(slot: Slot, titles: Mapping[str, PackPlace]) -> HtmlElement:
    item = slot.item
    time = element("th", "", f"{clock(slot.begins)} ({slot.minutes} min.)", scope="row")
    head = E.P(_exercise_link(slot.practice) if slot.practice is not None else element("strong", "", ITEMS[item.kind]), ". ")
    if item.who:
        append(head, f"{item.who}: ")
    what = element("td", "", _onto(head, item.what))
    if item.behind:
        what.append(_onto(E.P(element("em", "", "If behind: ")), item.behind))
    given = element("td")
    if item.hand_out:
        names = "; ".join(titles[name].title for name in item.hand_out if name in titles)
        given.append(E.P(element("strong", "", "Out: "), f"{names}."))
    if item.hand_in:
        given.append(_onto(E.P(element("strong", "", "In: ")), item.hand_in))
    return E.TR(time, what, E.TD(_numbers(slot.slides)), given)


def _numbers(slides: tuple[int, int] | None) -> str:
    if slides is None:
        return ""
    return str(slides[0]) if slides[0] == slides[1] else f"{slides[0]} to {slides[1]}"


def _onto(node: HtmlElement, text: str) -> HtmlElement:
    """`node` with the words of the record's Markdown `text` behind what it holds."""
    for paragraph in inline(text):
        append(node, paragraph.text or "")
        for child in list(paragraph):
            node.append(child)
    return node


def _talks(pack: Pack, register: Register) -> HtmlElement:
    """What to say in each talk: its time and slides, three points, and the passage that they are drawn from."""
    root = element("div", "register register--talks")
    several = len(pack.record.sessions) > 1
    for session, timed in _timed(pack, register):
        root.extend([element("h3", "", session.title, id_=f"talks-{session.id}")] if several else [])
        for number, slot in enumerate((slot for slot in timed if slot.item.kind == TALK), 1):
            item = slot.item
            shown = _numbers(slot.slides)
            head = f"{clock(slot.begins)}, {slot.minutes} minutes" + (f", slide{'s' if ' ' in shown else ''} {shown}" if shown else "") + ": "
            title = _onto(element("span"), item.what)
            root.append(element("h4" if several else "h3", "", head + text_of(title).rstrip("."), id_=f"talk-{session.id}-{number}"))
            root.append(element("ol", "", *(_onto(E.LI(), point) for point in item.say)))
            if item.steps:
                root.append(_steps(item, decks_of(register.series).get(session.deck)))
            if item.lesson:
                root.append(E.P("From ", element("a", "", href=item.lesson, data_record=""), "."))
    return root


def _steps(item: Item, deck: Slides | None) -> HtmlElement:
    """How the minutes of a talk are spent, with what the room is asked and the answer that one expects."""
    numbers = deck.numbers if deck is not None else {}
    table = E.TABLE(E.THEAD(E.TR(*(element("th", "", name, scope="col") for name in ("Minutes", "Slide", "What you do", "Ask the room, and expect")))))
    body = E.TBODY()
    for step in item.steps:
        asked = element("td")
        if step.ask:
            asked.append(_onto(E.P(element("strong", "", "Ask: ")), step.ask))
            asked.append(_onto(E.P(element("em", "", "Expect: ")), step.expect))
        shown = str(numbers[step.slide].number) if step.slide in numbers else ""
        body.append(E.TR(element("th", "", str(step.minutes), scope="row"), E.TD(shown), _onto(element("td"), step.do), asked))
    table.append(body)
    return table


def _read_before(pack: Pack, register: Register) -> HtmlElement:
    """What is read before each session, with minutes, and their sum."""
    root = element("div", "register register--reading")
    for session in pack.record.sessions:
        if not session.reading:
            continue
        several = len(pack.record.sessions) > 1
        total = sum(register.minutes(href) for href in session.reading)
        lead = f"Before “{session.title}”, {_spoken(total)}:" if several else f"{_spoken(total).capitalize()} in all, in this order:"
        root.append(E.P(element("strong", "", lead)))
        items = element("ol")
        for href in session.reading:
            items.append(element("li", "", element("a", "", href=href, data_record=""), f", {_spoken(register.minutes(href))}"))
        root.append(items)
    return root


def _to_print(pack: Pack, register: Register) -> HtmlElement:
    """Each file with its copies and sides, and whom it is for."""
    page = pages_of(register.series)[pack.slug]
    titles = _titles(pack, page, register.series)
    table = E.TABLE(E.THEAD(E.TR(*(element("th", "", name, scope="col") for name in ("File", "Copies", "Sides", "For, and when it is given out")))))
    times = handed_out(pack, by_reference(register.practices))
    rows = (_printed(item, titles[item.file], page, times.get(item.file, ())) for item in pack.record.files if item.file in titles)
    table.append(E.TBODY(*rows))
    return element("div", "register register--print", table)


def handed_out(pack: Pack, exercises: Mapping[str, Practice]) -> Mapping[str, Sequence[str]]:
    """When each file is handed out: its name in the record → “10:40”, or of several sessions “week 3, 10:05”."""
    several = len(pack.record.sessions) > 1
    found: dict[str, list[str]] = {}
    for session in pack.record.sessions:
        where = f"{session.title.partition(':')[0].lower()}, " if several else ""
        for slot in slots(session, exercises, None):
            for name in slot.item.hand_out:
                found.setdefault(name, []).append(f"{where}{clock(slot.begins)}")
    return found


def _printed(item: PackFile, place: PackPlace, page: Publication, times: Sequence[str]) -> HtmlElement:
    name = element("th", "", element("a", "", place.title, href=relative_url(place.address, page.url)), scope="row")
    return E.TR(name, E.TD(item.copies), E.TD(SIDES[item.sides]), E.TD("; ".join([packs.FOR[item.who], *times])))


def _whole(pack: Pack, register: Register) -> HtmlElement:
    """The pack as files: everything in one, the page as PDF, its letters and papers in Word."""
    page = pages_of(register.series)[pack.slug]
    links = ((pack_zip(page), "Everything in one file"), (beside(page, "pdf"), "This page as PDF"), (beside(page, "docx"), "Letters and papers in Word"))
    return element("ul", "edition-links web-only", *(E.LI(element("a", "", label, href=relative_url(path, page.url))) for path, label in links))


def _attended(pack: Pack, register: Register) -> HtmlElement:
    """Hours and topics, for the certificate: what was taught, and nothing else."""
    timed = [slot for _, slots_ in _timed(pack, register) for slot in slots_]
    taught = sum(slot.minutes for slot in timed if slot.item.kind in TAUGHT)
    practiced = dict.fromkeys(slot.practice.module.front.title for slot in timed if slot.practice is not None)
    talks = dict.fromkeys(slot.item.what.rstrip(".") for slot in timed if slot.item.kind == TALK)
    topics = practiced or talks
    return element("div", "register", E.P(element("strong", "", _spoken(taught)), f" of talks and exercises. Topics: {'; '.join(topics)}."))
