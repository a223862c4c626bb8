"""What is printed for the room: which sheets a page of exercises has, in which order, and how many copies of each.

Said once, for the list that the facilitator prints by, for the file of sheets, and for the workbook.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hooks.core.problems import suggestion
from hooks.core.tree import E, HtmlElement, by_id, element, text_of, with_class
from hooks.core.urls import relative_url
from hooks.linking.model import Draft
from hooks.series.addresses import handout_pdf, key_pdf, sheets_pdf
from hooks.series.model import Publication, Series

_ONE_EACH = "one each"
_FOR_THE_GROUP = "one set for each group, cut"
_PRINTED = ("scenario", "sheet", "exercise")


@dataclass(frozen=True)
class Item:
    """One thing to print. `kind` is "text", "exercise", "strips" or "roles"; `page` the slug of the module on whose page its `node` stands
    where that is another one; `copies` how many are handed out. `of` is the exercise that it is for; empty for a text by itself. `under` is the
    heading of the page below which that exercise, or the text, stands."""

    kind: str
    node: HtmlElement
    title: str
    copies: str
    page: str = ""
    of: str = ""
    under: str = ""


def items(tree: HtmlElement, key: HtmlElement | None = None, others: Mapping[str, HtmlElement] | None = None) -> list[Item]:
    """What is printed of a page of exercises, in order; `key` is the article of its answer key, `others` those of modules by slug.

    A text or rule is printed once, with the first exercise that needs it, all that one exercise needs on one sheet; an exercise where it says how
    many copies.
    """
    return list(_items(tree, key, others or {}))


def _items(tree: HtmlElement, key: HtmlElement | None, others: Mapping[str, HtmlElement]) -> Iterator[Item]:
    under, nodes = _below_headings(tree)
    needed = {name for node in nodes for name in material_of(node)}
    done: set[str] = set()
    for node in nodes:
        name = _name(node)
        if "exercise" not in (node.get("class") or "").split():
            if node.get("data-copies") and name not in needed:
                yield Item("text", node, title_of(node), node.get("data-copies", ""), under=under[name])
            continue
        for wanted in material_of(node):
            found = find_material(wanted, tree, others)
            if found is not None and wanted not in done:
                done.add(wanted)
                yield Item("text", found, title_of(found), found.get("data-copies") or _ONE_EACH, wanted.rpartition("/")[0], name, under[name])
        if node.get("data-copies"):
            yield Item("exercise", node, title_of(node), node.get("data-copies", ""), of=name, under=under[name])
        for kind, prefix in (("strips", "strips-"), ("roles", "roles-")):
            apart = None if key is None else by_id(key, f"{prefix}{name}")
            if apart is not None:
                yield Item(kind, apart, title_of(apart), apart.get("data-copies") or _FOR_THE_GROUP, of=name, under=under[name])


def _below_headings(tree: HtmlElement) -> tuple[dict[str, str], list[HtmlElement]]:
    """The heading of the second level below which each thing that may be printed stands, by its name; and these things, in order."""
    under: dict[str, str] = {}
    nodes: list[HtmlElement] = []
    heading = ""
    for node in tree.iter():
        if node.tag == "h2":
            heading = text_of(node)
        elif isinstance(node.tag, str) and set((node.get("class") or "").split()) & set(_PRINTED):
            under[_name(node)] = heading
            nodes.append(node)
    return under, nodes


def material_of(exercise: HtmlElement) -> Sequence[str]:
    """The names of what an exercise needs: of this page, or `slug/name` of another module."""
    return (exercise.get("data-material") or "").split()


def find_material(name: str, tree: HtmlElement, others: Mapping[str, HtmlElement]) -> HtmlElement | None:
    """The scenario or sheet of that name; None where there is none."""
    page, _, own = name.rpartition("/")
    root = others.get(page) if page else tree
    if root is None:
        return None
    return next((found for found in (by_id(root, f"scenario-{own}"), by_id(root, f"sheet-{own}")) if found is not None), None)


def _name(node: HtmlElement) -> str:
    return str(node.get("id") or "").partition("-")[2]


def title_of(node: HtmlElement) -> str:
    """What a sheet is called: “Example 5.3. Ten comments in one week”, “Exercise 5.2. Ten comments, one by one”, “Strips for Exercise 6.3”."""
    if node.get("aria-label"):
        label, _, title = node.get("aria-label", "").partition(": ")
        return title if label == "Sheet" and title else f"{label}. {title}" if title else label
    return text_of(node[0]) if len(node) else ""


def check_material(draft: Draft, others: Mapping[str, HtmlElement]) -> None:
    """A problem for each thing that an exercise says it needs and that is not there."""
    for node in with_class(draft.tree, "exercise"):
        for name in material_of(node):
            if find_material(name, draft.tree, others) is not None:
                continue
            page = name.rpartition("/")[0]
            root = others.get(page) if page else draft.tree
            known = [] if root is None else [_name(item) for kind in ("scenario", "sheet") for item in with_class(root, kind) if item.get("id")]
            shown = [f"{page}/{item}" if page else item for item in known]
            message = f"The exercise “{_name(node)}” needs “{name}”, which is no scenario and no sheet."
            draft.report("module", name, message, suggestion(name, shown, f"There are: {', '.join(shown) or 'none'}."))


def print_list(draft: Draft, series: Series, key: HtmlElement | None, others: Mapping[str, HtmlElement]) -> None:
    """Put what to print, and how many of each, under “For facilitators”, below the timing; a page with nothing to print stays as it is."""
    found = items(draft.tree, key, others)
    place = next((node for node in draft.tree.iter("h2") if node.get("id") in ("facilitators", "run")), None)
    if not found:
        return
    owner = draft.owner
    parted = not isinstance(owner, Publication)
    rows = [(f"{item.under}: {item.title}" if parted and item.under != item.title else item.title, item.copies) for item in found]
    answers = series.key_to.get(draft.page.path)
    if isinstance(owner, Publication):
        rows.append(("Handout, at the end", _ONE_EACH))
    if answers is not None:
        rows.append(("Answer key", "yours alone"))
    table = E.TABLE(E.THEAD(E.TR(*(element("th", "", name, scope="col") for name in ("To print, single-sided", "Copies")))))
    table.append(E.TBODY(*(E.TR(element("th", "", title, scope="row"), E.TD(copies)) for title, copies in rows)))
    files = element("ul", "edition-links web-only")
    printed = owner if isinstance(owner, Publication) else next((page for page in series.exercise_pages if page.path == draft.page.path), None)
    if printed is not None:
        files.append(E.LI(element("a", "", "Sheets for the room", href=relative_url(sheets_pdf(printed), draft.page.url))))
    if isinstance(owner, Publication):
        files.append(E.LI(element("a", "", "Handout", href=relative_url(handout_pdf(owner), draft.page.url))))
    if answers is not None:
        files.append(E.LI(element("a", "", "Answer key", href=relative_url(key_pdf(answers), draft.page.url))))
    box = element("div", "print-list", table, files)
    timing = next((node for node in draft.tree.iter("figure") if node.get("data-name") == "timing"), None)
    above = timing if timing is not None else place
    if above is None:
        draft.tree.append(box)
    else:
        above.addnext(box)
