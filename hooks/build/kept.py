"""What is kept of pages from one build to the next: what Markdown made of them, and which checks they passed.

Each is filed under a digest of all that it depends on, this project's code included, so nothing stale is ever found.
"""

from __future__ import annotations

import json
import logging
import platform
from collections.abc import Callable, Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, get_toc

from hooks.core.cache import Cache, digest
from hooks.core.problems import Problem
from hooks.core.tables import Table

_PACKAGES = ("Markdown", "pymdown-extensions", "mkdocs", "mkdocs-material", "lxml")


def code_digest() -> str:
    """A digest of this project's own Python code and of what runs it."""
    own = Path(__file__).parents[1]
    sources = [part for path in sorted(own.rglob("*.py")) for part in (path.relative_to(own).as_posix(), path.read_bytes())]
    return digest(platform.python_version(), *(version(name) for name in _PACKAGES), *sources)


class Checks:
    """Knows which checks of a page found nothing, so that they are not made again where all that they look at is as it was."""

    def __init__(self, cache: Cache | None) -> None:
        self._table = Table(cache, "checks", code_digest() if cache else "").read()

    def told(self, looked_at: Iterable[str], check: Callable[[], Iterable[Problem]]) -> list[Problem]:
        """The problems that `check` finds. `looked_at` begins with its name; the rest decides, with this project's code, whether it finds any.

        What is wrong is looked for in every build: the line that is told may hang on more.
        """
        found: list[Problem] = []

        def is_clean() -> bool:
            found.extend(check())
            return not found

        clean = self._table.result(digest(*looked_at), is_clean)
        return found if clean or found else list(check())

    def keep(self) -> None:
        """Keep what was found for the next build."""
        self._table.write()


class KeptPages:
    """Finds again what Python-Markdown made of a page whose text, and all else that it looks at, is as it was."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._around = ""

    def render(self, page: Page, config: MkDocsConfig, files: Files) -> None:
        """As `Page.render`. What gave rise to a message is rendered in every build, so that the message is heard in every build."""
        if not self._around:
            self._around = _surroundings(config, files)
        level = logging.getLogger("mkdocs.structure.pages").getEffectiveLevel()
        if level <= logging.DEBUG:
            Page.render(page, config, files)
            return
        key = digest("page", self._around, page.file.src_uri, page.file.dest_uri, page.markdown or "")
        stored = self._cache.get("pages", key)
        if stored is not None:
            _restore(page, json.loads(stored), files)
            return
        with _Listening() as heard:
            Page.render(page, config, files)
        # A quiet build would not have heard.
        if not heard.messages and level == logging.INFO:
            self._cache.put("pages", key, json.dumps(_facts(page), ensure_ascii=False).encode())


def _surroundings(config: MkDocsConfig, files: Files) -> str:
    """What every page looks at: the code, the settings, and which files there are to link to."""
    there = sorted((file.src_uri, file.url, file.inclusion.name) for file in files)
    settings = [config.markdown_extensions, config.mdx_configs, dict(config.validation), dict(config.validation.links), config.use_directory_urls]
    return digest(code_digest(), repr(settings), repr(there))


def _facts(page: Page) -> dict[str, Any]:
    """Everything that `Page.render` sets."""
    links = page.links_to_anchors
    return {
        "content": page.content,
        "toc": _tokens(page.toc),
        "title": page._title_from_render,
        "anchors": sorted(page.present_anchor_ids or ()),
        "links": None if links is None else [[file.src_uri, anchors] for file, anchors in links.items()],
    }


def _restore(page: Page, facts: dict[str, Any], files: Files) -> None:
    page.content = facts["content"]
    page.toc = get_toc(facts["toc"])
    page._title_from_render = facts["title"]
    page.present_anchor_ids = set(facts["anchors"])
    if facts["links"] is not None:
        # All are there: what is kept is filed under them.
        page.links_to_anchors = {files.src_uris[path]: anchors for path, anchors in facts["links"]}


def _tokens(links: Any) -> list[dict[str, Any]]:
    """A table of contents as `get_toc` takes it."""

    def token(link: AnchorLink) -> dict[str, Any]:
        return {"name": link.title, "id": link.id, "level": link.level, "children": [token(child) for child in link.children]}

    return [token(link) for link in links]


class _Listening(logging.Handler):
    """Notes what MkDocs says, at a level that is shown, while the block runs."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())

    def __enter__(self) -> _Listening:
        logging.getLogger().addHandler(self)
        logging.getLogger("mkdocs").addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger().removeHandler(self)
        logging.getLogger("mkdocs").removeHandler(self)
