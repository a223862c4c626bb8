"""Word editions: the same final HTML as the page and the PDF, in styles that an office can restyle.

The article is checked against the same closed vocabulary as the PDF's, then its callouts,
recommendations, captions and footnotes are put in the terms that pandoc's DOCX writer knows.
"""

from __future__ import annotations

import base64
import io
import tempfile
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePosixPath

from lxml import etree
from lxml.html import HtmlElement

from hooks.blocks.callouts import kind_of
from hooks.core.tree import OWN_PAGE, append, element, inner_html, replace
from hooks.core.urls import reserved_host
from hooks.editions.context import Walk
from hooks.editions.engine import typst
from hooks.editions.model import EditionRequest
from hooks.editions.pandoc import checked_article, footnotes, run_pandoc
from hooks.editions.template import facts_below
from hooks.editions.vocabulary import classes, numbers
from hooks.editions.word_styles import reference_document

_PARAGRAPHS = {
    "clause__label": "Clause Label",
    "clause__note": "Clause Note",
    "letter__label": "Clause Label",
    "letter__note": "Clause Note",
    "recommendation__meta": "Recommendation Note",
    "recommendation__text": "Recommendation",
    "part__summary": "Summary",
    "part__facts": "Facts",
    "part-mark": "Part Mark",
    "notice": "Facts",
    "exercise__facts": "Facts",
    "space__label": "Space Label",
    "scenario__label": "Clause Label",
    "scenario__title": "Space Label",
    "scenario__note": "Facts",
}
_CALLOUT = {"callout__label": "Label", "callout__title": "Title", "callout__meta": "Note", "callout__overdue": "Note"}
_SPANS = {"blank": "Blank", "caption-label": "Caption Label"}
_MARKS = {"caveat": "Caveat", "strength": "Strength"}
_WRITTEN = 30
_LINE, _PADDING, _WORD = 70, 2, 24
"""In a table a line has about so many characters of a wide font, the edges of a cell take so many, and a longer word, an address, may be cut."""
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
    # Letters are for sending: what is to be cited is the page.
    foot = "" if request.form == "letters" else request.series
    fresh = frozenset(node.get("id") or "" for node in root.iter("h1") if OWN_PAGE in classes(node))
    whole = element("div", "", *opening(request), root, *(() if request.form == "letters" else closing(request)))
    properties = {
        "dc:title": request.full_title,
        "dc:creator": "; ".join(request.authors or (request.series,)),
        "dc:subject": request.summary,
        "dc:identifier": request.permalink,
        "cp:keywords": ", ".join(request.elements),
        "cp:version": request.edition,
    }
    language = f"{request.language}-{request.region.upper()}" if request.region else request.language
    return word_package(inner_html(whole), reference_document(foot), properties, request.revised, language, request.source, request.form == "letters", fresh)


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
    elif node.tag == "a" and names & _MARKS.keys():
        # Within the link: outside it, the style of links would stand instead.
        word = element("span", "", node.text or "")
        word.set("data-custom-style", next(_MARKS[name] for name in names & _MARKS.keys()))
        node.text = None
        node.append(word)
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
    elif tag == "aside" and (kind := kind_of(names)) is not None:
        _callout(node, kind.style)
    elif tag == "section" and "recommendation" in names:
        _recommendation(node)
    elif (tag == "aside" and "scenario" in names) or (tag == "section" and "sheet" in names):
        # What an exercise works on is told from what is to be written.
        node.set("data-custom-style", "Clause Text")
    elif tag == "div" and names & {"clause__text", "letter__text"}:
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
    elif tag == "summary":
        node.tag = "p"
        words = element("strong", "")
        words.text, node.text = node.text, None
        words.extend(list(node))
        node.append(words)
    elif tag == "ol":
        _numbers(node)
    if tag in ("aside", "section", "details") and not node.get("epub:type"):
        node.tag = "div"


