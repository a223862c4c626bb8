"""Resolving the marks of one page: references into links, citations into their printed form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from hooks.citing.citeproc import Formatted
from hooks.core.citations import parse_group
from hooks.core.problems import suggestion
from hooks.core.tree import HtmlElement, append, element, fragment, replace, text_of, with_class
from hooks.core.urls import relative_url
from hooks.linking.backlinks import use_of
from hooks.linking.model import Draft
from hooks.linking.relations import Use
from hooks.linking.targets import SCHEMES, Directory, Target, Unknown
from hooks.series.addresses import LITERATURE
from hooks.series.model import Publication
from hooks.series.withheld import NOTE


@dataclass
class Used:
    """What one page was found to refer to, in order of first mention."""

    targets: dict[str, Target] = field(default_factory=dict)
    previews: dict[str, Target | None] = field(default_factory=dict)
    """What links show on hover: the reference as written, or `source:KEY` → None."""
    citations: dict[str, int] = field(default_factory=dict)
    """Source key → how often it is cited on the page."""
    uses: dict[str, list[Use]] = field(default_factory=dict)
    """How each thing is referred to: target or `source:KEY` → in order of the page."""


def is_reference(href: str) -> bool:
    """Whether `href` is one of our own schemes."""
    return href.partition(":")[0] in SCHEMES and ":" in href


def resolve_references(draft: Draft, root: HtmlElement, directory: Directory, used: Used) -> None:
    """Turn every reference below `root` into a link relative to the page; report what leads nowhere."""
    for link in list(root.iter("a")):
        href = link.get("href", "")
        if not is_reference(href):
            _name_place(draft, link, href)
            continue
        if href.startswith("case:") and href[5:].partition("#")[0] in directory.series.withheld:
            replace(link, element("span", "", NOTE))
            continue
        use = use_of(draft, link)
        target = directory.find(href, draft.page.path)
        told = link.attrib.pop("data-record", None) is not None
        if isinstance(target, Unknown):
            if not told:  # Else where the record is written.
                draft.report(target.rule, href, target.message, target.remedy, target.follows)
            replace(link, element("span", "broken-reference", text_of(link) or href))
            continue
        used.targets.setdefault(target.key, target)
        used.uses.setdefault(target.key, []).append(use)
        link.set("href", relative_url(target.url, draft.page.url))
        link.set("class", f"xref xref--{target.scheme}")
        # A register whose entry says all that a preview would does without it.
        if link.attrib.pop("data-no-preview", None) is None:
            used.previews.setdefault(href, target)
            link.set("data-preview", href)
        if not len(link) and not (link.text or "").strip():
            link.text = None
            for part in target.label_parts():
                append(link, part)
        if target.owner is not None and target.owner.mark and target.owner.path != draft.page.path:
            append(link, element("span", "standing", f" ({target.owner.mark})"))
            if not told:
                _rests_on(draft, href, target.owner, directory)


def _name_place(draft: Draft, link: HtmlElement, href: str) -> None:
    """Give a link without words, `[](#rules)`, the name of the place on its page: a heading's words, “Table 1”."""
    if len(link) or (link.text or "").strip() or not href.startswith("#"):
        return
    anchor = draft.anchors.get(href[1:])
    name = "" if anchor is None else anchor.title if anchor.kind == "heading" else anchor.label
    if name:
        link.text = name
    else:
        draft.report("reference", f"]({href})", f"The link to “{href}” has no words, and its place no name.", f"Write them in its brackets: “[words]({href})”.")


def _rests_on(draft: Draft, href: str, owner: Publication, directory: Directory) -> None:
    """Tell the author of a page in force that it refers to what is not. What takes the place of another may well name it."""
    successor = directory.series.successor(owner)
    if isinstance(draft.owner, Publication) and (not draft.owner.in_force or draft.owner is successor):
        return
    if owner.draft:
        message, remedy = f"“{href}” leads to a draft, which readers find nowhere else.", "Publish the draft first, or take the reference out."
    else:
        message = f"“{href}” leads to {owner.label}, which was {owner.mark}. The reference is printed with that word."
        remedy = f"Refer to {successor.label} (“{successor.slug}”) if you can." if successor else "Refer to what holds now, or leave it as history."
    draft.report("retired", href, message, remedy)


def citation_groups(root: HtmlElement) -> list[str]:
    """The citation groups below `root`, as written."""
    return [node.get("data-cite", "") for node in with_class(root, "cite-mark")]


def check_citations(draft: Draft, root: HtmlElement, known: Mapping[str, object]) -> None:
    """Report every key cited below `root` that is not in the bibliography, and make its mark a visible gap."""
    for mark in list(with_class(root, "cite-mark")):
        group = parse_group(mark.get("data-cite", ""))
        unknown = [key for key in group.keys if key not in known] if group else []
        for key in unknown if mark.get("data-record") is None else ():  # of a record: told there
            remedy = suggestion(key, known, "Add it to a .bib file in docs/literature/; if it is a handle, write it without brackets.")
            draft.report("citation", f"@{key}", f"There is no source “{key}” in the bibliography.", remedy)
        if unknown:
            replace(mark, element("span", "broken-reference", text_of(mark)))


def resolve_citations(draft: Draft, root: HtmlElement, formatted: Formatted, used: Used, *, local: bool) -> None:
    """Print every citation below `root`.

    `local` citations lead to the page's own References and can be returned to from there;
    others, in generated registers, lead to the literature page.
    """
    for mark in list(with_class(root, "cite-mark")):
        group = mark.get("data-cite", "")
        html = formatted.groups.get(group, "")
        if mark.get("data-bare") and html.startswith("(") and html.endswith(")"):
            html = html[1:-1]
        citation = fragment(html)
        citation.tag = "span"
        citation.set("class", "citation")
        use = use_of(draft, mark)
        for link in citation.iter("a"):
            # Letters beyond ASCII are encoded in an address, and not in a key.
            key = unquote(link.get("href", "").removeprefix("#ref-"))
            link.attrib.pop("role", None)
            link.set("class", "citation__ref")
            link.set("data-preview", f"source:{key}")
            used.previews.setdefault(f"source:{key}", None)
            used.uses.setdefault(f"source:{key}", []).append(use)
            if local:
                used.citations[key] = used.citations.get(key, 0) + 1
                link.set("id", f"cite-{key}-{used.citations[key]}")
            else:
                used.citations.setdefault(key, 0)
                link.set("href", relative_url(f"{LITERATURE}#ref-{key}", draft.page.url))
        replace(mark, citation)
