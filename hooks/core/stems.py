"""Words as the search compares them: without accents and case, each reduced to its stem.

assets/search-words.js does the same to what a reader types, rule for rule; a test runs both over every word of the site. The stemmer is
M. F. Porter's (“An algorithm for suffix stripping”, Program 14(3), 1980, 130-137), written out twice since nothing that is kept well
offers it both to Python and, as a plain script that also loads from a disk, to a browser.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from types import MappingProxyType

_SHORTENED = re.compile(r"\b(?:[a-z]\.){2,}")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_POSSESSIVE = re.compile(r"'s\b|'")
_TOKEN = re.compile(r"\$?[a-z0-9]+(?:(?:-|\.(?=\d)|\()[a-z0-9]+\)?)*")
_PARTS = re.compile(r"[a-z0-9]+")
_CLOSED = re.compile(r"\)")
ALONE = ("x",)
"""Letters that are words by themselves."""

_C = "[^aeiou][^aeiouy]*"
_V = "[aeiouy][aeiou]*"
_MORE_THAN_0 = re.compile(f"^(?:{_C})?{_V}{_C}")
_IS_1 = re.compile(f"^(?:{_C})?{_V}{_C}(?:{_V})?$")
_MORE_THAN_1 = re.compile(f"^(?:{_C})?{_V}{_C}{_V}{_C}")
_VOWEL = re.compile(f"^(?:{_C})?{_V}")
_CVC = re.compile(f"^{_C}[aeiouy][^aeiouwxy]$")
_DOUBLE = re.compile(r"([^aeiouylsz])\1$")
_STEP_2 = {
    "ational": "ate", "tional": "tion", "enci": "ence", "anci": "ance", "izer": "ize", "bli": "ble", "alli": "al", "entli": "ent", "eli": "e",
    "ousli": "ous", "ization": "ize", "ation": "ate", "ator": "ate", "alism": "al", "iveness": "ive", "fulness": "ful", "ousness": "ous",
    "aliti": "al", "iviti": "ive", "biliti": "ble", "logi": "log",
}  # fmt: skip
_STEP_3 = {"icate": "ic", "ative": "", "alize": "al", "iciti": "ic", "ical": "ic", "ful": "", "ness": ""}
_ENDING_2 = re.compile(f"^(.+?)({'|'.join(_STEP_2)})$")
_ENDING_3 = re.compile(f"^(.+?)({'|'.join(_STEP_3)})$")
_ENDING_4 = re.compile(r"^(.+?)(al|ance|ence|er|ic|able|ible|ant|ement|ment|ent|ou|ism|ate|iti|ous|ive|ize)$")

_APART = (
    "accessible accessibility accessibly inaccessible",
    "accountability accountable",
    "accountant",
    "authority authorities",
    "booking bookings",
    "building buildings",
    "community communities",
    "department departments",
    "disability disabilities",
    "election elections",
    "evening evenings",
    "fired firing firings",
    "generative",
    "internal",
    "international",
    "likely",
    "likeness",
    "parking",
    "personal",
    "polite politely",
    "recording recordings",
    "responsible responsibility responsibilities",
    "trustee trustees",
)
"""Words that Porter's rules give the stem of a word that means something else, such as “access” for “accessibility”: each line shares the first."""
_OWN = MappingProxyType({word: line.split()[0] for line in _APART for word in line.split()})


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """The stem of an English word in lower case; anything with a digit or fewer than three letters is its own stem."""
    if len(word) < 3 or not word.isascii() or not word.isalpha():
        return word
    if word in _OWN:
        return _OWN[word]
    # A y at the beginning is no vowel.
    begins = word.startswith("y")
    word = f"Y{word[1:]}" if begins else word
    word = _step_1(word)
    found = _ENDING_2.match(word)
    if found and _MORE_THAN_0.match(found[1]):
        word = found[1] + _STEP_2[found[2]]
    found = _ENDING_3.match(word)
    if found and _MORE_THAN_0.match(found[1]):
        word = found[1] + _STEP_3[found[2]]
    word = _steps_4_and_5(word)
    return word.lower() if begins else word


def _step_1(word: str) -> str:
    if word.endswith(("sses", "ies")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    found = re.match(r"^(.+?)(ed|ing)$", word)
    if word.endswith("eed"):
        word = word[:-1] if _MORE_THAN_0.match(word[:-3]) else word
    elif found and _VOWEL.match(found[1]):
        word = found[1]
        if word.endswith(("at", "bl", "iz")):
            word += "e"
        elif _DOUBLE.search(word):
            word = word[:-1]
        elif _CVC.match(word):
            word += "e"
    if word.endswith("y") and _VOWEL.match(word[:-1]):
        word = f"{word[:-1]}i"
    return word


def _steps_4_and_5(word: str) -> str:
    found = _ENDING_4.match(word)
    if found:
        if _MORE_THAN_1.match(found[1]):
            word = found[1]
    elif re.search(r"[st]ion$", word) and _MORE_THAN_1.match(word[:-3]):
        word = word[:-3]
    if word.endswith("e"):
        rest = word[:-1]
        if _MORE_THAN_1.match(rest) or (_IS_1.match(rest) and not _CVC.match(rest)):
            word = rest
    if word.endswith("ll") and _MORE_THAN_1.match(word):
        word = word[:-1]
    return word


def without_accents(text: str) -> str:
    """The text without accents and other marks, its signs in their compatibility form."""
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def folded(text: str) -> str:
    """The text in lower case, without accents and other marks, in one form of signs."""
    plain = without_accents(text).lower().replace("ß", "ss")
    plain = plain.replace("’", "'").replace("§", " section ").replace("‑", "-").replace("‐", "-").replace("–", " ").replace("—", " ")
    plain = _SHORTENED.sub(lambda found: found[0].replace(".", ""), plain)
    return _POSSESSIVE.sub("", _THOUSANDS.sub("", plain))


def tokens(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The words of `text` in order: each as one stem, and where it is made of several, as “LGS-1” or “89(4)” are, the stems of its parts too."""
    for found in _TOKEN.finditer(folded(text)):
        token = found[0]
        parts = tuple(stem(part) for part in _PARTS.findall(token))
        whole = token if "(" in token or "." in token or token.startswith("$") else stem(token.replace("-", ""))
        yield whole, parts if len(parts) > 1 or token.startswith("$") else ()


def stems(text: str) -> Iterator[str]:
    """Every stem under which `text` is found: of words, of compounds, of their parts. One letter or digit alone says nothing."""
    for whole, parts in tokens(text):
        inside = [whole[: found.end()] for found in _CLOSED.finditer(whole)] if "(" in whole else ()
        yield from (one for one in dict.fromkeys((whole, *inside, *parts)) if len(one) > 1 or one in ALONE)
