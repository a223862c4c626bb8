"""Numbers as bits, six to a sign, for the index of the search: what assets/search-words.js reads again, one for one.

A posting tells for one term how many passages hold it (Elias's gamma code), which they are (binary interpolative coding: the middle one of a
sorted list in as few bits as its neighbors leave possible, then the halves), and how much it weighs in each (the commonest weight is 0, the
next 10, then 110 and so on). Compressed, that is a seventh less than the distances between passages were as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_SIGNS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_"


def as_signs(bits: str) -> str:
    """A text of 0 and 1 as signs, each of which stands for six of them; the last is filled with 0."""
    return "".join(_SIGNS[int(bits[at : at + 6].ljust(6, "0"), 2)] for at in range(0, len(bits), 6))


def posting(held: Sequence[tuple[int, int]], many: int, levels: Sequence[int]) -> str:
    """The bits of a posting: sorted pairs of a passage's number, below `many`, and a weight, of which `levels` has the commonest first."""
    last = len(levels) - 1
    weights = (("1" * levels.index(level) + "0")[:last] for _, level in held)
    return "".join((_gamma(len(held)), *_interpolated([number for number, _ in held], 0, many - 1), *weights))


def wordings(calls: Sequence[Sequence[int]], many: int) -> str:
    """The bits of the wordings of a passage: each as the numbers of its words, below `many`, in order; none is empty."""
    return _gamma(len(calls) + 1) + "".join(_gamma(len(call)) + "".join(_below(word, many) for word in call) for call in calls)


def _gamma(number: int) -> str:
    """A number from 1 on in Elias's gamma code: as many 0 as it has further bits, then the number."""
    plain = f"{number:b}"
    return "0" * (len(plain) - 1) + plain


def _interpolated(numbers: Sequence[int], low: int, high: int) -> Iterable[str]:
    """Sorted numbers from `low` to `high` as bits."""
    if numbers:
        middle = len(numbers) // 2
        least, most = low + middle, high - (len(numbers) - 1 - middle)
        yield _below(numbers[middle] - least, most - least + 1)
        yield from _interpolated(numbers[:middle], low, numbers[middle] - 1)
        yield from _interpolated(numbers[middle + 1 :], numbers[middle] + 1, high)


def _below(number: int, most: int) -> str:
    """A number from 0 on and below `most`, in truncated binary: a bit less for the first few where `most` is no power of two; none for the only one."""
    size = most.bit_length() - 1
    short = (2 << size) - most
    if not size:
        return ""
    return f"{number:0{size}b}" if number < short else f"{number + short:0{size + 1}b}"
