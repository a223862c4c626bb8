"""The elements, attributes and addresses that any page may have, with an edition or without: what Markdown makes, and some HTML beside it.

Whatever runs, loads, is submitted, or takes over the page is refused, and so is an element that HTML does not know: as a rule a blank in
angle brackets, which a browser would not show.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from hooks.core.locate import line_of
from hooks.core.problems import suggestion
from hooks.core.tree import HtmlElement, text_of
from hooks.core.words import ELEMENTS
from hooks.linking.model import Draft
from hooks.linking.targets import SCHEMES

_ATTRIBUTES = frozenset("""
    abbr align alt cite class colspan datetime dir download exercise headers height href id lang open rel reversed role rowspan scope src start title
    type value width
""".split())  # noqa: SIM905
_RUNS = frozenset("audio base button embed form frame iframe input link math meta object script style svg template video".split())  # noqa: SIM905
"""Elements that run, load, send or take over; known to HTML, and refused."""
_SCHEMES = ("http", "https", "mailto", "tel")
_SCHEME = re.compile(r"\s*([A-Za-z][\w+.-]*):")
_ALIGNED = re.compile(r"text-align:\s*(?:left|center|right);?")
_WHOLE = "Write the whole address; one with a blank to fill in is text, not a link: `https://[agency].gov`."
UNREAD = "data-unread-address"
"""The attribute that keeps an address which is none."""


def check_markup(draft: Draft) -> None:
    """Report what no page may have, and take it out of the page. Runs on what Markdown made, before anything is added to it."""
    for node in list(draft.tree.iterdescendants()):
        if not isinstance(node.tag, str):
            continue
        if node.tag not in ELEMENTS:
            _element(draft, node)
            continue
        for name in list(node.attrib):
            value = node.get(name) or ""
            if name == UNREAD:
                del node.attrib[name]
                _no_address(draft, value)
            elif not (name in _ATTRIBUTES or name.startswith(("aria-", "data-")) or (name == "style" and _ALIGNED.fullmatch(value.strip()))):
                del node.attrib[name]
                message = f"The attribute “{name}” of <{node.tag}> is none that a page may have."
                where = re.compile(rf"<{node.tag}\b[^>]*\b{re.escape(name)}\b", re.IGNORECASE)
                if value in ("", name) and line_of(draft.page.text, where) is None:
                    continue  # A word in a list of attributes, which is told as such.
                draft.report("markup", where, message, "Take it out: pages run no scripts, and their look is one for all.")
    for node, name in [*((link, "href") for link in draft.tree.iter("a")), *((image, "src") for image in draft.tree.iter("img"))]:
        for message, remedy in _address(node.get(name) or ""):
            draft.report("markup", node.get(name, "")[:60], message, remedy)
            del node.attrib[name]
    for image in draft.tree.iter("img"):
        source = image.get("src") or ""
        if source.partition(":")[0].lower() in ("http", "https") or source.startswith("//"):
            remedy = "Save it in the folder “figures” beside the page, and name it there."
            draft.report("markup", source[:60], f"The picture “{source}” would be loaded from elsewhere.", remedy)
            del image.attrib["src"]
    _headings(draft)


def _element(draft: Draft, node: HtmlElement) -> None:
    tag = str(node.tag)
    name, _, rest = tag.partition(":")
    if rest and name in SCHEMES:
        message, remedy = f"“<{tag}>” is no reference.", f"Write [](…) with the reference in the round brackets: []({tag})."
    elif tag in _RUNS:
        message, remedy = f"<{tag}> is no element that a page may have.", "Take it out: pages run nothing, load nothing from elsewhere, and send nothing."
    else:
        message, remedy = f"“<{tag}…>” is no element of HTML, and would not be shown.", f"Write a blank in square brackets, [{tag} …], or “\\<” for the sign."
    draft.report("markup", re.compile(rf"<{re.escape(tag)}(?![\w-])", re.IGNORECASE), message, remedy)


def _no_address(draft: Draft, value: str) -> None:
    draft.report("markup", value[:60], f"“{value}” is no address.", _WHOLE)


def _address(value: str) -> Iterator[tuple[str, str]]:
    try:
        urlsplit(value)
    except ValueError:
        yield f"“{value}” is no address.", _WHOLE
        return
    found = _SCHEME.match(value)
    if found is None or found[1] in (*_SCHEMES, *SCHEMES):
        return
    scheme = found[1]
    if scheme.lower() in ("javascript", "data", "vbscript"):
        yield f"An address that begins with “{scheme}:” is none that a page may have.", "Link to a page or a file."
        return
    known = [*SCHEMES, *_SCHEMES]
    yield f"There is no scheme “{scheme}:”; it stands in “{value}”.", suggestion(scheme, known, f"References begin with one of: {', '.join(SCHEMES)}.")


def _headings(draft: Draft) -> None:
    """Headings whose words give no id: it would be a number, which moves with every heading before it."""
    for node in draft.tree.iter("h2", "h3", "h4", "h5"):
        if re.fullmatch(r"_?\d*", node.get("id") or ""):
            words = text_of(node)
            if not words:
                message, remedy = "A heading has no words.", "Write them, or take the signs out."
            else:
                message, remedy = f"The heading “{words}” gives no id: it has no Latin letters.", "Add one of your own, which stays: “{#id}”."
            where = rf"^\s*#+\s+{re.escape(words.split()[0])}" if words else r"^\s*#+\s*(\{.*\})?\s*$"
            draft.report("id", re.compile(where), message, remedy)
