"""pandoc, run so that it reads what it is given and nothing else, and the article as it is given."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pypandoc
from lxml.html import HtmlElement

from hooks.core.tree import element, fragment, replace
from hooks.editions.context import Walk
from hooks.editions.law_cited import set_in_runs
from hooks.editions.model import EditionError, EditionRequest
from hooks.editions.vocabulary import classes, describe, dropped, unknown

READER = "html+epub_html_exts-raw_html-raw_tex-tex_math_dollars-smart-auto_identifiers"
"""Texts are texts: no mathematics, no raw HTML or TeX, no emphasis marks or smart quotes."""
_PATIENCE = 180
"""Seconds. The longest publication takes about one."""


def run_pandoc(html: str, arguments: Sequence[str], source: Path) -> bytes:
    """What pandoc makes of `html`: the same for the same input, on any day.

    Raises:
        EditionError: pandoc is missing, refuses its input, or does not end. Names `source`.
    """
    # pandoc reads no file but those that the arguments name, and asks no network: --sandbox.
    command = [_program(source), "--sandbox", "-f", READER, *arguments, "-o", "-"]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "0"}
    try:
        done = subprocess.run(command, input=html.encode(), capture_output=True, check=False, env=environment, timeout=_PATIENCE)
    except subprocess.TimeoutExpired as error:
        raise EditionError(source, f"pandoc did not end within {_PATIENCE} seconds") from error
    if done.returncode:
        raise EditionError(source, f"pandoc says: {done.stderr.decode('utf-8', 'replace').strip() or f'status {done.returncode}'}")
    return done.stdout


def _program(source: Path) -> str:
    try:
        path: str = pypandoc.get_pandoc_path()
    except OSError as error:
        raise EditionError(source, "pandoc is not installed; `make site` installs it with the package pypandoc_binary") from error
    return path


def checked_article(request: EditionRequest, form: str) -> HtmlElement:
    """The article without what belongs to the web alone. `form` is how the edition is called: "a Word edition".

    Raises:
        EditionError: it holds an element, a class or a character that the vocabulary does not know.
    """
    root = fragment(request.html)
    set_in_runs(root)
    for node in list(root.iter()):
        if node is not root and dropped(node) and node.getparent() is not None:
            node.drop_tree()
    for node in root.iterdescendants():
        lacking = unknown(node)
        if lacking:
            raise EditionError(request.source, f"{form} cannot print {lacking}")
        if any(ord(char) < 32 and char not in "\t\n\r" for char in (node.text or "") + (node.tail or "")):
            raise EditionError(request.source, f"a control character cannot be printed, at {describe(node)}")
    return root


def footnotes(walk: Walk, root: HtmlElement) -> None:
    """Notes as pandoc's EPUB reader knows them: a reference of type noteref to an aside of type footnote."""
    notes = []
    for holder in [node for node in root.iter("div") if "footnote" in classes(node)]:
        for item in holder.iterfind("ol/li"):
            note = element("aside", "", id_=item.get("id") or "")
            note.attrib["epub:type"] = "footnote"
            note.extend(list(item))
            notes.append(note)
        holder.drop_tree()
    known = {note.get("id") for note in notes}
    for link in [node for node in root.iter("a") if "footnote-ref" in classes(node)]:
        name = (link.get("href") or "").removeprefix("#")
        if name not in known:
            walk.fail(f"the footnote {name!r} has no text", link)
        mark = element("a", "", "".join(link.itertext()), href=f"#{name}")
        mark.attrib["epub:type"] = "noteref"
        holder = link.getparent()
        replace(holder if holder.tag == "sup" else link, mark)
    root.extend(notes)
