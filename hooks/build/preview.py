"""What `serve` does at a save: the pages that changed are finished and served at once; the whole site follows when it is quiet.

A page that is shown so is the page that a whole build makes, as long as no other page prints something of the change. What does
(registers, backlinks, the course, the search, the editions) follows with the whole build, which is given up for the next save.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from hooks.build import mkdocs_glue as glue
from hooks.build import serving
from hooks.build.publish import Built
from hooks.build.read import Read, read_sources
from hooks.build.run import Run
from hooks.build.weave import Woven, weave_again
from hooks.core.cache import write_atomically
from hooks.core.look import look
from hooks.core.problems import ALWAYS, Problem
from hooks.series.model import Series
from hooks.series.sources import DOCS
from hooks.site.printed_fields import printed_fields

_STYLES = (".css", ".js")
# Files of records that more depends on than the pages that print them.
_WOVEN_IN = (f"{DOCS}/course/", f"{DOCS}/tools/", f"{DOCS}/questions/", f"{DOCS}/literature/")


def show(config: MkDocsConfig, changed: Collection[str], asked: Iterable[str] = ()) -> bool:
    """Finish and write the pages of the files that `changed`, given as absolute paths, in the site that the last whole build made.

    `config` is that build's, which its events filled. `asked` are the addresses of pages that the author looks at: they are finished too
    where a record has changed. False where the change is one that only a whole build can show; then nothing was written.
    """
    read = glue.kept(config, Read)
    root = read.root.resolve()
    paths = {Path(path).resolve() for path in changed}
    if not all(path.is_file() and path.is_relative_to(root) for path in paths):
        return False
    names = {path.relative_to(root).as_posix() for path in paths}
    styles = {name: file for name in names if (file := _style(name, config)) is not None}
    pages = glue.pages_by_path(glue.kept(config, Files), root)
    articles = [name for name in names if name in pages]
    records = [name for name in names if name.startswith(f"{DOCS}/") and name.endswith(".yml") and not name.startswith(_WOVEN_IN)]
    if len(styles) + len(articles) + len(records) != len(names):
        return False
    if articles or records:
        beside = {f"{name.rpartition('/')[0]}/index.md" for name in records}
        looked_at = [path for path, page in pages.items() if page.url in asked] if records else []
        if not _show_pages(config, pages, articles, [*looked_at, *(path for path in beside if path in pages)], bool(records)):
            return False
    for name, file in styles.items():
        write_atomically(Path(config.site_dir, file.dest_uri), look().fill((root / name).read_text(encoding="utf-8")).encode())
    return True


def _style(name: str, config: MkDocsConfig) -> File | None:
    """The theme's own style sheet or script of that source path, if it is one."""
    folder = glue.theme_folder(config).resolve()
    path = Path(config.config_file_path).parent.resolve() / name
    if not name.endswith(_STYLES) or not path.is_relative_to(folder):
        return None
    return glue.kept(config, Files).get_file_from_path(path.relative_to(folder).as_posix())


def _show_pages(config: MkDocsConfig, pages: Mapping[str, Page], articles: list[str], around: list[str], records: bool) -> bool:
    read, woven, built, files = glue.kept(config, Read), glue.kept(config, Woven), glue.kept(config, Built), glue.kept(config, Files)
    heads = {path: dict(pages[path].meta) for path in articles}
    lost: list[Problem] = []
    # What is quick is not given up.
    glue.keep(config, replace(glue.kept(config, Run), lost=lost, tick=None))
    heard = serving.Heard(read.root).begin()
    for path in articles:
        _parse(pages[path], config, files)
    wanted = dict.fromkeys([*articles, *around])
    if records or any(dict(pages[path].meta) != head for path, head in heads.items()):
        now = read_sources(read.root, config.extra, read.site_url, read.today, glue.kept(config, Run).parse, read)
        if _others_depend(read, now) or any(problem.rule in ALWAYS for _, problem in now.told()):
            return False
        read = now
        glue.keep(config, read)
        wanted |= dict.fromkeys([*_of_records(read, files, pages), *_of_owners(woven.read.series, read.series, pages)])
        for path in wanted.keys() - set(articles):
            _parse(pages[path], config, files)
    sources = [glue.as_source(pages[path], path, read.root) for path in wanted]
    woven = weave_again(woven, read, sources, glue.format_groups(config), glue.kept(config, Run).checks)
    published = replace(built.published, series=read.series, site=woven.site)
    graded = [*read.told(woven.site.problems), *(("error", problem) for problem in heard.problems)]
    built = replace(built, published=published, problems=tuple(graded))
    for value in (woven, built, printed_fields(read.series, read.bibliography)):
        glue.keep(config, value)
    links = glue.links_of(built)
    for path in wanted:
        page = pages[path]
        glue.give_article(page, path, links, built, config)
        page.validate_anchor_links(files=files, log_level=config.validation.links.anchors)
        html = _printed(page, config, files)
        graded = [*built.problems, *(("error", problem) for problem in (*heard.problems, *lost))]
        html = serving.marked(html, dict.fromkeys(graded), path, older=bool(published.editions) and path in read.series.by_path)
        write_atomically(Path(config.site_dir, page.file.dest_uri), html.encode("utf-8", errors="xmlcharrefreplace"))
    return True


def _parse(page: Page, config: MkDocsConfig, files: Files) -> None:
    """Read a page and render its Markdown, as MkDocs does before `on_env`."""
    page = config.plugins.on_pre_page(page, config=config, files=files)
    page.read_source(config)
    page.markdown = config.plugins.on_page_markdown(page.markdown or "", page=page, config=config, files=files)
    page.render(config, files)
    page.content = config.plugins.on_page_content(page.content or "", page=page, config=config, files=files)


def _printed(page: Page, config: MkDocsConfig, files: Files) -> str:
    """The whole page, as MkDocs writes it after `on_env`."""
    nav, env = glue.kept(config, Navigation), glue.kept(config, Environment)
    page.active = True
    try:
        context = get_context(nav, files.documentation_pages(), config, page)
        template = env.get_template(page.meta.get("template", "main.html"))
        context = config.plugins.on_page_context(context, page=page, config=config, nav=nav)
        return str(config.plugins.on_post_page(template.render(context), page=page, config=config))
    finally:
        page.active = False


def _others_depend(before: Read, now: Read) -> bool:
    """Whether more hangs on what was read anew than single pages: what there is, what it is called, sources, figures, addresses."""

    def there(read: Read) -> list[Any]:
        series = read.series
        named = [(item.id, item.path, item.url, item.front.status, item.front.title) for item in series.items]
        return [named, *series.made_paths, series.withheld, read.figures, read.moves, read.bibliography.items, series.kept, series.tools, series.packs]

    return there(before) != there(now)


def _of_records(read: Read, files: Files, pages: Mapping[str, Page]) -> Iterator[str]:
    """The pages that the build makes of records and that read otherwise now; they are given their new text."""
    for path, text in glue.record_texts(read).items():
        page = pages.get(path)
        if page is not None and page.file.abs_src_path is None and page.file.content_string != text:
            page.file.content_string = text
            yield path


def _of_owners(before: Series, now: Series, pages: Mapping[str, Page]) -> Iterator[str]:
    """The pages of the publications, cases and authorities whose facts have changed."""
    for known, found in ((before.by_path, now.by_path), (before.authority_by_path, now.authority_by_path)):
        yield from (path for path, item in found.items() if path in pages and known.get(path) != item)
