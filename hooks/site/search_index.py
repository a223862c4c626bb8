"""The index of the search as scripts, which load from a disk too: what is found, and in parts what it says.

assets/search-words.js reads it. What is most of it is bits, six to a sign, as hooks.site.search_bits packs them: the postings, and the wordings.
A wording is written as the places of its words among the terms of its own passage, of which there are few: a word costs some six bits,
which is half of what it takes as text, compressed.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from itertools import groupby, pairwise
from types import MappingProxyType

from hooks.core.cache import Cache, digest
from hooks.core.code import code_digest
from hooks.core.stems import stems, tokens
from hooks.core.tables import Table
from hooks.linking.search_passages import GROUPS, Passage
from hooks.series.search_words import SearchWords
from hooks.site.search_bits import as_signs, posting, wordings

LEVELS = 5
"""How finely the weight of a word in a passage is told, from 1 on."""
PART = 30_000
"""How many characters of text stand in one part, or a little more: what a page of results fetches for its excerpts."""
_LEAST = 18
_KEPT: Mapping[str, float] = MappingProxyType({"answer": 1.0, "brief": 0.56, "sheet": 0.5})
_KEPT_ELSE = 0.24
"""The part of a passage's words that the index holds, those that tell most; a short passage is held whole."""
_SUPPORT = ("law", "case", "source")
_TITLE, _CALLS = 6.0, 3.0
_SATURATION, _LENGTH = 1.4, 0.65
_RARE = 40
"""In how many passages a word stands at most that makes a name of two words."""
_GENERAL = (
    "city", "county", "town", "village", "state", "new", "york", "board", "school", "district", "public", "law", "department", "office", "united",
    "government", "council", "police", "library", "libraries", "university", "institute", "center", "association", "of", "the", "and", "v", "matter",
    "nyc", "nys", "ny", "us", "u", "s", "inc", "agency", "agencies", "federal", "national", "service", "services", "bureau", "commission", "committee",
    "authority", "general", "attorney", "education", "health", "news", "times", "press", "social", "media", "facebook", "twitter", "youtube", "meta",
    "instagram", "tiktok", "nextdoor", "bluesky", "mastodon", "linkedin", "google", "american", "america", "north", "south", "east", "west", "st",
)  # fmt: skip
"""Words that stand in many names and mean none of them."""


def search_files(found: Sequence[Passage], words: SearchWords, cache: Cache | None = None) -> Mapping[str, str]:
    """The scripts of the search by file name: `words.js`, and the text in parts. What each passage's words weigh is kept in `cache`."""
    parts, starts = _parts(found)
    data = _index(found, words, cache) | {"parts": starts}
    files = {"words.js": f"window.OTR_SEARCH = {_script(data)};\n"}
    for number, part in enumerate(parts):
        files[f"text-{number}.js"] = f"(window.OTR_SEARCH_TEXT ||= {{}})[{number}] = {_script(part)};\n"
    return files


