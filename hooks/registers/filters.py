"""The filter of a register, which `assets/filters.js` works: one form for every kind of list.

It stands in the page from the start, since shown later it would push the list down under the reader's eyes; without scripts
it is not shown, and the list is whole. A field looks at `data-<name>` of each item; the state of all stands in the address.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hooks.core.tree import E, HtmlElement, element


@dataclass(frozen=True)
class Field:
    """A field of the form: a choice among `options`, or where there are none an input of that `type`.

    `search` looks among the words of the items; a `date` leaves those of that day and later.
    """

    name: str
    label: str
    options: tuple[HtmlElement, ...] | None = None
    type: str = "search"


@dataclass(frozen=True)
class Listed:
    """What is listed: how many, where (a CSS selector of the items), and what one and several of them are called."""

    count: int
    items: str
    one: str
    many: str


def filter_form(name: str, about: str, fields: Iterable[Field], listed: Listed) -> list[HtmlElement]:
    """The form, the line that counts what is shown, and what stands there if nothing is; their ids begin with `name`."""
    form = element("form", "library__filters needs-js", id_=f"{name}-filters", aria_label=about)
    form.set("data-items", listed.items)
    form.set("data-one", listed.one)
    form.set("data-many", listed.many)
    for field in fields:
        id_ = f"{name}-{field.name}"
        if field.options is None:
            control = element("input", "", type=field.type, name=field.name, id_=id_, autocomplete="off")
        else:
            control = element("select", "", element("option", "", "All", value=""), *field.options, name=field.name, id_=id_)
        form.append(element("p", "", element("label", "", field.label, for_=id_), control))
    form.append(element("p", "", element("button", "button", "Show all", type="reset")))
    noun = listed.one if listed.count == 1 else listed.many
    count = element("p", "library__count", f"{listed.count} {noun}", id_=f"{name}-count", role="status")
    none = element("p", "library__none", f"No {listed.one} has all of this. Take one filter away.", id_=f"{name}-none", hidden="hidden")
    return [form, count, none]


def options(labels: Mapping[str, str], there: Counter[str]) -> tuple[HtmlElement, ...]:
    """The choices that some item has, each with how many."""
    return tuple(E.OPTION(f"{label} ({there[slug]})", value=slug) for slug, label in labels.items() if there[slug])


def grouped(groups: Mapping[str, Mapping[str, str]], there: Counter[str]) -> tuple[HtmlElement, ...]:
    """The same under headings: label of the group → its choices. A group without any is left out."""
    made = (element("optgroup", "", *options(labels, there), label=label) for label, labels in groups.items())
    return tuple(group for group in made if len(group))
