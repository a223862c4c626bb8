"""The readiness check as a page: a form that also serves on paper. `assets/readiness.js` adds the profile."""

from __future__ import annotations

from collections.abc import Mapping

from hooks.core.tree import E, HtmlElement, append, element
from hooks.core.urls import relative_url
from hooks.linking.model import Recommendation
from hooks.series import vocabulary as words
from hooks.series.tools import Readiness, ReadinessQuestion

ANSWERS = {"y": "Yes, in writing", "p": "Partly", "n": "No"}
NOT_APPLICABLE = "x"
PAGE = "tools/readiness/"


def readiness_check(check: Readiness, recommendations: Mapping[str, Recommendation]) -> HtmlElement:
    """Every question under its element or theme, in the order of these, numbered through; a test that is not known is left out."""
    form = element("form", "check__form", id_="readiness-form", aria_label="Readiness check", autocomplete="off")
    number = 0
    for slug, label in words.TOPICS.items():
        questions = [item for item in check.questions if item.about == slug]
        if not questions:
            continue
        group = element("section", "check__group", element("h2", "check__topic", label, id_=f"about-{slug}"), data_topic=label)
        items = element("ol", "check__list", start=str(number + 1))
        for question in questions:
            number += 1
            items.append(_question(question, number, [recommendations[name] for name in question.tests if name in recommendations]))
        group.append(items)
        form.append(group)
    return element("div", "check", form, _marks(recommendations), id_="readiness")


def _marks(recommendations: Mapping[str, Recommendation]) -> HtmlElement:
    """Every recommendation in force, by publication, to mark: `assets/readiness-marks.js` adds the choices."""
    root = element("section", "marks", element("h2", "", "Mark the recommendations", id_="mark-recommendations"), id_="rec-marks")
    root.append(element("p", "marks__intro", "Every recommendation of the series, to mark as done, open or not for us. They stand here by brief and chapter."))
    by_publication: dict[str, list[Recommendation]] = {}
    for item in recommendations.values():
        if item.publication.in_force:
            by_publication.setdefault(item.publication.id, []).append(item)
    for own in by_publication.values():
        publication = own[0].publication
        summary = element("summary", "", f"{publication.label}, {publication.front.title}", element("span", "marks__done"))
        items = element("ul", "marks__list")
        for item in own:
            line = element("li", "", data_rec=item.id, data_number=item.number, data_who=item.who, data_when=item.when)
            line.append(element("p", "", element("a", "", item.number, href=relative_url(item.url, PAGE)), " ", element("span", "marks__text", item.text)))
            line.append(element("p", "check__who", f"{_capital(item.who)}, {item.when}."))
            items.append(line)
        root.append(element("details", "marks__group", summary, items))
    return root


def _question(item: ReadinessQuestion, number: int, tested: list[Recommendation]) -> HtmlElement:
    name = f"q-{item.code}"
    field = E.FIELDSET(element("legend", "check__question", f"{number}. {item.question}"))
    field.append(element("p", "check__why", item.why, id_=f"{name}-why"))
    field.set("aria-describedby", f"{name}-why")
    choices = element("div", "check__answers")
    labels = ANSWERS | ({NOT_APPLICABLE: "Does not apply"} if item.not_applicable else {})
    for value, label in labels.items():
        choice = element("label", "check__answer", element("input", type="radio", name=name, value=value))
        append(choice, f" {label}")
        if value == NOT_APPLICABLE:
            choice.append(element("span", "check__when", f" ({item.not_applicable.rstrip('.')})"))
        choices.append(choice)
    field.append(choices)
    steps = element("ul", "check__steps")
    for recommendation in tested:
        step = element("li", "", f"{recommendation.text} ")
        step.append(element("span", "check__who", f"{_capital(recommendation.who)}, {recommendation.when}. "))
        step.append(element("a", "", href=f"rec:{recommendation.id}"))
        append(step, ".")
        steps.append(step)
    otherwise = element("div", "check__otherwise", element("p", "check__label", "If the answer is no, or only partly:"), steps)
    return element("li", "check__item", field, otherwise, id_=name, data_code=item.code, data_stage=item.stage)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
