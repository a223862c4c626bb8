"""The few places where the build touches MkDocs' own objects: files, plugin settings, logging."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

import click
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils.yaml import yaml_load

from hooks.build.publish import Built
from hooks.build.read import Read
from hooks.build.staging import Lock, Staging
from hooks.citing.citeproc import Formatted
from hooks.core.cache import write_atomically
from hooks.core.look import look
from hooks.linking.model import SourcePage
from hooks.registers import law, questions, roles
from hooks.series.model import Publication
from hooks.series.sources import CASES, DOCS, body_of, course_destination, destination, is_left_over, mounts, read_text
from hooks.site.editions import Links
from hooks.site.page_dates import last_change

log = get_plugin_logger("series")
Value = TypeVar("Value")
SETTINGS = ("SITE_URL", "REPO_URL")
"""The variables of the environment that mkdocs.yml reads."""
_MARKED = (".css", ".js", ".svg")
_THEME_FOLDERS = ("assets/javascripts/", "assets/stylesheets/", "assets/images/")


def keep(config: MkDocsConfig, value: object) -> None:
    """Put a value where later events find it, by its type. The config, and with it what is kept, is new for every rebuild."""
    config.extra[f"series.{type(value).__name__}"] = value


def kept(config: MkDocsConfig, kind: type[Value]) -> Value:
    """The value of that type which an earlier event has made."""
    value = config.extra[f"series.{kind.__name__}"]
    assert isinstance(value, kind)
    return value


def hold(root: Path, staging: Staging) -> None:
    """Keep other builds of the folder waiting until the command ends, and drop what was not finished then. `serve` builds in a place of its own."""
    context = click.get_current_context(silent=True)
    if context is None or context.info_name == "serve":
        return
    lock = Lock(root, lambda: log.info("Another build of this folder is under way; this one waits for it."))
    # The last that is registered is the first that is called.
    context.call_on_close(lock.release)
    context.call_on_close(staging.discard)


def settle_address(config: MkDocsConfig) -> str:
    """The public address; MkDocs is told where it does not know.

    A variable of the environment that is set but empty, as CI hands on a setting that nobody made, counts as not set,
    so that the address in mkdocs.yml holds. MkDocs takes the empty text for an answer.

    Raises ConfigurationError if mkdocs.yml gives none either.
    """
    if config.site_url:
        return config.site_url
    for name in SETTINGS:
        if not os.environ.get(name):
            os.environ.pop(name, None)
    with open(config.config_file_path, encoding="utf-8") as file:
        address = yaml_load(file).get("site_url")
    if not address:
        raise ConfigurationError("mkdocs.yml: `site_url` is empty. Give the address at which the site will be read, like https://www.example.gov/series/.")
    config.site_url = site_url = f"{str(address).rstrip('/')}/"
    return site_url


def bibtex(config: MkDocsConfig) -> Any:
    """mkdocs-bibtex, which has no types."""
    return config.plugins["bibtex"]


def configure_bibtex(config: MkDocsConfig, read: Read) -> None:
    """Give mkdocs-bibtex the style that pandoc ships, and switch off what it would add to pages by itself."""
    path = read.cache.folder / "author-date.csl"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, read.style.encode())
    # MkDocs keeps the plugin from one rebuild to the next, and it would keep its entries by the age of their files.
    plugin = bibtex(config)
    plugin.last_configured = None
    settings = plugin.config
    settings.csl_file = str(path)
    settings.bib_by_default = False
    settings.enable_inline_citations = False


def mounted_files(read: Read, config: MkDocsConfig) -> Iterator[File]:
    """The files of briefs/ and whitepaper/, read in place: no copy, no link."""
    for mount in mounts(read.root):
        yield File(mount.path, str(read.root), config.site_dir, config.use_directory_urls, dest_uri=mount.dest)


def figure_files(read: Read, config: MkDocsConfig) -> Iterator[File]:
    """The figures drawn from data, each where a page of its folder expects it."""
    for path, content in read.figures.items():
        mounted = not path.startswith(f"{DOCS}/")
        file = File.generated(config, path if mounted else path.removeprefix(f"{DOCS}/"), content=content)
        if mounted:
            file.dest_uri = destination(path)
        yield file


def record_files(read: Read, config: MkDocsConfig, files: Files) -> Iterator[File]:
    """The page of each authority, each role and each subject of questions, made from its record; one that an author has written stands instead."""
    for path, text in record_texts(read).items():
        own = path.removeprefix(f"{DOCS}/")
        if files.get_file_from_path(own) is None:
            yield File.generated(config, own, content=text)


def record_texts(read: Read) -> dict[str, str]:
    """The source of each page that is made from a record, by its path."""
    made = {path: law.page_source(authority) for path, authority in read.series.authority_by_path.items()}
    made |= {path: roles.page_source(role) for path, role in read.series.role_by_path.items()}
    return made | {path: questions.page_source(subject) for path, subject in read.series.subject_by_path.items()}


def pages_by_path(files: Files, root: Path) -> dict[str, Page]:
    """Every page by the path of its source."""
    return {source_path(file, root): file.page for file in files.documentation_pages() if file.page is not None}


def place_course(files: Files) -> None:
    """Give the pages of the course their addresses: without the numbers of their files, the slides below their module."""
    for file in files.documentation_pages():
        dest = course_destination(f"{DOCS}/{file.src_uri}")
        if dest:
            file.dest_uri = dest


def without_front_matter(markdown: str, file: File) -> str:
    """`markdown`, less the front matter that MkDocs left in it because it could not read it: it is reported, and never printed."""
    text = file.content_string
    return body_of(text) if markdown.strip("\n") == text.strip("\n") else markdown


def title_of_slides(page: Page, path: str, read: Read) -> None:
    """Slides are called after their module, a deck after itself, and an answer key after what it answers."""
    named = read.series.slides_by_path.get(path) or read.series.key_by_path.get(path)
    if named is not None:
        page.meta["title"] = named.title


def in_sitemap(file: File, read: Read) -> bool:
    """Whether search engines are told of a page: not of a publication that is a draft or no longer in force, nor of its questions, nor of the
    answers to exercises."""
    path = source_path(file, read.root)
    if path in read.series.key_by_path:
        return False
    owner, subject = read.series.by_path.get(path), read.series.subject_by_path.get(path)
    return (not isinstance(owner, Publication) or owner.in_force) and (subject is None or subject.in_force)


def source_path(file: File, root: Path) -> str:
    """The path of a page's source, relative to the project's root; of a page that the build makes, where it would be."""
    if file.abs_src_path is None:
        return f"{DOCS}/{file.src_uri}"
    return Path(file.abs_src_path).resolve().relative_to(root.resolve()).as_posix()


def source_text(file: File, root: Path) -> str:
    """The text of a page's source; empty if it is not UTF-8, which was reported."""
    return file.content_string if file.abs_src_path is None else read_text(root, source_path(file, root)) or ""


