"""Copies of the sample project, changed as a test needs it and then rendered or built."""

from __future__ import annotations

import logging
import re
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import markdown
import yaml
from click.testing import CliRunner
from mkdocs.__main__ import cli

from hooks.build.kept import Checks
from hooks.build.read import Read, read_sources
from hooks.build.weave import Woven, weave
from hooks.citing.citeproc import Formatted, author_date_style, format_citations
from hooks.core.citations import parse_group
from hooks.core.problems import Problem
from hooks.core.tree import inner_html
from hooks.linking.backlinks import joined
from hooks.linking.model import ResolvedSite, SourcePage
from hooks.registers import law, questions, roles
from hooks.series import sources
from hooks.series.addresses import law_page, questions_page, role_page
from hooks.series.model import Series
from hooks.series.withheld import scrub

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = Path(__file__).parent / "sample"
CONFIG = "mkdocs.yml"
TODAY = date(2026, 11, 22)
"""The day on which every test takes place."""
TODAY_EPOCH = "1795305600"
_PASSAGE_ID = re.compile(r' id="p-[0-9a-f]{8}(-\d+)?"')
_BUILT_IN = ["toc", "tables", "fenced_code"]


class _Tolerant(yaml.SafeLoader):
    """Reads mkdocs.yml without MkDocs: `!ENV` and its like count as nothing."""


_Tolerant.add_multi_constructor("!", lambda loader, tag, node: None)


@dataclass(frozen=True)
class Rendered:
    """What the pure path makes of a folder: the finished pages, and every problem in an author's order."""

    site: ResolvedSite
    problems: tuple[Problem, ...]

    def html(self, path: str) -> str:
        """All that the page at `path` gives its template, article, previews and backlinks, less the ids of passages."""
        page = self.site.pages[path]
        uses = [f"{label}: <span>{inner_html(links)}</span>" for label, links in joined(page.backlinks, page.url)]
        return _PASSAGE_ID.sub("", "\n".join([page.html, page.previews, *uses]))


@dataclass(frozen=True)
class Built:
    """What a build left: the command's exit status, what it printed, and the folder of the site."""

    status: int
    output: str
    site: Path

    def page(self, path: str) -> str:
        return (self.site / path).read_text(encoding="utf-8")


def change(root: Path, case: Mapping[str, Any]) -> None:
    """Apply to the project at `root` what a golden case describes: whole `files` (text), `bytes` (hex), `edits`."""
    contents = {path: text.encode() for path, text in case.get("files", {}).items()}
    contents |= {path: bytes.fromhex(text) for path, text in case.get("bytes", {}).items()}
    for path, content in contents.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    for item in case.get("edits", ()):
        edit(root / item["path"], item["replace"], item["with"])


def edit(path: Path, old: str, new: str) -> None:
    """Replace the first `old` in a file, which must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} has no “{old}”"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def converter() -> markdown.Markdown:
    """Python-Markdown with the extensions of the project's mkdocs.yml, as MkDocs sets it up."""
    names, settings = list(_BUILT_IN), {}
    for entry in _markdown_settings():
        name, options = next(iter(entry.items())) if isinstance(entry, dict) else (entry, {})
        names.append(name)
        settings[name] = options
    return markdown.Markdown(extensions=list(dict.fromkeys(names)), extension_configs=settings)


@cache
def _markdown_settings() -> tuple[Any, ...]:
    return tuple(yaml.load((ROOT / CONFIG).read_text(encoding="utf-8"), _Tolerant)["markdown_extensions"])


@cache
def style() -> str:
    return author_date_style()


@lru_cache(maxsize=2000)
def to_html(text: str) -> str:
    """Markdown as a page's HTML before it is resolved. It hangs on nothing but the text, so a page that a test leaves as it is costs once."""
    return converter().convert(text)


def source_pages(root: Path, withheld: Collection[str] = ()) -> Iterator[SourcePage]:
    """Every page of the project that is UTF-8, as MkDocs would hand it on; `withheld` as in `Series`."""
    docs = ((path, _docs_address(path)) for path in sources.files_under(root, "docs", ".md"))
    mounted = ((mount.path, mount.dest) for mount in sources.mounts(root) if mount.path.endswith(".md"))
    for path, dest in [*docs, *mounted]:
        text = sources.read_text(root, path)
        if text is None:
            continue
        front, _, _ = sources.split_front_matter(text)
        yield SourcePage(path, sources.url_of(dest), _title(front), text, to_html(scrub(sources.body_of(text), withheld)))


