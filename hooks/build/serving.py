"""What an author sees under `mkdocs serve`: each mistake on the page itself, with its file and line.

Only there: the notices are put into the files that the server shows, after the build and never in a build for readers.
"""

from __future__ import annotations

import logging
import os
import re
import socket
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import click
from lxml.html import tostring
from mkdocs.exceptions import Abort, BuildError, MkDocsException
from mkdocs.plugins import get_plugin_logger

from hooks.core.locate import line_of
from hooks.core.problems import Graded, Problem
from hooks.core.tree import E, HtmlElement, append, element
from hooks.series.settings import check_yaml
from hooks.series.sources import DOCS, read_text
from hooks.site.csp import author_policy, meta

log = get_plugin_logger("series")
_CLAIMED = "on-the-record.port"
_PORTS = 20
_NOT_BUILT = "Not built: this is the page as it was before"
_OLDER = "This page is newer than its editions"
_MAIN = re.compile(r"<main\b[^>]*>")
_NOTICE = re.compile(r'<section class="build-notice".*?</section>', re.DOTALL)
_LINK = re.compile(r"Doc file '(?P<file>[^']+)' contains (?:a|an absolute|an unrecognized relative) link '(?P<link>[^']+)'")


class NotBuilt(BuildError):
    """The build has ended because of `problems`."""

    def __init__(self, message: str, problems: Iterable[Graded]) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


def is_serving() -> bool:
    """Whether the command is `serve`, which shows the site to its author alone. With `--clean` it shows the site as readers get it."""
    context = click.get_current_context(silent=True)
    return context is not None and context.info_name == "serve" and context.params.get("build_type") != "clean"


def claim_port(host: str, port: int) -> None:
    """Before the first build of `serve`, see that its port is free. Raises Abort where it is not: MkDocs would say so after the build only."""
    context = click.get_current_context(silent=True)
    if context is None or context.info_name != "serve" or _CLAIMED in context.meta:
        return
    refused = _refusal(host, port)
    if refused is not None:
        free = next((other for other in range(port + 1, min(port + _PORTS, 65536)) if _refusal(host, other) is None), 0)
        remedy = f"Take another: `make serve SERVE=\"-a {host}:{free}\"`." if free else "Take another: `make serve SERVE=\"-a HOST:PORT\"`."
        raise Abort(f"{host}:{port} cannot be served at: {refused}. Perhaps `make serve` runs already; end it there. {remedy}")
    context.meta[_CLAIMED] = True


def _refusal(host: str, port: int) -> str | None:
    """Why nothing can listen there; None where it can."""
    try:
        with socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET):
            return None
    except OSError as error:
        return os.strerror(error.errno).lower() if error.errno else str(error)


def author_context() -> dict[str, str]:
    """What the variable `otr` of the templates has otherwise under `serve`."""
    return {"policy": meta(author_policy())} if is_serving() else {}


class Heard(logging.Handler):
    """What MkDocs itself finds wrong, in `parts` of it, as problems. Listens from `begin` on, until another one begins there."""

    def __init__(self, root: Path, parts: Iterable[str] = ("structure",), rule: str = "reference") -> None:
        super().__init__(logging.WARNING)
        self.root, self.rule = root, rule
        # ProperDocs, MkDocs' successor, names its loggers after itself.
        self.loggers = [logging.getLogger(f"{program}.{part}") for program in ("mkdocs", "properdocs") for part in parts]
        self.problems: list[Problem] = []

    def begin(self) -> Heard:
        for logger in self.loggers:
            logger.handlers[:] = [handler for handler in logger.handlers if not isinstance(handler, Heard)]
            logger.addHandler(self)
        return self

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        link = _LINK.match(message)
        if link is None:
            self.problems.append(Problem(self.rule, "mkdocs.yml", None, message))
            return
        below = f"{DOCS}/{link['file']}"
        path = below if (self.root / below).is_file() else link["file"]
        text = read_text(self.root, path) or ""
        self.problems.append(Problem(self.rule, path, line_of(text, link["link"]), message.replace(link.group(), f"There is a link “{link['link']}”", 1)))


