"""The library of case studies: a matrix of what there is, filters, and the plain list that they work on.

Without a script the page is complete: the matrix in numbers and every case. `assets/filters.js` works the filters and
turns the matrix's numbers into links.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from hooks.core.tree import E, HtmlElement, append, element
from hooks.linking.labels import source_label, source_line
from hooks.registers.filters import Field, Listed, filter_form, grouped, options
from hooks.series import vocabulary as words
from hooks.series.model import Case

THIN = 1
"""A cell of the matrix with at most so many cases is marked as thin."""



def matrix(cases: Iterable[Case]) -> HtmlElement:
    """A table of how many cases there are by element or theme and by level of government."""
    return element("div", "library", *_matrix(list(cases)))


def library(cases: Iterable[Case]) -> HtmlElement:
    """Every case, in the order of `cases`, under the filters that a script shows."""
    return element("div", "library", *_list(list(cases)))


def counts(cases: Iterable[Case]) -> Counter[tuple[str, str]]:
    """How many cases there are for each (topic, level). A case counts once for each of its topics."""
    return Counter((topic, case.front.level) for case in cases for topic in case.front.topics)


def _matrix(cases: list[Case]) -> list[HtmlElement]:
    found = counts(cases)
    levels = Counter(case.front.level for case in cases)
    whole = Counter(topic for case in cases for topic in case.front.topics)
    thin = sum(found[topic, level] <= THIN for topic in words.TOPICS for level in words.LEVELS)
    head = E.TR(element("th", "", "Element or theme", scope="col"))
    head.extend(element("th", "", label, scope="col") for label in words.LEVELS.values())
    head.append(element("th", "", "All", scope="col"))
    body = E.TBODY()
    for topic, label in words.TOPICS.items():
        row = E.TR(element("th", "", label, scope="row"))
        row.extend(_cell(found[topic, level], topic=topic, level=level) for level in words.LEVELS)
        row.append(_cell(whole[topic], topic=topic))
        body.append(row)
    last = E.TR(element("th", "", "All", scope="row"))
    last.extend(_cell(levels[level], level=level) for level in words.LEVELS)
    last.append(_cell(len(cases)))
    body.append(last)
    say = (
        f"{len(cases)} cases, each under every element and theme that it bears on, so the rows add up to more. "
        f"A dashed frame marks a cell with one case or none: {thin} of {len(words.TOPICS) * len(words.LEVELS)}. "
        "An empty cell says what we have not found, and not that it never happened."
    )
    table = element("table", "matrix", E.THEAD(head), body)
    figure = element("figure", "table", table, E.FIGCAPTION(E.P("Case studies by element or theme and by level of government")), id_="matrix-of-cases")
    return [E.P(say), figure]


def _cell(count: int, **filters: str) -> HtmlElement:
    """A number with the filters that show its cases."""
    cell = element("td", "matrix__thin" if count <= THIN and len(filters) == 2 else "", str(count))
    for name, value in filters.items():
        cell.set(f"data-{name}", value)
    return cell


def _list(cases: list[Case]) -> list[HtmlElement]:
    listed = Listed(len(cases), ".register--cases > li", "case study", "case studies")
    return [
        *filter_form("case", "Filter case studies", _fields(cases), listed),
        element("ul", "register register--cases", *(_item(case) for case in cases)),
    ]


def _fields(cases: list[Case]) -> list[Field]:
    level = Counter(case.front.level for case in cases)
    topic = Counter(topic for case in cases for topic in case.front.topics)
    source = Counter(case.front.source_kind for case in cases)
    year = Counter(str(case.front.year) for case in cases)
    return [
        Field("level", "Level of government", options(words.LEVELS, level)),
        Field("topic", "Element or theme", grouped({"Elements": words.ELEMENTS, "Themes": words.THEMES}, topic)),
        Field("source", "Kind of source", options(words.SOURCE_KINDS, source)),
        Field("year", "Year", options({number: number for number in sorted(year, reverse=True)}, year)),
    ]


def _item(case: Case) -> HtmlElement:
    front = case.front
    item = element("li", "", data_level=front.level, data_topic=" ".join(case.front.topics), data_source=front.source_kind, data_year=str(front.year))
    place = f"{front.agency}, {front.jurisdiction}, {front.year} · {words.LEVELS[front.level]}"
    item.append(E.P(element("a", "register__title", front.title, href=f"case:{case.id}")))
    item.append(element("p", "register__meta", place))
    item.append(E.P(front.summary))
    source = element("p", "register__meta", element("strong", "", source_label(case)))
    line = source_line(case).removeprefix(source_label(case))
    append(source, f"{line}. {', '.join(words.TOPICS[topic] for topic in case.front.topics)}.")
    item.append(source)
    return item