def _numbers(node: HtmlElement) -> None:
    """A list whose numbers do not follow one another, as lists that do: Word counts on from where each begins."""
    own = numbers(node)
    for index in range(len(own) - 1, 0, -1):
        if own[index] != own[index - 1] + 1:
            rest = element("ol", "", *list(node)[index:], start=str(own[index]), **({"type": node.get("type")} if node.get("type") else {}))
            node.addnext(rest)
    if own:
        node.set("start", str(own[0]))


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
    before = f"{number.text_content().strip()}\u2003"
    strength = next((p for p in node.iter("p") if "recommendation__strength" in classes(p)), None)
    if strength is None:
        text.text = f"{before}{text.text or ''}"
        return
    # One paragraph, whose rule stands above the number: the strength is its first line.
    grade = element("span", "", *strength)
    first = element("br")
    first.tail, text.text = text.text, before
    text.insert(0, grade)
    text.insert(1, first)
    strength.getparent().remove(strength)


def _table(figure: HtmlElement) -> None:
    """The caption goes into the table, which takes the figure's place and id."""
    table, caption = figure.find("table"), figure.find("figcaption")
    if caption is not None:
        figure.remove(caption)
        caption.tag = "caption"
        table.insert(0, caption)
    if figure.get("id"):
        table.set("id", figure.get("id"))
    table.insert(0 if caption is None else 1, _columns(table, even="table--even" in classes(figure)))
    figure.tag = "div"
    figure.attrib.pop("id", None)


def _columns(table: HtmlElement, even: bool) -> HtmlElement:
    """Widths by the square root of what the columns hold, so that none is a ribbon, as in the PDF, and none cuts a word; or all the
    same, where each takes as much as the others."""
    texts = [[" ".join(cell.itertext()) for cell in row] for row in table.iter("tr")]
    count = max(map(len, texts))
    rows = [row for row in texts if len(row) == count]
    # An empty cell is one to write in.
    weights = [1.0 if even else max(4.0, sum(len(row[i]) or _WRITTEN for row in rows) ** 0.5) for i in range(count)]
    words = [max((len(word) for row in rows for word in row[i].split() if len(word) <= _WORD), default=0) for i in range(count)]
    group = element("colgroup", "")
    for share in _shares(weights, [0.0 if even else (word + _PADDING) / _LINE for word in words]):
        group.append(element("col", "", style=f"width: {round(100 * share)}%"))
    return group


def _shares(weights: Sequence[float], least: Sequence[float]) -> list[float]:
    """Parts of 1 by `weights`, none below its `least`; by these alone where there is no room for more."""
    if sum(least) >= 1:
        return [part / sum(least) for part in least]
    held: set[int] = set()
    while True:
        rest, free = 1 - sum(least[i] for i in held), sum(weight for i, weight in enumerate(weights) if i not in held)
        shares = [least[i] if i in held else rest * weight / free for i, weight in enumerate(weights)]
        short = {i for i, share in enumerate(shares) if i not in held and share < least[i]}
        if not short:
            return shares
        held |= short


def _style(node: HtmlElement, name: str) -> None:
    """Wrap `node` in a division of the style `name`."""
    holder = element("div", "")
    holder.set("data-custom-style", name)
    replace(node, holder)
    node.tail = None
    holder.append(node)


def styled(name: str, *texts: str | HtmlElement) -> HtmlElement:
    """A paragraph in the Word style `name`, in the wrapper that pandoc reads styles from."""
    paragraph = element("p", "")
    for text in texts:
        append(paragraph, text)
    holder = element("div", "", paragraph)
    holder.set("data-custom-style", name)
    return holder


def opening(request: EditionRequest) -> Iterable[HtmlElement]:
    """Title, summary, dates, permanent address and elements."""
    yield styled("Publication", f"{request.series} · {request.series_name}")
    yield styled("Title", request.title)
    if request.subtitle:
        yield styled("Subtitle", request.subtitle)
    for text in (request.line, request.summary):
        if text:
            yield styled("Summary", text)
    yield styled("Facts", " · ".join(facts_below(request)))
    # A paper that is handed on does not carry an address that leads nowhere as if it worked.
    if reserved_host(request.permalink):
        yield styled("Facts", "Made from a copy without a public address.")
    else:
        yield styled("Facts", "Permanent address: ", element("a", "", request.permalink, href=request.permalink))
    if request.elements:
        yield styled("Facts", f"Policy elements: {', '.join(request.elements)}")


