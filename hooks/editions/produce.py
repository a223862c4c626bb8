"""Making the editions of a resolved site over the cores; those made before from the same input come from the cache."""

from __future__ import annotations

import hashlib
import json
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Any, TextIO

from hooks.citing.bibliography import Bibliography
from hooks.core.cache import Cache, digest
from hooks.core.code import code_digest
from hooks.core.look import look_key
from hooks.core.problems import Problem
from hooks.core.workers import Call, WorkerEnded, here
from hooks.editions import making, volume
from hooks.editions.fonts import faces
from hooks.editions.formats import BY_NAME, FORMATS, PDF, POWERPOINT, Format
from hooks.editions.inputs import Inputs
from hooks.editions.making import Job
from hooks.editions.model import Edition, EditionRequest
from hooks.editions.part import Part
from hooks.editions.requests import (
    Imprint,
    Sources,
    bound_in_series,
    card_request,
    handout_request,
    key_request,
    lent,
    paper_request,
    parts_of,
    parts_of_paper,
    questions_of,
    questions_request,
    request_of,
    series_request,
    sheets_request,
    slides_request,
)
from hooks.editions.validate import VALIDATOR
from hooks.editions.word_template import template_request
from hooks.linking.model import ResolvedSite
from hooks.series.addresses import SERIES_ID
from hooks.series.model import Publication, Series, card_id, composed_of, handout_id, paper_id, papers_of, questions_id, sheets_id
from hooks.series.sources import questions_path

TEMPLATE_ID = "policy-template"
_PACKAGES = ("typst", "pikepdf", "pypandoc_binary", "python-docx", "python-pptx", "lxml")


@dataclass(frozen=True)
class Editions:
    """The PDF editions by publication id, the whole series under `SERIES_ID`; the files of the other formats, by the format's name and
    publication id, the policy template among those in Word under `TEMPLATE_ID`; and what went wrong with the rest."""

    made: Mapping[str, Edition]
    problems: tuple[Problem, ...] = ()
    files: Mapping[str, Mapping[str, bytes]] = field(default_factory=dict)

    def of(self, form: Format) -> Mapping[str, bytes]:
        """The files of that format by publication id."""
        return self._pdfs if form == PDF else self.files.get(form.name, {})

    @cached_property
    def _pdfs(self) -> Mapping[str, bytes]:
        return {id_: edition.pdf for id_, edition in self.made.items()}


def begin_editions(
    root: Path,
    cache: Cache,
    series: Series,
    site: ResolvedSite,
    bibliography: Bibliography,
    imprint: Imprint,
    fonts: Path,
    figures: Mapping[str, bytes] = MappingProxyType({}),
    run: Callable[[Sequence[Call]], Iterator[Any]] = here,
    part: Part | None = None,
) -> Callable[[], Editions]:
    """Begin to make every edition of the publications whose page is there; what is given back waits for them.

    `figures` are those drawn from data, by their path in the project. `run` makes the calls that are needed and gives their results in order.
    With `part`, only those in it are made; what others make is not waited for.
    An edition that cannot be made is a `Problem` that names its source; the others are made all the same.
    """
    engine = _engine_key(fonts)
    found, jobs = _looked_up(_orders(Sources(root, series, site, bibliography, imprint, figures)), engine, cache)
    jobs = [(job, key) for job, key in jobs if part is None or part.has(key)]
    progress = Progress("editions", len(jobs))
    # The documents of a volume come first: while it is joined, which is one long call, the other processes are at single files.
    asked = [(job, key, volume.set_volume(job, engine, cache, fonts, run)) for job, key in jobs if job.request.parts]
    asked += [(job, key, (making.make, (job, fonts))) for job, key in jobs if not job.request.parts]
    results = run([call for _, _, call in asked if not isinstance(call, Problem)])

    def made() -> Editions:
        wrong = []
        for job, key, call in asked:
            result = call if isinstance(call, Problem) else next(results)
            if isinstance(result, WorkerEnded):
                result = job.ended(result)
            if isinstance(result, Problem):
                wrong.append((job, result))
            else:
                found[job.kind, job.request.pub_id] = _keep(result, cache, key)
            progress.step()
        progress.end()
        return _told(found, wrong)

    return made


