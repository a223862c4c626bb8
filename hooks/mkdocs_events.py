"""The build, event by event. MkDocs loads this file under its path: nothing imports it.

sources → series (on_config) → pages (on_files, on_page_markdown) → resolve and editions (on_env)
→ present (on_page_context) → promises (on_post_build).
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from mkdocs.exceptions import BuildError
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import File

from hooks import build as builds
from hooks.citing.handles import hide_handles
from hooks.citing.registry import SeriesRegistry
from hooks.editions.fonts import build_fonts
from hooks.editions.produce import Imprint, is_cold
from hooks.interviews.withheld import scrub
from hooks.pages.model import SourcePage
from hooks.problems import ALWAYS
from hooks.series.sources import read_text
from hooks.site import mkdocs_glue as glue
from hooks.site.context import error_page_context, page_context
from hooks.site.editions import fill
from hooks.site.fonts import FontError
from hooks.site.kept import KeptPages, keep_search_entries
from hooks.site.link_context import link_context
from hooks.site.outputs import keep_promises, outputs, package_assets, packages, write_outputs
from hooks.site.page_dates import last_change

log = get_plugin_logger("series")


@event_priority(100)
def on_config(config):
    """Read and validate every source; build beside the site; set mkdocs-bibtex up, before it reads its settings."""
    stamp = os.environ.get("SOURCE_DATE_EPOCH")
    today = datetime.fromtimestamp(int(stamp), UTC).date() if stamp else date.today()
    build = builds.begin(Path(config.config_file_path).parent, Path(config.site_dir), config.extra.get("rules"), today)
    build.settings, build.site_url = config.extra, config.site_url
    glue.keep(config, build)
    if build.bibliography_failed:
        _report(build, stop=True)
    glue.configure_bibtex(config, build)
    build.kept = KeptPages(build.cache)
    build.staging.begin()
    if is_cold(build.cache):
        build.crew.prepare()
    config.site_dir = str(build.staging.folder)
    return config


def on_files(files, config):
    """Mount briefs/ and whitepaper/; add figures drawn from data, fonts and the search library; set aside pages that are not UTF-8."""
    build, plugin = glue.build_of(config), config.plugins["bibtex"]
    plugin.registry = build.registry = SeriesRegistry(plugin.registry, build.bibliography, build.style, build.cache)
    for file in (*glue.mounted_files(build, config), *glue.figure_files(build, config)):
        files.append(file)
    try:
        assets = package_assets(build.root, build.cache)
    except (FontError, OSError) as error:
        build.staging.discard()
        raise BuildError(f"A front-end package cannot be read: {error}. `npm ci` installs them all.") from error
    for name, content in assets.items():
        files.append(File.generated(config, name, content=content))
    glue.leave_out_undecodable(files, build)
    glue.leave_out_withheld(files, build)
    glue.place_course(files)
    return files


@event_priority(100)
def on_page_markdown(markdown, page, config, files):
    """Let go of withdrawn interviews; keep mkdocs-bibtex's text substitution away from the page; the Markdown extension gives it back."""
    build = glue.build_of(config)
    glue.title_of_slides(page, glue.source_path(page.file, build.root), build)
    page.render = partial(build.kept.render, page)
    return hide_handles(scrub(markdown, build.series.withheld))


def on_env(env, config, files):
    """All pages are parsed: resolve them together, set the editions, and report every problem."""
    build = glue.build_of(config)
    pages = {glue.source_path(file, build.root): file.page for file in files.documentation_pages()}
    texts = {path: read_text(build.root, path) or "" for path in pages}
    build.resolve(SourcePage(path, page.url, str(page.title), texts[path], page.content or "") for path, page in pages.items())
    series = config.extra["series"]
    forms = tuple(series.get("editions") or Imprint.forms)
    imprint = Imprint(series["name"], config.site_url, tuple(series["authors"]), series["note"], series["licence"], series.get("line", ""), forms)
    try:
        build.set_editions(imprint, build_fonts(packages(build.root), build.root / ".cache" / "typst-fonts"))
        if not build.failed:
            build.files = outputs(build)
            problems, note = keep_promises(build)
            build.problems += problems
            if note:
                log.info(note)
    finally:
        build.crew.close()
    _report(build, stop=config.strict)
    for path, page in pages.items():
        page.content = fill(build.site.pages[path].html, page.url, build.series, build.editions)
        page.update_date = last_change(build.series, path).isoformat()
        glue.set_edit_url(page, path, config)
    glue.drop_theme_files(files, config)
    keep_search_entries(config, build.kept)
    return env


def on_page_context(context, page, config, nav):
    """What the templates print around the article."""
    build = glue.build_of(config)
    path = glue.source_path(page.file, build.root)
    context["otr"] = page_context(build, path, page.url, config.extra, config.site_url)
    context["otr"] |= link_context(build, path, page.url, str(page.title))
    return context


def on_template_context(context, template_name, config):
    """The same for the error page."""
    context["otr"] = error_page_context(config.extra, config.site_url)
    return context


@event_priority(-100)
def on_post_build(config):
    """Write what others rely on; then, if nothing is amiss, put the new site in place of the old."""
    build = glue.build_of(config)
    try:
        write_outputs(build, build.staging.folder)
    except OSError as error:
        build.staging.discard()
        raise BuildError(f"{error.filename or 'A file'} cannot be written: {error.strerror or error}. The site was left as it was.") from error
    if glue.warnings_counted():
        build.staging.discard()
        return
    build.staging.finish()
    config.site_dir = str(build.staging.site)


def _report(build, stop):
    """Print every problem; where `stop` is set, end the build if one is an error."""
    graded = build.reported()
    for severity, problem in graded:
        (log.error if severity == "error" else log.info)(str(problem))
    errors = sum(severity == "error" for severity, _ in graded)
    # A breach of consent is never built, not even for a look under `serve`.
    if errors and (stop or any(problem.rule in ALWAYS for _, problem in graded)):
        build.staging.discard()
        raise BuildError(f"{errors} problem{'s' if errors > 1 else ''} to mend, listed above. The site was left as it was.")
