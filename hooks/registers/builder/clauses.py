"""The clauses of the series as the policy builder takes them: in the order of the policy, taken apart into blocks of runs, their blanks found as fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin

from hooks.core.problems import Problem
from hooks.core.tree import HtmlElement, fragment
from hooks.linking.model import Clause, Letter
from hooks.series import vocabulary as words
from hooks.series.load_policy_builder import Builder
from hooks.series.policy_builder import FORM, FULL, RULE, SHORT, Added, Blank, Paper, Part, Placed, PolicyBuilder, Role, When, as_printed, same_words

_MARKS = {"em": "em", "strong": "strong", "i": "em", "b": "strong"}
_LISTS = ("ul", "ol")
_MARK = "erratum"
"""The class of what a correction says of the passage in which it stands."""


@dataclass(frozen=True)
class Run:
    """Words (`blank` false), or what stands in the brackets of a blank. `part` is the index of its conditional passage, -1 for none."""

    text: str
    blank: bool = False
    mark: str = ""
    href: str = ""
    part: int = -1


@dataclass
class Block:
    """A paragraph or list item. `list` is "", "ul" or "ol"; `level` counts lists around it from 0; `number` is that of an ordered item."""

    runs: list[Run] = field(default_factory=list)
    list: str = ""
    level: int = 0
    number: int = 0


class UnknownElement(ValueError):
    """A clause holds an element that a policy cannot have, such as a table."""


def blocks_of(text: HtmlElement, base: str) -> list[Block]:
    """The blocks of a resolved `.clause__text`; links are made absolute against `base`. Raises UnknownElement."""
    return [block for block in _blocks(text, base, 0) if block.runs]


def _blocks(parent: HtmlElement, base: str, level: int) -> Iterator[Block]:
    for node in parent:
        if node.tag == "p":
            yield Block(_folded(_runs(node, base)))
        elif node.tag in _LISTS:
            yield from _items(node, base, level)
        else:
            raise UnknownElement(node.tag)


def _items(node: HtmlElement, base: str, level: int) -> Iterator[Block]:
    number = int(node.get("start", "1"))
    for item in node:
        own = Block(list=node.tag, level=level, number=number if node.tag == "ol" else 0)
        inner = [child for child in item if child.tag in (*_LISTS, "p")]
        if not inner or inner[0].tag != "p":
            own.runs = _folded(_runs(item, base, stop=_LISTS))
        yield own
        for child in inner:
            if child.tag == "p":
                if not own.runs:
                    own.runs = _folded(_runs(child, base))
                else:
                    yield Block(_folded(_runs(child, base)))
            else:
                yield from _items(child, base, level + 1)
        number += 1


def _runs(node: HtmlElement, base: str, mark: str = "", href: str = "", stop: tuple[str, ...] = ()) -> Iterator[Run]:
    if node.text:
        yield Run(node.text, mark=mark, href=href)
    for child in node:
        classes = (child.get("class") or "").split()
        if _MARK in classes:
            pass  # What was corrected is said in the brief, and is no rule.
        elif "blank" in classes:
            yield Run(child.text_content()[1:-1], blank=True, mark=mark)
        elif child.tag in _MARKS:
            yield from _runs(child, base, _MARKS[child.tag], href)
        elif child.tag == "a":
            yield from _runs(child, base, mark, urljoin(base, child.get("href", "")))
        elif child.tag == "br":
            yield Run(" ", mark=mark)
        elif child.tag not in stop:
            yield from _runs(child, base, mark, href)
        if child.tail:
            yield Run(child.tail, mark=mark, href=href)


def _folded(runs: Iterable[Run]) -> list[Run]:
    """White space folded, as a browser shows it, also across runs."""
    out: list[Run] = []
    space = True
    for run in runs:
        text = "".join(" " if sign in " \t\r\n" else sign for sign in run.text)
        while "  " in text:
            text = text.replace("  ", " ")
        if space and not run.blank:
            text = text.removeprefix(" ")
        if text:
            out.append(Run(text, run.blank, run.mark, run.href))
            space = not run.blank and text.endswith(" ")
    if out and not out[-1].blank:
        last = out[-1]
        out[-1] = Run(last.text.rstrip(" "), last.blank, last.mark, last.href)
    return [run for run in out if run.text]


def plain(block: Block) -> str:
    """The text of a block with its brackets."""
    return "".join(f"[{run.text}]" if run.blank else run.text for run in block.runs)


def mark_part(blocks: list[Block], text: str, part: int) -> bool:
    """Give the runs of the passage `text` the index `part`. False if no block holds it once, whole, and between blanks."""
    wanted = as_printed(text)
    for block in blocks:
        start = plain(block).find(wanted)
        if start < 0 or plain(block).count(wanted) > 1:
            continue
        cut = _cut(block.runs, start, start + len(wanted), part)
        if cut is None:
            return False
        block.runs = cut
        return True
    return False


def add_words(blocks: list[Block], added: Added, part: int) -> bool:
    """Put what a sector's sheet adds into a text, as the passage `part`. False if what it is to follow does not stand there once."""
    after = as_printed(added.after)
    block = next((block for block in blocks if plain(block).count(after) == 1), None) if after else blocks[-1]
    if block is None:
        return False
    halves = _halves(block.runs, plain(block).find(after) + len(after) if after else len(plain(block)))
    if halves is None:
        return False
    text = as_printed(added.text)
    pieces = re.split(r"\[([^\]]*)\]", text if text[0] in ",;" else f" {text}")
    block.runs = [*halves[0], *(Run(piece, index % 2 == 1, part=part) for index, piece in enumerate(pieces) if piece), *halves[1]]
    return True