def closing(request: EditionRequest) -> Iterable[HtmlElement]:
    """How to cite, the edition history, and the imprint."""
    yield element("h1", "", "How to cite")
    yield styled("Bibliography", request.cite_as.replace(f" {request.permalink}.", "") if reserved_host(request.permalink) else request.cite_as)
    if request.history:
        yield element("h1", "", "Edition history")
        for edition, when, note in request.history:
            yield styled("Bibliography", f"Edition {edition}, {when}. {note}")
    yield styled("Facts", f"{request.publisher_note} {request.licence}".strip())


# Pixels per inch: sharp on paper, and small enough to mail.
_RESOLUTION = 200.0
_WIDTH = "6in"


def picture(walk: Walk, element: HtmlElement, fonts: Path) -> bytes:
    """The image of an `img` as PNG, as wide as Word's column.

    Raises:
        EditionError: no `alt`, no file for the `src`, or a picture that cannot be drawn.
    """
    source, _ = walk.image(element)
    data, suffix = walk.request.images[source], PurePosixPath(source).suffix.lower()
    if suffix == ".png":
        return data
    engine = typst(walk.request.source)
    with tempfile.TemporaryDirectory(prefix="picture-") as folder:
        root = Path(folder)
        (root / f"image{suffix}").write_bytes(data)
        (root / "main.typ").write_text(f'#set page(width: {_WIDTH}, height: auto, margin: 0pt)\n#image("image{suffix}", width: 100%)\n', encoding="utf-8")
        try:
            made = engine.compile(str(root / "main.typ"), root=str(root), format="png", ppi=_RESOLUTION, ignore_system_fonts=True, font_paths=[str(fonts)])
        except RuntimeError as error:
            walk.fail(f"the image {source!r} cannot be drawn: {error}", element)
    # A picture taller than a page is no matter: the page grows with it. So there is one.
    return bytes(made[0] if isinstance(made, list) else made)


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_CORE = {
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
PROMPT = "[Write here]"
"""What stands in a space to write in. In Word it is a content control: the first key typed takes its place."""
_ROOM = 620
"""Height at least of a table row with cells to fill in, in twentieths of a point."""
# The earliest time that a zip can hold.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def word_package(
    html: str, reference: bytes, properties: dict[str, str], modified: date, language: str, source: Path, apart: bool = False, fresh: Collection[str] = ()
) -> bytes:
    """The document of `html`, in the styles of `reference`. Where its parts stand `apart`, each heading of the first level begins a page;
    else those do whose ids are in `fresh`.

    `properties` are core properties by name (`dc:title`, `dc:creator`, …; ISO 29500-2, 11).

    Raises:
        EditionError: pandoc is missing or refuses its input. Names `source`.
    """
    with tempfile.TemporaryDirectory(prefix="word-") as folder:
        model = Path(folder) / "reference.docx"
        model.write_bytes(reference)
        made = run_pandoc(html, ["-t", "docx", "--reference-doc", str(model), "-M", f"lang={language}"], source)
    return _normal(made, properties | {"dc:language": language}, modified, apart, fresh)


def _normal(package: bytes, properties: dict[str, str], modified: date, apart: bool, fresh: Collection[str]) -> bytes:
    """The package with its parts in a fixed order and without times, our properties, and tables with their first column marked."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    parts["word/document.xml"] = _finish(parts["word/document.xml"], apart, fresh)
    parts["docProps/core.xml"] = _core(properties, modified)
    return word_zip(parts)


def word_zip(parts: Mapping[str, bytes]) -> bytes:
    """The parts of an office file as one package, in a fixed order and without times."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        # The content types come first, as readers of streams expect (ISO 29500-2, 10.2).
        for name in sorted(parts, key=lambda n: (n != "[Content_Types].xml", n)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, parts[name])
    return out.getvalue()


def _first_headings(tree: etree._Element, every: bool, ids: Collection[str]) -> Iterator[etree._Element]:
    """The styles of the headings of the first level, of every one or of those with `ids`."""
    if every:
        yield from (name for name in tree.iter(f"{{{_W}}}pStyle") if name.get(f"{{{_W}}}val") == "Heading1")
        return
    for mark in tree.iter(f"{{{_W}}}bookmarkStart"):
        # pandoc puts the bookmark of a heading before its paragraph.
        paragraph = mark.getnext()
        if mark.get(f"{{{_W}}}name") in ids and paragraph is not None:
            yield from paragraph.iter(f"{{{_W}}}pStyle")


