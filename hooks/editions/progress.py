"""One line that tells a person at a terminal how far long work has come; logs stay silent."""

from __future__ import annotations

import sys
import threading
import time
from typing import TextIO

# Work that is done sooner needs no line.
_PATIENCE = 1.0


class Progress:
    """Counts the steps of `total`. Prints to `out` (standard error) only if that is a terminal."""

    def __init__(self, what: str, total: int, out: TextIO | None = None) -> None:
        self._what, self._total, self._done = what, total, 0
        self._out = out or sys.stderr
        self._shown = False
        self._lock = threading.Lock()
        self._start = time.monotonic()

    def step(self) -> None:
        """One more is done. May be called from several threads."""
        with self._lock:
            self._done += 1
            if self._out.isatty() and time.monotonic() - self._start > _PATIENCE:
                self._shown = True
                self._out.write(f"\r\x1b[K{self._done} of {self._total} {self._what}")
                self._out.flush()

    def end(self) -> None:
        """Take the line back."""
        if self._shown:
            self._out.write("\r\x1b[K")
            self._out.flush()
