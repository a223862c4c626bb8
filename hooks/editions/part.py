"""One part of the editions, where several machines make them together: each makes its own into a cache that they share.

Which part an edition is in follows from the key under which it is kept, so that every machine divides them alike, whatever the others have
made by then.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

VARIABLE = "EDITION_PART"
"""The environment variable that names the part, as in `2/4`."""


@dataclass(frozen=True)
class Part:
    """The part `number`, from 1, of so many."""

    number: int
    of: int

    @classmethod
    def read(cls, text: str) -> Part:
        """From `2/4`. Raises ValueError, which says what to write, where it is none."""
        found = re.fullmatch(r"\s*(\d+)\s*/\s*(\d+)\s*", text)
        if not found or not 1 <= int(found[1]) <= int(found[2]):
            raise ValueError(f"{VARIABLE} is “{text}”, which names no part. Write the number of the part and how many there are, such as 2/4.")
        return cls(int(found[1]), int(found[2]))

    def has(self, key: str) -> bool:
        """Whether what is kept under this key, a digest in hex, is in it."""
        return int(key[:12], 16) % self.of == self.number - 1

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"
