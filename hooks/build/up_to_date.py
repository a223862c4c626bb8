"""Whether a build would make again what is there: then it need not begin.

A build that `python -m hooks.build build` ends without an error leaves a record beside the site: every file that it may have read, what else
it depended on, every file that it wrote, and what it told the author. The next one compares. Any doubt, whatever its reason, means a build.

Nothing is imported here that takes long: the answer is wanted sooner than MkDocs would have begun.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import platform
import stat
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from hooks.core.cache import opened, sealed, write_atomically
from hooks.core.yaml_lines import compose

CONFIG = "mkdocs.yml"
RECORD = ".site.built"
PROMISES = ".site.promises"
"""What a build leaves beside the site for `make links`; a test holds it to the name in hooks/site/promises.py."""
NOTE = "note"
"""The attribute of a log record that an author is to read again when nothing has changed."""
_COMMANDS = (("build",), ("build", "--strict"), ("build", "-s"))
"""The commands that are understood: with any other option a build is made."""
_FORM = 1
_CODE = Path(__file__).parents[1]
_NOT_READ = ("node_modules", "tests", "release", "__pycache__")
"""Folders of the project that no build reads; of the front-end packages it reads which they are. Hidden ones are passed over too."""
_ARCHIVES = (".zip", ".gz", ".pyc")
_PACKAGES = "node_modules/@fontsource*/*/package.json"
_VARIABLES = ("SITE_URL", "REPO_URL", "SOURCE_DATE_EPOCH", "EDITION_PART", "TZ", "LANG", "PATH", "HOME")
_PREFIXES = ("LC_", "MKDOCS", "PROPERDOCS", "PYTHON", "PYPANDOC", "NODE_")
_STILL = 3_000_000_000
"""A file that was written so short a time ago, in nanoseconds, may be written again without its times telling: it is read each time."""


@dataclass(frozen=True)
class Seen:
    """A file or folder as it was: its kind and permissions, a digest of its content or where it links to, and its size and times in one text,
    empty where these do not vouch for the content."""

    mode: int
    digest: str
    stamp: str = ""


Files = Mapping[str, Seen]
"""Files by their path, relative to the folder that was looked at."""


@dataclass(frozen=True)
class Record:
    """A build that ended well: what it read, by path; what else it depended on; what it wrote; and its notes, each a line."""

    read: Files
    around: str
    written: Files
    notes: tuple[str, ...]


class Doubt(Exception):
    """What a build depends on, or has left, cannot be told."""


def look(root: Path, paths: Iterator[Path], known: Files, now: int) -> Files:
    """Each of `paths`, which are below `root`. A file whose size and times are those in `known` is not read again; `now` is the time, in ns.

    Raises Doubt where one cannot be read.
    """
    found = {}
    for path in paths:
        name = path.relative_to(root).as_posix()
        try:
            facts = path.lstat()
            mode = stat.S_IFMT(facts.st_mode) | stat.S_IMODE(facts.st_mode)
            stamp = f"{facts.st_size} {facts.st_mtime_ns} {facts.st_ctime_ns} {facts.st_ino}"
            before = known.get(name)
            if before is not None and before.stamp == stamp:
                digest = before.digest
            elif stat.S_ISREG(mode):
                digest = hashlib.sha256(path.read_bytes()).hexdigest()
            else:
                digest = os.readlink(path) if stat.S_ISLNK(mode) else ""
        except (OSError, ValueError) as error:
            raise Doubt(str(error)) from error
        still = max(facts.st_mtime_ns, facts.st_ctime_ns) < now - _STILL
        found[name] = Seen(mode, digest, stamp if still and stat.S_ISREG(mode) else "")
    return found


def same(one: Files, other: Files) -> bool:
    """Whether both are the same files with the same content, whenever they were written."""
    return one.keys() == other.keys() and all((seen.mode, seen.digest) == (other[name].mode, other[name].digest) for name, seen in one.items())


def sources(root: Path, site: Path) -> Iterator[Path]:
    """Every file below `root` that a build may read, less what is hidden, what no build reads, and the `site` itself."""
    for here, folders, names in os.walk(root, onerror=_refuse):
        at = Path(here)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "__pycache__" and at / name != site)
        if at == root:
            folders[:] = [name for name in folders if name not in _NOT_READ]
        # A folder that is a link is no folder to walk into.
        names += [name for name in folders if (at / name).is_symlink()]
        yield from (at / name for name in sorted(names) if not name.startswith(".") and not name.endswith(_ARCHIVES))
    yield from sorted(root.glob(_PACKAGES))


def below(folder: Path) -> Iterator[Path]:
    """Everything below `folder`, folders too."""
    for here, folders, names in os.walk(folder, onerror=_refuse):
        yield from (Path(here, name) for name in sorted([*folders, *names]))


def _refuse(error: OSError) -> None:
    raise Doubt(str(error)) from error


def settings_of(root: Path) -> tuple[Path, list[str]]:
    """The folder of the site, and the variables of the environment that mkdocs.yml in `root` reads.

    Raises Doubt where that cannot be told without MkDocs, or where the settings lead out of the project.
    """
    try:
        node = compose((root / CONFIG).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        raise Doubt(str(error)) from error
    if not isinstance(node, yaml.MappingNode):
        raise Doubt(f"{CONFIG} has no settings")
    top = {key.value: value for key, value in node.value if isinstance(key, yaml.ScalarNode)}
    site = top.get("site_dir")
    name = "site" if site is None else site.value if isinstance(site, yaml.ScalarNode) and not site.tag.startswith("!") else ""
    if "INHERIT" in top or not name or len(Path(name).parts) != 1 or name.startswith("."):
        raise Doubt(f"{CONFIG} cannot be read by itself")
    variables = []
    for tag, value in _values(node, set()):
        outside = value.startswith("/") and os.path.exists(value) and not Path(value).is_relative_to(_CODE)
        if outside or ".." in Path(value).parts:
            raise Doubt(f"{CONFIG} leads out of the project")
        variables += [value] if tag == "!ENV" else []
    return root / name, variables


def _values(node: yaml.Node, seen: set[int], tag: str = "") -> Iterator[tuple[str, str]]:
    """Every value at and below `node`, with the tag that it, or what holds it, was given."""
    if id(node) in seen:
        return
    seen.add(id(node))
    tag = node.tag if node.tag.startswith("!") else tag
    if isinstance(node, yaml.ScalarNode):
        yield tag, node.value
    else:
        for item in node.value:
            for part in item if isinstance(node, yaml.MappingNode) else (item,):
                yield from _values(part, seen, tag)


def surroundings(arguments: Sequence[str], environment: Mapping[str, str], variables: Sequence[str], day: date) -> str:
    """All that a build depends on besides files: its options, the environment, the day, the versions of Python and of every package."""
    named = sorted(name for name in environment if name in (*_VARIABLES, *variables) or name.startswith(_PREFIXES))
    installed = sorted({entry for folder in filter(os.path.isdir, sys.path) for entry in os.listdir(folder) if entry.endswith((".dist-info", ".egg-info"))})
    # The day is that of the variable, where it is set.
    today = "" if environment.get("SOURCE_DATE_EPOCH") else day.isoformat()
    told = [_FORM, list(arguments), [(name, environment[name]) for name in named], today, platform.python_version(), sys.platform, installed]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def written(record: Record) -> bytes:
    """The record as it is kept."""
    files = [{name: [seen.mode, seen.digest, seen.stamp] for name, seen in part.items()} for part in (record.read, record.written)]
    return sealed(json.dumps([_FORM, record.around, *files, record.notes], ensure_ascii=False).encode())


def read(stored: bytes) -> Record | None:
    """The record that was kept; None where it is damaged, or of another form."""
    content = opened(stored)
    if content is None:
        return None
    try:
        form, around, of_read, of_written, notes = json.loads(content)
        if form != _FORM:
            return None
        return Record(_files(of_read), str(around), _files(of_written), tuple(map(str, notes)))
    except (ValueError, TypeError, AttributeError):
        return None


def _files(rows: Any) -> Files:
    return {str(name): Seen(int(mode), str(digest), str(stamp)) for name, (mode, digest, stamp) in rows.items()}


class Listening(logging.Handler):
    """Hears what a build says: its notes, and whether there was anything worse. `done` is to be called when its site stands in its place."""

    def __init__(self, done: Callable[[], object]) -> None:
        super().__init__(logging.INFO)
        self.done = done
        self.notes: list[str] = []
        self.worse = False

    def emit(self, record: logging.LogRecord) -> None:
        self.worse |= record.levelno > logging.INFO
        # MkDocs' own parts tell of pages and links; all else it says is of the build's course.
        if getattr(record, NOTE, False) or record.name.startswith(("mkdocs.structure", "mkdocs.config", "mkdocs.contrib")):
            self.notes.append(record.getMessage())


@dataclass(frozen=True)
class Watch:
    """Looks at a project before a build of it, and records the build when it has ended well."""

    root: Path
    site: Path
    around: str
    known: Record | None
    before: Files

    @classmethod
    def of(cls, root: Path, arguments: Sequence[str], environment: Mapping[str, str] = os.environ, day: date | None = None) -> Watch | None:
        """None where it cannot be told what the command depends on."""
        try:
            if tuple(arguments) not in _COMMANDS:
                return None
            site, variables = settings_of(root)
            known = _kept(root)
            before = _look_at_sources(root, site, known.read if known else {})
            return cls(root, site, surroundings(arguments, environment, variables, day or date.today()), known, before)
        except (Doubt, OSError):
            return None

    def notes(self) -> tuple[str, ...] | None:
        """What the build said that made the site, if all is as it was then and the site as it left it; else None."""
        known = self.known
        if known is None or known.around != self.around or not same(known.read, self.before):
            return None
        try:
            there = self._look_at_site(known.written)
        except Doubt:
            return None
        if not same(known.written, there):
            return None
        self._keep(Record(self.before, self.around, there, known.notes))
        return known.notes

    def listen(self) -> None:
        """Hear what the build says from now on, and record it when it has ended."""
        heard = Listening(lambda: self._finish(heard))
        logging.getLogger("mkdocs").addHandler(heard)

    def _finish(self, heard: Listening) -> None:
        """Record the build, which has put its site in place; nothing is recorded where it told of anything worse than a note, or where what it
        read has changed meanwhile."""
        logging.getLogger("mkdocs").removeHandler(heard)
        try:
            if heard.worse or not same(self.before, _look_at_sources(self.root, self.site, self.before)):
                return
            self._keep(Record(self.before, self.around, self._look_at_site({}), tuple(heard.notes)))
        except Doubt:
            return

    def _look_at_site(self, known: Files) -> Files:
        if not self.site.is_dir():
            raise Doubt("There is no site")
        now = time.time_ns()
        return {**look(self.site, below(self.site), known, now), **look(self.root, iter([self.root / PROMISES]), known, now)}

    def _keep(self, record: Record) -> None:
        content = written(record)
        try:
            if record != self.known:
                write_atomically(self.root / RECORD, content)
        except OSError:
            # Nothing is lost but time.
            return


def _look_at_sources(root: Path, site: Path, known: Files) -> Files:
    now = time.time_ns()
    found = dict(look(root, sources(root, site), known, now))
    if not _CODE.is_relative_to(root):
        # The code of another project, as the tests use it.
        own = look(_CODE.parent, sources(_CODE, site), {name[1:]: seen for name, seen in known.items() if name.startswith("/")}, now)
        found |= {f"/{name}": seen for name, seen in own.items()}
    return found


def _kept(root: Path) -> Record | None:
    try:
        return read((root / RECORD).read_bytes())
    except OSError:
        return None


def tell_done() -> None:
    """Say to whoever watches the build, if anybody does, that its site stands in its place."""
    for handler in list(logging.getLogger("mkdocs").handlers):
        if isinstance(handler, Listening):
            handler.done()