def _script(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/").replace("\u2028", " ").replace("\u2029", " ")


def _parts(found: Iterable[Passage]) -> tuple[list[list[str]], list[int]]:
    """The texts in parts, each passage's sentences one to a line, and the number of the first passage of each part."""
    parts: list[list[str]] = []
    starts: list[int] = []
    size = PART
    for number, passage in enumerate(found):
        if size >= PART:
            parts.append([])
            starts.append(number)
            size = 0
        parts[-1].append("\n".join(passage.sentences))
        size += len(parts[-1][-1])
    return parts, starts


def _index(found: Sequence[Passage], words: SearchWords, cache: Cache | None = None) -> dict[str, object]:
    stop = {whole for word in words.stop for whole, _ in tokens(word)}
    with Table(cache, "search", digest(code_digest(__name__), *sorted(stop))) as table:
        counts = [table.result(digest(repr(passage)), partial(_counts, passage, stop)) for passage in found]
    usual = sum(sum(count.values()) for count in counts) / max(1, len(counts))
    spread = Counter(word for count in counts for word in count)
    postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, (passage, count) in enumerate(zip(found, counts, strict=True)):
        room = _SATURATION * (1 - _LENGTH + _LENGTH * sum(count.values()) / usual)
        weights = {word: times / (times + room) for word, times in count.items()}
        most = max(_LEAST, round(len(weights) * _KEPT.get(passage.group, _KEPT_ELSE)))
        telling_first = sorted(weights, key=lambda word: (-weights[word] * math.log(1 + len(found) / spread[word]), word))
        # A wording finds nothing by a word that is not held. Of a law the wordings are its names, which many laws share.
        called = {one for call in passage.calls for one in stems(call)} if passage.group not in _SUPPORT else set()
        for word in (word for place, word in enumerate(telling_first) if place < most or word in called):
            postings[word].append((number, max(1, round(LEVELS * weights[word]))))
    terms = sorted(postings)
    often = Counter(level for posting in postings.values() for _, level in posting)
    levels = sorted(range(1, LEVELS + 1), key=lambda level: (-often[level], level))
    # What the passages of one page share is said once.
    pages = [list(group) for _, group in groupby(found, key=lambda passage: passage.page)]
    at = {passage.url: number for number, passage in enumerate(found)}
    small = _small(found)
    own = _terms_of(terms, postings, len(found))
    coded, rest = _calls(found, own, stop)
    return {
        "levels": [level / LEVELS for level in levels],
        "groups": [[slug, label] for slug, label in GROUPS.items()],
        "pages": [[own[0].page, own[0].where, list(GROUPS).index(own[0].group), len(own)] for own in pages],
        "places": " ".join(passage.url.partition("#")[2] for passage in found),
        "titles": [passage.title for passage in found],
        "calls": rest,
        "wordings": as_signs("".join(coded)),
        "rests": {number: rests for number, passage in enumerate(found) if (rests := [at[url] for url in passage.rests_on if url in at])},
        "names": {number: names for number, passage in enumerate(found) if (names := _names(passage, small, spread))},
        "stop": sorted(stop),
        "synonyms": [list(dict.fromkeys(filter(None, (" ".join(whole for whole, _ in tokens(word)) for word in group)))) for group in words.synonyms],
        "terms": _shared(terms),
        "postings": as_signs("".join(posting(postings[term], len(found), levels) for term in terms)),
    }


def _others(passage: Passage, stop: Collection[str]) -> Iterable[str]:
    """The ways in which a passage is asked for besides its title, each as the stems that tell something, or all if that is one."""
    told = ([whole for whole, _ in tokens(call)] for call in passage.calls if call != passage.title)
    # Of “who did we block” all words are held: the one that tells something is no name for what this asks.
    return dict.fromkeys(" ".join(few if len(few) > 1 or len(words) < 3 else words) for words in told if (few := [one for one in words if one not in stop]))


def _terms_of(terms: Iterable[str], postings: Mapping[str, Sequence[tuple[int, int]]], many: int) -> list[dict[str, int]]:
    """Of each of `many` passages, the terms under which the index holds it, each with its place among them."""
    own: list[dict[str, int]] = [{} for _ in range(many)]
    for term in terms:
        for number, _ in postings[term]:
            own[number][term] = len(own[number])
    return own


def _calls(found: Iterable[Passage], own: Iterable[Mapping[str, int]], stop: Collection[str]) -> tuple[list[str], dict[int, str]]:
    """The wordings of every passage as bits; and, by the passage's number, those of which a word is no term of the passage, as text."""
    coded: list[str] = []
    rest: dict[int, str] = {}
    for number, (passage, terms) in enumerate(zip(found, own, strict=True)):
        calls = [call.split(" ") for call in _others(passage, stop)]
        held = [[terms[word] for word in call] for call in calls if all(word in terms for word in call)]
        coded.append(wordings(held, len(terms)))
        if others := [" ".join(call) for call in calls if not all(word in terms for word in call)]:
            rest[number] = "|".join(others)
    return coded, rest


def telling(text: str, stop: set[str]) -> list[str]:
    """The stems of `text` that say what it is about, in order, each word as one."""
    return [whole for whole, _ in tokens(text) if whole not in stop]


def _counts(passage: Passage, stop: set[str]) -> Counter[str]:
    """How much each word of a passage weighs: one in its title or in a wording more than one in its text."""
    count: Counter[str] = Counter(one for sentence in passage.sentences for one in stems(sentence) if one not in stop)
    title = {one for one in stems(passage.title) if one not in stop}
    called = {one for call in passage.calls for one in stems(call) if one not in stop} - title
    weighed: Counter[str] = Counter()
    for word in count.keys() | title | called:
        weighed[word] = count[word] + (_TITLE if word in title else _CALLS if word in called else 0)  # type: ignore[assignment]
    return weighed


def _shared(terms: Iterable[str]) -> str:
    """Sorted terms as one text: before each, a capital for how many letters it shares with the term before."""
    before, parts = "", []
    for term in terms:
        many = next((n for n, (one, other) in enumerate(zip(before[:25], term, strict=False)) if one != other), min(len(before), len(term), 25))
        parts.append(f"{chr(65 + many)}{term[many:]}")
        before = term
    return "".join(parts)


def _small(found: Iterable[Passage]) -> set[str]:
    """The words that stand somewhere without a capital, and so are no names."""
    small: set[str] = set()
    for passage in found:
        small.update(re.findall(r"(?<![\w’'-])[a-z][a-z]+", "\n".join((*passage.sentences, passage.title))))
    return small


def _names(passage: Passage, small: set[str], spread: Mapping[str, int]) -> list[list[str]]:
    """The names by which a query means the passage: each the words that must all stand in it. Numbers of sections come first, marked by “#”."""
    names: list[list[str]] = []
    for number in passage.numbers:
        names.append([f"#{whole}" for whole, _ in tokens(number)])
    for party in passage.parties:
        whole = [(word, [one for one, _ in tokens(word)]) for word in re.findall(r"[^\s,/]+", party)]
        own = [stemmed[0] for word, stemmed in whole if stemmed and _is_name(word, small)]
        if own:
            names += [[one] for one in own]
        flat = [one for _, stemmed in whole for one in stemmed if one not in _GENERAL]
        if len(flat) > 1:
            # A small word, of which nothing is held, makes no name of the one beside it.
            names += [flat, *([one, other] for one, other in pairwise(flat) if 0 < min(spread[one], spread[other]) <= _RARE)]
    return [list(name) for name in dict.fromkeys(map(tuple, names)) if name]


def _is_name(word: str, small: set[str]) -> bool:
    plain = word.strip(".,:;()“”\"'’").removesuffix("’s")
    return len(plain) > 2 and plain[0].isupper() and plain[1:].lower() == plain[1:] and plain.lower() not in small and plain.lower() not in _GENERAL
