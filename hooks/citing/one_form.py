"""DOIs and addresses of a bibliography brought to one form, in the text itself: the references, the links and the files given out then agree."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

from hooks.citing.entries import NO_SOURCES, START, Entry, Field, read_entries

DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+\Z")
_DOI_ADDRESS = re.compile(r"(?:https?://)?(?:dx\.|www\.)?doi\.org/", re.IGNORECASE)
_DOI_MARK = re.compile(r"doi\s*:?\s*", re.IGNORECASE)
_URL_COMMAND = re.compile(r"\\url\s*\{(.*)\}\Z", re.DOTALL)
_TILDE = re.compile(r"\\(?:textasciitilde|~)\s*(?:\{\})?|\{\\textasciitilde\}")
_LANGUAGES = ("langid", "hyphenation", "language")
_ESCAPED = re.compile(r"\{?\\([_%&#$~])\}?")


def doi(written: str) -> str:
    """The DOI that `written` names: without an address or a mark before it, or a period after it, in small letters, which all mean the same."""
    value = _without_tex(written)
    shortened = _DOI_ADDRESS.sub("", value, count=1) if _DOI_ADDRESS.match(value) else _DOI_MARK.sub("", value, count=1)
    if shortened != value and "%" in shortened:
        shortened = unquote(shortened)
    return shortened.strip().rstrip(".,;").lower()


def address(written: str) -> str:
    """The address that `written` names, without TeX; that of a DOI as https://doi.org/…"""
    value = _without_tex(written)
    if _DOI_ADDRESS.match(value) and DOI.match(doi(value)):
        return f"https://doi.org/{doi(value)}"
    return value


def _without_tex(value: str) -> str:
    value = value.strip()
    command = _URL_COMMAND.match(value)
    value = _TILDE.sub("~", command[1] if command else value)
    value = _ESCAPED.sub(r"\1", value).strip()
    if value[:1] + value[-1:] in ("<>", "{}"):
        value = value[1:-1].strip()
    return value


def in_one_form(text: str, entries: Iterable[Entry]) -> str:
    """The text of a file, of which `entries` were read, with each DOI and address in its one form; no line of it moves."""
    forms = {"doi": doi, "url": address}
    changed = [(field, forms[field.name](field.value)) for entry in entries for field in entry.fields if field.name in forms and field.whole]
    return rewritten(text, ((field, value) for field, value in changed if value != field.value))


def rewritten(text: str, changes: Iterable[tuple[Field, str]]) -> str:
    """`text` with other values for some fields of it."""
    for field, value in sorted(changes, key=lambda item: -item[0].start):
        moved = "\n" * (field.value.count("\n") - value.count("\n"))
        text = f"{text[: field.start]}{value}{moved}{text[field.end :]}"
    return text


def of_no_language(text: str) -> str:
    """`text` with every entry said to be in Latin: whoever reads it leaves the capitals of its titles alone."""
    text = rewritten(text, ((field, "latin") for entry in read_entries("", text) for field in entry.fields if field.name in _LANGUAGES and field.whole))
    return START.sub(lambda found: found[0] if found["type"].lower() in NO_SOURCES else f"{found[0]} langid = {{latin}},", text)
