"""The site served on the loopback with the headers of its own `_headers` file, as a host that reads it would."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.hosting import netlify, path_of


@contextmanager
def guarded(site: Path) -> Iterator[str]:
    """The address of a server of `site`, `http://127.0.0.1:PORT/`."""
    rules = (site / "_headers").read_text(encoding="utf-8")
    with served(site, lambda path: netlify(rules, path)) as address:
        yield address


@contextmanager
def served(folder: Path, headers: Callable[[str], Mapping[str, str]] = lambda path: {}) -> Iterator[str]:
    """The address of a server of `folder`; `headers` gives those of a path."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def end_headers(self) -> None:
            for name, value in headers(path_of(self.path)).items():
                self.send_header(name, value)
            super().end_headers()

        def log_message(self, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
