"""Word editions: the same final HTML as the page and the PDF, in styles that an office can restyle.

The article is checked against the same closed vocabulary as the PDF's, then its callouts,
recommendations, captions and footnotes are put in the terms that pandoc's DOCX writer knows.
"""

from __future__ import annotations

import base64
from pathlib import Path

from lxml.html import HtmlElement

from hooks.pages.tree import element, inner_html, replace

from .context import Walk
from .model import EditionRequest
from .pandoc_article import checked_article, footnotes
from .vocabulary import classes
from .word_images import picture
from .word_matter import closing, opening, styled
from .word_package import PROMPT, word_package
from .word_styles import reference_document

_PARAGRAPHS = {
    "clause__label": "Clause Label",
    "clause__note": "Clause Note",
    "recommendation__meta": "Recommendation Note",
    "recommendation__text": "Recommendation",
    "part__summary": "Summary",
    "part__facts": "Facts",
    "exercise__facts": "Facts",
    "space__label": "Space Label",
}
_CALLOUT = {"callout__label": "Label", "callout__title": "Title", "callout__meta": "Note", "callout__overdue": "Note"}
_SPANS = {"blank": "Blank", "caption-label": "Caption Label"}
_WRITTEN = 30
_SHIFT = {"h2": "h1", "h3": "h2", "h4": "h3", "h5": "h4"}


def make_word(request: EditionRequest, fonts: Path) -> bytes:
    """The .docx of one publication; equal requests give equal bytes. `fonts`, made by `build_fonts`, are those of figures.

    Raises:
        EditionError: the article holds something that Word could not keep, an image is missing or
            cannot be drawn, or pandoc fails. Names `request.source`.
    """
    root = checked_article(request, "a Word edition")
    ids = frozenset(node.get("id") for node in root.iter() if node.get("id"))
    walk = Walk(request, ids, {})
    footnotes(walk, root)
    _place_targets(walk, root)
    for node in list(root.iter()):
        _inline(walk, node, fonts)
    for node in list(root.iter()):
        _block(node)
    whole = element("div", "", *opening(request), root, *closing(request))
    properties = {
        "dc:title": request.full_title,
        "dc:creator": "; ".join(request.authors or (request.series,)),
        "dc:subject": request.summary,
        "dc:identifier": request.permalink,
        "cp:keywords": ", ".join(request.elements),
        "cp:version": request.edition,
    }
    language = f"{request.language}-{request.region.upper()}" if request.region else request.language
    return word_package(inner_html(whole), reference_document(request.series), properties, request.revised, language, request.source)


def _place_targets(walk: Walk, root: HtmlElement) -> None:
    """An empty span at the start of whatever links lead to: pandoc keeps the ids of headings, divisions and spans only."""
    wanted = set()
    for link in root.iter("a"):
        if link.get("epub:type") or link.get("href") is None:
            continue
        inside, target = walk.target(link)
        link.set("href", f"#{target}" if inside else target)
        if inside:
            wanted.add(target)
    for node in list(root.iter("p", "li", "dt", "dd", "td", "th", "ul", "ol", "dl", "a", "span", "em", "strong")):
        name = node.get("id")
        if not name:
            continue
        if name in wanted and node.tag in ("p", "li", "dt", "dd", "td", "th"):
            first = node[0] if len(node) and node[0].tag == "p" and not (node.text or "").strip() else node
            mark = element("span", id_=name)
            mark.tail, first.text = first.text, None
            first.insert(0, mark)
        if node.tag != "span" or name not in wanted:
            del node.attrib["id"]


def _inline(walk: Walk, node: HtmlElement, fonts: Path) -> None:
    names = classes(node)
    if node.tag == "span":
        for name in names & _SPANS.keys():
            node.set("data-custom-style", _SPANS[name])
    elif node.tag == "img":
        data = picture(walk, node, fonts)
        node.set("src", f"data:image/png;base64,{base64.b64encode(data).decode()}")
        for name in ("width", "height", "style"):
            node.attrib.pop(name, None)
    elif node.tag in ("p", "li", "dt", "dd", "td", "th", "blockquote", *_SHIFT) and node.get("lang"):
        # pandoc keeps the language of a run, not of a block.
        run = element("span", "", lang=node.get("lang"))
        if not any(child.tag in ("p", "ul", "ol", "dl") for child in node):
            run.text, node.text = node.text, None
            run.extend(list(node))
            node.append(run)