def _halves(runs: list[Run], at: int) -> tuple[list[Run], list[Run]] | None:
    """The runs before and after a place in their plain text; None for a place within a blank."""
    before: list[Run] = []
    for index, run in enumerate(runs):
        length = len(run.text) + (2 if run.blank else 0)
        if at >= length:
            before.append(run)
            at -= length
        elif not at:
            return before, runs[index:]
        elif run.blank:
            return None
        else:
            return [*before, replace(run, text=run.text[:at])], [replace(run, text=run.text[at:]), *runs[index + 1 :]]
    return before, []


def _cut(runs: list[Run], start: int, end: int, part: int) -> list[Run] | None:
    """The runs, with those between two places of their plain text as the passage `part`; None where a place is within a blank."""
    from_start = _halves(runs, start)
    to_end = _halves(from_start[1], end - start) if from_start else None
    if from_start is None or to_end is None:
        return None
    return [*from_start[0], *(replace(run, part=part) for run in to_end[0]), *to_end[1]]


_FIGURES = re.compile(
    r"(\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twice|thirty|sixty|ninety"
    r"|day|week|month|monthly|quarter|year|yearly|january|the next working day)"
    r"( (working |business )?(days?|months?|weeks?|years?|hours?))?"
)
_CONTEXT = 7


@dataclass
class Field:
    """A blank to fill. `offers` are fillings to take with one press; `optional` words may be kept or struck; a `shared` one
    stands in several clauses and is asked once; a `figure` is a number or a time that may stand as it is.

    `places` are the clauses in which it stands; `before` and `after` the words around its first place.
    """

    id: str
    words: str
    label: str = ""
    help: str = ""
    offers: tuple[str, ...] = ()
    optional: bool = False
    shared: bool = False
    figure: bool = False
    places: list[str] = field(default_factory=list)
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Filled:
    """The fields by id, and for each clause, block and run that is a blank the id of its field (`ref:N` for the N-th cross-reference)."""

    fields: Mapping[str, Field]
    at: Mapping[tuple[str, int, int], str]


_SHORT = "/short"
_PAPER = "paper/"


def short_of(clause: str) -> str:
    """The key of a clause's short form among texts by clause."""
    return f"{clause}{_SHORT}"


def paper_key(letter: str) -> str:
    """The key of a letter among texts by clause."""
    return f"{_PAPER}{letter}"


def clause_of(key: str) -> str:
    """The clause, or the paper, whose text stands under a key."""
    return key.removesuffix(_SHORT)


