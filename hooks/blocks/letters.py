"""Words to copy: letters, messages and forms with blanks, and notices, which are also given as a picture to post. In Word a letter may
have a sheet for its translator too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from hooks.blocks.blanks import mark_blanks
from hooks.core.tree import E, HtmlElement, element, fragment, inner_html, text_of, with_class
from hooks.core.typography import typographic
from hooks.linking.links import is_reference
from hooks.linking.model import Draft, Letter
from hooks.series.addresses import notice_picture
from hooks.series.model import Publication

LETTER, NOTICE, TEXT = "letter", "letter--notice", "letter__text"
NOTICE_WORDS = 60
"""How many words a notice may have: more are not read on a telephone."""
PICTURE = (1200, 1500)
"""Width and height of the picture of a notice, in pixels: 4 to 5, the highest that no platform cuts."""


def letter_id(name: str) -> str:
    """Where a letter stands on its page: `letter-platform-report`."""
    return f"letter-{name}"


def complete_letter(draft: Draft, node: HtmlElement, name: str, options: dict[str, object], seen: Counter[str]) -> None:
    """Complete a letter or notice in place, and record it."""
    owner = draft.owner
    kind = "notice" if NOTICE in (node.get("class") or "").split() else "letter"
    needle = f"/// {kind} | {name}".strip(" |")
    title, note = str(options.get("title") or ""), typographic(str(options.get("note") or ""))
    body = node[0]

    def refuse(message: str, remedy: str) -> None:
        draft.problems.append(draft.page.problem("letter", needle, message, remedy, nth=max(0, seen[name] - 1)))

    seen[name] += 1
    what = f"The {kind} “{name}”" if name else f"A {kind} block"
    if not isinstance(owner, Publication):
        refuse(f"A {kind} stands only in a publication.", "Move it to an action sheet, a brief or another publication.")
        return
    if not name or not title or isinstance(options.get("title"), (list, dict)):
        lacks = "“title:”" if name else "an id"
        refuse(f"{what} lacks {lacks}.", f"Write “/// {kind} | id”, and under it “title: …”, indented by four spaces.")
        return
    if not text_of(body):
        refuse(f"{what} has no text.", "Write below its title what is to be copied.")
        return
    for message, remedy in _unfit(body, kind):
        refuse(f"{what} {message}", remedy)
    translate = options.get("translate") or False
    if not isinstance(translate, bool):
        refuse(f"{what} has “translate: {translate}”.", "Write “translate: true”, or leave it out.")
        translate = False
    if translate and body.find(".//table") is not None:
        refuse(f"{what} has a table, which its sheet for the translator has no room for.", "Write it in paragraphs and lists.")
        translate = False
    title = typographic(title)
    mark_blanks(body)
    label = "Notice" if kind == "notice" else "Letter"
    node.set("id", letter_id(name))
    node.set("aria-label", f"{label}: {title}")
    node.insert(0, element("p", "letter__label", title))
    if note:
        node.append(element("p", "letter__note", note))
    picture = notice_picture(owner, name) if kind == "notice" else ""
    if picture:
        node.append(_shown(body, picture.rpartition("/")[2], title))
    html = inner_html(body)
    draft.letters.append(Letter(name, kind, title, note, html, said(body), owner, f"{draft.page.url}#{letter_id(name)}", picture, translate))


def _unfit(body: HtmlElement, kind: str) -> list[tuple[str, str]]:
    """What a letter or notice holds that cannot be copied out of it: (message after its name, remedy)."""
    found = []
    if next(with_class(body, "cite-mark"), None) is not None:
        found.append(("holds a citation, which nobody can look up in a copy.", "Cite before or below it."))
    if next(with_class(body, "footnote-ref"), None) is not None:
        found.append(("holds a note, which nobody can look up in a copy.", "Say it before or below it."))
    links = [link for link in body.iter("a") if is_reference(link.get("href", "")) or link.get("href", "").startswith("#")]
    if links:
        found.append((f"holds the reference “{links[0].get('href')}”, which leads nowhere in a copy.", "Refer before or below it."))
    for tag in ("img", "figure", "h2", "h3", "h4", "pre"):
        if body.find(f".//{tag}") is not None:
            remedy = "Take the caption off: a table has the title of its letter." if tag == "figure" else "Write it in paragraphs, lists and tables."
            found.append((f"holds more than paragraphs, lists and tables: <{tag}>.", remedy))
    if kind == "notice":
        if any(child.tag != "p" for child in body):
            found.append(("holds more than paragraphs, which its picture has no room for.", "Write it in paragraphs, or as a letter."))
        if "[" in text_of(body):
            found.append(("has a blank, and nobody can fill in a picture.", "Say it so that it holds for every agency, or write it as a letter."))
        count = len(text_of(body).split())
        if count > NOTICE_WORDS:
            found.append((f"has {count} words; at most {NOTICE_WORDS} are read as a picture.", f"Take {count - NOTICE_WORDS} away, or write it as a letter."))
    return found


def sheet_title(letter: Letter) -> str:
    """What the sheet for its translator is called."""
    return f"To translate: {letter.title}"


def translation_sheet(letter: Letter) -> list[HtmlElement]:
    """A page for the translator of a letter: each paragraph and item in a row, with an empty cell beside it for the translation."""
    rows = [element("tr", "", element("td", "", *parts), element("td", "")) for parts in _rows(fragment(letter.html))]
    head = element("tr", "", element("th", "", "English", scope="col"), element("th", "", "Translation", scope="col"))
    table = element("table", "", element("thead", "", head), element("tbody", "", *rows))
    how = (
        "Write each row’s translation beside it. Keep numbers, links and telephone numbers as they are. What stands in brackets is filled in "
        "first, here as in the notice. Set the right side from right to left for a language that reads so."
    )
    return [
        element("h2", "", sheet_title(letter), id_=f"{letter_id(letter.id)}-sheet"),
        element("p", "letter__note", how),
        element("figure", "table table--even", table),
    ]


_BLOCKS = ("p", "ul", "ol", "li", "dl", "dt", "dd", "blockquote")


def _rows(node: HtmlElement) -> Iterator[list[HtmlElement | str]]:
    """What each paragraph in `node` says, and each item of its lists after its mark."""
    number = int(node.get("start") or 1)
    line: list[HtmlElement | str] = [node.text or ""]
    for child in list(node):
        if child.tag not in _BLOCKS:
            line.append(child)
            continue
        if _says(line):
            yield line
        line = [child.tail or ""]
        inner = list(_rows(child))
        if child.tag == "li" and inner:
            inner[0].insert(0, f"{number}. " if node.tag == "ol" else "• ")
            number += 1
        yield from inner
    if _says(line):
        yield line


def _says(line: list[HtmlElement | str]) -> bool:
    return any((part if isinstance(part, str) else text_of(part) + (part.tail or "")).strip() for part in line)


def said(body: HtmlElement) -> tuple[tuple[tuple[bool, str], ...], ...]:
    """The paragraphs of a notice, each as runs of (bold, text); of a letter too, as far as it has paragraphs."""
    return tuple(tuple(_runs(child, bold=False)) for child in body if child.tag == "p")


def _runs(node: HtmlElement, bold: bool) -> list[tuple[bool, str]]:
    runs = [(bold, node.text or "")]
    for child in node:
        runs += [*_runs(child, bold or child.tag == "strong"), (bold, child.tail or "")]
    return [(strong, " ".join(text.split("\n"))) for strong, text in runs if text]


def _shown(body: HtmlElement, source: str, title: str) -> HtmlElement:
    """The picture of a notice, folded away below its words, to look at and to take."""
    words = " ".join(text_of(part) for part in body)
    width, height = (str(side) for side in PICTURE)
    picture = element("img", "", src=source, alt=words, width=width, height=height, loading="lazy")
    take = element("a", "button", "Download the picture", element("span", "vh", f" of the notice “{title}”"), href=source, download="")
    hint = "When you post it, give the platform the words above as its text alternative."
    return element("details", "letter__picture web-only", E.SUMMARY("As a picture"), picture, E.P(take), element("p", "soft", hint))


