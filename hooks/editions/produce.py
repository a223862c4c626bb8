"""Making the editions of a resolved site over the cores; those made before from the same input come from the cache."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, fields, replace
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType

from hooks.cache import Cache, digest
from hooks.citing.bibliography import Bibliography
from hooks.editions import Edition, EditionError, EditionRequest, make_edition
from hooks.editions.progress import Progress
from hooks.editions.requests import Imprint, Sources, pdf_path, publication_request, series_request
from hooks.editions.validate import VALIDATOR, verdicts
from hooks.editions.word import make_word
from hooks.editions.word_template import template_request
from hooks.pages.model import ResolvedSite
from hooks.problems import Problem
from hooks.series.model import Series

__all__ = ["TEMPLATE_ID", "Editions", "Imprint", "make_editions", "pdf_path"]

TEMPLATE_ID = "policy-template"
_PACKAGES = ("typst", "pikepdf", "pypandoc_binary", "python-docx", "lxml")
_WORD_KINDS = ("issue-brief", "interview-form")


@dataclass(frozen=True)
class Editions:
    """The PDF editions by publication id, the whole series under `SERIES_ID`; the Word editions, the policy
    template under `TEMPLATE_ID`; and what went wrong with the others."""

    made: Mapping[str, Edition]
    problems: tuple[Problem, ...] = ()
    word: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class _Job:
    """One file to make. `make` is called where the cache has nothing for the same kind, request and engine."""

    kind: str
    request: EditionRequest
    make: Callable[[EditionRequest], Edition | bytes]


def make_editions(
    root: Path,
    cache: Cache,
    series: Series,
    site: ResolvedSite,
    bibliography: Bibliography,
    imprint: Imprint,
    fonts: Path,
    figures: Mapping[str, bytes] = MappingProxyType({}),
) -> Editions:
    """Make every edition of the publications whose page is there. `figures` are those drawn from data, by their path in the project.

    An edition that cannot be made is a `Problem` that names its source; the others are made all the same.
    """
    jobs = list(_jobs(Sources(root, series, site, bibliography, imprint, figures), fonts))
    engine, progress = _engine_key(fonts), Progress("editions", len(jobs))
    made: dict[str, Edition] = {}
    word: dict[str, bytes] = {}
    problems: list[Problem] = []

    def one(job: _Job) -> Edition | bytes | Problem:
        result = _one(job, cache, engine)
        progress.step()
        return result

    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        for job, result in zip(jobs, pool.map(one, jobs), strict=True):
            if isinstance(result, Problem):
                problems.append(result)
            elif isinstance(result, Edition):
                made[job.request.pub_id] = result
            else:
                word[job.request.pub_id] = result
    progress.end()
    return Editions(made, tuple(problems), word)


def _jobs(sources: Sources, fonts: Path) -> list[_Job]:
    """Every file to make, the longest first, so that no core waits for it at the end."""

    def pdf(request: EditionRequest) -> Edition:
        return make_edition(request, fonts)

    def word(request: EditionRequest) -> bytes:
        return make_word(request, fonts)

    jobs = []
    whole = series_request(sources) if "series" in sources.imprint.forms else None
    template = template_request(sources) if "word" in sources.imprint.forms else None
    forms = sources.imprint.forms
    if whole is not None:
        jobs.append(_Job("pdf", whole, pdf))
    for publication in sources.series.publications:
        if publication.path not in sources.site.pages:
            continue
        request = publication_request(publication, sources)
        if "pdf" in forms:
            jobs.append(_Job("pdf", request, pdf))
        if publication.kind in _WORD_KINDS and "word" in forms:
            # Word carries no files, and its look knows nothing of contents: what does not show must not matter.
            jobs.append(_Job("word", replace(request, attachments=(), contents=False), word))
    if template is not None:
        jobs.append(_Job("word", template, word))
    return jobs


def _one(job: _Job, cache: Cache, engine: str) -> Edition | bytes | Problem:
    key = digest(job.kind, engine, _canonical(job.request))
    stored = cache.get("editions", key)
    if stored is not None:
        return _restored(stored) if job.kind == "pdf" else stored
    label = "PDF" if job.kind == "pdf" else "Word"
    source = job.request.source.as_posix()
    try:
        result = job.make(job.request)
    except EditionError as error:
        return Problem("edition", source, None, f"The {label} edition cannot be made: {error.message}")
    except OSError as error:
        return Problem("edition", source, None, f"The {label} edition cannot be made: {error.strerror or error}.", "Is the disk full?")
    if isinstance(result, bytes):
        return cache.put("editions", key, result)
    checked = verdicts(result.pdf)
    failures = [failure for verdict in checked for failure in verdict.failures]
    if failures:
        return Problem("edition", source, None, f"The PDF edition fails its conformance checks: {'; '.join(failures[:3])}")
    result = replace(result, checked=tuple((verdict.profile, verdict.rules) for verdict in checked))
    cache.put("editions", key, json.dumps({"pages": result.pages, "checked": result.checked}).encode() + b"\n" + result.pdf)
    return result


def _restored(stored: bytes) -> Edition:
    head, _, pdf = stored.partition(b"\n")
    facts = json.loads(head)
    return Edition(pdf, facts["pages"], hashlib.sha256(pdf).hexdigest(), tuple((profile, rules) for profile, rules in facts["checked"]))


def _canonical(request: EditionRequest) -> bytes:
    """The request as bytes, the same for equal requests."""
    values = [(item.name, getattr(request, item.name)) for item in fields(request)]
    return pickle.dumps([(name, sorted(value.items()) if isinstance(value, Mapping) else value) for name, value in values], protocol=4)


def _engine_key(fonts: Path) -> str:
    """What else an edition depends on: the code and template of this package, the engines, and the fonts."""
    own = Path(__file__).parent
    code = [path.read_bytes() for path in sorted(own.iterdir()) if path.suffix in (".py", ".typ")]
    faces = [f"{path.name}:{path.stat().st_size}" for path in sorted(fonts.glob("*.ttf"))]
    return digest(VALIDATOR, *(version(name) for name in _PACKAGES), *faces, *code)
