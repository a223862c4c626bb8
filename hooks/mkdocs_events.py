"""The build, event by event. MkDocs loads this file under its path: nothing imports it.

Three values, each complete when made: all sources `Read` (on_config); every page `Woven`, once MkDocs has parsed them
(on_files, on_page_markdown), and the site as `Built`, with its editions and files (on_env); then the templates (on_page_context),
and the new site in place of the old (on_post_build).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import BuildError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from hooks.build import mkdocs_glue as glue
from hooks.build import preview_server, serving
from hooks.build.context import error_page_context, link_context, page_context
from hooks.build.kept import Checks, KeptPages
from hooks.build.kept_weave import keep_woven, woven_before
from hooks.build.publish import Built, make_part, publish
from hooks.build.read import Read, read_sources
from hooks.build.run import PartMade, Run
from hooks.build.staging import Staging
from hooks.build.up_to_date import NOTE, tell_done
from hooks.build.weave import Woven, weave
from hooks.citing.registry import SeriesRegistry, hide_handles
from hooks.core.cache import cache_folder, unwritable
from hooks.core.look import check_look
from hooks.core.problems import ALWAYS, Graded, has_errors, told
from hooks.core.prune import prune
from hooks.core.workers import Crew, processes
from hooks.core.yaml_lines import parse
from hooks.editions.formats import EDITIONS
from hooks.editions.making import ENGINES
from hooks.editions.part import VARIABLE, Part
from hooks.editions.produce import is_cold
from hooks.editions.web_fonts import FontError
from hooks.series.files import check_readable
from hooks.series.settings import as_stated, check_settings
from hooks.series.withheld import scrub
from hooks.site.outputs import package_assets, write_outputs
from hooks.site.printed_fields import PrintedFields, check_printed_fields, printed_fields

log = get_plugin_logger("series")


@event_priority(100)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read and validate every source; build beside the site; set mkdocs-bibtex up, before it reads its settings."""
    if serving.is_serving():
        serving.claim_port(*config.dev_addr)
    root = Path(config.config_file_path).parent
    staging = Staging.of(Path(config.site_dir))
    glue.hold(root, staging)
    # First of all: whatever else is wrong, readers have the site that a killed build had set aside.
    staging.restore()
    site_url = glue.settle_address(config)
    settings = [*check_look(), *check_settings(config.extra, config.plugins, Path(config.config_file_path), EDITIONS)]
    barred = check_readable(root)
    if settings or barred:
        _stop(told([*settings, *barred], {}))
    config.extra["series"] = as_stated(config.extra["series"])
    refused = staging.refusal() or unwritable(cache_folder(root))
    if refused:
        raise BuildError(refused)
    today = _today()
    session = preview_server.session() if serving.is_serving() else None
    known = session.parse if session else parse
    read = read_sources(root, config.extra, site_url, today, known)
    if not read.bibliography.readable:
        # mkdocs-bibtex could not read it either.
        _stop(read.told())
    heard = serving.Heard(root).begin() if serving.is_serving() else None
    first = session is not None and session.shown is None and not config.strict
    tick = session.tick if session else None
    kept = KeptPages(read.cache), Checks(read.cache)
    run = Run(staging, *kept, Crew(processes(), ENGINES), heard, tick=tick, first=first, part=None if session else _part(), parse=known)
    glue.keep(config, read)
    glue.keep(config, run)
    glue.configure_bibtex(config, read)
    run.staging.begin()
    if is_cold(read.cache) and not run.first:
        log.info("The first build makes every page and edition, which takes a minute or two; later ones take seconds.")
    if session is None:
        # Something has changed, and an edition with it as a rule.
        run.crew.prepare()
    config.site_dir = str(run.staging.folder)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Mount briefs/ and whitepaper/; add a page for each authority and role, figures drawn from data and fonts.

    Pages that are not UTF-8 are set aside.
    """
    read, plugin = glue.kept(config, Read), glue.bibtex(config)
    plugin.registry = SeriesRegistry(plugin.registry, read.bibliography, read.style, read.cache)
    for file in (*glue.mounted_files(read, config), *glue.figure_files(read, config), *glue.record_files(read, config, files)):
        files.append(file)
    try:
        assets = package_assets(read.root, read.cache)
    except (FontError, OSError) as error:
        glue.kept(config, Run).staging.discard()
        raise BuildError(f"A front-end package cannot be read: {error}. `make site` installs them all.") from error
    for name, content in assets.items():
        files.append(File.generated(config, name, content=content))
    glue.set_look(files, config)
    glue.leave_out_left_over(files)
    glue.leave_out_undecodable(files, read)
    glue.leave_out_withheld(files, read)
    glue.place_course(files)
    return files


@event_priority(100)
def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Let go of withdrawn interviews; keep mkdocs-bibtex's text substitution away from the page; the Markdown extension gives it back."""
    read = glue.kept(config, Read)
    glue.kept(config, Run).go_on()
    path = glue.source_path(page.file, read.root)
    glue.title_of_slides(page, path, read)
    markdown = glue.without_front_matter(markdown, page.file)
    # MkDocs has no event in place of its rendering.
    page.render = partial(glue.kept(config, Run).pages.render, page)  # type: ignore[method-assign]
    return hide_handles(scrub(markdown, read.series.withheld))


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """The navigation is kept for pages that are shown by themselves (see `preview`)."""
    glue.keep(config, nav)
    return nav


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """All pages are parsed: resolve them together, set the editions, and report every problem."""
    read, run = glue.kept(config, Read), glue.kept(config, Run)
    pages = glue.pages_by_path(files, read.root)
    sources = [glue.as_source(page, path, read.root) for path, page in pages.items()]
    formatter, kept = glue.format_groups(config), None if serving.is_serving() else run.staging.woven
    try:
        woven = (woven_before(read, sources, formatter, kept, run.checks) if kept else None) or weave(read, sources, formatter, run.go_on, run.checks)
        read = woven.read
        glue.keep(config, read)
        if not run.first and is_cold(read.cache) and not has_errors(read.told(woven.site.problems)):
            log.info(f"{len(pages)} pages are read; now the editions are set")
        if run.part:
            _make_part(woven, run, run.part)
        built = publish(woven, run.make, config.strict, with_editions=not run.first)
    finally:
        run.crew.close()
    if built.note:
        log.info(built.note, extra={NOTE: True})
    _report(built.problems, run, stop=config.strict)
    if kept and woven.whole:
        keep_woven(woven, sources, kept)
    for value in (built, woven, env, files):
        glue.keep(config, value)
    glue.keep(config, printed_fields(read.series, read.bibliography))
    links = glue.links_of(built)
    for path, page in pages.items():
        glue.give_article(page, path, links, built, config)
    glue.drop_theme_files(files, config)
    return env