def theme_folder(config: MkDocsConfig) -> Path:
    """The folder of our own templates and assets, which mkdocs.yml names."""
    return Path(str(config.theme.custom_dir))


def set_look(files: Files, config: MkDocsConfig) -> None:
    """Give the theme's own assets that name the look in marks what look.toml says."""
    folder = theme_folder(config)
    for file in [file for file in files if file.src_uri.endswith(_MARKED) and file.src_dir and Path(file.src_dir) == folder]:
        text = file.content_string
        filled = look().fill(text)
        if filled != text:
            files.remove(file)
            files.append(File.generated(config, file.src_uri, content=filled))


def leave_out_left_over(files: Files) -> None:
    """Take out what editors and systems leave beside files: the build reads none of it, and MkDocs would publish it."""
    for file in list(files):
        if any(is_left_over(part) for part in PurePosixPath(file.src_uri).parts):
            files.remove(file)


def leave_out_undecodable(files: Files, read: Read) -> None:
    """Take out pages that are not UTF-8, which MkDocs would stop at; they are reported with all the rest."""
    for file in list(files.documentation_pages()):
        if file.abs_src_path is None:
            continue
        if read_text(read.root, source_path(file, read.root)) is None:
            files.remove(file)


def leave_out_withheld(files: Files, read: Read) -> None:
    """Take out the records of interviews whose consent was withdrawn, before anything of them is read."""
    for id_ in read.series.withheld:
        file = files.get_file_from_path(f"{CASES.removeprefix(f'{DOCS}/')}/{id_}.md")
        if file is not None:
            files.remove(file)


def as_source(page: Page, path: str, root: Path) -> SourcePage:
    """A page whose Markdown was rendered, for the weaving."""
    return SourcePage(path, page.url, str(page.title), source_text(page.file, root), page.content or "")


def format_groups(config: MkDocsConfig) -> Callable[[Iterable[str]], Formatted]:
    """What formats citations, as `weave` takes it."""
    formatter: Callable[[Iterable[str]], Formatted] = bibtex(config).registry.format_groups
    return formatter


def links_of(built: Built) -> Links:
    """The editions as pages lead to them."""
    return Links.of(built.published.series, built.published.editions, built.files)


def give_article(page: Page, path: str, links: Links, built: Built, config: MkDocsConfig) -> None:
    """Put the finished article on its page, with the facts of the editions that it links to."""
    published = built.published
    page.content = links.fill(published.site.pages[path].html, page.url)
    changed = last_change(published.series, path)
    page.update_date = changed.isoformat() if changed else ""
    _set_edit_url(page, published.series.origin(path), config)


def _set_edit_url(page: Page, path: str, config: MkDocsConfig) -> None:
    """Point “edit this page” at the file's real place, which for a mounted page is not below docs/."""
    base = str(config.repo_url or "").rstrip("/")
    page.edit_url = f"{base}/edit/main/{path}" if base else None


def drop_theme_files(files: Files, config: MkDocsConfig) -> None:
    """Leave out the scripts, styles and images that Material brings for its own templates; ours use none of them."""
    ours = [Path(config.docs_dir), theme_folder(config)]
    for file in list(files):
        if file.src_uri.startswith(_THEME_FOLDERS) and file.src_dir and Path(file.src_dir) not in ours:
            files.remove(file)


def warnings_counted() -> bool:
    """Whether MkDocs (or ProperDocs), under --strict, has counted a warning and so will abort after this event."""
    handlers = [h for name in ("mkdocs", "properdocs") for h in logging.getLogger(name).handlers]
    return any(handler.get_counts() for handler in handlers if hasattr(handler, "get_counts"))