def _told(found: Mapping[tuple[str, str], Edition | bytes], wrong: Sequence[tuple[Job, Problem]]) -> Editions:
    """The editions by format and id, and what is wrong with the jobs that gave none."""
    # What cannot be printed in one publication cannot be in a volume that binds it either: that is one mistake.
    single = any(not job.request.bound for job, _ in wrong)
    return Editions(
        {id_: made for (_, id_), made in found.items() if isinstance(made, Edition)},
        tuple(replace(problem, follows=single and job.request.bound) for job, problem in wrong),
        {name: {id_: made for (kind, id_), made in found.items() if kind == name and isinstance(made, bytes)} for name in BY_NAME},
    )


def _looked_up(orders: Iterable[_Order], engine: str, cache: Cache) -> tuple[dict[tuple[str, str], Edition | bytes], list[tuple[Job, str]]]:
    """The editions that are there, by format and id; and what is to be made, each with the key to keep it under.

    A request is made only where the inputs have changed since an edition was made from them. It is kept under a key of its own, for
    what an input says may not show in it.
    """
    found: dict[tuple[str, str], Edition | bytes] = {}
    jobs: list[tuple[Job, str]] = []
    for order in orders:
        # A publication and its card or handout are made from the same, and differ in their ids; the request is that of the first format.
        entries = {name: digest(name, order.formats[0], order.id, engine, order.inputs) for name in order.formats}
        known = {name: _known(name, entry, cache) for name, entry in entries.items()}
        request = order.request() if None in known.values() else None
        for name, entry in entries.items():
            stored = known[name]
            if stored is None and request is not None:
                # What does not show in a file must not matter to it.
                job = Job(name, request if BY_NAME[name].carries else replace(request, attachments=(), contents=False))
                key = digest(name, engine, job.request.digest())
                cache.put("requests", entry, key.encode())
                stored = _restored(name, cache.get("editions", key))
                if stored is None:
                    jobs.append((job, key))
            elif stored is None:
                cache.put("requests", entry, b"")
            if stored:
                found[name, order.id] = stored
    return found, jobs


def is_cold(cache: Cache) -> bool:
    """Whether nothing was ever made here, so that there is much to make."""
    folder = cache.folder / "editions"
    return not folder.is_dir() or not any(folder.iterdir())


@dataclass(frozen=True)
class _Order:
    """What is wanted of one article: its id, the names of formats, a digest of all that it is made from, and how the request for it is made.

    The digest is known without the request, for which the article is parsed: what is there already needs none.
    """

    id: str
    formats: tuple[str, ...]
    inputs: str
    request: Callable[[], EditionRequest | None]


