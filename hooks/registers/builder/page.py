"""The policy builder's page: questions, what they decide and which blanks there are, all readable without a script.

`assets/policy-builder.js` turns the questions into a form; the classes and `data-` attributes here are what it works on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from hooks.core.problems import Problem, following
from hooks.core.tree import E, HtmlElement, append, element, fragment, replace, text_of, with_class
from hooks.linking.anchors import collect_anchors
from hooks.linking.model import Clause, Draft, Letter
from hooks.linking.targets import Directory, Unknown
from hooks.registers.builder.check import check_builder
from hooks.registers.builder.clauses import Texts, arrange, decides, settled, stands, take_apart
from hooks.registers.builder.data import policy_data
from hooks.registers.builder.models import fill_models
from hooks.series.load_policy_builder import SOURCE, Builder
from hooks.series.model import Publication
from hooks.series.policy_builder import FORM, RULE, SHORT, Option, PolicyBuilder, Question

LISTING = "policy-builder"
SHEET = "sector-sheet"


def fill_builder(drafts: list[Draft], directory: Directory, clauses: list[Clause], letters: Iterable[Letter]) -> list[Problem]:
    """Put the policy builder and the model policies where a page asks for them, before references are resolved.

    The result is what is wrong with their files.
    """
    builder = directory.series.builder
    by_id = {clause.id: clause for clause in clauses}
    root: HtmlElement = E.DIV()
    problems: list[Problem] = []
    if builder and builder.record:
        blocks, problems = take_apart(builder, clauses, lambda clause: fragment(clause.html), lambda clause: "", letters)
        bad, wrong = _bad_links(builder, directory)
        # Clauses of what cannot be read, which was reported, would be missed here.
        broken = any(p.rule == "clause" for draft in drafts for p in draft.problems) or any(key.startswith("clause:") for key in directory.unread)
        sheets = {
            draft.owner.slug: text_of(draft.tree)
            for draft in drafts if isinstance(draft.owner, Publication) and draft.owner.kind == SHEET
        }  # fmt: skip
        problems += [*following(check_builder(builder, by_id, blocks, sheets), broken or bool(directory.series.unread)), *wrong]
        record = settled(builder.record, by_id)
        texts = arrange(record, by_id, blocks, letters)
        root = _page(record, texts, by_id, lambda href: href not in bad)
        # A mistake of the builder's own is told first.
        usable = None if problems or directory.series.unread else record
        problems += fill_models(drafts, directory, usable, policy_data(record, texts, "", "", ""))
    else:
        fill_models(drafts, directory, None, {})
    for draft in drafts:
        places = [node for node in with_class(draft.tree, "listing") if node.get("data-name") == LISTING]
        for place in places:
            if builder is None:
                message = f"There is no file {SOURCE}, which this listing is made from."
                draft.report("block", f"/// listing | {LISTING}", message, "Add it, or take the listing out.")
            replace(place, root)
        if places:
            draft.anchors.clear()
            collect_anchors(draft)
    return problems


def _bad_links(builder: Builder, directory: Directory) -> tuple[set[str], list[Problem]]:
    """The references that lead nowhere, and a problem for each."""
    bad: set[str] = set()
    problems = []
    for name in ("questions", "notes"):
        for i, item in enumerate(getattr(builder.record, name)):
            for j, href in enumerate(item.links):
                found = directory.find(href, "")
                if isinstance(found, Unknown):
                    bad.add(href)
                    place = builder.problem((name, i, "links", j), found.message, found.remedy)
                    problems.append(Problem(found.rule, place.path, place.line, place.message, place.remedy, found.follows))
    return bad, problems


def _page(record: PolicyBuilder, texts: Texts, named: Mapping[str, Clause], good: Callable[[str], bool]) -> HtmlElement:
    bears_on = decides(record, texts)
    titles = {clause.id: clause for _, clause in texts.placed}
    without = element("div", "builder__without", E.P(
        "Assembling a draft needs JavaScript, which is off here. The ", element("a", "", "policy template", href="../policy-template/"),
        " has every clause in one page, and as a ", element("a", "", "Word file", href="../policy-template.docx"),
        ". The questions below, and what each decides, tell you which of its clauses to keep."))
    questions = element("section", "builder__questions", _heading("Questions", "questions"))
    # Which form is wanted bears on every clause: what each brings is said below it.
    questions.extend(_question(item, [titles[id_] for id_ in bears_on[item.id] if item.id != FORM], good) for item in record.questions)
    always = [clause for item, clause in texts.placed if not any(set(alternative) - {FORM} for alternative in item.when)]
    note = element("p", "builder__always", f"{len(always)} of the {len(texts.placed)} clauses stand in every full draft. The rest depend on your answers.")
    questions.insert(1, note)
    blanks = element("section", "builder__blanks", _heading("Blanks", "blanks"))
    shared = [field for field in texts.filled.fields.values() if field.shared and not field.optional]
    once = f"{len(shared) + len(record.roles)} of them are asked once, wherever they stand:"
    blanks.append(element("div", "builder__asked", E.P(
        f"All clauses, in all forms and with the papers, leave {len(texts.filled.fields)} things to you. {once}"),
        element("ul", "", *(E.LI(label) for label in [*(role.label for role in record.roles), *(item.label for item in shared)]))))
    draft = element("section", "builder__draft", _heading("Draft", "draft"))
    notes = element("ul", "builder__notes", *_notes(record, good))
    names = (("A short policy", SHORT), ("A comment rule alone", RULE))
    forms = [(label, [clause for item, clause in texts.placed if stands(item, form)]) for label, form in names]
    if any(question.id == FORM for question in record.questions):
        draft.append(element("div", "builder__forms", *(E.P(f"{label} is made of: ", *_titles(own)) for label, own in forms)))
    if record.papers:
        papers = [element("li", "", E.A(item.title, href=f"../../{letter.url}"), f": {item.why}") for item, letter in texts.papers]
        draft.append(element("div", "builder__papers", E.P("With each goes:"), element("ul", "", *papers)))
    draft.append(element("div", "builder__sources", E.P("At its end the draft tells counsel what to look at:"), notes))
    root = element("div", "builder", without, element("div", "builder__form", questions, blanks), draft, id_="policy-builder")
    kept = [item for item in record.never if item.clause not in named or named[item.clause].publication.in_force]
    if kept:
        never = [(named[item.clause].title if item.clause in named else item.clause, item.why) for item in kept]
        items = element("ul", "", *(E.LI(f"{title}: {why}") for title, why in never))
        root.append(element("div", "builder__never", E.P("These clauses of the series are not offered:"), items))
    return root


def _titles(clauses: list[Clause]) -> Iterator[HtmlElement | str]:
    for index, clause in enumerate(clauses):
        yield "; " if index else ""
        yield element("a", "", clause.title, href=_reference(clause))
    yield "."


def _heading(text: str, id_: str) -> HtmlElement:
    return element("h2", "", text, id_=id_)


def _question(item: Question, clauses: list[Clause], good: Callable[[str], bool]) -> HtmlElement:
    section = element("section", "question", element("h3", "question__title", item.title, id_=f"question-{item.id}"), data_question=item.id)
    section.append(element("p", "question__why", item.why))
    section.append(element("ul", "question__options", *map(_option, item.options)))
    if item.several:
        section.append(element("p", "question__several", "Choose all that apply, or none."))
    more = element("div", "question__more")
    links = [href for href in item.links if good(href)]
    if links:
        more.append(_joined("Read: ", [element("a", "", href=href) for href in links]))
    if clauses:
        more.append(_joined("It bears on: ", [element("a", "", f"{clause.title} ({clause.label})", href=_reference(clause)) for clause in clauses]))
    section.append(more)
    return section


def _reference(clause: Clause) -> str:
    return f"{clause.publication.reference}#clause-{clause.id}"


def _option(option: Option) -> HtmlElement:
    item = element("li", "", element("span", "question__label", option.label), data_option=option.id)
    if option.means:
        append(item, " ")
        item.append(element("span", "question__means", option.means))
    return item


def _notes(record: PolicyBuilder, good: Callable[[str], bool]) -> Iterator[HtmlElement]:
    for index, note in enumerate(record.notes):
        item = element("li", "", note.text, data_note=str(index))
        links = [element("a", "", href=href) for href in note.links if good(href)]
        if links:
            append(item, " See ")
            _append_joined(item, links)
            append(item, ".")
        yield item


def _joined(label: str, links: list[HtmlElement]) -> HtmlElement:
    paragraph = element("p", "", label)
    _append_joined(paragraph, links)
    return paragraph


def _append_joined(node: HtmlElement, links: list[HtmlElement]) -> None:
    for index, link in enumerate(links):
        append(node, "; " if index else "")
        append(node, link)
