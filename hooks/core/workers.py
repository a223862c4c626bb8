"""Processes that make editions and pictures side by side. Typst and the validator hold Python's lock while they work, so threads do not help.

Each process is an executor of its own, so that one that ends costs its own call only; it is started anew, not forked, and ends with
the program that started it, however that ends.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import multiprocessing
import os
import queue
import shutil
import signal
import tempfile
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import SpawnContext, SpawnProcess
from pathlib import Path
from threading import Lock, Thread
from typing import Any

VARIABLE = "EDITION_PROCESSES"
"""The environment variable that sets the number of processes; 1 makes editions in the build's own."""

# Fewer calls than that are done before another process has started.
_WORTHWHILE = 4
# Seconds between two looks at whether to go on.
_PATIENCE = 0.1
# What a process may hold when a call is done, in bytes. Typst keeps what it has set: a few documents of hundreds of pages are gigabytes.
_MOST = 1 << 30

Call = tuple[Callable[..., Any], tuple[Any, ...]]
"""A function of a module, and what it is called with."""


def processes() -> int:
    """How many processes are to make editions: as many as the variable says, or as there are cores."""
    try:
        return max(1, int(os.environ[VARIABLE]))
    except (KeyError, ValueError):
        return os.cpu_count() or 1


class WorkerEnded(Exception):
    """A worker ended in the middle of a call; `str()` says how."""


def here(calls: Sequence[Call], tick: Callable[[], object] | None = None) -> Iterator[Any]:
    """The result of each call, made in this process; `tick`, which may raise, is called before each."""
    for function, given in calls:
        if tick:
            tick()
        yield function(*given)


class Crew:
    """Runs calls over `count` processes, which start when there is enough to do or when `prepare` asks for them.

    `engines` are the modules that a process loads while it waits for its first call. One that holds more than `most` bytes when a call
    is done is ended, and another takes its place.
    """

    def __init__(self, count: int, engines: Sequence[str] = (), most: int = _MOST) -> None:
        self._count, self._engines, self._most = count, tuple(engines), most
        self._all: list[_Worker] = []
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        self._end: Callable[[], object] | None = None
        # Whoever replaces a process that ended must not do so behind the back of who ends them all.
        self._changing = Lock()

    def prepare(self) -> None:
        """Start the processes now: they load the engines while the build reads its pages."""
        if self._end is None and self._count > 1:
            self._all, self._idle, self._scratch = [], queue.SimpleQueue(), tempfile.mkdtemp(prefix="editions-")
            self._end = weakref.finalize(self, _end, self._all, self._scratch)
            for _ in range(self._count):
                self._idle.put(self._start())

    def run(self, calls: Sequence[Call], tick: Callable[[], object] | None = None) -> Iterator[Any]:
        """The result of each call, in their order; of one whose process ended, a `WorkerEnded`. Processes begin at once, before a result is asked for.

        `tick` is called again and again while they are made, and may raise: then the processes are ended at once. With it no call is made
        in this process if there can be others; if not, it is called before each.
        """
        if len(calls) >= _WORTHWHILE or (tick and calls):
            self.prepare()
        return here(calls, tick) if self._end is None else self._spread(calls, tick or (lambda: None))

    def close(self) -> None:
        """End every process now, and take away what they left in their folder for temporary files."""
        with self._changing:
            end, self._end = self._end, None
        if end is not None:
            end()

    def _spread(self, calls: Iterable[Call], tick: Callable[[], object]) -> Iterator[Any]:
        pool = ThreadPoolExecutor(max_workers=self._count)
        return self._results(pool, [pool.submit(self._ask, call) for call in calls], tick)

    def _results(self, pool: ThreadPoolExecutor, asked: Iterable[Future[Any]], tick: Callable[[], object]) -> Iterator[Any]:
        with pool:
            try:
                for future in asked:
                    while not future.done():
                        tick()
                        wait([future], timeout=_PATIENCE)
                    yield future.result()
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                # Nobody waits for the rest: without this, the pool would.
                self.close()
                raise

    def _start(self) -> _Worker:
        worker = _Worker(self._engines, self._scratch)
        self._all.append(worker)
        return worker

    def _another(self, ended: _Worker) -> _Worker:
        """What takes the place of a process that has ended; itself where all are being ended."""
        with self._changing:
            return ended if self._end is None else self._start()

    def _ask(self, call: Call) -> Any:
        worker = self._idle.get()
        function, given = call
        try:
            result, held = worker.executor.submit(_called, function, given, self._most).result()
            if held > self._most:
                worker.kill()
                worker = self._another(worker)
            return result
        except BrokenProcessPool:
            ended = WorkerEnded(worker.kill())
            worker = self._another(worker)
            return ended
        except Exception as error:
            # Its cause is the worker's traceback, in words.
            raise RuntimeError(str(error.__cause__ or error)) from error
        finally:
            self._idle.put(worker)


class _Context(SpawnContext):
    """Starts processes anew and keeps the last, whose end tells what went wrong."""

    # To the stubs it is the class itself; an executor only calls it.
    def Process(self, *given: Any, **named: Any) -> SpawnProcess:  # type: ignore[override]
        self.process = SpawnProcess(*given, **named)
        return self.process


class _Worker:
    """One process, behind an executor."""

    def __init__(self, engines: Sequence[str], scratch: str) -> None:
        self._context, self._killing = _Context(), Lock()
        self.executor = ProcessPoolExecutor(1, self._context, initializer=_begin, initargs=(engines, scratch))
        # An executor starts its process with the first call.
        self.executor.submit(os.getpid)

    def kill(self) -> str:
        """End it now, if it has not ended; how it did."""
        # Closing the crew and the call that was under way may both come here, and an executor is not shut down twice at once.
        with self._killing:
            self._context.process.kill()
            self.executor.shutdown(cancel_futures=True)
        code = self._context.process.exitcode or 0
        return f"signal {signal.Signals(-code).name}" if code < 0 else f"status {code}"


def _begin(engines: Iterable[str], scratch: str) -> None:
    """Make a new process ready for calls."""
    # An interrupt at the terminal reaches every process: it is the build's to answer.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_follow, daemon=True).start()
    os.environ["TMPDIR"] = tempfile.tempdir = scratch
    # What is printed here is no output of the build.
    os.dup2(2, 1)
    for engine in engines:
        # One that is missing is reported by the call that needs it.
        with contextlib.suppress(ImportError):
            importlib.import_module(engine)


def _called(function: Callable[..., Any], given: tuple[Any, ...], most: int) -> tuple[Any, int]:
    """The result of a call, and the bytes that this process holds after it; 0 where the system does not say."""
    result = function(*given)
    if _held() > most:
        give_back()
    return result, _held()


def _held() -> int:
    """Resident memory in bytes (proc(5))."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def give_back() -> None:
    """Let this process give back to the system what memory it no longer uses, where its C library can."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def _follow() -> None:
    """End, even in the middle of a call, with the program that started this process."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _end(workers: list[_Worker], scratch: str) -> None:
    for worker in workers:
        worker.kill()
    # A failure to tidy up is no failure of the build.
    shutil.rmtree(scratch, ignore_errors=True)
