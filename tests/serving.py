"""A built site served on the loopback, as a host would serve it."""

from __future__ import annotations

import functools
import gzip
import http.server
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from tests.hosting import netlify, path_of

COMPRESSED = (".html", ".css", ".js", ".json", ".svg", ".xml", ".csv", ".txt")
GZIP_LEVEL = 6
"""What nginx, Apache and GitHub Pages use or better; Brotli, where a host has it, takes about a tenth less."""


class _Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    compress = False
    headers_of: Callable[[str], Mapping[str, str]]
    before: Callable[[str], None]
    after: Callable[[str, int], None]

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_dir() and not urlsplit(self.path).path.endswith("/"):
            super().do_GET()  # It leads on to the address with the slash.
            return
        path = path / "index.html" if path.is_dir() else path
        found = path.is_file()
        body = path.read_bytes() if found else b"Not found"
        type(self).before(path_of(self.path))
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", self.guess_type(str(path)) if found else "text/plain")
        if self.compress and found and path.suffix in COMPRESSED and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, GZIP_LEVEL, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        type(self).after(path_of(self.path), len(body))

    def end_headers(self) -> None:
        for name, value in type(self).headers_of(path_of(self.path)).items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def served(
    folder: Path,
    headers: Callable[[str], Mapping[str, str]] = lambda path: {},
    compress: bool = False,
    before: Callable[[str], None] = lambda path: None,
    after: Callable[[str, int], None] = lambda path, size: None,
) -> Iterator[str]:
    """The address of a server of `folder`, `http://127.0.0.1:PORT/`.

    `headers` gives those of a path; with `compress`, text goes out under gzip to whoever takes it; `before` is called
    with the path of what is about to be sent, and `after` with the bytes of its body as they went over the wire.
    """
    own = {"headers_of": staticmethod(headers), "compress": compress, "before": staticmethod(before), "after": staticmethod(after)}
    handler = functools.partial(type("Handler", (_Handler,), own), directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def guarded(site: Path, compress: bool = False) -> Iterator[str]:
    """`served`, with the headers of the site's own `_headers` file, if it has one, as a host that reads it would send them."""
    file = site / "_headers"
    rules = file.read_text(encoding="utf-8") if file.exists() else ""
    with served(site, lambda path: netlify(rules, path), compress) as address:
        yield address
