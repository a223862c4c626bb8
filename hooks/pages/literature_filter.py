"""The filter of the bibliography, which `assets/literature.js` works; without scripts it is not shown.

It stands in the page from the start: shown later, it would push the list down under the reader's eyes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from hooks.citing.bibliography import THEMES, Source
from hooks.pages.tree import E, HtmlElement, element
from hooks.series import vocabulary as words


def filter_form(sources: Iterable[Source]) -> list[HtmlElement]:
    """The form, the line that counts what is shown, and what stands there if nothing is."""
    sources = list(sources)
    themes = Counter(source.theme for source in sources)
    readings = Counter(source.annotation.seen for source in sources if source.annotation)
    form = element("form", "library__filters needs-js", id_="literature-filters", aria_label="Filter the literature")
    words_field = element("input", "", type="search", name="words", id_="literature-words", autocomplete="off")
    form.append(element("p", "", element("label", "", "Author, title, year or subject", for_="literature-words"), words_field))
    for name, label, options in (("theme", "Theme", _options(THEMES, themes)), ("seen", "How it was read", _options(words.READINGS, readings))):
        field = element("select", "", element("option", "", "All", value=""), *options, name=name, id_=f"literature-{name}")
        form.append(element("p", "", element("label", "", label, for_=f"literature-{name}"), field))
    form.append(element("p", "", element("button", "button", "Show all", type="reset")))
    many = len(sources)
    count = element("p", "library__count", f"{many} source{'' if many == 1 else 's'}", id_="literature-count", role="status")
    none = element("p", "library__none", "No source has all of this. Take one filter away.", id_="literature-none", hidden="hidden")
    return [form, count, none]


def _options(labels: Mapping[str, str], there: Counter[str]) -> list[HtmlElement]:
    """The choices that some source has, each with how many."""
    return [E.OPTION(f"{label} ({there[slug]})", value=slug) for slug, label in labels.items() if there[slug]]
