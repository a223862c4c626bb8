"""The bibliography in two depths: one page with every source and a filter, and a page for each theme with what its sources say.

All of it on one page would weigh more than a phone on a slow line should be asked to fetch before it can show a line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from hooks.citing.bibliography import THEMES, Source
from hooks.core.tree import E, HtmlElement, append, element, fragment, text_of
from hooks.registers.filters import Field, Listed, filter_form, options
from hooks.registers.register import Register
from hooks.series import vocabulary as words

Entry = Callable[[str, Register], HtmlElement]


def keys_of(theme: str, register: Register) -> list[str]:
    """The sources of a theme, in the order of the bibliography."""
    return [key for key in register.formatted.references if register.sources[key].theme == theme]


def short(register: Register, downloads: HtmlElement) -> HtmlElement:
    """Every source with what it is, by theme; each leads to its whole entry on the page of its theme, `<theme>/`."""
    sources = [register.sources[key] for key in register.formatted.references]
    root = element("div", "register register--literature", downloads, *_filters(sources))
    for theme, label in THEMES.items():
        keys = keys_of(theme, register)
        if keys:
            root.append(element("h2", "", label, id_=f"theme-{theme}"))
            # The whole entries are what the search finds.
            root.append(element("ul", "references__list", *(_short(key, theme, register) for key in keys), data_search_exclude=""))
    return root


def _filters(sources: list[Source]) -> list[HtmlElement]:
    themes = Counter(source.theme for source in sources)
    readings = Counter(source.annotation.seen for source in sources if source.annotation)
    fields = (
        Field("words", "Author, title, year or subject"),
        Field("theme", "Theme", options(THEMES, themes)),
        Field("seen", "How it was read", options(words.READINGS, readings)),
    )
    listed = Listed(len(sources), ".register--literature .reference", "source", "sources")
    return filter_form("literature", "Filter the literature", fields, listed)


def _short(key: str, theme: str, register: Register) -> HtmlElement:
    entry = fragment(register.formatted.references[key])
    entry.tag = "p"
    _without_addresses(entry)
    note = register.sources[key].annotation
    about = element("p", "reference__what", f"{note.what} " if note else "")
    append(about, element("a", "", "What it says and where it is cited" if note and note.says else "Where it is cited", href=f"{theme}/#ref-{key}"))
    return element("li", "reference", entry, about, id_=f"ref-{key}", data_theme=theme, data_seen=note.seen if note else "")


def _without_addresses(entry: HtmlElement) -> None:
    """Leave the printed addresses of a reference to its whole entry: hundreds of them would double the weight of the list."""
    for link in list(entry.iter("a")):
        if text_of(link) == link.get("href"):
            link.tail = (link.tail or "").removeprefix(".")
            link.drop_tree()


def readings(register: Register) -> HtmlElement:
    """A table: how many sources of the bibliography were read how far, and how many there are."""
    counts = Counter(source.annotation.seen for source in register.sources.values() if source.annotation)
    head = E.THEAD(E.TR(*(element("th", "", name, scope="col") for name in ("How we read it", "Sources"))))
    rows = [*((label, counts[slug]) for slug, label in words.READINGS.items()), ("All", counts.total())]
    return E.TABLE(head, E.TBODY(*(E.TR(element("th", "", label, scope="row"), E.TD(str(count))) for label, count in rows)))


def by_theme(entry: Entry) -> Mapping[str, Callable[[Register], HtmlElement]]:
    """The listing `literature-<theme>` of each theme: its sources in full, as `entry` makes them."""

    def listing_of(theme: str) -> Callable[[Register], HtmlElement]:
        def make(register: Register) -> HtmlElement:
            items: Iterable[HtmlElement] = (entry(key, register) for key in keys_of(theme, register))
            return element("div", "register register--literature", element("ul", "references__list", *items))

        return make

    return {f"literature-{theme}": listing_of(theme) for theme in THEMES}
