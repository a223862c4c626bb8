"""The short form of a model clause, and whether it says anything that the long one does not.

A short form leaves out; it adds nothing. So each of its words that carries meaning has its ground in the long form: nouns, verbs and
adjectives by their stems, numbers, blanks and references as they are, and the words that decide how strict a rule is (not, no, only,
unless, may, must) as they are. Free are the words of style below, with which a sentence is put together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hooks.blocks.blanks import mark_blanks
from hooks.blocks.blocks import NO_SHORT_FORM, SHORT_FORM
from hooks.core.tree import HtmlElement, fragment, inner_html, with_class
from hooks.core.words import words
from hooks.linking.model import Draft
from hooks.series.model import Series

STYLE = frozenset("""
    a an the this that these those it its they them their he she his her who whom whose which what
    and or but as at by for from in into of on to under with within about
    is are was were be been being has have had do does did so when where while there then here
""".split())  # noqa: SIM905 - a list of so many words is read as a text
"""Words that a short form may use without ground. None of them names a person, a duty, a thing, a time or an exception."""

_IRREGULAR = {
    "kept": "keep", "sent": "send", "written": "write", "wrote": "write", "told": "tell", "knew": "know", "known": "know", "said": "say",
    "held": "hold", "lost": "lose", "given": "give", "gives": "give", "made": "make", "taken": "take", "took": "take", "left": "leave",
}  # fmt: skip
_ENDINGS = ("ation", "ing", "ion", "ed", "ly", "er", "or")
_SHORTEST = 3


def stem(word: str) -> str:
    """A word without what inflects it: “captures” and “captured”, “correction” and “corrected” become one."""
    word = _IRREGULAR.get(word, word)
    word = word.removesuffix("s") if not word.endswith(("ss", "us", "is")) else word
    word = _IRREGULAR.get(word, word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST + (ending == "ly"):
            word = word[: -len(ending)]
            break
    word = word.removesuffix("e")
    if len(word) > _SHORTEST and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    return re.sub("y$", "i", word)


def groundless(short: HtmlElement, long: HtmlElement) -> list[str]:
    """The words of the short form that have no ground in the long one, each once, in order, and addresses of links likewise."""
    known = {stem(word) for word in words(_spaced(long))}
    found = [word for word in words(_spaced(short)) if word not in STYLE and stem(word) not in known]
    hrefs = {node.get("href") for node in long.iter("a")}
    found += [node.get("href") or "" for node in short.iter("a") if node.get("href") not in hrefs]
    return list(dict.fromkeys(found))


def _spaced(root: HtmlElement) -> str:
    return " ".join(text for node in root.iter() if isinstance(node.tag, str) for text in _own(node)).replace("’s", "").replace("'s", "")


def _own(node: HtmlElement) -> Iterator[str]:
    yield node.text or ""
    yield node.tail or ""


def take_short_form(draft: Draft, node: HtmlElement, series: Series, id_: str, title: str, written: object) -> str:
    """Take the short form of the clause `id_` off the page, and return it as HTML; "" where there is none.

    Reported are a clause without one in a series that makes policies, one that is no text, and one that says more than the long form.
    """
    needle = f"/// clause | {id_}"
    own = next(with_class(node, SHORT_FORM), None)
    if own is None:
        if written not in (None, NO_SHORT_FORM):
            message = f"The short form of the clause “{id_}” is no text."
            draft.problems.append(draft.page.problem("clause", needle, message, "Write short: | and the text below it, further indented."))
        elif written is None and series.builder is not None:
            message = f"The clause “{id_}” has no short form."
            remedy = f"Write it under short: |, in words of the clause; or short: {NO_SHORT_FORM}, where it has no place in a short policy."
            draft.problems.append(draft.page.problem("clause", needle, message, remedy))
        return ""
    own.getparent().remove(own)
    mark_blanks(own)
    long = fragment(f"<p>{title}</p>{inner_html(node[0])}")
    added = groundless(own, long)
    if added:
        message = f"The short form of the clause “{id_}” says what its long form does not: “{'”, “'.join(added)}”."
        draft.problems.append(draft.page.problem("clause", needle, message, "Use words of the clause, or say it there first."))
    for item in own.iter():
        if isinstance(item.tag, str):
            item.attrib.pop("id", None)
    return inner_html(own)