def mark_pages(folder: Path, graded: Iterable[Graded], sources: Mapping[str, str], title: str = "") -> None:
    """Put a notice of the problems at the top of every page below `folder`, in place of an older one.

    `sources`: the file of a page relative to `folder` → its source, whose problems come first. `title` is the notice's heading, if not a count.
    """
    graded = list(graded)
    for file in folder.rglob("*.html"):
        html = file.read_text(encoding="utf-8")
        with_notice = marked(html, graded, sources.get(file.relative_to(folder).as_posix(), ""), title)
        if with_notice != html:
            file.write_text(with_notice, encoding="utf-8")


def marked(html: str, graded: Iterable[Graded], source: str, title: str = "", older: bool = False) -> str:
    """The page with a notice of the problems at its top, in place of another. `source` and `title` as in `mark_pages`; `older` says that the
    editions of the page are older than its text."""
    main, graded = _MAIN.search(html), list(graded)
    if main is None:
        return html
    body = _NOTICE.sub("", html[main.end() :], count=1)
    notice = tostring(_notice(graded, source, title or ("" if graded else _OLDER), older), encoding="unicode") if graded or older else ""
    return html[: main.end()] + notice + body


def _notice(graded: list[Graded], source: str, title: str, older: bool) -> HtmlElement:
    here = [item for item in graded if item[1].path == source]
    others = [item for item in graded if item[1].path != source]
    counted = ", ".join(filter(None, (_count(here, "on this page"), _count(others, "elsewhere"))))
    section = element("section", "build-notice", element("h2", "", title or counted, id_="build-notice-title"), aria_labelledby="build-notice-title")
    if here:
        section.append(_list(here))
    if others and (here or not title):
        section.append(element("details", "", element("summary", "", _count(others, "elsewhere")), _list(others)))
    elif others:
        section.append(_list(others))
    if older:
        text = "Its PDF, its other files, the search and what other pages say of it follow when you have not saved for a moment."
        section.append(element("p", "build-notice__about", text if title == _OLDER else f"{_OLDER}. {text}"))
    section.append(element("p", "build-notice__about", "You alone see this, while you write. It goes with what it names."))
    return section


def _count(graded: list[Graded], where: str) -> str:
    errors = sum(severity == "error" for severity, _ in graded)
    notes = len(graded) - errors
    parts = [f"{number} {name}{'' if number == 1 else 's'}" for number, name in ((errors, "problem"), (notes, "note")) if number]
    return f"{' and '.join(parts)} {where}" if parts else ""


def _list(graded: list[Graded]) -> HtmlElement:
    items = element("ul")
    for severity, problem in graded:
        line = E.P("Note: " if severity == "note" else "", E.STRONG(problem.message))
        append(line, f" {problem.remedy}")
        place = element("p", "build-notice__place", E.CODE(f"{problem.path}:{problem.line}" if problem.line else problem.path))
        items.append(E.LI(place, line))
    return items


def keep_serving(build: Callable[[], None], site: Path, config_file: Path) -> Callable[[], bool]:
    """`build`, but one that ends early for a mistake says so on the pages of `site`, which stay as they were, and in one line each in the terminal.

    The result tells whether the site was built.
    """

    def rebuild() -> bool:
        heard = Heard(config_file.parent, ("config",), "data").begin()
        try:
            build()
        except MkDocsException as error:
            # What ends a build leads to an Abort; that of the settings comes as it is.
            cause = error.__context__ if isinstance(error.__context__, BuildError) else error
            graded = getattr(cause, "problems", ())
            if not graded:
                found = heard.problems or check_yaml(config_file) or [Problem("data", config_file.name, None, " ".join(cause.format_message().split()))]
                graded = [("error", problem) for problem in found]
                if not heard.problems:
                    log.error(str(found[0]))
            mark_pages(site, graded, {}, _NOT_BUILT)
            return False
        return True

    return rebuild