def on_build_error(error: Exception) -> None:
    """A file that cannot be read or written, as on a full disk, is one line with its name. What was built is dropped (see `glue.hold`)."""
    if isinstance(error, OSError):
        raise BuildError(f"{error.filename or 'A file'}: {error.strerror or error}. The site was left as it was.") from error


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    """What the templates print around the article."""
    published = glue.kept(config, Built).published
    glue.kept(config, Run).go_on()
    path = glue.source_path(page.file, published.root)
    context["otr"] = page_context(published, path, page.url, config.extra)
    context["otr"] |= link_context(published, path, page.url, str(page.title)) | serving.author_context()
    return context


def on_template_context(context: dict[str, Any], template_name: str, config: MkDocsConfig) -> dict[str, Any]:
    """The same for the error page; the sitemap lists what is in force."""
    if template_name == "sitemap.xml":
        context["pages"] = [file for file in context["pages"] if glue.in_sitemap(file, glue.kept(config, Read))]
    context["otr"] = error_page_context(config.extra, glue.kept(config, Read).site_url) | serving.author_context()
    return context


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """The page is written: whatever its records print is on it."""
    read, run = glue.kept(config, Read), glue.kept(config, Run)
    fields = glue.kept(config, PrintedFields).by_url.get(page.url, ())
    if fields:
        run.lost.extend(run.checks.told(("printed", output, *map(repr, fields)), partial(check_printed_fields, output, fields, read.root)))
    return output


