"""`mkdocs serve` on a copy of the sample, as an author runs it: a process of its own."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from . import support

_PATIENCE = 120


@dataclass
class Served:
    """A running server: its address, `http://127.0.0.1:PORT/`, and every line that it has printed."""

    address: str
    lines: list[str] = field(default_factory=list)

    @property
    def output(self) -> str:
        return "".join(self.lines)

    def has_rested(self) -> bool:
        """Whether all editions are made after the start: pages open in a browser are loaded anew then."""
        return re.search("The whole site is built|The site was left as it was", self.output) is not None

    def page(self, path: str = "") -> str:
        """The page at `path`. The server answers when it is not building."""
        with urllib.request.urlopen(self.address + path, timeout=_PATIENCE) as answer:
            return answer.read().decode()

    def until(self, true: Callable[[], object]) -> None:
        """Wait until something has become so, as after an edit."""
        end = time.monotonic() + _PATIENCE
        while not true():
            assert time.monotonic() < end, self.output
            time.sleep(0.1)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def command(root: Path, port: int, config: Path | None = None) -> tuple[list[str], dict[str, str]]:
    """What an author starts, and its environment. The project's own folder comes first on the path, so that its code is what runs."""
    arguments = [sys.executable, "-m", "mkdocs", "serve", "-f", str(config or root / support.CONFIG), "-a", f"127.0.0.1:{port}"]
    variables = {**os.environ, "SOURCE_DATE_EPOCH": support.TODAY_EPOCH, "NO_MKDOCS_2_WARNING": "1", "EDITION_PROCESSES": "1", "PYTHONUNBUFFERED": "1"}
    for name in ("SITE_URL", "REPO_URL"):
        variables.pop(name, None)
    return arguments, variables


@contextmanager
def serving(root: Path) -> Iterator[Served]:
    """The project at `root`, prepared by `support.prepare`, under `mkdocs serve` until the block ends."""
    port = free_port()
    arguments, variables = command(root, port)
    process = subprocess.Popen(arguments, cwd=support.ROOT, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        yield started(process, port)
    finally:
        process.terminate()
        process.wait(timeout=_PATIENCE)


def started(process: subprocess.Popen[str], port: int) -> Served:
    """The server that the process is, once it serves; whatever it prints is kept."""
    served = Served(f"http://127.0.0.1:{port}/")

    def read() -> None:
        with process.stdout as printed:
            for line in printed:
                served.lines.append(line)

    threading.Thread(target=read, daemon=True).start()
    served.until(lambda: "Serving on" in served.output or process.poll() is not None)
    assert process.poll() is None, served.output
    return served