def _block(node: HtmlElement) -> None:
    tag, names = node.tag, classes(node)
    if tag in _SHIFT:
        node.tag = _SHIFT[tag]
    elif tag == "aside" and "callout" in names:
        _callout(node, "Case" if "callout--case" in names else "Law")
    elif tag == "section" and "recommendation" in names:
        _recommendation(node)
    elif tag == "div" and "clause__text" in names:
        node.set("data-custom-style", "Clause Text")
    elif tag == "p" and names & _PARAGRAPHS.keys():
        _style(node, next(_PARAGRAPHS[name] for name in names & _PARAGRAPHS.keys()))
    elif tag == "div" and "checklist" in names:
        for item in node.iterfind("ul/li"):
            first = item[0] if len(item) and item[0].tag == "p" else item
            first.text = f"☐ {first.text or ''}"
    elif tag == "ul" and names & {"references__list", "authorities__list"}:
        node.tag = "div"
        node.set("data-custom-style", "Bibliography")
        for item in node:
            item.tag = "p" if not any(child.tag == "p" for child in item) else "div"
    elif tag == "div" and "space" in names:
        _space(node)
    elif tag == "figure" and node.find("table") is not None:
        _table(node)
    if tag in ("aside", "section") and not node.get("epub:type"):
        node.tag = "div"


def _space(node: HtmlElement) -> None:
    """Its lines as paragraphs of one style, which Word draws as one ruled box; the first says that here one writes."""
    lines = [child for child in node if "space__line" in classes(child)]
    for index, line in enumerate(lines):
        # pandoc drops a paragraph that holds nothing; `word_package` takes the no-break space out again.
        replace(line, styled("Writing Space", PROMPT if index == 0 else "\u00a0"))


def _callout(node: HtmlElement, name: str) -> None:
    node.set("data-custom-style", f"{name} Text")
    for child in list(node):
        for part in classes(child) & _CALLOUT.keys():
            _style(child, f"{name} {_CALLOUT[part]}")


def _recommendation(node: HtmlElement) -> None:
    node.set("data-custom-style", "Recommendation Text")
    number = next(iter(node), None)
    text = next((p for p in node.iter("p") if "recommendation__text" in classes(p)), None)
    if number is None or text is None:
        return
    number.getparent().remove(number)
    text.text = f"{number.text_content().strip()}\u2003{text.text or ''}"


def _table(figure: HtmlElement) -> None:
    """The caption goes into the table, which takes the figure's place and id."""
    table, caption = figure.find("table"), figure.find("figcaption")
    if caption is not None:
        figure.remove(caption)
        caption.tag = "caption"
        table.insert(0, caption)
    if figure.get("id"):
        table.set("id", figure.get("id"))
    table.insert(0 if caption is None else 1, _columns(table))
    figure.tag = "div"
    figure.attrib.pop("id", None)


def _columns(table: HtmlElement) -> HtmlElement:
    """Widths by the square root of what the columns hold, so that none is a ribbon, as in the PDF."""
    rows = [[len(" ".join(cell.itertext())) for cell in row] for row in table.iter("tr")]
    count = max(map(len, rows))
    # An empty cell is one to write in.
    weights = [max(4.0, sum(row[i] or _WRITTEN for row in rows if len(row) == count) ** 0.5) for i in range(count)]
    group = element("colgroup", "")
    for weight in weights:
        group.append(element("col", "", style=f"width: {round(100 * weight / sum(weights))}%"))
    return group


def _style(node: HtmlElement, name: str) -> None:
    """Wrap `node` in a division of the style `name`."""
    holder = element("div", "")
    holder.set("data-custom-style", name)
    replace(node, holder)
    node.tail = None
    holder.append(node)