def _orders(sources: Sources) -> Iterator[_Order]:
    """Every edition to make."""
    inputs, forms, pages = Inputs(sources), sources.imprint.forms, sources.site.pages
    if "series" in forms:
        yield _Order(SERIES_ID, ("pdf",), inputs.of(*bound_in_series(sources)), partial(series_request, sources))
    for item in sources.series.publications:
        wanted = tuple(form.name for form in FORMATS if form.name in forms and form.has(item))
        if item.path in pages and wanted:
            made_from = inputs.of(item, *parts_of(item, sources), pages=[questions_path(subject.slug) for subject in questions_of(item, sources)])
            # A sheet is another thing in print, in Word and in plain text, and so are letters and papers alone; of all else the forms are made from the same.
            apart = item.of_kind.at_most or item.of_kind.letters_apart
            for names in [(name,) for name in wanted] if apart else [wanted]:
                yield _Order(item.id, names, made_from, partial(request_of, item, names[0], sources))
    of_slides = tuple(form.name for form in (PDF, POWERPOINT) if form.name in forms)
    for slides in sources.series.slides if of_slides else ():
        if slides.path in pages and slides.owner.path in pages:
            says = slides.front.model_dump_json() if slides.front else ""
            yield _Order(slides.id, of_slides, inputs.of(slides.owner, pages=[slides.path], says=says), partial(slides_request, slides, sources))
    for module in sources.series.modules.values() if "pdf" in forms else ():
        if module.path in pages:
            yield _Order(handout_id(module), ("pdf",), inputs.of(module), partial(handout_request, module, sources))
    for check in (item for item in sources.series.publications if item.kind == "course-check" and "pdf" in forms):
        if check.path in pages:
            yield _Order(questions_id(check), ("pdf",), inputs.of(check), partial(questions_request, check, sources))
    for of in sources.series.with_exercises if "pdf" in forms else ():
        if of.path in pages:
            own = [of] if isinstance(of, Publication) else []
            yield _Order(sheets_id(of), ("pdf",), inputs.of(*own, pages=lent(of, sources)), partial(sheets_request, of, sources))
    for key in sources.series.keys if "pdf" in forms else ():
        if key.path in pages and key.of.path in pages:
            own = [key.of] if isinstance(key.of, Publication) else []
            yield _Order(key.id, ("pdf",), inputs.of(*own, pages=[key.of.path, key.path]), partial(key_request, key, sources))
    for pack, section in papers_of(sources.series) if "pdf" in forms else ():
        if pack.path in pages:
            paper = composed_of(pack, sources.series).get(section)
            lending = [path for path, _ in parts_of_paper(pack, section, sources)] if paper is not None else []
            made_from = inputs.of(pack, pages=lending, says=paper.model_dump_json() if paper is not None else "")
            yield _Order(paper_id(pack, section), ("pdf",), made_from, partial(paper_request, pack, section, sources))
    for brief in sources.series.briefs.values() if "pdf" in forms else ():
        if brief.path in pages:
            yield _Order(card_id(brief), ("pdf",), inputs.of(brief), partial(card_request, brief, sources))
    if "word" in forms:
        yield _Order(TEMPLATE_ID, ("word",), inputs.of_template(), partial(template_request, sources))


def _known(name: str, entry: str, cache: Cache) -> Edition | bytes | None:
    """The edition that was made from the same inputs; empty where they called for none, and None where it is not known."""
    key = cache.get("requests", entry)
    return b"" if key == b"" else _restored(name, cache.get("editions", key.decode())) if key else None


def _keep(result: Edition | bytes, cache: Cache, key: str) -> Edition | bytes:
    """Store what was made; a PDF with its verdict."""
    if isinstance(result, bytes):
        return cache.put("editions", key, result)
    cache.put("editions", key, json.dumps({"pages": result.pages, "checked": result.checked}).encode() + b"\n" + result.pdf)
    return result


def _restored(name: str, stored: bytes | None) -> Edition | bytes | None:
    """What the cache held, as it was made."""
    if stored is None or name != PDF.name:
        return stored
    head, _, pdf = stored.partition(b"\n")
    facts = json.loads(head)
    return Edition(pdf, facts["pages"], hashlib.sha256(pdf).hexdigest(), tuple((profile, rules) for profile, rules in facts["checked"]))


def _engine_key(fonts: Path) -> str:
    """What else an edition depends on: the code that makes it, wherever that stands, templates and styles, the engines, and the fonts."""
    looks = [path.read_bytes() for path in sorted(Path(__file__).parent.iterdir()) if path.suffix in (".typ", ".css")]
    return digest(VALIDATOR, code_digest(volume.__name__), look_key(), *(version(name) for name in _PACKAGES), *looks, *faces(fonts))


# Work that is done sooner needs no line.
_PATIENCE = 1.0


class Progress:
    """Counts the steps of `total`. Prints to `out` (standard error) only if that is a terminal."""

    def __init__(self, what: str, total: int, out: TextIO | None = None) -> None:
        self._what, self._total, self._done = what, total, 0
        self._out = out or sys.stderr
        self._shown = False
        self._lock = threading.Lock()
        self._start = time.monotonic()

    def step(self) -> None:
        """One more is done. May be called from several threads."""
        with self._lock:
            self._done += 1
            if self._out.isatty() and time.monotonic() - self._start > _PATIENCE:
                self._shown = True
                self._out.write(f"\r\x1b[K{self._done} of {self._total} {self._what}")
                self._out.flush()

    def end(self) -> None:
        """Take the line back."""
        if self._shown:
            self._out.write("\r\x1b[K")
            self._out.flush()