def find_fields(record: PolicyBuilder, clauses: Iterable[tuple[str, list[Block]]]) -> Filled:
    """Go through the texts in the order of the policy, short forms after long ones, and give every blank its field.

    The blanks of a short form are those of the long one, in their order.
    """
    entries: dict[str, list[Blank | Role]] = {}
    for blank in record.blanks:
        entries.setdefault(same_words(blank.words), []).append(blank)
    named: dict[str, list[Blank | Role]] = {}
    holders: tuple[Blank | Role, ...] = (*record.roles, *record.blanks)
    for item in holders:
        for other in item.also:
            named.setdefault(same_words(other), []).append(item)
    in_long: dict[str, dict[str, list[str]]] = {}
    references = {same_words(item.words): index for index, item in enumerate(record.references)}
    fields: dict[str, Field] = {}
    at: dict[tuple[str, int, int], str] = {}
    for key, blocks in clauses:
        clause = clause_of(key)
        count = 0
        same: dict[str, Field] = {}
        left = {words: list(ids) for words, ids in in_long.get(clause, {}).items()}
        for b, block in enumerate(blocks):
            for r, run in enumerate(block.runs):
                if not run.blank:
                    continue
                words = same_words(run.text)
                if words in references:
                    at[key, b, r] = f"ref:{references[words]}"
                    continue
                own = named.get(words, []) if key.startswith(_PAPER) else []
                entry = own[0] if own else _entry(entries.get(words, []), clause)
                if isinstance(entry, Role):
                    at[key, b, r] = f"role:{entry.id}"
                    continue
                if entry:
                    found = fields.setdefault(entry.id, Field(entry.id, run.text, entry.label, entry.help, entry.offers, entry.optional, True))
                elif key != clause and left.get(words):
                    found = fields[left[words].pop(0)]
                elif words in same and not offers_of(run.text):
                    found = same[words]
                else:
                    count += 1
                    id_ = f"{key}.{count}"
                    found = same[words] = Field(id_, run.text, offers=offers_of(run.text), figure=is_figure(run.text))
                    fields[found.id] = found
                if key == clause:
                    in_long.setdefault(clause, {}).setdefault(words, []).append(found.id)
                if not found.places:
                    found.before, found.after = _around(block, r)
                if clause not in found.places:
                    found.places.append(clause)
                at[key, b, r] = found.id
    for found in fields.values():
        found.shared = found.shared and len(found.places) > 1
    return Filled(fields, at)


def _entry(entries: list[Blank | Role], clause: str) -> Blank | None:
    """The entry that names the clause, else the one that names none."""
    blanks = [entry for entry in entries if isinstance(entry, Blank)]
    return next((e for e in blanks if clause in e.clauses), next((e for e in blanks if not e.clauses), None))


def offers_of(words: str) -> tuple[str, ...]:
    """What a blank itself offers: the sides of its slashes, or a figure that may stand as it is."""
    sides = [side.strip() for side in _sides(words)]
    if len(sides) > 1:
        return tuple(sides)
    return (words,) if is_figure(words) else ()


def is_figure(words: str) -> bool:
    """Whether the words are a number or a time: “30”, “six”, “the next working day”."""
    return _FIGURES.fullmatch(words.lower()) is not None


def _sides(words: str) -> list[str]:
    """The words at either side of each slash between spaces that stands in no brackets."""
    sides, depth = [""], 0
    for index, sign in enumerate(words):
        depth += {"[": 1, "]": -1}.get(sign, 0)
        if sign == "/" and not depth and words[index - 1 : index + 2] == " / ":
            sides.append("")
        else:
            sides[-1] += sign
    return sides


def _around(block: Block, index: int) -> tuple[str, str]:
    """A few words of the same sentence before and after a blank."""
    text = ["".join(f"[{run.text}]" if run.blank else run.text for run in runs) for runs in (block.runs[:index], block.runs[index + 1 :])]
    before = re.split(r"(?<=[.;:!?]) ", text[0])[-1].split(" ")
    after = re.split(r"(?<=[.;:!?])( |$)", text[1])[0].split(" ")
    more = len(before) > _CONTEXT + 1
    return ("… " if more else "") + " ".join(before[-_CONTEXT - 1 :]), " ".join(after[: _CONTEXT - 2]) + (" …" if len(after) > _CONTEXT - 2 else "")




@dataclass(frozen=True)
class Texts:
    """`placed`: the entries with their clauses, in the order of the policy; `blocks`: the texts by clause; `filled`: the blanks.

    `papers`: the letters that go with it.
    """

    placed: tuple[tuple[Placed, Clause], ...]
    papers: tuple[tuple[Paper, Letter], ...]
    blocks: Mapping[str, list[Block]]
    filled: Filled


def settled(record: PolicyBuilder, clauses: Mapping[str, Clause]) -> PolicyBuilder:
    """The record in which the condition of each clause also says in which forms of policy it stands."""
    if not any(question.id == FORM for question in record.questions):
        return record
    placed = []
    for item in record.clauses:
        clause = clauses.get(item.clause)
        forms = (FULL, *((SHORT,) if clause and clause.short and item.short else ()), *((RULE,) if item.rule else ()))
        whole = len(forms) == len((FULL, SHORT, RULE))
        placed.append(item if whole else item.model_copy(update={"when": _also(item.when, forms)}))
    return record.model_copy(update={"clauses": tuple(placed)})


def stands(item: Placed, form: str) -> bool:
    """Whether a placed clause, its record settled, is in policies of a form, by some answers."""
    return not item.when or any(form in alternative.get(FORM, (form,)) for alternative in item.when)


def _also(when: When, forms: tuple[str, ...]) -> When:
    return tuple({**item, FORM: tuple(form for form in forms if form in item.get(FORM, forms))} for item in when or ({},))