@event_priority(-100)
def on_post_build(config: MkDocsConfig) -> None:
    """Write what others rely on; then, if nothing is amiss, put the new site in place of the old."""
    built, run = glue.kept(config, Built), glue.kept(config, Run)
    _report(told(run.lost, glue.kept(config, Read).severity), run, stop=config.strict)
    try:
        write_outputs(built.published, built.files, run.staging.folder)
    except OSError as error:
        run.staging.discard()
        raise BuildError(f"{error.filename or 'A file'} cannot be written: {error.strerror or error}. The site was left as it was.") from error
    if glue.warnings_counted():
        run.staging.discard()
        return
    if run.heard is not None:
        graded = [*built.problems, *(("error", problem) for problem in run.heard.problems)]
        serving.mark_pages(run.staging.folder, graded, {f"{page.url}index.html": path for path, page in built.published.site.pages.items()})
    run.staging.finish()
    # What pages that were not looked at would ask for is not forgotten.
    if glue.kept(config, Woven).whole:
        run.checks.keep()
    tell_done()
    prune(built.published.cache.folder)
    config.site_dir = str(run.staging.site)
    if serving.is_serving():
        preview_server.session().shown = config


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Callable[..., None]) -> LiveReloadServer:
    """The server is about to start: from now on a save is shown at once, and a build that fails is shown on the pages as well."""
    keep = serving.keep_serving(builder, Path(config.site_dir), Path(config.config_file_path))
    return preview_server.PreviewServer.instead_of(server, keep, preview_server.session())


def _today() -> date:
    """The day of the build. Raises BuildError where SOURCE_DATE_EPOCH is no point in time."""
    stamp = os.environ.get("SOURCE_DATE_EPOCH")
    if not stamp:
        return date.today()
    try:
        return datetime.fromtimestamp(int(stamp), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        message = f"SOURCE_DATE_EPOCH is “{stamp}”, which is no number of seconds since 1970. Set it to one, as `git log -1 --format=%ct` gives it."
        raise BuildError(message) from error


def _part() -> Part | None:
    """The part of the editions that this build is to make, if only one. Raises BuildError where the variable names none."""
    text = os.environ.get(VARIABLE, "")
    try:
        return Part.read(text) if text else None
    except ValueError as error:
        raise BuildError(str(error)) from error


def _make_part(woven: Woven, run: Run, part: Part) -> NoReturn:
    """Make it, report every problem, and end the build well; the site is left as it was."""
    graded = make_part(woven, run.make, part)
    _report(graded, run, stop=True)
    run.staging.discard()
    log.info(f"Part {part} of the editions is in the cache. The site was left as it was.")
    raise PartMade


def _report(graded: Sequence[Graded], run: Run, stop: bool) -> None:
    """Print every problem; where `stop` is set, end the build if one is an error."""
    # A breach of consent is never built, not even for a look under `serve`.
    if has_errors(graded) and (stop or any(problem.rule in ALWAYS for _, problem in graded)):
        run.staging.discard()
        _stop(graded)
    _print(graded)


def _print(graded: Iterable[Graded]) -> None:
    for severity, problem in graded:
        (log.error if severity == "error" else log.info)(str(problem), extra={NOTE: True})


def _stop(graded: Sequence[Graded]) -> NoReturn:
    """Print every problem, and end the build."""
    _print(graded)
    errors = sum(severity == "error" for severity, _ in graded)
    raise serving.NotBuilt(f"{errors} problem{'s' if errors > 1 else ''} to mend, listed above. The site was left as it was.", graded)
