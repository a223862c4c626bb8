"""Model policies: the policy builder's drafts for invented bodies, filled in, each on a page with notes on its choices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from hooks.core.problems import Problem, suggestion
from hooks.core.tree import OWN_PAGE, E, HtmlElement, append, element, replace, with_class
from hooks.linking.anchors import collect_anchors
from hooks.linking.model import Draft
from hooks.linking.targets import Directory, Unknown
from hooks.registers.builder.assemble import CannotAssemble, assemble
from hooks.series.model import Publication
from hooks.series.model_policies import SOURCE, ModelPolicy
from hooks.series.policy_builder import PolicyBuilder

LISTING = "model-policy"
_HEADINGS = {"title": "h2", "h1": "h3", "h2": "h4"}


def fill_models(drafts: Iterable[Draft], directory: Directory, record: PolicyBuilder | None, data: Mapping[str, Any]) -> list[Problem]:
    """Put each model policy on its page, before references are resolved, and return what is wrong with the file of them.

    `record` and `data` are the policy builder's; None where there is none that can be used.
    """
    series = directory.series
    places = [(draft, node) for draft in drafts for node in list(with_class(draft.tree, "listing")) if node.get("data-name") == LISTING]
    models = {model.id: model for model in series.models}
    problems = [problem for model in series.models for problem in _unknown(model, record, data, directory)] if record else []
    made = _assembled(list(models.values()), data, problems, directory) if record and not problems else {}
    for draft, node in places:
        slug = draft.owner.slug if isinstance(draft.owner, Publication) else ""
        if slug not in models and f"{LISTING}:*" not in series.unread:
            remedy = suggestion(slug, models, f"Describe it in {SOURCE}.")
            draft.report("block", f"/// listing | {LISTING}", f"There is no model policy “{slug}”.", remedy)
        root = element("div", "register register--model")
        if slug in made:
            root.extend(_page(models[slug], made[slug]))
        replace(node, root)
        draft.anchors.clear()
        collect_anchors(draft)
    return problems


def _at(directory: Directory, model: ModelPolicy, key: str, message: str, remedy: str) -> Problem:
    places = directory.series.places
    path, line = places.get(f"{LISTING}:{model.id}.{key}", places.get(f"{LISTING}:{model.id}", (SOURCE, None)))
    return Problem("data", path, line, message, remedy)


def _unknown(model: ModelPolicy, record: PolicyBuilder, data: Mapping[str, Any], directory: Directory) -> Iterator[Problem]:
    """Answers and fillings that the builder does not know, and references that lead nowhere."""
    options = {question.id: [option.id for option in question.options] for question in record.questions}
    for name, chosen in model.answers.items():
        if name not in options:
            yield _at(directory, model, "answers", f"There is no question “{name}”.", suggestion(name, options, f"Questions: {', '.join(options)}."))
            continue
        for option in chosen:
            if option not in options[name]:
                remedy = suggestion(option, options[name], f"Options: {', '.join(options[name])}.")
                yield _at(directory, model, "answers", f"The question “{name}” has no option “{option}”.", remedy)
    known = {*(field["id"] for field in data["fields"]), *(f"role:{role.id}" for role in record.roles)}
    for key in model.values:
        if key.partition("/")[0].partition("@")[0] not in known:
            yield _at(directory, model, "values", f"There is no blank or role “{key}”.", suggestion(key, known, "Take the value out."))
    for choice in model.choices:
        for href in choice.links:
            found = directory.find(href, "")
            if isinstance(found, Unknown):
                yield _at(directory, model, "choices", found.message, found.remedy)


def _assembled(models: list[ModelPolicy], data: Mapping[str, Any], problems: list[Problem], directory: Directory) -> dict[str, dict[str, Any]]:
    states = [{"answers": {name: list(chosen) for name, chosen in model.answers.items()}, "values": model.values} for model in models]
    try:
        drafts = assemble(data, states) if states else []
    except CannotAssemble as error:
        problems.append(Problem("data", SOURCE, 1, str(error), "Run `make packages`, which installs it; then build again."))
        return {}
    for model, made in zip(models, drafts, strict=True):
        for blank in made["blanks"]:
            message = f"The model policy “{model.id}” leaves the blank “{blank['key']}” open: [{blank['words']}]."
            problems.append(_at(directory, model, "values", message, f"Write {blank['key']}: and its filling under `values:`."))
        for found in made["conflicts"]:
            message = f"In the model policy “{model.id}” {found['holder']} is “{found['labels'][0]}” and “{found['labels'][1]}”."
            problems.append(_at(directory, model, "values", message, found["instead"]))
    return {model.id: made for model, made in zip(models, drafts, strict=True)}


def _page(model: ModelPolicy, made: Mapping[str, Any]) -> Iterator[HtmlElement]:
    yield element("h2", "", "Why it says so", id_="choices")
    choices = element("ul", "")
    for choice in model.choices:
        item = element("li", "", element("strong", "", f"{choice.title}."), f" {choice.why}")
        for index, href in enumerate(choice.links):
            append(item, "; " if index else " See ")
            item.append(element("a", "", href=href))
        append(item, "." if choice.links else "")
        choices.append(item)
    yield choices
    yield from _blocks(made["blocks"], "policy")
    for number, paper in enumerate(made["papers"], 1):
        yield element("h2", OWN_PAGE, paper["title"], id_=f"paper-{number}")
        yield E.P("As it would go with this policy; what stands in brackets is filled in for the meeting.")
        if paper.get("note"):
            yield E.P(paper["note"])
        yield from _blocks(paper["blocks"], f"paper-{number}")


def _blocks(blocks: Iterable[Mapping[str, Any]], prefix: str) -> Iterator[HtmlElement]:
    """The blocks of a draft as elements. The notice, which speaks of a draft, is left out: the page says what it is."""
    open_: HtmlElement | None = None
    for block in blocks:
        if block["kind"] == "li":
            if open_ is None or open_.tag != block["list"] or (block["first"] and not block["level"]):
                if open_ is not None:
                    yield open_
                open_ = element(block["list"], "")
            open_.append(_line("li", block))
            continue
        if open_ is not None:
            yield open_
            open_ = None
        if block.get("style") == "notice":
            continue
        node = _line(_HEADINGS.get(block["kind"], "p"), block)
        if block["kind"] == "title":
            append(node, " (invented)")
            node.set("class", OWN_PAGE)
        if block["kind"] in _HEADINGS:
            node.set("id", f"{prefix}-{block.get('id') or 'title'}")
        yield node
    if open_ is not None:
        yield open_


def _line(tag: str, block: Mapping[str, Any]) -> HtmlElement:
    node = element(tag, "")
    if block.get("number") and tag != "li":
        number = f"{block['number']} "
        if tag == "p":
            node.append(element("strong", "", number.strip()))
            append(node, " ")
        else:
            append(node, number)
    for run in block["runs"]:
        if run.get("mark"):
            node.append(element(run["mark"], "", run["text"]))
        elif run.get("blank"):
            node.append(element("span", "blank", run["text"]))
        else:
            append(node, run["text"])
    return node
