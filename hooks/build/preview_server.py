"""MkDocs' server, but one that shows what changed first and builds the whole site when it is quiet (see `preview`)."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import click
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import get_plugin_logger
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from hooks.build import mkdocs_glue as glue
from hooks.build.preview import show
from hooks.build.run import Run
from hooks.core.yaml_lines import Latest

log = get_plugin_logger("series")

QUIET = 1.5
"""Seconds without a save after which the whole site is built."""
_SETTLED = 0.05
_ASKED = 3
_SESSION = "on-the-record.preview"

Seen = Mapping[str, tuple[int, int]]
"""Files by path, as they were seen: time of the last change in nanoseconds, and size in bytes."""


class Overtaken(BaseException):
    """The build is given up, for its sources have changed again. Nothing that MkDocs catches: it is no error."""


@dataclass
class Session:
    """One run of `serve`. `shown` is the configuration of the last whole build, with all that its events kept; `overtaken` tells
    whether a build that is under way is to be given up; `parse` knows the YAML that has not changed."""

    shown: MkDocsConfig | None = None
    overtaken: Callable[[], bool] = field(default=lambda: False)
    parse: Latest = field(default_factory=Latest)

    def tick(self) -> None:
        """Raises Overtaken where the sources have changed since the build began."""
        if self.overtaken():
            raise Overtaken


def session() -> Session:
    """That of the command that runs; outside `serve`, one that nothing is ever asked of."""
    context = click.get_current_context(silent=True)
    if context is None:
        return Session()
    found: Session = context.meta.setdefault(_SESSION, Session())
    return found


def look_around(roots: Iterable[str]) -> Seen:
    """Every file below these folders, or that file."""
    found: dict[str, tuple[int, int]] = {}
    waiting = list(roots)
    while waiting:
        path = waiting.pop()
        try:
            if os.path.isdir(path):
                for entry in os.scandir(path):
                    if entry.is_dir():
                        waiting.append(entry.path)
                    else:
                        stat = entry.stat()
                        found[entry.path] = (stat.st_mtime_ns, stat.st_size)
            else:
                stat = os.stat(path)
                found[path] = (stat.st_mtime_ns, stat.st_size)
        except OSError:
            # It went while it was looked at.
            continue
    return found


def changes(before: Seen, now: Seen) -> frozenset[str]:
    """The files that came, went or changed."""
    return frozenset(path for path in before.keys() | now.keys() if before.get(path) != now.get(path))


class PreviewServer(LiveReloadServer):
    """MkDocs' server, but one that shows what changed first.

    A change that `show` cannot show is built as a whole at once, and requests wait for it, as with MkDocs.
    """

    def __init__(self, builder: Callable[[], bool], session: Session, **given: Any) -> None:
        super().__init__(lambda: None, **given)
        self._build, self._session = builder, session
        self._asked: deque[str] = deque(maxlen=_ASKED)
        self._seen: Seen = {}
        self._due: float | None = None
        # The system tells of a change at once where it can; MkDocs' own observer looks every half second, on any disk.
        self._instant = Observer()

    @classmethod
    def instead_of(cls, server: LiveReloadServer, builder: Callable[[], bool], session: Session) -> PreviewServer:
        """One at the same address, that watches the same files; the other is closed."""
        host, port = server.server_address[:2]
        own = cls(builder, session, host=str(host), port=int(port), root=server.root, mount_path=server.mount_path)
        own.error_handler = server.error_handler
        for path in list(server._watched_paths):
            own.watch(path)
        server.server_close()
        return own

    def watch(self, path: str, func: None = None, *, recursive: bool = True) -> None:
        first = os.path.abspath(path) not in self._watched_paths
        super().watch(path, func, recursive=recursive)
        if first:
            handler = FileSystemEventHandler()
            handler.on_any_event = self._told  # type: ignore[method-assign]
            self._instant.schedule(handler, os.path.abspath(path), recursive=recursive)

    def _told(self, event: FileSystemEvent) -> None:
        if not event.is_directory and event.event_type in ("created", "modified", "moved", "deleted"):
            with self._rebuild_cond:
                self._want_rebuild = True
                self._rebuild_cond.notify_all()

    def serve(self, *, open_in_browser: bool = False) -> None:
        self._seen = look_around(self._watched_paths)
        try:
            self._instant.start()
        except OSError as error:
            # As where the system watches no more files for this user.
            log.debug(f"Changes are looked for every half second: {error}")
        self._session.overtaken = self._is_overtaken
        if self._session.shown is not None and glue.kept(self._session.shown, Run).first:
            log.info("The pages are served; PDFs and other editions are made now, which takes a minute or two at the first time")
            self._due = time.monotonic()
        super().serve(open_in_browser=open_in_browser)  # type: ignore[no-untyped-call]

    def shutdown(self, wait: bool = False) -> None:
        if self._instant.is_alive():
            self._instant.stop()
        super().shutdown(wait)

    def _serve_request(self, environ: Any, start_response: Any) -> Iterable[bytes] | None:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if path.endswith("/") and path.startswith(self.mount_path):
            self._asked.append(path[len(self.mount_path) :])
        return super()._serve_request(environ, start_response)

    def _is_overtaken(self) -> bool:
        if not (self._want_rebuild or self._shutdown):
            return False
        return self._shutdown or bool(changes(self._seen, look_around(self._watched_paths)))

    def _build_loop(self) -> None:
        while True:
            with self._rebuild_cond:
                self._rebuild_cond.wait_for(lambda: self._want_rebuild or self._shutdown or self._is_due(), timeout=self.shutdown_delay)
                if self._shutdown:
                    return
                # Programs save in several steps.
                while self._want_rebuild and self._rebuild_cond.wait(timeout=_SETTLED):
                    pass
                self._want_rebuild = False
            now = look_around(self._watched_paths)
            changed, self._seen = changes(self._seen, now), now
            if changed:
                self._hold()
                began = time.monotonic()
                if self._shown(changed):
                    log.info(f"Shown after {time.monotonic() - began:.1f} s; the rest follows")
                    self._let_go()
                    self._due = time.monotonic() + QUIET
                else:
                    self._due = time.monotonic()
            if self._is_due() and self._whole():
                self._due = None
                self._hold()
                self._let_go()

    def _is_due(self) -> bool:
        return self._due is not None and time.monotonic() >= self._due

    def _shown(self, changed: frozenset[str]) -> bool:
        try:
            return self._session.shown is not None and show(self._session.shown, changed, tuple(self._asked))
        except Exception:
            # A whole build tells what is wrong.
            log.debug("Only a whole build can show this", exc_info=True)
            return False

    def _whole(self) -> bool:
        """Build the whole site. False where it was given up for a newer change."""
        built = False
        try:
            built = self._build()
        except Overtaken:
            return False
        except Exception:
            # The server goes on, as MkDocs' own does: the next save may mend it.
            log.exception("The site could not be built")
        log.info("The whole site is built" if built else "The site was left as it was; what is wrong stands above and on its pages")
        return True

    def _hold(self) -> None:
        """From now on requests wait."""
        with self._epoch_cond:
            self._wanted_epoch = max(int(time.monotonic() * 1000), self._visible_epoch + 1)

    def _let_go(self) -> None:
        """Answer what waits, and let browsers load their page anew."""
        with self._epoch_cond:
            self._visible_epoch = self._wanted_epoch
            self._epoch_cond.notify_all()
