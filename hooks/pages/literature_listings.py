"""The bibliography in two depths: one page with every source, and a page for each theme with what its sources say.

All of it on one page would weigh more than a phone on a slow line should be asked to fetch before it can show a line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from hooks.citing.bibliography import THEMES
from hooks.pages.literature_filter import filter_form
from hooks.pages.tree import HtmlElement, append, element, fragment

if TYPE_CHECKING:
    from hooks.pages.listings import Register

Entry = Callable[[str, "Register"], HtmlElement]


def keys_of(theme: str, register: Register) -> list[str]:
    """The sources of a theme, in the order of the bibliography."""
    return [key for key in register.formatted.references if register.sources[key].theme == theme]


def short(register: Register, downloads: HtmlElement) -> HtmlElement:
    """Every source with what it is, by theme; each leads to its whole entry on the page of its theme, `<theme>/`."""
    root = element("div", "register register--literature", downloads, *filter_form(register.sources[key] for key in register.formatted.references))
    for theme, label in THEMES.items():
        keys = keys_of(theme, register)
        if keys:
            root.append(element("h2", "", label, id_=f"theme-{theme}"))
            # The whole entries are what the search finds.
            root.append(element("ul", "references__list", *(_short(key, theme, register) for key in keys), data_search_exclude=""))
    return root


def _short(key: str, theme: str, register: Register) -> HtmlElement:
    entry = fragment(register.formatted.references[key])
    entry.tag = "p"
    note = register.sources[key].annotation
    about = element("p", "reference__what", f"{note.what} " if note else "")
    append(about, element("a", "", "What it says and where it is cited" if note and note.says else "Where it is cited", href=f"{theme}/#ref-{key}"))
    return element("li", "reference", entry, about, id_=f"ref-{key}", data_theme=theme, data_seen=note.seen if note else "")


def by_theme(entry: Entry) -> Mapping[str, Callable[[Register], HtmlElement]]:
    """The listing `literature-<theme>` of each theme: its sources in full, as `entry` makes them."""

    def listing_of(theme: str) -> Callable[[Register], HtmlElement]:
        def make(register: Register) -> HtmlElement:
            items: Iterable[HtmlElement] = (entry(key, register) for key in keys_of(theme, register))
            return element("div", "register register--literature", element("ul", "references__list", *items))

        return make

    return {f"literature-{theme}": listing_of(theme) for theme in THEMES}
