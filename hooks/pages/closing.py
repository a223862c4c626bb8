"""What is added to a page after its own text: References, Law cited, and the store of previews."""

from __future__ import annotations

from collections.abc import Mapping

from hooks.citing.bibliography import Source
from hooks.citing.citeproc import Formatted
from hooks.pages.expand import status_label
from hooks.pages.links import Used
from hooks.pages.model import Draft
from hooks.pages.targets import LAW_URL
from hooks.pages.tree import E, HtmlElement, append, element, fragment, inner_html, long_date, text_of
from hooks.pages.urls import relative_url
from hooks.series.records import Authority


def references(used: Used, formatted: Formatted) -> HtmlElement | None:
    """The sources that the page cites, in the style's order, with links back to each place."""
    keys = [key for key in formatted.references if key in used.citations]
    if not keys:
        return None
    section = element("section", "references", E.H2("References", id="references-title"), id_="references", aria_labelledby="references-title")
    items = element("ul", "references__list")
    for key in keys:
        item = fragment(formatted.references[key])
        item.tag = "li"
        item.set("id", f"ref-{key}")
        item.set("class", "reference")
        count = used.citations[key]
        if count:
            back = element("span", "reference__backlinks", "Cited here: ")
            for number in range(1, count + 1):
                append(back, " " if number > 1 else "")
                label = f"Back to citation {number} of {_short(item)}"
                append(back, element("a", "", str(number), href=f"#cite-{key}-{number}", aria_label=label))
            append(item, " ")
            item.append(back)
        items.append(item)
    section.append(items)
    return section


def _short(item: HtmlElement) -> str:
    """“Author. Year”, which tells two works of one author apart."""
    return ". ".join(text_of(item).split(". ")[:2])[:80]


def law_cited(draft: Draft, authorities: list[Authority]) -> HtmlElement | None:
    """The authorities that the page refers to, with how far each binds and as of when."""
    if not authorities:
        return None
    section = element("section", "authorities", E.H2("Law cited", id="law-cited-title"), id_="law-cited", aria_labelledby="law-cited-title")
    items = element("ul", "authorities__list")
    for authority in sorted(authorities, key=lambda a: a.name.lower()):
        item = element("li", "", element("strong", "", authority.name))
        status = status_label(authority)
        text = f", {authority.citation.rstrip('.')}. {status[0].upper()}{status[1:]}, as of {long_date(authority.as_of)}. "
        append(item, text)
        address = relative_url(f"{LAW_URL}#{authority.id}", draft.page.url)
        append(item, element("a", "", "In the register", href=address, aria_label=f"{authority.short} in the register"))
        append(item, ".")
        items.append(item)
    section.append(items)
    return section


def preview_store(tree: HtmlElement, used: Used, sources: Mapping[str, Source], formatted: Formatted) -> str:
    """The previews that the page's links show, as one hidden element; links are pointed at their entry by id."""
    store = element("div", "previews web-only", hidden="hidden")
    ids: dict[str, str] = {}
    for name, target in used.previews.items():
        ids[name] = f"pv-{len(ids) + 1}"
        entry = target.preview_element() if target is not None else _source_preview(name.removeprefix("source:"), sources, formatted)
        entry.set("id", ids[name])
        store.append(entry)
    for link in tree.iter("a"):
        name = link.get("data-preview")
        if name in ids:
            link.set("data-preview", ids[name])
    return inner_html(E.DIV(store)) if ids else ""


def _source_preview(key: str, sources: Mapping[str, Source], formatted: Formatted) -> HtmlElement:
    entry = fragment(formatted.references.get(key, ""))
    for link in list(entry.iter("a")):
        link.drop_tag()
    entry.tag = "p"
    entry.set("class", "preview__text")
    preview = E.DIV(element("p", "preview__label", "Source"), entry)
    note = sources[key].annotation if key in sources else None
    if note:
        preview.append(element("p", "preview__text", note.what))
    return preview