def _finish(document: bytes, apart: bool, fresh: Collection[str]) -> bytes:
    tree = etree.fromstring(document)
    for name in list(_first_headings(tree, apart, fresh)):
        # It follows the style, and what keeps lines together (ISO 29500-1, 17.3.1.26).
        name.addnext(etree.Element(f"{{{_W}}}pageBreakBefore"))
    for look in tree.iter(f"{{{_W}}}tblLook"):
        # Our tables name their rows in the first column (ISO 29500-1, 17.4.56).
        look.set(f"{{{_W}}}firstColumn", "1")
        look.set(f"{{{_W}}}val", "00A0")
    for row in tree.iter(f"{{{_W}}}tr"):
        options = row.find(f"{{{_W}}}trPr")
        if options is None:
            options = etree.Element(f"{{{_W}}}trPr")
            row.insert(0, options)
        options.insert(0, etree.Element(f"{{{_W}}}cantSplit"))
    _room(tree)
    _controls(tree)
    for table in tree.iter(f"{{{_W}}}tbl"):
        below = next((node for node in table.itersiblings() if node.tag == f"{{{_W}}}p"), None)
        name = None if below is None else below.find(f"{{{_W}}}pPr/{{{_W}}}pStyle")
        if name is not None and name.get(f"{{{_W}}}val") == "BodyText":
            # The style that keeps its distance from what is above.
            name.set(f"{{{_W}}}val", "FirstParagraph")
    for picture in tree.iter(f"{{{_PIC}}}cNvPr"):
        # The alternative text stands on the drawing; here pandoc repeats the whole image as text.
        picture.attrib.pop("descr", None)
    made: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def _room(tree: etree._Element) -> None:
    """Rows with an empty cell are high enough to write in (ISO 29500-1, 17.4.80)."""
    for row in tree.iter(f"{{{_W}}}tr"):
        cells = ["".join(cell.itertext()).strip() for cell in row.iterfind(f"{{{_W}}}tc")]
        if all(cells):
            continue
        height = etree.SubElement(row.find(f"{{{_W}}}trPr"), f"{{{_W}}}trHeight")
        height.set(f"{{{_W}}}val", str(_ROOM))
        height.set(f"{{{_W}}}hRule", "atLeast")


def _controls(tree: etree._Element) -> None:
    """Each space to write in becomes a content control (ISO 29500-1, 17.5.2.31), called as the label above it."""
    styled = [p for p in tree.iter(f"{{{_W}}}p") if (s := p.find(f"{{{_W}}}pPr/{{{_W}}}pStyle")) is not None and s.get(f"{{{_W}}}val") == "WritingSpace"]
    for number, first in enumerate((p for p in styled if "".join(p.itertext()) == PROMPT), 1):
        lines = [first]
        while lines[-1].getnext() is not None and lines[-1].getnext() in styled and "".join(lines[-1].getnext().itertext()) != PROMPT:
            lines.append(lines[-1].getnext())
        label = "".join(first.getprevious().itertext()) if first.getprevious() is not None else ""
        control, content = etree.Element(f"{{{_W}}}sdt"), etree.Element(f"{{{_W}}}sdtContent")
        properties = etree.SubElement(control, f"{{{_W}}}sdtPr")
        for name, value in (("alias", label[:64]), ("tag", f"space-{number}"), ("id", str(number))):
            etree.SubElement(properties, f"{{{_W}}}{name}").set(f"{{{_W}}}val", value)
        control.append(content)
        first.addprevious(control)
        for line in lines:
            for text in line.iter(f"{{{_W}}}t"):
                text.text = (text.text or "").replace("\u00a0", "")
            content.append(line)


def _core(properties: dict[str, str], modified: date) -> bytes:
    root = etree.Element(f"{{{_CORE['cp']}}}coreProperties", nsmap=_CORE)
    for name, value in sorted(properties.items()):
        prefix, _, local = name.partition(":")
        etree.SubElement(root, f"{{{_CORE[prefix]}}}{local}").text = value
    for local in ("created", "modified"):
        stamp = etree.SubElement(root, f"{{{_CORE['dcterms']}}}{local}")
        stamp.set(f"{{{_CORE['xsi']}}}type", "dcterms:W3CDTF")
        stamp.text = f"{modified.isoformat()}T00:00:00Z"
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made