def take_apart(
    builder: Builder, clauses: Iterable[Clause], tree: Callable[[Clause], HtmlElement], base: Callable[[Clause], str], letters: Iterable[Letter] = ()
) -> tuple[dict[str, list[Block]], list[Problem]]:
    """The blocks of every clause by id, of each short form and each paper by its key, and a problem for each that a policy cannot hold.

    `tree` gives the text of a clause, `base` where its links start.
    """
    blocks: dict[str, list[Block]] = {}
    problems: list[Problem] = []

    def refuse(what: str, at: tuple[str | int, ...], error: UnknownElement, where: str) -> None:
        message = f"The {what} holds <{error}>, which the policy builder cannot set."
        problems.append(builder.problem(at, message, f"Use paragraphs and lists in {where}."))

    for clause in clauses:
        try:
            blocks[clause.id] = blocks_of(tree(clause), base(clause))
            if clause.short:
                blocks[short_of(clause.id)] = blocks_of(fragment(clause.short), base(clause))
        except UnknownElement as error:
            at = next((("clauses", i) for i, item in enumerate(builder.known.clauses) if item.clause == clause.id), ("clauses",))
            refuse(f"clause “{clause.id}”", at, error, "clauses")
    wanted = {item.letter: ("papers", i, "letter") for i, item in enumerate(builder.known.papers)}
    for letter in letters:
        key = letter_key(letter)
        if key in wanted:
            try:
                blocks[paper_key(key)] = blocks_of(fragment(letter.html), "")
            except UnknownElement as error:
                refuse(f"letter “{key}”", wanted[key], error, "letters that it gives out")
                blocks[paper_key(key)] = []
    return blocks, problems


def letter_key(letter: Letter) -> str:
    """How `papers:` names a letter: the slug of its publication and its id."""
    return f"{letter.publication.slug}#{letter.id}"


def texts_of(record: PolicyBuilder) -> Iterator[tuple[tuple[str, ...], Placed | Paper]]:
    """Each entry that may have passages, with the keys of its texts."""
    yield from (((item.clause, short_of(item.clause)), item) for item in record.clauses)
    yield from (((paper_key(item.letter),), item) for item in record.papers)


def mark_parts(record: PolicyBuilder, blocks: Mapping[str, list[Block]]) -> None:
    """Give each conditional passage its index, in place. A passage that is not there was reported by `check_builder`."""
    for keys, item in texts_of(record):
        for index, part in enumerate(item.passages):
            for key in keys:
                if key in blocks:
                    mark(blocks[key], part, index)


def mark(blocks: list[Block], passage: Part | Added, index: int) -> bool:
    """Find a passage that the text has, or put in one that a sheet adds. False if there is no place for it."""
    return add_words(blocks, passage, index) if isinstance(passage, Added) else mark_part(blocks, passage.text, index)


def arrange(record: PolicyBuilder, clauses: Mapping[str, Clause], blocks: Mapping[str, list[Block]], letters: Iterable[Letter] = ()) -> Texts:
    """The offered clauses by element, then theme, and within these in the order of the file; then the papers.

    A clause of a publication that is no longer in force is left out.
    """
    order = list(words.TOPICS)
    there = [(item, clauses[item.clause]) for item in record.clauses if item.clause in blocks and clauses[item.clause].publication.in_force]
    there.sort(key=lambda pair: order.index(pair[1].element))
    by_key = {letter_key(letter): letter for letter in letters}
    papers = [(item, by_key[item.letter]) for item in record.papers if paper_key(item.letter) in blocks and item.letter in by_key]
    keys = [key for _, clause in there for key in (clause.id, short_of(clause.id))] + [paper_key(item.letter) for item, _ in papers]
    filled = find_fields(record, [(key, blocks[key]) for key in keys if key in blocks])
    return Texts(tuple(there), tuple(papers), blocks, filled)


def decides(record: PolicyBuilder, texts: Texts) -> Mapping[str, list[str]]:
    """The clauses that each question bears on, by their presence, a passage or a blank, in the order of the policy."""
    found: dict[str, set[str]] = {question.id: set() for question in record.questions}
    whens: list[tuple[When, tuple[str, ...]]] = []
    for item, _ in texts.placed:
        whens += [(when, (item.clause,)) for when in (item.when, *(part.when for part in item.passages))]
    fields = texts.filled.fields
    whens += [(when, tuple(fields[fill.blank].places)) for fill in record.fills if fill.blank in fields for _, when in fill.each()]
    for when, ids in whens:
        for alternative in when:
            for name in alternative:
                found[name] |= set(ids)
    return {name: [clause.id for _, clause in texts.placed if clause.id in ids] for name, ids in found.items()}
