"""Processes that make editions and pictures side by side. Typst and the validator hold Python's lock while they work, so threads do not help.

A worker is this Python with this module, fed pickled calls over a pipe: nothing of the program that started it is imported
again, and it ends by itself when that program does, however it ends.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import pickle
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, BinaryIO

VARIABLE = "EDITION_PROCESSES"
"""The environment variable that sets the number of processes; 1 makes editions in the build's own."""

_START = "import sys; sys.path[:] = {path!r}; from hooks.editions.workers import serve; serve({tied})"
_LENGTH = 8
# Fewer calls than that are done before another process has started.
_WORTHWHILE = 4
# glibc keeps the memory it has: Typst and the validator ask for the same amounts again for every edition.
_ALLOCATOR = ":".join(
    f"glibc.malloc.{name}={value}"
    for name, value in {"tcache_count": 2000, "tcache_max": 4096, "trim_threshold": 1 << 29, "mmap_threshold": 1 << 29, "top_pad": 1 << 26}.items()
)
_PR_SET_PDEATHSIG = 1


def processes() -> int:
    """How many processes are to make editions: as many as the variable says, or as there are cores."""
    try:
        return max(1, int(os.environ[VARIABLE]))
    except (KeyError, ValueError):
        return os.cpu_count() or 1


Call = tuple[Callable[..., Any], tuple[Any, ...]]
"""A function of a module, and what it is called with."""


class WorkerEnded(Exception):
    """A worker ended in the middle of a call; `str()` says how."""


def here(calls: Sequence[Call]) -> Iterator[Any]:
    """The result of each call, made in this process."""
    return (function(*given) for function, given in calls)


class Crew:
    """Runs calls over `count` processes, which start when there is enough to do or when `prepare` asks for them."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._workers: Workers | None = None

    def prepare(self) -> None:
        """Start the processes now: they load the engines while the build reads its pages."""
        if self._workers is None and self._count > 1:
            self._workers = Workers(self._count)

    def run(self, calls: Sequence[Call]) -> Iterator[Any]:
        """The result of each call, in their order; of one whose process ended, a `WorkerEnded`."""
        if len(calls) >= _WORTHWHILE:
            self.prepare()
        return here(calls) if self._workers is None else self._workers.run(calls)

    def close(self) -> None:
        """End every process."""
        if self._workers is not None:
            self._workers.close()
            self._workers = None


class Workers:
    """`count` processes, which start at once and wait for calls."""

    def __init__(self, count: int) -> None:
        self._scratch = tempfile.mkdtemp(prefix="editions-")
        self._idle: queue.SimpleQueue[subprocess.Popen[bytes]] = queue.SimpleQueue()
        self._all: list[subprocess.Popen[bytes]] = []
        self._count = count
        self._end = weakref.finalize(self, _end, self._all, self._scratch)
        for _ in range(count):
            self._idle.put(self._start())

    def run(self, calls: Iterable[Call]) -> Iterator[Any]:
        """As `Crew.run`."""
        with ThreadPoolExecutor(max_workers=self._count) as pool:
            try:
                yield from pool.map(self._ask, calls)
            except BaseException:
                # Nobody waits for the rest: without this, the pool would.
                self.close()
                raise

    def close(self) -> None:
        """End every process now, and take away what it left in its folder for temporary files."""
        self._end()

    def _start(self, tied: bool = True) -> subprocess.Popen[bytes]:
        path = [entry or os.getcwd() for entry in sys.path]
        variables = {**os.environ, "TMPDIR": self._scratch}
        variables.setdefault("GLIBC_TUNABLES", _ALLOCATOR)
        process = subprocess.Popen(
            [sys.executable, "-c", _START.format(path=path, tied=tied)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=variables
        )
        self._all.append(process)
        return process

    def _ask(self, call: Call) -> Any:
        process = self._idle.get()
        try:
            send(process.stdin, call)
            failed, result = receive(process.stdout)
        except (OSError, EOFError):
            process.kill()
            code = process.wait()
            if self._end.alive:
                # The kernel would end a tied one with the thread that started it, which is this one.
                self._idle.put(self._start(tied=False))
            return WorkerEnded(f"signal {signal.Signals(-code).name}" if code < 0 else f"status {code}")
        self._idle.put(process)
        if failed:
            raise RuntimeError(result)
        return result


def _end(processes: list[subprocess.Popen[bytes]], scratch: str) -> None:
    for process in processes:
        process.kill()
        for pipe in (process.stdin, process.stdout):
            # What was not sent yet cannot be sent any more.
            with contextlib.suppress(OSError):
                pipe.close()
        process.wait()
    # A failure to tidy up is no failure of the build.
    shutil.rmtree(scratch, ignore_errors=True)


def send(pipe: BinaryIO, value: Any) -> None:
    """Write `value`, pickled, with its length before it."""
    data = pickle.dumps(value, protocol=5)
    pipe.write(len(data).to_bytes(_LENGTH, "big"))
    pipe.write(data)
    pipe.flush()


def receive(pipe: BinaryIO) -> Any:
    """What was sent at the other end. Raises EOFError where there is no more, or not the whole of it."""
    head = pipe.read(_LENGTH)
    data = pipe.read(int.from_bytes(head, "big")) if len(head) == _LENGTH else b""
    if len(head) < _LENGTH or len(data) < int.from_bytes(head, "big"):
        raise EOFError
    return pickle.loads(data)


def serve(tied: bool) -> None:
    """The work of a worker: a call in, its result out, until there are no more.

    One that is `tied` ends even in the middle of a call with what started it (Linux).
    """
    # An interrupt at the terminal reaches every process: it is the build's to answer.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if tied and sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    inbox, outbox = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # Whatever is printed must not run into the results.
    os.dup2(2, 1)
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    for engine in ("hooks.editions.making", "hooks.editions.structure", "typst", "page"):
        # One that is missing is reported by the call that needs it.
        with contextlib.suppress(ImportError):
            __import__(engine)
    while True:
        try:
            function, given = receive(inbox)
        except EOFError:
            return
        try:
            answer = (False, function(*given))
        except Exception:
            answer = (True, traceback.format_exc())
        try:
            send(outbox, answer)
        except OSError:
            return
