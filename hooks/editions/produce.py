"""Making the editions of a resolved site over the cores; those made before from the same input come from the cache."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Any

from hooks.cache import Cache, digest
from hooks.citing.bibliography import Bibliography
from hooks.editions import making
from hooks.editions.course_requests import course_requests
from hooks.editions.making import Job
from hooks.editions.model import Edition, EditionRequest
from hooks.editions.progress import Progress
from hooks.editions.requests import Imprint, Sources, pdf_path, publication_request, series_request
from hooks.editions.validate import VALIDATOR
from hooks.editions.word_template import template_request
from hooks.editions.workers import Call, WorkerEnded, here
from hooks.pages.model import ResolvedSite
from hooks.problems import Problem
from hooks.series.model import Series

__all__ = ["TEMPLATE_ID", "Editions", "Imprint", "make_editions", "pdf_path"]

TEMPLATE_ID = "policy-template"
_PACKAGES = ("typst", "pikepdf", "pypandoc_binary", "python-docx", "lxml")
_WORD_KINDS = ("issue-brief", "interview-form", "course-workbook")
_EPUB_KINDS = ("white-paper",)


@dataclass(frozen=True)
class Editions:
    """The PDF editions by publication id, the whole series under `SERIES_ID`; the Word editions, the policy
    template under `TEMPLATE_ID`; the EPUB editions; and what went wrong with the others."""

    made: Mapping[str, Edition]
    problems: tuple[Problem, ...] = ()
    word: Mapping[str, bytes] = field(default_factory=dict)
    epub: Mapping[str, bytes] = field(default_factory=dict)


def make_editions(
    root: Path,
    cache: Cache,
    series: Series,
    site: ResolvedSite,
    bibliography: Bibliography,
    imprint: Imprint,
    fonts: Path,
    figures: Mapping[str, bytes] = MappingProxyType({}),
    run: Callable[[Sequence[Call]], Iterator[Any]] = here,
) -> Editions:
    """Make every edition of the publications whose page is there. `figures` are those drawn from data, by their path in the project.

    `run` makes the calls that are needed and gives their results in order.
    An edition that cannot be made is a `Problem` that names its source; the others are made all the same.
    """
    jobs = _jobs(Sources(root, series, site, bibliography, imprint, figures))
    engine = _engine_key(fonts)
    keys = [digest(job.kind, engine, _canonical(job.request)) for job in jobs]
    results: list[Edition | bytes | Problem | None] = [_stored(job, cache.get("editions", key)) for job, key in zip(jobs, keys, strict=True)]
    missing = [index for index, result in enumerate(results) if result is None]
    progress = Progress("editions", len(missing))
    for index, result in zip(missing, run([(making.make, (jobs[index], fonts)) for index in missing]), strict=True):
        if isinstance(result, WorkerEnded):
            result = jobs[index].problem(f"cannot be made: the process that made it ended with {result}.", "Is there enough memory?")
        results[index] = _keep(result, cache, keys[index])
        progress.step()
    progress.end()
    pairs = list(zip(jobs, results, strict=True))
    return Editions(
        {job.request.pub_id: result for job, result in pairs if isinstance(result, Edition)},
        tuple(result for _, result in pairs if isinstance(result, Problem)),
        *({job.request.pub_id: result for job, result in pairs if job.kind == kind and isinstance(result, bytes)} for kind in ("word", "epub")),
    )


def is_cold(cache: Cache) -> bool:
    """Whether nothing was ever made here, so that there is much to make."""
    folder = cache.folder / "editions"
    return not folder.is_dir() or not any(folder.iterdir())


def _jobs(sources: Sources) -> list[Job]:
    """Every file to make, the longest first, so that no core waits for it at the end."""
    jobs = []
    whole = series_request(sources) if "series" in sources.imprint.forms else None
    template = template_request(sources) if "word" in sources.imprint.forms else None
    forms = sources.imprint.forms
    if whole is not None:
        jobs.append(Job("pdf", whole))
    for publication in sources.series.publications:
        if publication.path not in sources.site.pages:
            continue
        request = publication_request(publication, sources)
        if "pdf" in forms:
            jobs.append(Job("pdf", request))
        if publication.kind in _WORD_KINDS and "word" in forms:
            # Word and EPUB carry no files, and their look knows nothing of contents: what does not show must not matter.
            jobs.append(Job("word", replace(request, attachments=(), contents=False)))
        if publication.kind in _EPUB_KINDS and "epub" in forms:
            jobs.append(Job("epub", replace(request, attachments=(), contents=False)))
    if "pdf" in forms:
        jobs += [Job("pdf", request) for request in course_requests(sources)]
    if template is not None:
        jobs.append(Job("word", template))
    return jobs


def _keep(result: Edition | bytes | Problem, cache: Cache, key: str) -> Edition | bytes | Problem:
    """Store what was made; a PDF with its verdict."""
    if isinstance(result, bytes):
        return cache.put("editions", key, result)
    if isinstance(result, Edition):
        cache.put("editions", key, json.dumps({"pages": result.pages, "checked": result.checked}).encode() + b"\n" + result.pdf)
    return result


def _stored(job: Job, stored: bytes | None) -> Edition | bytes | None:
    """What the cache held for `job`, if anything."""
    return _restored(stored) if stored is not None and job.kind == "pdf" else stored


def _restored(stored: bytes) -> Edition:
    head, _, pdf = stored.partition(b"\n")
    facts = json.loads(head)
    return Edition(pdf, facts["pages"], hashlib.sha256(pdf).hexdigest(), tuple((profile, rules) for profile, rules in facts["checked"]))


def _canonical(request: EditionRequest) -> str:
    """A digest of the request, the same for equal requests."""
    parts: list[bytes | str] = []
    for item in fields(request):
        value = getattr(request, item.name)
        if item.name == "images":
            for name, content in sorted(value.items()):
                parts += [name, content]
        elif item.name == "attachments":
            for file in value:
                parts += [file.name, file.media_type, file.description, file.relationship, file.data]
        else:
            parts.append(value if isinstance(value, str) else repr(value))
        parts.append(item.name)
    return digest(*parts)


def _engine_key(fonts: Path) -> str:
    """What else an edition depends on: the code, templates and styles of this package, the engines, and the fonts."""
    own = Path(__file__).parent
    code = [path.read_bytes() for path in sorted(own.iterdir()) if path.suffix in (".py", ".typ", ".css")]
    faces = [f"{path.name}:{path.stat().st_size}" for path in sorted(fonts.glob("*.ttf"))]
    return digest(VALIDATOR, *(version(name) for name in _PACKAGES), *faces, *code)