def record_pages(series: Series) -> Iterator[SourcePage]:
    """The pages that the build makes for the law register, each role, and each subject of questions."""
    for authority in series.authorities:
        text = law.page_source(authority)
        yield SourcePage(sources.authority_path(authority.id), law_page(authority.id), authority.name, text, to_html(sources.body_of(text)))
    for role in series.roles.by_id.values():
        text = roles.page_source(role)
        yield SourcePage(sources.role_path(role.id), role_page(role.id), role.label, text, to_html(sources.body_of(text)))
    for subject in series.subjects.values():
        text = questions.page_source(subject)
        path, title = sources.questions_path(subject.slug), f"Questions: {subject.title}"
        yield SourcePage(path, questions_page(subject.slug), title, text, to_html(sources.body_of(text)))


@lru_cache(maxsize=2000)
def _title(front: str | None) -> str:
    try:
        return str(yaml.load(front or "", getattr(yaml, "CSafeLoader", yaml.SafeLoader))["title"])
    except (yaml.YAMLError, ValueError, TypeError, KeyError):
        return ""


def _docs_address(path: str) -> str:
    course = sources.course_destination(path)
    if course:
        return course
    name = path.removeprefix("docs/").removesuffix(".md")
    return f"{name.removesuffix('index')}index.html" if name.split("/")[-1] == "index" else f"{name}/index.html"


@dataclass(frozen=True)
class _Formatter:
    """Stands in for mkdocs-bibtex's registry."""

    read: Read

    def format_groups(self, groups: Iterable[str]) -> Formatted:
        citations = [group for group in groups if parse_group(group)]
        return format_citations(citations, list(self.read.bibliography.items), self.read.style, self.read.cache)


def render(root: Path, store: Path, today: date = TODAY, rules: Mapping[str, str] | None = None) -> Rendered:
    """The build without MkDocs and without editions. `store` is the folder of its cache."""
    if not (root / ".cache").exists():
        (root / ".cache").symlink_to(store)
    made = woven(root, {"rules": rules}, "", today)
    return Rendered(made.site, tuple(problem for _, problem in made.read.told(made.site.problems)))


def woven(root: Path, settings: Mapping[str, Any], site_url: str, today: date = TODAY) -> Woven:
    """The project at `root` up to its resolved pages, without MkDocs; `settings` is the `extra` of its mkdocs.yml."""
    read = read_sources(root, settings, site_url, today)
    pages = [*source_pages(root, read.series.withheld), *record_pages(read.series)]
    return weave(read, pages, _Formatter(read).format_groups, checks=_passed())


@cache
def _passed() -> Checks:
    """The checks that pages passed in this run, as a build knows those of the build before it: most tests change one page of many."""
    return Checks(None)


def prepare(root: Path, **settings: Any) -> None:
    """Make a copy of the sample a project of its own: the repository's mkdocs.yml, with `settings` instead of its own."""
    (ROOT / ".cache").mkdir(exist_ok=True)
    for name in ("node_modules", ".cache"):
        if not (root / name).exists():
            (root / name).symlink_to(ROOT / name)
    own = {
        "INHERIT": str(ROOT / CONFIG),
        "theme": {"custom_dir": str(ROOT / "hooks/theme")},
        "hooks": [str(ROOT / "hooks/mkdocs_events.py")],
        "watch": [],
        "nav": None,
    }
    (root / CONFIG).write_text(yaml.safe_dump(own | settings), encoding="utf-8")


def mkdocs(root: Path, *arguments: str) -> Built:
    """Run the command `mkdocs` in this process."""
    with _logging_restored():
        result = CliRunner().invoke(cli, [*arguments, "--config-file", str(root / CONFIG)])
    error = result.exception
    assert error is None or isinstance(error, SystemExit), f"{result.output}\n{error!r}"
    return Built(result.exit_code, result.output, root / "site")


@contextmanager
def _logging_restored() -> Iterator[None]:
    """Take away the handlers that the command adds; they would write to an output that is closed by the next run."""
    loggers = [logging.getLogger(name) for name in (None, "mkdocs")]
    before = [(list(logger.handlers), logger.level) for logger in loggers]
    try:
        yield
    finally:
        for logger, (handlers, level) in zip(loggers, before, strict=True):
            logger.handlers[:] = handlers
            logger.setLevel(level)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below `folder` by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def pdfs(folder: Path) -> list[Path]:
    """Every PDF below `folder`; the address of a current edition under its number is a folder with a page that leads on."""
    return [path for path in sorted(folder.rglob("*.pdf")) if path.is_file()]


def copy_sample(target: Path) -> Path:
    return Path(shutil.copytree(SAMPLE, target))
