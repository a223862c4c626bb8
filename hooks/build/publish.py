"""The third of the three values of a build: the editions made and the site's own files written down, ready to be put in place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hooks.build.weave import Woven
from hooks.core.problems import Graded, has_errors
from hooks.core.workers import Call
from hooks.editions.fonts import cached_fonts
from hooks.editions.part import Part
from hooks.editions.produce import Editions, begin_editions
from hooks.editions.requests import Imprint
from hooks.series.files import check_written
from hooks.site.outputs import apart_from_editions, keep_promises, outputs, packages
from hooks.site.published import Published
from hooks.site.redirects import stamped

Runner = Callable[[Sequence[Call]], Iterator[Any]]
"""Makes calls over processes, as `Crew.run` does."""


@dataclass(frozen=True)
class Built:
    """A site that can be given out: all it is made from, the files beside its pages by address, and every problem of the build.

    There are editions only where no problem that was found before them is an error. `note` says what promises are new, if any.
    """

    published: Published
    files: Mapping[str, bytes]
    problems: tuple[Graded, ...]
    note: str


def imprint_of(settings: Mapping[str, Any], site_url: str) -> Imprint:
    """What every edition says of the series: the part `series` of the `extra` of mkdocs.yml."""
    series = settings["series"]
    named = series.get("editions")
    forms = Imprint.forms if named is None else tuple(named)
    return Imprint(series["name"], site_url, tuple(series["authors"]), series["note"], series["licence"], series.get("line", ""), forms)


def put_together(woven: Woven, editions: Editions | None, run: Runner) -> Published:
    """What the site's files and the templates are made from; `editions` is None where none were made."""
    read = woven.read
    return Published(
        read.root, read.cache, read.today, read.series, read.bibliography, woven.site, editions, read.moves, read.promised,
        read.search_words, read.settings, read.site_url, run,
    )


def make_part(woven: Woven, run: Runner, part: Part) -> tuple[Graded, ...]:
    """Make the editions of one part, which the cache keeps, and nothing else. The result is what is wrong with the sources and with them."""
    problems = woven.site.problems
    graded = woven.read.told(problems)
    return tuple(graded if has_errors(graded) else woven.read.told(problems, _begun(woven, run, part)().problems))


def publish(woven: Woven, run: Runner, strict: bool, with_editions: bool = True) -> Built:
    """Make every edition, unless something is wrong with what they would print, and every file.

    Where a problem is an error a `strict` build gives nothing out; else its files are made for the author to look at. Without
    editions too: then no promise is looked at, for theirs would be missed.
    """
    read, site = woven.read, woven.site
    begun = _begun(woven, run) if with_editions and not has_errors(read.told(site.problems)) else None
    unprinted = put_together(woven, None, run)
    # Written while the editions are made.
    ready = {} if begun is None and strict else apart_from_editions(unprinted)
    editions = begun() if begun else None
    published = replace(unprinted, editions=editions)
    graded = read.told(site.problems, editions.problems if editions else ())
    if editions is None or has_errors(graded):
        return Built(published, {} if strict else outputs(published, ready), tuple(graded), "")
    files = outputs(published, ready)
    broken, note = keep_promises(published, files)
    # A kept edition has a number that is past.
    broken += check_written(read.root, read.series.made_paths, [*files, *stamped(read.series, read.moves, editions.made)])
    return Built(published, files, tuple(read.told(site.problems, editions.problems, broken)), note)


def _begun(woven: Woven, run: Runner, part: Part | None = None) -> Callable[[], Editions]:
    """The editions, or those of a part, being made."""
    read, site = woven.read, woven.site
    fonts = cached_fonts(packages(read.root), read.cache)
    imprint = imprint_of(read.settings, read.site_url)
    return begin_editions(read.root, read.cache, read.series, site, read.bibliography, imprint, fonts, read.figures, run, part)
