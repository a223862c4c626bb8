"""The few places where the build touches MkDocs' own objects: files, plugin settings, logging."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from hooks.build import Build
from hooks.series.sources import CASES, DOCS, course_destination, destination, mounts, not_utf8, read_text

_KEY = "series_build"
_THEME_FOLDERS = ("assets/javascripts/", "assets/stylesheets/", "assets/images/")


def keep(config: MkDocsConfig, build: Build) -> None:
    """Put the build where its later events find it. The config, and with it the build, is new for every rebuild."""
    config.extra[_KEY] = build


def build_of(config: MkDocsConfig) -> Build:
    return config.extra[_KEY]


def configure_bibtex(config: MkDocsConfig, build: Build) -> None:
    """Give mkdocs-bibtex the style that pandoc ships, and switch off what it would add to pages by itself."""
    path = build.cache.folder / "author-date.csl"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(build.style, encoding="utf-8")
    # MkDocs keeps the plugin from one rebuild to the next, and it would keep its entries by the age of their files.
    config.plugins["bibtex"].last_configured = None
    settings = config.plugins["bibtex"].config
    settings.csl_file = str(path)
    settings.bib_by_default = False
    settings.enable_inline_citations = False


def mounted_files(build: Build, config: MkDocsConfig) -> Iterator[File]:
    """The files of briefs/ and whitepaper/, read in place: no copy, no link."""
    for mount in mounts(build.root):
        yield File(mount.path, str(build.root), config.site_dir, config.use_directory_urls, dest_uri=mount.dest)


def figure_files(build: Build, config: MkDocsConfig) -> Iterator[File]:
    """The figures drawn from data, each where a page of its folder expects it."""
    for path, content in build.figures.items():
        mounted = not path.startswith(f"{DOCS}/")
        file = File.generated(config, path if mounted else path.removeprefix(f"{DOCS}/"), content=content)
        if mounted:
            file.dest_uri = destination(path)
        yield file


def place_course(files: Files) -> None:
    """Give the pages of the course their addresses: without the numbers of their files, the slides below their module."""
    for file in files.documentation_pages():
        dest = course_destination(f"{DOCS}/{file.src_uri}")
        if dest:
            file.dest_uri = dest


def title_of_slides(page: Page, path: str, build: Build) -> None:
    """Slides are called after their module."""
    slides = build.series.slides_by_path.get(path)
    if slides is not None:
        page.meta["title"] = slides.title


def source_path(file: File, root: Path) -> str:
    """The path of a page's source, relative to the project's root."""
    return Path(file.abs_src_path).resolve().relative_to(root.resolve()).as_posix()


def leave_out_undecodable(files: Files, build: Build) -> None:
    """Take out pages that are not UTF-8, which MkDocs would stop at, so that they are reported with all the rest."""
    for file in list(files.documentation_pages()):
        if file.abs_src_path is None:
            continue
        path = source_path(file, build.root)
        if read_text(build.root, path) is not None:
            continue
        files.remove(file)
        if not any(problem.path == path for problem in build.problems):
            build.problems.append(not_utf8(build.root, path))


def leave_out_withheld(files: Files, build: Build) -> None:
    """Take out the records of interviews whose consent was withdrawn, before anything of them is read."""
    for id_ in build.series.withheld:
        file = files.get_file_from_path(f"{CASES.removeprefix(f'{DOCS}/')}/{id_}.md")
        if file is not None:
            files.remove(file)


def set_edit_url(page: Page, path: str, config: MkDocsConfig) -> None:
    """Point “edit this page” at the file's real place, which for a mounted page is not below docs/."""
    base = str(config.repo_url or "").rstrip("/")
    page.edit_url = f"{base}/edit/main/{path}" if base else None


def drop_theme_files(files: Files, config: MkDocsConfig) -> None:
    """Leave out the scripts, styles and images that Material brings for its own templates; ours use none of them."""
    ours = [Path(config.docs_dir), Path(config.theme.custom_dir)]
    for file in list(files):
        if file.src_uri.startswith(_THEME_FOLDERS) and file.src_dir and Path(file.src_dir) not in ours:
            files.remove(file)


def warnings_counted() -> bool:
    """Whether MkDocs (or ProperDocs), under --strict, has counted a warning and so will abort after this event."""
    handlers = [h for name in ("mkdocs", "properdocs") for h in logging.getLogger(name).handlers]
    return any(handler.get_counts() for handler in handlers if hasattr(handler, "get_counts"))
