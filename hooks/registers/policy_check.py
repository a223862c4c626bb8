"""“Check my policy” as a page: what it looks for, why, what to use instead, and how well it finds it, all readable without a script.

`assets/policy-check-page.js` adds the form and the findings; the ids and classes here are what it takes its words from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from hooks.core.tree import E, HtmlElement, append, element, long_date
from hooks.linking.labels import evidence_mark
from hooks.linking.links import is_reference
from hooks.linking.model import Clause
from hooks.registers.decision_path import authority_line, state_of_law
from hooks.series import vocabulary as words
from hooks.series.model import Series
from hooks.series.policy_check import FACTS, RARE, Backed, Count, Half, Measured, PolicyCheck, Rule, total

LISTING = "policy-check"


def policy_check(
    check: PolicyCheck, measured: Measured | None, series: Series, clauses: Mapping[str, Clause], today: date, is_bad: Callable[..., bool]
) -> HtmlElement:
    """The whole page: what is needed to run it, its limits, its rules and its figures.

    `is_bad(*at)`: whether the reference at that place of the file leads nowhere; it is left out.
    """
    root = element("div", "checker", id_="policy-check")
    without = "Reading a policy for you needs JavaScript, which is off here. The rules below are a list that you can read by."
    root.append(element("p", "checker__without", without))
    limits = element("section", "checker__limits", element("h2", "", "What it cannot judge", id_="limits"))
    limits.append(element("ul", "", *(E.LI(item) for item in check.limits)))
    root.append(limits)
    root.append(_figures(measured, check))
    rules = element("section", "checker__rules", element("h2", "", "The rules", id_="rules"))
    laws = {item.removeprefix("law:") for rule in (*check.elements, *check.grounds, *check.facts) for item in rule.evidence if item.startswith("law:")}
    rules.append(state_of_law([series.authority[name] for name in sorted(laws & set(series.authority))], today, "Each rule"))
    rules.append(element("h3", "", "Phrases that have been questioned", id_="questioned"))
    for n, ground in enumerate(check.grounds):
        box = _box(f"ground-{ground.id}", ground.title)
        box.append(element("p", "rule__why", ground.why))
        box.append(element("p", "rule__instead", element("strong", "", "Instead: "), ground.instead))
        box.append(element("p", "rule__strength", f"Force: {words.STRENGTHS[ground.strength].lower()}. {words.STRENGTH_MEANINGS[ground.strength]}"))
        box.append(_examples((ground,)))
        _support(box, ground, ("grounds", n), series, clauses, today, is_bad)
        rules.append(box)
    rules.append(element("h3", "", "The eight elements", id_="elements"))
    rules.append(element("p", "", "An element is “there” if a strong sign is found or two weaker ones, “thin” with less, and “missing” with none."))
    for n, item in enumerate(check.elements):
        box = _box(f"element-{item.element}", words.ELEMENTS[item.element])
        box.append(element("p", "rule__asks", item.asks))
        box.append(element("p", "rule__instead", element("strong", "", "If it is missing or thin: "), item.missing))
        trial = _trial(item.element, measured)
        box.extend([trial] if trial is not None else [])
        signs = element("ul", "rule__signs", *(E.LI(f"{signal.says}: {_WEIGHTS[signal.weight]}") for signal in item.signals))
        box.extend([element("p", "rule__label", "Signs"), signs, _examples(item.signals)])
        _support(box, item, ("elements", n), series, clauses, today, is_bad)
        rules.append(box)
    rules.append(element("h3", "", "What else it looks for", id_="facts"))
    for n, fact in enumerate(check.facts):
        box = _box(f"fact-{fact.id}", fact.asks)
        box.append(element("p", "rule__instead", element("strong", "", "If it is not there: "), fact.missing))
        box.append(_examples((fact,)))
        _support(box, fact, ("facts", n), series, clauses, today, is_bad)
        rules.append(box)
    root.append(rules)
    return root


_WEIGHTS = ("in passing", "a weaker sign", "a strong sign")


def _box(id_: str, title: str) -> HtmlElement:
    return element("section", "rule", element("h4", "rule__title", title), id_=id_)


def _examples(rules: Sequence[Rule]) -> HtmlElement:
    items = element("dl", "rule__examples", E.DT("Finds"))
    items.extend(E.DD(f"“{text}”") for rule in rules for text in rule.finds)
    items.append(E.DT("Passes by"))
    items.extend(E.DD(f"“{text}”") for rule in rules for text in rule.passes)
    return items


def _support(
    box: HtmlElement, item: Backed, at: tuple[str, int], series: Series, clauses: Mapping[str, Clause], today: date, is_bad: Callable[..., bool]
) -> None:
    """The clauses to use, the law at its force and date, and other evidence."""
    known = [clauses[name] for name in item.clauses if name in clauses]
    if known:
        line = element("p", "rule__clauses", "Use: ")
        for n, clause in enumerate(known):
            append(line, "; " if n else "")
            append(line, element("a", "", clause.title, href=f"{clause.publication.reference}#clause-{clause.id}", data_clause=clause.id))
        append(line, ".")
        box.append(line)
    good = [entry for k, entry in enumerate(item.evidence) if not is_bad(*at, "evidence", k)]
    law = [entry.removeprefix("law:") for entry in good if entry.startswith("law:")]
    if law:
        box.append(element("ul", "rule__law", *(authority_line(series.authority[name], today) for name in law)))
    else:
        box.append(element("p", "rule__practice", "No authority decides it: practice, or our own advice."))
    others = [entry for entry in good if not entry.startswith("law:")]
    if others:
        line = element("p", "rule__evidence", "See ")
        for n, entry in enumerate(others):
            append(line, "; " if n else "")
            append(line, element("a", href=entry) if is_reference(entry) else evidence_mark(entry))
        append(line, ".")
        box.append(line)


def percent(share: float | None) -> str:
    """A share as it is shown: two places, or a dash where there is nothing to count."""
    return "–" if share is None else f"{share:.2f}"


def _figures(measured: Measured | None, check: PolicyCheck) -> HtmlElement:
    section = element("section", "checker__figures", element("h2", "", "How well it finds", id_="measured"))
    if measured is None:
        section.append(E.P("It has not been measured on real policies yet."))
        return section
    unseen, on, first = measured.unseen, measured.written_on, measured.first
    section.append(E.P(
        f"On {long_date(measured.measured)} the rules were tried on {unseen.policies} policies of public bodies that they had not been written on. "
        f"{_shares('Elements', unseen.elements)} {_shares('Questioned phrases', unseen.grounds)} {_verdict(unseen)} Precision is the share of what it "
        "found that one reader, who had also written the rules, had found too; recall the share of what that reader had found that it found.",
    ))
    public, staff = ([item for item in unseen.elements if (item.id in _PUBLIC) is wanted] for wanted in (True, False))
    section.append(E.P(
        "It reads what is written for the public better than what is written for staff: of content, legal issues and citizen conduct it found "
        f"{_of(public)}, of the other five elements {_of(staff)}. Where it says that one of those is missing, look yourself.",
    ))
    began = sum(item.half == "build" for item in measured.policies)
    section.append(E.P(
        f"These are the second try. On the first, {first.kept.policies} policies had been kept back while the rules were written on {began} others. "
        f"{_shares('Elements', first.kept.elements)} {_shares('Questioned phrases', first.kept.grounds)} The rules were then widened by what had been missed, "
        f"so their figures on all {on.policies} policies of that set, in the last two columns, say little. "
        + (f"{len(first.set_aside)} of the policies kept back were set aside in the first try, as their text had been seen before. " if first.set_aside else "")
        + "The first set was coded by one reader who wrote no rule, before any was run; the second by the writer of the rules, also before they were run.",
    ))
    section.append(E.P(
        f"It put {unseen.same_level} of {8 * unseen.policies} elements at the level that the reader had chosen (there, thin or missing). "
        "Most of the texts are openings only, of some 300 words, so a whole policy gives more to find and more to mistake. "
        "One reader coded each set, alone. These policies are those that searches showed first, few of them known to be from New York, and so no fair "
        "sample. A reader's codes are no measure of the law.",
    ))
    rare = [_name(item.id, check) for item in (*unseen.elements, *unseen.grounds, *unseen.facts) if item.right + item.missed < RARE]
    if rare:
        section.append(E.P(f"In fewer than {RARE} of them, so that recall means nothing: {'; '.join(rare)}. Their figures in the table prove nothing."))
    section.append(_table(unseen, on, check))
    for halves, label in ((("second",), "The policies that the rules were not written on"), (("build", "kept"), "The policies that they were written on")):
        own = [item for item in measured.policies if item.half in halves]
        items = element("ul", "checker__policies")
        for item in own:
            line = element("li", "", f"{item.body}: ")
            append(line, element("a", "", item.title, href=item.url) if item.url.startswith("https://") else f"{item.title}, {item.url}")
            items.append(line)
        section.append(element("details", "", element("summary", "", f"{label} ({len(own)})"), items))
    return section


_PUBLIC = ("content", "legal-issues", "citizen-conduct")
_AIMS = (0.9, 0.85)


def _shares(what: str, counts: Sequence[Count]) -> str:
    sum_ = total(counts)
    return f"{what}: precision {percent(sum_.precision)}, recall {percent(sum_.recall)}."


def _verdict(half: Half) -> str:
    """Whether the aim was reached, said as it is."""
    short = []
    for what, counts in (("elements", half.elements), ("questioned phrases", half.grounds)):
        sum_ = total(counts)
        for name, share, aim in zip(("precision", "recall"), (sum_.precision or 0, sum_.recall or 0), _AIMS, strict=True):
            if round(share, 2) < aim:
                short.append(f"the {name} of {what}")
    aims = f"Our aim was {_AIMS[0]:.2f} and {_AIMS[1]:.2f}"
    return f"{aims}: {' and '.join(short)} {'falls' if len(short) == 1 else 'fall'} short of it." if short else f"{aims}."


def _of(counts: Sequence[Count]) -> str:
    sum_ = total(counts)
    return f"{sum_.right} of {sum_.right + sum_.missed}"


def _trial(name: str, measured: Measured | None) -> HtmlElement | None:
    """What the trial says of an element that the check often misses."""
    own = next((item for item in measured.unseen.elements if item.id == name), None) if measured else None
    if own is None:
        return None
    coded = own.right + own.missed
    if coded < RARE:
        return element("p", "rule__trial", f"Fewer than {RARE} policies of our trial had this, so how often it is missed is not known. Look yourself.")
    if own.right / coded >= _AIMS[1]:
        return None
    said = f"In our trial it missed this in {own.missed} of {coded} policies that had it. Look yourself before you take it for missing."
    return element("p", "rule__trial", said)


def _name(id_: str, check: PolicyCheck) -> str:
    titles = {ground.id: ground.title for ground in check.grounds}
    return titles.get(id_) or words.ELEMENTS.get(id_) or FACTS.get(id_) or id_


def _table(unseen: Half, on: Half, check: PolicyCheck) -> HtmlElement:
    heads = ("Rule", "Coded", "Found and right", "Found and wrong", "Missed", "Precision", "Recall", "Precision where written on", "Recall where written on")
    body = element("tbody", "")
    for label, name in (("All elements", "elements"), ("All questioned phrases", "grounds"), ("All else", "facts")):
        before = {item.id: item for item in getattr(on, name)}
        own: tuple[Count, ...] = getattr(unseen, name)
        for item in own:
            body.append(_row(_name(item.id, check), item, before.get(item.id, item)))
        body.append(_row(label, total(own), total(getattr(on, name)), "checker__total"))
    caption = f"On {unseen.policies} policies that the rules were not written on; the last two columns: on {on.policies} that they were written on"
    table = element("table", "", element("caption", "", caption))
    table.append(element("thead", "", element("tr", "", *(element("th", "", head, scope="col") for head in heads))))
    table.append(body)
    return element("div", "scroller", table, tabindex="0", role="region", aria_label="How well each rule finds")


def _row(label: str, now: Count, before: Count, class_: str = "") -> HtmlElement:
    figures = [now.right + now.missed, now.right, now.wrong, now.missed, *map(percent, (now.precision, now.recall, before.precision, before.recall))]
    return element("tr", class_, element("th", "", label, scope="row"), *(E.TD(str(figure)) for figure in figures))
